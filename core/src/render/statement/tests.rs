//! What statements tell, and that they tell all of it exactly.

use smol_str::SmolStr;

use super::{Statement, statement};
use crate::account::Account;
use crate::evaluate::{Finding, Given, Question};
use crate::facts::Facts;
use crate::lang::Lang;
use crate::policy::PolicySet;
use crate::quantity::parse_day;
use crate::render::tests::told;

const ANNUAL: &str = "cq-annual-cme";

fn set() -> PolicySet {
    PolicySet::builtin().expect("the built-in policies")
}

/// A record on the platform, related to profession and post, of the credit year 2024.
const COUNTED: &str = r#"{"activity_name": "心血管疾病诊疗新进展", "awarded_on": "2024-03-05", "credits": "18", "hours": "60", "subject_kind": "professional",
    "job_related": true, "profession_related": true, "electronic": true}"#;
const PUBLIC: &str = r#"{"activity_name": "医学伦理与法规", "awarded_on": "2024-07-01", "credits": "3", "hours": "20", "subject_kind": "public",
    "job_related": false, "profession_related": true, "electronic": true}"#;

fn person(records: &[&str]) -> String {
    format!(
        r#"{{"practitioner": {{"person_id": "0007", "name": "王小明", "id_no": "500101199001011234", "birth_date": "1990-01-01", "department": "心血管内科",
        "title": "attending_physician", "institution": {{"name": "重庆市某区人民医院"}}, "activities": [{}]}}}}"#,
        records.join(",")
    )
}

fn page_of(facts: &str, year: i64, as_of: &str, lang: Lang) -> String {
    let set = set();
    let facts = set.facts_from_json(ANNUAL, facts).expect("facts");
    let question = set.ask(ANNUAL, &Given::new().with("year", year), parse_day(as_of).expect("a day")).expect("a question");
    page(&question, &facts, lang)
}

/// The page as it is read: what keeps amounts on one line is not.
fn page(question: &Question<'_>, facts: &Facts, lang: Lang) -> String {
    let account = Account::of(question, facts);
    let page = statement(&Statement { issuer: Some("重庆市某区人民医院"), ..Statement::of(&account, lang) }).expect("a page");
    page.replace("<keep-whole>", "").replace("</keep-whole>", "")
}

/// A page without its hashes, which change with every edit of a policy file.
fn without_hashes(page: &str) -> String {
    let mut told = String::new();
    for word in page.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_hash = matches!(bare.len(), 12 | 64) && bare.bytes().all(|b| b.is_ascii_hexdigit()) && bare.bytes().any(|b| b.is_ascii_lowercase());
        told.push_str(&if is_hash { word.replace(bare, "[hash]") } else { word.to_owned() });
    }
    told
}

/// 18 credits of the post and 3 public ones, 80 hours; of the year before, refused, and still under review.
fn unmet() -> String {
    let of_last_year = COUNTED.replace("2024-03-05", "2023-10-30");
    let refused = COUNTED.replace("\"electronic\"", "\"review_status\": \"rejected\", \"electronic\"");
    let under_review =
        COUNTED.replace("\"18\"", "\"2.5\"").replace("\"60\"", "\"6\"").replace("\"electronic\"", "\"review_status\": \"pending\", \"electronic\"");
    person(&[COUNTED, PUBLIC, &of_last_year, &refused, &under_review])
}

#[test]
fn a_record_of_which_only_a_part_counts_says_which() {
    let beside_the_profession = COUNTED.replace("\"profession_related\": true", "\"profession_related\": false");
    let (zh, en) = (Lang::Zh, Lang::En);
    for (records, lang, said) in [
        ([COUNTED, &beside_the_profession], zh, Some("计学时，不计学分")),
        ([COUNTED, &beside_the_profession], en, Some("counts toward hours, not toward credits")),
        ([COUNTED, &beside_the_profession.replace("\"hours\": \"60\", ", "")], zh, Some("不计学分")),
        ([COUNTED, PUBLIC], zh, None),
    ] {
        let page = told(&page_of(&person(&records), 2024, "2024-09-23", lang));
        let found = ["计学时，不计学分", "不计学分", "counts toward"].into_iter().find(|words| page.contains(words));
        assert_eq!(found.is_some(), said.is_some(), "{page}");
        assert!(said.is_none_or(|said| page.contains(said)), "{page}");
    }
}

fn open() -> String {
    person(&[
        COUNTED,
        PUBLIC,
        r#"{"activity_name": "急诊技能", "awarded_on": "2024-04-01", "electronic": true, "job_related": true, "profession_related": true}"#,
    ])
}

#[test]
fn a_statement_of_what_is_not_met() {
    insta::assert_snapshot!("unmet_zh", without_hashes(&told(&page_of(&unmet(), 2024, "2024-09-23", Lang::Zh))));
    insta::assert_snapshot!("unmet_en", without_hashes(&told(&page_of(&unmet(), 2024, "2024-09-23", Lang::En))));
}

#[test]
fn a_statement_of_what_is_met() {
    let facts = person(&[&COUNTED.replace("\"18\"", "\"22.5\""), PUBLIC]);
    insta::assert_snapshot!("met_zh", without_hashes(&told(&page_of(&facts, 2024, "2024-11-15", Lang::Zh))));
}

#[test]
fn a_statement_of_what_the_authority_decides() {
    let facts = person(&[&COUNTED.replace("\"18\"", "\"25\"").replace("\"60\"", "\"80\"")]);
    insta::assert_snapshot!("waivable_zh", without_hashes(&told(&page_of(&facts, 2024, "2024-09-23", Lang::Zh))));
}

#[test]
fn a_statement_of_what_is_not_known() {
    insta::assert_snapshot!("unknown_zh", without_hashes(&told(&page_of(&open(), 2024, "2024-09-23", Lang::Zh))));
    insta::assert_snapshot!("unknown_en", without_hashes(&told(&page_of(&open(), 2024, "2024-09-23", Lang::En))));
}

#[test]
fn a_statement_of_what_is_not_asked() {
    insta::assert_snapshot!("not_applicable_zh", without_hashes(&told(&page_of(&person(&[COUNTED]), 2016, "2016-05-05", Lang::Zh))));
}

/// Every figure of a finding, as a statement must show it.
fn figures(finding: &Finding) -> Vec<String> {
    let data = |value: &str| format!("<data value=\"{value}\">");
    let mut all = Vec::new();
    for part in std::iter::once(finding).chain(&finding.parts) {
        // Of several comparisons each stands by itself.
        let sides =
            |actual: &Option<SmolStr>, low: &Option<SmolStr>, high: &Option<SmolStr>, required: &Option<SmolStr>, shortfall: &Option<SmolStr>| {
                let text = |side: &Option<SmolStr>| side.clone().unwrap_or_default();
                let bounds = (low.as_deref().is_some_and(|low| low != "0") || high.is_some()).then(|| format!("{}..{}", text(low), text(high)));
                let shortfall = shortfall.clone().filter(|gap| gap != "0");
                [actual.clone().or(bounds.map(SmolStr::from)), required.clone(), shortfall]
                    .into_iter()
                    .flatten()
                    .map(|side| data(&side))
                    .collect::<Vec<_>>()
            };
        if part.relation.is_some() {
            all.extend(sides(&part.actual, &part.actual_low, &part.actual_high, &part.required, &part.shortfall));
        }
        for figure in &part.figures {
            all.extend(sides(&figure.actual, &figure.actual_low, &figure.actual_high, &figure.required, &figure.shortfall));
        }
    }
    all
}

#[test]
fn the_statement_of_every_example_shows_every_figure_exactly_and_says_every_word() {
    let (set, mut told) = (set(), 0);
    for policy in set.policies() {
        for (decision, place, question, facts) in policy.questions_of_examples() {
            for lang in [Lang::Zh, Lang::En] {
                let account = Account::of(&question, facts);
                let page = statement(&Statement::of(&account, lang)).expect("a page");
                let escaped = |text: &str| page.contains(&text.replace('/', "&#x2f;")) || page.contains(text);
                for finding in &account.verdict().findings {
                    for figure in figures(finding) {
                        told += 1;
                        assert!(escaped(&figure), "{decision} {place}: {figure} of {} is not told", finding.provision);
                    }
                }
                assert!(page.contains(&account.receipt.hash), "{decision} {place}");
                let version = format!("{} {} · {}", policy.id, policy.version, &account.verdict().policy.hash[..12]);
                assert!(page.contains(&version), "{decision} {place}: {version}");
                for born in [facts.practitioner.as_ref().and_then(|one| one.birth_date), facts.trainee.as_ref().and_then(|one| one.birth_date)] {
                    assert!(born.is_none_or(|day| !page.contains(&day.to_string())), "{decision} {place}: a date of birth");
                }
            }
        }
    }
    assert!(told > 500, "{told} figures");
}

#[test]
fn what_counts_for_now_and_what_would_count_besides_is_told_apart() {
    let page = page_of(&unmet(), 2024, "2024-09-23", Lang::Zh);
    // Of 23.5 credits, 2.5 are under review; 18 of last year and 18 refused ones do not count.
    for said in ["<data value=\"23.5\">23.5分</data>", "其中暂计入 2.5分", "未计入 36分", "暂计入 1", "未计入 2", "办法：按审核意见补正后重新申报"]
    {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn a_statement_needs_nothing_from_elsewhere_and_runs_nothing() {
    let page = page_of(&unmet(), 2024, "2024-09-23", Lang::Zh);
    for foreign in ["http:", "https:", "src=", "@import", "<link", "<script", "javascript:", "onload"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[test]
fn hostile_text_stays_text() {
    let hostile = person(&[&COUNTED.replace("心血管疾病诊疗新进展", "</style><script>alert(1)</script>")]).replace("王小明", "\\\"><img src=x>");
    let page = page_of(&hostile, 2024, "2024-09-23", Lang::Zh);
    assert!(!page.contains("<script") && !page.contains("<img"));
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn a_list_without_records_says_so() {
    for (lang, none) in [(Lang::Zh, "没有学分记录。"), (Lang::En, "There are no credit records.")] {
        assert!(page_of(&person(&[]), 2024, "2024-09-23", lang).contains(none));
        let unknown = r#"{"practitioner": {"name": "王小明"}}"#;
        assert!(!page_of(unknown, 2024, "2024-09-23", lang).contains(none), "of what nobody told us nothing is said");
    }
}

#[test]
fn no_identity_number_stands_in_a_statement() {
    let page = page_of(&unmet(), 2024, "2024-09-23", Lang::Zh);
    assert!(!page.contains("500101199001011234") && !page.contains("1990-01-01"));
    // A hospital that uses identity numbers as its own.
    let page = page_of(&unmet().replace("\"0007\"", "\"50010119900101123X\""), 2024, "2024-09-23", Lang::Zh);
    assert!(!page.contains("19900101") && page.contains("500101********123X"));
}

#[test]
fn a_day_that_has_passed_is_told_as_passed() {
    let page = page_of(&unmet(), 2024, "2024-11-15", Lang::Zh);
    assert!(page.contains("已过 <b>15</b> 天"));
    let page = page_of(&unmet(), 2024, "2024-10-31", Lang::Zh);
    assert!(page.contains("<p class=\"due\">当日截止"));
}

#[test]
fn an_open_finding_points_to_the_questions_that_it_waits_for() {
    let page = page_of(&open(), 2024, "2024-09-23", Lang::Zh);
    assert!(page.contains("<li>学分记录第3条的「学分」是多少？</li>"));
    assert!(page.contains("取决于下列第"));
}

/// Writes the statement of every example for human eyes: `MEDTRAIN_RENDER_DIR=DIR cargo test -p medtrain --lib statement::tests::write_for_eyes -- --ignored`.
#[test]
#[ignore = "writes files, for looking at"]
fn write_for_eyes() {
    let Ok(dir) = std::env::var("MEDTRAIN_RENDER_DIR") else { return };
    for policy in set().policies() {
        for (decision, place, question, facts) in policy.questions_of_examples() {
            for lang in [Lang::Zh, Lang::En] {
                let page = statement(&Statement::of(&Account::of(&question, facts), lang)).expect("a page");
                std::fs::write(format!("{dir}/{decision}-{place}-{}.html", lang.code()), page).expect("written");
            }
        }
    }
}
