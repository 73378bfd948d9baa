//! Digests: of a rulebook's text, and of its meaning.

use crate::key::{Key, Kind, Table, has_effect};
use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
};
use core::fmt;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json};
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

/// The canonical text of what a rulebook means.
///
/// It is JSON without blanks: keys sorted, decimals exact and as short as they can be, days and limits in one notation;
/// without keys that have [no effect](crate::key::WITHOUT_EFFECT) on results, and without optional keys that say what
/// their absence says (`false`, an empty list). The order of lists is kept: it is the order of tiers, bands and factors.
pub(crate) fn canonical(data: &Json, kind: &Kind) -> String {
    let mut out = String::new();
    if let Some(data) = reduce(data, kind) {
        print(&data, &mut out);
    }
    out
}

/// Prints with sorted keys, whatever features of `serde_json` an embedder has switched on.
fn print(data: &Json, out: &mut String) {
    match data {
        Json::Object(map) => {
            let sorted: BTreeMap<&String, &Json> = map.iter().collect();
            let mut separator = '{';
            for (key, value) in &sorted {
                out.push(separator);
                separator = ',';
                print(&Json::String((*key).clone()), out);
                out.push(':');
                print(value, out);
            }
            out.push_str(if sorted.is_empty() { "{}" } else { "}" });
        }
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                print(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

fn reduce(data: &Json, kind: &Kind) -> Option<Json> {
    match (kind, data) {
        (Kind::List(inner), Json::Array(items)) => {
            Some(Json::Array(items.iter().filter_map(|item| reduce(item, inner)).collect()))
        }
        (Kind::Table(table), Json::Object(map)) => Some(reduce_table(map, table, None)),
        (Kind::Tagged(tagged), Json::Object(map)) => {
            let word = map.get(tagged.tag).and_then(Json::as_str)?;
            let table = tagged.variants.iter().find(|table| table.name == word)?;
            Some(reduce_table(map, table, Some(tagged.tag)))
        }
        (Kind::WordOrTable(_, tables), Json::Object(map)) => {
            let has = |table: &&Table| table.keys.first().is_some_and(|key| map.contains_key(key.name));
            tables.iter().find(has).map(|table| reduce_table(map, table, None))
        }
        _ => Some(data.clone()),
    }
}

fn reduce_table(map: &Map<String, Json>, table: &Table, tag: Option<&str>) -> Json {
    let mut out = Map::new();
    for (name, value) in map {
        let kept = match table.keys.iter().find(|key| key.name == name) {
            Some(key) if !has_effect(table.name, key) || says_nothing(key, value) => None,
            Some(key) => reduce(value, &key.kind),
            None if tag == Some(name.as_str()) => Some(value.clone()),
            None => None,
        };
        if let Some(kept) = kept {
            out.insert(name.clone(), kept);
        }
    }
    Json::Object(out)
}

/// Whether an optional key says what its absence says.
fn says_nothing(key: &Key, value: &Json) -> bool {
    let empty = match value {
        Json::Bool(value) => !value,
        Json::Array(items) => items.is_empty(),
        Json::Object(map) => map.is_empty() && matches!(key.kind, Kind::Map(_)),
        _ => false,
    };
    empty && !key.required
}
