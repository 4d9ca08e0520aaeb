//! What is counted, and that everyone is.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::rate::{Doubt, Part};
use super::*;
use crate::evaluate::{Given, Status};
use crate::facts::{Activity, InstitutionLevel, Population, Profession, StaffStatus, TitleGrade};
use crate::policy::PolicySet;
use crate::quantity::parse_day;

/// Read once: it takes longer than everything else here.
static BUILTIN: LazyLock<PolicySet> = LazyLock::new(|| PolicySet::builtin().expect("built in"));

/// How somebody of a register is.
#[derive(Clone, Debug)]
struct Sketch {
    records: Option<Records>,
    grade: Option<TitleGrade>,
    status: Option<StaffStatus>,
    unit: Option<&'static str>,
}

/// What somebody did in the year.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Records {
    Enough,
    TooFew,
    /// All of it but the public subjects, which are asked in principle.
    Waivable,
    Undated,
    None,
}

fn someone(records: Records) -> Sketch {
    Sketch { records: Some(records), grade: Some(TitleGrade::Junior), status: None, unit: None }
}

fn activity(public: bool, credits: &str, hours: &str) -> Activity {
    let json = serde_json::json!({ "practitioner": { "activities": [{
        "awarded_on": "2024-05-10", "credits": credits, "hours": hours, "electronic": true, "job_related": !public,
        "subject_kind": if public { "public" } else { "professional" },
    }] } });
    let facts = crate::facts::Facts::from_value(&json).expect("facts");
    facts.practitioner.and_then(|person| person.activities).and_then(|mut list| list.pop()).expect("a record")
}

fn person(number: usize, sketch: &Sketch) -> Practitioner {
    let activities = sketch.records.map(|records| match records {
        Records::Enough => vec![activity(false, "25", "80"), activity(true, "5", "16")],
        Records::TooFew => vec![activity(false, "5", "80"), activity(true, "5", "16")],
        Records::Waivable => vec![activity(false, "30", "100")],
        Records::Undated => vec![Activity { awarded_on: None, unknown: vec!["awarded_on".to_owned()], ..activity(false, "25", "96") }],
        Records::None => Vec::new(),
    });
    let named = |unit: &str| unit.strip_prefix('=').map(|name| Institution { name: Some(name.to_owned()), ..Institution::default() });
    let institution = sketch.unit.map(|unit| {
        named(unit).unwrap_or_else(|| Institution {
            institution_id: Some(unit.to_owned()),
            zones: Some(if unit.starts_with('N') { vec!["渝东北".to_owned()] } else { Vec::new() }),
            level: (unit != "N2").then_some(InstitutionLevel::Secondary),
            has_info_system: Some(unit != "U1"),
            ..Institution::default()
        })
    });
    Practitioner {
        person_id: Some(format!("{number:04}")),
        title_grade: sketch.grade,
        status: sketch.status,
        institution,
        activities,
        ..Practitioner::default()
    }
}

fn survey_of(sketches: &[Sketch], region: &Region, as_of: &str) -> RegionReport {
    survey_among(&[], sketches, region, as_of)
}

fn survey_among(institutions: &[Institution], sketches: &[Sketch], region: &Region, as_of: &str) -> RegionReport {
    let set = &*BUILTIN;
    let given = Given::new().with("year", 2024_i64);
    let as_of = parse_day(as_of).expect("a day");
    let people = set.ask("cq-annual-cme", &given, as_of).expect("a question");
    let targets = set.ask("cq-region-targets", &given, as_of).expect("a question");
    let survey = Survey::new(&people, &targets).expect("a survey");
    let facts: Vec<Practitioner> = sketches.iter().enumerate().map(|(number, sketch)| person(number, sketch)).collect();
    let verdicts: Vec<Verdict> = facts.iter().map(|person| people.evaluate(&person.clone().into())).collect();
    let surveyed: Vec<Surveyed<'_>> = facts.iter().zip(&verdicts).map(|(facts, verdict)| Surveyed { facts, verdict, place: None }).collect();
    survey.count(region, institutions, &surveyed).expect("counted")
}

fn urban() -> Region {
    Region { zones: Some(Vec::new()), ..Region::default() }
}

fn survey(sketches: &[Sketch]) -> RegionReport {
    survey_of(sketches, &urban(), "2024-12-05")
}

fn rate<'r>(group: &'r Group, id: &str) -> &'r Rate {
    group.rates.iter().find(|rate| rate.id == id).expect("the rate")
}

fn many(number: usize, records: Records) -> Vec<Sketch> {
    vec![someone(records); number]
}

#[test]
fn the_policy_itself_says_which_provision_reads_which_count() {
    let report = survey(&many(1, Records::Enough));
    let targets: Vec<(&str, &str)> =
        report.definitions.iter().filter_map(|definition| Some((definition.id.as_str(), definition.provision.as_deref()?))).collect();
    assert_eq!(
        targets,
        [
            ("staff.participated", "cq-coverage-target"),
            ("intermediate_and_senior.met", "cq-rate-mid-senior"),
            ("junior.met", "cq-rate-junior"),
            ("institutions.covered", "cq-coverage-institutions"),
            ("level2_and_above.covered", "cq-informatisation-target"),
            ("grassroots_and_private.covered", "cq-informatisation-target"),
        ]
    );
}

#[test]
fn an_open_institution_waits_for_what_its_kind_does_not_tell() {
    let missing = |facts: serde_json::Value| {
        let institution = crate::facts::Facts::from_value(&serde_json::json!({ "institution": facts })).expect("facts").institution;
        let report = survey_among(&institution.into_iter().collect::<Vec<_>>(), &[], &urban(), "2024-12-05");
        let open = &rate(report.whole().expect("the whole"), "grassroots_and_private.covered").open;
        open.iter().flat_map(|member| member.missing.clone()).collect::<Vec<_>>()
    };
    let hospital = |more: serde_json::Value| {
        let mut facts = serde_json::json!({ "institution_id": "H00", "has_info_system": true });
        facts.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        missing(facts)
    };
    assert_eq!(hospital(serde_json::json!({})), ["institution.is_grassroots", "institution.ownership"]);
    assert_eq!(hospital(serde_json::json!({ "is_grassroots": false })), ["institution.ownership"]);
    assert_eq!(hospital(serde_json::json!({ "org_type": "hospital" })), ["institution.ownership"]);
    assert_eq!(hospital(serde_json::json!({ "ownership": "public" })), ["institution.is_grassroots"]);
    assert!(hospital(serde_json::json!({ "ownership": "private" })).is_empty());
}

#[test]
fn figures_of_a_year_without_targets_are_counted_and_held_against_nothing() {
    let set = &*BUILTIN;
    let as_of = parse_day("2021-12-05").expect("a day");
    let given = Given::new().with("year", 2019_i64);
    let (people, targets) = (set.ask("cq-annual-cme", &given, as_of), set.ask("cq-region-targets", &given, as_of));
    let (people, targets) = (people.expect("a question"), targets.expect("a question"));
    let report = Survey::new(&people, &targets).and_then(|survey| survey.count(&urban(), &[], &[])).expect("counted");
    assert!(report.definitions.iter().all(|definition| definition.provision.is_none()));
}

#[test]
fn a_share_of_people_is_attained_by_whole_people() {
    // 90% of 19 juniors are 17.1 people, so 18 are needed.
    let report = survey(&[many(15, Records::Enough), many(4, Records::TooFew)].concat());
    let junior = rate(report.whole().expect("the whole"), "junior.met");
    assert_eq!((junior.status, junior.needed, junior.more), (Some(Status::Unmet), Some(18), Some(3)));
    assert_eq!((junior.low, junior.high), (Share { part: 15, whole: 19 }, Share { part: 15, whole: 19 }));
}

#[test]
fn the_zone_decides_which_share_is_enough() {
    let of = |unit| Sketch { unit: Some(unit), ..someone(Records::Enough) };
    let lacks = |unit| Sketch { unit: Some(unit), ..someone(Records::TooFew) };
    let both = |unit| [vec![of(unit); 17], vec![lacks(unit); 3]].concat();
    let report = survey_of(&[both("U1"), both("N1")].concat(), &Region::default(), "2024-12-05");
    let standing = |group: &Group| (group.name.clone(), rate(group, "junior.met").status, rate(group, "junior.met").more);
    let zones: Vec<_> = report.of_kind(GroupKind::Zone).map(standing).collect();
    assert_eq!(zones, [(Some("渝东北".to_owned()), Some(Status::Met), Some(0)), (None, Some(Status::Unmet), Some(1))]);
    // Where zones differ, nobody told which the region itself lies in, and it hangs on that.
    let whole = report.whole().expect("the whole");
    assert_eq!((whole.zones.clone(), rate(whole, "junior.met").status), (None, Some(Status::Unknown)));
    let finding = whole.verdict.findings.iter().find(|finding| finding.provision == "cq-rate-junior").expect("the finding");
    assert_eq!(finding.missing, ["region.zones"]);
}

#[test]
fn a_region_whose_people_all_work_in_one_zone_lies_there() {
    let of = |records| Sketch { unit: Some("N1"), ..someone(records) };
    let report = survey_of(&[vec![of(Records::Enough); 17], vec![of(Records::TooFew); 3]].concat(), &Region::default(), "2024-12-05");
    let whole = report.whole().expect("the whole");
    assert_eq!((whole.zones.clone(), rate(whole, "junior.met").status), (Some(vec!["渝东北".to_owned()]), Some(Status::Met)));
    assert_eq!(report.of_kind(GroupKind::Zone).count(), 0);
}

#[test]
fn open_people_leave_a_target_open_only_where_they_can_decide_it() {
    let decided = survey(&[many(19, Records::Enough), many(1, Records::Undated)].concat());
    let junior = rate(decided.whole().expect("the whole"), "junior.met");
    assert_eq!((junior.status, junior.low.part, junior.high.part, junior.more), (Some(Status::Met), 19, 20, Some(0)));
    let open = survey(&[many(17, Records::Enough), many(1, Records::Undated), many(2, Records::TooFew)].concat());
    let junior = rate(open.whole().expect("the whole"), "junior.met");
    assert_eq!((junior.status, junior.more, junior.more_at_best), (Some(Status::Unknown), Some(1), Some(0)));
    let lost = survey(&[many(10, Records::Enough), many(1, Records::Undated), many(9, Records::TooFew)].concat());
    let whole = lost.whole().expect("the whole");
    assert_eq!((rate(whole, "junior.met").status, whole.status), (Some(Status::Unmet), Status::Unmet));
}

#[test]
fn what_only_the_authority_can_waive_is_open_and_not_met() {
    let report = survey(&[many(17, Records::Enough), many(3, Records::Waivable)].concat());
    let junior = rate(report.whole().expect("the whole"), "junior.met");
    assert_eq!((junior.status, junior.numerator.len(), junior.open.len()), (Some(Status::Unknown), 17, 3));
    assert!(junior.open.iter().all(|open| open.because == OpenReason::ForTheAuthority && open.counted));
}

#[test]
fn those_who_are_not_in_service_are_left_out_with_the_reason() {
    let status = |status| Sketch { status: Some(status), ..someone(Records::None) };
    let report = survey(&[
        someone(Records::Enough),
        status(StaffStatus::Retired),
        status(StaffStatus::Left),
        status(StaffStatus::InTraining),
        status(StaffStatus::OnLeave),
        status(StaffStatus::Seconded),
    ]);
    let staff = rate(report.whole().expect("the whole"), "staff.participated");
    let reasons: Vec<ExclusionReason> = staff.excluded.iter().map(|exclusion| exclusion.reason).collect();
    assert_eq!(reasons, [ExclusionReason::Retired, ExclusionReason::Left, ExclusionReason::InTraining]);
    assert_eq!(
        (staff.denominator.as_slice(), staff.numerator.as_slice()),
        (&["0000", "0004", "0005"].map(str::to_owned)[..], &["0000".to_owned()][..])
    );
}

#[test]
#[cfg(feature = "workbook")]
fn of_someone_whose_status_nobody_can_tell_it_is_open_whether_they_are_counted() {
    let set = &*BUILTIN;
    let (given, as_of) = (Given::new().with("year", 2024_i64), parse_day("2024-12-05").expect("a day"));
    let people = set.ask("cq-annual-cme", &given, as_of).expect("a question");
    let targets = set.ask("cq-region-targets", &given, as_of).expect("a question");
    let survey = Survey::new(&people, &targets).expect("a survey");
    let sheet = "工号,姓名,职称,人员状态\n0012,张三,医师,在岗\n0013,李四,医师,不明代码\n0014,王五,医师,\n";
    let register = RegionRegister::read(&survey, set, sheet.as_bytes(), "人员.csv", &mut |_| {}).expect("read");
    let report = register.report(&survey).expect("counted");
    let staff = rate(report.whole().expect("the whole"), "staff.met");
    let perhaps_staff: Vec<&OpenMember> = staff.open.iter().filter(|open| !open.counted).collect();
    let [open] = perhaps_staff[..] else { unreachable!("one of them: {perhaps_staff:?}") };
    assert_eq!((open.id.as_str(), open.missing.first().map(String::as_str)), ("0013", Some("practitioner.status")));
}

#[test]
fn of_a_manager_whose_title_nobody_can_read_it_is_open_whether_they_are_of_the_profession() {
    let of = |profession: Option<Profession>, grade: Option<TitleGrade>, unknown: &[&str]| {
        let person = Practitioner {
            profession,
            title_grade: grade,
            unknown: unknown.iter().map(|name| (*name).to_owned()).collect(),
            ..Practitioner::default()
        };
        census::service(&person)
    };
    let open = |path: &str| Part::Open(Doubt::of(&[path]));
    let (manager, out) = (Some(Profession::Manager), Part::Out(ExclusionReason::NotHealthProfessional));
    assert_eq!(of(manager, None, &[]), out);
    assert_eq!(of(manager, Some(TitleGrade::None), &[]), out);
    assert_eq!(of(manager, Some(TitleGrade::Junior), &[]), Part::In);
    assert_eq!(of(manager, None, &["title"]), open("practitioner.title_grade"));
    assert_eq!(of(None, None, &["profession"]), open("practitioner.profession"));
    assert_eq!(of(None, Some(TitleGrade::Senior), &["profession"]), Part::In);
    assert_eq!(of(None, None, &[]), Part::In, "whoever is on a register is presumed to be of it");
}

#[test]
fn of_someone_whose_title_nobody_knows_it_is_open_to_which_rate_they_belong() {
    let report = survey(&[many(18, Records::Enough), many(1, Records::TooFew), vec![Sketch { grade: None, ..someone(Records::TooFew) }]].concat());
    let whole = report.whole().expect("the whole");
    for id in ["junior.met", "intermediate_and_senior.met"] {
        let open = &rate(whole, id).open;
        assert_eq!(
            open.iter().map(|open| (open.counted, open.missing.as_slice())).collect::<Vec<_>>(),
            [(false, &["practitioner.title_grade".to_owned()][..])]
        );
    }
    assert_eq!(rate(whole, "junior.met").status, Some(Status::Met), "18 of 19 or of 20 are enough");
    assert_eq!(rate(whole, "staff.participated").status, Some(Status::Met));
}

#[test]
fn an_institution_carries_it_out_where_one_of_its_staff_took_part() {
    let at = |unit, records| Sketch { unit: Some(unit), ..someone(records) };
    let people = [at("U1", Records::Enough), at("U1", Records::None), at("N1", Records::None), at("N2", Records::Undated)];
    // Of those that nobody listed, any may be missing here.
    let unlisted = survey_of(&people, &urban(), "2024-12-05");
    assert!(unlisted.whole().expect("the whole").rates.iter().all(|rate| !rate.id.ends_with(".covered")));
    let listed = Institution { institution_id: Some("U1".to_owned()), ..Institution::default() };
    let report = survey_among(&[listed], &people, &urban(), "2024-12-05");
    let covered = rate(report.whole().expect("the whole"), "institutions.covered");
    assert_eq!(covered.numerator, ["U1"]);
    assert_eq!(covered.open.iter().map(|open| open.id.as_str()).collect::<Vec<_>>(), ["N2"]);
    assert_eq!(covered.denominator, ["U1", "N1", "N2"]);
    let level2 = rate(report.whole().expect("the whole"), "level2_and_above.covered");
    assert_eq!((level2.numerator.as_slice(), level2.denominator.len(), level2.open.len()), (&["N1".to_owned()][..], 2, 1));
}

#[test]
fn a_name_that_two_institutions_bear_is_neithers() {
    let listed = |number: &str| Institution {
        institution_id: Some(number.to_owned()),
        name: Some("中心卫生院".to_owned()),
        zones: Some(Vec::new()),
        ..Institution::default()
    };
    let at = |unit, records| Sketch { unit: Some(unit), ..someone(records) };
    let people = [at("=中心卫生院", Records::Enough), at("H0", Records::None), at("H1", Records::None)];
    let report = survey_among(&[listed("H0"), listed("H1")], &people, &urban(), "2024-12-05");
    assert_eq!(report.people.iter().map(|person| person.institution.as_deref()).collect::<Vec<_>>(), [None, Some("H0"), Some("H1")]);
    let covered = rate(report.whole().expect("the whole"), "institutions.covered");
    assert_eq!((covered.numerator.len(), covered.open.len()), (0, 2), "either may carry it out");

    let report = survey_among(&[listed("H0")], &people[..2], &urban(), "2024-12-05");
    assert_eq!(report.people.iter().map(|person| person.institution.as_deref()).collect::<Vec<_>>(), [Some("H0"), Some("H0")]);
}

#[test]
fn where_nobody_told_the_institutions_their_figures_are_unknown_and_not_none() {
    let report = survey(&many(3, Records::Enough));
    let whole = report.whole().expect("the whole");
    assert!(whole.rates.iter().all(|rate| !rate.id.ends_with(".covered")));
    let finding = whole.verdict.findings.iter().find(|finding| finding.provision == "cq-coverage-institutions");
    assert_eq!(finding.map(|finding| finding.status), Some(Status::Unknown));
}

#[test]
fn a_figure_that_is_given_and_counted_too_is_refused() {
    let set = &*BUILTIN;
    let as_of = parse_day("2024-12-05").expect("a day");
    let given = Given::new().with("year", 2024_i64);
    let (people, targets) = (set.ask("cq-annual-cme", &given, as_of), set.ask("cq-region-targets", &given, as_of));
    let (people, targets) = (people.expect("a question"), targets.expect("a question"));
    let survey = Survey::new(&people, &targets).expect("a survey");
    let with = |population| {
        let stat = crate::facts::RegionStat { year: Some(2024), population: Some(population), ..crate::facts::RegionStat::default() };
        survey.count(&Region { stats: Some(vec![stat]), ..urban() }, &[], &[])
    };
    assert_eq!(with(Population::Junior).expect_err("counted twice").problems.len(), 1);
    with(Population::Institutions).expect("nobody counts institutions here");
    assert!(Survey::new(&targets, &people).is_err(), "the decisions are the other way round");
}

#[test]
fn two_people_of_one_number_keep_apart() {
    let set = &*BUILTIN;
    let as_of = parse_day("2024-12-05").expect("a day");
    let given = Given::new().with("year", 2024_i64);
    let people = set.ask("cq-annual-cme", &given, as_of).expect("a question");
    let targets = set.ask("cq-region-targets", &given, as_of).expect("a question");
    let facts = [person(1, &someone(Records::Enough)), person(1, &someone(Records::TooFew))];
    let identity = Practitioner { person_id: Some("50010119900101123X".to_owned()), ..facts[0].clone() };
    let verdict = people.evaluate(&facts[0].clone().into());
    let surveyed = [
        Surveyed { facts: &facts[0], verdict: &verdict, place: Some("人员!A5") },
        Surveyed { facts: &facts[1], verdict: &verdict, place: None },
        Surveyed { facts: &identity, verdict: &verdict, place: None },
    ];
    let report = Survey::new(&people, &targets).and_then(|survey| survey.count(&urban(), &[], &surveyed)).expect("counted");
    assert_eq!(report.people.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["人员!A5", "#2", "#3"]);
}

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    let records = prop::option::weighted(
        0.9,
        prop::sample::select(vec![
            Records::Enough,
            Records::Enough,
            Records::Enough,
            Records::TooFew,
            Records::Waivable,
            Records::Undated,
            Records::None,
        ]),
    );
    let grade = prop::option::weighted(0.9, prop::sample::select(TitleGrade::ALL));
    let status = prop::option::weighted(0.3, prop::sample::select(StaffStatus::ALL));
    let unit = prop::option::of(prop::sample::select(vec!["U1", "N1", "N2"]));
    prop::collection::vec((records, grade, status, unit).prop_map(|(records, grade, status, unit)| Sketch { records, grade, status, unit }), 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn everyone_is_in_each_rate_once_and_numerators_are_of_their_denominators(sketches in sketches()) {
        let report = survey(&sketches);
        for group in &report.groups {
            for rate in &group.rates {
                let denominator: BTreeSet<&str> = rate.denominator.iter().map(String::as_str).collect();
                prop_assert!(rate.numerator.iter().all(|id| denominator.contains(id.as_str())), "{}", rate.id);
                let mut everyone: Vec<&str> = rate.denominator.iter().map(String::as_str).collect();
                everyone.extend(rate.open.iter().filter(|open| !open.counted).map(|open| open.id.as_str()));
                everyone.extend(rate.excluded.iter().map(|exclusion| exclusion.id.as_str()));
                let counted = if rate.id.ends_with(".covered") { group.institutions } else { group.people };
                prop_assert_eq!(everyone.len(), usize::try_from(counted).expect("few"), "{}", &rate.id);
                prop_assert_eq!(everyone.iter().collect::<BTreeSet<_>>().len(), everyone.len());
                prop_assert!(rate.open.iter().filter(|open| open.counted).all(|open| denominator.contains(open.id.as_str())));
                prop_assert!(rate.low.part * rate.high.whole <= rate.high.part * rate.low.whole || rate.low.whole == 0 || rate.high.whole == 0);
            }
        }
    }

    #[test]
    fn so_many_more_meet_a_target_and_one_fewer_does_not(met in 0_usize..30, short in 0_usize..30, senior in any::<bool>()) {
        let grade = Some(if senior { TitleGrade::Senior } else { TitleGrade::Junior });
        let id = if senior { "intermediate_and_senior.met" } else { "junior.met" };
        let with = |met: usize, short: usize| {
            let all: Vec<Sketch> = [many(met, Records::Enough), many(short, Records::TooFew)].concat();
            let report = survey(&all.into_iter().map(|sketch| Sketch { grade, ..sketch }).collect::<Vec<_>>());
            rate(report.whole().expect("the whole"), id).clone()
        };
        let now = with(met, short);
        if met + short == 0 {
            prop_assert_eq!((now.status, now.more), (Some(Status::NotApplicable), None));
            return Ok(());
        }
        let more = usize::try_from(now.more.expect("everyone is enough")).expect("few");
        prop_assert!(more <= short);
        prop_assert_eq!(with(met + more, short - more).status, Some(Status::Met));
        if more > 0 {
            prop_assert_eq!(with(met + more - 1, short - more + 1).status, Some(Status::Unmet));
        }
    }

    #[test]
    fn what_is_decided_stays_so_when_the_open_people_turn_out(sketches in sketches(), well in any::<bool>()) {
        let before = survey(&sketches);
        let settled: Vec<Sketch> = sketches.iter().map(|sketch| Sketch {
            records: match sketch.records {
                None | Some(Records::Undated) => Some(if well { Records::Enough } else { Records::None }),
                Some(Records::Waivable) => Some(if well { Records::Enough } else { Records::TooFew }),
                other => other,
            },
            grade: sketch.grade.or(Some(TitleGrade::Junior)),
            ..sketch.clone()
        }).collect();
        let after = survey(&settled);
        let (before, after) = (before.whole().expect("the whole"), after.whole().expect("the whole"));
        prop_assert!(before.status == Status::Unknown || before.status == after.status, "{:?} then {:?}", before.status, after.status);
        for rate_before in &before.rates {
            let now = rate(after, &rate_before.id).status;
            prop_assert!(matches!(rate_before.status, Some(Status::Unknown)) || rate_before.status == now, "{}: {:?} then {:?}", &rate_before.id, rate_before.status, now);
        }
    }
}

#[test]
fn rates_that_are_equal_share_a_rank_however_they_are_written() {
    let result = |base: u32, taken: u32, passed: u32| crate::facts::ExamResult {
        base_id: Some(format!("B{base:05}")),
        year: Some(2022),
        taken: Some(taken),
        passed: Some(passed),
        ..crate::facts::ExamResult::default()
    };
    let told = |results: Vec<crate::facts::ExamResult>| {
        let region = Region { exam_results: Some(results), ..Region::default() };
        let question = BUILTIN.ask("sd-plan-cut", &Given::new().with("year", 2022_i64), parse_day("2023-03-01").expect("a day")).expect("a question");
        let ranked = ranking(&question, &region).expect("ranked");
        ranked.lines.iter().map(|line| line.now.map(|rank| (rank.from_last, rank.tied, rank.of))).collect::<Vec<_>>()
    };
    let of = |results: Vec<crate::facts::ExamResult>| {
        let region = Region { exam_results: Some(results), ..Region::default() };
        let question = BUILTIN.ask("sd-plan-cut", &Given::new().with("year", 2022_i64), parse_day("2023-03-01").expect("a day")).expect("a question");
        let ranked = ranking(&question, &region).expect("ranked");
        ranked.lines.iter().map(|line| line.now.map(|rank| (rank.from_last, rank.of, rank.open))).collect::<Vec<_>>()
    };
    let untold = crate::facts::ExamResult { passed: None, ..result(3, 6, 4) };
    let nobodys = crate::facts::ExamResult { base_id: None, ..result(4, 4, 1) };
    let of_some_year = crate::facts::ExamResult { year: None, ..result(5, 4, 1) };
    assert_eq!(of(vec![result(1, 3, 2), result(2, 2, 1), untold, nobodys, of_some_year]), [Some((1, 2, 3)), Some((2, 2, 3)), None, None]);
    // Of two rows that disagree nobody knows which is right; two that agree are one.
    assert_eq!(of(vec![result(1, 3, 2), result(2, 2, 1), result(2, 4, 4)]), [Some((1, 1, 1)), None]);
    assert_eq!(of(vec![result(1, 3, 2), result(2, 2, 1), result(2, 2, 1)]), [Some((1, 2, 0)), Some((2, 2, 0))]);
    let few = vec![result(1, 3, 2), result(2, 2, 1), result(3, 6, 4), result(4, 4, 4), result(5, 0, 0)];
    assert_eq!(told(few), [Some((1, 1, 4)), Some((2, 2, 4)), Some((2, 2, 4)), Some((4, 1, 4)), None]);
    let lines = told((0..1_000).map(|base| result(base, 1_000, base % 900)).collect());
    assert_eq!((lines.len(), lines.last()), (1_000, Some(&Some((1_000, 1, 1_000)))));
}
