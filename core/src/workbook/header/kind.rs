//! What a sheet may be about, and which headers it then has.

use std::collections::{HashMap, HashSet};

use super::label::{Label, key, sheet_key};
use crate::facts::{Code, Entity, Field, FieldKind, RECORDED};
use crate::policy::OwnFact;
use crate::workbook::spec::{Into, Spec};
use crate::workbook::tree::{About, Register, Tree, shared};

/// What a sheet may be about: those of a register, or records that belong to them.
#[derive(Debug)]
pub(crate) struct Kind<'p> {
    pub(crate) register: usize,
    /// The node of the register; none where the sheet is the register itself.
    pub(crate) node: Option<usize>,
    pub(crate) entity: &'static Entity,
    pub(crate) about: About<'p>,
    /// The records that a row may fill: its own first.
    pub(crate) parts: Vec<Part<'p>>,
    /// What sheets of this kind are called: by their place in the vocabulary, then by what they are about.
    pub(super) names: [Vec<String>; 2],
    /// Headers of the row itself, and of whose it is.
    core: HashMap<String, Vec<Claim<'p>>>,
    /// Headers of records within the row's, where nothing else bears them.
    spare: HashMap<String, Vec<Claim<'p>>>,
}

/// A record that a row fills.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'p> {
    pub(crate) of: Of,
    pub(crate) entity: &'static Entity,
    /// Its name, by which a policy's own facts say whose they are.
    pub(crate) name: &'p str,
    /// The part in which it stands, with the slot.
    pub(crate) within: Option<(usize, usize)>,
}

/// Of whom a column speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Of {
    /// The row's own record.
    Row,
    /// The record of a list that owns it, such as the resident of a rotation.
    Owner,
    /// The one of the register whose it is, such as the base of that resident.
    Root,
}

/// Which field of which part a column fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    pub(crate) part: usize,
    pub(crate) into: Into,
}

/// A field that claims a header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim<'p> {
    pub(super) target: Target,
    pub(super) field: Spec<'p>,
    /// 3 for the label of the vocabulary, 2 for another header, less for a record within.
    pub(super) strength: u32,
}

/// By which field of a record a row says whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyField {
    Number,
    Name,
    Proof,
    Part,
    /// The institution within which a person's number is theirs.
    Unit,
}

impl KeyField {
    /// Whether it says by itself whose a row is; the others only help to tell apart those of one number.
    pub(crate) fn says_whose(self) -> bool {
        !matches!(self, Self::Part | Self::Unit)
    }
}

/// Every kind of sheet that a tree has a place for, those of the subjects first.
pub(crate) fn kinds<'p>(tree: &Tree<'p>, own: &[&'p OwnFact]) -> Vec<Kind<'p>> {
    let mut kinds = Vec::new();
    for (place, register) in tree.registers.iter().enumerate() {
        kinds.push(Kind::of(place, None, register, own));
        kinds.extend((0..register.nodes.len()).map(|node| Kind::of(place, Some(node), register, own)));
    }
    kinds
}

/// The sheets for records of policies' own kinds that belong to this subject.
pub(super) fn own_kinds<'p>(subject: &'static Entity, own: &[&'p OwnFact]) -> Vec<Kind<'p>> {
    let tree = Tree::of(subject, own);
    let Some(register) = tree.registers.first() else { return Vec::new() };
    let nodes = register.nodes.iter().enumerate().filter(|(_, node)| node.is_own());
    nodes.map(|(node, _)| Kind::of(0, Some(node), register, own)).collect()
}

impl<'p> Kind<'p> {
    fn of(place: usize, at: Option<usize>, register: &Register<'p>, own: &[&'p OwnFact]) -> Self {
        let node = at.and_then(|at| register.nodes.get(at));
        let entity = node.map_or(register.entity, |node| node.entity);
        let about = node.map_or(About::of(register.entity), |node| node.about);
        let mut kind = Kind {
            register: place,
            node: at,
            entity,
            about,
            parts: vec![Part { of: Of::Row, entity, name: about.name, within: None }],
            names: [Vec::new(), Vec::new()],
            core: HashMap::new(),
            spare: HashMap::new(),
        };
        let labels = |label: [&str; 3]| label.map(sheet_key).to_vec();
        let about = labels([about.zh, about.en, about.name]);
        kind.names = match node {
            Some(node) => [labels(node.holder.labels()), about],
            None => [about, Vec::new()],
        };
        kind.grow(0, 0);
        kind.claim(0, 0, own);
        if let Some(node) = node {
            if let Some(owner) = node.owner.and_then(|owner| register.nodes.get(owner)) {
                kind.parts.push(Part { of: Of::Owner, entity: owner.entity, name: owner.about.name, within: None });
                kind.claim(kind.parts.len() - 1, 0, own);
            }
            kind.parts.push(Part { of: Of::Root, entity: register.entity, name: register.entity.name, within: None });
            let root = kind.parts.len() - 1;
            for (slot, field) in register.entity.fields.iter().enumerate() {
                if let Some(inner) = shared(field) {
                    kind.parts.push(Part { of: Of::Root, entity: inner, name: inner.name, within: Some((root, slot)) });
                }
            }
            kind.claim(root, 0, own);
        }
        kind.claim_spare(own);
        kind
    }

    /// Adds the single records within a part, and those within them.
    fn grow(&mut self, part: usize, depth: usize) {
        const DEEPEST: usize = 2;
        let Some(Part { of, entity, .. }) = self.parts.get(part).copied() else { return };
        for (slot, field) in entity.fields.iter().enumerate() {
            if let FieldKind::Record(inner) = field.kind {
                let inner = inner();
                self.parts.push(Part { of, entity: inner, name: inner.name, within: Some((part, slot)) });
                if depth + 1 < DEEPEST {
                    self.grow(self.parts.len() - 1, depth + 1);
                }
            }
        }
    }

    /// Claims the headers of a part, and of the one record within it that has a name.
    fn claim(&mut self, part: usize, less: u32, own: &[&'p OwnFact]) {
        let Some(entity) = self.parts.get(part).map(|part| part.entity) else { return };
        let mut found = Vec::new();
        self.fields(part, own, &mut |target, field, known| found.push((target, field, known)));
        for (target, field, known) in found {
            for (header, strength) in field.headers(known) {
                self.add(key(header).0, Claim { target, field, strength: strength - less });
            }
            for header in choices(field.kind) {
                self.add(key(&header).0, Claim { target, field, strength: 2 - less });
            }
        }
        // Of two institutions of one row, a column `医院级别` does not say which it means.
        let mut within = entity.fields.iter().enumerate().filter(|(_, field)| shared(field).is_some());
        if let (Some((slot, _)), None, 0) = (within.next(), within.next(), less)
            && let Some(inner) = self.parts.iter().position(|other| other.within == Some((part, slot)))
        {
            self.claim(inner, 1, own);
        }
    }

    /// Adds a claim, unless what claims the header already says the same of the row or of whose it is.
    fn add(&mut self, header: String, claim: Claim<'p>) {
        let of = |claim: &Claim<'p>| self.parts.get(claim.target.part).map_or(Of::Row, |part| part.of);
        let (root, key) = (of(&claim) == Of::Root, self.key(claim.target, &claim.field));
        let claims = self.core.get(&header).map_or(&[][..], Vec::as_slice);
        let same = |other: &Claim<'p>| {
            let own = root && of(other) == Of::Row;
            // A resident's base is the base; what a base recruited is not what it recruited in one speciality.
            other.target == claim.target
                || own && (key.is_some() && self.key(other.target, &other.field) == key || key.is_none() && other.field.name == claim.field.name)
        };
        if claims.iter().any(same) {
            return;
        }
        let less = |other: &Claim<'p>| root && key.is_some() && of(other) == Of::Owner && self.key(other.target, &other.field).is_none();
        let kept = claims.iter().copied().filter(|other| !less(other)).chain([claim]).collect();
        self.core.insert(header, kept);
    }

    /// The fields of a part that a cell can fill, in their order, then the policy's own.
    pub(super) fn fields(&self, part: usize, own: &[&'p OwnFact], visit: &mut dyn FnMut(Target, Spec<'p>, Option<&'static Field>)) {
        let Some(Part { entity, name, .. }) = self.parts.get(part).copied() else { return };
        for (slot, field) in entity.fields.iter().enumerate() {
            match field.kind {
                FieldKind::Record(inner) => {
                    let inner = inner();
                    let place = self.parts.iter().position(|other| other.within == Some((part, slot)));
                    if let (Some(place), Some((name, _)), Some(_)) = (place, inner.field("name"), shared(field)) {
                        visit(Target { part: place, into: Into::Slot(name) }, Spec::named(field), Some(field));
                    }
                }
                FieldKind::Records(_) => {}
                _ => visit(Target { part, into: Into::Slot(slot) }, Spec::of(field), Some(field)),
            }
        }
        for (place, fact) in own.iter().enumerate().filter(|(_, fact)| fact.subject == name) {
            if let Some(spec) = Spec::own(fact) {
                visit(Target { part, into: Into::Own(place) }, spec, None);
            }
        }
        // When a row was recorded is said of the row as a whole.
        if part == 0 {
            visit(Target { part, into: Into::Recorded }, Spec::of(&RECORDED), Some(&RECORDED));
        }
    }

    /// Claims what is left of the records within the row's own: a header that only one of them bears, or that names which of them it means.
    fn claim_spare(&mut self, own: &[&'p OwnFact]) {
        let mut found: Vec<(String, Claim<'p>)> = Vec::new();
        let mut named: Vec<(String, Claim<'p>)> = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            let Some((parent, slot)) = part.within.filter(|_| part.of == Of::Row) else { continue };
            let holder = self.parts.get(parent).and_then(|parent| parent.entity.fields.get(slot));
            self.fields(place, own, &mut |target, field, known| {
                let claim = Claim { target, field, strength: 1 };
                // Of a record within a record, a header has to say whose it is: the fund of the institution of a person.
                if parent == 0 {
                    found.extend(field.headers(known).map(|(header, _)| (key(header).0, claim)));
                }
                let joined = holder.map(|holder| [format!("{}{}", holder.zh, field.zh), format!("{} {}", holder.en, field.en)]);
                named.extend(joined.into_iter().flatten().map(|header| (key(&header).0, Claim { strength: 2, ..claim })));
            });
        }
        let mut ambiguous = HashSet::new();
        for (header, claim) in found {
            if self.core.contains_key(&header) {
                continue;
            }
            let claims = self.spare.entry(header.clone()).or_default();
            match claims.first() {
                Some(other) if other.target != claim.target => {
                    ambiguous.insert(header);
                }
                Some(_) => {}
                None => claims.push(claim),
            }
        }
        self.spare.retain(|header, _| !ambiguous.contains(header));
        for (header, claim) in named {
            if !self.core.contains_key(&header) && !self.spare.contains_key(&header) {
                self.spare.insert(header, vec![claim]);
            }
        }
    }

    /// The fields that claim a header of the row or of whose it is.
    pub(super) fn core(&self, label: &Label) -> Option<&[Claim<'p>]> {
        label.keys.iter().find_map(|key| self.core.get(key)).map(Vec::as_slice)
    }

    /// The fields that claim a header.
    pub(super) fn claims(&self, label: &Label) -> Option<&[Claim<'p>]> {
        self.core(label).or_else(|| label.keys.iter().find_map(|key| self.spare.get(key)).map(Vec::as_slice))
    }

    /// The claim of a field of the row itself by its label.
    pub(super) fn claim_of(&self, name: &str) -> Option<Claim<'p>> {
        let (_, field) = self.entity.field(name)?;
        let claims = self.core.get(&key(field.zh).0).into_iter().flatten();
        claims.copied().find(|claim| claim.target.part == 0 && claim.field.name == name)
    }

    /// Whether a header is known only without what limits such columns, in its brackets or in the heading over it.
    pub(super) fn is_limited(&self, label: &Label, kind: FieldKind) -> bool {
        let known = label.keys.iter().find(|key| self.knows(key));
        known.is_some_and(|key| label.limits.iter().any(|(of, limit)| of == key && limit.is_of(kind)))
    }

    /// Whether a header is known in this form.
    pub(super) fn knows(&self, key: &str) -> bool {
        self.core.contains_key(key) || self.spare.contains_key(key)
    }

    /// Whether a header is one of the row itself.
    pub(super) fn is_own(&self, label: &Label) -> bool {
        self.claims(label).is_some_and(|claims| claims.iter().any(|claim| self.parts.get(claim.target.part).is_some_and(|part| part.of == Of::Row)))
    }

    /// Whether a header tells whose a row is, or who it is in a register itself.
    pub(super) fn is_key(&self, label: &Label) -> bool {
        self.claims(label)
            .is_some_and(|claims| claims.iter().any(|claim| self.key(claim.target, &claim.field).is_some_and(|(_, key)| key.says_whose())))
    }

    /// Whether a header tells which record of a list owns the row.
    pub(super) fn is_owners_key(&self, label: &Label) -> bool {
        let of_owner = |claim: &Claim<'_>| self.parts.get(claim.target.part).is_some_and(|part| part.of == Of::Owner);
        self.claims(label).is_some_and(|claims| claims.iter().all(of_owner))
    }

    /// Whose key a field is, and which.
    pub(crate) fn key(&self, target: Target, field: &Spec<'_>) -> Option<(Of, KeyField)> {
        let part = self.parts.get(target.part)?;
        if self.is_unit(target) {
            return Some((Of::Root, KeyField::Unit));
        }
        let of = match (part.of, part.within, self.node) {
            (Of::Row, None, None) => Of::Root,
            (of @ (Of::Owner | Of::Root), None, _) => of,
            // A field that is called as the owner names it: the base of a resident.
            (Of::Row, None, Some(_)) => return self.refers(field.name),
            _ => return None,
        };
        let (keys, Into::Slot(slot)) = (part.entity.keys(), target.into) else { return None };
        let found = [(keys.number, KeyField::Number), (keys.name, KeyField::Name), (keys.proof, KeyField::Proof), (keys.part, KeyField::Part)];
        found.into_iter().find(|(key, _)| *key == Some(slot)).map(|(_, field)| (of, field))
    }

    /// Whether a field is the name of the institution to which the one belongs whose the row is.
    fn is_unit(&self, target: Target) -> bool {
        let within = self.parts.get(target.part).and_then(|part| part.within.map(|(outer, slot)| (part, outer, slot)));
        let Some((part, outer, slot)) = within.filter(|(_, outer, _)| *outer == self.root()) else { return false };
        let Some(root) = self.parts.get(outer).map(|part| part.entity).filter(|root| root.is_person()) else { return false };
        let first = root.fields.iter().position(|field| shared(field).is_some());
        first == Some(slot) && part.entity.keys().name.map(Into::Slot) == Some(target.into)
    }

    fn refers(&self, field: &str) -> Option<(Of, KeyField)> {
        let owner = self.parts.iter().filter(|part| part.of != Of::Row && part.within.is_none()).find(|part| field.starts_with(part.entity.name))?;
        match field.strip_prefix(owner.entity.name)? {
            "" => Some((owner.of, KeyField::Name)),
            "_id" => Some((owner.of, KeyField::Number)),
            _ => None,
        }
    }

    /// The only field that a header means; `None` where it means several or nothing.
    pub(crate) fn means(&self, header: &str) -> Option<Target> {
        let (key, _) = key(header);
        match self.core.get(&key).or_else(|| self.spare.get(&key)).map(Vec::as_slice) {
            Some([claim]) => Some(claim.target),
            _ => None,
        }
    }

    /// The place of the one of the register whose the rows are; the row itself where it is the register's own.
    pub(crate) fn root(&self) -> usize {
        self.parts.iter().position(|part| part.of == Of::Root && part.within.is_none()).unwrap_or(0)
    }

    /// The record of a list that owns the rows.
    pub(crate) fn owner(&self) -> Option<usize> {
        self.parts.iter().position(|part| part.of == Of::Owner && part.within.is_none())
    }

    /// Every form of a header that is known to be of the row or of whose it is.
    pub(super) fn core_keys(&self) -> impl Iterator<Item = &String> {
        self.core.keys()
    }
}

/// The headers that say what there is to choose from, such as `公共科目/专业科目`: two words of a short list.
fn choices(kind: FieldKind) -> Vec<String> {
    const LONGEST: usize = 3;
    let FieldKind::Code(list) = kind else { return Vec::new() };
    if list.codes.len() > LONGEST {
        return Vec::new();
    }
    let words = |code: &Code| [code.zh, code.en].into_iter().chain(code.also.iter().copied()).collect::<Vec<_>>();
    let pairs = list.codes.iter().flat_map(|one| list.codes.iter().filter(move |other| one.code != other.code).map(move |other| (one, other)));
    let headers =
        pairs.flat_map(|(one, other)| words(one).into_iter().flat_map(move |first| words(other).into_iter().map(move |then| (first, then))));
    headers.flat_map(|(first, then)| ["/", "、", "或"].map(|sign| format!("{first}{sign}{then}"))).collect()
}
