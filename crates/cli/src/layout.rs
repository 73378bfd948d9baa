//! `ducha fmt`: the layout of a rulebook file, and nothing else.
//!
//! Comments and the order of tables stay. Each key stands on its own line as `key = value`, lists and inline tables are
//! spaced alike, lines carry no blanks at their ends, and there is at most one empty line in a row.

use crate::input::bytes_of;
use crate::mistakes::{self, Pen};
use crate::outcome::{Outcome, Status, Step};
use crate::words::{self, Say};
use ducha::core::Lang;
use ducha::rulebook::{Rulebook, Source};
use std::path::PathBuf;
use toml_edit::{DocumentMut, InlineTable, Item, RawString, Table, Value};

/// Lays the files out anew, or tells which are laid out otherwise.
pub(crate) fn run(files: &[PathBuf], check: bool, lang: Lang, pen: Pen) -> Step<Outcome> {
    let mut outcome = Outcome::default();
    for path in files {
        let name = path.display().to_string();
        let bytes = bytes_of(path, lang)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Outcome::wrong_use(Say::NotUtf8 { file: &name }.text(lang)))?;
        let source = Source::new(&name, text);
        let book = Rulebook::read(&source).map_err(|report| {
            let sources = [report.source];
            Outcome::mistakes(mistakes::render_all(&report.diagnostics, &sources, lang, pen))
        })?;
        let laid_out = laid_out(&source.text).unwrap_or_else(|| source.text.clone());
        let again = Rulebook::read(&Source::new(&name, laid_out.as_str()));
        // The meaning is what the digest says; a layout that changed it would be a mistake of this command.
        if !again.is_ok_and(|again| again.digest_meaning() == book.digest_meaning()) {
            return Err(Outcome::mistakes(format!(
                "ducha: {}\n",
                Say::CannotFormat { file: &name }.text(lang)
            )));
        }
        if laid_out == source.text {
            continue;
        }
        if check {
            outcome.status = Status::Mistakes;
            outcome.beside.push_str(&Say::NotFormatted { file: &name }.text(lang));
        } else {
            std::fs::write(path, laid_out).map_err(|error| {
                Outcome::wrong_use(
                    Say::CannotWrite { file: &name, why: &words::of_file(&error, lang) }.text(lang),
                )
            })?;
            outcome.beside.push_str(&Say::Written { file: &name }.text(lang));
        }
        outcome.beside.push('\n');
    }
    Ok(outcome)
}

/// The text laid out; nothing if it is no TOML.
fn laid_out(text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut document: DocumentMut = text.parse().ok()?;
    table(document.as_table_mut());
    let trailing = tidy(document.trailing().as_str().unwrap_or_default());
    document.set_trailing(trailing);
    Some(tidy_lines(&document.to_string()))
}

fn table(table: &mut Table) {
    for (mut key, item) in table.iter_mut() {
        if !matches!(item, Item::Table(_) | Item::ArrayOfTables(_)) {
            let before = key.leaf_decor().prefix().and_then(RawString::as_str).map(comment);
            key.leaf_decor_mut().set_prefix(before.unwrap_or_default());
            key.leaf_decor_mut().set_suffix(" ");
        }
        match item {
            Item::Value(inner) => value(inner, true),
            Item::Table(inner) => self::table(inner),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(self::table),
            Item::None => {}
        }
    }
}

/// The comment lines above a key, without the blanks before them and before the key.
fn comment(prefix: &str) -> String {
    let above = prefix.rsplit_once('\n').map_or("", |(above, _indent)| above);
    if above.is_empty() && !prefix.contains('\n') { String::new() } else { tidy(&format!("{above}\n")) }
}

/// A value after `= `; a comment behind it keeps its distance, for comments may stand in a column.
fn value(value: &mut Value, own_line: bool) {
    if own_line {
        let suffix = value.decor().suffix().and_then(RawString::as_str).unwrap_or_default().trim_end();
        let comment = if suffix.starts_with('#') { format!(" {suffix}") } else { suffix.to_owned() };
        value.decor_mut().set_prefix(" ");
        value.decor_mut().set_suffix(comment);
    }
    match value {
        Value::InlineTable(inner) => inline(inner),
        Value::Array(array) => {
            // A list over several lines, or with comments, keeps its lines.
            let many = array.iter().any(|item| has_break(item.decor().prefix()))
                || has_break(Some(array.trailing()));
            for item in array.iter_mut() {
                self::value(item, false);
            }
            if !many {
                for (index, item) in array.iter_mut().enumerate() {
                    item.decor_mut().set_prefix(if index == 0 { "" } else { " " });
                    item.decor_mut().set_suffix("");
                }
                array.set_trailing("");
                array.set_trailing_comma(false);
            }
        }
        _ => {}
    }
}

fn inline(table: &mut InlineTable) {
    let many =
        table.iter().any(|(_, value)| has_break(value.decor().prefix()) || has_break(value.decor().suffix()))
            || has_break(Some(table.trailing()));
    let last = table.len().saturating_sub(1);
    for (index, (mut key, inner)) in table.iter_mut().enumerate() {
        if many || has_break(key.leaf_decor().prefix()) {
            self::value(inner, false);
            continue;
        }
        key.leaf_decor_mut().set_prefix(" ");
        key.leaf_decor_mut().set_suffix(" ");
        self::value(inner, false);
        inner.decor_mut().set_prefix(" ");
        inner.decor_mut().set_suffix(if index == last { " " } else { "" });
    }
}

fn has_break(raw: Option<&RawString>) -> bool {
    raw.and_then(RawString::as_str).is_some_and(|text| text.contains(['\n', '#']))
}

fn tidy(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim())).collect()
}

/// No blanks at the ends of lines outside of multi-line texts, at most one empty line in a row, none at the ends.
fn tidy_lines(text: &str) -> String {
    if text.contains("\"\"\"") || text.contains("'''") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_is_one_and_comments_stay() {
        let untidy = "# head\r\nformat=1# the form\r\n\r\n\r\n[rulebook]\r\n   # who\r\n  id   = \"a\"\r\nname={zh=\"一\",en = \"x\" }\r\nlist=[ 1,2 , 3,]  \r\nlong = [\r\n  1, # one\r\n  2,\r\n]\r\n\r\n";
        let tidy = "# head\nformat = 1 # the form\n\n[rulebook]\n# who\nid = \"a\"\nname = { zh = \"一\", en = \"x\" }\nlist = [1, 2, 3]\nlong = [\n  1, # one\n  2,\n]\n";
        assert_eq!(laid_out(untidy).as_deref(), Some(tidy));
        assert_eq!(laid_out(tidy).as_deref(), Some(tidy));
    }

    #[test]
    fn what_is_no_toml_is_left_alone() {
        assert_eq!(laid_out("a = = 1"), None);
    }
}
