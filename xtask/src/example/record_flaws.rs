//! The dirt of the credit records, one flaw in one record of a person who is met without it.

mod table;

use medtrain::evaluate::Question;

use table::{FLAWS, Flaw};

use super::activity::{self, Register};
use super::day::{Cell, Day, decimal};
use super::intent::Intent;
use super::judge;
use super::names;
use super::person::Person;
use super::random::SplitMix64;
use super::record::{Column, PROFESSIONAL, Record, Reliance};
use super::spelling::{full_width, spell};
use super::{ExampleError, Tally};

/// Spoils `records`, which lie in the order of the roster, and says how often what was done.
pub(crate) fn spoil(
    people: &[Person],
    records: &mut Vec<Record>,
    question: &Question<'_>,
    register: &mut Register,
    random: &mut SplitMix64,
) -> Result<Tally, ExampleError> {
    let mut victims: Vec<usize> = (0..people.len()).filter(|&index| people[index].intent() == Some(Intent::Comfortable)).collect();
    random.shuffle(&mut victims);
    let mut tally = Tally::new();
    for &(code, name, flaw, times) in FLAWS {
        for _ in 0..times {
            let found = victims.iter().enumerate().find_map(|(place, &person)| {
                let suitable: Vec<usize> = (1..records.len()).filter(|&index| suits(flaw, person, index, records, question)).collect();
                (!suitable.is_empty()).then(|| (place, random.pick(&suitable)))
            });
            let Some((place, record)) = found else {
                return Err(ExampleError::Design(format!("no record is left for `{name}`")));
            };
            victims.remove(place);
            apply(flaw, record, records, register, random);
        }
        tally.insert((code, name), times);
    }
    strangers(people, records, question, &mut tally);
    records.sort_by_key(|record| (record.person.unwrap_or(people.len()), record.awarded));
    Ok(tally)
}

/// Whether the `index`-th record is one of `person` that the flaw fits.
fn suits(flaw: Flaw, person: usize, index: usize, records: &[Record], question: &Question<'_>) -> bool {
    let record = &records[index];
    let before = &records[index - 1];
    let plain = record.person == Some(person)
        && record.subject == PROFESSIONAL
        && record.electronic
        && (5..=20).contains(&record.credits)
        && matches!(record.staff_number, Cell::Text(_))
        && judge::in_credit_year(question, record);
    plain
        && match flaw {
            Flaw::SameAsAbove(_) => before.person == Some(person) && before.credits <= 20,
            Flaw::CertificateTwice | Flaw::EnteredByUnit => !record.certificate.is_empty(),
            Flaw::FullWidthBrackets => record.activity_number.ends_with(')'),
            Flaw::LetterForDigit => {
                matches!(&record.staff_number, Cell::Text(number) if number.contains('0'))
            }
            // What was meant: March, the last days of February, October as 2024.10.
            Flaw::VagueDate("三月") => record.awarded.civil().1 == 3,
            Flaw::VagueDate(_) => record.awarded.civil().1 == 2,
            Flaw::DecimalDate => matches!(record.awarded.civil(), (2024, 10, _)),
            Flaw::Range(_) => record.starts.civil().2 < 25 && record.starts.civil().0 == 2024,
            _ => true,
        }
}

fn apply(flaw: Flaw, index: usize, records: &mut Vec<Record>, register: &mut Register, random: &mut SplitMix64) {
    let before = records[index - 1].clone();
    let record = &mut records[index];
    match flaw {
        Flaw::SerialDate | Flaw::TextDate(_) | Flaw::VagueDate(_) | Flaw::NumberDate | Flaw::Range(_) | Flaw::DecimalDate => {
            respell_date(flaw, record);
        }
        Flaw::FullWidthCredits => {
            let text = full_width(&decimal(record.credits));
            set(record, Column::Credits, Cell::Text(text));
        }
        Flaw::FullWidthStaffNumber => respell_number(record, full_width),
        Flaw::NoBreakSpace => respell_number(record, |number| format!("{number}\u{a0}")),
        Flaw::LetterForDigit => {
            record.reliance = Reliance::Disputed;
            respell_number(record, |number| number.replacen('0', "O", 1));
        }
        Flaw::ZeroWidth => {
            let surname: String = record.name.chars().take(1).collect();
            let given: String = record.name.chars().skip(1).collect();
            set(record, Column::Name, Cell::Text(format!("{surname}\u{200b}{given}")));
        }
        Flaw::FullWidthBrackets => {
            let text = record.activity_number.replace('(', "（").replace(')', "）");
            set(record, Column::ActivityNumber, Cell::Text(text));
        }
        Flaw::DressedCredits(prefix, suffix) => {
            let text = format!("{prefix}{}{suffix}", decimal(record.credits));
            set(record, Column::Credits, Cell::Text(text));
            if !prefix.is_empty() {
                record.reliance = Reliance::DoubtfulCredits;
            }
        }
        Flaw::UnreadableCredits(text) => {
            record.reliance = Reliance::DoubtfulCredits;
            set(record, Column::Credits, Cell::text(text));
        }
        Flaw::SameAsAbove(column) => {
            if column == Column::Credits {
                record.credits = before.credits;
            } else {
                record.activity_name = before.activity_name;
            }
            activity::renumber(record, register);
            set(record, column, Cell::text("同上"));
        }
        Flaw::YesNo(yes, no) => {
            for (column, value) in
                [(Column::JobRelated, record.job), (Column::ProfessionRelated, record.profession), (Column::Electronic, record.electronic)]
            {
                set(record, column, Cell::text(if value { yes } else { no }));
            }
        }
        Flaw::CertificateTwice => {
            let again = Record { reliance: Reliance::Duplicate, ..record.clone() };
            records.insert(index + 1, again);
        }
        Flaw::EnteredByUnit => {
            let again = Record {
                reliance: Reliance::Duplicate,
                activity_name: format!("【科教科补录】{}", record.activity_name),
                certificate: String::new(),
                ..record.clone()
            };
            records.insert(index + 1, again);
        }
        Flaw::EdgeDay(day) => {
            record.move_to(day);
            activity::renumber(record, register);
            if !record.certificate.is_empty() {
                record.certificate = register.certificate(day.civil().0);
            }
        }
        Flaw::Review(text) => {
            record.reliance = Reliance::Disputed;
            record.review = text;
        }
        Flaw::PaperInside => {
            activity::bring_home(record, random);
            activity::prove(record, random);
            activity::renumber(record, register);
        }
    }
}

/// Writes the dates of a record otherwise.
fn respell_date(flaw: Flaw, record: &mut Record) {
    let awarded = record.awarded;
    match flaw {
        Flaw::SerialDate => set(record, Column::Awarded, Cell::Serial(awarded)),
        Flaw::TextDate(shape) => set(record, Column::Awarded, Cell::Text(spell(shape, awarded, awarded))),
        Flaw::VagueDate(text) => {
            record.reliance = Reliance::DoubtfulDay;
            set(record, Column::Awarded, Cell::text(text));
        }
        Flaw::NumberDate => {
            set(record, Column::Awarded, Cell::Number(spell("YMMDD", awarded, awarded)));
        }
        Flaw::Range(shape) => {
            record.ends = record.starts.plus(3);
            record.awarded = record.awarded.max(record.ends).min(Day::of(2024, 10, 31));
            let text = spell(shape, record.starts, record.ends);
            set(record, Column::Starts, Cell::Text(text));
            set(record, Column::Ends, Cell::Blank);
        }
        Flaw::DecimalDate => {
            record.reliance = Reliance::DoubtfulDay;
            set(record, Column::Awarded, Cell::Number("2024.1".to_owned()));
        }
        _ => {}
    }
}

/// Adds rows that belong to nobody of the roster, or to one of two people.
fn strangers(people: &[Person], records: &mut Vec<Record>, question: &Question<'_>, tally: &mut Tally) {
    let models: Vec<Record> = records
        .iter()
        .filter(|record| record.overrides.is_empty() && judge::in_credit_year(question, record))
        .step_by(211)
        .take(9)
        .cloned()
        .collect();
    let left = [("1871", "郑海棠"), ("1903", "吴国梁"), ("T007", "外聘专家何")];
    for (place, model) in models.into_iter().enumerate() {
        let (number, name) = left[place % left.len()];
        let shared = place >= 6;
        records.push(Record {
            person: None,
            staff_number: if shared { Cell::Blank } else { Cell::text(number) },
            name: if shared { names::SHARED } else { name }.to_owned(),
            certificate: String::new(),
            ..model
        });
    }
    tally.insert(("D13", "rows without a number, name shared by two people"), 3);
    tally.insert(("D28", "rows of 3 staff numbers that the roster lacks"), 6);
    let as_numbers = records.iter().filter(|record| matches!(record.staff_number, Cell::Number(_))).count();
    let spelled = people.iter().filter(|person| person.name != person.name_in_records).count();
    tally.insert(("D01", "record rows with the staff number as a number"), as_numbers);
    tally.insert(("D13", "people whose records spell the dot otherwise"), spelled);
}

fn set(record: &mut Record, column: Column, cell: Cell) {
    record.overrides.insert(column, cell);
}

fn respell_number(record: &mut Record, respell: impl Fn(&str) -> String) {
    if let Cell::Text(number) = &record.staff_number {
        record.staff_number = Cell::Text(respell(number));
    }
}
