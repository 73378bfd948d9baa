//! No text makes the reader panic.

mod texts;

use ducha_core::Lang;
use ducha_rulebook::{Format, Rulebook, Source};
use proptest::prelude::*;
use texts::HEAD;

const REST: &str = r#"[[clause]]
id = "C1"
name = { zh = "地面", en = """Floor""" }
aspect = 'rules'
cap = { window = { rolling = "12 months", last_day = "included" }, order = "after_factors" }
price.shape = "count"
price.over = "day"
price.bands = [{ at_least = 1, each = 0.5 }]
[[example]]
id = "e"
name = { zh = "例", en = "e" }
record = [{ type = "finding", id = "r", subject = "s", occurred_on = 2026-01-01, occurred_at = 08:30:00, clause = "C1" }]
expect = [{ subject = "s", points = 0.5 }]
"#;

/// A file that is sound, short, and written in many ways.
fn book() -> String {
    [HEAD, REST].concat()
}

/// Reads, and says everything that is wrong: neither may panic, and each place lies within the text.
fn read(text: &str) {
    for format in [Format::Toml, Format::Json] {
        let source = Source { name: String::from("any"), text: text.to_string(), format };
        let diagnostics = match Rulebook::read(&source) {
            Ok(book) => book.warnings().to_vec(),
            Err(report) => {
                assert!(!report.diagnostics.is_empty());
                report.diagnostics
            }
        };
        for diagnostic in diagnostics {
            let _ = (diagnostic.message(Lang::Zh), diagnostic.help(Lang::En));
            if let Some(range) = diagnostic.place.range() {
                assert!(text.get(range).is_some(), "{diagnostic:?}");
            }
        }
    }
}

#[test]
fn a_full_width_quote_alone() {
    read("“");
    read("a“b");
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        read(&text);
    }

    #[test]
    fn any_text_of_marks(text in r#"([a-c.=\[\]{}"'#,\\\n 0-9:-]|"""|'''|\[\[|id|price){0,60}"#) {
        read(&text);
    }

    #[test]
    fn a_rulebook_with_pieces_torn_out_and_put_in(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..30_usize, r#"[\[\]{}="'.,0-9a-z食\n-]{0,4}"#), 1..5),
    ) {
        let mut text: Vec<char> = book().chars().collect();
        for (at, length, put) in cuts {
            let at = at.index(text.len());
            let end = at.saturating_add(length).min(text.len());
            text.splice(at..end, put.chars());
        }
        read(&text.into_iter().collect::<String>());
    }

    #[test]
    fn a_rulebook_with_other_numbers(from in 0..20_usize, to in any::<i64>()) {
        let text = book().replacen(char::is_numeric, &to.to_string(), from);
        read(&text);
    }
}

#[test]
fn the_rulebook_that_is_torn_is_fine_before() {
    let source = Source { name: String::from("a"), text: book(), format: Format::Toml };
    // What it means is not the reader's: codes of checks begin with RB1.
    let told = Rulebook::read(&source).err().map_or_else(Vec::new, |report| report.diagnostics);
    let codes: Vec<&str> = told.iter().map(|d| d.code.text().code).filter(|code| *code < "RB100").collect();
    assert!(codes.is_empty(), "{codes:?}");
}
