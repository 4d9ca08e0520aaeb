//! The `medtrain` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(medtrain_cli::run(std::env::args_os()))
}
