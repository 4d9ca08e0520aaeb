//! Policies that are asked together, as Python holds them. They never change: what adds to them gives a new set, so any number of threads share one.

use std::borrow::Cow;
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
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyInt, PySequence, PyString, PyTuple};

use crate::classes::Classes;
use crate::error::{Findings, checked, raised, refused};
use crate::question::{Asking, Read, facts_of};
use crate::read::foreign;
use crate::region::{Input, RegionPages, Standings};
use crate::tables::{self, TableVerdicts};
use crate::text;
use crate::verdict::{HeldVerdict, lang_of, verdict};
use crate::watch;
use crate::workbook::{Book, CheckedWorkbook};
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
    fn load_text(&self, py: Python<'_>, #[pyo3(from_py_with = text::name)] name: &str, text: &Bound<'_, PyString>) -> PyResult<Self> {
        self.with_file(py, name.to_owned(), text::of_file(text, name)?)
    }

    /// This set with a policy from a file, or a further version of one.
    fn load_file(&self, py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let (name, text) = text_of(py, &path)?;
        self.with_file(py, name, text)
    }

    /// This set without these built-in policies.
    #[pyo3(signature = (*ids))]
    fn without(&self, py: Python<'_>, ids: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let mut sources = self.sources.clone();
        sources.without.extend(text::texts(ids, "ids")?);
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
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        remedies: bool,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asking = Asking { decision, as_of, known_on, given };
        let judged = asking.about(&self.set, facts, |question, facts| {
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
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        rounds: u32,
        given: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<f64> {
        let asking = Asking { decision, as_of, known_on: None, given };
        asking.about(&self.set, facts, |question, facts| {
            let begun = Instant::now();
            for _ in 0..rounds {
                black_box(checked(py, self.set.ask(decision, question.given(), question.as_of()))?.evaluate(facts));
            }
            Ok(begun.elapsed().as_secs_f64())
        })?
    }

    /// A verdict that was kept, from its canonical JSON, to be told by these policies.
    fn hold(&self, py: Python<'_>, #[pyo3(from_py_with = text::verdict)] verdict: &str) -> PyResult<HeldVerdict> {
        HeldVerdict::read(py, &self.set, verdict)
    }

    /// What can still be done, with when it will be met by itself.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn remedies<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asking = Asking { decision, as_of, known_on, given };
        object(py, &asking.about(&self.set, facts, |question, facts| py.detach(|| question.remedies_with_days(facts)))?)
    }

    /// Why the verdict is what it is: its conditions taken apart.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn why<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asking = Asking { decision, as_of, known_on, given };
        object(py, &asking.about(&self.set, facts, why)?)
    }

    /// What would be said otherwise about other facts: changes such as `practitioner.title_grade=senior`, or the other facts themselves.
    #[pyo3(signature = (decision, facts, changes, *, as_of, known_on = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn what_if<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        changes: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asking = Asking { decision, as_of, known_on, given };
        object(py, &changed(&self.set, asking, facts, changes, |_, what_if| what_if)?)
    }

    /// What would be said otherwise, in sentences.
    #[pyo3(signature = (decision, facts, changes, lang = "zh", *, as_of, known_on = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn what_if_sentences<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        changes: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = text::lang)] lang: &str,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Vec<String>> {
        let asking = Asking { decision, as_of, known_on, given };
        changed(&self.set, asking, facts, changes, |question, what_if| Ok(what_if_sentences(&what_if, question, lang_of(py, lang)?)))?
    }

    /// What can still be done, in sentences.
    #[pyo3(signature = (decision, facts, lang = "zh", *, as_of, known_on = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn remedy_sentences<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = text::lang)] lang: &str,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Vec<String>> {
        let asking = Asking { decision, as_of, known_on, given };
        asking.about(&self.set, facts, |question, facts| {
            let remedies = py.detach(|| question.remedies_with_days(facts));
            Ok(remedy_sentences(&remedies, question, lang_of(py, lang)?))
        })?
    }

    /// What the figures of the verdict are made of.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn portions<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asking = Asking { decision, as_of, known_on, given };
        object(py, &asking.about(&self.set, facts, |question, facts| question.portions(facts, &question.evaluate(facts)))?)
    }

    /// How people call what the question speaks of.
    #[pyo3(signature = (decision, *, as_of, **given))]
    fn labels<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        as_of: &Bound<'py, PyAny>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut findings = Findings::default();
        let asked = Asking { decision, as_of, known_on: None, given }.read_with(&self.set, &mut findings)?;
        object(py, &findings.unless_any(py, asked)?.question.labels())
    }

    /// What a policy asks for in a year, by its days.
    fn calendar<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::policy)] policy: &str,
        #[pyo3(from_py_with = year_of)] year: i32,
    ) -> PyResult<Bound<'py, PyAny>> {
        object(py, &checked(py, self.set.calendar(policy, year))?)
    }

    /// The same as iCalendar, for the calendar of a telephone or an office.
    #[pyo3(signature = (policy, year, lang = "zh"))]
    fn icalendar(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = text::policy)] policy: &str,
        #[pyo3(from_py_with = year_of)] year: i32,
        #[pyo3(from_py_with = text::lang)] lang: &str,
    ) -> PyResult<String> {
        let entries = checked(py, self.set.calendar(policy, year))?;
        Ok(render::icalendar(checked(py, self.set.policy(policy))?, &entries, lang_of(py, lang)?))
    }

    /// The verdict sealed with the hashes of what it rests on.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, **given))]
    fn receipt<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let asking = Asking { decision, as_of, known_on, given };
        object(py, &asking.about(&self.set, facts, |question, facts| Receipt::new(question.evaluate(facts), facts))?)
    }

    /// Asks the question of a receipt again, and compares.
    fn verify<'py>(&self, py: Python<'py>, receipt: &Bound<'py, PyAny>, facts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let receipt = sealed(receipt)?;
        let mut findings = Findings::default();
        let read = facts_of(facts, &mut findings)?;
        let verification = findings.take(self.set.verify_read(&receipt, read.brought()));
        object(py, &findings.unless_any(py, verification)?)
    }

    /// What one subject is told, as a page of HTML that prints on A4.
    #[pyo3(signature = (decision, facts, *, as_of, known_on = None, lang = "zh", issuer = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn statement_html<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        facts: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        #[pyo3(from_py_with = text::lang)] lang: &str,
        #[pyo3(from_py_with = text::optional::issuer)] issuer: Option<&str>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<String> {
        let asking = Asking { decision, as_of, known_on, given };
        let lang = lang_of(py, lang)?;
        let page = asking.about(&self.set, facts, |question, facts| {
            py.detach(|| {
                let account = Account::of(question, facts);
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
        #[pyo3(from_py_with = text::decision)] decision: &str,
        subjects: &Bound<'py, PyAny>,
        records: Option<&Bound<'py, PyDict>>,
        as_of: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = tables::threads)] threads: usize,
        #[pyo3(from_py_with = watch::progress)] progress: Option<Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<TableVerdicts> {
        let asked = Asking { decision, as_of, known_on: None, given }.read(&self.set)?;
        tables::evaluate(&self.set, asked, (subjects, records), threads, progress)
    }

    /// Judges every subject of a workbook: a path, or the bytes of the file.
    #[pyo3(signature = (workbook, decision, *, as_of, known_on = None, name = None, progress = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn check_workbook<'py>(
        &self,
        workbook: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = text::decision)] decision: &str,
        as_of: &Bound<'py, PyAny>,
        known_on: Option<&Bound<'py, PyAny>>,
        #[pyo3(from_py_with = text::optional::name)] name: Option<&str>,
        #[pyo3(from_py_with = watch::progress)] progress: Option<Bound<'py, PyAny>>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<CheckedWorkbook> {
        let asked = Asking { decision, as_of, known_on, given }.read(&self.set)?;
        let book = Book::of(workbook, name)?;
        crate::workbook::read(workbook.py(), &self.set, asked, book, progress)
    }

    /// Counts a region's workbook against the targets of a decision.
    #[pyo3(signature = (workbook, *, as_of, people = None, targets = None, publishes = None, name = None, progress = None, **given))]
    #[expect(clippy::too_many_arguments, reason = "they are what Python gives by name")]
    fn region_report<'py>(
        &self,
        workbook: &Bound<'py, PyAny>,
        as_of: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = text::optional::people)] people: Option<&str>,
        #[pyo3(from_py_with = text::optional::targets)] targets: Option<&str>,
        #[pyo3(from_py_with = text::optional::publishes)] publishes: Option<&str>,
        #[pyo3(from_py_with = text::optional::name)] name: Option<&str>,
        #[pyo3(from_py_with = watch::progress)] progress: Option<Bound<'py, PyAny>>,
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
        #[pyo3(from_py_with = text::optional::decision)] decision: Option<&str>,
        as_of: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = text::optional::name)] name: Option<&str>,
        #[pyo3(from_py_with = watch::progress)] progress: Option<Bound<'py, PyAny>>,
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
        #[pyo3(from_py_with = text::optional::decision)] decision: Option<&str>,
        as_of: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = text::optional::name)] name: Option<&str>,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Standings> {
        let decision = checked(workbook.py(), self.set.named_or_usual(decision, Role::Ranking))?;
        let input = Input::new(&self.set, workbook, &[decision], as_of, name, given)?;
        crate::region::ranking(workbook.py(), &self.set, input, decision.to_owned())
    }

    /// An empty register to fill in, as a workbook.
    #[pyo3(signature = (*subjects))]
    fn template<'py>(&self, py: Python<'py>, subjects: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyBytes>> {
        let subjects = text::texts(subjects, "subjects")?;
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        Ok(PyBytes::new(py, &checked(py, template(&self.set, &subjects))?))
    }
}

impl PolicySet {
    fn with_file(&self, py: Python<'_>, name: String, text: String) -> PyResult<Self> {
        let mut sources = self.sources.clone();
        sources.files.push((name, text));
        checked(py, py.detach(|| sources.load()))
    }
}

/// What is said otherwise about facts with changes, or about other facts.
fn changed<T>(
    set: &Core,
    asking: Asking<'_, '_>,
    facts: &Bound<'_, PyAny>,
    changes: &Bound<'_, PyAny>,
    then: impl FnOnce(&Question<'_>, WhatIf) -> T,
) -> PyResult<T> {
    let py = facts.py();
    let mut findings = Findings::default();
    let asked = asking.read_with(set, &mut findings)?;
    let read = facts_of(facts, &mut findings)?;
    let changes = Changes::read(changes, &mut findings)?;
    let facts = findings.accepted(asked.as_ref(), &read);
    let others = match &changes {
        Changes::Lines(lines) => {
            let now = asked.as_ref().zip(facts.as_deref());
            now.and_then(|(asked, facts)| findings.take(asked.question.changed(facts, lines))).map(Cow::Owned)
        }
        Changes::Facts(others) => findings.accepted(asked.as_ref(), others),
    };
    let ((asked, facts), others) = findings.unless_any(py, asked.as_ref().zip(facts).zip(others))?;
    Ok(then(&asked.question, asked.question.what_if(&facts, &others)))
}

/// What is otherwise: lines such as `practitioner.title_grade=senior`, or the facts themselves.
enum Changes<'f> {
    Lines(Vec<String>),
    Facts(Read<'f>),
}

impl<'f> Changes<'f> {
    fn read(changes: &'f Bound<'_, PyAny>, findings: &mut Findings) -> PyResult<Self> {
        if changes.is_instance_of::<PyString>() {
            return Ok(Self::Lines(vec![text::text(changes, "changes")?.to_owned()]));
        }
        if changes.cast::<PySequence>().is_ok() {
            let lines = changes.try_iter()?.enumerate();
            let lines = lines.map(|(place, line)| text::text(&line?, &format!("changes[{place}]")).map(str::to_owned));
            return Ok(Self::Lines(lines.collect::<PyResult<_>>()?));
        }
        facts_of(changes, findings).map(Self::Facts)
    }
}

/// The JSON of a receipt.
fn sealed(receipt: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = receipt.py();
    let json = match receipt.cast::<PyString>() {
        Ok(json) => json.as_any().clone(),
        Err(_) if Classes::get(py)?.is_receipt(receipt) => receipt.call_method0(intern!(py, "to_json"))?,
        Err(_) => return Err(PyTypeError::new_err(format!("receipt: expected a Receipt or its JSON text, got {}", foreign(receipt)))),
    };
    text::text(&json, "receipt").map(str::to_owned)
}

/// A year; which ones there are, the library knows, and none beyond these.
fn year_of(value: &Bound<'_, PyAny>) -> PyResult<i32> {
    let whole = value.cast::<PyInt>().map_err(|_| PyTypeError::new_err(format!("year: expected an int, got {}", foreign(value))))?;
    Ok(whole.extract().unwrap_or(i32::MAX))
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

/// A file's name and its text.
fn text_of(py: Python<'_>, path: &Path) -> PyResult<(String, String)> {
    let text = std::fs::read_to_string(path).map_err(|error| refused(py, unreadable(path, &error)))?;
    Ok((path.display().to_string(), text))
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(ProblemCode::Unreadable, path.display().to_string(), format!("cannot be read: {error}"))
}
