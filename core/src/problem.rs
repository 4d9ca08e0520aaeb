//! What is wrong with an input: where, what was expected and found, and the cure.

use std::fmt;

use medtrain_macros::crosses;

/// One thing that is wrong with an input.
///
/// Personal data never stands in it: a sensitive value is named by its place alone.
#[crosses]
#[derive(Hash)]
pub struct Problem {
    /// What kind of problem it is, stable across versions.
    pub code: ProblemCode,
    /// Where it is: a path in facts (`practitioner.activities[3].credits`), a place in a file (`policy.toml:12:5`) or a cell (`学分记录!F7`).
    pub place: String,
    /// What was expected and what was found.
    pub message: String,
    /// What would mend it.
    pub cure: Option<String>,
    /// The source line with a caret under the place, for problems in policy files and expressions.
    pub excerpt: Option<String>,
}

impl Problem {
    /// A problem without a cure or an excerpt.
    #[must_use]
    pub fn new(code: ProblemCode, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, place: place.into(), message: message.into(), cure: None, excerpt: None }
    }

    /// The same problem with what would mend it.
    #[must_use]
    pub fn with_cure(mut self, cure: impl Into<String>) -> Self {
        self.cure = Some(cure.into());
        self
    }

    /// The same problem, which asks whether the nearest of these was meant, if one is near.
    #[must_use]
    pub(crate) fn with_nearest<'a>(self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, candidates) {
            Some(near) => self.with_cure(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.place, self.message, self.code.code())?;
        if let Some(excerpt) = &self.excerpt {
            write!(f, "\n{excerpt}")?;
        }
        if let Some(cure) = &self.cure {
            write!(f, "\n  help: {cure}")?;
        }
        Ok(())
    }
}

/// How much a problem matters.
#[crosses]
#[derive(Copy, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something could not be used.
    Blocking,
    /// Something may be wrong: a person should look.
    Suspect,
    /// Something was read in a normalised form.
    Fixed,
    /// Good to know.
    Info,
}

/// An input that cannot be used, with every problem that was found in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct TrainingError {
    /// The problems, in the order of their places; never empty.
    pub problems: Vec<Problem>,
}

impl TrainingError {
    /// `Ok` where there is no problem.
    pub(crate) fn unless_empty(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self { problems }) }
    }

    /// Both of two things that were read apart, such as a question and the facts that it is asked about.
    ///
    /// # Errors
    /// Everything that is wrong with either, that of the first before that of the other.
    pub fn both<A, B>(one: Result<A, Self>, other: Result<B, Self>) -> Result<(A, B), Self> {
        match (one, other) {
            (Ok(one), Ok(other)) => Ok((one, other)),
            (Err(mut error), Err(more)) => {
                error.problems.extend(more.problems);
                Err(error)
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    /// What is told of it at a border: the first thousand problems, and how many more there are. Nobody mends more of one input one by one.
    #[must_use]
    pub fn told(mut self) -> Self {
        const MOST: usize = 1000;
        let others = self.problems.len().saturating_sub(MOST);
        self.problems.truncate(MOST + 1);
        if let Some(next) = self.problems.get_mut(MOST) {
            next.message = format!("and {others} more problems from here on");
            next.cure = None;
        }
        self
    }

    /// The stable code of the first problem.
    #[must_use]
    pub fn code(&self) -> Option<ProblemCode> {
        self.problems.first().map(|p| p.code)
    }
}

impl From<Problem> for TrainingError {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

macro_rules! problem_codes {
    ($(#[doc = $doc:literal] $variant:ident = $code:literal,)*) => {
        /// The kinds of problems, each with a code that programs can match.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemCode { $(#[doc = $doc] $variant,)* }

        impl ProblemCode {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What it stands for.
            #[must_use]
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => $doc.trim_ascii(),)* }
            }
        }

        impl crate::shape::Crosses for ProblemCode {
            const FORM: crate::shape::Form = {
                const SHAPE: &crate::shape::Shape = &crate::shape::Shape {
                    name: "ProblemCode",
                    doc: "The kinds of problems, each with a code that programs can match.",
                    body: crate::shape::Body::Codes(&[$(crate::shape::CodeShape { name: stringify!($variant), code: $code, doc: $doc.trim_ascii() },)*]),
                    role: crate::shape::Role::Result,
                };
                crate::shape::Form::Shape(|| SHAPE)
            };
        }
    };
}

problem_codes! {
    /// The text is not JSON, TOML or an expression at all.
    Syntax = "syntax",
    /// A value of another type than the one asked for.
    WrongType = "wrong_type",
    /// A number that is not exact: a binary float where a quantity is due.
    InexactNumber = "inexact_number",
    /// A number below zero or too large.
    OutOfRange = "out_of_range",
    /// A date that is not a civil date `YYYY-MM-DD`, or does not exist.
    BadDate = "bad_date",
    /// A word that is not in its code list.
    UnknownCode = "unknown_code",
    /// A field, key or name that does not exist.
    UnknownName = "unknown_name",
    /// Something that must be there and is not.
    Missing = "missing",
    /// The same thing said twice.
    Duplicate = "duplicate",
    /// A row that does not stand in the order that was promised.
    OutOfOrder = "out_of_order",
    /// Two statements that cannot both hold.
    Contradiction = "contradiction",
    /// An expression outside the subset of FEEL.
    OutsideSubset = "outside_subset",
    /// Units that do not meet: credits and hours.
    UnitMismatch = "unit_mismatch",
    /// An order asked of codes that have none.
    Unordered = "unordered",
    /// An expression that is too long, too deep or too costly.
    TooLarge = "too_large",
    /// A run that somebody ended before it was done.
    Stopped = "stopped",
    /// An example of a policy file whose verdict is another one.
    ExampleFails = "example_fails",
    /// A file that cannot be read or written.
    Unreadable = "unreadable",
    /// A workbook without a sheet that can be recognised.
    NoSheet = "no_sheet",
    /// A header whose meaning is not known or not certain.
    Header = "header",
    /// A value of a cell that was normalised.
    Normalised = "normalised",
    /// A value of a cell that may be wrong and was left out.
    Suspect = "suspect",
    /// A row that was set aside.
    SetAside = "set_aside",
    /// A row that says the same as another one.
    DuplicateRecord = "duplicate_record",
    /// A total in the sheet that differs from the sum of its rows.
    TotalDiffers = "total_differs",
    /// A provision that no decision asks.
    UnusedProvision = "unused_provision",
    /// A define that no expression names.
    UnusedDefine = "unused_define",
    /// A fact of the policy's own that no expression reads.
    UnusedFact = "unused_fact",
    /// A condition that is true of no facts.
    NeverHolds = "never_holds",
    /// A condition that is false of no facts.
    NeverFails = "never_fails",
    /// A figure at which no example stands, or below, or above.
    UntestedFigure = "untested_figure",
    /// A provision with a condition and without an example.
    NoExample = "no_example",
    /// Something without its words in Chinese or in English.
    Untranslated = "untranslated",
    /// Two versions that are in force on the same day.
    OverlappingVersions = "overlapping_versions",
    /// Days between two versions on which neither is in force.
    VersionGap = "version_gap",
    /// A provision added to a decision that asks no more than one of it does.
    IdleAddition = "idle_addition",
    /// An article that is empty or of odd form.
    OddArticle = "odd_article",
}

impl ProblemCode {
    /// Whether it is a warning of `medtrain lint`: something legal that is probably not meant.
    #[must_use]
    pub const fn is_warning(self) -> bool {
        matches!(
            self,
            Self::UnusedProvision
                | Self::UnusedDefine
                | Self::UnusedFact
                | Self::NeverHolds
                | Self::NeverFails
                | Self::UntestedFigure
                | Self::NoExample
                | Self::Untranslated
                | Self::OverlappingVersions
                | Self::VersionGap
                | Self::IdleAddition
                | Self::OddArticle
        )
    }
}

impl serde::Serialize for ProblemCode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

/// What to look for where a text is no JSON.
#[must_use]
pub fn json_cure(error: &serde_json::Error) -> &'static str {
    if error.is_eof() {
        "the text ends too early: close every quote, `[` and `{`, or copy it as a whole"
    } else {
        "look at the place: names and texts stand in double quotes, a `,` between two of anything, and none behind the last"
    }
}

/// The one of `candidates` that `name` most likely means, if any is near.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(name, &mut candidates.into_iter())
}

/// The same for any candidates: it is asked from many places, and is not small.
fn nearest_of<'a>(name: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    // No name is that long, and comparing takes time with its length.
    const LONGEST: usize = 100;
    let allowed = |candidate: &str| candidate.chars().count().max(name.chars().count()).div_ceil(3);
    candidates
        .filter(|candidate| name.len() <= LONGEST && candidate.len() <= LONGEST)
        .filter(|candidate| candidate.chars().count().abs_diff(name.chars().count()) <= allowed(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_problems_the_first_are_told_and_how_many_more_there_are() {
        let problems =
            |count: usize| (0..count).map(|place| Problem::new(ProblemCode::Missing, place.to_string(), "left out").with_cure("add it")).collect();
        let told = |count: usize| TrainingError { problems: problems(count) }.told().problems;
        assert_eq!(told(1000), problems(1000));
        let many = told(1003);
        assert_eq!(many.len(), 1001);
        assert_eq!(many.last().map(ToString::to_string).as_deref(), Some("1000: and 3 more problems from here on [missing]"));
    }
}
