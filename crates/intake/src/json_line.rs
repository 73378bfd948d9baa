//! One line of JSON Lines: an object, with every number as it was written and no key twice.

use crate::cell::{Cell, Fault, Fields};
use crate::column::{Column, columns};
use crate::reason::RefusalReason;
use crate::vocabulary::nearest;
use crate::width::shortened;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// Reads the line's keys and values into `fields`, which keeps what was read where a fault ends the reading.
pub(crate) fn read_line<'a>(line: &'a str, fields: &mut Fields<'a>) -> Result<(), Fault> {
    if !line.trim_start().starts_with('{') {
        let valid = serde_json::from_str::<&RawValue>(line).map(|_| RefusalReason::NotAnObject);
        return Err(valid.unwrap_or_else(|error| syntax(line, &error)).into());
    }
    let object: Entries<'a> = serde_json::from_str(line).map_err(|error| syntax(line, &error))?;
    let mut entries = object.0.into_iter();
    let fault = entries.by_ref().find_map(|(key, raw)| put(fields, &key, raw).err());
    // Behind the first fault only the id is still looked for, so that the refusal can name it.
    let mut rest =
        entries.filter(|(key, _)| Column::of_heading(key).is_some_and(|column| column.key == "id"));
    if let (Some(_), Some((key, raw))) = (&fault, rest.next()) {
        _ = put(fields, &key, raw);
    }
    fault.map_or(Ok(()), Err)
}

fn put<'a>(fields: &mut Fields<'a>, key: &str, raw: &'a RawValue) -> Result<(), Fault> {
    let name = shortened(key, 60);
    let in_key = |reason| Fault { column: Some(name.clone()), reason };
    let Some(column) = Column::of_heading(key) else {
        let nearest = nearest(key, columns().iter().flat_map(Column::names));
        return Err(in_key(RefusalReason::UnknownColumn { name: name.clone(), nearest }));
    };
    let Some(cell) = cell(raw, 2).map_err(&in_key)? else {
        return Ok(());
    };
    if !fields.put(column, cell) {
        return Err(in_key(RefusalReason::DuplicateColumn { name: name.clone() }));
    }
    Ok(())
}

/// The value as a cell, `None` for null. `depth` bounds how far lists and objects are followed: evidence needs two steps.
fn cell(raw: &RawValue, depth: usize) -> Result<Option<Cell<'_>>, RefusalReason> {
    let text = raw.get();
    let cell = match text.bytes().next() {
        Some(b'"') => {
            let string: String = serde_json::from_str(text).map_err(|_| inner_syntax())?;
            Cell::Text(Cow::Owned(string))
        }
        Some(b'n') => return Ok(None),
        Some(b't' | b'f') => Cell::Boolean,
        Some(b'[') => {
            let items: Vec<&RawValue> = match depth.checked_sub(1) {
                Some(_) => serde_json::from_str(text).map_err(|_| inner_syntax())?,
                None => Vec::new(),
            };
            let mut cells = Vec::with_capacity(items.len());
            for item in items {
                cells.push(
                    cell(item, depth.saturating_sub(1))?.ok_or(RefusalReason::JsonKind { found: "null" })?,
                );
            }
            Cell::List(cells)
        }
        Some(b'{') => {
            let entries = match depth.checked_sub(1) {
                Some(_) => serde_json::from_str::<Entries<'_>>(text).map_err(|_| inner_syntax())?.0,
                None => Vec::new(),
            };
            let mut cells: Vec<(String, Cell<'_>)> = Vec::with_capacity(entries.len());
            let mut keys = BTreeSet::new();
            for (key, raw) in entries {
                if !keys.insert(key.clone()) {
                    return Err(RefusalReason::DuplicateColumn { name: shortened(&key, 60) });
                }
                if let Some(cell) = cell(raw, depth.saturating_sub(1))? {
                    cells.push((key, cell));
                }
            }
            Cell::Object(cells)
        }
        _ => Cell::Number(text),
    };
    Ok(Some(cell))
}

/// Where in the line the parser stopped, in characters from 1; it tells bytes.
fn syntax(line: &str, error: &serde_json::Error) -> RefusalReason {
    let mut bytes = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(bytes) {
        bytes = bytes.saturating_sub(1);
    }
    let before = line.get(..bytes).unwrap_or_default();
    RefusalReason::JsonSyntax { at: before.chars().count().saturating_add(1) }
}

/// A value that is broken within, such as a text with half a surrogate pair; its key says where.
const fn inner_syntax() -> RefusalReason {
    RefusalReason::JsonSyntax { at: 1 }
}

/// The entries of an object in their order, doubles included.
pub(crate) struct Entries<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}
