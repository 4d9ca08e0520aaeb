//! What the loader of policy files takes and refuses, where an author could stumble.

use medtrain::Lang;
use medtrain::evaluate::Given;
use medtrain::explain::sentence;
use medtrain::policy::Policy;

use crate::written::{day, lines, set};

const HEAD: &str = "[policy]\nid = \"p\"\nnumber = \"n\"\nissued = 2020-01-01\n";

/// Loads a policy and runs its examples; what went wrong, one line each.
fn problems(body: &str) -> Vec<String> {
    let found = match Policy::from_toml("p.toml", &format!("{HEAD}{body}")) {
        Err(error) => error.problems,
        Ok(policy) => policy.run_examples().problems,
    };
    assert!(found.iter().all(|problem| problem.cure.is_some()), "each has a cure: {found:?}");
    lines(&found)
}

/// A provision `a` about `subject` that binds, and these further lines.
fn provision(subject: &str, further: &str) -> String {
    format!("\n[[provision]]\nid = \"a\"\narticle = \"1\"\nsubject = \"{subject}\"\nmodality = \"shall\"\n{further}")
}

#[track_caller]
fn holds(body: &str) {
    assert_eq!(problems(body), Vec::<String>::new());
}

#[test]
fn provisions_combine_only_with_those_about_the_same_subject() {
    let found = problems(
        r#"
        [[provision]]
        id = "a"
        article = "1"
        subject = "activity"
        modality = "shall"
        require = 'credits >= 1'

        [[provision]]
        id = "b"
        article = "1"
        subject = "practitioner"
        modality = "shall"
        any_of = ["a"]
        "#,
    );
    assert_eq!(found, ["`a` is about `activity`, and this provision about `practitioner` [contradiction]"]);
}

/// The places of what is no TOML in a text, with what is told of each.
fn no_toml(text: &str) -> Vec<String> {
    let error = Policy::from_toml("p.toml", text).expect_err("it is no TOML");
    assert!(error.problems.iter().all(|p| p.code.code() == "syntax" && p.cure.is_some() && p.excerpt.is_some()), "{error}");
    error.problems.iter().map(|p| format!("{} {}", p.place.trim_start_matches("p.toml:"), p.message.split(',').next().unwrap_or_default())).collect()
}

#[test]
fn of_a_bracket_or_quote_that_is_not_closed_nothing_is_told_but_that() {
    let rest = "all_of = [\"x\"]\n\n[[provision]]\nid = \"p\"\narticle = \"1\"\n";
    assert_eq!(no_toml(&format!("[[decision]]\nrecords = [\"a\", \"b\"\n{rest}")), ["2:19 unclosed array"]);
    assert_eq!(no_toml(&format!("[[decision]]\nrecords = [\n  \"a\",\n  \"b\",\n{rest}")), ["4:6 unclosed array"]);
    assert_eq!(no_toml(&format!("[[decision]]\ngiven = {{ a = 1, b = 2\n{rest}")), ["2:22 unclosed inline table"]);
    assert_eq!(no_toml(&format!("[[decision]]\nid = \"d\n{rest}")), ["2:8 invalid basic string"]);
    assert_eq!(no_toml(&format!("[[decision]\nid = \"d\"\n{rest}")), ["1:12 unclosed array table"]);
    let text = format!("[[decision]]\nzh = '''d\n{rest}en = '''e'''\n");
    assert_eq!(no_toml(&text), ["8:9 unexpected key or value"], "a text over several lines may hold anything");
    assert_eq!(no_toml(&format!("[[decision]]\nzh = '''d\nall_of = 1\n''' x\n{rest}")), ["4:5 unexpected key or value"]);
}

#[test]
fn what_is_no_toml_in_other_statements_is_told_as_well() {
    let text = "[policy]\nid = p\nissued = 2024-13-01\nnumber = [1,\nuntil = 2024-12-31\nfrom =\n[[provision]\nid = \"p\"\n[[decision]]\nid = \"d\nid = 01\n";
    assert_eq!(
        no_toml(text),
        [
            "2:6 string values must be quoted",
            "3:10 invalid date",
            "4:12 unclosed array",
            "6:7 string values must be quoted",
            "7:13 unclosed array table",
            "10:8 invalid basic string",
            "11:6 unexpected leading zero",
        ]
    );
    assert_eq!(no_toml("id = \"a\"\nid = \"b\"\n"), ["2:1 duplicate key"]);
    assert_eq!(no_toml("\u{0}"), ["1:1 invalid unquoted key"]);
}

#[test]
fn everything_that_is_wrong_in_one_expression_is_told() {
    let found = problems(&provision("practitioner", "require = 'title_grad = \"senior\" and count(activities.hour) >= is_gp'\n"));
    assert_eq!(
        found,
        ["no name `title_grad` is known here [unknown_name]", "no field of activity is called `hour` [unknown_name]"],
        "that a count is no truth value is told when the count is one"
    );
}

#[test]
fn every_word_of_a_list_or_range_that_is_no_code_is_told() {
    let told = |condition: &str| problems(&provision("practitioner", &format!("require = '{condition}'\n")));
    let of_grade = |words: &[&str]| words.iter().map(|word| format!("`{word}` is no code of title_grade [unknown_code]")).collect::<Vec<_>>();
    assert_eq!(told(r#"title_grade in ["midle", "senior", "seniro"]"#), of_grade(&["midle", "seniro"]));
    assert_eq!(told(r#"title_grade in ["midle".."seniro"]"#), of_grade(&["midle", "seniro"]));
    assert_eq!(told(r#"title_grade between "midle" and "seniro""#), of_grade(&["midle", "seniro"]));
    assert_eq!(told(r#"title_grade = (if is_gp then "midle" else "seniro")"#), of_grade(&["midle", "seniro"]));
    let found = Policy::from_toml("p.toml", &format!("{HEAD}{}", provision("practitioner", "require = 'title_grade in [\"midle\", \"seniro\"]'\n")));
    let places: Vec<_> = found.expect_err("two words").problems.iter().map(|problem| problem.place.clone()).collect();
    assert_eq!(places, ["p.toml:11:28", "p.toml:11:37"]);
}

#[test]
fn amounts_with_units_are_divided_and_raised_with_cures_of_their_own() {
    let cures = |condition: &str| {
        let file = format!("{HEAD}{}", provision("activity", &format!("require = '{condition}'\n")));
        let told = Policy::from_toml("p.toml", &file).expect_err(condition).problems;
        told.into_iter().map(|problem| (problem.message, problem.cure.unwrap_or_default())).collect::<Vec<_>>()
    };
    let divided = "divide by an amount of the same unit, or by a number without a unit".to_owned();
    assert_eq!(cures("credits / hours > 1"), [("a number of credits divided by a number of hours has no meaning here".to_owned(), divided.clone())]);
    assert_eq!(cures("25 / credits > 1"), [("a number divided by a number of credits has no meaning here".to_owned(), divided)]);
    let raised = "take a power of a number without a unit, such as a share of two amounts".to_owned();
    assert_eq!(cures("credits ** 2 > 1"), [("a power of a number of credits".to_owned(), raised)]);
}

#[test]
fn a_unit_of_ones_own_is_told_by_its_words() {
    let body = |words: &str| {
        format!(
            "{words}[[fact]]\nsubject = \"practitioner\"\nname = \"marks\"\ntype = \"decimal\"\nunit = \"point\"\nzh = \"积点\"\nen = \"marks\"\n{}\
             zh = \"积点\"\nen = \"marks\"\n\n[[decision]]\nid = \"ask\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n",
            provision("practitioner", "require = 'marks >= 5'\n")
        )
    };
    let said = |words: &str, lang| {
        let set = set(&[&format!("{HEAD}{}", body(words))]).expect("it loads");
        let question = set.ask("ask", &Given::new(), day("2024-06-30")).expect("a question");
        let facts = question.facts_from_json(r#"{"practitioner": {"extra": {"marks": "2"}}}"#).expect("facts");
        sentence(question.evaluate(&facts).findings.first().expect("a finding"), &question.labels(), day("2024-06-30"), lang)
    };
    let words = "[words]\npoint = { zh = \"分\", en = \"points\" }\n";
    assert!(
        said(words, Lang::Zh).contains("3分") && said(words, Lang::En).contains("3 points"),
        "{} {}",
        said(words, Lang::Zh),
        said(words, Lang::En)
    );
    assert!(said("", Lang::Zh).contains("3point"), "{}", said("", Lang::Zh));
    assert_eq!(
        problems(&body(&words.replace("point", "pont"))).first().map(String::as_str),
        Some("nothing in this file is called `pont`: no code, unit, text, define or given name [unknown_name]")
    );
}

#[test]
fn what_names_a_wrong_define_is_not_told_to_be_wrong_as_well() {
    let body =
        format!("[define]\nhours = 'total(activities.hour)'\ntwice = '2 * hours'\n{}", provision("practitioner", "require = 'twice >= one'\n"));
    assert_eq!(problems(&body), ["no field of activity is called `hour` [unknown_name]", "no name `one` is known here [unknown_name]"]);
}

#[test]
fn what_names_a_wrong_declaration_is_not_told_to_be_wrong_as_well() {
    let asks = |require: &str| provision("practitioner", &format!("require = '{require}'\n"));
    let fact = |declared: &str| format!("[[fact]]\n{declared}\nzh = \"事\"\nen = \"fact\"\n{}", asks("foo >= 1 and extra.foo < 3"));
    assert_eq!(problems(&fact("subject = \"practitioner\"\nname = \"foo\"\ntype = \"intger\"")), ["no type is called `intger` [unknown_name]"]);
    assert_eq!(
        problems(&fact("subject = \"practitionr\"\nname = \"foo\"\ntype = \"integer\"")),
        ["no facts can be about `practitionr`, and no fact holds records of such a kind [unknown_name]"]
    );
    let given = asks("birth_date <= given.day and day > as_of").replace("[[decision]]", "[[decision]]\ngiven.day = \"dat\"");
    let decides = format!("{given}\n[[decision]]\nid = \"other\"\nsubject = \"practitioner\"\ngiven.day = \"dat\"\nall_of = [\"a\"]\n");
    assert!(problems(&decides).iter().all(|problem| problem.starts_with("no type is called `dat`")), "{:?}", problems(&decides));
    assert_eq!(problems(&provision("practitionr", "require = 'is_gp'\n")), ["no facts can be about `practitionr` [unknown_name]"]);
    let named = format!("[define]\n\"half-time\" = 'is_gp'\n{}", asks("half-time"));
    assert_eq!(problems(&named), ["`half-time` cannot be the name of a define [syntax]"]);
    // A define that is right for another subject says what is wrong with it for this one.
    let institution = asks("busy").replace("id = \"a\"", "id = \"b\"").replace("\"practitioner\"", "\"institution\"");
    let elsewhere = format!("[define]\nbusy = 'count(activities) >= 1'\n{}{institution}", asks("busy"));
    let told = problems(&elsewhere);
    assert_eq!(told[0], "the define `busy` makes no sense here: no name `activities` is known here [unknown_name]", "{told:?}");
}

#[test]
fn what_says_which_records_count_does_not_ask_which_count() {
    let decision = "\n[[provision]]\nid = \"b\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"shall\"\nrequire = 'is_gp'\n\
                    [[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nrecords = [\"a\"]\nall_of = [\"b\"]\n";
    let judging = |require: &str| problems(&format!("{}{decision}", provision("activity", &format!("require = '{require}'\n"))));
    assert_eq!(
        judging("count(practitioner.activities[admissible]) <= 2"),
        ["`a` says which records count, and reads `admissible`, which says the same [contradiction]"]
    );
    assert_eq!(judging("count(practitioner.activities) <= 2"), [""; 0]);
}

#[test]
fn nothing_rests_on_what_is_never_met() {
    let advice = |modality: &str| {
        format!("[[provision]]\nid = \"b\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"{modality}\"\nrequire = 'is_gp'\n")
    };
    let naming = |modality: &str, key: &str| problems(&format!("{}{}", provision("practitioner", key), advice(modality)));
    let refused = ["`b` only allows or encourages, and is never met [contradiction]"];
    assert_eq!(naming("may", "require = 'is_gp'\ndeemed_by = [\"b\"]\n"), refused);
    assert_eq!(naming("encouraged", "any_of = [\"b\"]\n"), refused);
    assert_eq!(naming("encouraged", "consequence = { follows = [\"b\"] }\n"), refused);
    for key in ["require = 'is_gp'\ndeemed_by = [\"b\"]\n", "any_of = [\"b\"]\n", "consequence = { follows = [\"b\"] }\n"] {
        assert_eq!(naming("shall", key), [""; 0]);
    }
    assert_eq!(naming("may", "all_of = [\"b\"]\n"), [""; 0], "which asks nothing of all");
}

#[test]
fn what_only_says_what_follows_is_asked_nowhere() {
    let follows =
        "[[provision]]\nid = \"b\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"shall\"\nconsequence = { follows = [\"a\"] }\n";
    let decided = |lists: &str| {
        let decision = format!("[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\n{lists}\n");
        problems(&format!("{}{follows}{decision}", provision("practitioner", "require = 'is_gp'\n")))
    };
    let refused = ["`b` only says what follows, and asks nothing [contradiction]"];
    assert_eq!(decided("all_of = [\"a\", \"b\"]"), refused);
    assert_eq!(decided("any_of = [\"a\", \"b\"]"), refused);
    holds(&format!("{}{follows}", provision("practitioner", "require = 'is_gp'\n")));
    assert_eq!(decided("all_of = [\"a\"]\nconsequences = [\"b\"]"), [""; 0]);
    assert_eq!(decided("all_of = [\"a\", \"b\"]\nconsequences = [\"b\"]"), [""; 0], "its finding is told beside what follows");
    let both = "[[provision]]\nid = \"c\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"shall\"\nall_of = [\"a\", \"b\"]\n";
    assert_eq!(problems(&format!("{}{follows}{both}", provision("practitioner", "require = 'is_gp'\n"))), refused);
}

#[test]
fn an_example_of_a_day_on_which_the_rule_is_not_in_force_says_so() {
    let example = |as_of: &str| {
        let further = format!(
            "from = 2024-01-01\nuntil = 2024-12-31\nrequire = 'is_gp'\n[[provision.example]]\nfacts.practitioner.is_gp = true\nas_of = {as_of}\nstatus = \"met\"\n"
        );
        problems(&provision("practitioner", &further))
    };
    assert_eq!(example("2024-01-01"), [""; 0]);
    let told = |why: &str| [format!("`status` is not_applicable, and the example says met: {why} [example_fails]")];
    assert_eq!(example("2023-12-31"), told("`a` is in force from 2024-01-01 on, and the example is asked on 2023-12-31"));
    assert_eq!(example("2025-01-01"), told("`a` is in force until 2024-12-31, and the example is asked on 2025-01-01"));
}

#[test]
fn a_code_stands_in_its_list_once_and_a_define_has_a_name_that_can_be_written() {
    let fact = "[[fact]]\nsubject = \"practitioner\"\nname = \"f\"\ntype = \"code\"\ncodes = [\"b\", \"a\", \"b\"]\n";
    assert_eq!(problems(fact), ["the code `b` stands here already [duplicate]"]);
    let define = |name: &str| problems(&format!("[define]\n{name} = 'is_gp'\n{}", provision("practitioner", "require = 'is_gp'")));
    for name in ["my-sum", "return", "2nd"] {
        assert_eq!(define(name), [format!("`{name}` cannot be the name of a define [syntax]")]);
    }
    assert_eq!(define("_the_2nd"), [""; 0]);
    let itself = problems(&format!("[define]\nsum = 'sum + 1'\n{}", provision("practitioner", "require = 'is_gp'")));
    assert_eq!(itself, ["`sum` is defined by itself [contradiction]"]);
}

#[test]
fn the_last_day_of_a_provision_is_a_day_or_none() {
    let found = problems(&provision("practitioner", "until = \"never\""));
    assert_eq!(found, ["`until` of [[provision]] expects a date such as 2024-10-31, without quotes, or \"none\", got text [wrong_type]"]);
    holds(&provision("practitioner", "until = \"none\""));
}

#[test]
fn what_is_no_list_of_provisions_is_told_once() {
    let head = provision("practitioner", "require = 'is_gp'\n");
    let decision = |lines: &str| problems(&format!("{head}[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\n{lines}"));
    let addition = |lines: &str| problems(&format!("{head}[[addition]]\ndecision = \"d\"\n{lines}"));
    let no_list = |of: &str, found: &str| format!("`all_of` of {of} expects a list of texts, got {found} [wrong_type]");
    for (written, found) in [("\"a\"", "text"), ("[1]", "a whole number")] {
        let line = format!("all_of = {written}");
        assert_eq!(decision(&line), [no_list("[[decision]]", found)]);
        assert_eq!(addition(&line), [no_list("[[addition]]", found)]);
    }
    assert_eq!(decision("all_of = []"), ["a decision needs `all_of`, `any_of` or `consequences` [missing]"]);
    assert_eq!(addition("all_of = []"), ["an addition needs provisions in its `all_of` [missing]"]);
}

const NEEDS_YEAR: &str = r#"
    [[provision]]
    id = "a"
    article = "1"
    subject = "practitioner"
    modality = "shall"
    require = 'birth_date.year < given.year'
    EXAMPLE

    [[decision]]
    id = "with"
    subject = "practitioner"
    given.year = "integer"
    all_of = ["a"]
"#;

#[test]
fn a_decision_takes_what_its_provisions_read() {
    let without = "\n[[decision]]\nid = \"without\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n";
    assert_eq!(problems(&NEEDS_YEAR.replace("EXAMPLE", "")), Vec::<String>::new());
    let found = problems(&format!("{}{without}", NEEDS_YEAR.replace("EXAMPLE", "")));
    assert_eq!(found, ["`a` reads `given.year`, which `without` does not take [missing]"]);
}

#[test]
fn an_example_gives_what_its_provision_reads() {
    let example = "[[provision.example]]\nas_of = 2024-01-01\nstatus = \"unknown\"\n";
    let found = problems(&NEEDS_YEAR.replace("EXAMPLE", example));
    assert_eq!(found, ["an example of `a` needs `given.year` [missing]"]);
}

#[test]
fn a_define_hides_no_fact() {
    let found = problems(
        r#"
        [define]
        hours = 'total(practitioner.activities.hours)'

        [[provision]]
        id = "a"
        article = "1"
        subject = "activity"
        modality = "shall"
        require = 'hours > 0'
        "#,
    );
    assert_eq!(found, ["`hours` is a fact in provisions about `activity`, and a define would hide it [duplicate]"]);
}

#[test]
fn a_bare_name_is_a_fact_before_it_is_given() {
    holds(&provision(
        "practitioner",
        r#"
        require = 'department = given.department'

        [[provision.example]]
        facts.practitioner.department = "surgery"
        given.department = "medicine"
        as_of = 2024-01-01
        status = "unmet"

        [[decision]]
        id = "d"
        subject = "practitioner"
        given.department = "text"
        all_of = ["a"]
        "#,
    ));
}

#[test]
fn an_own_fact_is_unknown_unless_it_is_said_to_be_none() {
    let policy = r#"
        [[fact]]
        subject = "practitioner"
        name = "points"
        type = "decimal"
        unit = "point"

        [[provision]]
        id = "a"
        article = "1"
        subject = "practitioner"
        modality = "shall"
        require = 'points >= 3'

        [[provision.example]]
        facts.practitioner.extra.points = "3"
        as_of = 2024-01-01
        status = "met"
        unit = "point"

        [[provision.example]]
        facts.practitioner.person_id = "1"
        as_of = 2024-01-01
        status = "unknown"
        missing = ["practitioner.extra.points"]

        [[provision.example]]
        facts.practitioner.none = ["extra.points"]
        as_of = 2024-01-01
        status = "unmet"
        "#;
    holds(policy);
    let found = problems(&policy.replace("[\"extra.points\"]", "[\"extra.point\"]"));
    assert_eq!(found, ["practitioner.extra.point: policy `p` declares no such fact of practitioner [unknown_name]"]);
}

#[test]
fn a_day_is_an_expression_or_a_date_of_the_file() {
    let policy = provision(
        "institution",
        r#"
        deadline = 2024-12-31
        require = 'has_info_system'

        [[provision.example]]
        facts.institution.has_info_system = false
        as_of = 2024-12-31
        status = "not_applicable"
        reason = "not_due"
        due = 2024-12-31

        [[provision.example]]
        facts.institution.has_info_system = false
        as_of = 2025-01-01
        status = "unmet"
        "#,
    );
    holds(&policy);
    holds(&policy.replace("deadline = 2024-12-31", "deadline = '@\"2024-12-31\"'"));
    assert_eq!(
        problems(&policy.replace("deadline = 2024-12-31", "deadline = 2024-12-31T08:00:00")),
        ["neither a civil date nor a duration [bad_date]"]
    );
}

#[test]
fn a_record_that_is_judged_alone_knows_its_owner() {
    holds(&provision(
        "activity",
        r#"
        require = 'credits > 0 and practitioner.title_grade >= "junior"'

        [[provision.example]]
        facts.practitioner.title_grade = "senior"
        facts.activity = { credits = "1" }
        as_of = 2024-01-01
        status = "met"

        [[provision.example]]
        facts.practitioner.person_id = "1001"
        facts.activity = { credits = "1" }
        as_of = 2024-01-01
        status = "unknown"
        missing = ["practitioner.title_grade"]

        [[provision.example]]
        facts.activity = { credits = "1" }
        as_of = 2024-01-01
        status = "unknown"
        missing = ["practitioner"]
        "#,
    ));
}

#[test]
fn facts_can_be_about_a_provisions_subject() {
    let found = problems(
        r#"
        [[fact]]
        subject = "lift"
        name = "floors"
        type = "integer"

        [[provision]]
        id = "a"
        article = "1"
        subject = "lift"
        modality = "shall"
        "#,
    );
    assert_eq!(found, ["no facts can be about `lift` [unknown_name]"]);
}

#[test]
fn the_plural_of_a_unit_is_no_other_unit() {
    let found = problems("\n[[fact]]\nsubject = \"practitioner\"\nname = \"x\"\ntype = \"decimal\"\nunit = \"credits\"\n");
    assert_eq!(found, ["no unit is called `credits` [unknown_code]"]);
}

#[test]
fn a_part_has_an_id_of_its_own_within_its_provision() {
    let part = |id: &str| format!("[[provision.part]]\nid = \"{id}\"\nmodality = \"shall\"\nrequire = 'is_gp'\n");
    let of_two = |second: &str| problems(&provision("practitioner", &format!("{}{}", part("beds"), part(second))));
    assert_eq!(of_two("cases"), [""; 0]);
    assert_eq!(of_two("beds"), ["another part of this provision is called `beds` [duplicate]"]);
}

#[test]
fn a_condition_that_fails_is_the_only_problem_told() {
    let found = problems(&provision(
        "practitioner",
        r#"
        relax = { name = "hardship", when = 'is_gpp' }

        [[provision.part]]
        id = "first"
        modality = "shall"
        require = 'is_gp'

        [[provision.part]]
        id = "second"
        modality = "principle"
        require = 'is_gp >= 3'
        "#,
    ));
    assert_eq!(
        found,
        ["no name `is_gpp` is known here [unknown_name]", "the two sides of `>=` are of different types: a boolean and a number [wrong_type]"]
    );
}

#[test]
fn a_file_without_a_head_lacks_its_head_alone() {
    let error = Policy::from_toml("p.toml", "[[decision]]\nid = \"d\"\n").expect_err("no head");
    assert_eq!(error.problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>(), ["a policy file needs a table `[policy]`"]);
}

#[test]
fn what_ends_before_it_begins_is_refused() {
    let provision = provision("practitioner", "require = 'is_gp'\n");
    let found = problems(&format!("{provision}from = 2024-02-02\nuntil = 2024-02-01\n"));
    assert_eq!(found, ["it is in force on no day: its last day would be 2024-02-01, and its first 2024-02-02 [contradiction]"]);
    for day in ["until = 2019-12-31", "from = 2025-01-01"] {
        let found = problems(&format!("until = 2024-12-31\n{provision}{day}\n"));
        assert!(matches!(found.as_slice(), [told] if told.starts_with("it is in force on no day: ")), "{found:?}");
    }
    assert_eq!(problems(&format!("{provision}from = 2024-02-02\nuntil = 2024-02-02\n")), [""; 0]);
    assert_eq!(problems(&format!("until = 2019-12-31\n{provision}")), ["`until` is before the first day on which the policy binds [contradiction]"]);
}

#[test]
fn a_consequence_of_a_decision_has_one_to_tell() {
    let found = problems(&provision(
        "practitioner",
        r#"
        require = 'is_gp'

        [[decision]]
        id = "d"
        subject = "practitioner"
        all_of = ["a"]
        consequences = ["a"]
        "#,
    ));
    assert_eq!(found, ["`a` has no `consequence` [missing]"]);
}

#[test]
fn an_example_expects_a_status_that_there_is() {
    let found = problems(&provision(
        "practitioner",
        r#"
        require = 'is_gp'

        [[provision.example]]
        facts.practitioner.is_gp = true
        as_of = 2024-01-01
        status = "metx"
        "#,
    ));
    assert_eq!(found, ["no status is called `metx` [unknown_code]"]);
}

/// A provision about what is given with a question that takes `purpose`.
fn with_purpose(given: &str, condition: &str, example: &str) -> String {
    format!(
        r#"
        [[provision]]
        id = "a"
        article = "1"
        subject = "practitioner"
        modality = "shall"
        require = '{condition}'
        {example}

        [[decision]]
        id = "d"
        subject = "practitioner"
        given.purpose = {given}
        all_of = ["a"]
        "#
    )
}

const PURPOSES: &str = r#"["appraisal", "title", "post"]"#;

#[test]
fn a_word_beside_a_given_code_is_one_of_its_codes() {
    let example = |given: &str, status: &str| {
        format!("[[provision.example]]\nfacts.practitioner.is_gp = true\ngiven.purpose = \"{given}\"\nas_of = 2024-01-01\nstatus = \"{status}\"\n")
    };
    let condition = r#"purpose in ("appraisal", "title")"#;
    holds(&with_purpose(PURPOSES, condition, &format!("{}{}", example("title", "met"), example("post", "unmet"))));
    assert_eq!(problems(&with_purpose(PURPOSES, r#"given.purpose = "titel""#, "")), ["`titel` is no code of purpose [unknown_code]"]);
    assert_eq!(problems(&with_purpose(PURPOSES, r#"given.purpose >= "title""#, "")), ["the codes of purpose have no order [unordered]"]);
    let found = problems(&with_purpose(PURPOSES, condition, &example("titel", "met")));
    assert_eq!(found, ["expected one of appraisal, title, post for `purpose` [wrong_type]"]);
}

#[test]
fn the_codes_of_what_is_given_are_texts_each_once_and_the_same_in_every_decision() {
    let wrong = |given: &str| problems(&with_purpose(given, r#"purpose = "title""#, ""));
    assert!(wrong("[]").contains(&"`purpose` needs from 1 to 255 codes [missing]".to_owned()));
    assert_eq!(wrong(r#"["title", "title"]"#), ["the code `title` stands here already [duplicate]"]);
    assert_eq!(wrong(r#"["title", 3]"#), ["expected a code in quotes [wrong_type]"]);
    assert!(wrong("3").contains(&"expected the name of a type in quotes, or a list of codes [wrong_type]".to_owned()));
    let another = "[[decision]]\nid = \"e\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n";
    let both = |given: &str| problems(&format!("{}{another}{given}", with_purpose(PURPOSES, r#"purpose = "title""#, "")));
    assert_eq!(both(&format!("given.purpose = {PURPOSES}\n")), [""; 0]);
    assert_eq!(
        both("given.purpose = [\"title\"]\n"),
        ["another decision has `given.purpose = [\"appraisal\", \"title\", \"post\"]` [contradiction]"]
    );
    assert_eq!(both(""), ["`a` reads `given.purpose`, which `e` does not take [missing]"]);
}

#[test]
fn the_codes_of_what_is_given_are_listed_with_the_decision() {
    let set = set(&[&format!("{HEAD}{}", with_purpose(PURPOSES, r#"purpose = "title""#, ""))]).expect("it loads");
    let listed = serde_json::to_string(&set.list_decisions()[0].given).expect("JSON");
    assert_eq!(listed, r#"[{"name":"purpose","kind":"code","codes":["appraisal","title","post"]}]"#);
}

/// A provision with an amount, and an example that says what it comes to.
fn with_amount(amount: &str, example: &str) -> String {
    format!(
        r#"
        [[provision]]
        id = "a"
        article = "1"
        subject = "practitioner"
        modality = "may"
        amount = '{amount}'

        [[provision.detail]]
        name = "same"
        value = '{amount}'

        [[provision.example]]
        facts.practitioner.person_id = "a, b"
        facts.practitioner.title_grade = "senior"
        facts.practitioner.is_gp = true
        facts.practitioner.birth_date = 1980-02-29
        facts.practitioner.activities = [{{ credits = "3" }}, {{ credits = "0.50" }}]
        facts.practitioner.attachments = [{{ starts_on = 2024-03-01 }}]
        as_of = 2024-01-01
        {example}
        "#
    )
}

#[test]
fn an_amount_and_a_detail_of_any_type_are_shown_as_they_are_written() {
    for (amount, shown) in [
        ("person_id", "\"a, b\""),
        ("title_grade", "\"senior\""),
        ("is_gp", "true"),
        ("birth_date", "1980-02-29"),
        ("count(activities)", "2"),
        ("as_of - birth_date", "\"P16012D\""),
        ("years and months duration(birth_date, as_of)", "\"P43Y10M\""),
        ("activities.credits", "'[3, 0.5]'"),
        ("[person_id, \"c\"]", "'[\"a, b\", \"c\"]'"),
        ("[birth_date]", "'[\"1980-02-29\"]'"),
        ("[title_grade]", "'[\"senior\"]'"),
        ("[activities.credits, []]", "'[[3, 0.5], []]'"),
        ("[attachments[1].starts_on..as_of]", "\"[2024-03-01..2024-01-01]\""),
        ("[attachments[1].starts_on..null]", "\"[2024-03-01..]\""),
        ("activities[credits > 3].credits", "'[]'"),
        ("activities[1].credits", "3"),
        ("activities[5].credits", "'none'"),
    ] {
        holds(&with_amount(amount, &format!("value = {shown}\ndetails = [{shown}]")));
    }
}

#[test]
fn an_amount_has_the_unit_that_is_said_of_it() {
    let example = |unit: &str| format!("unit = \"{unit}\"\nvalue = \"2\"");
    holds(&with_amount("count(activities)", &example("none")).replace("unit = \"none\"\n", ""));
    let said =
        |amount: &str| with_amount(amount, "value = \"x\"").replace("modality = \"may\"", "modality = \"may\"\n        amount_unit = \"yuan\"");
    holds(&with_amount("count(activities)", &example("yuan")).replace("modality = \"may\"", "modality = \"may\"\n        amount_unit = \"yuan\""));
    assert_eq!(problems(&said("person_id")), ["`amount_unit` is said of numbers alone, and the amount is text [contradiction]"]);
    let none = provision("practitioner", "amount_unit = \"yuan\"\n");
    assert_eq!(problems(&none), ["`amount_unit` is the unit of an `amount`, and there is none [contradiction]"]);
    let other = provision("practitioner", "amount = 'count(activities)'\namount_unit = \"hours\"\n");
    assert_eq!(problems(&other), ["no unit is called `hours` [unknown_code]"]);
}

#[test]
fn a_record_is_no_amount_nor_is_a_list_of_them() {
    for amount in ["activities", "activities[1]", "[activities]"] {
        let found = problems(&with_amount(amount, "value = 'x'"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|f| f.contains("expects a value that can be shown, and no record, got")), "{found:?}");
    }
}

#[test]
fn an_example_writes_a_list_as_the_verdict_shows_it() {
    let found = problems(&with_amount("activities.credits", "value = [3, \"0.5\"]"));
    assert_eq!(found, ["`value` expects text, a date, a whole number, true or false [wrong_type]"]);
    let found = problems(&with_amount("activities.credits", "details = [[3]]"));
    assert_eq!(found, ["`details` expects a list of texts [wrong_type]"]);
    let found = problems(&with_amount("person_id", "details = [\"a\", \"b\"]"));
    assert_eq!(found, ["`details` is [\"a, b\"], and the example says [\"a\", \"b\"] [example_fails]"]);
}

#[test]
fn the_numbers_of_a_list_have_their_unit() {
    holds(&with_amount("activities.credits", "unit = \"credit\""));
    holds(&with_amount("person_id", "unit = \"none\""));
}

#[test]
fn a_number_that_is_never_negative_cannot_lessen_a_total_and_is_not_read_below_zero() {
    let policy = |declared: &str, ty: &str, total: &str, facts: &str, status: &str| {
        format!(
            r#"
            [[fact]]
            subject = "activity"
            name = "points"
            type = "decimal"
            {declared}

            [[fact]]
            subject = "practitioner"
            name = "scores"
            type = "{ty}"
            {declared}

            [[provision]]
            id = "a"
            article = "1"
            subject = "practitioner"
            modality = "shall"
            require = '{total} >= 10'

            [[provision.example]]
            facts.practitioner = {facts}
            as_of = 2024-01-01
            status = "{status}"
            "#
        )
    };
    let declared = "non_negative = true";
    let one_unknown = r#"{ activities = [{ extra = { points = "10" } }, { credits = "1" }] }"#;
    let of_activities = "total(activities.points)";
    holds(&policy(declared, "list of decimal", of_activities, one_unknown, "met"));
    holds(&policy("", "list of decimal", of_activities, one_unknown, "unknown"));
    let list_unknown = "{ person_id = \"1\" }";
    holds(&policy(declared, "list of decimal", "total(scores) + 10", list_unknown, "met"));
    holds(&policy("", "list of decimal", "total(scores) + 10", list_unknown, "unknown"));
    holds(&policy(declared, "list of decimal", "count(scores) + 10", list_unknown, "unknown"));
    for below in [r#"{ extra = { scores = ["1", "-0.1"] } }"#, r#"{ activities = [{ extra = { points = "-1" } }] }"#] {
        let found = problems(&policy(declared, "list of decimal", of_activities, below, "unknown"));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("expected a number that is not negative, got") && found[0].ends_with("[out_of_range]"), "{found:?}");
    }
    assert_eq!(problems(&policy(declared, "text", "1", list_unknown, "unmet")), ["`non_negative` is said of numbers alone [contradiction]"]);
}

#[test]
fn a_fact_that_is_left_out_is_unknown_or_none_as_the_file_says() {
    let policy = |absent: &str, facts: &str, expected: &str| {
        format!(
            r#"
            [[fact]]
            subject = "practitioner"
            name = "retired_on"
            type = "date"
            {absent}

            [[provision]]
            id = "a"
            article = "1"
            subject = "practitioner"
            modality = "shall"
            require = 'retired_on = null'

            [[provision.example]]
            facts.practitioner = {facts}
            as_of = 2024-01-01
            {expected}
            "#
        )
    };
    let (left_out, said) = (r#"{ person_id = "1" }"#, r#"{ unknown = ["extra.retired_on"] }"#);
    let unknown = "status = \"unknown\"\nmissing = [\"practitioner.extra.retired_on\"]";
    holds(&policy("absent = \"none\"", left_out, "status = \"met\""));
    holds(&policy("absent = \"none\"", said, unknown));
    holds(&policy("absent = \"none\"", "{ extra = { retired_on = 2023-01-01 } }", "status = \"unmet\""));
    holds(&policy("absent = \"unknown\"", left_out, unknown));
    holds(&policy("", left_out, unknown));
    let misspelt = problems(&policy("absent = \"none\"", r#"{ unknown = ["extra.retired"] }"#, "status = \"unknown\""));
    assert!(matches!(&*misspelt, [one] if one.contains("declares no such fact") && one.ends_with("[unknown_name]")), "{misspelt:?}");
    assert_eq!(problems(&policy("absent = \"no\"", left_out, "status = \"met\"")), ["no absence is called `no` [unknown_code]"]);
}

#[test]
fn no_list_and_no_record_of_ones_own_is_none_when_it_is_left_out() {
    let fact = |subject: &str, kind: &str| format!("[[fact]]\nsubject = \"{subject}\"\nname = \"a\"\ntype = \"{kind}\"\nabsent = \"none\"\n");
    let other = "[[fact]]\nsubject = \"visit\"\nname = \"b\"\ntype = \"date\"\n";
    for declared in [fact("practitioner", "list of text"), fact("practitioner", "visit"), fact("visit", "date")] {
        let found = problems(&format!("{declared}{other}{}", provision("practitioner", "require = 'true'")));
        assert!(matches!(&*found, [one] if one.ends_with("[contradiction]")), "{found:?}");
    }
}

#[test]
fn a_binary_number_in_an_example_hides_nothing_else_of_it() {
    let example = "\n  [[provision.example]]\n  facts.practitioner = { activities = [{ credits = 2.5, credit = \"1\" }], title_grade = \"seniro\" }\n  as_of = 2024-02-28\n  status = \"met\"\n";
    let text = format!("{HEAD}{}{example}", provision("practitioner", "require = 'is_gp'\n"));
    let error = Policy::from_toml("p.toml", &text).expect_err("three problems");
    let pointed: Vec<_> = error
        .problems
        .iter()
        .map(|problem| {
            let mut place = problem.place.rsplit(':').map(|part| part.parse::<usize>().expect("a number"));
            let (column, line) = (place.next().expect("a column"), place.next().expect("a line"));
            text.lines().nth(line - 1).and_then(|line| line.get(column - 1..)).expect("a place").chars().take(4).collect::<String>()
        })
        .collect();
    assert_eq!(pointed, ["2.5,", "\"1\" ", "\"sen"], "{:?}", error.problems);
}

#[test]
fn a_provision_that_names_itself_blames_no_other() {
    let itself = provision("practitioner", "require = 'is_gp'\ndeemed_by = [\"a\"]\n");
    let other = provision("practitioner", "require = 'is_gp'\n").replace("\"a\"", "\"b\"");
    for body in [format!("{itself}{other}"), format!("{other}{itself}")] {
        assert_eq!(problems(&body), ["a provision that depends on itself [contradiction]"]);
    }
}

#[test]
fn defines_in_a_circle_are_told_as_such() {
    let body = format!("[define]\na = 'b + 1'\nb = 'a + 1'\n{}", provision("practitioner", "require = 'is_gp'\n"));
    assert_eq!(problems(&body), ["`a` and `b` are defined by one another [contradiction]", "`b` and `a` are defined by one another [contradiction]"]);
    // A misspelt name beside a circle is none of it, and a define may bear the word of a field within.
    let body = format!("[define]\ncredits = 'total(activitys.credits)'\n{}", provision("practitioner", "require = 'is_gp'\n"));
    assert_eq!(problems(&body), ["no name `activitys` is known here [unknown_name]"]);
}

#[test]
fn a_misspelt_subject_of_a_fact_is_refused() {
    let fact = |subject: &str| format!("[[fact]]\nsubject = \"{subject}\"\nname = \"points\"\ntype = \"integer\"\n");
    let rest = provision("practitioner", "require = 'is_gp'\n");
    let found = problems(&format!("{}{rest}", fact("practicioner")));
    assert_eq!(found, ["no facts can be about `practicioner`, and no fact holds records of such a kind [unknown_name]"]);
    let holds_them = "[[fact]]\nsubject = \"practitioner\"\nname = \"list\"\ntype = \"list of practicioner\"\n";
    holds(&format!("{}{holds_them}{rest}", fact("practicioner")));
}

#[test]
fn a_date_without_its_mark_is_told_how_it_is_written() {
    let error = Policy::from_toml("p.toml", &format!("{HEAD}{}", provision("activity", "require = 'awarded_on in [2024-01-01..2024-12-31]'\n")))
        .expect_err("no dates");
    assert_eq!(error.problems[0].cure.as_deref(), Some("write a date as `@\"2024-01-31\"`"));
}

#[test]
fn what_is_given_as_a_number_meets_credits() {
    for (given, ty) in [("\"2.5\"", "decimal"), ("2", "integer")] {
        let decision = format!("[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\ngiven.threshold = \"{ty}\"\nall_of = [\"a\"]\n");
        let example = format!(
            "\n[[provision.example]]\nfacts.practitioner = {{ activities = [{{ credits = \"2.5\" }}] }}\ngiven.threshold = {given}\nas_of = 2024-02-28\nstatus = \"met\"\n"
        );
        holds(&format!("{}{example}{decision}", provision("practitioner", "require = 'total(activities.credits) >= given.threshold'\n")));
    }
}

#[test]
fn a_role_is_that_of_one_decision_whose_policy_says_so() {
    use medtrain::policy::{PolicySet, Role};
    let builtin = PolicySet::builtin().expect("the policies load");
    for (_, role) in Role::ALL {
        assert!(builtin.decision_for(role).is_ok(), "{}", role.code());
    }
    let decision = |role: &str| {
        format!(
            "{HEAD}{}[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nrole = \"{role}\"\nall_of = [\"a\"]\n",
            provision("practitioner", "require = 'is_gp'\n")
        )
    };
    assert_eq!(set(&[&decision("quotas")]).expect("it loads").decision_for(Role::Quotas).expect("the decision"), "d");
    let none = set(&[&decision("quotas")]).expect("it loads").decision_for(Role::Ranking).expect_err("none has it");
    assert_eq!(lines(&none.problems), ["no decision has the role `ranking` [missing]"]);
    let mut several = builtin;
    several.add("p.toml", &decision("quotas")).expect("it loads");
    let error = several.decision_for(Role::Quotas).expect_err("two have it");
    assert_eq!(error.problems[0].cure.as_deref(), Some("name one of d, zj-programme"));
    assert_eq!(problems(decision("quota").trim_start_matches(HEAD)), ["no role of a decision is called `quota` [unknown_code]"]);
}

#[test]
fn a_fact_that_is_told_more_than_its_type_has_is_refused() {
    let fact = |more: &str| {
        let declared = format!("[[fact]]\nsubject = \"practitioner\"\nname = \"mark\"\n{more}\n");
        problems(&provision("practitioner", "require = 'is_gp'\n").replacen("[[provision]]", &format!("{declared}\n[[provision]]"), 1))
    };
    assert_eq!(
        fact("type = \"text\"\nordered = true\nunit = \"day\""),
        ["`ordered` is said of codes alone [contradiction]", "`unit` is said of numbers alone [contradiction]"]
    );
    assert_eq!(fact("type = \"decimal\"\ncodes = [\"a\"]"), ["`codes` is said of codes alone [contradiction]"]);
    assert_eq!(fact("type = \"code\"\ncodes = [\"a\"]\nordered = true"), [""; 0]);
}

#[test]
fn a_record_that_facts_are_not_about_by_itself_has_examples_too() {
    let example = |facts: &str, status: &str| format!("[[provision.example]]\n{facts}\nas_of = 2024-06-30\nstatus = \"{status}\"\n");
    let about = |subject: &str, require: &str, examples: &str| problems(&provision(subject, &format!("require = '{require}'\n{examples}")));
    for (subject, field, other) in [("certificate", "no = \"1\"", "no = \"2\""), ("teaching", "kind = \"lecture\"", "kind = \"guidance\"")] {
        let examples = [
            example(&format!("facts.{subject} = {{ {field} }}"), "met"),
            example(&format!("facts.{subject} = {{ {other} }}"), "unmet"),
            example(&format!("facts.{subject} = {{}}"), "unknown"),
        ];
        assert_eq!(about(subject, field, &examples.concat()), [""; 0], "{subject}");
    }
    let missing = example("facts.pay = {}", "unknown").replace("status", "missing = [\"pay.base_pay\"]\nstatus");
    let with_owner = example("facts.pay = { base_pay = \"100\" }\nfacts.attachment = { full_time = true }", "met");
    assert_eq!(about("pay", "base_pay >= 100 and attachment.full_time", &with_owner), [""; 0]);
    assert_eq!(about("pay", "base_pay >= 100", &missing), [""; 0]);
    let wrong = example("facts.certificate = { nno = \"1\" }", "met");
    let told = about("certificate", "no != null", &wrong);
    assert!(told[0].starts_with("certificate.nno: "), "{told:?}");
}
