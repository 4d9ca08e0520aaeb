//! The report: the region as a whole, its zones and its institutions, each with its rates.

use std::collections::BTreeMap;

use medtrain_macros::crosses;

use super::census::{Census, Person, Unit};
use super::rate::{Has, Measure, Members, Part, Rate, Share};
use super::target::{self, Standing, Target, Trial};
use super::{Survey, Surveyed, words};
use crate::evaluate::{Given, PolicyReference, Status, Verdict};
use crate::facts::{Institution, Population, Region, RegionStat, TitleGrade};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::Day;

/// Coverage and attainment of a region in a year, with everyone who makes them up.
#[crosses]
pub struct RegionReport {
    /// The name of the region, where it is known.
    pub region: Option<String>,
    /// The year whose figures these are.
    pub year: u32,
    /// The day on which the questions are asked.
    pub as_of: Day,
    /// What was given with the question about the region.
    pub given: Given,
    /// The decision about people, such as `cq-annual-cme`.
    pub people_decision: String,
    /// The decision about the region, such as `cq-region-targets`.
    pub region_decision: String,
    /// The policy that sets the targets.
    pub policy: PolicyReference,
    /// The policies that add to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<PolicyReference>,
    /// What each rate is, in the order of the rates.
    pub definitions: Vec<RateDefinition>,
    /// The whole region first, then its zones where there are several, then its institutions.
    pub groups: Vec<Group>,
    /// The people of the whole region by the grade of their title.
    pub grades: Vec<GradeLine>,
    /// Everyone of the register, in its order.
    pub people: Vec<PersonLine>,
    /// The institutions that are known.
    pub institutions: Vec<InstitutionLine>,
}

/// What a rate is, and which provision sets its target.
#[crosses]
pub struct RateDefinition {
    /// Its id, such as `junior.met`.
    pub id: String,
    /// Whom or what it counts.
    pub population: Population,
    /// What is counted of them.
    pub measure: Measure,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// Its numerator and denominator, in Chinese.
    pub zh: String,
    /// Its numerator and denominator, in English.
    pub en: String,
    /// The provision that sets its target; absent where none does.
    pub provision: Option<String>,
    /// The article of that provision.
    pub article: Option<String>,
}

/// People and institutions that are counted together.
#[crosses]
pub struct Group {
    /// What makes them a group.
    pub kind: GroupKind,
    /// The zone or the institution; absent for the whole, and for those of whom nobody told the zone.
    pub name: Option<String>,
    /// The policy zones that decide its targets; absent where nobody told them.
    pub zones: Option<Vec<String>>,
    /// How many people of the register are in it, counted or not.
    pub people: u32,
    /// How many institutions are in it.
    pub institutions: u32,
    /// Its rates, in the order of their definitions; an institution has none about institutions.
    pub rates: Vec<Rate>,
    /// How it stands to the targets together; for a zone or an institution this is for orientation alone.
    pub status: Status,
    /// What that can still become.
    pub possible: Vec<Status>,
    /// What the decision about the region says of its certain counts, those that are open left unknown.
    pub verdict: Verdict,
}

/// What makes people a group.
#[crosses]
#[derive(Copy, Hash)]
pub enum GroupKind {
    /// They are everyone.
    Whole,
    /// They work in one policy zone.
    Zone,
    /// They work in one institution.
    Institution,
}

/// The people in service with titles of one grade.
#[crosses]
pub struct GradeLine {
    /// The grade; absent for those of whom nobody told it.
    pub grade: Option<TitleGrade>,
    /// How many there are.
    pub people: u32,
    /// How many certainly took part.
    pub participated: u32,
    /// How many may still turn out to have taken part.
    pub may_have_participated: u32,
    /// How many certainly meet what is asked.
    pub met: u32,
    /// How many may still turn out to meet it.
    pub may_meet: u32,
}

/// A person of the register.
#[crosses]
pub struct PersonLine {
    /// What they are called in the lists of this report.
    pub id: String,
    /// The id of their institution, where it is known.
    pub institution: Option<String>,
    /// The grade of their title, where it is known.
    pub grade: Option<TitleGrade>,
    /// The result of the decision about people.
    pub status: Status,
    /// Whether one of their records counts.
    pub participated: Involvement,
}

/// Whether somebody has something.
#[crosses]
#[derive(Copy, Hash)]
pub enum Involvement {
    /// For certain.
    Yes,
    /// Certainly not.
    No,
    /// It is open.
    Open,
}

/// An institution of the region.
#[crosses]
pub struct InstitutionLine {
    /// What it is called in the lists of this report: its number, or else its name.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its policy zones, where they are known.
    pub zones: Option<Vec<String>>,
}

impl RegionReport {
    /// The whole region.
    #[must_use]
    pub fn whole(&self) -> Option<&Group> {
        self.groups.first()
    }

    /// The groups of one kind.
    pub fn of_kind(&self, kind: GroupKind) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.kind == kind)
    }

    /// The report as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, whole numbers and lists of them: nothing here can fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A group before it is counted.
struct Draft<'c> {
    kind: GroupKind,
    name: Option<String>,
    region: Region,
    people: Vec<&'c Person>,
    units: Vec<&'c Unit>,
}

pub(super) fn report(
    survey: &Survey<'_, '_>,
    region: &Region,
    institutions: &[Institution],
    people: &[Surveyed<'_>],
) -> Result<RegionReport, TrainingError> {
    let census = Census::of(institutions, people);
    clash(region, &census, survey.year)?;
    let groups = drafts(region, &census).into_iter().map(|draft| group(survey, &draft, census.is_listed)).collect();
    let unit_id = |place: Option<usize>| place.and_then(|place| census.institutions.get(place)).map(|unit| unit.id.clone());
    let person = |person: &Person| PersonLine {
        id: person.id.clone(),
        institution: unit_id(person.institution),
        grade: person.grade,
        status: person.status,
        participated: match person.participated {
            Has::Yes => Involvement::Yes,
            Has::No | Has::Unasked => Involvement::No,
            Has::Open(_) | Has::OpenOrUnasked(_) => Involvement::Open,
        },
    };
    Ok(RegionReport {
        region: region.name.clone(),
        year: survey.year,
        as_of: survey.region.as_of(),
        given: survey.region.given().clone(),
        people_decision: survey.people.decision().to_owned(),
        region_decision: survey.region.decision().to_owned(),
        policy: survey.region.policy_reference(),
        layers: survey.region.layers(),
        definitions: definitions(survey),
        groups,
        grades: grades(&census.people),
        people: census.people.iter().map(person).collect(),
        institutions: census
            .institutions
            .iter()
            .map(|unit| InstitutionLine { id: unit.id.clone(), name: unit.facts.name.clone(), zones: unit.facts.zones.clone() })
            .collect(),
    })
}

/// Whether a population is counted: institutions only where there is a list of them with any.
fn is_counted(population: Population, has_list: bool) -> bool {
    let of_people = matches!(population, Population::Staff | Population::IntermediateAndSenior | Population::Junior);
    of_people || has_list
}

/// A figure that the region has already, of a population and year that is counted here.
fn clash(region: &Region, census: &Census, year: u32) -> Result<(), TrainingError> {
    let counted = |stat: &&RegionStat| stat.year == Some(year) && stat.population.is_some_and(|population| is_counted(population, census.is_listed));
    let problem = |stat: &RegionStat| {
        let population = stat.population.map_or("", |population| words::label(population).en);
        let message = format!("the figures of {year} of {population} are given, and counted from the register too");
        Problem::new(ProblemCode::Contradiction, "region.stats", message).with_cure("leave the given figures out, or count another register")
    };
    TrainingError::unless_empty(region.stats.iter().flatten().filter(counted).map(problem).collect())
}

/// The people and institutions of each zone; those of whom nobody told it under nothing.
type Zones<'c> = BTreeMap<Option<Vec<String>>, (Vec<&'c Person>, Vec<&'c Unit>)>;

/// The whole, its zones where there are several, and its institutions.
fn drafts<'c>(region: &Region, census: &'c Census) -> Vec<Draft<'c>> {
    let mut zones: Zones<'_> = BTreeMap::new();
    let one_by_one = |unit: Option<&Unit>| -> Vec<Option<Vec<String>>> {
        match unit.and_then(|unit| unit.facts.zones.as_ref()) {
            None => vec![None],
            Some(zones) if zones.is_empty() => vec![Some(Vec::new())],
            Some(zones) => zones.iter().map(|zone| Some(vec![zone.trim().to_owned()])).collect(),
        }
    };
    let unit_of = |person: &Person| person.institution.and_then(|place| census.institutions.get(place));
    for person in &census.people {
        for zone in one_by_one(unit_of(person)) {
            zones.entry(zone).or_default().0.push(person);
        }
    }
    for unit in &census.institutions {
        for zone in one_by_one(Some(unit)) {
            zones.entry(zone).or_default().1.push(unit);
        }
    }
    // Where everyone works in one zone, the region lies there.
    let only_zone = if let [zone] = zones.keys().collect::<Vec<_>>().as_slice() { (*zone).clone() } else { None };
    let whole = Region { zones: region.zones.clone().or(only_zone), ..region.clone() };
    let mut drafts = vec![Draft {
        kind: GroupKind::Whole,
        name: None,
        region: whole,
        people: census.people.iter().collect(),
        units: census.institutions.iter().collect(),
    }];
    if zones.len() > 1 {
        drafts.extend(zones.into_iter().rev().map(|(zones, (people, units))| Draft {
            kind: GroupKind::Zone,
            name: zones.as_ref().and_then(|zones| zones.first()).cloned(),
            region: Region { zones, ..Region::default() },
            people,
            units,
        }));
    }
    let mut of_each: Vec<Vec<&Person>> = vec![Vec::new(); census.institutions.len()];
    for person in &census.people {
        if let Some(people) = person.institution.and_then(|place| of_each.get_mut(place)) {
            people.push(person);
        }
    }
    drafts.extend(census.institutions.iter().zip(of_each).filter(|(_, people)| !people.is_empty()).map(|(unit, people)| Draft {
        kind: GroupKind::Institution,
        name: Some(unit.id.clone()),
        region: Region { zones: unit.facts.zones.clone().or_else(|| region.zones.clone()), ..Region::default() },
        people,
        units: Vec::new(),
    }));
    drafts
}

/// A group with its rates, and what the decision about the region says of it.
fn group(survey: &Survey<'_, '_>, draft: &Draft<'_>, is_listed: bool) -> Group {
    let mut rates = Vec::new();
    let mut stats: Vec<RegionStat> = draft.region.stats.iter().flatten().cloned().collect();
    let mut open = Vec::new();
    for population in Population::ALL.iter().copied() {
        let is_given = stats.iter().any(|stat| stat.year == Some(survey.year) && stat.population == Some(population));
        if is_given {
            continue;
        }
        let mut stat = target::stat(survey.year, population);
        if !is_counted(population, is_listed && !draft.units.is_empty()) {
            // Nobody told us which institutions there are: the figure is there, and unknown.
            if draft.kind != GroupKind::Institution {
                stats.push(stat);
            }
            continue;
        }
        let mut measured = 0;
        for measure in target::measures(population).iter().copied() {
            let members = members(draft, population, measure);
            let counts = members.counts;
            let reads = |target: &&Target| target.population == population && target.measure == measure;
            let target = survey.targets.iter().find(reads);
            let standing = target.map(|target| Trial::new(survey.region, &draft.region, survey.year, target).standing(counts));
            if target.is_some() {
                // Two targets of one population that do not ask the same people leave open how many are asked.
                let asked = counts.is_settled().then_some(counts.counted);
                stat.eligible = if measured == 0 { asked } else { stat.eligible.filter(|eligible| asked == Some(*eligible)) };
                *target::field(&mut stat, measure) = counts.is_certain().then_some(counts.have);
                measured += 1;
            }
            if target.is_some() && !counts.is_certain() {
                open.push((stats.len(), measure, counts));
            }
            rates.push(rate(population, measure, members, standing.as_ref()));
        }
        stats.push(stat);
    }
    let verdict = survey.region.evaluate(&target::facts(&draft.region, stats.clone()));
    let (_, whole) = target::narrowed(survey.region, &draft.region, &stats, &open, &verdict);
    Group {
        kind: draft.kind,
        name: draft.name.clone(),
        zones: draft.region.zones.clone(),
        people: number(draft.people.len()),
        institutions: number(draft.units.len()),
        rates,
        status: whole.status(),
        possible: whole.members(),
        verdict,
    }
}

/// Everyone of a group, in, out or open.
fn members(draft: &Draft<'_>, population: Population, measure: Measure) -> Members {
    let mut members = Members::default();
    if measure == Measure::Covered {
        for unit in &draft.units {
            members.add(&unit.id, &unit.part(population), &unit.has(population));
        }
    } else {
        for person in &draft.people {
            members.add(&person.id, &person.part(population), person.has(measure));
        }
    }
    members
}

fn rate(population: Population, measure: Measure, members: Members, standing: Option<&Standing>) -> Rate {
    let Members { numerator, denominator, open, excluded, counts } = members;
    let (status, possible, target, needed, more, more_at_best) = match standing {
        Some(Standing { possible, target, needed, more, more_at_best }) => {
            (Some(possible.status()), possible.members(), *target, *needed, *more, *more_at_best)
        }
        None => (None, Vec::new(), None, None, None, None),
    };
    Rate {
        id: id(population, measure),
        numerator,
        denominator,
        open,
        excluded,
        low: counts.low(),
        high: counts.high(),
        status,
        possible,
        target,
        needed,
        more,
        more_at_best,
    }
}

fn id(population: Population, measure: Measure) -> String {
    format!("{}.{}", Population::LIST.code(population as usize), measure.code())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What each rate is, in the order in which groups have them.
fn definitions(survey: &Survey<'_, '_>) -> Vec<RateDefinition> {
    let labels = survey.region.labels();
    let mut definitions = Vec::new();
    for population in Population::ALL.iter().copied() {
        for measure in target::measures(population).iter().copied() {
            let reads = |target: &&Target| target.population == population && target.measure == measure;
            let target = survey.targets.iter().find(reads);
            let label = target.and_then(|target| labels.provision(&target.provision));
            let (zh, en) = words::definition(population, measure, survey.people.text());
            let (mut name_zh, mut name_en) = words::name(population, measure);
            if let Some(label) = label.filter(|label| !label.name_zh.is_empty() && !label.name_en.is_empty()) {
                let shared = survey.targets.iter().filter(|other| other.provision == label.provision).count() > 1;
                let of = words::label(population);
                (name_zh, name_en) = if shared {
                    (format!("{}（{}）", label.name_zh, of.zh), format!("{} ({})", label.name_en, of.en))
                } else {
                    (label.name_zh.clone(), label.name_en.clone())
                };
            }
            definitions.push(RateDefinition {
                id: id(population, measure),
                population,
                measure,
                name_zh,
                name_en,
                zh,
                en,
                provision: target.map(|target| target.provision.clone()),
                article: target.map(|target| target.article.clone()),
            });
        }
    }
    definitions
}

/// Those in service by the grade of their title, highest first, those without a known one last.
fn grades(people: &[Person]) -> Vec<GradeLine> {
    let mut lines: BTreeMap<Option<TitleGrade>, GradeLine> = BTreeMap::new();
    for person in people.iter().filter(|person| !matches!(person.service, Part::Out(_))) {
        let empty = GradeLine { grade: person.grade, people: 0, participated: 0, may_have_participated: 0, met: 0, may_meet: 0 };
        let line = lines.entry(person.grade).or_insert(empty);
        line.people += 1;
        let tell = |has: &Has, yes: &mut u32, may: &mut u32| match has {
            Has::Yes => *yes += 1,
            Has::Open(_) | Has::OpenOrUnasked(_) => *may += 1,
            Has::No | Has::Unasked => {}
        };
        tell(&person.participated, &mut line.participated, &mut line.may_have_participated);
        tell(&person.met, &mut line.met, &mut line.may_meet);
    }
    lines.into_values().rev().collect()
}

impl Share {
    /// A share of nobody.
    pub const NOBODY: Self = Self { part: 0, whole: 0 };
}
