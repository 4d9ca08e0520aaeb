//! The documents say what is so: their examples run, and their lists are complete.

use std::fs;
use std::path::{Path, PathBuf};

use medtrain::feel::{Context, evaluate, functions};
use medtrain::policy::{KEYS, Policy, PolicyFile, PolicySet, lint};
use medtrain::problem::ProblemCode;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("the document exists")
}

/// The pages under `docs/`, in their order.
fn pages() -> Vec<String> {
    let entries = fs::read_dir(root().join("docs")).expect("the pages");
    let paths = entries.map(|entry| entry.expect("a page").path()).filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let mut pages: Vec<String> = paths.filter_map(|path| Some(format!("docs/{}", path.file_name()?.to_string_lossy()))).collect();
    pages.sort();
    pages
}

/// The blocks of this language, each with the line on which it begins.
fn blocks(text: &str, language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Option<String>)> = None;
    for (line, number) in text.lines().zip(1..) {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(name)) => open = Some((number, (name == language).then(String::new))),
            (Some(_), Some(_)) => {
                if let Some((start, Some(block))) = open.take() {
                    found.push((start, block));
                }
            }
            (Some((_, Some(block))), None) => {
                block.push_str(line);
                block.push('\n');
            }
            _ => {}
        }
    }
    found
}

/// The rows of all tables under this head: the line, and the first two cells without their backticks.
fn rows(text: &str, head: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let mut inside = false;
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with(head) {
            inside = true;
        } else if !line.starts_with('|') {
            inside = false;
        } else if inside && !line.starts_with("|-") {
            let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
            found.push((number, cells.next().unwrap_or_default(), cells.next().unwrap_or_default()));
        }
    }
    found
}

#[test]
fn every_expression_of_the_page_on_feel_has_the_value_that_it_says() {
    let text = document("docs/feel.md");
    let context = blocks(&text, "json").into_iter().next().expect("a context").1;
    let context = Context::from_json(&context).expect("a context");
    let rows = rows(&text, "| expression | value |");
    assert!(rows.len() > 80, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for (line, expression, expected) in rows {
        let value = evaluate(&expression, &context).map_or_else(|e| format!("refused: {e}"), |value| value.to_json());
        if value != expected {
            wrong.push(format!("docs/feel.md:{line}: `{expression}` is {value}, and the page says {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_expression_that_the_page_on_feel_calls_refused_is_refused() {
    let text = document("docs/feel.md");
    let context = blocks(&text, "json").into_iter().next().expect("a context").1;
    let context = Context::from_json(&context).expect("a context");
    let rows = rows(&text, "| refused | code |");
    assert!(rows.len() > 10, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for (line, expression, code) in rows {
        let found =
            evaluate(&expression, &context).map_or_else(|refused| refused.errors.iter().map(|e| e.code.code()).collect(), |value| value.to_json());
        if found != code {
            wrong.push(format!("docs/feel.md:{line}: `{expression}` gives {found}, and the page says {code}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_function_has_a_row_of_its_own() {
    let rows = rows(&document("docs/feel.md"), "| expression | value |");
    for function in functions() {
        assert!(rows.iter().any(|(_, expression, _)| expression.starts_with(&format!("{function}("))), "`{function}` has no row in docs/feel.md");
    }
}

#[test]
fn every_policy_of_the_documents_loads_and_its_examples_hold() {
    let mut run = 0;
    let mut announced = 0;
    let mut set = PolicySet::empty();
    let mut names: Vec<String> = ["README.md", "CONTRIBUTING.md"].map(str::to_owned).into();
    names.extend(pages());
    for name in names {
        let text = document(&name);
        announced += text.lines().filter(|line| line.trim() == "# complete").count();
        for (line, block) in blocks(&text, "toml").into_iter().filter(|(_, block)| block.starts_with("# complete")) {
            let policy = Policy::from_toml(&format!("{name}:{line}"), &block).unwrap_or_else(|error| unreachable!("{error}"));
            let report = policy.run_examples();
            assert!(report.run > 0, "{name}:{line} has examples");
            let failures: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
            assert!(failures.is_empty(), "{}", failures.join("\n"));
            // What one of them adds to another fits it.
            set.add(&format!("{name}:{line}"), &block).unwrap_or_else(|error| unreachable!("{error}"));
            run += 1;
        }
    }
    assert_eq!(run, announced, "a block that calls itself complete is one of TOML, and that is its first line");
    assert!(run >= 4, "{run} policies");
}

/// The part of a document under a heading, up to the next heading of the same level.
fn section<'t>(text: &'t str, heading: &str) -> Option<&'t str> {
    let start = text.find(&format!("\n{heading}\n"))? + 1;
    let level = heading.split(' ').next()?;
    let rest = &text[start + heading.len()..];
    Some(rest.find(&format!("\n{level} ")).map_or(rest, |end| &rest[..end]))
}

#[test]
fn every_key_of_a_policy_file_is_explained() {
    let text = document("docs/policy-format.md");
    for (table, keys) in KEYS {
        let heading = match *table {
            "a policy file" => "## The tables of a file".to_owned(),
            "[[provision.example]]" | "[[decision.example]]" => "## `[[provision.example]]` and `[[decision.example]]`".to_owned(),
            table => format!("## `{table}`"),
        };
        let section = section(&text, &heading).unwrap_or_else(|| unreachable!("docs/policy-format.md has no heading `{heading}`"));
        let explained: Vec<String> = rows(section, "| key |").into_iter().map(|(_, key, _)| key).collect();
        for key in *keys {
            assert!(explained.iter().any(|e| e == key), "`{key}` of {table} is not explained in docs/policy-format.md");
        }
        for key in &explained {
            assert!(keys.contains(&key.as_str()), "docs/policy-format.md explains `{key}` of {table}, which does not exist");
        }
    }
}

#[test]
fn every_code_of_a_problem_is_explained() {
    for (name, warnings) in [("docs/errors.md", false), ("docs/lint.md", true)] {
        let text = document(name);
        let codes: Vec<&str> = ProblemCode::ALL.iter().filter(|code| code.is_warning() == warnings).map(|code| code.code()).collect();
        for code in &codes {
            let section = section(&text, &format!("## `{code}`")).unwrap_or_else(|| unreachable!("`{code}` is not in {name}"));
            for part in ["Example", "Cure"] {
                assert!(section.contains(&format!("**{part}.**")), "`{code}` in {name} has no {part}");
            }
        }
        for heading in text.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`')) {
            assert!(codes.contains(&heading), "{name} explains `{heading}`, which is no code");
        }
    }
}

/// A file with a change: lines in place of the first ones of their keys, or a table at the end.
fn changed(file: &str, change: &str) -> String {
    if change.starts_with('[') {
        return format!("{file}\n{change}");
    }
    change.lines().fold(file.to_owned(), |file, line| {
        let key = line.split('=').next().unwrap_or_default();
        let old = file.lines().find(|old| old.starts_with(key)).unwrap_or_else(|| unreachable!("no line `{key}`"));
        file.replacen(old, line, 1)
    })
}

#[test]
fn every_example_of_a_warning_brings_about_that_warning_and_no_other() {
    let text = document("docs/lint.md");
    let file = blocks(&text, "toml").into_iter().next().expect("a file").1;
    let warnings = |files: &[&str]| -> Vec<&str> {
        let files: Vec<PolicyFile<'_>> = files.iter().map(|text| PolicyFile { name: "p.toml", text }).collect();
        let report = lint(&files);
        // Of versions of a policy it is an error.
        let worse = report.errors.iter().filter(|error| error.code.is_warning());
        worse.chain(&report.warnings).map(|warning| warning.code.code()).collect()
    };
    assert_eq!(warnings(&[&file]), [""; 0]);
    for code in ProblemCode::ALL.iter().filter(|code| code.is_warning()).map(|code| code.code()) {
        let section = section(&text, &format!("## `{code}`")).expect("a section");
        let change = blocks(section, "toml").into_iter().next().unwrap_or_else(|| unreachable!("`{code}` shows no file")).1;
        let is_file = change.starts_with("[policy]");
        let second = if is_file { change.clone() } else { changed(&file, &change) };
        let of_versions = code.contains("version");
        let mut told = if of_versions || is_file { warnings(&[&file, &second]) } else { warnings(&[&second]) };
        // A version has examples in its own days, which a change of a line does not give it.
        told.retain(|told| !of_versions || *told != "untested_figure");
        assert_eq!(told, [code], "{second}");
    }
}

/// Every document about the whole.
fn documents() -> Vec<PathBuf> {
    let mut documents: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].map(|name| root().join(name)).into();
    for folder in ["docs", "docs/decisions"] {
        let entries = fs::read_dir(root().join(folder)).expect("a folder");
        documents.extend(entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.extension().is_some_and(|e| e == "md")));
    }
    documents
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document");
        let folder = document.parent().expect("a folder");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.contains("://")) {
            let target = link.split('#').next().unwrap_or_default();
            assert!(target.is_empty() || folder.join(target).exists(), "{} links to {link}, which does not exist", document.display());
        }
    }
}

#[test]
fn every_path_that_a_document_names_is_there() {
    // A folder that a run makes, and names that stand for others.
    let is_made = |path: &str| path.starts_with("target/") || path.contains(|c: char| c.is_ascii_uppercase());
    let is_path = |word: &&str| {
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
        plain && word.contains('/') && (word.ends_with('/') || [".rs", ".toml", ".md", ".js", ".py"].iter().any(|ending| word.ends_with(ending)))
    };
    let mut seen = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document");
        // Of a line, what stands between backticks is every second part.
        for path in text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).filter(is_path).filter(|path| !is_made(path)) {
            let places = ["", "core/src", "bindings-python"].map(|folder| root().join(folder).join(path));
            assert!(places.iter().any(|place| place.exists()), "{} names {path}, which does not exist", document.display());
            seen += 1;
        }
    }
    assert!(seen > 80, "{seen} paths");
}

#[test]
fn the_guide_for_a_new_policy_names_the_file_with_the_list_of_them() {
    let guide = document("CONTRIBUTING.md");
    let step = guide.lines().find(|line| line.contains("**Build it in**")).expect("the step");
    let path = step.split('`').skip(1).step_by(2).find(|path| path.starts_with("core/src")).expect("a path");
    let list = fs::read_to_string(root().join(path)).expect("the file");
    assert!(
        fs::read_dir(root().join("core/policies"))
            .expect("the policies")
            .all(|file| list.contains(&*file.expect("a file").file_name().to_string_lossy()))
    );
}
