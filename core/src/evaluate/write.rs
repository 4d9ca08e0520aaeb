//! From a judgement to a verdict: statuses and figures as they stand, the ledger, and what open results wait for.

mod consequence;
mod finding;
mod ledger;

use std::collections::HashSet;

use smol_str::SmolStr;

use crate::facts::{Facts, Subject};
use crate::feel::{Datum, Evaluator, Item, Record, Waiting};
use crate::policy::DetailRule;

use super::exclusion::{can_be_unmet, record_item};
use super::figure::shown_as;
use super::judge::Judgement;
use super::provision::Judged;
use super::useful::Whole;
use super::waiting::Paths;
use super::{Advice, Detail, Finding, Provisional, Question, RecordLine, Verdict};

impl Question<'_> {
    /// Judges one subject and says why.
    #[must_use]
    pub fn evaluate(&self, facts: &Facts) -> Verdict {
        Verdict { known_on: facts.known_on, ..self.evaluate_root(&|name| facts.subject(name)) }
    }

    /// Judges one subject by itself and says why.
    #[must_use]
    pub fn evaluate_subject(&self, subject: &Subject) -> Verdict {
        self.evaluate_root(&|name| (name == subject.entity().name).then(|| subject.record()))
    }

    fn evaluate_root<'a>(&'a self, root: &dyn Fn(&str) -> Option<&'a dyn Record>) -> Verdict {
        let (subject, owner) = self.roots_among(root);
        let mut evaluator = self.evaluator();
        let records = self.exclusions(subject, &mut evaluator);
        // Each total once, and not wherever it is asked for.
        if let Some((totals, subject)) = self.totals().zip(subject) {
            totals.take(subject, &mut evaluator);
        }
        let mut judgement = self.judge_findings(evaluator, subject, owner, records);
        let layers = self.judge_layers(&mut judgement);
        let Judgement { set, findings: judged, records, evaluator, subject, owner } = judgement;
        let spent = evaluator.spent();
        let mut writer = Writer { question: self, evaluator, subject, owner, paths: self.paths(), open_records: Vec::new(), provisional: Vec::new() };
        let mut findings: Vec<Finding> = judged.iter().map(|judged| writer.finding(judged)).collect();
        let mut advice: Vec<Advice> = judged.iter().filter(|judged| judged.advice).flat_map(|judged| self.advice(judged)).collect();
        let consequences = self.decision.consequences.iter().filter_map(|place| writer.consequence(*place)).collect();
        let records = match &self.decision.records {
            Some(rules) => writer.ledger(rules, &records),
            None => Vec::new(),
        };
        let asked_all = self.decision.all_of.len();
        let whole = Whole::new(asked_all, &judged, layers.iter().flat_map(|layer| &layer.findings));
        for layer in layers {
            let (added, advised) = layer.write(&writer, &records);
            findings.extend(added);
            advice.extend(advised);
        }
        let mut missing = Missing::default();
        if !set.is_decided() {
            let mattering = findings.iter().enumerate().filter(|(place, _)| whole.matters(asked_all, *place));
            for path in mattering.flat_map(|(_, finding)| &finding.missing) {
                missing.add(path);
            }
            self.most_useful_first((subject, owner), spent, &mut missing.paths);
        }
        Verdict {
            decision: (&self.decision.id).into(),
            subject: (&self.decision.subject).into(),
            subject_id: root(&self.decision.subject).and_then(|record| number(record, &self.decision.subject)),
            as_of: self.as_of,
            known_on: None,
            given: self.said.clone(),
            status: set.status(),
            possible: set.members(),
            findings,
            records,
            provisional: writer.provisional,
            missing: missing.paths,
            advice,
            consequences,
            remedies: None,
            policy: self.policy.reference(),
            not_in_force: self.not_in_force.clone(),
            layers: self.layers(),
        }
    }

    /// The path of a fact that is waited for; `None` for what is no fact.
    pub(crate) fn path_of(&self, waiting: Waiting<'_>) -> Option<String> {
        self.paths().path(waiting)
    }

    pub(super) fn paths(&self) -> Paths<'_> {
        Paths { schema: &self.policy.schema, subject: &self.decision.subject, owner: self.owner }
    }

    /// What a provision, or each of its parts, advises.
    pub(super) fn advice(&self, judged: &Judged<'_>) -> Vec<Advice> {
        let Some(provision) = self.policy.provisions.get(judged.place) else { return Vec::new() };
        let advice = |provision_id: SmolStr, modality| Advice { provision: provision_id, article: (&provision.article).into(), modality };
        if judged.parts.is_empty() {
            return vec![advice((&provision.id).into(), provision.modality)];
        }
        let advising = judged.parts.iter().filter(|(_, judged)| judged.advice);
        advising.map(|(part, _)| advice(part.id_within(provision).into(), part.modality)).collect()
    }
}

/// The number under which the facts know their subject.
fn number(record: &dyn Record, subject: &str) -> Option<SmolStr> {
    let entity = Facts::SUBJECTS.iter().find(|entity| entity.name == subject)?;
    match record.read(entity.keys().number?) {
        Datum::Text(number) => Some(number.into()),
        _ => None,
    }
}

/// The paths of missing facts, each once, in the order in which they were met.
#[derive(Default)]
struct Missing {
    paths: Vec<String>,
    seen: HashSet<String>,
}

impl Missing {
    fn add(&mut self, path: &str) {
        if !self.seen.contains(path) {
            self.seen.insert(path.to_owned());
            self.paths.push(path.to_owned());
        }
    }
}

/// What writes findings and the ledger of a question about a subject.
pub(super) struct Writer<'a> {
    question: &'a Question<'a>,
    evaluator: Evaluator<'a>,
    subject: Option<Item<'a>>,
    /// Who owns the subject, where it is a record judged by itself.
    owner: Option<Item<'a>>,
    paths: Paths<'a>,
    /// What each record waits for, where the question of another writer judged them.
    open_records: Vec<Vec<String>>,
    /// The records that count for now, as far as they were written.
    provisional: Vec<Provisional>,
}

impl<'a> Writer<'a> {
    /// What writes another question about the same subject, of which this one has the ledger.
    pub(super) fn beside(&self, question: &'a Question<'a>, evaluator: Evaluator<'a>, ledger: &[RecordLine]) -> Self {
        let open_records = ledger.iter().map(|line| line.missing.clone()).collect();
        Self { question, evaluator, subject: self.subject, owner: self.owner, paths: question.paths(), open_records, provisional: Vec::new() }
    }

    fn write_waiting(&mut self, waiting: &[Waiting<'a>], missing: &mut Missing, error: &mut Option<SmolStr>) {
        for one in waiting {
            match one {
                Waiting::Record(index) if !self.open_records.is_empty() => {
                    self.open_records.get(*index).into_iter().flatten().for_each(|path| missing.add(path));
                }
                Waiting::Record(index) => {
                    let inner = self.record_waits_for(*index);
                    self.write_waiting(&inner, missing, error);
                }
                Waiting::Error(reason) => *error = Some(reason.code().into()),
                other => {
                    if let Some(path) = self.paths.path(*other) {
                        missing.add(&path);
                    }
                }
            }
        }
    }

    fn record_waits_for(&mut self, index: usize) -> Vec<Waiting<'a>> {
        self.question.record_waits_for(index, (self.subject, self.owner), &mut self.evaluator)
    }
}

impl Question<'_> {
    /// What it waits for whether a record of the ledger counts.
    pub(crate) fn record_waits_for<'a>(
        &'a self,
        index: usize,
        (subject, owner): (Option<Item<'a>>, Option<Item<'a>>),
        evaluator: &mut Evaluator<'a>,
    ) -> Vec<Waiting<'a>> {
        let (Some(rules), Some(item)) = (&self.decision.records, subject) else { return Vec::new() };
        let Datum::Records(list) = item.record.read(usize::from(rules.slot)) else { return Vec::new() };
        let Some(record) = list.get(index) else { return Vec::new() };
        evaluator.set_roots([Some(record_item(record, rules, index)), subject]);
        let mut all = Vec::new();
        for place in &rules.provisions {
            let (judged, waiting) = evaluator.traced(|evaluator| self.judge_provision(*place, evaluator));
            if !can_be_unmet(judged.set).is_decided() {
                all.extend(waiting);
            }
        }
        for rule in &rules.embedded {
            all.extend(self.embedded_waits_for(rule, record_item(record, rules, index), evaluator));
        }
        evaluator.set_roots([subject, owner]);
        all
    }
}

fn details<'a>(rules: &'a [DetailRule], evaluator: &mut Evaluator<'a>) -> impl Iterator<Item = Detail> {
    rules.iter().map(|rule| Detail { name: rule.name.clone(), value: shown_as(evaluator.value(&rule.value), rule.value.ty()) })
}
