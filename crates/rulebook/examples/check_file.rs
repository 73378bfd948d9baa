//! Checks rulebook files and prints what is wrong: `cargo run -q -p ducha-rulebook --example check_file -- FILE...`
//!
//! With `--zh` the messages are Chinese. The exit status is 1 if a file has errors.
#![allow(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use ducha_core::Lang;
use ducha_rulebook::{Diagnostic, LineIndex, Severity, Source, read_all};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let lang = if flags.iter().any(|flag| flag == "--zh") { Lang::Zh } else { Lang::En };
    let mut sources = Vec::new();
    for file in &files {
        match std::fs::read_to_string(file) {
            Ok(text) => sources.push(Source::new(file, text)),
            Err(error) => {
                println!("{file}: {error}");
                return ExitCode::from(2);
            }
        }
    }
    let lines: Vec<LineIndex> = sources.iter().map(|source| LineIndex::new(&source.text)).collect();
    let print = |diagnostic: &Diagnostic| {
        let index = diagnostic.place.source;
        if let (Some(source), Some(lines)) = (sources.get(index), lines.get(index)) {
            print(diagnostic, source, lines, lang);
        }
    };
    match read_all(&sources) {
        Ok(books) => {
            for book in &books {
                book.warnings().iter().for_each(print);
                println!("{} {}: {}", book.id(), book.version(), book.digest_meaning());
            }
            ExitCode::SUCCESS
        }
        Err(diagnostics) => {
            diagnostics.iter().for_each(print);
            ExitCode::FAILURE
        }
    }
}

fn print(diagnostic: &Diagnostic, source: &Source, lines: &LineIndex, lang: Lang) {
    let (line, column) = lines.line_column(&source.text, diagnostic.place.span.map_or(0, |span| span.0));
    let code = diagnostic.code.text().code;
    let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
    println!("{}:{line}:{column} {severity} {code} {}", source.name, diagnostic.message(lang));
    println!("    {}", lines.line(&source.text, line).unwrap_or_default().trim());
    println!("    {}", diagnostic.help(lang));
    for related in &diagnostic.related {
        let (line, column) = lines.line_column(&source.text, related.place.span.map_or(0, |span| span.0));
        println!("    {line}:{column} {}", related.what.get(lang));
    }
}
