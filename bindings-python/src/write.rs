//! Writing what the core says as objects of Python, as any format of serde is written: records as their classes, codes, decimals and dates.

use std::fmt;

use medtrain::shape::Crosses;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyMappingProxy, PyString, PyTuple};
use serde::Serialize;
use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use crate::classes::{Class, Classes, Made, RecordClass};

/// A value as an object of its class.
pub(crate) fn object<'py, T: Crosses + Serialize>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    let classes = Classes::get(py)?;
    let made = classes.made(T::FORM);
    Ok(value.serialize(Writer { py, classes, made: &made, into: None })?)
}

/// Fills the fields of an object that was made empty.
pub(crate) fn fill<T: Crosses + Serialize>(object: &Bound<'_, PyAny>, value: &T) -> PyResult<()> {
    let classes = Classes::get(object.py())?;
    let made = classes.made(T::FORM);
    value.serialize(Writer { py: object.py(), classes, made: &made, into: Some(object) })?;
    Ok(())
}

/// An object of this class without any field.
pub(crate) fn empty<'py>(py: Python<'py>, classes: &Classes, class: &RecordClass) -> PyResult<Bound<'py, PyAny>> {
    classes.new.bind(py).call1((&class.class,))
}

/// What makes an object of a value.
#[derive(Clone, Copy)]
struct Writer<'a, 'py> {
    py: Python<'py>,
    classes: &'a Classes,
    made: &'a Made,
    /// The object to fill, where it is there already.
    into: Option<&'a Bound<'py, PyAny>>,
}

/// What went wrong, which would be a fault of this library.
#[derive(Debug)]
pub(crate) struct Fault(PyErr);

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Fault {}

impl serde::ser::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyRuntimeError::new_err(message.to_string()))
    }
}

fn misfit(what: &str) -> Fault {
    Fault(PyRuntimeError::new_err(format!("{what} has no class")))
}

impl<'a, 'py> Writer<'a, 'py> {
    fn class(self) -> Option<&'a Class> {
        if let Made::Class(place) = self.made { self.classes.class(*place) } else { None }
    }

    fn record(self) -> Result<RecordWriter<'a, 'py>, Fault> {
        let variants = match self.class() {
            Some(Class::Record(class)) => {
                let object = self.into.map_or_else(|| empty(self.py, self.classes, class), |object| Ok(object.clone()))?;
                return Ok(RecordWriter { writer: self, target: Some((object, class)), variants: &[], given: Vec::new(), next: 0 });
            }
            Some(Class::Union(variants)) => variants,
            _ => return Err(misfit("a record")),
        };
        Ok(RecordWriter { writer: self, target: None, variants, given: Vec::new(), next: 0 })
    }
}

/// Numbers of this kind are whole numbers of Python.
macro_rules! whole {
    ($($name:ident: $ty:ty,)*) => {
        $(fn $name(self, v: $ty) -> Result<Bound<'py, PyAny>, Fault> {
            Ok(v.into_pyobject(self.py).map_err(PyErr::from)?.into_any())
        })*
    };
}

impl<'a, 'py> Serializer for Writer<'a, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;
    type SerializeSeq = SeqWriter<'a, 'py>;
    type SerializeTuple = Impossible<Self::Ok, Fault>;
    type SerializeTupleStruct = Impossible<Self::Ok, Fault>;
    type SerializeTupleVariant = Impossible<Self::Ok, Fault>;
    type SerializeMap = MapWriter<'a, 'py>;
    type SerializeStruct = RecordWriter<'a, 'py>;
    type SerializeStructVariant = Impossible<Self::Ok, Fault>;

    whole! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
    }

    fn serialize_bool(self, v: bool) -> Result<Self::Ok, Fault> {
        Ok(PyBool::new(self.py, v).to_owned().into_any())
    }

    fn serialize_f32(self, _: f32) -> Result<Self::Ok, Fault> {
        Err(misfit("a binary number"))
    }

    fn serialize_f64(self, _: f64) -> Result<Self::Ok, Fault> {
        Err(misfit("a binary number"))
    }

    fn serialize_char(self, v: char) -> Result<Self::Ok, Fault> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<Self::Ok, Fault> {
        match self.made {
            Made::Decimal => Ok(self.classes.decimal(self.py, v)?),
            Made::Day => Ok(self.classes.day(self.py, v)?),
            Made::Class(_) => match self.class() {
                Some(Class::Codes(codes)) => {
                    let found = codes.iter().find(|(code, _)| *code == v);
                    found.map(|(_, object)| object.bind(self.py).clone()).ok_or_else(|| misfit(v))
                }
                _ => Err(misfit(v)),
            },
            Made::Plain | Made::Tuple(_) => Ok(PyString::new(self.py, v).into_any()),
        }
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Self::Ok, Fault> {
        Err(misfit("bytes"))
    }

    fn serialize_none(self) -> Result<Self::Ok, Fault> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Self::Ok, Fault> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Self::Ok, Fault> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Self::Ok, Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Self::Ok, Fault> {
        value.serialize(self)
    }

    /// A subject is what facts about it alone are.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, variant: &'static str, value: &T) -> Result<Self::Ok, Fault> {
        let mut record = self.record()?;
        record.field(variant, value)?;
        record.finish()
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<SeqWriter<'a, 'py>, Fault> {
        Ok(SeqWriter { writer: self, items: Vec::with_capacity(length.unwrap_or_default()) })
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Fault> {
        Err(misfit("a tuple"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Fault> {
        Err(misfit("a tuple"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(misfit("a tuple"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<MapWriter<'a, 'py>, Fault> {
        let into = match self.made {
            Made::Class(_) => Target::Record(self.record()?),
            _ => Target::Dict(PyDict::new(self.py)),
        };
        Ok(MapWriter { writer: self, into, key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<RecordWriter<'a, 'py>, Fault> {
        self.record()
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self::SerializeStructVariant, Fault> {
        Err(misfit("a variant"))
    }
}

/// What makes a tuple of a list.
pub(crate) struct SeqWriter<'a, 'py> {
    writer: Writer<'a, 'py>,
    items: Vec<Bound<'py, PyAny>>,
}

impl<'py> SerializeSeq for SeqWriter<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let made = if let Made::Tuple(inner) = self.writer.made { inner } else { self.writer.made };
        self.items.push(value.serialize(Writer { made, into: None, ..self.writer })?);
        Ok(())
    }

    fn end(self) -> Result<Self::Ok, Fault> {
        Ok(PyTuple::new(self.writer.py, self.items)?.into_any())
    }
}

/// What makes a record of its fields, or of a union the one of its kind.
pub(crate) struct RecordWriter<'a, 'py> {
    writer: Writer<'a, 'py>,
    /// The object, and its class; of a union not before its kind is known.
    target: Option<(Bound<'py, PyAny>, &'a RecordClass)>,
    variants: &'a [(&'static str, RecordClass)],
    given: Vec<&'a Py<PyString>>,
    /// Where the next field is looked for first: they come in the order of the class.
    next: usize,
}

impl<'a, 'py> RecordWriter<'a, 'py> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Fault> {
        let py = self.writer.py;
        let Some((object, class)) = &self.target else { return self.kind(value) };
        let class: &'a RecordClass = class;
        let here = class.fields.get(self.next..).unwrap_or_default().iter();
        let Some(field) = here.chain(&class.fields).find(|field| field.name == name) else { return Err(misfit(name)) };
        self.next = class.fields.iter().position(|known| std::ptr::eq(known, field)).map_or(0, |place| place + 1);
        let value = value.serialize(Writer { made: &field.made, into: None, ..self.writer })?;
        if !value.is_none() {
            field.set.bind(py).call1((object, value))?;
            self.given.push(&field.python);
        }
        Ok(())
    }

    /// The first field of a union says which it is.
    fn kind<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let Writer { py, classes, .. } = self.writer;
        let kind = value.serialize(Writer { made: &Made::Plain, into: None, ..self.writer })?;
        let kind = kind.cast_into::<PyString>().map_err(PyErr::from)?;
        let kind = kind.to_str()?;
        let Some((_, class)) = self.variants.iter().find(|(known, _)| *known == kind) else { return Err(misfit(kind)) };
        self.target = Some((empty(py, classes, class)?, class));
        Ok(())
    }

    fn finish(self) -> Result<Bound<'py, PyAny>, Fault> {
        let Writer { py, classes, .. } = self.writer;
        let (object, _) = self.target.ok_or_else(|| misfit("a union without a kind"))?;
        classes.set_given.bind(py).call1((&object, PyTuple::new(py, self.given)?))?;
        Ok(object)
    }
}

impl<'py> SerializeStruct for RecordWriter<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Fault> {
        self.field(name, value)
    }

    fn end(self) -> Result<Self::Ok, Fault> {
        self.finish()
    }
}

/// What makes a mapping that nobody changes of values by name, or of facts their record.
pub(crate) struct MapWriter<'a, 'py> {
    writer: Writer<'a, 'py>,
    into: Target<'a, 'py>,
    key: String,
}

enum Target<'a, 'py> {
    Record(RecordWriter<'a, 'py>),
    Dict(Bound<'py, PyDict>),
}

impl<'py> SerializeMap for MapWriter<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        let key = key.serialize(Writer { made: &Made::Plain, into: None, ..self.writer })?;
        self.key = key.extract()?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        match &mut self.into {
            Target::Record(record) => record.field(&self.key, value),
            Target::Dict(dict) => {
                let value = value.serialize(Writer { made: &Made::Plain, into: None, ..self.writer })?;
                Ok(dict.set_item(&self.key, value)?)
            }
        }
    }

    fn end(self) -> Result<Self::Ok, Fault> {
        match self.into {
            Target::Record(record) => record.finish(),
            Target::Dict(dict) => Ok(PyMappingProxy::new(dict.py(), dict.as_mapping()).into_any()),
        }
    }
}
