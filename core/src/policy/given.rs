//! What is given with a question, such as the year: its types, and values of them.

use std::sync::Arc;

use crate::evaluate::Given;
use crate::facts::shortened;
use crate::feel::{Codes, Type, Value};
use crate::problem::{Problem, ProblemCode, TrainingError};
use crate::quantity::{parse_day, parse_decimal};

use super::bind::is_too_large;
use super::shapes;

/// Something that is given with a question, such as the year.
#[derive(Clone, Debug)]
pub struct GivenDeclaration {
    /// Its name.
    pub name: String,
    /// Its type as the policy file calls it; `code` where the file lists the codes itself.
    pub kind: String,
    pub(crate) ty: Type,
}

impl GivenDeclaration {
    /// The names of the types that a file can give beside the code lists of the vocabulary.
    pub(crate) const KINDS: &'static str = "integer, decimal, date, boolean, text, a code list of the vocabulary, or a list of codes";

    /// The kind of what takes codes that the policy file lists itself.
    pub(crate) const OWN_CODES: &'static str = "code";

    /// A declaration by the name of its type; `None` if no type has this name.
    pub(crate) fn of_kind(name: &str, kind: &str) -> Option<Self> {
        let ty = match kind {
            // What is given is a bare figure: it takes the unit of what it meets.
            "integer" | "decimal" | "number" => Type::BARE,
            "date" => Type::Date,
            "boolean" => Type::Boolean,
            "text" | "string" => Type::Text,
            other => Type::Code(shapes::vocabulary_codes(other)?),
        };
        Some(Self { name: name.to_owned(), kind: kind.to_owned(), ty })
    }

    /// A declaration by its own codes, which have no order.
    pub(crate) fn of_codes(name: &str, codes: Vec<String>) -> Self {
        let codes = Codes { name: name.to_owned(), ordered: false, codes };
        Self { name: name.to_owned(), kind: Self::OWN_CODES.to_owned(), ty: Type::Code(Arc::new(codes)) }
    }

    /// The codes that it takes; none where it takes something else.
    #[must_use]
    pub fn codes(&self) -> &[String] {
        if let Type::Code(codes) = &self.ty { &codes.codes } else { &[] }
    }

    /// What it takes, in words.
    #[must_use]
    pub fn expected(&self) -> String {
        match &self.ty {
            Type::Number(_) if self.kind == "integer" => "a whole number".to_owned(),
            Type::Number(_) => "a decimal".to_owned(),
            Type::Date => "a date YYYY-MM-DD".to_owned(),
            Type::Boolean => "true or false".to_owned(),
            Type::Code(codes) => format!("one of {}", codes.codes.join(", ")),
            _ => "text".to_owned(),
        }
    }

    /// How to give it so that it is taken.
    fn cure(&self) -> &'static str {
        match &self.ty {
            Type::Number(_) if self.kind == "integer" => "give a whole number, as in 2024",
            Type::Number(_) => "give an exact number, as in 12.5",
            Type::Date => "give a day that exists, as in 2024-03-05",
            Type::Boolean => "give true or false",
            Type::Code(_) => "give one of these codes",
            _ => "give a text",
        }
    }

    /// The declaration as a policy file writes it.
    pub(crate) fn written(&self) -> String {
        let quoted = |text: &String| format!("\"{text}\"");
        let ty =
            if self.kind == "code" { format!("[{}]", self.codes().iter().map(quoted).collect::<Vec<_>>().join(", ")) } else { quoted(&self.kind) };
        format!("given.{} = {ty}", self.name)
    }

    /// Reads a value from text, as a command line has it.
    ///
    /// # Errors
    /// What was expected instead.
    pub fn parse(&self, text: &str) -> Result<Value, String> {
        let value = match &self.ty {
            Type::Number(_) if self.kind == "integer" => text.parse::<i32>().ok().map(|whole| Value::from(i64::from(whole))),
            Type::Number(_) => parse_decimal(text).map(Value::Number),
            Type::Date => parse_day(text).map(Value::Date),
            Type::Boolean => text.parse().ok().map(Value::Boolean),
            Type::Code(codes) => codes.index(text).map(|_| Value::from(text)),
            _ => Some(Value::from(text)),
        };
        value.ok_or_else(|| format!("{} for `{}`", self.expected(), self.name))
    }

    /// The value in the declared type: dates and decimals are text in JSON.
    fn typed(&self, value: &Value) -> Value {
        let of_text = |text: &String| match &self.ty {
            Type::Number(_) if self.kind != "integer" => parse_decimal(text).map(Value::Number),
            Type::Date => parse_day(text).map(Value::Date),
            _ => None,
        };
        if let Value::Text(text) = value { of_text(text).unwrap_or_else(|| value.clone()) } else { value.clone() }
    }

    /// Whether a value has the declared type.
    pub(crate) fn takes(&self, value: &Value) -> bool {
        match (&self.ty, value) {
            (Type::Number(_), Value::Number(n)) => self.kind != "integer" || n.fract().is_zero(),
            (Type::Date, Value::Date(_)) | (Type::Boolean, Value::Boolean(_)) | (Type::Text, Value::Text(_)) => true,
            (Type::Code(codes), Value::Text(code)) => codes.index(code).is_some(),
            _ => false,
        }
    }

    /// Whether a value is a number of the declared type, but for its size.
    fn is_too_large(&self, value: &Value) -> bool {
        matches!(self.ty, Type::Number(_)) && is_too_large(self.kind == "integer", value)
    }

    /// Whether a value stands for the calendar year that is asked about and can be none: `24` is nobody's year.
    fn is_no_year(&self, value: &Value) -> bool {
        let is_year = self.kind == "integer" && self.name == "year";
        let fits = |number: &rust_decimal::Decimal| (1900.into()..=9999.into()).contains(number);
        is_year && matches!(value, Value::Number(number) if !fits(number))
    }

    /// The value as expressions read it: a code by its place.
    pub(crate) fn held(&self, value: &Value) -> Value {
        match (&self.ty, value) {
            (Type::Code(codes), Value::Text(code)) => codes.index(code).map_or(Value::NULL, Value::Code),
            _ => value.clone(),
        }
    }
}

/// What is given, in the types that a decision declares, where it is what the decision takes.
pub(crate) fn checked(decision: &str, declared: &[&GivenDeclaration], given: &Given) -> Result<Given, TrainingError> {
    let typed = |(name, value): (&str, &Value)| {
        let declaration = declared.iter().find(|d| d.name == name);
        (name.to_owned(), declaration.map_or_else(|| value.clone(), |declaration| declaration.typed(value)))
    };
    let given = given.iter().map(typed).fold(Given::new(), |given, (name, value)| given.with(name, value));
    let mut problems = Vec::new();
    for (name, value) in given.iter() {
        match declared.iter().find(|d| d.name == name) {
            Some(declaration) if declaration.takes(value) && declaration.is_no_year(value) => {
                let message = format!("expected a year of four digits from 1900 on, got {}", shortened(&value.to_string()));
                problems.push(Problem::new(ProblemCode::OutOfRange, format!("given.{name}"), message).with_cure("write it as in 2024"));
            }
            Some(declaration) if declaration.takes(value) && !declaration.is_too_large(value) => {}
            Some(declaration) => {
                let found = shortened(&value.to_string());
                let found = if let Value::Text(_) = value { format!("\"{found}\"") } else { found };
                let message = format!("expected {}, got {found}", declaration.expected());
                let code = if declaration.is_too_large(value) { ProblemCode::OutOfRange } else { ProblemCode::WrongType };
                problems.push(Problem::new(code, format!("given.{name}"), message).with_cure(declaration.cure()));
            }
            None => {
                let problem = Problem::new(ProblemCode::UnknownName, format!("given.{name}"), format!("`{decision}` does not take `{name}`"))
                    .with_cure("leave it out");
                problems.push(problem.with_nearest(name, declared.iter().map(|d| d.name.as_str())));
            }
        }
    }
    for declaration in declared.iter().filter(|d| given.get(&d.name).is_none()) {
        let message = format!("`{decision}` needs `{}`: {}", declaration.name, declaration.expected());
        problems.push(
            Problem::new(ProblemCode::Missing, format!("given.{}", declaration.name), message)
                .with_cure(format!("give `{}` with the question", declaration.name)),
        );
    }
    TrainingError::unless_empty(problems)?;
    Ok(given)
}
