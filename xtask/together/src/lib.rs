//! What all builds of the tests stand on, and nothing else.
