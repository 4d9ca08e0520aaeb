//! Numbers are exact: no sum, product or comparison passes through a binary float.

use medtrain::feel::{Context, evaluate};
use proptest::prelude::*;

fn tenths(n: i64) -> String {
    format!("{}{}.{}", if n < 0 { "-" } else { "" }, n.abs() / 10, n.abs() % 10)
}

/// Whole numbers of up to 18 digits.
const LARGE: std::ops::Range<i64> = -999_999_999_999_999_999..999_999_999_999_999_999;

/// A number of so many digits behind the point, without zeros at the end.
fn written(mut digits: i128, mut scale: u32) -> String {
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    let scale = usize::try_from(scale).expect("few");
    let text = format!("{:0>width$}", digits.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = text.split_at(text.len() - scale);
    format!("{}{whole}{}{fraction}", if digits < 0 { "-" } else { "" }, if scale > 0 { "." } else { "" })
}

fn value(expression: &str) -> String {
    evaluate(expression, &Context::default()).unwrap_or_else(|e| panic!("{expression}: {e}")).to_json()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn sums_of_tenths_are_those_of_whole_numbers(parts in prop::collection::vec(-100_000_i64..100_000, 1..40)) {
        let list = parts.iter().map(|n| tenths(*n)).collect::<Vec<_>>();
        let expected = tenths(parts.iter().sum());
        for sum in [format!("total([{}])", list.join(",")), format!("sum([{}])", list.join(",")), list.join(" + ").replace("+ -", "- ")] {
            prop_assert_eq!(value(&format!("{sum} = {expected}")), "true", "{}", sum);
        }
    }

    #[test]
    fn a_share_is_compared_as_whole_numbers_are(a in 0_i64..5_000, b in 1_i64..5_000, c in 0_i64..5_000, d in 1_i64..5_000) {
        let expected = (a * d).cmp(&(c * b));
        for (sign, holds) in [("<", expected.is_lt()), ("=", expected.is_eq()), (">=", expected.is_ge())] {
            prop_assert_eq!(value(&format!("{a} / {b} {sign} {c} / {d}")), holds.to_string());
        }
    }

    #[test]
    fn a_quotient_is_the_same_whatever_way_it_took(a in -5_000_i64..5_000, b in 1_i64..5_000, k in 1_i64..50) {
        let quotient = format!("{a} / {b}");
        let same = [
            format!("{quotient} + 0"),
            format!("-(-({quotient}))"),
            format!("[{quotient}][1]"),
            format!("if true then {quotient} else 0"),
            format!("max([{quotient}])"),
            format!("(for x in [{quotient}] return x)[1]"),
        ];
        for way in same {
            prop_assert_eq!(value(&format!("({way}) = {quotient}")), "true", "{}", way);
            prop_assert_eq!(value(&format!("some x in [{way}] satisfies x >= {} / {}", a * k, b * k)), "true", "{}", way);
        }
    }

    #[test]
    fn a_sum_or_a_product_has_every_digit_or_is_refused(a in LARGE, b in LARGE, a_scale in 0_u32..15, b_scale in 0_u32..15) {
        let tens = |scale| 10_i128.pow(scale);
        let (x, y) = (i128::from(a), i128::from(b));
        for (sign, digits) in [("*", x * y), ("+", x * tens(b_scale) + y * tens(a_scale))] {
            let expression = format!("{} {sign} {}", written(x, a_scale), written(y, b_scale));
            let exact = written(digits, a_scale + b_scale);
            let few = exact.bytes().filter(u8::is_ascii_digit).count() <= 28;
            match evaluate(&expression, &Context::default()) {
                Ok(value) => prop_assert_eq!(value.to_json(), exact, "{}", expression),
                Err(refused) => {
                    let of_range = refused.errors.iter().all(|error| error.code.code() == "out_of_range");
                    prop_assert!(of_range && !few, "{} is {}: {}", expression, exact, refused);
                }
            }
        }
    }

    #[test]
    fn whole_months_take_a_date_no_further_than_its_month(days in 0_i64..60_000, months in -500_i64..500) {
        let day = chrono_day(days);
        let moved = value(&format!("@\"{day}\" + @\"P{}M\" * {}", months.abs(), months.signum()));
        let reached = value(&format!("years and months duration(@\"{day}\", @{moved})"));
        let difference = value(&format!("@{reached} - @\"P{}M\" * {}", months.abs(), months.signum()));
        prop_assert!(difference == "\"P0M\"" || difference == "\"-P1M\"" || difference == "\"P1M\"", "{day} and {months} months: {moved}, {difference}");
    }
}

fn chrono_day(days: i64) -> String {
    value(&format!("@\"1950-01-01\" + @\"P{days}D\"")).trim_matches('"').to_owned()
}
