//! Any text is a rulebook, or is told what is wrong with it, with places that lie in the text, in both languages.
//! What is a rulebook can be scored by: its own worked examples run.
#![no_main]

use ducha_fuzz::LANGS;
use ducha_rulebook::{Diagnostic, Format, LineIndex, Rulebook, Severity, Source};
use ducha_scoring::run_examples;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for format in [Format::Toml, Format::Json] {
        let source = Source { name: "any".into(), text: text.clone().into_owned(), format };
        match Rulebook::read(&source) {
            Ok(book) => {
                examine(book.warnings(), &text);
                assert!(book.warnings().iter().all(|d| d.severity != Severity::Error));
                let again = Rulebook::read(&source).expect("the same text reads the same");
                assert_eq!(book.digest_meaning(), again.digest_meaning());
                for outcome in run_examples(&book, &[], &[]) {
                    for row in &outcome.unscored {
                        let _ = LANGS.map(|lang| row.reason.text(lang));
                    }
                }
            }
            Err(report) => {
                assert!(report.diagnostics.iter().any(|d| d.severity == Severity::Error));
                examine(&report.diagnostics, &text);
            }
        }
    }
});

fn examine(diagnostics: &[Diagnostic], text: &str) {
    let lines = LineIndex::new(text);
    for diagnostic in diagnostics {
        for lang in LANGS {
            assert!(!diagnostic.message(lang).is_empty());
            let _ = diagnostic.help(lang);
        }
        let related = diagnostic.related.iter().map(|related| &related.place);
        let edit = diagnostic.edit.iter().map(|edit| &edit.place);
        for place in std::iter::once(&diagnostic.place).chain(related).chain(edit) {
            let Some(range) = place.range() else { continue };
            assert!(text.get(range.clone()).is_some(), "{range:?} is no part of the text: {diagnostic:?}");
            let (line, _) = lines.line_column(text, range.start);
            assert!(lines.line(text, line).is_some(), "no line {line}: {diagnostic:?}");
        }
    }
}
