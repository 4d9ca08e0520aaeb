//! Numbers with what people write around them: units, marks, sums.

use rust_decimal::Decimal;

use super::{Column, Fact, Reading, unit_of};
use crate::facts::FieldKind;
use crate::quantity::{Unit, parse_decimal};
use crate::workbook::notes::{self, Rule};

/// Reads the number of a numeric cell.
pub(super) fn from_number(number: &str, column: &Column<'_>) -> Reading {
    // A spreadsheet keeps 15 digits; what a formula leaves beyond them is noise.
    const KEPT: u32 = 15;
    let digits = number.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if digits <= KEPT as usize {
        return match parse_decimal(number) {
            Some(number) => checked(number, column, None),
            None => Reading::unknown(&notes::NOT_A_NUMBER),
        };
    }
    match number.contains('.').then(|| Decimal::from_str_exact(number).ok()).flatten().and_then(|number| number.round_sf(KEPT)) {
        Some(rounded) => checked(rounded, column, Some(&notes::TOO_LONG_FRACTION)),
        None => Reading::unknown(&notes::TOO_PRECISE),
    }
}

/// Reads the number of a text.
pub(super) fn from_text(text: &str, column: &Column<'_>) -> Reading {
    if are_several(text) {
        return Reading::unknown(&notes::SEVERAL_NUMBERS);
    }
    let text = text.replace(' ', "");
    if text.starts_with(['≥', '>', '≤', '<', '约', '~', '≈', '近'])
        || text.ends_with(['+', '余', '多'])
        || text.ends_with("以上")
        || text.ends_with("左右")
    {
        return Reading::unknown(&notes::QUALIFIED_NUMBER);
    }
    if let Some(number) = grouped(&text) {
        return checked(number, column, None);
    }
    if matches!(column.field.name, "fee" | "fee_charged") && matches!(&*text, "免" | "免费" | "免收" | "全免" | "不收费") {
        return Reading::mended(Fact::Text("0".to_owned()), &notes::FREE);
    }
    if let Some(number) = worded(&text, column) {
        return checked(number, column, Some(&notes::WITH_UNIT));
    }
    let unit = unit_of(column);
    let (body, factor) = match stripped(&text, &unit) {
        Ok(Some((body, factor))) => (body, factor),
        Ok(None) => (text.as_str(), Decimal::ONE),
        Err(()) => return Reading::unknown(&notes::OTHER_UNIT),
    };
    let with_unit = body.len() != text.len();
    // Of two units that the field takes, that of the cell comes before that of the header.
    let bare = Column { header_unit: None, open_unit: None, ..column.clone() };
    let takes_header = column.header_unit.as_ref().is_none_or(|header| self::factor(header, &unit).is_some());
    let column = if with_unit && takes_header { &bare } else { column };
    if body == "半" && with_unit {
        return scaled(Decimal::new(5, 1), factor, column, &notes::WITH_UNIT);
    }
    if let Some(number) = grouped(body) {
        return scaled(number, factor, column, &notes::WITH_UNIT);
    }
    // Credits and hours are amounts of which a register lists the parts.
    if matches!(unit, Unit::Credit | Unit::Hour) && body.contains('+') {
        return match body.split('+').try_fold(Decimal::ZERO, |sum, part| sum.checked_add(summand(part, &unit)?).ok_or(&notes::NOT_A_NUMBER)) {
            Ok(sum) => scaled(sum, factor, column, &notes::SUMMED),
            Err(rule) => Reading::unknown(rule),
        };
    }
    match chinese_number(body).filter(|_| !is_about(body)) {
        Some(number) => scaled(Decimal::from(number), factor, column, &notes::CHINESE_NUMBER),
        None => Reading::unknown(&notes::NOT_A_NUMBER),
    }
}

/// One part of a sum: of the unit of the field where it names one, and not taken off again.
fn summand(part: &str, unit: &Unit) -> Result<Decimal, &'static Rule> {
    let (body, factor) = stripped(part, unit).map_err(|()| &notes::OTHER_UNIT)?.unwrap_or((part, Decimal::ONE));
    let number = parse_decimal(body).and_then(|number| number.checked_mul(factor)).ok_or(&notes::NOT_A_NUMBER)?;
    if number.is_sign_negative() { Err(&notes::NEGATIVE) } else { Ok(number) }
}

/// Whether white space stands between digits. Two numbers in one cell, or in two lines of it, look like one with its thousands set apart, so
/// neither is taken.
fn are_several(text: &str) -> bool {
    let is_digit = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',') || "〇零一二三四五六七八九十百千".contains(*c);
    let mut parts = text.split(' ').filter(|part| !part.is_empty()).peekable();
    while let (Some(part), Some(next)) = (parts.next(), parts.peek()) {
        if part.chars().next_back().is_some_and(|c| is_digit(&c)) && next.chars().next().is_some_and(|c| is_digit(&c)) {
            return true;
        }
    }
    false
}

/// What stands for a number in the column of this field alone: `2024年` for a year, `8%` for a share.
fn worded(text: &str, column: &Column<'_>) -> Option<Decimal> {
    match column.field.name {
        _ if is_year(column) => ["年度", "年"].iter().find_map(|word| grouped(text.strip_suffix(word)?)),
        "session" => ["年", "级", "届"].iter().find_map(|word| grouped(text.strip_suffix(word)?)),
        field if is_share(field) => grouped(text.strip_suffix('%')?)?.checked_mul(Decimal::new(1, 2)),
        _ => None,
    }
}

/// Whether a field is a year of the calendar, such as `year`, `year_claimed` or `credit_year_attested`; `meetings_of_the_year` counts in one.
fn is_year(column: &Column<'_>) -> bool {
    let name = column.field.name;
    let says = name == "year" || name.starts_with("year_") || name.ends_with("_year") || name.contains("_year_");
    says && !["the_year", "a_year"].iter().any(|counted| name.contains(counted))
        && matches!(column.field.kind, FieldKind::Integer)
        && unit_of(column) == Unit::One
}

/// Whether a field can hold nothing but a year of the calendar; one whose name merely ends so, such as `training_year`, may count years.
fn is_calendar_year(column: &Column<'_>) -> bool {
    matches!(column.field.kind, FieldKind::Integer) && (column.field.name == "year" || column.field.name.starts_with("year_"))
}

/// Whether a field is a share of a whole, as a fraction.
fn is_share(field: &str) -> bool {
    field.ends_with("_share")
}

fn scaled(number: Decimal, factor: Decimal, column: &Column<'_>, rule: &'static Rule) -> Reading {
    match number.checked_mul(factor) {
        Some(number) => checked(number, column, Some(rule)),
        None => Reading::unknown(&notes::NOT_A_NUMBER),
    }
}

/// The number in the unit of its field, if the field takes it.
fn checked(number: Decimal, column: &Column<'_>, rule: Option<&'static Rule>) -> Reading {
    if let Some(rule) = column.open_unit {
        return Reading::unknown(rule);
    }
    let factor = match &column.header_unit {
        Some(header) => match factor(header, &unit_of(column)) {
            Some(factor) => factor,
            None => return Reading::unknown(&notes::OTHER_UNIT),
        },
        None => Decimal::ONE,
    };
    let Some(number) = number.checked_mul(factor).map(|number| number.normalize()) else { return Reading::unknown(&notes::NOT_A_NUMBER) };
    if number.is_sign_negative() && !number.is_zero() {
        return Reading::unknown(&notes::NEGATIVE);
    }
    if is_calendar_year(column) && !(Decimal::from(1900)..Decimal::from(3000)).contains(&number) {
        return Reading::unknown(&notes::NOT_A_YEAR);
    }
    // Nobody says whether 8 is a percentage.
    if is_share(column.field.name) && number > Decimal::ONE {
        return Reading::unknown(&notes::OTHER_UNIT);
    }
    let fact = if matches!(column.field.kind, FieldKind::Integer) {
        match u32::try_from(number) {
            Ok(whole) if number.scale() == 0 => Fact::Whole(whole),
            _ => return Reading::unknown(&notes::NOT_A_NUMBER),
        }
    } else {
        Fact::Text(number.to_string())
    };
    let zero = number.is_zero() && matches!(unit_of(column), Unit::Credit | Unit::Hour);
    let reading = match rule {
        Some(rule) => Reading::mended(fact, rule),
        None => Reading::fact(fact),
    };
    if zero { reading.noting(&notes::ZERO_AMOUNT) } else { reading }
}

/// Digits, perhaps in groups of three.
fn grouped(text: &str) -> Option<Decimal> {
    if let Some(number) = parse_decimal(text) {
        return Some(number);
    }
    if let Some(number) = text.strip_prefix('.').and_then(|_| parse_decimal(&format!("0{text}"))) {
        return Some(number);
    }
    let (first, rest) = text.split_once(',')?;
    let whole = rest.split_once('.').map_or(rest, |(whole, _)| whole);
    let groups = (1..=3).contains(&first.len()) && whole.split(',').all(|group| group.len() == 3);
    groups.then(|| parse_decimal(&text.replace(',', "")))?
}

/// The units that a number may be written with, by the unit of its field, and how many of that unit each is.
const UNITS: &[(&str, Unit, i64)] = &[
    ("个学分", Unit::Credit, 1),
    ("学分", Unit::Credit, 1),
    ("积分", Unit::Credit, 1),
    ("分", Unit::Credit, 1),
    ("个学时", Unit::Hour, 1),
    ("学时", Unit::Hour, 1),
    ("课时", Unit::Hour, 1),
    ("小时", Unit::Hour, 1),
    ("h", Unit::Hour, 1),
    ("个月", Unit::Month, 1),
    ("月", Unit::Month, 1),
    ("年", Unit::Month, 12),
    ("年度", Unit::Year, 1),
    ("学年", Unit::Year, 1),
    ("年", Unit::Year, 1),
    ("人次", Unit::PersonTime, 1),
    ("人次", Unit::Person, 1),
    ("人", Unit::Person, 1),
    ("名", Unit::Person, 1),
    ("分", Unit::One, 1),
    ("个", Unit::One, 1),
    ("次", Unit::One, 1),
    ("项", Unit::One, 1),
    ("种", Unit::One, 1),
    ("类", Unit::One, 1),
    ("例", Unit::One, 1),
    ("份", Unit::One, 1),
    ("天", Unit::Day, 1),
    ("日", Unit::Day, 1),
    ("亿元", Unit::Yuan, 100_000_000),
    ("万元", Unit::Yuan, 10_000),
    ("万", Unit::Yuan, 10_000),
    ("千元", Unit::Yuan, 1000),
    ("元", Unit::Yuan, 1),
];

/// How many of this unit the unit of a header is; `None` where it is another kind of unit.
pub(crate) fn factor(word: &str, unit: &Unit) -> Option<Decimal> {
    UNITS.iter().find(|(known, of, _)| *known == word && of == unit).map(|(_, _, number)| Decimal::from(*number))
}

/// Whether a word in the brackets of a header is a unit.
pub(crate) fn is_unit(word: &str) -> bool {
    UNITS.iter().any(|(known, ..)| *known == word)
}

/// Without the unit behind it, and how many of the field's unit that is; an error for another kind of unit.
fn stripped<'t>(text: &'t str, unit: &Unit) -> Result<Option<(&'t str, Decimal)>, ()> {
    let fitting = UNITS.iter().filter(|(_, of, _)| of == unit).find_map(|(word, _, number)| {
        let body = text.strip_suffix(word)?;
        (!body.is_empty()).then(|| (body, Decimal::from(*number)))
    });
    if fitting.is_some() {
        return Ok(fitting);
    }
    let other = UNITS.iter().filter_map(|(word, ..)| text.strip_suffix(word)).any(|body| grouped(body).is_some() || chinese_number(body).is_some());
    if other { Err(()) } else { Ok(None) }
}

/// A whole number below ten thousand in Chinese characters, or digit by digit (`二〇二四`).
pub(super) fn chinese_number(text: &str) -> Option<u32> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).or((c == '零').then_some(0)).or((c == '两').then_some(2));
    if text.is_empty() || text.chars().count() > 8 {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0_u32, |number, c| number.checked_mul(10)?.checked_add(u32::try_from(digit(c)?).ok()?));
    }
    // 百八十 is about a hundred.
    if text.starts_with(['百', '千']) && text.chars().count() > 1 {
        return None;
    }
    let (mut sum, mut pending, mut zero, mut least) = (0_u32, None, false, u32::MAX);
    for c in text.chars() {
        match (c, digit(c)) {
            (_, Some(0)) if pending.is_none() && !zero && (100..=1000).contains(&least) => zero = true,
            // 二三十 is any number from twenty to thirty.
            (_, Some(digit @ 1..)) if pending.is_none() => pending = Some(u32::try_from(digit).ok()?),
            ('十' | '百' | '千', None) => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                // A hundred behind a thousand is counted; a ten need not be.
                let uncounted = pending.is_none() && sum > 0 && (unit > 10 || zero);
                if unit >= least || uncounted || (zero && unit * 10 == least) {
                    return None;
                }
                least = unit;
                zero = false;
                sum += pending.take().unwrap_or(1) * unit;
            }
            _ => return None,
        }
    }
    // 二百五 is 250 to those who say it and 205 to those who write it, who put a 零 before a single digit.
    let certain = match pending {
        Some(_) => zero || least == 10,
        None => !zero,
    };
    certain.then(|| sum + pending.unwrap_or(0))
}

/// Whether two digits name a number between them: 七八 is seven or eight, and no 78.
fn is_about(text: &str) -> bool {
    text.chars().count() == 2 && text.chars().all(|c| "一二两三四五六七八九".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::Taken;
    use super::*;
    use crate::facts::{Activity, Attachment, Entity, TrainingFund, Vocabulary};
    use crate::workbook::spec::Spec;

    fn column(entity: &'static Entity, name: &str) -> Column<'static> {
        let (_, field) = entity.field(name).expect("a field");
        Column { field: Spec::of(field), header_unit: None, open_unit: None, years: None, from_1904: false, spans: false }
    }

    fn credits(text: &str) -> Reading {
        from_text(text, &column(Activity::ENTITY, "credits"))
    }

    fn number(text: &str) -> Taken {
        Taken::Fact(Fact::Text(text.to_owned()))
    }

    #[test]
    fn numbers_are_read_with_their_unit() {
        for (text, expected) in [
            ("25分", "25"),
            ("25 学分", "25"),
            ("2.5学分", "2.5"),
            ("25.0", "25"),
            ("1,200", "1200"),
            ("二十五", "25"),
            ("二十五分", "25"),
            (".5", "0.5"),
        ] {
            assert_eq!(credits(text).taken, number(expected), "{text}");
        }
    }

    #[test]
    fn a_sum_of_credits_is_added_up_and_noted() {
        let reading = credits("3+2");
        assert_eq!(reading.taken, number("5"));
        assert!(reading.remarks.iter().any(|remark| std::ptr::eq(remark.rule, &raw const notes::SUMMED)));
    }

    #[test]
    fn each_part_of_a_sum_is_of_the_unit_of_the_field_and_none_is_taken_off() {
        for (text, expected) in [("3学分+2学分", "5"), ("3分+2", "5"), ("3+2学分", "5")] {
            assert_eq!(credits(text).taken, number(expected), "{text}");
        }
        let hours = |text| from_text(text, &column(Activity::ENTITY, "hours"));
        assert_eq!(hours("3学时+2").taken, number("5"));
        for (reading, rule) in [
            (credits("3学分+2学时"), &notes::OTHER_UNIT),
            (hours("3学分+2学时"), &notes::OTHER_UNIT),
            (credits("5+-2"), &notes::NEGATIVE),
            (credits("-2+5"), &notes::NEGATIVE),
            (credits("5++2"), &notes::NOT_A_NUMBER),
        ] {
            assert_eq!(reading.taken, Taken::Unknown);
            assert_eq!(reading.remarks.iter().map(|remark| remark.rule).collect::<Vec<_>>(), [rule]);
        }
    }

    #[test]
    fn a_chinese_number_that_people_read_in_two_ways_is_unknown() {
        for (text, expected) in [
            ("十", Some(10)),
            ("十五", Some(15)),
            ("二十", Some(20)),
            ("百", Some(100)),
            ("一百零五", Some(105)),
            ("一百〇五", Some(105)),
            ("一百一十五", Some(115)),
            ("一百十五", Some(115)),
            ("二百五十", Some(250)),
            ("两千", Some(2000)),
            ("一千零五", Some(1005)),
            ("一千零五十", Some(1050)),
            ("一千二百三十四", Some(1234)),
            ("二〇二四", Some(2024)),
            ("一九九八", Some(1998)),
            ("二百五", None),
            ("一百二", None),
            ("一千五", None),
            ("千五", None),
            ("百十", None),
            ("百八十", None),
            ("二三十", None),
            ("三四百", None),
            ("一百零", None),
            ("一百零五十", None),
            ("零十", None),
            ("二十零五", None),
        ] {
            assert_eq!(chinese_number(text), expected, "{text}");
        }
        for text in ["二百五", "七八", "两三", "二三十"] {
            let reading = credits(text);
            assert_eq!(reading.taken, Taken::Unknown, "{text}");
            assert!(reading.remarks.iter().any(|remark| *remark.rule == notes::NOT_A_NUMBER), "{text}");
        }
        assert_eq!(credits("二〇").taken, number("20"));
    }

    #[test]
    fn what_is_no_certain_number_is_unknown_and_never_zero() {
        for text in ["≥25", "约10", "5/10", "√", "合格", "10以上", "5学时", "3天", "-2", "五十十"] {
            assert_eq!(credits(text).taken, Taken::Unknown, "{text}");
        }
    }

    #[test]
    fn two_numbers_in_one_cell_are_never_glued_together() {
        for text in ["10 5", "3 4 5", "1 234", "10, 200", "1. 5", "十 五", "10 5分"] {
            let reading = credits(text);
            assert_eq!(reading.taken, Taken::Unknown, "{text}");
            assert!(reading.remarks.iter().any(|remark| *remark.rule == notes::SEVERAL_NUMBERS), "{text}");
        }
        for text in ["5 分", "3 + 2", "1,200", "25 个 学分"] {
            assert!(matches!(credits(text).taken, Taken::Fact(_)), "{text}");
        }
    }

    #[test]
    fn months_may_be_given_in_years() {
        let months = column(Attachment::ENTITY, "months_claimed");
        for (text, expected) in [("6个月", "6"), ("半年", "6"), ("一年", "12"), ("1年", "12"), ("3", "3")] {
            assert_eq!(from_text(text, &months).taken, number(expected), "{text}");
        }
    }

    #[test]
    fn the_unit_of_the_header_counts() {
        let mut months = column(Attachment::ENTITY, "months_claimed");
        months.header_unit = Some("年".to_owned());
        assert_eq!(from_text("2", &months).taken, number("24"));
        let mut credits = column(Activity::ENTITY, "credits");
        credits.header_unit = Some("学时".to_owned());
        assert_eq!(from_text("2", &credits).taken, Taken::Unknown);
    }

    #[test]
    fn the_unit_of_the_cell_comes_before_that_of_the_header() {
        let mut payroll = column(TrainingFund::ENTITY, "payroll_total");
        for (text, expected) in [("180万", "1800000"), ("180万元", "1800000"), ("0.5亿元", "50000000"), ("180元", "180")] {
            assert_eq!(from_text(text, &payroll).taken, number(expected), "{text}");
        }
        payroll.header_unit = Some("万元".to_owned());
        for (text, expected) in [("180", "1800000"), ("180万元", "1800000"), ("1800000元", "1800000")] {
            assert_eq!(from_text(text, &payroll).taken, number(expected), "{text}");
        }
        let mut credits = column(Activity::ENTITY, "credits");
        credits.header_unit = Some("学时".to_owned());
        assert_eq!(from_text("2学分", &credits).taken, Taken::Unknown);
    }

    #[test]
    fn what_is_counted_may_be_named_and_free_is_zero() {
        assert_eq!(from_text("40种", &column(Attachment::ENTITY, "diseases_mastered")).taken, Taken::Fact(Fact::Whole(40)));
        let fee = column(Attachment::ENTITY, "fee_charged");
        assert_eq!((from_text("免费", &fee).taken, from_text("减免", &fee).taken), (number("0"), Taken::Unknown));
    }

    #[test]
    fn noise_beyond_fifteen_digits_is_rounded_away() {
        let credits = column(Activity::ENTITY, "credits");
        assert_eq!(from_number("0.30000000000000004", &credits).taken, number("0.3"));
        assert_eq!(from_number("2.5", &credits).taken, number("2.5"));
        assert_eq!(from_number("12345678901234567", &credits).taken, Taken::Unknown);
    }
}
