//! Words of code lists: titles, grades, levels, forms, states.

use super::text::without_brackets;
use super::{Fact, Reading, Taken};
use crate::facts::{Code, CodeList, InstitutionGrade, InstitutionLevel, Title, TitleGrade, is_called};
use crate::policy::Text;
use crate::workbook::doubt::holds_doubt;
use crate::workbook::notes;

/// Reads a word of this list; `None` for one that it does not know.
pub(super) fn read(text: &str, list: &'static CodeList, field: &str) -> Option<Reading> {
    let title = field == "title";
    if let Some(index) = list.called(text) {
        return Some(taken(list, index, title));
    }
    if list.name == InstitutionLevel::LIST.name
        && let Some(reading) = level_and_class(text)
    {
        return Some(reading);
    }
    if title && let Some(reading) = grade_for_title(text) {
        return Some(reading);
    }
    let bare = without_brackets(text).unwrap_or(text);
    let mut found = None;
    for part in parts(bare) {
        match (list.called(part), found) {
            (Some(index), Some(other)) if index != other => return Some(Reading::unknown(&notes::SEVERAL_WORDS)),
            (Some(index), _) => found = Some(index),
            // Part of the text says something else, such as a second title of a teacher: that is left.
            (None, _) => {}
        }
    }
    let index = found?;
    if parts(text).any(|part| takes_back(part, list, index)) {
        return Some(Reading::unknown(&notes::WORD_TAKEN_BACK));
    }
    let mut reading = taken(list, index, title).noting(&notes::WORD_IN_WORD);
    reading.remarks.iter_mut().for_each(|remark| remark.after = list.codes.get(index).map(|code| code.zh.to_owned()));
    Some(reading)
}

/// What marks and brackets part.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', ';', '/', '|', '(', ')', '[', ']', '【', '】', '〔', '〕']).map(str::trim).filter(|part| !part.is_empty())
}

/// What takes the word of a code back besides, or says that it does not hold yet: `已通过(后撤销)`.
const TAKES_BACK: [&str; 21] = [
    "撤", "注销", "废止", "失效", "非", "待", "暂", "申报", "申请", "复核", "复议", "复审", "过期", "停用", "停职", "停止", "吊销", "存疑", "有误",
    "错", "部分",
];

/// Words with such in them that take nothing back.
const TAKES_NOTHING_BACK: [&str; 3] = ["待遇", "非营利", "计划免疫"];

/// Whether what stands beside the word of a code may mean that it is not so: another code's word, or one that takes it back. Why something was
/// refused takes nothing back.
fn takes_back(part: &str, list: &CodeList, index: usize) -> bool {
    // Posts end in the words of titles: 科主任.
    let ending = || ending(part, list).filter(|_| list.name != Title::LIST.name);
    match list.called(part).or_else(ending) {
        Some(other) if other != index => return true,
        Some(_) if list.called(part).is_some() => return false,
        _ => {}
    }
    let holds = |text: &str| holds_doubt(text, &TAKES_BACK, &TAKES_NOTHING_BACK);
    let is_refusal = list.codes.get(index).is_some_and(|code| holds(code.zh));
    !is_refusal && holds(part)
}

/// The code with the longest word in which a text ends: `已离职`.
fn ending(text: &str, list: &CodeList) -> Option<usize> {
    const SHORTEST: usize = 2;
    let words = |code: &Code| {
        std::iter::once(code.zh).chain(code.also.iter().copied()).filter(|word| text.ends_with(word)).map(|word| word.chars().count()).max()
    };
    let found = list.codes.iter().enumerate().filter_map(|(index, code)| Some((words(code).filter(|length| *length >= SHORTEST)?, index)));
    found.max().map(|(_, index)| index)
}

fn taken(list: &'static CodeList, index: usize, title: bool) -> Reading {
    let reading = Reading::fact(Fact::Text(list.code(index).to_owned()));
    match Title::ALL.get(index).filter(|_| title) {
        Some(title) => reading.with("title_grade", grade(title.grade()), Some(&notes::GRADE_FROM_TITLE)),
        None => reading,
    }
}

fn grade(grade: TitleGrade) -> Fact {
    Fact::Text(TitleGrade::LIST.code(grade as usize).to_owned())
}

/// Reads a code of a policy's own list, as itself or as one of its words; `None` for another word, or one that several codes are called.
pub(super) fn read_own(text: &str, codes: &[(&str, Option<&Text>)]) -> Option<Reading> {
    let called = |words: &Text| is_called(&words.zh, text) || is_called(&words.en, text);
    let mut found = codes.iter().filter(|(_, words)| words.is_some_and(called));
    let named = codes.iter().find(|(code, _)| code.eq_ignore_ascii_case(text));
    let (code, _) = named.or_else(|| found.next().filter(|_| found.next().is_none()))?;
    Some(Reading::fact(Fact::Text((*code).to_owned())))
}

/// Whether the vocabulary has the word in this very spelling.
pub(super) fn is_word(text: &str, list: &CodeList) -> bool {
    list.codes.iter().any(|code| code.zh == text || code.also.contains(&text))
}

/// A grade where a title is asked for: the grade is known then, the title is not; `无职称` says that there is none.
fn grade_for_title(text: &str) -> Option<Reading> {
    let index = TitleGrade::LIST.called(text).filter(|_| !text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let found = *TitleGrade::ALL.get(index)?;
    let none = found == TitleGrade::None;
    let reading = Reading::plain(if none { Taken::None } else { Taken::Unknown });
    Some(reading.with("title_grade", grade(found), Some(if none { &notes::NO_TITLE } else { &notes::TITLE_IS_GRADE })))
}

/// `三甲`, `三级甲等`: two facts in one cell.
fn level_and_class(text: &str) -> Option<Reading> {
    let mut rest = text.strip_suffix("医院").unwrap_or(text).chars().filter(|c| !matches!(c, '级' | '等' | ' '));
    let level = match rest.next()? {
        '三' | '3' => InstitutionLevel::Tertiary,
        '二' | '2' => InstitutionLevel::Secondary,
        '一' | '1' => InstitutionLevel::Primary,
        _ => return None,
    };
    let class = match (rest.next(), rest.next()) {
        (None, _) => None,
        (Some('特'), None) => Some(InstitutionGrade::Special),
        (Some('甲'), None) => Some(InstitutionGrade::A),
        (Some('乙'), None) => Some(InstitutionGrade::B),
        (Some('丙'), None) => Some(InstitutionGrade::C),
        _ => return None,
    };
    let reading = Reading::mended(Fact::Text(InstitutionLevel::LIST.code(level as usize).to_owned()), &notes::LEVEL_AND_CLASS);
    Some(match class {
        Some(class) => reading.with("grade", Fact::Text(InstitutionGrade::LIST.code(class as usize).to_owned()), None),
        None => reading,
    })
}

/// The credit class in its one spelling: `Ⅰ类`, `I类`, `l类`, `一类`, `1类` and `壹类` are `I`.
pub(super) fn credit_class(text: &str) -> Reading {
    let bare = text.strip_suffix("学分").unwrap_or(text);
    let class = match bare.strip_suffix('类').unwrap_or(bare) {
        "I" | "i" | "l" | "一" | "1" | "壹" | "|" => "I",
        "II" | "ii" | "ll" | "二" | "2" | "贰" | "||" => "II",
        "III" | "iii" | "lll" | "三" | "3" | "叁" => "III",
        // Whether the activity is an approved project: another meaning of the same header.
        "项目" | "非项目" | "是" | "否" => return Reading::unknown(&notes::NOT_A_CODE),
        _ => text,
    };
    let fact = Fact::Text(class.to_owned());
    if class == text { Reading::fact(fact) } else { Reading::mended(fact, &notes::CREDIT_CLASS) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{ActivityLevel, ReviewStatus, StaffStatus, SubjectKind, tidy};

    fn title(text: &str) -> Option<Reading> {
        read(&tidy(text), Title::LIST, "title")
    }

    fn code(text: &str) -> Fact {
        Fact::Text(text.to_owned())
    }

    #[test]
    fn free_text_titles_are_found_in_their_list() {
        for (text, expected) in [
            ("主治", "attending_physician"),
            ("主治医", "attending_physician"),
            ("主治／主管医师", "attending_physician"),
            ("主管护师(聘)", "nurse_in_charge"),
            ("主管护师（中级）", "nurse_in_charge"),
            ("主任医师、教授", "chief_physician"),
        ] {
            let reading = title(text).expect(text);
            assert_eq!(reading.taken, Taken::Fact(code(expected)), "{text}");
        }
    }

    #[test]
    fn an_addition_that_takes_the_word_back_leaves_it_open() {
        let read = |text: &str, list: &'static CodeList| read(&tidy(text), list, list.name).map(|reading| reading.taken);
        for text in ["已通过（已作废）", "已通过（后撤销）", "通过（不予认定）", "通过（待复核）", "已通过、已作废", "通过【未通过】"]
        {
            assert_eq!(read(text, ReviewStatus::LIST), Some(Taken::Unknown), "{text}");
        }
        for (text, list) in [
            ("专业（公需）", SubjectKind::LIST),
            ("国家级(拟)", ActivityLevel::LIST),
            ("在岗（已离职）", StaffStatus::LIST),
            ("主治医师(未聘)", Title::LIST),
        ] {
            assert_eq!(read(text, list), Some(Taken::Unknown), "{text}");
        }
        for (text, list, expected) in [
            ("未通过（不合格）", ReviewStatus::LIST, "rejected"),
            ("未通过（材料不符）", ReviewStatus::LIST, "rejected"),
            ("已通过（审核通过）", ReviewStatus::LIST, "approved"),
            ("已通过（市级）", ReviewStatus::LIST, "approved"),
            ("在岗（外科）", StaffStatus::LIST, "in_service"),
            ("副主任医师(科主任)", Title::LIST, "associate_chief_physician"),
        ] {
            assert_eq!(read(text, list), Some(Taken::Fact(code(expected))), "{text}");
        }
    }

    #[test]
    fn a_grade_in_place_of_a_title_gives_the_grade_and_no_title() {
        let senior = title("副高").expect("known");
        assert_eq!(senior.taken, Taken::Unknown);
        assert_eq!(senior.siblings.first().map(|(name, fact, _)| (*name, fact.clone())), Some(("title_grade", code("associate_senior"))));
        assert_eq!(title("无职称").map(|reading| reading.taken), Some(Taken::None));
    }

    #[test]
    fn an_unresolvable_title_is_not_junior() {
        assert_eq!(title("专家"), None);
        assert_eq!(title("主任医师/主管护师").map(|reading| reading.taken), Some(Taken::Unknown));
    }

    #[test]
    fn level_and_class_stand_in_one_cell() {
        for (text, level, class) in
            [("三甲", "tertiary", Some("a")), ("三级甲等", "tertiary", Some("a")), ("二级乙等", "secondary", Some("b")), ("三级", "tertiary", None)]
        {
            let reading = read(text, InstitutionLevel::LIST, "level").expect(text);
            assert_eq!(reading.taken, Taken::Fact(code(level)), "{text}");
            assert_eq!(reading.siblings.first().map(|(_, fact, _)| fact.clone()), class.map(code), "{text}");
        }
    }

    #[test]
    fn the_credit_class_has_one_spelling() {
        for text in ["Ⅰ类", "I类", "l类", "一类", "1类", "壹类", "Ⅰ类学分", "I"] {
            assert_eq!(credit_class(&tidy(text)).taken, Taken::Fact(code("I")), "{text}");
        }
        assert_eq!(credit_class("公需科目").taken, Taken::Fact(code("公需科目")));
        assert_eq!(credit_class("非项目").taken, Taken::Unknown);
    }
}
