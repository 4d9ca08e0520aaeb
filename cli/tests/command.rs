//! The command as a person or a script meets it: what it prints, what it leaves behind, how it ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use medtrain::population::TableFormat;
use tempfile::TempDir;

fn medtrain(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_medtrain")).args(arguments).env("COLUMNS", "100").output().expect("the command runs")
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/hospital-2024.xlsx")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// `check` of a workbook with the usual question and these further arguments.
fn check(workbook: &Path, further: &[&str]) -> Output {
    let workbook = workbook.display().to_string();
    let mut arguments = vec!["check", &workbook, "--decision", "cq-annual-cme", "--given", "year=2024", "--as-of", "2024-11-15"];
    arguments.extend(further);
    medtrain(&arguments)
}

fn file(folder: &TempDir, name: &str, content: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("the file is written");
    path
}

fn files_in(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What in a page leads outside it, however it is quoted.
fn leads_outside(page: &str) -> Vec<&'static str> {
    let bare = page.replace(['"', '\''], "");
    ["src=http", "href=http", "@import", "url(http"].into_iter().filter(|way| bare.contains(way)).collect()
}

#[test]
fn the_example_workbook_is_summed_up_on_the_screen() {
    let output = check(&example(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    insta::assert_snapshot!("summary_of_the_example_workbook", text(&output.stdout));
}

#[test]
fn reports_are_written_whole_and_as_files_like_any_other() {
    let folder = TempDir::new().expect("a folder");
    let (html, xlsx) = (folder.path().join("report.html"), folder.path().join("report.xlsx"));
    let output = check(&example(), &["-o", &html.display().to_string(), "-o", &xlsx.display().to_string()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page = std::fs::read_to_string(&html).expect("the page is there");
    assert!(page.starts_with("<!DOCTYPE html>") || page.starts_with("<!doctype html>"), "a page");
    assert!(page.trim_end().ends_with("</html>"), "a whole page");
    assert_eq!(leads_outside(&page), [""; 0], "a page stands by itself");
    assert!(!page.contains("999999"), "no identity number stands in a report");
    assert!(std::fs::read(&xlsx).expect("the workbook is there").starts_with(b"PK"));
    assert_eq!(files_in(&folder), ["report.html", "report.xlsx"]);
}

#[test]
fn no_workbook_is_overwritten_by_its_report() {
    let folder = TempDir::new().expect("a folder");
    let register = folder.path().join("register.xlsx");
    std::fs::copy(example(), &register).expect("a copy");
    let other = folder.path().join("./register.xlsx").display().to_string();
    for further in [["-o", &other], ["--departments", &other]] {
        let output = check(&register, &further);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        assert!(text(&output.stderr).contains("read itself"), "{}", text(&output.stderr));
    }
    assert!(std::fs::read(&register).expect("still there") == std::fs::read(example()).expect("the example"));
    assert_eq!(files_in(&folder), ["register.xlsx"]);
}

#[test]
fn a_year_that_is_none_is_refused() {
    for year in ["24", "0", "20240"] {
        let given = format!("year={year}");
        let workbook = example().display().to_string();
        let output = medtrain(&["check", &workbook, "--decision", "cq-annual-cme", "--given", &given, "--as-of", "2024-11-15"]);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        assert!(text(&output.stderr).contains("year of four digits"), "{}", text(&output.stderr));
    }
}

#[test]
fn everything_that_is_wrong_with_a_question_is_told_at_once() {
    let told = |arguments: &[&str]| {
        let output = medtrain(arguments);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr)
            .expect("text")
            .lines()
            .filter_map(|line| line.strip_prefix("error: ")?.split(':').next().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let check = ["check", "none.xlsx", "-o", "report.pdf", "--given", "year=20x4", "--given", "yaer=2024", "--decision", "cq-annual-cme"];
    assert_eq!(told(&[&check[..], &["--as-of", "2024-11-15"]].concat()), ["given.yaer", "given.year", "report.pdf", "none.xlsx"]);
    assert_eq!(told(&[&check[..], &["--as-of", "2024-11-31"]].concat()), ["as_of", "report.pdf", "none.xlsx"]);
    let evaluate = ["evaluate", "cq-anual-cme", "--facts", "none.json", "--as-of", "31.10.2024"];
    assert_eq!(told(&evaluate), ["as_of", "decision", "none.json"]);
    let evaluate =
        ["evaluate", "cq-annual-cme", "--facts", "none.json", "--as-of", "31.10.2024", "--given", "year", "--given", "a=1", "--given", "a=2"];
    assert_eq!(told(&evaluate), ["as_of", "given", "given.a", "none.json"], "what is given is no NAME=VALUE, and given twice");
    assert_eq!(told(&[&evaluate[..], &["--policy", "none.toml"]].concat()), ["none.toml", "as_of", "given", "given.a", "none.json"]);
    let folder = TempDir::new().expect("a folder");
    let facts = file(&folder, "facts.json", r#"{"practitioner": {"birth_date": "1980-13-01", "tittle": 1}}"#).display().to_string();
    let asked = ["evaluate", "cq-annual-cme", "--facts", &facts, "--as-of", "2024-11-15"];
    assert_eq!(told(&asked), ["given.year", "practitioner.birth_date", "practitioner.tittle"], "facts are read whatever is asked");
    let region = ["region", "none.xlsx", "-o", "report.pdf", "--policy", "none.toml", "--as-of", "2024", "--given", "year"];
    assert_eq!(told(&region), ["none.toml", "as_of", "given", "report.pdf", "none.xlsx"]);
    let quotas = ["quotas", "none.xlsx", "-o", "report.pdf", "--decision", "none", "--as-of", "2024", "--given", "year"];
    assert_eq!(told(&quotas), ["as_of", "decision", "given", "report.pdf", "none.xlsx"]);
    let table =
        ["evaluate-table", "cq-annual-cme", "--subjects", "none.parquet", "--records", "activities=no.arrow", "-o", "r.pdf", "--as-of", "2024"];
    assert_eq!(told(&table), ["as_of", "r.pdf", "none.parquet", "no.arrow"]);
}

#[test]
fn a_ranking_tells_what_is_wrong_with_its_workbook() {
    let folder = TempDir::new().expect("a folder");
    let table = "地区名称,基地编号,专业基地,年度,参加考核的人员,通过人数\n某省,B01,内科,2022,20,18\n某省,B02,内科,2022,20,19\n";
    let book = file(&folder, "结业考核成绩.csv", table).display().to_string();
    let page = folder.path().join("r.html").display().to_string();
    let asked = ["ranking", &book, "--given", "year=2022", "--as-of", "2023-03-01"];
    let output = medtrain(&[&asked[..], &["-o", &page]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("参加考核的人员"), "{}", text(&output.stderr));
    assert!(std::fs::read_to_string(&page).expect("the page").contains("参加考核的人员"));
    let json: serde_json::Value = serde_json::from_slice(&medtrain(&[&asked[..], &["--json"]].concat()).stdout).expect("JSON");
    assert!(json["problems"].as_array().is_some_and(|problems| !problems.is_empty()) && json["lines"].is_array(), "{json}");
}

#[test]
fn files_that_cannot_all_be_written_leave_none_behind() {
    let folder = TempDir::new().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (page, both) = (place("r.html"), place("new/c.html"));
    // A folder stands where somebody's statement should.
    let statements = place("statements");
    let first = check(&example(), &["--statements", &statements]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    let name = std::fs::read_dir(&statements).expect("a folder").next().expect("a statement").expect("an entry").file_name();
    std::fs::remove_dir_all(&statements).expect("gone");
    std::fs::create_dir_all(Path::new(&statements).join(name)).expect("a folder in the way");
    for further in
        [vec!["-o", &page, "--statements", &statements], vec!["--departments", &both, "--statements", &both], vec!["-o", &page, "-o", &page]]
    {
        let output = check(&example(), &further);
        assert_eq!(output.status.code(), Some(2), "{further:?}: {}", text(&output.stdout));
        assert_eq!(files_in(&folder), ["statements"], "{further:?}");
    }
}

#[test]
fn json_is_one_verdict_a_person_and_every_problem_and_nothing_else() {
    let output = check(&example(), &["--json"]);
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON value");
    let verdicts = json["verdicts"].as_array().expect("a list");
    assert_eq!(verdicts.len(), 300);
    let count = |status: &str| verdicts.iter().filter(|v| v["status"] == status).count();
    // 210, 66, 12 and 12 are meant; three people more are open, because a record without a number may be theirs.
    assert_eq!([count("met"), count("unmet"), count("waivable"), count("unknown")], [208, 65, 12, 15]);
    assert!(json["problems"].as_array().expect("a list").len() > 20);
    assert!(!text(&output.stdout).contains("999999"), "no identity number stands in the answer");
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    assert_eq!(check(&example(), &["--json"]).stdout, check(&example(), &["--json"]).stdout);
}

#[test]
fn a_person_without_a_sheet_of_records_is_unknown_and_one_without_rows_is_unmet() {
    let folder = TempDir::new().expect("a folder");
    let roster = file(&folder, "roster.csv", "工号,姓名,职称\n1001,张三,主治医师\n");
    let output = check(&roster, &["--json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["verdicts"][0]["status"], "unknown");
    assert_eq!(json["verdicts"][0]["missing"], serde_json::json!(["practitioner.activities"]));
}

/// A policy about bases, with a fact of its own.
const BASE_POLICY: &str = r#"[policy]
id = "bases"
number = "示例〔2024〕9号"
issued = 2024-01-01
zh = "基地管理"
en = "Bases"

[[fact]]
subject = "base"
name = "inspected"
type = "boolean"
zh = "是否督导"
en = "inspected"

[[provision]]
id = "managers"
article = "一"
subject = "base"
modality = "shall"
require = 'full_time_managers >= max(3, ceiling(in_training / 100))'
name_zh = "专职管理人员"
name_en = "full-time managers"
zh = "每100名学员配1名专职管理人员，且不少于3名。"
en = "One full-time manager for 100 trainees, and three at least."

[[provision]]
id = "inspected"
article = "二"
subject = "base"
modality = "shall"
require = 'inspected'
name_zh = "督导"
name_en = "inspection"
zh = "每年接受督导。"
en = "Inspected every year."

[[decision]]
id = "base-check"
subject = "base"
all_of = ["managers", "inspected"]
zh = "基地是否达到要求？"
en = "Does the base meet what is asked?"
"#;

#[test]
fn a_decision_about_bases_is_checked_for_every_base_of_a_workbook() {
    let folder = TempDir::new().expect("a folder");
    let policy = file(&folder, "policy.toml", BASE_POLICY).display().to_string();
    let bases = "基地编号,基地名称,在培人数,专职管理人员,是否督导\nB1,甲医院,420人,5,是\nB2,乙医院,120,2,是\nB3,丙医院,,3,\nB4,丁医院,80,3,√\n合计,,620,13,\n";
    let bases = file(&folder, "bases.csv", bases).display().to_string();
    let (html, xlsx) = (folder.path().join("report.html").display().to_string(), folder.path().join("report.xlsx").display().to_string());
    let question = ["check", &bases, "--decision", "base-check", "--as-of", "2024-11-15", "--policy", &policy];
    let output = medtrain(&[&question[..], &["-o", &html, "-o", &xlsx]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    insta::assert_snapshot!("summary_of_bases", said.lines().filter(|line| !line.starts_with('→')).collect::<Vec<_>>().join("\n"));
    let page = std::fs::read_to_string(&html).expect("the page is there");
    assert!(page.contains("乙医院") && page.contains("B2") && page.contains("4个培训基地中2个达标"), "{page}");
    assert!(!page.contains("科室") && !page.contains("人不足"), "bases have no departments, and are no people");
    let english = medtrain(&[&question[..], &["--lang", "en"]].concat());
    insta::assert_snapshot!("summary_of_bases_in_english", text(&english.stdout));
}

#[test]
fn a_template_is_written_filled_in_and_checked() {
    let folder = TempDir::new().expect("a folder");
    let policy = file(&folder, "policy.toml", BASE_POLICY).display().to_string();
    let register = folder.path().join("register.xlsx");
    let output = medtrain(&["template", "-o", &register.display().to_string(), "--policy", &policy, "--subject", "base"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let piped = medtrain(&["template", "--policy", &policy, "--subject", "base"]);
    assert_eq!(std::fs::read(&register).expect("the template"), piped.stdout);
    let question = |workbook: &Path| {
        let workbook = workbook.display().to_string();
        medtrain(&["check", &workbook, "--decision", "base-check", "--as-of", "2024-11-15", "--policy", &policy, "--json"])
    };
    let json = |output: &Output| -> serde_json::Value { serde_json::from_slice(&output.stdout).expect("JSON") };
    let empty = json(&question(&register));
    assert_eq!(empty["verdicts"], serde_json::json!([]));
    assert_eq!(empty["problems"], serde_json::json!([]), "nobody has touched it");
    // Filled in as text, under the headers of the template.
    let filled = file(&folder, "培训基地.csv", "*基地编号,基地名称,专职管理人员,在培人数,是否督导\n示例,某基地名称,3,3,是\nB1,甲医院,5,420,是\n");
    let filled = json(&question(&filled));
    assert_eq!((filled["verdicts"][0]["status"].clone(), filled["verdicts"][0]["subject_id"].clone()), ("met".into(), "B1".into()));
    let refused = medtrain(&["template", "--subject", "hospital"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("institution"), "{}", text(&refused.stderr));
}

#[test]
fn unusable_input_ends_with_2_says_why_and_leaves_nothing_behind() {
    let folder = TempDir::new().expect("a folder");
    let report = folder.path().join("report.html").display().to_string();
    let nonsense = file(&folder, "nonsense.xlsx", "PK\u{3}\u{4} this is no workbook");
    let headless = file(&folder, "headless.csv", "甲,乙\n1,2\n");
    let usual = ["-o", report.as_str()];
    let missing = folder.path().join("missing.xlsx");
    for (workbook, code) in [(&nonsense, "unreadable"), (&headless, "no_sheet"), (&missing, "unreadable")] {
        let output = check(workbook, &usual);
        assert_eq!(output.status.code(), Some(2), "{code}");
        let said = text(&output.stderr);
        assert!(said.contains(&format!("[{code}]")), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
    assert_eq!(files_in(&folder), ["headless.csv", "nonsense.xlsx"]);
}

#[test]
fn a_report_that_cannot_be_put_in_its_place_leaves_no_other_behind() {
    let folder = TempDir::new().expect("a folder");
    let (good, bad) = (folder.path().join("report.html"), folder.path().join("nowhere/report.xlsx"));
    let output = check(&example(), &["-o", &good.display().to_string(), "-o", &bad.display().to_string()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(files_in(&folder), [""; 0]);
    let output = check(&example(), &["-o", &folder.path().join("report.pdf").display().to_string()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains(".html or .xlsx"));
}

#[test]
fn every_problem_of_a_question_is_listed() {
    let folder = TempDir::new().expect("a folder");
    let facts = file(&folder, "facts.json", r#"{"practitioner": {"activities": []}}"#).display().to_string();
    let evaluate = |decision: &str, given: &[&str]| {
        let mut arguments = vec!["evaluate", decision, "--facts", &facts, "--as-of", "2024-11-15"];
        for given in given {
            arguments.extend(["--given", given]);
        }
        let output = medtrain(&arguments);
        (output.status.code(), text(&output.stderr))
    };
    let (code, said) = evaluate("cq-anual-cme", &["year=2024"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean `cq-annual-cme`?"), "{said}");
    let (code, said) = evaluate("cq-annual-cme", &["yaer=2024"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean `year`?") && said.contains("needs `year`"), "{said}");
    let (code, said) = evaluate("cq-annual-cme", &["year=soon"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("given.year: expected a whole number"), "{said}");
    assert_eq!(evaluate("cq-annual-cme", &["year=2024"]), (Some(0), String::new()), "a verdict is no failure, whatever it is");
}

#[test]
fn facts_are_refused_with_every_problem_and_its_path() {
    let folder = TempDir::new().expect("a folder");
    let facts = file(
        &folder,
        "facts.json",
        r#"{"practitioner": {"id_no": 510101, "activities": [{"credits": "25分"}, {"credits": 2.5, "awarded_on": "2024-02-30"}]}}"#,
    );
    let output = medtrain(&["evaluate", "cq-annual-cme", "--facts", &facts.display().to_string(), "--given", "year=2024", "--as-of", "2024-11-15"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("problems_of_facts", text(&output.stderr));
}

#[test]
fn an_expression_is_tried_out() {
    let output = medtrain(&["feel", "for i in 1..3 return i * 0.1"]);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), "[0.1, 0.2, 0.3]\n"));
    let folder = TempDir::new().expect("a folder");
    let context = file(&folder, "context.json", r#"{"credits": [10, 14.9, 0.1]}"#).display().to_string();
    let output = medtrain(&["feel", "total(credits) >= 25", "--context", &context]);
    assert_eq!(text(&output.stdout), "true\n");
    let output = medtrain(&["feel", "cuont([1])"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("an_expression_outside_the_subset", text(&output.stderr));
    let output = medtrain(&["feel", "a = 1 and b = 2"]);
    assert!(["expression:1:1: no name `a`", "expression:1:11: no name `b`"].iter().all(|told| text(&output.stderr).contains(told)));
    let output = medtrain(&["feel", "10 ** 30"]);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""));
    assert!(text(&output.stderr).contains("expression:1:1: on the way to its value, a number has more than 28 digits"));
    let context = file(&folder, "mixed.json", r#"{"a": [1, "x"], "p": [{"q": 1}, {"q": "z"}]}"#).display().to_string();
    let output = medtrain(&["feel", "a", "--context", &context]);
    assert_eq!(output.status.code(), Some(2));
    assert!(["context.a[1]: ", "context.p[1].q: "].iter().all(|place| text(&output.stderr).contains(place)));
}

#[test]
fn what_there_is_can_be_listed_as_json() {
    for (list, first) in [("policies", "sc-2017-166"), ("provisions", "sc-scope"), ("decisions", "sc-promotion-certificate")] {
        let output = medtrain(&[list, "--json"]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(json[0]["id"], first);
    }
    let schema: serde_json::Value = serde_json::from_slice(&medtrain(&["schema"]).stdout).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn a_policy_file_is_linted_with_a_caret_under_the_place() {
    let folder = TempDir::new().expect("a folder");
    let policy = r#"[policy]
id = "test"
number = "1"
issued = 2024-01-01

[[provision]]
id = "credits"
article = "1"
subject = "practitioner"
modality = "shal"
require = 'total(practitioner.activities.credits) >= total(practitioner.activities.huors)'

[[decision]]
id = "ask"
subject = "practitioner"
all_of = ["credit"]
"#;
    std::fs::write(folder.path().join("policy.toml"), policy).expect("the file is written");
    let output = Command::new(env!("CARGO_BIN_EXE_medtrain")).args(["lint", "policy.toml"]).current_dir(folder.path()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("problems_of_a_policy_file", text(&output.stderr));
}

#[test]
fn a_file_adds_to_a_built_in_decision() {
    let folder = TempDir::new().expect("a folder");
    let host = r#"[policy]
id = "host"
number = "院〔2024〕3号"
issued = 2024-01-01

[[provision]]
id = "host-licence"
article = "一"
subject = "practitioner"
modality = "shall"
require = 'licence_no != null'
name_zh = "执业证书"

  [[provision.example]]
  facts.practitioner.licence_no = "110"
  as_of = 2024-06-30
  status = "met"

[[addition]]
decision = "cq-annual-cme"
all_of = ["host-licence"]
"#;
    let policy = file(&folder, "host.toml", host).display().to_string();
    let facts = file(&folder, "facts.json", r#"{"practitioner": {"activities": [], "none": ["licence_no"]}}"#).display().to_string();
    let asked = ["evaluate", "cq-annual-cme", "--facts", &facts, "--given", "year=2024", "--as-of", "2024-11-15", "--policy", &policy];
    let said = text(&medtrain(&asked).stdout);
    assert!(said.contains("执业证书：不符合「执业证书」（院〔2024〕3号另行要求） [一]"), "{said}");
    assert!(said.contains("院〔2024〕3号 · 1"), "{said}");
    assert!(medtrain(&["lint", &policy]).status.success(), "what it adds to is built in");
    let elsewhere = file(&folder, "other.toml", &host.replace("cq-annual-cme", "cq-anual-cme")).display().to_string();
    assert!(text(&medtrain(&["lint", &elsewhere]).stderr).contains("did you mean `cq-annual-cme`?"));
    let checked = check(&example(), &["--policy", &policy, "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    assert_eq!(json["verdicts"][0]["layers"][0]["id"], "host");
}

#[test]
fn a_day_is_answered_by_the_version_in_force_on_it() {
    let folder = TempDir::new().expect("a folder");
    let version = |version: &str, days: &str, credits: u32| {
        let text = format!(
            "[policy]\nid = \"mine\"\nnumber = \"院〔2020〕1号\"\nversion = \"{version}\"\n{days}\n[[provision]]\nid = \"mine-credits\"\narticle = \"1\"\n\
             subject = \"practitioner\"\nmodality = \"shall\"\nrequire = 'total(activities.credits) >= {credits}'\n[[decision]]\nid = \"mine-annual\"\n\
             subject = \"practitioner\"\nall_of = [\"mine-credits\"]\n"
        );
        file(&folder, &format!("{version}.toml"), &text).display().to_string()
    };
    let old = version("old", "from = 2020-01-01\nuntil = 2023-12-31", 10);
    let new = version("new", "from = 2024-01-01", 20);
    let facts = file(&folder, "facts.json", r#"{"practitioner": {"activities": [{"credits": "15"}]}}"#).display().to_string();
    let asked = |on: &str| {
        let arguments = ["evaluate", "mine-annual", "--facts", &facts, "--as-of", on, "--policy", &old, "--policy", &new, "--json"];
        let json: serde_json::Value = serde_json::from_slice(&medtrain(&arguments).stdout).expect("JSON");
        (json["status"].clone(), json["policy"]["version"].clone(), json["not_in_force"]["begins"].clone())
    };
    assert_eq!(asked("2023-12-31"), ("met".into(), "old".into(), serde_json::Value::Null));
    assert_eq!(asked("2024-01-01"), ("unmet".into(), "new".into(), serde_json::Value::Null));
    assert_eq!(asked("2019-12-31"), ("not_applicable".into(), "old".into(), "2020-01-01".into()));
    let listed = |on: &[&str]| {
        let arguments = [&["provisions", "--json", "--policy", &old, "--policy", &new], on].concat();
        let json: serde_json::Value = serde_json::from_slice(&medtrain(&arguments).stdout).expect("JSON");
        json.as_array().expect("a list").iter().filter(|p| p["policy"] == "mine").map(|p| p["version"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(listed(&[]), ["\"old\"", "\"new\""]);
    assert_eq!(listed(&["--as-of", "2024-01-01"]), ["\"new\""]);
    let open = version("open", "from = 2021-01-01", 20);
    let overlapping = medtrain(&["policies", "--policy", &old, "--policy", &open]);
    assert_eq!(overlapping.status.code(), Some(2));
    assert!(text(&overlapping.stderr).contains("end the earlier one by `until = 2020-12-31`"), "{}", text(&overlapping.stderr));
}

#[test]
fn what_would_be_otherwise_is_told_in_sentences_and_as_json() {
    let folder = TempDir::new().expect("a folder");
    let facts = r#"{"practitioner": {"activities": [
        {"awarded_on": "2024-05-10", "credits": "21.5", "hours": "72", "subject_kind": "professional", "job_related": true, "electronic": true},
        {"awarded_on": "2024-06-03", "credits": "3", "hours": "25", "subject_kind": "public", "job_related": false, "electronic": true},
        {"awarded_on": "2023-10-20", "credits": "5", "hours": "20", "subject_kind": "professional", "job_related": true, "electronic": true}]}}"#;
    let moved = file(&folder, "moved.json", &facts.replace("2023-10-20", "2024-01-20")).display().to_string();
    let facts = file(&folder, "facts.json", facts).display().to_string();
    let asked = |further: &[&str]| {
        let usual = ["what-if", "cq-annual-cme", "--facts", &facts, "--given", "year=2024", "--as-of", "2024-09-23"];
        medtrain(&[&usual, further].concat())
    };
    let changed = asked(&["--change", "practitioner.activities[2].awarded_on=2024-01-20"]);
    insta::assert_snapshot!("what_if_a_record_were_of_this_year", text(&changed.stdout));
    assert_eq!(text(&asked(&["--with", &moved]).stdout), text(&changed.stdout), "the other facts, as a file");
    let json: serde_json::Value = serde_json::from_slice(&asked(&["--with", &moved, "--json"]).stdout).expect("JSON");
    assert_eq!((json["before"].clone(), json["after"].clone()), ("unmet".into(), "met".into()));
    assert_eq!(json["records"][0]["before"]["excluded_by"][0]["code"], "out_of_window");
    let nothing = asked(&["--change", "practitioner.person_id=1001", "--lang", "en"]);
    assert_eq!(text(&nothing.stdout), "the result stays: not met\n  nothing is otherwise\n");
    let wrong = asked(&["--change", "practitioner.activities[7].credits=5", "--change", "credits"]);
    assert_eq!(wrong.status.code(), Some(2));
    let said = text(&wrong.stderr);
    assert!(
        said.contains("practitioner.activities[7].credits: there is no `activities[7]`: the list has 3")
            && said.contains("credits: expected PATH=VALUE"),
        "{said}"
    );
    assert_eq!(asked(&[]).status.code(), Some(2), "without a change nothing is asked");
}

#[test]
fn what_was_recorded_later_is_left_out_on_the_day_before() {
    let folder = TempDir::new().expect("a folder");
    let facts = r#"{"practitioner": {"activities": [{"awarded_on": "2024-05-10", "credits": "30", "hours": "90", "subject_kind": "professional",
        "job_related": true, "electronic": true, "recorded_at": "2024-06-02"}]}}"#;
    let facts = file(&folder, "facts.json", facts).display().to_string();
    let receipt = folder.path().join("receipt.json").display().to_string();
    let asked = |further: &[&str]| {
        let usual = ["evaluate", "cq-annual-cme", "--facts", &facts, "--given", "year=2024", "--as-of", "2024-06-15", "--lang", "en"];
        text(&medtrain(&[&usual, further].concat()).stdout)
    };
    assert!(!asked(&[]).contains("known on") && !asked(&["--json"]).contains("known_on"));
    let known = asked(&["--known-on", "2024-06-01", "--receipt", &receipt]);
    assert!(known.contains("\n  as it was known on 2024-06-01\n") && known.contains("80 hours short"), "{known}");
    assert!(asked(&["--known-on", "2024-06-02"]).contains("met: 30 credits"));
    let verified = text(&medtrain(&["verify", &receipt, "--facts", &facts, "--lang", "en"]).stdout);
    assert!(verified.starts_with("it still holds\n  today's receipt"), "{verified}");
    let page = folder.path().join("person.html");
    let arguments =
        ["statement", "cq-annual-cme", "--facts", &facts, "--given", "year=2024", "--as-of", "2024-06-15", "--known-on", "2024-06-01", "-o"];
    assert!(medtrain(&[&arguments[..], &[&page.display().to_string()]].concat()).status.success());
    assert!(std::fs::read_to_string(&page).expect("a page").contains("<dt>资料登记截至</dt><dd>2024-06-01</dd>"));
}

const DAYS: &str = r#"[policy]
id = "days"
number = "1"
issued = 2024-03-01
zh = "上报"
en = "Reports"

[[provision]]
id = "report"
article = "三(二)"
subject = "institution"
modality = "shall"

  [[provision.date]]
  on = 'date(year, 10, 31)'
  zh = "上报学分。"
  en = "Report the credits."

  [[provision.date]]
  from = 'date(year, 11, 1)'
  until = 'date(year, 11, 30)'
  zh = "上级审核。"
  en = "The authority reviews them."
"#;

#[test]
fn the_days_of_a_year_are_a_table_json_or_a_calendar() {
    let folder = TempDir::new().expect("a folder");
    let policy = file(&folder, "days.toml", DAYS).display().to_string();
    let calendar = |further: &[&str]| {
        let output = medtrain(&[&["calendar", "days", "--policy", &policy], further].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    insta::assert_snapshot!("days_of_a_year", calendar(&["--year", "2024"]));
    assert!(calendar(&["--year", "2024", "--lang", "en"]).starts_with("2024-10-31               Report the credits."));
    let json: serde_json::Value = serde_json::from_str(&calendar(&["--year", "2024", "--json"])).expect("JSON");
    assert_eq!(json[1]["until"], "2024-11-30");
    assert!(calendar(&["--year", "2024", "--ics"]).starts_with("BEGIN:VCALENDAR\r\n"));
    assert_eq!(calendar(&["--year", "2023", "--lang", "en"]), "no day is named for 2023\n");
}

#[test]
fn a_calendar_of_a_policy_that_is_not_there_names_the_nearest() {
    let output = medtrain(&["calendar", "cq-2017-52", "--year", "2024"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("did you mean `cq-2017-25`?"));
}

#[test]
fn a_receipt_holds_until_the_facts_change() {
    let folder = TempDir::new().expect("a folder");
    let enough = r#"{"practitioner": {"activities": [{"awarded_on": "2024-05-10", "credits": "25", "hours": "96", "subject_kind": "professional", "job_related": true, "electronic": true}]}}"#;
    let facts = file(&folder, "facts.json", enough);
    let receipt = folder.path().join("receipt.json").display().to_string();
    let facts_path = facts.display().to_string();
    let question = ["evaluate", "cq-annual-cme", "--facts", &facts_path, "--given", "year=2024", "--as-of", "2024-11-15", "--receipt", &receipt];
    assert!(medtrain(&question).status.success());
    let holds = medtrain(&["verify", &receipt, "--facts", &facts_path, "--lang", "en"]);
    assert!(text(&holds.stdout).starts_with("it still holds\n"), "{}", text(&holds.stdout));
    file(&folder, "facts.json", &enough.replace("\"25\"", "\"24\""));
    let changed = medtrain(&["verify", &receipt, "--facts", &facts_path, "--lang", "en"]);
    assert!(text(&changed.stdout).starts_with("it no longer holds\n  the facts are not those of the receipt\n"), "{}", text(&changed.stdout));
    assert!(text(&changed.stdout).contains("findings[1].actual: 25 → 24"));
    let refused = medtrain(&["verify", &facts_path, "--facts", &facts_path]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("verdict.decision"));
}

/// A file that loads, and of which nobody asks the provision.
const IDLE: &str = r#"[policy]
id = "test"
number = "1"
issued = 2024-01-01
zh = "测试"
en = "test"

[[provision]]
id = "licence"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'licence_no != null'
zh = "须有执业证书。"
en = "A licence is needed."

  [[provision.example]]
  facts.practitioner.licence_no = "110"
  as_of = 2024-06-30
  status = "met"
"#;

#[test]
fn warnings_leave_the_exit_status_alone_unless_they_are_denied() {
    let folder = TempDir::new().expect("a folder");
    let path = file(&folder, "policy.toml", IDLE).display().to_string();
    let lint = |further: &[&str]| medtrain(&[&["lint", &path], further].concat());
    let output = lint(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).ends_with("policy.toml: 1 provisions, 0 decisions, 1 examples hold\n"));
    let told = text(&output.stderr).replace(&path, "policy.toml");
    insta::assert_snapshot!("warning_of_a_policy_file", told);
    let denied = lint(&["--deny-warnings"]);
    assert_eq!(denied.status.code(), Some(2));
    assert_eq!(text(&denied.stderr).replace(&path, "policy.toml"), told.replacen("warning:", "error:", 1));
}

#[test]
fn a_report_of_policy_files_is_json_on_standard_output() {
    let folder = TempDir::new().expect("a folder");
    let good = file(&folder, "policy.toml", IDLE).display().to_string();
    let missing = folder.path().join("missing.toml").display().to_string();
    let output = medtrain(&["lint", &good, &missing, "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON value");
    assert_eq!((&json["files"][0]["policy"], &json["files"][0]["examples"]), (&"test".into(), &1.into()));
    assert_eq!((&json["errors"][0]["code"], &json["warnings"][0]["code"]), (&"unreadable".into(), &"unused_provision".into()));
}

#[test]
fn two_versions_are_compared_and_so_is_who_is_judged_otherwise() {
    let folder = TempDir::new().expect("a folder");
    let old_text = include_str!("../../core/policies/cq-2017-25.toml");
    let rule = "require = 'total(of_the_profession.credits) >= 25'";
    assert!(old_text.contains(rule), "the rule is there to be changed");
    let new_text = old_text.replacen(rule, &rule.replace("25", "30"), 1).replacen("version = \"1\"", "version = \"2\"", 1);
    let (old, new) = (file(&folder, "old.toml", old_text).display().to_string(), file(&folder, "new.toml", &new_text).display().to_string());
    let person = |id: &str, credits: &str| {
        format!(
            r#"{{"practitioner": {{"person_id": "{id}", "activities": [{{"awarded_on": "2024-05-10", "credits": "{credits}", "hours": "96",
            "subject_kind": "professional", "job_related": true, "electronic": true}}]}}}}"#
        )
    };
    let staff = file(&folder, "staff.json", &format!("[{}, {}]", person("1001", "28"), person("1002", "31"))).display().to_string();
    let question = ["--facts", &staff, "--decision", "cq-annual-cme", "--given", "year=2024", "--as-of", "2024-11-15"];
    let output = medtrain(&[&["diff", &old, &new], &question[..]].concat());
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    insta::assert_snapshot!("difference_of_two_versions", text(&output.stdout));
    // A folder with a file for each is the same.
    let each = folder.path().join("each");
    std::fs::create_dir(&each).expect("a folder");
    for (id, credits) in [("1001", "28"), ("1002", "31")] {
        std::fs::write(each.join(format!("{id}.json")), person(id, credits)).expect("the file is written");
    }
    let each = each.display().to_string();
    let output =
        medtrain(&["diff", &old, &new, "--facts", &each, "--decision", "cq-annual-cme", "--given", "year=2024", "--as-of", "2024-11-15", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON value");
    assert_eq!((&json["effect"]["subjects"], &json["effect"]["changed"]), (&2.into(), &1.into()));
    assert_eq!(json["effect"]["groups"][0]["subjects"][0]["facts"], "1001.json");
    assert_eq!(json["provisions"][0]["changes"][0]["new"], "30");
}

#[test]
fn a_question_about_two_versions_is_complete_and_its_facts_are_read() {
    let folder = TempDir::new().expect("a folder");
    let policy = file(&folder, "old.toml", IDLE).display().to_string();
    let facts = file(&folder, "facts.json", r#"[{"practitioner": {"licence_no": 1}}]"#).display().to_string();
    assert_eq!(medtrain(&["diff", &policy, &policy, "--facts", &facts]).status.code(), Some(2), "a decision and a day are needed");
    let ask = |decision: &str| medtrain(&["diff", &policy, &policy, "--facts", &facts, "--decision", decision, "--as-of", "2024-06-30"]);
    assert!(text(&ask("nothing").stderr).contains("has no decision `nothing`"));
    let asked = format!("{IDLE}\n[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nall_of = [\"licence\"]\n");
    file(&folder, "old.toml", &asked);
    let refused = ask("d");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("facts.json[0]: practitioner.licence_no"), "{}", text(&refused.stderr));
}

#[test]
fn why_is_told_in_sentences_and_as_json() {
    let folder = TempDir::new().expect("a folder");
    let record =
        r#"{"credits": "20", "hours": "80", "awarded_on": "2024-05-10", "electronic": true, "profession_related": true, "job_related": true}"#;
    let facts = file(&folder, "facts.json", &format!(r#"{{"practitioner": {{"activities": [{record}]}}}}"#)).display().to_string();
    let asked = ["evaluate", "cq-annual-cme", "--facts", &facts, "--given", "year=2024", "--as-of", "2024-11-15", "--why"];
    let said = text(&medtrain(&asked).stdout);
    assert!(said.contains("计入的与专业相关的学分记录的学分合计不少于25分 —— 不成立（现为20分，对照25分）"), "{said}");
    assert!(said.contains("依据：学分记录第1条"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&medtrain(&[&asked[..], &["--json"]].concat()).stdout).expect("JSON and nothing else");
    let credits = &json["findings"][1]["conditions"][0];
    assert_eq!((credits["role"].as_str(), credits["outcome"].as_str()), (Some("requires"), Some("fails")));
    assert_eq!(credits["sources"][0]["path"], "practitioner.activities[0]");
}

const SHORT: &str = r#"{"practitioner": {"person_id": "0007", "name": "王小明", "id_no": "500101199001011234", "activities": [
    {"awarded_on": "2024-05-10", "credits": "21.5", "hours": "80", "subject_kind": "professional", "job_related": true, "electronic": true}]}}"#;

#[test]
fn a_statement_stands_by_itself_and_carries_the_hash_of_its_receipt() {
    let folder = TempDir::new().expect("a folder");
    let facts = file(&folder, "facts.json", SHORT).display().to_string();
    let (page, receipt) = (folder.path().join("person.html"), folder.path().join("receipt.json"));
    let question = ["cq-annual-cme", "--facts", &facts, "--given", "year=2024", "--as-of", "2024-09-23"];
    let output = medtrain(&[&["statement"], &question[..], &["--issuer", "示例医院", "-o", &page.display().to_string()]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = std::fs::read_to_string(&page).expect("the page is there");
    assert_eq!(leads_outside(&told), [""; 0]);
    assert!(told.contains("示例医院") && told.contains("<data value=\"3.5\">3.5分</data>") && !told.contains("500101199001011234"));
    assert!(medtrain(&[&["evaluate"], &question[..], &["--receipt", &receipt.display().to_string()]].concat()).status.success());
    let receipt: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&receipt).expect("a receipt")).expect("JSON");
    assert!(told.contains(receipt["hash"].as_str().expect("a hash")));
}

#[test]
fn everyone_has_a_statement_and_every_department_a_page_that_links_to_them() {
    let folder = TempDir::new().expect("a folder");
    let (page, statements) = (folder.path().join("departments.html"), folder.path().join("每人 一页"));
    let output = check(&example(), &["--departments", &page.display().to_string(), "--statements", &statements.display().to_string()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = std::fs::read_to_string(&page).expect("the page is there");
    assert_eq!(leads_outside(&told), [""; 0]);
    assert!(!told.contains("999999"), "no identity number stands on the page");
    let names: Vec<String> =
        std::fs::read_dir(&statements).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(names.len(), 300);
    for name in &names {
        assert!(name.is_ascii() && told.contains(&format!("href=\"%E6%AF%8F%E4%BA%BA%20%E4%B8%80%E9%A1%B5&#x2f;{name}\"")), "{name}");
    }
}

#[test]
fn a_department_that_nobody_works_in_is_a_problem_and_leaves_no_page() {
    let folder = TempDir::new().expect("a folder");
    let page = folder.path().join("departments.html").display().to_string();
    let output = check(&example(), &["--departments", &page, "--department", "儿科", "--department", "没有这个科"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("没有这个科") && !text(&output.stderr).contains("儿科`"), "{}", text(&output.stderr));
    assert_eq!(files_in(&folder), [""; 0]);
    let output = check(&example(), &["--departments", &page, "--department", "儿科"]);
    assert!(output.status.success());
    let told = std::fs::read_to_string(&page).expect("the page is there");
    assert_eq!(told.matches("<section class=\"department\"").count(), 1);
    assert!(told.contains("16人中11人达标"));
}

/// A table of texts as a Parquet file.
fn table(folder: &TempDir, name: &str, columns: &[(&str, &[&str])]) -> String {
    let columns = columns.iter().map(|(name, texts)| {
        let texts: ArrayRef = Arc::new(StringArray::from(texts.to_vec()));
        (*name, texts)
    });
    let batch = RecordBatch::try_from_iter(columns).expect("a table");
    let path = folder.path().join(name);
    std::fs::write(&path, TableFormat::Parquet.write(&batch).expect("a file")).expect("the file is written");
    path.display().to_string()
}

#[test]
fn a_table_of_people_becomes_a_table_of_results() {
    let folder = TempDir::new().expect("a folder");
    let people = table(&folder, "people.parquet", &[("工号", &["1", "2"]), ("鞋码", &["41", "38"])]);
    let activities = table(
        &folder,
        "activities.parquet",
        &[
            ("person_id", &["1", "9"]),
            ("awarded_on", &["2024-05-10", "2024-05-10"]),
            ("credits", &["25", "1"]),
            ("hours", &["80", "1"]),
            ("subject_kind", &["professional", "professional"]),
            ("job_related", &["true", "true"]),
            ("electronic", &["true", "true"]),
        ],
    );
    let output = folder.path().join("results.parquet").display().to_string();
    let records = format!("activities={activities}");
    let run = |output: &str, subjects: &str| {
        let given = ["--given", "year=2024", "--as-of", "2024-11-15"];
        medtrain(&[&["evaluate-table", "cq-annual-cme", "--subjects", subjects, "--records", &records, "-o", output], &given[..]].concat())
    };
    let done = run(&output, &people);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(text(&done.stdout), "共2：达标0，不达标1，待主管部门认定1，不适用0，资料不足0\n");
    let told = text(&done.stderr);
    assert!(told.contains("activities.person_id[1]") && told.contains("set_aside") && told.contains("未使用的列：鞋码"), "{told}");
    let results = TableFormat::of(&output).expect("Parquet").read("results", std::fs::read(&output).expect("the file")).expect("a table");
    assert_eq!((results.num_rows(), results.column(0).as_string::<i32>().value(1)), (2, "2"));

    for (output, subjects, code) in [("x.csv", &*people, "tables end with"), (&output, "nowhere.parquet", "unreadable")] {
        let before = files_in(&folder);
        let refused = run(output, subjects);
        assert_eq!(refused.status.code(), Some(2));
        assert!(text(&refused.stderr).contains(code), "{}", text(&refused.stderr));
        assert_eq!(files_in(&folder), before);
    }
}

#[test]
fn a_plan_says_how_a_decision_is_read_over_tables() {
    let plan = |decision: &str, further: &[&str]| {
        let output = medtrain(&[&["plan", decision, "--as-of", "2024-11-15", "--lang", "en"], further].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert_eq!(plan("cq-annual-cme", &["--given", "year=2024"]), "together: the records of all subjects are read at once for 5 totals and counts\n");
    assert!(plan("zj-eligibility", &["--given", "applied_on=2024-11-15"]).starts_with("subject by subject: "));
}

/// `region` of the example city with the usual question and these further arguments.
fn region(further: &[&str]) -> Output {
    let workbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/city-2024.xlsx").display().to_string();
    let mut arguments = vec!["region", &workbook, "--given", "year=2024", "--as-of", "2024-12-05"];
    arguments.extend(further);
    medtrain(&arguments)
}

#[test]
fn a_region_is_summed_up_on_the_screen_and_its_reports_are_written() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let output = region(&["-o", &path("r.html"), "-o", &path("r.xlsx"), "--publication", &path("l.html"), "--publication", &path("l.xlsx")]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    for said in ["6项目标中2项达到，4项未达到。", "再有7人达标即可；待定者如全部计入，再有2人即可", "名单6人，暂不公示1人", "H08005"]
    {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert_eq!(files_in(&folder), ["l.html", "l.xlsx", "r.html", "r.xlsx"]);
    for name in ["r.html", "l.html"] {
        let page = std::fs::read_to_string(path(name)).expect("the page is there");
        assert_eq!(leads_outside(&page), [""; 0], "{name} stands by itself");
    }
}

#[test]
fn the_json_of_a_region_names_no_person_and_is_the_same_each_time() {
    let output = region(&["--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON value");
    assert_eq!(json["groups"][0]["rates"][0]["id"], "staff.participated");
    assert_eq!(json["groups"].as_array().expect("a list").len(), 1 + 3 + 9);
    assert!(!text(&output.stdout).contains("陈思敏"));
    assert_eq!(output.stdout, region(&["--json"]).stdout);
}

#[test]
fn a_region_is_refused_where_the_question_does_not_fit() {
    let output = region(&["--people", "cq-region-targets"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("is asked of a region, and not of a practitioner"), "{}", text(&output.stderr));
    let output = region(&["--given", "years=2024"]);
    assert_eq!(output.status.code(), Some(2));
    let output = region(&["-o", "report.docx"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn quotas_and_rankings_are_tables_on_the_screen_and_files() {
    let folder = TempDir::new().expect("a folder");
    let programme = file(&folder, "programme.csv", "项目编号,项目名称,已培训人数\nP1,万名基层医生进修,9990\n").display().to_string();
    let page = folder.path().join("quotas.html").display().to_string();
    let output = medtrain(&["quotas", &programme, "--as-of", "2027-01-01", "-o", &page]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("10人") && text(&output.stdout).contains("✗ 不达标"), "{}", text(&output.stdout));
    assert!(std::fs::read_to_string(&page).expect("the page is there").contains("万名基层医生进修"));

    let mut results = "地区名称,基地编号,专业基地,年度,参加考核人数,通过人数\n".to_owned();
    for year in [2021, 2022] {
        for base in 1..=20 {
            results.push_str(&format!("某省,B{base:02},外科,{year},100,{}\n", if base == 7 { 60 } else { 90 }));
        }
    }
    let results = file(&folder, "结业考核成绩.csv", &results).display().to_string();
    let output = medtrain(&["ranking", &results, "--given", "year=2022", "--as-of", "2023-03-01"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    assert!(told.lines().nth(1).is_some_and(|line| line.starts_with("B07") && line.contains("1/20") && line.contains('●')), "{told}");
    assert_eq!(told.lines().filter(|line| line.contains('●')).count(), 1, "{told}");
    let json: serde_json::Value =
        serde_json::from_slice(&medtrain(&["ranking", &results, "--given", "year=2022", "--as-of", "2023-03-01", "--json"]).stdout).expect("JSON");
    assert_eq!(json["lines"].as_array().map(Vec::len), Some(20));
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_on_standard_output_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    let facts = file(&folder, "facts.json", r#"{"practitioner":{"activities":[]}}"#).display().to_string();
    let evaluate = ["evaluate", "cq-annual-cme", "--facts", &facts, "--given", "year=2024", "--as-of", "2024-11-15", "--json"];
    let all: [&[&str]; 6] = [&evaluate, &["schema"], &["feel", "1 + 1"], &["policies"], &["template", "--subject", "base"], &["--help"]];
    for arguments in all {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        let mut command = Command::new(env!("CARGO_BIN_EXE_medtrain"));
        let output = command.args(arguments).stdout(full).output().expect("the command runs");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("standard output: cannot be written"), "{arguments:?}: {told}");
    }
    // A reader that has gone away is no problem.
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_medtrain"));
    let output = command.arg("schema").stdout(writer).output().expect("the command runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
}

#[test]
fn a_problem_of_a_file_names_the_file_as_its_user_does() {
    let folder = TempDir::new().expect("a folder");
    let facts = file(&folder, "facts.json", r#"{"practitioner":"#).display().to_string();
    let evaluate =
        |facts: &str| medtrain(&["evaluate", "cq-annual-cme", "--facts", facts, "--given", "year=2024", "--as-of", "2024-11-15", "--json"]);
    let told = text(&evaluate(&facts).stderr);
    assert!(told.starts_with(&format!("error: {facts}: not JSON")), "{told}");
    let facts = file(&folder, "many.json", r#"{"practitioner":{"activities":[{"credits":"12345678901234567890123456789"}]}}"#);
    let told = text(&evaluate(&facts.display().to_string()).stderr);
    assert!(told.contains("28 digits") && told.contains("[out_of_range]"), "{told}");

    let text_file = folder.path().join("register.csv");
    let refused = medtrain(&["template", "-o", &text_file.display().to_string()]);
    assert!(refused.status.code() == Some(2) && !text_file.exists(), "{}", text(&refused.stderr));

    let nowhere = folder.path().join("nowhere").join("register.xlsx").display().to_string();
    let told = text(&medtrain(&["template", "-o", &nowhere]).stderr);
    assert!(told.starts_with(&format!("error: {nowhere}: cannot be written")) && !told.contains(" at path "), "{told}");
}

#[cfg(unix)]
#[test]
fn a_command_that_is_asked_to_end_leaves_nothing_beside_its_files() {
    let folder = TempDir::new().expect("a folder");
    let (workbook, statements) = (example().display().to_string(), folder.path().display().to_string());
    let asked = ["check", &workbook, "--decision", "cq-annual-cme", "--given", "year=2024", "--as-of", "2024-11-15", "--statements", &statements];
    let mut command = Command::new(env!("CARGO_BIN_EXE_medtrain"));
    let mut running = command.args(asked).stdout(std::process::Stdio::null()).spawn().expect("the command runs");
    while files_in(&folder).is_empty() {
        assert!(running.try_wait().expect("a state").is_none(), "it ended before it wrote anything");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let told = Command::new("sh").args(["-c", &format!("kill -TERM {}", running.id())]).status().expect("a shell");
    assert!(told.success());
    assert_eq!(running.wait().expect("an end").code(), Some(130));
    assert_eq!(files_in(&folder), [""; 0]);
}
