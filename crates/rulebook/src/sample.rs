//! Sample data made from the key table alone, for tests: every key of every table filled, every word used.

use crate::key::{Key, Keyed, Kind, Table, Tagged};
use crate::{Annex, read::Data, read::Source};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use serde_json::{Map, Value as Json, json};

/// How full a sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Every key.
    Full,
    /// Only the keys that must be given.
    Least,
    /// Every key of the outermost table; within, the least, and one item in each list.
    Outer,
    /// Only the keys that must be given, and one item in each list.
    One,
}

impl Fill {
    const fn within(self) -> Self {
        match self {
            Self::Outer => Self::One,
            same => same,
        }
    }
}

/// Samples of a kind that together use every word and every variant.
pub(crate) fn samples(kind: &Kind, fill: Fill) -> Vec<Json> {
    match kind {
        Kind::Text => Vec::from([json!("text 文字")]),
        Kind::Bool => Vec::from([json!(true), json!(false)]),
        Kind::Whole => Vec::from([json!(1)]),
        Kind::Article => Vec::from([json!(15), json!(26)]),
        Kind::Decimal => Vec::from([json!("1.50"), json!(2), json!(0.25)]),
        Kind::Date => Vec::from([json!("2026-10-01")]),
        Kind::Time => Vec::from([json!("08:30"), json!("08:30:15")]),
        Kind::Limit => Vec::from([json!("3 working days"), json!("12个月"), json!("1 Year")]),
        Kind::Id(target) => Vec::from([json!(format!("{target:?}-1"))]),
        Kind::Choice(words) => words.iter().map(|word| json!(word.name)).collect(),
        Kind::List(inner) => {
            let mut items = samples(inner, fill);
            if matches!(fill, Fill::Outer | Fill::One) {
                items.truncate(1);
            }
            Vec::from([Json::Array(items)])
        }
        Kind::Map(inner) => {
            samples(inner, fill).into_iter().map(|value| json!({ "free-key": value })).collect()
        }
        Kind::Table(table) => of_table(table, None, fill),
        Kind::Tagged(tagged) => of_tagged(tagged, fill),
        Kind::WordOrTable(words, tables) => words
            .iter()
            .map(|word| json!(word.name))
            .chain(tables.iter().flat_map(|table| of_table(table, None, fill)))
            .collect(),
    }
}

fn of_tagged(tagged: &Tagged, fill: Fill) -> Vec<Json> {
    tagged.variants.iter().flat_map(|table| of_table(table, Some((tagged.tag, table.name)), fill)).collect()
}

fn of_table(table: &Table, tag: Option<(&str, &str)>, fill: Fill) -> Vec<Json> {
    let keys: Vec<&Key> =
        table.keys.iter().filter(|key| key.required || matches!(fill, Fill::Full | Fill::Outer)).collect();
    let choices: BTreeMap<&str, Vec<Json>> =
        keys.iter().map(|key| (key.name, samples(&key.kind, fill.within()))).collect();
    let many = choices.values().map(Vec::len).max().unwrap_or(1);
    (0..many)
        .map(|turn| {
            let mut map = Map::new();
            map.extend(tag.map(|(key, word)| (String::from(key), json!(word))));
            for (key, values) in &choices {
                map.insert(String::from(*key), values.iter().cycle().nth(turn).cloned().unwrap_or_default());
            }
            Json::Object(map)
        })
        .collect()
}

/// Whole files as JSON, each with ids of its own for everything that it defines.
pub(crate) fn annexes(fill: Fill) -> Vec<Json> {
    let mut annexes = samples(&Annex::KIND, fill);
    for annex in &mut annexes {
        number(annex, &Annex::KIND, "", &mut BTreeMap::new());
    }
    annexes
}

/// Numbers the defined ids, so that none stands twice; the first of each target is the one that references name.
fn number(data: &mut Json, kind: &Kind, key: &str, counts: &mut BTreeMap<String, usize>) {
    match (kind, data) {
        (Kind::Id(target), data) if key == "id" => {
            let target = format!("{target:?}");
            let count = counts.entry(target.clone()).or_default();
            *count = count.saturating_add(1);
            *data = json!(format!("{target}-{count}"));
        }
        (Kind::List(inner), Json::Array(items)) => {
            items.iter_mut().for_each(|item| number(item, inner, key, counts));
        }
        (Kind::Table(table), Json::Object(map)) => number_table(map, table, counts),
        (Kind::Tagged(tagged), Json::Object(map)) => {
            if let Some(table) = tagged.variants.iter().find(|table| map[tagged.tag] == table.name) {
                number_table(map, table, counts);
            }
        }
        _ => {}
    }
}

fn number_table(map: &mut Map<String, Json>, table: &Table, counts: &mut BTreeMap<String, usize>) {
    for key in table.keys {
        if let Some(value) = map.get_mut(key.name) {
            number(value, &key.kind, key.name, counts);
        }
    }
}

/// Canonical data as JSON.
pub(crate) fn json(data: &Data<'_>) -> Json {
    match data {
        Data::Null => Json::Null,
        Data::Bool(value) => json!(value),
        Data::Whole(number) => json!(number),
        Data::Text(text) => json!(text),
        Data::List(items) => Json::Array(items.iter().map(json).collect()),
        Data::Table(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (String::from(key.text()), json(value))).collect())
        }
    }
}

/// The data as the text of a JSON file.
pub(crate) fn source(data: &Json) -> Source {
    Source::new("sample.json", serde_json::to_string_pretty(data).unwrap())
}

/// Every table and tagged table that can be reached from a kind, by name.
pub(crate) fn tables(kind: &Kind, found: &mut BTreeMap<String, Kind>) {
    let mut keys = |table: &Table| table.keys.iter().for_each(|key| tables(&key.kind, found));
    match kind {
        Kind::List(inner) | Kind::Map(inner) => tables(inner, found),
        Kind::Table(table) => {
            keys(table);
            found.insert(String::from(table.name), *kind);
        }
        Kind::Tagged(tagged) => {
            tagged.variants.iter().for_each(&mut keys);
            found.insert(String::from(tagged.name), *kind);
        }
        Kind::WordOrTable(words, tables) => {
            tables.iter().for_each(&mut keys);
            let names: Vec<&str> = words.iter().map(|word| word.name).collect();
            found.insert(names.join("|"), *kind);
        }
        _ => {}
    }
}
