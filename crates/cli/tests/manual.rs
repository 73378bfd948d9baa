//! Every command of `docs/cli.md` and `docs/json.md` is run, and prints what the page shows.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "a test stops where it fails"
)]

mod harness;

use harness::{folder, root, run};
use std::process::Command;

/// A command of the page, with what it shows and the status that its block declares for the last command.
struct Shown {
    command: String,
    output: String,
    status: Option<i32>,
}

fn shown(page: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for block in page.split("```console").skip(1) {
        let (info, body) = block.split_once('\n').unwrap();
        let body = body.split("\n```").next().unwrap();
        let status = info.trim().strip_prefix("status=").map_or(0, |status| status.parse().unwrap());
        let first = all.len();
        for line in body.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                all.push(Shown { command: command.into(), output: String::new(), status: Some(0) });
            } else if let (Some(more), Some(last)) = (line.strip_prefix("> "), all.last_mut()) {
                last.command.push_str(&format!("\n{more}"));
            } else if let Some(last) = all.last_mut() {
                last.output.push_str(&format!("{line}\n"));
            }
        }
        assert!(all.len() > first, "a block without command");
        all.last_mut().unwrap().status = Some(status);
    }
    all
}

/// Whether the lines are as shown; a line `...` stands for any lines.
fn matches(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|skip| matches(rest, &printed[skip..])),
        Some((line, rest)) => printed.first() == Some(line) && matches(rest, &printed[1..]),
    }
}

#[test]
fn every_command_of_the_manual_prints_what_it_shows() {
    hold("cli.md", 15);
}

#[test]
fn the_example_of_the_json_page_is_what_comes_out() {
    hold("json.md", 3);
}

#[test]
fn the_commands_of_the_calendar_page_print_what_it_shows() {
    hold("calendar.md", 2);
}

fn hold(page: &str, least: usize) {
    let folder = folder(&format!("manual-{page}"));
    let page = std::fs::read_to_string(root().join("docs").join(page)).unwrap();
    std::os::unix::fs::symlink(root().join("examples").canonicalize().unwrap(), folder.join("examples"))
        .unwrap();
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_ducha")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let commands = shown(&page);
    assert!(commands.len() >= least, "only {} commands were found", commands.len());
    for Shown { command, output, status } in commands {
        let mut shell = Command::new("sh");
        shell.args(["-c", &command]).current_dir(&folder).env("PATH", &path).env("LC_ALL", "C");
        let run = run(&mut shell);
        assert_eq!(Some(run.status), status, "{command}\n{}{}", run.output, run.beside);
        let printed = format!("{}{}", run.output, run.beside);
        let (shown, printed): (Vec<&str>, Vec<&str>) = (output.lines().collect(), printed.lines().collect());
        assert!(matches(&shown, &printed), "{command}\nprints\n{}", printed.join("\n"));
    }
}

#[test]
fn lines_may_be_left_out_where_the_page_says_so() {
    assert!(matches(&["a", "...", "d"], &["a", "b", "c", "d"]));
    assert!(matches(&["a", "..."], &["a"]));
    assert!(!matches(&["a", "...", "d"], &["a", "b", "c"]));
    assert!(!matches(&["a"], &["a", "b"]));
}
