//! What takes the values that are read, whatever their type: the field of a record, or the next item of a list.

use super::{DecodeEntity, FactValue, Place, Scalar};

/// Where a value is put that is read.
///
/// Whoever reads asks for what it has found: a record, a list, or else gives a value that stands by itself. What was there before is gone then.
pub trait Target {
    /// Takes a value that stands by itself, or what is not taken otherwise; what is wrong with it is told.
    fn put(&mut self, found: Scalar<'_>, place: &mut Place);

    /// The record to fill; `None` where no record is taken.
    fn record(&mut self) -> Option<&mut dyn DecodeEntity>;

    /// What takes the items; `None` where no list is taken.
    fn list(&mut self) -> Option<&mut dyn Target>;
}

/// A field.
impl<T: FactValue> Target for Option<T> {
    fn put(&mut self, found: Scalar<'_>, place: &mut Place) {
        *self = T::of(found, place);
    }

    fn record(&mut self) -> Option<&mut dyn DecodeEntity> {
        *self = T::empty_record();
        self.as_mut()?.as_entity_mut()
    }

    fn list(&mut self) -> Option<&mut dyn Target> {
        *self = T::empty_list();
        self.as_mut()?.as_list_mut()
    }
}

/// The next item of a list.
impl<T: FactValue> Target for Vec<T> {
    fn put(&mut self, found: Scalar<'_>, place: &mut Place) {
        self.extend(T::of(found, place));
    }

    fn record(&mut self) -> Option<&mut dyn DecodeEntity> {
        self.push(T::empty_record()?);
        self.last_mut()?.as_entity_mut()
    }

    fn list(&mut self) -> Option<&mut dyn Target> {
        None
    }
}
