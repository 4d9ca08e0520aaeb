//! What the reports say, and that they say it of everyone.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use rust_decimal::Decimal;
use smol_str::SmolStr;
use unicode_width::UnicodeWidthStr as _;

use super::fixtures::{Case, annual, at_least, day, finding, hospital, person, small, verdict};
use super::tally::{Share, Tally, bins};
use super::{Report, ReportProblem, Severity, bars, departments, html, summary, tally, xlsx};
use crate::evaluate::{Finding, Modality, Relation, Status};
use crate::explain::{ProvisionLabel, ValueLabel};
use crate::lang::{Lang, Text};
use crate::problem::ProblemCode;
use crate::quantity::{Unit, parse_decimal};

fn page(case: &Case, lang: Lang) -> String {
    case.report(lang, html).expect("a page")
}

/// A page without its styles and patterns, which say nothing.
pub(super) fn told(page: &str) -> String {
    let without = |page: &str, from: &str, to: &str| {
        let (before, rest) = page.split_once(from).expect("the beginning");
        format!("{before}{from}…{to}{}", rest.split_once(to).expect("the end").1)
    };
    // What keeps amounts on one line is not read.
    let page = page.replace("<keep-whole>", "").replace("</keep-whole>", "");
    without(&without(&page, "<style>", "</style>"), "<defs>", "</defs>")
}

fn sheet(case: &Case, lang: Lang, name: &str) -> Vec<Vec<Data>> {
    rows_of(&case.report(lang, xlsx).expect("a workbook"), name)
}

fn rows_of(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("readable");
    book.worksheet_range(name).expect("the sheet").rows().map(<[Data]>::to_vec).collect()
}

/// A consequence that hangs on other provisions.
fn credit_year(state: crate::evaluate::ConsequenceState, because: Vec<SmolStr>) -> crate::evaluate::Consequence {
    let (provision, article) = ("cq-credit-year".into(), "三".into());
    crate::evaluate::Consequence { provision, article, state, because, failing: Vec::new(), opens_on: None, details: Vec::new(), missing: Vec::new() }
}

#[test]
fn percentages_are_exact_and_never_claim_what_is_not_so() {
    let percent = |part, whole| Share { part, whole }.percent();
    assert_eq!(percent(212, 300), "70.7%");
    assert_eq!(percent(1, 3), "33.3%");
    assert_eq!(percent(2, 3), "66.7%");
    assert_eq!(percent(1, 8), "12.5%");
    assert_eq!(percent(1, 2000), "0.1%");
    assert_eq!(percent(1, 16), "6.3%");
    assert_eq!(percent(300, 300), "100.0%");
    assert_eq!(percent(9_999, 10_000), ">99.9%");
    assert_eq!(percent(1, 10_000), "<0.1%");
    assert_eq!(percent(0, 7), "0.0%");
    assert_eq!(percent(0, 0), "—");
    let beside = |part, whole| Share { part, whole }.percent_beside(Share { part: 9_500, whole: 10_000 });
    assert_eq!(beside(1_899, 2_000), "<95.0%");
    assert_eq!(beside(1_900, 2_000), "95.0%");
    assert_eq!(beside(19_001, 20_000), ">95.0%");
    assert_eq!(beside(1_898, 2_000), "94.9%");
    assert_eq!(beside(1, 20_000), "<0.1%");
    assert_eq!(beside(0, 0), "—");
}

#[test]
fn departments_are_ordered_by_exact_shares_and_those_of_whom_nothing_is_asked_come_last() {
    let share = |part, whole| Share { part, whole };
    assert!(share(1, 3).compare(share(3333, 9999)).is_eq());
    assert!(share(1, 3).compare(share(3334, 9999)).is_lt());
    assert!(share(0, 0).compare(share(1, 1)).is_gt());
}

#[test]
fn every_gap_falls_into_one_bin() {
    let gaps: Vec<Decimal> = ["0.5", "1", "5", "5.01", "24.9", "25"].into_iter().filter_map(parse_decimal).collect();
    let bins = bins(&gaps);
    assert_eq!(bins.iter().map(|bin| bin.people).collect::<Vec<_>>(), [3, 1, 0, 0, 2]);
    assert_eq!(bins.iter().map(|bin| bin.to.to_string()).collect::<Vec<_>>(), ["5", "10", "15", "20", "25"]);
}

#[test]
fn bins_hold_no_gap_and_the_largest_decimal() {
    assert_eq!(bins(&[]), []);
    assert_eq!(bins(&[Decimal::ZERO]), []);
    assert!(bins(&[Decimal::MAX]).len() <= 6);
}

#[test]
fn the_bar_of_results_is_as_wide_as_promised_and_hides_nobody() {
    let case = hospital(3_000);
    case.report(Lang::Zh, |report| {
        let bar = bars::results(&Tally::of(report).counts, bars::BAR.0, Lang::Zh);
        assert_eq!(bar.iter().map(|segment| segment.width).sum::<usize>(), bars::BAR.0);
        assert!(bar.iter().all(|segment| segment.width >= 3));
    });
}

#[test]
fn a_gauge_ends_at_its_tick_where_exactly_enough_is_there() {
    let gauge = bars::gauge(&at_least("cq-credits", "25", "25", Unit::Credit)).expect("a gauge");
    assert_eq!((gauge.have, gauge.may, gauge.over), (gauge.tick, gauge.tick, false));
    let none = bars::gauge(&at_least("cq-credits", "0", "0", Unit::Credit));
    assert_eq!(none, None);
}

#[test]
fn the_page_says_what_the_report_says() {
    insta::assert_snapshot!("page_zh", told(&page(&small(), Lang::Zh)));
    insta::assert_snapshot!("page_en", told(&page(&small(), Lang::En)));
}

#[test]
fn the_summary_says_what_the_report_says() {
    insta::assert_snapshot!("summary_zh", small().report(Lang::Zh, |report| summary(report, 80)));
    insta::assert_snapshot!("summary_en", small().report(Lang::En, |report| summary(report, 80)));
}

#[test]
fn no_line_of_the_summary_is_wider_than_the_terminal() {
    let mut case = small();
    case.person(1).name = Some("欧".repeat(200));
    case.person(2).department = Some("x".repeat(300));
    for width in [40, 41, 60, 79, 120] {
        for lang in [Lang::Zh, Lang::En] {
            for line in case.report(lang, |report| summary(report, width)).lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn a_name_cannot_send_control_characters_to_the_terminal() {
    let mut case = small();
    case.person(1).name = Some("a\u{1b}[31mb\nc".to_owned());
    let told = case.report(Lang::Zh, |report| summary(report, 80));
    assert!(!told.contains('\u{1b}') && told.contains("a [31mb c"));
}

#[test]
fn hostile_text_stays_text() {
    let page = page(&small(), Lang::Zh);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<u>9"));
    assert!(page.contains("&lt;script&gt;alert("));
    let people = sheet(&small(), Lang::Zh, "人员");
    assert!(people.iter().flatten().any(|cell| *cell == Data::String("<script>alert('x')</script>".into())));
}

#[test]
fn a_formula_in_a_name_is_written_as_text() {
    let mut case = small();
    case.person(0).name = Some("=HYPERLINK(\"http://example.org\")".to_owned());
    let people = sheet(&case, Lang::Zh, "人员");
    assert!(people.iter().flatten().any(|cell| *cell == Data::String("=HYPERLINK(\"http://example.org\")".into())));
}

#[test]
fn text_longer_than_a_cell_is_cut_and_control_characters_survive_no_reader() {
    let mut case = small();
    case.person(0).department = Some("𠮷".repeat(40_000));
    case.person(1).name = Some("a\u{0}\u{1}\u{fffe}b".to_owned());
    let people = sheet(&case, Lang::Zh, "人员");
    let length = |cell: &Data| if let Data::String(text) = cell { text.encode_utf16().count() } else { 0 };
    let longest = people.iter().flatten().map(length).max();
    assert_eq!(longest, Some(32_767));
}

#[test]
fn no_identity_number_is_ever_written() {
    let case = small();
    for lang in [Lang::Zh, Lang::En] {
        assert!(!page(&case, lang).contains("500101199001011234"));
        assert!(!case.report(lang, |report| summary(report, 200)).contains("500101"));
    }
    for name in ["汇总", "人员", "未计入记录", "数据问题", "依据"] {
        assert!(!format!("{:?}", sheet(&case, Lang::Zh, name)).contains("500101"), "{name}");
    }
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let page = page(&small(), Lang::Zh);
    for foreign in ["http:", "https:", "src=", "@import", "<link", "url(\"", "javascript:"] {
        let own = page.replace("&lt;img src&#x3d;x", "").replace("&lt;img src=x", "");
        assert!(!own.contains(foreign), "{foreign}");
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let case = small();
    let write = || case.report(Lang::Zh, xlsx).expect("a workbook");
    let first = write();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(first == write());
}

#[test]
fn the_workbook_holds_exact_figures() {
    let people = sheet(&small(), Lang::Zh, "人员");
    let heads: Vec<String> = people[0].iter().map(ToString::to_string).collect();
    let start = ["科室", "工号", "姓名", "职称", "职称级别", "达标情况", "学时现有", "学时要求", "学时差", "学分现有", "学分要求", "学分差"];
    assert_eq!(heads[..12], start);
    let short = people.iter().find(|row| row[1] == Data::String("0007".into())).expect("the person");
    assert_eq!(short[5], Data::String("✗ 不达标".into()));
    assert_eq!((&short[9], &short[10], &short[11]), (&Data::Float(21.5), &Data::Float(25.0), &Data::Float(3.5)));
    assert_eq!(short.last(), Some(&Data::String("不达标：还差12学时、学分3.5分，截止2024-10-31（还有38天）".into())));
    assert_eq!(short[heads.iter().position(|head| head == "未计入记录数").expect("the column")], Data::Float(2.0));
}

#[test]
fn everyone_and_every_problem_stand_in_the_workbook() {
    let case = hospital(2_000);
    assert_eq!(sheet(&case, Lang::Zh, "人员").len(), 2_001);
    assert_eq!(sheet(&case, Lang::Zh, "数据问题").len(), case.problems.len() + 1);
    let uncounted: usize = case.rows.iter().map(|(_, verdict)| verdict.records.len()).sum();
    assert_eq!(sheet(&case, Lang::Zh, "未计入记录").len(), uncounted + 1);
}

#[test]
fn a_report_of_nobody_says_so() {
    let case = Case::of(vec![]);
    assert!(page(&case, Lang::Zh).contains("名单中没有人员。"));
    assert!(case.report(Lang::En, |report| summary(report, 80)).contains("There is nobody on the list."));
    assert_eq!(sheet(&case, Lang::Zh, "人员").len(), 1);
}

#[test]
fn a_report_of_one_person_speaks_in_the_singular() {
    let one = Case::of(vec![(person("1", "甲", "内科", None), verdict(annual("96", "25", "15", "20", "16"), vec![]))]);
    assert!(page(&one, Lang::En).contains("Of 1 person, 1 meets it (100.0%)."));
    assert!(page(&one, Lang::Zh).contains("1人中1人达标（100.0%）。"));
}

#[test]
fn those_of_whom_nothing_is_asked_are_not_in_the_share() {
    small().report(Lang::Zh, |report| {
        let tally = Tally::of(report);
        assert_eq!(tally.counts.share(), Share { part: 1, whole: 5 });
        assert_eq!(tally.counts.share_at_best(), Share { part: 2, whole: 5 });
    });
}

#[test]
fn the_roster_begins_with_the_largest_gap() {
    small().report(Lang::Zh, |report| {
        let ids: Vec<_> = Tally::of(report).roster.iter().map(|row| row.facts.number().expect("an id").to_owned()).collect();
        assert_eq!(ids, ["<u>9</u>", "0007", "0012", "10300D", "0001", "0030"]);
    });
}

#[test]
fn too_many_is_told_as_such() {
    let mut load = at_least("mentor-load", "5", "3", Unit::Person);
    (load.status, load.relation, load.shortfall) = (Status::Unmet, Some(Relation::AtMost), Some("2".into()));
    let case = Case::of(vec![(person("1", "甲", "内科", None), verdict(vec![load], vec![]))]);
    let page = page(&case, Lang::Zh);
    assert!(page.contains("最突出的是mentor-load：1人超出，合计超2人。"));
    assert!(page.contains("超2"));
}

#[test]
fn a_large_hospital_lists_those_who_lack_something_and_refers_to_the_workbook() {
    let case = hospital(10_000);
    let met = case.rows.iter().filter(|(_, verdict)| matches!(verdict.status, Status::Met | Status::NotApplicable)).count();
    let start = std::time::Instant::now();
    let page = page(&case, Lang::Zh);
    assert!(start.elapsed().as_secs() < 20, "linear, even in a build without optimisation");
    assert!(page.contains(&format!("其余{met}人达标或不适用")));
    assert!(page.len() < 8_000_000);
}

#[test]
fn a_hospital_of_three_hundred_is_a_small_file() {
    assert!(page(&hospital(300), Lang::Zh).len() < 600_000);
}

#[test]
fn a_record_is_shown_with_its_day_or_what_is_known_of_it() {
    use crate::facts::{Activity, Vocabulary as _};
    let shown = |unknown: &[&str], starts_on: Option<&str>| {
        let unknown = unknown.iter().map(|entry| (*entry).to_owned()).collect();
        let record = Activity { unknown, starts_on: starts_on.and_then(crate::quantity::parse_day), ..Activity::default() };
        super::subject::day(Activity::ENTITY, &record)
    };
    assert_eq!(shown(&["awarded_on within 2024-03"], None), "2024-03");
    assert_eq!(shown(&["awarded_on within 2024-03-05/2024-03-08"], None), "2024-03-05/2024-03-08");
    assert_eq!(shown(&["awarded_on", "ends_on within 2024"], Some("2024-03-01")), "2024-03-01 – 2024");
    assert_eq!(shown(&["awarded_on"], None), "");
}

#[test]
fn a_due_day_that_has_passed_is_told_as_passed() {
    let case = small();
    let told = case.report(Lang::Zh, |report| summary(&super::Report { as_of: day("2024-11-15"), ..*report }, 100));
    assert!(told.contains("截止2024-10-31（已过15天）"));
}

#[test]
fn a_report_rests_on_every_policy_that_was_applied() {
    let host = crate::evaluate::PolicyReference { id: "host".into(), number: "院〔2024〕3号".into(), version: "2".into(), hash: "aa".repeat(32) };
    let layers = [host];
    let told = small().report(Lang::Zh, |report| html(&super::Report { layers: &layers, ..*report }).expect("a page"));
    for said in ["渝卫发〔2017〕25号；院〔2024〕3号", "cq-2017-25 1；host 2", &layers[0].hash] {
        assert!(told.contains(said), "{said}");
    }
}

/// Writes reports for human eyes: `MEDTRAIN_RENDER_DIR=DIR cargo test -p medtrain --lib render::tests::write_for_eyes -- --ignored`.
#[test]
#[ignore = "writes files, for looking at"]
fn write_for_eyes() {
    let Ok(dir) = std::env::var("MEDTRAIN_RENDER_DIR") else { return };
    for (name, case) in [("small", small()), ("empty", Case::of(vec![])), ("hospital", hospital(300)), ("city", hospital(10_000))] {
        for lang in [Lang::Zh, Lang::En] {
            let file = |extension: &str| format!("{dir}/{name}-{}.{extension}", lang.code());
            std::fs::write(file("html"), page(&case, lang)).expect("written");
            std::fs::write(format!("{dir}/{name}-departments-{}.html", lang.code()), case.report(lang, departments).expect("a page"))
                .expect("written");
            std::fs::write(file("xlsx"), case.report(lang, xlsx).expect("a workbook")).expect("written");
            std::fs::write(file("txt"), case.report(lang, |report| summary(report, 80))).expect("written");
        }
    }
}

#[test]
fn the_departments_page_says_what_the_report_says() {
    insta::assert_snapshot!("departments_zh", told(&small().report(Lang::Zh, departments).expect("a page")));
    insta::assert_snapshot!("departments_en", told(&small().report(Lang::En, departments).expect("a page")));
}

#[test]
fn everybody_stands_on_the_departments_page_once_in_their_department_the_largest_gap_first() {
    let case = hospital(300);
    let page = case.report(Lang::Zh, departments).expect("a page");
    let sections: Vec<&str> = page.split("<section class=\"department\"").skip(1).collect();
    let mut seen = 0;
    for section in &sections {
        let name = section.split("<h2>").nth(1).and_then(|rest| rest.split('<').next()).expect("a name");
        let numbers: Vec<&str> = section.split("<th scope=\"row\">").skip(1).filter_map(|row| row.split("<small>").nth(1)?.get(..5)).collect();
        let expected: Vec<String> = case.report(Lang::Zh, |report| {
            let tally = Tally::of(report);
            let own = tally.roster.iter().filter(|row| row.facts.text("department") == Some(name));
            own.filter_map(|row| row.facts.number().map(str::to_owned)).collect()
        });
        assert_eq!(numbers, expected, "{name}");
        seen += numbers.len();
    }
    assert_eq!((seen, sections.len()), (300, 10));
}

#[test]
fn the_department_with_the_smallest_share_comes_first() {
    let page = hospital(300).report(Lang::Zh, departments).expect("a page");
    let shares: Vec<(u32, u32)> = page
        .split("<td class=\"num fraction\">")
        .skip(1)
        .filter_map(|rest| {
            rest.split('<').next()?.replace("&#x2f;", "/").split_once('/').map(|(a, b)| (a.parse().expect("a"), b.parse().expect("b")))
        })
        .collect();
    assert_eq!(shares.len(), 10);
    assert!(shares.windows(2).all(|two| two[0].0 * two[1].1 <= two[1].0 * two[0].1), "{shares:?}");
}

#[test]
fn a_name_links_to_its_statement_where_there_is_one() {
    let linked = |render: fn(&super::Report<'_>) -> Result<String, super::RenderError>| {
        small().report(Lang::Zh, |report| {
            let rows: Vec<_> = report
                .rows
                .iter()
                .map(|row| super::ReportRow { statement: row.facts.number().filter(|id| *id == "0007").map(|_| "st/no-0007.html"), ..*row })
                .collect();
            render(&super::Report { rows: &rows, ..*report }).expect("a page")
        })
    };
    for page in [linked(html), linked(departments)] {
        assert_eq!(page.matches("<a href=\"st&#x2f;no-0007.html\">王小明</a>").count(), 1);
        assert_eq!(page.matches("no-0007").count(), 1);
    }
}

#[test]
fn what_follows_from_the_verdicts_is_told_of_each_and_of_all() {
    use crate::evaluate::ConsequenceState;
    let mut case = small();
    for (place, (_, verdict)) in case.rows.iter_mut().enumerate() {
        let state = [ConsequenceState::Open, ConsequenceState::Closed, ConsequenceState::Closed, ConsequenceState::Unknown][place % 4];
        let because = if state == ConsequenceState::Closed { vec!["cq-credits".to_owned()] } else { Vec::new() };
        verdict.consequences = vec![credit_year(state, because.into_iter().map(SmolStr::from).collect())];
    }
    let page = page(&case, Lang::Zh);
    assert_eq!(page.matches("<p>学分年度：条件不具备（「学分」不符）</p>").count(), 3);
    assert!(page.contains("<th scope=\"row\">学分年度</th><td class=\"num\">2</td><td class=\"num\">3</td><td class=\"num\">1</td>"));
}

#[test]
fn the_workbook_tells_of_each_what_follows_and_under_which_provision() {
    use crate::evaluate::ConsequenceState;
    let mut case = small();
    for (place, (_, verdict)) in case.rows.iter_mut().enumerate() {
        let state = if place == 0 { ConsequenceState::Open } else { ConsequenceState::Closed };
        let because = if state == ConsequenceState::Closed { vec!["cq-credits".to_owned()] } else { Vec::new() };
        verdict.consequences = vec![credit_year(state, because.into_iter().map(SmolStr::from).collect())];
    }
    let people = sheet(&case, Lang::Zh, "人员");
    let column = people[0].iter().position(|head| *head == Data::String("学分年度".into())).expect("a column under the name of the provision");
    let said: Vec<&Data> = people[1..].iter().map(|row| &row[column]).collect();
    assert_eq!(said.iter().filter(|cell| ***cell == Data::String("● 条件具备".into())).count(), 1);
    assert_eq!(said.iter().filter(|cell| ***cell == Data::String("○ 条件不具备（「学分」不符）".into())).count(), said.len() - 1);
}

#[test]
fn a_grade_that_is_asked_is_told_by_its_word_in_the_head_and_in_the_cell() {
    let mut finding = at_least("exam", "1", "1", Unit::One);
    (finding.status, finding.unit, finding.shortfall) = (Status::Unmet, None, None);
    (finding.actual, finding.required) = (Some("fail".into()), Some("pass".into()));
    let mut case = Case::of(vec![(person("1", "甲", "内科", None), verdict(vec![finding], vec![]))]);
    let figures = vec![ValueLabel { codes: Some("assessment_result".into()), ..ValueLabel::default() }];
    case.labels.provisions.push(ProvisionLabel { provision: "exam".into(), name_zh: "考核".into(), figures, ..ProvisionLabel::default() });
    let page = page(&case, Lang::Zh);
    assert!(page.contains("≥ 合格") && page.contains("不合格") && !page.contains("pass") && !page.contains("fail"), "{}", told(&page));
    assert!(case.report(Lang::Zh, departments).expect("a page").contains("≥ 合格"));
    let people = sheet(&case, Lang::Zh, "人员");
    for word in ["合格", "不合格"] {
        assert!(people[1].contains(&Data::String(word.into())), "{people:?}");
    }
    assert!(sheet(&case, Lang::Zh, "汇总").iter().flatten().any(|cell| *cell == Data::String("≥ 合格".into())));
}

#[test]
fn the_stretches_of_a_bar_lie_side_by_side_and_end_at_the_tick_where_exactly_enough_is_there() {
    use crate::evaluate::{Figure, FigurePortion};
    let figure = |actual: Option<&str>, low: Option<&str>, high: Option<&str>, relation| Figure {
        actual: actual.map(Into::into),
        actual_low: low.map(Into::into),
        actual_high: high.map(Into::into),
        required: Some("25".into()),
        shortfall: None,
        relation,
        unit: Some(Unit::Credit),
        holds: None,
    };
    let portion =
        |settled: Option<&str>, hoped: Option<&str>| FigurePortion { settled: settled.map(Into::into), hoped: hoped.map(Into::into), all: None };
    let told = |figure: &Figure, portion: &FigurePortion| -> Vec<(&'static str, i64, i64)> {
        bars::meter(figure, portion).expect("a bar").iter().map(|one| (one.kind, one.x, one.x + one.width)).collect()
    };
    let nothing = portion(None, None);
    let at_least = Relation::AtLeast;
    assert_eq!(told(&figure(Some("25"), None, None, at_least), &nothing), [("have", 0, 300)]);
    assert_eq!(told(&figure(Some("24.9"), None, None, at_least), &nothing), [("have", 0, 298), ("gap", 298, 300)]);
    assert_eq!(
        told(&figure(Some("15"), None, None, at_least), &portion(Some("10"), Some("20"))),
        [("have", 0, 120), ("now", 120, 180), ("pending", 180, 240), ("gap", 240, 300)]
    );
    assert_eq!(told(&figure(None, Some("20"), Some("28"), at_least), &nothing), [("have", 0, 240), ("may", 240, 336)]);
    assert_eq!(told(&figure(None, None, None, at_least), &nothing), [("may", 0, 400)]);
    assert_eq!(told(&figure(None, Some("40"), Some("60"), at_least), &nothing), [("have", 0, 388), ("may", 388, 400)], "beyond the bar");
    assert_eq!(told(&figure(Some("60"), None, None, at_least), &nothing), [("have", 0, 400)]);
    assert_eq!(told(&figure(Some("30"), None, None, Relation::AtMost), &nothing), [("have", 0, 300), ("over", 300, 360)]);
    assert_eq!(bars::meter(&Figure { required: Some("0".into()), ..figure(Some("0"), None, None, at_least) }, &nothing), None);
}

#[test]
fn who_has_nothing_stands_before_who_lacks_a_part() {
    let ratio = |status| Finding { modality: Modality::Principle, ..finding("cq-subject-ratio", status) };
    let nothing = vec![at_least("cq-hours", "0", "80", Unit::Hour), at_least("cq-credits", "0", "25", Unit::Credit), ratio(Status::NotApplicable)];
    let part = vec![
        at_least("cq-hours", "32", "80", Unit::Hour),
        at_least("cq-credits", "13", "25", Unit::Credit),
        at_least("cq-job-related-credits", "0", "15", Unit::Credit),
    ];
    let one = vec![
        at_least("cq-hours", "80", "80", Unit::Hour),
        at_least("cq-credits", "25", "25", Unit::Credit),
        at_least("cq-job-related-credits", "0", "15", Unit::Credit),
    ];
    let people = [("1", one), ("2", part), ("3", nothing)].map(|(number, findings)| (person(number, "某", "内科", None), verdict(findings, vec![])));
    let case = Case::of(people.into());
    let order: Vec<String> =
        case.report(Lang::Zh, |report| Tally::of(report).roster.iter().filter_map(|row| tally::person_id(row).map(str::to_owned)).collect());
    assert_eq!(order, ["3", "2", "1"]);
}

#[test]
fn a_problem_in_nine_hundred_cells_is_counted_nine_hundred_times() {
    let places: Vec<String> = (2..102).map(|row| format!("学分记录!F{row}")).collect();
    let problem = ReportProblem {
        severity: Severity::Fixed,
        code: ProblemCode::Normalised,
        places: &places,
        count: 900,
        change: (Some("=HYPERLINK(1)"), Some("25")),
        text: Text::new("已去除数字前后的文字", "a number was read without the words around it"),
        cure: None,
    };
    let case = Case::of(vec![]);
    let problems = [problem];
    let told = |read: &dyn Fn(&Report<'_>) -> String| case.report(Lang::Zh, |report| read(&Report { problems: &problems, ..*report }));
    assert!(told(&|report| summary(report, 80)).contains("数据问题：900"));
    let page = told(&|report| html(report).expect("a page"));
    assert!(page.contains("<span class=\"many\">900</span>") && page.contains("等900处"), "{page}");
    let book = case.report(Lang::Zh, |report| xlsx(&Report { problems: &problems, ..*report }).expect("a workbook"));
    let rows = rows_of(&book, "数据问题");
    assert_eq!(rows.len(), 2);
    let texts: Vec<String> = rows[1].iter().map(ToString::to_string).collect();
    assert_eq!((texts[2].as_str(), texts[5].as_str(), texts[6].as_str()), ("900", "=HYPERLINK(1)", "25"));
    assert!(texts[3].starts_with("学分记录!F2、") && texts[3].ends_with('…'));
}
