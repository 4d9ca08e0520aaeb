//! Layers: a host's own conditions, asked with a province's decision.

use medtrain::Lang;
use medtrain::evaluate::{Given, Verdict};
use medtrain::explain::sentence;
use medtrain::problem::TrainingError;
use medtrain::receipt::{Receipt, Since};

use crate::written::{self, day, lines, set};

const BASE: &str = r#"
[policy]
id = "province"
number = "省〔2024〕1号"
issued = 2024-01-01

[[fact]]
subject = "practitioner"
name = "points"
type = "decimal"

[[provision]]
id = "counts"
article = "1"
subject = "activity"
modality = "shall"
require = 'awarded_on.year = given.year'

[[provision]]
id = "credits"
article = "2"
subject = "practitioner"
modality = "shall"
require = 'total(activities[admissible].credits) >= 10'

[[decision]]
id = "annual"
subject = "practitioner"
given.year = "integer"
records = ["counts"]
all_of = ["credits"]
"#;

const HOST: &str = r#"
[policy]
id = "host"
number = "院〔2024〕3号"
issued = 2024-01-01

[[fact]]
subject = "practitioner"
name = "points"
type = "decimal"

[[fact]]
subject = "practitioner"
name = "talks"
type = "integer"

[[provision]]
id = "host-hours"
article = "一"
subject = "practitioner"
modality = "shall"
require = 'total(activities[admissible].hours) >= given.asked'

[[provision]]
id = "host-talks"
article = "二"
subject = "practitioner"
modality = "principle"
require = 'talks >= 1'

[[provision]]
id = "host-mentor"
article = "三"
subject = "practitioner"
modality = "encouraged"
require = 'is_gp'

[[addition]]
decision = "annual"
given.asked = "integer"
all_of = ["host-hours", "host-talks", "host-mentor"]
"#;

fn given() -> Given {
    Given::new().with("year", 2024_i64).with("asked", 20_i64)
}

fn judge(policies: &[&str], given: &Given, facts: &str) -> Result<Verdict, TrainingError> {
    let set = set(policies)?;
    let facts = set.facts_from_json("annual", &format!(r#"{{"practitioner": {facts}}}"#))?;
    set.evaluate("annual", &facts, given, day("2024-11-15"))
}

const GOOD: &str = r#"{"is_gp": false, "extra": {"talks": 1, "points": "2"},
    "activities": [{"awarded_on": "2024-05-10", "credits": "12", "hours": "30"}, {"awarded_on": "2023-05-10", "credits": "9", "hours": "90"}]}"#;

#[test]
fn what_is_added_must_be_met_too() {
    let verdict = judge(&[BASE, HOST], &given(), GOOD).expect("a verdict");
    assert_eq!(verdict.status.code(), "met");
    let findings: Vec<_> = verdict.findings.iter().map(|f| (f.provision.as_str(), f.policy.as_deref(), f.status.code())).collect();
    let host = Some("host");
    assert_eq!(
        findings,
        [("credits", None, "met"), ("host-hours", host, "met"), ("host-talks", host, "met"), ("host-mentor", host, "not_applicable")]
    );
    assert_eq!(verdict.policy.id, "province");
    assert_eq!(verdict.layers.iter().map(|layer| layer.id.as_str()).collect::<Vec<_>>(), ["host"]);
    assert_eq!(verdict.advice.iter().map(|a| a.provision.as_str()).collect::<Vec<_>>(), ["host-mentor"]);

    let few = judge(&[BASE, HOST], &given().with("asked", 31_i64), GOOD).expect("a verdict");
    assert_eq!(
        (few.status.code(), few.findings[1].actual.as_deref()),
        ("unmet", Some("30")),
        "records that do not count for the decision do not here"
    );
    let silent = judge(&[BASE, HOST], &given(), &GOOD.replace("\"talks\": 1", "\"talks\": 0")).expect("a verdict");
    assert_eq!(silent.status.code(), "waivable");
}

#[test]
fn nothing_is_added_to_what_is_not_in_force() {
    let earlier = HOST.replace("issued = 2024-01-01", "issued = 2020-01-01");
    let set = set(&[BASE, &earlier]).expect("policies");
    let facts = set.facts_from_json("annual", &format!(r#"{{"practitioner": {GOOD}}}"#)).expect("facts");
    let verdict = set.evaluate("annual", &facts, &given(), day("2023-12-31")).expect("a verdict");
    assert!(verdict.not_in_force.is_some());
    assert_eq!((verdict.status.code(), verdict.advice.len()), ("not_applicable", 0));
}

#[test]
fn a_set_without_additions_says_nothing_of_them() {
    let year = Given::new().with("year", 2024_i64);
    let facts = GOOD.replace("\"talks\": 1, ", "");
    let verdict = judge(&[BASE], &year, &facts).expect("a verdict");
    let json = verdict.to_json();
    assert!(!json.contains("layers") && !json.contains(r#""policy":"province""#), "{json}");
    let set = set(&[BASE, HOST]).expect("both load");
    let base = set.policy("province").expect("it is there");
    let facts = set.facts_from_json("annual", &format!(r#"{{"practitioner": {facts}}}"#)).expect("facts");
    assert_eq!(base.evaluate("annual", &facts, &year, verdict.as_of).expect("a verdict"), verdict, "the policy alone is asked as before");
}

#[test]
fn what_is_added_asks_for_what_it_needs() {
    let error = judge(&[BASE, HOST], &Given::new().with("year", 2024_i64), GOOD).expect_err("`asked` is not given");
    assert_eq!(error.to_string(), "given.asked: `annual` needs `asked`: a whole number [missing]\n  help: give `asked` with the question");
    let error = judge(&[BASE], &given(), GOOD).expect_err("nobody asks for it");
    assert!(error.to_string().contains("practitioner.extra.talks: policy `province` declares no such fact"), "{error}");
    let error = judge(&[BASE, HOST], &given(), r#"{"extra": {"talk": 1}}"#).expect_err("misspelt");
    let expected = "policy `province` or policy `host` declares no such fact of practitioner [unknown_name]\n  help: did you mean `talks`?";
    assert!(error.to_string().ends_with(expected), "{error}");
}

#[test]
fn what_is_wrong_with_the_vocabularys_facts_and_with_own_facts_is_told_at_once() {
    let told = |facts: &str| {
        let set = set(&[BASE, HOST]).expect("both load");
        let question = set.ask("annual", &given(), day("2024-06-30")).expect("a question");
        let error = question.facts_from_json(facts).expect_err("something is wrong");
        assert!(error.problems.iter().all(|problem| problem.cure.is_some()), "each has a cure: {error}");
        error.problems.iter().map(|p| format!("{} {}", p.place, p.code.code())).collect::<Vec<_>>()
    };
    let both = r#"{"practitioner": {"birth_date": "1980-13-01", "extra": {"points": "many", "talks": 1.5}, "activities": [{"extra": {"room": 1}}]}}"#;
    let expected = [
        "practitioner.birth_date bad_date",
        "practitioner.extra.talks inexact_number",
        "practitioner.activities[0].extra.room unknown_name",
        "practitioner.extra.points wrong_type",
    ];
    assert_eq!(told(both), expected, "each once");
    let cut = r#"{"practitioner": {"extra": {"points": "many"}, "activities": ["#;
    assert_eq!(told(cut), ["facts syntax", "practitioner.extra.points wrong_type"], "as far as it could be read");
    let misspelt = r#"{"practitoner": {}, "institution": {"extra": {"beds": 1}}}"#;
    assert_eq!(told(misspelt), ["practitoner unknown_name", "institution.extra.beds unknown_name"], "it is about a practitioner");
}

#[test]
fn a_whole_number_beyond_64_bits_is_out_of_range_as_a_number_and_as_exact_text() {
    let codes = |error: TrainingError| error.problems.iter().map(|p| (p.place.clone(), p.code.code())).collect::<Vec<_>>();
    for talks in ["18446744073709551616", "-1e300", r#""18446744073709551616""#] {
        let error = judge(&[BASE, HOST], &given(), &GOOD.replace("\"talks\": 1", &format!("\"talks\": {talks}"))).expect_err(talks);
        assert_eq!(codes(error), [("practitioner.extra.talks".to_owned(), "out_of_range")], "{talks}");
    }
    let error =
        judge(&[BASE, HOST], &given(), &GOOD.replace("\"points\": \"2\"", &format!("\"points\": \"{}\"", "9".repeat(29)))).expect_err("29 digits");
    assert_eq!(codes(error), [("practitioner.extra.points".to_owned(), "out_of_range")]);
    let error = judge(&[BASE, HOST], &given().with("asked", "18446744073709551616"), GOOD).expect_err("too large");
    assert_eq!(codes(error), [("given.asked".to_owned(), "out_of_range")]);
}

#[test]
fn the_decision_lists_what_is_added() {
    let listed = set(&[BASE, HOST]).expect("both load").list_decisions();
    let json = serde_json::to_value(&listed).expect("JSON");
    assert_eq!(json[0]["provisions"], serde_json::json!(["credits", "host-hours", "host-talks", "host-mentor"]));
    assert_eq!(json[0]["given"], serde_json::json!([{"name": "year", "kind": "integer"}, {"name": "asked", "kind": "integer"}]));
    assert_eq!((json[0]["layers"].clone(), json.as_array().map(Vec::len)), (serde_json::json!(["host"]), Some(1)));
}

#[test]
fn what_is_added_waits_for_the_records_of_the_decision() {
    let facts = r#"{"extra": {"talks": 1}, "activities": [{"credits": "12", "awarded_on": "2024-05-10", "hours": "10"},
        {"credits": "0", "unknown": ["awarded_on"], "hours": "15"}]}"#;
    let verdict = judge(&[BASE, HOST], &given(), facts).expect("a verdict");
    assert_eq!((verdict.findings[0].status.code(), verdict.findings[1].status.code()), ("met", "unknown"));
    assert_eq!(verdict.findings[1].missing, ["practitioner.activities[1].awarded_on"]);
    assert_eq!(verdict.missing, ["practitioner.activities[1].awarded_on"]);
    assert_eq!(verdict.findings[3].missing, [""; 0], "what is encouraged waits for nothing");
}

#[test]
fn a_sentence_names_the_document_that_adds() {
    let set = set(&[BASE, HOST]).expect("both load");
    let facts = set.facts_from_json("annual", &format!(r#"{{"practitioner": {GOOD}}}"#)).expect("facts");
    let question = set.ask("annual", &given().with("asked", 31_i64), day("2024-11-15")).expect("a question");
    let verdict = question.evaluate(&facts);
    let told = |place: usize, lang| sentence(&verdict.findings[place], &question.labels(), verdict.as_of, lang);
    assert_eq!(told(1, Lang::Zh), "还差host-hours 1学时（院〔2024〕3号另行要求）");
    assert_eq!(told(1, Lang::En), "1 host-hour short (asked in addition by 院〔2024〕3号)");
    assert!(!told(0, Lang::En).contains("in addition"));
    assert_eq!(question.judge(&facts).findings.len(), 4, "the short way judges the same");
    assert_eq!(question.judge(&facts).status.status(), verdict.status);
}

/// What is wrong with a policy beside the base.
fn problems(policy: &str) -> Vec<String> {
    let mut set = set(&[BASE]).expect("the base loads");
    set.add("host.toml", policy).map_or_else(|error| lines(&error.problems), |_| Vec::new())
}

#[test]
fn what_is_added_fits_its_decision() {
    assert_eq!(problems(HOST), [""; 0]);
    assert_eq!(problems(&HOST.replace("\"annual\"", "\"anual\"")), ["no decision is called `anual` [unknown_name]"]);
    assert_eq!(
        problems(&HOST.replace("given.asked = \"integer\"", "given.asked = \"integer\"\ngiven.year = \"text\"")),
        ["`annual` takes `given.year = \"integer\"` [contradiction]"]
    );
    assert_eq!(
        problems(&HOST.replace("type = \"decimal\"", "type = \"text\"")),
        ["policy `province` declares `points` of practitioner otherwise [contradiction]"]
    );
    assert_eq!(
        problems(&HOST.replace("host-talks", "credits")),
        ["policy `province` has a provision `credits` too, and both would be asked together [duplicate]"]
    );
    let institution = r#"[policy]
id = "host"
number = "1"
issued = 2024-01-01
[[provision]]
id = "x"
article = "1"
subject = "institution"
modality = "shall"
require = 'has_info_system'
[[addition]]
decision = "annual"
all_of = ["x"]
"#;
    assert_eq!(problems(institution), ["`annual` is asked of `practitioner`, and what is added to it of `institution` [contradiction]"]);
}

#[test]
fn what_does_not_fit_is_told_once_with_its_place_and_its_cure() {
    let told = |policies: &[&str], host: &str| -> Vec<String> {
        let mut set = set(policies).expect("they load");
        let error = set.add("host.toml", host).expect_err("it does not fit");
        error.problems.iter().map(|p| format!("{} {}: {}", p.place, p.message, p.cure.as_deref().unwrap_or("no cure"))).collect()
    };
    // Two additions to decisions of one policy, beside another one that adds to both.
    let base = format!(
        "{BASE}\n[[decision]]\nid = \"other\"\nsubject = \"practitioner\"\ngiven.year = \"integer\"\nrecords = [\"counts\"]\nall_of = [\"credits\"]"
    );
    let both = |policy: &str| format!("{policy}\n[[addition]]\ndecision = \"other\"\ngiven.asked = \"integer\"\nall_of = [\"host-hours\"]");
    let otherwise = both(HOST).replace("type = \"decimal\"", "type = \"text\"");
    assert_eq!(
        told(&[&base], &otherwise),
        ["host.toml:9:8 policy `province` declares `points` of practitioner otherwise: declare it as it is there, or give it another name"]
    );
    let ward = both(HOST).replace("\"host", "\"ward").replace("given.asked = \"integer\"", "given.asked = \"integer\"\ngiven.year = \"integer\"");
    let text = HOST.replace("given.asked = \"integer\"", "given.asked = \"integer\"\ngiven.year = \"text\"");
    assert_eq!(
        told(&[&base, &ward], &text),
        ["host.toml:39:12 `annual` takes `given.year = \"integer\"`: declare it in the same way, or give it another name"]
    );
    let twice = both(HOST).replace("host-hours", "credits");
    assert_eq!(
        told(&[&base], &twice),
        ["host.toml:18:6 policy `province` has a provision `credits` too, and both would be asked together: give it another id"]
    );
    assert_eq!(told(&[&base], &HOST.replace("\"annual\"", "\"anual\"")), ["host.toml:39:12 no decision is called `anual`: did you mean `annual`?"]);
}

#[test]
fn an_addition_is_checked_with_its_file() {
    let found = |from: &str, to: &str| {
        let changed = HOST.replace(from, to);
        assert_ne!(changed, HOST);
        written::problems(&changed)
    };
    let added = "all_of = [\"host-hours\", \"host-talks\", \"host-mentor\"]";
    assert_eq!(found("given.asked = \"integer\"\n", ""), ["no name `given.asked` is known here [unknown_name]"]);
    assert_eq!(found(added, ""), ["[[addition]] needs `all_of` [missing]"]);
    assert_eq!(found(added, "all_of = []"), ["an addition needs provisions in its `all_of` [missing]"]);
    assert_eq!(found("\"host-talks\", \"host-mentor\"]", "\"host-talk\"]"), ["no provision is called `host-talk` [unknown_name]"]);
    assert_eq!(
        found("all_of = [\"host-hours\"", "any_of = [\"host-hours\"]\nall_of = [\"host-hours\""),
        ["[[addition]] has no key `any_of` [unknown_name]"]
    );
    let twice = format!("{added}\n[[addition]]\ndecision = \"annual\"\ngiven.asked = \"integer\"\nall_of = [\"host-hours\"]");
    assert_eq!(found(added, &twice), ["another addition is to `annual` [duplicate]"]);
    let own = format!("{added}\n[[decision]]\nid = \"annual\"\nsubject = \"practitioner\"\nall_of = [\"host-talks\"]");
    assert_eq!(found(added, &own), ["`annual` is a decision of this file [contradiction]"]);
    let mixed = "subject = \"institution\"\nmodality = \"encouraged\"\nrequire = 'has_info_system'";
    assert_eq!(
        found("subject = \"practitioner\"\nmodality = \"encouraged\"\nrequire = 'is_gp'", mixed),
        ["`host-mentor` is about `institution`, and another provision added here about `practitioner` [contradiction]"]
    );
}

#[test]
fn nothing_that_a_layer_says_loosens_what_is_above() {
    // Whatever the added provision is and comes to, an unmet or waivable decision does not become better.
    let facts = GOOD.replace("\"12\"", "\"2\"");
    let asked =
        [("shall", "true = true"), ("may", "true = true"), ("encouraged", "is_gp"), ("principle", "true = true"), ("forbidden", "true = true")];
    for (modality, require) in asked {
        let host = HOST.replace("modality = \"principle\"\nrequire = 'talks >= 1'", &format!("modality = \"{modality}\"\nrequire = '{require}'"));
        assert_eq!(judge(&[BASE, &host], &given(), &facts).expect("a verdict").status.code(), "unmet", "{modality}");
        let waivable = BASE.replacen("modality = \"shall\"\nrequire = 'total", "modality = \"principle\"\nrequire = 'total", 1);
        let few = given().with("asked", 1_i64);
        assert_eq!(judge(&[&waivable, &host], &few, &facts).expect("a verdict").status.code(), "waivable", "{modality}");
    }
    // Nor can it say anything of a provision, a decision or a role that is not its own.
    let refused = |from: &str, to: &str| {
        assert!(HOST.contains(from), "{from}");
        let found = problems(&HOST.replace(from, to));
        assert!(!found.is_empty(), "{to}");
        found
    };
    assert_eq!(
        refused("\"host-talks\"\narticle", "\"credits\"\ndeemed_by = [\"host-mentor\"]\narticle")[..2],
        ["`host-mentor` only allows or encourages, and is never met [contradiction]", "no provision is called `host-talks` [unknown_name]"]
    );
    let same_id = HOST.replace("host-talks", "credits").replace("modality = \"principle\"", "modality = \"may\"");
    assert_eq!(problems(&same_id), ["policy `province` has a provision `credits` too, and both would be asked together [duplicate]"]);
    let decision = BASE.replace("\"province\"", "\"host\"").replace(">= 10", ">= 1");
    assert_eq!(problems(&decision), ["a decision `annual` is loaded already [duplicate]"]);
    for key in [
        "any_of = [\"host-talks\"]",
        "relax = { name = \"x\", when = 'is_gp' }",
        "records = []",
        "without = [\"credits\"]",
        "deemed_by = [\"host-talks\"]",
    ] {
        let name = key.split(' ').next().unwrap_or_default();
        let found = refused("decision = \"annual\"", &format!("decision = \"annual\"\n{key}"));
        assert_eq!(found, [format!("[[addition]] has no key `{name}` [unknown_name]")]);
    }
    let deemed = refused("require = 'talks >= 1'", "require = 'talks >= 1'\ndeemed_by = [\"credits\"]");
    assert_eq!(deemed, ["no provision is called `credits` [unknown_name]"]);
}

#[test]
fn a_layer_that_is_not_in_force_asks_nothing() {
    let later = HOST.replace("issued = 2024-01-01", "issued = 2024-01-01\nfrom = 2025-01-01");
    let verdict = judge(&[BASE, &later], &given().with("asked", 1000_i64), GOOD).expect("a verdict");
    assert_eq!(verdict.status.code(), "met");
    assert_eq!(verdict.findings[1].status.code(), "not_applicable");
}

#[test]
fn several_layers_are_asked_in_the_order_in_which_they_were_loaded() {
    let ward = HOST.replace("\"host", "\"ward").replace("院〔2024〕3号", "科〔2024〕4号");
    let verdict = judge(&[BASE, HOST, &ward], &given(), GOOD).expect("a verdict");
    assert_eq!(verdict.findings.iter().filter_map(|f| f.policy.as_deref()).collect::<Vec<_>>(), ["host", "host", "host", "ward", "ward", "ward"]);
    assert_eq!(verdict.layers.len(), 2);
}

#[test]
fn a_receipt_rests_on_every_policy_that_was_applied() {
    let facts = format!(r#"{{"practitioner": {GOOD}}}"#);
    let both = set(&[BASE, HOST]).expect("both load");
    let receipt = Receipt::new(judge(&[BASE, HOST], &given(), GOOD).expect("a verdict"), &both.facts_from_json("annual", &facts).expect("facts"));
    let verified = both.verify(&receipt.to_json(), &facts).expect("a receipt");
    assert!(verified.holds && verified.since.is_empty());
    let reworded = set(&[BASE, &format!("{HOST}\n# a remark")]).expect("both load").verify(&receipt.to_json(), &facts).expect("a receipt");
    assert_eq!((reworded.holds, reworded.since), (true, vec![Since::OtherPolicy]));
    let stricter = set(&[BASE, &HOST.replace(">= given.asked", ">= given.asked * 2")]).expect("both load");
    let stricter = stricter.verify(&receipt.to_json(), &facts).expect("a receipt");
    assert_eq!((stricter.holds, stricter.since), (false, vec![Since::OtherPolicy]));
}
