//! Laws of the annual check: what is decided stays decided, order is irrelevant, more never harms.

use medtrain::evaluate::{Outcome, Status, StatusSet, Verdict};
use medtrain::facts::Facts;
use medtrain::quantity::Day;
use medtrain::receipt::Receipt;
use proptest::prelude::*;

use crate::cases::{Case, DECISION, FIELDS, Hidden, case, facts, given, hidden, policies, row};
use crate::entropy::{Entropy, bytes};

fn judge(case: &Case, facts: &Facts) -> Outcome {
    let (policy, decision) = policies().decision(DECISION).expect("the decision");
    policy.ask(decision, &given(case), case.as_of).expect("a question").judge(facts)
}

fn verdict(case: &Case, facts: &Facts) -> Verdict {
    policies().evaluate(DECISION, facts, &given(case), case.as_of).expect("a verdict")
}

fn contains(outer: StatusSet, inner: StatusSet) -> bool {
    inner.members().into_iter().all(|status| outer.contains(status))
}

/// Whether everything that `knowing` can still be was possible before.
fn refines(knowing: &Outcome, before: &Outcome) -> bool {
    contains(before.status, knowing.status) && before.findings.iter().zip(&knowing.findings).all(|(b, k)| contains(b.status, k.status))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn what_is_decided_stays_so_however_the_missing_facts_turn_out(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let hidden = hidden(&case, &mut from);
        let whole = judge(&case, &facts(&case, &Hidden::default()));
        let before = judge(&case, &facts(&case, &hidden));
        prop_assert!(refines(&whole, &before), "hidden {hidden:?}: {before:?} became {whole:?}");
    }

    #[test]
    fn learning_some_facts_never_opens_what_was_decided(bytes in bytes(160), half in any::<u64>()) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let hidden = hidden(&case, &mut from);
        let cells = hidden.cells.iter().enumerate().filter(|(i, _)| half >> (i % 64) & 1 == 1).map(|(_, cell)| *cell).collect();
        let fewer = Hidden { person: false, list: false, cells, ..hidden };
        let before = judge(&case, &facts(&case, &hidden));
        let knowing = judge(&case, &facts(&case, &fewer));
        prop_assert!(refines(&knowing, &before), "hidden {hidden:?}, then {fewer:?}: {before:?} became {knowing:?}");
    }

    #[test]
    fn a_fact_that_is_not_named_changes_nothing(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let hidden = hidden(&case, &mut from);
        let open = verdict(&case, &facts(&case, &hidden));
        let knowing = |named: &[String]| {
            let path = |record: usize, field: usize| format!("practitioner.activities[{record}].{}", FIELDS[field].name);
            let cells = hidden.cells.iter().filter(|(record, field)| named.contains(&path(*record, *field))).copied().collect();
            let (person, list) = (hidden.person && named.iter().any(|n| n == "practitioner"), hidden.list && named.iter().any(|n| n == "practitioner.activities"));
            judge(&case, &facts(&case, &Hidden { person, list, cells, ..hidden }))
        };
        let whole = knowing(&open.missing).status;
        prop_assert!(whole.members() == open.possible, "{hidden:?}: {:?} with only {:?} hidden is {whole:?}", open.possible, open.missing);
        for (place, finding) in open.findings.iter().enumerate() {
            let known = knowing(&finding.missing).findings[place].status;
            prop_assert!(known.members() == finding.possible, "{}: {:?} with only {:?} hidden is {known:?}", finding.provision, finding.possible, finding.missing);
        }
    }

    #[test]
    fn what_is_recorded_later_changes_no_answer_as_it_was_known(bytes in bytes(200), known in 0_u32..4) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let known = "2024-06-30".parse::<Day>().expect("a date") + chrono::Days::new(known.into());
        let mut before = facts(&case, &hidden(&case, &mut from));
        if let Some(list) = before.practitioner.as_mut().and_then(|p| p.activities.as_mut()) {
            // Some of what was there already says when it was recorded, if only on the day.
            list.iter_mut().filter(|_| from.once_in(2)).for_each(|record| record.recorded_at = Some(known));
        }
        let mut later = before.clone();
        let further = facts(&Case { rows: Some((0..=from.below(3)).map(|_| row(&mut from)).collect()), ..case.clone() }, &Hidden::default());
        let further = further.practitioner.and_then(|p| p.activities).expect("records");
        if let Some(list) = later.practitioner.as_mut().and_then(|p| p.activities.as_mut()) {
            for mut record in further {
                record.recorded_at = known.succ_opt();
                list.insert(from.below(list.len() + 1), record);
            }
        }
        let (before, later) = (before.as_known_on(known), later.as_known_on(known));
        let (then, now) = (verdict(&case, &before), verdict(&case, &later));
        prop_assert_eq!(then.to_json(), now.to_json());
        prop_assert_eq!(Receipt::new(then, &before).to_json(), Receipt::new(now, &later).to_json());
    }

    #[test]
    fn the_order_of_records_is_irrelevant(bytes in bytes(160), turn in 0_usize..4, back in any::<bool>()) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let mut facts = facts(&case, &hidden(&case, &mut from));
        let before = judge(&case, &facts);
        if let Some(list) = facts.practitioner.as_mut().and_then(|p| p.activities.as_mut()) {
            let turn = turn % list.len().max(1);
            list.rotate_left(turn);
            if back {
                list.reverse();
            }
        }
        prop_assert_eq!(before, judge(&case, &facts));
    }

    #[test]
    fn a_further_record_that_counts_never_worsens_hours_credits_or_credits_of_the_post(bytes in bytes(160), counted in bytes(16)) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let hidden = Hidden { list: false, person: false, ..hidden(&case, &mut from) };
        let Some(rows) = &case.rows else { return Ok(()) };
        let mut further = crate::cases::row(&mut Entropy::new(&counted));
        for (field, truth) in FIELDS.iter().zip(&mut further) {
            match field.name {
                "electronic" => *truth = Some("true"),
                "awarded_on" => *truth = Some(if case.year == 2024 { "2024-10-31" } else { "2016-11-01" }),
                _ => {}
            }
        }
        let mut more = case.clone();
        more.rows = Some(rows.iter().cloned().chain([further]).collect());
        let (before, after) = (verdict(&case, &facts(&case, &hidden)), verdict(&case, &facts(&more, &hidden)));
        for (before, after) in before.findings.iter().zip(&after.findings).filter(|(f, _)| f.provision != "cq-subject-ratio") {
            let number = |text: &Option<smol_str::SmolStr>| text.as_deref().and_then(medtrain::quantity::parse_decimal);
            prop_assert!(before.possible.contains(&Status::Unmet) || !after.possible.contains(&Status::Unmet), "{before:?} became {after:?}");
            if let (Some(was), Some(is)) = (number(&before.shortfall), number(&after.shortfall)) {
                prop_assert!(is <= was, "{before:?} became {after:?}");
            }
            if let (Some(was), Some(is)) = (number(&before.actual), number(&after.actual)) {
                prop_assert!(is >= was, "{before:?} became {after:?}");
            }
        }
    }

    #[test]
    fn a_verdict_is_the_same_each_time_and_agrees_with_the_quick_judgement(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        for hidden in [Hidden::default(), hidden(&case, &mut from)] {
            let facts = facts(&case, &hidden);
            let first = verdict(&case, &facts);
            prop_assert_eq!(first.to_json(), verdict(&case, &facts).to_json());
            let quick = judge(&case, &facts);
            prop_assert_eq!(first.status, quick.status.status());
            prop_assert_eq!(&first.possible, &quick.status.members());
            prop_assert_eq!(first.findings.len(), quick.findings.len());
            for (finding, outcome) in first.findings.iter().zip(&quick.findings) {
                prop_assert_eq!(finding.status, outcome.status.status());
                prop_assert_eq!(&finding.possible, &outcome.status.members());
                let figure = outcome.figures.first();
                let text = |side: Option<&medtrain::feel::Value>| side.map(|side| smol_str::SmolStr::from(side.to_string()));
                prop_assert_eq!(&finding.actual, &text(figure.and_then(|f| f.actual.as_ref())));
                prop_assert_eq!(&finding.required, &text(figure.and_then(|f| f.required.as_ref())));
            }
        }
    }

    #[test]
    fn an_open_verdict_names_facts_that_are_hidden(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let hidden = hidden(&case, &mut from);
        let verdict = verdict(&case, &facts(&case, &hidden));
        let expected = |path: &String| {
            let cell = |(record, field): &(usize, usize)| format!("practitioner.activities[{record}].{}", FIELDS[*field].name) == *path;
            (hidden.person && path == "practitioner") || (hidden.list && path == "practitioner.activities") || hidden.cells.iter().any(cell)
        };
        for finding in &verdict.findings {
            prop_assert_eq!(finding.status == Status::Unknown, !finding.missing.is_empty() || finding.error.is_some(), "{} of {:?} without {:?}", finding.provision, case, hidden);
            prop_assert!(finding.missing.iter().all(expected), "{:?} of {hidden:?}", finding.missing);
        }
        prop_assert!(verdict.status != Status::Unknown || !verdict.missing.is_empty() || verdict.findings.iter().any(|f| f.error.is_some()));
    }
}

/// Every way in which a hidden field can turn out, tried in full.
#[test]
fn one_missing_fact_leaves_a_finding_open_only_if_it_can_turn_it() {
    let mut tried = 0;
    for seed in 0_u32..400 {
        let noise: Vec<u8> =
            (0..64_u32).map(|i| (seed.wrapping_mul(2_654_435_761).wrapping_add(i.wrapping_mul(40_503)) >> 13).to_le_bytes()[0]).collect();
        let mut from = Entropy::new(&noise);
        let case = case(&mut from);
        let Some(rows) = case.rows.as_ref().filter(|rows| !rows.is_empty()) else { continue };
        let cell = (from.below(rows.len()), from.below(FIELDS.len()));
        let hidden = Hidden { cells: vec![cell], ..Hidden::default() };
        let before = judge(&case, &facts(&case, &hidden));
        let mut outcomes = Vec::new();
        for value in FIELDS[cell.1].values.iter().map(|v| Some(*v)).chain([None]) {
            let mut full = case.clone();
            if let Some(rows) = &mut full.rows {
                rows[cell.0][cell.1] = value;
            }
            outcomes.push(judge(&full, &facts(&full, &Hidden::default())));
        }
        for (place, finding) in before.findings.iter().enumerate() {
            let turned = outcomes.iter().fold(StatusSet::EMPTY, |all, outcome| all.or(outcome.findings[place].status));
            assert!(contains(finding.status, turned), "{cell:?} of {case:?}: {:?} became {turned:?}", finding.status);
            // The place of a record is asked by two provisions of which one fails either way; that they agree is more than bounds can show.
            let correlated = FIELDS[cell.1].name == "place_code";
            assert!(correlated || !turned.is_decided() || finding.status.is_decided(), "{cell:?} of {case:?}: open, yet always {turned:?}");
            tried += usize::from(!finding.status.is_decided());
        }
    }
    assert!(tried > 50, "only {tried} findings were open");
}
