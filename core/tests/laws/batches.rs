//! Conditions over a list of records: read for many records at once, they come to what they come to record by record.

use medtrain::evaluate::{Given, Verdict};
use medtrain::policy::PolicySet;
use proptest::prelude::*;

use crate::cases::{Case, Hidden, facts, hidden, row};
use crate::entropy::{Entropy, bytes};

/// Values of a record that are compared with what is the same for each record, and such values.
const COMPARED: &[(&str, &[&str])] = &[
    ("credits", &["5", "24.99", "1 / 0", "null", "(if electronic then 5 else 10)"]),
    ("hours", &["16", "0", "null"]),
    ("(if job_related then credits else 10)", &["10", "null"]),
    ("(if has_proof then awarded_on else ends_on)", &["@\"2024-05-10\"", "as_of", "null"]),
    ("awarded_on", &["@\"2023-11-01\"", "date(given.year, 5, 10)", "date(given.year, 13, 1)", "null"]),
    ("awarded_on.month", &["5", "null"]),
    ("((if has_proof then awarded_on else ends_on).year + 1)", &["2025", "2024.5", "null"]),
    ("((if job_related then awarded_on.month else ends_on.day) + 0.5)", &["5.5", "9", "null"]),
    ("activity_level", &["\"national\"", "null"]),
    ("place_code", &["\"500103\"", "\"\"", "null"]),
    ("credits / 3", &["5", "8.33", "25 / 3"]),
];

fn condition(from: &mut Entropy, depth: usize) -> String {
    let atom = |from: &mut Entropy| match from.below(9) {
        0 => "electronic".to_owned(),
        1 => (*from.pick(&["job_related", "profession_related", "has_proof"])).to_owned(),
        2 => "admissible".to_owned(),
        3 => format!("subject_kind {} \"public\"", from.pick(&["=", "!="])),
        4 => "starts with(place_code, \"50\")".to_owned(),
        5 => "credits in (5..20]".to_owned(),
        6 => format!("awarded_on in {}", from.pick(&["[@\"2023-11-01\"..@\"2024-10-31\"]", "(@\"2023-10-31\"..@\"2024-10-31\")", "[null..as_of]"])),
        place => {
            let (field, constants) = from.pick(COMPARED);
            let (comparator, constant) = (*from.pick(&["=", "!=", "<", "<=", ">", ">="]), *from.pick(constants));
            if place == 7 { format!("{field} {comparator} {constant}") } else { format!("{constant} {comparator} {field}") }
        }
    };
    if depth == 0 {
        return atom(from);
    }
    let mut deeper = || condition(from, depth - 1);
    let (a, b, c) = (deeper(), deeper(), deeper());
    match from.below(6) {
        0 | 1 => format!("({a} and {b})"),
        2 => format!("({a} or {b})"),
        3 => format!("not({a})"),
        4 => format!("(if {a} then {b} else {c})"),
        _ => a,
    }
}

/// A policy that asks the same of a list and of a copy of it, which is not read in batches.
fn policy(condition: &str) -> PolicySet {
    let mut text = "[policy]\nid = \"laws\"\nnumber = \"1\"\nissued = 2010-01-01\n".to_owned();
    let mut add = |id: &str, subject: &str, require: &str| {
        text +=
            &format!("\n[[provision]]\nid = \"{id}\"\narticle = \"1\"\nsubject = \"{subject}\"\nmodality = \"shall\"\nrequire = '''{require}'''\n");
    };
    add("counts", "activity", "electronic or starts with(place_code, \"51\")");
    for (kind, list) in [("list", "activities"), ("copy", "sublist(activities, 1)")] {
        add(&format!("count-{kind}"), "practitioner", &format!("count({list}[{condition}]) >= 20"));
        add(&format!("total-{kind}"), "practitioner", &format!("total({list}[admissible][{condition}].credits) >= 20"));
        add(&format!("sum-{kind}"), "practitioner", &format!("sum({list}[{condition}].hours) >= 20"));
        add(&format!("some-{kind}"), "practitioner", &format!("some a in {list}[{condition}] satisfies a.credits > 24.99"));
    }
    text += "\n[[decision]]\nid = \"laws\"\nsubject = \"practitioner\"\ngiven.year = \"integer\"\nrecords = [\"counts\"]\n";
    text += "all_of = [\"count-list\", \"total-list\", \"sum-list\", \"some-list\", \"count-copy\", \"total-copy\", \"sum-copy\", \"some-copy\"]\n";
    let mut set = PolicySet::empty();
    set.add("laws.toml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    set
}

fn verdict(set: &PolicySet, case: &Case, facts: &medtrain::facts::Facts) -> Verdict {
    set.evaluate("laws", facts, &Given::new().with("year", case.year), case.as_of).unwrap_or_else(|error| panic!("{error}"))
}

/// Enough bytes for many records.
fn noise(mut seed: u64) -> Vec<u8> {
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33).to_le_bytes()[0]
    };
    (0..8_000).map(|_| next()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_list_read_in_batches_comes_to_what_its_records_come_to_one_by_one(text in bytes(40), count in 1_usize..140, seed in any::<u64>()) {
        let condition = condition(&mut Entropy::new(&text), 2);
        let set = policy(&condition);
        let noise = noise(seed);
        let mut from = Entropy::new(&noise);
        let rows = (0..count).map(|_| row(&mut from)).collect();
        let case = Case { rows: Some(rows), year: 2024, as_of: "2024-11-15".parse().expect("a date") };
        let hidden = Hidden { person: false, list: false, ..hidden(&case, &mut from) };
        let verdict = verdict(&set, &case, &facts(&case, &hidden));
        let (list, copy) = verdict.findings.split_at(4);
        for (list, copy) in list.iter().zip(copy) {
            let of = |f: &medtrain::evaluate::Finding| (f.possible.clone(), f.actual.clone(), f.actual_low.clone(), f.actual_high.clone());
            prop_assert_eq!(of(list), of(copy), "{} where {}", list.provision, condition);
        }
    }
}
