//! Cedar, which cannot add up: the figures are given to it, and it decides which requirements fail.

use std::collections::BTreeSet;
use std::error::Error;

use cedar_policy::{Authorizer, Context, Entities, EntityUid, PolicySet, Request, RestrictedExpression};

use crate::answer::Answer;
use crate::{Bench, Person};

const RULE: &str = r#"
@id("all") permit (principal, action == Action::"annual-cme", resource);
@id("hours") forbid (principal, action == Action::"annual-cme", resource) unless { context.hours >= 8000 };
@id("credits") forbid (principal, action == Action::"annual-cme", resource) unless { context.credits >= 2500 };
@id("job") forbid (principal, action == Action::"annual-cme", resource) unless { context.job >= 1500 };
@id("ratio") forbid (principal, action == Action::"annual-cme", resource)
    when { context.hours > 0 } unless { context.public * 5 >= context.hours - context.public };
"#;

pub fn measure(bench: &mut Bench) -> Result<(), Box<dyn Error>> {
    let policies: PolicySet = RULE.parse()?;
    let (authorizer, entities) = (Authorizer::new(), Entities::empty());
    let uid = |text: &str| text.parse::<EntityUid>();
    let (principal, action, resource) = (uid(r#"Practitioner::"1001""#)?, uid(r#"Action::"annual-cme""#)?, uid(r#"Year::"2024""#)?);
    bench.values(
        "cedar-policy 4.14 (Cedar)",
        "figures given to it, since it cannot add up: four comparisons and which fail",
        |Person { expected, .. }| Ok([("hours", expected.hours), ("credits", expected.credits), ("job", expected.job), ("public", expected.public)]),
        |figures| {
            let pairs = figures.iter().map(|(name, figure)| ((*name).to_owned(), RestrictedExpression::new_long(*figure)));
            let request = Request::new(principal.clone(), action.clone(), resource.clone(), Context::from_pairs(pairs)?, None)?;
            Ok(authorizer.is_authorized(&request, &policies, &entities))
        },
        |Person { expected, .. }, response| {
            let failed: BTreeSet<&str> =
                response.diagnostics().reason().filter_map(|id| policies.annotation(id, "id")).filter(|id| *id != "all").collect();
            let ratio = if expected.hours == 0 {
                "not_applicable"
            } else if failed.contains("ratio") {
                "waivable"
            } else {
                "met"
            };
            let binding = failed.iter().any(|id| *id != "ratio");
            let status = match (binding, ratio) {
                (true, _) => "unmet",
                (false, "waivable") => "waivable",
                (false, _) => "met",
            };
            let same = [(expected.hours_short, "hours"), (expected.credits_short, "credits"), (expected.job_short, "job")]
                .iter()
                .all(|(short, id)| (*short > 0) == failed.contains(id));
            if !same {
                return Err(format!("Cedar says that these fail: {failed:?}").into());
            }
            Ok(Answer { status: status.to_owned(), ratio: ratio.to_owned(), ..expected.clone() })
        },
    )
}
