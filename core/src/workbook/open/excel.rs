//! Workbooks of Excel, WPS and `LibreOffice`, through calamine.

use std::collections::HashSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, NumberFormat, Ods, OdsError, Range, Reader, Sheet as Metadata, SheetType, SheetVisible, Xls, XlsError,
    Xlsb, XlsbError, Xlsx, XlsxError,
};

use super::super::grid::{Book, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Region, Sheet, Value, ValueId, Values};
use super::super::{Progress, Stage};
use super::zip::Archive;
use super::{Format, Refusal, protected};
use crate::quantity::{Day, parse_day};

type Bytes<'b> = Cursor<&'b [u8]>;

/// Reads the sheets of a workbook.
pub(super) fn read(bytes: &[u8], format: Format, progress: &mut dyn FnMut(Progress)) -> Result<Book, Refusal> {
    let mut sheets_read = |done, total| progress(Progress { stage: Stage::Reading, done, total });
    if format == Format::Xls {
        return xls(bytes);
    }
    let archive = match catch_unwind(AssertUnwindSafe(|| Archive::open(bytes))) {
        Ok(archive) => archive?,
        Err(_) => return Err(Refusal::damaged("its structure contradicts itself")),
    };
    match archive.format {
        Format::Xlsb => xlsb(bytes, &mut sheets_read),
        Format::Ods => ods(bytes),
        _ => xlsx(bytes, &archive, &mut sheets_read),
    }
}

/// Runs what reads bytes that anyone may have made, and takes a panic of the library for a damaged file.
fn guarded<T, E: std::fmt::Display>(read: impl FnOnce() -> Result<T, E>, refused: impl FnOnce(&E) -> Option<Refusal>) -> Result<T, Refusal> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(refused(&error).unwrap_or_else(|| Refusal::damaged(&error.to_string()))),
        Err(_) => Err(Refusal::damaged("its structure contradicts itself")),
    }
}

fn xlsx(bytes: &[u8], archive: &Archive<'_>, progress: &mut dyn FnMut(usize, usize)) -> Result<Book, Refusal> {
    let refused = |error: &XlsxError| matches!(error, XlsxError::Password).then(protected);
    let mut workbook: Xlsx<Bytes<'_>> = guarded(|| Xlsx::new(Cursor::new(bytes)), refused)?;
    let mut book = Book { from_1904: workbook.has_1904_epoch(), ..Book::default() };
    let sheets = workbook.sheets_metadata().to_vec();
    for (done, Metadata { name, .. }) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet) {
        progress(done, sheets.len());
        let hidden_rows = archive.hidden.get(done).cloned().unwrap_or_default();
        let mut sheet = Sheet { name: name.clone(), hidden_rows, ..Sheet::default() };
        let months = guarded(|| months(&mut workbook, name), refused)?;
        guarded(
            || {
                let mut cells = workbook.worksheet_cells_reader(name)?;
                // One pass tells values and formulas; an empty text that a formula came to is a value.
                while let Some(cell) = cells.next_cell_with_formula_metadata()? {
                    let goes_on = match (&cell.value, &cell.formula) {
                        (DataRef::Empty, Some(_)) => put_uncalculated(&mut book, &mut sheet, cell.pos),
                        (DataRef::DateTime(moment), _) if months.contains(&cell.pos) => put_month(&mut book, &mut sheet, cell.pos, *moment),
                        (value, _) => put_ref(&mut book, &mut sheet, cell.pos, value),
                    };
                    if !goes_on {
                        break;
                    }
                }
                Ok(())
            },
            refused,
        )?;
        match archive.merged.get(done) {
            Some(Some(merged)) => sheet.finish(merged),
            _ => sheet.finish(&regions(&guarded(|| workbook.merge_cells_by_sheet_name(name), refused).unwrap_or_default())),
        }
        book.sheets.push(sheet);
    }
    mark_hidden(&mut book, workbook.sheets_metadata());
    Ok(book)
}

fn xlsb(bytes: &[u8], progress: &mut dyn FnMut(usize, usize)) -> Result<Book, Refusal> {
    let refused = |error: &XlsbError| matches!(error, XlsbError::Password).then(protected);
    let mut workbook: Xlsb<Bytes<'_>> = guarded(|| Xlsb::new(Cursor::new(bytes)), refused)?;
    let mut book = Book { from_1904: workbook.has_1904_epoch(), ..Book::default() };
    let names: Vec<String> = worksheets(&workbook);
    for (done, name) in names.iter().enumerate() {
        progress(done, names.len());
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        guarded(
            || {
                let mut cells = workbook.worksheet_cells_reader(name)?;
                while let Some(cell) = cells.next_cell()? {
                    if !put_ref(&mut book, &mut sheet, cell.get_position(), cell.get_value()) {
                        break;
                    }
                }
                Ok(())
            },
            refused,
        )?;
        sheet.finish(&[]);
        book.sheets.push(sheet);
    }
    mark_hidden(&mut book, workbook.sheets_metadata());
    Ok(book)
}

fn xls(bytes: &[u8]) -> Result<Book, Refusal> {
    let refused = |error: &XlsError| matches!(error, XlsError::Password).then(protected);
    let mut workbook: Xls<Bytes<'_>> = guarded(|| Xls::new(Cursor::new(bytes)), refused)?;
    let mut book = Book { from_1904: workbook.has_1904_epoch(), ..Book::default() };
    let names = worksheets(&workbook);
    let mut formulas = Vec::with_capacity(names.len());
    for name in &names {
        let range = guarded(|| workbook.worksheet_range(name), refused)?;
        formulas.push(formulas_of(&guarded(|| workbook.worksheet_formula(name), refused)?, &range));
    }
    // A formula that came to nothing is stored like one that nobody has calculated: who calculates has some that came to something.
    let is_empty = |data: &Data| matches!(data, Data::Empty) || matches!(data, Data::String(text) if text.is_empty());
    let calculated = formulas.iter().flatten().any(|(_, result)| !is_empty(result));
    for (name, formulas) in names.into_iter().zip(formulas) {
        let range = guarded(|| workbook.worksheet_range(&name), refused)?;
        let mut sheet = owned(&mut book, &name, &range);
        for (place, result) in &formulas {
            if !calculated && is_empty(result) && !put_uncalculated(&mut book, &mut sheet, *place) {
                break;
            }
        }
        sheet.finish(&regions(&workbook.merge_cells_by_sheet_name(&name).unwrap_or_default()));
        book.sheets.push(sheet);
    }
    mark_hidden(&mut book, workbook.sheets_metadata());
    Ok(book)
}

fn ods(bytes: &[u8]) -> Result<Book, Refusal> {
    let refused = |error: &OdsError| match error {
        OdsError::Password => Some(protected()),
        OdsError::CellLimitExceeded { .. } => Some(Refusal::too_large("the workbook has more cells than are read")),
        _ => None,
    };
    let mut workbook: Ods<Bytes<'_>> = guarded(|| Ods::new(Cursor::new(bytes)), refused)?;
    let mut book = Book::default();
    for name in worksheets(&workbook) {
        let range = guarded(|| workbook.worksheet_range(&name), refused)?;
        let mut sheet = owned(&mut book, &name, &range);
        let formulas = formulas_of(&guarded(|| workbook.worksheet_formula(&name), refused)?, &range);
        for (place, _) in formulas.iter().filter(|(_, result)| *result == Data::Empty) {
            if !put_uncalculated(&mut book, &mut sheet, *place) {
                break;
            }
        }
        sheet.finish(&[]);
        book.sheets.push(sheet);
    }
    mark_hidden(&mut book, workbook.sheets_metadata());
    Ok(book)
}

fn mark_hidden(book: &mut Book, sheets: &[Metadata]) {
    for sheet in &mut book.sheets {
        sheet.hidden = sheets.iter().any(|other| other.name == sheet.name && other.visible != SheetVisible::Visible);
    }
}

fn worksheets<'b, R: Reader<Bytes<'b>>>(workbook: &R) -> Vec<String> {
    workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect()
}

fn owned(book: &mut Book, name: &str, range: &Range<Data>) -> Sheet {
    let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, cells) in (first_row..).zip(range.rows()) {
        for (column, data) in (first_column..).zip(cells).filter(|(_, data)| **data != Data::Empty) {
            if !put(book, &mut sheet, (row, column), data) {
                return sheet;
            }
        }
    }
    sheet
}

/// The places of the formulas of a sheet, each with what it came to.
fn formulas_of(formulas: &Range<String>, results: &Range<Data>) -> Vec<((u32, u32), Data)> {
    let (first_row, first_column) = formulas.start().unwrap_or_default();
    let place =
        |row: usize, column: usize| Some((first_row.checked_add(u32::try_from(row).ok()?)?, first_column.checked_add(u32::try_from(column).ok()?)?));
    let formulas = formulas.used_cells().filter(|(.., formula)| !formula.is_empty()).filter_map(|(row, column, _)| place(row, column));
    formulas.map(|place| (place, results.get_value(place).cloned().unwrap_or(Data::Empty))).collect()
}

fn put_uncalculated(book: &mut Book, sheet: &mut Sheet, (row, column): (u32, u32)) -> bool {
    let value = book.values.insert(Value::Uncalculated);
    place(book, sheet, row, column, Some(value))
}

fn put(book: &mut Book, sheet: &mut Sheet, (row, column): (u32, u32), data: &Data) -> bool {
    let values = &mut book.values;
    let value = match data {
        Data::Empty => None,
        Data::String(text) | Data::DurationIso(text) => values.text(text),
        Data::DateTimeIso(text) => Some(iso(values, text)),
        Data::Int(number) => Some(values.insert(Value::Number(number.to_string().into()))),
        Data::Float(number) => Some(values.number(*number)),
        Data::Bool(yes) => Some(values.insert(Value::Boolean(*yes))),
        Data::DateTime(moment) => Some(day(values, *moment)),
        Data::Error(_) => Some(values.insert(Value::Error)),
    };
    place(book, sheet, row, column, value)
}

fn put_ref(book: &mut Book, sheet: &mut Sheet, (row, column): (u32, u32), data: &DataRef<'_>) -> bool {
    let values = &mut book.values;
    let value = match data {
        DataRef::Empty => None,
        DataRef::SharedString(text) => values.shared(text),
        DataRef::String(text) | DataRef::DurationIso(text) => values.text(text),
        DataRef::DateTimeIso(text) => Some(iso(values, text)),
        DataRef::Int(number) => Some(values.insert(Value::Number(number.to_string().into()))),
        DataRef::Float(number) => Some(values.number(*number)),
        DataRef::Bool(yes) => Some(values.insert(Value::Boolean(*yes))),
        DataRef::DateTime(moment) => Some(day(values, *moment)),
        DataRef::Error(_) => Some(values.insert(Value::Error)),
    };
    place(book, sheet, row, column, value)
}

fn place(book: &mut Book, sheet: &mut Sheet, row: u32, column: u32, value: Option<ValueId>) -> bool {
    let Some(value) = value else { return true };
    if row >= MOST_ROWS {
        book.cut_short = true;
        return false;
    }
    if column >= MOST_COLUMNS {
        book.leave_out(sheet, row, column);
        return true;
    }
    if !book.room() {
        return false;
    }
    sheet.put(row, column, value);
    true
}

/// A number with the format of a date is a day; with the format of a duration it stays a number.
fn day(values: &mut Values, moment: ExcelDateTime) -> ValueId {
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    // A time of day alone, which is no day of 1900.
    if moment.is_datetime() && (0.0..1.0).contains(&moment.as_f64()) {
        return values.insert(Value::Text(format!("{hour:02}:{minute:02}").into()));
    }
    match Day::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)) {
        Some(day) if moment.is_datetime() => values.insert(Value::Day(day)),
        _ => values.number(moment.as_f64()),
    }
}

/// The cells of a sheet whose format shows no day: of the date behind `2024年8月`, the first of the month is no more than how it is stored.
fn months(workbook: &mut Xlsx<Bytes<'_>>, sheet: &str) -> Result<HashSet<(u32, u32)>, XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let styles: Vec<bool> = cells.styles().iter().map(|style| style.number_format.as_ref().is_some_and(shows_no_day)).collect();
    let mut found = HashSet::new();
    // Most workbooks have no such format, and are gone through once.
    if styles.contains(&true) {
        while let Some((row, column, style)) = cells.next_style_id()? {
            if found.len() < MOST_CELLS && styles.get(style) == Some(&true) {
                found.insert((row, column));
            }
        }
    }
    Ok(found)
}

/// Whether a format shows a year and no day.
fn shows_no_day(format: &NumberFormat) -> bool {
    // These are a year and a month where Excel is Chinese, and stand in no list of formats.
    const CHINESE: [u32; 5] = [27, 36, 50, 52, 57];
    let code = format.format_code.as_str();
    if code.eq_ignore_ascii_case("general") {
        return format.format_id.is_some_and(|id| CHINESE.contains(&id));
    }
    let signs = signs(code);
    signs.contains('y') && !signs.contains(['d', 'h', 's'])
}

/// The signs of a format that stand for something, in lower case: without what is quoted, escaped or in brackets, and without other sections.
fn signs(code: &str) -> String {
    let mut signs = String::new();
    let (mut quoted, mut bracketed) = (false, false);
    let mut rest = code.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '"' => quoted = !quoted,
            _ if quoted => {}
            // The next one stands for itself.
            '\\' | '_' | '*' => drop(rest.next()),
            '[' => bracketed = true,
            ']' => bracketed = false,
            ';' => break,
            _ if bracketed => {}
            _ => signs.extend(sign.to_lowercase()),
        }
    }
    signs
}

/// A date of which the cell shows the year and month alone: it is the text that it shows.
fn put_month(book: &mut Book, sheet: &mut Sheet, (row, column): (u32, u32), moment: ExcelDateTime) -> bool {
    let (year, month, ..) = moment.to_ymd_hms_milli();
    let value = book.values.text(&format!("{year:04}-{month:02}"));
    place(book, sheet, row, column, value)
}

fn iso(values: &mut Values, text: &str) -> ValueId {
    let day = text.get(..10).and_then(parse_day);
    values.insert(day.map_or_else(|| Value::Text(text.into()), Value::Day))
}

fn regions(merged: &[Dimensions]) -> Vec<Region> {
    merged.iter().map(|d| Region { rows: (d.start.0, d.end.0), columns: (d.start.1, d.end.1) }).collect()
}
