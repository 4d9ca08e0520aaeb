//! Facts that a policy declares itself: checked as the vocabulary's are, and turned into the declared types.

use rust_decimal::Decimal;

use super::{OwnFact, OwnKind, Policy};
#[cfg(all(feature = "workbook", feature = "render"))]
use crate::facts::Subject;
use crate::facts::{Extra, Facts, RECORDED_AT, cure_of, is_long_number, shortened};
use crate::feel::Value;
use crate::problem::{Problem, ProblemCode};
use crate::quantity::{parse_day, parse_decimal};

impl Policy {
    /// Checks the own facts of every record against their declarations and gives them their types.
    ///
    /// Facts that were read from JSON know only text, whole numbers, and true or false: a declared date or decimal is still text there.
    pub(crate) fn bind(&self, facts: &mut Facts) -> Vec<Problem> {
        Self::bind_all(&[self], facts)
    }

    /// The same for policies that are applied together; what two of them declare, they declare alike.
    pub(crate) fn bind_all(policies: &[&Self], facts: &mut Facts) -> Vec<Problem> {
        let declared = Declared { policies };
        let mut problems = Vec::new();
        facts.each_record_mut(&mut |place, entity, unknown, extra| declared.bind_extra(&place.0, entity.name, unknown, extra, &mut problems));
        problems
    }

    /// Checks the own facts of one subject and of its records.
    #[cfg(all(feature = "workbook", feature = "render"))]
    pub(crate) fn bind_subject(policies: &[&Self], subject: &mut Subject) -> Vec<Problem> {
        let declared = Declared { policies };
        let mut problems = Vec::new();
        subject.each_record_mut(&mut |place, entity, unknown, extra| declared.bind_extra(&place.0, entity.name, unknown, extra, &mut problems));
        problems
    }
}

/// What some policies declare together.
struct Declared<'p> {
    policies: &'p [&'p Policy],
}

impl Declared<'_> {
    fn bind_extra(&self, place: &str, entity: &str, unknown: &[String], extra: &mut Extra, problems: &mut Vec<Problem>) {
        for name in unknown.iter().filter_map(|name| name.strip_prefix("extra.")) {
            if self.of(entity).all(|fact| fact.name != name) {
                problems.push(self.undeclared(&format!("{place}.unknown"), entity, name));
            }
        }
        for (name, value) in extra.entries_mut() {
            self.bind_named(&format!("{place}.extra.{}", shortened(name)), entity, name, value, problems);
        }
    }

    /// What they declare of this subject.
    fn of(&self, subject: &str) -> impl Iterator<Item = &OwnFact> {
        self.policies.iter().flat_map(|policy| &policy.facts).filter(move |fact| fact.subject == subject)
    }

    fn bind_named(&self, place: &str, subject: &str, name: &str, value: &mut Value, problems: &mut Vec<Problem>) {
        match self.of(subject).find(|fact| fact.name == name) {
            Some(fact) => self.bind_value(place, fact, value, problems),
            None => problems.push(self.undeclared(place, subject, name)),
        }
    }

    fn undeclared(&self, place: &str, subject: &str, name: &str) -> Problem {
        let ids: Vec<String> = self.policies.iter().map(|policy| format!("policy `{}`", policy.id)).collect();
        let problem = Problem::new(ProblemCode::UnknownName, place, format!("{} declares no such fact of {subject}", ids.join(" or ")))
            .with_cure("declare it in the policy by `[[fact]]`, or leave it out");
        problem.with_nearest(name, self.of(subject).map(|fact| fact.name.as_str()))
    }

    fn bind_value(&self, place: &str, fact: &OwnFact, value: &mut Value, problems: &mut Vec<Problem>) {
        match value {
            Value::Null(_) => {}
            Value::List(items) if fact.list => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.bind_item(&format!("{place}[{index}]"), fact, item, problems);
                }
            }
            _ if fact.list => problems
                .push(Problem::new(ProblemCode::WrongType, place, "expected a list").with_cure("write the values in `[` and `]`, also a single one")),
            item => self.bind_item(place, fact, item, problems),
        }
    }

    fn bind_item(&self, place: &str, fact: &OwnFact, value: &mut Value, problems: &mut Vec<Problem>) {
        if let (OwnKind::Record(subject), Value::Record(fields)) = (&fact.kind, &mut *value) {
            for (name, field) in fields {
                let place = format!("{place}.{}", shortened(name));
                match field {
                    _ if name != RECORDED_AT => self.bind_named(&place, subject, name, field, problems),
                    Value::Null(_) => {}
                    field => bind_plain(&place, &OwnKind::Date, false, field, problems),
                }
            }
            return;
        }
        bind_plain(place, &fact.kind, fact.non_negative, value, problems);
    }
}

/// Gives a value that is no record the type that was declared.
fn bind_plain(place: &str, kind: &OwnKind, non_negative: bool, value: &mut Value, problems: &mut Vec<Problem>) {
    let typed = typed(kind, value).and_then(|typed| match typed {
        Value::Number(n) if non_negative && n < Decimal::ZERO => Err((ProblemCode::OutOfRange, "a number that is not negative".to_owned())),
        typed => Ok(typed),
    });
    match typed {
        Ok(typed) => *value = typed,
        Err((code, expected)) => {
            let found = match value {
                Value::Text(text) => format!("\"{}\"", shortened(text)),
                Value::List(_) => "a list".to_owned(),
                Value::Record(_) => "an object".to_owned(),
                other => other.to_string(),
            };
            problems.push(Problem::new(code, place, format!("expected {expected}, got {found}")).with_cure(cure_of(code, &expected)));
        }
    }
}

/// Whether a value is a number that would be taken if it were not too large; languages with exact numbers give large ones as text.
pub(super) fn is_too_large(is_integer: bool, value: &Value) -> bool {
    match value {
        Value::Number(number) => is_integer && number.fract().is_zero() && i64::try_from(*number).is_err(),
        Value::Text(text) if is_integer => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<i64>().is_err()
        }
        Value::Text(text) => is_long_number(text),
        _ => false,
    }
}

fn typed(kind: &OwnKind, value: &Value) -> Result<Value, (ProblemCode, String)> {
    let wrong = |what: &str| Err((ProblemCode::WrongType, what.to_owned()));
    match (kind, value) {
        (OwnKind::Boolean, Value::Boolean(_))
        | (OwnKind::Text, Value::Text(_))
        | (OwnKind::Date, Value::Date(_))
        | (OwnKind::Decimal, Value::Number(_)) => Ok(value.clone()),
        (OwnKind::Integer, _) if is_too_large(true, value) => Err((ProblemCode::OutOfRange, "a whole number of at most 64 bits".to_owned())),
        (OwnKind::Decimal, _) if is_too_large(false, value) => Err((ProblemCode::OutOfRange, "a decimal of at most 28 digits".to_owned())),
        (OwnKind::Integer, Value::Number(n)) if n.fract().is_zero() => Ok(value.clone()),
        (OwnKind::Decimal, Value::Text(text)) => match parse_decimal(text) {
            Some(number) => Ok(Value::Number(number)),
            None => wrong("a decimal"),
        },
        (OwnKind::Date, Value::Text(text)) => match parse_day(text) {
            Some(day) => Ok(Value::Date(day)),
            None => Err((ProblemCode::BadDate, "a date that exists, YYYY-MM-DD".to_owned())),
        },
        (OwnKind::Code(codes), Value::Text(text)) if codes.index(text).is_some() => Ok(value.clone()),
        (OwnKind::Code(codes), _) => Err((ProblemCode::UnknownCode, format!("a code of {} ({})", codes.name, codes.codes.join(", ")))),
        (OwnKind::Boolean, _) => wrong("true or false"),
        (OwnKind::Integer, _) => wrong("a whole number"),
        (OwnKind::Decimal, _) => wrong("a decimal in quotes"),
        (OwnKind::Text, _) => wrong("text"),
        (OwnKind::Date, _) => wrong("a date, \"YYYY-MM-DD\""),
        (OwnKind::Record(_), _) => wrong("an object"),
    }
}
