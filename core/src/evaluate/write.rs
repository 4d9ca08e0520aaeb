//! From a judgement to a verdict: statuses and figures as they stand, the ledger, and what open results wait for.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::facts::{Facts, Subject};
use crate::feel::{
    Asked, Comparator, Compiled, Datum, Evaluator, Expr, Item, Parts, Record, RecordList, Truth, TruthColumn, Truths, Val, Variable, Waiting,
};
use crate::policy::{DetailRule, Provision, RecordRules, Rule, RulePart};
use crate::quantity::Day;

use super::embedded::stand_at;
use super::exclusion::{Exclusions, can_be_unmet, record_item};
use super::figure::{JudgedFigure, decisive, shown};
use super::judge::Judgement;
use super::provision::Judged;
use super::useful::Whole;
use super::waiting::Paths;
use super::{
    Advice, Consequence, ConsequenceState, Detail, ExcludedBy, Figure, Finding, Provisional, Question, Reason, RecordLine, RecordState, Status,
    StatusSet, Verdict,
};

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
        let mut judgement = self.judgement(root);
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
            decision: self.decision.id.clone(),
            subject: self.decision.subject.clone(),
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

    pub(super) fn paths(&self) -> Paths<'_> {
        Paths { schema: &self.policy.schema, subject: &self.decision.subject, owner: self.owner }
    }

    /// What a provision, or each of its parts, advises.
    pub(super) fn advice(&self, judged: &Judged<'_>) -> Vec<Advice> {
        let Some(provision) = self.policy.provisions.get(judged.place) else { return Vec::new() };
        let advice = |provision_id: String, modality| Advice { provision: provision_id, article: provision.article.clone(), modality };
        if judged.parts.is_empty() {
            return vec![advice(provision.id.clone(), provision.modality)];
        }
        let advising = judged.parts.iter().filter(|(_, judged)| judged.advice);
        advising.map(|(part, _)| advice(part.id_within(provision), part.modality)).collect()
    }
}

/// The number under which the facts know their subject.
fn number(record: &dyn Record, subject: &str) -> Option<String> {
    let entity = Facts::SUBJECTS.iter().find(|entity| entity.name == subject)?;
    match record.read(entity.keys().number?) {
        Datum::Text(number) => Some(number.to_owned()),
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

    pub(super) fn finding(&mut self, judged: &Judged<'a>) -> Finding {
        let question = self.question;
        let Some(provision) = question.policy.provisions.get(judged.place) else { return Finding::empty() };
        let (missing, error) = if judged.set.is_decided() { (Vec::new(), None) } else { self.waits_for(judged.place) };
        let value = provision
            .amount
            .as_ref()
            .filter(|_| question.in_force.get(judged.place).copied().unwrap_or(false))
            .map(|amount| (self.evaluator.value(amount).into_value(amount.ty()), amount.ty()));
        let due = [&provision.due, &provision.deadline]
            .into_iter()
            .flatten()
            .find_map(|day| if let Some(crate::feel::Value::Date(day)) = self.evaluator.value(day).into_value(day.ty()) { Some(day) } else { None });
        let mut finding = Finding {
            provision: provision.id.clone(),
            article: provision.article.clone(),
            modality: provision.modality,
            reason: judged.reason,
            due,
            deemed_by: judged.deemed_by.and_then(|place| question.policy.provisions.get(place)).map(|p| p.id.clone()),
            relaxation: judged.relaxation.map(str::to_owned),
            details: details(&provision.details, &mut self.evaluator).collect(),
            error,
            missing,
            parts: judged.parts.iter().map(|(part, judged)| self.part_finding(provision, part, judged)).collect(),
            ..Finding::empty()
        };
        if let Some((value, ty)) = value {
            finding.value = shown(value);
            finding.unit = ty.unit().cloned();
        }
        finding.set_result(judged.set, &judged.figures);
        if let Rule::Require(condition) = &provision.rule {
            finding.failing = self.failing(condition, finding.status);
        }
        finding
    }

    fn part_finding(&mut self, provision: &Provision, part: &'a RulePart, judged: &Judged<'_>) -> Finding {
        let mut finding = Finding {
            provision: part.id_within(provision),
            article: provision.article.clone(),
            modality: part.modality,
            reason: judged.reason,
            relaxation: judged.relaxation.map(str::to_owned),
            ..Finding::empty()
        };
        finding.set_result(judged.set, &judged.figures);
        finding.failing = self.failing(&part.require, finding.status);
        finding
    }

    /// Which conditions of a failure fail beside its comparisons; of a lone condition that is plain.
    fn failing(&mut self, condition: &'a Compiled, status: Status) -> Vec<u32> {
        let (mut all, mut others) = (0, Vec::new());
        condition.expr.each_conjunct(&mut |part| {
            all += 1;
            others.extend((!part.has_figures()).then_some(part));
        });
        if all < 2 || !matches!(status, Status::Unmet | Status::Waivable) {
            return Vec::new();
        }
        others.into_iter().zip(0..).filter(|(part, _)| fails(self.evaluator.truth(part))).map(|(_, place)| place).collect()
    }

    /// The facts that an open provision waits for, and the error that left it open.
    fn waits_for(&mut self, place: usize) -> (Vec<String>, Option<String>) {
        let question = self.question;
        let (_, waiting) = self.evaluator.traced(|evaluator| question.judge_provision(place, evaluator));
        let mut missing = Missing::default();
        let mut error = None;
        self.write_waiting(&waiting, &mut missing, &mut error);
        (missing.paths, error)
    }

    fn write_waiting(&mut self, waiting: &[Waiting<'a>], missing: &mut Missing, error: &mut Option<String>) {
        for one in waiting {
            match one {
                Waiting::Record(index) if !self.open_records.is_empty() => {
                    self.open_records.get(*index).into_iter().flatten().for_each(|path| missing.add(path));
                }
                Waiting::Record(index) => {
                    let inner = self.record_waits_for(*index);
                    self.write_waiting(&inner, missing, error);
                }
                Waiting::Error(reason) => *error = Some(reason.code().to_owned()),
                other => {
                    if let Some(path) = self.paths.path(*other) {
                        missing.add(&path);
                    }
                }
            }
        }
    }

    fn record_waits_for(&mut self, index: usize) -> Vec<Waiting<'a>> {
        let question = self.question;
        let (Some(rules), Some(subject)) = (&question.decision.records, self.subject) else { return Vec::new() };
        let Datum::Records(list) = subject.record.read(usize::from(rules.slot)) else { return Vec::new() };
        let Some(record) = list.get(index) else { return Vec::new() };
        self.evaluator.set_roots([Some(record_item(record, rules, index)), Some(subject)]);
        let mut all = Vec::new();
        for place in &rules.provisions {
            let (judged, waiting) = self.evaluator.traced(|evaluator| question.judge_provision(*place, evaluator));
            if !can_be_unmet(judged.set).is_decided() {
                all.extend(waiting);
            }
        }
        for rule in &rules.embedded {
            all.extend(question.embedded_waits_for(rule, record_item(record, rules, index), &mut self.evaluator));
        }
        self.evaluator.set_roots([self.subject, self.owner]);
        all
    }

    fn ledger(&mut self, rules: &'a RecordRules, exclusions: &Exclusions) -> Vec<RecordLine> {
        let question = self.question;
        let Some(subject) = self.subject else { return Vec::new() };
        let Datum::Records(list) = subject.record.read(usize::from(rules.slot)) else { return Vec::new() };
        let mut lines = Vec::with_capacity(exclusions.count);
        let mut path = format!("{}.{}[", question.decision.subject, rules.list);
        let list_path = path.len();
        let provisions = rules.provisions.iter().copied().chain(rules.embedded.iter().map(|rule| rule.provision));
        let details_of_each = provisions.filter_map(|place| question.policy.provisions.get(place)).map(|p| p.details.len()).sum();
        let records = RecordList { records: list, owner: subject.trail, slot: rules.slot, variable: Variable::Subject };
        let mut shown = self.details_of_all(rules, records);
        let waivable = self.perhaps_waivable(rules, records);
        for index in 0..exclusions.count {
            let Some(record) = list.get(index).map(|record| record_item(record, rules, index)) else { break };
            path.truncate(list_path);
            // Writing to a text cannot fail.
            _ = write!(path, "{index}]");
            let mut line = RecordLine {
                path: path.clone(),
                state: RecordState::Counted,
                excluded_by: Vec::new(),
                details: Vec::with_capacity(details_of_each),
                missing: Vec::new(),
            };
            self.evaluator.set_roots([Some(record), Some(subject)]);
            for (place, by) in rules.provisions.iter().zip(&exclusions.by) {
                let Some(provision) = question.policy.provisions.get(*place) else { continue };
                line.excluded_by.extend(excluded_by(provision, by.get(index)));
            }
            line.details.extend(
                shown
                    .iter_mut()
                    .map(|(rule, values)| detail(rule, values.get_mut(index).map_or(Val::NULL, |value| std::mem::replace(value, Val::NULL)))),
            );
            for (rule, by) in rules.embedded.iter().zip(exclusions.by.iter().skip(rules.provisions.len())) {
                let Some(provision) = question.policy.provisions.get(rule.provision) else { continue };
                line.excluded_by.extend(excluded_by(provision, by.get(index)));
                stand_at(rule, record, &mut self.evaluator);
                line.details.extend(details(&provision.details, &mut self.evaluator));
            }
            let excluded = exclusions.excluded.get(index).unwrap_or(Truth::FALSE);
            if excluded.is(Truth::TRUE) {
                line.state = RecordState::Excluded;
                line.excluded_by.retain(|by| by.status == Status::Unmet);
            } else if !excluded.is(Truth::FALSE) {
                line.state = RecordState::Unknown;
                let waiting = self.record_waits_for(index);
                let mut missing = Missing::default();
                self.write_waiting(&waiting, &mut missing, &mut None);
                line.missing = missing.paths;
            } else {
                self.evaluator.set_roots([Some(record), Some(subject)]);
                for (place, _) in waivable.iter().filter(|(_, records)| records.get(index).is_none_or(|truth| truth.is(Truth::TRUE))) {
                    self.note_provisional(*place, &line.path);
                }
            }
            lines.push(line);
        }
        self.evaluator.set_roots([self.subject, self.owner]);
        lines
    }

    /// What the record-level provisions show of each record of a list.
    fn details_of_all(&mut self, rules: &'a RecordRules, list: RecordList<'a>) -> Vec<(&'a DetailRule, Vec<Val<'a>>)> {
        let provisions = rules.provisions.iter().filter_map(|place| self.question.policy.provisions.get(*place));
        let details: Vec<&DetailRule> = provisions.flat_map(|provision| &provision.details).collect();
        self.evaluator.set_roots([None, self.subject]);
        let values_of = |rule: &'a DetailRule| {
            let mut values = Vec::with_capacity(list.records.len());
            for batch in list.batches(Truths::WIDTH) {
                values.extend(self.evaluator.values(&rule.value.expr, &batch, batch.all()));
            }
            (rule, values)
        };
        details.into_iter().map(values_of).collect()
    }

    /// The provisions whose failure may leave it to the authority whether a record counts, and where a relaxation decides that, for which records it
    /// holds. What binds and is relaxed by nothing cannot be waived.
    fn perhaps_waivable(&mut self, rules: &'a RecordRules, list: RecordList<'a>) -> Vec<(usize, TruthColumn)> {
        self.evaluator.set_roots([None, self.subject]);
        let mut column = |condition: &'a Compiled| {
            let mut column = TruthColumn::default();
            for batch in list.batches(Truths::WIDTH) {
                column.push(self.evaluator.truths(&condition.expr, &batch, batch.all()));
            }
            column
        };
        let relaxed = |place: &usize| match self.question.plain_rule(*place) {
            Some(rule) => rule.relaxation.map(|when| (*place, column(when))),
            None => Some((*place, TruthColumn::default())),
        };
        rules.provisions.iter().filter_map(relaxed).collect()
    }

    /// Notes the record that the evaluator stands at, where it fails a provision and counts nevertheless until the authority decides.
    fn note_provisional(&mut self, place: usize, path: &str) {
        let question = self.question;
        let Some(provision) = question.policy.provisions.get(place) else { return };
        let judged = question.judge_provision(place, &mut self.evaluator);
        if judged.set.status() == Status::Waivable {
            let (id, article) = (provision.id.clone(), provision.article.clone());
            let relaxation = judged.relaxation.map(str::to_owned);
            self.provisional.push(Provisional { path: path.to_owned(), provision: id, article, relaxation });
        }
    }

    /// What a provision opens, if it concerns the subject.
    fn consequence(&mut self, place: usize) -> Option<Consequence> {
        let question = self.question;
        let provision = question.policy.provisions.get(place)?;
        let rule = provision.consequence.as_ref()?;
        if !question.in_force.get(place).copied().unwrap_or(false) {
            return None;
        }
        let ((applies, open, because), waiting) = self.evaluator.traced(|evaluator| {
            let applies = provision.when.as_ref().map_or(Truth::TRUE, |when| evaluator.condition(when));
            let (mark, mut weighed) = (evaluator.mark(), Parts::new());
            let mut all = rule.open.as_ref().map_or(Truth::TRUE, |open| evaluator.condition(open));
            let mut because = vec![(place, all)];
            weighed.add(mark, all);
            for place in &rule.follows {
                let next = evaluator.mark();
                let truth = opens(question.judge_provision(*place, evaluator).set);
                weighed.add(next, truth);
                because.push((*place, truth));
                all = all.and(truth);
            }
            evaluator.weigh_truths(&weighed, Asked::Holds, Truth::and);
            if Asked::Holds.settles(all) {
                evaluator.forget(mark);
            }
            because.retain(|(_, truth)| !truth.is(Truth::TRUE));
            (applies, all, because)
        });
        if fails(applies) {
            return None;
        }
        let state = match (applies, open) {
            (Truth::TRUE, Truth::TRUE) => ConsequenceState::Open,
            (Truth::TRUE, open) if fails(open) => ConsequenceState::Closed,
            _ => ConsequenceState::Unknown,
        };
        let mut missing = Missing::default();
        if state == ConsequenceState::Unknown {
            self.write_waiting(&waiting, &mut missing, &mut None);
        }
        let own = rule.open.as_ref().filter(|_| state == ConsequenceState::Closed);
        let (failing, opens_on) = own.map_or_else(Default::default, |open| self.keeps_closed(open));
        // What closes it: beside that, what is open makes no difference.
        let decisive = because.iter().filter(|(_, truth)| state != ConsequenceState::Closed || fails(*truth));
        let because: Vec<String> = decisive.filter_map(|(place, _)| question.policy.provisions.get(*place)).map(|p| p.id.clone()).collect();
        let alone = because.iter().all(|id| *id == provision.id);
        let shown = state == ConsequenceState::Open && !question.decision.asked().any(|asked| asked == place);
        let details = if shown { details(&provision.details, &mut self.evaluator).collect() } else { Vec::new() };
        Some(Consequence {
            provision: provision.id.clone(),
            article: provision.article.clone(),
            state,
            because,
            failing,
            opens_on: opens_on.filter(|_| alone),
            details,
            missing: missing.paths,
        })
    }

    /// Which conditions of its own keep a consequence closed, and the day on which it opens where each of them only waits for a day to come.
    fn keeps_closed(&mut self, open: &'a Compiled) -> (Vec<u32>, Option<Day>) {
        let mut parts = Vec::new();
        open.expr.each_conjunct(&mut |part| parts.push(part));
        let failing: Vec<(u32, &'a Expr)> = (0..).zip(parts).filter(|(_, part)| fails(self.evaluator.truth(part))).collect();
        let days: Option<Vec<Day>> = failing.iter().map(|(_, part)| self.waits_until(part)).collect();
        (failing.into_iter().map(|(place, _)| place).collect(), days.and_then(|days| days.into_iter().max()))
    }

    /// The day on which a condition comes to hold that compares the day of the question with a day to come.
    fn waits_until(&mut self, condition: &'a Expr) -> Option<Day> {
        let Expr::Compare(comparator, left, right, _) = condition else { return None };
        let once = &self.question.policy.once;
        let (day, after) = match (comparator, left.resolved(once), right.resolved(once)) {
            (Comparator::LessOrEqual, day, Expr::AsOf) | (Comparator::GreaterOrEqual, Expr::AsOf, day) => (day, 0),
            (Comparator::Less, day, Expr::AsOf) | (Comparator::Greater, Expr::AsOf, day) => (day, 1),
            _ => return None,
        };
        match self.evaluator.val(day) {
            Val::Date(day) => day.checked_add_days(chrono::Days::new(after)),
            _ => None,
        }
    }
}

/// Whether a condition is certainly not fulfilled; an error leaves it open.
fn fails(truth: Truth) -> bool {
    !truth.can_be(Truth::TRUE) && !truth.can_be(Truth::ERROR)
}

/// Whether a result opens what follows from it; what the authority may waive leaves it open.
fn opens(set: StatusSet) -> Truth {
    let mut truth: Option<Truth> = None;
    for status in set.members() {
        let one = match status {
            Status::Met | Status::NotApplicable => Truth::TRUE,
            Status::Unmet => Truth::FALSE,
            Status::Waivable | Status::Unknown => Truth::TRUE.either(Truth::FALSE),
        };
        truth = Some(truth.map_or(one, |so_far| so_far.either(one)));
    }
    truth.unwrap_or(Truth::TRUE)
}

/// What a ledger says of a provision that excludes its record, or could.
fn excluded_by(provision: &Provision, excludes: Option<Truth>) -> Option<ExcludedBy> {
    let excludes = excludes.filter(|truth| truth.can_be(Truth::TRUE))?;
    let status = if excludes.is(Truth::TRUE) { Status::Unmet } else { Status::Unknown };
    Some(ExcludedBy { provision: provision.id.clone(), article: provision.article.clone(), status, code: provision.ledger_code.clone() })
}

fn details<'a>(rules: &'a [DetailRule], evaluator: &mut Evaluator<'a>) -> impl Iterator<Item = Detail> {
    rules.iter().map(|rule| detail(rule, evaluator.value(&rule.value)))
}

fn detail(rule: &DetailRule, value: Val<'_>) -> Detail {
    Detail { name: rule.name.clone(), value: shown(value.into_value(rule.value.ty())) }
}

impl Finding {
    /// A finding of which nothing is known yet.
    pub(crate) fn empty() -> Self {
        Self {
            provision: String::new(),
            policy: None,
            article: String::new(),
            modality: super::Modality::Shall,
            status: Status::NotApplicable,
            possible: Vec::new(),
            reason: None,
            actual: None,
            actual_low: None,
            actual_high: None,
            required: None,
            shortfall: None,
            relation: None,
            unit: None,
            figures: Vec::new(),
            failing: Vec::new(),
            value: None,
            due: None,
            deemed_by: None,
            relaxation: None,
            details: Vec::new(),
            error: None,
            missing: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Sets status and figures; of several comparisons the first that falls short stands for all.
    fn set_result(&mut self, set: StatusSet, figures: &[JudgedFigure<'_>]) {
        self.status = set.status();
        self.possible = set.members();
        let decisive = decisive(figures);
        let figures: Vec<Figure> = figures.iter().map(JudgedFigure::write).collect();
        if let Some(figure) = figures.get(decisive).cloned() {
            self.actual = figure.actual;
            self.actual_low = figure.actual_low;
            self.actual_high = figure.actual_high;
            self.required = figure.required;
            self.shortfall = figure.shortfall;
            self.relation = Some(figure.relation);
            self.unit = figure.unit.or(self.unit.take());
        }
        // Where the one comparison holds and something else fails, that is plain to see.
        let fails_elsewhere = matches!(self.status, Status::Unmet | Status::Waivable) && figures.iter().all(|figure| figure.holds == Some(true));
        if figures.len() > 1 || fails_elsewhere {
            self.figures = figures;
        }
        if self.reason == Some(Reason::NotComputable) && set.is_decided() {
            self.reason = None;
        }
    }
}
