//! The calendar of a policy: what is to be done on which days of a year.

use crate::written::{self, policy};

const POLICY: &str = r#"
[policy]
id = "days"
number = "示例〔2024〕1号"
issued = 2024-03-01
until = 2026-10-31
zh = "上报, 与公布; 示例"
en = "Reports"

[[provision]]
id = "report"
article = "三(二)"
subject = "institution"
modality = "shall"

  [[provision.date]]
  on = 'date(year, 10, 31)'
  zh = "上报本学分年度的学分：各科室须在当日之前核对学分记录、补齐证明材料, 并由负责人签字确认; 逾期不予受理。"
  en = "Report the credits of the year."

  [[provision.date]]
  from = 'date(year - 1, 11, 1)'
  until = 'date(year, 2, 29)'
  zh = "核对"
  en = "Check, and sign; then send.\nIn this order."

  [[provision.date]]
  from = 'date(year, 11, 20)'
  until = 'date(year + 1, 1, 10)'
  zh = "公布"
  en = "Publish"

[[provision]]
id = "once"
article = "四"
subject = "institution"
modality = "shall"
from = 2025-01-01

  [[provision.date]]
  on = 2024-12-31
  zh = "尚未施行"
  en = "Before it binds"

  [[provision.date]]
  on = 2025-06-30
  zh = "建成系统"
  en = "Have the system in place"

  [[provision.date]]
  from = 2025-06-01
  until = 2025-06-30
  zh = "验收"
  en = "Inspection"
"#;

fn days(year: i32) -> Vec<String> {
    policy(POLICY).calendar(year).iter().map(|e| format!("{} {}..{}", e.id, e.from, e.until)).collect()
}

#[test]
fn a_year_lists_its_days_in_their_order() {
    assert_eq!(
        days(2025),
        [
            "once.3.2025 2025-06-01..2025-06-30",
            "once.2.2025 2025-06-30..2025-06-30",
            "report.1.2025 2025-10-31..2025-10-31",
            "report.3.2025 2025-11-20..2026-01-10",
        ],
        "29 February does not come that year"
    );
}

#[test]
fn a_span_is_listed_where_it_touches_the_year_and_the_days_on_which_its_provision_binds() {
    let listed = ["report.1.2024 2024-10-31..2024-10-31", "report.3.2024 2024-11-20..2025-01-10"];
    assert_eq!(days(2024), listed, "before March the policy does not bind, and `once` not before the next year");
    assert_eq!(days(2026), ["report.1.2026 2026-10-31..2026-10-31"], "in November the policy binds no more");
    for year in [2023, 2027, 0, -1, i32::MIN, i32::MAX] {
        assert_eq!(days(year), [""; 0]);
    }
}

#[test]
fn an_entry_crosses_as_one_json() {
    let entries = policy(POLICY).calendar(2026);
    let json = r#"[{"id":"report.1.2026","provision":"report","article":"三(二)","from":"2026-10-31","until":"2026-10-31","zh":"上报本学分年度的学分：各科室须在当日之前核对学分记录、补齐证明材料, 并由负责人签字确认; 逾期不予受理。","en":"Report the credits of the year."}]"#;
    assert_eq!(serde_json::to_string(&entries).expect("JSON"), json);
}

/// The problems of a provision with this date.
fn problems(date: &str) -> Vec<String> {
    let text = format!(
        "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n[[provision]]\nid = \"a\"\narticle = \"1\"\nsubject = \"institution\"\n\
         modality = \"shall\"\n[[provision.date]]\n{date}\n"
    );
    written::problems(&text)
}

#[test]
fn a_date_is_a_day_or_a_span_by_the_year_with_what_is_to_be_done() {
    let said = "zh = \"x\"\nen = \"x\"";
    assert_eq!(problems(&format!("on = 'date(given.year, 2, 29)'\n{said}")), [""; 0]);
    assert_eq!(problems("on = 2024-01-01\nzh = \"x\""), ["[[provision.date]] needs `en` [missing]"]);
    let shape = "a date is a day or a span of days [contradiction]";
    for date in ["", "from = 2024-01-01", "on = 2024-01-01\nuntil = 2024-02-01", "on = 2024-01-01\nfrom = 2024-01-01\nuntil = 2024-02-01"] {
        assert_eq!(problems(&format!("{date}\n{said}")), [shape]);
    }
    for (date, problem) in [
        ("on = 'date(year, 2, 30)'", "in 2024 there is no such day [contradiction]"),
        ("from = 2024-02-02\nuntil = 2024-02-01", "in 2024 there is no such span, or it ends before it begins [contradiction]"),
        ("on = 'as_of'", "no name `as_of` is known here [unknown_name]"),
        ("on = 'staff_count'", "no name `staff_count` is known here [unknown_name]"),
        ("on = 'year'", "`on` expects a date, got a number [wrong_type]"),
        ("on = 3", "`on` of [[provision.date]] expects an expression in quotes, got a whole number [wrong_type]"),
        ("on = 2024-01-01\nby = 2024-01-01", "[[provision.date]] has no key `by` [unknown_name]"),
    ] {
        assert_eq!(problems(&format!("{date}\n{said}")), [problem]);
    }
}

#[cfg(feature = "render")]
mod icalendar {
    use medtrain::{Lang, render};

    use super::{POLICY, policy};

    fn written(year: i32, lang: Lang) -> String {
        let policy = policy(POLICY);
        render::icalendar(&policy, &policy.calendar(year), lang)
    }

    #[test]
    fn the_last_day_that_the_format_can_write_has_no_day_after_it() {
        let policy = policy(&POLICY.replace("until = 2026-10-31\n", "").replace("date(year + 1, 1, 10)", "date(year, 12, 31)"));
        let written = render::icalendar(&policy, &policy.calendar(9999), Lang::En);
        assert!(written.contains("DTSTART;VALUE=DATE:99991120\r\nDURATION:P42D\r\n"), "{written}");
        assert!(!written.contains("DATE:1000"), "{written}");
    }

    #[test]
    fn a_year_is_written_as_events_of_whole_days() {
        insta::assert_snapshot!("calendar_zh", written(2024, Lang::Zh).replace("\r\n", "\n"));
        insta::assert_snapshot!("calendar_en", written(2024, Lang::En).replace("\r\n", "\n"));
    }

    #[test]
    fn lines_are_short_and_end_as_the_format_asks() {
        let written = written(2024, Lang::Zh);
        assert!(written.ends_with("END:VCALENDAR\r\n"));
        assert!(written.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let unfolded = written.replace("\r\n ", "");
        let long =
            "SUMMARY;LANGUAGE=zh-CN:上报本学分年度的学分：各科室须在当日之前核对学分记录、补齐证明材料\\, 并由负责人签字确认\\; 逾期不予受理。\r\n";
        assert!(unfolded.contains(long), "{unfolded}");
    }

    #[test]
    fn a_day_that_moves_keeps_its_id() {
        let id = |text: &str| {
            let policy = super::policy(text);
            let written = render::icalendar(&policy, &policy.calendar(2026), Lang::En);
            written.lines().find(|line| line.starts_with("UID:")).map(str::to_owned)
        };
        assert_eq!(id(POLICY).as_deref(), Some("UID:report.1.2026@days.medtrain"));
        assert_eq!(id(POLICY), id(&POLICY.replace("date(year, 10, 31)", "date(year, 10, 15)")));
    }

    #[test]
    fn a_year_without_days_is_an_empty_calendar() {
        assert!(!written(2023, Lang::En).contains("VEVENT"));
    }
}
