//! What is said of a condition is so, and what can be said of simple ones is said.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::feel::{
    Access, Codes, Compiled, Evaluator, Item, Measure, Names, Once, Premises, Schema, Shape, ShapeField, Trail, Truth, Type, Value, outcomes,
};
use crate::quantity::Unit;

fn day(text: &str) -> NaiveDate {
    crate::quantity::parse_day(text).expect("a date")
}

fn schema() -> Schema {
    let own = |name: &str, ty: Type, nonnegative| ShapeField {
        name: name.to_owned(),
        ty,
        access: Access::Own { or_none: false },
        nonnegative,
        whole: name == "w",
    };
    let codes = Codes { name: "grade".to_owned(), ordered: true, codes: ["low", "middle", "high"].map(str::to_owned).into() };
    let mut schema = Schema::default();
    let record = Shape { name: "item".to_owned(), fields: vec![own("v", Type::ONE, false)] };
    let item = schema.add(record);
    schema.add(Shape {
        name: "subject".to_owned(),
        fields: vec![
            own("n", Type::Number(Measure::In(Unit::One)), false),
            own("k", Type::ONE, true),
            own("w", Type::ONE, false),
            own("d", Type::Date, false),
            own("e", Type::Date, false),
            own("g", Type::Code(Arc::new(codes)), false),
            own("b", Type::Boolean, false),
            own("t", Type::Text, false),
            own("list", Type::List(Box::new(Type::Record(item))), false),
        ],
    });
    schema
}

/// Compiles a condition about the subject and gives it to a reader.
fn with<T>(condition: &str, read: impl FnOnce(&Compiled, &Premises<'_>) -> T) -> T {
    let schema = schema();
    let (shape, _) = schema.named("subject").expect("the subject");
    let names = Names::new(&schema).with_root("subject", 0, shape).with_as_of();
    let mut once = Vec::new();
    let compiled = names.compile(condition).unwrap_or_else(|e| unreachable!("{condition}: {e}")).hoisted(&mut once);
    read(&compiled, &Premises { once: &once, as_of: (day("2020-01-01"), Some(day("2025-12-31"))) })
}

/// What is said of a condition: `never holds`, `never fails`, or nothing.
fn said(condition: &str) -> &'static str {
    with(condition, |compiled, premises| {
        let outcomes = outcomes(&compiled.expr, premises);
        match (outcomes.can_be(Truth::TRUE), outcomes.can_be(Truth::FALSE)) {
            (false, _) => "never holds",
            (_, false) => "never fails",
            _ => "",
        }
    })
}

#[test]
fn ranges_that_do_not_meet_never_hold() {
    for condition in [
        "n > 5 and n < 3",
        "n >= 5 and n < 5",
        "n between 3 and 2",
        "n in [1..2] and n in (3, 4)",
        "not(n > 3) and n = 4",
        "n = 1 and n = 2",
        "k < 0",
        "k + 1 < 0",
        "count(list) > 3 and count(list) < 4",
        "w > 3 and w < 4",
        "w = 2.5",
        "2 * w - 1 > 3 and 2 * w - 1 < 4",
        "total(for i in list return w) > 3 and total(for i in list return w) < 4",
        "floor(n) > 3 and floor(n) < 4",
        r#"d > @"2024-01-01" and d < @"2024-01-02""#,
        "d.month > 12",
        r#"d >= date(2024, 2, 1) and d < @"2024-02-01""#,
        r#"g > "high""#,
        r#"g > "low" and g < "middle""#,
        r#"t = "a" and t = "b""#,
        "b and not(b)",
        "b = true and b = false",
        "d < e and d >= e",
        "d < e and e <= d",
        r#"as_of < @"2020-01-01""#,
        "n = null and n > 3",
        "some i in list satisfies i.v > 2 and i.v < 1",
        "if b then n > 3 and n < 2 else false",
    ] {
        assert_eq!(said(condition), "never holds", "{condition}");
    }
}

#[test]
fn ranges_that_leave_nothing_out_never_fail() {
    for condition in [
        "n > 3 or n <= 3",
        "w > 3 or w < 4",
        "k >= 0",
        "total(list.v) >= 0 or total(list.v) < 0",
        "max(0, n) >= 0",
        r#"as_of >= @"2020-01-01" and as_of <= @"2025-12-31""#,
        r#"g in ("low", "middle", "high") or g = null"#,
        "n = null or n != null",
        "not(n < 3 and n > 3)",
        "d <= e or e < d",
        "every i in list satisfies i.v > 2 or i.v <= 2",
    ] {
        assert_eq!(said(condition), "never fails", "{condition}");
    }
}

#[test]
fn nothing_is_said_of_what_can_go_both_ways() {
    for condition in [
        "n > 3",
        "n > 3 and n < 4",
        "count(list) > 3 and count(list) < 5",
        "w > 3 and w < 5",
        "w / 2 > 3 and w / 2 < 4",
        "floor(n, 1) > 3 and floor(n, 1) < 4",
        r#"d > @"2024-01-01" and d < @"2024-01-03""#,
        "k <= 0",
        r#"g >= "middle""#,
        r#"t > "a" and t < "b""#,
        "n > 3 and k < 3",
        r#"as_of < @"2024-01-01""#,
        "d.month <= 12 and n > 1",
        "n = null",
        "some i in list satisfies i.v > 2",
        // Each item is another one.
        "(some i in list satisfies i.v > 2) and (some i in list satisfies i.v < 1)",
        // A quotient is divided in a range, and not beside a comparator.
        "n / 3 in [1..2] and n / 3 < 1",
    ] {
        assert_eq!(said(condition), "", "{condition}");
    }
}

#[test]
fn a_condition_of_many_terms_is_left_alone() {
    let terms: Vec<String> = (0..60).map(|i| format!("n * {i} + k > {i} or n * {i} - k < {i}")).collect();
    let condition = format!("({}) and k * 77 < 5 and k * 77 > 6", terms.join(") and ("));
    assert!(["", "never holds"].contains(&said(&condition)));
}

/// Figures in their order, and the one that is none.
const FIGURES: [&str; 8] = ["-1", "0", "1", "1.5", "2", "3", "12", "null"];

fn comparison() -> impl Strategy<Value = String> {
    let ordered = || prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let number = || prop::sample::select(vec!["n", "k", "n + k", "n / 2", "n / k", "count(list)", "d.month", "max(0, n)", "total(list.v)"]);
    let figure = || prop::sample::select(FIGURES.to_vec());
    // A range that runs backwards is refused.
    let ends = || prop::sample::subsequence(FIGURES.to_vec(), 2).prop_map(|ends| ends.join(".."));
    let date = || prop::sample::select(vec!["d", "e", "as_of"]);
    let a_day = || prop::sample::select(vec![r#"@"2019-12-31""#, r#"@"2020-01-01""#, r#"@"2024-01-01""#, "date(2024, 1, 2)", "e", "null"]);
    let grade = || prop::sample::select(vec![r#""low""#, r#""middle""#, r#""high""#]);
    prop_oneof![
        (number(), ordered(), figure()).prop_map(|(a, o, b)| format!("{a} {o} {b}")),
        (figure(), ordered(), number()).prop_map(|(a, o, b)| format!("{a} {o} {b}")),
        (number(), figure(), figure()).prop_map(|(a, b, c)| format!("{a} between {b} and {c}")),
        (number(), figure(), figure()).prop_map(|(a, b, c)| format!("{a} in ({b}, {c})")),
        (number(), ends()).prop_map(|(a, ends)| format!("{a} in ({ends}]")),
        (number(), ordered(), number()).prop_map(|(a, o, b)| format!("{a} {o} {b}")),
        (date(), ordered(), a_day()).prop_map(|(a, o, b)| format!("{a} {o} {b}")),
        (ordered(), grade()).prop_map(|(o, b)| format!("g {o} {b}")),
        (grade(), grade()).prop_map(|(a, b)| format!("g in [{a}, {b}]")),
        Just("b".to_owned()),
        Just("b = false".to_owned()),
        Just("b = null".to_owned()),
        (ordered()).prop_map(|o| format!(r#"t {o} "a""#)),
        (ordered(), figure()).prop_map(|(o, b)| format!("(some i in list satisfies i.v {o} {b})")),
        (ordered(), figure()).prop_map(|(o, b)| format!("(every i in list satisfies i.v {o} {b} and i.v != 2)")),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    comparison().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" and "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.clone().prop_map(|of| format!("not({of})")),
            (inner.clone(), inner.clone(), inner).prop_map(|(c, a, b)| format!("(if {c} then {a} else {b})")),
        ]
    })
}

fn facts() -> impl Strategy<Value = Value> {
    let number = |least: i64| prop_oneof![Just(Value::NULL), (least..5).prop_map(Value::from), Just(Value::Number("1.5".parse().expect("a number")))];
    let date = || {
        prop_oneof![Just(Value::NULL), prop::sample::select(vec!["2019-12-31", "2020-01-01", "2024-01-01", "2024-01-02"]).prop_map(|d| day(d).into())]
    };
    let grade = prop_oneof![Just(Value::NULL), prop::sample::select(vec!["low", "middle", "high"]).prop_map(Value::from)];
    let text = prop_oneof![Just(Value::NULL), prop::sample::select(vec!["", "a", "b"]).prop_map(Value::from)];
    let truth = prop_oneof![Just(Value::NULL), any::<bool>().prop_map(Value::from)];
    let item = number(-2).prop_map(|v| Value::Record(vec![("v".to_owned(), v)]));
    let list = prop_oneof![1 => Just(Value::NULL), 4 => prop::collection::vec(item, 0..4).prop_map(Value::List)];
    (number(-2), number(0), date(), date(), grade, truth, text, list).prop_map(|(n, k, d, e, g, b, t, list)| {
        let fields = [("n", n), ("k", k), ("d", d), ("e", e), ("g", g), ("b", b), ("t", t), ("list", list)];
        Value::Record(fields.map(|(name, value)| (name.to_owned(), value)).into())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_facts_bring_about_an_outcome_that_was_left_out(
        text in condition(),
        cases in prop::collection::vec(facts(), 8),
        as_of in prop::sample::select(vec!["2020-01-01", "2024-01-01", "2025-12-31"]),
    ) {
        with(&text, |compiled, premises| {
            let possible = outcomes(&compiled.expr, premises);
            for facts in &cases {
                let mut evaluator = Evaluator::new(&[], day(as_of), Once { parts: premises.once, values: &[] });
                evaluator.set_roots([Some(Item { record: facts, trail: Trail::nowhere() })]);
                let outcome = evaluator.condition(compiled);
                // An error in the condition of an `if` leaves both ways open.
                prop_assert!(possible.either(outcome) == possible, "{text} is {outcome:?}, and only {possible:?} was left: {facts}");
            }
            Ok(())
        })?;
    }
}
