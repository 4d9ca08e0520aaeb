//! Text as an expression, over a small context.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use medtrain::feel::{Context, evaluate};

static CONTEXT: LazyLock<Context> = LazyLock::new(|| {
    let json = r#"{"n": 3, "t": "a", "b": true, "ns": [1, 2.5, 2], "rs": [{"x": 1, "sub": [1, 2]}, {"x": null, "sub": []}]}"#;
    Context::from_json(json).unwrap_or_default()
});

fuzz_target!(|text: &str| {
    if let Ok(value) = evaluate(text, &CONTEXT) {
        let _ = value.to_json();
    }
});
