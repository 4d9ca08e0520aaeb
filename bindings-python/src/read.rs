//! Reading what Python holds: dicts, records, lists, text, numbers and dates, as any format of serde is read.
//!
//! INVARIANT: nothing that Python code does while it is read (a getter that raises, a list that changes) ends in more than a problem with its place.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use medtrain::facts::PartlyRead;
use medtrain::problem::{Problem, ProblemCode};
use medtrain::shape::{Form, Shape};
use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMapping, PyMemoryView, PySequence, PyString, PyTuple};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::classes::Classes;
use crate::error::Findings;
use crate::text::{CUT, HALF};

/// How deep lists and dicts may stand in one another; facts need a few.
const DEEPEST: usize = 64;

/// Facts from what Python gave, as far as they can be read: a record of a subject, a record or a dict of facts.
pub(crate) fn facts(given: &Bound<'_, PyAny>, findings: &mut Findings) -> PyResult<Box<PartlyRead>> {
    let reader = Reader { classes: Classes::get(given.py())?, raised: RefCell::new(None) };
    let source = |shape| Source { value: given.clone(), reader: &reader, depth: 0, shape, name: None };
    let whole = reader.classes.facts();
    let mut read = match reader.classes.subject(given)? {
        Some(root) => Box::new(PartlyRead::read(Rooted { root, source: source(held(whole, root)) }, fault)),
        None if is_whole(given, reader.classes) => Box::new(PartlyRead::read(source(whole), fault)),
        None => {
            let message = format!("expected a record such as Practitioner, Facts, or a dict, got {}", called(given, reader.classes));
            return Err(PyTypeError::new_err(message));
        }
    };
    read.problems_mut().for_each(cure);
    findings.caused_by(reader.raised.into_inner());
    Ok(read)
}

/// Whether a value can hold facts about any subject.
fn is_whole(value: &Bound<'_, PyAny>, classes: &Classes) -> bool {
    let is_facts = || classes.facts().is_some_and(|facts| classes.is_of(value, facts));
    if classes.is_record(value) { is_facts() } else { value.cast::<PyMapping>().is_ok() }
}

fn fault(fault: Fault) -> Problem {
    Problem::new(ProblemCode::TooLarge, "facts", fault.0).with_cure("lists and dicts that hold themselves have no end")
}

/// Gives a problem that Python alone has its cure.
fn cure(problem: &mut Problem) {
    if problem.cure.is_none() && problem.message.ends_with(HALF) {
        problem.cure = Some(CUT.to_owned());
    }
}

/// What all parts of one reading share.
struct Reader<'py> {
    classes: &'py Classes,
    /// The first exception that Python code raised while it was read.
    raised: RefCell<Option<PyErr>>,
}

/// A value of Python.
struct Source<'r, 'py> {
    value: Bound<'py, PyAny>,
    reader: &'r Reader<'py>,
    depth: usize,
    /// What a record is of that holds it, if it stands under a name; else what a record is of that stands here. `None` where a policy says what does.
    shape: Option<&'static Shape>,
    /// The name under which it stands.
    name: Option<Bound<'py, PyAny>>,
}

impl<'py> Source<'_, 'py> {
    fn item(&self, value: Bound<'py, PyAny>, shape: Option<&'static Shape>) -> Self {
        Source { value, reader: self.reader, depth: self.depth + 1, shape, name: None }
    }

    fn field(&self, name: Bound<'py, PyAny>, value: Bound<'py, PyAny>, shape: Option<&'static Shape>) -> Self {
        Source { value, reader: self.reader, depth: self.depth + 1, shape, name: Some(name) }
    }

    /// What a record is of that stands here, or in the list that does: asked for by what can hold records alone.
    fn expected(&self) -> Option<&'static Shape> {
        match &self.name {
            Some(name) => held(self.shape, name.cast::<PyString>().ok()?.to_str().ok()?.trim_end_matches('_')),
            None => self.shape,
        }
    }

    /// Whether text of any kind belongs here: there, a number or a day would become text unseen.
    fn wants_text(&self) -> bool {
        let Some(name) = self.name.as_ref().and_then(|name| name.cast::<PyString>().ok()) else { return false };
        let field =
            |shape: &'static Shape| Some(shape.fields().find(|field| name.to_str().is_ok_and(|name| name.trim_end_matches('_') == field.name))?.form);
        matches!(self.shape.and_then(field), Some(Form::Text | Form::Optional(Form::Text)))
    }

    /// What an exception is as a value: one that does not fit, whatever is asked for.
    fn failed<'de, V: Visitor<'de>>(&self, error: PyErr, visitor: V) -> Result<V::Value, Fault> {
        let words = format!("a value that raises {}", error.value(self.value.py()).get_type());
        self.reader.raised.borrow_mut().get_or_insert(error);
        visitor.visit_bytes(words.as_bytes())
    }

    fn text<'de, V: Visitor<'de>>(text: &Bound<'py, PyString>, visitor: V) -> Result<V::Value, Fault> {
        match text.to_str() {
            Ok(text) => visitor.visit_str(text),
            Err(_) => visitor.visit_bytes(HALF.as_bytes()),
        }
    }

    fn integer<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fault> {
        if let Ok(number) = self.value.extract::<i64>() {
            return visitor.visit_i64(number);
        }
        match self.value.extract::<u64>() {
            Ok(number) => visitor.visit_u64(number),
            // As a reader of JSON tells it: too large for whole numbers.
            Err(_) => visitor.visit_f64(f64::MAX),
        }
    }

    fn record<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let py = self.value.py();
        let shape = self.expected();
        if shape.is_some_and(|shape| !self.reader.classes.is_of(&self.value, shape)) {
            return visitor.visit_bytes(called(&self.value, self.reader.classes).as_bytes());
        }
        let given = self.value.getattr(intern!(py, "_given")).and_then(|given| Ok(given.cast_into::<PyTuple>()?));
        match given {
            Ok(fields) => visitor.visit_map(Given { fields, next: 0, shape, source: self }),
            Err(error) => self.failed(error, visitor),
        }
    }
}

impl<'de> Deserializer<'de> for Source<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.depth > DEEPEST {
            return Err(Fault(format!("nested more than {DEEPEST} deep")));
        }
        let value = &self.value;
        if let Ok(text) = value.cast::<PyString>() {
            Self::text(text, visitor)
        } else if let Ok(dict) = value.cast::<PyDict>() {
            // Both at once, so that no Python code runs between a key and its value.
            let (keys, values) = (dict.keys(), dict.values());
            visitor.visit_map(Entries { keys, values, next: 0, shape: self.expected(), source: &self })
        } else if value.is_none() {
            visitor.visit_unit()
        } else if let Ok(list) = value.cast::<PyList>() {
            visitor.visit_seq(Items { list: list.as_any(), next: 0, failed: false, shape: self.expected(), source: &self })
        } else if let Ok(list) = value.cast::<PyTuple>() {
            visitor.visit_seq(Items { list: list.as_any(), next: 0, failed: false, shape: self.expected(), source: &self })
        } else if let Ok(yes) = value.cast::<PyBool>() {
            visitor.visit_bool(yes.is_true())
        } else if value.is_instance_of::<PyInt>() {
            self.integer(visitor)
        } else if let Ok(number) = value.cast::<PyFloat>() {
            visitor.visit_f64(number.value())
        } else if self.reader.classes.is_record(value) {
            self.record(visitor)
        } else if self.wants_text() && (self.reader.classes.is_decimal(value) || self.reader.classes.is_date(value)) {
            visitor.visit_bytes(foreign(value).as_bytes())
        } else if self.reader.classes.is_decimal(value) {
            match digits(value) {
                Ok(text) if is_no_number(&text) => visitor.visit_f64(f64::NAN),
                Ok(text) => visitor.visit_str(&text),
                Err(error) => self.failed(error, visitor),
            }
        } else if self.reader.classes.is_date(value) {
            match value.call_method0(intern!(value.py(), "isoformat")).and_then(|text| Ok(text.cast_into::<PyString>()?)) {
                Ok(text) => Self::text(&text, visitor),
                Err(error) => self.failed(error, visitor),
            }
        } else if let Ok(mapping) = value.cast::<PyMapping>() {
            match mapping.keys().and_then(|keys| Ok((keys, mapping.values()?))) {
                Ok((keys, values)) => visitor.visit_map(Entries { keys, values, next: 0, shape: self.expected(), source: &self }),
                Err(error) => self.failed(error, visitor),
            }
        } else if value.cast::<PySequence>().is_ok() && !is_bytes(value) {
            visitor.visit_seq(Items { list: value, next: 0, failed: false, shape: self.expected(), source: &self })
        } else {
            visitor.visit_bytes(foreign(value).as_bytes())
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// Whether a sequence is of bytes, which are text that nobody has decoded.
fn is_bytes(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>() || value.is_instance_of::<PyMemoryView>()
}

/// A decimal as its plain digits; what is none (`NaN`) or has no end of them stays as it is written.
pub(crate) fn digits(decimal: &Bound<'_, PyAny>) -> PyResult<String> {
    const LONGEST: i64 = 64;
    let py = decimal.py();
    let text = decimal.str()?.to_string();
    if text.contains('E') && decimal.call_method0(intern!(py, "adjusted"))?.extract::<i64>()?.abs() < LONGEST {
        return decimal.call_method1(intern!(py, "__format__"), (intern!(py, "f"),))?.extract();
    }
    Ok(text)
}

/// Whether a decimal is written as `NaN`, `sNaN` or `Infinity`.
pub(crate) fn is_no_number(decimal: &str) -> bool {
    decimal.contains(['n', 'N'])
}

/// What a value is called that JSON has no form for.
pub(crate) fn foreign(value: &Bound<'_, PyAny>) -> String {
    let name = value.get_type().fully_qualified_name().map(|name| name.to_string());
    format!("a {}", name.unwrap_or_else(|_| "value of a type without a name".to_owned()))
}

/// The same of a record by its class alone.
fn called(value: &Bound<'_, PyAny>, classes: &Classes) -> String {
    match value.get_type().name() {
        Ok(name) if classes.is_record(value) => format!("a record of type {name}"),
        _ => foreign(value),
    }
}

/// What a record is of that a field holds, by itself or in a list.
fn held(shape: Option<&'static Shape>, field: &str) -> Option<&'static Shape> {
    shape?.fields().find(|known| known.name == field)?.form.shape()
}

/// A subject as the only root of facts.
struct Rooted<'r, 'py> {
    root: &'static str,
    source: Source<'r, 'py>,
}

impl<'de> Deserializer<'de> for Rooted<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(RootedEntry { root: Some(self.root), source: Some(self.source) })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct RootedEntry<'r, 'py> {
    root: Option<&'static str>,
    source: Option<Source<'r, 'py>>,
}

impl<'de> MapAccess<'de> for RootedEntry<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.root.take().map(|root| seed.deserialize(root.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(self.source.take().ok_or_else(|| Fault("a value was asked for twice".to_owned()))?)
    }
}

/// The entries of a dict, as they were when it was reached.
struct Entries<'s, 'r, 'py> {
    keys: Bound<'py, PyList>,
    values: Bound<'py, PyList>,
    next: usize,
    /// What the dict is of.
    shape: Option<&'static Shape>,
    source: &'s Source<'r, 'py>,
}

impl<'de> MapAccess<'de> for Entries<'_, '_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Ok(key) = self.keys.get_item(self.next) else { return Ok(None) };
        self.next += 1;
        let name = match key.cast::<PyString>() {
            Ok(text) => text.to_string_lossy(),
            Err(_) => Cow::Owned(foreign(&key)),
        };
        seed.deserialize(name.as_ref().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let last = self.next.saturating_sub(1);
        let value = self.values.get_item(last).map_err(|_| Fault("a dict without a value".to_owned()))?;
        let key = self.keys.get_item(last).map_err(|_| Fault("a dict without a key".to_owned()))?;
        seed.deserialize(self.source.field(key, value, self.shape))
    }
}

/// The fields of a record that are given.
struct Given<'r, 'py> {
    fields: Bound<'py, PyTuple>,
    next: usize,
    /// What the record is of.
    shape: Option<&'static Shape>,
    source: Source<'r, 'py>,
}

impl<'de> MapAccess<'de> for Given<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Ok(field) = self.fields.get_item(self.next) else { return Ok(None) };
        self.next += 1;
        let name = field.cast::<PyString>().map_or(Cow::Borrowed(""), |name| name.to_string_lossy());
        seed.deserialize(name.trim_end_matches('_').into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let field = self.fields.get_item(self.next.saturating_sub(1)).map_err(|_| Fault("a record without a field".to_owned()))?;
        match field.cast::<PyString>().map_err(PyErr::from).and_then(|name| self.source.value.getattr(name)) {
            Ok(value) => seed.deserialize(self.source.field(field, value, self.shape)),
            Err(error) => seed.deserialize(Failed { source: &self.source, error }),
        }
    }
}

/// A value whose getter raised.
struct Failed<'s, 'r, 'py> {
    source: &'s Source<'r, 'py>,
    error: PyErr,
}

impl<'de> Deserializer<'de> for Failed<'_, '_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.source.failed(self.error, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The items of a list, asked for one after another: it may become shorter meanwhile, and if it becomes longer, not without end.
struct Items<'s, 'r, 'py> {
    list: &'s Bound<'py, PyAny>,
    next: usize,
    /// Whether an item could not be had: then there is no other.
    failed: bool,
    /// What its records are of.
    shape: Option<&'static Shape>,
    source: &'s Source<'r, 'py>,
}

impl<'de> SeqAccess<'de> for Items<'_, '_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        /// More items than any list of facts has.
        const MOST: usize = 10_000_000;
        if self.failed {
            return Ok(None);
        }
        let item = if let Ok(list) = self.list.cast::<PyList>() {
            list.get_item(self.next)
        } else if let Ok(tuple) = self.list.cast::<PyTuple>() {
            tuple.get_item(self.next)
        } else {
            self.list.get_item(self.next)
        };
        let item = match item {
            Ok(item) => item,
            Err(error) if error.is_instance_of::<PyIndexError>(self.list.py()) => return Ok(None),
            Err(error) => {
                self.failed = true;
                return seed.deserialize(Failed { source: self.source, error }).map(Some);
            }
        };
        self.next += 1;
        if self.next > MOST {
            return Err(Fault(format!("a list of more than {MOST} items")));
        }
        seed.deserialize(self.source.item(item, self.shape)).map(Some)
    }
}

/// What cannot be read on from.
#[derive(Debug)]
pub(crate) struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}
