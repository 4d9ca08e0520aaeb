//! Amounts of one unit each, as exact decimals that are never negative.

use rust_decimal::Decimal;

use super::Unit;

/// Reads a plain decimal: an optional sign, digits, perhaps a point and more digits; at most 28 digits in all.
#[must_use]
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut parts = digits.as_bytes().splitn(2, |byte| *byte == b'.');
    let (whole, fraction) = (parts.next()?, parts.next());
    let plain = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    if !plain(whole) || !fraction.is_none_or(plain) {
        return None;
    }
    let (whole, mut fraction) = (without_zeros_before(whole), fraction.unwrap_or_default());
    if whole.len() + fraction.len() > 28 {
        return None;
    }
    while let [rest @ .., b'0'] = fraction {
        fraction = rest;
    }
    let number = whole.iter().chain(fraction).fold(0, |number, digit| number * 10 + i128::from(digit - b'0'));
    let signed = if digits.len() < text.len() { -number } else { number };
    Decimal::try_from_i128_with_scale(signed, u32::try_from(fraction.len()).ok()?).ok()
}

fn without_zeros_before(mut digits: &[u8]) -> &[u8] {
    while let [b'0', rest @ ..] = digits {
        digits = rest;
    }
    digits
}

/// The largest amount of any unit.
pub(crate) const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

macro_rules! amount {
    ($(#[$doc:meta])* $name:ident, $unit:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl $name {
            /// The unit of this amount.
            pub const UNIT: Unit = $unit;

            /// This many; `None` if negative or beyond a thousand million million, where sums of many could no longer be held.
            #[must_use]
            pub fn new(value: Decimal) -> Option<Self> {
                // Zero has no sign then.
                let value = value.normalize();
                // A point among its digits only makes it smaller, and most need no more than a look at these.
                let is_held = value.mantissa() <= LARGEST.mantissa() || value <= LARGEST;
                (!value.is_sign_negative() && is_held).then_some(Self(value))
            }

            /// The exact number.
            #[must_use]
            pub fn value(self) -> Decimal {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<u32> for $name {
            fn from(value: u32) -> Self {
                Self(Decimal::from(value))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(&self.0)
            }
        }
    };
}

amount! {
    /// Credits (学分) of continuing medical education.
    Credits, Unit::Credit
}
amount! {
    /// Hours of instruction (学时).
    Hours, Unit::Hour
}
amount! {
    /// Money in yuan (元).
    Yuan, Unit::Yuan
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_of_28_digits_are_read() {
        for good in ["0", "25", "-0.5", "0.1000", "9999999999999999999999999999"] {
            assert!(parse_decimal(good).is_some(), "{good}");
        }
        for bad in ["", "-", ".5", "5.", "1e5", "1_000", "+1", " 1", "99999999999999999999999999999", "25分"] {
            assert!(parse_decimal(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_amount_has_one_text_form_and_no_negatives() {
        let two = |text| parse_decimal(text).and_then(Credits::new);
        assert_eq!(two("2.50"), two("2.5"));
        assert_eq!(two("2.50").map(|c| c.to_string()).as_deref(), Some("2.5"));
        assert_eq!(two("-0.1"), None);
        assert_eq!(two("-0"), Some(Credits::default()));
        assert_eq!(LARGEST.to_string(), "1000000000000000");
        assert_eq!(two("1000000000000000.1"), None);
    }
}
