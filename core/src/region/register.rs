//! A region's workbook: its people with their records, its institutions, and what is known of the region itself.
//!
//! One file is read for three kinds of subjects; a sheet of the other kinds may be missing, that of the people may not.

use std::collections::HashSet;

use super::{Publication, RegionReport, Survey, Surveyed, publication};
use crate::check::{Checked, check};
use crate::evaluate::{Question, Verdict};
use crate::facts::{Institution, Practitioner, Region, Subject, Vocabulary};
use crate::policy::{Policy, PolicySet};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::workbook::{self, Asked, Note, Progress, Register};

/// A region's register, everyone of it judged.
#[derive(Debug)]
pub struct RegionRegister<'q> {
    checked: Checked<'q>,
    region: Region,
    institutions: Vec<Institution>,
    problems: Vec<Note>,
}

impl<'q> RegionRegister<'q> {
    /// Reads and judges a workbook; `progress` is told what reading it is busy with.
    ///
    /// # Errors
    /// What [`workbook::read`] says of the people, or that the workbook tells of several regions.
    pub fn read(
        survey: &Survey<'q, 'q>,
        set: &PolicySet,
        bytes: &[u8],
        name: &str,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, TrainingError> {
        let (people, about) = (survey.people(), survey.region());
        let asked = Asked::of(set, people.decision(), people.as_of())?;
        let checked = check(people, workbook::read(bytes, name, &asked, progress)?, &mut |_, _| {})?;
        let mut told = Told::default();
        told.add(checked.register());
        let institutions = workbook::read(bytes, name, &Asked::subject(Institution::ENTITY.name)?, progress).ok();
        if let Some(register) = &institutions {
            told.add(register);
        }
        let institutions = listed(institutions);
        let institutions = institutions.into_iter().filter_map(|subject| match subject {
            Subject::Institution(institution) => Some(*institution),
            _ => None,
        });
        let institutions = institutions.collect();
        let asked = Asked::of(set, about.decision(), about.as_of())?;
        let (region, register) = read_region(&asked, bytes, name)?;
        if let Some(register) = &register {
            told.add(register);
        }
        let mut region = region.map(Subject::from);
        if let Some(subject) = &mut region {
            TrainingError::unless_empty(Policy::bind_subject(&about.policies(), subject))?;
        }
        let region = if let Some(Subject::Region(region)) = region { *region } else { Region::default() };
        Ok(Self { checked, region, institutions, problems: told.notes() })
    }

    /// What was mended, doubted or set aside in the sheets that were used.
    #[must_use]
    pub fn problems(&self) -> &[Note] {
        &self.problems
    }

    /// Everyone of it, judged.
    #[must_use]
    pub fn checked(&self) -> &Checked<'q> {
        &self.checked
    }

    /// What is known of the region itself.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// What everyone is called, in the order of the report's people.
    #[must_use]
    pub fn names(&self) -> Vec<Option<&str>> {
        self.people().map(|(person, ..)| person.name.as_deref()).collect()
    }

    /// Counts it.
    ///
    /// # Errors
    /// What [`Survey::count`] says.
    pub fn report(&self, survey: &Survey<'_, '_>) -> Result<RegionReport, TrainingError> {
        let people: Vec<Surveyed<'_>> = self.people().map(|(facts, verdict, place)| Surveyed { facts, verdict, place: Some(place) }).collect();
        survey.count(&self.region, &self.institutions, &people)
    }

    /// The list for publication that this decision about the region asks for.
    ///
    /// # Errors
    /// What [`publication`] says.
    pub fn publication(&self, question: &Question<'_>) -> Result<Publication, TrainingError> {
        let people: Vec<(&Practitioner, Option<&Verdict>)> = self.people().map(|(facts, verdict, _)| (facts, Some(verdict))).collect();
        publication(question, &self.region, &people)
    }

    fn people(&self) -> impl Iterator<Item = (&Practitioner, &Verdict, &str)> {
        let listed = self.checked.register().subjects.iter().zip(self.checked.verdicts());
        listed.filter_map(|(listed, verdict)| match &listed.facts {
            Subject::Practitioner(person) => Some((&**person, verdict, listed.place.as_str())),
            _ => None,
        })
    }
}

/// The one region that a workbook tells of, if it tells of any, and what was noted of it.
pub(super) fn read_region(asked: &Asked<'_>, bytes: &[u8], name: &str) -> Result<(Option<Region>, Option<Register>), TrainingError> {
    let Ok(mut register) = workbook::read(bytes, name, asked, &mut |_| {}) else { return Ok((None, None)) };
    let mut regions = std::mem::take(&mut register.subjects).into_iter().map(|listed| listed.facts);
    let (first, second) = (regions.next(), regions.next());
    if second.is_some() {
        let problem = Problem::new(ProblemCode::Contradiction, name, "the workbook tells of several regions");
        return Err(problem.with_cure("keep one region in a workbook, with its own people").into());
    }
    Ok((first.and_then(|subject| if let Subject::Region(region) = subject { Some(*region) } else { None }), Some(register)))
}

/// What several readings of one workbook noted: of each sheet what the first says that used it.
#[derive(Default)]
struct Told {
    used: HashSet<String>,
    notes: Vec<Note>,
    /// What the first of them noted of sheets that it did not use.
    unused: Vec<Note>,
    again: bool,
}

impl Told {
    fn add(&mut self, register: &Register) {
        let new: HashSet<&str> = (register.sheets.iter())
            .filter(|sheet| !sheet.columns.is_empty() && !self.used.contains(sheet.name.as_str()))
            .map(|sheet| sheet.name.as_str())
            .collect();
        for note in &register.problems {
            if new.contains(&*sheet_of(note)) {
                self.notes.push(note.clone());
            } else if !self.again {
                self.unused.push(note.clone());
            }
        }
        self.used.extend(new.into_iter().map(str::to_owned));
        self.again = true;
    }

    fn notes(mut self) -> Vec<Note> {
        self.notes.extend(self.unused.into_iter().filter(|note| !self.used.contains(&*sheet_of(note))));
        self.notes
    }
}

/// The sheet on which a note is.
fn sheet_of(note: &Note) -> String {
    match note.problem.place.strip_prefix('\'') {
        Some(quoted) => quoted.rsplit_once('\'').map_or(quoted, |(name, _)| name).replace("''", "'"),
        None => note.problem.place.split('!').next().unwrap_or_default().to_owned(),
    }
}

/// The subjects of a register; none where the workbook has no sheet of them.
fn listed(register: Option<Register>) -> Vec<Subject> {
    register.map_or_else(Vec::new, |register| register.subjects.into_iter().map(|listed| listed.facts).collect())
}
