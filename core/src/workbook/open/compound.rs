//! The container of old workbooks (.xls), read as far as it takes to see how wide their cells are spread.
//!
//! calamine lays out every cell between the first and the last; two cells at opposite corners would ask for a hundred gigabytes.

use std::collections::HashSet;

use super::Refusal;

/// The most cells that the sheets of an old workbook may span together.
const MOST_SPANNED: u64 = 20_000_000;

/// Refuses a workbook whose cells span more than is laid out. What cannot be followed is left to whoever reads it.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let spanned = Container::of(bytes).and_then(|container| container.workbook()).map_or(0, |stream| spanned(&stream));
    if spanned > MOST_SPANNED {
        return Err(Refusal::too_large(format!("the cells of the workbook span {spanned} places; at most {MOST_SPANNED} are read")));
    }
    Ok(())
}

/// How many places lie between the first and last cells of all sheets.
fn spanned(stream: &[u8]) -> u64 {
    let mut all = 0_u64;
    let mut bounds: Option<[u64; 4]> = None;
    let mut rest = stream;
    let mut close = |bounds: &mut Option<[u64; 4]>| {
        if let Some([top, bottom, left, right]) = bounds.take() {
            all = all.saturating_add((bottom - top + 1) * (right - left + 1));
        }
    };
    while let (Some(kind), Some(length)) = (short(rest, 0), short(rest, 2)) {
        let length = usize::from(length);
        match kind {
            // A sheet begins or ends.
            0x0809 | 0x000A => close(&mut bounds),
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x0207 | 0x027E | 0x00FD | 0x00BD | 0x00D6 => {
                if let (Some(row), Some(first)) = (short(rest, 4), short(rest, 6)) {
                    // A record of many numbers ends with its last column.
                    let last = if kind == 0x00BD { short(rest, length + 2).unwrap_or(first) } else { first };
                    let (row, first, last) = (u64::from(row), u64::from(first), u64::from(last));
                    let [top, bottom, left, right] = bounds.unwrap_or([row, row, first, first]);
                    bounds = Some([top.min(row), bottom.max(row), left.min(first), right.max(first).max(last)]);
                }
            }
            _ => {}
        }
        rest = rest.get(4 + length..).unwrap_or_default();
    }
    close(&mut bounds);
    all
}

struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// For each sector, the next one of its stream.
    next: Vec<u32>,
}

impl<'b> Container<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let shift = short(bytes, 0x1E)?;
        let sector = if matches!(shift, 9 | 12) { 1_usize << shift } else { return None };
        let mut container = Self { bytes, sector, next: Vec::new() };
        let mut tables: Vec<u32> = (0..109).filter_map(|entry| long(bytes, 0x4C + entry * 4)).collect();
        let mut more = long(bytes, 0x44)?;
        let mut seen = HashSet::new();
        while more < 0xFFFF_FFFA && seen.insert(more) && tables.len() <= bytes.len() / sector + 109 {
            let list = container.at(more)?;
            let entries = sector / 4 - 1;
            tables.extend((0..entries).filter_map(|entry| long(list, entry * 4)));
            more = long(list, entries * 4)?;
        }
        for table in tables.into_iter().filter(|table| *table < 0xFFFF_FFFA) {
            // A table that is listed again and again tells of more sectors than the file has.
            if container.next.len() > bytes.len() / sector + sector {
                break;
            }
            let table = container.at(table)?;
            container.next.extend((0..sector / 4).filter_map(|entry| long(table, entry * 4)));
        }
        Some(container)
    }

    fn at(&self, sector: u32) -> Option<&'b [u8]> {
        let start = (usize::try_from(sector).ok()?.checked_add(1)?).checked_mul(self.sector)?;
        self.bytes.get(start..(start + self.sector).min(self.bytes.len()))
    }

    /// The bytes of the stream that begins in this sector; never more than the file has.
    fn stream(&self, first: u32) -> Vec<u8> {
        let mut stream = Vec::new();
        let mut sector = first;
        while let Some(bytes) = self.at(sector).filter(|_| stream.len() <= self.bytes.len()) {
            stream.extend_from_slice(bytes);
            match self.next.get(sector as usize) {
                Some(next) => sector = *next,
                None => break,
            }
        }
        stream
    }

    /// The stream with the records of the workbook.
    fn workbook(&self) -> Option<Vec<u8>> {
        let directory = self.stream(long(self.bytes, 0x30)?);
        let entries = || directory.chunks_exact(128);
        let named = |name: &str| {
            let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            entries().find(|entry| entry.starts_with(&name))
        };
        let entry = named("Workbook").or_else(|| named("Book"))?;
        let (first, size) = (long(entry, 116)?, usize::try_from(long(entry, 120)?).ok()?);
        if size >= usize::try_from(long(self.bytes, 0x38)?).ok()? {
            return Some(self.stream(first));
        }
        // A small stream lies in pieces of 64 bytes within the stream of the root.
        let pieces = self.stream(long(entries().next()?, 116)?);
        let next = self.stream(long(self.bytes, 0x3C)?);
        let mut stream = Vec::new();
        let mut piece = usize::try_from(first).ok()?;
        while let Some(bytes) = pieces.get(piece.checked_mul(64)?..).filter(|_| stream.len() < size) {
            stream.extend_from_slice(bytes.get(..64).unwrap_or(bytes));
            piece = usize::try_from(long(&next, piece.checked_mul(4)?)?).ok()?;
        }
        Some(stream)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(row: u16, column: u16) -> Vec<u8> {
        [0x0203, 14, row, column, 0, 0, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn two_cells_at_opposite_corners_span_the_whole_sheet() {
        let sheet: Vec<u8> = [0x0809_u16, 0].into_iter().flat_map(u16::to_le_bytes).chain(cell(0, 0)).chain(cell(65_535, 65_535)).collect();
        assert_eq!(spanned(&sheet), 1 << 32);
        assert_eq!(spanned(&[sheet.clone(), sheet].concat()), 1 << 33);
    }

    proptest! {
        #[test]
        fn arbitrary_containers_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
            let _ = check(&bytes);
            if let Some(shift) = bytes.get_mut(0x1E..0x20) {
                shift.copy_from_slice(&[9, 0]);
            }
            let _ = check(&bytes);
        }
    }
}
