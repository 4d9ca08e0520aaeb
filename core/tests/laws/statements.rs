//! Laws of statements: every figure stands in them exactly, and what figures are made of is what other ledgers come to.

use medtrain::account::Account;
use medtrain::evaluate::{Question, Verdict};
use medtrain::facts::{Facts, ReviewStatus};
use medtrain::lang::Lang;
use medtrain::render::{Statement, statement};
use proptest::prelude::*;

use crate::cases::{Case, DECISION, case, facts, given, hidden, policies};
use crate::entropy::{Entropy, bytes};

fn question(case: &Case) -> Question<'static> {
    policies().ask(DECISION, &given(case), case.as_of).expect("a question")
}

/// Random facts of which some records are under review, and some refused.
fn reviewed(case: &Case, from: &mut Entropy) -> Facts {
    let mut facts = facts(case, &hidden(case, from));
    for activity in facts.practitioner.iter_mut().flat_map(|person| person.activities.iter_mut().flatten()) {
        activity.unknown.retain(|name| name != "review_status");
        activity.review_status = *from.pick(&[None, Some(ReviewStatus::Approved), Some(ReviewStatus::Pending), Some(ReviewStatus::Rejected)]);
    }
    facts
}

/// What of a verdict a statement must show as it is.
fn figures(verdict: &Verdict) -> Vec<String> {
    let mut all = Vec::new();
    for finding in &verdict.findings {
        let shortfall = finding.shortfall.iter().filter(|gap| *gap != "0");
        all.extend(finding.actual.iter().chain(&finding.required).chain(shortfall).map(ToString::to_string));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn a_statement_shows_every_figure_and_every_record(bytes in bytes(160), zh in any::<bool>()) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let facts = reviewed(&case, &mut from);
        let question = question(&case);
        let account = Account::of(&question, &facts);
        let page = statement(&Statement::of(&account, if zh { Lang::Zh } else { Lang::En })).expect("a page");
        for figure in figures(account.verdict()) {
            let shown = format!("<data value=\"{figure}\">");
            prop_assert!(page.contains(&shown), "{figure} of {:?}", account.verdict());
        }
        for number in 1..=account.verdict().records.len() {
            let line = format!("<td class=\"num place\">{number}</td>");
            prop_assert_eq!(page.matches(&line).count(), 1, "record {}", number);
        }
    }

    #[test]
    fn what_counts_for_good_is_what_there_would_be_without_the_records_that_count_for_now(bytes in bytes(160)) {
        let mut from = Entropy::new(&bytes);
        let case = case(&mut from);
        let facts = reviewed(&case, &mut from);
        let question = question(&case);
        let account = Account::of(&question, &facts);
        let for_now: Vec<usize> = (account.verdict().records.iter().enumerate())
            .filter(|(_, line)| account.verdict().provisional.iter().any(|one| one.path == line.path))
            .map(|(place, _)| place)
            .collect();
        let mut without = facts.clone();
        if let Some(list) = without.practitioner.as_mut().and_then(|person| person.activities.as_mut()) {
            let mut place = 0;
            list.retain(|_| {
                place += 1;
                !for_now.contains(&(place - 1))
            });
        }
        let verdict = question.evaluate(&without);
        for ((finding, portion), without) in account.verdict().findings.iter().zip(&account.portions.findings).zip(&verdict.findings) {
            prop_assert_eq!(&finding.provision, &portion.provision);
            for figure in portion.figures.iter().filter(|figure| figure.settled.is_some()) {
                prop_assert_eq!(&figure.settled, &without.actual);
            }
            let decided = finding.required == without.required && finding.actual != without.actual && without.actual.is_some();
            prop_assert_eq!(decided, portion.figures.iter().any(|figure| figure.settled.is_some()), "{:?} became {:?}", finding, without);
        }
    }
}
