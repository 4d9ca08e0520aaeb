//! Geometry of the drawings in a page: whole numbers of a drawing's own units, computed from exact figures.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;
use smol_str::SmolStr;

use super::tally::{Bin, Counts, SHOWN};
use super::words;
use crate::evaluate::{Figure, FigurePortion, Finding, Relation};
use crate::lang::Lang;
use crate::quantity::parse_decimal;

/// A segment of the bar of results.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Segment {
    /// The status code, which names the pattern.
    pub(super) code: &'static str,
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
    pub(super) people: usize,
    pub(super) x: usize,
    pub(super) width: usize,
    /// Whether the number fits into it.
    pub(super) roomy: bool,
}

/// The size of the bar of results, and of a department's.
pub(super) const BAR: (usize, usize) = (720, 40);
pub(super) const SMALL_BAR: (usize, usize) = (180, 14);

/// A bar of results so many units wide, met first. INVARIANT: widths add up, and nobody's segment vanishes.
pub(super) fn results(counts: &Counts, whole: usize, lang: Lang) -> Vec<Segment> {
    const LEAST: usize = 3;
    let people = counts.people();
    let mut segments: Vec<Segment> = (SHOWN.into_iter().filter(|status| counts.of(*status) > 0))
        .map(|status| {
            let width = (whole * counts.of(status)).checked_div(people).unwrap_or(0).max(LEAST);
            let (symbol, word) = (words::symbol(status), words::status(status, lang));
            Segment { code: status.code(), symbol, word, people: counts.of(status), x: 0, width, roomy: false }
        })
        .collect();
    let drawn: usize = segments.iter().map(|segment| segment.width).sum();
    if let Some(widest) = segments.iter_mut().max_by_key(|segment| segment.width) {
        widest.width = (widest.width + whole).saturating_sub(drawn);
    }
    let mut x = 0;
    for segment in &mut segments {
        segment.x = x;
        x += segment.width;
        segment.roomy = segment.width > 14 + 9 * segment.people.to_string().len();
    }
    segments
}

/// The small bar of one figure: what is there, what may be there, what is lacking, and a tick at what is asked.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Gauge {
    pub(super) have: i64,
    /// Where what is uncertain ends; equal to `have` where nothing is.
    pub(super) may: i64,
    pub(super) tick: i64,
    pub(super) over: bool,
}

/// The width of a gauge, and the place of its tick.
pub(super) const GAUGE: i64 = 80;
const TICK: i64 = 60;

/// The gauge of a finding with figures; `None` without them.
pub(super) fn gauge(finding: &Finding) -> Option<Gauge> {
    let required = parse_decimal(finding.required.as_deref()?).filter(|required| *required > Decimal::ZERO)?;
    let low = finding.actual.as_deref().or(finding.actual_low.as_deref()).map_or(Some(Decimal::ZERO), parse_decimal)?;
    let place = |value: Decimal| {
        let scaled = value.checked_mul(Decimal::from(TICK)).and_then(|scaled| scaled.checked_div(required));
        scaled.and_then(|scaled| scaled.floor().to_i64()).unwrap_or(GAUGE).clamp(0, GAUGE)
    };
    let have = place(low);
    let may = match (&finding.actual, &finding.actual_high) {
        (Some(_), _) => have,
        (None, Some(high)) => parse_decimal(high).map_or(GAUGE, place),
        (None, None) => GAUGE,
    };
    Some(Gauge { have, may: may.max(have), tick: TICK, over: matches!(finding.relation, Some(Relation::AtMost | Relation::LessThan)) })
}

/// A stretch of the bar of a requirement.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its kind, which names the pattern: `have`, `now`, `pending`, `may`, `gap`, `over`.
    pub(super) kind: &'static str,
    pub(super) x: i64,
    pub(super) width: i64,
}

/// The length of the bar of a requirement, and the place of its tick.
pub(super) const METER: (i64, i64) = (400, 300);

/// What is left at the end of a bar for what is uncertain beyond it.
const SLIVER: i64 = 12;

/// The bar of a comparison of numbers; nothing where there is no direction, or nothing is asked.
///
/// INVARIANT: stretches lie side by side, and end at the tick exactly where exactly enough is there. What is uncertain is seen.
pub(super) fn meter(figure: &Figure, portion: &FigurePortion) -> Option<Vec<Stretch>> {
    let required = parse_decimal(figure.required.as_deref()?).filter(|required| *required > Decimal::ZERO)?;
    let (length, tick) = METER;
    let place = |value: Decimal| {
        let scaled = value.checked_mul(Decimal::from(tick)).and_then(|scaled| scaled.checked_div(required));
        scaled.and_then(|scaled| scaled.floor().to_i64()).unwrap_or(length).clamp(0, length)
    };
    let of = |text: &Option<SmolStr>| text.as_deref().and_then(parse_decimal).map(place);
    let is_open = figure.actual.is_none() && figure.actual_low != figure.actual_high;
    let low = of(&figure.actual).or_else(|| of(&figure.actual_low)).unwrap_or(0).min(if is_open { length - SLIVER } else { length });
    let high = if figure.actual.is_some() { low } else { of(&figure.actual_high).unwrap_or(length) }.max(low);
    let over = match figure.relation {
        Relation::AtMost | Relation::LessThan => true,
        Relation::AtLeast | Relation::MoreThan | Relation::Equal => false,
        Relation::NotEqual => return None,
    };
    let settled = of(&portion.settled).unwrap_or(low).min(low);
    let hoped = of(&portion.hoped).unwrap_or(high).max(high);
    let within = |at: i64| if over { at.min(tick) } else { at };
    let mut ends = vec![("have", within(settled)), ("now", within(low)), ("pending", within(hoped)), ("gap", tick)];
    if high > low {
        ends.retain(|(kind, _)| *kind != "pending");
        ends.insert(2, ("may", high));
    }
    if over {
        ends.retain(|(kind, _)| *kind != "gap");
        ends.push(("over", low));
    }
    let mut stretches = Vec::new();
    let mut x = 0;
    for (kind, end) in ends {
        if end > x {
            stretches.push(Stretch { kind, x, width: end - x });
            x = end;
        }
    }
    Some(stretches)
}

/// A column of the histogram of gaps.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) middle: usize,
    pub(super) people: usize,
    /// The upper end of its bin.
    pub(super) to: String,
    /// The right edge of its slot, under which the upper end is written.
    pub(super) edge: usize,
}

/// The size of a histogram's drawing area.
pub(super) const PLOT: (usize, usize) = (300, 56);

/// The columns of a histogram: height by people, one unit at least where there is anybody.
pub(super) fn columns(bins: &[Bin]) -> Vec<Column> {
    let tallest = bins.iter().map(|bin| bin.people).max().unwrap_or(0).max(1);
    // A lone bin is drawn as wide as one of three: a column, not a wall.
    let slot = PLOT.0 / bins.len().max(3);
    let column = |(index, bin): (usize, &Bin)| {
        let height = (bin.people * PLOT.1).div_ceil(tallest);
        let x = index * slot;
        Column {
            x: x + 3,
            y: PLOT.1 - height,
            width: slot - 6,
            height,
            middle: x + slot / 2,
            people: bin.people,
            to: bin.to.to_string(),
            edge: x + slot,
        }
    };
    bins.iter().enumerate().map(column).collect()
}
