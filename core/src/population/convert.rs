//! Arrow arrays of whatever type a source has, as the cells that conditions read. A cell that cannot be used is left open and told.

use arrow_array::array::AnyDictionaryArray;
use arrow_array::builder::{BooleanBuilder, Date32Builder};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal128Type, Float16Type, Int8Type, Int32Type, Int64Type, UInt8Type, UInt32Type,
};
use arrow_array::{Array, ArrayRef, Date32Array, Decimal128Array, StringArray};
use arrow_buffer::ArrowNativeType;
use arrow_cast::cast;
use arrow_schema::DataType;
use chrono::Datelike;
use rust_decimal::Decimal;

use super::cells::{Cells, Keys, Numbers, Values, number};
use super::flaws::{Flaws, Kind};
use super::ids::Ids;
use crate::facts::{Absent, CodeList, Facts, Field, FieldKind, is_called, tidy, yes_or_no};
use crate::feel::{Codes, DAYS_BEFORE_1970};
use crate::policy::{OwnFact, Text};
use crate::problem::{Problem, ProblemCode, nearest};
use crate::quantity::{CIVIL_DAYS, Day, LARGEST, Unit, parse_day, parse_decimal};

/// What the cells of a column should be.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'p> {
    Flag,
    Day,
    Number { whole: bool, negative: bool, most: Option<Decimal> },
    Code(Coded<'p>),
    Text,
    Texts,
}

/// The codes that a cell can say, and by which words.
#[derive(Clone, Copy)]
pub(super) enum Coded<'p> {
    /// Those of a list of the vocabulary.
    Vocabulary(&'static CodeList),
    /// Those of a policy's own list, and how people call them.
    Own(&'p Codes, &'p [Text]),
}

impl<'p> Coded<'p> {
    /// What a policy's own fact with these codes takes; a list of the vocabulary has words of its own.
    pub(super) fn own(fact: &'p OwnFact, codes: &'p Codes) -> Self {
        Facts::code_list(&codes.name)
            .filter(|list| list.codes.iter().map(|code| code.code).eq(codes.codes.iter()))
            .map_or(Self::Own(codes, &fact.words), Self::Vocabulary)
    }

    fn name(self) -> &'p str {
        match self {
            Self::Vocabulary(list) => list.name,
            Self::Own(codes, _) => &codes.name,
        }
    }

    fn nearest(self, text: &str) -> Option<&'p str> {
        match self {
            Self::Vocabulary(list) => nearest(text, list.codes.iter().map(|code| code.code)),
            Self::Own(codes, _) => nearest(text, codes.codes.iter().map(String::as_str)),
        }
    }

    /// The place of a code, said by itself, its label or another word for it.
    fn place(self, text: &str) -> Option<u8> {
        let says = |word: &str| word == text || word.eq_ignore_ascii_case(text);
        let place = match self {
            Self::Vocabulary(list) => {
                let plain =
                    list.codes.iter().position(|code| says(code.code) || says(code.zh) || says(code.en) || code.also.iter().any(|also| says(also)));
                plain.or_else(|| list.called(&tidy(text)))
            }
            Self::Own(codes, words) => codes.codes.iter().position(|code| says(code)).or_else(|| {
                let text = tidy(text);
                let is_called = |word: &Text| is_called(&word.zh, &text) || is_called(&word.en, &text);
                let mut called = words.iter().enumerate().filter(|(_, word)| is_called(word)).map(|(place, _)| place);
                // A word for two codes says neither.
                called.next().filter(|_| called.next().is_none())
            }),
        };
        u8::try_from(place?).ok()
    }
}

impl Wanted<'_> {
    /// What a field of the vocabulary takes; `None` for records, which have columns of their own.
    pub(super) fn of(field: &Field) -> Option<Self> {
        let negative = !field.is_never_negative();
        let is_amount = matches!(field.unit, Some(Unit::Credit | Unit::Hour | Unit::Yuan));
        Some(match field.kind {
            FieldKind::Boolean => Self::Flag,
            FieldKind::Integer => Self::Number { whole: true, negative, most: None },
            FieldKind::Decimal => Self::Number { whole: false, negative, most: is_amount.then_some(LARGEST) },
            FieldKind::Day => Self::Day,
            FieldKind::Text => Self::Text,
            FieldKind::Texts => Self::Texts,
            FieldKind::Code(list) => Self::Code(Coded::Vocabulary(list)),
            FieldKind::Record(_) | FieldKind::Records(_) => return None,
        })
    }

    fn words(self) -> String {
        match self {
            Self::Flag => "true or false".to_owned(),
            Self::Day => "a date".to_owned(),
            Self::Number { whole, negative, .. } => {
                format!("{}{}", if whole { "a whole number" } else { "an exact number" }, if negative { "" } else { " that is not negative" })
            }
            Self::Code(codes) => format!("a code of {}", codes.name()),
            Self::Text => "text".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
        }
    }
}

/// Reads a column. What it is called and whether it is personal decide what is said of a cell that cannot be used.
pub(super) struct Reader<'c> {
    pub(super) place: &'c str,
    pub(super) sensitive: bool,
    pub(super) wanted: Wanted<'c>,
    pub(super) absent: Absent,
    /// Decimals that stand behind the point of a whole number, where the source says so, as it says it.
    pub(super) scale: Option<&'c str>,
}

impl Reader<'_> {
    /// The cells of an array.
    ///
    /// # Errors
    /// An array of a type that cannot hold what is wanted.
    pub(super) fn read(&self, array: &ArrayRef, told: &mut Flaws) -> Result<Cells, Problem> {
        let mut spoiled = Vec::new();
        let values = match self.wanted {
            Wanted::Flag => self.flags(array, &mut spoiled, told)?,
            Wanted::Day => self.days(array, &mut spoiled, told)?,
            Wanted::Number { whole, negative, most } => self.numbers(array, (whole, negative, most), &mut spoiled, told)?,
            Wanted::Code(list) => self.codes(array, list, &mut spoiled, told)?,
            Wanted::Text => self.words(array)?,
            Wanted::Texts => self.lists(array)?,
        };
        Ok(Cells { values, absent: self.absent, spoiled })
    }

    fn wrong_type(&self, array: &ArrayRef) -> Problem {
        let message = format!("expected {}, found a column of type {}", self.wanted.words(), array.data_type());
        let problem = Problem::new(ProblemCode::WrongType, self.place, message);
        match (self.wanted, array.data_type()) {
            (Wanted::Day, DataType::Timestamp(..)) => {
                problem.with_cure("store dates (pandas: `.dt.date`; polars: `.dt.date()`), or texts YYYY-MM-DD")
            }
            _ => problem,
        }
    }

    /// Leaves a cell open and says why.
    fn spoil(&self, row: usize, found: &str, cure: Option<String>, spoiled: &mut Vec<usize>, told: &mut Flaws) {
        let words = self.wanted.words();
        let further = format!("further cells that are not {words}");
        let kind = Kind { code: ProblemCode::Suspect, place: self.place, further: &further, cure: "they are taken as unknown" };
        let message = || {
            let found = if self.sensitive { String::new() } else { format!(", found \"{}\"", found.chars().take(40).collect::<String>()) };
            format!("expected {words}{found}")
        };
        told.tell(kind, row, message, Some(cure.unwrap_or_else(|| "it is taken as unknown".to_owned())));
        spoiled.push(row);
    }

    fn texts(&self, array: &ArrayRef) -> Result<StringArray, Problem> {
        match array.data_type() {
            DataType::Utf8 => Ok(array.as_string::<i32>().clone()),
            kind if kind.is_string() || kind.is_integer() || matches!(kind, DataType::Dictionary(..) | DataType::Null) => {
                let cast = cast(array, &DataType::Utf8).map_err(|_| self.wrong_type(array))?;
                Ok(cast.as_string::<i32>().clone())
            }
            _ => Err(self.wrong_type(array)),
        }
    }

    /// Texts, or a few of them that repeat; a blank one says nothing.
    fn words(&self, array: &ArrayRef) -> Result<Values, Problem> {
        let is_blank = |text: &str| text.trim().is_empty();
        if let Some(dictionary) = array.as_any_dictionary_opt() {
            let words = self.texts(dictionary.values())?;
            if !words.iter().flatten().any(is_blank) {
                return Ok(Values::Words { keys: keys(dictionary), words, nulls: array.logical_nulls() });
            }
        }
        let texts = self.texts(array)?;
        if !texts.iter().flatten().any(is_blank) {
            return Ok(Values::Texts(texts));
        }
        Ok(Values::Texts(texts.iter().map(|text| text.filter(|text| !is_blank(text))).collect()))
    }

    fn flags(&self, array: &ArrayRef, spoiled: &mut Vec<usize>, told: &mut Flaws) -> Result<Values, Problem> {
        if let Some(flags) = array.as_boolean_opt() {
            return Ok(Values::Flags(flags.clone()));
        }
        let texts = self.texts(array)?;
        let mut flags = BooleanBuilder::with_capacity(texts.len());
        for (row, text) in texts.iter().enumerate() {
            flags.append_option(match text.map(str::trim) {
                None | Some("") => None,
                // What is written most often needs no folding.
                Some("true" | "是" | "1") => Some(true),
                Some("false" | "否" | "0") => Some(false),
                Some(other) => {
                    let flag = yes_or_no(&tidy(other));
                    if flag.is_none() {
                        self.spoil(row, other, None, spoiled, told);
                    }
                    flag
                }
            });
        }
        Ok(Values::Flags(flags.finish()))
    }

    fn days(&self, array: &ArrayRef, spoiled: &mut Vec<usize>, told: &mut Flaws) -> Result<Values, Problem> {
        match array.data_type() {
            DataType::Date32 => {
                let days = array.as_primitive::<Date32Type>();
                // Most are all civil days, which is plain to see; several are looked at together.
                let (first, last) = civil_days();
                if days.values().iter().fold(0, |outside, day| outside | i32::from(!(first..=last).contains(day))) == 0 {
                    return Ok(Values::Dates(days.clone()));
                }
                return Ok(self.civil_days(days.iter().map(|day| day.map(i64::from)), spoiled, told));
            }
            DataType::Date64 => {
                const MILLISECONDS: i64 = 86_400_000;
                let days = array.as_primitive::<Date64Type>().iter().map(|day| day.map(|milliseconds| milliseconds.div_euclid(MILLISECONDS)));
                return Ok(self.civil_days(days, spoiled, told));
            }
            DataType::Null => return Ok(Values::Dates(Date32Array::new_null(array.len()))),
            kind if kind.is_integer() => return Err(self.wrong_type(array)),
            _ => {}
        }
        let texts = self.texts(array)?;
        let mut days = Date32Builder::with_capacity(texts.len());
        for (row, text) in texts.iter().enumerate() {
            days.append_option(match text.map(str::trim) {
                None | Some("") => None,
                Some(text) => match parse_day(text) {
                    Some(day) => Some(day.num_days_from_ce() - DAYS_BEFORE_1970),
                    None => {
                        self.spoil(row, text, Some("write YYYY-MM-DD; it is taken as unknown".to_owned()), spoiled, told);
                        None
                    }
                },
            });
        }
        Ok(Values::Dates(days.finish()))
    }

    /// Days since 1970, of which those that are no civil days are left open.
    fn civil_days(&self, days: impl Iterator<Item = Option<i64>>, spoiled: &mut Vec<usize>, told: &mut Flaws) -> Values {
        let (first, last) = civil_days();
        let mut civil = |(row, day): (usize, Option<i64>)| {
            let day = day?;
            let civil = i32::try_from(day).ok().filter(|day| (first..=last).contains(day));
            if civil.is_none() {
                let found = format!("{day} days since 1970-01-01");
                self.spoil(row, &found, Some("days lie in the years 1 to 9999; it is taken as unknown".to_owned()), spoiled, told);
            }
            civil
        };
        Values::Dates(days.enumerate().map(&mut civil).collect())
    }

    fn numbers(
        &self,
        array: &ArrayRef,
        (whole, negative, most): (bool, bool, Option<Decimal>),
        spoiled: &mut Vec<usize>,
        told: &mut Flaws,
    ) -> Result<Values, Problem> {
        let scale = self.scale_of(array)?;
        // Most are plain to see, and the others are looked at one by one.
        let is_plain = |held: &Numbers| (!whole || held.scale() == 0) && (negative || held.are_never_negative()) && held.are_all_held();
        if let Some(held) = Numbers::small(array, scale).filter(is_plain) {
            return Ok(Values::Numbers(held));
        }
        let numbers = match array.data_type() {
            DataType::Decimal128(..) => array.as_primitive::<Decimal128Type>().clone(),
            DataType::Null => Decimal128Array::new_null(array.len()),
            kind if kind.is_integer() => {
                const DIGITS: u8 = 38;
                let digits = cast(array, &DataType::Decimal128(DIGITS, 0)).map_err(|_| self.wrong_type(array))?;
                let digits = digits.as_primitive::<Decimal128Type>().clone();
                digits.with_precision_and_scale(DIGITS, scale).map_err(|_| self.wrong_type(array))?
            }
            DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal256(..) => {
                let cast = cast(array, &DataType::Decimal128(38, scale)).map_err(|_| self.wrong_type(array))?;
                for row in (0..array.len()).filter(|row| array.is_valid(*row) && cast.is_null(*row)) {
                    self.spoil(row, "a number of more than 38 digits", None, spoiled, told);
                }
                cast.as_primitive::<Decimal128Type>().clone()
            }
            DataType::Float16 | DataType::Float32 | DataType::Float64 => {
                told.notes.push(
                    Problem::new(ProblemCode::InexactNumber, self.place, "binary numbers, each read as the shortest decimal that stands for it")
                        .with_cure("store decimals"),
                );
                let parse = |text: &str| parse_decimal(text).or_else(|| Decimal::from_scientific(text).ok());
                self.parsed(&self.shortest(array)?, parse, spoiled, told)
            }
            _ => self.parsed(&self.texts(array)?, parse_decimal, spoiled, told),
        };
        // What must be whole or not below zero and is not, is left open, and so is what is too large or too fine to be held.
        let scale = u32::try_from(numbers.scale()).unwrap_or(0);
        let one = 10_i128.checked_pow(scale);
        let is_held = |digits: i128| number(digits, numbers.scale()).is_some_and(|number| most.is_none_or(|most| number <= most));
        let fits = |digits: i128| (negative || digits >= 0) && (!whole || one.is_some_and(|one| digits % one == 0)) && is_held(digits);
        let held = Numbers::of(&numbers);
        if is_plain(&held) || numbers.iter().flatten().all(fits) {
            return Ok(Values::Numbers(held));
        }
        let (precision, scale) = (numbers.precision(), numbers.scale());
        let kept: Vec<Option<i128>> = numbers
            .iter()
            .enumerate()
            .map(|(row, digits)| {
                let digits = digits?;
                if !fits(digits) {
                    self.spoil(row, &numbers.value_as_string(row), None, spoiled, told);
                    return None;
                }
                Some(digits)
            })
            .collect();
        spoiled.sort_unstable();
        let kept = Decimal128Array::from(kept).with_precision_and_scale(precision, scale).map_err(|_| self.wrong_type(array))?;
        Ok(Values::Numbers(Numbers::of(&kept)))
    }

    /// How many digits of an array's numbers stand behind the point. What the source says of it is for whole numbers alone: of others it would be
    /// passed over, and amounts be taken for others.
    fn scale_of(&self, array: &ArrayRef) -> Result<i8, Problem> {
        let refused = |message: String, cure: &str| Problem::new(ProblemCode::WrongType, self.place, message).with_cure(cure);
        match (array.data_type(), self.scale) {
            (DataType::Decimal32(_, scale) | DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) | DataType::Decimal256(_, scale), _) => {
                Ok(*scale)
            }
            (_, None) | (DataType::Null, _) => Ok(0),
            (kind, Some(scale)) if kind.is_integer() => scale.parse().map_err(|_| {
                let message = format!("the `scale` of a column is a whole number from {} to {}, found \"{scale}\"", i8::MIN, i8::MAX);
                refused(message, "write how many digits stand behind the point: 2 for hundredths")
            }),
            (kind, Some(_)) => {
                Err(refused(format!("a `scale` is for columns of whole numbers, found one of type {kind}"), "leave it out, or store whole numbers"))
            }
        }
    }

    /// Binary numbers as the shortest decimals that stand for them, each in its own precision.
    fn shortest(&self, array: &ArrayRef) -> Result<StringArray, Problem> {
        type Half = <Float16Type as ArrowPrimitiveType>::Native;
        /// With so many digits behind the first, every half has a decimal that stands for it alone.
        const DIGITS: usize = 4;
        let Some(halves) = array.as_primitive_opt::<Float16Type>() else {
            let texts = cast(array, &DataType::Utf8).map_err(|_| self.wrong_type(array))?;
            return Ok(texts.as_string::<i32>().clone());
        };
        let shortest = |half: Half| {
            let texts = (0..=DIGITS).map(|digits| format!("{:.digits$e}", half.to_f32()));
            let stands = |text: &String| text.parse().is_ok_and(|number| Half::from_f32(number) == half);
            texts.into_iter().find(stands).unwrap_or_else(|| half.to_string())
        };
        Ok(halves.iter().map(|half| half.map(shortest)).collect())
    }

    /// Texts as numbers of one scale.
    fn parsed(&self, texts: &StringArray, parse: impl Fn(&str) -> Option<Decimal>, spoiled: &mut Vec<usize>, told: &mut Flaws) -> Decimal128Array {
        /// Of 38 digits so many stand behind the point, and the rest before it: what can be held hangs on no other row.
        const FINEST: u32 = 20;
        const BELOW: Decimal = Decimal::from_parts(0xA764_0000, 0x0DE0_B6B3, 0, false, 0);
        let numbers: Vec<Option<Decimal>> = texts
            .iter()
            .enumerate()
            .map(|(row, text)| {
                let text = text.map(str::trim).filter(|text| !text.is_empty())?;
                let number = parse(text).map(|number| number.normalize());
                let cure = match number {
                    None => "write digits with at most one point; it is taken as unknown",
                    Some(number) if number.scale() > FINEST || number.abs() >= BELOW => {
                        "at most 18 digits before the point and 20 behind it can be held; it is taken as unknown"
                    }
                    Some(number) => return Some(number),
                };
                self.spoil(row, text, Some(cure.to_owned()), spoiled, told);
                None
            })
            .collect();
        let scale = numbers.iter().flatten().map(Decimal::scale).max().unwrap_or(0);
        let digits = numbers.iter().map(|number| {
            let number = (*number)?;
            number.mantissa().checked_mul(10_i128.checked_pow(scale.checked_sub(number.scale())?)?)
        });
        let digits: Vec<Option<i128>> = digits.collect();
        let array = Decimal128Array::from(digits);
        // At most twenty decimals of at most 38 digits are always allowed.
        let scale = i8::try_from(scale).unwrap_or(0);
        array.clone().with_precision_and_scale(38, scale).unwrap_or(array)
    }

    fn codes(&self, array: &ArrayRef, list: Coded<'_>, spoiled: &mut Vec<usize>, told: &mut Flaws) -> Result<Values, Problem> {
        if let Some(dictionary) = array.as_any_dictionary_opt()
            && let Some(codes) = self.codes_of_words(dictionary, list)?
        {
            return Ok(codes);
        }
        let values = self.texts(array)?;
        // Codes repeat: the one before is most often the one meant.
        let mut before: (&str, Option<u8>) = ("", None);
        let mut place_of = |text| {
            if before.0 != text {
                before = (text, list.place(text));
            }
            before.1
        };
        let mut codes = Vec::with_capacity(array.len());
        let mut valid = Vec::with_capacity(array.len());
        for row in 0..array.len() {
            let text = values.is_valid(row).then(|| values.value(row).trim()).filter(|text| !text.is_empty());
            let place = text.and_then(&mut place_of);
            if let (Some(text), None) = (text, place) {
                let near = list.nearest(text);
                self.spoil(row, text, near.map(|near| format!("did you mean `{near}`? It is taken as unknown")), spoiled, told);
            }
            valid.push(place.is_some());
            codes.push(place.unwrap_or_default());
        }
        let nulls = if valid.iter().all(|valid| *valid) { None } else { Some(valid.into()) };
        Ok(Values::Codes(codes, nulls))
    }

    /// The codes of a dictionary whose words are all codes; `None` where one is not, and each row must be told apart.
    fn codes_of_words(&self, dictionary: &dyn AnyDictionaryArray, list: Coded<'_>) -> Result<Option<Values>, Problem> {
        let words = self.texts(dictionary.values())?;
        let code_of = |word: Option<&str>| word.map(str::trim).filter(|word| !word.is_empty()).and_then(|word| list.place(word));
        let Some(codes) = words.iter().map(code_of).collect::<Option<Vec<u8>>>() else { return Ok(None) };
        let code_of = |key: usize| codes.get(key).copied().unwrap_or_default();
        let codes = match keys(dictionary) {
            Keys::Narrow(keys) => {
                let codes: [u8; 256] = std::array::from_fn(code_of);
                keys.into_iter().map(|key| codes.get(usize::from(key)).copied().unwrap_or_default()).collect()
            }
            Keys::Broad(keys) => keys.into_iter().map(|key| code_of(key as usize)).collect(),
        };
        Ok(Some(Values::Codes(codes, dictionary.logical_nulls())))
    }

    fn lists(&self, array: &ArrayRef) -> Result<Values, Problem> {
        let Some(lists) = array.as_list_opt::<i32>() else { return Err(self.wrong_type(array)) };
        let texts = |list: ArrayRef| -> Result<Vec<String>, Problem> { Ok(self.texts(&list)?.iter().flatten().map(str::to_owned).collect()) };
        let lists = lists.iter().map(|list| list.map(texts).transpose());
        Ok(Values::Lists(lists.collect::<Result<_, _>>()?))
    }
}

/// The first and the last civil day, in days since 1970.
fn civil_days() -> (i32, i32) {
    let since_1970 = |day: Day| day.num_days_from_ce() - DAYS_BEFORE_1970;
    (since_1970(CIVIL_DAYS.0), since_1970(CIVIL_DAYS.1))
}

/// Which word of a dictionary each row has; what stands where there is none means nothing.
fn keys(dictionary: &dyn AnyDictionaryArray) -> Keys {
    fn of<K: ArrowPrimitiveType, T>(keys: &dyn Array, key: impl Fn(usize) -> T) -> Option<Vec<T>> {
        Some(keys.as_primitive_opt::<K>()?.values().iter().map(|found| key(found.as_usize())).collect())
    }
    let (keys, words) = (dictionary.keys(), dictionary.values().len());
    let narrow = |key: usize| u8::try_from(key).unwrap_or(u8::MAX);
    let broad = |key: usize| u32::try_from(key).unwrap_or(u32::MAX);
    // Where there are no words, no row has one.
    if words == 0 {
        return Keys::Narrow(vec![0; keys.len()]);
    }
    // What stands where there is no word must not be taken for one.
    if words < usize::from(u8::MAX) {
        // Of words that signed keys tell apart, none has a place beyond theirs.
        let signed = keys.as_primitive_opt::<Int8Type>().map(|keys| keys.values().iter().map(|key| key.cast_unsigned()).collect());
        let unsigned = || Some(keys.as_primitive_opt::<UInt8Type>()?.values().to_vec());
        if let Some(keys) = signed.or_else(unsigned).or_else(|| of::<Int32Type, _>(keys, narrow)) {
            return Keys::Narrow(keys);
        }
    }
    let keys = of::<Int32Type, _>(keys, broad).or_else(|| of::<UInt32Type, _>(keys, broad));
    Keys::Broad(keys.unwrap_or_else(|| dictionary.normalized_keys().into_iter().map(broad).collect()))
}

/// Whether a column of this type can hold the ids of subjects.
pub(super) fn can_be_ids(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => values.is_string() || values.is_integer(),
        // A column without a single value has no type of its own.
        kind => kind.is_string() || kind.is_integer() || kind.is_null(),
    }
}

/// Whether ids of this type are held as whole numbers.
pub(super) fn are_numbers(kind: &DataType) -> bool {
    kind.is_integer()
}

/// Texts or whole numbers, as the ids of subjects; `None` where the column holds something else, or whole numbers that 64 bits with a sign do not.
pub(super) fn ids(array: &ArrayRef) -> Option<Ids> {
    match array.data_type() {
        kind if !can_be_ids(kind) => None,
        kind if are_numbers(kind) => {
            let numbers = cast(array, &DataType::Int64).ok()?;
            (numbers.null_count() == array.null_count()).then(|| Ids::Numbers(numbers.as_primitive::<Int64Type>().clone()))
        }
        _ => Some(Ids::Texts(cast(array, &DataType::Utf8).ok()?.as_string::<i32>().clone())),
    }
}
