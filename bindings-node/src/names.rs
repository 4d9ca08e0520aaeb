//! JSON for JavaScript: the names of fields as JavaScript has them, everything else as in canonical JSON.

use std::io::{self, Write};
use std::sync::OnceLock;

use medtrain::shape::{Form, shapes};
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};

/// A value as JSON with names in camel case.
///
/// What a policy names itself keeps its name: what is given with a question, and facts of a policy's own. A whole number that JavaScript's numbers do not hold
/// comes as text that begins with a null character, of which `lib/border.js` makes a `BigInt`; text that begins so itself begins with two.
pub(crate) fn camel_json(value: &impl Serialize) -> String {
    let mut out = Vec::with_capacity(4096);
    // Texts, whole numbers and lists of them: nothing here can fail to serialise.
    let written = value.serialize(&mut Serializer::with_formatter(&mut out, CamelCase::default()));
    written.ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default()
}

/// `actual_low` as `actualLow`.
pub(crate) fn camel(name: &str) -> String {
    let mut out = Vec::with_capacity(name.len());
    write_camel(&mut out, name).ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default()
}

fn write_camel<W: ?Sized + Write>(out: &mut W, name: &str) -> io::Result<()> {
    let mut words = name.split('_');
    out.write_all(words.next().unwrap_or_default().as_bytes())?;
    for word in words {
        if let Some((first, rest)) = word.as_bytes().split_first() {
            out.write_all(&[first.to_ascii_uppercase()])?;
            out.write_all(rest)?;
        }
    }
    Ok(())
}

/// The fields that hold values whose names a policy says.
///
/// INVARIANT: no field of such a name holds a record of another type; `test/border.test.mjs` goes through the shapes.
fn of_values() -> &'static [&'static str] {
    // A few: they are compared sooner than a name is hashed.
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let fields = shapes().into_iter().flat_map(medtrain::shape::Shape::fields);
        let mut names: Vec<_> = fields.filter(|field| matches!(field.form, Form::Values)).map(|field| field.name).collect();
        names.sort_unstable();
        names.dedup();
        names
    })
}

/// Writes names in camel case, outside of values whose names a policy says.
#[derive(Default)]
struct CamelCase {
    depth: usize,
    /// The depth of the object inside of which names stay.
    kept: Option<usize>,
    /// Whether the text that comes is a name.
    in_name: bool,
    /// Whether the value that comes is one whose names a policy says.
    of_values: bool,
    /// Whether a text has begun of which nothing is written yet.
    begun: bool,
}

impl Formatter for CamelCase {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.of_values && self.kept.is_none() {
            self.kept = Some(self.depth);
        }
        self.of_values = false;
        CompactFormatter.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.kept == Some(self.depth) {
            self.kept = None;
        }
        self.depth = self.depth.saturating_sub(1);
        CompactFormatter.end_object(out)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.of_values = false;
        CompactFormatter.begin_array(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.in_name = true;
        self.of_values = false;
        CompactFormatter.begin_object_key(out, first)
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.in_name = false;
        CompactFormatter.end_object_key(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        // A field of that name may hold a text, as `given` of `earliest` does: what comes after it is named as ever.
        self.of_values = false;
        CompactFormatter.end_object_value(out)
    }

    fn begin_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begun = !self.in_name;
        CompactFormatter.begin_string(out)
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, out: &mut W, escape: CharEscape) -> io::Result<()> {
        if std::mem::take(&mut self.begun) && matches!(escape, CharEscape::AsciiControl(0)) {
            out.write_all(b"\\u0000")?;
        }
        CompactFormatter.write_char_escape(out, escape)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        self.begun = false;
        if !self.in_name || self.kept.is_some() {
            return out.write_all(text.as_bytes());
        }
        self.of_values = of_values().contains(&text);
        write_camel(out, text)
    }

    fn write_i64<W: ?Sized + Write>(&mut self, out: &mut W, value: i64) -> io::Result<()> {
        /// The largest whole number up to which JavaScript's numbers hold all.
        const SAFE: u64 = (1 << 53) - 1;
        if value.unsigned_abs() <= SAFE { CompactFormatter.write_i64(out, value) } else { write!(out, "\"\\u0000{value}\"") }
    }
}
