//! The tables of keys in Markdown, as they stand in the manual.

use ducha_rulebook::key::{Key, Kind, Table, Tagged, Word};
use std::fmt::Write;

/// What ends a table of keys in the manual.
pub(crate) const END: &str = "<!-- end of keys -->";

/// What begins it.
pub(crate) fn begin(name: &str) -> String {
    format!("<!-- keys of {name} -->\n")
}

/// What has keys of its own.
#[derive(Clone, Copy)]
pub(crate) enum Named {
    /// A table.
    Table(&'static Table),
    /// A table whose tag decides.
    Tagged(&'static Tagged),
}

impl Named {
    fn keys(self) -> Vec<&'static Key> {
        match self {
            Self::Table(table) => table.keys.iter().collect(),
            Self::Tagged(tagged) => tagged.variants.iter().flat_map(|variant| variant.keys).collect(),
        }
    }
}

/// Every table that can be reached, each once, in the order of the file.
pub(crate) fn all_tables(kind: &Kind) -> Vec<(&'static str, Named)> {
    let mut found = Vec::new();
    collect(kind, &mut found);
    found
}

fn collect(kind: &Kind, found: &mut Vec<(&'static str, Named)>) {
    let (name, named) = match kind {
        Kind::List(inner) | Kind::Map(inner) => return collect(inner, found),
        Kind::WordOrTable(_, tables) => {
            for table in *tables {
                // INVARIANT: a table of a window is a constant of its own, not one behind a reference.
                collect(&Kind::Table(table), found);
            }
            return;
        }
        Kind::Table(table) => (table.name, Named::Table(table)),
        Kind::Tagged(tagged) => (tagged.name, Named::Tagged(tagged)),
        _ => return,
    };
    if found.iter().any(|(known, _)| *known == name) {
        return;
    }
    found.push((name, named));
    for key in named.keys() {
        collect(&key.kind, found);
    }
}

/// The table of keys of one table, with the words that its keys may take.
pub(crate) fn render(named: &Named, all: &[(&'static str, Named)]) -> String {
    let mut out = String::new();
    let (name, doc) = match named {
        Named::Table(table) => (table.name, table.doc),
        Named::Tagged(tagged) => (tagged.name, tagged.doc),
    };
    let _ = writeln!(out, "<a id=\"{}\"></a>\n*{name}:* {doc}\n", anchor(name));
    match named {
        Named::Table(table) => rows(&mut out, table.keys),
        Named::Tagged(tagged) => {
            for variant in tagged.variants {
                let _ = writeln!(out, "`{} = \"{}\"`: {}\n", tagged.tag, variant.name, variant.doc);
                rows(&mut out, variant.keys);
            }
        }
    }
    let mut told: Vec<&[Word]> = Vec::new();
    for key in named.keys() {
        let Some(words) = words_of(&key.kind) else { continue };
        if told.iter().any(|known| same(known, words)) {
            continue;
        }
        told.push(words);
        match first_place(words, all) {
            Some((first, at)) if first != name => {
                let _ = writeln!(
                    out,
                    "Words of `{}`: those of `{at}` in [{first}](#{}).\n",
                    key.name,
                    anchor(first)
                );
            }
            _ => {
                let _ = writeln!(out, "Words of `{}`:\n", key.name);
                for word in words {
                    let _ = writeln!(out, "* `{}`: {}", word.name, word.doc);
                }
                out.push('\n');
            }
        }
    }
    out
}

fn rows(out: &mut String, keys: &[Key]) {
    if keys.is_empty() {
        out.push_str("No further keys.\n\n");
        return;
    }
    out.push_str("| key | | value | meaning |\n|---|---|---|---|\n");
    for key in keys {
        let must = if key.required { "must" } else { "" };
        let _ =
            writeln!(out, "| `{}` | {must} | {} | {} |", key.name, value(key), key.doc.replace('|', "\\|"));
    }
    out.push('\n');
}

fn value(key: &Key) -> String {
    match key.kind {
        Kind::Id(_) if key.name == "id" => "its id".to_owned(),
        kind => value_of(&kind),
    }
}

fn value_of(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Bool => "`true` or `false`".to_owned(),
        Kind::Whole => "whole number".to_owned(),
        Kind::Article => "article, 1–26".to_owned(),
        Kind::Decimal => "number".to_owned(),
        Kind::Date => "day".to_owned(),
        Kind::Time => "time of day".to_owned(),
        Kind::Limit => "[length of time](#lengths-of-time)".to_owned(),
        Kind::Id(target) => format!("id ({})", spaced(&format!("{target:?}"))),
        Kind::Choice(_) => "word".to_owned(),
        Kind::List(inner) => format!("list: {}", value_of(inner)),
        Kind::Map(inner) => format!("table: name = {}", value_of(inner)),
        Kind::Table(table) => format!("[{}](#{})", table.name, anchor(table.name)),
        Kind::Tagged(tagged) => format!("[{}](#{})", tagged.name, anchor(tagged.name)),
        Kind::WordOrTable(_, tables) => {
            let names: Vec<_> = tables.iter().map(|t| format!("[{}](#{})", t.name, anchor(t.name))).collect();
            format!("word, or {}", names.join(" or "))
        }
    }
}

/// `SubjectKind` as `subject kind`.
fn spaced(name: &str) -> String {
    let mut out = String::new();
    for (place, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && place > 0 {
            out.push(' ');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn anchor(name: &str) -> String {
    format!("keys-{}", spaced(name).replace(' ', "-"))
}

fn words_of(kind: &Kind) -> Option<&'static [Word]> {
    match kind {
        Kind::Choice(words) | Kind::WordOrTable(words, _) => Some(words),
        Kind::List(inner) | Kind::Map(inner) => words_of(inner),
        _ => None,
    }
}

fn same(one: &[Word], other: &[Word]) -> bool {
    one.iter().map(|word| word.name).eq(other.iter().map(|word| word.name))
}

/// Where these words are told first.
fn first_place(words: &[Word], all: &[(&'static str, Named)]) -> Option<(&'static str, &'static str)> {
    all.iter().find_map(|(name, named)| {
        let key = named
            .keys()
            .into_iter()
            .find(|key| words_of(&key.kind).is_some_and(|known| same(known, words)))?;
        Some((*name, key.name))
    })
}
