//! The roster: the 300 staff, and the interns and residents whose rows stand among them.

use std::collections::BTreeMap;

use super::day::{Cell, Day};
use super::department::{Category, DEPARTMENTS, GRADES, Mix};
use super::intent::{Intent, POPULATION};
use super::random::SplitMix64;
use super::{identity, names};

/// The columns of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RosterColumn {
    /// 工号.
    StaffNumber,
    /// 姓名.
    Name,
    /// 身份证号.
    Identity,
    /// 性别.
    Sex,
    /// 出生日期.
    Birth,
    /// 科室.
    Department,
    /// 人员类别.
    Category,
    /// 职称.
    Title,
    /// 职称级别.
    Grade,
    /// 聘任时间.
    Appointed,
    /// 人员状态.
    Status,
    /// 备注.
    Note,
}

/// The headers of the roster, as they stand in the sheet.
pub(crate) const ROSTER_HEADERS: [&str; 12] =
    ["工号", "姓 名", "*身份证号", "性别", "出生日期", "科室", "人员类别", "职称", "职称级别", "聘任时间", "人员状态", "备注"];

/// What a row of the roster is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// One of the 300, the `ordinal`-th of an intent.
    Staff {
        /// The intended answer.
        intent: Intent,
        /// Which of its people this is.
        ordinal: usize,
    },
    /// An intern (实习), to be set aside.
    Intern,
    /// A resident in standardised training (规培), to be set aside.
    Resident,
}

/// How the credit records write someone's 工号.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// As text, as the roster does.
    Text,
    /// As a number, so that leading zeros are lost.
    Number,
    /// As a number in every third row.
    Mixed,
}

/// A row of the roster.
#[derive(Debug)]
pub(crate) struct Person {
    /// 工号 as text.
    pub(crate) staff_number: String,
    /// 姓名.
    pub(crate) name: String,
    /// The name as the credit records spell it.
    pub(crate) name_in_records: String,
    /// How the credit records write the 工号.
    pub(crate) numbering: Numbering,
    /// The index of the department.
    pub(crate) department: usize,
    /// 人员类别.
    pub(crate) category: Category,
    /// Staff, intern or resident.
    pub(crate) standing: Standing,
    /// Whether the person is a man.
    pub(crate) male: bool,
    /// The birthday.
    pub(crate) birth: Day,
    /// A valid identity number.
    pub(crate) identity: String,
    /// How high the title is: 0 for 正高, 4 for 士级.
    level: usize,
    /// 职称.
    pub(crate) title: &'static str,
    /// 职称级别, empty where it must be derived.
    grade: &'static str,
    /// 聘任时间.
    pub(crate) appointed: Option<Day>,
    /// Cells that differ from what the fields say.
    pub(crate) overrides: BTreeMap<RosterColumn, Cell>,
}

impl Person {
    /// The intent, of staff.
    pub(crate) fn intent(&self) -> Option<Intent> {
        match self.standing {
            Standing::Staff { intent, .. } => Some(intent),
            _ => None,
        }
    }

    /// The 12 cells of the row.
    pub(crate) fn cells(&self) -> Vec<(RosterColumn, Cell)> {
        let category = match self.standing {
            Standing::Staff { .. } => self.category.word(),
            Standing::Intern => "实习",
            Standing::Resident => "规培",
        };
        let mut cells = BTreeMap::from([
            (RosterColumn::StaffNumber, Cell::text(&self.staff_number)),
            (RosterColumn::Name, Cell::text(&self.name)),
            (RosterColumn::Identity, Cell::text(&self.identity)),
            (RosterColumn::Sex, Cell::text(if self.male { "男" } else { "女" })),
            (RosterColumn::Birth, Cell::Date(self.birth)),
            (RosterColumn::Department, Cell::text(DEPARTMENTS[self.department].name)),
            (RosterColumn::Category, Cell::text(category)),
            (RosterColumn::Title, Cell::text(self.title)),
            (RosterColumn::Grade, Cell::text(self.grade)),
            (RosterColumn::Appointed, self.appointed.map_or(Cell::Blank, Cell::Date)),
            (RosterColumn::Status, Cell::text("在岗")),
            (RosterColumn::Note, Cell::Blank),
        ]);
        cells.extend(self.overrides.iter().map(|(column, cell)| (*column, cell.clone())));
        cells.into_iter().collect()
    }
}

/// The whole roster in its order: by department, staff before those set aside.
pub(crate) fn roster(random: &mut SplitMix64) -> Vec<Person> {
    let mut intents: Vec<Standing> =
        POPULATION.iter().flat_map(|&(intent, people)| (0..people).map(move |ordinal| Standing::Staff { intent, ordinal })).collect();
    random.shuffle(&mut intents);
    let mut intents = intents.into_iter();
    let mut numbers: Vec<usize> = (12..1460).collect();
    random.shuffle(&mut numbers);
    let mut numbers = numbers.into_iter();

    let mut people = Vec::new();
    for (index, department) in DEPARTMENTS.iter().enumerate() {
        let standings: Vec<Standing> = intents.by_ref().take(department.staff).collect();
        for (place, (standing, number)) in standings.into_iter().zip(numbers.by_ref()).enumerate() {
            let category = category(department.mix, place, department.staff);
            people.push(person(format!("{number:04}"), index, category, standing, random));
        }
        let first = people.len() - department.staff;
        for (category, post) in [(Category::Doctor, "科主任"), (Category::Nurse, "护士长")] {
            let head = people[first..].iter_mut().filter(|person| person.category == category).min_by_key(|person| person.level);
            if let Some(head) = head {
                head.overrides.insert(RosterColumn::Note, Cell::text(post));
            }
        }
        // Interns and residents are found on some of the large wards.
        for &(ward, standing, number) in SET_ASIDE {
            if ward == index {
                let category = match standing {
                    Standing::Intern => Category::Nurse,
                    _ => Category::Doctor,
                };
                people.push(person(number.to_owned(), index, category, standing, random));
            }
        }
    }
    people
}

/// The rows to set aside (D28): department, kind and number.
const SET_ASIDE: &[(usize, Standing, &str)] = &[
    (0, Standing::Resident, "G2301"),
    (1, Standing::Intern, "S2401"),
    (6, Standing::Resident, "G2302"),
    (7, Standing::Intern, "S2402"),
    (9, Standing::Resident, "G2303"),
    (9, Standing::Intern, "S2403"),
    (10, Standing::Resident, "G2401"),
    (11, Standing::Intern, "S2404"),
    (11, Standing::Intern, "S2405"),
];

fn category(mix: Mix, place: usize, staff: usize) -> Category {
    match mix {
        Mix::Ward if place * 100 < staff * 45 => Category::Doctor,
        Mix::Ward | Mix::Nursing => Category::Nurse,
        Mix::Pharmacy => Category::Pharmacist,
        Mix::Technical if place * 100 < staff * 30 => Category::Doctor,
        Mix::Technical => Category::Technician,
        Mix::Office => Category::Manager,
    }
}

fn person(staff_number: String, department: usize, category: Category, standing: Standing, random: &mut SplitMix64) -> Person {
    let is_staff = matches!(standing, Standing::Staff { .. });
    let male = random.chance(match category {
        Category::Nurse => 6,
        Category::Doctor => 55,
        _ => 40,
    });
    let year = if is_staff { random.between(1965, 1999) } else { random.between(1998, 2003) };
    let birth = Day::of(year, 1, 1).plus(random.between(0, 364));
    let level = match 2024 - year {
        ..=27 => random.pick(&[3, 4, 4]),
        28..=33 => random.pick(&[2, 3, 3, 3]),
        34..=43 => random.pick(&[1, 2, 2, 2, 3]),
        _ => random.pick(&[0, 1, 1, 2, 2]),
    };
    let earliest = Day::of((year + 24).max(2012), 1, 1).min(Day::of(2023, 1, 1));
    let appointed = random.day(earliest, Day::of(2023, 9, 30));
    let name = names::draw(male, random);
    Person {
        staff_number,
        name_in_records: name.clone(),
        name,
        numbering: Numbering::Text,
        department,
        category,
        standing,
        male,
        birth,
        identity: identity::number(birth, male, random),
        level,
        title: if is_staff { category.titles()[level] } else { "" },
        grade: if is_staff && random.chance(65) { GRADES[level] } else { "" },
        appointed: is_staff.then_some(appointed),
        overrides: BTreeMap::new(),
    }
}
