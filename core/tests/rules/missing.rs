//! Which facts an open result names: those that can still change it, and the most useful first.

use medtrain::evaluate::Verdict;

use crate::written::asked;

/// The verdict about provisions, of which all are asked, and with `any_of` one of the others.
fn ask(provisions: &str, all_of: &str, any_of: &str, facts: &str) -> Verdict {
    let subject = if provisions.contains("subject = \"institution\"") { "institution" } else { "practitioner" };
    let policy = format!(
        "[policy]\nid = \"m\"\nnumber = \"1\"\nissued = 2024-01-01\n{provisions}\n\
         [[decision]]\nid = \"ask\"\nsubject = \"{subject}\"\nall_of = [{all_of}]\nany_of = [{any_of}]\n"
    );
    asked(&policy, facts, "2024-06-01").expect("usable facts")
}

fn provision(id: &str, subject: &str, modality: &str, rest: &str) -> String {
    format!("[[provision]]\nid = \"{id}\"\narticle = \"1\"\nsubject = \"{subject}\"\nmodality = \"{modality}\"\n{rest}\n")
}

/// What one provision about an institution names.
fn named(rest: &str, facts: &str) -> Vec<String> {
    let provisions = provision("p", "institution", "shall", rest) + &provision("q", "institution", "shall", "require = 'has_info_system'");
    let verdict = ask(&provisions, "\"p\"", "", &format!(r#"{{"institution": {facts}}}"#));
    verdict.findings[0].missing.iter().map(|path| path.trim_start_matches("institution.").to_owned()).collect()
}

/// The same of one about a practitioner's activities.
fn named_of_activities(require: &str, activities: &str) -> Vec<String> {
    let provisions = provision("p", "practitioner", "shall", &format!("require = '{require}'"));
    let verdict = ask(&provisions, "\"p\"", "", &format!(r#"{{"practitioner": {{"activities": {activities}}}}}"#));
    verdict.findings[0].missing.iter().map(|path| path.trim_start_matches("practitioner.activities").to_owned()).collect()
}

#[test]
fn a_requirement_that_fails_anyway_leaves_only_whether_it_concerns_the_subject() {
    let rule = "when = 'is_grassroots'\nrequire = 'staff_count >= 10 and cme_admin_count >= 1'";
    assert_eq!(named(rule, r#"{"staff_count": 5}"#), ["is_grassroots"]);
    assert_eq!(named(rule, r#"{"staff_count": 10}"#), ["is_grassroots", "cme_admin_count"]);
}

#[test]
fn a_part_that_only_advises_names_nothing() {
    let parts = "[[provision.part]]\nid = \"a\"\nmodality = \"shall\"\nrequire = 'has_info_system'\n\
                 [[provision.part]]\nid = \"b\"\nmodality = \"encouraged\"\nrequire = 'cme_admin_count >= 3'";
    assert_eq!(named(parts, "{}"), ["has_info_system"]);
}

#[test]
fn a_side_that_cannot_hold_is_not_asked_beside_one_that_can() {
    // Without its number it is null, with any number false: either way it does not hold.
    let rule = "require = 'staff_count < 0 or has_info_system'";
    assert_eq!(named(rule, "{}"), ["has_info_system"]);
    let negated = "require = 'not(staff_count >= 0) or has_info_system'";
    assert_eq!(named(negated, "{}"), ["has_info_system"]);
}

#[test]
fn beside_an_error_what_is_false_and_what_is_null_are_two() {
    let rule = "require = 'staff_count / cme_admin_count >= 1 and (if is_grassroots then false else null)'";
    assert_eq!(named(rule, r#"{"staff_count": 1, "cme_admin_count": 0}"#), ["is_grassroots"]);
    let negated = "require = 'not(staff_count / cme_admin_count < 1 or (if is_grassroots then true else null))'";
    assert_eq!(named(negated, r#"{"staff_count": 1, "cme_admin_count": 0}"#), ["is_grassroots"]);
}

#[test]
fn a_relaxation_is_asked_for_only_where_a_failure_would_bind() {
    let relaxed = "relax = { name = \"small\", when = 'is_grassroots' }\nrequire = 'has_info_system'";
    assert_eq!(named(relaxed, "{}"), ["has_info_system", "is_grassroots"]);
    let provisions = provision("p", "institution", "principle", relaxed);
    let verdict = ask(&provisions, "\"p\"", "", r#"{"institution": {}}"#);
    assert_eq!(verdict.findings[0].missing, ["institution.has_info_system"]);
}

#[test]
fn what_is_deemed_to_be_met_is_asked_for_only_where_it_can_be() {
    let rule = "when = 'is_grassroots'\nrequire = 'staff_count >= 10'\ndeemed_by = [\"q\"]";
    assert_eq!(named(rule, r#"{"has_info_system": true}"#), ["is_grassroots"]);
    assert_eq!(named(rule, r#"{"has_info_system": false}"#), ["is_grassroots", "staff_count"]);
    assert_eq!(named(rule, "{}"), ["is_grassroots", "staff_count", "has_info_system"]);
}

#[test]
fn of_alternatives_one_that_cannot_help_is_not_asked() {
    let provisions = provision("a", "institution", "principle", "require = 'has_info_system'")
        + &provision("b", "institution", "principle", "require = 'staff_count >= 10'")
        + &provision("c", "institution", "shall", "require = 'is_grassroots'");
    let facts = r#"{"institution": {"staff_count": 5}}"#;
    // One in principle fails already: another cannot make it worse, and only the binding one can.
    let verdict = ask(&provisions, r#""a", "b", "c""#, "", facts);
    assert_eq!((verdict.status.code(), verdict.missing), ("unknown", vec!["institution.is_grassroots".to_owned()]));
    assert_eq!(verdict.findings[0].missing, ["institution.has_info_system"], "for itself it is still open");
    let verdict = ask(&provisions, r#""a", "b""#, "\"c\"", facts);
    assert_eq!((verdict.status.code(), verdict.missing), ("unknown", vec!["institution.is_grassroots".to_owned()]));
    let combined = provisions + &provision("d", "institution", "shall", "all_of = [\"a\", \"b\", \"c\"]");
    let verdict = ask(&combined, "\"d\"", "", facts);
    assert_eq!(verdict.findings[0].missing, ["institution.is_grassroots"]);
}

#[test]
fn a_record_that_cannot_change_the_total_is_not_asked_about() {
    let total = "total(activities[electronic and job_related].credits) >= 5";
    assert_eq!(named_of_activities(total, r#"[{"credits": "0"}, {"credits": "9", "electronic": true}]"#), ["[1].job_related"]);
    assert_eq!(
        named_of_activities(total, r#"[{"electronic": false, "credits": "9"}, {"job_related": false}, {"credits": "5"}]"#),
        ["[2].electronic", "[2].job_related"]
    );
    assert_eq!(
        named_of_activities("total(activities[electronic][job_related].credits) >= 5", r#"[{"job_related": false}, {"electronic": true}]"#),
        ["[1].job_related", "[1].credits"]
    );
}

#[test]
fn a_record_whose_test_comes_out_the_same_is_not_asked_about() {
    let some = "some a in activities[electronic] satisfies a.credits >= 5";
    assert_eq!(named_of_activities(some, r#"[{"credits": "3"}, {"credits": "6"}]"#), ["[1].electronic"]);
    let every = "every a in activities[electronic] satisfies a.credits >= 5";
    assert_eq!(named_of_activities(every, r#"[{"credits": "3"}, {"credits": "6"}]"#), ["[0].electronic"]);
    let contains = "list contains(activities[electronic].activity_no, \"a\") or 3 in activities[electronic].hours";
    assert_eq!(named_of_activities(contains, r#"[{"activity_no": "a", "hours": "2"}, {"activity_no": "b", "hours": "1"}]"#), ["[0].electronic"]);
}

#[test]
fn the_fact_that_decides_by_itself_is_asked_for_first() {
    let provisions = provision("p", "institution", "shall", "when = 'is_grassroots'\nrequire = 'staff_count >= 10 or cme_admin_count >= 1'")
        + &provision("q", "institution", "shall", "require = 'has_info_system'");
    let verdict = ask(&provisions, r#""p", "q""#, "", r#"{"institution": {}}"#);
    // Without an information system it is unmet; none of the others decides alone.
    assert_eq!(verdict.missing.first().map(String::as_str), Some("institution.has_info_system"));
    assert_eq!(verdict.missing.len(), 4);
}

#[test]
fn of_several_records_the_one_that_would_do_is_asked_for_first() {
    let provisions = provision("p", "practitioner", "shall", "require = 'total(activities[electronic].credits) >= 10'");
    let facts = r#"{"practitioner": {"activities": [{"credits": "3"}, {"credits": "4"}, {"credits": "12"}, {"credits": "6"}]}}"#;
    let verdict = ask(&provisions, "\"p\"", "", facts);
    let records: Vec<_> = verdict.missing.iter().map(String::as_str).collect();
    assert_eq!(records[0], "practitioner.activities[2].electronic");
    assert_eq!(
        records[1..],
        ["practitioner.activities[0].electronic", "practitioner.activities[1].electronic", "practitioner.activities[3].electronic"]
    );
}

#[test]
fn a_fact_of_a_record_that_the_policy_declares_is_named_with_its_place() {
    let facts = r#"
[[fact]]
subject = "practitioner"
name = "postings"
type = "list of posting"

[[fact]]
subject = "posting"
name = "town"
type = "place"

[[fact]]
subject = "posting"
name = "till"
type = "date"

[[fact]]
subject = "place"
name = "is_remote"
type = "boolean"

[[fact]]
subject = "activity"
name = "room"
type = "place"
"#;
    let found = |require: &str, facts_given: &str| {
        let provisions = format!("{facts}{}", provision("p", "practitioner", "shall", &format!("require = '{require}'")));
        ask(&provisions, "\"p\"", "", &format!(r#"{{"practitioner": {facts_given}}}"#)).missing
    };
    let two = r#"{"extra": {"postings": [{"till": "2020-01-01", "town": {}}, {}]}}"#;
    assert_eq!(found("some one in postings satisfies one.till >= date(2024, 1, 1)", two), ["practitioner.extra.postings[1].till"]);
    assert_eq!(found("count(postings[till >= date(2024, 1, 1)]) >= 1", two), ["practitioner.extra.postings[1].till"]);
    assert_eq!(found("postings[1].town.is_remote", two), ["practitioner.extra.postings[0].town.is_remote"]);
    assert_eq!(found("postings[2].town.is_remote", two), ["practitioner.extra.postings[1].town"]);
    let room = r#"{"activities": [{"extra": {"room": {}}}]}"#;
    assert_eq!(found("activities[1].room.is_remote", room), ["practitioner.activities[0].extra.room.is_remote"]);
    assert_eq!(found("count(postings[till > as_of]) = 0", "{}"), ["practitioner.extra.postings"]);
}
