//! ZEN (GoRules), its expressions as compiled by itself, without the graph of a decision around them, which only adds to it.

use std::error::Error;

use serde_json::Value;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Scope, compile_expression};

use crate::Bench;
use crate::answer::Answer;

const RULE: &str = r#"
counted = filter(activities,
    (#.awarded_on ?? #.ends_on) >= 19662 and (#.awarded_on ?? #.ends_on) <= 20027
    and (#.electronic or not(startsWith(#.place_code, "50")) or (#.awarded_on ?? #.ends_on) < 17167)
    and (#.electronic or startsWith(#.place_code, "50")
        or (#.activity_level == "national" and #.has_proof and #.proof_starts_on >= #.starts_on and #.proof_ends_on <= #.ends_on)));
professional = filter(counted, #.profession_related ?? (#.subject_kind != "public"));
hours = sum(map(counted, #.hours));
credits = sum(map(professional, #.credits));
job = sum(map(filter(professional, #.job_related), #.credits));
public = sum(map(filter(counted, #.subject_kind == "public"), #.hours));
fifth = (hours - public) * 2;
hours_short = max([8000 - hours, 0]);
credits_short = max([2500 - credits, 0]);
job_short = max([1500 - job, 0]);
ratio_short = max([fifth - public * 10, 0]);
ratio = hours == 0 ? "not_applicable" : (ratio_short > 0 ? "waivable" : "met");
{
    "status": hours_short + credits_short + job_short > 0 ? "unmet" : (ratio == "waivable" ? "waivable" : "met"),
    "ratio": ratio,
    "counted": len(counted),
    "by_year": count(activities, not((#.awarded_on ?? #.ends_on) >= 19662 and (#.awarded_on ?? #.ends_on) <= 20027)),
    "by_platform": count(activities, not(#.electronic or not(startsWith(#.place_code, "50")) or (#.awarded_on ?? #.ends_on) < 17167)),
    "by_outside": count(activities, not(#.electronic or startsWith(#.place_code, "50")
        or (#.activity_level == "national" and #.has_proof and #.proof_starts_on >= #.starts_on and #.proof_ends_on <= #.ends_on))),
    "hours": hours, "hours_short": hours_short, "credits": credits, "credits_short": credits_short, "job": job, "job_short": job_short,
    "public": public, "fifth": fifth, "ratio_short": ratio_short
}
"#;

pub fn measure(bench: &mut Bench) -> Result<(), Box<dyn Error>> {
    let rule = compile_expression(RULE)?;
    let mut vm = VM::new();
    bench.values(
        "zen-expression 2.1",
        "decimals; the engine's expressions without its graph",
        |person| Ok(serde_json::from_str::<Variable>(&person.plain)?),
        |person| Ok(rule.evaluate_with_scope(&Scope::new(person.shallow_clone()), &mut vm)?),
        |_, answer| Answer::of_json(&Value::from(answer)),
    )?;
    bench.text(
        "zen-expression 2.1",
        "",
        crate::plain,
        |text| {
            let person: Variable = serde_json::from_str(text)?;
            Ok(serde_json::to_string(&rule.evaluate_with_scope(&Scope::new(person), &mut vm)?)?)
        },
        |_, text| Answer::of_text(text),
    )
}
