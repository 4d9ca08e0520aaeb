//! Figures: the two sides of a comparison, and what lies between them.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};
use smol_str::{SmolStr, SmolStrBuilder};

use crate::feel::{Bounds, Comparator, Measure, Type, Val, Value};
use crate::quantity::Unit;

use super::{Figure, Relation};

/// A comparison as it was judged.
pub(super) struct JudgedFigure<'a> {
    pub(super) comparator: Comparator,
    pub(super) actual: Val<'a>,
    pub(super) required: Val<'a>,
    pub(super) ty: &'a Type,
    /// Whether the comparison certainly holds.
    pub(super) holds: bool,
    /// Whether it certainly does not.
    pub(super) fails: bool,
}

/// The place of the figure that decides: the first that does not hold.
pub(super) fn decisive(figures: &[JudgedFigure<'_>]) -> usize {
    figures.iter().position(|figure| !figure.holds).unwrap_or(0)
}

impl JudgedFigure<'_> {
    pub(super) fn unit(&self) -> Option<&Unit> {
        if let Type::Number(measure @ Measure::In(_)) = self.ty { measure.unit() } else { None }
    }

    pub(super) fn relation(&self) -> Relation {
        self.comparator.into()
    }

    /// What is asked. Money is reported in whole fen, a minimum rounded up and a maximum down (reading R6); what must be more or less
    /// than an amount is no minimum or maximum, and is told as it is.
    pub(super) fn required_value(&self) -> Option<Value> {
        const PLACES_OF_YUAN: u32 = 2;
        let value = self.required.clone().into_value(self.ty)?;
        let strategy = match self.relation() {
            Relation::AtLeast => RoundingStrategy::ToPositiveInfinity,
            Relation::AtMost => RoundingStrategy::ToNegativeInfinity,
            _ => return Some(value),
        };
        Some(match value {
            Value::Number(n) if self.unit() == Some(&Unit::Yuan) => Value::Number(n.round_dp_with_strategy(PLACES_OF_YUAN, strategy)),
            value => value,
        })
    }

    pub(super) fn actual_value(&self) -> Option<Value> {
        self.actual.clone().into_value(self.ty)
    }

    /// How much is missing, or too much; nothing where a side is open or no number.
    pub(super) fn shortfall(&self) -> Option<Decimal> {
        // Reported money is rounded, and what is met lacks nothing for that.
        if self.holds && matches!(self.ty, Type::Number(_)) && self.relation() != Relation::NotEqual {
            return Some(Decimal::ZERO);
        }
        let (Some(Value::Number(actual)), Some(Value::Number(required))) = (self.actual_value(), self.required_value()) else { return None };
        let missing = match self.relation() {
            Relation::AtLeast | Relation::MoreThan => required.checked_sub(actual)?,
            Relation::AtMost | Relation::LessThan => actual.checked_sub(required)?,
            Relation::Equal => (actual.checked_sub(required)?).abs(),
            Relation::NotEqual => return None,
        };
        Some(if missing.cmp(&Decimal::ZERO) == Ordering::Less { Decimal::ZERO } else { missing.normalize() })
    }

    /// At least and at most what is there, where missing facts leave it open.
    pub(super) fn open_bounds(&self) -> Option<Bounds> {
        if matches!(self.actual, Val::Unsure(_)) { self.actual.bounds() } else { None }
    }

    pub(super) fn write(&self) -> Figure {
        let bounds = self.open_bounds();
        Figure {
            actual: shown(self.actual_value()),
            actual_low: bounds.and_then(|b| b.low).map(number_text),
            actual_high: bounds.and_then(|b| b.high).map(number_text),
            required: shown(self.required_value()),
            shortfall: self.shortfall().map(number_text),
            relation: self.relation(),
            unit: self.unit().cloned(),
            holds: (self.holds || self.fails).then_some(self.holds),
        }
    }
}

impl From<Comparator> for Relation {
    fn from(comparator: Comparator) -> Self {
        match comparator {
            Comparator::Equal => Self::Equal,
            Comparator::NotEqual => Self::NotEqual,
            Comparator::Less => Self::LessThan,
            Comparator::LessOrEqual => Self::AtMost,
            Comparator::Greater => Self::MoreThan,
            Comparator::GreaterOrEqual => Self::AtLeast,
        }
    }
}

/// A value as a verdict shows it: a list as JSON, of which no item is mistaken for two; null is not shown.
pub(crate) fn shown(value: Option<Value>) -> Option<SmolStr> {
    match value? {
        Value::Null(_) => None,
        Value::Text(text) => Some(text.into()),
        Value::Number(n) => Some(number_text(n)),
        other => Some(other.to_string().into()),
    }
}

/// The same of a value of this type that is still being computed with.
pub(crate) fn shown_as(value: Val<'_>, ty: &Type) -> Option<SmolStr> {
    match (&value, ty) {
        (Val::Number(n), _) => Some(number_text(*n)),
        (Val::Text(text), _) => Some(text.as_str().into()),
        (Val::Code(code), Type::Code(codes)) => codes.codes.get(usize::from(*code)).map(SmolStr::from),
        _ => shown(value.into_value(ty)),
    }
}

/// A number in its one text form; most have few digits, and are quickly written.
fn number_text(number: Decimal) -> SmolStr {
    let number = number.normalize();
    let Ok(mantissa) = i64::try_from(number.mantissa()) else { return number.to_string().into() };
    let mut buffer = itoa::Buffer::new();
    if number.scale() == 0 {
        return buffer.format(mantissa).into();
    }
    let (digits, behind) = (buffer.format(mantissa.unsigned_abs()), number.scale() as usize);
    let mut text = SmolStrBuilder::new();
    if mantissa < 0 {
        text.push('-');
    }
    let (whole, part) = digits.split_at(digits.len().saturating_sub(behind));
    text.push_str(if whole.is_empty() { "0" } else { whole });
    text.push('.');
    (part.len()..behind).for_each(|_| text.push('0'));
    text.push_str(part);
    text.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_text_that_it_has_anywhere() {
        for digits in [0, 1, -1, 5, -5, 10, 99, 100, -100, 125, 1_000, 123_456_789, -123_456_789, i64::MAX, i64::MIN] {
            for scale in 0..=28 {
                let number = Decimal::from_i128_with_scale(digits.into(), scale);
                assert_eq!(number_text(number).as_str(), number.normalize().to_string());
            }
        }
    }
}
