//! The rule by hand over a layout made for it: seven bytes a record and an offset a person. What the proof attests is one flag, set while the layout is made,
//! and there is no empty cell: this is how fast the rule alone can be.

use arrow_array::Array;

use crate::columns::Columns;
use crate::plain::{FIRST, LAST, PLATFORM_SINCE};
use crate::rule::{Row, Total, Totals};

const ELECTRONIC: u8 = 1;
const INSIDE: u8 = 1 << 1;
/// A national project with proof whose days lie within its own.
const NATIONAL: u8 = 1 << 2;
const PROFESSIONAL: u8 = 1 << 3;
const JOB: u8 = 1 << 4;
const PUBLIC: u8 = 1 << 5;

pub struct Compact {
    starts: Vec<u32>,
    days: Vec<u16>,
    credits: Vec<u16>,
    hours: Vec<u16>,
    flags: Vec<u8>,
}

impl Compact {
    /// `None` where a cell is empty or the rows are not in the order of the people.
    pub fn of(columns: &Columns) -> Option<Self> {
        let empty = [&columns.awarded_on as &dyn Array, &columns.electronic, &columns.credits, &columns.hours, &columns.profession_related];
        if empty.iter().any(|column| column.null_count() > 0) || !columns.person.values().is_sorted() {
            return None;
        }
        let (people, owners) = (columns.people.values(), columns.person.values());
        let mut starts: Vec<u32> = people.iter().map(|person| owners.partition_point(|owner| owner < person) as u32).collect();
        starts.push(u32::try_from(owners.len()).ok()?);
        let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
        let flags = (0..owners.len()).map(|row| {
            let national = columns.national.at(row) == Some(true)
                && columns.has_proof.value(row)
                && columns.proof_starts_on.value(row) >= columns.starts_on.value(row)
                && columns.proof_ends_on.value(row) <= columns.ends_on.value(row);
            flag(columns.electronic.value(row), ELECTRONIC)
                | flag(columns.inside.at(row) == Some(true), INSIDE)
                | flag(national, NATIONAL)
                | flag(columns.profession_related.value(row), PROFESSIONAL)
                | flag(columns.job_related.value(row), JOB)
                | flag(columns.public.at(row) == Some(true), PUBLIC)
        });
        let amounts =
            |column: &arrow_array::Decimal128Array| column.values().iter().map(|amount| u16::try_from(*amount).ok()).collect::<Option<Vec<u16>>>();
        Some(Self {
            starts,
            days: columns.awarded_on.values().iter().map(|day| u16::try_from(*day).ok()).collect::<Option<_>>()?,
            credits: amounts(&columns.credits)?,
            hours: amounts(&columns.hours)?,
            flags: flags.collect(),
        })
    }

    /// A row for each person, in the order of the people.
    pub fn judge(&self, threads: usize) -> Vec<Row> {
        let people = self.starts.len().saturating_sub(1);
        let mut rows = vec![Row::default(); people];
        let share = people.div_ceil(threads).max(1);
        std::thread::scope(|scope| {
            for (at, rows) in rows.chunks_mut(share).enumerate() {
                scope.spawn(move || {
                    for (row, bounds) in rows.iter_mut().zip(self.starts[at * share..].windows(2)) {
                        *row = Row::of(&self.totals(bounds[0] as usize, bounds[1] as usize));
                    }
                });
            }
        });
        rows
    }

    /// The totals of the records of one person, without a branch.
    fn totals(&self, start: usize, end: usize) -> Totals {
        const YEAR: u16 = (LAST - FIRST) as u16;
        let [mut counted, mut by_year, mut by_platform, mut by_outside] = [0_u16; 4];
        let [mut hours, mut credits, mut job, mut public] = [0_u32; 4];
        let records = self.days[start..end].iter().zip(&self.credits[start..end]).zip(&self.hours[start..end]).zip(&self.flags[start..end]);
        for (((day, credit), hour), flags) in records {
            let has = |flag: u8| u16::from(flags & flag != 0);
            let in_year = u16::from(day.wrapping_sub(FIRST as u16) <= YEAR);
            let on_platform = has(ELECTRONIC) | (1 - has(INSIDE)) | u16::from(*day < PLATFORM_SINCE as u16);
            let from_outside = u16::from(flags & (ELECTRONIC | INSIDE | NATIONAL) != 0);
            let admissible = in_year & on_platform & from_outside;
            let professional = admissible & has(PROFESSIONAL);
            counted += admissible;
            by_year += 1 - in_year;
            by_platform += 1 - on_platform;
            by_outside += 1 - from_outside;
            // A record's amount is below 655.36, so that a product with one bit has room.
            hours += u32::from(hour * admissible);
            credits += u32::from(credit * professional);
            job += u32::from(credit * (professional & has(JOB)));
            public += u32::from(hour * (admissible & has(PUBLIC)));
        }
        let total = |low: u32| Total { low: low as i32, ..Total::default() };
        Totals {
            counted,
            excluded: (end - start) as u16 - counted,
            undecided: 0,
            by_year,
            by_platform,
            by_outside,
            hours: total(hours),
            credits: total(credits),
            job: total(job),
            public: total(public),
            other: total(hours - public),
        }
    }
}
