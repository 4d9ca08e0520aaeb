//! Bytes as a file of a table, of subjects and of records.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use medtrain::evaluate::Given;
use medtrain::policy::PolicySet;
use medtrain::population::{StreamLimits, TableFile, TableFormat, TableStream};
use medtrain::problem::TrainingError;

static POLICIES: LazyLock<PolicySet> = LazyLock::new(|| PolicySet::builtin().expect("the policies load"));

/// What a reader may use.
const MEMORY: usize = 64 << 20;
/// Tables that say that they have more rows are not read on: they would only take long.
const ROWS: u64 = 100_000;

fuzz_target!(
    // A panic of a foreign reader that is contained is an error, as it is for users; one that is not still ends the fuzzer.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        for format in [TableFormat::Parquet, TableFormat::Arrow] {
            let _ = read(bytes, format);
        }
    }
);

fn read(bytes: &[u8], format: TableFormat) -> Result<(), TrainingError> {
    let file = || TableFile::of_bytes("fuzz", format, bytes.to_vec()).map(|file| file.within(MEMORY));
    if file()?.rows() > ROWS {
        return Ok(());
    }
    let question = POLICIES.ask("cq-annual-cme", &Given::new().with("year", 2024), "2024-11-15".parse().expect("a day"))?;
    let limits = StreamLimits { memory: MEMORY, ..StreamLimits::default() };
    for sorted in [false, true] {
        let stream = TableStream::of(&question, file()?)?.with("activities", file()?)?;
        let stream = if sorted { stream.sorted() } else { stream };
        let _ = stream.run(limits, &mut |_| Ok(()));
    }
    Ok(())
}
