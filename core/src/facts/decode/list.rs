//! Lists: of texts, and of records. A list that is given is complete.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::scalar::Scalar;
use super::{AnyEntity, DecodeEntity, FactValue, Place, RecordPlace, RecordVisit, Seed};
use crate::facts::FieldKind;
use crate::feel::{Datum, Records};
use crate::problem::ProblemCode;
use crate::quantity::Day;

impl FactValue for Vec<String> {
    const KIND: FieldKind = FieldKind::Texts;

    fn datum(&self) -> Datum<'_> {
        Datum::Texts(self)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        source.deserialize_any(ListVisitor { place, items: PhantomData::<String> })
    }
}

impl<T: FactValue + DecodeEntity + 'static> FactValue for Vec<T> {
    const KIND: FieldKind = FieldKind::Records(|| T::ENTITY);

    fn datum(&self) -> Datum<'_> {
        Datum::Records(self as &dyn Records)
    }

    fn decode<'de, D: Deserializer<'de>>(source: D, place: &mut Place) -> Result<Option<Self>, D::Error> {
        source.deserialize_any(ListVisitor { place, items: PhantomData::<T> })
    }

    fn each_record_mut(&mut self, name: &'static str, visit: &mut RecordVisit<'_>) {
        for (index, record) in self.iter_mut().enumerate() {
            DecodeEntity::each_record_mut(record, &mut |place, entity, unknown, extra| {
                visit(place.below(&format!("{name}[{index}]")), entity, unknown, extra);
            });
            let (unknown, _, extra) = record.absences();
            visit(RecordPlace(format!("{name}[{index}]")), T::ENTITY, unknown, extra);
        }
    }

    fn leave_out_later(&mut self, day: Day) -> bool {
        self.retain_mut(|record| DecodeEntity::leave_out_later(record, day));
        true
    }

    fn of_records(records: Vec<Box<dyn AnyEntity>>) -> Option<Self> {
        records.into_iter().map(|record| record.into_any().downcast().ok().map(|record: Box<T>| *record)).collect()
    }
}

/// Visits a single record and those inside it.
pub fn visit_record<T: DecodeEntity>(record: &mut T, name: &str, visit: &mut RecordVisit<'_>) {
    DecodeEntity::each_record_mut(record, &mut |place, entity, unknown, extra| visit(place.below(name), entity, unknown, extra));
    let (unknown, _, extra) = record.absences();
    visit(RecordPlace(name.to_owned()), T::ENTITY, unknown, extra);
}

struct ListVisitor<'p, T> {
    place: &'p mut Place,
    items: PhantomData<T>,
}

impl<'de, T: FactValue> Visitor<'de> for ListVisitor<'_, T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        for index in 0.. {
            let next = self.place.at_index(index, |place| {
                let item = items.next_element_seed(Seed::<T>::new(place))?;
                if matches!(item, Some(None)) && std::mem::take(&mut place.null) {
                    place.problem(ProblemCode::WrongType, "a list has no null in it".to_owned(), Some("leave the item out".to_owned()));
                }
                Ok(item)
            })?;
            match next {
                Some(item) => list.extend(item),
                None => break,
            }
        }
        Ok(Some(list))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        self.place.null = true;
        Ok(None)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Boolean(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Integer(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Integer(v.into()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Float)
    }

    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::Text(v.to_owned()))
    }

    fn visit_bytes<E>(self, v: &[u8]) -> Result<Self::Value, E> {
        self.not_a_list(&Scalar::foreign(v))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.not_a_list(&Scalar::Map)
    }
}

impl<T> ListVisitor<'_, T> {
    #[expect(clippy::unnecessary_wraps, reason = "it is what every `visit` gives back")]
    fn not_a_list<E>(self, found: &Scalar) -> Result<Option<Vec<T>>, E> {
        self.place.expected(ProblemCode::WrongType, "a list", found, None);
        Ok(None)
    }
}
