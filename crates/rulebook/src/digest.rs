//! Digests: of a rulebook's text, and of its meaning.

use crate::Annex;
use crate::key::{Key, Keyed, Kind, Table, has_effect};
use crate::read::{Data, Name};
use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt;
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

    pub(crate) fn from_words(words: [u32; 8]) -> Self {
        let mut bytes = [0; 32];
        for (four, word) in bytes.chunks_exact_mut(4).zip(words) {
            four.copy_from_slice(&word.to_be_bytes());
        }
        Self(bytes)
    }

    pub(crate) fn words(self) -> impl Iterator<Item = u32> {
        let (fours, _) = self.0.as_chunks::<4>();
        let words: [u32; 8] =
            core::array::from_fn(|at| fours.get(at).map_or(0, |four| u32::from_be_bytes(*four)));
        words.into_iter()
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

/// The canonical text of what a rulebook means.
///
/// It is JSON without blanks: keys sorted, decimals exact and as short as they can be, days and limits in one notation;
/// without keys that have [no effect](crate::key::WITHOUT_EFFECT) on results, and without optional keys that say what
/// their absence says (`false`, an empty list). The order of lists is kept: it is the order of tiers, bands and factors.
pub(crate) fn canonical(data: &Data<'_>) -> String {
    let mut canonical = Canonical { out: String::new() };
    canonical.value(data, &Annex::KIND);
    canonical.out
}

type Entry<'t> = (Name<'t>, Data<'t>);

/// The canonical text so far.
struct Canonical {
    out: String,
}

impl Canonical {
    /// Prints a value by its kind.
    fn value(&mut self, data: &Data<'_>, kind: &Kind) {
        match (data, kind) {
            (Data::List(items), Kind::List(inner)) => {
                self.list(items.iter().filter(|item| is_told(item, inner)), |text, item| {
                    text.value(item, inner);
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
            let kind = match name {
                Name::Known(key) => {
                    let is_kept = !says_nothing(key, value) && has_effect(table.name, key);
                    (is_kept && is_told(value, &key.kind)).then_some(&key.kind)?
                }
                // A word stands for itself.
                Name::Free(name) if tag == Some(name) => &Kind::Text,
                Name::Free(_) => return None,
            };
            Some((name.text(), value, kind))
        });
        let mut kept: Vec<(&str, &Data<'_>, &Kind)> = kept.collect();
        kept.sort_unstable_by_key(|(name, ..)| *name);
        self.entries(&kept, |(name, ..)| name, |text, (_, value, kind)| text.value(value, kind));
    }

    /// Prints what the key table does not look into.
    fn free(&mut self, data: &Data<'_>) {
        match data {
            Data::Null => self.out.push_str("null"),
            Data::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Data::Whole(number) => self.out.push_str(&number.to_string()),
            Data::Text(text) => self.text(text),
            Data::List(items) => self.list(items.iter(), |text, item| text.free(item)),
            Data::Table(entries) => {
                let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
                sorted.sort_unstable_by_key(|(name, _)| name.text());
                self.entries(&sorted, |(name, _)| name.text(), |text, (_, value)| text.free(value));
            }
        }
    }

    fn list<'d, T: 'd>(&mut self, items: impl Iterator<Item = &'d T>, print: impl Fn(&mut Self, &T)) {
        self.out.push('[');
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            print(self, item);
        }
        self.out.push(']');
    }

    fn entries<T: Copy>(&mut self, sorted: &[T], name: impl Fn(&T) -> &str, print: impl Fn(&mut Self, T)) {
        self.out.push('{');
        for (index, entry) in sorted.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.text(name(entry));
            self.out.push(':');
            print(self, *entry);
        }
        self.out.push('}');
    }

    fn text(&mut self, text: &str) {
        let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if text.bytes().all(is_plain) {
            self.out.push('"');
            self.out.push_str(text);
            self.out.push('"');
        } else {
            // A text always has a JSON form.
            self.out.push_str(&serde_json::to_string(text).unwrap_or_default());
        }
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
            let word = entries.iter().find(|(name, _)| name.text() == tagged.tag)?.1.text()?;
            let table = tagged.variants.iter().find(|table| table.name == word)?;
            Some((table, Some(tagged.tag)))
        }
        Kind::WordOrTable(_, tables) => {
            let has = |table: &&Table| {
                table.keys.first().is_some_and(|key| entries.iter().any(|(name, _)| name.text() == key.name))
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
