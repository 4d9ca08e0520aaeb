//! The example workbook: a year of one hospital's CME office, dirt included.
//!
//! In goes one seed; out comes `examples/hospital-2024.xlsx`, the same bytes each time: 300 staff of a fictional district
//! hospital of Chongqing and some 9,000 credit records of the credit year 2024 (1 November 2023 to 31 October 2024) and
//! its neighbours. All people are invented; their identity numbers lie in the specimen region 999999.
//!
//! INVARIANT: whatever dirt a person's rows have, the policy of Chongqing 25/2017 gives the status that the person was
//! made for. [`judge`] asks it, and nothing is written if one status differs. A flaw therefore only ever hits a person
//! who is met with or without the record that it spoils.
//!
//! # Sheets
//!
//! | sheet | rows |
//! |---|---|
//! | `填写说明` | explanations only, to be skipped |
//! | `人员名册` | a title, one line of headers, a sample row of the template, 300 staff and 9 interns and residents by department, spacer rows, `合计`, a line of signature; every other department is a merged cell |
//! | `学分记录 ` (a space at its end) | a title, two lines of headers (groups above; 工号 and 姓名 over both), a sample row, the records by person and date, one `小计` after the first department (right), spacer rows, `合计` (hours right, credits 2.5 too high; text cells are not in it) |
//!
//! # People
//!
//! | status | people | why |
//! |---|---|---|
//! | met 210 | 190 | with room to spare |
//! | | 4 × 5 | exactly 25 credits · 80 hours · 15 job-related credits · public hours a fifth of the others · credits, job-related credits and fifth at once |
//! | unmet 66 | 14 | 0.1 to 3 credits short |
//! | | 12 | 0.5 to 8 hours short |
//! | | 10 | 0.1 to 4 job-related credits short, nothing else |
//! | | 6 | all three short |
//! | | 6 | one course outside the credit year: 2023-10-20, 2023-10-31 (2), 2024-11-01 (2), 2024-11-05 |
//! | | 5 | one paper certificate from inside Chongqing |
//! | | 3 + 3 | one national course elsewhere without proof; with proof a day off |
//! | | 2 | one certificate in two rows, which counts once |
//! | | 5 | no records: sick leave (2), left, maternity leave, just hired |
//! | waivable 12 | 12 | public hours below a fifth of the others, nothing else |
//! | unknown 12 | 3 + 3 | credits of one course blank; `√`, `合格`, `见证书` |
//! | | 4 | date of one course `2024.2.30`, `三月`, `2024年` or blank, with no other date |
//! | | 2 | `电子学分` of one course inside Chongqing blank |
//!
//! # Dirt
//!
//! The tables `FLAWS` of [`roster_flaws`] and [`record_flaws`] are what is injected, cell by cell; `cargo xtask example`
//! prints the count of each. In short, for the roster:
//!
//! | code | what, and in how many rows |
//! |---|---|
//! | D01 | identity number as a number 5; 工号 as a number 2 |
//! | D02 | `x` 3, `Ｘ` 2, `×` 2, 15 digits 3, spaces 3, 19 characters 1, blank 3, wrong check character 2 |
//! | D03 | birthday 4 or sex 2 against the identity number |
//! | D04 D05 D06 | birthday as a bare serial number 4; birthday 7 or appointment 5 as text; appointment as the number 2019.1 3 |
//! | D07 | full-width space in the name 3, no-break space after it 2 |
//! | D09 D10 | title, sample, spacer and total rows, merged departments; `姓 名`, `*身份证号` |
//! | D13 | five ethnic names whose dot differs between the sheets, three rare characters, two nurses of one name in one department |
//! | D14 | free-text titles 12, without a grade; about two in five of all grades are blank |
//! | D23 D25 | other statuses than `在岗` 11, besides those without records |
//! | D28 | interns 5, residents 4 (with records of other years) |
//!
//! For the credit records:
//!
//! | code | what, and in how many rows |
//! |---|---|
//! | D01 | 工号 as a number: all rows of 2 people, a third of the rows of 2 others |
//! | D04 | award date as a bare serial number 24 |
//! | D05 | award date as text in six shapes 27, `三月` 2, `2024.2.30` 2, the number 20240305 3; a range in one cell 5 |
//! | D06 | the number 2024.1 as an award date 3 |
//! | D07 | full-width digits 6, no-break space 3, zero-width space 3, full-width brackets 6 |
//! | D08 | credits with text around them 11, no number 13; `同上` 5 (credits 2, name 3); yes and no in other words 8 |
//! | D09 D10 | title, two-line headers, sample, subtotal, spacer and total rows; `*姓名`, `学分\n(必填)` |
//! | D13 | no 工号, and a name that two people share 3 |
//! | D16 | a certificate number twice 4 (and the 2 people above), one course by person and by unit 4 |
//! | D17 | 2023-10-31 3, 2023-11-01 3, 2024-02-29 4, 2024-10-31 4, 2024-11-01 4 (and the 4 people above) |
//! | D18 | review pending 12, rejected 6 |
//! | D28 | 工号 that the roster lacks 6, with the letter O for a 0 2 |
//! | rule | paper from inside Chongqing of people who are met without it 10 |
//!
//! Dates are date cells otherwise, in two date formats.

mod activity;
mod city;
mod day;
mod department;
mod identity;
mod intent;
mod judge;
mod ledger;
mod names;
mod person;
pub(crate) mod random;
mod record;
mod record_flaws;
mod roster_flaws;
mod sheets;
mod spelling;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::path::Path;

use medtrain::evaluate::Status;
use medtrain::policy::PolicySet;
use medtrain::problem::TrainingError;
use rust_xlsxwriter::XlsxError;

use activity::Register;
use random::SplitMix64;

/// The one seed; another one gives other people with the same design.
const SEED: u64 = 0x2024_1031;

/// How often each kind of dirt is there, by its code and name.
type Tally = BTreeMap<(&'static str, &'static str), usize>;

/// Why the workbook could not be written.
#[derive(Debug)]
pub(crate) enum ExampleError {
    /// The workbook could not be built.
    Workbook(XlsxError),
    /// The file could not be written.
    File(std::io::Error),
    /// The policy could not be asked.
    Policy(TrainingError),
    /// What was drawn is not what was designed.
    Design(String),
}

impl fmt::Display for ExampleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workbook(cause) => write!(formatter, "the workbook could not be built: {cause}"),
            Self::File(cause) => write!(formatter, "the workbook could not be written: {cause}"),
            Self::Policy(cause) => write!(formatter, "the policy could not be asked: {cause}"),
            Self::Design(what) => write!(formatter, "the design does not hold: {what}"),
        }
    }
}

impl std::error::Error for ExampleError {}

impl From<XlsxError> for ExampleError {
    fn from(cause: XlsxError) -> Self {
        Self::Workbook(cause)
    }
}

impl From<TrainingError> for ExampleError {
    fn from(cause: TrainingError) -> Self {
        Self::Policy(cause)
    }
}

impl From<std::io::Error> for ExampleError {
    fn from(cause: std::io::Error) -> Self {
        Self::File(cause)
    }
}

/// The finished example.
#[derive(Debug)]
struct Example {
    bytes: Vec<u8>,
    records: usize,
    statuses: BTreeMap<Status, usize>,
    tally: Tally,
}

impl Example {
    /// What is in it, one count a line.
    fn summary(&self) -> String {
        let mut lines = vec![format!("examples/hospital-2024.xlsx: {} credit records", self.records)];
        lines.extend(self.statuses.iter().map(|(status, people)| format!("{people:>5}  {}", status.code())));
        lines.extend(self.tally.iter().map(|((code, name), times)| format!("{times:>5}  {code} {name}")));
        lines.push(String::new());
        lines.join("\n")
    }
}

/// Writes the workbooks of `examples/` and prints what is in the hospital's.
pub(crate) fn run() -> Result<(), ExampleError> {
    let example = build()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("hospital-2024.xlsx"), &example.bytes)?;
    std::fs::write(folder.join("city-2024.xlsx"), city::workbook()?)?;
    // The file is what counts: a reader who closes the pipe early is no failure.
    let _ = std::io::stdout().write_all(example.summary().as_bytes());
    Ok(())
}

/// Draws people and records, spoils them and checks that each status is still the intended one.
fn build() -> Result<Example, ExampleError> {
    let policies = PolicySet::builtin()?;
    let question = judge::question(&policies)?;
    let mut random = SplitMix64::new(SEED);
    let mut people = person::roster(&mut random);
    let mut tally = roster_flaws::spoil(&mut people, &mut random)?;
    let mut register = Register::default();
    let mut records = Vec::new();
    for (index, person) in people.iter().enumerate() {
        records.extend(ledger::records(index, person, &mut register, &mut random));
    }
    tally.extend(record_flaws::spoil(&people, &mut records, &question, &mut register, &mut random)?);
    Ok(Example {
        bytes: sheets::workbook(&people, &records)?,
        records: records.len(),
        statuses: judge::statuses(&question, &people, &records)?,
        tally,
    })
}

#[cfg(test)]
mod tests {
    use medtrain::evaluate::Status;

    use super::build;

    #[test]
    fn two_runs_give_the_same_bytes() -> Result<(), super::ExampleError> {
        assert!(build()?.bytes == build()?.bytes);
        Ok(())
    }

    #[test]
    fn the_statuses_are_the_documented_ones() -> Result<(), super::ExampleError> {
        let expected = [(Status::Unmet, 66), (Status::Waivable, 12), (Status::Met, 210), (Status::Unknown, 12)];
        assert!(build()?.statuses.into_iter().eq(expected));
        Ok(())
    }

    #[test]
    fn the_city_in_the_repository_is_the_generated_one() -> Result<(), super::ExampleError> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/city-2024.xlsx");
        assert!(std::fs::read(path)? == super::city::workbook()?, "run `cargo xtask example`");
        Ok(())
    }

    #[test]
    fn the_file_in_the_repository_is_the_generated_one() -> Result<(), super::ExampleError> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/hospital-2024.xlsx");
        assert!(std::fs::read(path)? == build()?.bytes, "run `cargo xtask example`");
        Ok(())
    }
}
