//! The `medtrain` command.
fn main() {}
