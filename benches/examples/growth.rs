//! How cost and memory grow: a table of times by findings and clauses, or the peak of memory of one run.
//!
//! ```console
//! $ cargo run --release -p ducha-benches --example growth            # 10^4 to 10^7 findings, 10 to 1,000 clauses
//! $ cargo run --release -p ducha-benches --example growth -- 1000000 # up to a million
//! $ cargo run --release -p ducha-benches --example growth -- peak    # the peak of memory while it runs
//! ```
//!
//! Times are taken in one process, each the least of several runs, beside the program written by hand. Memory is what Linux
//! tells of a process in `/proc/self/status`, a process for each row; elsewhere that table is left out.
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]
#![allow(clippy::expect_used, reason = "a bench that cannot begin stops")]

use chrono::Datelike;
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::engine::{Columns, ScoredColumns, Scorer};
use ducha_benches::{
    kernel::{self, kernel},
    rounds::{Entrant, rounds},
};
use ducha_examples::standard::{Clause, Job, rulebook};
use std::{fs, hint::black_box, process::Command, time::Duration};

const FINDINGS: [u32; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
const CLAUSES: [u32; 5] = [10, 30, 100, 300, 1_000];
const ROUNDS: u32 = 5;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if words.first().is_some_and(|word| word == "peak") {
        return match numbers.as_slice() {
            [findings, clauses] => peak(Job::new(*findings, *clauses)),
            _ => peaks(),
        };
    }
    let most = numbers.first().copied().unwrap_or(u32::MAX);
    println!("ns a finding by engine / by hand, the least of {ROUNDS}\n");
    println!("| findings | {} |", CLAUSES.map(|clauses| format!("{clauses} clauses")).join(" | "));
    println!("|---|{}", "---|".repeat(CLAUSES.len()));
    for findings in FINDINGS.into_iter().filter(|findings| *findings <= most) {
        let cells = CLAUSES.map(|clauses| cell(Job::new(findings, clauses)));
        println!("| {findings} | {} |", cells.join(" | "));
    }
}

/// The job as columns.
struct Given {
    clauses: Vec<Clause>,
    departments: u32,
    columns: kernel::Columns,
    days: Vec<i32>,
    scorer: Scorer,
}

impl Given {
    fn of(job: Job) -> Self {
        let columns: kernel::Columns = job.findings().collect();
        let first = Job::FIRST_DAY.num_days_from_ce();
        let days = columns.day.iter().map(|day| first.saturating_add(day.cast_signed())).collect();
        let clauses = job.clauses();
        let text = rulebook(&clauses);
        let book = Rulebook::read(&Source::new("standard.toml", text)).expect("a sound rulebook");
        let scorer = Scorer::compile(&[book]).expect("rules that the engine compiles");
        Self { clauses, departments: job.departments, columns, days, scorer }
    }

    fn run(&self) -> ScoredColumns {
        let columns = Columns {
            subjects: self.departments,
            subject: &self.columns.department,
            clause: &self.columns.clause,
            day: &self.days,
            quantity: Some(&self.columns.quantity),
            points: Some(&self.columns.chosen),
            points_places: 1,
            ..Columns::default()
        };
        self.scorer.assess_columns(black_box(&columns)).expect("sound columns")
    }
}

fn cell(job: Job) -> String {
    let given = Given::of(job);
    let entrants = vec![
        Entrant::new("engine", || given.run()),
        Entrant::new("by hand", || {
            kernel(black_box(&given.columns), &given.clauses, given.departments as usize)
        }),
    ];
    let times = rounds(entrants, job.findings, ROUNDS, Duration::from_millis(20));
    times.iter().map(|times| format!("{:.1}", times.least())).collect::<Vec<_>>().join(" / ")
}

/// Each row in a process of its own, for what one has freed the next would use again unseen.
fn peaks() {
    println!(
        "| findings | clauses | columns, MiB | peak of the process, MiB | beside the columns, bytes a finding |"
    );
    println!("|---|---|---|---|---|");
    let program = std::env::current_exe().expect("a program knows where it is");
    for findings in FINDINGS {
        for clauses in [10, 120, 1_000] {
            let words = ["peak".into(), findings.to_string(), clauses.to_string()];
            let ran = Command::new(&program).args(words).status().expect("it runs again");
            assert!(ran.success(), "{findings} findings, {clauses} clauses");
        }
    }
}

fn peak(job: Job) {
    let given = Given::of(job);
    // The peak so far belongs to reading the rules and making the columns.
    let forgotten = fs::write("/proc/self/clear_refs", "5").is_ok();
    let scored = given.run();
    let peak = status("VmHWM").filter(|_| forgotten);
    black_box(scored);
    let Some(peak) = peak else {
        return println!("this system does not tell the peak of memory, or cannot forget it");
    };
    // Department, clause and day take four bytes each, the day twice (the program by hand has its own), quantity and
    // choice eight.
    let columns = f64::from(job.findings) * 32.0;
    let peak = peak as f64 * 1_024.0;
    let beside = (peak - columns) / f64::from(job.findings);
    let (columns, peak) = (columns / 1_048_576.0, peak / 1_048_576.0);
    println!("| {} | {} | {columns:.1} | {peak:.1} | {beside:.1} |", job.findings, job.clauses);
}

/// A line of `/proc/self/status`, in KiB.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
