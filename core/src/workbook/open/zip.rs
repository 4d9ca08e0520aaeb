//! The archive around a workbook: what the file is, how large its parts unfold, where its sheets are merged, and which rows they hide.
//!
//! calamine reads a sheet a second time for its merged regions, and trusts what an archive says of its sizes. Unfolding the sheets here once
//! answers both: the regions stand in the last bytes of a sheet, and a bomb is counted while it unfolds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::grid::{MOST_COLUMNS, MOST_ROWS, Region};
use super::rows::HiddenRows;
use super::{Format, Refusal};

/// The most bytes that the parts of a workbook may unfold to.
const MOST_UNFOLDED: u64 = 1 << 30;
/// How much of the end of a sheet is searched for merged regions.
const TAIL: usize = 4 << 20;

/// An archive whose parts are known to be of bearable size.
pub(super) struct Archive<'b> {
    parts: ZipArchive<Cursor<&'b [u8]>>,
    pub(super) format: Format,
    /// The merged regions of each sheet, in the order of the workbook; `None` where they were not found.
    pub(super) merged: Vec<Option<Vec<Region>>>,
    /// The numbers of the hidden rows of each sheet, in the order of the workbook.
    pub(super) hidden: Vec<Vec<u32>>,
}

/// What is kept of a sheet that was unfolded.
struct Unfolded {
    name: String,
    end: Vec<u8>,
    rows: HiddenRows,
}

impl<'b> Archive<'b> {
    /// Opens an archive and unfolds the large parts of it once.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let parts = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Refusal::damaged(&error.to_string()))?;
        let mut archive = Self { parts, format: Format::Xlsx, merged: Vec::new(), hidden: Vec::new() };
        archive.format = archive.kind()?;
        let unfolded = archive.unfold()?;
        if archive.format == Format::Xlsx {
            let sheets = archive.sheets().unwrap_or_default();
            let of_sheet = |part: &String| unfolded.iter().find(|sheet| sheet.name == *part);
            archive.merged = sheets.iter().map(|part| of_sheet(part).and_then(|sheet| regions(&sheet.end))).collect();
            archive.hidden = sheets.iter().map(|part| of_sheet(part).map(|sheet| sheet.rows.numbers.clone()).unwrap_or_default()).collect();
        }
        Ok(archive)
    }

    fn kind(&mut self) -> Result<Format, Refusal> {
        let (mut excel, mut binary, mut open, mut encrypted) = (false, false, false, false);
        for part in 0..self.parts.len() {
            let Ok(part) = self.parts.by_index_raw(part) else { continue };
            encrypted |= part.encrypted();
            let Ok(name) = part.name() else { continue };
            match &*name {
                "xl/workbook.bin" => binary = true,
                "content.xml" => open = true,
                name => excel |= name.starts_with("xl/") || name == "[Content_Types].xml",
            }
        }
        if encrypted {
            return Err(super::protected());
        }
        match (binary, open, excel) {
            (true, _, _) => Ok(Format::Xlsb),
            (_, true, false) => Ok(Format::Ods),
            (_, _, true) => Ok(Format::Xlsx),
            _ => Err(Refusal::new("an archive without a workbook in it", "unpack it and choose the workbook")),
        }
    }

    /// Unfolds every part that may be large, and gives what is kept of the sheets.
    fn unfold(&mut self) -> Result<Vec<Unfolded>, Refusal> {
        // Deflate makes at most about a thousand bytes of one: what is smaller than this cannot be a bomb.
        const SMALL: u64 = 64 << 10;
        let mut left = MOST_UNFOLDED;
        let mut sheets = Vec::new();
        for index in 0..self.parts.len() {
            let Ok(mut part) = self.parts.by_index(index) else { continue };
            let name = part.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            let sheet = name.starts_with("xl/worksheets/") && self.format == Format::Xlsx;
            if !sheet && part.compressed_size() < SMALL {
                continue;
            }
            let mut end: Vec<u8> = Vec::new();
            let mut rows = HiddenRows::default();
            let mut chunk = vec![0; 1 << 16];
            // A part that breaks off is told by whoever reads it.
            while let Ok(read @ 1..) = part.read(&mut chunk) {
                left = left.saturating_sub(read as u64);
                if left == 0 {
                    return Err(Refusal::too_large(format!("the parts of the workbook unfold to more than {MOST_UNFOLDED} bytes")));
                }
                if sheet {
                    let bytes = chunk.get(..read).unwrap_or_default();
                    rows.read(bytes);
                    end.extend(bytes);
                    if end.len() > 2 * TAIL {
                        end.drain(..end.len() - TAIL);
                    }
                }
            }
            if sheet {
                sheets.push(Unfolded { name, end, rows });
            }
        }
        Ok(sheets)
    }

    /// The parts of the sheets, in the order in which the workbook lists them.
    fn sheets(&mut self) -> Option<Vec<String>> {
        let workbook = self.small_part("xl/workbook.xml")?;
        let relations = self.small_part("xl/_rels/workbook.xml.rels")?;
        let target = |id: &str| {
            let relation = relations.split('<').find(|tag| tag.starts_with("Relationship ") && attribute(tag, "Id") == Some(id))?;
            let target = attribute(relation, "Target")?;
            Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
        };
        let sheets =
            workbook.split('<').filter(|tag| tag.starts_with("sheet ") || tag.split_once(':').is_some_and(|(_, tag)| tag.starts_with("sheet ")));
        Some(sheets.map(|tag| attribute(tag, "r:id").and_then(target).unwrap_or_default()).collect())
    }

    fn small_part(&mut self, name: &str) -> Option<String> {
        const MOST: u64 = 8 << 20;
        let mut text = String::new();
        self.parts.by_name(name).ok()?.take(MOST).read_to_string(&mut text).ok()?;
        Some(text)
    }
}

/// The value of an attribute in the text of a tag.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once(name) {
        if before.ends_with(char::is_whitespace)
            && let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start)
            && let Some(quote @ ('"' | '\'')) = value.chars().next()
        {
            return value.get(1..)?.split_once(quote).map(|(value, _)| value);
        }
        rest = after;
    }
    None
}

/// The merged regions at the end of a sheet; `None` where the rows do not end in it.
fn regions(end: &[u8]) -> Option<Vec<Region>> {
    let text = String::from_utf8_lossy(end);
    let (_, after) = text.rsplit_once("sheetData")?;
    let tags =
        after.split('<').filter(|tag| tag.starts_with("mergeCell ") || tag.split_once(':').is_some_and(|(_, tag)| tag.starts_with("mergeCell ")));
    Some(tags.filter_map(|tag| region(attribute(tag, "ref")?)).collect())
}

/// `B3:B22`
fn region(reference: &str) -> Option<Region> {
    let (first, last) = reference.split_once(':')?;
    let ((row, column), (last_row, last_column)) = (cell(first)?, cell(last)?);
    (row <= last_row && column <= last_column).then_some(Region { rows: (row, last_row), columns: (column, last_column) })
}

fn cell(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = reference.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A' + 1))?;
        column.checked_mul(26)?.checked_add(letter)
    })?;
    let row: u32 = number.parse().ok()?;
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row < MOST_ROWS && column < MOST_COLUMNS * 16).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_regions_are_found_behind_the_rows() {
        let sheet = br#"<c t="str"><v>sheetData</v></c></row></sheetData><mergeCells count="2"><mergeCell ref="A1:L1"/><x:mergeCell ref='B3:B22' /></mergeCells>"#;
        let found: Vec<_> = regions(sheet).unwrap_or_default().iter().map(|region| (region.rows, region.columns)).collect();
        assert_eq!(found, [((0, 0), (0, 11)), ((2, 21), (1, 1))]);
        assert!(regions(b"<row/>").is_none());
    }

    #[test]
    fn a_small_file_that_unfolds_to_gigabytes_is_refused() {
        use std::io::Write;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file("[Content_Types].xml", options).expect("a part");
        writer.start_file("xl/sharedStrings.xml", options).expect("a part");
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..1025 {
            writer.write_all(&zeros).expect("zeros");
        }
        let bytes = writer.finish().expect("an archive").into_inner();
        let refusal = Archive::open(&bytes).err().expect("refused");
        assert_eq!(refusal.code, crate::problem::ProblemCode::TooLarge);
    }
}
