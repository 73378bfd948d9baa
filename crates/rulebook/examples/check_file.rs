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
    match read_all(&sources) {
        Ok(books) => {
            for (index, book) in books.iter().enumerate() {
                for warning in book.warnings() {
                    print(warning, index, &sources, lang);
                }
                println!("{} {}: {}", book.id(), book.version(), book.digest_meaning());
            }
            ExitCode::SUCCESS
        }
        Err(diagnostics) => {
            for diagnostic in &diagnostics {
                print(diagnostic, diagnostic.place.source, &sources, lang);
            }
            ExitCode::FAILURE
        }
    }
}

fn print(diagnostic: &Diagnostic, source: usize, sources: &[Source], lang: Lang) {
    let Some(source) = sources.get(source) else { return };
    let lines = LineIndex::new(&source.text);
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
