//! Lists: of texts, and of records. A list that is given is complete.

use super::{AnyEntity, DecodeEntity, FactValue, Place, RecordPlace, RecordVisit, Scalar, Target};
use crate::facts::{FieldKind, Vocabulary};
use crate::feel::{Datum, Records};
use crate::problem::ProblemCode;
use crate::quantity::Day;

impl FactValue for Vec<String> {
    const KIND: FieldKind = FieldKind::Texts;

    fn datum(&self) -> Datum<'_> {
        Datum::Texts(self)
    }

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        not_a_list(&found, place);
        None
    }

    fn empty_list() -> Option<Self> {
        Some(Self::new())
    }

    fn as_list_mut(&mut self) -> Option<&mut dyn Target> {
        Some(self)
    }
}

impl<T: FactValue + DecodeEntity + Vocabulary + 'static> FactValue for Vec<T> {
    const KIND: FieldKind = FieldKind::Records(|| T::ENTITY);

    fn datum(&self) -> Datum<'_> {
        Datum::Records(self as &dyn Records)
    }

    fn of(found: Scalar<'_>, place: &mut Place) -> Option<Self> {
        not_a_list(&found, place);
        None
    }

    fn empty_list() -> Option<Self> {
        Some(Self::new())
    }

    fn as_list_mut(&mut self) -> Option<&mut dyn Target> {
        Some(self)
    }

    fn each_record_mut(&mut self, name: &'static str, visit: &mut RecordVisit<'_>) {
        for (index, record) in self.iter_mut().enumerate() {
            visit_record(record, &format!("{name}[{index}]"), visit);
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
pub fn visit_record(record: &mut dyn DecodeEntity, name: &str, visit: &mut RecordVisit<'_>) {
    record.each_record_mut(&mut |place, entity, unknown, extra| visit(place.below(name), entity, unknown, extra));
    let entity = record.entity();
    let (unknown, _, extra) = record.absences();
    visit(RecordPlace(name.to_owned()), entity, unknown, extra);
}

fn not_a_list(found: &Scalar<'_>, place: &mut Place) {
    if !matches!(found, Scalar::Null) {
        place.expected(ProblemCode::WrongType, "a list", found, None);
    }
}
