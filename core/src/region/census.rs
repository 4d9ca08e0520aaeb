//! The people and institutions of a region, as far as counting asks what they are.
//!
//! What a population is stands in the vocabulary ([`Population`]); here is how a person or an institution is told to belong to one.

use std::collections::HashMap;

use super::Surveyed;
use super::rate::{Doubt, ExclusionReason, Has, Measure, OpenReason, Part};
use crate::evaluate::{RecordState, Status, Verdict};
use crate::facts::{
    DecodeEntity as _, Institution, InstitutionKind, InstitutionLevel, Ownership, Population, Practitioner, Profession, StaffStatus, TitleGrade,
    Vocabulary as _,
};
use crate::feel::{Datum, Record as _};

/// Facts that are named for one open verdict.
const MOST_MISSING: usize = 4;
/// What is missing of an institution of whose people nobody told us.
pub(crate) const NOBODY: &str = "institution.people";

/// Everyone of a register.
#[derive(Debug)]
pub(super) struct Census {
    pub(super) people: Vec<Person>,
    pub(super) institutions: Vec<Unit>,
    /// Whether the institutions were listed, and not only met among what is said of people: one at which nobody works whom we know of is met nowhere.
    pub(super) is_listed: bool,
}

/// A person, as far as counting asks.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: String,
    /// Where they work; nothing where nobody told us, or where several institutions bear the name that was told.
    pub(super) institution: Option<usize>,
    pub(super) grade: Option<TitleGrade>,
    pub(super) service: Part,
    pub(super) participated: Has,
    pub(super) met: Has,
    pub(super) status: Status,
}

/// An institution, with what its people make of it.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) facts: Institution,
    pub(super) carries_out: Has,
}

impl Census {
    pub(super) fn of(listed: &[Institution], people: &[Surveyed<'_>]) -> Self {
        let mut register = Register::default();
        for institution in listed {
            register.places(institution);
        }
        let ids = ids(people);
        let person = |(surveyed, id): (&Surveyed<'_>, String)| {
            let places = surveyed.facts.institution.as_ref().map(|institution| register.places(institution)).unwrap_or_default();
            let person = Person {
                id,
                institution: if let [place] = places.as_slice() { Some(*place) } else { None },
                grade: grade(surveyed.facts),
                service: service(surveyed.facts),
                participated: participated(surveyed),
                met: met(surveyed.verdict),
                status: surveyed.verdict.status,
            };
            (person, places)
        };
        let people: Vec<(Person, Vec<usize>)> = people.iter().zip(ids).map(person).collect();
        let mut of_each: Vec<Has> = vec![Has::Open(Doubt::of(&[NOBODY])); register.institutions.len()];
        for (person, _) in &people {
            if let Some(sum) = person.institution.and_then(|place| of_each.get_mut(place)) {
                add(sum, person);
            }
        }
        for (person, places) in people.iter().filter(|(_, places)| places.len() > 1) {
            for place in places {
                of_each.get_mut(*place).into_iter().for_each(|sum| perhaps_add(sum, person));
            }
        }
        let people = people.into_iter().map(|(person, _)| person).collect();
        let mut taken: HashMap<String, usize> = HashMap::new();
        let unit = |(place, (facts, carries_out)): (usize, (Institution, Has))| {
            let known = [&facts.institution_id, &facts.name].into_iter().flatten().map(|text| text.trim()).find(|text| !text.is_empty());
            let id = known.map_or_else(|| format!("#{}", place + 1), str::to_owned);
            let times = taken.entry(id.clone()).and_modify(|times| *times += 1).or_insert(1);
            Unit { id: if *times > 1 { format!("{id}#{times}") } else { id }, facts, carries_out }
        };
        let institutions = register.institutions.into_iter().zip(of_each).enumerate().map(unit).collect();
        Self { people, institutions, is_listed: !listed.is_empty() }
    }
}

/// An institution carries it out where one of its staff took part.
fn add(sum: &mut Has, person: &Person) {
    if matches!(person.service, Part::Out(_)) || *sum == Has::Yes {
        return;
    }
    let nobody_yet = matches!(sum, Has::Open(doubt) if doubt.missing == [NOBODY]);
    match (&person.service, &person.participated) {
        (Part::In, Has::Yes) => *sum = Has::Yes,
        (_, Has::No | Has::Unasked) if nobody_yet => *sum = Has::No,
        (Part::Open(doubt), Has::Yes) | (_, Has::Open(doubt) | Has::OpenOrUnasked(doubt)) if nobody_yet || *sum == Has::No => {
            *sum = Has::Open(doubt.clone());
        }
        _ => {}
    }
}

/// Somebody who may be of its staff, or of another's of the same name, leaves open whether it carries it out.
fn perhaps_add(sum: &mut Has, person: &Person) {
    let may_take_part = !matches!(person.service, Part::Out(_)) && !matches!(person.participated, Has::No | Has::Unasked);
    if may_take_part && matches!(sum, Has::No | Has::Unasked) {
        *sum = Has::Open(Doubt::of(&["practitioner.institution.institution_id"]));
    }
}

/// The institutions that are known, each once.
#[derive(Default)]
struct Register {
    institutions: Vec<Institution>,
    by_number: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Register {
    /// The place of an institution, new or known: by its number, or by its name where one of the two has no number. Where several bear the name, each
    /// of them may be meant; nothing is told of which there is neither.
    fn places(&mut self, institution: &Institution) -> Vec<usize> {
        let key = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_uppercase()).filter(|text| !text.is_empty());
        let (number, name) = (key(&institution.institution_id), key(&institution.name));
        let numbered = number.as_ref().and_then(|number| self.by_number.get(number)).copied();
        if number.is_none() && name.is_none() {
            return Vec::new();
        }
        let is_numbered = |place: &usize| self.institutions.get(*place).is_some_and(|known| known.institution_id.is_some());
        let of_the_name = name.as_ref().and_then(|name| self.by_name.get(name)).into_iter().flatten().copied();
        let named: Vec<usize> = of_the_name.filter(|place| number.is_none() || !is_numbered(place)).collect();
        let place = match (numbered, named.as_slice()) {
            (Some(place), _) => place,
            (None, [place]) => *place,
            (None, []) => {
                self.institutions.push(Institution::default());
                self.institutions.len() - 1
            }
            (None, _) => return named,
        };
        number.map(|number| self.by_number.entry(number).or_insert(place));
        if let Some(name) = name {
            let of_the_name = self.by_name.entry(name).or_default();
            if !of_the_name.contains(&place) {
                of_the_name.push(place);
            }
        }
        if let Some(known) = self.institutions.get_mut(place) {
            known.complete_from(institution);
        }
        vec![place]
    }
}

/// What each is known by: the number where it is theirs alone and no identity number, else the place in the source.
fn ids(people: &[Surveyed<'_>]) -> Vec<String> {
    let number = |surveyed: &Surveyed<'_>| {
        let number = surveyed.facts.person_id.as_deref().map(str::trim).filter(|number| !number.is_empty());
        number.filter(|number| !crate::facts::is_identity_number(number)).map(str::to_owned)
    };
    let mut times: HashMap<String, usize> = HashMap::new();
    for surveyed in people {
        if let Some(number) = number(surveyed) {
            *times.entry(number).or_default() += 1;
        }
    }
    let id = |(place, surveyed): (usize, &Surveyed<'_>)| {
        let alone = number(surveyed).filter(|number| times.get(number) == Some(&1));
        alone.or_else(|| surveyed.place.map(str::to_owned)).unwrap_or_else(|| format!("#{}", place + 1))
    };
    people.iter().enumerate().map(id).collect()
}

/// The grade of the title: as given, or the one that the title belongs to.
fn grade(person: &Practitioner) -> Option<TitleGrade> {
    let (slot, _) = Practitioner::ENTITY.field("title_grade")?;
    if let Datum::Code(grade) = person.read(slot) { TitleGrade::ALL.get(usize::from(grade)).copied() } else { None }
}

/// Whether somebody is a health professional in service. Whoever is on a register is in service, unless it says otherwise.
pub(super) fn service(person: &Practitioner) -> Part {
    match person.status {
        Some(StaffStatus::Retired) => return Part::Out(ExclusionReason::Retired),
        Some(StaffStatus::Left) => return Part::Out(ExclusionReason::Left),
        Some(StaffStatus::InTraining) => return Part::Out(ExclusionReason::InTraining),
        None if person.unknown.iter().any(|name| name == "status") => return Part::Open(Doubt::of(&["practitioner.status"])),
        Some(StaffStatus::InService | StaffStatus::OnLeave | StaffStatus::Seconded) | None => {}
    }
    let is_untold = |field: &str| person.unknown.iter().any(|name| name == field);
    let is_professional = match person.profession {
        Some(Profession::Manager | Profession::Other) => Some(false),
        None if is_untold("profession") => None,
        _ => Some(true),
    };
    let is_titled = match grade(person) {
        None if is_untold("title") || is_untold("title_grade") => None,
        grade => Some(grade.is_some_and(|grade| grade != TitleGrade::None)),
    };
    match (is_professional, is_titled) {
        (Some(true), _) | (_, Some(true)) => Part::In,
        (Some(false), Some(false)) => Part::Out(ExclusionReason::NotHealthProfessional),
        (None, _) => Part::Open(Doubt::of(&["practitioner.profession"])),
        (Some(false), None) => Part::Open(Doubt::of(&["practitioner.title_grade"])),
    }
}

/// Whether one record at least counts.
fn participated(surveyed: &Surveyed<'_>) -> Has {
    let verdict = surveyed.verdict;
    if verdict.records.iter().any(|line| line.state == RecordState::Counted) {
        return Has::Yes;
    }
    if surveyed.facts.activities.is_none() {
        return Has::Open(Doubt::of(&["practitioner.activities"]));
    }
    let open = verdict.records.iter().filter(|line| line.state == RecordState::Unknown);
    let missing: Vec<String> = open.clone().flat_map(|line| &line.missing).take(MOST_MISSING).cloned().collect();
    if open.count() > 0 { Has::Open(Doubt { because: OpenReason::MissingFacts, missing }) } else { Has::No }
}

/// Whether somebody meets the decision; what only the authority can waive is open.
fn met(verdict: &Verdict) -> Has {
    let missing = || Doubt { because: OpenReason::MissingFacts, missing: verdict.missing.iter().take(MOST_MISSING).cloned().collect() };
    let can_be = |status| verdict.possible.contains(&status);
    match verdict.status {
        Status::Met => Has::Yes,
        Status::Unmet => Has::No,
        Status::NotApplicable => Has::Unasked,
        Status::Waivable => Has::Open(Doubt { because: OpenReason::ForTheAuthority, missing: Vec::new() }),
        Status::Unknown if can_be(Status::NotApplicable) => Has::OpenOrUnasked(missing()),
        Status::Unknown => Has::Open(missing()),
    }
}

impl Person {
    /// Whether they belong to a population of people.
    pub(super) fn part(&self, population: Population) -> Part {
        let of_grade = |belongs: fn(TitleGrade) -> bool| match (&self.service, self.grade) {
            (Part::Out(reason), _) => Part::Out(*reason),
            (_, Some(TitleGrade::None)) => Part::Out(ExclusionReason::NoTitle),
            (_, Some(grade)) if !belongs(grade) => Part::Out(ExclusionReason::OtherTitle),
            (service, Some(_)) => service.clone(),
            (_, None) => Part::Open(Doubt::of(&["practitioner.title_grade"])),
        };
        match population {
            Population::Staff => self.service.clone(),
            Population::IntermediateAndSenior => of_grade(|grade| grade >= TitleGrade::Intermediate),
            Population::Junior => of_grade(|grade| matches!(grade, TitleGrade::Assistant | TitleGrade::Junior)),
            Population::Institutions | Population::Level2AndAbove | Population::GrassrootsAndPrivate => Part::Out(ExclusionReason::OtherInstitution),
        }
    }

    /// Whether they have what is counted.
    pub(super) fn has(&self, measure: Measure) -> &Has {
        match measure {
            Measure::Participated => &self.participated,
            Measure::Met => &self.met,
            Measure::Covered => &Has::No,
        }
    }
}

impl Unit {
    /// Whether it belongs to a population of institutions.
    pub(super) fn part(&self, population: Population) -> Part {
        let belongs = |known: Option<bool>, paths: &[&str]| match known {
            Some(true) => Part::In,
            Some(false) => Part::Out(ExclusionReason::OtherInstitution),
            None => Part::Open(Doubt::of(paths)),
        };
        match population {
            Population::Institutions => Part::In,
            Population::Level2AndAbove => belongs(self.facts.level.map(|level| level >= InstitutionLevel::Secondary), &["institution.level"]),
            Population::GrassrootsAndPrivate => {
                let (is_grassroots, is_private) = (self.is_grassroots(), self.is_private());
                // The other may still make it one where this does not.
                let open = [(is_grassroots, "institution.is_grassroots"), (is_private, "institution.ownership")];
                let missing: Vec<&str> = open.iter().filter(|(known, _)| known.is_none()).map(|(_, path)| *path).collect();
                let belong = if [is_grassroots, is_private].contains(&Some(true)) { Some(true) } else { missing.is_empty().then_some(false) };
                belongs(belong, &missing)
            }
            Population::Staff | Population::IntermediateAndSenior | Population::Junior => Part::Out(ExclusionReason::OtherInstitution),
        }
    }

    /// Whether it is one of a township or community; nothing where that cannot be told.
    fn is_grassroots(&self) -> Option<bool> {
        use InstitutionKind as Kind;
        let by_kind = || {
            self.facts.org_type.and_then(|kind| match kind {
                Kind::CommunityHealthCentre | Kind::TownshipHealthCentre | Kind::VillageClinic => Some(true),
                Kind::Hospital | Kind::MaternalChildHealth | Kind::DiseaseControl => Some(false),
                Kind::Other => None,
            })
        };
        self.facts.is_grassroots.or_else(by_kind)
    }

    fn is_private(&self) -> Option<bool> {
        self.facts.ownership.map(|owner| owner == Ownership::Private)
    }

    /// Whether it has what is counted.
    pub(super) fn has(&self, population: Population) -> Has {
        if population == Population::Institutions {
            return self.carries_out.clone();
        }
        match self.facts.has_info_system {
            Some(true) => Has::Yes,
            Some(false) => Has::No,
            None => Has::Open(Doubt::of(&["institution.has_info_system"])),
        }
    }
}
