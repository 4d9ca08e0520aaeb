//! A policy's calendar as iCalendar (RFC 5545), for the calendar of a telephone or an office.
//!
//! INVARIANT: the same entries give the same bytes; no clock is read, and ids stay when days move.

use chrono::Datelike;

use crate::lang::Lang;
use crate::policy::{CalendarEntry, Policy};
use crate::quantity::Day;

/// The last year that the format can write.
const LAST_YEAR: i32 = 9999;

/// The entries of a policy's calendar as all-day events.
#[must_use]
pub fn icalendar(policy: &Policy, entries: &[CalendarEntry], lang: Lang) -> String {
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//medtrain//calendar//EN");
    out.line("CALSCALE:GREGORIAN");
    let title = lang.pick(policy.title.zh.as_str(), policy.title.en.as_str());
    // The name that the standard came to have, and the one that most calendars read.
    for name in ["NAME", "X-WR-CALNAME"] {
        out.text(name, if title.is_empty() { &policy.number } else { title });
    }
    for entry in entries {
        out.line("BEGIN:VEVENT");
        out.text("UID", &format!("{}@{}.medtrain", entry.id, policy.id));
        out.line(&format!("DTSTAMP:{}T000000Z", basic(policy.issued)));
        out.line(&format!("DTSTART;VALUE=DATE:{}", basic(entry.from)));
        if let Some(after) = entry.until.succ_opt() {
            // A year of five digits is no date there.
            out.line(&if after.year() > LAST_YEAR {
                format!("DURATION:P{}D", (after - entry.from).num_days())
            } else {
                format!("DTEND;VALUE=DATE:{}", basic(after))
            });
        }
        out.text(&format!("SUMMARY;LANGUAGE={}", lang.tag()), lang.pick(&entry.zh, &entry.en));
        out.text("DESCRIPTION", &format!("{} {} ({})", policy.number, entry.article, entry.provision));
        out.line("TRANSP:TRANSPARENT");
        out.line("END:VEVENT");
    }
    out.line("END:VCALENDAR");
    out.written
}

/// A date in the basic form of ISO 8601.
fn basic(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Content lines: folded where they grow long, and ended as the format asks.
#[derive(Default)]
struct Lines {
    written: String,
}

impl Lines {
    /// A line without any text of people.
    fn line(&mut self, line: &str) {
        /// The most bytes of a line, its end not counted.
        const MOST: usize = 75;
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > MOST {
                self.written.push_str("\r\n ");
                width = 1;
            }
            self.written.push(c);
            width += c.len_utf8();
        }
        self.written.push_str("\r\n");
    }

    /// A property with text, of which no character is taken for the format's own.
    fn text(&mut self, property: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() => escaped.push(' '),
                c => escaped.push(c),
            }
        }
        self.line(&format!("{property}:{escaped}"));
    }
}
