//! Writes the standard job, on which speed is measured: its rulebook and its findings.
//!
//! `cargo run --release --example standard_job -- --findings 1000000 --clauses 120 --out DIR`
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use clap::Parser;
use ducha_examples::standard::{Job, rulebook};
use std::{
    fs::{File, create_dir_all, write},
    io::BufWriter,
    path::PathBuf,
};

/// Writes the rulebook and the findings of the standard job.
#[derive(Parser)]
struct Question {
    /// How many findings.
    #[arg(long, default_value_t = 1_000_000)]
    findings: u32,
    /// How many clauses.
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..10_000))]
    clauses: u32,
    /// The folder to write to.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Question { findings, clauses, out } = Question::parse();
    let job = Job::new(findings, clauses);
    create_dir_all(&out)?;
    let (rules, records) = (out.join("rulebook.toml"), out.join("findings.csv"));
    write(&rules, rulebook(&job.clauses()))?;
    job.write_csv(BufWriter::new(File::create(&records)?))?;
    println!("{}\n{}", rules.display(), records.display());
    Ok(())
}
