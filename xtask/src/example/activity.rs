//! What people attended: courses drawn to fit a number of credits and hours.

use std::collections::BTreeMap;

use chrono::Weekday;

use super::day::{Cell, Day};
use super::department::{Category, DEPARTMENTS};
use super::person::{Numbering, Person};
use super::random::SplitMix64;
use super::record::{NATIONAL, PROFESSIONAL, PUBLIC, Record, Reliance};

const GENERAL_TOPICS: &[&str] = &[
    "抗菌药物合理应用",
    "医院感染防控",
    "医疗质量安全核心制度",
    "病历书写规范",
    "心肺复苏技能",
    "合理用血",
    "静脉血栓栓塞症防治",
    "患者安全目标",
    "多学科协作诊疗",
    "医学科研方法",
    "突发公共卫生事件应对",
    "传染病防治知识",
];
const LOOSE_TOPICS: &[&str] = &["医院信息系统操作培训", "消防安全与应急疏散演练", "办公软件应用培训", "公文写作培训", "医保政策解读"];
const PUBLIC_TOPICS: &[&str] = &[
    "医师法与护士条例解读",
    "医务人员职业道德",
    "医学伦理与医患沟通",
    "专业技术人员创新能力",
    "网络与数据安全",
    "专业技术人员心理健康",
    "基本医疗卫生与健康促进法",
    "知识产权保护",
];
const COURSES: &[&str] = &["新进展学习班", "规范化诊疗培训班", "学术年会", "适宜技术推广班", "研讨会"];
const INSIDE: &[&str] = &["500103", "500106", "500107", "500108", "500112", "500101", "500118"];
const OUTSIDE: &[&str] = &["510104", "110105", "310104", "440106", "420106", "610113", "330106", "430104", "530102", "520103"];
const OWN_DISTRICT: &str = "500112";

/// What a record is to be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Profession- and job-related.
    Job,
    /// Profession-related only.
    Profession,
    /// Neither, and not of public subjects.
    Loose,
    /// A public subject.
    Public,
}

/// Hands out numbers: one for each project, one for each certificate.
#[derive(Debug, Default)]
pub(crate) struct Register {
    projects: BTreeMap<String, usize>,
    certificates: usize,
}

impl Register {
    fn project(&mut self, record: &Record) -> String {
        let (year, ..) = record.starts.civil();
        let key = format!("{} {} {}", record.activity_name, record.level, record.starts.serial());
        let next = self.projects.len() + 1;
        let serial = *self.projects.entry(key).or_insert(next);
        let discipline = serial % 18 + 2;
        let mark = match record.level {
            NATIONAL => "国",
            "省级" => "省",
            "市级" => "渝",
            "区级" => "区",
            _ => return format!("院{year}-{serial:04}"),
        };
        format!("{year}-{discipline:02}-{:02}-{:03}({mark})", serial % 7 + 1, serial % 1000)
    }

    /// The next certificate number.
    pub(crate) fn certificate(&mut self, year: i32) -> String {
        self.certificates += 1;
        format!("CQ{year}{:07}", self.certificates * 7 + 130_000)
    }
}

/// A record of `person`, the `index`-th of the roster, with those tenths of credits and hours.
pub(crate) fn attend(
    (index, person): (usize, &Person),
    subject: Subject,
    (credits, hours): (i32, i32),
    awarded: Day,
    register: &mut Register,
    random: &mut SplitMix64,
) -> Record {
    let level = level(subject, credits, random);
    let seminar = level == "院内";
    let ends = match subject {
        // Lectures are held on Wednesdays and Thursdays and entered some days later.
        _ if seminar => week_of(awarded, subject),
        _ => awarded.plus(-random.between(0, 20)),
    };
    let starts = match subject {
        _ if seminar => ends,
        // Remote courses on public subjects run from the first of a month.
        Subject::Public => {
            let (year, month, _) = ends.civil();
            Day::of(year, month, 1)
        }
        _ => ends.plus(-(hours / 80).min(5)),
    };
    let (name, form) = name_and_form(person, subject, credits, starts, random);
    let remote = form == "远程";
    let place = match level {
        "院内" | "区级" => OWN_DISTRICT,
        "省级" => random.pick(OUTSIDE),
        NATIONAL if remote && random.chance(40) => "",
        NATIONAL if random.chance(60) => random.pick(OUTSIDE),
        _ => random.pick(INSIDE),
    };
    let outside = !place.is_empty() && !place.starts_with("50");
    let electronic = !(outside && level == NATIONAL && !remote && random.chance(55));
    let mut record = Record {
        person: Some(index),
        staff_number: staff_number(person, random),
        name: person.name_in_records.clone(),
        activity_number: String::new(),
        activity_name: name,
        level,
        form,
        subject: if subject == Subject::Public { PUBLIC } else { PROFESSIONAL },
        job: subject == Subject::Job,
        profession: matches!(subject, Subject::Job | Subject::Profession),
        hours,
        credits,
        awarded,
        starts,
        ends,
        place,
        electronic,
        proof: "",
        proof_dates: None,
        review: random.pick(&["审核通过", "审核通过", "审核通过", "审核通过", "通过"]),
        certificate: String::new(),
        reliance: Reliance::Plain,
        overrides: BTreeMap::new(),
    };
    if !electronic {
        prove(&mut record, random);
    }
    record.activity_number = register.project(&record);
    if !(seminar && random.chance(35)) {
        record.certificate = register.certificate(awarded.civil().0);
    }
    record
}

/// Adds paper proof whose dates are those of the project.
pub(crate) fn prove(record: &mut Record, random: &mut SplitMix64) {
    record.electronic = false;
    record.proof = random.pick(&["学分证书、会议通知", "结业证书扫描件", "参会证明", "学分证复印件"]);
    record.proof_dates = Some((record.starts, record.ends));
}

/// Makes it a national course elsewhere, proved on paper.
pub(crate) fn send_elsewhere(record: &mut Record, random: &mut SplitMix64) {
    record.level = NATIONAL;
    record.form = "培训班";
    record.place = random.pick(OUTSIDE);
    record.starts = record.ends.plus(-2);
    prove(record, random);
}

/// Makes it a municipal course inside Chongqing.
pub(crate) fn bring_home(record: &mut Record, random: &mut SplitMix64) {
    record.level = "市级";
    record.form = "培训班";
    record.place = random.pick(INSIDE);
    record.electronic = true;
    record.proof = "";
    record.proof_dates = None;
}

/// Gives it the project number that goes with its fields.
pub(crate) fn renumber(record: &mut Record, register: &mut Register) {
    record.activity_number = register.project(record);
}

fn staff_number(person: &Person, random: &mut SplitMix64) -> Cell {
    let as_number = match person.numbering {
        Numbering::Text => false,
        Numbering::Number => true,
        Numbering::Mixed => random.chance(33),
    };
    match person.staff_number.parse::<i32>() {
        Ok(number) if as_number => Cell::Number(number.to_string()),
        _ => Cell::text(&person.staff_number),
    }
}

fn level(subject: Subject, credits: i32, random: &mut SplitMix64) -> &'static str {
    match subject {
        Subject::Loose => "院内",
        Subject::Public => random.pick(&["市级", "市级", "区级"]),
        _ if credits >= 30 => random.pick(&[NATIONAL, NATIONAL, "市级", "市级", "市级", "省级"]),
        _ if credits >= 20 => random.pick(&[NATIONAL, "市级", "市级", "区级"]),
        _ => random.pick(&["院内", "院内", "院内", "院内", "区级", "市级"]),
    }
}

fn week_of(awarded: Day, subject: Subject) -> Day {
    awarded.back_to(if subject == Subject::Job { Weekday::Wed } else { Weekday::Thu })
}

fn name_and_form(person: &Person, subject: Subject, credits: i32, starts: Day, random: &mut SplitMix64) -> (String, &'static str) {
    let topics = match subject {
        Subject::Job => DEPARTMENTS[person.department].topics,
        Subject::Profession => GENERAL_TOPICS,
        Subject::Loose => return (random.pick(LOOSE_TOPICS).to_owned(), "面授"),
        Subject::Public => return (random.pick(PUBLIC_TOPICS).to_owned(), "远程"),
    };
    if credits >= 20 {
        let topic = random.pick(topics);
        let form = random.pick(&["培训班", "培训班", "面授", "远程", "混合"]);
        return (format!("{topic}{}", random.pick(COURSES)), form);
    }
    // The week and the credits decide, so that colleagues attend the same lecture.
    let week = usize::try_from(starts.serial() / 7).unwrap_or(0);
    let topic = topics[week % topics.len()];
    let (seminar, form) = match credits {
        ..=5 if person.category == Category::Nurse => ("护理查房", "面授"),
        ..=5 => ("业务学习", "面授"),
        6..=9 => ("教学查房", "面授"),
        10 => ("病例讨论", "病例讨论"),
        11..=14 => ("指南解读", "学术讲座"),
        _ => ("专题讲座", "学术讲座"),
    };
    (format!("{topic}{seminar}"), form)
}
