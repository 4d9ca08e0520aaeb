//! A field as the reader of a spreadsheet sees it: one of the vocabulary, or one that a policy declares itself.

use crate::facts::{Absent, AnyEntity, Fact, Facts, Field, FieldKind, within};
use crate::feel::Value;
use crate::policy::{OwnFact, OwnKind, Text};
use crate::quantity::{Day, Unit, parse_day, parse_decimal};

/// What a column can fill.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spec<'p> {
    pub(crate) name: &'p str,
    pub(crate) zh: &'p str,
    pub(crate) en: &'p str,
    pub(crate) kind: FieldKind,
    pub(crate) unit: Option<&'p Unit>,
    pub(crate) sensitive: bool,
    /// What it means when it is left out.
    pub(crate) absent: Absent,
    /// Whether a cell holds several of them; lists of texts are a kind of their own.
    pub(crate) many: bool,
    /// The fact that a policy declares, where it is one.
    pub(crate) own: Option<&'p OwnFact>,
}

/// Where in its record a column puts what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Into {
    /// The field in this slot.
    Slot(usize),
    /// A policy's own fact, by its place among those that are asked for.
    Own(usize),
    /// The day on which the source recorded the record.
    Recorded,
}

impl<'p> Spec<'p> {
    /// A field of the vocabulary.
    pub(crate) fn of(field: &'static Field) -> Self {
        let Field { name, zh, en, kind, unit, sensitive, absent, .. } = field;
        Self { name, zh, en, kind: *kind, unit: unit.as_ref(), sensitive: *sensitive, absent: *absent, many: false, own: None }
    }

    /// A record that is told by its name alone: the institution of a person.
    pub(crate) fn named(field: &'static Field) -> Self {
        Self { kind: FieldKind::Text, ..Self::of(field) }
    }

    /// A policy's own fact; `None` for records.
    pub(crate) fn own(fact: &'p OwnFact) -> Option<Self> {
        let kind = match &fact.kind {
            OwnKind::Text if fact.list => FieldKind::Texts,
            OwnKind::Boolean => FieldKind::Boolean,
            OwnKind::Integer => FieldKind::Integer,
            OwnKind::Decimal => FieldKind::Decimal,
            OwnKind::Text => FieldKind::Text,
            OwnKind::Date => FieldKind::Day,
            // A code list of the vocabulary has words of its own.
            OwnKind::Code(codes) => Facts::code_list(&codes.name)
                .filter(|list| list.codes.iter().map(|c| c.code).eq(codes.codes.iter()))
                .map_or(FieldKind::Text, FieldKind::Code),
            OwnKind::Record(_) => return None,
        };
        // Free text that nobody knows may be about somebody.
        let sensitive = matches!(fact.kind, OwnKind::Text);
        Some(Self {
            name: &fact.name,
            zh: fact.zh(),
            en: fact.en(),
            kind,
            unit: fact.unit.as_ref(),
            sensitive,
            absent: fact.absent,
            many: fact.list && !matches!(kind, FieldKind::Texts),
            own: Some(fact),
        })
    }

    /// The codes of the policy's own list, each with how people call it.
    pub(crate) fn own_codes(&self) -> Option<Vec<(&'p str, Option<&'p Text>)>> {
        let own = self.own?;
        match (&own.kind, self.kind) {
            (OwnKind::Code(codes), FieldKind::Text) => {
                let words = own.words.iter().map(|word| (!word.zh.is_empty()).then_some(word)).chain(std::iter::repeat(None));
                Some(codes.codes.iter().map(String::as_str).zip(words).collect())
            }
            _ => None,
        }
    }

    /// The labels of the field, by which it is best known, and its other headers.
    pub(crate) fn headers(&self, field: Option<&'static Field>) -> impl Iterator<Item = (&'p str, u32)> + use<'p> {
        let known = field.map_or(&[][..], |field| field.headers).iter().copied();
        let own = self.own.map_or(&[][..], |own| &own.headers).iter().map(String::as_str);
        let labels = [self.zh, self.en, self.name];
        labels.into_iter().map(|label| (label, 3)).chain(known.chain(own).map(|header| (header, 2)))
    }
}

/// Gives a record what a cell says; `false` where the field does not take it.
pub(crate) fn give(record: &mut dyn AnyEntity, into: Into, spec: &Spec<'_>, fact: &Fact) -> bool {
    let slot = match into {
        Into::Slot(slot) => return record.set(slot, fact),
        Into::Recorded => {
            let day = fact.text().and_then(parse_day);
            if day.is_some() {
                *record.recorded_at() = day;
            }
            return day.is_some();
        }
        Into::Own(_) => spec.own,
    };
    let (Some(own), Some(value)) = (slot, slot.and_then(|own| value(own, fact))) else { return false };
    record.absences().2.insert(own.name.clone(), value);
    true
}

/// Says of a field that nobody told us what it is, though something stands there.
pub(crate) fn leave_unknown(record: &mut dyn AnyEntity, into: Into, spec: &Spec<'_>) {
    let name = match into {
        Into::Slot(slot) => record.entity().fields.get(slot).filter(|field| field.differs_when_untold()).map(|field| field.name.to_owned()),
        Into::Own(_) => spec.own.filter(|own| own.absent == Absent::None).map(|own| format!("extra.{}", own.name)),
        Into::Recorded => None,
    };
    record.absences().0.extend(name);
}

/// Says of a day of the vocabulary that it lies between two.
pub(crate) fn leave_within(record: &mut dyn AnyEntity, slot: usize, first: Day, last: Day) {
    if let Some(field) = record.entity().fields.get(slot) {
        record.absences().0.push(within::said(field.name, first, last));
    }
}

/// Says of a field that there is none.
pub(crate) fn leave_none(record: &mut dyn AnyEntity, into: Into, spec: &Spec<'_>) {
    match into {
        Into::Slot(slot) => {
            if let Some(field) = record.entity().fields.get(slot)
                && field.absent == Absent::Unknown
            {
                record.absences().1.push(field.name.to_owned());
            }
        }
        Into::Own(_) => record.absences().2.insert(spec.name, Value::NULL),
        Into::Recorded => {}
    }
}

/// The value of a policy's own fact, in the type that it declares.
fn value(own: &OwnFact, fact: &Fact) -> Option<Value> {
    match fact {
        Fact::Texts(texts) if own.list => {
            let items: Option<Vec<Value>> = texts.iter().map(|text| item(own, &Fact::Text(text.clone()))).collect();
            items.map(Value::List)
        }
        fact => item(own, fact),
    }
}

fn item(own: &OwnFact, fact: &Fact) -> Option<Value> {
    Some(match (&own.kind, fact) {
        (OwnKind::Boolean, Fact::Boolean(yes)) => Value::Boolean(*yes),
        (OwnKind::Integer, Fact::Whole(whole)) => Value::Number((*whole).into()),
        (OwnKind::Integer | OwnKind::Decimal, Fact::Text(text)) => Value::Number(parse_decimal(text)?),
        (OwnKind::Date, Fact::Text(text)) => Value::Date(parse_day(text)?),
        (OwnKind::Text | OwnKind::Code(_), Fact::Text(text)) => Value::Text(text.clone()),
        (OwnKind::Boolean, Fact::Text(text)) => Value::Boolean(text.parse().ok()?),
        _ => return None,
    })
}
