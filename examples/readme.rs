//! The examples run, and the READMEs show the lines of `embed_scoring` as they are.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "a test stops where it fails"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_readmes_show_the_lines_that_the_example_runs() {
    let example = std::fs::read_to_string(root().join("examples/embed_scoring.rs")).unwrap();
    let (_, lines) = example.split_once("\n\n").unwrap();
    for name in ["README.md", "README.zh-CN.md"] {
        let readme = std::fs::read_to_string(root().join(name)).unwrap();
        assert!(readme.contains(&format!("```rust,no_run\n{lines}```")), "{name} shows other lines");
    }
}

#[test]
fn the_readmes_point_at_files_that_are_there() {
    for name in ["README.md", "README.zh-CN.md"] {
        let readme = std::fs::read_to_string(root().join(name)).unwrap();
        let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("http")) {
            assert!(root().join(link).exists(), "{name} points at {link}");
        }
    }
}

/// What an example prints, run in the root of the workspace. `cargo test` builds the examples beside the tests.
fn run(name: &str) -> String {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().parent().unwrap().join("examples").join(name);
    let run =
        Command::new(program.with_extension(std::env::consts::EXE_EXTENSION)).current_dir(root()).output();
    let run = run.unwrap_or_else(|error| panic!("{name}: {error}; build it by `cargo build --examples`"));
    assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn the_examples_run() {
    assert!(run("embed_scoring").contains("annex campus 2026"));
    let preview = run("preview_a_finding");
    assert!(preview.contains("cannot be recorded so: 9 points lie outside the range"), "{preview}");
    assert!(preview.contains("unit-month of canteen-1 would be"), "{preview}");
    let own = run("your_own_shape");
    assert!(own.contains("100 − 1.5 + 0 = 98.5"), "40 minutes are three begun quarters: {own}");
    assert!(own.contains("refuses: the minutes must be given"), "{own}");
}
