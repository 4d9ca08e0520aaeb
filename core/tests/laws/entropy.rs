//! Choices drawn from bytes, so that a failing case shrinks to few and small ones.

use proptest::prelude::*;

/// A source of choices; when it is used up, every choice is the first.
pub(crate) struct Entropy {
    bytes: std::vec::IntoIter<u8>,
}

impl Entropy {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let bytes: Vec<u8> = bytes.to_vec();
        Self { bytes: bytes.into_iter() }
    }

    /// A number below `most`.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        usize::from(self.bytes.next().unwrap_or(0)) % most.max(1)
    }

    /// One of these.
    pub(crate) fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let place = self.below(of.len());
        &of[place]
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }
}

/// Bytes to draw from.
pub(crate) fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}
