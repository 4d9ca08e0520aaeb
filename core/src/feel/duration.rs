//! The two durations of FEEL, from and to their ISO 8601 text.

/// A duration as text says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Duration {
    /// Years and months, in months.
    Months(i64),
    /// Days, hours, minutes and seconds, in seconds.
    Seconds(i64),
}

/// Reads `P1Y6M` or `P3DT4H`; years or months never stand beside days in one duration.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let rest = rest.strip_prefix('P')?;
    let (date, time) = rest.split_once('T').map_or((rest, None), |(d, t)| (d, Some(t)));
    if time.is_some_and(str::is_empty) || (date.is_empty() && time.is_none()) {
        return None;
    }
    let date = fields(date, &['Y', 'M', 'D'])?;
    let time = fields(time.unwrap_or(""), &['H', 'M', 'S'])?;
    let sign = if negative { -1 } else { 1 };
    match (date.as_slice(), time.as_slice()) {
        ([years, months, None], [None, None, None]) => {
            let months = years.unwrap_or(0).checked_mul(12)?.checked_add(months.unwrap_or(0))?;
            Some(Duration::Months(sign * months))
        }
        ([None, None, days], [hours, minutes, seconds]) => {
            let mut total: i64 = 0;
            for (part, size) in [(days, 86_400), (hours, 3_600), (minutes, 60), (seconds, 1)] {
                total = total.checked_add(part.unwrap_or(0).checked_mul(size)?)?;
            }
            Some(Duration::Seconds(sign * total))
        }
        _ => None,
    }
}

/// Whether a text is that of a duration which cannot be held.
pub(crate) fn is_too_long(text: &str) -> bool {
    // Of the same form with every number 1.
    let form: Vec<&str> = text.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    parse(text).is_none() && parse(&form.join("1")).is_some()
}

/// Numbers before their letters, in this order, each at most once.
fn fields(text: &str, letters: &[char]) -> Option<Vec<Option<i64>>> {
    let mut found = vec![None; letters.len()];
    let mut rest = text;
    let mut next = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let letter = rest.get(end..)?.chars().next()?;
        let at = next + letters.get(next..)?.iter().position(|l| *l == letter)?;
        *found.get_mut(at)? = Some(rest.get(..end)?.parse().ok()?);
        next = at + 1;
        rest = rest.get(end + letter.len_utf8()..)?;
    }
    Some(found)
}

/// `P1Y6M`; zero is `P0M`.
pub(crate) fn months_text(months: i64) -> String {
    let (sign, size) = (if months < 0 { "-" } else { "" }, months.unsigned_abs());
    match (size / 12, size % 12) {
        (0, m) => format!("{sign}P{m}M"),
        (y, 0) => format!("{sign}P{y}Y"),
        (y, m) => format!("{sign}P{y}Y{m}M"),
    }
}

/// `P1DT2H`; zero is `PT0S`.
pub(crate) fn seconds_text(seconds: i64) -> String {
    let size = seconds.unsigned_abs();
    let mut out = String::from(if seconds < 0 { "-P" } else { "P" });
    if size == 0 {
        return "PT0S".to_owned();
    }
    if size / 86_400 > 0 {
        out.push_str(&format!("{}D", size / 86_400));
    }
    let clock = [(size % 86_400 / 3_600, 'H'), (size % 3_600 / 60, 'M'), (size % 60, 'S')];
    if clock.iter().any(|(n, _)| *n > 0) {
        out.push('T');
        for (n, letter) in clock.iter().filter(|(n, _)| *n > 0) {
            out.push_str(&format!("{n}{letter}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_written() {
        let cases = [
            ("P1Y6M", "P1Y6M"),
            ("P14M", "P1Y2M"),
            ("-P0Y", "P0M"),
            ("P1DT2H", "P1DT2H"),
            ("PT36H", "P1DT12H"),
            ("-PT90S", "-PT1M30S"),
            ("P0D", "PT0S"),
        ];
        for (text, canonical) in cases {
            let written = match parse(text) {
                Some(Duration::Months(m)) => months_text(m),
                Some(Duration::Seconds(s)) => seconds_text(s),
                None => "refused".to_owned(),
            };
            assert_eq!(written, canonical, "{text}");
        }
    }

    #[test]
    fn other_text_is_no_duration() {
        for text in ["", "P", "PT", "P1", "1Y", "P1M1Y", "P1Y2D", "P1YT1H", "P1.5Y", "P-1Y", "P99999999999999999999Y", "P1S", "PT1D"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
