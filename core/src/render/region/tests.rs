//! What the report of the example city says, and that its numbers are those of its people.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

use calamine::{Data, Reader as _, Xlsx};

use super::*;
use crate::evaluate::Given;
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
            let sheet = names.iter().find(|sheet| name.starts_with(sheet.as_str()) || **sheet == name).expect("a sheet");
            let listed = rows(&mut book, sheet);
            let count = |column: usize, word: &str| listed.iter().skip(1).filter(|row| row.get(column).is_some_and(|cell| cell == word)).count();
            let w = words::RegionWords::of(lang);
            assert_eq!((count(6, w.in_numerator), count(6, w.state_open)), (rate.numerator.len(), rate.open.len()), "{name}");
            assert_eq!(count(7, lang.pick("是", "yes")), rate.denominator.len(), "{name}");
            let everyone = rate.denominator.len() + rate.open.iter().filter(|open| !open.counted).count() + rate.excluded.len();
            assert_eq!(listed.len() - 1, everyone, "{name}");
        }
    }
}

/// A COUNTIFS of this workbook, counted by hand: pairs of a column of a sheet and a text, which may be a cell of the row or have stars.
fn counted(book: &mut Xlsx<Cursor<Vec<u8>>>, formula: &str, name: &str) -> usize {
    let inner = formula.trim_start_matches('=').trim_start_matches("COUNTIFS(").trim_end_matches(')');
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
            let holds = row.get(column).is_some_and(|cell| if within { cell.contains(&wanted) } else { *cell == wanted });
            *matching.entry(place).or_insert(true) &= holds;
        }
    }
    matching.values().filter(|holds| **holds).count()
}

#[test]
fn a_stored_value_is_what_its_formula_gives() {
    let mut book = CITY.book(Lang::Zh);
    let mut seen = 0;
    for sheet in ["汇总", "各片区", "各机构"] {
        let values = book.worksheet_range(sheet).expect("the sheet");
        let formulas = book.worksheet_formula(sheet).expect("formulas");
        let (top, left) = formulas.start().expect("a formula");
        for (row, column, formula) in formulas.used_cells().map(|(row, column, formula)| (top + row as u32, left + column as u32, formula.clone())) {
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
