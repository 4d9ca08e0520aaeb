//! From the bytes of a file to its sheets: the format is told by the bytes, never by the name.
//!
//! In come bytes that anyone may have made; out go sheets with merged regions filled. INVARIANT: no bytes make it panic, and what is read is bounded.

mod compound;
mod delimited;
mod encoding;
mod excel;
mod html;
mod rows;
mod zip;

use super::grid::Book;
use super::{Progress, Stage};
use crate::problem::{Problem, ProblemCode, TrainingError};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// An archive, of which it is not known yet what is in it.
    Archive,
    Xlsx,
    Xlsb,
    Ods,
    Xls,
    Text,
}

/// Reads every sheet of a file.
pub(super) fn open(bytes: &[u8], name: &str, progress: &mut dyn FnMut(Progress)) -> Result<Book, TrainingError> {
    progress(Progress { stage: Stage::Opening, done: 0, total: bytes.len() });
    let mut book = match sniff(bytes).map_err(|refusal| refusal.about(name))? {
        Format::Text => text(bytes),
        format => excel::read(bytes, format, progress),
    }
    .map_err(|refusal| refusal.about(name))?;
    book.values.settle();
    progress(Progress { stage: Stage::Opening, done: bytes.len(), total: bytes.len() });
    Ok(book)
}

/// Why a file is not read.
#[derive(Debug)]
struct Refusal {
    code: ProblemCode,
    message: String,
    cure: &'static str,
}

impl Refusal {
    fn new(message: impl Into<String>, cure: &'static str) -> Self {
        Self { code: ProblemCode::Unreadable, message: message.into(), cure }
    }

    fn damaged(detail: &str) -> Self {
        Self::new(format!("the file is damaged or incomplete: {detail}"), "copy or export the file again, open it once and save it as .xlsx")
    }

    fn too_large(message: impl Into<String>) -> Self {
        Self { code: ProblemCode::TooLarge, message: message.into(), cure: "split the workbook" }
    }

    fn about(self, name: &str) -> TrainingError {
        Problem::new(self.code, name, self.message).with_cure(self.cure).into()
    }
}

fn protected() -> Refusal {
    Refusal::new("the workbook is protected with a password", "remove the password and save it again")
}

const SAVE_AS_XLSX: &str = "open it in Excel or WPS and save it as .xlsx";

fn sniff(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new("the file is empty", "choose the file with the register"));
    }
    if bytes.starts_with(b"PK") {
        return Ok(Format::Archive);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        if contains(bytes, &utf16("EncryptedPackage")) {
            return Err(protected());
        }
        if !contains(bytes, &utf16("Workbook")) && !contains(bytes, &utf16("Book")) {
            return Err(Refusal::new("an Office file without a workbook in it, such as a document or an .et file", SAVE_AS_XLSX));
        }
        compound::check(bytes)?;
        return Ok(Format::Xls);
    }
    // The oldest spreadsheets have no container around their records.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, _, 0x00, ..]) {
        return Err(Refusal::new("a workbook of Excel 4 or older", SAVE_AS_XLSX));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Refusal::new("a PDF, not a workbook", "export the table as .xlsx or .csv"));
    }
    Ok(Format::Text)
}

fn text(bytes: &[u8]) -> Result<Book, Refusal> {
    let (text, faulty) = encoding::decode(bytes)?;
    let start = text.get(..text.len().min(4096)).unwrap_or_else(|| text.split('\n').next().unwrap_or_default()).to_ascii_lowercase();
    let start = start.trim_start();
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && start.starts_with("<?") {
        return Err(Refusal::new("an XML spreadsheet of 2003 (SpreadsheetML)", SAVE_AS_XLSX));
    }
    if start.starts_with("mime-version:") {
        return Err(Refusal::new("a web archive (MHTML)", SAVE_AS_XLSX));
    }
    let mut book = if start.starts_with('<') { html::read(&text)? } else { delimited::read(&text) };
    book.faulty_text = faulty;
    Ok(book)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
