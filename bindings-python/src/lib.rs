//! medtrain for Python: functions, exceptions and conversions, and no rule.
//!
//! In come objects of Python, which [`read`] hands to the core as any format is handed to it; out go objects of the classes that are written from the
//! core's shapes, which [`write`] makes. INVARIANT: no code here knows a type by its fields.

mod classes;
mod error;
mod feel;
mod prepared;
mod question;
mod read;
mod region;
mod set;
mod tables;
mod text;
mod verdict;
mod watch;
mod workbook;
mod write;

use pyo3::prelude::*;

/// The compiled part of medtrain.
#[pymodule]
mod _medtrain {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::feel::feel;
    #[pymodule_export]
    use super::prepared::PreparedFacts;
    #[pymodule_export]
    use super::region::{RegionPages, Standings};
    #[pymodule_export]
    use super::set::{PolicySet, diff, lint_files};
    #[pymodule_export]
    use super::tables::TableVerdicts;
    #[pymodule_export]
    use super::verdict::HeldVerdict;
    #[pymodule_export]
    use super::workbook::CheckedWorkbook;

    /// The JSON Schema of facts, as text.
    #[pyfunction]
    fn facts_schema() -> String {
        medtrain::facts::json_schema().to_string()
    }

    /// Whether this interpreter is the one that uses the module: its classes are of one interpreter, and the first to ask has them.
    #[pyfunction]
    fn claim(interpreter: i64) -> bool {
        static FIRST: std::sync::OnceLock<i64> = std::sync::OnceLock::new();
        *FIRST.get_or_init(|| interpreter) == interpreter
    }

    /// Runs the `medtrain` command with these arguments, of which the first is its name, and gives its exit status.
    #[pyfunction]
    fn run_command(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
        py.detach(|| medtrain_cli::run(arguments))
    }
}
