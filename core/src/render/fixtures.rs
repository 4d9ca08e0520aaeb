//! Synthetic reports: verdicts built by hand, so that rendering is tested without evaluating anything.

use crate::evaluate::{
    Detail, ExcludedBy, Finding, Given, Modality, PolicyReference, Reason, RecordLine, RecordPath, RecordState, Relation, Status, Verdict,
};
use crate::explain::{Labels, ProvisionLabel, ValueLabel};
use crate::facts::{Activity, Practitioner, Subject, Title, Vocabulary};
use crate::lang::{Lang, Text};
use crate::problem::ProblemCode;
use crate::quantity::{Credits, Day, Hours, Unit, parse_day, parse_decimal};

use super::{Report, ReportProblem, ReportRow, SetAside, Severity, SheetSummary};

pub(crate) fn day(text: &str) -> Day {
    parse_day(text).expect("a day")
}

/// A finding in which everything is still open.
pub(crate) fn finding(provision: &str, status: Status) -> Finding {
    Finding { provision: provision.into(), article: "三(十六)".into(), status, possible: vec![status], ..Finding::empty() }
}

/// A finding that asks at least so much.
pub(crate) fn at_least(provision: &str, actual: &str, required: &str, unit: Unit) -> Finding {
    let (there, asked) = (parse_decimal(actual).expect("a number"), parse_decimal(required).expect("a number"));
    let met = there >= asked;
    Finding {
        actual: Some(actual.into()),
        required: Some(required.into()),
        shortfall: Some(if met { "0".into() } else { (asked - there).normalize().to_string().into() }),
        relation: Some(Relation::AtLeast),
        unit: Some(unit),
        due: Some(day("2024-10-31")),
        ..finding(provision, if met { Status::Met } else { Status::Unmet })
    }
}

/// The annual findings of someone with these hours, credits, job-related credits, public hours and other hours.
pub(crate) fn annual(hours: &str, credits: &str, related: &str, public: &str, fifth: &str) -> Vec<Finding> {
    let mut ratio = at_least("cq-subject-ratio", public, fifth, Unit::Hour);
    ratio.modality = Modality::Principle;
    if ratio.status == Status::Unmet {
        ratio.status = Status::Waivable;
        ratio.reason = Some(Reason::InPrinciple);
    }
    vec![
        at_least("cq-hours", hours, "80", Unit::Hour),
        at_least("cq-credits", credits, "25", Unit::Credit),
        at_least("cq-job-related-credits", related, "15", Unit::Credit),
        ratio,
    ]
}

/// A verdict of these findings, by `all of`.
pub(crate) fn verdict(findings: Vec<Finding>, records: Vec<RecordLine>) -> Verdict {
    let order = [Status::Unmet, Status::Unknown, Status::Waivable, Status::Met, Status::NotApplicable];
    let status = order.into_iter().find(|status| findings.iter().any(|finding| finding.status == *status)).unwrap_or(Status::NotApplicable);
    let mut missing: Vec<String> = findings.iter().flat_map(|finding| finding.missing.clone()).collect();
    missing.dedup();
    Verdict {
        decision: "cq-annual-cme".into(),
        subject: "practitioner".into(),
        subject_id: None,
        as_of: day("2024-09-23"),
        known_on: None,
        given: Given::new().with("year", 2024),
        status,
        possible: if status == Status::Unknown { vec![Status::Unmet, Status::Met] } else { vec![status] },
        findings,
        records,
        provisional: Vec::new(),
        missing,
        advice: Vec::new(),
        consequences: Vec::new(),
        remedies: None,
        policy: policy(),
        not_in_force: None,
        layers: Vec::new(),
    }
}

pub(crate) fn policy() -> PolicyReference {
    PolicyReference {
        id: "cq-2017-25".to_owned(),
        number: "渝卫发〔2017〕25号".to_owned(),
        version: "1".to_owned(),
        hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    }
}

/// A finding that cannot be judged: so much is known, and so much is possible.
pub(crate) fn open(provision: &str, low: &str, high: Option<&str>, required: &str, unit: Unit, missing: &[&str]) -> Finding {
    Finding {
        possible: vec![Status::Unmet, Status::Met],
        actual_low: Some(low.into()),
        actual_high: high.map(Into::into),
        required: Some(required.into()),
        relation: Some(Relation::AtLeast),
        unit: Some(unit),
        due: Some(day("2024-10-31")),
        missing: missing.iter().map(|path| (*path).to_owned()).collect(),
        ..finding(provision, Status::Unknown)
    }
}

pub(crate) fn excluded(index: usize, provision: &str, code: &str, details: &[(&str, &str)]) -> RecordLine {
    RecordLine {
        path: RecordPath::new("practitioner.activities", index),
        state: RecordState::Excluded,
        excluded_by: vec![ExcludedBy { provision: provision.into(), article: "三(十六)".into(), status: Status::Unmet, code: code.into() }],
        details: details.iter().map(|(name, value)| Detail { name: (*name).into(), value: Some((*value).into()) }).collect(),
        missing: Vec::new(),
    }
}

pub(crate) fn label(provision: &str, article: &str, name: (&str, &str), zh: &str, en: &str) -> ProvisionLabel {
    ProvisionLabel {
        provision: provision.into(),
        article: article.to_owned(),
        name_zh: name.0.to_owned(),
        name_en: name.1.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        ..ProvisionLabel::default()
    }
}

pub(crate) fn labels() -> Labels {
    let provisions = vec![
        label("cq-hours", "三(十六)", ("学时", "hours"), "每年参加继续教育不少于80学时。", "At least 80 hours of continuing education a year."),
        label(
            "cq-credits",
            "三(十六)",
            ("学分", "credits"),
            "每年取得与本专业相关的学分不少于25分。",
            "At least 25 credits a year from activities related to one's profession.",
        ),
        label(
            "cq-job-related-credits",
            "三(十六)",
            ("岗位相关学分", "job-related credits"),
            "其中与岗位密切相关的专业学分不少于15分。",
            "At least 15 of them from education closely related to the post.",
        ),
        label(
            "cq-subject-ratio",
            "三(十六)",
            ("公需科目学时", "public-subject hours"),
            "公需科目与其他科目学时之比原则上为1:5。",
            "Hours of public subjects to hours of others are in principle 1:5.",
        ),
        label(
            "cq-credit-year",
            "三(十六)",
            ("学分年度", "credit year"),
            "某年度的学分是上年11月1日至当年10月31日取得的学分。",
            "Credits of a year are those from 1 November of the year before to 31 October.",
        ),
        label(
            "cq-electronic-credits",
            "三(十六)",
            ("平台授分", "credits on the platform"),
            "2017年起，市内项目的学分只认平台授予的电子学分。",
            "From 2017, credits of projects held inside Chongqing count only if granted on the municipal platform.",
        ),
    ];
    let detail = |name: &str, zh: &str, en: &str| ValueLabel { name: name.into(), zh: zh.into(), en: en.into(), ..ValueLabel::default() };
    let mut labels = Labels { provisions, ..Labels::default() };
    if let Some(year) = labels.provisions.iter_mut().find(|label| label.provision == "cq-credit-year") {
        year.details = vec![detail("credit_year", "所属学分年度", "credit year"), detail("dated_by", "归年依据", "dated by")];
    }
    labels.words.push(crate::explain::WordLabel { code: "awarded_on".into(), zh: "授予日期".into(), en: "day granted".into() });
    labels
}

pub(crate) fn record(name: &str, awarded_on: &str, credits: &str, hours: u32) -> Activity {
    Activity {
        activity_name: Some(name.to_owned()),
        awarded_on: parse_day(awarded_on),
        credits: parse_decimal(credits).and_then(Credits::new),
        hours: Some(Hours::from(hours)),
        ..Activity::default()
    }
}

/// What a report borrows from.
pub(crate) struct Case {
    pub(crate) rows: Vec<(Subject, Verdict)>,
    pub(crate) labels: Labels,
    pub(crate) policy: PolicyReference,
    pub(crate) given: Given,
    pub(crate) places: Vec<String>,
    pub(crate) problems: Vec<(Severity, ProblemCode, String, String, String)>,
}

impl Case {
    pub(crate) fn of(people: Vec<(Practitioner, Verdict)>) -> Self {
        let rows = people.into_iter().map(|(person, verdict)| (person.into(), verdict)).collect();
        let places = (2..40).map(|row| format!("学分记录!{row}")).collect();
        Self { rows, labels: labels(), policy: policy(), given: Given::new().with("year", 2024), places, problems: Vec::new() }
    }

    /// The facts of one of the people.
    pub(crate) fn person(&mut self, index: usize) -> &mut Practitioner {
        match self.rows.get_mut(index) {
            Some((Subject::Practitioner(person), _)) => person,
            _ => unreachable!("a person"),
        }
    }

    pub(crate) fn report<T>(&self, lang: Lang, read: impl FnOnce(&Report<'_>) -> T) -> T {
        let rows: Vec<ReportRow<'_>> = (self.rows.iter())
            .map(|(facts, verdict)| ReportRow { facts, verdict, place: None, record_places: &self.places, first: None, statement: None })
            .collect();
        let at: Vec<[String; 1]> = self.problems.iter().map(|(_, _, place, ..)| [place.clone()]).collect();
        let problems: Vec<ReportProblem<'_>> = (self.problems.iter().zip(&at))
            .map(|((severity, code, _, text, cure), places)| ReportProblem {
                severity: *severity,
                code: *code,
                places,
                count: 1,
                change: (None, None),
                text: Text::same(text),
                cure: (!cure.is_empty()).then(|| Text::same(cure)),
            })
            .collect();
        let aside = [SetAside { reason: Text::new("不是本院在岗人员", "not staff in service"), rows: 24 }];
        let sheets = [
            SheetSummary { name: "人员", holds: Text::new("人员", "people"), read: 324, used: 300, set_aside: &aside },
            SheetSummary { name: "学分记录", holds: Text::new("学分记录", "credit records"), read: 4120, used: 4120, set_aside: &[] },
        ];
        read(&Report {
            title: "重庆市某区人民医院",
            question: Text::new("2024年度继续医学教育达标情况", "Annual continuing medical education 2024"),
            document: Text::new("关于加强继续医学教育工作的通知", "Notice on continuing medical education"),
            policy: &self.policy,
            layers: &[],
            as_of: day("2024-09-23"),
            given: &self.given,
            labels: &self.labels,
            subject: Practitioner::ENTITY,
            rows: &rows,
            problems: &problems,
            sheets: if self.rows.is_empty() { &[] } else { &sheets },
            lang,
        })
    }
}

pub(crate) fn person(id: &str, name: &str, department: &str, title: Option<Title>) -> Practitioner {
    Practitioner {
        person_id: Some(id.to_owned()),
        name: Some(name.to_owned()),
        department: Some(department.to_owned()),
        title,
        id_no: Some("500101199001011234".to_owned()),
        ..Practitioner::default()
    }
}

/// One person of every status, with hostile and long text among them.
pub(crate) fn small() -> Case {
    let mut short = person("0007", "王小明", "心血管内科", Some(Title::AttendingPhysician));
    short.activities = Some(vec![
        record("心血管疾病诊疗新进展", "2024-03-05", "10", 24),
        record("高血压规范化管理培训班", "2023-10-30", "5", 16),
        record("院内病例讨论", "2024-05-02", "2", 6),
    ]);
    let ledger = vec![
        excluded(1, "cq-credit-year", "out_of_window", &[("credit_year", "2023"), ("dated_by", "awarded_on")]),
        excluded(2, "cq-electronic-credits", "not_electronic", &[]),
    ];
    let mut unsure = person("10300D", "买买提·艾力", "急诊科", None);
    unsure.activities = Some(vec![Activity { credits: None, ..record("急诊技能", "2024-04-01", "5", 20) }]);
    let missing = ["practitioner.activities[0].credits"];
    let mut open_year = annual("96", "25", "16", "16", "16");
    open_year[1] = open("cq-credits", "20", Some("28"), "25", Unit::Credit, &missing);
    let mut hostile = person("<u>9</u>", "<script>alert('x')</script>", "\"><img src=x onerror=alert(1)>&amp;", Some(Title::Nurse));
    hostile.activities = Some(vec![]);
    let none: Vec<Finding> = ["cq-hours", "cq-credits", "cq-job-related-credits", "cq-subject-ratio"]
        .map(|provision| Finding { reason: Some(Reason::OutOfScope), ..finding(provision, Status::NotApplicable) })
        .to_vec();
    let mut case = Case::of(vec![
        (person("0001", "陈静", "心血管内科", Some(Title::ChiefPhysician)), verdict(annual("120", "32", "20", "24", "19.2"), vec![])),
        (short, verdict(annual("68", "21.5", "15", "16", "10.4"), ledger)),
        (
            person("0012", "欧阳阿依古丽·买买提艾力江", "急诊科", Some(Title::AssociateChiefNurse)),
            verdict(annual("96", "25", "15", "10", "17.2"), vec![]),
        ),
        (unsure, verdict(open_year, vec![])),
        (hostile, verdict(annual("0", "0", "0", "0", "0"), vec![])),
        (person("0030", "李退休", "急诊科", Some(Title::Physician)), verdict(none, vec![])),
    ]);
    case.problems = vec![
        (
            Severity::Suspect,
            ProblemCode::Suspect,
            "人员!C7".into(),
            "身份证号来自数字单元格，末位可能已丢失".into(),
            "把该列设为文本后重新录入".into(),
        ),
        (Severity::Fixed, ProblemCode::Normalised, "学分记录!F12".into(), "“25分”读作25".into(), String::new()),
        (Severity::Blocking, ProblemCode::BadDate, "学分记录!D19".into(), "“2024.2.30”不是日期".into(), "改为实际日期".into()),
    ];
    case
}

/// A hospital of so many people, spread over departments and results.
pub(crate) fn hospital(people: usize) -> Case {
    let departments = ["心血管内科", "急诊科", "普外科", "骨科", "儿科", "妇产科", "检验科", "药剂科", "重症医学科", "感染性疾病科"];
    let titles = [Title::AttendingPhysician, Title::Physician, Title::NurseInCharge, Title::Nurse, Title::AssociateChiefPhysician, Title::Pharmacist];
    let family = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳"];
    let given = ["静", "小明", "建国", "丽华", "志强", "雨欣", "浩然", "雪梅", "海燕"];
    let mut state = 12345_u64;
    let mut roll = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let at = |list: &[&'static str], roll: u64| list[usize::try_from(roll).expect("small") % list.len()];
    let rows = (0..people).map(|index| {
        let title = titles[usize::try_from(roll(6)).expect("small")];
        let name = format!("{}{}", at(&family, roll(11)), at(&given, roll(9)));
        let mut facts = person(&format!("{:05}", index + 1), &name, at(&departments, roll(13)), Some(title));
        facts.activities =
            Some((0..12).map(|n| record("专科诊疗新进展学习班（国家级继续医学教育项目）", &format!("2024-{:02}-11", n % 9 + 1), "2.5", 8)).collect());
        let findings = match roll(100) {
            0..70 => annual(&(80 + roll(40)).to_string(), &format!("{}.5", 25 + roll(12)), &(15 + roll(8)).to_string(), "20", "16"),
            70..88 => {
                annual(&(58 + roll(40)).to_string(), &format!("{}.5", 6 + roll(19)), &(10 + roll(8)).to_string(), &(12 + roll(8)).to_string(), "13.6")
            }
            88..92 => annual("90", "30", "16", "12", "15.6"),
            92..97 => {
                let mut findings = annual("88", "25", "16", "18", "15");
                findings[1] = open(
                    "cq-credits",
                    "21",
                    (roll(2) == 0).then_some("27"),
                    "25",
                    Unit::Credit,
                    &["practitioner.activities[2].credits", "practitioner.activities[5].credits"],
                );
                findings
            }
            _ => ["cq-hours", "cq-credits", "cq-job-related-credits", "cq-subject-ratio"]
                .map(|provision| Finding { reason: Some(Reason::OutOfScope), ..finding(provision, Status::NotApplicable) })
                .to_vec(),
        };
        let records = match roll(3) {
            0 => vec![
                excluded(1, "cq-credit-year", "out_of_window", &[("credit_year", "2023")]),
                excluded(7, "cq-electronic-credits", "not_electronic", &[]),
            ],
            1 => vec![excluded(3, "cq-credit-year", "pending", &[])],
            _ => vec![],
        };
        (facts, verdict(findings, records))
    });
    let mut case = Case::of(rows.collect());
    for row in 0..60 {
        case.problems.push((
            Severity::Fixed,
            ProblemCode::Normalised,
            format!("学分记录!F{}", row + 2),
            format!("“{row}分”读作{row}"),
            String::new(),
        ));
        if row % 5 == 0 {
            case.problems.push((
                Severity::Suspect,
                ProblemCode::Suspect,
                format!("人员!C{}", row + 2),
                "身份证号来自数字单元格，末位可能已丢失".into(),
                "把该列设为文本后重新录入".into(),
            ));
        }
    }
    case.problems.push((Severity::Blocking, ProblemCode::BadDate, "学分记录!D19".into(), "“2024.2.30”不是日期".into(), "改为实际日期".into()));
    case
}
