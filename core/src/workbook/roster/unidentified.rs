//! Whose a row may be that does not say it, or says it with a number that is damaged.
//!
//! INVARIANT: such a row lies with each who may own it, or is told as missing from somebody; it is never dropped as if it were nobody's.

use super::{Belongs, Listed, MOST_CANDIDATES, Roster};
use crate::workbook::header::KeyField;
use crate::workbook::notes;
use crate::workbook::rows::{Damaged, Key};

/// The numbers of a register in their order, so that those which begin alike stand together.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    sorted: Vec<(String, usize)>,
    /// Those whose number is not known.
    without: Vec<usize>,
}

impl Numbers {
    fn of(listed: &[Listed], field: KeyField) -> Self {
        let mut numbers = Self::default();
        for (place, Listed { key, .. }) in listed.iter().enumerate() {
            let number = if field == KeyField::Proof { &key.proof } else { &key.number };
            match number {
                Some(number) => numbers.sorted.push((number.clone(), place)),
                None => numbers.without.push(place),
            }
        }
        numbers.sorted.sort_unstable();
        numbers
    }

    /// Those whose number begins so, as many as are ever told apart.
    fn beginning(&self, digits: &str) -> impl Iterator<Item = usize> {
        let first = self.sorted.partition_point(|(number, _)| number.as_str() < digits);
        let behind = self.sorted.get(first..).unwrap_or_default().iter();
        behind.take_while(move |(number, _)| number.starts_with(digits)).map(|(_, place)| *place).take(MOST_CANDIDATES + 1)
    }
}

impl Roster {
    /// Whose a row without a number, name or identity number that can be read may be.
    pub(super) fn unidentified(&self, key: &Key) -> Belongs {
        match &key.damaged {
            Some(damaged) => self.fitting(key, damaged),
            None => self.anybody(),
        }
    }

    /// Those whom what is left of a damaged number fits, and those whose number nobody knows.
    fn fitting(&self, key: &Key, Damaged { field, digits }: &Damaged) -> Belongs {
        let numbers = match field {
            KeyField::Proof => self.proofs.get_or_init(|| Numbers::of(&self.listed, KeyField::Proof)),
            _ => self.numbers.get_or_init(|| Numbers::of(&self.listed, KeyField::Number)),
        };
        // A number of 15 digits has no century.
        let risen = digits.split_at_checked(6).map(|(region, rest)| format!("{region}19{rest}")).filter(|_| *field == KeyField::Proof);
        let mut people: Vec<usize> = numbers.beginning(digits).chain(risen.iter().flat_map(|risen| numbers.beginning(risen))).collect();
        let is_open = |place: &usize| self.listed.get(*place).is_some_and(|listed| !listed.key.digits_differ(key));
        people.extend(numbers.without.iter().copied().filter(is_open).take(MOST_CANDIDATES + 1));
        people.sort_unstable();
        people.dedup();
        match people.len() {
            0 => Belongs::Nobody(self.wording.not_listed),
            1..=MOST_CANDIDATES => Belongs::Perhaps(people, &notes::NUMBER_DAMAGED),
            _ => Belongs::Nobody(&notes::MISSING_FROM_SOMEBODY),
        }
    }

    fn anybody(&self) -> Belongs {
        let people: Vec<usize> = (0..self.listed.len()).filter(|place| self.listed.get(*place).is_some_and(|listed| !listed.aside)).collect();
        match people.len() {
            0 => Belongs::Nobody(self.wording.no_key),
            1..=MOST_CANDIDATES => Belongs::Perhaps(people, &notes::ANYBODYS),
            _ => Belongs::Nobody(&notes::MISSING_FROM_SOMEBODY),
        }
    }
}
