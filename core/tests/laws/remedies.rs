//! Laws of remedies: sound, small, and told exactly where something is to be done.

use medtrain::evaluate::{Question, Status};
use medtrain::facts::Facts;
use medtrain::quantity::{Day, parse_decimal};
use medtrain::remedy::{BlockedReason, Remedies, Remedy, RemedyState, Step};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::cases::{Case, DECISION, case, facts, given, hidden, policies};
use crate::entropy::{Entropy, bytes};

fn question(case: &Case, as_of: Day) -> Question<'static> {
    let (policy, decision) = policies().decision(DECISION).expect("the decision");
    policy.ask(decision, &given(case), as_of).expect("a question")
}

/// A case in a year that still goes on, or has just ended.
fn running(from: &mut Entropy) -> Case {
    let mut case = case(from);
    if case.year == 2024 {
        case.as_of = from.pick(&["2024-06-01", "2023-11-01", "2024-10-31", "2024-11-01", "2023-10-01"]).parse().expect("a date");
    }
    case
}

/// Whether the verdict is what a remedy says, or better, once it was carried out.
fn suffices(case: &Case, facts: &Facts, remedy: &Remedy) -> bool {
    let asked = question(case, case.as_of);
    let changed = asked.apply(facts, remedy).unwrap_or_else(|error| panic!("{error}: {remedy:?}"));
    let set = question(case, remedy.from.unwrap_or(case.as_of)).judge(&changed).status;
    !set.contains(Status::Unmet) && (remedy.gives != Status::Met || !set.contains(Status::Waivable))
}

fn told(case: &Case, facts: &Facts) -> Remedies {
    question(case, case.as_of).remedies(facts)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn applying_a_remedy_gives_what_it_says(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = running(&mut from);
        let facts = facts(&case, &hidden(&case, &mut from));
        for remedy in told(&case, &facts).remedies {
            prop_assert!(suffices(&case, &facts, &remedy), "{remedy:?}");
        }
    }

    #[test]
    fn a_remedy_that_leaves_the_verdict_waivable_or_unknown_says_so(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = running(&mut from);
        let facts = facts(&case, &hidden(&case, &mut from));
        let told = told(&case, &facts);
        for remedy in told.remedies.iter().chain(&told.partial) {
            let changed = question(&case, case.as_of).apply(&facts, remedy).expect("its own facts");
            let then = question(&case, remedy.from.unwrap_or(case.as_of)).evaluate(&changed).status;
            prop_assert_eq!(then, remedy.gives, "{:?}", remedy);
        }
    }

    #[test]
    fn a_remedy_may_be_left_to_its_last_days(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = running(&mut from);
        let facts = facts(&case, &hidden(&case, &mut from));
        for mut remedy in told(&case, &facts).remedies {
            for step in &mut remedy.steps {
                if let Step::AddRecord { fields, .. } = step {
                    for field in fields {
                        if let Some(until) = field.until {
                            field.value = until.to_string();
                        }
                    }
                }
            }
            prop_assert!(suffices(&case, &facts, &remedy), "{remedy:?}");
        }
    }

    #[test]
    fn no_step_can_be_left_out_and_no_amount_lowered(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = running(&mut from);
        let facts = facts(&case, &hidden(&case, &mut from));
        for remedy in told(&case, &facts).remedies {
            for place in 0..remedy.steps.len() {
                let mut fewer = remedy.clone();
                fewer.steps.remove(place);
                prop_assert!(!suffices(&case, &facts, &fewer), "step {place} of {remedy:?}");
                let Step::AddRecord { fields, .. } = &remedy.steps[place] else { continue };
                for (field, there) in fields.iter().enumerate().filter(|(_, field)| field.unit.is_some()) {
                    let amount = parse_decimal(&there.value).expect("an amount");
                    if amount < Decimal::new(1, 1) {
                        continue;
                    }
                    let mut less = remedy.clone();
                    if let Step::AddRecord { fields, .. } = &mut less.steps[place] {
                        fields[field].value = (amount - Decimal::new(1, 1)).to_string();
                    }
                    prop_assert!(!suffices(&case, &facts, &less), "field {field} of step {place} of {remedy:?}");
                }
            }
        }
    }

    #[test]
    fn no_remedy_contains_another(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = running(&mut from);
        let told = told(&case, &facts(&case, &hidden(&case, &mut from)));
        for (place, remedy) in told.remedies.iter().enumerate() {
            let others = told.remedies.iter().enumerate().filter(|(other, _)| *other != place);
            for (_, other) in others {
                prop_assert!(!other.steps.iter().all(|step| remedy.steps.contains(step)), "{remedy:?} contains {other:?}");
            }
        }
    }

    #[test]
    fn nothing_is_needed_exactly_where_all_is_met_or_nothing_asked(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = running(&mut from);
        let facts = facts(&case, &hidden(&case, &mut from));
        let set = question(&case, case.as_of).judge(&facts).status;
        let good = !set.contains(Status::Unmet) && !set.contains(Status::Waivable);
        let told = told(&case, &facts);
        prop_assert_eq!(told.state == RemedyState::NotNeeded, good);
        prop_assert_eq!(told.state == RemedyState::Found, !told.remedies.is_empty());
        prop_assert!(told.state != RemedyState::None || !told.blocked.is_empty());
    }

    #[test]
    fn while_the_year_goes_on_and_the_list_is_known_something_can_be_done(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let mut case = running(&mut from);
        (case.year, case.as_of) = (2024, "2024-06-01".parse().expect("a date"));
        let mut hidden = hidden(&case, &mut from);
        (hidden.person, hidden.list) = (false, false);
        // Unknown hours, or an unknown subject, may be so many that no record makes up for them.
        hidden.cells.clear();
        let told = told(&case, &facts(&case, &hidden));
        prop_assert!(matches!(told.state, RemedyState::NotNeeded | RemedyState::Found), "{told:?}");
        prop_assert!(told.remedies.iter().all(|remedy| remedy.gives == Status::Met));
    }

    #[test]
    fn after_the_year_it_is_too_late_since_its_end(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let mut case = running(&mut from);
        (case.year, case.as_of) = (2024, "2024-11-20".parse().expect("a date"));
        let mut hidden = hidden(&case, &mut from);
        (hidden.person, hidden.list) = (false, false);
        hidden.cells.clear();
        let told = told(&case, &facts(&case, &hidden));
        prop_assert!(told.remedies.is_empty());
        for blocked in told.blocked {
            prop_assert_eq!(blocked.reason, BlockedReason::TooLate);
            prop_assert_eq!(blocked.since, "2024-11-01".parse().ok());
        }
    }
}
