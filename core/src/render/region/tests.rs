//! What the report of the example city says, and that its numbers are those of its people.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

use calamine::{Data, Reader as _, Xlsx};

use super::*;
use crate::evaluate::Given;
use crate::facts::Region;
use crate::policy::PolicySet;
use crate::quantity::parse_day;
use crate::region::{GroupKind, Publication, RegionRegister, Survey, WithheldReason};
use crate::render::tests::told;

/// The example city, counted once.
static CITY: LazyLock<City> = LazyLock::new(City::read);

struct City {
    report: RegionReport,
    names: Vec<Option<String>>,
    question: (String, String),
    document: (String, String),
    labels: Labels,
    list: Publication,
    says: (String, String),
}

impl City {
    fn read() -> Self {
        let set = PolicySet::builtin().expect("built in");
        let given = Given::new().with("year", 2024_i64);
        let as_of = parse_day("2024-12-05").expect("a day");
        let ask = |decision| set.ask(decision, &given, as_of).expect("a question");
        let (people, targets, publication) = (ask("cq-annual-cme"), ask("cq-region-targets"), ask("cq-municipal-duties"));
        let survey = Survey::new(&people, &targets).expect("a survey");
        let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/city-2024.xlsx")).expect("the example");
        let register = RegionRegister::read(&survey, &set, &bytes, "city-2024.xlsx", &mut |_| {}).expect("read");
        let list = register.publication(&publication).expect("a list");
        let labels = publication.labels();
        let label = labels.provision(&list.provision).expect("a label");
        let both = |text: Text<'_>| (text.zh.to_owned(), text.en.to_owned());
        Self {
            report: register.report(&survey).expect("counted"),
            names: register.names().into_iter().map(|name| name.map(str::to_owned)).collect(),
            question: both(targets.text()),
            document: both(targets.document()),
            labels: targets.labels(),
            says: (label.zh.clone(), label.en.clone()),
            list,
        }
    }

    fn says(&self) -> Text<'_> {
        Text { zh: &self.says.0, en: &self.says.1 }
    }

    fn pages<T>(&self, lang: Lang, show: impl FnOnce(&RegionPages<'_>) -> T) -> T {
        let names: Vec<Option<&str>> = self.names.iter().map(Option::as_deref).collect();
        show(&RegionPages {
            title: self.report.region.as_deref().unwrap_or("city-2024.xlsx"),
            report: &self.report,
            names: &names,
            question: Text { zh: &self.question.0, en: &self.question.1 },
            document: Text { zh: &self.document.0, en: &self.document.1 },
            labels: &self.labels,
            problems: &[],
            lang,
        })
    }

    fn book(&self, lang: Lang) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(self.pages(lang, region_xlsx).expect("a workbook"))).expect("readable")
    }
}

fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<String>> {
    let range = book.worksheet_range(sheet).expect("the sheet");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn the_page_says_what_the_report_says() {
    insta::assert_snapshot!("region_zh", told(&CITY.pages(Lang::Zh, region_html).expect("a page")));
    insta::assert_snapshot!("region_en", told(&CITY.pages(Lang::En, region_html).expect("a page")));
}

#[test]
fn the_json_tells_every_rate_with_its_people() {
    let json: serde_json::Value = serde_json::from_str(&CITY.report.to_json()).expect("JSON");
    let mut whole = json["groups"][0].clone();
    whole["verdict"]["policy"] = "…".into();
    insta::assert_snapshot!("region_json", serde_json::to_string_pretty(&whole["rates"]).expect("JSON"));
}

#[test]
fn the_workbook_gives_each_number_the_rows_that_make_it_up() {
    for lang in [Lang::Zh, Lang::En] {
        let mut book = CITY.book(lang);
        let names = book.sheet_names();
        let summary = rows(&mut book, names.first().expect("a summary"));
        let whole = CITY.report.whole().expect("the whole");
        for (rate, definition) in whole.rates.iter().zip(&CITY.report.definitions) {
            let name = crate::render::words::capital(lang.pick(&definition.name_zh, &definition.name_en));
            let line = summary.iter().find(|row| row.first() == Some(&name)).expect("a line");
            assert_eq!(&line[1..4], [rate.numerator.len(), rate.denominator.len(), rate.open.len()].map(|count| count.to_string()), "{name}");
            let sheet: String = name.chars().take(28).collect();
            let listed = rows(&mut book, &sheet);
            let count = |column: usize, word: &str| listed.iter().skip(1).filter(|row| row.get(column).is_some_and(|cell| cell == word)).count();
            let w = words::RegionWords::of(lang);
            assert_eq!((count(6, w.in_numerator), count(6, w.state_open)), (rate.numerator.len(), rate.open.len()), "{name}");
            assert_eq!(count(7, lang.pick("是", "yes")), rate.denominator.len(), "{name}");
            let everyone = rate.denominator.len() + rate.open.iter().filter(|open| !open.counted).count() + rate.excluded.len();
            assert_eq!(listed.len() - 1, everyone, "{name}");
        }
    }
}

/// A COUNTIFS of this workbook, counted by hand: pairs of a column of a sheet and a text, which may be a cell of the row or have stars, whatever its
/// case.
fn counted(book: &mut Xlsx<Cursor<Vec<u8>>>, formula: &str, name: &str) -> usize {
    let literally = formula
        .replace("SUBSTITUTE(", "")
        .replace(",\"~\",\"~~\")", "")
        .replace(",\"*\",\"~*\")", "")
        .replace(",\"?\",\"~?\")", "")
        .replace("\"=\"&", "");
    let inner = literally.trim_start_matches('=').trim_start_matches("COUNTIFS(").trim_end_matches(')');
    let parts: Vec<&str> = inner.split(',').collect();
    let mut matching: BTreeMap<usize, bool> = BTreeMap::new();
    for pair in parts.chunks(2) {
        let (sheet, column) = pair[0].rsplit_once('!').expect("a column of a sheet");
        let column = usize::from(column.as_bytes()[1] - b'A');
        let wanted = match pair[1] {
            plain if plain.starts_with('"') && plain.matches('"').count() == 2 => plain.trim_matches('"').to_owned(),
            star if star.contains('*') => format!("；{name}；"),
            _ => name.to_owned(),
        };
        let within = pair[1].contains('*');
        for (place, row) in rows(book, sheet.trim_matches('\'')).iter().enumerate().skip(1) {
            let holds =
                row.get(column).is_some_and(|cell| if within { cell.contains(&wanted) } else { cell.to_lowercase() == wanted.to_lowercase() });
            *matching.entry(place).or_insert(true) &= holds;
        }
    }
    matching.values().filter(|holds| **holds).count()
}

#[test]
fn a_stored_value_is_what_its_formula_gives() {
    formulas_hold(&CITY);
}

#[test]
fn institutions_of_one_name_are_counted_each_by_itself() {
    let mut city = City::read();
    for (line, name) in city.report.institutions.iter_mut().zip(["A*医院", "a*医院", ">医院?"]) {
        line.name = Some(name.to_owned());
    }
    formulas_hold(&city);
    let named: Vec<String> = rows(&mut city.book(Lang::Zh), "各机构").iter().filter_map(|row| row.first().cloned()).collect();
    for line in city.report.institutions.iter().take(2) {
        let name = format!("{}（{}）", line.name.as_deref().expect("a name"), line.id);
        assert!(named.contains(&name), "{name}: {named:?}");
    }
    assert!(named.contains(&">医院?".to_owned()), "{named:?}");
}

fn formulas_hold(city: &City) {
    let mut book = city.book(Lang::Zh);
    let mut seen = 0;
    let offset = |cells: usize| u32::try_from(cells).expect("a small sheet");
    for sheet in ["汇总", "各片区", "各机构"] {
        let values = book.worksheet_range(sheet).expect("the sheet");
        let formulas = book.worksheet_formula(sheet).expect("formulas");
        let (top, left) = formulas.start().expect("a formula");
        for (row, column, formula) in formulas.used_cells().map(|(row, column, formula)| (top + offset(row), left + offset(column), formula.clone()))
        {
            let value = values.get_value((row, column)).cloned().unwrap_or(Data::Empty);
            if formula.contains("COUNTIFS") {
                let name = values.get_value((row, 0)).map(ToString::to_string).unwrap_or_default();
                let given = counted(&mut book, &formula, &name);
                assert_eq!(value.to_string(), given.to_string(), "{sheet} {row} {column}: {formula}");
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn two_runs_give_the_same_workbook() {
    assert!(CITY.pages(Lang::Zh, region_xlsx).expect("a workbook") == CITY.pages(Lang::Zh, region_xlsx).expect("a workbook"));
}

#[test]
fn the_list_for_publication_holds_names_and_nothing_else() {
    let names: Vec<&str> = CITY.list.announced.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), 6);
    // Two of one name are told apart by their institution, and nobody else's is told.
    let with_institutions: Vec<&str> = CITY.list.announced.iter().filter(|one| one.institution.is_some()).map(|one| one.name.as_str()).collect();
    assert_eq!(with_institutions, ["陈思敏", "陈思敏"]);
    let withheld: Vec<(&str, WithheldReason)> = CITY.list.withheld.iter().map(|one| (one.id.as_str(), one.reason)).collect();
    assert_eq!(withheld, [("H08005", WithheldReason::ContradictsRegister)]);
    let page = publication_html(&CITY.list, CITY.says(), 2024, Lang::Zh).expect("a page");
    insta::assert_snapshot!("publication_zh", told(&page));
    let bytes = publication_xlsx(&CITY.list, CITY.says(), 2024, Lang::Zh).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("readable");
    let sheet = book.sheet_names().first().cloned().expect("a sheet");
    let cells: Vec<String> = rows(&mut book, &sheet).concat();
    for person in &CITY.report.people {
        assert!(!page.contains(&person.id) && !cells.contains(&person.id), "{}", person.id);
    }
    assert!(!page.contains("H08005") && !page.contains("副高"));
}

#[test]
fn zones_and_institutions_add_up_to_the_whole() {
    let report = &CITY.report;
    let whole = report.whole().expect("the whole");
    for kind in [GroupKind::Zone, GroupKind::Institution] {
        let people: u32 = report.of_kind(kind).map(|group| group.people).sum();
        assert_eq!(people, whole.people, "everybody of the example works in one institution and one zone");
        for rate in whole.rates.iter().filter(|rate| kind == GroupKind::Zone || !rate.id.ends_with(".covered")) {
            let parts = report.of_kind(kind).filter_map(|group| group.rates.iter().find(|other| other.id == rate.id));
            let sum = parts.fold((0, 0, 0), |sum, part| (sum.0 + part.numerator.len(), sum.1 + part.denominator.len(), sum.2 + part.open.len()));
            assert_eq!(sum, (rate.numerator.len(), rate.denominator.len(), rate.open.len()), "{}", rate.id);
        }
    }
}

#[test]
#[ignore = "writes pages for human eyes into MEDTRAIN_RENDER_DIR"]
fn write_for_eyes() {
    let folder = std::path::PathBuf::from(std::env::var_os("MEDTRAIN_RENDER_DIR").expect("MEDTRAIN_RENDER_DIR"));
    for lang in [Lang::Zh, Lang::En] {
        let path = |name: &str, ending: &str| folder.join(format!("{name}-{}.{ending}", lang.code()));
        std::fs::write(path("region", "html"), CITY.pages(lang, region_html).expect("a page")).expect("written");
        std::fs::write(path("region", "xlsx"), CITY.pages(lang, region_xlsx).expect("a workbook")).expect("written");
        std::fs::write(path("publication", "html"), publication_html(&CITY.list, CITY.says(), 2024, lang).expect("a page")).expect("written");
        std::fs::write(path("publication", "xlsx"), publication_xlsx(&CITY.list, CITY.says(), 2024, lang).expect("a workbook")).expect("written");
    }
}

fn question<T>(decision: &str, given: &Given, as_of: &str, show: impl FnOnce(&Question<'_>) -> T) -> T {
    let set = PolicySet::builtin().expect("built in");
    let question = set.ask(decision, given, parse_day(as_of).expect("a day")).expect("a question");
    show(&question)
}

fn quotas(subject: &crate::facts::Subject, question: &Question<'_>, lang: Lang) -> StandingsTable {
    let (verdict, labels) = (question.evaluate_subject(subject), question.labels());
    let row = crate::render::ReportRow { facts: subject, verdict: &verdict, place: None, record_places: &[], first: None, statement: None };
    StandingsTable::quotas(&crate::render::Report {
        title: "某省",
        subject: subject.entity(),
        question: question.text(),
        document: question.document(),
        policy: &verdict.policy,
        layers: &[],
        as_of: question.as_of(),
        given: question.given(),
        labels: &labels,
        rows: &[row],
        problems: &[],
        sheets: &[],
        lang,
    })
}

#[test]
fn each_quota_of_a_programme_has_a_line_with_its_own_standing() {
    use crate::facts::{InstitutionTier, Programme, ProgrammeTier};
    let tier = |tier, times, zone, covered| ProgrammeTier {
        tier: Some(tier),
        person_times: Some(times),
        zone_person_times: zone,
        institutions: Some(250),
        institutions_covered: covered,
        ..ProgrammeTier::default()
    };
    let programme = Programme {
        name: Some("万名基层医生进修".to_owned()),
        persons_trained: Some(10_500),
        tiers: Some(vec![
            tier(InstitutionTier::County, 5_000, Some(899), Some(250)),
            tier(InstitutionTier::Township, 2_990, Some(500), Some(250)),
            tier(InstitutionTier::Village, 3_000, None, None),
        ]),
        ..Programme::default()
    };
    let subject = crate::facts::Subject::from(programme);
    let table = question("zj-programme", &Given::new(), "2027-01-01", |question| quotas(&subject, question, Lang::Zh));
    insta::assert_snapshot!("quotas_zh", table.texts().into_iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"));
    assert!(table.html().expect("a page").contains("<td class=\"unmet\">"));
    // Until its day has passed, nothing of it fails.
    let before = question("zj-programme", &Given::new(), "2026-12-31", |question| quotas(&subject, question, Lang::En));
    assert!(before.texts().iter().all(|row| !row.iter().any(|cell| cell.contains("not met"))));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(table.xlsx().expect("a workbook"))).expect("readable");
    let sheet = book.sheet_names().first().cloned().expect("a sheet");
    let cells = rows(&mut book, &sheet);
    assert_eq!(cells.iter().filter(|row| row.iter().any(|cell| cell == "✗ 不达标")).count(), 2);
    // A number is a number, and no text.
    assert!(book.worksheet_range(&sheet).expect("the sheet").used_cells().any(|(_, _, cell)| *cell == Data::Float(899.0)));
}

#[test]
fn what_is_only_counted_and_never_judged_is_told_without_a_standing() {
    let region = crate::facts::Facts::from_value(&serde_json::json!({ "region": { "name": "某省" } })).expect("facts").region.expect("a region");
    let mut region = region;
    for (name, number) in [("demonstration_bases", 9), ("faculty_training_bases", 15), ("skills_assessment_bases", 21), ("key_speciality_bases", 50)]
    {
        region.extra.insert(name, crate::feel::Value::Number(number.into()));
    }
    let table = question("sd-base-targets", &Given::new(), "2023-12-31", |question| quotas(&region.clone().into(), question, Lang::Zh));
    insta::assert_snapshot!("base_targets_zh", table.texts().into_iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"));
}

/// Results of 40 bases in two years; of these, so many passed of a hundred.
fn results(passed: &dyn Fn(u32, u32) -> u32) -> Region {
    let result = |year: u32, base: u32| crate::facts::ExamResult {
        base_id: Some(format!("B{base:02}")),
        speciality: Some("外科".to_owned()),
        year: Some(year),
        taken: Some(100),
        passed: Some(passed(year, base)),
        ..crate::facts::ExamResult::default()
    };
    let mut all: Vec<_> =
        [2021, 2022].into_iter().flat_map(|year| (1..=40).map(move |base| (year, base))).map(|(year, base)| result(year, base)).collect();
    all.push(crate::facts::ExamResult { taken: Some(0), passed: Some(0), ..result(2022, 41) });
    Region { name: Some("某省".to_owned()), exam_results: Some(all), ..Region::default() }
}

#[test]
fn a_ranking_tells_ties_and_leaves_who_is_cut_to_the_policy() {
    use crate::evaluate::ConsequenceState;
    // Two lowest of 40 in both years; in 2022 a third has the rate of the second.
    let region = results(&|year, base| match (year, base) {
        (_, 1) => 70,
        (_, 2) | (2022, 3) => 80,
        (_, base) => 90 + base % 5,
    });
    let given = Given::new().with("year", 2022_i64);
    question("sd-plan-cut", &given, "2023-03-01", |question| {
        let ranked = crate::region::ranking(question, &region).expect("ranked");
        let told: Vec<_> = ranked
            .lines
            .iter()
            .take(3)
            .map(|line| {
                let now = line.now.expect("a rank");
                (line.base_id.as_str(), now.from_last, now.tied, now.of, line.verdict.consequences[0].state)
            })
            .collect();
        assert_eq!(
            told,
            [("B01", 1, 1, 40, ConsequenceState::Open), ("B02", 2, 2, 40, ConsequenceState::Open), ("B03", 2, 2, 40, ConsequenceState::Closed),]
        );
        assert!(ranked.lines.iter().skip(3).all(|line| line.verdict.consequences[0].state == ConsequenceState::Closed));
        let last = ranked.lines.last().expect("a line");
        assert_eq!((last.base_id.as_str(), last.now), ("B41", None), "where nobody took it there is no rate");
        let labels = question.labels();
        let table = StandingsTable::ranking(&ranked, question, &labels, "x", Lang::Zh);
        insta::assert_snapshot!("ranking_zh", table.texts().into_iter().take(5).map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"));
        assert_eq!(table.texts().len(), 42);
        table.xlsx().expect("a workbook");
        if let Some(folder) = std::env::var_os("MEDTRAIN_RENDER_DIR") {
            std::fs::write(std::path::PathBuf::from(folder).join("ranking-zh.html"), table.html().expect("a page")).expect("written");
        }
    });
    assert!(question("sd-plan-cut", &given, "2023-03-01", |question| crate::region::ranking(question, &Region::default())).is_err());
    assert!(question("sd-base-targets", &Given::new(), "2023-03-01", |question| crate::region::ranking(question, &region)).is_err());
}
