//! How people call rates, and what each of them is.

use super::rate::{ExclusionReason, Measure, OpenReason};
use crate::lang::{Lang, Text};

use crate::facts::Population;

/// What a rate of a population is called where no target names it: `初级参加率`.
pub(super) fn name(population: Population, measure: Measure) -> (String, String) {
    let label = label(population);
    let (zh, en) = match measure {
        Measure::Participated => ("覆盖率", "coverage of"),
        Measure::Met => ("达标率", "attainment of"),
        Measure::Covered => ("覆盖率", "coverage of"),
    };
    let staff = if matches!(population, Population::IntermediateAndSenior | Population::Junior) { " staff" } else { "" };
    (format!("{}{zh}", label.zh), format!("{en} {}{staff}", label.en))
}

/// What people call a population.
pub(super) fn label(population: Population) -> Text<'static> {
    Population::LIST.codes.get(population as usize).map_or(Text::same(""), |code| Text { zh: code.zh, en: code.en })
}

/// What a rate is: its numerator over its denominator, in both languages.
pub(super) fn definition(population: Population, measure: Measure, question: Text<'_>) -> (String, String) {
    let denominator = match population {
        Population::Staff => Text::new("名册内在册的卫生专业技术人员", "health professionals on the register who are in service"),
        Population::IntermediateAndSenior => {
            Text::new("名册内在册、职称级别为中级及以上的卫生专业技术人员", "health professionals in service whose title is intermediate or senior")
        }
        Population::Junior => Text::new("名册内在册、职称级别为初级的卫生专业技术人员", "health professionals in service whose title is junior"),
        Population::Institutions => Text::new("名册所列的医疗卫生机构", "institutions on the register"),
        Population::Level2AndAbove => Text::new("名册所列的二级及以上医疗卫生机构", "institutions of level 2 and above on the register"),
        Population::GrassrootsAndPrivate => {
            Text::new("名册所列的乡镇、社区和民营医疗卫生机构", "township, community and private institutions on the register")
        }
    };
    let (zh, en) = match (measure, population) {
        (Measure::Participated, _) => {
            ("本年度至少有一条计入的学分记录者".to_owned(), "with at least one credit record that counts for the year".to_owned())
        }
        (Measure::Met, _) => (format!("“{}”结果为达标者", question.zh), format!("of whom “{}” is answered with “met”", question.en)),
        (Measure::Covered, Population::Institutions) => {
            ("至少有一名在册人员参加者".to_owned(), "with at least one person in service who took part".to_owned())
        }
        (Measure::Covered, _) => ("用信息系统管理继续医学教育者".to_owned(), "that manage continuing education electronically".to_owned()),
    };
    let people = if matches!(measure, Measure::Covered) {
        Text::new("", "")
    } else {
        Text::new(
            "退休、离职、学员和没有卫生职称的管理及其他人员不计入。",
            " The retired, those who left, trainees, and managers and others without a title of a health profession are not counted.",
        )
    };
    (format!("分母：{}；分子：其中{zh}。{}", denominator.zh, people.zh), format!("Of the {}: those {en}.{}", denominator.en, people.en))
}

impl ExclusionReason {
    /// Why somebody is not counted, in words.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Retired => ("退休", "retired"),
            Self::Left => ("离职", "left"),
            Self::InTraining => ("学员", "in training"),
            Self::NotHealthProfessional => ("非卫生专业技术人员", "no health professional"),
            Self::NoTitle => ("未聘职称", "no title yet"),
            Self::OtherTitle => ("其他职称级别", "another title grade"),
            Self::NotAsked => ("不作要求", "nothing is asked"),
            Self::OtherInstitution => ("其他类别机构", "another kind of institution"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl super::WithheldReason {
    /// Why a candidate is not announced yet, in words.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::NotOnRegister => ("名册中没有此人员编号，或不止一人", "nobody on the register has this number, or several have"),
            Self::NoName => ("名册未填姓名", "the register does not tell the name"),
            Self::ContradictsRegister => {
                ("审验合格，但名册中的学分记录不达标，请核对", "the audit was passed, but the records of the register do not meet it")
            }
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl OpenReason {
    /// Why it is open, in words.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::MissingFacts => ("资料不足", "facts are missing"),
            Self::ForTheAuthority => ("待主管部门认定", "for the authority to decide"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
