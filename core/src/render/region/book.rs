//! The annual report as a workbook: each number leads to the people who make it up.
//!
//! Every rate has a sheet that lists everyone of the region with how they are counted and why; the numbers of the region, its zones and institutions are
//! formulas over those lists, with their values stored, and the cells with numbers lead there.
//! INVARIANT: a stored value is what its formula gives; both come from the same lists.

use rust_xlsxwriter::{DocProperties, Format, Formula, Url, Workbook};

use super::RegionPages;
use super::told::{asked, distance, group_name, institution_name, lead, name, rate};
use super::words::RegionWords;
use crate::evaluate::Status;
use crate::explain::missing_words;
use crate::facts::TitleGrade;
use crate::lang::Lang;
use crate::region::{GroupKind, Involvement, Measure, NOBODY, Rate, RateDefinition, Share};
use crate::render::words::{self, Words, capital};
use crate::render::xlsx::{Looks, Sheet, list_problems, written};
use crate::render::{RenderError, tally};

/// The annual report of a region as the bytes of an `.xlsx` workbook.
///
/// # Errors
/// Where the workbook cannot be written, which would be a fault of this library.
pub fn region_xlsx(pages: &RegionPages<'_>) -> Result<Vec<u8>, RenderError> {
    let looks = Looks::new();
    let r = RegionWords::of(pages.lang);
    let mut book = Workbook::new();
    let title = format!("{} {}", r.annual, pages.report.year);
    let properties = DocProperties::new().set_title(title).set_subject(pages.title).set_author("medtrain");
    book.set_properties(&properties.set_creation_datetime(&written(pages.report.as_of)));
    let lists = Lists::of(pages);
    let mut add = |name: &str, fill: &dyn Fn(&mut Sheet<'_>) -> Result<(), RenderError>| -> Result<(), RenderError> {
        let page = book.add_worksheet();
        page.set_name(name)?;
        page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        page.set_footer(format!("&L&9{} · {}&R&9&P / &N", crate::render::xlsx::shortened(pages.title, 80).replace('&', "&&"), pages.report.as_of));
        fill(&mut Sheet { page, looks: &looks, row: 0, lines: 1 })
    };
    add(r.summary, &|sheet| summary(sheet, &lists, pages))?;
    for (kind, word) in [(GroupKind::Zone, r.zones), (GroupKind::Institution, r.institutions)] {
        if pages.report.of_kind(kind).next().is_some() {
            add(word, &|sheet| groups(sheet, kind, &lists, pages))?;
        }
    }
    add(r.grades, &|sheet| grades(sheet, pages))?;
    add(r.sheet_people, &|sheet| people(sheet, pages))?;
    for list in &lists.lists {
        add(&list.sheet, &|sheet| members(sheet, list, pages))?;
    }
    if !pages.problems.is_empty() {
        add(Words::of(pages.lang).problems, &|sheet| list_problems(sheet, pages.problems, pages.lang))?;
    }
    add(r.sheet_basis, &|sheet| basis(sheet, pages))?;
    Ok(book.save_to_buffer()?)
}

/// The sheets of rates.
struct Lists<'a> {
    lists: Vec<List<'a>>,
}

/// The sheet of one rate.
struct List<'a> {
    definition: &'a RateDefinition,
    rate: &'a Rate,
    sheet: String,
}

/// The columns of a rate's sheet, by their letters in formulas.
const ZONE: char = 'D';
const UNIT: char = 'E';
const STATE: char = 'G';

impl<'a> Lists<'a> {
    fn of(pages: &RegionPages<'a>) -> Self {
        let mut taken: Vec<String> = Vec::new();
        let lists = pages.report.definitions.iter().filter_map(|definition| {
            let rate = rate(pages.report.whole()?, &definition.id)?;
            let sheet = free(&capital(name(definition, pages.lang)), &taken);
            taken.push(sheet.clone());
            Some(List { definition, rate, sheet })
        });
        Self { lists: lists.collect() }
    }
}

/// A name for a sheet that no other has, within what the format takes.
fn free(name: &str, taken: &[String]) -> String {
    const LONGEST: usize = 28;
    let plain: String = name.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).take(LONGEST).collect();
    let numbered = (2..).map(|count| format!("{plain} {count}"));
    std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(plain)
}

/// How somebody is counted in a rate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Numerator,
    Denominator,
    Open,
    Out,
}

impl State {
    fn words(self, lang: Lang) -> &'static str {
        let r = RegionWords::of(lang);
        match self {
            Self::Numerator => r.in_numerator,
            Self::Denominator => r.in_denominator,
            Self::Open => r.state_open,
            Self::Out => r.state_out,
        }
    }
}

/// A count over the list of a rate: those of a state, of a zone or an institution where one is given.
fn count(list: &List<'_>, states: &[State], group: Option<(char, &str)>, lang: Lang) -> String {
    let column = |letter: char| format!("'{}'!${letter}:${letter}", list.sheet);
    let within = group.map(|(letter, criterion)| format!(",{},{criterion}", column(letter))).unwrap_or_default();
    let one = |state: &State| format!("COUNTIFS({},\"{}\"{within})", column(STATE), state.words(lang));
    states.iter().map(one).collect::<Vec<_>>().join("+")
}

/// Writes a formula with the value that it has, in a cell that leads to the sheet it counts.
fn formula(sheet: &mut Sheet<'_>, column: u16, (formula, to): (&str, &str), value: u32, look: &Format) -> Result<(), RenderError> {
    // The link stays with the cell when the formula takes its place.
    sheet.page.write_url_with_format(sheet.row, column, Url::new(format!("internal:'{to}'!A1")), look)?;
    sheet.page.write_formula_with_format(sheet.row, column, Formula::new(format!("={formula}")).set_result(value.to_string()), look)?;
    Ok(())
}

/// The share of two cells of the row, with its value.
fn quotient(sheet: &mut Sheet<'_>, column: u16, (part, whole): (&str, &str), share: Share, look: &Format) -> Result<(), RenderError> {
    let row = sheet.row + 1;
    let exact = tally::decimal(usize::try_from(share.part).unwrap_or_default()).zip(tally::decimal(usize::try_from(share.whole).unwrap_or_default()));
    let value = exact.and_then(|(part, whole)| part.checked_div(whole)).map(|value| value.to_string()).unwrap_or_default();
    let text = format!("=IF({whole}{row}=0,\"\",{part}{row}/{whole}{row})");
    sheet.page.write_formula_with_format(sheet.row, column, Formula::new(text).set_result(value), look)?;
    Ok(())
}

fn summary(sheet: &mut Sheet<'_>, lists: &Lists<'_>, pages: &RegionPages<'_>) -> Result<(), RenderError> {
    let (lang, r) = (pages.lang, RegionWords::of(pages.lang));
    let looks = sheet.looks;
    for (column, width) in (0..).zip([34.0, 11.0, 11.0, 9.0, 10.0, 10.0, 10.0, 16.0, 42.0, 24.0]) {
        sheet.page.set_column_width(column, width)?;
    }
    for (text, look) in [
        (format!("{} {}", r.annual, pages.report.year), &looks.title),
        (format!("{} · {} · {}", pages.title, pages.report.policy.number, pages.report.as_of), &looks.soft),
        (lead(pages), &looks.lead),
    ] {
        sheet.text(0, &text, look)?;
        sheet.next();
    }
    sheet.next();
    let w = Words::of(lang);
    let heads = [r.targets, r.numerator, r.denominator, r.open, r.low, r.high, r.needed, r.standing, r.more, w.article];
    for (column, head) in (0..).zip(heads) {
        sheet.text(column, head, if (1..7).contains(&column) { &looks.head_right } else { &looks.head })?;
    }
    sheet.page.set_row_height(sheet.row, 30)?;
    sheet.next();
    for list in &lists.lists {
        let List { definition, rate, sheet: to } = list;
        let link = Url::new(format!("internal:'{to}'!A1")).set_text(capital(name(definition, lang)));
        sheet.page.write_url_with_format(sheet.row, 0, link, &looks.link)?;
        formula(sheet, 1, (&count(list, &[State::Numerator], None, lang), to), size(&rate.numerator), &looks.number)?;
        // Of those who are open, the sheet tells in its column of the denominator who is certainly counted.
        let counted = format!("COUNTIFS('{to}'!$H:$H,\"{}\")", words_of(true, lang));
        formula(sheet, 2, (&counted, to), size(&rate.denominator), &looks.number)?;
        formula(sheet, 3, (&count(list, &[State::Open], None, lang), to), size(&rate.open), &looks.number)?;
        if rate.open.is_empty() {
            quotient(sheet, 4, ("B", "C"), rate.low, &looks.percent)?;
            quotient(sheet, 5, ("B", "C"), rate.high, &looks.percent)?;
        } else {
            sheet.number(4, exact(rate.low), &looks.percent)?;
            sheet.number(5, exact(rate.high), &looks.percent)?;
        }
        sheet.number(6, rate.needed.map(Into::into), &looks.number)?;
        let status = rate.status.unwrap_or(Status::NotApplicable);
        let standing = if rate.status.is_some() { format!("{} {}", words::symbol(status), words::status(status, lang)) } else { String::new() };
        sheet.text(7, &standing, looks.of(status))?;
        sheet.text(8, &distance(rate, definition, lang), &looks.plain)?;
        sheet.text(9, &asked(rate, definition, lang).unwrap_or_default(), &looks.plain)?;
        sheet.next();
    }
    Ok(())
}

fn exact(share: Share) -> Option<rust_decimal::Decimal> {
    rust_decimal::Decimal::from(share.part).checked_div(rust_decimal::Decimal::from(share.whole))
}

fn size<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// Yes or no.
fn words_of(yes: bool, lang: Lang) -> &'static str {
    if yes { lang.pick("是", "yes") } else { lang.pick("否", "no") }
}

/// Zones or institutions, a row each; numerators and denominators are counted over the lists of the rates.
fn groups(sheet: &mut Sheet<'_>, kind: GroupKind, lists: &Lists<'_>, pages: &RegionPages<'_>) -> Result<(), RenderError> {
    let (lang, r) = (pages.lang, RegionWords::of(pages.lang));
    let looks = sheet.looks;
    let shown: Vec<&List<'_>> = lists
        .lists
        .iter()
        .filter(|list| list.definition.provision.is_some() && (kind == GroupKind::Zone || list.definition.measure != Measure::Covered))
        .collect();
    let mut heads = vec![(if kind == GroupKind::Zone { r.zone } else { r.institution }.to_owned(), 26.0), (r.people.to_owned(), 8.0)];
    let gap = lang.pick("", " ");
    for list in &shown {
        let name = capital(name(list.definition, lang));
        heads.extend(
            [r.numerator, r.denominator, r.rate, r.more]
                .map(|word| (format!("{name}{gap}{}", lang.pick(word.to_owned(), word.to_lowercase())), 10.0)),
        );
    }
    sheet.head(&heads)?;
    for group in pages.report.of_kind(kind) {
        let row = sheet.row + 1;
        sheet.text(0, &group_name(group, pages), &looks.plain)?;
        sheet.count(1, usize::try_from(group.people).unwrap_or_default())?;
        let name = literally(&format!("$A{row}"));
        let criterion = if kind == GroupKind::Zone { format!("\"*；\"&{name}&\"；*\"") } else { format!("\"=\"&{name}") };
        let within = Some((if kind == GroupKind::Zone { ZONE } else { UNIT }, criterion.as_str()));
        let mut column = 2;
        for list in &shown {
            if let Some(rate) = rate(group, &list.definition.id) {
                formula(sheet, column, (&count(list, &[State::Numerator], within, lang), &list.sheet), size(&rate.numerator), &looks.number)?;
                let counted = format!(
                    "COUNTIFS('{}'!$H:$H,\"{}\",'{}'!${}:${},{criterion})",
                    list.sheet,
                    words_of(true, lang),
                    list.sheet,
                    within.map_or(UNIT, |(letter, _)| letter),
                    within.map_or(UNIT, |(letter, _)| letter)
                );
                formula(sheet, column + 1, (&counted, &list.sheet), size(&rate.denominator), &looks.number)?;
                let share = Share { part: size(&rate.numerator), whole: size(&rate.denominator) };
                let letters = (letters(column), letters(column + 1));
                quotient(sheet, column + 2, (&letters.0, &letters.1), share, &looks.percent)?;
                sheet.number(column + 3, rate.more.map(Into::into), &looks.gap)?;
            }
            column += 4;
        }
        sheet.next();
    }
    sheet.settle(heads.len(), 1)?;
    sheet.next();
    sheet.text(0, r.orientation, &looks.soft)
}

/// The text of a cell as a criterion takes it letter by letter: a star or a question mark in a name stands for nothing else.
fn literally(cell: &str) -> String {
    let escaped = |inner: String, sign: &str| format!("SUBSTITUTE({inner},\"{sign}\",\"~{sign}\")");
    ["~", "*", "?"].into_iter().fold(cell.to_owned(), escaped)
}

/// The letters of a column: A, B ... Z, AA.
fn letters(column: u16) -> String {
    let mut left = u32::from(column) + 1;
    let mut out = Vec::new();
    while left > 0 {
        let place = u8::try_from((left - 1) % 26).unwrap_or_default();
        out.push(char::from(b'A' + place));
        left = (left - 1) / 26;
    }
    out.iter().rev().collect()
}

fn grades(sheet: &mut Sheet<'_>, pages: &RegionPages<'_>) -> Result<(), RenderError> {
    let (lang, r) = (pages.lang, RegionWords::of(pages.lang));
    let looks = sheet.looks;
    let open = lang.pick(format!("{}（{}）", r.participated, r.open), format!("{} ({})", r.participated, r.open.to_lowercase()));
    let open_met = lang.pick(format!("{}（{}）", r.met, r.open), format!("{} ({})", r.met, r.open.to_lowercase()));
    let heads = [r.grade, r.people, r.participated, &open, r.rate, r.met, &open_met, r.rate];
    let heads: Vec<(String, f64)> = heads.into_iter().map(|head| (head.to_owned(), 14.0)).collect();
    sheet.head(&heads)?;
    for line in &pages.report.grades {
        let name = grade_name(line.grade, lang).unwrap_or(r.no_grade);
        sheet.text(0, name, &looks.plain)?;
        for (column, number) in [(1, line.people), (2, line.participated), (3, line.may_have_participated), (5, line.met), (6, line.may_meet)] {
            sheet.number(column, Some(number.into()), &looks.number)?;
        }
        quotient(sheet, 4, ("C", "B"), Share { part: line.participated, whole: line.people }, &looks.percent)?;
        quotient(sheet, 7, ("F", "B"), Share { part: line.met, whole: line.people }, &looks.percent)?;
        sheet.next();
    }
    sheet.settle(heads.len(), 1)
}

fn grade_name(grade: Option<TitleGrade>, lang: Lang) -> Option<&'static str> {
    TitleGrade::LIST.codes.get(grade? as usize).map(|code| lang.pick(code.zh, code.en))
}

/// Everyone of the register.
fn people(sheet: &mut Sheet<'_>, pages: &RegionPages<'_>) -> Result<(), RenderError> {
    let (lang, r) = (pages.lang, RegionWords::of(pages.lang));
    let looks = sheet.looks;
    let heads = [(r.number, 12.0), (r.name, 12.0), (r.institution, 26.0), (r.grade, 12.0), (r.participated, 10.0), (r.result, 16.0)];
    let heads: Vec<(String, f64)> = heads.into_iter().map(|(head, width)| (head.to_owned(), width)).collect();
    sheet.head(&heads)?;
    for (place, person) in pages.report.people.iter().enumerate() {
        if !sheet.has_room(lang)? {
            break;
        }
        sheet.text(0, &person.id, &looks.plain)?;
        sheet.text(1, pages.names.get(place).copied().flatten().unwrap_or_default(), &looks.plain)?;
        sheet.text(2, &person.institution.as_deref().map_or(r.no_institution.into(), |id| institution_name(id, pages)), &looks.plain)?;
        sheet.text(3, grade_name(person.grade, lang).unwrap_or_default(), &looks.plain)?;
        let participated = match person.participated {
            Involvement::Yes => words_of(true, lang),
            Involvement::No => words_of(false, lang),
            Involvement::Open => r.state_open,
        };
        sheet.text(4, participated, &looks.plain)?;
        sheet.text(5, &format!("{} {}", words::symbol(person.status), words::status(person.status, lang)), looks.of(person.status))?;
        sheet.next();
    }
    sheet.settle(heads.len(), 2)
}

/// One of a rate, as a row tells of them.
struct Member<'m> {
    id: &'m str,
    state: State,
    counted: bool,
    reason: String,
}

/// Everyone of the region, as they are counted in one rate.
fn members(sheet: &mut Sheet<'_>, list: &List<'_>, pages: &RegionPages<'_>) -> Result<(), RenderError> {
    let (lang, r) = (pages.lang, RegionWords::of(pages.lang));
    let looks = sheet.looks;
    let heads = [
        (r.number, 12.0),
        (r.name, 14.0),
        (r.grade, 12.0),
        (r.zone, 14.0),
        (r.institution, 26.0),
        (r.result, 14.0),
        (r.state, 16.0),
        (r.denominator, 9.0),
        (r.reason, 40.0),
    ];
    let heads: Vec<(String, f64)> = heads.into_iter().map(|(head, width)| (head.to_owned(), width)).collect();
    sheet.head(&heads)?;
    let told = rows(list.rate, pages);
    let units: std::collections::HashMap<&str, &crate::region::InstitutionLine> =
        pages.report.institutions.iter().map(|line| (line.id.as_str(), line)).collect();
    let persons: std::collections::HashMap<&str, (usize, &crate::region::PersonLine)> =
        pages.report.people.iter().enumerate().map(|(place, person)| (person.id.as_str(), (place, person))).collect();
    for member in told {
        if !sheet.has_room(lang)? {
            break;
        }
        let of_people = list.definition.measure != Measure::Covered;
        let person = if of_people { persons.get(member.id) } else { None };
        let unit = if of_people { person.and_then(|(_, person)| units.get(person.institution.as_deref()?)) } else { units.get(member.id) };
        let name = match person {
            Some((place, _)) => pages.names.get(*place).copied().flatten().unwrap_or_default(),
            None => unit.and_then(|unit| unit.name.as_deref()).unwrap_or_default(),
        };
        sheet.text(0, member.id, &looks.plain)?;
        sheet.text(1, name, &looks.plain)?;
        sheet.text(2, person.and_then(|(_, person)| grade_name(person.grade, lang)).unwrap_or_default(), &looks.plain)?;
        let zones = zone_cell(unit.copied(), r);
        sheet.text(3, &zones, &looks.plain)?;
        sheet.text(4, &unit.map_or(r.no_institution.into(), |unit| institution_name(&unit.id, pages)), &looks.plain)?;
        let result = person.map(|(_, person)| format!("{} {}", words::symbol(person.status), words::status(person.status, lang)));
        sheet.text(5, &result.unwrap_or_default(), person.map_or(&looks.plain, |(_, person)| looks.of(person.status)))?;
        sheet.text(6, member.state.words(lang), &looks.plain)?;
        sheet.text(7, words_of(member.counted, lang), &looks.plain)?;
        sheet.wrapped(8, &member.reason, 40)?;
        sheet.next();
    }
    sheet.settle(heads.len(), 2)
}

/// The zones of an institution between marks, so that a formula finds one among several: `；渝东南；武陵山区；`.
fn zone_cell(unit: Option<&crate::region::InstitutionLine>, r: &RegionWords) -> String {
    let zones = unit.and_then(|unit| unit.zones.as_ref());
    match zones {
        None => format!("；{}；", r.no_zone),
        Some(zones) if zones.is_empty() => format!("；{}；", r.outside_zones),
        Some(zones) => zones.iter().fold("；".to_owned(), |all, zone| all + zone.trim() + "；"),
    }
}

/// Everyone of a rate: those lacking first, then the open ones, the counted and those left out.
fn rows<'a>(rate: &'a Rate, pages: &RegionPages<'_>) -> Vec<Member<'a>> {
    let lang = pages.lang;
    let known = |ids: &'a [String]| ids.iter().map(String::as_str).collect::<std::collections::HashSet<&str>>();
    let numerator = known(&rate.numerator);
    let open: std::collections::HashSet<&str> = rate.open.iter().map(|open| open.id.as_str()).collect();
    let plain = |id, state| Member { id, state, counted: true, reason: String::new() };
    let lacking = rate.denominator.iter().map(String::as_str).filter(|id| !numerator.contains(id) && !open.contains(id));
    let lacking = lacking.map(|id| plain(id, State::Denominator));
    let of_open = rate.open.iter().map(|one| {
        let missing = if one.missing == [NOBODY] { Vec::new() } else { missing_words(&one.missing, pages.labels, lang) };
        let colon = if missing.is_empty() { "" } else { lang.pick("：", ": ") };
        Member {
            id: &one.id,
            state: State::Open,
            counted: one.counted,
            reason: format!("{}{colon}{}", one.because.words(lang), missing.join(lang.pick("、", ", "))),
        }
    });
    let counted = rate.numerator.iter().map(|id| plain(id, State::Numerator));
    let out = rate.excluded.iter().map(|exclusion| Member {
        id: &exclusion.id,
        state: State::Out,
        counted: false,
        reason: exclusion.reason.words(lang).to_owned(),
    });
    lacking.chain(of_open).chain(counted).chain(out).collect()
}

fn basis(sheet: &mut Sheet<'_>, pages: &RegionPages<'_>) -> Result<(), RenderError> {
    let (lang, looks) = (pages.lang, sheet.looks);
    sheet.page.set_column_width(0, 30)?.set_column_width(1, 100)?;
    for definition in &pages.report.definitions {
        sheet.text(0, &capital(name(definition, lang)), &looks.plain)?;
        sheet.wrapped(1, lang.pick(&definition.zh, &definition.en), 100)?;
        sheet.next();
        let label = definition.provision.as_deref().and_then(|provision| pages.labels.provision(provision));
        if let Some(label) = label {
            sheet.text(0, &format!("{} {}", pages.report.policy.number, label.article), &looks.soft)?;
            sheet.wrapped(1, label.says(lang), 100)?;
            sheet.next();
        }
    }
    sheet.next();
    for (key, value) in super::basis_lines(pages).into_iter().filter(|(_, value)| !value.is_empty()) {
        sheet.text(0, key, &looks.plain)?;
        sheet.wrapped(1, &value, 100)?;
        sheet.next();
    }
    Ok(())
}
