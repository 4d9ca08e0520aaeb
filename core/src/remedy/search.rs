//! The search: judge, close what is open, judge again, until nothing is open or the bound is reached.

use crate::evaluate::{Asked, Question, Standing, Status, StatusSet};
use crate::facts::{Entity, Facts};
use crate::feel::{Item, Record, Trail, Value};
use crate::order::order_by_key;
use crate::quantity::Day;

use super::goal::is_good;
use super::invert::{Inverter, Obstacle};
use super::plan::Plan;
use super::twice::Twice;
use super::want::Choice;
use super::world::World;
use super::{Blocked, BlockedReason, Remedies, Remedy, RemedyState};

/// How many worlds are judged in all.
const JUDGED: u32 = 160;
/// How many steps a plan may take.
const DEEP: usize = 10;
/// How many worlds are found: more than are told, since some turn out to contain others.
const FOUND: usize = 8;

/// The search for one subject.
pub(super) struct Search<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) subject: &'a dyn Record,
    pub(super) entity: &'static Entity,
    pub(super) owner: Option<Item<'a>>,
    pub(super) aim: Status,
    left: u32,
    pub(super) gave_up: bool,
    /// The provisions that are open before anything is changed.
    pub(super) open: Vec<Asked>,
    /// How much each provision asked of its records when all were looked at: what asks most is closed first.
    ranks: Vec<(Asked, usize)>,
    /// What stood in the way of each provision before anything was changed, and whether there were ways none the less.
    pub(super) obstacles: Vec<(Asked, Obstacle, bool)>,
    /// What stood in the way where some things were changed already.
    pub(super) dead_ends: Vec<(Asked, Obstacle)>,
    /// The provisions that only what others award would close, with nothing told to earn it by.
    unearned: Vec<Asked>,
    /// The worlds found that have further stays only to earn what others award.
    earned_anew: Vec<World>,
    /// The provisions that nothing helps, while what can still be closed beside them is looked for.
    pub(super) aside: Vec<Asked>,
    /// The provisions that may be met, or not apply, as missing facts turn out.
    pub(super) undecided: Vec<Asked>,
    /// Whether something that is asked may come not to apply, as missing facts turn out.
    pub(super) may_not_apply: bool,
    /// Whether what is asked in principle comes by stays that go on, so that none of them is ended for less.
    on_course: bool,
    /// The stays that go on and stand in the facts twice.
    twice: Vec<Twice>,
    /// The provisions that wait for missing facts, once that was asked.
    waiting: Option<Vec<Asked>>,
}

impl<'a> Search<'a> {
    /// Subject and owner, before anything is changed.
    pub(super) fn roots(&self) -> (Option<Item<'a>>, Option<Item<'a>>) {
        (Some(Item { record: self.subject, trail: Trail::default() }), self.owner)
    }

    /// Whether a provision waits for missing facts: looked up once, since every remedy asks it.
    pub(super) fn waits_for_facts_about(&mut self, asked: Asked) -> bool {
        let waiting = self.waiting.take().unwrap_or_else(|| self.waiting_for_facts());
        self.waiting.insert(waiting).contains(&asked)
    }
}

impl Question<'_> {
    /// What can still be done so that the verdict becomes `met`.
    #[must_use]
    pub fn remedies(&self, facts: &Facts) -> Remedies {
        self.without_days_that_move(facts, self.searched(facts))
    }

    /// The same, with the day of the question as the last day of what it asks for on this day.
    pub(super) fn searched(&self, facts: &Facts) -> Remedies {
        let (subject, owner) = self.roots(facts);
        let entity = Facts::SUBJECTS.iter().copied().find(|entity| entity.name == self.decision.subject);
        let Standing { set, findings, .. } = self.standing(subject, owner);
        if is_good(set, Status::Met) {
            return Remedies {
                state: RemedyState::NotNeeded,
                remedies: Vec::new(),
                partial: Vec::new(),
                blocked: Vec::new(),
                earliest: None,
                later: None,
            };
        }
        let Some((subject, entity)) = subject.zip(entity) else {
            let open = findings.iter().filter(|(_, set)| !is_good(*set, Status::Met));
            let provisions = open.filter_map(|(asked, _)| self.provision(*asked));
            let blocked = provisions.map(|provision| Blocked {
                provision: provision.id.clone(),
                article: provision.article.clone(),
                reason: BlockedReason::MissingFacts,
                since: None,
                next: None,
                due: None,
                missing: vec![self.decision.subject.clone()],
            });
            return Remedies {
                state: RemedyState::None,
                remedies: Vec::new(),
                partial: Vec::new(),
                blocked: blocked.collect(),
                earliest: None,
                later: None,
            };
        };
        let mut search = Search {
            question: self,
            subject: subject.record,
            entity,
            owner,
            aim: Status::Met,
            left: JUDGED,
            gave_up: false,
            open: Vec::new(),
            ranks: Vec::new(),
            obstacles: Vec::new(),
            dead_ends: Vec::new(),
            unearned: Vec::new(),
            earned_anew: Vec::new(),
            aside: Vec::new(),
            undecided: findings.iter().filter(|(_, set)| may_be_closed(*set)).map(|(asked, _)| *asked).collect(),
            may_not_apply: findings.iter().any(|(_, set)| set.contains(Status::NotApplicable) && set.status() == Status::Unknown),
            on_course: false,
            twice: Twice::all(entity, subject.record),
            waiting: None,
        };
        let mut found = search.worlds();
        search.on_course = found.is_empty() && self.comes_by_going_on(facts, &findings);
        let (blocked, dead_ends) = (std::mem::take(&mut search.obstacles), std::mem::take(&mut search.dead_ends));
        if found.is_empty() && !is_good(set, Status::Waivable) {
            search.aim = Status::Waivable;
            search.left = JUDGED;
            found = search.worlds();
        }
        (search.obstacles, search.dead_ends) = (blocked, dead_ends);
        search.open = findings.iter().filter(|(_, set)| !is_good(*set, search.aim)).map(|(place, _)| *place).collect();
        let (aim, open, gave_up) = (search.aim, search.open.clone(), search.gave_up);
        let partial = if found.is_empty() && !search.gave_up { search.beside_what_is_blocked() } else { Vec::new() };
        (search.aim, search.open, search.gave_up) = (aim, open, gave_up);
        search.aside.clear();
        Remedies { partial, ..search.told(found) }
    }
}

impl Search<'_> {
    /// What can still be closed where something else cannot: the same search without it, within what is left of its bound.
    fn beside_what_is_blocked(&mut self) -> Vec<Remedy> {
        let any_of = |asked: &Asked| asked.layer.is_none() && self.question.decision.any_of.contains(&asked.place);
        // Of those of which one is asked, one that has a way is enough.
        let one_has_a_way = self.obstacles.iter().any(|(asked, _, ways)| *ways && any_of(asked));
        let blocked = self.obstacles.iter().filter(|(asked, _, ways)| !(*ways || one_has_a_way && any_of(asked)));
        self.aside = blocked.map(|(asked, ..)| *asked).collect();
        if self.aside.is_empty() || self.aside.len() == self.obstacles.len() {
            return Vec::new();
        }
        self.aim = Status::Met;
        self.open = self.obstacles.iter().map(|(asked, ..)| *asked).filter(|asked| !self.aside.contains(asked)).collect();
        let found = self.worlds();
        let least = self.least(found);
        if least.is_empty() && !self.gave_up {
            // What has ways, and cannot be closed beside it none the less, is blocked as well.
            let left = self.obstacles.iter_mut().filter(|(asked, ..)| self.open.contains(asked));
            left.for_each(|(_, obstacle, ways)| (*obstacle, *ways) = (Obstacle::NoWay, false));
        }
        least
    }

    /// Whether something is set aside that nothing helps.
    pub(super) fn is_partial(&self) -> bool {
        !self.aside.is_empty()
    }

    /// Whether nothing more is to be closed of what is looked at.
    pub(super) fn reached(&self, question: &Question<'_>, standing: &Standing<'_>) -> bool {
        if !self.is_partial() {
            return is_good(standing.set, self.aim);
        }
        let any_of = |asked: &Asked| asked.layer.is_none() && question.decision.any_of.contains(&asked.place);
        let one_is_met = standing.findings.iter().any(|(asked, set)| any_of(asked) && is_good(*set, self.aim) && set.contains(Status::Met));
        let closed = |(asked, set): &(Asked, StatusSet)| self.aside.contains(asked) || is_good(*set, self.aim) || any_of(asked) && one_is_met;
        standing.findings.iter().all(closed)
    }

    /// The worlds in which the aim is reached, made as small as they can be.
    fn worlds(&mut self) -> Vec<World> {
        let mut found = Vec::new();
        self.repair(&World::of(self.question.as_of()), 0, FOUND, &mut found);
        let earned_anew = std::mem::take(&mut self.earned_anew);
        if found.iter().any(|world| world.drafts.is_empty()) {
            // What is there earns it.
            found.retain(|world| !earned_anew.contains(world));
        }
        let unearned = std::mem::take(&mut self.unearned);
        if found.is_empty() && !self.is_partial() {
            for (_, obstacle, ways) in self.obstacles.iter_mut().filter(|(asked, ..)| unearned.contains(asked)) {
                (*obstacle, *ways) = (Obstacle::NotInPower, false);
            }
        }
        let mut small: Vec<World> = Vec::new();
        for world in found {
            let world = self.shrunk(world);
            if !small.contains(&world) {
                small.push(world);
            }
        }
        small
    }

    /// Closes what is open, one provision after another.
    fn repair(&mut self, world: &World, depth: usize, most: usize, found: &mut Vec<World>) {
        if found.len() >= most {
            return;
        }
        if depth > DEEP || self.left == 0 {
            self.gave_up = true;
            return;
        }
        // What others award is there from then on, and what must be past by then is.
        let awarded_on = world.awarded_on(self.question, self.entity, self.subject);
        let comes = awarded_on.as_ref().ok().copied().flatten().max(world.asked_from(self.question, Choice::Earliest));
        let later = comes.filter(|day| *day > world.on).map(|on| World { on, ..world.clone() });
        let world = later.as_ref().unwrap_or(world);
        let Some(goal) = self.judged(world, Choice::Earliest, |me, question, standing| me.next_goal(question, standing, depth == 0, world)) else {
            return;
        };
        match goal {
            Goal::Reached => match awarded_on {
                Ok(_) => found.push(world.clone()),
                Err(unearned) => {
                    if let Some(earned) = self.with_stays_that_earn(world) {
                        let before = found.len();
                        self.repair(&earned, depth + 1, most, found);
                        return self.earned_anew.extend(found.iter().skip(before).cloned());
                    }
                    self.dead_ends.extend(unearned.iter().map(|asked| (*asked, Obstacle::NoWay)));
                    self.unearned.extend(unearned);
                }
            },
            Goal::Blocked => {}
            Goal::Plans(place, plans) => {
                let mut groups: Vec<(Vec<u32>, Vec<World>)> = Vec::new();
                for plan in plans {
                    let (subject, may_end) = (self.subject, !self.on_course);
                    let worlds = world.after(&plan, place).into_iter().filter_map(|world| world.full_time_in_one_place(subject));
                    let worlds: Vec<World> = worlds.filter(|world| may_end || !world.ends_what_goes_on(self.entity, subject)).collect();
                    match groups.iter_mut().find(|(group, _)| *group == plan.group) {
                        Some((_, there)) => there.extend(worlds),
                        None => groups.push((plan.group, worlds)),
                    }
                }
                if groups.iter().all(|(_, worlds)| worlds.is_empty()) {
                    self.dead_ends.push((place, Obstacle::NoWay));
                }
                self.repair_by(groups.into_iter().map(|(_, worlds)| worlds).collect(), depth + 1, most, found);
            }
        }
    }

    /// Goes on from what the groups of plans make of a world. What two of them make alike is gone on from once, so that it is not told for another way.
    ///
    /// The first ways leave some of what is told to those after them.
    fn repair_by(&mut self, mut groups: Vec<Vec<World>>, depth: usize, most: usize, found: &mut Vec<World>) {
        let mut tried: Vec<(World, bool)> = Vec::new();
        // Makeshifts for each other: fewer records first, and one that does is enough.
        for worlds in &mut groups {
            order_by_key(worlds, |world| world.drafts.len());
        }
        order_by_key(&mut groups, |worlds| worlds.first().map(World::asks));
        let all = groups.len();
        for (place, worlds) in groups.into_iter().enumerate() {
            let share = most.saturating_sub(found.len()).div_ceil(all - place);
            let most = found.len() + share;
            for next in worlds {
                let known = tried.iter().find(|(world, _)| *world == next).map(|(_, does)| *does);
                let does = known.unwrap_or_else(|| {
                    let before = found.len();
                    self.repair(&next, depth, most, found);
                    let does = found.len() > before;
                    tried.push((next, does));
                    does
                });
                if does {
                    break;
                }
            }
        }
    }

    /// The same with further stays that earn what is asked of them, of whatever length, where all is to be met: beside what cannot be met they are of no
    /// use.
    fn with_stays_that_earn(&self, world: &World) -> Option<World> {
        if self.aim == Status::Met && !self.is_partial() { world.with_stays_that_earn(self.question.as_of(), self.subject) } else { None }
    }

    /// Judges a world, and asks further before it goes.
    pub(super) fn judged<T>(
        &mut self,
        world: &World,
        choice: Choice,
        ask: impl for<'w> FnOnce(&mut Self, &'w Question<'w>, Standing<'w>) -> T,
    ) -> Option<T> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let changed = world.record(self.question, self.entity, self.subject, &self.twice, choice)?;
        let first = self.question;
        let question;
        let asked = if world.on == first.as_of() {
            first
        } else {
            question = first.asked_again(first.said.clone(), world.on)?;
            &question
        };
        let standing = asked.standing(Some(Item { record: &changed, trail: Trail::default() }), self.owner);
        Some(ask(self, asked, standing))
    }

    /// The open provision that asks most of its records, and the plans for it.
    fn next_goal<'w>(&mut self, question: &'w Question<'w>, standing: Standing<'w>, first: bool, world: &World) -> Goal {
        let aim = self.aim;
        if self.reached(question, &standing) {
            return Goal::Reached;
        }
        // Of the provisions of which one is asked, none may be met yet; of all others, each that is open is to be closed.
        let any_of = |asked: &Asked| asked.layer.is_none() && question.decision.any_of.contains(&asked.place);
        let one_is_met = standing.findings.iter().any(|(asked, set)| any_of(asked) && is_good(*set, aim) && set.contains(Status::Met));
        let mut open: Vec<Asked> = standing.findings.iter().filter(|(_, set)| !is_good(*set, aim)).map(|(asked, _)| *asked).collect();
        open.retain(|asked| !self.aside.contains(asked));
        if !first {
            let rank = |asked: &Asked| self.ranks.iter().find(|(known, _)| known == asked).map_or(0, |(_, rank)| *rank);
            order_by_key(&mut open, |asked| std::cmp::Reverse(rank(asked)));
        }
        let (owner, mut of_layers) = (standing.owner, standing.of_layers.into_iter().map(Some).collect::<Vec<_>>());
        let standing = Standing { of_layers: Vec::new(), ..standing };
        let known = (world.drafts.iter().map(|draft| draft.list.clone()).collect(), world.changes.0.iter().map(|(keys, _)| keys.clone()).collect());
        let mut inverter = Inverter::new(question, standing, self.question.as_of(), aim, known).with_stays_told_twice(&self.twice);
        let scope = inverter.scope(owner);
        let mut goals: Vec<(Asked, Vec<Plan>)> = Vec::new();
        let mut alternatives: Option<(Asked, Vec<Plan>)> = None;
        let mut blocked = false;
        for asked in open {
            if any_of(&asked) && one_is_met {
                continue;
            }
            let layer = asked.layer.and_then(|layer| Some((question.layers.get(layer)?, of_layers.get_mut(layer)?)));
            let plans = match layer {
                Some((layer, evaluator)) => {
                    let Some(own) = evaluator.take() else { continue };
                    let (plans, own) = inverter.at_layer(layer, own, |inverter| {
                        let plans = inverter.provision(asked.place, &scope);
                        let empty = crate::feel::Evaluator::new(&[], question.as_of(), crate::feel::Once::default());
                        (plans, std::mem::replace(&mut inverter.evaluator, empty))
                    });
                    *evaluator = Some(own);
                    plans
                }
                None => inverter.provision(asked.place, &scope),
            };
            let obstacle = inverter.obstacles.drain(..).reduce(Obstacle::of_either).unwrap_or(Obstacle::NoWay);
            if first && !self.is_partial() {
                self.obstacles.push((asked, obstacle, !plans.is_empty()));
            } else if plans.is_empty() {
                self.dead_ends.push((asked, obstacle));
            }
            if any_of(&asked) {
                let others = alternatives.take().map_or_else(Vec::new, |(_, plans)| plans);
                alternatives = Some((asked, inverter.either(others, plans)));
            } else {
                blocked |= plans.is_empty();
                let something = !plans.iter().any(Plan::is_nothing);
                goals.push((asked, plans));
                if !first && something {
                    break;
                }
            }
        }
        goals.extend(alternatives.inspect(|(_, plans)| blocked |= plans.is_empty()));
        if blocked {
            return Goal::Blocked;
        }
        self.gave_up |= inverter.left == 0;
        let asks = |plans: &Vec<Plan>| plans.first().map_or(0, |plan| plan.adds.iter().map(|add| add.wants.0.len()).sum::<usize>());
        if first {
            self.ranks = goals.iter().map(|(asked, plans)| (*asked, asks(plans))).collect();
        }
        let next = goals
            .into_iter()
            .filter(|(_, plans)| !plans.iter().any(Plan::is_nothing))
            .reduce(|best, other| if asks(&other.1) > asks(&best.1) { other } else { best });
        next.map_or(Goal::Blocked, |(place, plans)| Goal::Plans(place, plans))
    }
}

/// Whether missing facts may still turn out so that nothing has to be done.
fn may_be_closed(set: StatusSet) -> bool {
    set.status() == Status::Unknown && (set.contains(Status::Met) || set.contains(Status::NotApplicable))
}

/// What is to be done next.
enum Goal {
    Reached,
    Blocked,
    Plans(Asked, Vec<Plan>),
}

impl Search<'_> {
    /// The first day on which something could be done for a provision, were it asked of the next year.
    pub(super) fn next_chance(&self, place: Asked) -> Option<Day> {
        let question = self.question;
        let Some(Value::Number(year)) = question.said.get("year") else { return None };
        let said = question.said.clone().with("year", Value::Number(year.checked_add(rust_decimal::Decimal::ONE)?));
        let question = question.asked_again(said, question.as_of())?;
        let (subject, owner) = self.roots();
        let standing = question.standing(subject, owner);
        let owner = standing.owner;
        let mut inverter = Inverter::new(&question, standing, question.as_of(), self.aim, (Vec::new(), Vec::new()));
        let scope = inverter.scope(owner);
        // A layer has years of its own at most by chance.
        if place.layer.is_some() {
            return None;
        }
        let plans = inverter.provision(place.place, &scope);
        let opens = |plan: &Plan| {
            let wants = plan.adds.iter().flat_map(|add| &add.wants.0).chain(&plan.changes.0);
            wants.filter_map(|(_, want)| want.opens).max()
        };
        let waits_for_facts = inverter.obstacles.iter().all(|obstacle| *obstacle == Obstacle::Missing);
        plans.iter().filter_map(opens).min().or_else(|| if waits_for_facts { self.first_day_of_next(place, &question) } else { None })
    }

    /// The first day on which what has no day of its own counts for the next year: the one after the last on which it counted for this one.
    fn first_day_of_next(&self, place: Asked, next: &Question<'_>) -> Option<Day> {
        let (last, following) = (self.question.due(place, self.roots())?, next.due(place, self.roots())?);
        if last < following && following >= self.question.as_of() { last.succ_opt() } else { None }
    }
}
