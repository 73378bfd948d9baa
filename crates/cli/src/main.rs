//! The `ducha` command: check a rulebook, assess a month, explain a number.
//!
//! Each module is one command or one idea that several share; the rules themselves live in the library behind
//! [`ducha`]. A command is a function from what was asked to an [`outcome::Outcome`]; only this file touches the streams.

mod args;
mod assess;
mod bulletin;
mod calendar;
mod casework;
mod change;
mod check;
mod chinese;
mod deadline;
mod demo;
mod difference;
mod document;
mod explain;
mod input;
mod lang;
mod layout;
mod mistakes;
mod names;
mod outcome;
mod overview;
mod preview;
mod progress;
mod prospect;
mod question;
mod rows;
mod schema;
mod sheet;
mod standing;
mod starter;
mod stats;
mod terms;
mod usage;
mod visible;
mod why;
mod words;
mod zero;

use args::{Cli, Colour, Command};
use ducha::core::Lang;
use mistakes::Pen;
use outcome::{Outcome, Status, Step};
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let outcome = match usage::read(&arguments) {
        Ok(cli) => run(&cli, lang::of(cli.lang)).unwrap_or_else(|failed| failed),
        Err(help) if help.is_wanted() => return status(&help.print(), Status::Done),
        Err(wrong) => Outcome { beside: wrong.text(), status: Status::WrongUse, ..Outcome::default() },
    };
    let mut stdout = std::io::stdout();
    let written = stdout.write_all(outcome.output.as_bytes()).and_then(|()| stdout.flush());
    _ = std::io::stderr().write_all(outcome.beside.as_bytes());
    status(&written, outcome.status)
}

/// The status of a run whose result was written so.
fn status(written: &std::io::Result<()>, status: Status) -> ExitCode {
    match written {
        // A reader that has gone away, as `head` does, is no failure of the command; a full disk is.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            _ = writeln!(std::io::stderr(), "ducha: {error}");
            ExitCode::from(2)
        }
        _ => ExitCode::from(status.code()),
    }
}

fn run(cli: &Cli, lang: Lang) -> Step<Outcome> {
    // Mistakes that stop a command go to standard error; those that `check` finds are its result.
    let pen = pen(cli.color, std::io::stderr().is_terminal());
    match &cli.command {
        None => assess::demonstrate(lang, pen),
        Some(Command::Check { files }) => {
            let pen = self::pen(cli.color, std::io::stdout().is_terminal());
            check::run(&input::gather(files, None, lang)?, lang, pen)
        }
        Some(Command::Assess(asked)) => assess::run(asked, lang, pen),
        Some(Command::Explain(asked)) => explain::run(asked, lang, pen),
        Some(Command::Preview(asked)) => preview::run(asked, lang, pen),
        Some(Command::Compare { before, after, format }) => change::run(before, after, *format, lang),
        Some(Command::Schema { of }) => schema::run(*of),
        Some(Command::New) => Ok(starter::run(lang)),
        Some(Command::Fmt { files, check }) => layout::run(files, *check, lang, pen),
        Some(Command::Deadline(due)) => deadline::run(due, lang),
        Some(Command::Case(asked)) => casework::case(asked, lang, pen),
        Some(Command::Due(asked)) => casework::due(asked, lang, pen),
        Some(Command::Tick(asked)) => casework::tick(asked, lang, pen),
        Some(Command::Draw(asked)) => casework::draw(asked, lang),
        Some(Command::Calendar { year, which, format }) => calendar::run(*year, which, *format, lang),
    }
}

/// Colours where they are asked for, or on a terminal unless `NO_COLOR` is set.
fn pen(colour: Colour, terminal: bool) -> Pen {
    let unwanted = || lang::variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    match colour {
        Colour::Always => Pen::Coloured,
        Colour::Auto if terminal && !unwanted() => Pen::Coloured,
        Colour::Auto | Colour::Never => Pen::Plain,
    }
}
