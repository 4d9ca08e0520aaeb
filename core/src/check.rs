//! The main job, end to end: every subject of a workbook, judged by one decision, ready to be reported.
//!
//! In come a register and a question; out go a verdict for each subject, and what reports and canonical JSON show of them.

use serde::Serialize;

use crate::evaluate::{PolicyReference, Question, Verdict};
use crate::explain::Labels;
use crate::facts::{Entity, Facts};
use crate::lang::{Lang, Text};
use crate::policy::Policy;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::render::{Report, ReportProblem, ReportRow, SetAside, SheetSummary};
use crate::workbook::{Note, Register, Severity};

/// A register in which every subject was judged.
#[derive(Debug)]
pub struct Checked<'q> {
    question: &'q Question<'q>,
    subject: &'static Entity,
    register: Register,
    verdicts: Vec<Verdict>,
    policy: PolicyReference,
    layers: Vec<PolicyReference>,
    labels: Labels,
}

/// Judges every subject of a register; `progress` is told how many of how many are done.
///
/// # Errors
/// The decision is asked of another kind of subject than the register was read for.
pub fn check<'q>(question: &'q Question<'q>, register: Register, progress: &mut dyn FnMut(usize, usize)) -> Result<Checked<'q>, TrainingError> {
    const STEP: usize = 256;
    let mut register = register;
    let other = register.subjects.iter().map(|listed| listed.facts.entity()).find(|entity| entity.name != question.subject());
    let subject = Facts::SUBJECTS.iter().find(|entity| entity.name == question.subject());
    let Some(subject) = subject.filter(|_| other.is_none()) else {
        let holds = other.map_or("none", |entity| entity.name);
        let message = format!("`{}` is asked of a {}, and the register holds a {holds}", question.decision(), question.subject());
        return Err(Problem::new(ProblemCode::Contradiction, "decision", message).into());
    };
    let total = register.subjects.len();
    let policies = question.policies();
    let has_own = policies.iter().any(|policy| !policy.facts.is_empty());
    let mut verdicts = Vec::with_capacity(total);
    for (done, listed) in register.subjects.iter_mut().enumerate() {
        if has_own {
            register.problems.extend(Policy::bind_subject(&policies, &mut listed.facts).into_iter().map(|problem| misfit(problem, &listed.place)));
        }
        verdicts.push(question.evaluate_subject(&listed.facts));
        if done % STEP == 0 {
            progress(done, total);
        }
    }
    progress(total, total);
    Ok(Checked { question, subject, register, verdicts, policy: question.policy_reference(), layers: question.layers(), labels: question.labels() })
}

/// A fact of the policy's own that its declaration does not take.
fn misfit(problem: Problem, place: &str) -> Note {
    let zh = "本政策自定义的内容与其声明不符".to_owned();
    Note {
        severity: Severity::Suspect,
        zh,
        zh_cure: None,
        before: None,
        after: None,
        count: 1,
        places: vec![place.to_owned()],
        problem: Problem { place: place.to_owned(), ..problem },
    }
}

impl Checked<'_> {
    /// One verdict for each subject, in the order of the register.
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
        let list = self.question.decision.records.as_ref().map_or("", |rules| rules.list);
        let rows = self.register.subjects.iter().zip(&self.verdicts).map(|(listed, verdict)| ReportRow {
            facts: &listed.facts,
            verdict,
            place: Some(&listed.place),
            record_places: listed.places(list),
        });
        let rows: Vec<ReportRow<'_>> = rows.collect();
        let problems: Vec<ReportProblem<'_>> = self.register.problems.iter().flat_map(report_problems).collect();
        let set_aside = self
            .register
            .sheets
            .iter()
            .map(|sheet| sheet.set_aside.iter().map(|s| SetAside { reason: Text { zh: &s.zh, en: &s.reason }, rows: s.rows }).collect());
        let set_aside: Vec<Vec<SetAside<'_>>> = set_aside.collect();
        let sheets = self.register.sheets.iter().zip(&set_aside).map(|(sheet, set_aside)| SheetSummary {
            name: &sheet.name,
            holds: match (&sheet.zh, &sheet.en) {
                (Some(zh), Some(en)) => Text { zh, en },
                _ => Text { zh: "说明，未读取", en: "not data" },
            },
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
            subject: self.subject,
            rows: &rows,
            problems: &problems,
            sheets: &sheets,
            lang,
        })
    }
}

/// A note in each of its places.
fn report_problems(note: &Note) -> impl Iterator<Item = ReportProblem<'_>> {
    let text = Text { zh: &note.zh, en: &note.problem.message };
    let cure = note.problem.cure.as_deref().map(|cure| Text { zh: note.zh_cure.as_deref().unwrap_or(cure), en: cure });
    let places = if note.places.is_empty() { std::slice::from_ref(&note.problem.place) } else { note.places.as_slice() };
    places.iter().map(move |place| ReportProblem { severity: note.severity, code: note.problem.code, place, text, cure })
}
