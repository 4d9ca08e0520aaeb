//! The hidden rows of a sheet of Excel, found while its part is unfolded: calamine does not tell them.
//!
//! In come the bytes of a part piece by piece, out go the numbers of its hidden rows. A row that a filter leaves out is hidden in the same way.

use super::zip::attribute;

/// The hidden rows of a sheet, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct HiddenRows {
    /// Their numbers, counted from 0.
    pub(super) numbers: Vec<u32>,
    /// How many rows there were before.
    before: u32,
    /// What was read of a tag that goes on.
    open: Vec<u8>,
}

impl HiddenRows {
    /// Reads on.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        /// No tag of a row is that long.
        const LONGEST: usize = 4 << 10;
        let mut open = std::mem::take(&mut self.open);
        open.extend(bytes);
        let mut left = open.as_slice();
        while let Some((_, tag)) = left.iter().position(|byte| *byte == b'<').and_then(|begin| left.split_at_checked(begin)) {
            let Some((tag, behind)) = tag.iter().position(|byte| *byte == b'>').and_then(|end| tag.split_at_checked(end)) else {
                if tag.len() <= LONGEST {
                    self.open = tag.to_vec();
                }
                return;
            };
            self.tag(tag);
            left = behind;
        }
    }

    fn tag(&mut self, tag: &[u8]) {
        let is_row = tag.starts_with(b"<row") || tag.split(|byte| *byte == b':').nth(1).is_some_and(|name| name.starts_with(b"row"));
        let Some(tag) = std::str::from_utf8(tag).ok().filter(|_| is_row) else { return };
        if !tag.split_whitespace().next().is_some_and(|name| name.ends_with("row")) {
            return;
        }
        let number = attribute(tag, "r").and_then(|number| number.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(self.before);
        self.before = number.saturating_add(1);
        if matches!(attribute(tag, "hidden"), Some("1" | "true")) {
            self.numbers.push(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_are_found_wherever_the_bytes_are_parted() {
        let sheet = br#"<sheetData><row r="2" hidden="1"><c r="A2"/></row><row r="4"/><x:row hidden='true' spans="1:2" /><rowBreaks hidden="1"/><row r="9" hidden="0">"#;
        for size in [1, 7, 64, sheet.len()] {
            let mut rows = HiddenRows::default();
            sheet.chunks(size).for_each(|bytes| rows.read(bytes));
            assert_eq!(rows.numbers, [1, 4], "in pieces of {size}");
        }
    }
}
