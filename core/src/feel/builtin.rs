//! The functions of the subset: FEEL's own, and the few that FEEL lacks for this field.

/// A built-in function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Builtin {
    Not,
    // Lists
    Total,
    Sum,
    Product,
    Count,
    Min,
    Max,
    Mean,
    All,
    Any,
    ListContains,
    Append,
    Concatenate,
    Union,
    DistinctValues,
    Flatten,
    Reverse,
    IndexOf,
    Sublist,
    Remove,
    InsertBefore,
    Sort,
    // Numbers
    Abs,
    Floor,
    Ceiling,
    RoundUp,
    RoundDown,
    RoundHalfUp,
    RoundHalfDown,
    Decimal,
    Modulo,
    Odd,
    Even,
    // Text
    StartsWith,
    EndsWith,
    Contains,
    Substring,
    SubstringBefore,
    SubstringAfter,
    StringLength,
    UpperCase,
    LowerCase,
    // Dates
    Date,
    Duration,
    YearsAndMonths,
    DayOfYear,
    DayOfWeek,
    MonthOfYear,
    WeekOfYear,
    // This field's
    MergedEpisodes,
    ClippedEpisodes,
    WholeMonths,
    LargestOverlap,
    Draw,
}

impl Builtin {
    /// Whether it cuts a number to so many places.
    pub(crate) const fn cuts(self) -> bool {
        matches!(self, Self::Floor | Self::Ceiling | Self::RoundUp | Self::RoundDown | Self::RoundHalfUp | Self::RoundHalfDown | Self::Decimal)
    }

    /// Whether it takes a quotient that was rounded: it chooses among numbers, or cuts them, and computes nothing further.
    pub(crate) const fn takes_rounded(self) -> bool {
        self.cuts()
            || matches!(self, Self::Abs | Self::Min | Self::Max | Self::Count | Self::Append | Self::Concatenate | Self::Reverse | Self::Flatten)
    }

    /// Whether it gives true or false.
    pub(crate) const fn is_test(self) -> bool {
        matches!(
            self,
            Self::Not | Self::All | Self::Any | Self::ListContains | Self::Odd | Self::Even | Self::StartsWith | Self::EndsWith | Self::Contains
        )
    }
}

/// How a function is called.
pub(crate) struct Signature {
    pub(crate) builtin: Builtin,
    pub(crate) name: &'static str,
    /// The names of its parameters.
    pub(crate) parameters: &'static [&'static str],
    /// How many of them must be there.
    pub(crate) needed: usize,
    /// Whether the last one may be repeated, or a list be given as its items.
    pub(crate) variadic: bool,
}

const fn fixed(builtin: Builtin, name: &'static str, parameters: &'static [&'static str]) -> Signature {
    Signature { builtin, name, parameters, needed: parameters.len(), variadic: false }
}

const fn optional(builtin: Builtin, name: &'static str, parameters: &'static [&'static str], needed: usize) -> Signature {
    Signature { builtin, name, parameters, needed, variadic: false }
}

const fn variadic(builtin: Builtin, name: &'static str, parameters: &'static [&'static str]) -> Signature {
    Signature { builtin, name, parameters, needed: parameters.len(), variadic: true }
}

/// Every function of the subset.
pub(crate) const SIGNATURES: &[Signature] = &[
    fixed(Builtin::Not, "not", &["negand"]),
    fixed(Builtin::Total, "total", &["list"]),
    variadic(Builtin::Sum, "sum", &["list"]),
    variadic(Builtin::Product, "product", &["list"]),
    fixed(Builtin::Count, "count", &["list"]),
    variadic(Builtin::Min, "min", &["list"]),
    variadic(Builtin::Max, "max", &["list"]),
    variadic(Builtin::Mean, "mean", &["list"]),
    variadic(Builtin::All, "all", &["list"]),
    variadic(Builtin::Any, "any", &["list"]),
    fixed(Builtin::ListContains, "list contains", &["list", "element"]),
    variadic(Builtin::Append, "append", &["list", "item"]),
    variadic(Builtin::Concatenate, "concatenate", &["list"]),
    variadic(Builtin::Union, "union", &["list"]),
    fixed(Builtin::DistinctValues, "distinct values", &["list"]),
    fixed(Builtin::Flatten, "flatten", &["list"]),
    fixed(Builtin::Reverse, "reverse", &["list"]),
    fixed(Builtin::IndexOf, "index of", &["list", "match"]),
    optional(Builtin::Sublist, "sublist", &["list", "start position", "length"], 2),
    fixed(Builtin::Remove, "remove", &["list", "position"]),
    fixed(Builtin::InsertBefore, "insert before", &["list", "position", "newItem"]),
    fixed(Builtin::Sort, "sort", &["list", "precedes"]),
    fixed(Builtin::Abs, "abs", &["n"]),
    optional(Builtin::Floor, "floor", &["n", "scale"], 1),
    optional(Builtin::Ceiling, "ceiling", &["n", "scale"], 1),
    fixed(Builtin::RoundUp, "round up", &["n", "scale"]),
    fixed(Builtin::RoundDown, "round down", &["n", "scale"]),
    fixed(Builtin::RoundHalfUp, "round half up", &["n", "scale"]),
    fixed(Builtin::RoundHalfDown, "round half down", &["n", "scale"]),
    fixed(Builtin::Decimal, "decimal", &["n", "scale"]),
    fixed(Builtin::Modulo, "modulo", &["dividend", "divisor"]),
    fixed(Builtin::Odd, "odd", &["number"]),
    fixed(Builtin::Even, "even", &["number"]),
    fixed(Builtin::StartsWith, "starts with", &["string", "match"]),
    fixed(Builtin::EndsWith, "ends with", &["string", "match"]),
    fixed(Builtin::Contains, "contains", &["string", "match"]),
    optional(Builtin::Substring, "substring", &["string", "start position", "length"], 2),
    fixed(Builtin::SubstringBefore, "substring before", &["string", "match"]),
    fixed(Builtin::SubstringAfter, "substring after", &["string", "match"]),
    fixed(Builtin::StringLength, "string length", &["string"]),
    fixed(Builtin::UpperCase, "upper case", &["string"]),
    fixed(Builtin::LowerCase, "lower case", &["string"]),
    optional(Builtin::Date, "date", &["year", "month", "day"], 1),
    fixed(Builtin::Duration, "duration", &["from"]),
    fixed(Builtin::YearsAndMonths, "years and months duration", &["from", "to"]),
    fixed(Builtin::DayOfYear, "day of year", &["date"]),
    fixed(Builtin::DayOfWeek, "day of week", &["date"]),
    fixed(Builtin::MonthOfYear, "month of year", &["date"]),
    fixed(Builtin::WeekOfYear, "week of year", &["date"]),
    fixed(Builtin::MergedEpisodes, "merged episodes", &["episodes"]),
    fixed(Builtin::ClippedEpisodes, "clipped episodes", &["episodes", "window"]),
    fixed(Builtin::WholeMonths, "whole months", &["episodes"]),
    fixed(Builtin::LargestOverlap, "largest overlap", &["episodes"]),
    fixed(Builtin::Draw, "draw", &["list", "seed", "size"]),
];

/// The function of this name.
pub(crate) fn named(name: &str) -> Option<&'static Signature> {
    SIGNATURES.iter().find(|s| s.name == name)
}

/// Whether these words begin the name of a function, so that a parser reads on.
pub(crate) fn some_name_starts_with(words: &str) -> bool {
    SIGNATURES.iter().any(|s| s.name == words || s.name.strip_prefix(words).is_some_and(|rest| rest.starts_with(' ')))
}
