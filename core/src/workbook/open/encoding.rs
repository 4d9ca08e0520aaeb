//! Text in the encodings that Chinese systems export: UTF-8, UTF-16 and GB18030.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::Refusal;

/// The text of these bytes, and whether some of them could not be decoded.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, bool), Refusal> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => without_mark(bytes),
    };
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if !wide && bytes.contains(&0) {
        return Err(Refusal::new("neither a workbook nor text", "choose an .xlsx, .xls, .ods or .csv file"));
    }
    let (text, _, faulty) = encoding.decode(bytes);
    let damaged = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if damaged > 8 && damaged > text.chars().count() / 20 {
        return Err(Refusal::new("text in an encoding that is not known", "save the file as UTF-8"));
    }
    Ok((text.into_owned(), faulty))
}

/// UTF-8 cut off within a character is still UTF-8; otherwise GB18030, or UTF-16 where every second byte of the ASCII is zero.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none()) {
        return UTF_8;
    }
    let zeros = |offset: usize| bytes.iter().take(512).skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > 8 => UTF_16LE,
        (even, 0) if even > 8 => UTF_16BE,
        _ => GB18030,
    }
}
