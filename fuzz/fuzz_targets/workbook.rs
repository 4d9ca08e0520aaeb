//! Bytes as a workbook.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = medtrain::workbook::read(bytes, "fuzz", &mut |_| {});
});
