//! What makes the library of the profile `mobile` small, beside the profile itself.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let set = |name: &str| env::var(name).unwrap_or_default();
    let (system, machine, level) = (set("CARGO_CFG_TARGET_OS"), set("CARGO_CFG_TARGET_ARCH"), set("OPT_LEVEL"));
    if level != "z" {
        return;
    }
    // Rust links by LLVM's linker there, and Android's tools do everywhere: functions that came out alike are kept once.
    if system == "android" || system == "linux" && machine == "x86_64" {
        println!("cargo:rustc-cdylib-link-arg=-Wl,--icf=all");
    }
    // Places to mend when loading, in a bit each and not in 24 bytes; glibc 2.36 can read it.
    if system == "linux" && machine == "x86_64" {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,pack-relative-relocs");
    }
}
