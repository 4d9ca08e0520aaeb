//! The main job, end to end: everyone of a workbook, judged by one decision, ready to be reported.
//!
//! In come a register and a question; out go a verdict for each person, and what reports and canonical JSON show of them.

use serde::Serialize;

use crate::evaluate::{PolicyReference, Question, Verdict};
use crate::explain::Labels;
use crate::facts::{Entity, Facts, Practitioner, Vocabulary};
use crate::lang::{Lang, Text};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::render::{Report, ReportProblem, ReportRow, SetAside, SheetSummary};
use crate::workbook::{Note, Register};

/// A register in which everyone was judged.
#[derive(Debug)]
pub struct Checked<'q> {
    question: &'q Question<'q>,
    register: Register,
    verdicts: Vec<Verdict>,
    policy: PolicyReference,
    layers: Vec<PolicyReference>,
    labels: Labels,
}

/// Judges everyone of a register; `progress` is told how many of how many are done.
///
/// # Errors
/// The decision is not asked of practitioners, who are what a workbook holds.
pub fn check<'q>(question: &'q Question<'q>, register: Register, progress: &mut dyn FnMut(usize, usize)) -> Result<Checked<'q>, TrainingError> {
    const STEP: usize = 256;
    let entity = Practitioner::ENTITY;
    if question.subject() != entity.name {
        let message = format!("`{}` is asked of a {}, and a workbook holds {}s", question.decision(), question.subject(), entity.name);
        return Err(Problem::new(ProblemCode::Contradiction, "decision", message).into());
    }
    let mut register = register;
    let total = register.people.len();
    let mut verdicts = Vec::with_capacity(total);
    for (done, person) in register.people.iter_mut().enumerate() {
        // A person is lent to the facts for as long as they are judged: a register may hold many records.
        let facts = Facts::from(std::mem::take(&mut person.facts));
        verdicts.push(question.evaluate(&facts));
        person.facts = facts.practitioner.unwrap_or_default();
        if done % STEP == 0 {
            progress(done, total);
        }
    }
    progress(total, total);
    Ok(Checked { question, register, verdicts, policy: question.policy_reference(), layers: question.layers(), labels: question.labels() })
}

impl Checked<'_> {
    /// One verdict for each person, in the order of the register.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// What the workbook said.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// Canonical JSON: `{"verdicts": [..], "problems": [..]}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Canonical<'a> {
            verdicts: &'a [Verdict],
            problems: &'a [Note],
        }
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(&Canonical { verdicts: &self.verdicts, problems: &self.register.problems }).unwrap_or_default()
    }

    /// Lends a report in this language, under this title, to what renders it.
    pub fn with_report<T>(&self, title: &str, lang: Lang, render: impl FnOnce(&Report<'_>) -> T) -> T {
        let people = self.register.people.iter().zip(&self.verdicts).map(|(person, verdict)| ReportRow {
            facts: &person.facts,
            verdict,
            place: Some(&person.place),
            record_places: &person.activity_places,
        });
        let people: Vec<ReportRow<'_>> = people.collect();
        let problems: Vec<ReportProblem<'_>> = self.register.problems.iter().flat_map(report_problems).collect();
        let set_aside = self
            .register
            .sheets
            .iter()
            .map(|sheet| sheet.set_aside.iter().map(|s| SetAside { reason: Text { zh: &s.zh, en: &s.reason }, rows: s.rows }).collect());
        let set_aside: Vec<Vec<SetAside<'_>>> = set_aside.collect();
        let sheets = self.register.sheets.iter().zip(&set_aside).map(|(sheet, set_aside)| SheetSummary {
            name: &sheet.name,
            holds: sheet.entity.map_or(Text { zh: "说明，未读取", en: "not data" }, label_of),
            read: sheet.rows,
            used: sheet.used,
            set_aside,
        });
        let sheets: Vec<SheetSummary<'_>> = sheets.collect();
        render(&Report {
            title,
            question: self.question.text(),
            document: self.question.document(),
            policy: &self.policy,
            layers: &self.layers,
            as_of: self.question.as_of(),
            given: self.question.given(),
            labels: &self.labels,
            people: &people,
            problems: &problems,
            sheets: &sheets,
            lang,
        })
    }
}

/// A note in each of its places.
fn report_problems(note: &Note) -> impl Iterator<Item = ReportProblem<'_>> {
    let text = Text { zh: &note.zh, en: &note.problem.message };
    let cure = note.problem.cure.as_deref().map(|cure| Text { zh: cure, en: cure });
    let places = if note.places.is_empty() { std::slice::from_ref(&note.problem.place) } else { note.places.as_slice() };
    places.iter().map(move |place| ReportProblem { severity: note.severity, code: note.problem.code, place, text, cure })
}

fn label_of(entity: &str) -> Text<'static> {
    let all: &[&'static Entity] =
        &[Practitioner::ENTITY, crate::facts::Activity::ENTITY, crate::facts::Attachment::ENTITY, crate::facts::Certificate::ENTITY];
    all.iter().find(|e| e.name == entity).map_or(Text { zh: "", en: "" }, |e| Text { zh: e.zh, en: e.en })
}
