//! Figures in words: what is there, what is asked, and what lies between.

use smol_str::SmolStr;
use std::borrow::Cow;

use super::amount::{Rounding, quantity, shown, value_words, with_unit};
use super::{Labels, ValueLabel};
use crate::evaluate::{Figure, Finding, Relation, Status};
use crate::lang::Lang;
use crate::quantity::{parse_day, parse_decimal};

/// One comparison of a finding, with what it measures.
pub(super) struct Measured<'a> {
    figure: Cow<'a, Figure>,
    label: Option<&'a ValueLabel>,
    /// What it is called, where it has no words of its own.
    name: &'a str,
    labels: &'a Labels,
    lang: Lang,
}

/// One comparison in words, ready to be set out in columns.
#[cfg(feature = "render")]
pub(crate) struct FigureWords {
    /// What it measures, where that is not the provision itself.
    pub(crate) name: Option<String>,
    /// What is there, with its unit: `至少20分`.
    pub(crate) actual: Option<String>,
    /// What is asked: `要求25分`.
    pub(crate) required: Option<String>,
    /// What is missing or too much, with its unit, where it is above zero.
    pub(crate) short: Option<String>,
    /// Whether that is too much, and not too little.
    pub(crate) over: bool,
    /// The comparison itself.
    pub(crate) figure: Figure,
}

/// Every comparison of a finding in words.
#[cfg(feature = "render")]
pub(crate) fn figure_words(finding: &Finding, labels: &Labels, lang: Lang) -> Vec<FigureWords> {
    let told = |measured: Measured<'_>| {
        let unit = measured.figure.unit.as_ref();
        let numbers = measured.kind() == Sides::Numbers;
        let actual = measured.actual().map(|actual| if numbers { with_unit(&actual, unit, lang) } else { actual });
        let short = measured.figure.shortfall.as_deref().filter(|gap| *gap != "0");
        FigureWords {
            name: measured.own_name().map(str::to_owned),
            actual,
            required: measured.required(),
            short: short.map(|gap| with_unit(&shown(gap, Rounding::Up), unit, lang)),
            over: measured.is_over(),
            figure: measured.figure.into_owned(),
        }
    };
    measured(finding, "", labels, lang).into_iter().map(told).collect()
}

/// What the two sides of a comparison are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sides {
    Numbers,
    Days,
    Codes,
}

/// The comparisons of a finding, in its order.
pub(super) fn measured<'a>(finding: &'a Finding, name: &'a str, labels: &'a Labels, lang: Lang) -> Vec<Measured<'a>> {
    let known = labels.provision(&finding.provision).map_or(&[][..], |label| &label.figures);
    let of = |mut figure: Cow<'a, Figure>, label| {
        let called = figure.unit.as_ref().map(|unit| labels.unit(unit, lang).into_owned());
        if called != figure.unit {
            figure.to_mut().unit = called;
        }
        Measured { figure, label, name, labels, lang }
    };
    if !finding.figures.is_empty() {
        return finding.figures.iter().enumerate().map(|(place, figure)| of(Cow::Borrowed(figure), known.get(place))).collect();
    }
    let holds = match finding.status {
        Status::Met => Some(true),
        // Something else fails, whatever this figure turns out to be.
        Status::Unmet | Status::Waivable if is_open(finding) => None,
        Status::Unmet | Status::Waivable => Some(false),
        Status::NotApplicable | Status::Unknown => None,
    };
    let alone = finding.relation.map(|relation| Figure {
        actual: finding.actual.clone(),
        actual_low: finding.actual_low.clone(),
        actual_high: finding.actual_high.clone(),
        required: finding.required.clone(),
        shortfall: finding.shortfall.clone(),
        relation,
        unit: finding.unit.clone(),
        holds,
    });
    alone.into_iter().map(|figure| of(Cow::Owned(figure), known.first())).collect()
}

/// Whether what is there is known within bounds alone, which do not tell whether it is enough.
fn is_open(finding: &Finding) -> bool {
    let number = |side: &Option<SmolStr>| side.as_deref().and_then(parse_decimal);
    let (low, high) = (number(&finding.actual_low), number(&finding.actual_high));
    if finding.actual.is_some() || finding.actual_low.is_none() && finding.actual_high.is_none() {
        return false;
    }
    let Some(required) = number(&finding.required) else { return true };
    let fails = match finding.relation {
        Some(Relation::AtLeast) => high.is_some_and(|high| high < required),
        Some(Relation::MoreThan) => high.is_some_and(|high| high <= required),
        Some(Relation::AtMost) => low.is_some_and(|low| low > required),
        Some(Relation::LessThan) => low.is_some_and(|low| low >= required),
        _ => false,
    };
    !fails
}

/// Both sides of each comparison: `现有22分，要求25分`; `22 credits at hand, 25 required`. What is compared twice is told once.
pub(super) fn named_sides(figures: &[&Measured<'_>], lang: Lang) -> String {
    let same = |a: &&Measured<'_>, b: &&Measured<'_>| a.own_name() == b.own_name() && a.there_alone() == b.there_alone();
    let told = figures.chunk_by(same).filter_map(|same| Some(same.first()?.named(same.iter().filter_map(|figure| figure.required()).collect())));
    told.filter(|said| !said.is_empty()).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// What is there with its name, and what is asked: `学分32分（要求25分）`. What is compared twice is told once.
pub(super) fn there(figures: &[Measured<'_>], lang: Lang) -> Vec<String> {
    let told = figures.chunk_by(|a, b| a.there() == b.there()).filter_map(|same| {
        let asked: Vec<String> = same.iter().filter_map(Measured::required).collect();
        let (there, asked) = (same.first()?.there()?, asked.join(lang.pick("，", ", ")));
        Some(if asked.is_empty() { there } else { lang.pick(format!("{there}（{asked}）"), format!("{there} ({asked})")) })
    });
    told.collect()
}

impl Measured<'_> {
    /// Whether it holds; nothing where that is open.
    pub(super) fn holds(&self) -> Option<bool> {
        self.figure.holds
    }

    /// Whether it does not hold, and what is there is known.
    pub(super) fn is_known(&self) -> bool {
        self.figure.holds != Some(true) && self.figure.actual.is_some()
    }

    /// Whether nothing at all is allowed of what is counted in no unit.
    fn is_none_allowed(&self) -> bool {
        self.figure.relation == Relation::AtMost && self.figure.unit.is_none() && self.figure.required.as_deref() == Some("0")
    }

    /// Whether failing it means too much, and not too little.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.figure.relation, Relation::AtMost | Relation::LessThan)
    }

    /// Whether one bare number is asked and no other, such as a year.
    fn is_this_or_no_other(&self) -> bool {
        matches!(self.figure.relation, Relation::Equal | Relation::NotEqual) && self.figure.unit.is_none()
    }

    /// What it measures; nothing where that is the provision itself.
    fn own_name(&self) -> Option<&str> {
        self.label.and_then(|label| label.words(self.lang))
    }

    fn name(&self) -> &str {
        self.own_name().unwrap_or(self.name)
    }

    /// The amount that is missing or too much, with its name, where it is above zero.
    pub(super) fn short(&self) -> Option<String> {
        if matches!(self.figure.relation, Relation::Equal | Relation::NotEqual) {
            return None;
        }
        // So many years of age are not simply too many: both sides are told.
        if self.is_over() && self.figure.unit.is_none() {
            return None;
        }
        let shortfall = self.figure.shortfall.as_deref().filter(|gap| *gap != "0")?;
        Some(quantity(self.name(), &shown(shortfall, Rounding::Up), self.figure.unit.as_ref(), self.lang))
    }

    /// What is missing and how much, where it is counted in no unit.
    pub(super) fn short_of_no_unit(&self) -> Option<(&str, String)> {
        let gap = self.figure.shortfall.as_deref().filter(|_| self.figure.unit.is_none() && self.short().is_some())?;
        Some((self.name(), shown(gap, Rounding::Up)))
    }

    /// How much is too much, where too much is what fails: `项目收入超出上限0.01元`; `income: 0.01 yuan over the limit`.
    pub(super) fn too_much(&self) -> Option<String> {
        self.short().filter(|_| self.is_over())?;
        let gap = with_unit(&shown(self.figure.shortfall.as_deref()?, Rounding::Up), self.figure.unit.as_ref(), self.lang);
        let name = self.name();
        Some(self.lang.pick(format!("{name}超出上限{gap}"), format!("{name}: {gap} over the limit")))
    }

    /// Whether there certainly is nothing to compare.
    fn is_absent(&self) -> bool {
        let figure = &self.figure;
        figure.holds == Some(false) && figure.actual.is_none() && figure.actual_low.is_none() && figure.actual_high.is_none()
    }

    /// What is there: `现有22分`; `22 credits at hand`.
    fn there_alone(&self) -> Option<String> {
        if self.is_absent() {
            return Some(self.lang.pick("现无", "none").to_owned());
        }
        self.actual().map(|there| match self.kind() {
            // An age is not at hand.
            Sides::Numbers if self.is_over() && self.figure.unit.is_none() => self.lang.pick(format!("现为{there}"), there),
            // Nor is a year, of which one is asked and no other.
            Sides::Numbers if self.is_this_or_no_other() => self.lang.pick(format!("现为{there}"), format!("it is {there}")),
            Sides::Numbers => {
                let there = with_unit(&there, self.figure.unit.as_ref(), self.lang);
                self.lang.pick(format!("现有{there}"), format!("{there} at hand"))
            }
            Sides::Days | Sides::Codes => self.lang.pick(format!("现为{there}"), format!("it is {there}")),
        })
    }

    /// The same with what is asked of it, and the name before it where it has one of its own.
    fn named(&self, asked: Vec<String>) -> String {
        let sides = self.there_alone().into_iter().chain(asked).collect::<Vec<_>>().join(self.lang.pick("，", ", "));
        let is_told = self.lang == Lang::En && self.kind() != Sides::Numbers && self.actual().is_some();
        match self.own_name() {
            Some(name) if is_told && takes_a_day(name) => format!("{name} {}", sides.trim_start_matches("it is ")),
            Some(name) if is_told => format!("{name} {}", sides.trim_start_matches("it ")),
            Some(name) if !sides.is_empty() => format!("{name}{}{sides}", self.lang.pick("", ": ")),
            _ => sides,
        }
    }

    /// What is there with its name: `学分32分`.
    fn there(&self) -> Option<String> {
        let (there, name) = (self.actual()?, self.name());
        Some(match self.kind() {
            // A year is no amount.
            Sides::Numbers if self.is_this_or_no_other() => self.lang.pick(format!("{name}为{there}"), format!("{name} is {there}")),
            Sides::Numbers => quantity(name, &there, self.figure.unit.as_ref(), self.lang),
            Sides::Days if self.lang == Lang::En && takes_a_day(name) => format!("{name} {there}"),
            Sides::Days | Sides::Codes => self.lang.pick(format!("{name}为{there}"), format!("{name} is {there}")),
        })
    }

    fn kind(&self) -> Sides {
        let figure = &self.figure;
        let side = figure.required.as_ref().or(figure.actual.as_ref()).or(figure.actual_low.as_ref()).or(figure.actual_high.as_ref());
        match side {
            Some(side) if self.label.is_some_and(|label| label.codes.is_some()) && parse_decimal(side).is_none() => Sides::Codes,
            Some(side) if parse_day(side).is_some() => Sides::Days,
            Some(side) if parse_decimal(side).is_none() => Sides::Codes,
            _ => Sides::Numbers,
        }
    }

    /// How the two sides are rounded: what fails never looks as if it held.
    fn roundings(&self) -> (Rounding, Rounding) {
        match (self.figure.holds, self.is_over()) {
            (Some(false), false) => (Rounding::Down, Rounding::Up),
            (Some(false), true) => (Rounding::Up, Rounding::Down),
            _ => (Rounding::Nearest, Rounding::Nearest),
        }
    }

    fn side(&self, side: &str, rounding: Rounding) -> String {
        match self.kind() {
            Sides::Numbers => shown(side, rounding),
            Sides::Days => side.to_owned(),
            Sides::Codes => value_words(side, self.label.and_then(|label| label.codes.as_deref()), self.labels, self.lang),
        }
    }

    /// What is asked: `要求25分`, `上限3人`; in English without its unit, which stands beside what is there.
    fn required(&self) -> Option<String> {
        let said = self.side(self.figure.required.as_deref()?, self.roundings().1);
        let relation = self.figure.relation;
        let (zh, en) = match self.kind() {
            Sides::Numbers => {
                if self.is_none_allowed() {
                    return Some(self.lang.pick("应为0", "none allowed").to_owned());
                }
                let (zh, en) = match relation {
                    Relation::Equal if self.is_this_or_no_other() => ("须为", format!("{said} required")),
                    Relation::NotEqual if self.is_this_or_no_other() => ("不得为", format!("{said} not allowed")),
                    Relation::AtLeast => ("要求", format!("{said} required")),
                    Relation::AtMost => ("上限", format!("at most {said} allowed")),
                    Relation::MoreThan => ("须多于", format!("more than {said} required")),
                    Relation::LessThan => ("须少于", format!("fewer than {said} allowed")),
                    Relation::Equal => ("须等于", format!("exactly {said} required")),
                    Relation::NotEqual => ("不得等于", format!("{said} not allowed")),
                };
                return Some(self.lang.pick(format!("{zh}{}", with_unit(&said, self.figure.unit.as_ref(), Lang::Zh)), en));
            }
            Sides::Days => match relation {
                Relation::AtLeast => ("须不早于", "no earlier than"),
                Relation::AtMost => ("须不晚于", "no later than"),
                Relation::MoreThan => ("须晚于", "later than"),
                Relation::LessThan => ("须早于", "earlier than"),
                Relation::Equal => ("须为", ""),
                Relation::NotEqual => ("不得为", "other than"),
            },
            Sides::Codes => match relation {
                Relation::AtLeast => ("须不低于", "at least"),
                Relation::AtMost => ("须不高于", "at most"),
                Relation::MoreThan => ("须高于", "above"),
                Relation::LessThan => ("须低于", "below"),
                Relation::Equal => ("须为", ""),
                Relation::NotEqual => ("不得为", "other than"),
            },
        };
        let space = if en.is_empty() { "" } else { " " };
        Some(self.lang.pick(format!("{zh}{said}"), format!("{en}{space}{said} required")))
    }

    /// How much is there, without its unit: `22`, `至少20`, `20至28`.
    fn actual(&self) -> Option<String> {
        if let Some(actual) = &self.figure.actual {
            return Some(self.side(actual, self.roundings().0));
        }
        // That there is at least nothing goes without saying.
        let low =
            self.figure.actual_low.as_deref().filter(|low| *low != "0" || self.figure.actual_high.is_some()).map(|low| shown(low, Rounding::Down));
        let high = self.figure.actual_high.as_deref().map(|high| shown(high, Rounding::Up));
        match (low, high) {
            (Some(low), Some(high)) => Some(self.lang.pick(format!("{low}至{high}"), format!("{low} to {high}"))),
            (Some(low), None) => Some(self.lang.pick(format!("至少{low}"), format!("at least {low}"))),
            (None, Some(high)) => Some(self.lang.pick(format!("至多{high}"), format!("at most {high}"))),
            (None, None) => None,
        }
    }
}

/// Whether an English name of a day goes on with the day itself: `published on`, `term from`.
fn takes_a_day(name: &str) -> bool {
    [" on", " from", " until", " by"].iter().any(|end| name.ends_with(end))
}
