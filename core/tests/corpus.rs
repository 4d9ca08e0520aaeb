//! The inputs of the fuzzer, replayed without it: nothing that reads bytes may panic, hang or grow, whatever it is given.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::feel::{Context, evaluate};
use medtrain::policy::{Policy, PolicyFile, PolicySet, lint};
use medtrain::quantity::Day;

/// Runs each input of a target and wants it done soon.
fn replay(target: &str, mut run: impl FnMut(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("the inputs of the fuzzer") {
        let path = entry.expect("an input").path();
        let bytes = fs::read(&path).expect("an input");
        let start = Instant::now();
        run(&bytes);
        assert!(start.elapsed() < Duration::from_mins(1), "{} took {:?}", path.display(), start.elapsed());
        count += 1;
    }
    assert!(count >= 15, "only {count} inputs for {target}");
}

/// The text of an input, as the fuzzer gives it: only where it is text.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

fn day() -> Day {
    medtrain::quantity::parse_day("2024-11-15").expect("a date")
}

#[test]
fn expressions_are_evaluated_or_refused() {
    let json = r#"{"n": 3, "t": "a", "b": true, "ns": [1, 2.5, 2], "rs": [{"x": 1, "sub": [1, 2]}, {"x": null, "sub": []}]}"#;
    let context = Context::from_json(json).expect("a context");
    replay("feel", |bytes| {
        let _ = evaluate(text(bytes), &context).map(|value| value.to_json());
    });
}

#[test]
fn policies_are_loaded_or_refused() {
    let facts = Facts::from_json(r#"{"practitioner": {"activities": [{"credits": "1", "electronic": true}, {}]}}"#).expect("facts");
    replay("policy", |bytes| {
        let report = lint(&[PolicyFile { name: "corpus.toml", text: text(bytes) }]);
        let Ok(policy) = Policy::from_toml("corpus.toml", text(bytes)) else {
            assert_eq!(report.files, []);
            return;
        };
        assert_eq!(report.files.len(), 1);
        let _ = policy.run_examples();
        assert!(policy.difference(&policy).is_empty(), "{:?}", policy.difference(&policy));
        for year in [2024, 0, i32::MIN] {
            let _ = policy.calendar(year);
        }
        for decision in &policy.decisions {
            let _ = policy.evaluate(&decision.id, &facts, &Given::new().with("year", 2024), day()).map(|verdict| verdict.to_json());
        }
    });
}

#[test]
fn facts_are_judged_or_refused() {
    let policies = PolicySet::builtin().expect("the built-in policies");
    replay("facts", |bytes| {
        let Ok(facts) = Facts::from_json(text(bytes)) else { return };
        let written = serde_json::to_string(&facts).expect("facts are JSON");
        assert_eq!(Facts::from_json(&written).as_ref(), Ok(&facts));
        let verdict = policies.evaluate("cq-annual-cme", &facts, &Given::new().with("year", 2024), day());
        drop(verdict.expect("a verdict").to_json());
    });
}

#[cfg(feature = "workbook")]
#[test]
fn workbooks_are_read_or_refused() {
    replay("workbook", |bytes| {
        for subject in ["practitioner", "trainee", "base", "region"] {
            let asked = medtrain::workbook::Asked::subject(subject).expect("a kind of subject");
            let _ = medtrain::workbook::read(bytes, "corpus", &asked, &mut |_| {});
        }
    });
}

/// Judges a file of a table as that of subjects and of their records; gives how many were judged.
#[cfg(feature = "population")]
fn judge_table(question: &medtrain::evaluate::Question<'_>, bytes: &[u8]) -> usize {
    use medtrain::population::{StreamLimits, TableFile, TableFormat, TableStream};
    use medtrain::problem::TrainingError;

    const MEMORY: usize = 64 << 20;
    /// A file that says that it has more rows is not read on: it would only take long.
    const ROWS: u64 = 100_000;
    let judge = |format, sorted| -> Result<usize, TrainingError> {
        let file = || TableFile::of_bytes("corpus", format, bytes.to_vec()).map(|file| file.within(MEMORY));
        if file()?.rows() > ROWS {
            return Ok(0);
        }
        let stream = TableStream::of(question, file()?)?.with("activities", file()?)?;
        let stream = if sorted { stream.sorted() } else { stream };
        let mut rows = 0;
        let limits = StreamLimits { memory: MEMORY, ..StreamLimits::default() };
        let told = stream.run(limits, &mut |batch| {
            rows += batch.num_rows();
            Ok(())
        })?;
        let counts = told.counts;
        assert_eq!(rows, counts.met + counts.unmet + counts.waivable + counts.not_applicable + counts.unknown);
        Ok(rows)
    };
    let every_way = [TableFormat::Parquet, TableFormat::Arrow].into_iter().flat_map(|format| [(format, false), (format, true)]);
    every_way.map(|(format, sorted)| judge(format, sorted).unwrap_or(0)).sum()
}

#[cfg(feature = "population")]
#[test]
fn tables_are_read_or_refused() {
    let policies = PolicySet::builtin().expect("the built-in policies");
    let question = policies.ask("cq-annual-cme", &Given::new().with("year", 2024), day()).expect("a question");
    let mut judged = 0;
    replay("table", |bytes| judged += judge_table(&question, bytes));
    assert!(judged > 20, "only {judged} rows of all of them were judged");
}

#[cfg(feature = "population")]
#[test]
fn tables_with_bytes_changed_at_random_are_read_or_refused() {
    /// How many changed files are made of each.
    const CHANGED: usize = 40;
    let policies = PolicySet::builtin().expect("the built-in policies");
    let question = policies.ask("cq-annual-cme", &Given::new().with("year", 2024), day()).expect("a question");
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound.max(1) as u64).expect("below the bound")
    };
    replay("table", |bytes| {
        for _ in 0..CHANGED {
            let mut changed = bytes.to_vec();
            for _ in 0..=below(4) {
                let at = below(changed.len());
                match below(5) {
                    // The end holds what a file says of itself.
                    0 | 1 => {
                        let at = changed.len().saturating_sub(1 + below(400.min(changed.len())));
                        changed[at] = [0, 1, 0x7f, 0x80, 0xff][below(5)];
                    }
                    2 => changed[at] ^= 1 << below(8),
                    3 => changed[at] = u8::try_from(below(256)).expect("a byte"),
                    _ => {
                        let (from, len) = (below(changed.len()), below(16));
                        let copied: Vec<u8> = changed.iter().skip(from).take(len).copied().collect();
                        changed.iter_mut().skip(at).zip(copied).for_each(|(byte, copy)| *byte = copy);
                    }
                }
            }
            judge_table(&question, &changed);
        }
    });
}
