//! Tells the linker what a library for Node needs.

fn main() {
    napi_build::setup();
}
