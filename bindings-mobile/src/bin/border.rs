//! Writes the Kotlin, the Swift and the C of the border from a built library: `border LIBRARY BINDINGS-FOLDER`.

use std::fs;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// Where the files of Swift and C belong, below the folder of the bindings; those of Kotlin find their place by their package.
const PLACES: &[(&str, &str)] = &[
    ("MedtrainBorder.swift", "swift/Sources/MedtrainBorder"),
    ("MedtrainBorderFFI.h", "swift/Sources/MedtrainBorderFFI/include"),
];

fn main() -> ExitCode {
    let arguments: Vec<Utf8PathBuf> = std::env::args().skip(1).map(Utf8PathBuf::from).collect();
    let [library, bindings] = arguments.as_slice() else {
        eprintln!("usage: border LIBRARY BINDINGS-FOLDER");
        return ExitCode::from(2);
    };
    if let Err(error) = write(library, bindings) {
        eprintln!("error: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn write(library: &Utf8Path, bindings: &Utf8Path) -> Result<(), String> {
    let generated = |language, folder: &Utf8Path| {
        let options = GenerateOptions {
            languages: vec![language],
            source: library.to_owned(),
            out_dir: folder.to_owned(),
            config_override: Some(bindings.join("uniffi.toml")),
            ..GenerateOptions::default()
        };
        generate(options).map_err(|error| format!("{error:?}"))
    };
    generated(TargetLanguage::Kotlin, &bindings.join("kotlin/src/main/kotlin"))?;
    let beside = library.with_extension("swift-border");
    generated(TargetLanguage::Swift, &beside)?;
    for (file, place) in PLACES {
        let folder = bindings.join(place);
        let copied = fs::create_dir_all(&folder).and_then(|()| fs::copy(beside.join(file), folder.join(file)));
        copied.map_err(|error| format!("{file}: {error}"))?;
    }
    fs::remove_dir_all(&beside).map_err(|error| format!("{beside}: {error}"))
}
