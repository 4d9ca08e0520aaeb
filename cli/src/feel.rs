//! `medtrain feel`: try an expression out.

use std::path::PathBuf;

use clap::Args;
use medtrain::feel::{Context, evaluate};
use medtrain::problem::TrainingError;

use crate::input::read_text;
use crate::output::line;

/// Print the value of an expression as JSON
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The expression
    #[arg(allow_hyphen_values = true)]
    expression: String,
    /// Names that it may use, as a JSON object
    #[arg(long, value_name = "CONTEXT.json")]
    context: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let context = match &arguments.context {
        Some(path) => Context::from_json(&read_text(path)?)?,
        None => Context::default(),
    };
    match evaluate(&arguments.expression, &context) {
        Ok(value) => {
            line(&value.to_json());
            Ok(())
        }
        Err(refused) => Err(refused.in_text("expression", &arguments.expression)),
    }
}
