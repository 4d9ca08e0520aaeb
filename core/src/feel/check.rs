//! From syntax to the compiled form: names resolved, types and units checked, everything outside the subset refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::builtin::{self, Builtin, SIGNATURES};
use super::calendar::is_known_to_feel_alone;
use super::call::Given;
use super::error::Wrong;
use super::exact::is_exact;
use super::expr::{Compiled, Expr, Part, RangeExpr};
use super::syntax::{Argument, Comparator, Domain, Iterator, Kind, Node, Operator, Test};
use super::types::{Access, Measure, Schema, ShapeId, Type};
use super::{Codes, FeelError, FeelErrors, Span, Value, call, parse};
use crate::problem::{ProblemCode, nearest};
use crate::quantity::Unit;

/// How many parts a compiled expression may have, defines included, and how deep they may nest.
const LARGEST: (usize, usize) = (20_000, 300);
/// How many parts all expressions that share their names may have together.
const LARGEST_TOGETHER: usize = 500_000;

/// The names that an expression may use.
#[derive(Clone)]
pub struct Names<'s> {
    schema: &'s Schema,
    known: Vec<Known>,
    bare: Vec<(Expr, ShapeId)>,
    /// Names of what is wrong itself, which is told where it stands.
    wrong: Vec<String>,
    /// Defines that make sense beside other records alone, with what is wrong with them here.
    elsewhere: Vec<(String, String)>,
    /// Whether nobody knows whose names these are, which is told elsewhere: no name is then told to be unknown.
    of_nobody: bool,
    admissible: bool,
    /// How many parts were compiled so far with these names, and with those that share the count.
    compiled: Arc<AtomicUsize>,
}

/// A name and what stands for it.
#[derive(Clone)]
struct Known {
    name: String,
    meaning: Arc<Compiled>,
    parts: usize,
}

impl<'s> Names<'s> {
    /// No names yet.
    #[must_use]
    pub fn new(schema: &'s Schema) -> Self {
        Self {
            schema,
            known: Vec::new(),
            bare: Vec::new(),
            wrong: Vec::new(),
            elsewhere: Vec::new(),
            of_nobody: false,
            admissible: false,
            compiled: Arc::default(),
        }
    }

    /// No names yet, and a bound on the size of all expressions shared with these.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self { compiled: Arc::clone(&self.compiled), ..Self::new(self.schema) }
    }

    /// The same where nobody knows whose they are, which is told elsewhere.
    pub(crate) fn of_nobody(self) -> Self {
        Self { of_nobody: true, ..self }
    }

    fn know(&mut self, name: String, meaning: Compiled) {
        let parts = meaning.expr.size().0;
        self.known.push(Known { name, meaning: Arc::new(meaning), parts });
    }

    /// A record that the evaluation is about, by its place: 0 is the subject, 1 its owner. Its fields are also known by their bare names.
    #[must_use]
    pub fn with_root(mut self, name: &str, place: u16, shape: ShapeId) -> Self {
        self.know(name.to_owned(), Compiled::new(Expr::Root(place), Type::Record(shape)));
        self.bare.push((Expr::Root(place), shape));
        self
    }

    /// The day on which the question is asked.
    #[must_use]
    pub fn with_as_of(mut self) -> Self {
        self.know("as_of".to_owned(), Compiled::new(Expr::AsOf, Type::Date));
        self
    }

    /// Something given with the question: `given.year`, or `year` alone where no record has a field of that name.
    #[must_use]
    pub fn with_given(mut self, name: &str, place: u16, ty: Type) -> Self {
        self.know(format!("given.{name}"), Compiled::new(Expr::Given(place), ty.clone()));
        if !self.is_field(name) {
            self.know(name.to_owned(), Compiled::new(Expr::Given(place), ty));
        }
        self
    }

    /// A name for another expression, which is put in its place.
    pub fn define(&mut self, name: &str, meaning: Compiled) {
        self.know(name.to_owned(), meaning);
    }

    /// A name for an expression that is wrong: what names it is not told to be wrong as well.
    pub(crate) fn define_wrong(&mut self, name: &str) {
        self.wrong.push(name.to_owned());
    }

    /// A name for an expression that makes sense beside other records alone, with what is wrong with it here.
    pub(crate) fn define_elsewhere(&mut self, name: &str, why: String) {
        self.elsewhere.push((name.to_owned(), why));
    }

    /// What stands for a name.
    pub(crate) fn meaning(&self, name: &str) -> Option<&Expr> {
        self.known.iter().find(|known| known.name == name).map(|known| &known.meaning.expr)
    }

    /// Lets expressions ask whether a record is admissible.
    #[must_use]
    pub fn with_admissible(mut self) -> Self {
        self.admissible = true;
        self
    }

    /// Whether a global name is already taken.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.known.iter().any(|known| known.name == name) || (self.admissible && name == "admissible")
    }

    /// Whether a bare name is that of a field of the records that the evaluation is about.
    #[must_use]
    pub fn is_field(&self, name: &str) -> bool {
        self.bare.iter().any(|(_, shape)| self.schema.shape(*shape).is_some_and(|shape| shape.field(name).is_some()))
    }

    /// Compiles an expression.
    ///
    /// # Errors
    /// Every part that the subset does not take, with its place, the reason and the cure; of what is no expression at all, the first place where it is none.
    pub fn compile(&self, text: &str) -> Result<Compiled, FeelErrors> {
        self.compile_node(&parse::parse(text)?, true)
    }

    /// Compiles what was parsed, if it makes sense with these names; looks for no cure where it does not, which would take longer than all the rest.
    pub(crate) fn try_compile(&self, node: &Node) -> Option<Compiled> {
        self.compile_node(node, false).ok()
    }

    fn compile_node(&self, node: &Node, cures: bool) -> Result<Compiled, FeelErrors> {
        let mut checker = Checker { names: self, locals: Vec::new(), parts: 0, cures, loops: 0, written_codes: Vec::new() };
        let (expr, ty) = checker.check(node).map_err(FeelErrors::in_order)?;
        let (parts, depth) = expr.size();
        if self.compiled.fetch_add(parts, Ordering::Relaxed) + parts > LARGEST_TOGETHER {
            let message = format!("with its defines inlined, a file has at most {LARGEST_TOGETHER} parts");
            return Err(too_large(&node.span, message).into());
        }
        if parts > LARGEST.0 || depth > LARGEST.1 {
            let message = format!("with its defines it has {parts} parts, {depth} deep; at most {} and {} are allowed", LARGEST.0, LARGEST.1);
            return Err(too_large(&node.span, message).into());
        }
        Ok(Compiled::new(expr, ty))
    }
}

/// A variable of a loop or filter around.
struct Local {
    /// Its name; `None` for the item of a filter, whose fields have bare names.
    name: Option<String>,
    /// What it is; `None` where what it runs over is wrong, which is told there.
    ty: Option<Type>,
    /// Whether it carries no quotient that was rounded.
    exact: bool,
}

struct Checker<'n, 's> {
    names: &'n Names<'s>,
    locals: Vec<Local>,
    /// How many parts were put in the place of names so far.
    parts: usize,
    /// Whether an unknown name is told with the nearest that is known.
    cures: bool,
    /// How many loops are around, in each of which FEEL binds `partial`.
    loops: usize,
    /// Where loops run over texts that are written out and are codes, since codes are what they meet.
    written_codes: Vec<(Span, Type)>,
}

/// A part with its type.
pub(super) type Typed = (Expr, Type);

/// A part, or all that is wrong in it.
pub(super) type AllChecked = Result<Typed, FeelErrors>;

/// What stands for a part that is wrong, which is told: it meets every type.
pub(super) const UNKNOWN: Typed = (Expr::Literal(Value::NULL), Type::Null);

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

impl Checker<'_, '_> {
    fn check(&mut self, node: &Node) -> AllChecked {
        match &node.kind {
            Kind::Literal(value) => Ok((Expr::Literal(value.clone()), type_of(value))),
            Kind::Name(name) => self.name(name, &node.span),
            Kind::Path(of, field, span) => self.path(of, field, span),
            Kind::Filter(list, test) => self.filter(list, test),
            Kind::Call { name, arguments } => self.call(name, arguments, &node.span),
            Kind::Negate(of) => self.negate(of, &node.span),
            Kind::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, &node.span),
            Kind::Compare(comparator, left, right) => {
                let (left, right) = self.both(left, right)?;
                Ok((compare(*comparator, left, right, &node.span)?, Type::Boolean))
            }
            Kind::And(parts) => Ok((Expr::And(self.conditions(parts)?), Type::Boolean)),
            Kind::Or(parts) => Ok((Expr::Or(self.conditions(parts)?), Type::Boolean)),
            Kind::Between(value, low, high) => {
                let mut wrong = Wrong::default();
                let value = wrong.take(self.check(value)).unwrap_or(UNKNOWN);
                let range = self.range([low, high], [true, true], &node.span, &mut wrong);
                let within = range.and_then(|range| wrong.take(within(value, range, &node.span, Some([low, high]))));
                Ok((wrong.unless_any(within)?, Type::Boolean))
            }
            Kind::In(value, tests) => self.member(value, tests, &node.span),
            Kind::If(condition, yes, no) => {
                let condition = self.condition(condition);
                let results = self.both(yes, no).and_then(|(yes, no)| unite(yes, no, &node.span, "the two results of `if`"));
                let (condition, (yes, no, ty)) = FeelErrors::both(condition, results)?;
                Ok((Expr::If(boxed(condition), boxed(yes), boxed(no)), ty))
            }
            Kind::For(iterators, body) => {
                self.loops += 1;
                let found = self.over(iterators, |me| me.check(body));
                self.loops -= 1;
                let (lists, (body, ty)) = found?;
                Ok((Expr::For(lists, boxed(body)), Type::List(Box::new(ty))))
            }
            Kind::Quantified { every, iterators, test } => {
                let (lists, test) = self.over(iterators, |me| me.condition(test))?;
                Ok((Expr::Quantified { every: *every, lists, test: boxed(test) }, Type::Boolean))
            }
            Kind::List(_) | Kind::Range(_) => {
                let mut wrong = Wrong::default();
                let whole = self.partly(node, &mut wrong);
                wrong.unless_any(whole)
            }
            Kind::Lambda(..) => {
                Err(FeelError::outside(&node.span, "a function of one's own").with_cure("only the order of `sort` is given so").into())
            }
        }
    }

    /// Two parts, or all that is wrong in either.
    fn both(&mut self, left: &Node, right: &Node) -> Result<(Typed, Typed), FeelErrors> {
        let left = self.check(left);
        FeelErrors::both(left, self.check(right))
    }

    /// A part as far as it is right: of a list or a range that is written out, what is wrong stands as an unknown value. `None` where nothing is known of it.
    fn partly(&mut self, node: &Node, wrong: &mut Wrong) -> Option<Typed> {
        match &node.kind {
            Kind::List(items) => Some(self.list(items, wrong)),
            Kind::Range(range) => {
                let (ends, closed) = ([&range.low, &range.high], [range.low_closed, range.high_closed]);
                let whole = self.range(ends, closed, &node.span, wrong)?;
                if matches!(&whole, (Expr::Range(range), _) if runs_backwards(range)) {
                    let error = FeelError::outside(&node.span, "a range whose end lies before its start");
                    wrong.tell(error.with_cure("write the smaller end first"));
                    return None;
                }
                Some(whole)
            }
            _ => wrong.take(self.check(node)),
        }
    }

    /// What is wrong with the whole, beside what is wrong in its parts.
    fn beside<'a>(&mut self, error: impl Into<FeelErrors>, parts: impl IntoIterator<Item = &'a Node>) -> FeelErrors {
        // Which function may be given to a call is for that call to say.
        let parts = parts.into_iter().filter(|part| !matches!(part.kind, Kind::Lambda(..)));
        let mut errors = error.into();
        errors.errors.extend(parts.filter_map(|part| self.check(part).err()).flat_map(|more| more.errors));
        errors
    }

    /// Takes so many parts off what an expression may have, before they are built.
    fn spend(&mut self, parts: usize, span: &Span) -> Result<(), FeelErrors> {
        if self.parts > LARGEST.0 {
            return Err(FeelErrors::told());
        }
        self.parts = self.parts.saturating_add(parts);
        if self.parts > LARGEST.0 {
            return Err(too_large(span, format!("with its defines an expression has at most {} parts", LARGEST.0)).into());
        }
        Ok(())
    }

    fn condition(&mut self, node: &Node) -> Result<Expr, FeelErrors> {
        match self.check(node)? {
            (expr, Type::Boolean | Type::Null) => Ok(expr),
            (_, ty) => Err(FeelError::new(ProblemCode::WrongType, &node.span, format!("expected a condition, got {ty}"))
                .with_cure("compare it with something, such as `.. >= 25` or `.. = true`")
                .into()),
        }
    }

    fn conditions(&mut self, nodes: &[Node]) -> Result<Vec<Expr>, FeelErrors> {
        FeelErrors::all(nodes.iter().map(|node| self.condition(node)))
    }

    fn name(&mut self, name: &str, span: &Span) -> AllChecked {
        if name == "partial" && self.loops > 0 {
            let error = FeelError::outside(span, "`partial` in a loop, which in FEEL is what the loop has given so far");
            let is_known = self.names_in_scope().iter().any(|known| known == name);
            return Err(error
                .with_cure(if is_known {
                    "give the value another name"
                } else {
                    "compute from all that the loop gives: `sum(for x in .. return ..)`"
                })
                .into());
        }
        if let Some(found) = self.local(name) {
            return if self.falls_through(name) {
                let message = format!("some of these items lack a field `{name}`, and for them FEEL takes the `{name}` around them");
                Err(FeelError::outside(span, message).with_cure(format!("write `item.{name}` for the field")).into())
            } else {
                found
            };
        }
        if name == "admissible" && self.names.admissible {
            return self.admissible(span);
        }
        if let Some(known) = self.names.known.iter().find(|known| known.name == name) {
            self.spend(known.parts, span)?;
            return Ok((known.meaning.expr.clone(), known.meaning.ty.clone()));
        }
        for (of, shape) in &self.names.bare {
            if let Some(found) = self.field(of, *shape, name) {
                return Ok(found);
            }
        }
        if self.is_wrong(name) {
            return Err(FeelErrors::told());
        }
        if let Some((_, why)) = self.names.elsewhere.iter().find(|(define, _)| define == name) {
            let error = FeelError::new(ProblemCode::UnknownName, span, format!("the define `{name}` makes no sense here: {why}"));
            return Err(error.with_cure("it is for provisions about another subject; write one for this subject under a name of its own").into());
        }
        let error = FeelError::new(ProblemCode::UnknownName, span, format!("no name `{name}` is known here"))
            .with_cure("name a fact, something given or a define; a text stands in double quotes");
        if !self.cures {
            return Err(error.into());
        }
        Err(error.with_nearest(name, self.names_in_scope().iter().map(String::as_str)).into())
    }

    /// Whether a name is that of something wrong, which is told where it stands.
    fn is_wrong(&self, name: &str) -> bool {
        self.names.of_nobody || self.names.wrong.iter().any(|wrong| wrong == name)
    }

    fn local(&self, name: &str) -> Option<AllChecked> {
        self.locals.iter().rev().zip(0_u16..).find_map(|(local, place)| {
            let of = Expr::Local(place);
            let whole = || {
                let is_it = local.name.as_deref().unwrap_or("item") == name;
                is_it.then(|| local.ty.clone().map(|ty| (of.clone(), ty)).ok_or_else(FeelErrors::told))
            };
            match (&local.name, &local.ty) {
                (None, Some(Type::Record(shape))) => self.field(&of, *shape, name).map(Ok).or_else(whole),
                _ => whole(),
            }
        })
    }

    /// Whether a name is that of a field which some items of a filter lack, and known around them as well.
    fn falls_through(&self, name: &str) -> bool {
        let of_some = |local: &Local| match (&local.name, &local.ty) {
            (None, Some(Type::Record(shape))) => {
                self.names.schema.shape(*shape).and_then(|shape| shape.field(name)).map(|field| field.access == Access::OwnOfSome)
            }
            (own, _) => (own.as_deref() == Some(name)).then_some(false),
        };
        let mut around = self.locals.iter().rev().filter_map(of_some);
        around.next() == Some(true) && (around.next().is_some() || self.names.knows(name) || self.names.is_field(name))
    }

    /// The record that `admissible` is about: the innermost item, or the subject.
    fn admissible(&self, span: &Span) -> AllChecked {
        let local = self.locals.iter().rev().zip(0..).find(|(local, _)| matches!(local.ty, None | Some(Type::Record(_))));
        if local.is_some_and(|(local, _)| local.ty.is_none()) {
            return Err(FeelErrors::told());
        }
        let of = match (local, self.names.bare.first()) {
            (Some((_, place)), _) => Expr::Local(place),
            (None, Some((root, _))) => root.clone(),
            (None, None) => {
                let message = "`admissible` is asked of a record, and there is none here";
                return Err(FeelError::new(ProblemCode::UnknownName, span, message)
                    .with_cure("ask it of a record: in a filter over a list, or of the subject")
                    .into());
            }
        };
        Ok((Expr::Admissible(boxed(of)), Type::Boolean))
    }

    fn names_in_scope(&self) -> Vec<String> {
        let shapes = self.locals.iter().filter_map(|l| if let (None, Some(Type::Record(shape))) = (&l.name, &l.ty) { Some(*shape) } else { None });
        let fields = shapes
            .chain(self.names.bare.iter().map(|(_, shape)| *shape))
            .filter_map(|shape| self.names.schema.shape(shape))
            .flat_map(|shape| shape.fields.iter().map(|f| f.name.clone()));
        let locals = self.locals.iter().filter_map(|l| l.name.clone());
        let admissible = self.names.admissible.then(|| "admissible".to_owned());
        locals.chain(fields).chain(self.names.known.iter().map(|known| known.name.clone())).chain(admissible).collect()
    }

    fn field(&self, of: &Expr, shape: ShapeId, name: &str) -> Option<(Expr, Type)> {
        let shape = self.names.schema.shape(shape)?;
        let field = shape.field(name)?;
        if matches!(field.access, Access::Own { .. }) && self.is_wrong(name) {
            return Some(UNKNOWN);
        }
        let of = boxed(of.clone());
        let own = |of, or_none| {
            let place = shape.own().position(|own| own.name == name).and_then(|place| u16::try_from(place).ok());
            let (kind, place, nonnegative) = (field.ty.clone(), place.unwrap_or(u16::MAX), field.nonnegative);
            Expr::Own { of, name: Arc::from(name), kind, place, nonnegative, whole: field.whole, or_none }
        };
        let expr = match field.access {
            Access::Slot(slot) => Expr::Slot { of, slot, nonnegative: field.nonnegative, whole: field.whole },
            Access::Own { or_none } => own(of, or_none),
            Access::OwnOfSome => own(of, false),
            Access::Same => *of,
        };
        Some((expr, field.ty.clone()))
    }

    fn path(&mut self, of: &Node, field: &str, span: &Span) -> AllChecked {
        if let Kind::Name(name) = &of.kind
            && name == "given"
            && self.local(name).is_none()
        {
            return self.name(&format!("given.{field}"), span);
        }
        let (of, ty) = self.check(of)?;
        self.step(of, &ty, field, span)
    }

    fn step(&mut self, of: Expr, ty: &Type, field: &str, span: &Span) -> AllChecked {
        let parts: &[(&str, Part)] = match ty {
            Type::Date => &Part::OF_DATE,
            Type::Months => &Part::OF_MONTHS,
            Type::Seconds => &Part::OF_SECONDS,
            Type::List(item) => {
                let (body, ty) = self.step(Expr::Local(0), item, field, span)?;
                if matches!(ty, Type::List(_)) {
                    return Err(FeelError::outside(span, "a path through a list of lists").with_cure("use `flatten`").into());
                }
                return Ok((Expr::For(vec![of], boxed(body)), Type::List(Box::new(ty))));
            }
            Type::Record(shape) => {
                if let Some(found) = self.field(&of, *shape, field) {
                    return Ok(found);
                }
                if self.is_wrong(field) {
                    return Err(FeelErrors::told());
                }
                let shape = self.names.schema.shape(*shape);
                let names = shape.map(|s| s.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>()).unwrap_or_default();
                let what = shape.map_or("record", |s| s.name.as_str());
                let error = FeelError::new(ProblemCode::UnknownName, span, format!("no field of {what} is called `{field}`"))
                    .with_cure("`medtrain schema` names the fields of the vocabulary, and `[[fact]]` declares others");
                return Err(error.with_nearest(field, names).into());
            }
            other => {
                return Err(FeelError::new(ProblemCode::WrongType, span, format!("{other} has no fields"))
                    .with_cure("only a record, a date, a duration and a list of them have fields")
                    .into());
            }
        };
        match parts.iter().find(|(name, _)| *name == field) {
            Some((_, part)) => Ok((Expr::Part(boxed(of), *part), Type::ONE)),
            None => {
                let names: Vec<_> = parts.iter().map(|(name, _)| *name).collect();
                Err(FeelError::new(ProblemCode::UnknownName, span, format!("{ty} has no `{field}`"))
                    .with_cure(format!("it has {}", names.join(", ")))
                    .into())
            }
        }
    }

    fn filter(&mut self, list: &Node, test: &Node) -> AllChecked {
        let (of, ty) = self.check(list)?;
        let Type::List(item) = ty else {
            return Err(FeelError::new(ProblemCode::WrongType, &list.span, format!("expected a list before `[`, got {ty}"))
                .with_cure("a filter or a position is asked of a list alone")
                .into());
        };
        if let Type::Record(shape) = &*item
            && self.names.schema.shape(*shape).is_some_and(|s| s.field("item").is_some())
        {
            return Err(FeelError::outside(&test.span, "a filter over records that have a field `item`")
                .with_cure("use `some x in .. satisfies`, or give the field another name")
                .into());
        }
        self.locals.push(Local { name: None, ty: Some((*item).clone()), exact: self.is_exact(&of) });
        let checked = self.check(test);
        self.locals.pop();
        match checked? {
            (test, Type::Boolean) => Ok((Expr::Filter(boxed(of), boxed(test)), Type::List(item))),
            (_, Type::Null) => Err(FeelError::outside(&test.span, "null between the brackets, which is neither a condition nor a position")
                .with_cure("write a condition, such as `[credits > 1]`, or a position, such as `[1]`")
                .into()),
            (mut index, Type::Number(_)) => {
                if !index.leave_loop(0) {
                    return Err(FeelError::outside(&test.span, "a position that depends on the item")
                        .with_cure("write a condition, such as `[credits > 1]`, or a number")
                        .into());
                }
                self.need_exact(&index, &test.span)?;
                Ok((Expr::At(boxed(of), boxed(index)), *item))
            }
            (_, other) => Err(FeelError::new(ProblemCode::WrongType, &test.span, format!("expected a condition or a position, got {other}"))
                .with_cure("write a condition, such as `[credits > 1]`, or a position, such as `[1]`")
                .into()),
        }
    }

    /// What a loop runs over, and what it does with each item. Texts that are written out, and meet a code in the loop, are codes: it is looked at again with them.
    fn over<T>(&mut self, iterators: &[Iterator], body: impl Fn(&mut Self) -> Result<T, FeelErrors>) -> Result<(Vec<Expr>, T), FeelErrors> {
        let (depth, parts) = (self.locals.len(), self.parts);
        loop {
            let lists = self.iterators(iterators);
            let body = body(self);
            self.locals.truncate(depth);
            match FeelErrors::both(lists, body) {
                // INVARIANT: this ends, since each time one list more of the expression is read as codes.
                Err(errors) if self.are_written_codes(iterators, &errors) => self.parts = parts,
                found => return found,
            }
        }
    }

    /// Reads the texts of one of these lists as codes from here on, where that is what errors ask for.
    fn are_written_codes(&mut self, iterators: &[Iterator], errors: &FeelErrors) -> bool {
        for codes in errors.errors.iter().filter_map(|error| error.meets.as_ref()) {
            for iterator in iterators {
                let Domain::List(node) = &iterator.domain else { continue };
                if !self.written_codes.iter().any(|(span, _)| *span == node.span) && self.has_texts_of(node, codes) {
                    self.written_codes.push((node.span.clone(), Type::Code(codes.clone())));
                    return true;
                }
            }
        }
        false
    }

    /// Whether a list is one of texts that are written out, any of which is a code of this list.
    fn has_texts_of(&mut self, list: &Node, codes: &Codes) -> bool {
        let Ok((Expr::List(items), Type::List(item))) = self.check(list) else { return false };
        let texts = items.iter().map(|item| if let Expr::Literal(Value::Text(text)) = item { Some(text) } else { None });
        let texts: Option<Vec<&String>> = texts.collect();
        *item == Type::Text && texts.is_some_and(|texts| texts.into_iter().any(|text| codes.index(text).is_some()))
    }

    /// The lists that a loop runs over, whose items have names from here on.
    fn iterators(&mut self, iterators: &[Iterator]) -> Result<Vec<Expr>, FeelErrors> {
        FeelErrors::all(iterators.iter().map(|iterator| {
            let domain = self.domain(&iterator.domain);
            let exact = domain.as_ref().is_ok_and(|(list, _)| self.is_exact(list));
            let ty = domain.as_ref().ok().map(|(_, item)| item.clone());
            self.locals.push(Local { name: Some(iterator.name.clone()), ty, exact });
            domain.map(|(list, _)| list)
        }))
    }

    /// What a loop runs over, and the type of its items.
    fn domain(&mut self, domain: &Domain) -> AllChecked {
        match domain {
            Domain::Steps(from, to) => {
                let mut wrong = Wrong::default();
                let [low, high] = [from, to].map(|end| wrong.take(self.check(end)).unwrap_or(UNKNOWN));
                let span = from.span.start..to.span.end;
                let steps = wrong.take(unite(low, high, &span, "the two ends")).and_then(|(low, high, ty)| {
                    let is_told = ty == Type::Null && wrong.has_any();
                    if !is_told && !matches!(ty, Type::Number(_) | Type::Date) {
                        let message = format!("a loop runs over whole numbers or days, not over {ty}");
                        wrong.tell(FeelError::new(ProblemCode::WrongType, &span, message).with_cure("write two whole numbers or two dates"));
                        return None;
                    }
                    for (end, node) in [(&low, from), (&high, to)] {
                        wrong.take(self.need_exact(end, &node.span));
                    }
                    Some((Expr::Steps(boxed(low), boxed(high)), ty))
                });
                wrong.unless_any(steps)
            }
            Domain::List(node) => match self.list_of_codes(node)? {
                (list, Type::List(item)) => Ok((list, *item)),
                (_, ty) => Err(FeelError::new(ProblemCode::WrongType, &node.span, format!("expected a list, got {ty}"))
                    .with_cure("write a list, such as `[1, 2]` or a fact that is one")
                    .into()),
            },
        }
    }

    /// What a loop runs over, its texts as codes where that is what they are.
    fn list_of_codes(&mut self, node: &Node) -> AllChecked {
        let list = self.check(node)?;
        match self.written_codes.iter().find(|(span, _)| *span == node.span) {
            Some((_, code)) => coerce_at(list, &Type::List(Box::new(code.clone())), &node.span, Some(node)),
            None => Ok(list),
        }
    }

    fn list(&mut self, items: &[Node], wrong: &mut Wrong) -> Typed {
        let mut ty = Type::Null;
        // An item of another type is told, and those behind it are held against those before it.
        let exprs = items.iter().map(|item| {
            let before = (Expr::Literal(Value::NULL), ty.clone());
            let united = self.check(item).and_then(|checked| unite(before, checked, &item.span, "the items of a list"));
            wrong.take(united).map_or(UNKNOWN.0, |(_, expr, joined)| {
                ty = joined;
                expr
            })
        });
        let list = Expr::List(exprs.collect());
        // A list of texts beside a code is checked against its codes where the two meet.
        (list, Type::List(Box::new(ty)))
    }

    /// A range as far as its ends are right; `None` where they do not make one.
    fn range(&mut self, ends: [&Node; 2], closed: [bool; 2], span: &Span, wrong: &mut Wrong) -> Option<Typed> {
        let [low, high] = ends.map(|end| wrong.take(self.check(end)).unwrap_or(UNKNOWN));
        let (low, high, ty) = wrong.take(unite(low, high, span, "the two ends of a range"))?;
        wrong.take(need_order(&ty, span))?;
        let [low_closed, high_closed] = closed;
        Some((Expr::Range(Box::new(RangeExpr { low, low_closed, high, high_closed })), Type::Range(Box::new(ty))))
    }

    fn member(&mut self, value: &Node, tests: &[Test], span: &Span) -> AllChecked {
        let mut wrong = Wrong::default();
        let value = wrong.take(self.check(value));
        if let Some((value, _)) = &value {
            self.spend(value.size().0.saturating_mul(tests.len().saturating_sub(1)), span)?;
        }
        let mut parts = Vec::new();
        for test in tests {
            let (Test::Compare(_, node) | Test::Value(node)) = test;
            let checked = self.partly(node, &mut wrong);
            // One of several tests is told by itself. What is wrong with the value is told already.
            let span = if tests.len() == 1 { span } else { &node.span };
            let part = value.as_ref().zip(checked).and_then(|(value, checked)| wrong.take(one_of(value, test, checked, span)));
            parts.extend(part);
        }
        let mut parts = wrong.unless_any(Some(parts))?;
        let expr = match parts.len() {
            1 => parts.remove(0),
            _ => Expr::Or(parts),
        };
        Ok((expr, Type::Boolean))
    }

    fn negate(&mut self, of: &Node, span: &Span) -> AllChecked {
        match self.check(of)? {
            (Expr::Literal(Value::Number(n)), ty) => Ok((Expr::Literal(Value::Number(-n)), ty)),
            (expr, ty @ (Type::Number(_) | Type::Months | Type::Seconds | Type::Null)) => Ok((Expr::Negate(boxed(expr)), ty)),
            (_, ty) => Err(FeelError::new(ProblemCode::WrongType, span, format!("`-` does not apply to {ty}"))
                .with_cure("negate a number or a duration")
                .into()),
        }
    }

    fn arithmetic(&mut self, operator: Operator, left: &Node, right: &Node, span: &Span) -> AllChecked {
        use Operator::{Add, Divide, Multiply, Power, Subtract};
        let ((left, a), (right, b)) = self.both(left, right)?;
        let ty = match (operator, &a, &b) {
            (Power, Type::Number(measure), Type::Number(_)) => {
                if measure.unit().is_some() {
                    let error = FeelError::outside(span, format!("a power of {a}"));
                    return Err(error.with_cure("take a power of a number without a unit, such as a share of two amounts").into());
                }
                if !is_whole_literal(&right) {
                    let error = FeelError::outside(span, "a power other than a whole one from -1000 to 1000, written as a figure");
                    return Err(error.with_cure("write the power as a figure, such as `x ** 2`").into());
                }
                a.clone()
            }
            (_, Type::Null, _) | (_, _, Type::Null) => Type::Null,
            (Add | Subtract, Type::Number(x), Type::Number(y)) => match x.meet(y) {
                Some(measure) => Type::Number(measure),
                None => return Err(unit_mismatch(&a, &b, span).into()),
            },
            (Multiply, Type::Number(x), Type::Number(y)) => match (x.unit(), y.unit()) {
                (Some(_), Some(_)) => {
                    let message = format!("{a} times {b} has no meaning here");
                    return Err(FeelError::new(ProblemCode::UnitMismatch, span, message).with_cure("multiply by a number without a unit").into());
                }
                (Some(_), None) => a.clone(),
                (None, Some(_)) => b.clone(),
                // "25 for each of so many" is still a bare figure: it takes the unit of what it meets.
                (None, None) => {
                    if *y == Measure::Bare {
                        b.clone()
                    } else {
                        a.clone()
                    }
                }
            },
            (Divide, Type::Number(x), Type::Number(y)) => match (x.unit(), y.unit()) {
                (_, None) => {
                    if *x == Measure::Bare {
                        b.clone()
                    } else {
                        a.clone()
                    }
                }
                (Some(x), Some(y)) if x == y => Type::ONE,
                _ => {
                    let error = FeelError::new(ProblemCode::UnitMismatch, span, format!("{a} divided by {b} has no meaning here"));
                    return Err(error.with_cure("divide by an amount of the same unit, or by a number without a unit").into());
                }
            },
            (Add, Type::Text, Type::Text) => Type::Text,
            (Subtract, Type::Date, Type::Date) => Type::Seconds,
            (Add | Subtract, Type::Date, Type::Months | Type::Seconds) | (Add, Type::Months | Type::Seconds, Type::Date) => Type::Date,
            (Add | Subtract, Type::Months, Type::Months) | (Add | Subtract, Type::Seconds, Type::Seconds) => a.clone(),
            (Multiply | Divide, Type::Months | Type::Seconds, Type::Number(m)) if m.unit().is_none() => a.clone(),
            (Multiply, Type::Number(m), Type::Months | Type::Seconds) if m.unit().is_none() => b.clone(),
            // So many months of one month each, or years of a year each, are a duration, which another divides to a plain number: a share of a year.
            (Multiply, Type::Number(m), Type::Months) if m.unit() == Some(&Unit::Month) => b.clone(),
            (Multiply, Type::Months, Type::Number(m)) if m.unit() == Some(&Unit::Month) => a.clone(),
            (Multiply, Type::Number(m), Type::Months) if m.unit() == Some(&Unit::Year) && is_of_years(&right) => b.clone(),
            (Multiply, Type::Months, Type::Number(m)) if m.unit() == Some(&Unit::Year) && is_of_years(&left) => a.clone(),
            (Multiply, Type::Number(m), Type::Seconds) if m.unit() == Some(&Unit::Day) => b.clone(),
            (Multiply, Type::Seconds, Type::Number(m)) if m.unit() == Some(&Unit::Day) => a.clone(),
            (Divide, Type::Months, Type::Months) | (Divide, Type::Seconds, Type::Seconds) => Type::ONE,
            _ => {
                let message = format!("`{}` does not apply to {a} and {b}", operator.text());
                return Err(FeelError::new(ProblemCode::WrongType, span, message)
                    .with_cure("calculate with numbers, or with dates and durations; a date is written `@\"2024-01-31\"`, a duration `@\"P6M\"`")
                    .into());
            }
        };
        // An exact number less a rounded quotient is still on the same side of every number with an end.
        let may_round = matches!((operator, &ty), (Add | Subtract, Type::Number(_))) && (self.is_exact(&left) || self.is_exact(&right));
        if !may_round {
            [&left, &right].into_iter().try_for_each(|side| self.need_exact(side, span))?;
        }
        Ok((Expr::Arithmetic(operator, boxed(left), boxed(right)), ty))
    }

    /// Whether a value carries no quotient that was rounded.
    fn is_exact(&self, expr: &Expr) -> bool {
        is_exact(expr, &[], &|place| self.locals.iter().rev().nth(place).is_some_and(|local| local.exact))
    }

    /// Refuses to compute with what may have been rounded: FEEL rounds at another place, and a condition could turn on that.
    fn need_exact(&self, expr: &Expr, span: &Span) -> Result<(), FeelError> {
        if self.is_exact(expr) {
            return Ok(());
        }
        let error = FeelError::outside(span, "a computation with a quotient that may have been rounded");
        Err(error.with_cure("multiply first and divide last, or round it yourself: `round half up(a / b, 2)`"))
    }

    fn call(&mut self, name: &str, arguments: &[Argument], span: &Span) -> AllChecked {
        let Some(signature) = builtin::named(name) else {
            let error = FeelError::outside(span, format!("no function `{name}` is in the subset")).with_cure("docs/feel.md has every function");
            let error = error.with_nearest(name, SIGNATURES.iter().map(|s| s.name));
            return Err(self.beside(error, arguments.iter().map(|argument| &argument.value)));
        };
        if self.local(name).is_some() || self.names.knows(name) || self.names.is_field(name) {
            let message = format!("a call of `{name}` where a value is called so, which FEEL would take for the function");
            return Err(self.beside(
                FeelError::outside(span, message).with_cure("give the value another name"),
                arguments.iter().map(|argument| &argument.value),
            ));
        }
        let ordered = match call::arrange(signature, arguments, span) {
            Ok(ordered) => ordered,
            Err(errors) => return Err(self.beside(errors, arguments.iter().map(|argument| &argument.value))),
        };
        if signature.builtin == Builtin::Sort {
            return self.sort(&ordered, span);
        }
        let mut wrong = Wrong::default();
        let given: Vec<Given<'_>> = ordered.iter().map(|node| Given { node, checked: self.partly(node, &mut wrong) }).collect();
        let builtin = signature.builtin;
        if !builtin.takes_rounded() || builtin.cuts() && !cuts_short(&given) {
            for argument in &given {
                wrong.take(argument.checked.as_ref().map_or(Ok(()), |(expr, _)| self.need_exact(expr, &argument.node.span)));
            }
        }
        call::call(signature, given, span, wrong)
    }

    fn sort(&mut self, arguments: &[&Node], span: &Span) -> AllChecked {
        let [list, precedes] = arguments else { return Err(FeelErrors::told()) };
        let list = self.check(list);
        let Kind::Lambda(names, body) = &precedes.kind else {
            let error = FeelError::outside(&precedes.span, "an order other than `function(x, y) ..`").with_cure("write `function(x, y) x < y`");
            return FeelErrors::both(list, Err(error.into())).map(|(list, ())| list);
        };
        let list = list.and_then(|(list, ty)| match (&ty, names.as_slice()) {
            (Type::List(item), [_, _]) => Ok((list, (**item).clone())),
            _ => Err(FeelError::new(ProblemCode::WrongType, span, "`sort` takes a list and a function of two items")
                .with_cure("write `sort(list, function(x, y) x < y)`")
                .into()),
        });
        let exact = list.as_ref().is_ok_and(|(list, _)| self.is_exact(list));
        let depth = self.locals.len();
        for name in names {
            let ty = list.as_ref().ok().map(|(_, item)| item.clone());
            self.locals.push(Local { name: Some(name.clone()), ty, exact });
        }
        let body = self.condition(body);
        self.locals.truncate(depth);
        let ((list, item), body) = FeelErrors::both(list, body)?;
        Ok((Expr::Sort(boxed(list), boxed(body)), Type::List(Box::new(item))))
    }
}

/// Whether a value passes one test of `in`.
fn one_of(value: &Typed, test: &Test, checked: Typed, span: &Span) -> Result<Expr, FeelErrors> {
    let node = match test {
        Test::Compare(comparator, _) => return compare(*comparator, value.clone(), checked, span),
        Test::Value(node) => node,
    };
    match checked {
        (expr, ty @ Type::Range(_)) => {
            let ends = if let Kind::Range(range) = &node.kind { Some([&range.low, &range.high]) } else { None };
            within(value.clone(), (expr, ty), span, ends)
        }
        (list, Type::List(item)) => {
            let item_type = if let Type::Range(end) = &*item { (**end).clone() } else { (*item).clone() };
            let (list, ty) = coerce_at((list, Type::List(item)), &Type::List(Box::new(value.1.clone())), &node.span, Some(node))?;
            let item_type = match ty {
                Type::List(item) if !matches!(*item, Type::Range(_)) => *item,
                _ => item_type,
            };
            let (value, ty) = coerce(value.clone(), &item_type, span)?;
            need_equality(&ty, &item_type, span)?;
            Ok(Expr::Member(boxed(value), boxed(list)))
        }
        other => compare(Comparator::Equal, value.clone(), other, span),
    }
}

/// Refuses the text of a date that FEEL knows and we do not hold.
pub(super) fn need_held_date(text: &str, span: &Span) -> Result<(), FeelError> {
    if is_known_to_feel_alone(text) {
        return Err(FeelError::outside(span, "a date other than `YYYY-MM-DD`").with_cure("write it as `2024-01-31`, without a time or a zone"));
    }
    Ok(())
}

/// The type of a literal.
fn type_of(value: &Value) -> Type {
    match value {
        Value::Boolean(_) => Type::Boolean,
        Value::Number(_) => Type::BARE,
        Value::Text(_) => Type::Text,
        Value::Date(_) => Type::Date,
        Value::Months(_) => Type::Months,
        Value::Seconds(_) => Type::Seconds,
        _ => Type::Null,
    }
}

/// Whether the ends of a range are written out, and the first lies behind the last.
fn runs_backwards(range: &RangeExpr) -> bool {
    match (&range.low, &range.high) {
        (Expr::Literal(Value::Number(low)), Expr::Literal(Value::Number(high))) => low > high,
        (Expr::Literal(Value::Date(low)), Expr::Literal(Value::Date(high))) => low > high,
        (Expr::Literal(Value::Text(low)), Expr::Literal(Value::Text(high))) => low > high,
        (Expr::Literal(Value::Months(low)), Expr::Literal(Value::Months(high)))
        | (Expr::Literal(Value::Seconds(low)), Expr::Literal(Value::Seconds(high))) => low > high,
        _ => false,
    }
}

/// Whether a number is cut to so few places that it is the same number wherever it was rounded before.
fn cuts_short(given: &[Given<'_>]) -> bool {
    const FEW: i64 = 10;
    given.get(1).is_none_or(|places| matches!(&places.checked, Some((Expr::Literal(Value::Number(n)), _)) if *n <= FEW.into()))
}

/// Whether a duration is written out in whole years.
fn is_of_years(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(Value::Months(months)) if months % 12 == 0)
}

fn is_whole_literal(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(Value::Number(n)) if n.fract().is_zero() && n.abs() <= 1000.into())
}

pub(super) fn equality_of_records(span: &Span) -> FeelError {
    FeelError::outside(span, "equality of records").with_cure("compare a field of each")
}

/// What has more parts than an expression may have, with its defines.
fn too_large(span: &Span, message: String) -> FeelError {
    FeelError::new(ProblemCode::TooLarge, span, message).with_cure("write it in several provisions, or use a shorter define")
}

fn unit_mismatch(a: &Type, b: &Type, span: &Span) -> FeelError {
    FeelError::new(ProblemCode::UnitMismatch, span, format!("{a} does not meet {b}"))
        .with_cure("compare and add amounts of one unit; a bare figure takes the unit of the other side")
}

/// Turns text literals into codes where a code is expected.
pub(super) fn coerce(typed: Typed, target: &Type, span: &Span) -> AllChecked {
    coerce_at(typed, target, span, None)
}

/// The same of what was written so: each part of it is told at its own place.
fn coerce_at((expr, ty): Typed, target: &Type, span: &Span, written: Option<&Node>) -> AllChecked {
    let part = |expr: Expr, code: &Type, node: Option<&Node>| coerce_at((expr, Type::Text), code, node.map_or(span, |node| &node.span), node);
    match (expr, &ty, target) {
        (Expr::Literal(Value::Text(text)), Type::Text, Type::Code(codes)) => match codes.index(&text) {
            Some(index) => Ok((Expr::Code(index), target.clone())),
            None => {
                let error = FeelError::new(ProblemCode::UnknownCode, span, format!("`{text}` is no code of {}", codes.name));
                Err(error.with_cure(match nearest(&text, codes.codes.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of {}", codes.codes.join(", ")),
                }))?
            }
        },
        (Expr::List(items), Type::List(item), Type::List(code)) if **item == Type::Text && matches!(**code, Type::Code(_)) => {
            let nodes = if let Some(Kind::List(nodes)) = written.map(|node| &node.kind) { nodes.as_slice() } else { &[] };
            let items = items.into_iter().enumerate().map(|(place, item)| part(item, code, nodes.get(place)).map(|(expr, _)| expr));
            Ok((Expr::List(FeelErrors::all(items)?), target.clone()))
        }
        (Expr::If(condition, yes, no), Type::Text, Type::Code(_)) => {
            let nodes = if let Some(Kind::If(_, yes, no)) = written.map(|node| &node.kind) { Some((&**yes, &**no)) } else { None };
            let yes = part(*yes, target, nodes.map(|(yes, _)| yes));
            let ((yes, _), (no, _)) = FeelErrors::both(yes, part(*no, target, nodes.map(|(_, no)| no)))?;
            Ok((Expr::If(condition, boxed(yes), boxed(no)), target.clone()))
        }
        (literal @ Expr::Literal(Value::Null(_)), _, _) => Ok((literal, ty)),
        (_, Type::Text, Type::Code(codes)) => {
            Err(FeelError::new(ProblemCode::WrongType, span, format!("text that is no literal does not meet a code of {}", codes.name))
                .with_cure("write the code itself in double quotes")
                .meeting(codes))?
        }
        (expr, _, _) => Ok((expr, ty)),
    }
}

/// Brings two parts to one type.
pub(super) fn unite(left: Typed, right: Typed, span: &Span, what: &str) -> Result<(Expr, Expr, Type), FeelErrors> {
    let left_type = left.1.clone();
    let (right, b) = coerce(right, &left_type, span)?;
    let (left, a) = coerce(left, &b, span)?;
    match a.join(&b) {
        Some(ty) if ty != Type::Mixed => Ok((left, right, ty)),
        _ if matches!((&a, &b), (Type::Number(_), Type::Number(_))) => Err(unit_mismatch(&a, &b, span).into()),
        _ => Err(FeelError::new(ProblemCode::WrongType, span, format!("{what} are of different types: {a} and {b}"))
            .with_cure("write both as one type: text in double quotes, a date as `@\"2024-01-31\"`, a number without quotes")
            .into()),
    }
}

pub(super) fn need_order(ty: &Type, span: &Span) -> Result<(), FeelError> {
    match ty {
        Type::Number(_) | Type::Text | Type::Date | Type::Months | Type::Seconds | Type::Null => Ok(()),
        Type::Code(codes) if codes.ordered => Ok(()),
        Type::Code(codes) => {
            Err(FeelError::new(ProblemCode::Unordered, span, format!("the codes of {} have no order", codes.name))
                .with_cure("compare with `=` or `in`"))
        }
        other => Err(FeelError::new(ProblemCode::WrongType, span, format!("{other} has no order"))
            .with_cure("compare numbers, texts, dates, durations or ordered codes")),
    }
}

pub(super) fn can_equal(ty: &Type) -> bool {
    match ty {
        Type::Record(_) | Type::Mixed => false,
        Type::List(item) | Type::Range(item) => can_equal(item),
        _ => true,
    }
}

pub(super) fn need_equality(a: &Type, b: &Type, span: &Span) -> Result<(), FeelError> {
    match a.join(b) {
        Some(ty) if can_equal(&ty) => Ok(()),
        Some(_) => Err(equality_of_records(span)),
        None if matches!((a, b), (Type::Number(_), Type::Number(_))) => Err(unit_mismatch(a, b, span)),
        None => {
            let error = FeelError::new(ProblemCode::WrongType, span, format!("{a} is never equal to {b}"));
            // `2024-01-01` is a subtraction.
            let dated = matches!((a, b), (Type::Date, Type::Number(_)) | (Type::Number(_), Type::Date));
            Err(error.with_cure(if dated {
                "write a date as `@\"2024-01-31\"`"
            } else {
                "write both as one type: text in double quotes, a date as `@\"2024-01-31\"`, a number without quotes"
            }))
        }
    }
}

fn compare(comparator: Comparator, left: Typed, right: Typed, span: &Span) -> Result<Expr, FeelErrors> {
    // A record beside the literal null asks whether it is there.
    let null = |(_, ty): &(Expr, Type)| *ty == Type::Null;
    if !comparator.needs_order() && (null(&left) || null(&right)) {
        return Ok(Expr::Compare(comparator, boxed(left.0), boxed(right.0), Arc::new(Type::Null)));
    }
    let (left, right, ty) = unite(left, right, span, &format!("the two sides of `{}`", comparator.text()))?;
    if comparator.needs_order() {
        need_order(&ty, span)?;
    } else if !can_equal(&ty) {
        return Err(equality_of_records(span).into());
    }
    Ok(Expr::Compare(comparator, boxed(left), boxed(right), Arc::new(ty)))
}

/// Whether a value lies within a range, of which these are the ends where they are written out.
fn within(value: Typed, (range, ty): Typed, span: &Span, written: Option<[&Node; 2]>) -> Result<Expr, FeelErrors> {
    let Type::Range(end) = ty else {
        return Err(FeelError::new(ProblemCode::WrongType, span, format!("expected a range, got {ty}"))
            .with_cure("write a range, such as `[1..3]`")
            .into());
    };
    let (value, value_type) = coerce(value, &end, span)?;
    let range = match range {
        Expr::Range(range) => {
            let RangeExpr { low, low_closed, high, high_closed } = *range;
            let [low_node, high_node] = written.map_or([None, None], |ends| ends.map(Some));
            let coerced = |expr, node: Option<&Node>| coerce_at((expr, (*end).clone()), &value_type, node.map_or(span, |node| &node.span), node);
            let ((low, _), (high, _)) = FeelErrors::both(coerced(low, low_node), coerced(high, high_node))?;
            RangeExpr { low, low_closed, high, high_closed }
        }
        other => {
            need_equality(&value_type, &end, span)?;
            return Ok(Expr::Member(boxed(value), boxed(Expr::List(vec![other]))));
        }
    };
    let end = if let (Type::Code(_), Type::Text) = (&value_type, &*end) { value_type.clone() } else { *end };
    need_equality(&value_type, &end, span)?;
    need_order(&value_type, span)?;
    Ok(Expr::Within { value: boxed(value), range: Box::new(range) })
}
