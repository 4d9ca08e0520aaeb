//! Units of measure: what keeps a credit from being compared with an hour.

use std::borrow::Cow;

/// The unit of a number. Two numbers meet in a sum or a comparison only if their units are the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A number without a unit, such as a count or a quotient of two equal units.
    One,
    /// 学分
    Credit,
    /// 学时
    Hour,
    /// 元
    Yuan,
    /// 人
    Person,
    /// 人次: one person taking part once.
    PersonTime,
    /// 个月
    Month,
    /// 天
    Day,
    /// A calendar year or a number of years.
    Year,
    /// A unit that a policy names for its own facts, such as points.
    Named(Cow<'static, str>),
}

impl Unit {
    const KNOWN: [(Self, &'static str, &'static str, &'static str); 9] = [
        (Self::One, "one", "", ""),
        (Self::Credit, "credit", "学分", "credits"),
        (Self::Hour, "hour", "学时", "hours"),
        (Self::Yuan, "yuan", "元", "yuan"),
        (Self::Person, "person", "人", "people"),
        (Self::PersonTime, "person_time", "人次", "person-times"),
        (Self::Month, "month", "个月", "months"),
        (Self::Day, "day", "天", "days"),
        (Self::Year, "year", "年", "years"),
    ];

    /// The unit of this code; one that is not among the known ones is a policy's own.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match Self::KNOWN.into_iter().find(|(_, known, _, _)| *known == code) {
            Some((unit, ..)) => unit,
            None => Self::Named(Cow::Owned(code.to_owned())),
        }
    }

    /// The unit of this code, for a vocabulary that is a constant.
    #[must_use]
    pub(crate) const fn known(code: &'static str) -> Self {
        match code.as_bytes() {
            b"one" => Self::One,
            b"credit" => Self::Credit,
            b"hour" => Self::Hour,
            b"yuan" => Self::Yuan,
            b"person" => Self::Person,
            b"person_time" => Self::PersonTime,
            b"month" => Self::Month,
            b"day" => Self::Day,
            b"year" => Self::Year,
            _ => Self::Named(Cow::Borrowed(code)),
        }
    }

    /// Its code, as policy files and canonical JSON write it: `credit`, `hour`, `yuan` ...
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Named(code) => code,
            known => Self::KNOWN.iter().find(|(unit, ..)| unit == known).map_or("one", |(_, code, ..)| code),
        }
    }

    /// The Chinese word after a number; empty for a number without a unit.
    #[must_use]
    pub fn zh(&self) -> &str {
        match self {
            Self::Named(code) => code,
            known => Self::KNOWN.iter().find(|(unit, ..)| unit == known).map_or("", |(_, _, zh, _)| zh),
        }
    }

    /// The English word after a number; empty for a number without a unit.
    #[must_use]
    pub fn en(&self) -> &str {
        match self {
            Self::Named(code) => code,
            known => Self::KNOWN.iter().find(|(unit, ..)| unit == known).map_or("", |(.., en)| en),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Unit {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|code| Self::of(&code))
    }
}

impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_unit_for_constants_and_for_what_is_read() {
        for (unit, code, ..) in Unit::KNOWN {
            assert_eq!((Unit::of(code), Unit::known(code), unit.code()), (unit.clone(), unit.clone(), code));
        }
        assert_eq!(Unit::of("points"), Unit::known("points"));
    }
}
