//! Kotlin and Swift know the same border.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The checksum of each function of the border, as a generated file compares it with the library's.
fn checksums(file: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a generated file");
    let compared = text.lines().filter(|line| line.contains("_checksum_") && line.contains("!="));
    let words = compared.map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect::<Vec<_>>());
    words
        .map(|words| {
            let name = words.iter().find(|word| word.contains("_checksum_")).expect("a function");
            ((*name).to_owned(), (*words.last().expect("a checksum")).to_owned())
        })
        .collect()
}

#[test]
fn the_border_of_swift_is_that_of_kotlin_which_the_library_is_held_against_in_its_tests() {
    let kotlin = checksums("kotlin/src/main/kotlin/medtrain/border/medtrain_border.kt");
    assert!(kotlin.len() > 15, "{kotlin:?}");
    assert_eq!(kotlin, checksums("swift/Sources/MedtrainBorder/MedtrainBorder.swift"), "run `cargo xtask border`");
}

#[test]
fn an_object_is_handed_over_only_where_kotlin_counts_its_uses() {
    // UniFFI counts the uses of the object that is asked, and not of one that is handed over: `Held.kt` does, for what stands here.
    let file = "kotlin/src/main/kotlin/medtrain/border/medtrain_border.kt";
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a generated file");
    let handed_over = ["FfiConverterTypeKnown.lower(", "FfiConverterTypePolicies.lower("];
    let places: Vec<_> = text.lines().filter(|line| handed_over.iter().any(|object| line.contains(object))).map(str::trim).collect();
    assert_eq!(places, ["FfiConverterTypeKnown.lower(`known`),_status)"]);
}
