//! Bytes as a workbook.
#![no_main]

use libfuzzer_sys::fuzz_target;
use medtrain::workbook::Asked;

fuzz_target!(|bytes: &[u8]| {
    for subject in ["practitioner", "trainee", "base", "region"] {
        if let Ok(asked) = Asked::subject(subject) {
            let _ = medtrain::workbook::read(bytes, "fuzz", &asked, &mut |_| {});
        }
    }
});
