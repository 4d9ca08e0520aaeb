//! Calls of built-in functions: their arguments in order, and the type of what they give.

use super::builtin::{Builtin, Signature};
use super::check::{AllChecked, Typed, UNKNOWN, can_equal, coerce, equality_of_records, need_equality, need_held_date, need_order, unite};
use super::error::Wrong;
use super::expr::Expr;
use super::syntax::{Argument, Node};
use super::types::{Measure, Type};
use super::{FeelError, FeelErrors, Span, Value, duration};
use crate::problem::{ProblemCode, nearest};

/// Puts arguments, perhaps named, in the order of the parameters.
pub(super) fn arrange<'a>(signature: &Signature, arguments: &'a [Argument], span: &Span) -> Result<Vec<&'a Node>, FeelErrors> {
    let named = arguments.iter().filter(|a| a.name.is_some()).count();
    if named == 0 {
        let most = if signature.variadic { usize::MAX } else { signature.parameters.len() };
        if arguments.len() < signature.needed || arguments.len() > most {
            return Err(wrong_count(signature, span).into());
        }
        return Ok(arguments.iter().map(|a| &a.value).collect());
    }
    if matches!(signature.builtin, Builtin::Concatenate | Builtin::Union) {
        return Err(FeelError::outside(span, format!("`{}` with a named argument, of which readers of FEEL make different things", signature.name))
            .with_cure("give it its lists without names")
            .into());
    }
    if named < arguments.len() {
        return Err(FeelError::new(ProblemCode::Syntax, span, "either all arguments are named or none")
            .with_cure("leave out the names, or give each its own")
            .into());
    }
    by_name(signature, arguments, span)
}

/// Puts arguments that are all named in the order of the parameters.
fn by_name<'a>(signature: &Signature, arguments: &'a [Argument], span: &Span) -> Result<Vec<&'a Node>, FeelErrors> {
    let (parameters, needed) = parameters_of(signature, arguments);
    let mut wrong = Wrong::default();
    let mut missing: Vec<&str> = parameters.iter().copied().take(needed).collect();
    let mut named: Vec<(&str, &Node)> = Vec::new();
    let mut unknown = Vec::new();
    for argument in arguments {
        let Some((name, place)) = &argument.name else { continue };
        missing.retain(|parameter| parameter != name);
        if !parameters.contains(&name.as_str()) {
            unknown.push((name, place));
        } else if named.iter().any(|(known, _)| known == name) {
            wrong.tell(FeelError::new(ProblemCode::Duplicate, place, format!("`{name}` is named twice")).with_cure("name each once"));
        } else {
            named.push((name, &argument.value));
        }
    }
    for (name, place) in unknown {
        let error = FeelError::new(ProblemCode::UnknownName, place, format!("`{}` has no parameter `{name}`", signature.name));
        let meant = nearest(name, missing.iter().copied()).or(missing.first().copied());
        // What is called by another name is not missing as well.
        missing.retain(|parameter| Some(*parameter) != meant);
        wrong.tell(error.with_cure(format!("it has {}", parameters.join(", "))).with_nearest(name, parameters.iter().copied()));
    }
    for parameter in missing {
        let error = FeelError::new(ProblemCode::Missing, span, format!("`{}` needs `{parameter}`", signature.name));
        wrong.tell(error.with_cure(format!("add `{parameter}: ..`")));
    }
    let in_order = parameters.iter().filter_map(|parameter| named.iter().find(|(name, _)| name == parameter));
    wrong.unless_any(Some(in_order.map(|(_, node)| *node).collect()))
}

/// The parameters that a call with these names means, and how many of them must be there: a date is made from one value or from three.
fn parameters_of(signature: &Signature, arguments: &[Argument]) -> (&'static [&'static str], usize) {
    let is_named = |argument: &Argument| argument.name.as_ref().is_some_and(|(name, _)| signature.parameters.contains(&name.as_str()));
    match signature.builtin {
        Builtin::Date if arguments.iter().any(is_named) => (signature.parameters, signature.parameters.len()),
        Builtin::Date => (&["from"], 1),
        _ => (signature.parameters, signature.needed),
    }
}

/// What is wrong with a call of so many arguments.
fn wrong_count(signature: &Signature, span: &Span) -> FeelError {
    if signature.builtin == Builtin::Date {
        return FeelError::new(ProblemCode::WrongType, span, "`date` takes one text, or year, month and day")
            .with_cure("write `date(\"2024-01-31\")` or `date(2024, 1, 31)`");
    }
    let (needed, most) = (signature.needed, signature.parameters.len());
    let (count, last) = match (signature.variadic, needed == most) {
        (true, _) => (format!("at least {needed}"), needed),
        (false, true) => (needed.to_string(), needed),
        (false, false) => (format!("{needed} or {most}"), most),
    };
    let plural = if last == 1 { "" } else { "s" };
    let (asked, optional) = signature.parameters.split_at(needed.min(most));
    let mut cure = format!("give it {}", quoted(asked));
    if !optional.is_empty() {
        cure = format!("{cure}, and {} where it is wanted", quoted(optional));
    }
    FeelError::new(ProblemCode::WrongType, span, format!("`{}` takes {count} argument{plural}", signature.name)).with_cure(cure)
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// An argument: what it is, where that is right as far as it is known.
pub(super) struct Given<'n> {
    pub(super) node: &'n Node,
    pub(super) checked: Option<Typed>,
}

/// Checks a call against its signature; `wrong` is what is wrong in its arguments.
pub(super) fn call(signature: &'static Signature, given: Vec<Given<'_>>, span: &Span, wrong: Wrong) -> AllChecked {
    let is_null = |argument: &Given<'_>| matches!(argument.checked, Some((_, Type::Null)));
    let null_length = matches!(signature.builtin, Builtin::Substring | Builtin::Sublist) && given.get(2).is_some_and(is_null);
    let given = given.into_iter().map(|argument| {
        let (expr, ty) = argument.checked.unwrap_or(UNKNOWN);
        (expr, ty, argument.node.span.clone())
    });
    let mut call = Call { signature, given: given.collect(), span, wrong };
    if null_length {
        call.tell(FeelError::outside(span, "a length that is null").with_cure("leave it out"));
    }
    if !call.gather() {
        return call.wrong.unless_any(None);
    }
    let ty = if signature.builtin == Builtin::Duration { call.duration() } else { Some(call.result()) };
    let Call { given, wrong, .. } = call;
    let called = |ty| (Expr::Call(signature.builtin, given.into_iter().map(|(expr, ..)| expr).collect()), ty);
    // A text that is no duration is null, as FEEL has it.
    wrong.unless_any(Some(ty.map_or(UNKNOWN, called)))
}

fn does_not_fit(span: &Span, item: &Type) -> FeelError {
    let error = FeelError::new(ProblemCode::WrongType, span, format!("{item} does not fit into the list"));
    error.with_cure("insert what is of the type of its items")
}

/// A call with its arguments in order, and what was found wrong with it so far.
struct Call<'c> {
    signature: &'static Signature,
    given: Vec<(Expr, Type, Span)>,
    span: &'c Span,
    wrong: Wrong,
}

fn is_list(ty: &Type) -> bool {
    matches!(ty, Type::List(_))
}

fn list_of(fits: fn(&Type) -> bool) -> impl Fn(&Type) -> bool {
    move |ty| matches!(ty, Type::List(item) if **item == Type::Null || fits(item))
}

fn number(ty: &Type) -> bool {
    matches!(ty, Type::Number(_))
}

fn text(ty: &Type) -> bool {
    *ty == Type::Text
}

fn date(ty: &Type) -> bool {
    *ty == Type::Date
}

fn episodes(ty: &Type) -> bool {
    let of_dates = |item: &Type| matches!(item, Type::Null) || matches!(item, Type::Range(end) if matches!(**end, Type::Date | Type::Null));
    matches!(ty, Type::List(item) if of_dates(item))
}

impl Call<'_> {
    fn tell(&mut self, error: FeelError) {
        self.wrong.tell(error);
    }

    /// A list function with several arguments, or with one that is no list, takes them as the items of a list; whether they make one.
    fn gather(&mut self) -> bool {
        use Builtin::{All, Any, Max, Mean, Min, Product, Sum};
        let gathers = matches!(self.signature.builtin, Sum | Product | Min | Max | Mean | All | Any);
        if !gathers || (self.given.len() == 1 && matches!(self.given.first(), Some((_, Type::List(_) | Type::Null, _)))) {
            return true;
        }
        let (mut items, mut ty, mut is_one) = (Vec::new(), Type::Null, true);
        for (expr, item, span) in std::mem::take(&mut self.given) {
            let united = unite((Expr::Literal(Value::NULL), ty.clone()), (expr, item), &span, "the arguments");
            is_one &= united.is_ok();
            if let Some((_, expr, joined)) = self.wrong.take(united) {
                ty = joined;
                items.push(expr);
            }
        }
        self.given = vec![(Expr::List(items), Type::List(Box::new(ty)), self.span.clone())];
        is_one
    }

    /// Tells an argument of another kind; whether it is of this one, as far as is known.
    fn need(&mut self, index: usize, what: &str, fits: &dyn Fn(&Type) -> bool) -> bool {
        match self.given.get(index) {
            Some((_, ty, span)) if *ty != Type::Null && !fits(ty) => {
                let message = format!("`{}` expects {what} here, got {ty}", self.signature.name);
                let error = FeelError::new(ProblemCode::WrongType, span, message).with_cure(format!("give it {what}"));
                self.tell(error);
                false
            }
            _ => true,
        }
    }

    fn item_of(&self, index: usize) -> Type {
        match self.given.get(index) {
            Some((_, Type::List(item), _)) => (**item).clone(),
            _ => Type::Null,
        }
    }

    fn first_type(&self) -> Type {
        self.given.first().map_or(Type::Null, |(_, ty, _)| ty.clone())
    }

    /// The type of what it gives; null, which meets every type, where something is wrong that leaves it open.
    fn result(&mut self) -> Type {
        let of_kind = self.number_type().or_else(|| self.text_type()).or_else(|| self.date_type());
        of_kind.unwrap_or_else(|| self.list_type())
    }

    /// The type of what a function of lists gives.
    fn list_type(&mut self) -> Type {
        use Builtin as B;
        let (span, name) = (self.span, self.signature.name);
        let builtin = self.signature.builtin;
        match builtin {
            B::Not => {
                self.need(0, "a condition", &|t| *t == Type::Boolean);
                Type::Boolean
            }
            B::Total | B::Sum | B::Mean => {
                self.need(0, "a list of numbers", &list_of(|t| matches!(t, Type::Number(_))));
                self.item_of(0)
            }
            B::Product => {
                self.need(0, "a list of numbers without a unit", &list_of(|t| matches!(t, Type::Number(m) if m.unit().is_none())));
                self.item_of(0)
            }
            B::Count => {
                self.need(0, "a list", &is_list);
                Type::ONE
            }
            B::Min | B::Max => {
                self.need(0, "a list", &is_list);
                let ordered = need_order(&self.item_of(0), span);
                self.wrong.take(ordered);
                self.item_of(0)
            }
            B::All | B::Any => {
                self.need(0, "a list of conditions", &list_of(|t| *t == Type::Boolean));
                Type::Boolean
            }
            B::ListContains | B::IndexOf => {
                self.need(0, "a list", &is_list);
                let (item, span) = (self.item_of(0), self.given.get(1).map_or(span.clone(), |(_, _, s)| s.clone()));
                if let Some(second) = self.given.get_mut(1) {
                    let typed = coerce((second.0.clone(), second.1.clone()), &item, &span);
                    if let Some((expr, ty)) = self.wrong.take(typed) {
                        self.wrong.take(need_equality(&item, &ty, &span));
                        second.0 = expr;
                    }
                }
                if builtin == B::ListContains { Type::Boolean } else { Type::List(Box::new(Type::ONE)) }
            }
            B::Append => {
                self.need(0, "a list", &is_list);
                let mut ty = self.item_of(0);
                for (expr, item, span) in self.given.iter_mut().skip(1) {
                    let united = unite((Expr::Literal(Value::NULL), ty.clone()), (expr.clone(), item.clone()), span, "the items of a list");
                    if let Some((_, united, joined)) = self.wrong.take(united) {
                        *expr = united;
                        ty = joined;
                    }
                }
                Type::List(Box::new(ty))
            }
            B::Concatenate | B::Union => self.joined_lists(),
            B::DistinctValues | B::Reverse => {
                let is_list = self.need(0, "a list", &is_list);
                if is_list && builtin == B::DistinctValues && !can_equal(&self.first_type()) {
                    self.tell(equality_of_records(span));
                }
                self.first_type()
            }
            B::Flatten => {
                self.need(0, "a list", &is_list);
                let mut item = self.item_of(0);
                while let Type::List(inner) = item {
                    item = *inner;
                }
                Type::List(Box::new(item))
            }
            B::Sublist => {
                self.need(0, "a list", &is_list);
                self.need(1, "a number", &number);
                self.need(2, "a number", &number);
                self.first_type()
            }
            B::Remove => {
                self.need(0, "a list", &is_list);
                self.need(1, "a number", &number);
                self.first_type()
            }
            B::InsertBefore => {
                self.need(0, "a list", &is_list);
                self.need(1, "a number", &number);
                let item = self.given.get(2).map_or(Type::Null, |(_, ty, _)| ty.clone());
                let joined = self.item_of(0).join(&item).ok_or_else(|| does_not_fit(span, &item));
                self.wrong.take(joined).map_or(Type::Null, |ty| Type::List(Box::new(ty)))
            }
            _ => {
                self.tell(FeelError::outside(span, format!("`{name}` without an order")).with_cure("give the order as `function(x, y) x < y`"));
                Type::Null
            }
        }
    }

    /// The type of the list that several lists make.
    fn joined_lists(&mut self) -> Type {
        let mut ty = Type::List(Box::new(Type::Null));
        for (_, list, span) in &self.given {
            let joined = ty.join(list).filter(|t| matches!(t, Type::List(_)));
            let error = || {
                let error = FeelError::new(ProblemCode::WrongType, span, format!("`{}` expects lists of one type, got {list}", self.signature.name));
                error.with_cure("give it lists whose items are of one type")
            };
            ty = self.wrong.take(joined.ok_or_else(error)).unwrap_or(ty);
        }
        if self.signature.builtin == Builtin::Union && !can_equal(&ty) {
            self.tell(equality_of_records(self.span));
        }
        ty
    }

    /// The type of what a function of numbers gives; `None` for other functions.
    fn number_type(&mut self) -> Option<Type> {
        use Builtin as B;
        let span = self.span;
        let builtin = self.signature.builtin;
        Some(match builtin {
            B::Abs => {
                self.need(0, "a number or a duration", &|t| matches!(t, Type::Number(_) | Type::Months | Type::Seconds));
                self.first_type()
            }
            B::Floor | B::Ceiling | B::RoundUp | B::RoundDown | B::RoundHalfUp | B::RoundHalfDown | B::Decimal => {
                self.need(0, "a number", &number);
                self.need(1, "a number", &number);
                if self.first_type() == Type::Null { Type::ONE } else { self.first_type() }
            }
            B::Modulo => {
                let are_numbers = [0, 1].map(|index| self.need(index, "a number", &number)) == [true, true];
                let joined = self.first_type().join(&self.given.get(1).map_or(Type::Null, |(_, ty, _)| ty.clone()));
                if are_numbers && joined.is_none() {
                    let error = FeelError::new(ProblemCode::UnitMismatch, span, "the two numbers have different units");
                    self.tell(error.with_cure("give it two numbers of one unit"));
                }
                joined.unwrap_or(Type::Null)
            }
            B::Odd | B::Even => {
                self.need(0, "a number", &number);
                Type::Boolean
            }
            _ => return None,
        })
    }

    /// The type of what a function of text gives; `None` for other functions.
    fn text_type(&mut self) -> Option<Type> {
        use Builtin as B;
        let builtin = self.signature.builtin;
        Some(match builtin {
            B::StartsWith | B::EndsWith | B::Contains => {
                self.need(0, "text", &text);
                self.need(1, "text", &text);
                Type::Boolean
            }
            B::Substring => {
                self.need(0, "text", &text);
                self.need(1, "a number", &number);
                self.need(2, "a number", &number);
                Type::Text
            }
            B::SubstringBefore | B::SubstringAfter | B::UpperCase | B::LowerCase => {
                self.need(0, "text", &text);
                self.need(1, "text", &text);
                Type::Text
            }
            B::StringLength => {
                self.need(0, "text", &text);
                Type::ONE
            }
            B::Draw => {
                self.need(0, "a list of texts", &list_of(text));
                self.need(1, "text", &text);
                self.need(2, "a number", &number);
                Type::List(Box::new(Type::Text))
            }
            _ => return None,
        })
    }

    /// The type of what a function of dates gives; `None` for other functions.
    fn date_type(&mut self) -> Option<Type> {
        use Builtin as B;
        let span = self.span;
        let builtin = self.signature.builtin;
        Some(match builtin {
            B::Date => {
                if let [(Expr::Literal(Value::Text(text)), _, span)] = self.given.as_slice() {
                    self.wrong.take(need_held_date(text, span));
                }
                match self.given.len() {
                    1 => {
                        self.need(0, "text or a date", &|t| matches!(t, Type::Text | Type::Date));
                    }
                    3 => {
                        (0..3).for_each(|index| {
                            self.need(index, "a number", &number);
                        });
                    }
                    _ => self.tell(wrong_count(self.signature, span)),
                }
                Type::Date
            }
            B::YearsAndMonths => {
                self.need(0, "a date", &date);
                self.need(1, "a date", &date);
                Type::Months
            }
            B::DayOfYear | B::WeekOfYear => {
                self.need(0, "a date", &date);
                Type::ONE
            }
            B::DayOfWeek | B::MonthOfYear => {
                self.need(0, "a date", &date);
                Type::Text
            }
            B::MergedEpisodes => {
                self.need(0, "a list of ranges of dates", &episodes);
                self.first_type()
            }
            B::ClippedEpisodes => {
                self.need(0, "a list of ranges of dates", &episodes);
                self.need(1, "a range of dates", &|t| matches!(t, Type::Range(end) if **end == Type::Date));
                Type::List(Box::new(Type::Range(Box::new(Type::Date))))
            }
            B::WholeMonths => {
                self.need(0, "a list of ranges of dates", &episodes);
                Type::Number(Measure::In(crate::quantity::Unit::Month))
            }
            B::LargestOverlap => {
                self.need(0, "a list of ranges of dates", &episodes);
                Type::ONE
            }
            _ => return None,
        })
    }

    /// The type of a duration that is written out: of which kind it is, only its text says. `None` where that says none.
    fn duration(&mut self) -> Option<Type> {
        let error = match self.given.first() {
            Some((Expr::Literal(Value::Text(text)), _, span)) => match duration::parse(text) {
                Some(duration::Duration::Months(_)) => return Some(Type::Months),
                Some(duration::Duration::Seconds(_)) => return Some(Type::Seconds),
                None if duration::is_too_long(text) => {
                    FeelError::new(ProblemCode::OutOfRange, span, "a duration that is too long to be held").with_cure("write a shorter one")
                }
                None if text.contains('.') => {
                    FeelError::outside(span, "a duration with a part of a second").with_cure("write whole seconds, such as `@\"PT3S\"`")
                }
                None => return None,
            },
            Some((_, Type::Null, _)) => return Some(Type::Null),
            _ => FeelError::outside(self.span, "a duration that is not written out").with_cure("write `duration(\"P6M\")` or `@\"P6M\"`"),
        };
        self.tell(error);
        None
    }
}
