//! The ways that remedies find, in policies of a few lines: what is told of them, and that it comes true.

use medtrain::evaluate::Given;
use medtrain::remedy::{Remedies, Step};
use serde_json::{Value as Json, json};

use crate::written::{day, set};

const TODAY: &str = "2024-06-01";

/// A policy whose decision asks all of some conditions of a subject.
#[derive(Clone, Copy)]
struct Rules<'t> {
    subject: &'t str,
    /// Facts of its own, as a policy declares them.
    own: &'t [&'t str],
    /// What is asked of each record.
    records: &'t [&'t str],
    all_of: &'t [&'t str],
}

/// A policy about practitioners without facts of its own.
const PRACTITIONER: Rules<'static> = Rules { subject: "practitioner", own: &[], records: &[], all_of: &[] };

impl Rules<'_> {
    fn written(&self) -> String {
        let provision = |id: &str, subject: &str, require: &str| {
            format!("[[provision]]\nid = \"{id}\"\narticle = \"1\"\nsubject = \"{subject}\"\nmodality = \"shall\"\nrequire = '{require}'\n")
        };
        let names = |kind: char, all: &[&str]| -> Vec<String> { (1..=all.len()).map(|place| format!("{kind}{place}")).collect() };
        let (records, asked) = (names('r', self.records), names('a', self.all_of));
        let facts = self.own.iter().map(|fact| format!("[[fact]]\n{fact}\nzh = \"事\"\nen = \"fact\"\n"));
        let of_records = records.iter().zip(self.records).map(|(id, require)| provision(id, "activity", require));
        let of_subject = asked.iter().zip(self.all_of).map(|(id, require)| provision(id, self.subject, require));
        format!(
            "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2020-01-01\n{}[[decision]]\nid = \"ask\"\nsubject = \"{}\"\nrecords = {records:?}\nall_of = {asked:?}\n",
            facts.chain(of_records).chain(of_subject).collect::<String>(),
            self.subject
        )
    }

    /// What can still be done, each remedy carried out and judged again.
    fn told(&self, facts: &Json) -> Remedies {
        let set = set(&[&self.written()]).expect("it loads");
        let question = set.ask("ask", &Given::new(), day(TODAY)).expect("a question");
        let facts = question.facts_from_json(&json!({ self.subject: facts }).to_string()).expect("usable facts");
        let told = question.remedies(&facts);
        for remedy in told.remedies.iter().chain(&told.partial) {
            let then = question.apply(&facts, remedy).expect("it can be carried out");
            let verdict = set.evaluate("ask", &then, &Given::new(), remedy.from.unwrap_or(day(TODAY))).expect("a verdict");
            assert_eq!(verdict.status, remedy.gives, "{remedy:?}");
        }
        told
    }
}

/// Each remedy, of one new record: the values of its fields, without those that add nothing.
fn records(told: &Remedies) -> Vec<Vec<(&str, &str)>> {
    let mut all = Vec::new();
    for remedy in &told.remedies {
        let [Step::AddRecord { fields, .. }] = remedy.steps.as_slice() else { unreachable!("one record, and not {remedy:?}") };
        all.push(fields.iter().map(|field| (field.field.as_str(), field.value.as_str())).filter(|(_, value)| *value != "0").collect());
    }
    all
}

#[test]
fn what_a_cap_counts_is_kept_out_of_new_records() {
    let capped = |cap: &str, own: &[&str], there: &Json| {
        let of = ["total(activities.credits) >= 20", cap];
        Rules { own, all_of: &of, ..PRACTITIONER }.told(&json!({ "activities": [there] }))
    };
    let self_study = json!({ "credits": "4", "form": "self_study" });
    for cap in [
        "total(activities[form = \"self_study\"].credits) <= 5",
        "total(for a in activities return if a.form = \"self_study\" then a.credits else 0) <= 5",
        "total(activities[form = \"self_study\"].credits) <= total(activities.credits) * 0.2",
        "count(activities[form = \"self_study\"]) <= 1",
    ] {
        let told = capped(cap, &[], &self_study);
        assert_eq!(records(&told), [[("form", "face_to_face"), ("credits", "16")]], "{cap}: {told:?}");
    }
    let lecture = json!({ "credits": "4", "form": "lecture" });
    for none in ["every a in activities satisfies a.form != \"self_study\"", "not(some a in activities satisfies a.form = \"self_study\")"] {
        let told = capped(none, &[], &lecture);
        assert_eq!(records(&told), [[("form", "face_to_face"), ("credits", "16")]], "{none}: {told:?}");
    }
    let graded = ["subject = \"activity\"\nname = \"grade\"\ntype = \"code\"\ncodes = [\"a\", \"b\", \"c\"]\nordered = true\nattainable = true"];
    let told = capped("total(activities[grade = \"a\"].credits) <= 5", &graded, &json!({ "credits": "5", "extra": { "grade": "a" } }));
    assert_eq!(records(&told), [[("credits", "15"), ("extra.grade", "b")]], "{told:?}");
}
