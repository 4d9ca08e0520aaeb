//! Calls of built-in functions: their arguments in order, and the type of what they give.

use super::builtin::{Builtin, Signature};
use super::check::{Checked, can_equal, coerce, equality_of_records, need_equality, need_held_date, need_order, unite, wrong_count};
use super::expr::Expr;
use super::syntax::{Argument, Node};
use super::types::{Measure, Type};
use super::{FeelError, Span, Value, duration};
use crate::problem::ProblemCode;

/// Puts arguments, perhaps named, in the order of the parameters.
pub(super) fn arrange<'a>(signature: &Signature, arguments: &'a [Argument], span: &Span) -> Result<Vec<&'a Node>, FeelError> {
    let named = arguments.iter().filter(|a| a.name.is_some()).count();
    if named == 0 {
        let most = if signature.variadic { usize::MAX } else { signature.parameters.len() };
        if arguments.len() < signature.needed || arguments.len() > most {
            return Err(wrong_count(span, signature.name, signature.needed));
        }
        return Ok(arguments.iter().map(|a| &a.value).collect());
    }
    if matches!(signature.builtin, Builtin::Concatenate | Builtin::Union) {
        return Err(FeelError::outside(span, format!("`{}` with a named argument, of which readers of FEEL make different things", signature.name))
            .with_cure("give it its lists without names"));
    }
    if named < arguments.len() {
        return Err(FeelError::new(ProblemCode::Syntax, span, "either all arguments are named or none")
            .with_cure("leave out the names, or give each its own"));
    }
    let parameters: &[&str] = if signature.builtin == Builtin::Date && arguments.len() == 1 { &["from"] } else { signature.parameters };
    let mut ordered = Vec::new();
    for parameter in parameters {
        let found = arguments.iter().find(|a| a.name.as_ref().is_some_and(|(name, _)| name == parameter));
        match found {
            Some(argument) => ordered.push(&argument.value),
            None if ordered.len() >= signature.needed => {}
            None => {
                return Err(FeelError::new(ProblemCode::Missing, span, format!("`{}` needs `{parameter}`", signature.name))
                    .with_cure(format!("add `{parameter}: ..`")));
            }
        }
    }
    for argument in arguments {
        if let Some((name, span)) = &argument.name
            && !parameters.contains(&name.as_str())
        {
            return Err(FeelError::new(ProblemCode::UnknownName, span, format!("`{}` has no parameter `{name}`", signature.name))
                .with_cure(format!("it has {}", parameters.join(", "))));
        }
    }
    if ordered.len() == arguments.len() {
        Ok(ordered)
    } else {
        Err(FeelError::new(ProblemCode::Duplicate, span, "an argument is named twice").with_cure("name each once"))
    }
}

/// An argument that was checked, with its place.
pub(super) type Given = (Expr, Type, Span);

/// Checks a call against its signature.
pub(super) fn call(signature: &'static Signature, given: Vec<Given>, span: &Span) -> Checked {
    if matches!(signature.builtin, Builtin::Substring | Builtin::Sublist) && matches!(given.get(2), Some((_, Type::Null, _))) {
        return Err(FeelError::outside(span, "a length that is null").with_cure("leave it out"));
    }
    let mut call = Call { signature, given, span };
    call.gather()?;
    if signature.builtin == Builtin::Duration {
        return call.duration();
    }
    let mut ty = None;
    for of_kind in [Call::number_type, Call::text_type, Call::date_type] {
        ty = ty.or(of_kind(&call)?);
    }
    let ty = match ty {
        Some(ty) => ty,
        None => call.list_type()?,
    };
    Ok((Expr::Call(signature.builtin, call.given.into_iter().map(|(expr, ..)| expr).collect()), ty))
}

fn does_not_fit(span: &Span, item: &Type) -> FeelError {
    let error = FeelError::new(ProblemCode::WrongType, span, format!("{item} does not fit into the list"));
    error.with_cure("insert what is of the type of its items")
}

/// A call with its arguments in order.
struct Call<'c> {
    signature: &'static Signature,
    given: Vec<Given>,
    span: &'c Span,
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
    /// A list function with several arguments, or with one that is no list, takes them as the items of a list.
    fn gather(&mut self) -> Result<(), FeelError> {
        use Builtin::{All, Any, Max, Mean, Min, Product, Sum};
        let gathers = matches!(self.signature.builtin, Sum | Product | Min | Max | Mean | All | Any);
        if !gathers || (self.given.len() == 1 && matches!(self.given.first(), Some((_, Type::List(_) | Type::Null, _)))) {
            return Ok(());
        }
        let mut items = Vec::new();
        let mut ty = Type::Null;
        for (expr, item, span) in std::mem::take(&mut self.given) {
            let (_, expr, joined) = unite((Expr::Literal(Value::NULL), ty), (expr, item), &span, "the arguments")?;
            ty = joined;
            items.push(expr);
        }
        self.given = vec![(Expr::List(items), Type::List(Box::new(ty)), self.span.clone())];
        Ok(())
    }

    fn need(&self, index: usize, what: &str, fits: &dyn Fn(&Type) -> bool) -> Result<(), FeelError> {
        match self.given.get(index) {
            Some((_, ty, span)) if *ty != Type::Null && !fits(ty) => {
                let message = format!("`{}` expects {what} here, got {ty}", self.signature.name);
                Err(FeelError::new(ProblemCode::WrongType, span, message).with_cure(format!("give it {what}")))
            }
            _ => Ok(()),
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

    /// The type of what a function of lists gives.
    fn list_type(&mut self) -> Result<Type, FeelError> {
        use Builtin as B;
        let (span, name) = (self.span, self.signature.name);
        let builtin = self.signature.builtin;
        Ok(match builtin {
            B::Not => {
                self.need(0, "a condition", &|t| *t == Type::Boolean)?;
                Type::Boolean
            }
            B::Total | B::Sum | B::Mean => {
                self.need(0, "a list of numbers", &list_of(|t| matches!(t, Type::Number(_))))?;
                self.item_of(0)
            }
            B::Product => {
                self.need(0, "a list of numbers without a unit", &list_of(|t| matches!(t, Type::Number(m) if m.unit().is_none())))?;
                self.item_of(0)
            }
            B::Count => {
                self.need(0, "a list", &is_list)?;
                Type::ONE
            }
            B::Min | B::Max => {
                self.need(0, "a list", &is_list)?;
                need_order(&self.item_of(0), span)?;
                self.item_of(0)
            }
            B::All | B::Any => {
                self.need(0, "a list of conditions", &list_of(|t| *t == Type::Boolean))?;
                Type::Boolean
            }
            B::ListContains | B::IndexOf => {
                self.need(0, "a list", &is_list)?;
                let (item, span) = (self.item_of(0), self.given.get(1).map_or(span.clone(), |(_, _, s)| s.clone()));
                if let Some(second) = self.given.get_mut(1) {
                    let (expr, ty) = coerce((second.0.clone(), second.1.clone()), &item, &span)?;
                    need_equality(&item, &ty, &span)?;
                    second.0 = expr;
                }
                if builtin == B::ListContains { Type::Boolean } else { Type::List(Box::new(Type::ONE)) }
            }
            B::Append => {
                self.need(0, "a list", &is_list)?;
                let mut ty = self.item_of(0);
                for (expr, item, span) in self.given.iter_mut().skip(1) {
                    let (_, united, joined) = unite((Expr::Literal(Value::NULL), ty), (expr.clone(), item.clone()), span, "the items of a list")?;
                    *expr = united;
                    ty = joined;
                }
                Type::List(Box::new(ty))
            }
            B::Concatenate | B::Union => {
                let mut ty = Type::List(Box::new(Type::Null));
                for (_, list, span) in &self.given {
                    let joined = ty.join(list).filter(|t| matches!(t, Type::List(_)));
                    ty = joined.ok_or_else(|| {
                        FeelError::new(ProblemCode::WrongType, span, format!("`{name}` expects lists of one type, got {list}"))
                            .with_cure("give it lists whose items are of one type")
                    })?;
                }
                if builtin == B::Union && !can_equal(&ty) {
                    return Err(equality_of_records(span));
                }
                ty
            }
            B::DistinctValues | B::Reverse => {
                self.need(0, "a list", &is_list)?;
                if builtin == B::DistinctValues && !can_equal(&self.first_type()) {
                    return Err(equality_of_records(span));
                }
                self.first_type()
            }
            B::Flatten => {
                self.need(0, "a list", &is_list)?;
                let mut item = self.item_of(0);
                while let Type::List(inner) = item {
                    item = *inner;
                }
                Type::List(Box::new(item))
            }
            B::Sublist => {
                self.need(0, "a list", &is_list)?;
                self.need(1, "a number", &number)?;
                self.need(2, "a number", &number)?;
                self.first_type()
            }
            B::Remove => {
                self.need(0, "a list", &is_list)?;
                self.need(1, "a number", &number)?;
                self.first_type()
            }
            B::InsertBefore => {
                self.need(0, "a list", &is_list)?;
                self.need(1, "a number", &number)?;
                let item = self.given.get(2).map_or(Type::Null, |(_, ty, _)| ty.clone());
                match self.item_of(0).join(&item) {
                    Some(ty) => Type::List(Box::new(ty)),
                    None => return Err(does_not_fit(span, &item)),
                }
            }
            _ => return Err(FeelError::outside(span, format!("`{name}` without an order")).with_cure("give the order as `function(x, y) x < y`")),
        })
    }

    /// The type of what a function of numbers gives; `None` for other functions.
    fn number_type(&self) -> Result<Option<Type>, FeelError> {
        use Builtin as B;
        let span = self.span;
        let builtin = self.signature.builtin;
        Ok(Some(match builtin {
            B::Abs => {
                self.need(0, "a number or a duration", &|t| matches!(t, Type::Number(_) | Type::Months | Type::Seconds))?;
                self.first_type()
            }
            B::Floor | B::Ceiling | B::RoundUp | B::RoundDown | B::RoundHalfUp | B::RoundHalfDown | B::Decimal => {
                self.need(0, "a number", &number)?;
                self.need(1, "a number", &number)?;
                if self.first_type() == Type::Null { Type::ONE } else { self.first_type() }
            }
            B::Modulo => {
                self.need(0, "a number", &number)?;
                self.need(1, "a number", &number)?;
                match self.first_type().join(&self.given.get(1).map_or(Type::Null, |(_, ty, _)| ty.clone())) {
                    Some(ty) => ty,
                    None => {
                        return Err(FeelError::new(ProblemCode::UnitMismatch, span, "the two numbers have different units")
                            .with_cure("give it two numbers of one unit"));
                    }
                }
            }
            B::Odd | B::Even => {
                self.need(0, "a number", &number)?;
                Type::Boolean
            }
            _ => return Ok(None),
        }))
    }

    /// The type of what a function of text gives; `None` for other functions.
    fn text_type(&self) -> Result<Option<Type>, FeelError> {
        use Builtin as B;
        let builtin = self.signature.builtin;
        Ok(Some(match builtin {
            B::StartsWith | B::EndsWith | B::Contains => {
                self.need(0, "text", &text)?;
                self.need(1, "text", &text)?;
                Type::Boolean
            }
            B::Substring => {
                self.need(0, "text", &text)?;
                self.need(1, "a number", &number)?;
                self.need(2, "a number", &number)?;
                Type::Text
            }
            B::SubstringBefore | B::SubstringAfter | B::UpperCase | B::LowerCase => {
                self.need(0, "text", &text)?;
                self.need(1, "text", &text)?;
                Type::Text
            }
            B::StringLength => {
                self.need(0, "text", &text)?;
                Type::ONE
            }
            B::Draw => {
                self.need(0, "a list of texts", &list_of(text))?;
                self.need(1, "text", &text)?;
                self.need(2, "a number", &number)?;
                Type::List(Box::new(Type::Text))
            }
            _ => return Ok(None),
        }))
    }

    /// The type of what a function of dates gives; `None` for other functions.
    fn date_type(&self) -> Result<Option<Type>, FeelError> {
        use Builtin as B;
        let span = self.span;
        let builtin = self.signature.builtin;
        Ok(Some(match builtin {
            B::Date => {
                if let [(Expr::Literal(Value::Text(text)), _, span)] = self.given.as_slice() {
                    need_held_date(text, span)?;
                }
                match self.given.len() {
                    1 => self.need(0, "text or a date", &|t| matches!(t, Type::Text | Type::Date))?,
                    3 => (0..3).try_for_each(|i| self.need(i, "a number", &number))?,
                    _ => {
                        return Err(FeelError::new(ProblemCode::WrongType, span, "`date` takes one text, or year, month and day")
                            .with_cure("write `date(\"2024-01-31\")` or `date(2024, 1, 31)`"));
                    }
                }
                Type::Date
            }
            B::YearsAndMonths => {
                self.need(0, "a date", &date)?;
                self.need(1, "a date", &date)?;
                Type::Months
            }
            B::DayOfYear | B::WeekOfYear => {
                self.need(0, "a date", &date)?;
                Type::ONE
            }
            B::DayOfWeek | B::MonthOfYear => {
                self.need(0, "a date", &date)?;
                Type::Text
            }
            B::MergedEpisodes => {
                self.need(0, "a list of ranges of dates", &episodes)?;
                self.first_type()
            }
            B::ClippedEpisodes => {
                self.need(0, "a list of ranges of dates", &episodes)?;
                self.need(1, "a range of dates", &|t| matches!(t, Type::Range(end) if **end == Type::Date))?;
                Type::List(Box::new(Type::Range(Box::new(Type::Date))))
            }
            B::WholeMonths => {
                self.need(0, "a list of ranges of dates", &episodes)?;
                Type::Number(Measure::In(crate::quantity::Unit::Month))
            }
            B::LargestOverlap => {
                self.need(0, "a list of ranges of dates", &episodes)?;
                Type::ONE
            }
            _ => return Ok(None),
        }))
    }

    /// A duration that is written out: of which kind it is, only its text says.
    fn duration(&self) -> Checked {
        let span = self.span;
        let ty = match self.given.first() {
            Some((Expr::Literal(Value::Text(text)), _, span)) => match duration::parse(text) {
                Some(duration::Duration::Months(_)) => Type::Months,
                Some(duration::Duration::Seconds(_)) => Type::Seconds,
                None if duration::is_too_long(text) => {
                    return Err(FeelError::new(crate::problem::ProblemCode::OutOfRange, span, "a duration that is too long to be held")
                        .with_cure("write a shorter one"));
                }
                None if text.contains('.') => {
                    return Err(FeelError::outside(span, "a duration with a part of a second").with_cure("write whole seconds, such as `@\"PT3S\"`"));
                }
                None => return Ok((Expr::Literal(Value::NULL), Type::Null)),
            },
            Some((_, Type::Null, _)) => Type::Null,
            _ => return Err(FeelError::outside(span, "a duration that is not written out").with_cure("write `duration(\"P6M\")` or `@\"P6M\"`")),
        };
        Ok((Expr::Call(Builtin::Duration, self.given.iter().map(|(expr, ..)| expr.clone()).collect()), ty))
    }
}
