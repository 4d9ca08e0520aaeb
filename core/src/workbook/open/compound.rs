//! The container of old workbooks (.xls), read as far as it takes to see how wide their cells are spread.
//!
//! calamine lays out every cell between the first and the last; two cells at opposite corners would ask for a hundred gigabytes. It follows sectors
//! that point in a circle for as long as there is memory. INVARIANT: what passes is followed by calamine within the size of the file, so streams and
//! sheets are found here as calamine finds them.

use std::collections::HashSet;

use super::Refusal;

/// The most cells that the sheets of an old workbook may span together.
const MOST_SPANNED: u64 = 20_000_000;

/// Refuses a workbook whose sectors point in a circle, or whose cells span more than is laid out. What cannot be followed is left to whoever reads it.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let Some(container) = Container::of(bytes)? else { return Ok(()) };
    for stream in container.workbooks()? {
        let spanned = spanned(&stream);
        if spanned > MOST_SPANNED {
            return Err(Refusal::too_large(format!("the cells of the workbook span {spanned} places; at most {MOST_SPANNED} are read")));
        }
    }
    Ok(())
}

fn circle() -> Refusal {
    Refusal::damaged("its sectors point in a circle")
}

/// How many places lie between the first and last cells of all sheets; no further than is needed to see that they are too many.
fn spanned(stream: &[u8]) -> u64 {
    let sheets = records(stream).take_while(|(kind, _)| *kind != END).filter(|(kind, _)| *kind == 0x0085);
    let sheets = sheets.filter_map(|(_, data)| stream.get(usize::try_from(long(data, 0)?).ok()?..));
    let mut all = 0_u64;
    for sheet in sheets {
        all = all.saturating_add(spanned_by(sheet));
        if all > MOST_SPANNED {
            break;
        }
    }
    all
}

/// How many places one sheet spans, and no fewer than it has records: many sheets may begin in one place, and each is read from there.
fn spanned_by(sheet: &[u8]) -> u64 {
    let (mut seen, mut most_stated) = (0, 0);
    let mut bounds: Option<[u64; 4]> = None;
    // A chart within the sheet has records like those of cells, which are none.
    let mut depth = 0_usize;
    for (kind, data) in records(sheet) {
        seen += 1;
        match kind {
            0x0809 => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            0x0200 => most_stated = most_stated.max(stated(data).unwrap_or_default()),
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x0207 | 0x027E | 0x00FD | 0x00BD | 0x00D6 => {
                if let (Some(row), Some(first)) = (short(data, 0), short(data, 2)) {
                    // A record of many numbers ends with its last column.
                    let last = if kind == 0x00BD { data.len().checked_sub(2).and_then(|end| short(data, end)).unwrap_or(first) } else { first };
                    let (row, first, last) = (u64::from(row), u64::from(first), u64::from(last));
                    let [top, bottom, left, right] = bounds.unwrap_or([row, row, first, first]);
                    bounds = Some([top.min(row), bottom.max(row), left.min(first), right.max(first).max(last)]);
                }
            }
            _ => {}
        }
    }
    let laid_out = bounds.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1));
    // A sheet with formatted columns states more than it has, up to 65,536 rows of 256, which costs no memory until it is filled.
    if most_stated > MOST_SPANNED { most_stated } else { laid_out.max(seen) }
}

/// How many places a sheet says that it spans.
fn stated(data: &[u8]) -> Option<u64> {
    let (first_row, end_row, columns_at) =
        if data.len() == 10 { (u32::from(short(data, 0)?), u32::from(short(data, 2)?), 4) } else { (long(data, 0)?, long(data, 4)?, 8) };
    let (first, end) = (short(data, columns_at)?, short(data, columns_at + 2)?);
    let first = if first > 0xFF || end < first { 0 } else { first };
    // A sheet that ends before it begins is laid out as calamine computes it.
    let rows = u64::from(end_row.wrapping_sub(first_row));
    (end_row > 0 && end > 0).then(|| rows.saturating_mul(u64::from(end.wrapping_sub(first))))
}

/// The end of a sheet, or of what comes before the sheets.
const END: u16 = 0x000A;

/// The records of a stream, each with its kind.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (short(rest, 0)?, usize::from(short(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some((kind, data))
    })
}

struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// For each sector, the next one of its stream.
    next: Vec<u32>,
}

/// The last of the sectors of a stream.
const LAST: u32 = 0xFFFF_FFFE;

impl<'b> Container<'b> {
    fn of(bytes: &'b [u8]) -> Result<Option<Self>, Refusal> {
        let Some((sector, tables)) = tables(bytes)? else { return Ok(None) };
        let mut container = Self { bytes, sector, next: Vec::new() };
        for table in tables {
            let Some(table) = sector_at(bytes, sector, table) else { return Ok(None) };
            whole(table, sector)?;
            container.next.extend((0..sector / 4).filter_map(|entry| long(table, entry * 4)));
        }
        Ok(Some(container))
    }

    /// The bytes of the stream that begins in this sector, as many as asked for and perhaps some of the sector behind them.
    fn stream(&self, first: u32, most: usize) -> Result<Vec<u8>, Refusal> {
        let mut stream = Vec::new();
        let mut sector = first;
        let mut left = most_sectors(self.bytes, self.sector);
        while sector != LAST {
            let Some(bytes) = sector_at(self.bytes, self.sector, sector) else { break };
            left = left.checked_sub(1).ok_or_else(circle)?;
            stream.extend_from_slice(bytes);
            match self.next.get(sector as usize) {
                Some(next) if stream.len() < most => sector = *next,
                _ => break,
            }
            if sector != LAST {
                whole(bytes, self.sector)?;
            }
        }
        Ok(stream)
    }

    /// The streams with the records of the workbook: the second is read where the first cannot be.
    fn workbooks(&self) -> Result<Vec<Vec<u8>>, Refusal> {
        let header = |at| long(self.bytes, at).unwrap_or(LAST);
        let directory = self.stream(header(0x30), usize::MAX)?;
        let entries = || directory.chunks_exact(128);
        let Some(root) = entries().next() else { return Ok(Vec::new()) };
        // A small stream lies in pieces of 64 bytes within the stream of the root.
        let small_tables = usize::try_from(header(0x40)).unwrap_or(usize::MAX);
        let (pieces, next) = if small_tables == 0 {
            Default::default()
        } else {
            let next = self.stream(header(0x3C), small_tables.saturating_mul(self.sector))?;
            (self.stream(long(root, 116).unwrap_or(LAST), self.size(root))?, next)
        };
        let mut streams = Vec::new();
        for name in ["Workbook", "Book"] {
            let Some(entry) = entries().find(|entry| is_named(entry, name)) else { continue };
            let (first, size) = (long(entry, 116).unwrap_or(LAST), self.size(entry));
            if size >= SMALL {
                streams.push(self.stream(first, size)?);
                continue;
            }
            let mut stream = Vec::new();
            let mut piece = first;
            while let Some(bytes) = pieces.chunks(64).nth(piece as usize).filter(|_| stream.len() < size) {
                stream.extend_from_slice(bytes);
                match long(&next, (piece as usize).saturating_mul(4)) {
                    Some(next) => piece = next,
                    None => break,
                }
            }
            streams.push(stream);
        }
        Ok(streams)
    }

    /// The size of a stream as its entry in the directory says it.
    fn size(&self, entry: &[u8]) -> usize {
        let (low, high) = (long(entry, 120).unwrap_or_default(), long(entry, 124).unwrap_or_default());
        // With small sectors, old writers leave anything in the upper half.
        let high = if self.sector == 512 { 0 } else { high };
        usize::try_from(u64::from(high) << 32 | u64::from(low)).unwrap_or(usize::MAX)
    }
}

/// Streams below this size lie in pieces. The header says so too, and calamine goes by the number.
const SMALL: usize = 4096;

/// The size of a sector, and those that hold the tables of what comes next.
fn tables(bytes: &[u8]) -> Result<Option<(usize, Vec<u32>)>, Refusal> {
    let sector = match short(bytes, 0x1E) {
        Some(shift @ (9 | 12)) => 1_usize << shift,
        _ => return Ok(None),
    };
    let most = most_sectors(bytes, sector);
    let mut tables: Vec<u32> = (0..109).filter_map(|entry| long(bytes, 0x4C + entry * 4)).collect();
    let mut seen = HashSet::new();
    let mut more = long(bytes, 0x44).unwrap_or(LAST);
    while more < 0xFFFF_FFFA {
        if !seen.insert(more) {
            return Err(circle());
        }
        let Some(list) = sector_at(bytes, sector, more) else { return Ok(None) };
        whole(list, sector)?;
        let entries = sector / 4 - 1;
        tables.extend((0..entries).filter_map(|entry| long(list, entry * 4)));
        let Some(next) = long(list, entries * 4) else { return Ok(None) };
        more = next;
    }
    tables.retain(|table| *table < 0xFFFF_FFFA);
    // A table that is listed again and again tells of more sectors than the file has.
    if tables.len() > most + 109 { Err(circle()) } else { Ok(Some((sector, tables))) }
}

/// How many sectors a stream can have that has none twice.
fn most_sectors(bytes: &[u8], sector: usize) -> usize {
    bytes.len() / sector + 1
}

/// A sector of the file; the header takes the place of one. Behind the last, which may be cut short, calamine takes one more for granted.
fn sector_at(bytes: &[u8], size: usize, sector: u32) -> Option<&[u8]> {
    let sector = usize::try_from(sector).ok()?;
    let start = (sector + 1).checked_mul(size)?.min(bytes.len());
    (sector <= bytes.len() / size).then(|| bytes.get(start..(start + size).min(bytes.len())))?
}

/// Refuses a sector that is cut short where something comes behind it: calamine reads it otherwise each time.
fn whole(bytes: &[u8], size: usize) -> Result<(), Refusal> {
    if bytes.len() == size { Ok(()) } else { Err(Refusal::damaged("one of its sectors is cut short")) }
}

/// Whether an entry of the directory has this name; letters of either case are one.
fn is_named(entry: &[u8], name: &str) -> bool {
    let letters = entry.get(..64).unwrap_or_default().chunks_exact(2).filter_map(|pair| short(pair, 0)).take_while(|letter| *letter != 0);
    letters
        .map(|letter| u8::try_from(letter).map_or(0, |letter| letter.to_ascii_lowercase()))
        .eq(name.bytes().map(|letter| letter.to_ascii_lowercase()))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use calamine::{Reader, Xls};
    use proptest::prelude::*;

    use super::*;

    /// The bytes of a record with these words.
    fn record(words: &[u16]) -> Vec<u8> {
        words.iter().copied().flat_map(u16::to_le_bytes).collect()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(&[0x0203, 14, row, column, 0, 0, 0, 0, 0])
    }

    /// A workbook whose sheets begin behind its list of sheets, so many times the same one.
    fn stream(sheets: usize, sheet: &[u8]) -> Vec<u8> {
        const LISTED: usize = 12;
        let begin = u16::try_from(4 + 4 + sheets * LISTED + 4).expect("a short list");
        let listed = record(&[0x0085, 8, begin, 0, 0, 0x0141]).repeat(sheets);
        [record(&[0x0809, 4, 0x0600, 5]), listed, record(&[END, 0])].concat().into_iter().chain(sheet.iter().copied()).collect()
    }

    /// What a sheet of these records spans.
    fn sheet(records: &[Vec<u8>]) -> u64 {
        spanned(&stream(1, &[record(&[0x0809, 4, 0x0600, 16]), records.concat(), record(&[END, 0])].concat()))
    }

    #[test]
    fn two_cells_at_opposite_corners_span_the_whole_sheet() {
        assert_eq!(sheet(&[cell(0, 0), cell(65_535, 65_535)]), 1 << 32);
        assert_eq!(sheet(&[cell(2, 3), cell(3, 5)]), 6);
    }

    #[test]
    fn a_chart_within_a_sheet_does_not_part_its_cells() {
        let chart = [record(&[0x0809, 4, 0x0600, 0x20]), cell(60_000, 200), record(&[END, 0])].concat();
        assert_eq!(sheet(&[cell(0, 0), chart, cell(99, 9)]), 1000);
    }

    #[test]
    fn sheets_that_begin_in_one_place_are_each_laid_out() {
        let square = [record(&[0x0809, 4, 0x0600, 16]), cell(0, 0), cell(999, 999), record(&[END, 0])].concat();
        assert_eq!(spanned(&stream(3, &square)), 3_000_000);
        assert!(spanned(&stream(30, &square)) > MOST_SPANNED);
    }

    #[test]
    fn a_sheet_that_states_more_than_any_has_is_too_large() {
        // As many as a sheet can have, which those with formatted columns state.
        assert_eq!(sheet(&[record(&[0x0200, 14, 0, 0, 0, 1, 0, 256, 0]), cell(0, 0)]), 4);
        for rows in [[0, 0, 0, 16], [1, 0, 0xFFFF, 0x7FFF], [9, 0, 5, 0]] {
            let [first, first_high, end, end_high] = rows;
            assert!(sheet(&[record(&[0x0200, 14, first, first_high, end, end_high, 0, 256, 0])]) > MOST_SPANNED, "{rows:?}");
        }
    }

    /// A container of which every sector that a header names is sector 0, 1, 2: the table of sectors, the directory, the table of pieces.
    fn container(next: &[u32], entries: &[(&str, u32, u32)], pieces: &[u32], rest: usize) -> Vec<u8> {
        let longs = |longs: &[u32], size: usize| {
            let mut bytes: Vec<u8> = longs.iter().copied().flat_map(u32::to_le_bytes).collect();
            bytes.resize(size, 0xFF);
            bytes
        };
        let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        header.resize(512, 0);
        let mut put = |at: usize, bytes: &[u8]| header.get_mut(at..at + bytes.len()).expect("within the header").copy_from_slice(bytes);
        put(0x1A, &[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
        put(0x2C, &longs(&[1, 1, 0, 4096, 2, 1, LAST, 0], 32));
        put(0x4C, &longs(&[0], 512 - 0x4C));
        let mut directory = Vec::new();
        for (name, first, size) in entries {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry.resize(116, 0);
            entry.extend(longs(&[*first, *size, 0], 12));
            directory.extend(entry);
        }
        directory.resize(512, 0);
        [header, longs(next, 512), directory, longs(pieces, 512), vec![0; rest]].concat()
    }

    fn message(bytes: &[u8]) -> String {
        check(bytes).expect_err("a refusal").message
    }

    #[test]
    fn sectors_that_point_in_a_circle_are_refused() {
        let entries: &[(&str, u32, u32)] = &[("Root Entry", LAST, 0), ("Workbook", 3, u32::MAX)];
        let sound = [LAST, LAST, LAST, LAST];
        assert!(check(&container(&sound, entries, &[], 512)).is_ok());
        let cut_short = container(&[LAST, LAST, LAST, 3], entries, &[], 0);
        assert!(message(&cut_short).contains("cut short"), "a sector that begins where the file ends");
        for (what, next, entries, rest) in [
            ("a sector of its own", [LAST, LAST, LAST, 3], entries, 512),
            ("two sectors", [LAST, LAST, 3, 2], entries, 512),
            ("the directory", [LAST, 1, LAST, LAST], entries, 512),
            ("the table of pieces", [LAST, LAST, 2, LAST], &[("Root Entry", LAST, 0)], 512),
            ("the pieces", [LAST, LAST, LAST, 3], &[("Root Entry", 3, u32::MAX)], 512),
            ("letters of another case", [LAST, LAST, LAST, 3], &[("Root Entry", LAST, 0), ("WORKBOOK", 3, 9999)], 512),
        ] {
            let mut bytes = container(&next, entries, &[], rest);
            // The table of pieces is as long as it can be said to be.
            bytes.get_mut(0x40..0x44).expect("a header").copy_from_slice(&u32::MAX.to_le_bytes());
            assert!(message(&bytes).contains("in a circle"), "{what}");
        }
    }

    #[test]
    fn pieces_that_point_in_a_circle_end_with_the_size_of_their_stream() {
        let entries: &[(&str, u32, u32)] = &[("Root Entry", 3, 64), ("Workbook", 0, 4095)];
        let bytes = container(&[LAST, LAST, LAST, LAST], entries, &[0], 512);
        let streams = Container::of(&bytes).ok().flatten().and_then(|container| container.workbooks().ok()).expect("a workbook");
        assert_eq!(streams.iter().map(Vec::len).collect::<Vec<_>>(), [4096]);
        // What the header says of the size of small streams changes nothing for calamine.
        let mut bytes = container(&[LAST, LAST, LAST, LAST], &[("Root Entry", 3, 64), ("Workbook", 0, u32::MAX)], &[0], 512);
        bytes.get_mut(0x38..0x3C).expect("a header").copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(check(&bytes).is_ok());
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

        #[test]
        fn streams_are_no_longer_than_their_file(
            next in proptest::collection::vec(prop_oneof![8 => 0_u32..8, 1 => Just(LAST), 1 => any::<u32>()], 8),
            pieces in proptest::collection::vec(prop_oneof![8 => 0_u32..16, 1 => any::<u32>()], 16),
            entries in proptest::collection::vec(
                (prop_oneof![Just("Root Entry"), Just("Workbook"), Just("book")], 0_u32..9, prop_oneof![0_u32..5000, any::<u32>()]),
                1..4,
            ),
            header in proptest::collection::vec(prop_oneof![Just(0x30_usize), Just(0x3C), Just(0x40), Just(0x44), Just(0x50)], 0..2),
            value in prop_oneof![0_u32..8, any::<u32>()],
            rest in 0_usize..3000,
        ) {
            let mut bytes = container(&next, &entries, &pieces, rest);
            for at in header {
                bytes.get_mut(at..at + 4).expect("a header").copy_from_slice(&value.to_le_bytes());
            }
            if let Ok(Some(container)) = Container::of(&bytes) {
                for stream in container.workbooks().unwrap_or_default() {
                    prop_assert!(stream.len() <= (bytes.len() + 512).max(SMALL), "{} of {}", stream.len(), bytes.len());
                }
            }
            // What passes is read by calamine within the same bounds: a circle that it followed would not end.
            if check(&bytes).is_ok() {
                let _ = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes.as_slice())).is_ok()));
            }
        }
    }
}
