//! Identity numbers of the specimen region 999999, which belong to nobody.

use super::day::Day;
use super::random::SplitMix64;

/// The check character of the first 17 digits (GB 11643).
fn check_character(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 = digits.chars().filter_map(|digit| digit.to_digit(10)).zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    CHARACTERS[usize::try_from(sum % 11).unwrap_or(0)]
}

/// A valid 18-character number for that birthday and sex.
pub(crate) fn number(birth: Day, male: bool, random: &mut SplitMix64) -> String {
    numbered(birth, random.between(0, 497) * 2 + i32::from(male))
}

/// The first valid number of that birthday and sex that ends in X.
pub(crate) fn number_ending_in_x(birth: Day, male: bool) -> String {
    (0..499).map(|pair| numbered(birth, pair * 2 + i32::from(male))).find(|number| number.ends_with('X')).unwrap_or_default()
}

fn numbered(birth: Day, sequence: i32) -> String {
    let (year, month, day) = birth.civil();
    let mut number = format!("999999{year:04}{month:02}{day:02}{sequence:03}");
    number.push(check_character(&number));
    number
}

/// The old 15-digit form of an 18-character number.
pub(crate) fn fifteen(number: &str) -> String {
    number.chars().take(6).chain(number.chars().skip(8).take(9)).collect()
}

#[cfg(test)]
mod tests {
    use super::{check_character, fifteen};

    #[test]
    fn the_standards_own_example_has_its_check_character() {
        assert_eq!(check_character("11010519491231002"), 'X');
        assert_eq!(check_character("44052418800101001"), '4');
    }

    #[test]
    fn the_old_form_drops_the_century_and_the_check_character() {
        assert_eq!(fifteen("11010519491231002X"), "110105491231002");
    }
}
