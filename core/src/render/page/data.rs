//! What was read, and what was wrong with it.

use std::collections::HashMap;

use serde::Serialize;

use crate::lang::Lang;
use crate::problem::ProblemCode;
use crate::render::words;
use crate::render::{ReportProblem, Severity, SheetSummary};

/// Places that are named for one problem.
const PLACES: usize = 6;

/// What became of the rows of one sheet.
#[derive(Serialize)]
pub(super) struct SheetRow<'a> {
    name: &'a str,
    holds: &'a str,
    read: usize,
    used: usize,
    aside: usize,
    reasons: String,
}

/// Problems of one kind.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct ProblemGroup {
    severity: &'static str,
    kind: &'static str,
    count: usize,
    rows: Vec<ProblemRow>,
    left: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct ProblemRow {
    places: Vec<String>,
    places_left: Option<String>,
    text: String,
    cure: Option<String>,
}

/// What became of the rows of one sheet.
pub(super) fn sheet_row<'a>(sheet: &SheetSummary<'a>, lang: Lang) -> SheetRow<'a> {
    let reasons: Vec<String> = (sheet.set_aside.iter())
        .map(|aside| lang.pick(format!("{}{}行", aside.reason.zh, aside.rows), format!("{}: {}", aside.reason.en, aside.rows)))
        .collect();
    SheetRow {
        name: sheet.name,
        holds: sheet.holds.to(lang),
        read: sheet.read,
        used: sheet.used,
        aside: sheet.set_aside.iter().map(|aside| aside.rows).sum(),
        reasons: reasons.join(lang.pick("；", "; ")),
    }
}

/// Problems by kind, the gravest first.
pub(in crate::render) fn problem_groups(problems: &[ReportProblem<'_>], lang: Lang) -> Vec<ProblemGroup> {
    let mut kinds: Vec<(_, Vec<&ReportProblem<'_>>)> = Vec::new();
    for problem in problems {
        let kind = (problem.severity, problem.code);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, of)) => of.push(problem),
            None => kinds.push((kind, vec![problem])),
        }
    }
    kinds.sort_by_key(|((severity, _), _)| *severity);
    kinds.into_iter().map(|((severity, code), of)| problem_group(severity, code, &of, lang)).collect()
}

/// One kind of problems: those with the same words stand together, with their places.
fn problem_group(severity: Severity, code: ProblemCode, of: &[&ReportProblem<'_>], lang: Lang) -> ProblemGroup {
    let most = match severity {
        Severity::Blocking => 20,
        Severity::Suspect => 10,
        Severity::Fixed | Severity::Info => 4,
    };
    let mut slots: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    let mut rows: Vec<Told<'_>> = Vec::new();
    for problem in of {
        let (text, cure) = (problem.text.to(lang), problem.cure.map(|cure| cure.to(lang)));
        let slot = *slots.entry((text, cure)).or_insert_with(|| {
            rows.push(Told { places: Vec::new(), count: 0, text, cure });
            rows.len() - 1
        });
        if let Some(told) = rows.get_mut(slot) {
            told.places.extend(problem.places.iter().map(String::as_str));
            told.count += problem.count;
        }
    }
    let count = of.iter().map(|problem| problem.count).sum();
    let shown: usize = rows.iter().take(most).map(|told| told.count).sum();
    let left = count - shown;
    ProblemGroup {
        severity: words::severity(severity, lang),
        kind: words::problem_kind(code, lang),
        count,
        rows: rows.into_iter().take(most).map(|told| told.row(lang)).collect(),
        left: (left > 0)
            .then(|| lang.pick(format!("另有{left}项，全部见 Excel 文件"), format!("and {left} more; all of them are in the Excel file"))),
    }
}

/// Problems of the same words.
struct Told<'a> {
    places: Vec<&'a str>,
    count: usize,
    text: &'a str,
    cure: Option<&'a str>,
}

impl Told<'_> {
    fn row(self, lang: Lang) -> ProblemRow {
        let places_left = (self.count > PLACES).then(|| lang.pick(format!("等{}处", self.count), format!("and {} more", self.count - PLACES)));
        let places = self.places.into_iter().take(PLACES).map(str::to_owned).collect();
        ProblemRow { places, places_left, text: self.text.to_owned(), cure: self.cure.map(str::to_owned) }
    }
}

/// How many problems there are in all.
pub(in crate::render) fn problem_count(problems: &[ReportProblem<'_>]) -> usize {
    problems.iter().map(|problem| problem.count).sum()
}
