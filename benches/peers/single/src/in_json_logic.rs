//! JSONLogic, by datalogic-rs: compiled, with an arena that is used again. A list of one with `map` names a value.

use std::error::Error;

use datalogic_rs::{Engine, ParsedData};
use serde_json::{Value, json};

use crate::Bench;
use crate::answer::Answer;

fn rule() -> Value {
    let field = |name: &str| json!({ "var": name });
    let day = json!({ "??": [field("awarded_on"), field("ends_on")] });
    let inside = json!({ "starts_with": [field("place_code"), "50"] });
    let in_year = json!({ "and": [{ ">=": [day, 19_662] }, { "<=": [day, 20_027] }] });
    let on_platform = json!({ "or": [field("electronic"), { "!": [inside] }, { "<": [day, 17_167] }] });
    let from_outside = json!({ "or": [field("electronic"), inside, { "and": [
        { "===": [field("activity_level"), "national"] },
        field("has_proof"),
        { ">=": [field("proof_starts_on"), field("starts_on")] },
        { "<=": [field("proof_ends_on"), field("ends_on")] },
    ] }] });
    let public = json!({ "===": [field("subject_kind"), "public"] });
    let of_profession = json!({ "??": [field("profession_related"), { "!": [public] }] });

    let activities = field("activities");
    let failing = |condition: &Value| json!({ "length": { "filter": [activities, { "!": [condition] }] } });
    let counted = json!({ "filter": [activities, { "and": [in_year, on_platform, from_outside] }] });
    let count = json!({ "length": { "var": "" } });
    let total =
        |records: Value, amount: &str| json!({ "reduce": [records, { "+": [{ "var": "accumulator" }, { "var": format!("current.{amount}") }] }, 0] });
    let among = |condition: Value| json!({ "filter": [{ "var": "" }, condition] });
    // 0 to 4 of a list: how many count, hours, credits, those related to the post, hours of public subjects.
    let totals = json!({ "map": [[counted], [
        count,
        total(json!({ "var": "" }), "hours"),
        total(among(of_profession.clone()), "credits"),
        total(among(json!({ "and": [field("job_related"), of_profession] })), "credits"),
        total(among(public), "hours"),
    ]] });
    // The totals at 0, then how many each provision excludes.
    let all = json!({ "merge": [totals, [failing(&in_year)], [failing(&on_platform)], [failing(&from_outside)]] });

    let at = |place: &str| json!({ "var": place });
    let short = |required: i64, place: &str| json!({ "max": [{ "-": [required, at(place)] }, 0] });
    let fifth = json!({ "*": [{ "-": [at("0.1"), at("0.4")] }, 2] });
    let ratio_short = json!({ "max": [{ "-": [fifth, { "*": [at("0.4"), 10] }] }, 0] });
    let ratio = json!({ "if": [{ "===": [at("0.1"), 0] }, "not_applicable", { ">": [ratio_short, 0] }, "waivable", "met"] });
    let enough = json!({ "and": [{ ">=": [at("0.1"), 8000] }, { ">=": [at("0.2"), 2500] }, { ">=": [at("0.3"), 1500] }] });
    let status = json!({ "if": [{ "!": [enough] }, "unmet", { "===": [ratio, "waivable"] }, "waivable", "met"] });
    json!({ "map": [[all], [
        status, ratio, at("0.0"), at("1"), at("2"), at("3"),
        at("0.1"), short(8000, "0.1"), at("0.2"), short(2500, "0.2"), at("0.3"), short(1500, "0.3"),
        at("0.4"), fifth, ratio_short,
    ]] })
}

/// The one element of a list, or the list itself.
fn only(json: &Value) -> Value {
    match json.as_array().map(Vec::as_slice) {
        Some([one]) => one.clone(),
        _ => json.clone(),
    }
}

pub fn measure(bench: &mut Bench) -> Result<(), Box<dyn Error>> {
    let engine = Engine::new();
    let rule = engine.compile(rule().to_string().as_str()).map_err(|error| format!("{error:?}"))?;
    let answer = |text: &str| Answer::of_json(&only(&serde_json::from_str(text)?));
    let mut session = engine.session();
    bench.values(
        "datalogic-rs 5.4 (JSONLogic)",
        "parsed data, an arena used again",
        |person| ParsedData::from_json(&person.plain).map_err(|error| format!("{error:?}").into()),
        |person| {
            session.reset();
            let answer = session.eval_borrowed(&rule, person.value()).map_err(|error| format!("{error:?}"))?;
            // What borrows from the session cannot leave it: the measured part ends with the answer in the arena.
            Ok(std::hint::black_box(answer).as_array().map_or(0, <[_]>::len))
        },
        |person, _| {
            let mut session = engine.session();
            answer(&session.eval_str(&rule, &person.plain).map_err(|error| format!("{error:?}"))?)
        },
    )?;
    let mut session = engine.session();
    bench.text(
        "datalogic-rs 5.4 (JSONLogic)",
        "",
        crate::plain,
        |text| {
            session.reset();
            session.eval_str(&rule, text).map_err(|error| format!("{error:?}").into())
        },
        |_, text| answer(text),
    )
}
