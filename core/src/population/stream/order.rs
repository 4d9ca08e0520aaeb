//! Whether tables stand in the order of their ids: a look at the ids alone, where tables can be read more than once.

use super::{Source, TableStream};
use crate::population::ids::{Id, Ids};
use crate::population::source::Reading;
use crate::problem::TrainingError;

/// Ids that are looked at at a time.
const ROWS: usize = 1 << 16;

impl TableStream<'_> {
    /// Whether all its tables stand in order. A table that can be read but once is not looked at, and its order is not known.
    pub(super) fn stands_in_order(&self) -> Result<bool, TrainingError> {
        let as_texts = self.as_texts();
        if !self.subjects.stands_in_order(as_texts, |before, id| before < id)? {
            return Ok(false);
        }
        for list in &self.lists {
            if !list.stands_in_order(as_texts, |before, id| before <= id)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Source<'_> {
    /// Whether every id may follow the one before it; rows without an id follow wherever they stand.
    fn stands_in_order(&self, as_texts: bool, may_follow: impl Fn(Id<'_>, Id<'_>) -> bool) -> Result<bool, TrainingError> {
        let (Some(parts), Some(key)) = (self.rows.parts(1), self.columns.get(self.key.1)) else { return Ok(false) };
        let mut last: Option<Ids> = None;
        for part in parts {
            let mut reading = Reading::new(&self.name, (self.key.0.clone(), 0), part.table.read_columns(&[*key], ROWS)?);
            reading.as_texts = as_texts;
            while let Some(piece) = reading.next()? {
                let ids = last.iter().flat_map(Ids::iter).chain(piece.ids.iter()).flatten();
                if !ids.is_sorted_by(|before, id| may_follow(*before, *id)) {
                    return Ok(false);
                }
                last = piece.ids.last().or(last);
            }
        }
        Ok(true)
    }
}
