//! One field of any number of rows of a table side by side, so that a condition reads it once and not row by row.

use super::batch::{Yardstick, places};
use super::column::{WIDTH, bits, days_since_1970, fixed};
use super::segment::Segment;
use super::syntax::Comparator;
use super::val::Val;

/// A field of many rows: the values as the table holds them, and for each other kind of answer 64 rows a word.
///
/// INVARIANT: a row has at most one of the bits `none`, `unknown` and `other`; one without any of them has a value here. Words of which no row has
/// the bit may be left out.
pub(crate) struct Lane<'t> {
    pub(crate) values: LaneValues<'t>,
    /// The rows that certainly have none.
    pub(crate) none: Vec<u64>,
    /// The rows of which nobody told us.
    pub(crate) unknown: Vec<u64>,
    /// The rows with a value that has no plain form; who wants it asks the row.
    pub(crate) other: Vec<u64>,
}

/// The values of a lane; what stands where there is no value means nothing.
pub(crate) enum LaneValues<'t> {
    /// None that has a plain form.
    Empty,
    /// A bit for each that is true.
    Flags(Vec<u64>),
    Codes(&'t [u8]),
    /// Days since 1970.
    Days(&'t [i32]),
    Numbers(NumberLane<'t>),
    /// Texts that repeat: for each row its place among them.
    Words(LaneKeys<'t>, &'t dyn Words),
}

/// Which text each row has.
pub(crate) enum LaneKeys<'t> {
    /// Of so few that a byte tells them apart.
    Narrow(&'t [u8]),
    Broad(&'t [u32]),
}

/// Texts, each once.
pub(crate) trait Words: Sync {
    /// How many they are.
    fn len(&self) -> usize;
    /// The one in this place.
    fn get(&self, place: usize) -> Option<&str>;
}

/// What a lane of numbers has of one row.
pub(crate) enum LaneNumber {
    /// So many ten-thousandths.
    Steps(i64),
    None,
    Unknown,
    /// A value of no plain form.
    Other,
}

impl Lane<'_> {
    /// A lane of no rows.
    const NOTHING: Lane<'static> = Lane { values: LaneValues::Empty, none: Vec::new(), unknown: Vec::new(), other: Vec::new() };

    /// A lane of a field of which nothing is told: all of it certainly none, or not known.
    pub(crate) fn nothing(len: usize, is_none: bool) -> Self {
        let (none, unknown) = if is_none { (every(len), Vec::new()) } else { (Vec::new(), every(len)) };
        Self { none, unknown, ..Self::NOTHING }
    }

    /// A lane without a value of plain form: for each row whether it certainly has none, or that is not known; or neither.
    pub(crate) fn without_values(len: usize, is_none: impl Fn(usize) -> Option<bool>) -> Self {
        let no = vec![0; len.div_ceil(WIDTH)];
        let mut lane = Self { values: LaneValues::Empty, none: no.clone(), unknown: no.clone(), other: no };
        for place in 0..len {
            let bits = match is_none(place) {
                Some(true) => &mut lane.none,
                Some(false) => &mut lane.unknown,
                None => &mut lane.other,
            };
            if let Some(word) = bits.get_mut(place / WIDTH) {
                *word |= 1 << (place % WIDTH);
            }
        }
        lane
    }

    /// The rows of a word that have a value here.
    pub(super) fn valued(&self, word: usize) -> u64 {
        !(word_of(&self.none, word) | word_of(&self.unknown, word) | word_of(&self.other, word))
    }

    /// Whether every row has a value here.
    pub(super) fn is_full(&self) -> bool {
        self.none.is_empty() && self.unknown.is_empty() && self.other.is_empty() && !matches!(self.values, LaneValues::Empty)
    }

    /// Where no row has a value: whether each certainly has none, or of none it is known.
    pub(crate) fn is_nothing(&self) -> Option<bool> {
        match (&self.values, self.none.is_empty(), self.unknown.is_empty()) {
            (LaneValues::Empty, false, true) if self.other.is_empty() => Some(true),
            (LaneValues::Empty, true, false) if self.other.is_empty() => Some(false),
            _ => None,
        }
    }

    /// The number of this row.
    pub(super) fn number(&self, row: usize) -> LaneNumber {
        let has = |bits: &[u64]| word_of(bits, row / WIDTH) >> (row % WIDTH) & 1 == 1;
        match &self.values {
            _ if has(&self.none) => LaneNumber::None,
            _ if has(&self.unknown) => LaneNumber::Unknown,
            LaneValues::Numbers(numbers) if !has(&self.other) => numbers.steps(row).map_or(LaneNumber::Other, LaneNumber::Steps),
            _ => LaneNumber::Other,
        }
    }

    /// Which rows pass a comparison, where their values have a form in which it is plain to see. The bits of rows without a value, and of those that
    /// are not asked, mean nothing.
    pub(super) fn passing(&self, yardstick: &Yardstick<'_>, of: &[u64]) -> Option<Vec<u64>> {
        let interval = Interval::of(yardstick)?;
        let mut passing = match (&self.values, interval.kind) {
            (LaneValues::Codes(codes), MarkKind::Code) => {
                let (low, high) = interval.narrowed(0, i64::from(u8::MAX));
                let (low, high) = (u8::try_from(low).ok()?, u8::try_from(high).ok()?);
                within(codes, of, |code| (low..=high).contains(&code))
            }
            (LaneValues::Days(days), MarkKind::Day) => {
                let (low, high) = interval.narrowed(i64::from(i32::MIN), i64::from(i32::MAX));
                let (low, high) = (i32::try_from(low).ok()?, i32::try_from(high).ok()?);
                within(days, of, |day| (low..=high).contains(&day))
            }
            (LaneValues::Numbers(numbers), MarkKind::Number) => numbers.within(interval.low, interval.high, of)?,
            _ => return None,
        };
        if !interval.inside {
            for word in &mut passing {
                *word = !*word;
            }
        }
        Some(passing)
    }

    /// Which rows have a value that stands so to another lane's, where both are of one plain kind.
    pub(super) fn passing_beside(&self, comparator: Comparator, other: &Lane<'_>, of: &[u64]) -> Option<Vec<u64>> {
        match (&self.values, &other.values) {
            (LaneValues::Days(left), LaneValues::Days(right)) => Some(compared_pairs(left, right, comparator, of)),
            (LaneValues::Codes(left), LaneValues::Codes(right)) => Some(compared_pairs(left, right, comparator, of)),
            _ => None,
        }
    }

    /// Which rows have a text that passes a test, where each text stands once. The bits of rows without a text mean nothing.
    pub(super) fn passing_texts(&self, test: impl Fn(&str) -> bool, of: &[u64]) -> Option<Vec<u64>> {
        let LaneValues::Words(keys, words) = &self.values else { return None };
        Some(match keys {
            LaneKeys::Narrow(keys) => {
                let passes: Vec<bool> = (0..words.len()).map(|place| words.get(place).is_some_and(&test)).collect();
                within_each(keys, of, |key| passes.get(usize::from(key)).copied().unwrap_or(false))
            }
            LaneKeys::Broad(keys) => within_each(keys, of, |key| words.get(key as usize).is_some_and(&test)),
        })
    }
}

/// A lane of which nothing was asked.
pub(super) static NOTHING: Lane<'static> = Lane::NOTHING;

/// A word of bits, of which those that were left out are 0.
#[inline]
pub(crate) fn word_of(bits: &[u64], word: usize) -> u64 {
    bits.get(word).copied().unwrap_or_default()
}

/// So many rows, each as a bit.
pub(crate) fn every(len: usize) -> Vec<u64> {
    (0..len.div_ceil(WIDTH)).map(|word| below(len - word * WIDTH)).collect()
}

/// Words of bits, if there is a bit in them.
pub(crate) fn some(words: Vec<u64>) -> Vec<u64> {
    if words.iter().all(|word| *word == 0) { Vec::new() } else { words }
}

/// Those of some rows that are not among others.
pub(crate) fn without(of: &[u64], others: &[u64]) -> Vec<u64> {
    of.iter().enumerate().map(|(word, of)| of & !word_of(others, word)).collect()
}

/// So many of the lowest bits.
#[inline]
pub(crate) fn below(len: usize) -> u64 {
    if len >= WIDTH { u64::MAX } else { (1 << len) - 1 }
}

/// The values that pass a comparison: those between two ends, or those that are not.
struct Interval {
    kind: MarkKind,
    low: i64,
    high: i64,
    inside: bool,
}

/// What the ends of an interval are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    Code,
    /// Days since 1970.
    Day,
    /// Ten-thousandths.
    Number,
}

impl Interval {
    fn of(yardstick: &Yardstick<'_>) -> Option<Self> {
        let (comparator, mark) = match yardstick {
            Yardstick::Right(comparator, mark) => (*comparator, mark),
            Yardstick::Left(comparator, mark) => (comparator.mirrored(), mark),
            Yardstick::Range { low, low_closed, high, high_closed } => {
                let ((kind, low), (other, high)) = (mark_of(low)?, mark_of(high)?);
                let (low, high) = (low + i64::from(!low_closed), high - i64::from(!high_closed));
                return (kind == other).then_some(Self { kind, low, high, inside: true });
            }
        };
        let (kind, mark) = mark_of(mark)?;
        let (low, high, inside) = match comparator {
            Comparator::Equal => (mark, mark, true),
            Comparator::NotEqual => (mark, mark, false),
            Comparator::GreaterOrEqual => (mark, i64::MAX, true),
            Comparator::Less => (mark, i64::MAX, false),
            Comparator::LessOrEqual => (i64::MIN, mark, true),
            Comparator::Greater => (i64::MIN, mark, false),
        };
        Some(Self { kind, low, high, inside })
    }

    /// Its ends, for values that all lie between these; ends in the wrong order for none of them.
    fn narrowed(&self, least: i64, most: i64) -> (i64, i64) {
        if self.low > most || self.high < least || self.low > self.high { (most, least) } else { (self.low.max(least), self.high.min(most)) }
    }
}

/// A value as the end of an interval; none is so large that its neighbours cannot be held.
fn mark_of(value: &Val<'_>) -> Option<(MarkKind, i64)> {
    match value {
        Val::Number(number) => Some((MarkKind::Number, fixed(*number)?)),
        Val::Date(date) => Some((MarkKind::Day, i64::from(days_since_1970(*date)))),
        Val::Code(code) => Some((MarkKind::Code, i64::from(*code))),
        _ => None,
    }
}

/// The bits of the values that pass, 64 values a word; nothing for words of which no row is asked.
fn within<T: Copy + Default>(values: &[T], of: &[u64], passes: impl Fn(T) -> bool) -> Vec<u64> {
    let word = |(word, chunk): (&u64, &[T])| match chunk.first_chunk() {
        _ if *word == 0 => 0,
        Some(full) => bits(full, &passes),
        None => bits(&padded(chunk), &passes),
    };
    of.iter().zip(values.chunks(WIDTH)).map(word).collect()
}

/// The last values of a lane, which are fewer than a word has.
fn padded<T: Copy + Default>(values: &[T]) -> [T; WIDTH] {
    let mut padded = [T::default(); WIDTH];
    padded.iter_mut().zip(values).for_each(|(padded, value)| *padded = *value);
    padded
}

/// The same where a test costs more than a comparison: of the rows that are asked alone.
fn within_each<T: Copy>(values: &[T], of: &[u64], passes: impl Fn(T) -> bool) -> Vec<u64> {
    let word = |(of, chunk): (&u64, &[T])| {
        places(*of).fold(0, |word, place| word | u64::from(chunk.get(place).is_some_and(|value| passes(*value))) << place)
    };
    of.iter().zip(values.chunks(WIDTH)).map(word).collect()
}

fn compared_pairs<T: Ord>(left: &[T], right: &[T], comparator: Comparator, of: &[u64]) -> Vec<u64> {
    let pairs = of.iter().zip(left.chunks(WIDTH).zip(right.chunks(WIDTH)));
    let word = |(of, (left, right)): (&u64, (&[T], &[T]))| {
        let passes = |place: usize| left.get(place).zip(right.get(place)).is_some_and(|(left, right)| comparator.holds(left.cmp(right)));
        places(*of).fold(0, |word, place| word | u64::from(passes(place)) << place)
    };
    pairs.map(word).collect()
}

/// Numbers side by side, in steps of which each is so many ten-thousandths.
pub(crate) struct NumberLane<'t> {
    digits: Digits<'t>,
    /// So many ten-thousandths make a step.
    factor: i64,
    /// None is further from zero, in steps.
    largest: u64,
}

/// Steps; those that are small enough stand closer together, so that more of them are added at once.
enum Digits<'t> {
    Narrow(&'t [i32]),
    Broad(Vec<i64>),
}

/// The steps of a lane.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Steps {
    /// So many ten-thousandths make one.
    pub(super) factor: i64,
    /// None is further from zero.
    pub(super) largest: u64,
}

/// How many numbers are added at once.
const ABREAST: usize = 8;

/// For each byte, all bits where it has a bit.
static MASKS: [[i32; ABREAST]; 256] = masks();

const fn masks() -> [[i32; ABREAST]; 256] {
    let mut masks = [[0; ABREAST]; 256];
    let mut byte = 0;
    while byte < masks.len() {
        let mut place = 0;
        while place < ABREAST {
            masks[byte][place] = if byte >> place & 1 == 1 { -1 } else { 0 };
            place += 1;
        }
        byte += 1;
    }
    masks
}

/// All bits for each row of a word that has its bit.
#[inline]
pub(super) fn masks_of(word: u64) -> [i32; WIDTH] {
    let mut all = [0; WIDTH];
    for (eight, byte) in all.chunks_exact_mut(ABREAST).zip(word.to_le_bytes()) {
        if let Some(masks) = MASKS.get(usize::from(byte)) {
            eight.copy_from_slice(masks);
        }
    }
    all
}

impl<'t> NumberLane<'t> {
    /// A lane of small steps, none of which is further from zero than the largest.
    pub(crate) fn narrow(digits: &'t [i32], largest: u32, factor: i64) -> Self {
        Self { digits: Digits::Narrow(digits), factor, largest: u64::from(largest) }
    }

    /// A lane of ten-thousandths of any size.
    pub(crate) fn broad(steps: Vec<i64>) -> Self {
        let largest = steps.iter().fold(0, |largest, steps| largest.max(steps.unsigned_abs()));
        Self { digits: Digits::Broad(steps), factor: 1, largest }
    }

    /// The number of a row, in ten-thousandths.
    fn steps(&self, row: usize) -> Option<i64> {
        let digits = match &self.digits {
            Digits::Narrow(digits) => i64::from(*digits.get(row)?),
            Digits::Broad(digits) => *digits.get(row)?,
        };
        digits.checked_mul(self.factor)
    }

    /// The rows whose number lies between two numbers of ten-thousandths.
    fn within(&self, low: i64, high: i64, of: &[u64]) -> Option<Vec<u64>> {
        // The first step that is not below, the last that is not above.
        let (low, high) = (low.div_euclid(self.factor) + i64::from(low.rem_euclid(self.factor) != 0), high.div_euclid(self.factor));
        Some(match &self.digits {
            Digits::Narrow(digits) => {
                let interval = Interval { kind: MarkKind::Number, low, high, inside: true };
                let (low, high) = interval.narrowed(i64::from(i32::MIN), i64::from(i32::MAX));
                let (low, high) = (i32::try_from(low).ok()?, i32::try_from(high).ok()?);
                within(digits, of, |digits| (low..=high).contains(&digits))
            }
            Digits::Broad(digits) => within(digits, of, |digits| (low..=high).contains(&digits)),
        })
    }

    /// Its steps, where they are small, and of what kind they are.
    pub(super) fn small(&self) -> Option<(&'t [i32], Steps)> {
        match &self.digits {
            Digits::Narrow(digits) => Some((digits, Steps { factor: self.factor, largest: self.largest })),
            Digits::Broad(_) => None,
        }
    }

    /// What the rows of each of up to 64 spans come to that have a bit, in ten-thousandths, and the spans of which that could grow beyond what is held.
    pub(super) fn sums(&self, words: &[u64], spans: &[(usize, usize)]) -> ([i64; WIDTH], u64) {
        let segments = spans.iter().map(|(start, end)| Segment { start: *start, end: *end, words });
        let longest = segments.clone().map(|rows| rows.len()).max().unwrap_or_default();
        match &self.digits {
            Digits::Narrow(digits) if self.most_of(longest).is_some() && self.most_of(WIDTH).is_some_and(|most| i32::try_from(most).is_ok()) => {
                let mut sums = [0; WIDTH];
                sums.iter_mut().zip(segments).for_each(|(sum, rows)| *sum = small_sum(digits, rows) * self.factor);
                (sums, 0)
            }
            _ => {
                let (mut sums, mut beyond) = ([0; WIDTH], 0);
                for (place, (sum, rows)) in sums.iter_mut().zip(segments).enumerate() {
                    match self.sum(rows) {
                        Some(held) => *sum = held,
                        None => beyond |= 1 << place,
                    }
                }
                (sums, beyond)
            }
        }
    }

    fn sum(&self, rows: Segment<'_>) -> Option<i64> {
        self.most_of(rows.len())?;
        let sum: i64 = match &self.digits {
            Digits::Narrow(digits) => rows.rows().filter_map(|row| digits.get(row)).map(|digits| i64::from(*digits)).sum(),
            Digits::Broad(digits) => rows.rows().filter_map(|row| digits.get(row)).sum(),
        };
        Some(sum * self.factor)
    }

    /// How many steps so many numbers come to at most, where that many ten-thousandths can be held.
    fn most_of(&self, numbers: usize) -> Option<u64> {
        let most = self.largest.checked_mul(u64::try_from(numbers).ok()?)?;
        i64::try_from(most.checked_mul(self.factor.unsigned_abs())?).ok()?;
        Some(most)
    }
}

/// What the digits of some rows come to, of which 64 cannot grow beyond 32 bits.
fn small_sum(digits: &[i32], rows: Segment<'_>) -> i64 {
    rows.pieces().map(|piece| i64::from(sum_of_piece(digits, piece))).sum()
}

#[inline]
fn sum_of_piece(digits: &[i32], rows: Segment<'_>) -> i32 {
    let digits = digits.get(rows.start..).unwrap_or_default();
    let last;
    let digits = match digits.first_chunk() {
        Some(digits) => digits,
        None => {
            last = padded(digits);
            &last
        }
    };
    let (eights, _) = digits.as_chunks::<ABREAST>();
    let mut sums = [0_i32; ABREAST];
    // Rows beyond the last have no bit.
    for (eight, byte) in eights.iter().zip(rows.bits().to_le_bytes()).take(rows.len().div_ceil(ABREAST)) {
        add_masked(&mut sums, eight, byte);
    }
    sums.iter().sum()
}

/// Adds those of eight digits that have a bit.
#[inline]
fn add_masked(sums: &mut [i32; ABREAST], digits: &[i32; ABREAST], byte: u8) {
    if let Some(masks) = MASKS.get(usize::from(byte)) {
        for ((sum, digits), mask) in sums.iter_mut().zip(digits).zip(masks) {
            *sum = sum.wrapping_add(digits & mask);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rust_decimal::Decimal;

    use super::*;

    const COMPARATORS: [Comparator; 6] =
        [Comparator::Equal, Comparator::NotEqual, Comparator::Less, Comparator::LessOrEqual, Comparator::Greater, Comparator::GreaterOrEqual];

    fn lane(values: LaneValues<'_>) -> Lane<'_> {
        Lane { values, ..Lane::NOTHING }
    }

    /// Each comparison and each range with ends of these finds the values that it should, and no others.
    fn finds<'v>(lane: &Lane<'_>, values: &[i64], marks: &[(i64, Val<'v>)]) {
        let of = every(values.len());
        let check = |yardstick: &Yardstick<'v>, passes: &dyn Fn(i64) -> bool| {
            let passing = lane.passing(yardstick, &of).expect("a plain kind");
            for (row, value) in values.iter().enumerate() {
                assert_eq!(passing[row / WIDTH] >> (row % WIDTH) & 1 == 1, passes(*value), "row {row}: {value}");
            }
        };
        for (mark, val) in marks {
            for comparator in COMPARATORS {
                check(&Yardstick::Right(comparator, val.clone()), &|value| comparator.holds(value.cmp(mark)));
                check(&Yardstick::Left(comparator, val.clone()), &|value| comparator.holds(mark.cmp(&value)));
            }
            for (other, high) in marks {
                for (low_closed, high_closed) in [(false, false), (false, true), (true, false), (true, true)] {
                    let yardstick = Yardstick::Range { low: val.clone(), low_closed, high: high.clone(), high_closed };
                    check(&yardstick, &|value| (value > *mark || low_closed && value == *mark) && (value < *other || high_closed && value == *other));
                }
            }
        }
    }

    #[test]
    fn each_comparison_finds_the_values_that_it_should() {
        let codes: Vec<u8> = (0..=255).collect();
        let marks = [0, 1, 7, 254, 255].map(|code: u8| (i64::from(code), Val::Code(code)));
        finds(&lane(LaneValues::Codes(codes.as_slice())), &codes.iter().copied().map(i64::from).collect::<Vec<_>>(), &marks);

        let days: Vec<i32> = (-40..60).chain([i32::MIN, i32::MAX]).collect();
        let day = |days: i32| NaiveDate::from_num_days_from_ce_opt(days + super::super::column::DAYS_BEFORE_1970).expect("a day");
        let marks = [-40, -1, 0, 59, 60].map(|days| (i64::from(days), Val::Date(day(days))));
        finds(&lane(LaneValues::Days(days.as_slice())), &days.iter().copied().map(i64::from).collect::<Vec<_>>(), &marks);
    }

    #[test]
    fn numbers_are_compared_in_steps_that_are_coarser_than_the_mark() {
        let digits: Vec<i32> = (-30..70).chain([i32::MIN, i32::MAX]).collect();
        // Tenths, and ends that lie on a tenth, beside one, and beyond all of them.
        let marks = [-30_000, -29_999, 9_999, 10_000, 10_001, i64::from(i32::MAX) * 1_000, i64::from(i32::MAX) * 1_000 + 1];
        let marks = marks.map(|steps| (steps, Val::Number(Decimal::new(steps, 4))));
        let values: Vec<i64> = digits.iter().map(|digits| i64::from(*digits) * 1_000).collect();
        let narrow = NumberLane::narrow(digits.as_slice(), i32::MIN.unsigned_abs(), 1_000);
        finds(&lane(LaneValues::Numbers(narrow)), &values, &marks);
        finds(&lane(LaneValues::Numbers(NumberLane::broad(values.clone()))), &values, &marks);
    }

    /// What each span comes to; nothing where that cannot be held.
    fn sums(lane: &NumberLane<'_>, words: &[u64], spans: &[(usize, usize)]) -> Vec<Option<i64>> {
        let (sums, beyond) = lane.sums(words, spans);
        sums.iter().take(spans.len()).enumerate().map(|(place, sum)| (beyond >> place & 1 == 0).then_some(*sum)).collect()
    }

    #[test]
    fn the_numbers_of_any_segment_are_added() {
        let digits: Vec<i32> = (0..300).map(|row| (row * 7_919) % 4_001 - 2_000).collect();
        let words: Vec<u64> = (0..5_u64).map(|word| 0x9E37_79B9_7F4A_7C15_u64.rotate_left(u32::try_from(word).expect("few") * 13)).collect();
        let lanes = [
            NumberLane::narrow(digits.as_slice(), 2_000, 100),
            NumberLane::narrow(digits.as_slice(), u32::MAX / 8, 100),
            NumberLane::broad(digits.iter().map(|digits| i64::from(*digits) * 100).collect()),
        ];
        for start in 0..70 {
            for end in (start..=300).step_by(7) {
                let rows: Vec<usize> = (start..end).filter(|row| words[row / WIDTH] >> (row % WIDTH) & 1 == 1).collect();
                let sum: i64 = rows.iter().map(|row| i64::from(digits[*row]) * 100).sum();
                for lane in &lanes {
                    assert_eq!(sums(lane, &words, &[(start, end), (0, 0)]), [Some(sum), Some(0)], "from {start} to {end}");
                }
            }
        }
    }

    #[test]
    fn a_sum_that_might_not_be_held_is_not_tried() {
        let words = [u64::MAX];
        let all = [(0, 64)];
        assert_eq!(sums(&NumberLane::broad(vec![i64::MAX / 64; 64]), &words, &all), [Some(i64::MAX / 64 * 64)]);
        assert_eq!(sums(&NumberLane::broad(vec![i64::MAX / 63; 64]), &words, &all), [None]);
        let narrow = vec![i32::MAX; 64];
        assert_eq!(sums(&NumberLane::narrow(narrow.as_slice(), i32::MAX.unsigned_abs(), 1), &words, &all), [Some(i64::from(i32::MAX) * 64)]);
    }
}
