//! Brings the demonstration month into the binary.
//!
//! In the workspace its files stand in `examples/campus`. A packed crate has no workspace around it: there the files of
//! `demo/` are taken, which are links to those of the workspace and which packing turns into files.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const FILES: [&str; 4] = ["rulebook-2026.toml", "rulebook-2025.toml", "org.toml", "findings-2026-10.csv"];

fn main() -> io::Result<()> {
    let directory = |name: &str| env::var_os(name).map(PathBuf::from).ok_or(io::ErrorKind::NotFound);
    let package = directory("CARGO_MANIFEST_DIR")?;
    let out = directory("OUT_DIR")?;
    let campus = package.join("../../examples/campus");
    let from: &Path = if campus.is_dir() { &campus } else { &package.join("demo") };
    for file in FILES {
        let source = from.join(file);
        println!("cargo::rerun-if-changed={}", source.display());
        fs::write(out.join(file), fs::read(&source)?)?;
    }
    Ok(())
}
