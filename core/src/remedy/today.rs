//! Last days that are the day of the question and move with it: what would do tomorrow just as well has none.

use crate::evaluate::Question;
use crate::facts::Facts;
use crate::quantity::Day;

use super::{Remedies, Remedy, Step};

impl Question<'_> {
    /// Leaves out the last day of each remedy that is the same, a day later, when the question is asked a day later.
    pub(super) fn without_days_that_move(&self, facts: &Facts, mut found: Remedies) -> Remedies {
        let today = self.as_of;
        let is_of_today = |remedy: &Remedy| remedy.by == Some(today);
        let roots = self.roots(facts);
        let is_due = || self.standing(roots.0, roots.1).findings.iter().any(|(asked, _)| self.due(*asked, roots) == Some(today));
        if !found.remedies.iter().chain(&found.partial).any(is_of_today) || is_due() {
            return found;
        }
        let asked_later = today.succ_opt().and_then(|tomorrow| Some((tomorrow, self.asked_with(self.said.clone(), tomorrow)?)));
        let Some((tomorrow, later)) = asked_later else { return found };
        let later = later.searched(facts);
        for (remedies, later) in [(&mut found.remedies, later.remedies), (&mut found.partial, later.partial)] {
            let later: Vec<Remedy> = later.into_iter().map(|remedy| remedy.moved(tomorrow, today)).collect();
            for remedy in remedies.iter_mut().filter(|remedy| is_of_today(remedy) && later.contains(remedy)) {
                remedy.forget(today);
            }
        }
        found
    }
}

impl Remedy {
    /// The same with one day in the place of another.
    fn moved(mut self, from: Day, to: Day) -> Self {
        let (old, new) = (from.to_string(), to.to_string());
        let day = |day: &mut Option<Day>| *day = day.map(|day| if day == from { to } else { day });
        let value = |value: &mut String| {
            if *value == old {
                value.clone_from(&new);
            }
        };
        day(&mut self.by);
        for step in &mut self.steps {
            step.each_last_day(day);
            match step {
                Step::AddRecord { fields, .. } => fields.iter_mut().map(|field| &mut field.value).for_each(value),
                Step::SetFact { value: set, .. } => value(set),
                Step::Wait { .. } => {}
            }
        }
        self
    }

    /// Leaves out a last day.
    fn forget(&mut self, last: Day) {
        for step in &mut self.steps {
            step.each_last_day(|until| *until = until.filter(|until| *until != last));
        }
        self.by = self.steps.iter().filter_map(Step::until).min();
    }
}
