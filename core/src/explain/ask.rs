//! Missing facts as questions that a person can answer.

use super::path::path_words;
use super::{Labels, missing_words};
use crate::evaluate::Question;
use crate::facts::{Entity, Facts, FieldKind};
use crate::lang::Lang;
use crate::policy::OwnKind;

/// What kind of answer a question wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    YesOrNo,
    Number,
    Day,
    Records,
    Other,
}

/// Each missing fact as a question, in the order given; facts that differ only in their record are asked for together:
/// `学分记录第2、3条的「学分」各是多少？`.
#[must_use]
pub fn questions(paths: &[String], question: &Question<'_>, lang: Lang) -> Vec<String> {
    let labels = question.labels();
    question_groups(paths).iter().map(|together| asked(together, question, &labels, lang)).collect()
}

/// The facts that are asked for together, in the order of the first of each.
pub(crate) fn question_groups(paths: &[String]) -> Vec<Vec<&String>> {
    let mut groups: Vec<(String, Vec<&String>)> = Vec::new();
    for path in paths {
        let like = without_index(path);
        match groups.iter_mut().find(|(other, _)| *other == like) {
            Some((_, together)) => together.push(path),
            None => groups.push((like, vec![path])),
        }
    }
    groups.into_iter().map(|(_, together)| together).collect()
}

fn asked(paths: &[&String], question: &Question<'_>, labels: &Labels, lang: Lang) -> String {
    let Some(first) = paths.first() else { return String::new() };
    let words = match paths {
        [one] => path_words(one, labels, lang),
        many => missing_words(&many.iter().copied().cloned().collect::<Vec<_>>(), labels, lang).join(lang.pick("、", ", ")),
    };
    let each = paths.len() > 1;
    match (lang, answer(first, question)) {
        (Lang::Zh, Answer::YesOrNo) => format!("{words}：是还是否？"),
        (Lang::Zh, Answer::Number) => format!("{words}{}是多少？", if each { "各" } else { "" }),
        (Lang::Zh, Answer::Day) => format!("{words}{}是哪一天？", if each { "各" } else { "" }),
        (Lang::Zh, Answer::Records) => format!("{words}有哪些？（没有也请说明）"),
        (Lang::Zh, Answer::Other) => format!("{words}{}是什么？", if each { "各" } else { "" }),
        (Lang::En, Answer::YesOrNo) => format!("{words}: yes or no?"),
        (Lang::En, Answer::Number) => format!("{words}: how much?"),
        (Lang::En, Answer::Day) => format!("{words}: on which day?"),
        (Lang::En, Answer::Records) => format!("{words}: which are there? (say so if there are none)"),
        (Lang::En, Answer::Other) => format!("{words}: which?"),
    }
}

/// The path with the place in its first list left open.
fn without_index(path: &str) -> String {
    match path.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once(']')?.1))) {
        Some((list, rest)) => format!("{list}[]{rest}"),
        None => path.to_owned(),
    }
}

fn answer(path: &str, question: &Question<'_>) -> Answer {
    let mut steps = path.split('.').map(|step| step.split_once('[').map_or(step, |(name, _)| name));
    let root = steps.next().unwrap_or_default();
    let mut entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == root);
    let mut own = false;
    let mut answer = Answer::Other;
    for step in steps {
        let Some(within) = entity else { return Answer::Other };
        if step == "extra" {
            own = true;
            continue;
        }
        if own {
            return question.own_fact(within.name, step).map_or(Answer::Other, |fact| of_own(&fact.kind));
        }
        (answer, entity) = of_field(within, step);
    }
    answer
}

fn of_field(entity: &'static Entity, name: &str) -> (Answer, Option<&'static Entity>) {
    match entity.field(name).map(|(_, field)| field.kind) {
        Some(FieldKind::Boolean) => (Answer::YesOrNo, None),
        Some(FieldKind::Integer | FieldKind::Decimal) => (Answer::Number, None),
        Some(FieldKind::Day) => (Answer::Day, None),
        Some(FieldKind::Texts) => (Answer::Records, None),
        Some(FieldKind::Records(inner)) => (Answer::Records, Some(inner())),
        Some(FieldKind::Record(inner)) => (Answer::Other, Some(inner())),
        Some(FieldKind::Text | FieldKind::Code(_)) | None => (Answer::Other, None),
    }
}

fn of_own(kind: &OwnKind) -> Answer {
    match kind {
        OwnKind::Boolean => Answer::YesOrNo,
        OwnKind::Integer | OwnKind::Decimal => Answer::Number,
        OwnKind::Date => Answer::Day,
        _ => Answer::Other,
    }
}
