//! Remedies by stays: those that go on, those that touch, and those that stand in the facts twice.

use medtrain::evaluate::Given;
use medtrain::remedy::RemedyState;
use serde_json::{Value as Json, json};

use crate::remedy::ask;

#[test]
fn a_stay_that_stands_in_the_facts_twice_is_one() {
    let stay = json!({ "starts_on": "2026-05-01", "none": ["ends_on", "result"], "diseases_mastered": 20, "tcm_techniques": 4, "theory_score": "80", "practice_score": "70" });
    let facts = |stay: &Json| json!({ "trainee": { "institution": { "tier": "village" }, "attachment": stay, "attachments": [stay] } });
    let asked = ask("zj-completion", &facts(&stay), &Given::new(), "2026-05-10");
    let to_do = "办法：期满后取得「考核结果」：合格或优秀；「进修结束日期」须为2026-05-31至2026-12-31之间，截止2026-12-31（还有235天）；最早自2026-05-31起达标";
    assert_eq!(asked.words, [to_do]);
    // Whoever writes it in both places is judged no otherwise.
    let done = json!({ "starts_on": "2026-05-01", "ends_on": "2026-05-31", "result": "pass", "diseases_mastered": 20, "tcm_techniques": 4, "theory_score": "80", "practice_score": "70" });
    assert_eq!(ask("zj-completion", &facts(&done), &Given::new(), "2026-05-31").told.state, RemedyState::NotNeeded);
}
