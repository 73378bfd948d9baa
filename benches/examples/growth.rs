//! How cost and memory grow: a table of times by findings and clauses, or the peak of memory of one run.
//!
//! ```console
//! $ cargo run --release -p ducha-benches --example growth            # 10^4 to 10^7 findings, 10 to 1,000 clauses
//! $ cargo run --release -p ducha-benches --example growth -- 1000000 # up to a million
//! $ cargo run --release -p ducha-benches --example growth -- peak    # what a run adds to the memory
//! ```
//!
//! All in one process, row by row. Every time is the least of several runs, beside the program written by hand.
//! Memory is what Linux tells of this process in `/proc/self/status`; elsewhere that table is left out.
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
use std::{fs, hint::black_box, time::Duration};

const FINDINGS: [u32; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
const CLAUSES: [u32; 5] = [10, 30, 100, 300, 1_000];
const ROUNDS: u32 = 5;

fn main() {
    let word = std::env::args().nth(1);
    if word.as_deref() == Some("peak") {
        return peaks();
    }
    let most = word.and_then(|word| word.parse().ok()).unwrap_or(u32::MAX);
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

fn peaks() {
    let Some(_) = status("VmHWM") else {
        println!("this system does not tell the peak of memory in /proc/self/status");
        return;
    };
    println!(
        "| findings | clauses | columns that come in, MiB | peak above them, MiB | bytes a finding above them |"
    );
    println!("|---|---|---|---|---|");
    for findings in FINDINGS {
        for clauses in [10, 120, 1_000] {
            let given = Given::of(Job::new(findings, clauses));
            // The peak so far belongs to the making of the columns.
            let forgotten = fs::write("/proc/self/clear_refs", "5").is_ok();
            let before = status("VmRSS").unwrap_or(0);
            let scored = given.run();
            let peak = status("VmHWM").unwrap_or(0);
            black_box(scored);
            if !forgotten {
                println!("the peak cannot be reset here (/proc/self/clear_refs)");
                return;
            }
            let above = peak.saturating_sub(before);
            // Department, clause and day take four bytes each, quantity and choice eight.
            let came = f64::from(findings) * 28.0 / 1_048_576.0;
            let each = above as f64 * 1_024.0 / f64::from(findings);
            println!("| {findings} | {clauses} | {came:.1} | {:.1} | {each:.1} |", above as f64 / 1_024.0);
        }
    }
}

/// A line of `/proc/self/status`, in KiB.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
