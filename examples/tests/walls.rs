//! The walls between the crates, as `cargo metadata` sees them: who may use whom, which outside crates the pure ones
//! use and with which features, what is built by default, and that each dependency is accounted for.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

/// Which crates of this workspace each may use; the table of `docs/architecture.md`.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("ducha-core", &[]),
    ("ducha-calendar", &[]),
    ("ducha-rulebook", &["ducha-core", "ducha-calendar"]),
    ("ducha-scoring", &["ducha-core", "ducha-calendar", "ducha-rulebook"]),
    ("ducha-casework", &["ducha-core", "ducha-calendar", "ducha-rulebook"]),
    ("ducha-intake", &["ducha-core"]),
    ("ducha-journal", &["ducha-core"]),
    ("ducha-sqlite", &["ducha-core", "ducha-journal"]),
    ("ducha-postgres", &["ducha-core", "ducha-journal"]),
    (
        "ducha",
        &[
            "ducha-core",
            "ducha-calendar",
            "ducha-rulebook",
            "ducha-scoring",
            "ducha-casework",
            "ducha-intake",
            "ducha-journal",
        ],
    ),
    ("ducha-cli", &["ducha", "ducha-sqlite", "ducha-postgres"]),
    ("ducha-examples", &["ducha"]),
    ("ducha-benches", &["ducha", "ducha-examples", "ducha-sqlite"]),
];

/// The crates behind the purity wall.
const PURE: [&str; 5] = ["ducha-core", "ducha-calendar", "ducha-rulebook", "ducha-scoring", "ducha-casework"];

/// The pure crates to which the door always opens; the others by feature.
const ALWAYS: [&str; 4] = ["ducha-core", "ducha-calendar", "ducha-rulebook", "ducha-scoring"];

/// The outside crates that a pure crate may use, with all features that it may switch on. None of them needs std.
const OUTSIDE: [(&str, &[&str]); 7] = [
    ("chrono", &["alloc", "serde"]),
    ("rust_decimal", &[]),
    ("serde", &["alloc", "derive"]),
    ("serde_json", &["alloc"]),
    ("sha2", &[]),
    ("thiserror", &[]),
    ("toml", &["parse"]),
];

/// What is not for the registry.
const UNPUBLISHED: [&str; 2] = ["ducha-examples", "ducha-benches"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

static METADATA: LazyLock<Value> = LazyLock::new(|| {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
});

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn words<'a>(value: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

/// The members by name.
fn members() -> BTreeMap<&'static str, &'static Value> {
    list(&METADATA, "packages").iter().map(|package| (text(package, "name"), package)).collect()
}

fn member(name: &str) -> &'static Value {
    members().get(name).copied().unwrap_or_else(|| panic!("{name} is no member"))
}

fn is_ours(dependency: &Value) -> bool {
    members().contains_key(text(dependency, "name"))
}

/// What a crate needs beyond its tests; build scripts included.
fn needs(package: &Value) -> impl Iterator<Item = &Value> {
    list(package, "dependencies").iter().filter(|dependency| text(dependency, "kind") != "dev")
}

#[test]
fn each_crate_uses_only_those_that_it_may() {
    let told: BTreeSet<_> = MAY_USE.iter().map(|(name, _)| *name).collect();
    assert_eq!(told, members().into_keys().collect(), "every member stands in the table");
    for (name, may) in MAY_USE {
        for dependency in list(member(name), "dependencies").iter().filter(|d| is_ours(d)) {
            let used = text(dependency, "name");
            assert!(may.contains(&used), "{name} must not use {used}");
        }
    }
}

#[test]
fn pure_crates_use_few_outside_crates_and_without_std() {
    let outside = BTreeMap::from(OUTSIDE);
    for name in PURE {
        for dependency in needs(member(name)).filter(|d| !is_ours(d)) {
            let used = text(dependency, "name");
            let allowed = outside.get(used).unwrap_or_else(|| panic!("{name} must not use {used}"));
            let defaults = dependency.get("uses_default_features").and_then(Value::as_bool);
            assert_eq!(defaults, Some(false), "{name} uses {used} with default features");
            for feature in words(dependency, "features") {
                assert!(allowed.contains(&feature), "{name} switches on `{feature}` of {used}");
            }
        }
    }
}

#[test]
fn pure_crates_do_without_std_and_build_scripts() {
    for name in PURE {
        let kinds: Vec<_> = list(member(name), "targets").iter().flat_map(|t| words(t, "kind")).collect();
        assert!(!kinds.contains(&"custom-build") && !kinds.contains(&"bin"), "{name}: {kinds:?}");
        let manifest = Path::new(text(member(name), "manifest_path")).to_owned();
        let lib = fs::read_to_string(manifest.with_file_name("src").join("lib.rs")).expect("lib.rs");
        assert!(lib.lines().any(|line| line == "#![no_std]"), "{name} is not no_std");
        let std_outside_of_tests =
            lib.replace("#[cfg(test)]\nextern crate std;", "").contains("extern crate std");
        assert!(!std_outside_of_tests, "{name} brings std in");
    }
}

#[test]
fn the_door_needs_no_std_by_default() {
    let defaults = member("ducha").pointer("/features/default").and_then(Value::as_array);
    assert_eq!(defaults.map(Vec::len), Some(0));
    let always: BTreeSet<_> = needs(member("ducha"))
        .filter(|d| d.get("optional").and_then(Value::as_bool) == Some(false))
        .map(|d| text(d, "name"))
        .collect();
    assert_eq!(always, ALWAYS.into(), "the door always opens to these pure crates, and to them alone");
}

#[test]
fn cargo_run_is_the_command_and_heavy_parts_stay_out() {
    let default = words(&METADATA, "workspace_default_members");
    let in_default = |package: &&Value| default.contains(text(package, "id"));
    let left_out: Vec<_> =
        members().into_values().filter(|package| !in_default(package)).map(|p| text(p, "name")).collect();
    assert_eq!(left_out, ["ducha-benches", "ducha-postgres"]);
    let binaries: Vec<_> = members()
        .into_values()
        .filter(in_default)
        .flat_map(|package| list(package, "targets"))
        .filter(|target| words(target, "kind").contains("bin"))
        .map(|target| text(target, "name"))
        .collect();
    assert_eq!(binaries, ["ducha"], "one binary alone, so that `cargo run` knows what to run");
}

#[test]
fn every_dependency_has_its_line_and_every_line_its_dependency() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md");
    let (_, section) = page.split_once("\n## Dependencies\n").expect("a section on dependencies");
    let section = section.split("\n## ").next().unwrap_or_default();
    let told: BTreeSet<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name))
        .collect();
    let used: BTreeSet<&str> = members()
        .into_values()
        .flat_map(|package| list(package, "dependencies"))
        .filter(|dependency| !is_ours(dependency))
        .map(|dependency| text(dependency, "name"))
        .collect();
    assert_eq!(used, told);
}

#[test]
fn the_page_on_architecture_has_the_same_table() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md");
    for (name, may) in MAY_USE {
        let row = page
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")))
            .unwrap_or_else(|| panic!("no row for {name}"));
        let last = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        let told: Vec<_> = if last == "–" { Vec::new() } else { last.split(", ").collect() };
        let short: Vec<_> = may.iter().map(|used| used.strip_prefix("ducha-").unwrap_or(used)).collect();
        assert_eq!(told, short, "{name}");
    }
}

#[test]
fn each_published_crate_can_introduce_itself() {
    for (name, package) in members() {
        let published = !UNPUBLISHED.contains(&name);
        assert_eq!(package.get("publish").is_some_and(Value::is_null), published, "{name}");
        let floor = text(package, "rust_version");
        assert_eq!((text(package, "edition"), floor), ("2024", "1.88"), "{name}");
        if published {
            for key in ["description", "license", "repository", "readme"] {
                assert!(!text(package, key).is_empty(), "{name} has no {key}");
            }
            let folder = Path::new(text(package, "manifest_path")).with_file_name("");
            for file in ["LICENSE-MIT", "LICENSE-APACHE", text(package, "readme")] {
                assert!(folder.join(file).is_file(), "{name} has no {file}");
            }
        }
    }
}

/// A version of the compiler: `1.88` and `1.88.0` are one.
fn compiler(version: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = version.split('.').map(|part| part.parse().expect("a number")).collect();
    numbers.resize(3, 0);
    numbers
}

/// Whatever the workspace is built from without tests and benches, by package id.
fn built(metadata: &Value) -> BTreeSet<&str> {
    let nodes = list(metadata.get("resolve").expect("the resolved graph"), "nodes");
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(node, "id"), node)).collect();
    let mut next: Vec<&str> =
        list(metadata, "workspace_default_members").iter().filter_map(Value::as_str).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = next.pop() {
        if found.insert(id) {
            let is_built = |d: &&Value| list(d, "dep_kinds").iter().any(|kind| text(kind, "kind") != "dev");
            let node = nodes.get(id).expect("a node for each package");
            next.extend(list(node, "deps").iter().filter(is_built).map(|d| text(d, "pkg")));
        }
    }
    found
}

/// The machine that builds, as the compiler names it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let said = String::from_utf8(output.stdout).expect("rustc speaks UTF-8");
    said.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned()
}

#[test]
fn no_dependency_asks_for_a_newer_compiler_than_declared() {
    // What other platforms would need was never fetched.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", &host()])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let declared = compiler(text(member("ducha"), "rust_version"));
    let built = built(&metadata);
    assert!(built.len() > 30, "{built:?}");
    let packages = list(&metadata, "packages").iter().filter(|package| built.contains(text(package, "id")));
    let newer: Vec<String> = packages
        .filter_map(|package| Some((package, package.get("rust_version")?.as_str()?)))
        .filter(|(_, version)| compiler(version) > declared)
        .map(|(package, version)| {
            format!("{} {} asks for {version}", text(package, "name"), text(package, "version"))
        })
        .collect();
    assert_eq!(newer, Vec::<String>::new(), "newer than {declared:?}");
}
