//! Writes the Kotlin, the Swift and the C of the border from a built library: `border LIBRARY BINDINGS-FOLDER`.

use std::fs;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// The files: where they are written, and where they belong below the folder of the bindings.
const FILES: &[(&str, &str)] = &[
    ("medtrain/border/medtrain_border.kt", "kotlin/src/main/kotlin/medtrain/border/medtrain_border.kt"),
    ("MedtrainBorder.swift", "swift/Sources/MedtrainBorder/MedtrainBorder.swift"),
    ("MedtrainBorderFFI.h", "swift/Sources/MedtrainBorderFFI/include/MedtrainBorderFFI.h"),
];

/// What each of them says first.
const HEAD: &str = "// Generated with UniFFI by `cargo xtask border` from the functions of `bindings-mobile/src`: do not edit.\n";

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
    let beside = library.with_extension("border");
    for language in [TargetLanguage::Kotlin, TargetLanguage::Swift] {
        let options = GenerateOptions {
            languages: vec![language],
            source: library.to_owned(),
            out_dir: beside.clone(),
            config_override: Some(bindings.join("uniffi.toml")),
            ..GenerateOptions::default()
        };
        generate(options).map_err(|error| format!("{error:?}"))?;
    }
    for (from, to) in FILES {
        let text = fs::read_to_string(beside.join(from)).map_err(|error| format!("{from}: {error}"))?;
        // What UniFFI says of itself gives way to what is to be done.
        let body = text.split_once("\n\n").map_or(text.as_str(), |(_, body)| body);
        fs::write(bindings.join(to), format!("{HEAD}\n{}", body.trim_start())).map_err(|error| format!("{to}: {error}"))?;
    }
    fs::remove_dir_all(&beside).map_err(|error| format!("{beside}: {error}"))
}
