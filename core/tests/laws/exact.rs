//! Numbers are exact: no sum, product or comparison passes through a binary float.

use medtrain::feel::{Context, evaluate};
use proptest::prelude::*;

fn tenths(n: i64) -> String {
    format!("{}{}.{}", if n < 0 { "-" } else { "" }, n.abs() / 10, n.abs() % 10)
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
