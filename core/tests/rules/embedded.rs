//! Record-level provisions about something that a record holds: a project that fails earns no one credits.

use medtrain::evaluate::{Given, RecordLine, RecordState, Verdict};
use medtrain::explain::record_sentence;
use medtrain::lang::Lang;

use crate::written::{asked, day, problems, set};

const POLICY: &str = r#"
[policy]
id = "p"
number = "1"
issued = 2024-01-01

[[provision]]
id = "accepted"
article = "1"
subject = "activity"
modality = "shall"
require = 'electronic'
ledger = "not_electronic"

[[provision]]
id = "audited"
article = "2"
subject = "project"
modality = "shall"
from = 2024-02-01
require = 'fee_audited'
ledger = "project_fails"

  [[provision.detail]]
  name = "fee"
  value = 'fee'

  [[provision.example]]
  facts.project.fee_audited = false
  as_of = 2024-06-01
  status = "unmet"

[[provision]]
id = "credits"
article = "3"
subject = "practitioner"
modality = "shall"
require = 'total(activities[admissible].credits) >= 10'

[[decision]]
id = "ask"
subject = "practitioner"
records = ["accepted", "audited"]
all_of = ["credits"]
"#;

fn judge(activities: &str, as_of: &str) -> Verdict {
    asked(POLICY, &format!(r#"{{"practitioner": {{"activities": {activities}}}}}"#), as_of).expect("facts")
}

fn excluded_by(line: &RecordLine) -> Vec<(&str, &str)> {
    line.excluded_by.iter().map(|by| (by.provision.as_str(), by.code.as_str())).collect()
}

#[test]
fn a_project_that_fails_excludes_the_record_of_everyone_who_took_part() {
    let verdict = judge(
        r#"[{"credits": "10", "electronic": true, "project": {"fee_audited": false, "fee": "300"}},
            {"credits": "9", "electronic": true, "project": {"fee_audited": true}}]"#,
        "2024-06-01",
    );
    assert_eq!(verdict.status.code(), "unmet");
    assert_eq!(verdict.findings[0].actual.as_deref(), Some("9"));
    assert_eq!(excluded_by(&verdict.records[0]), [("audited", "project_fails")]);
    assert_eq!(verdict.records[0].details[0].value.as_deref(), Some("300"));
    assert_eq!((verdict.records[1].state, excluded_by(&verdict.records[1])), (RecordState::Counted, vec![]));
}

#[test]
fn every_provision_that_excludes_a_record_is_named() {
    let verdict = judge(r#"[{"credits": "10", "electronic": false, "project": {"fee_audited": false}}]"#, "2024-06-01");
    assert_eq!(excluded_by(&verdict.records[0]), [("accepted", "not_electronic"), ("audited", "project_fails")]);
}

#[test]
fn a_record_without_a_project_is_not_concerned() {
    for activities in [r#"[{"credits": "10", "electronic": true}]"#, r#"[{"credits": "10", "electronic": true, "project": null}]"#] {
        let verdict = judge(activities, "2024-06-01");
        assert_eq!((verdict.status.code(), verdict.records[0].state), ("met", RecordState::Counted));
        assert_eq!(verdict.records[0].details[0].value, None);
    }
}

#[test]
fn a_project_of_which_nobody_told_us_leaves_its_record_open_and_is_what_is_missing() {
    let verdict = judge(r#"[{"credits": "1", "electronic": true}, {"credits": "9.5", "electronic": true, "unknown": ["project"]}]"#, "2024-06-01");
    let missing = ["practitioner.activities[1].project"];
    assert_eq!((verdict.status.code(), verdict.records[1].state), ("unknown", RecordState::Unknown));
    assert_eq!(verdict.missing, missing);
    assert_eq!(verdict.records[1].missing, missing);
}

#[test]
fn a_missing_fact_of_a_project_has_its_whole_path() {
    let verdict = judge(r#"[{"credits": "10", "electronic": true, "project": {"fee": "300"}}]"#, "2024-06-01");
    assert_eq!(verdict.status.code(), "unknown");
    assert_eq!(verdict.missing, ["practitioner.activities[0].project.fee_audited"]);
    assert_eq!(excluded_by(&verdict.records[0]), [("audited", "project_fails")], "it could");
}

#[test]
fn a_provision_that_is_not_in_force_excludes_nothing() {
    let verdict = judge(r#"[{"credits": "10", "electronic": true, "project": {"fee_audited": false}}]"#, "2024-01-31");
    assert_eq!((verdict.status.code(), verdict.records[0].state), ("met", RecordState::Counted));
}

/// The problems of a policy with one more provision and a decision that asks it of records.
fn refused(provision: &str, decision: &str) -> Vec<String> {
    let text = format!(
        "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n[[provision]]\nid = \"x\"\narticle = \"1\"\nmodality = \"shall\"\n{provision}\n\
         [[provision]]\nid = \"pass\"\narticle = \"1\"\nmodality = \"may\"\nsubject = \"practitioner\"\n\
         [[provision]]\nid = \"of-trainees\"\narticle = \"1\"\nmodality = \"may\"\nsubject = \"trainee\"\n\
         [[provision]]\nid = \"of-attachments\"\narticle = \"1\"\nmodality = \"may\"\nsubject = \"attachment\"\n\
         [[decision]]\nid = \"d\"\n{decision}\n"
    );
    problems(&text)
}

#[test]
fn what_a_record_holds_twice_is_refused() {
    let institution = "subject = \"institution\"\nrequire = 'has_info_system'";
    let found = refused(institution, "subject = \"practitioner\"\nrecords = [\"x\"]\nall_of = [\"pass\"]");
    assert_eq!(
        found,
        [
            "`x` is about `institution`, and the records of a `practitioner` hold several: `attachments.sending_institution`, `attachments.host_institution` [contradiction]"
        ]
    );
}

#[test]
fn what_no_record_holds_is_refused() {
    let region = "subject = \"region\"\nrequire = 'name != null'";
    let found = refused(region, "subject = \"practitioner\"\nrecords = [\"x\"]\nall_of = [\"pass\"]");
    assert_eq!(found, ["`x` is about `region`, and a `practitioner` has no list of it, and none whose records hold one [contradiction]"]);
    let project = "subject = \"project\"\nrequire = 'fee_audited'";
    let found = refused(project, "subject = \"practitioner\"\nrecords = [\"of-attachments\", \"x\"]\nall_of = [\"pass\"]");
    assert_eq!(found, ["the record-level provisions of a decision judge one list [contradiction]"]);
}

#[test]
fn a_provision_that_reads_another_owner_is_refused() {
    let project = "subject = \"project\"\nrequire = 'fee_audited or region.name = \"x\"'";
    let found = refused(project, "subject = \"practitioner\"\nrecords = [\"x\"]\nall_of = [\"pass\"]");
    assert_eq!(found, ["`x` reads facts of the `region` around its `project`, which here stands elsewhere [contradiction]"]);
    let attachment = |condition: &str| format!("subject = \"attachment\"\nrequire = '{condition}'");
    let of_trainees = "subject = \"trainee\"\nrecords = [\"x\"]\nall_of = [\"of-trainees\"]";
    assert_eq!(refused(&attachment("full_time"), of_trainees), [""; 0]);
    let found = refused(&attachment("full_time and practitioner.is_gp"), of_trainees);
    assert_eq!(found, ["`x` reads facts of the `practitioner` around its `attachment`, which here stands elsewhere [contradiction]"]);
}

#[test]
fn a_record_that_fails_a_provision_without_a_code_is_told_by_its_name_and_as_refused_by_nobody() {
    let named =
        POLICY.replace("ledger = \"not_electronic\"", "name_zh = \"电子学分\"\nname_en = \"electronic credits\"\nen = \"Credits are electronic.\"");
    let set = set(&[&named]).expect("a policy");
    let facts = set.facts_from_json("ask", r#"{"practitioner": {"activities": [{"credits": "10", "electronic": false}]}}"#).expect("facts");
    let question = set.ask("ask", &Given::new(), day("2024-06-01")).expect("a question");
    let verdict = question.evaluate(&facts);
    assert_eq!(excluded_by(&verdict.records[0]), [("accepted", "not_fulfilled")]);
    let told = [Lang::Zh, Lang::En].map(|lang| record_sentence(&verdict.records[0], &question.labels(), lang));
    assert_eq!(told, ["未计入：不符合「电子学分」（1）", "not counted: electronic credits not fulfilled. Credits are electronic (1)"]);
}
