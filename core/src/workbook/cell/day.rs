//! Dates in every shape that registers write them: one grammar, and never a guess.
//!
//! A date is numbers with marks between: `2024-03-05`, `2024.3.5`, `2024年3月5日`, `24.3.5`, `20240305`, `三月`. Two of them, joined by a dash of
//! any length, are a range, of which the second may leave out what the first says: `2024.03.05-08`, `3月5日—8日`.

use super::amount::chinese_number;
use super::{Column, Fact, LastDay, Reading, Taken, last_day_of};
use crate::facts::within::last_after;
use crate::quantity::Day;
use crate::workbook::notes;

/// A date as written, with what it leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Written {
    year: Option<i32>,
    /// Whether the year has two digits only.
    short: bool,
    month: Option<u32>,
    day: Option<u32>,
}

/// The first day that a cell with the format of a date can mean: what lies before it is a small number in the wrong format.
pub(super) const EARLIEST: Day = match Day::from_ymd_opt(1910, 1, 1) {
    Some(day) => day,
    None => Day::MIN,
};

/// Reads a number in a column of dates.
pub(super) fn from_number(number: &str, column: &Column<'_>) -> Reading {
    let Ok(whole) = number.parse::<u32>() else {
        // 45356.375 is a day with its time; 2024.1 is January or October.
        return match number.split_once('.').and_then(|(days, _)| days.parse::<u32>().ok()) {
            Some(days @ 20_000..=60_000) => serial(days, column),
            Some(1900..=2200) => month_as_number(number),
            _ => Reading::unknown(&notes::NOT_A_DATE),
        };
    };
    match whole {
        20_000..=60_000 => serial(whole, column),
        1900..=2200 => Written { year: i32::try_from(whole).ok(), ..Written::default() }.partial(),
        190_001..=220_012 => {
            let (year, month) = (i32::try_from(whole / 100).ok(), Some(whole % 100));
            Written { year, month, ..Written::default() }.partial()
        }
        19_000_101..=22_001_231 => from_text(number, column),
        _ => Reading::unknown(&notes::NOT_A_DATE),
    }
}

/// A year and a month behind a point. A cell of numbers has lost the nought of `2024.10`, which is `2024.1` there.
fn month_as_number(number: &str) -> Reading {
    let month = |month: &str| {
        let (year, _) = number.split_once('.')?;
        Written { year: year.parse().ok(), month: month.parse().ok(), ..Written::default() }.span()
    };
    let months = number.split_once('.').map_or("", |(_, month)| month);
    match months {
        "1" => match (month("1"), month("10")) {
            (Some((first, _)), Some((_, last))) => Reading::plain(Taken::Within(first, last)).noting(&notes::MONTH_OR_FRACTION),
            _ => Reading::unknown(&notes::MONTH_OR_FRACTION),
        },
        _ if months.len() > 2 => Reading::unknown(&notes::NOT_A_DATE),
        _ => match month(months) {
            Some((first, last)) => Reading::plain(Taken::Within(first, last)).noting(&notes::PARTIAL_DATE),
            None => Reading::unknown(&notes::NOT_A_DATE),
        },
    }
}

/// A day counted from the epoch of the workbook.
fn serial(days: u32, column: &Column<'_>) -> Reading {
    let epoch = if column.from_1904 { Day::from_ymd_opt(1904, 1, 1) } else { Day::from_ymd_opt(1899, 12, 30) };
    match epoch.and_then(|epoch| epoch.checked_add_days(chrono::Days::new(u64::from(days)))) {
        Some(day) => Reading::mended(Fact::day(day), &notes::SERIAL_DATE),
        None => Reading::unknown(&notes::NOT_A_DATE),
    }
}

/// Reads text in a column of dates.
pub(super) fn from_text(text: &str, column: &Column<'_>) -> Reading {
    if matches!(text, "至今" | "今" | "现在" | "长期" | "长期有效" | "永久" | "永久有效" | "无期限" | "目前") {
        return Reading::plain(Taken::None);
    }
    if let Some(day) = in_china(text) {
        return Reading::mended(Fact::day(day), &notes::POINT_IN_TIME);
    }
    if last_day_of(column.field.name).is_some()
        && let Some(first) = going_on(text)
    {
        return going_on_since(first, column);
    }
    let Some((first, last)) = tokens(text).and_then(|tokens| split(&tokens)) else { return Reading::unknown(&notes::NOT_A_DATE) };
    let mut reading = match last {
        None => one(first, column),
        Some(last) => range(first, last, column),
    };
    if last.is_some() && reading.taken == Taken::Unknown {
        reading.last_day = Some(LastDay::Unknown);
    }
    // A plain date in the usual marks needs no note.
    let usual = last.is_none() && !first.short && text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'/') && text.contains(['-', '/']);
    if let Taken::Fact(fact) = &reading.taken
        && reading.remarks.is_empty()
        && !usual
    {
        reading = Reading::mended(fact.clone(), &notes::WRITTEN_DATE);
    }
    reading
}

/// The civil day in China of a point in time that is told with its offset, as programs write it: `2024-10-31T16:00:00.000Z` is the first of November there.
fn in_china(text: &str) -> Option<Day> {
    let china = chrono::FixedOffset::east_opt(8 * 3600)?;
    if !text.contains(':') || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let text = text.replacen(' ', "T", 1).replace(' ', "").to_ascii_uppercase();
    let told = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"].iter().find_map(|form| chrono::DateTime::parse_from_str(&text, form).ok())?;
    Some(told.with_timezone(&china).date_naive())
}

/// What stands before `至今`, or before a dash with nothing behind it.
fn going_on(text: &str) -> Option<&str> {
    let marked = ["今", "现在", "目前"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim_end();
    let first = marked.trim_end_matches(['-', '~', '—', '–', '―', '−', '─', '‐', '‑', '至', '到', '～', '〜', ' ']);
    (first.len() < marked.len() && !first.is_empty()).then_some(first)
}

fn going_on_since(first: &str, column: &Column<'_>) -> Reading {
    let reading = match tokens(first).and_then(|tokens| split(&tokens)) {
        Some((first, None)) => one(first, column),
        _ => return Reading { last_day: Some(LastDay::Unknown), ..Reading::unknown(&notes::NOT_A_DATE) },
    };
    let reading = match &reading.taken {
        Taken::Fact(fact) => Reading::mended(fact.clone(), &notes::GOES_ON),
        _ => reading,
    };
    Reading { last_day: Some(LastDay::None), ..reading }
}

fn one(written: Written, column: &Column<'_>) -> Reading {
    match (written.year, written.month, written.day) {
        (Some(_), Some(_), Some(_)) => {}
        (None, Some(month), Some(day)) if exists(month, day) => return Reading::plain(Taken::Yearless((month, day), None)),
        (None, Some(_), Some(_)) => return Reading::unknown(&notes::IMPOSSIBLE_DATE),
        (Some(_) | None, Some(0 | 13..), None) | (None, None, _) | (Some(_), None, Some(_)) => return Reading::unknown(&notes::NOT_A_DATE),
        (None, Some(_), None) => return Reading::unknown(&notes::NO_YEAR),
        (Some(_), _, None) => return complete(written, column).map_or_else(|| Reading::unknown(&notes::SHORT_YEAR_OPEN), |(full, _)| full.partial()),
    }
    let Some((full, completed)) = complete(written, column) else { return Reading::unknown(&notes::SHORT_YEAR_OPEN) };
    match full.date() {
        Some(day) if completed => Reading::mended(Fact::day(day), &notes::SHORT_YEAR),
        Some(day) => Reading::fact(Fact::day(day)),
        None => Reading::unknown(&notes::IMPOSSIBLE_DATE),
    }
}

fn range(first: Written, last: Written, column: &Column<'_>) -> Reading {
    let Some(sibling) = last_day_of(column.field.name) else { return Reading::unknown(&notes::RANGE_NOT_DAY) };
    let last = Written {
        year: last.year.or(first.year),
        short: if last.year.is_some() { last.short } else { first.short },
        month: last.month.or(first.month),
        day: last.day,
    };
    if let (None, Some(month), Some(day)) = (first.year, first.month, first.day) {
        return match (last.month, last.day) {
            (Some(to_month), Some(to_day)) if exists(month, day) && exists(to_month, to_day) => {
                Reading::plain(Taken::Yearless((month, day), Some((to_month, to_day))))
            }
            _ => Reading::unknown(&notes::NO_YEAR),
        };
    }
    let (Some((first, _)), Some((last, _))) = (complete(first, column), complete(last, column)) else {
        return Reading::unknown(&notes::SHORT_YEAR_OPEN);
    };
    if first.day.is_none() || last.day.is_none() {
        return partial_range(first, last, sibling);
    }
    match (first.date(), last.date()) {
        (Some(first), Some(last)) if first <= last => {
            let mut reading = Reading::mended(Fact::day(first), &notes::DATE_RANGE).with(sibling, Fact::day(last), None);
            reading.remarks.iter_mut().for_each(|remark| remark.after = Some(format!("{first} / {last}")));
            reading
        }
        (Some(_), Some(_)) => Reading::unknown(&notes::ENDS_BEFORE_START),
        _ => Reading::unknown(&notes::IMPOSSIBLE_DATE),
    }
}

/// The first and the last day, of which one or both are known by their month or year alone.
fn partial_range(first: Written, last: Written, sibling: &'static str) -> Reading {
    let (Some(begins), Some(ends)) = (first.span(), last.span()) else { return Reading::unknown(&notes::NOT_A_DATE) };
    if ends.1 < begins.0 {
        return Reading::unknown(&notes::ENDS_BEFORE_START);
    }
    let taken = if first.day.is_some() { Taken::Fact(Fact::day(begins.0)) } else { Taken::Within(begins.0, begins.1) };
    let reading = Reading::plain(taken).noting(&notes::PARTIAL_DATE);
    if last.day.is_some() {
        reading.with(sibling, Fact::day(ends.0), None)
    } else {
        Reading { last_day: Some(LastDay::Within(ends.0, ends.1)), ..reading }
    }
}

/// With its year in four digits, and whether it had two; `None` where the other dates of the column do not settle the century.
fn complete(written: Written, column: &Column<'_>) -> Option<(Written, bool)> {
    let Some(year) = written.year.filter(|_| written.short) else { return Some((written, false)) };
    let (first, last) = column.years?;
    let mut fitting = [1900, 2000].into_iter().map(|century| century + year).filter(|year| (first - 1..=last + 1).contains(year));
    let year = fitting.next().filter(|_| fitting.next().is_none())?;
    Some((Written { year: Some(year), short: false, ..written }, true))
}

/// Whether there is such a day in some year.
fn exists(month: u32, day: u32) -> bool {
    Day::from_ymd_opt(2024, month, day).is_some()
}

impl Written {
    fn date(self) -> Option<Day> {
        Day::from_ymd_opt(self.year.filter(|year| (1880..=2200).contains(year))?, self.month?, self.day?)
    }

    /// The first and the last day that it can be.
    fn span(self) -> Option<(Day, Day)> {
        let first = Self { month: self.month.or(Some(1)), day: self.day.or(Some(1)), ..self }.date()?;
        match (self.month, self.day) {
            (_, Some(_)) => Some((first, first)),
            (Some(_), None) => last_after(first, 1),
            (None, None) => last_after(first, 12),
        }
    }

    /// What a month or a year alone comes to.
    fn partial(self) -> Reading {
        match self.span() {
            Some((first, last)) => Reading::plain(Taken::Within(first, last)).noting(&notes::PARTIAL_DATE),
            None => Reading::unknown(&notes::NOT_A_DATE),
        }
    }
}

/// The full date in a text, if it has one: what tells the years of a column.
pub(crate) fn plain_year(text: &str) -> Option<i32> {
    let (first, _) = split(&tokens(text)?)?;
    (!first.short && first.month.is_some()).then_some(first.year?).filter(|year| (1880..=2200).contains(year))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// A number with how many digits it has.
    Number(u32, usize),
    Year,
    Month,
    Day,
    Point,
    Dash,
    /// A mark that joins two dates and nothing else.
    To,
}

/// The parts of a date; `None` where there is something else. A time of day is left off.
fn tokens(text: &str) -> Option<Vec<Token>> {
    const MOST: usize = 24;
    let text = without_time(text);
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if tokens.len() > MOST {
            return None;
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let written = rest.find(|c: char| !"〇零一二三四五六七八九十".contains(c)).unwrap_or(rest.len());
        let length = if digits > 0 {
            tokens.push(Token::Number(rest.get(..digits)?.parse().ok()?, digits));
            digits
        } else if written > 0 {
            let word = rest.get(..written)?;
            tokens.push(Token::Number(chinese_number(word)?, word.chars().count()));
            written
        } else {
            tokens.extend(match c {
                '年' => Some(Token::Year),
                '月' => Some(Token::Month),
                '日' | '号' => Some(Token::Day),
                '.' | '/' | '\\' | '。' | '、' | ',' => Some(Token::Point),
                '-' => Some(Token::Dash),
                '~' | '—' | '–' | '―' | '−' | '─' | '‐' | '‑' | '至' | '到' | '～' | '〜' => Some(Token::To),
                ' ' => None,
                _ => return None,
            });
            c.len_utf8()
        };
        rest = rest.get(length..)?;
    }
    // A dash drawn twice is one.
    tokens.dedup_by(|a, b| a == b && matches!(a, Token::To));
    Some(tokens)
}

/// Without a time of day or a weekday behind the date.
fn without_time(text: &str) -> &str {
    let text = text.split_once(['(', '星', '周']).map_or(text, |(before, _)| before).trim_end();
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).unwrap_or(text);
    before.rfind([' ', 'T']).and_then(|at| before.get(..at)).unwrap_or(text).trim_end()
}

/// The one date, or the first and the last.
fn split(tokens: &[Token]) -> Option<(Written, Option<Written>)> {
    let numbers = tokens.iter().filter(|token| matches!(token, Token::Number(..))).count();
    let only_dashes = tokens.iter().all(|token| matches!(token, Token::Number(..) | Token::Dash));
    let at = match tokens.iter().position(|token| *token == Token::To) {
        Some(at) => Some(at),
        // `2024-03-05-08` and `20240305-20240308`; else a dash among other marks joins two dates.
        None if only_dashes => match numbers {
            4 | 6 => Some(5),
            2 if matches!(tokens, [Token::Number(_, 8), ..]) => Some(1),
            _ => None,
        },
        None => tokens.iter().position(|token| *token == Token::Dash),
    };
    let Some(at) = at else { return Some((date(tokens)?, None)) };
    let (first, last) = tokens.split_at_checked(at)?;
    let last = last.split_first()?.1;
    // The last day may be a bare number: the day of the month.
    let last = match last {
        [Token::Number(day, 1 | 2)] | [Token::Number(day, 1 | 2), Token::Day] => Written { day: Some(*day), ..Written::default() },
        _ => date(last)?,
    };
    Some((date(first)?, Some(last)))
}

fn date(tokens: &[Token]) -> Option<Written> {
    use Token::{Dash, Day, Month, Number, Point, Year};
    let tokens = match tokens {
        [rest @ .., Point] => rest,
        all => all,
    };
    let year = |number: u32, digits: usize| match digits {
        4 => i32::try_from(number).ok().map(|year| (year, false)),
        2 => i32::try_from(number).ok().map(|year| (year, true)),
        _ => None,
    };
    let dated = |(year, short), month, day| Some(Written { year: Some(year), short, month, day });
    match *tokens {
        [Number(n, 8)] => dated((i32::try_from(n / 10_000).ok()?, false), Some(n / 100 % 100), Some(n % 100)),
        [Number(n, 6)] => dated((i32::try_from(n / 100).ok()?, false), Some(n % 100), None),
        [Number(n, 4)] | [Number(n, 4), Year] => dated(year(n, 4)?, None, None),
        [Number(n, 2), Year] => dated(year(n, 2)?, None, None),
        [Number(m, 1 | 2), Month] => Some(Written { month: Some(m), ..Written::default() }),
        [Number(m, 1 | 2), Month, Number(d, 1..=3)] | [Number(m, 1 | 2), Month, Number(d, 1..=3), Day] => {
            Some(Written { month: Some(m), day: Some(d), ..Written::default() })
        }
        [Number(y, l), Year | Point | Dash, Number(m, 1 | 2), Month, Number(d, 1..=3)]
        | [Number(y, l), Year | Point | Dash, Number(m, 1 | 2), Month, Number(d, 1..=3), Day]
        | [Number(y, l), Year, Number(m, 1 | 2), Point | Dash, Number(d, 1 | 2)]
        | [Number(y, l), Point, Number(m, 1 | 2), Point, Number(d, 1 | 2)]
        | [Number(y, l), Point, Number(m, 1 | 2), Point, Number(d, 1 | 2), Day]
        | [Number(y, l), Dash, Number(m, 1 | 2), Dash, Number(d, 1 | 2)] => dated(year(y, l)?, Some(m), Some(d)),
        [Number(y, l), Year, Number(m, 1 | 2)] | [Number(y, l), Year, Number(m, 1 | 2), Month] => dated(year(y, l)?, Some(m), None),
        [Number(y, 4), Point | Dash, Number(m, 1 | 2)] | [Number(y, 4), Point | Dash, Number(m, 1 | 2), Month] => dated(year(y, 4)?, Some(m), None),
        [Number(m, 1 | 2), Point, Number(d, 1 | 2)] => Some(Written { month: Some(m), day: Some(d), ..Written::default() }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Activity, Vocabulary};
    use crate::quantity::parse_day;
    use crate::workbook::notes::Rule;
    use crate::workbook::spec::Spec;

    fn column(name: &str) -> Column<'static> {
        let (_, field) = Activity::ENTITY.field(name).expect("a field");
        Column { field: Spec::of(field), header_unit: None, open_unit: None, years: Some((2023, 2024)), from_1904: false, spans: false }
    }

    fn day(text: &str) -> Taken {
        Taken::Fact(Fact::Text(text.to_owned()))
    }

    fn within(first: &str, last: &str) -> Taken {
        parse_day(first).zip(parse_day(last)).map_or(Taken::Absent, |(first, last)| Taken::Within(first, last))
    }

    fn rule(reading: &Reading) -> &'static Rule {
        reading.remarks.first().map(|remark| remark.rule).expect("a note")
    }

    #[test]
    fn full_dates_are_read_in_every_shape() {
        for text in [
            "2024-03-05",
            "2024/3/5",
            "2024.3.5",
            "2024.03.05",
            "20240305",
            "2024年3月5日",
            "2024年3月5号",
            "24.3.5",
            "2024-03-05 00:00:00",
            "2024-03-05T08:30:00",
            "2024年03月05",
            "二〇二四年三月五日",
            "2024.3.5.",
            "2024-3-5(星期二)",
            "2024年3.5",
        ] {
            assert_eq!(from_text(text, &column("awarded_on")).taken, day("2024-03-05"), "{text}");
        }
    }

    #[test]
    fn a_month_or_a_year_alone_is_some_day_of_it() {
        for (text, first, last) in [
            ("2024-3", "2024-03-01", "2024-03-31"),
            ("2024年", "2024-01-01", "2024-12-31"),
            ("2024年2月", "2024-02-01", "2024-02-29"),
            ("24年3月", "2024-03-01", "2024-03-31"),
            ("202403", "2024-03-01", "2024-03-31"),
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024.3", "2024-03-01", "2024-03-31"),
            ("2024.10", "2024-10-01", "2024-10-31"),
        ] {
            let reading = from_text(text, &column("awarded_on"));
            assert_eq!(reading.taken, within(first, last), "{text}");
            assert_eq!(rule(&reading).en, notes::PARTIAL_DATE.en, "{text}");
        }
        for text in ["三月", "3月"] {
            let reading = from_text(text, &column("awarded_on"));
            assert_eq!((reading.taken.clone(), rule(&reading).en), (Taken::Unknown, notes::NO_YEAR.en), "{text}");
        }
    }

    #[test]
    fn a_range_of_months_says_within_what_each_end_lies() {
        let ends = |text: &str| {
            let reading = from_text(text, &column("starts_on"));
            (reading.taken.clone(), reading.last_day, reading.siblings.clone())
        };
        let last = |first, last| parse_day(first).zip(parse_day(last)).map(|(first, last)| LastDay::Within(first, last));
        assert_eq!(ends("2024.3-2024.8"), (within("2024-03-01", "2024-03-31"), last("2024-08-01", "2024-08-31"), vec![]));
        assert_eq!(ends("2024.3.5-2024.8"), (day("2024-03-05"), last("2024-08-01", "2024-08-31"), vec![]));
        let (first, _, siblings) = ends("2024.3-2024.8.5");
        assert_eq!(
            (first, siblings.first().map(|(name, fact, _)| (*name, fact.to_string()))),
            (within("2024-03-01", "2024-03-31"), Some(("ends_on", "2024-08-05".to_owned())))
        );
        assert_eq!(ends("2024.8-2024.3").0, Taken::Unknown);
    }

    #[test]
    fn a_range_becomes_first_and_last_day() {
        for text in [
            "2024.03.05-08",
            "2024年3月5日-8日",
            "2024年3月5—8日",
            "2024-03-05~2024-03-08",
            "2024/3/5-2024/3/8",
            "2024-03-05-08",
            "20240305-20240308",
            "2024.3.5至3.8",
            "2024年3月5日——3月8日",
        ] {
            let reading = from_text(text, &column("starts_on"));
            assert_eq!(reading.taken, day("2024-03-05"), "{text}");
            assert_eq!(
                reading.siblings.first().map(|(name, fact, _)| (*name, fact.to_string())),
                Some(("ends_on", "2024-03-08".to_owned())),
                "{text}"
            );
        }
        assert_eq!(from_text("3月5日—8日", &column("starts_on")).taken, Taken::Yearless((3, 5), Some((3, 8))));
        assert_eq!(from_text("2024.03.05-08", &column("awarded_on")).taken, Taken::Unknown);
    }

    #[test]
    fn an_impossible_day_blocks_its_cell() {
        for text in ["2024.2.30", "2023-02-29", "2024年13月1日", "20240231"] {
            let reading = from_text(text, &column("awarded_on"));
            assert_eq!((reading.taken.clone(), rule(&reading).en), (Taken::Unknown, notes::IMPOSSIBLE_DATE.en), "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_needs_the_other_dates_of_its_column() {
        let mut alone = column("awarded_on");
        alone.years = None;
        assert_eq!(rule(&from_text("24.3.5", &alone)).en, notes::SHORT_YEAR_OPEN.en);
        alone.years = Some((1950, 2010));
        assert_eq!(rule(&from_text("05.3.5", &alone)).en, notes::SHORT_YEAR.en);
        assert_eq!(from_text("75.3.5", &alone).taken, day("1975-03-05"));
        alone.years = Some((1901, 2010));
        assert_eq!(from_text("05.3.5", &alone).taken, Taken::Unknown);
    }

    #[test]
    fn serial_numbers_follow_the_epoch_of_the_workbook() {
        let mut column = column("awarded_on");
        assert_eq!(from_number("45356", &column).taken, day("2024-03-05"));
        assert_eq!(from_number("45356.375", &column).taken, day("2024-03-05"));
        column.from_1904 = true;
        assert_eq!(from_number("43894", &column).taken, day("2024-03-05"));
        assert_eq!(from_number("20240305", &column).taken, day("2024-03-05"));
    }

    #[test]
    fn a_number_such_as_2024_1_is_asked_about() {
        let reading = from_number("2024.1", &column("awarded_on"));
        assert_eq!((reading.taken.clone(), rule(&reading).en), (within("2024-01-01", "2024-10-31"), notes::MONTH_OR_FRACTION.en));
        assert_eq!(from_number("2024.2", &column("awarded_on")).taken, within("2024-02-01", "2024-02-29"));
        assert_eq!(from_number("2024.11", &column("awarded_on")).taken, within("2024-11-01", "2024-11-30"));
        assert_eq!(from_number("202413", &column("awarded_on")).taken, Taken::Unknown);
        assert_eq!(from_number("2024.13", &column("awarded_on")).taken, Taken::Unknown);
        assert_eq!(from_number("2024.375", &column("awarded_on")).taken, Taken::Unknown);
        assert_eq!(from_number("2024", &column("awarded_on")).taken, within("2024-01-01", "2024-12-31"));
        assert_eq!(from_number("7", &column("awarded_on")).taken, Taken::Unknown);
    }

    #[test]
    fn a_range_without_its_last_day_goes_on() {
        for text in ["2024.3.5至今", "2024.3.5-", "2024年3月5日-至今", "2024-03-05～", "2024.3.5 至 今"] {
            let reading = from_text(text, &column("starts_on"));
            assert_eq!((reading.taken.clone(), reading.last_day), (day("2024-03-05"), Some(LastDay::None)), "{text}");
            assert_eq!(rule(&reading).en, notes::GOES_ON.en, "{text}");
            assert_eq!(from_text(text, &column("awarded_on")).taken, Taken::Unknown, "{text}");
        }
        for text in ["2024.3.5至8.31至今", "至今年-"] {
            assert_eq!(from_text(text, &column("starts_on")).last_day, Some(LastDay::Unknown), "{text}");
        }
        assert_eq!(from_text("2024.8.31-2024.3.1", &column("starts_on")).last_day, Some(LastDay::Unknown));
    }

    #[test]
    fn no_end_is_none() {
        for text in ["至今", "长期"] {
            assert_eq!(from_text(text, &column("ends_on")).taken, Taken::None);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9年月日.~/ 至十三-]{0,16}") {
            let _ = from_text(&text, &column("starts_on"));
            let _ = from_number(&text, &column("starts_on"));
        }

        #[test]
        fn the_form_that_is_written_out_is_read_back(days in 0_u64..60_000) {
            let epoch = Day::from_ymd_opt(1900, 1, 1).expect("a day");
            let date = epoch.checked_add_days(chrono::Days::new(days)).expect("a day").to_string();
            let reading = from_text(&date, &column("awarded_on"));
            proptest::prop_assert_eq!(reading.taken, day(&date));
            proptest::prop_assert!(reading.remarks.is_empty());
        }
    }
}
