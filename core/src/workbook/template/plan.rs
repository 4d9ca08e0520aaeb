//! Which sheets a template has, and which columns: those that a reader understands without a doubt.

use super::guide::NAME;
use crate::facts::{Entity, Field, FieldKind, RECORDED};
use crate::policy::OwnFact;
use crate::workbook::header::{KeyField, Kind, Of, Target, kinds};
use crate::workbook::spec::{Into, Spec};
use crate::workbook::tree::{Tree, shared};

/// A sheet of a template.
#[derive(Debug)]
pub(in crate::workbook) struct SheetPlan<'p> {
    pub(super) name: &'p str,
    pub(super) columns: Vec<ColumnPlan<'p>>,
}

/// A column of a template.
#[derive(Debug)]
pub(super) struct ColumnPlan<'p> {
    /// The header without the mark of what is required.
    pub(super) header: String,
    /// Whether a row is nobody's without it.
    pub(super) required: bool,
    pub(super) field: Spec<'p>,
    /// The field of the vocabulary, where it is one.
    pub(super) known: Option<&'static Field>,
}

/// The sheets for these subjects, each once, also where several subjects have such records.
pub(super) fn plan<'p>(subjects: &[&'static Entity], own: &[&'p OwnFact]) -> Vec<SheetPlan<'p>> {
    let mut sheets: Vec<SheetPlan<'p>> = Vec::new();
    for subject in subjects {
        let tree = Tree::of(subject, own);
        let nodes = tree.registers.first().map_or(&[][..], |register| &register.nodes);
        for kind in kinds(&tree, own).iter().filter(|kind| kind.register == 0) {
            let name = kind.node.and_then(|node| nodes.get(node)).map_or(subject.zh, |node| sheet_name(node.holder.labels()));
            let columns = Columns { kind, own, found: Vec::new() }.all();
            match sheets.iter_mut().find(|sheet| sheet.name == name) {
                Some(sheet) => sheet.add(kind, columns),
                None => sheets.push(SheetPlan { name, columns: columns.into_iter().map(|(_, column)| column).collect() }),
            }
        }
    }
    sheets
}

/// The label of what has a sheet, or its name where a spreadsheet does not take the label.
fn sheet_name([zh, _, name]: [&str; 3]) -> &str {
    const LONGEST: usize = 31;
    let is_taken = zh.chars().count() <= LONGEST && !zh.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']) && zh != NAME;
    if is_taken { zh } else { name }
}

impl<'p> SheetPlan<'p> {
    /// Adds the columns of another kind of sheet with this name, unless the sheet has one that means the same there.
    fn add(&mut self, kind: &Kind<'p>, columns: Vec<(Target, ColumnPlan<'p>)>) {
        for (target, column) in columns {
            let is_there = |known: &ColumnPlan<'p>| known.header == column.header || kind.means(&known.header) == Some(target);
            if !self.columns.iter().any(is_there) {
                self.columns.push(column);
            }
        }
    }
}

#[cfg(test)]
impl SheetPlan<'_> {
    /// The name of the sheet.
    pub(in crate::workbook) fn name(&self) -> &str {
        self.name
    }

    /// The headers of its columns, each with its field.
    pub(in crate::workbook) fn headers(&self) -> impl Iterator<Item = (String, Spec<'_>)> + '_ {
        self.columns.iter().map(|column| (super::header(column), column.field))
    }

    /// The fields of its columns.
    pub(in crate::workbook) fn columns(&self) -> impl Iterator<Item = String> + '_ {
        self.columns.iter().map(|column| column.field.name.to_owned())
    }

    /// The fields of its columns, of which an example is given.
    pub(in crate::workbook) fn fields(&self) -> impl Iterator<Item = String> + '_ {
        use super::sample::{Sample, sample};
        let name = |column: &ColumnPlan<'_>| match column.known.map(|field| field.kind) {
            Some(FieldKind::Record(_)) => "name".to_owned(),
            _ => column.field.name.to_owned(),
        };
        self.columns.iter().filter(|column| sample(&column.field) != Sample::None).map(name)
    }
}

/// The columns of one kind of sheet.
struct Columns<'k, 'p> {
    kind: &'k Kind<'p>,
    own: &'k [&'p OwnFact],
    found: Vec<(Target, ColumnPlan<'p>)>,
}

impl<'p> Columns<'_, 'p> {
    fn all(mut self) -> Vec<(Target, ColumnPlan<'p>)> {
        let (kind, root) = (self.kind, self.kind.root());
        let fields: Vec<_> = self.fields(0).collect();
        let refers = |(target, spec, _): &(Target, Spec<'p>, Option<&'static Field>)| {
            kind.node.and(kind.key(*target, spec)).filter(|(of, _)| *of == Of::Root).map(|(_, key)| key)
        };
        // The record's own number of its owner says whose it is, as the resident's number does in a residency.
        let numbered = fields.iter().any(|field| refers(field) == Some(KeyField::Number));
        if kind.node.is_some() && !numbered {
            let owner = kind.owner();
            let has_number = owner.and_then(|owner| kind.parts.get(owner)).is_some_and(|part| part.entity.keys().number.is_some());
            self.keys(root, !has_number, has_number);
            if let Some(owner) = owner {
                self.keys(owner, true, false);
            }
        }
        for (target, spec, known) in fields.iter().copied() {
            let key = refers(&(target, spec, known)) == Some(KeyField::Number);
            let own = kind.node.is_none() && matches!(kind.key(target, &spec), Some((_, KeyField::Number)));
            self.push(target, spec, known, None, key || own);
        }
        if numbered {
            let names: Vec<_> = self.fields(root).filter(|(target, spec, _)| matches!(kind.key(*target, spec), Some((_, KeyField::Name)))).collect();
            for (target, spec, known) in names {
                self.push(target, spec, known, None, false);
            }
        }
        self.within();
        // What says whose a row is stands first.
        let rank = |(target, column): &(Target, ColumnPlan<'p>)| match kind.key(*target, &column.field) {
            _ if column.required => 0,
            Some((_, KeyField::Unit)) | None => 2,
            Some(_) => 1,
        };
        self.found.sort_by_key(rank);
        self.found
    }

    /// The columns that say whose a row is: number and name, or the number alone; or the first day of a record that has neither.
    fn keys(&mut self, part: usize, required: bool, number_alone: bool) {
        let fields: Vec<_> = self.fields(part).collect();
        let named = self.fields(0).any(|(target, spec, _)| self.kind.node.and(self.kind.key(target, &spec)) == Some((Of::Root, KeyField::Name)));
        let mut keyed = false;
        for (target, spec, known) in &fields {
            let key = self.kind.key(*target, spec).map(|(_, key)| key);
            let wanted = match key {
                Some(KeyField::Number) => true,
                // A resident's base is named among the fields of the resident.
                Some(KeyField::Name) => !number_alone && !named,
                Some(KeyField::Part) => !number_alone,
                _ => false,
            };
            if wanted {
                keyed = true;
                self.push(*target, *spec, *known, None, required && key == Some(KeyField::Number));
            }
        }
        let first_day = fields.into_iter().find(|(_, spec, _)| matches!(spec.kind, FieldKind::Day));
        if let Some((target, spec, known)) = first_day.filter(|_| !keyed) {
            self.push(target, spec, known, None, false);
        }
    }

    /// What a row tells of the single records within it: who they are and what kind of one; and what nothing else is called.
    fn within(&mut self) {
        let kind = self.kind;
        for (place, part) in kind.parts.iter().enumerate() {
            let Some((0, slot)) = part.within.filter(|_| part.of == Of::Row) else { continue };
            let Some(holder) = kind.entity.fields.get(slot) else { continue };
            let has_sheet = kind.node.is_none() && shared(holder).is_none();
            if has_sheet {
                continue;
            }
            if let (Some(_), Some((name, _))) = (shared(holder), part.entity.field("name")) {
                self.push(Target { part: place, into: Into::Slot(name) }, Spec::named(holder), Some(holder), None, false);
            }
            let fields: Vec<_> = self.fields(place).collect();
            for (target, spec, known) in fields {
                let is_key = part.entity.keys().number.is_some_and(|slot| target.into == Into::Slot(slot));
                let wanted = match (shared(holder), kind.node) {
                    (Some(_), None) => is_key,
                    (Some(_), Some(_)) => known.is_some() && matches!(spec.kind, FieldKind::Code(_) | FieldKind::Boolean),
                    // Its number and name are those of the row.
                    (None, _) => !is_key && part.entity.keys().name.is_none_or(|slot| target.into != Into::Slot(slot)),
                };
                if wanted {
                    self.push(target, spec, known, Some(holder), false);
                }
            }
        }
    }

    /// The fields of a part that a cell can fill.
    fn fields(&self, part: usize) -> impl Iterator<Item = (Target, Spec<'p>, Option<&'static Field>)> + use<'p> {
        let entity = self.kind.parts.get(part).map(|part| part.entity);
        let name = self.kind.parts.get(part).map(|part| part.name);
        let fields = entity.map_or(&[][..], |entity| entity.fields).iter().enumerate();
        let known = fields.filter(|(_, field)| !matches!(field.kind, FieldKind::Record(_) | FieldKind::Records(_)));
        let known = known.map(move |(slot, field)| (Target { part, into: Into::Slot(slot) }, Spec::of(field), Some(field)));
        let own: Vec<_> = self.own.iter().copied().enumerate().filter(|(_, fact)| name.is_some_and(|name| fact.subject == name)).collect();
        let own = own.into_iter().filter_map(move |(place, fact)| Some((Target { part, into: Into::Own(place) }, Spec::own(fact)?, None)));
        let recorded = (part == 0).then(|| (Target { part, into: Into::Recorded }, Spec::of(&RECORDED), Some(&RECORDED)));
        known.chain(own).chain(recorded)
    }

    /// Adds a column under the first header that means this field and no other.
    fn push(&mut self, target: Target, field: Spec<'p>, known: Option<&'static Field>, holder: Option<&Field>, required: bool) {
        if self.found.iter().any(|(other, _)| *other == target) {
            return;
        }
        let joined = holder.map(|holder| format!("{}{}", holder.zh, field.zh));
        let further = known.map_or(&[][..], |field| field.headers).iter().map(|header| (*header).to_owned());
        let headers = std::iter::once(field.zh.to_owned()).chain(joined).chain(further).chain([field.name.to_owned()]);
        let taken = |header: &String| self.found.iter().any(|(_, column)| column.header == *header);
        let found = headers.into_iter().find(|header| self.kind.means(header) == Some(target) && !taken(header));
        if let Some(header) = found {
            self.found.push((target, ColumnPlan { header, required, field, known }));
        }
    }
}
