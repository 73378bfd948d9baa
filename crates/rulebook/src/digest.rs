//! Digests: of a rulebook's text, and of its meaning.

use crate::Annex;
use crate::key::{Key, Keyed, Kind, Table, has_effect};
use crate::read::Data;
use alloc::{borrow::Cow, string::String, vec::Vec};
use core::fmt::{self, Write as _};
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest; shown as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest's bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The digest of what a rulebook means: of its canonical text.
///
/// That is JSON without blanks: keys sorted, decimals exact and as short as they can be, days and limits in one notation;
/// without keys that have [no effect](crate::key::WITHOUT_EFFECT) on results, and without optional keys that say what
/// their absence says (`false`, an empty list). The order of lists is kept: it is the order of tiers, bands and factors.
pub(crate) fn meaning(data: &Data<'_>) -> Digest {
    let mut text = Canonical { piece: String::with_capacity(PIECE), hasher: Sha256::new() };
    text.value(data, &Annex::KIND);
    text.hasher.update(text.piece.as_bytes());
    Digest(text.hasher.finalize().into())
}

/// The hasher gets the text in pieces of about so many bytes.
const PIECE: usize = 4096;

type Entry<'t> = (Cow<'t, str>, Data<'t>);

/// The canonical text, as far as it was not given to the hasher.
struct Canonical {
    piece: String,
    hasher: Sha256,
}

impl Canonical {
    /// Prints a value; nothing where it has no table of its own.
    fn value(&mut self, data: &Data<'_>, kind: &Kind) {
        match (data, kind) {
            (Data::List(items), Kind::List(inner)) => {
                self.list(items.iter().filter(|item| is_told(item, inner)), |text, item| {
                    text.value(item, inner)
                });
            }
            (Data::Table(entries), _) => match table_of(entries, kind) {
                Some((table, tag)) => self.table(entries, table, tag),
                None => self.free(data),
            },
            _ => self.free(data),
        }
    }

    fn table(&mut self, entries: &[Entry<'_>], table: &'static Table, tag: Option<&str>) {
        let kept = entries.iter().filter_map(|(name, value)| {
            let kind = match table.keys.iter().find(|key| key.name == name) {
                Some(key) => {
                    let is_kept = !says_nothing(key, value) && has_effect(table.name, key);
                    (is_kept && is_told(value, &key.kind)).then_some(&key.kind)?
                }
                // A word stands for itself.
                None if tag == Some(name) => &Kind::Text,
                None => return None,
            };
            Some((&**name, value, kind))
        });
        let mut kept: Vec<(&str, &Data<'_>, &Kind)> = kept.collect();
        kept.sort_unstable_by_key(|(name, ..)| *name);
        self.entries(&kept, |text, (_, value, kind)| text.value(value, kind), |(name, ..)| name);
    }

    /// Prints what the key table does not look into.
    fn free(&mut self, data: &Data<'_>) {
        match data {
            Data::Null => self.push("null"),
            Data::Bool(value) => self.push(if *value { "true" } else { "false" }),
            Data::Whole(number) => {
                // Nothing goes wrong in writing to a string.
                let _ = write!(self.piece, "{number}");
            }
            Data::Text(text) => self.text(text),
            Data::List(items) => self.list(items.iter(), |text, item| text.free(item)),
            Data::Table(entries) => {
                let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
                sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
                self.entries(&sorted, |text, (_, value)| text.free(value), |(name, _)| name);
            }
        }
    }

    fn list<'d, T: 'd>(&mut self, items: impl Iterator<Item = &'d T>, print: impl Fn(&mut Self, &T)) {
        self.push("[");
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.push(",");
            }
            print(self, item);
        }
        self.push("]");
    }

    fn entries<T: Copy>(&mut self, sorted: &[T], print: impl Fn(&mut Self, T), name: impl Fn(&T) -> &str) {
        self.push("{");
        for (index, entry) in sorted.iter().enumerate() {
            if index > 0 {
                self.push(",");
            }
            self.text(name(entry));
            self.push(":");
            print(self, *entry);
        }
        self.push("}");
    }

    fn text(&mut self, text: &str) {
        let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if text.bytes().all(is_plain) {
            self.push("\"");
            self.push(text);
            self.push("\"");
        } else {
            // A text always has a JSON form.
            self.push(&serde_json::to_string(text).unwrap_or_default());
        }
    }

    fn push(&mut self, text: &str) {
        if self.piece.len().saturating_add(text.len()) > PIECE {
            self.hasher.update(self.piece.as_bytes());
            self.piece.clear();
        }
        self.piece.push_str(text);
    }
}

/// Whether a value is printed at all: a table that its tag or its keys do not name is not.
fn is_told(data: &Data<'_>, kind: &Kind) -> bool {
    match (data, kind) {
        (Data::Table(entries), Kind::Tagged(_) | Kind::WordOrTable(..)) => table_of(entries, kind).is_some(),
        _ => true,
    }
}

/// The table of the key table whose keys these are, with the key that names it among others.
fn table_of(entries: &[Entry<'_>], kind: &Kind) -> Option<(&'static Table, Option<&'static str>)> {
    match *kind {
        Kind::Table(table) => Some((table, None)),
        Kind::Tagged(tagged) => {
            let word = entries.iter().find(|(name, _)| name == tagged.tag)?.1.text()?;
            let table = tagged.variants.iter().find(|table| table.name == word)?;
            Some((table, Some(tagged.tag)))
        }
        Kind::WordOrTable(_, tables) => {
            let has = |table: &&Table| {
                table.keys.first().is_some_and(|key| entries.iter().any(|(name, _)| name == key.name))
            };
            tables.iter().find(has).map(|table| (table, None))
        }
        _ => None,
    }
}

/// Whether an optional key says what its absence says.
fn says_nothing(key: &Key, value: &Data<'_>) -> bool {
    let empty = match value {
        Data::Bool(value) => !value,
        Data::List(items) => items.is_empty(),
        Data::Table(entries) => entries.is_empty() && matches!(key.kind, Kind::Map(_)),
        _ => false,
    };
    empty && !key.required
}
