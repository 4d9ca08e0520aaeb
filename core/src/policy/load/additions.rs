//! `[[addition]]`: what a policy adds to a decision of another one.

use super::{decisions, resolve};
use crate::feel::Compiled;
use crate::policy::table::Table;
use crate::policy::{Decision, GivenDeclaration, Provision, Text};
use crate::problem::ProblemCode;

/// The additions of a file; whether the decisions that they name are there, only the set of policies knows.
pub(super) fn read(
    tables: &[Table<'_>],
    decisions: &[Decision],
    provisions: &[Provision],
    given: &[GivenDeclaration],
    once: &[Compiled],
) -> Vec<Decision> {
    let mut additions: Vec<Decision> = Vec::new();
    for table in tables {
        let addition = addition(table, provisions, given);
        let span = table.span_of("decision");
        if decisions.iter().any(|decision| decision.id == addition.id) {
            let message = format!("`{}` is a decision of this file", addition.id);
            table.report_with_cure(ProblemCode::Contradiction, &span, message, "name the provisions in its `all_of`");
        }
        if additions.iter().any(|known| known.id == addition.id) {
            let message = format!("another addition is to `{}`", addition.id);
            table.report_with_cure(ProblemCode::Duplicate, &span, message, "name the provisions in one `all_of`");
        }
        decisions::need_given(table, &addition, provisions, given, once);
        table.finish();
        additions.push(addition);
    }
    additions
}

fn addition(table: &Table<'_>, provisions: &[Provision], given: &[GivenDeclaration]) -> Decision {
    let ids: Vec<String> = provisions.iter().map(|p| p.id.clone()).collect();
    let mut all_of = Vec::new();
    let mut subject: Option<&str> = None;
    for (id, span) in table.texts("all_of") {
        let Some(place) = resolve(table, &ids, id, &span, "provision") else { continue };
        let Some(provision) = provisions.get(place) else { continue };
        match subject {
            Some(subject) if subject != provision.subject => {
                let message = format!("`{id}` is about `{}`, and another provision added here about `{subject}`", provision.subject);
                table.report_with_cure(
                    ProblemCode::Contradiction,
                    &span,
                    message,
                    "add provisions about one kind of subject; another addition takes the others",
                );
            }
            _ => subject = Some(&provision.subject),
        }
        if provision.only_follows() {
            decisions::asks_nothing(table, id, &span, "leave it out: an addition adds what is asked");
        }
        all_of.push(place);
    }
    if table.need("all_of") && table.is_empty_list("all_of") {
        table.report_with_cure(
            ProblemCode::Missing,
            table.span(),
            "an addition needs provisions in its `all_of`",
            "name at least one: `all_of = [\"my-provision\"]`",
        );
    }
    Decision {
        id: table.need_text("decision").to_owned(),
        subject: subject.unwrap_or("").to_owned(),
        question: Text::default(),
        role: None,
        given: decisions::taken(table, given),
        records: None,
        all_of,
        any_of: Vec::new(),
        consequences: Vec::new(),
    }
}
