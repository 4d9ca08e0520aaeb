//! Identity card numbers (GB 11643): form, date, region, check character.

use super::{Fact, Reading, Remark, Taken, place};
use crate::facts::{is_identity_number, tidy};
use crate::quantity::Day;
use crate::workbook::notes::{self, Rule};

/// What an identity number says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Its 18 characters, or the number of another document; `None` where it cannot be used.
    number: Option<String>,
    /// The date of birth inside it, where its check character fits.
    pub(crate) born: Option<Day>,
    /// Whether its holder is a man, where its check character fits.
    pub(crate) male: Option<bool>,
    remarks: Vec<Remark>,
}

impl Identity {
    /// Reads a number that stands in a cell as text.
    pub(crate) fn parse(text: &str) -> Self {
        let mut identity = Self { number: None, born: None, male: None, remarks: Vec::new() };
        let number: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\''))
            .map(|c| if matches!(c, 'x' | '×' | '*' | '✕' | 'х' | 'Х' | 'χ' | 'Χ') { 'X' } else { c })
            .collect();
        let is_card = |body: &str| !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit());
        let body = number.strip_suffix('X').unwrap_or(&number);
        if number.contains("E+") {
            identity.note(&notes::ID_NUMERIC);
        } else if !is_card(body) {
            identity.note(&notes::ID_OTHER);
            identity.number = Some(number.to_ascii_uppercase());
        } else if number.len() == 18 {
            if number != text {
                identity.note(&notes::ID_SPELLING);
            }
            identity.check(number);
        } else if number.len() == 15 && body.len() == 15 {
            identity.note(&notes::ID_OLD);
            identity.check(risen(&number));
        } else {
            identity.note(&notes::ID_LENGTH);
        }
        identity
    }

    /// What goes into the field; a number that does not prove itself is left out.
    pub(super) fn reading(self) -> Reading {
        let taken = self.number.map_or(Taken::Unknown, |number| Taken::Fact(Fact::Text(number)));
        Reading { remarks: self.remarks, ..Reading::plain(taken) }
    }

    fn note(&mut self, rule: &'static Rule) {
        self.remarks.push(Remark { rule, after: None });
    }

    fn check(&mut self, number: String) {
        let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
        let born = Day::from_ymd_opt(part(6, 10).parse().unwrap_or(0), part(10, 12).parse().unwrap_or(0), part(12, 14).parse().unwrap_or(0))
            .filter(|day| *day >= Day::from_ymd_opt(1880, 1, 1).unwrap_or_default());
        let fits = part(17, 18).chars().next() == part(0, 17).parse().ok().and_then(check_character);
        // 999999 is the region of specimens.
        let region = place::is_known(part(0, 2)) || part(0, 6) == "999999";
        let faults = [(born.is_none(), &notes::ID_DATE), (!region, &notes::ID_REGION), (!fits, &notes::ID_CHECK)];
        for (_, rule) in faults.iter().filter(|(fault, _)| *fault) {
            self.note(rule);
        }
        if born.is_some() && region && fits {
            self.born = born;
            self.male = part(16, 17).parse::<u8>().ok().map(|digit| digit % 2 == 1);
            self.number = Some(number);
        }
    }
}

/// Whether what has the form of an identity number stands anywhere in a text, in whatever width its digits are.
pub(crate) fn holds_identity_number(text: &str) -> bool {
    const SHORTEST: usize = 15;
    if text.chars().filter(|c| c.is_numeric()).count() < SHORTEST {
        return false;
    }
    let text: String = tidy(text).chars().filter(|c| !c.is_whitespace()).collect();
    text.split(|c: char| !c.is_ascii_digit() && !matches!(c, 'X' | 'x')).any(is_identity_number)
}

/// The 18 characters of a number of 15 digits, whose holder was born in the 20th century.
fn risen(old: &str) -> String {
    let (region, rest) = old.split_at_checked(6).unwrap_or((old, ""));
    let mut number = format!("{region}19{rest}");
    number.extend(number.parse().ok().and_then(check_character));
    number
}

/// The check character of the first 17 digits (ISO 7064, MOD 11-2).
fn check_character(body: u64) -> Option<char> {
    let mut weight = 2;
    let mut sum = 0;
    let mut left = body;
    for _ in 0..17 {
        sum += left % 10 * weight;
        weight = weight * 2 % 11;
        left /= 10;
    }
    match (12 - sum % 11) % 11 {
        10 => Some('X'),
        digit => char::from_digit(u32::try_from(digit).ok()?, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> (Option<String>, Vec<&'static str>) {
        let identity = Identity::parse(text);
        (identity.number, identity.remarks.iter().map(|remark| remark.rule.en).collect())
    }

    #[test]
    fn the_example_of_the_standard_is_accepted() {
        assert_eq!(codes("11010519491231002X"), (Some("11010519491231002X".to_owned()), vec![]));
        let identity = Identity::parse("11010519491231002X");
        assert_eq!((identity.born, identity.male), (Day::from_ymd_opt(1949, 12, 31), Some(false)));
    }

    #[test]
    fn other_check_characters_and_spaces_are_brought_to_one_form() {
        for text in ["11010519491231002x", "11010519491231002×", "11010519491231002*", "110105 19491231 002X"] {
            assert_eq!(codes(text), (Some("11010519491231002X".to_owned()), vec![notes::ID_SPELLING.en]), "{text}");
        }
    }

    #[test]
    fn fifteen_digits_become_eighteen() {
        assert_eq!(codes("110105491231002"), (Some("11010519491231002X".to_owned()), vec![notes::ID_OLD.en]));
    }

    #[test]
    fn each_fault_is_reported_and_the_number_left_out() {
        assert_eq!(codes("110105194912310021"), (None, vec![notes::ID_CHECK.en]));
        assert_eq!(codes("1101051949123100211").1, vec![notes::ID_LENGTH.en]);
        assert!(codes("110105194902310021").1.contains(&notes::ID_DATE.en));
        assert!(codes("000105194912310021").1.contains(&notes::ID_REGION.en));
        assert_eq!(codes("1.10105E+17"), (None, vec![notes::ID_NUMERIC.en]));
    }

    #[test]
    fn a_specimen_region_is_accepted_without_a_report() {
        assert_eq!(codes("999999199001011238").1, Vec::<&str>::new());
    }

    #[test]
    fn a_passport_is_another_document() {
        assert_eq!(codes("E12345678"), (Some("E12345678".to_owned()), vec![notes::ID_OTHER.en]));
    }
}
