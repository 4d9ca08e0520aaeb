//! Builds nothing: it is here for what it stands on, which then is compiled in one way for all that builds.

fn main() {}
