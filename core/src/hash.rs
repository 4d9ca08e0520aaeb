//! SHA-256 as text, by which a file, facts or a report can be known again.

use sha2::{Digest as _, Sha256};

/// The hash of these bytes, in hexadecimal.
pub(crate) fn of(bytes: &[u8]) -> String {
    hexadecimal(Sha256::new_with_prefix(bytes))
}

/// The hash of what was put into this sum, in hexadecimal.
pub(crate) fn hexadecimal(sum: Sha256) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    sum.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
