//! The dirt of the roster, one flaw in one row each.

use super::day::{Cell, Day};
use super::department::Category;
use super::intent::Intent;
use super::person::{Numbering, Person, RosterColumn, Standing};
use super::random::SplitMix64;
use super::spelling::spell;
use super::{ExampleError, Tally, identity, names};

/// What is wrong with a row.
#[derive(Debug, Clone, Copy)]
enum Flaw {
    /// The identity number as a number: the last digits are lost.
    NumericIdentity,
    /// An identity number that ends in X, with this in its place.
    CheckCharacter(&'static str),
    /// The old 15 digits.
    FifteenDigits,
    /// Spaces between the parts.
    Spaces,
    /// One digit too many.
    NineteenDigits,
    /// No identity number.
    NoIdentity,
    /// A check character that does not fit.
    WrongCheck,
    /// 出生日期 some days off the identity number.
    OtherBirthday,
    /// 性别 against the identity number.
    OtherSex,
    /// 出生日期 as a serial number without a date format.
    SerialBirthday,
    /// 出生日期 as text.
    TextBirthday(&'static str),
    /// 聘任时间 as text.
    TextAppointment(&'static str),
    /// 聘任时间 as the number 2019.1.
    DecimalAppointment,
    /// A full-width space in a name of two characters.
    SpacedName,
    /// A no-break space after the name.
    NoBreakSpace,
    /// An ethnic name, the n-th.
    DottedName(usize),
    /// A name with a rare character, the n-th.
    RareName(usize),
    /// Free text for that title, and no grade.
    FreeTitle(&'static str, &'static str),
    /// Another 人员状态.
    Status(&'static str),
    /// The records write the 工号 otherwise.
    Numbering(Numbering),
    /// The roster writes the 工号 as a number.
    RosterNumber,
}

/// Which flaws there are, each with its code, its name in the summary and how often.
const FLAWS: &[(&str, &str, Flaw, usize)] = &[
    ("D13", "ethnic name with a dot (1)", Flaw::DottedName(0), 1),
    ("D13", "ethnic name with a dot (2)", Flaw::DottedName(1), 1),
    ("D13", "ethnic name with a dot (3)", Flaw::DottedName(2), 1),
    ("D13", "ethnic name with a dot (4)", Flaw::DottedName(3), 1),
    ("D13", "ethnic name with a dot (5)", Flaw::DottedName(4), 1),
    ("D13", "rare character in the name (1)", Flaw::RareName(0), 1),
    ("D13", "rare character in the name (2)", Flaw::RareName(1), 1),
    ("D13", "rare character in the name (3)", Flaw::RareName(2), 1),
    ("D07", "full-width space in the name", Flaw::SpacedName, 3),
    ("D07", "no-break space after the name", Flaw::NoBreakSpace, 2),
    ("D14", "title 主治", Flaw::FreeTitle("主治医师", "主治"), 2),
    ("D14", "title 主治医", Flaw::FreeTitle("主治医师", "主治医"), 1),
    ("D14", "title 主治／主管医师", Flaw::FreeTitle("主治医师", "主治／主管医师"), 1),
    ("D14", "title 主管护师(聘)", Flaw::FreeTitle("主管护师", "主管护师(聘)"), 2),
    ("D14", "title 副高", Flaw::FreeTitle("副主任医师", "副高"), 2),
    ("D14", "title 中级", Flaw::FreeTitle("主管护师", "中级"), 2),
    ("D14", "title 无职称", Flaw::FreeTitle("护士", "无职称"), 2),
    ("D01", "staff number as a number in the roster", Flaw::RosterNumber, 2),
    ("D01", "people whose records have it as a number", Flaw::Numbering(Numbering::Number), 2),
    ("D01", "people whose records have it as either", Flaw::Numbering(Numbering::Mixed), 2),
    ("D01", "identity number as a number", Flaw::NumericIdentity, 5),
    ("D02", "check character x", Flaw::CheckCharacter("x"), 3),
    ("D02", "check character Ｘ", Flaw::CheckCharacter("Ｘ"), 2),
    ("D02", "check character ×", Flaw::CheckCharacter("×"), 2),
    ("D02", "15 digits", Flaw::FifteenDigits, 3),
    ("D02", "spaces between the digits", Flaw::Spaces, 3),
    ("D02", "19 characters", Flaw::NineteenDigits, 1),
    ("D02", "no identity number", Flaw::NoIdentity, 3),
    ("D02", "wrong check character", Flaw::WrongCheck, 2),
    ("D03", "birthday disagrees", Flaw::OtherBirthday, 4),
    ("D03", "sex disagrees", Flaw::OtherSex, 2),
    ("D04", "birthday as a bare serial number", Flaw::SerialBirthday, 4),
    ("D05", "birthday 1985.3.12", Flaw::TextBirthday("Y.M.D"), 3),
    ("D05", "birthday 1985年3月", Flaw::TextBirthday("Y年M月"), 2),
    ("D05", "birthday 19850312 as text", Flaw::TextBirthday("YMMDD"), 2),
    ("D05", "appointment 2019.7", Flaw::TextAppointment("Y.M"), 3),
    ("D05", "appointment 2019年", Flaw::TextAppointment("Y年"), 2),
    ("D06", "number 2019.1 as an appointment", Flaw::DecimalAppointment, 3),
    ("D23", "status 产假", Flaw::Status("产假"), 2),
    ("D23", "status 外派", Flaw::Status("外派"), 2),
    ("D23", "status 援外", Flaw::Status("援外"), 1),
    ("D23", "status 脱产学习", Flaw::Status("脱产学习"), 2),
    ("D25", "status 退休", Flaw::Status("退休"), 3),
    ("D25", "status 离职", Flaw::Status("离职"), 1),
];

/// Spoils the roster and says how often what was done.
pub(crate) fn spoil(people: &mut [Person], random: &mut SplitMix64) -> Result<Tally, ExampleError> {
    let mut tally = Tally::new();
    share_a_name(people, &mut tally)?;
    explain_no_records(people);
    let mut victims: Vec<usize> = (0..people.len())
        .filter(|&index| {
            let person = &people[index];
            person.intent() == Some(Intent::Comfortable) && person.name != names::SHARED
        })
        .collect();
    random.shuffle(&mut victims);
    for &(code, name, flaw, times) in FLAWS {
        for _ in 0..times {
            let Some(place) = victims.iter().position(|&person| suits(flaw, &people[person])) else {
                return Err(ExampleError::Design(format!("no person is left for `{name}`")));
            };
            apply(flaw, &mut people[victims.remove(place)]);
        }
        tally.insert((code, name), times);
    }
    let set_aside = |standing| people.iter().filter(|person| person.standing == standing).count();
    tally.insert(("D28", "interns (实习) in the roster"), set_aside(Standing::Intern));
    tally.insert(("D28", "residents (规培) in the roster"), set_aside(Standing::Resident));
    Ok(tally)
}

/// Gives two nurses of the emergency department one name.
fn share_a_name(people: &mut [Person], tally: &mut Tally) -> Result<(), ExampleError> {
    const EMERGENCY: usize = 11;
    let nurses: Vec<&mut Person> = people
        .iter_mut()
        .filter(|person| person.department == EMERGENCY && person.category == Category::Nurse && person.intent().is_some() && !person.male)
        .take(2)
        .collect();
    if nurses.len() < 2 {
        return Err(ExampleError::Design("no two nurses can share a name".to_owned()));
    }
    for nurse in nurses {
        rename(nurse, names::SHARED, names::SHARED);
    }
    tally.insert(("D13", "two people of one name in one department"), 2);
    Ok(())
}

/// Writes into the roster why some people have no records.
fn explain_no_records(people: &mut [Person]) {
    for person in people {
        let Standing::Staff { intent: Intent::NoRecords, ordinal } = person.standing else {
            continue;
        };
        let (status, note) =
            [("长病假", "2023年9月起病休"), ("长病假", ""), ("离职", "2024年2月离职"), ("产假", ""), ("在岗", "2024年10月入职")][ordinal % 5];
        person.overrides.insert(RosterColumn::Status, Cell::text(status));
        person.overrides.insert(RosterColumn::Note, Cell::text(note));
    }
}

fn suits(flaw: Flaw, person: &Person) -> bool {
    match flaw {
        Flaw::NumericIdentity => !person.identity.ends_with('X'),
        Flaw::SpacedName => person.name.chars().count() == 2,
        Flaw::DottedName(_) => person.category == Category::Nurse && !person.male,
        Flaw::FreeTitle(title, _) => person.title == title,
        Flaw::Numbering(_) | Flaw::RosterNumber => person.staff_number.starts_with('0'),
        Flaw::Status("产假") => !person.male && person.birth > Day::of(1985, 1, 1),
        Flaw::Status("退休") => person.birth < Day::of(1969, 1, 1),
        _ => true,
    }
}

fn apply(flaw: Flaw, person: &mut Person) {
    let (column, cell) = match flaw {
        Flaw::NumericIdentity => (RosterColumn::Identity, Cell::Number(person.identity.clone())),
        Flaw::CheckCharacter(other) => {
            person.identity = identity::number_ending_in_x(person.birth, person.male);
            (RosterColumn::Identity, Cell::Text(person.identity.replace('X', other)))
        }
        Flaw::FifteenDigits => (RosterColumn::Identity, Cell::Text(identity::fifteen(&person.identity))),
        Flaw::Spaces => {
            let (region, rest) = person.identity.split_at(6);
            let (birth, tail) = rest.split_at(8);
            (RosterColumn::Identity, Cell::Text(format!("{region} {birth} {tail}")))
        }
        Flaw::NineteenDigits => (RosterColumn::Identity, Cell::Text(format!("{}0", person.identity))),
        Flaw::NoIdentity => (RosterColumn::Identity, Cell::Blank),
        Flaw::WrongCheck => {
            let (digits, check) = person.identity.split_at(17);
            let wrong = if check == "7" { '4' } else { '7' };
            (RosterColumn::Identity, Cell::Text(format!("{digits}{wrong}")))
        }
        Flaw::OtherBirthday => (RosterColumn::Birth, Cell::Date(person.birth.plus(9))),
        Flaw::OtherSex => (RosterColumn::Sex, Cell::text(if person.male { "女" } else { "男" })),
        Flaw::SerialBirthday => (RosterColumn::Birth, Cell::Serial(person.birth)),
        Flaw::TextBirthday(shape) => (RosterColumn::Birth, Cell::Text(spell(shape, person.birth, person.birth))),
        Flaw::TextAppointment(shape) => {
            let day = person.appointed.unwrap_or(person.birth);
            (RosterColumn::Appointed, Cell::Text(spell(shape, day, day)))
        }
        Flaw::DecimalAppointment => (RosterColumn::Appointed, Cell::Number("2019.1".to_owned())),
        Flaw::SpacedName => {
            let mut spaced = person.name.clone();
            spaced.insert(spaced.chars().next().map_or(0, char::len_utf8), '\u{3000}');
            (RosterColumn::Name, Cell::Text(spaced))
        }
        Flaw::NoBreakSpace => (RosterColumn::Name, Cell::Text(format!("{}\u{a0}", person.name))),
        Flaw::DottedName(index) => {
            let (roster, records) = names::DOTTED[index % names::DOTTED.len()];
            rename(person, roster, records);
            return;
        }
        Flaw::RareName(index) => {
            let name = names::RARE[index % names::RARE.len()];
            rename(person, name, name);
            return;
        }
        Flaw::FreeTitle(_, text) => {
            person.overrides.insert(RosterColumn::Grade, Cell::Blank);
            (RosterColumn::Title, Cell::text(text))
        }
        Flaw::Status(text) => (RosterColumn::Status, Cell::text(text)),
        Flaw::Numbering(numbering) => {
            person.numbering = numbering;
            return;
        }
        Flaw::RosterNumber => {
            let number = person.staff_number.trim_start_matches('0').to_owned();
            (RosterColumn::StaffNumber, Cell::Number(number))
        }
    };
    person.overrides.insert(column, cell);
}

fn rename(person: &mut Person, roster: &str, records: &str) {
    roster.clone_into(&mut person.name);
    records.clone_into(&mut person.name_in_records);
}
