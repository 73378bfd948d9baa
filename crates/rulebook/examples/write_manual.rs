//! Writes the tables of keys in `docs/rulebook.md` anew from the key table, and leaves the rest of the manual as it is.

#[path = "../tests/key_tables/mod.rs"]
mod key_tables;

use ducha_rulebook::Annex;
use ducha_rulebook::key::Keyed;
use key_tables::{END, all_tables, begin, render};
use std::{fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rulebook.md");
    let mut text = fs::read_to_string(&path)?;
    let kind = Annex::KIND;
    let tables = all_tables(&kind);
    for (name, table) in &tables {
        let mark = begin(name);
        let parts = text.split_once(&mark).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
        let Some((before, after)) = parts else {
            return Err(io::Error::other(format!("the manual has no {} … {END}", mark.trim_end())));
        };
        text = format!("{before}{mark}{}{END}{after}", render(table, &tables));
    }
    fs::write(&path, text)
}
