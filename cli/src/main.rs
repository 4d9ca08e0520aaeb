//! The `medtrain` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    medtrain_cli::leave_nothing_unfinished();
    ExitCode::from(medtrain_cli::run(std::env::args_os()))
}
