//! Tables in files: streamed, written whole or not at all, and explained one subject at a time.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use medtrain::population::{Origin, TableFile, TableFormat};
use tempfile::TempDir;

fn medtrain(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_medtrain")).args(arguments).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn names_in(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A table of texts in a file.
fn table(folder: &TempDir, name: &str, columns: &[(&str, Vec<Option<&str>>)]) -> String {
    let columns = columns.iter().map(|(name, texts)| (*name, Arc::new(StringArray::from(texts.clone())) as ArrayRef, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).expect("a table");
    let path = folder.path().join(name);
    std::fs::write(&path, TableFormat::of(name).expect("a format").write(&batch).expect("a file")).expect("the file is written");
    path.display().to_string()
}

const IDS: [&str; 4] = ["1", "2", "3", "4"];

/// Four people: one with enough, one with too little, one of whom a day is not known, one without records.
fn population(folder: &TempDir, ending: &str) -> (String, String) {
    let people =
        table(folder, &format!("people.{ending}"), &[("person_id", IDS.map(Some).into()), ("title_grade", vec![Some("中级"), None, None, None])]);
    let each = |value| vec![Some(value); 4];
    let columns = [
        ("person_id", ["1", "1", "2", "3"].map(Some).into()),
        ("awarded_on", vec![Some("2024-05-10"), Some("2024-05-11"), Some("2024-05-10"), Some("2024-02-30")]),
        ("credits", vec![Some("5"), Some("20"), Some("12.5"), Some("25")]),
        ("hours", each("80")),
        ("subject_kind", vec![Some("public"), Some("professional"), Some("professional"), Some("professional")]),
        ("job_related", each("是")),
        ("profession_related", each("true")),
        ("electronic", each("true")),
    ];
    (people, table(folder, &format!("activities.{ending}"), &columns))
}

const GIVEN: [&str; 4] = ["--given", "year=2024", "--as-of", "2024-11-15"];

fn judge(people: &str, activities: &str, output: &Path, further: &[&str]) -> Output {
    let (records, output) = (format!("activities={activities}"), output.display().to_string());
    let asked = ["evaluate-table", "cq-annual-cme", "--subjects", people, "--records", &records, "-o", &output];
    medtrain(&[&asked, &GIVEN[..], further].concat())
}

#[test]
fn the_results_are_the_same_bytes_however_they_were_come_by() {
    let folder = TempDir::new().expect("a folder");
    let (people, activities) = population(&folder, "parquet");
    let results = |further: &[&str]| {
        let output = folder.path().join("results.parquet");
        let done = judge(&people, &activities, &output, further);
        assert!(done.status.success(), "{}", text(&done.stderr));
        std::fs::read(output).expect("the results")
    };
    let expected = results(&[]);
    for further in [&["--sorted"][..], &["--threads", "3"], &["--memory", "16MB"], &["--memory", "1GiB", "--sorted", "--threads", "2"]] {
        assert_eq!(results(further), expected, "{further:?}");
    }
    let refused = judge(&people, &activities, &folder.path().join("x.parquet"), &["--memory", "1KB"]);
    assert!(!refused.status.success() && text(&refused.stderr).contains("16MB or more"), "{}", text(&refused.stderr));
}

#[test]
fn results_say_what_is_needed_to_ask_again_and_nothing_about_anybody() {
    let folder = TempDir::new().expect("a folder");
    for ending in ["parquet", "arrow"] {
        let (people, activities) = population(&folder, ending);
        let output = folder.path().join(format!("results.{ending}"));
        assert!(judge(&people, &activities, &output, &["--without", "sc-2017-166"]).status.success());
        let results = TableFile::open(&output).expect("results");
        let noted = results.noted(Origin::KEY).expect("a note");
        let origin = Origin::from_json("results", noted).expect("an origin");
        assert_eq!((origin.decision.as_str(), origin.as_of.to_string().as_str()), ("cq-annual-cme", "2024-11-15"));
        assert_eq!((origin.given, origin.without), (vec![("year".to_owned(), "2024".to_owned())], vec!["sc-2017-166".to_owned()]));
        let tables: Vec<_> = origin.tables.iter().map(|table| (table.name.as_str(), table.path.as_str(), table.rows, table.sha256.len())).collect();
        assert_eq!(tables, [("practitioner", people.as_str(), 4, 64), ("activities", activities.as_str(), 4, 64)]);
        assert_eq!(origin.policies[0].hash.len(), 64);
    }
}

#[test]
fn why_says_of_everybody_what_evaluate_says() {
    let folder = TempDir::new().expect("a folder");
    for ending in ["parquet", "feather"] {
        let (people, activities) = population(&folder, ending);
        let output = folder.path().join(format!("results.{ending}"));
        assert!(judge(&people, &activities, &output, &[]).status.success());
        let results = output.display().to_string();
        let activity = |day: &str, credits: &str, kind: &str| {
            format!(
                r#"{{{day}"credits": "{credits}", "hours": "80", "subject_kind": "{kind}", "job_related": true, "profession_related": true, "electronic": true}}"#
            )
        };
        let day = |day: &str| format!(r#""awarded_on": "{day}", "#);
        let first = [activity(&day("2024-05-10"), "5", "public"), activity(&day("2024-05-11"), "20", "professional")].join(", ");
        let second = activity(&day("2024-05-10"), "12.5", "professional");
        let third = activity(r#""unknown": ["awarded_on"], "#, "25", "professional");
        for (id, more, records) in [("1", r#""title_grade": "intermediate", "#, first), ("2", "", second), ("3", "", third), ("4", "", String::new())]
        {
            let facts = folder.path().join("facts.json");
            std::fs::write(&facts, format!(r#"{{"practitioner": {{"person_id": "{id}", {more}"activities": [{records}]}}}}"#)).expect("facts");
            let facts = facts.display().to_string();
            for how in [&["--json"][..], &["--json", "--remedies"], &["--lang", "en"], &["--lang", "zh", "--why"], &["--json", "--why"]] {
                let expected = medtrain(&[&["evaluate", "cq-annual-cme", "--facts", &facts], &GIVEN[..], how].concat());
                assert!(expected.status.success(), "{}", text(&expected.stderr));
                let why = medtrain(&[&["why", &results, "--subject", id], how].concat());
                assert!(why.status.success(), "{}", text(&why.stderr));
                assert_eq!(text(&why.stdout), text(&expected.stdout), "{id} {how:?}");
                assert_eq!(text(&why.stderr).contains("activities.awarded_on[3]"), id == "3", "{}", text(&why.stderr));
            }
        }
        let nobody = medtrain(&["why", &results, "--subject", "9"]);
        assert_eq!(nobody.status.code(), Some(2));
        assert!(text(&nobody.stderr).contains("no such subject"), "{}", text(&nobody.stderr));
    }
}

#[test]
fn whole_numbers_of_a_policys_own_are_explained_like_others() {
    let folder = TempDir::new().expect("a folder");
    let (people, activities) = population(&folder, "parquet");
    let certificates = table(
        &folder,
        "certificates.parquet",
        &[("person_id", vec![Some("1")]), ("kind", vec![Some("annual_verification")]), ("credit_year_attested", vec![Some("2024")])],
    );
    let results = folder.path().join("results.parquet").display().to_string();
    let (activities, certificates) = (format!("activities={activities}"), format!("certificates={certificates}"));
    let mut arguments = vec!["evaluate-table", "cq-gate", "--subjects", &people, "--records", &activities, "--records", &certificates];
    arguments.extend(["--given", "purpose=title", "-o", &results]);
    arguments.extend(GIVEN);
    let judged = medtrain(&arguments);
    assert!(judged.status.success(), "{}", text(&judged.stderr));
    let told = medtrain(&["why", &results, "--subject", "1"]);
    assert!(told.status.success(), "{}", text(&told.stderr));
}

#[test]
fn no_table_is_overwritten_by_its_results() {
    let folder = TempDir::new().expect("a folder");
    let (people, activities) = population(&folder, "parquet");
    for input in [&people, &activities] {
        let before = std::fs::read(input).expect("the table is there");
        let refused = judge(&people, &activities, Path::new(input), &[]);
        assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stdout));
        assert!(text(&refused.stderr).contains("read itself"), "{}", text(&refused.stderr));
        assert!(std::fs::read(input).expect("the table is still there") == before);
    }
    assert_eq!(names_in(&folder), ["activities.parquet", "people.parquet"]);
}

#[test]
fn why_says_plainly_what_has_changed_since() {
    let folder = TempDir::new().expect("a folder");
    let (people, activities) = population(&folder, "parquet");
    let output = folder.path().join("results.parquet");
    assert!(judge(&people, &activities, &output, &[]).status.success());
    let results = output.display().to_string();
    let why = |further: &[&str]| medtrain(&[&["why", &results, "--subject", "2", "--lang", "en"], further].concat());
    assert_eq!(text(&why(&[]).stderr), "");

    let fewer = table(&folder, "fewer.parquet", &[("person_id", vec![Some("1")]), ("credits", vec![Some("1")])]);
    let told = text(&why(&["--records", &format!("activities={fewer}")]).stderr);
    assert!(told.contains("the table of activities is not as it was (4 rows then, 1 now)"), "{told}");
    let moved = folder.path().join("moved.parquet");
    std::fs::rename(&people, &moved).expect("it moves");
    let gone = why(&[]);
    assert!(gone.status.code() == Some(2) && text(&gone.stderr).contains("people.parquet"), "{}", text(&gone.stderr));
    assert_eq!(text(&why(&["--subjects", &moved.display().to_string()]).stderr), "", "the same table in another place");
    std::fs::rename(&fewer, &activities).expect("it is replaced");
    let first = ["why", &results, "--subject", "1", "--lang", "en", "--subjects", &moved.display().to_string()];
    let told = text(&medtrain(&first).stderr);
    assert!(told.contains("the table of activities is not as it was"), "{told}");
    assert!(told.contains("the table of results says"), "{told}");
    let other = why(&["--records", &format!("certificates={fewer}")]);
    assert!(other.status.code() == Some(2) && text(&other.stderr).contains("`certificates`"), "{}", text(&other.stderr));
    let plain = medtrain(&["why", &moved.display().to_string(), "--subject", "2"]);
    assert!(plain.status.code() == Some(2) && text(&plain.stderr).contains("evaluate-table"), "{}", text(&plain.stderr));
}

#[test]
fn what_fails_leaves_no_half_file_behind() {
    let folder = TempDir::new().expect("a folder");
    let (people, activities) = population(&folder, "parquet");
    let output = folder.path().join("results.parquet");
    std::fs::write(&output, "what was there before").expect("a file");
    let shuffled = table(&folder, "shuffled.parquet", &[("person_id", vec![Some("2"), Some("1")]), ("credits", vec![Some("1"), Some("1")])]);
    let whole = std::fs::read(&activities).expect("the file");
    let broken = folder.path().join("broken.parquet");
    // Its end is there, and what stands before it is not what it was.
    let bytes: Vec<u8> = whole.iter().enumerate().map(|(at, byte)| if (4..200).contains(&at) { !byte } else { *byte }).collect();
    std::fs::write(&broken, bytes).expect("the file is written");
    let broken = broken.display().to_string();
    let half = folder.path().join("half.parquet");
    std::fs::write(&half, &whole[..whole.len() / 2]).expect("the file is written");
    let half = half.display().to_string();
    let before = names_in(&folder);
    for (activities, further, says) in
        [(&*shuffled, &["--sorted"][..], "shuffled"), (&broken, &[], "broken"), (&half, &[], "half"), (&people, &["--temporary", "/nowhere"], "")]
    {
        let failed = judge(&people, activities, &output, further);
        if says.is_empty() {
            // Nothing had to be laid down in a temporary file.
            continue;
        }
        assert_eq!(failed.status.code(), Some(2), "{says}: {}", text(&failed.stdout));
        let told = text(&failed.stderr);
        let expected = if says == "shuffled" { "activities.person_id[1]" } else { "unreadable" };
        assert!(told.contains(expected), "{says}: {told}");
        assert_eq!(names_in(&folder), before);
        assert_eq!(std::fs::read(&output).expect("the file"), b"what was there before");
    }
    let nowhere = judge(&people, &activities, &folder.path().join("no/such/folder.parquet"), &[]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("cannot be written"), "{}", text(&nowhere.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_leaves_nothing() {
    let folder = TempDir::new().expect("a folder");
    let (people, activities) = population(&folder, "parquet");
    let output = folder.path().join("results.parquet");
    let records = format!("activities={activities}");
    // No file may grow beyond a thousand bytes, as on a disk that is full.
    let limited = "ulimit -f 1; trap '' XFSZ; exec \"$@\"";
    let mut arguments = vec!["-c", limited, "sh", env!("CARGO_BIN_EXE_medtrain"), "evaluate-table", "cq-annual-cme", "--subjects", &people];
    let output_name = output.display().to_string();
    arguments.extend(["--records", &records, "-o", &output_name]);
    arguments.extend(GIVEN);
    let before = names_in(&folder);
    let failed = Command::new("sh").args(arguments).output().expect("the command runs");
    assert_eq!(failed.status.code(), Some(2), "{}", text(&failed.stdout));
    assert!(text(&failed.stderr).contains("cannot be written"), "{}", text(&failed.stderr));
    assert_eq!(names_in(&folder), before);
}
