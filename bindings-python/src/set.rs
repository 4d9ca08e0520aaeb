//! Policies that are asked together, as Python holds them. They never change: what adds to them gives a new set, so any number of threads share one.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use medtrain::account::Account;
use medtrain::evaluate::Question;
use medtrain::explain::{remedy_sentences, what_if_sentences, why};
use medtrain::policy::{Policy, PolicyFile, PolicySet as Core, Role, lint};
use medtrain::problem::{Problem, ProblemCode, TrainingError};
use medtrain::receipt::Receipt;
use medtrain::region::RegionDecisions;
use medtrain::render::{self, Statement};
use medtrain::what_if::WhatIf;
use medtrain::workbook::template;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::error::{checked, raised, refused};
use crate::question::{Asked, with_facts};
use crate::region::{Input, RegionPages, Standings};
use crate::tables::{self, TableVerdicts};
use crate::verdict::{HeldVerdict, lang_of, verdict};
use crate::workbook::CheckedWorkbook;
use crate::write::object;

/// Policies that are asked together: the built-in ones, and those of files.
#[pyclass(module = "medtrain", frozen)]
pub(crate) struct PolicySet {
    set: Arc<Core>,
    sources: Sources,
}

/// What a set was loaded from.
#[derive(Clone, Default)]
struct Sources {
    builtin: bool,
    without: Vec<String>,
    files: Vec<(String, String)>,
}

impl Sources {
    fn load(self) -> Result<PolicySet, TrainingError> {
        let without: Vec<&str> = self.without.iter().map(String::as_str).collect();
        let mut set = if self.builtin { Core::builtin_without(&without)? } else { Core::empty() };
        for (name, text) in &self.files {
            set.add(name, text)?;
        }
        Ok(PolicySet { set: Arc::new(set), sources: self })
    }
}

#[pymethods]
impl PolicySet {
    /// The built-in policies.
    #[staticmethod]
    fn builtin(py: Python<'_>) -> PyResult<Py<Self>> {
        static BUILTIN: PyOnceLock<Py<PolicySet>> = PyOnceLock::new();
        let load = || Py::new(py, checked(py, Sources { builtin: true, ..Sources::default() }.load())?);
        BUILTIN.get_or_try_init(py, load).map(|set| set.clone_ref(py))
    }

    /// No policies.
    #[staticmethod]
    fn empty(py: Python<'_>) -> PyResult<Self> {
        checked(py, Sources::default().load())
    }

    /// This set with a policy from the text of its file, or a further version of one.
    fn load_text(&self, py: Python<'_>, name: String, text: String) -> PyResult<Self> {
        let mut sources = self.sources.clone();
        sources.files.push((name, text));
        checked(py, py.detach(|| sources.load()))
    }

    /// This set with a policy from a file, or a further version of one.
    fn load_file(&self, py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let (name, text) = text_of(py, &path)?;
        self.load_text(py, name, text)
    }

    /// This set without these built-in policies.
    #[pyo3(signature = (*ids))]
    fn without(&self, py: Python<'_>, ids: Vec<String>) -> PyResult<Self> {
        let mut sources = self.sources.clone();
        sources.without.extend(ids);
        checked(py, py.detach(|| sources.load()))
    }

    /// Every version of every policy.
    fn policies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.set.list_policies())
    }

    /// Every provision of every policy.
    fn provisions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.set.list_provisions())
    }

    /// Every decision of every policy.
    fn decisions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.set.list_decisions())
    }

    fn __repr__(&self) -> String {
        let mut ids: Vec<&str> = self.set.policies().iter().map(|policy| policy.id.as_str()).collect();
        ids.dedup();
        format!("PolicySet({})", ids.join(", "))
    }

    /// Looks for what is probably not meant in the files of this set; the built-in policies are not among them.
    fn lint<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let files: Vec<PolicyFile<'_>> = self.sources.files.iter().map(|(name, text)| PolicyFile { name, text }).collect();
        object(py, &py.detach(|| lint(&files)))
    }

    /// Answers a decision for one subject on one day.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, remedies = false, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        remedies: bool,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        let judged = with_facts(&question, facts, known_on, |facts| {
            let mut judged = question.evaluate(facts);
            if remedies {
                judged.remedies = Some(py.detach(|| question.remedies_with_days(facts)));
            }
            judged
        })?;
        verdict(py, &self.set, judged)
    }

    /// How many seconds the core alone takes for so many verdicts, with nothing crossing: for `bench/border.py`.
    #[pyo3(signature = (decision, facts, *, as_of, rounds, **given))]
    fn seconds_alone(
        &self,
        py: Python<'_>,
        decision: &str,
        facts: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        rounds: u32,
        given: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<f64> {
        let asked = Asked::new(&self.set, decision, as_of, given)?;
        with_facts(&asked.question(py, &self.set)?, facts, None, |facts| {
            let begun = Instant::now();
            for _ in 0..rounds {
                black_box(asked.question(py, &self.set)?.evaluate(facts));
            }
            Ok(begun.elapsed().as_secs_f64())
        })?
    }

    /// A verdict that was kept, from its canonical JSON, to be told by these policies.
    fn hold(&self, py: Python<'_>, verdict: &str) -> PyResult<HeldVerdict> {
        HeldVerdict::read(py, &self.set, verdict)
    }

    /// What can still be done, with when it will be met by itself.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn remedies<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        object(py, &with_facts(&question, facts, known_on, |facts| py.detach(|| question.remedies_with_days(facts)))?)
    }

    /// Why the verdict is what it is: its conditions taken apart.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn why<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        object(py, &with_facts(&question, facts, known_on, |facts| why(&question, facts))?)
    }

    /// What would be said otherwise about other facts: changes such as `practitioner.title_grade=senior`, or the other facts themselves.
    #[pyo3(signature = (decision, facts, changes, *, as_of, known_on = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn what_if<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        changes: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        object(py, &changed(&question, facts, changes, known_on)?)
    }

    /// What would be said otherwise, in sentences.
    #[pyo3(signature = (decision, facts, changes, lang = "zh", *, as_of, known_on = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn what_if_sentences<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        changes: &Bound<'py, PyAny>,
        lang: &str,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Vec<String>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        Ok(what_if_sentences(&changed(&question, facts, changes, known_on)?, &question, lang_of(py, lang)?))
    }

    /// What can still be done, in sentences.
    #[pyo3(signature = (decision, facts, lang = "zh", *, as_of, known_on = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn remedy_sentences<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        lang: &str,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Vec<String>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        let remedies = with_facts(&question, facts, known_on, |facts| py.detach(|| question.remedies_with_days(facts)))?;
        Ok(remedy_sentences(&remedies, &question, lang_of(py, lang)?))
    }

    /// What the figures of the verdict are made of.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn portions<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        object(py, &with_facts(&question, facts, known_on, |facts| question.portions(facts, &question.evaluate(facts)))?)
    }

    /// How people call what the question speaks of.
    #[pyo3(signature = (decision, *, as_of, **given))]
    fn labels<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        as_of: &Bound<'py, PyAny>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        object(py, &Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?.labels())
    }

    /// What a policy asks for in a year, by its days.
    fn calendar<'py>(&self, py: Python<'py>, policy: &str, year: i32) -> PyResult<Bound<'py, PyAny>> {
        object(py, &checked(py, self.set.calendar(policy, year))?)
    }

    /// The same as iCalendar, for the calendar of a telephone or an office.
    #[pyo3(signature = (policy, year, lang = "zh"))]
    fn icalendar(&self, py: Python<'_>, policy: &str, year: i32, lang: &str) -> PyResult<String> {
        let entries = checked(py, self.set.calendar(policy, year))?;
        Ok(render::icalendar(checked(py, self.set.policy(policy))?, &entries, lang_of(py, lang)?))
    }

    /// The verdict sealed with the hashes of what it rests on.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn receipt<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        object(py, &with_facts(&question, facts, known_on, |facts| Receipt::new(question.evaluate(facts), facts))?)
    }

    /// Asks the question of a receipt again, and compares.
    fn verify<'py>(&self, py: Python<'py>, receipt: &Bound<'py, PyAny>, facts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let receipt: String = match receipt.cast::<PyString>() {
            Ok(text) => text.extract()?,
            Err(_) => receipt.call_method0(intern!(py, "to_json"))?.extract()?,
        };
        let read = crate::read::facts(facts)?;
        let text = serde_json::to_string(read.facts()).unwrap_or_default();
        object(py, &checked(py, self.set.verify(&receipt, &text))?)
    }

    /// What one subject is told, as a page of HTML that prints on A4.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, lang = "zh", issuer = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn statement_html<'py>(
        &self,
        py: Python<'py>,
        decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        lang: &str,
        issuer: Option<&str>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<String> {
        let question = Asked::new(&self.set, decision, as_of, given)?.question(py, &self.set)?;
        let lang = lang_of(py, lang)?;
        let page = with_facts(&question, facts, known_on, |facts| {
            py.detach(|| {
                let account = Account::of(&question, facts);
                render::statement(&Statement { issuer, ..Statement::of(&account, lang) })
            })
        })?;
        checked(py, page.map_err(|error| Problem::new(ProblemCode::Unreadable, "statement", error.to_string()).into()))
    }

    /// Judges every subject of a table with the Arrow C interface, with tables of their records by the name of their list.
    #[pyo3(signature = (decision, subjects, records = None, *, as_of, threads = 1, progress = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn evaluate_table<'py>(
        &self,
        decision: &str,
        subjects: &Bound<'py, PyAny>,
        records: Option<&Bound<'py, PyDict>>,
        as_of: &Bound<'py, PyAny>,
        threads: usize,
        progress: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<TableVerdicts> {
        const MOST: usize = 256;
        let asked = Asked::new(&self.set, decision, as_of, given)?;
        tables::evaluate(&self.set, asked, subjects, records, threads.clamp(1, MOST), progress)
    }

    /// Judges every subject of a workbook: a path, or the bytes of the file.
    #[pyo3(signature = (workbook, decision, *, as_of, known_on = None, name = None, progress = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn check_workbook<'py>(
        &self,
        workbook: &Bound<'py, PyAny>,
        decision: &str,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        name: Option<String>,
        progress: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<CheckedWorkbook> {
        let asked = Asked::new(&self.set, decision, as_of, given)?;
        let known_on = known_on.map(|day| crate::question::day(day, "known_on")).transpose()?;
        let (named, content) = bytes_of(workbook)?;
        crate::workbook::read(workbook.py(), &self.set, (asked, known_on), content, name.unwrap_or(named), progress)
    }

    /// Counts a region's workbook against the targets of a decision.
    #[pyo3(signature = (workbook, *, as_of, people = None, targets = None, publishes = None, name = None, progress = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn region_report<'py>(
        &self,
        workbook: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        people: Option<&str>,
        targets: Option<&str>,
        publishes: Option<&str>,
        name: Option<String>,
        progress: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<RegionPages> {
        let decisions = checked(workbook.py(), RegionDecisions::named_or_usual(&self.set, people, targets, publishes))?;
        let decisions: Vec<&str> = [decisions.people, decisions.targets].into_iter().chain(publishes).collect();
        let input = Input::new(&self.set, workbook, &decisions, as_of, name, given)?;
        crate::region::counted(workbook.py(), &self.set, input, decisions.into_iter().map(str::to_owned).collect(), progress)
    }

    /// How far each quota of a decision has come, from a workbook.
    #[pyo3(signature = (workbook, decision = None, *, as_of, name = None, progress = None, **given))]
    fn quotas<'py>(
        &self,
        workbook: &Bound<'py, PyAny>,
        decision: Option<&str>,
        as_of: &Bound<'py, PyAny>,
        name: Option<String>,
        progress: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Standings> {
        let decision = checked(workbook.py(), self.set.named_or_usual(decision, Role::Quotas))?;
        let input = Input::new(&self.set, workbook, &[decision], as_of, name, given)?;
        crate::region::quotas(workbook.py(), &self.set, input, decision.to_owned(), progress)
    }

    /// The specialty bases of a region by their pass rates, from a workbook, and what a decision makes of each.
    #[pyo3(signature = (workbook, decision = None, *, as_of, name = None, **given))]
    fn ranking<'py>(
        &self,
        workbook: &Bound<'py, PyAny>,
        decision: Option<&str>,
        as_of: &Bound<'py, PyAny>,
        name: Option<String>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Standings> {
        let decision = checked(workbook.py(), self.set.named_or_usual(decision, Role::Ranking))?;
        let input = Input::new(&self.set, workbook, &[decision], as_of, name, given)?;
        crate::region::ranking(workbook.py(), &self.set, input, decision.to_owned())
    }

    /// An empty register to fill in, as a workbook.
    #[pyo3(signature = (*subjects))]
    fn template<'py>(&self, py: Python<'py>, subjects: Vec<String>) -> PyResult<Bound<'py, PyBytes>> {
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        Ok(PyBytes::new(py, &checked(py, template(&self.set, &subjects))?))
    }
}

/// What is said otherwise about facts with changes, or about other facts.
fn changed(question: &Question<'_>, facts: &Bound<'_, PyAny>, changes: &Bound<'_, PyAny>, known_on: Option<&Bound<'_, PyAny>>) -> PyResult<WhatIf> {
    let py = facts.py();
    let texts = if changes.is_instance_of::<PyString>() { Ok(vec![changes.extract()?]) } else { changes.extract::<Vec<String>>() };
    with_facts(question, facts, known_on, |facts| match texts {
        Ok(texts) => checked(py, question.changed(facts, &texts)).map(|others| question.what_if(facts, &others)),
        Err(_) => with_facts(question, changes, known_on, |others| question.what_if(facts, others)),
    })?
}

/// What changed from one file of a policy to another.
#[pyfunction]
pub(crate) fn diff(py: Python<'_>, old: PathBuf, new: PathBuf) -> PyResult<Bound<'_, PyAny>> {
    let (old, new) = (text_of(py, &old)?, text_of(py, &new)?);
    let (old, new) = match (Policy::from_toml(&old.0, &old.1), Policy::from_toml(&new.0, &new.1)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(mut old), Err(new)) => {
            old.problems.extend(new.problems);
            return Err(raised(py, old));
        }
        (Err(error), _) | (_, Err(error)) => return Err(raised(py, error)),
    };
    object(py, &old.difference(&new))
}

/// Loads policy files, runs their examples, and looks for what is probably not meant.
#[pyfunction]
#[pyo3(name = "lint", signature = (*files))]
pub(crate) fn lint_files(py: Python<'_>, files: Vec<PathBuf>) -> PyResult<Bound<'_, PyAny>> {
    let texts = files.iter().map(|path| text_of(py, path)).collect::<PyResult<Vec<_>>>()?;
    let files: Vec<PolicyFile<'_>> = texts.iter().map(|(name, text)| PolicyFile { name, text }).collect();
    object(py, &py.detach(|| lint(&files)))
}

/// The name and the bytes of a workbook: of a file, or the bytes themselves.
pub(crate) fn bytes_of(workbook: &Bound<'_, PyAny>) -> PyResult<(String, Vec<u8>)> {
    let py = workbook.py();
    if let Ok(bytes) = workbook.cast::<PyBytes>() {
        return Ok(("workbook".to_owned(), bytes.as_bytes().to_vec()));
    }
    let path: PathBuf = workbook.extract()?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let content = py.detach(|| std::fs::read(&path)).map_err(|error| refused(py, unreadable(&path, &error)))?;
    Ok((name, content))
}

/// A file's name and its text.
fn text_of(py: Python<'_>, path: &Path) -> PyResult<(String, String)> {
    let text = std::fs::read_to_string(path).map_err(|error| refused(py, unreadable(path, &error)))?;
    Ok((path.display().to_string(), text))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(ProblemCode::Unreadable, path.display().to_string(), format!("cannot be read: {error}"))
}
