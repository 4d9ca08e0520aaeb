//! The requirements of a statement: what is there, what is asked and what lies between, each with its bar and its reasons.

use serde::Serialize;
use smol_str::SmolStr;

use super::{Notes, Statement};
use crate::account::Account;
use crate::evaluate::{Figure, FigurePortion, Finding, Modality, Portion, Reason, Status, Verdict};
use crate::explain::{
    Labels, ProvisionWhy, Rounding, Why, asked_for, details_words, figure_words, question_groups, sentence, shown, until, why_lines, with_unit,
};
use crate::lang::Lang;
use crate::render::bars::{self, Stretch};
use crate::render::words::{self, Words, capital};

/// One requirement.
#[derive(Serialize)]
pub(super) struct Row {
    code: &'static str,
    word: &'static str,
    name: String,
    note: Option<usize>,
    /// Whether it is asked in principle only.
    principle: bool,
    figures: Vec<FigureRow>,
    /// What the figures do not say.
    said: Option<String>,
    /// Whether that fits beside the name: nothing is asked, and nothing measured.
    brief: bool,
    details: Vec<String>,
    why: Vec<WhyLine>,
}

/// One comparison of a requirement.
#[derive(Serialize)]
struct FigureRow {
    /// What it measures, where that is not the requirement itself.
    name: Option<String>,
    bar: Option<Vec<Stretch>>,
    actual: Option<Exact>,
    required: Option<Exact>,
    short: Option<Exact>,
    over: bool,
    beside: Vec<Beside>,
}

/// An amount in words, and exactly as the verdict has it.
#[derive(Serialize)]
struct Exact {
    value: String,
    words: String,
}

/// An amount that is not what counts, with its word.
#[derive(Serialize)]
struct Beside {
    kind: &'static str,
    word: &'static str,
    amount: String,
}

/// A line of the reasons.
#[derive(Serialize)]
pub(super) struct WhyLine {
    depth: usize,
    said: String,
}

impl Row {
    /// Whether one of its bars has a stretch of this kind.
    pub(super) fn shows(&self, kind: &str) -> bool {
        self.figures.iter().flat_map(|figure| &figure.bar).flatten().any(|stretch| stretch.kind == kind)
    }
}

/// The row of a finding.
pub(super) fn row(finding: &Finding, portion: Option<&Portion>, statement: &Statement<'_>, notes: &Notes<'_>) -> Row {
    let (account, lang) = (statement.account, statement.lang);
    let labels = &account.labels;
    let name = labels.name(&finding.provision, lang);
    let mut figures = figures(finding, portion, None, labels, lang);
    for part in &finding.parts {
        let mut of_part = self::figures(part, None, Some(labels.name(&part.provision, lang)), labels, lang);
        if part.modality == Modality::Encouraged {
            of_part.iter_mut().filter_map(|figure| figure.name.as_mut()).for_each(|name| name.push_str(lang.pick("（鼓励）", " (encouraged)")));
        }
        figures.extend(of_part);
    }
    let plain = figures.iter().any(|figure| figure.actual.is_some());
    let beside_figures = finding.deemed_by.is_some() || finding.policy.is_some();
    // That a requirement without figures is fulfilled, its status says.
    let fulfilled = finding.status == Status::Met && figures.is_empty() && finding.value.is_none() && !beside_figures;
    // Figures say by themselves what is lacking, and nothing of what may be waived, is open, or is not asked.
    let told = !fulfilled && (!plain || beside_figures || !finding.failing.is_empty() || !matches!(finding.status, Status::Met | Status::Unmet));
    let said = told
        .then(|| waits_for(finding, account.verdict(), labels, lang).unwrap_or_else(|| sentence(finding, labels, account.question.as_of(), lang)));
    let head = format!("{name}{}", lang.pick("：", ": "));
    // Of what is to come, its figures stand beside it already.
    let to_come = plain && finding.reason == Some(Reason::NotDue);
    let said =
        if to_come { Some(format!("{}{}", words::of_finding(finding, lang), until(finding.due, account.question.as_of(), lang))) } else { said };
    let said = said.map(|said| without(&said, &[&head, lang.pick("资料不足：", "unknown: "), lang.pick("已达标：", "met: ")]).to_owned());
    let word = words::of_finding(finding, lang);
    Row {
        code: finding.status.code(),
        word,
        name: capital(name),
        note: notes.number(&finding.provision),
        principle: finding.modality == Modality::Principle,
        brief: finding.status == Status::NotApplicable && figures.is_empty(),
        figures,
        // Its status stands beside the name already, and that it only advises.
        said: said.filter(|said| said.as_str() != word && finding.reason != Some(Reason::Advisory)).map(|said| capital(&said)),
        details: details_words(finding, labels, lang),
        why: why(finding, account, lang),
    }
}

/// A sentence without what stands before it already.
fn without<'s>(said: &'s str, heads: &[&str]) -> &'s str {
    heads.iter().fold(said, |said, head| said.strip_prefix(head).unwrap_or(said))
}

/// Which of the questions below an open finding waits for: `取决于下列第1至3、9问`; nothing where they are not asked.
fn waits_for(finding: &Finding, verdict: &Verdict, labels: &Labels, lang: Lang) -> Option<String> {
    let asked_for = asked_for(verdict, labels);
    let groups = question_groups(&asked_for);
    let asked = |path: &String| groups.iter().position(|group| group.contains(&path)).map(|place| place + 1);
    let mut numbers = finding.missing.iter().map(asked).collect::<Option<Vec<usize>>>().filter(|numbers| !numbers.is_empty())?;
    numbers.sort_unstable();
    numbers.dedup();
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] if last - first > 1 => format!("{first}–{last}"),
        run => run.iter().map(ToString::to_string).collect::<Vec<_>>().join(lang.pick("、", ", ")),
    });
    let runs = runs.collect::<Vec<_>>().join(lang.pick("、", ", "));
    let plural = if numbers.len() == 1 { "" } else { "s" };
    Some(lang.pick(format!("取决于下列第{runs}问"), format!("it depends on question{plural} {runs} below")))
}

fn figures(finding: &Finding, portion: Option<&Portion>, part: Option<&str>, labels: &Labels, lang: Lang) -> Vec<FigureRow> {
    let none = FigurePortion::default();
    let told = figure_words(finding, labels, lang);
    let w = Words::of(lang);
    let each = told.into_iter().enumerate().map(|(place, words)| {
        let portion = portion.and_then(|portion| portion.figures.get(place)).unwrap_or(&none);
        let figure = &words.figure;
        FigureRow {
            bar: bars::meter(figure, portion),
            actual: words.actual.map(|words| Exact { value: actual(figure), words }),
            required: words.required.zip(figure.required.as_ref()).map(|(words, value)| Exact { value: value.to_string(), words }),
            short: words.short.zip(figure.shortfall.as_ref()).map(|(words, value)| Exact { value: value.to_string(), words }),
            over: words.over,
            beside: beside(figure, portion, w, lang),
            name: words.name.or_else(|| part.map(str::to_owned)).map(|name| capital(&name)),
        }
    });
    // Of one whose sides are both open, nothing can be shown.
    each.filter(|figure| figure.actual.is_some() || figure.required.is_some()).collect()
}

/// What is there, exactly; within bounds where it is open: `20..28`.
fn actual(figure: &Figure) -> String {
    let side = |side: &Option<SmolStr>| side.clone().unwrap_or_default();
    figure.actual.as_ref().map_or_else(|| format!("{}..{}", side(&figure.actual_low), side(&figure.actual_high)), SmolStr::to_string)
}

/// What counts for now, what waits, and what does not count.
fn beside(figure: &Figure, portion: &FigurePortion, w: &'static Words, lang: Lang) -> Vec<Beside> {
    let between = |less: Option<&SmolStr>, more: Option<&SmolStr>| {
        let (less, more) = (crate::quantity::parse_decimal(less?)?, crate::quantity::parse_decimal(more?)?);
        let amount = more.checked_sub(less)?.normalize();
        (amount > rust_decimal::Decimal::ZERO).then(|| with_unit(&shown(&amount.to_string(), Rounding::Nearest), figure.unit.as_ref(), lang))
    };
    let now = figure.actual.as_ref();
    let hoped = portion.hoped.as_ref().or(now);
    let kinds = [
        ("now", w.for_now_amount, between(portion.settled.as_ref(), now)),
        ("pending", w.pending_amount, between(now, hoped)),
        ("out", w.not_counted_amount, between(hoped, portion.all.as_ref())),
    ];
    kinds.into_iter().filter_map(|(kind, word, amount)| Some(Beside { kind, word, amount: amount? })).collect()
}

/// The condition of a finding, taken apart.
fn why(finding: &Finding, account: &Account<'_>, lang: Lang) -> Vec<WhyLine> {
    let of = |one: &&ProvisionWhy| one.provision == finding.provision && one.policy == finding.policy;
    account.why.findings.iter().find(of).filter(|one| !one.conditions.is_empty()).map_or_else(Vec::new, |one| told(one, account, lang))
}

/// The reasons of a provision, a line for each part.
pub(super) fn told(one: &ProvisionWhy, account: &Account<'_>, lang: Lang) -> Vec<WhyLine> {
    let alone = Why { findings: vec![one.clone()], consequences: Vec::new(), ..account.why.clone() };
    let lines = why_lines(&alone, &account.labels, lang);
    // The first says which provision it is, which stands above already.
    let told = lines.iter().skip(1).map(|line| {
        let said = line.trim_start_matches(' ');
        WhyLine { depth: ((line.len() - said.len()) / 2).saturating_sub(1), said: said.to_owned() }
    });
    told.collect()
}
