//! How cells look: told apart by pattern and words as well as by colour.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

use crate::evaluate::Status;

/// The formats of cells.
pub(in crate::render) struct Looks {
    pub(in crate::render) plain: Format,
    pub(in crate::render) wrapped: Format,
    pub(in crate::render) number: Format,
    pub(in crate::render) percent: Format,
    pub(in crate::render) date: Format,
    pub(in crate::render) head: Format,
    pub(in crate::render) head_right: Format,
    pub(in crate::render) heading: Format,
    pub(in crate::render) title: Format,
    pub(in crate::render) lead: Format,
    pub(in crate::render) soft: Format,
    pub(in crate::render) met: Format,
    pub(in crate::render) unmet: Format,
    pub(in crate::render) waivable: Format,
    pub(in crate::render) unknown: Format,
    pub(in crate::render) gap: Format,
    #[cfg_attr(not(feature = "render"), expect(dead_code, reason = "the workbooks of regions alone have links"))]
    pub(in crate::render) link: Format,
}

impl Looks {
    pub(in crate::render) fn new() -> Self {
        let hair = Color::RGB(0x00D9_DEE3);
        let base = Format::new().set_align(FormatAlign::Top);
        let cell = base.clone().set_align(FormatAlign::Left).set_indent(1).set_border_bottom(FormatBorder::Hair).set_border_bottom_color(hair);
        let ink = Color::RGB(0x0016_202A);
        let alarm = Color::RGB(0x00A3_360A);
        let grey = Color::RGB(0x0055_606C);
        let head = (base.clone().set_align(FormatAlign::Left).set_indent(1).set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter))
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(ink)
            .set_background_color(Color::RGB(0x00EE_F2F5));
        Self {
            plain: cell.clone(),
            wrapped: cell.clone().set_text_wrap(),
            // Excel shows a whole number in `0.##` with a point behind it.
            number: cell.clone().set_num_format("General").set_align(FormatAlign::Right),
            percent: cell.clone().set_num_format("0.0%").set_align(FormatAlign::Right),
            date: cell.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            head_right: head.clone().set_align(FormatAlign::Right),
            head,
            heading: base.clone().set_bold().set_font_size(13),
            title: base.clone().set_bold().set_font_size(18),
            lead: base.clone().set_bold().set_font_size(13),
            soft: base.set_font_color(grey),
            met: cell.clone().set_font_color(Color::RGB(0x001F_5F8B)),
            // Patterns, so that a print in black and white tells them apart as well.
            unmet: cell
                .clone()
                .set_bold()
                .set_font_color(alarm)
                .set_pattern(FormatPattern::LightUp)
                .set_foreground_color(Color::RGB(0x00F2_B8A0))
                .set_background_color(Color::White),
            waivable: cell
                .clone()
                .set_font_color(Color::RGB(0x006B_4C00))
                .set_pattern(FormatPattern::Gray125)
                .set_foreground_color(Color::RGB(0x00D9_B24C))
                .set_background_color(Color::White),
            unknown: cell.clone().set_font_color(grey).set_background_color(Color::RGB(0x00E6_E9EC)),
            link: cell.clone().set_font_color(Color::RGB(0x001F_5F8B)).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            gap: cell.set_num_format("General;-General;").set_align(FormatAlign::Right).set_bold(),
        }
    }

    pub(in crate::render) fn of(&self, status: Status) -> &Format {
        match status {
            Status::Met => &self.met,
            Status::Unmet => &self.unmet,
            Status::Waivable => &self.waivable,
            Status::Unknown | Status::NotApplicable => &self.unknown,
        }
    }
}
