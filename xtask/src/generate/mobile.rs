//! What Kotlin and Swift have in common: which types cross to a phone, and what is said of them.

use medtrain::shape::{Role, Shape, shapes};

use super::words::plain;

/// The types of a build without spreadsheets: what reading those tells comes last in the list.
pub(super) fn shapes_of_phones() -> impl Iterator<Item = &'static Shape> {
    shapes().into_iter().take_while(|shape| shape.name != "Register")
}

/// Whether facts are about it: it is then read by the names of its fields.
pub(super) fn is_entity(shape: &Shape) -> bool {
    matches!(shape.role, Role::Fact(_))
}

/// What a type is, with its Chinese name where the vocabulary has one.
pub(super) fn described(shape: &Shape) -> String {
    match shape.role {
        Role::Fact(entity) => format!("{} ({})", plain(shape.doc), entity.zh),
        Role::CodeList(list) => format!("{} ({})", plain(shape.doc), list.zh),
        Role::Result => plain(shape.doc),
    }
}
