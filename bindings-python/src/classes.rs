//! The classes of Python for the types that cross, found once.
//!
//! In come the shapes of the core and the module `medtrain._types`, which is written from the same shapes; out goes what builds an object of each.

use std::collections::HashMap;

use medtrain::facts::Facts;
use medtrain::shape::{Body, FieldShape, Form, Shape, shapes};
use pyo3::PyTypeInfo;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType};

/// The classes of everything that crosses.
pub(crate) struct Classes {
    places: HashMap<&'static str, usize>,
    by_place: Vec<Class>,
    /// What facts are of: a root for each subject.
    facts: Option<&'static Shape>,
    /// The roots of facts, by the class of their subject.
    subjects: Vec<(Py<PyType>, &'static str)>,
    record: Py<PyType>,
    receipt: Py<PyType>,
    decimal: Py<PyType>,
    date: Py<PyType>,
    datetime: Py<PyType>,
    pub(crate) day: Py<PyAny>,
    /// `object.__new__`.
    pub(crate) new: Py<PyAny>,
    /// What sets the names of the fields that are given.
    pub(crate) set_given: Py<PyAny>,
    /// What sets what a verdict came from.
    pub(crate) set_held: Py<PyAny>,
}

/// A class, and how an object of it is made.
pub(crate) enum Class {
    /// An object with fields.
    Record(RecordClass),
    /// One of these codes.
    Codes(Vec<(&'static str, Py<PyAny>)>),
    /// One of these records, by its kind.
    Union(Vec<(&'static str, RecordClass)>),
}

/// The class of a record.
pub(crate) struct RecordClass {
    pub(crate) class: Py<PyType>,
    pub(crate) fields: Vec<FieldClass>,
}

/// A field of a record.
pub(crate) struct FieldClass {
    /// Its name in JSON.
    pub(crate) name: &'static str,
    /// Its name in Python.
    pub(crate) python: Py<PyString>,
    /// What sets it: records do not change, but for those who make them.
    pub(crate) set: Py<PyAny>,
    pub(crate) made: Made,
}

/// What a value is made into.
pub(crate) enum Made {
    /// What it is by itself: truth values, whole numbers, text, and values by name.
    Plain,
    /// `decimal.Decimal`.
    Decimal,
    /// `datetime.date`.
    Day,
    /// A tuple.
    Tuple(Box<Made>),
    /// An object of this class.
    Class(usize),
}

impl Classes {
    /// The classes, which are found when they are first asked for.
    pub(crate) fn get(py: Python<'_>) -> PyResult<&Self> {
        static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
        CLASSES.get_or_try_init(py, || Self::find(py))
    }

    fn find(py: Python<'_>) -> PyResult<Self> {
        let (types, records) = (py.import("medtrain._types")?, py.import("medtrain._record")?);
        let shapes = shapes();
        let places: HashMap<&'static str, usize> = shapes.iter().enumerate().map(|(place, shape)| (shape.name, place)).collect();
        let class_of = |name: &str| -> PyResult<Bound<'_, PyType>> { Ok(types.getattr(name)?.cast_into()?) };
        let record = |name: &str, fields: &'static [FieldShape]| -> PyResult<RecordClass> {
            let class = class_of(name)?;
            let fields = fields.iter().map(|field| FieldClass::find(&class, field, &places)).collect::<PyResult<_>>()?;
            Ok(RecordClass { class: class.unbind(), fields })
        };
        let class = |shape: &&'static Shape| -> PyResult<Class> {
            Ok(match shape.body {
                Body::Record(fields) => Class::Record(record(shape.name, fields)?),
                Body::Codes(codes) => {
                    let class = class_of(shape.name)?;
                    Class::Codes(codes.iter().map(|code| Ok((code.code, class.call1((code.code,))?.unbind()))).collect::<PyResult<_>>()?)
                }
                Body::Union(variants) => Class::Union(
                    variants
                        .iter()
                        .map(|variant| Ok((variant.kind, record(&format!("{}{}", shape.name, variant.name), variant.fields)?)))
                        .collect::<PyResult<_>>()?,
                ),
            })
        };
        let classes = shapes.iter().map(class).collect::<PyResult<_>>()?;
        let facts = shapes.iter().copied().find(|shape| shape.name == "Facts");
        let roots = facts.into_iter().flat_map(Shape::fields).filter_map(|field| Some((field.form.shape()?, field.name)));
        let subjects = roots.map(|(shape, root)| Ok((class_of(shape.name)?.unbind(), root))).collect::<PyResult<Vec<_>>>()?;
        debug_assert_eq!(subjects.len(), Facts::SUBJECTS.len());
        let datetime = py.import("datetime")?;
        let date = datetime.getattr("date")?;
        Ok(Self {
            places,
            by_place: classes,
            facts,
            subjects,
            receipt: class_of("Receipt")?.unbind(),
            record: records.getattr("Record")?.cast_into()?.unbind(),
            decimal: py.import("decimal")?.getattr("Decimal")?.cast_into()?.unbind(),
            day: date.getattr("fromisoformat")?.unbind(),
            date: date.cast_into()?.unbind(),
            datetime: datetime.getattr("datetime")?.cast_into()?.unbind(),
            new: py.import("builtins")?.getattr("object")?.getattr("__new__")?.unbind(),
            set_given: records.getattr("Record")?.getattr("_given")?.getattr("__set__")?.unbind(),
            set_held: py.import("medtrain._verdict")?.getattr("VerdictMethods")?.getattr("_held")?.getattr("__set__")?.unbind(),
        })
    }

    /// The class in this place.
    pub(crate) fn class(&self, place: usize) -> Option<&Class> {
        self.by_place.get(place)
    }

    /// What a value of this form is made into.
    pub(crate) fn made(&self, form: Form) -> Made {
        Made::of(form, &self.places)
    }

    /// The class of a verdict.
    pub(crate) fn verdict(&self) -> Option<&RecordClass> {
        match self.class(*self.places.get("Verdict")?)? {
            Class::Record(class) => Some(class),
            _ => None,
        }
    }

    /// The root of facts about such a subject, where it is one.
    pub(crate) fn subject(&self, value: &Bound<'_, PyAny>) -> PyResult<Option<&'static str>> {
        if !self.is_record(value) {
            return Ok(None);
        }
        let py = value.py();
        for (class, root) in &self.subjects {
            if value.is_instance(class.bind(py))? {
                return Ok(Some(root));
            }
        }
        Ok(None)
    }

    /// What facts are of.
    pub(crate) fn facts(&self) -> Option<&'static Shape> {
        self.facts
    }

    /// Whether a value is a record of this shape.
    pub(crate) fn is_of(&self, value: &Bound<'_, PyAny>, shape: &Shape) -> bool {
        match self.places.get(shape.name).and_then(|place| self.class(*place)) {
            Some(Class::Record(class)) => value.get_type().is(&class.class) || value.is_instance(class.class.bind(value.py())).unwrap_or(false),
            _ => false,
        }
    }

    /// Whether a value is a receipt.
    pub(crate) fn is_receipt(&self, value: &Bound<'_, PyAny>) -> bool {
        value.is_instance(self.receipt.bind(value.py())).unwrap_or(false)
    }

    pub(crate) fn is_record(&self, value: &Bound<'_, PyAny>) -> bool {
        let class = value.get_type();
        // Classes of records have a class of their own: of most others that is told without a call of Python.
        !class.get_type().is(PyType::type_object(value.py())) && class.is_subclass(self.record.bind(value.py())).unwrap_or(false)
    }

    pub(crate) fn is_decimal(&self, value: &Bound<'_, PyAny>) -> bool {
        let class = value.get_type();
        class.is(&self.decimal) || class.is_subclass(self.decimal.bind(value.py())).unwrap_or(false)
    }

    /// A date, and no time of day.
    pub(crate) fn is_date(&self, value: &Bound<'_, PyAny>) -> bool {
        let (py, class) = (value.py(), value.get_type());
        class.is(&self.date) || class.is_subclass(self.date.bind(py)).unwrap_or(false) && !class.is_subclass(self.datetime.bind(py)).unwrap_or(true)
    }

    /// A decimal from its digits.
    pub(crate) fn decimal<'py>(&self, py: Python<'py>, digits: &str) -> PyResult<Bound<'py, PyAny>> {
        self.decimal.bind(py).call1((digits,))
    }

    /// A day from its text.
    pub(crate) fn day<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
        self.day.bind(py).call1((text,))
    }
}

impl FieldClass {
    fn find(class: &Bound<'_, PyType>, field: &'static FieldShape, places: &HashMap<&'static str, usize>) -> PyResult<Self> {
        let py = class.py();
        let name = if class.hasattr(field.name)? { field.name.to_owned() } else { format!("{}_", field.name) };
        let set = class.getattr(name.as_str())?.getattr("__set__")?.unbind();
        Ok(Self { name: field.name, python: PyString::intern(py, &name).unbind(), set, made: Made::of(field.form, places) })
    }
}

impl Made {
    fn of(form: Form, places: &HashMap<&'static str, usize>) -> Self {
        match form {
            Form::Boolean | Form::Integer | Form::Text | Form::Values => Self::Plain,
            Form::Decimal => Self::Decimal,
            Form::Day => Self::Day,
            Form::Optional(inner) => Self::of(*inner, places),
            Form::List(inner) => Self::Tuple(Box::new(Self::of(*inner, places))),
            Form::Shape(shape) => places.get(shape().name).map_or(Self::Plain, |place| Self::Class(*place)),
        }
    }
}
