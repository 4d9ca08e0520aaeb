//! The annual report as one HTML file that needs nothing else, to read on a screen or print on A4.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::told::{
    asked, code, composition, distance, fraction, group_name, institution_name, lacking, lead, name, percent, percent_of, range, rate, targets,
};
use super::words::RegionWords;
use super::{RegionPages, basis_lines};
use crate::evaluate::Status;
use crate::explain::{consequence_sentence, missing_words};
use crate::facts::TitleGrade;
use crate::lang::Lang;
use crate::region::{GradeLine, Group, GroupKind, Measure, NOBODY, Rate, RateDefinition, Share};
use crate::render::page::data::{ProblemGroup, problem_count, problem_groups};
use crate::render::words::{self, Words, capital};
use crate::render::{RenderError, templates};

/// The length of the bar of a rate.
const BAR: u64 = 600;
/// The length of the bar of a grade.
const SMALL_BAR: u64 = 180;
/// People that are named in one list of the page; all of them are in the workbook.
const LISTED: usize = 80;

/// The annual report of a region as one HTML file.
///
/// # Errors
/// Where the template fails, which would be a fault of this library.
pub fn region_html(pages: &RegionPages<'_>) -> Result<String, RenderError> {
    templates::render("region.html", &Page::of(pages))
}

/// Everything that the template places.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    w: &'static Words,
    r: &'static RegionWords,
    title: &'a str,
    year: u32,
    document: &'a str,
    number: &'a str,
    as_of: String,
    lead: String,
    lacking: Vec<String>,
    bar_size: (u64, u64),
    small_bar: (u64, u64),
    cards: Vec<Card<'a>>,
    heads: Vec<String>,
    zones: Vec<Row<'a>>,
    grades: Vec<Grade>,
    people_heads: Vec<String>,
    institutions: Vec<Row<'a>>,
    problems: Vec<ProblemGroup>,
    problem_count: usize,
    effects: Vec<String>,
    definitions: Vec<Definition<'a>>,
    basis: Vec<(&'static str, String)>,
}

/// One target.
#[derive(Serialize)]
struct Card<'a> {
    name: String,
    number: usize,
    code: &'static str,
    word: &'static str,
    fraction: String,
    range: String,
    asked: Option<String>,
    distance: String,
    bar: Option<Bar>,
    composition: String,
    lists: Vec<List<'a>>,
}

/// The bar of a rate.
#[derive(Serialize)]
struct Bar {
    stretches: Vec<Stretch>,
    tick: Option<u64>,
}

#[derive(Serialize)]
struct Stretch {
    kind: &'static str,
    x: u64,
    width: u64,
}

/// What somebody or an institution is called, and the number beside the name.
type Called<'a> = (Cow<'a, str>, &'a str);

/// People who make up a number.
#[derive(Serialize)]
struct List<'a> {
    head: String,
    groups: Vec<(String, Vec<Called<'a>>)>,
    left: Option<String>,
}

/// A zone or an institution.
#[derive(Serialize)]
struct Row<'a> {
    name: Cow<'a, str>,
    beside: String,
    people: u32,
    cells: Vec<Cell>,
}

#[derive(Serialize, Default)]
struct Cell {
    code: &'static str,
    symbol: &'static str,
    fraction: String,
    percent: String,
    more: String,
}

/// A title grade.
#[derive(Serialize)]
struct Grade {
    name: &'static str,
    people: u32,
    participated: (String, String),
    met: (String, String),
    stretches: Vec<Stretch>,
}

#[derive(Serialize)]
struct Definition<'a> {
    name: String,
    id: &'a str,
    says: &'a str,
    document: String,
    target: &'a str,
}

impl<'a> Page<'a> {
    fn of(pages: &RegionPages<'a>) -> Self {
        let RegionPages { report, lang, .. } = *pages;
        let ids: HashMap<&str, &'a str> =
            report.people.iter().zip(pages.names).filter_map(|(person, name)| Some((person.id.as_str(), (*name)?))).collect();
        let targets: Vec<&RateDefinition> = targets(pages).collect();
        let of_people: Vec<&RateDefinition> = targets.iter().copied().filter(|definition| definition.measure != Measure::Covered).collect();
        let heads = |definitions: &[&RateDefinition]| definitions.iter().map(|definition| capital(name(definition, lang))).collect();
        let whole = report.whole();
        let rows =
            |kind, definitions: &[&RateDefinition]| -> Vec<Row<'a>> { report.of_kind(kind).map(|group| row(group, definitions, pages)).collect() };
        let number = |definition: &RateDefinition| report.definitions.iter().position(|other| other.id == definition.id).map_or(0, |place| place + 1);
        let cards = targets.iter().filter_map(|definition| {
            let rate = rate(whole?, &definition.id)?;
            Some(card(rate, definition, number(definition), &ids, pages))
        });
        let cards = cards.collect();
        let mut institutions: Vec<(u32, Row<'a>)> =
            report.of_kind(GroupKind::Institution).map(|group| (behind(group), row(group, &of_people, pages))).collect();
        institutions.sort_by_key(|(behind, _)| std::cmp::Reverse(*behind));
        Self {
            lang: lang.tag(),
            w: Words::of(lang),
            r: RegionWords::of(lang),
            title: pages.title,
            year: report.year,
            document: pages.document.to(lang),
            number: &report.policy.number,
            as_of: report.as_of.to_string(),
            lead: lead(pages),
            lacking: lacking(pages),
            bar_size: (BAR, 26),
            small_bar: (SMALL_BAR, 12),
            cards,
            heads: heads(&targets),
            zones: rows(GroupKind::Zone, &targets),
            grades: report.grades.iter().map(|line| grade(line, lang)).collect(),
            people_heads: heads(&of_people),
            institutions: institutions.into_iter().map(|(_, row)| row).collect(),
            problems: problem_groups(pages.problems, lang),
            problem_count: problem_count(pages.problems),
            effects: whole
                .map(|whole| whole.verdict.consequences.iter().map(|one| capital(&consequence_sentence(one, pages.labels, lang))).collect())
                .unwrap_or_default(),
            definitions: report.definitions.iter().map(|one| definition(one, pages)).collect(),
            basis: basis_lines(pages),
        }
    }
}

/// How many people are lacking in all, for the order of institutions.
fn behind(group: &Group) -> u32 {
    group.rates.iter().filter_map(|rate| rate.more).fold(0, u32::saturating_add)
}

fn card<'a>(rate: &'a Rate, definition: &RateDefinition, number: usize, names: &HashMap<&str, &'a str>, pages: &RegionPages<'a>) -> Card<'a> {
    let lang = pages.lang;
    let status = rate.status.unwrap_or(Status::NotApplicable);
    Card {
        name: capital(name(definition, lang)),
        number,
        code: code(rate),
        word: words::status(status, lang),
        fraction: fraction(rate.low),
        range: range(rate),
        asked: asked(rate, definition, lang),
        distance: distance(rate, definition, lang),
        bar: bar(rate),
        composition: composition(rate, definition, lang),
        lists: lists(rate, definition, names, pages),
    }
}

/// What is counted, what may be, what is lacking up to the tick.
fn bar(rate: &Rate) -> Option<Bar> {
    let whole = u64::from(rate.low.whole.max(rate.high.whole));
    let place = |number: u32| (u64::from(number) * BAR).checked_div(whole).unwrap_or(0).min(BAR);
    if whole == 0 {
        return None;
    }
    let tick = rate.needed.map(place);
    let ends = [("have", place(rate.low.part)), ("may", place(rate.high.part)), ("gap", tick.unwrap_or(0))];
    Some(Bar { stretches: stretches(&ends), tick })
}

fn stretches(ends: &[(&'static str, u64)]) -> Vec<Stretch> {
    let mut x = 0;
    let mut stretches = Vec::new();
    for (kind, end) in ends.iter().copied() {
        if end > x {
            stretches.push(Stretch { kind, x, width: end - x });
            x = end;
        }
    }
    stretches
}

/// Who is lacking, of whom it is open, and who is left out.
fn lists<'a>(rate: &'a Rate, definition: &RateDefinition, names: &HashMap<&str, &'a str>, pages: &RegionPages<'a>) -> Vec<List<'a>> {
    let (lang, r) = (pages.lang, RegionWords::of(pages.lang));
    let called = |id: &'a str| -> Called<'a> {
        if definition.measure == Measure::Covered {
            return (institution_name(id, pages), "");
        }
        names.get(id).map_or((id.into(), ""), |name| ((*name).into(), id))
    };
    let list = |head: &str, groups: Vec<(String, Vec<&'a str>)>| {
        let all: usize = groups.iter().map(|(_, ids)| ids.len()).sum();
        let mut room = LISTED;
        let shown = groups.into_iter().filter_map(|(word, mut ids)| {
            ids.truncate(room);
            room -= ids.len();
            (!ids.is_empty()).then(|| (word, ids.into_iter().map(called).collect()))
        });
        let left = all.saturating_sub(LISTED);
        List {
            head: format!("{head} {all}"),
            groups: shown.collect(),
            left: (left > 0)
                .then(|| lang.pick(format!("其余{left}见同名 Excel 文件"), format!("the other {left} are in the Excel file of the same name"))),
        }
    };
    let have: std::collections::HashSet<&str> = rate.numerator.iter().chain(rate.open.iter().map(|open| &open.id)).map(String::as_str).collect();
    let lacking: Vec<&str> = rate.denominator.iter().map(String::as_str).filter(|id| !have.contains(id)).collect();
    let mut open: Vec<(String, Vec<&'a str>)> = Vec::new();
    for one in &rate.open {
        let missing = missing_words(&one.missing, pages.labels, lang);
        let word = if missing.is_empty() || one.missing == [NOBODY] {
            one.because.words(lang).to_owned()
        } else {
            format!("{}{}{}", one.because.words(lang), lang.pick("：", ": "), missing.join(lang.pick("、", ", ")))
        };
        match open.iter_mut().find(|(known, _)| *known == word) {
            Some((_, ids)) => ids.push(&one.id),
            None => open.push((word, vec![&one.id])),
        }
    }
    let excluded = crate::region::ExclusionReason::ALL.into_iter().filter_map(|reason| {
        let ids: Vec<&'a str> = rate.excluded.iter().filter(|exclusion| exclusion.reason == reason).map(|exclusion| exclusion.id.as_str()).collect();
        (!ids.is_empty()).then(|| (reason.words(lang).to_owned(), ids))
    });
    let excluded: Vec<(String, Vec<&'a str>)> = excluded.filter(|_| definition.measure != Measure::Covered).collect();
    let lists = [(r.lacking_list, vec![(String::new(), lacking)]), (r.open_list, open), (r.excluded_list, excluded)];
    let filled = lists.into_iter().filter(|(_, groups)| groups.iter().any(|(_, ids)| !ids.is_empty()));
    filled.map(|(head, groups)| list(head, groups)).collect()
}

fn row<'a>(group: &'a Group, definitions: &[&RateDefinition], pages: &RegionPages<'a>) -> Row<'a> {
    let cell = |definition: &&RateDefinition| {
        let Some(rate) = rate(group, &definition.id).filter(|rate| rate.high.whole > 0) else { return Cell::default() };
        let status = rate.status.unwrap_or(Status::NotApplicable);
        let more = rate.more.filter(|more| *more > 0 && status != Status::Met);
        Cell {
            code: status.code(),
            symbol: words::symbol(status),
            fraction: fraction(rate.low),
            percent: percent_of(rate.low, rate),
            more: more.map(|more| pages.lang.pick(format!("差{more}"), format!("{more} short"))).unwrap_or_default(),
        }
    };
    let beside = if group.kind == GroupKind::Institution { group.zones.iter().flatten().cloned().collect::<Vec<_>>() } else { Vec::new() };
    Row {
        name: group_name(group, pages),
        beside: beside.join(pages.lang.pick("、", ", ")),
        people: group.people,
        cells: definitions.iter().map(cell).collect(),
    }
}

fn grade(line: &GradeLine, lang: Lang) -> Grade {
    let name = line
        .grade
        .and_then(|grade| TitleGrade::LIST.codes.get(grade as usize))
        .map_or(RegionWords::of(lang).no_grade, |code| lang.pick(code.zh, code.en));
    let of = |part: u32, may: u32| {
        let low = percent(Share { part, whole: line.people });
        let high = percent(Share { part: part.saturating_add(may), whole: line.people });
        (part.to_string(), if low == high { low } else { format!("{low}–{high}") })
    };
    let place = |number: u32| (u64::from(number) * SMALL_BAR).checked_div(u64::from(line.people)).unwrap_or(0);
    Grade {
        name,
        people: line.people,
        participated: of(line.participated, line.may_have_participated),
        met: of(line.met, line.may_meet),
        stretches: stretches(&[("have", place(line.met)), ("may", place(line.met.saturating_add(line.may_meet)))]),
    }
}

fn definition<'a>(definition: &'a RateDefinition, pages: &RegionPages<'a>) -> Definition<'a> {
    let lang = pages.lang;
    let label = definition.provision.as_deref().and_then(|provision| pages.labels.provision(provision));
    let document = label.and_then(|label| label.layer.as_ref()).unwrap_or(&pages.report.policy.number);
    Definition {
        name: capital(name(definition, lang)),
        id: &definition.id,
        says: lang.pick(&definition.zh, &definition.en),
        document: definition.article.as_ref().map(|article| format!("{document} {article}")).unwrap_or_default(),
        target: label.map_or("", |label| label.says(lang)),
    }
}
