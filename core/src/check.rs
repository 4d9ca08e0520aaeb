//! The main job, end to end: every subject of a workbook, judged by one decision, ready to be reported.
//!
//! In come a register and a question; out go a verdict for each subject, and what reports and canonical JSON show of them.

use std::collections::HashSet;

use serde::Serialize;

use crate::account::Account;
use crate::evaluate::{PolicyReference, Question, Status, Verdict};
use crate::explain::{Labels, blocked_sentences, partial_words, questions, remedy_words};
use crate::facts::{Entity, Facts, is_identity_number};
use crate::hash;
use crate::lang::{Lang, Text};
use crate::policy::Policy;
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::remedy::Remedies;
use crate::render::{RenderError, Report, ReportProblem, ReportRow, SetAside, SheetSummary, Statement, statement};
use crate::workbook::{Listed, Note, Register, Severity};

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
    /// What can still be done, for each whom something is still open; empty where that was not asked for.
    remedies: Vec<Option<Remedies>>,
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
        return Err(Problem::new(ProblemCode::Contradiction, "decision", message).with_cure("read the workbook for this decision").into());
    };
    let total = register.subjects.len();
    let policies = question.policies();
    let has_own = policies.iter().any(|policy| !policy.facts.is_empty());
    let mut verdicts = Vec::with_capacity(total);
    for (done, listed) in register.subjects.iter_mut().enumerate() {
        if has_own {
            register.problems.extend(Policy::bind_subject(&policies, &mut listed.facts).into_iter().map(|problem| misfit(problem, &listed.place)));
        }
        verdicts.push(Verdict { known_on: register.known_on, ..question.evaluate_subject(&listed.facts) });
        if done % STEP == 0 {
            progress(done, total);
        }
    }
    progress(total, total);
    Ok(Checked {
        question,
        subject,
        register,
        verdicts,
        policy: question.policy_reference(),
        layers: question.layers(),
        labels: question.labels(),
        remedies: Vec::new(),
    })
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

    /// Adds what can still be done, for everyone who lacks something; `progress` is told how many of how many are done.
    #[must_use]
    pub fn with_remedies(mut self, progress: &mut dyn FnMut(usize, usize)) -> Self {
        let total = self.verdicts.len();
        for (done, (listed, verdict)) in self.register.subjects.iter().zip(&self.verdicts).enumerate() {
            let open = matches!(verdict.status, Status::Unmet | Status::Waivable | Status::Unknown);
            self.remedies.push(open.then(|| self.question.remedies(&listed.facts.clone().into())));
            progress(done + 1, total);
        }
        self
    }

    /// The first thing that each can do, in the order of the register; nothing where nothing is to be done, or was not asked for.
    fn first_steps(&self, lang: Lang) -> Vec<Option<String>> {
        let step = |(remedies, verdict): (&Option<Remedies>, &Verdict)| {
            let remedies = remedies.as_ref()?;
            let asked = || questions(verdict.missing.get(..1).unwrap_or_default(), self.question, lang).into_iter().next();
            let done = || remedy_words(remedies, self.question, lang).into_iter().next().map(|words| words.steps.into_iter().take(1).collect());
            let partly = || partial_words(remedies, self.question, lang).into_iter().next().and_then(|words| words.steps.into_iter().next());
            let hopeless = || blocked_sentences(remedies, self.question, lang).into_iter().next();
            if verdict.status == Status::Unknown { asked().or_else(done) } else { done() }.or_else(partly).or_else(hopeless)
        };
        self.remedies.iter().zip(&self.verdicts).map(step).collect()
    }

    /// The name of each subject's statement, in the order of the register: by its number, and never by its name.
    #[must_use]
    pub fn statement_names(&self) -> Vec<String> {
        let mut taken: HashSet<String> = HashSet::new();
        let name = |(listed, verdict): (&Listed, &Verdict)| {
            let safe = safe_name(listed.facts.number().or(verdict.subject_id.as_deref()), &listed.place);
            // Some file systems do not tell upper from lower case.
            let names = std::iter::once(safe.clone()).chain((2_usize..).map(|count| format!("{safe}-{count}")));
            let free = names.into_iter().find(|name| !taken.contains(&name.to_lowercase())).unwrap_or(safe);
            taken.insert(free.to_lowercase());
            format!("{free}.html")
        };
        self.register.subjects.iter().zip(&self.verdicts).map(name).collect()
    }

    /// The statement of each subject, in the order of the register.
    pub fn statements<'s>(&'s self, issuer: Option<&'s str>, lang: Lang) -> impl Iterator<Item = Result<String, RenderError>> + 's {
        let list = self.question.decision.records.as_ref().map_or("", |rules| rules.list);
        self.register.subjects.iter().map(move |listed| {
            let facts = Facts { known_on: self.register.known_on, ..listed.facts.clone().into() };
            let account = Account::of(self.question, &facts);
            statement(&Statement { account: &account, issuer, record_places: listed.places(list), lang })
        })
    }

    /// Canonical JSON: `{"verdicts": [..], "places": [..], "problems": [..]}`. The places are the first cells of the subjects' rows, in the order of the
    /// verdicts: of people without a number, nothing else tells which verdict is whose.
    #[must_use]
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Canonical<'a> {
            verdicts: &'a [Verdict],
            places: Vec<&'a str>,
            problems: &'a [Note],
        }
        let places = self.register.subjects.iter().map(|listed| listed.place.as_str()).collect();
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(&Canonical { verdicts: &self.verdicts, places, problems: &self.register.problems }).unwrap_or_default()
    }

    /// Lends a report in this language, under this title, to what renders it.
    pub fn with_report<T>(&self, title: &str, lang: Lang, render: impl FnOnce(&Report<'_>) -> T) -> T {
        let list = self.question.decision.records.as_ref().map_or("", |rules| rules.list);
        let first_steps = self.first_steps(lang);
        let rows = self.register.subjects.iter().zip(&self.verdicts).enumerate().map(|(place, (listed, verdict))| ReportRow {
            facts: &listed.facts,
            verdict,
            place: Some(&listed.place),
            record_places: listed.places(list),
            first: first_steps.get(place).and_then(Option::as_deref),
            statement: None,
        });
        let rows: Vec<ReportRow<'_>> = rows.collect();
        let problems: Vec<ReportProblem<'_>> = self.register.problems.iter().map(report_problem).collect();
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

/// A name for a file that says which subject it is about and not who that is: the number, where it is plain letters and digits; a hash of it, where
/// it may say more; the row, where there is none.
fn safe_name(number: Option<&str>, place: &str) -> String {
    const LONGEST: usize = 40;
    const HASHED: usize = 16;
    let Some(number) = number.map(str::trim).filter(|number| !number.is_empty()) else {
        let row: String = place.chars().rev().take_while(char::is_ascii_digit).collect();
        return format!("row-{}", row.chars().rev().collect::<String>());
    };
    let plain = number.len() <= LONGEST && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if plain && number.bytes().any(|byte| byte.is_ascii_digit()) && !is_identity_number(number) {
        return format!("no-{number}");
    }
    format!("hash-{}", hash::of(number.as_bytes()).get(..HASHED).unwrap_or_default())
}

/// A note as reports tell it.
pub(crate) fn report_problem(note: &Note) -> ReportProblem<'_> {
    ReportProblem {
        severity: note.severity,
        code: note.problem.code,
        places: if note.places.is_empty() { std::slice::from_ref(&note.problem.place) } else { &note.places },
        count: note.count,
        change: (note.before.as_deref(), note.after.as_deref()),
        text: Text { zh: &note.zh, en: &note.problem.message },
        cure: note.problem.cure.as_deref().map(|cure| Text { zh: note.zh_cure.as_deref().unwrap_or(cure), en: cure }),
    }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_statement_is_named_by_its_number_and_never_says_who_it_is_about() {
        for (number, name) in [("0007", "no-0007"), ("10300D", "no-10300D"), (" A-7_b ", "no-A-7_b"), ("CON1", "no-CON1")] {
            assert_eq!(safe_name(Some(number), "人员!5"), name);
        }
        // Names, identity numbers, paths and what no file system takes.
        for number in ["王小明", "zhangsan", "50010119900101123X", "500101900101123", "../../etc/1", "a/1", "1 2", &"9".repeat(41)] {
            let name = safe_name(Some(number), "人员!5");
            assert!(name.starts_with("hash-") && name.len() == 21, "{number}: {name}");
        }
        assert_eq!(safe_name(None, "人员!57"), "row-57");
        assert_eq!(safe_name(Some(" "), "人员!57"), "row-57");
    }
}
