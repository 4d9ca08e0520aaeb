//! The directory of a zip file: what the file is, and how large it says its parts are.

use super::{Format, Refusal};

/// The most that the parts of a workbook may unfold to.
const MOST_UNFOLDED: u64 = 1 << 30;

/// What kind of workbook this zip file is; an error for one that unfolds to too much.
pub(super) fn kind(bytes: &[u8]) -> Result<Format, Refusal> {
    let Some(directory) = directory(bytes) else { return Err(Refusal::damaged("its directory of parts is missing")) };
    let mut rest = directory;
    let mut unfolded = 0_u64;
    let (mut excel, mut binary, mut open, mut encrypted) = (false, false, false, false);
    while let Some(entry) = Entry::first(rest) {
        // Deflate cannot unfold to more than about a thousand times; whoever says less than that is believed.
        unfolded = unfolded.saturating_add(u64::from(entry.unfolded));
        encrypted |= entry.flags & 1 == 1;
        match entry.name {
            b"xl/workbook.bin" => binary = true,
            b"content.xml" => open = true,
            name if name.starts_with(b"xl/") || name == b"[Content_Types].xml" => excel = true,
            _ => {}
        }
        rest = entry.rest;
    }
    if unfolded > MOST_UNFOLDED {
        return Err(Refusal::too_large(format!("the parts of the workbook unfold to {unfolded} bytes; at most {MOST_UNFOLDED} are read")));
    }
    if encrypted {
        return Err(Refusal::new("the archive is protected with a password", "remove the password and save it again"));
    }
    match (binary, open, excel) {
        (true, _, _) => Ok(Format::Xlsb),
        (_, true, false) => Ok(Format::Ods),
        (_, _, true) => Ok(Format::Xlsx),
        _ => Err(Refusal::new("an archive without a workbook in it", "unpack it and choose the workbook")),
    }
}

struct Entry<'a> {
    name: &'a [u8],
    unfolded: u32,
    flags: u16,
    rest: &'a [u8],
}

impl<'a> Entry<'a> {
    fn first(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(b"PK\x01\x02") {
            return None;
        }
        let length = |at| Some(usize::from(short(bytes, at)?));
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let rest = bytes.get(46 + name + extra + comment..)?;
        Some(Self { name: bytes.get(46..46 + name)?, unfolded: long(bytes, 24)?, flags: short(bytes, 8)?, rest })
    }
}

/// From the first entry of the central directory on.
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = (tail..=bytes.len().checked_sub(22)?).rev().find(|at| bytes.get(*at..at + 4) == Some(b"PK\x05\x06"))?;
    let offset = long(bytes, end + 16)?;
    let start = if offset == u32::MAX {
        // Zip64, which some programs write even for small files: its own end record tells the offset.
        let locator = end.checked_sub(20).filter(|at| bytes.get(*at..at + 4) == Some(b"PK\x06\x07"))?;
        let record = usize::try_from(wide(bytes, locator + 8)?).ok()?;
        usize::try_from(wide(bytes, record.checked_add(48)?)?).ok()?
    } else {
        usize::try_from(offset).ok()?
    };
    bytes.get(start..)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn wide(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
