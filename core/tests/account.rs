//! What the figures of a verdict are made of, where records wait for approval or do not count at all.

#![cfg(feature = "render")]

use medtrain::account::Account;
use medtrain::evaluate::{Given, RecordPath};
use medtrain::explain::verdict_sentences;
use medtrain::facts::Facts;
use medtrain::lang::Lang;
use medtrain::policy::PolicySet;
use medtrain::quantity::parse_day;
use medtrain::render::{Statement, statement};

/// Records that are not approved do not count until they are.
const STRICT: &str = r#"[policy]
id = "strict"
number = "示例〔2024〕1号"
issued = 2024-01-01

[[provision]]
id = "approved"
article = "一"
subject = "activity"
modality = "shall"
require = 'review_status = "approved"'
ledger = "pending"
name_zh = "审核"
name_en = "review"

[[provision]]
id = "of-the-year"
article = "二"
subject = "activity"
modality = "shall"
require = 'awarded_on >= @"2024-01-01"'
ledger = "out_of_window"
name_zh = "年度"
name_en = "year"

[[provision]]
id = "credits"
article = "三"
subject = "practitioner"
modality = "shall"
require = 'total(practitioner.activities[admissible].credits) >= 25'
name_zh = "学分"
name_en = "credits"

[[decision]]
id = "strict-credits"
subject = "practitioner"
records = ["approved", "of-the-year"]
all_of = ["credits"]
zh = "学分够了吗？"
en = "Are there enough credits?"
"#;

const FACTS: &str = r#"{"practitioner": {"person_id": "7", "activities": [
    {"awarded_on": "2024-03-01", "credits": "20", "review_status": "approved"},
    {"awarded_on": "2024-03-02", "credits": "3", "review_status": "pending"},
    {"awarded_on": "2023-03-02", "credits": "8", "review_status": "approved"}]}}"#;

fn told<T>(tell: impl FnOnce(&Account<'_>) -> T) -> T {
    let mut set = PolicySet::empty();
    set.add("strict.toml", STRICT).expect("a policy");
    let question = set.ask("strict-credits", &Given::new(), parse_day("2024-06-30").expect("a day")).expect("a question");
    let facts: Facts = set.facts_from_json("strict-credits", FACTS).expect("facts");
    tell(&Account::of(&question, &facts))
}

#[test]
fn what_waits_for_approval_is_told_from_what_will_never_count() {
    told(|account| {
        let finding = &account.verdict().findings[0];
        assert_eq!((finding.actual.as_deref(), finding.shortfall.as_deref()), (Some("20"), Some("5")));
        let figure = &account.portions.findings[0].figures[0];
        assert_eq!((figure.settled.as_deref(), figure.hoped.as_deref(), figure.all.as_deref()), (None, Some("23"), Some("31")));
        assert_eq!(account.portions.pending, [RecordPath::new("practitioner.activities", 1)]);
        assert!(account.verdict().provisional.is_empty());
    });
}

#[test]
fn a_verdict_says_what_counts_for_now_only() {
    let set = PolicySet::builtin().expect("the policies load");
    let question = set.ask("cq-annual-cme", &Given::new().with("year", 2024), parse_day("2024-11-15").expect("a day")).expect("a question");
    let record = |review: &str| {
        format!(r#"{{"awarded_on": "2024-03-02", "credits": "30", "electronic": true, "place_code": "500103", "review_status": "{review}"}}"#)
    };
    let facts = format!(r#"{{"practitioner": {{"activities": [{}, {}, {}]}}}}"#, record("approved"), record("pending"), record("rejected"));
    let verdict = question.evaluate(&question.facts_from_json(&facts).expect("facts"));
    let told: Vec<_> = verdict.provisional.iter().map(|one| (one.path.to_string(), one.provision.as_str(), one.relaxation.as_deref())).collect();
    assert_eq!(told, [("practitioner.activities[1]".to_owned(), "cq-credit-audit", Some("pending"))]);
    let said = verdict_sentences(&verdict, &question, Lang::Zh).join("\n");
    assert!(said.contains("第2条：先计入，尚待审核（三(十六)）"), "{said}");
    assert!(verdict.to_json().contains(r#""provisional":[{"path":"practitioner.activities[1]""#));
}

#[test]
fn a_statement_shows_what_waits_beside_what_counts() {
    let page = told(|account| statement(&Statement::of(account, Lang::Zh)).expect("a page"));
    for said in ["另有待审 3分", "未计入 8分", "办法：审核通过后即可计入，请向审核单位查询进度", "通过后计入</span>"]
    {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn everything_speaks_of_the_same_verdict() {
    told(|account| {
        assert_eq!(account.why.findings.len(), account.verdict().findings.len());
        assert_eq!(account.portions.findings.len(), account.verdict().findings.len());
        assert_eq!(account.receipt.verdict.decision, "strict-credits");
        assert!(account.verdict().remedies.is_none(), "a receipt seals the verdict alone");
    });
}
