//! Runs the real binary.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a run printed, and its exit status.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) output: String,
    pub(crate) beside: String,
    pub(crate) status: i32,
}

/// Runs `ducha` in the root of the workspace, in no locale unless the arguments name a language.
pub(crate) fn ducha(arguments: &[&str]) -> Run {
    ducha_with(arguments, &[])
}

/// Runs `ducha` with variables of the environment.
pub(crate) fn ducha_with(arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ducha"));
    command
        .args(arguments)
        .current_dir(root())
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C");
    command.envs(environment.iter().copied());
    run(&mut command)
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Run {
        output: String::from_utf8(stdout).unwrap(),
        beside: String::from_utf8(stderr).unwrap(),
        status: status.code().unwrap(),
    }
}

/// A folder of its own for a test, empty at first.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Writes a file of a test and gives its path as text.
pub(crate) fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

/// The starter rulebook, on which small tests build.
pub(crate) fn starter() -> String {
    ducha(&["new"]).output
}

/// A month of four rows for the starter: three findings and one that is refused.
pub(crate) const MONTH: &str = "id,subject,date,clause,quantity,place,inspection\n\
    R-1,canteen-1,2026-10-09,C-01,,east window,I-1\n\
    R-2,canteen-1,2026-10-20,C-02,3,kitchen,I-2\n\
    R-3,canteen-1,2026-10-40,C-02,3,kitchen,I-2\n\
    R-4,canteen-1,2026-10-21,C-99,,kitchen,I-3\n";
