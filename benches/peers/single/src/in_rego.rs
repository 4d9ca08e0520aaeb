//! Rego, by regorus: compiled for its virtual machine.

use std::error::Error;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};

use crate::Bench;
use crate::answer::Answer;

const RULE: &str = r#"
package cme

day(a) := a.awarded_on if { a.awarded_on } else := a.ends_on

inside(a) if startswith(a.place_code, "50")

in_year(a) if {
    d := day(a)
    d >= 19662
    d <= 20027
}

on_platform(a) if a.electronic
on_platform(a) if not inside(a)
on_platform(a) if day(a) < 17167

from_outside(a) if a.electronic
from_outside(a) if inside(a)
from_outside(a) if {
    a.activity_level == "national"
    a.has_proof
    a.proof_starts_on >= a.starts_on
    a.proof_ends_on <= a.ends_on
}

marked(a) if is_boolean(a.profession_related)
of_profession(a) if a.profession_related
of_profession(a) if {
    not marked(a)
    a.subject_kind != "public"
}

counted := [a | some a in input.activities; in_year(a); on_platform(a); from_outside(a)]
professional := [a | some a in counted; of_profession(a)]
by_year := count([1 | some a in input.activities; not in_year(a)])
by_platform := count([1 | some a in input.activities; not on_platform(a)])
by_outside := count([1 | some a in input.activities; not from_outside(a)])

hours := sum([a.hours | some a in counted])
credits := sum([a.credits | some a in professional])
job := sum([a.credits | some a in professional; a.job_related])
public := sum([a.hours | some a in counted; a.subject_kind == "public"])
fifth := (hours - public) * 2

short(required, actual) := max([required - actual, 0])

ratio := "not_applicable" if { hours == 0 } else := "waivable" if { short(fifth, public * 10) > 0 } else := "met"

binding := (short(8000, hours) + short(2500, credits)) + short(1500, job)
status := "unmet" if { binding > 0 } else := "waivable" if { ratio == "waivable" } else := "met"

verdict := {
    "status": status, "ratio": ratio,
    "counted": count(counted), "by_year": by_year, "by_platform": by_platform, "by_outside": by_outside,
    "hours": hours, "hours_short": short(8000, hours),
    "credits": credits, "credits_short": short(2500, credits),
    "job": job, "job_short": short(1500, job),
    "public": public, "fifth": fifth, "ratio_short": short(fifth, public * 10),
}
"#;

pub fn measure(bench: &mut Bench) -> Result<(), Box<dyn Error>> {
    let mut engine = Engine::new();
    engine.add_policy("cme.rego".to_owned(), RULE.to_owned())?;
    let entry = "data.cme.verdict";
    let policy = engine.compile_with_entrypoint(&Rc::from(entry))?;
    let program = Compiler::compile_from_policy(&policy, &[entry]).map_err(|error| format!("{error:?}"))?;
    let mut machine = RegoVM::new();
    machine.load_program(program);
    bench.values(
        "regorus 0.14 (Rego)",
        "compiled for its virtual machine",
        |person| Ok(Value::from_json_str(&person.plain)?),
        |person| {
            machine.set_input(person.clone());
            Ok(machine.execute()?)
        },
        |_, answer| Answer::of_text(&answer.to_json_str()?),
    )?;
    bench.text(
        "regorus 0.14 (Rego)",
        "",
        crate::plain,
        |text| {
            machine.set_input(Value::from_json_str(text)?);
            Ok(machine.execute()?.to_json_str()?)
        },
        |_, text| Answer::of_text(text),
    )
}
