//! A sheet that is filled row by row, and what a cell can hold.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{Format, Worksheet};
use unicode_width::UnicodeWidthStr as _;

use super::looks::Looks;
use crate::lang::Lang;
use crate::render::{RenderError, Report, tally};

/// The longest text that a cell may hold, in UTF-16 units.
pub(in crate::render) const LONGEST: usize = 32_767;
/// The rows that a sheet may hold; the last one is kept to say what was left off.
const ROWS: u32 = 1_048_575;

/// A sheet under construction, filled from top to bottom.
pub(in crate::render) struct Sheet<'s> {
    pub(in crate::render) page: &'s mut Worksheet,
    pub(in crate::render) looks: &'s Looks,
    /// The row that is being written.
    pub(in crate::render) row: u32,
    /// The lines that it takes so far.
    pub(in crate::render) lines: u32,
}

impl Sheet<'_> {
    pub(in crate::render) fn set_up(&mut self, report: &Report<'_>) {
        self.page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        // An ampersand begins a code in a footer.
        let title = shortened(report.title, 80).replace('&', "&&");
        self.page.set_footer(format!("&L&9{title} · {}&R&9&P / &N", report.as_of));
    }

    pub(in crate::render) fn text(&mut self, column: u16, text: &str, look: &Format) -> Result<(), RenderError> {
        if text.is_empty() {
            self.page.write_blank(self.row, column, look)?;
        } else {
            self.page.write_string_with_format(self.row, column, shortened(text, LONGEST), look)?;
        }
        Ok(())
    }

    /// Text that may take several lines in a column so wide; the row grows with it.
    pub(in crate::render) fn wrapped(&mut self, column: u16, text: &str, width: usize) -> Result<(), RenderError> {
        const LINE: u32 = 15;
        let looks = self.looks;
        self.text(column, text, &looks.wrapped)?;
        // The indent and the breaks before long words take some of the width.
        let lines = u32::try_from(text.width().div_ceil(width.saturating_sub(4).max(1))).unwrap_or(u32::MAX).clamp(1, 20);
        if lines > self.lines {
            self.lines = lines;
            self.page.set_row_height(self.row, lines * LINE)?;
        }
        Ok(())
    }

    /// Goes on to the next row.
    pub(in crate::render) fn next(&mut self) {
        self.row += 1;
        self.lines = 1;
    }

    pub(in crate::render) fn number(&mut self, column: u16, number: Option<Decimal>, look: &Format) -> Result<(), RenderError> {
        match number.and_then(|number| number.to_f64()) {
            Some(number) => self.page.write_number_with_format(self.row, column, number, look)?,
            None => self.page.write_blank(self.row, column, look)?,
        };
        Ok(())
    }

    pub(in crate::render) fn count(&mut self, column: u16, count: usize) -> Result<(), RenderError> {
        let looks = self.looks;
        self.number(column, tally::decimal(count), &looks.number)
    }

    /// The head of a table that fills the sheet: frozen, filtered, repeated on every page.
    pub(in crate::render) fn head(&mut self, columns: &[(String, f64)]) -> Result<(), RenderError> {
        for (column, (word, width)) in (0_u16..).zip(columns) {
            let looks = self.looks;
            self.text(column, word, &looks.head)?;
            self.page.set_column_width(column, *width)?;
        }
        self.page.set_row_height(self.row, 48)?;
        self.next();
        Ok(())
    }

    pub(in crate::render) fn settle(&mut self, columns: usize, named: u16) -> Result<(), RenderError> {
        let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
        self.page.set_freeze_panes(1, named)?.set_repeat_rows(0, 0)?;
        self.page.autofilter(0, 0, self.row.saturating_sub(1), last)?;
        Ok(())
    }

    /// Whether another row fits; writes what is left off where none does.
    pub(in crate::render) fn has_room(&mut self, lang: Lang) -> Result<bool, RenderError> {
        if self.row < ROWS {
            return Ok(true);
        }
        let looks = self.looks;
        self.text(0, lang.pick("工作表已满，其余未列出", "the sheet is full; the rest is left off"), &looks.soft)?;
        Ok(false)
    }
}

/// As much of a text as a cell may hold.
pub(in crate::render) fn shortened(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut room = most.saturating_sub(1);
    let mut out: String = text.chars().take_while(|c| room.checked_sub(c.len_utf16()).inspect(|left| room = *left).is_some()).collect();
    out.push('…');
    out
}
