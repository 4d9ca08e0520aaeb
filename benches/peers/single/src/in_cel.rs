//! CEL, by the crate `cel`. CEL cannot add up a list: `total` is a function of the host, as its users do it. A list of one with `map` names a value.

use std::error::Error;
use std::sync::Arc;

use cel::common::types::{CelInt, LIST_TYPE};
use cel::common::value::CowVal;
use cel::{Context, Env, ExecutionError, Program, Value};

use crate::Bench;
use crate::answer::Answer;

const RULE: &str = r#"
[activities.filter(a,
    (has(a.awarded_on) ? a.awarded_on : a.ends_on) >= 19662 && (has(a.awarded_on) ? a.awarded_on : a.ends_on) <= 20027
    && (a.electronic || !a.place_code.startsWith("50") || (has(a.awarded_on) ? a.awarded_on : a.ends_on) < 17167)
    && (a.electronic || a.place_code.startsWith("50")
        || (a.activity_level == "national" && a.has_proof && a.proof_starts_on >= a.starts_on && a.proof_ends_on <= a.ends_on))
)].map(counted, [[
    size(counted),
    total(counted.map(a, a.hours)),
    total(counted.map(a, has(a.profession_related) ? a.profession_related : a.subject_kind != "public", a.credits)),
    total(counted.map(a, a.job_related && (has(a.profession_related) ? a.profession_related : a.subject_kind != "public"), a.credits)),
    total(counted.map(a, a.subject_kind == "public", a.hours))
]].map(t, [[
    t[1] >= 8000 ? 0 : 8000 - t[1],
    t[2] >= 2500 ? 0 : 2500 - t[2],
    t[3] >= 1500 ? 0 : 1500 - t[3],
    (t[1] - t[4]) * 2 - t[4] * 10 > 0 ? (t[1] - t[4]) * 2 - t[4] * 10 : 0
]].map(s, {
    "status": s[0] + s[1] + s[2] > 0 ? "unmet" : t[1] > 0 && s[3] > 0 ? "waivable" : "met",
    "ratio": t[1] == 0 ? "not_applicable" : s[3] > 0 ? "waivable" : "met",
    "counted": t[0],
    "by_year": size(activities.filter(a, !((has(a.awarded_on) ? a.awarded_on : a.ends_on) >= 19662 && (has(a.awarded_on) ? a.awarded_on : a.ends_on) <= 20027))),
    "by_platform": size(activities.filter(a, !(a.electronic || !a.place_code.startsWith("50") || (has(a.awarded_on) ? a.awarded_on : a.ends_on) < 17167))),
    "by_outside": size(activities.filter(a, !(a.electronic || a.place_code.startsWith("50")
        || (a.activity_level == "national" && a.has_proof && a.proof_starts_on >= a.starts_on && a.proof_ends_on <= a.ends_on)))),
    "hours": t[1], "hours_short": s[0], "credits": t[2], "credits_short": s[1], "job": t[3], "job_short": s[2],
    "public": t[4], "fifth": (t[1] - t[4]) * 2, "ratio_short": s[3]
})))[0][0][0]
"#;

/// The sum of a list of whole numbers.
fn total<'b, 'v>(args: Vec<CowVal<'b, 'v>>) -> Result<CowVal<'b, 'v>, ExecutionError> {
    let unexpected = || ExecutionError::function_error("total", "a list of whole numbers");
    let list = args.first().and_then(|list| list.as_iterable()).ok_or_else(unexpected)?;
    let mut items = list.iter();
    let mut total = 0_i64;
    while let Some(item) = items.next() {
        total += item.downcast_ref::<CelInt>().ok_or_else(unexpected)?.inner();
    }
    Ok(CowVal::owned(CelInt::from(total)))
}

fn environment() -> Result<Env, Box<dyn Error>> {
    let mut env = Env::stdlib();
    env.add_overload("total", "total_list", vec![LIST_TYPE], total).map_err(|error| format!("{error:?}"))?;
    Ok(env)
}

fn context(env: &Arc<Env>, person: &serde_json::Value) -> Result<Context<'static, 'static>, Box<dyn Error>> {
    let mut context = Context::with_env(Arc::clone(env));
    context.add_variable_from_value("activities", cel::to_value(&person["activities"])?);
    Ok(context)
}

fn run(program: &Program, context: &Context<'_, '_>) -> Result<Value, Box<dyn Error>> {
    program.execute(context).map_err(|error| format!("{error:?}").into())
}

pub fn measure(bench: &mut Bench) -> Result<(), Box<dyn Error>> {
    let env = Arc::new(environment()?);
    let program = env.compile(RULE).map_err(|errors| format!("{errors}"))?;
    let json = |value: &Value| value.json().map_err(|error| format!("{error:?}"));
    bench.values(
        "cel 0.15 (CEL)",
        "sums by a function of the host",
        |person| context(&env, &serde_json::from_str(&person.plain)?),
        |values| run(&program, values),
        |_, value| Answer::of_json(&json(&value)?),
    )?;
    bench.text(
        "cel 0.15 (CEL)",
        "",
        crate::plain,
        |text| {
            let person: serde_json::Value = serde_json::from_str(text)?;
            Ok(json(&run(&program, &context(&env, &person)?)?)?.to_string())
        },
        |_, text| Answer::of_text(text),
    )
}
