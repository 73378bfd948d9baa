//! JSON Schema (2020-12), printed from the key table that the reader accepts by.
//!
//! The schemas are about the JSON twin of a file. What they leave to the reader: that ids are unique and references find
//! what they name, that a decimal has at most 28 places and no exponent, that a time limit is not longer than a hundred
//! years; and all of [`mod@crate::check`].

use crate::annex::Annex;
use crate::key::{Key, Keyed, Kind, Table, Tagged, Word};
use crate::read::notation;
use alloc::{format, string::String, vec::Vec};
use ducha_core::{LAST_ARTICLE, Record};
use serde_json::{Map, Value as Json, json};

/// The schema of a rulebook file.
#[must_use]
pub fn rulebook() -> Json {
    document(&Annex::KIND, "Rulebook")
}

/// The schema of one record.
#[must_use]
pub fn record() -> Json {
    document(&Record::KIND, "Record")
}

/// The schema of what stands behind a key of this kind.
pub(crate) fn document(kind: &Kind, title: &str) -> Json {
    let mut printer = Printer { tables: Map::new() };
    let root = printer.kind(kind, true);
    let mut out = Map::new();
    out.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    out.insert("title".into(), json!(title));
    if let Json::Object(root) = root {
        out.extend(root);
    }
    if !printer.tables.is_empty() {
        out.insert("$defs".into(), Json::Object(printer.tables));
    }
    Json::Object(out)
}

struct Printer {
    /// The schemas of named tables.
    tables: Map<String, Json>,
}

impl Printer {
    fn kind(&mut self, kind: &Kind, may_be_empty: bool) -> Json {
        match kind {
            Kind::Text => json!({ "type": "string" }),
            Kind::Bool => json!({ "type": "boolean" }),
            Kind::Whole => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
            Kind::Article => json!({ "type": "integer", "minimum": 1, "maximum": LAST_ARTICLE }),
            Kind::Decimal => json!({ "anyOf": [
                { "type": "string", "pattern": notation::DECIMAL },
                { "type": "number" },
            ] }),
            Kind::Date => json!({ "type": "string", "format": "date", "pattern": notation::DATE }),
            Kind::Time => json!({ "type": "string", "pattern": notation::TIME }),
            Kind::Limit => json!({ "type": "string", "pattern": limit_pattern() }),
            Kind::Id(_) => json!({ "type": "string", "pattern": notation::ID }),
            Kind::Choice(words) => json!({ "oneOf": choice(words) }),
            Kind::List(inner) => {
                let items = self.kind(inner, true);
                if may_be_empty {
                    json!({ "type": "array", "items": items })
                } else {
                    json!({ "type": "array", "items": items, "minItems": 1 })
                }
            }
            Kind::Map(inner) => json!({
                "type": "object",
                "propertyNames": { "pattern": notation::ID },
                "additionalProperties": self.kind(inner, true),
            }),
            Kind::Table(table) => self.reference(table.name, |printer| printer.table(table, None)),
            Kind::Tagged(tagged) => self.reference(tagged.name, |printer| printer.tagged(tagged)),
            Kind::WordOrTable(words, tables) => {
                let mut forms = choice(words);
                for table in *tables {
                    forms.push(self.reference(table.name, |printer| printer.table(table, None)));
                }
                json!({ "oneOf": forms })
            }
        }
    }

    /// A reference to a named schema, which is made when it is met for the first time.
    fn reference(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.tables.contains_key(name) {
            // The place is held while the table is made, should it ever hold itself.
            self.tables.insert(name.into(), Json::Null);
            let made = make(self);
            self.tables.insert(name.into(), made);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn tagged(&mut self, tagged: &Tagged) -> Json {
        let variants: Vec<Json> =
            tagged.variants.iter().map(|table| self.table(table, Some((tagged.tag, table.name)))).collect();
        json!({ "description": tagged.doc, "oneOf": variants })
    }

    fn table(&mut self, table: &Table, tag: Option<(&str, &str)>) -> Json {
        let mut properties = Map::new();
        let mut required = Vec::new();
        if let Some((key, word)) = tag {
            properties.insert(key.into(), json!({ "const": word }));
            required.push(json!(key));
        }
        for key in table.keys {
            properties.insert(key.name.into(), self.key(table, key));
            if key.required {
                required.push(json!(key.name));
            }
        }
        let mut out = Map::new();
        out.insert("type".into(), json!("object"));
        out.insert("description".into(), json!(table.doc));
        out.insert("properties".into(), Json::Object(properties));
        if !required.is_empty() {
            out.insert("required".into(), Json::Array(required));
        }
        out.insert("additionalProperties".into(), json!(false));
        Json::Object(out)
    }

    fn key(&mut self, table: &Table, key: &Key) -> Json {
        let mut schema = if (table.name, key.name) == ("Annex", "format") {
            json!({ "const": 1 })
        } else {
            self.kind(&key.kind, !key.needs_items(table))
        };
        if let Json::Object(map) = &mut schema {
            map.insert("description".into(), json!(key.doc));
        }
        schema
    }
}

fn choice(words: &[Word]) -> Vec<Json> {
    words.iter().map(|word| json!({ "const": word.name, "description": word.doc })).collect()
}

/// The notations that [`ducha_calendar::TimeLimit`] reads, without the bound of a hundred years.
fn limit_pattern() -> String {
    const DIGITS: &str = "[0-9０-９]*[1-9１-９][0-9０-９]*";
    const ENGLISH: [&str; 7] =
        ["hour", "working hour", "working day", "calendar day", "week", "month", "year"];
    const CHINESE: [&str; 13] = [
        "小时",
        "个小时",
        "工作小时",
        "个工作小时",
        "工作日",
        "个工作日",
        "自然日",
        "个自然日",
        "周",
        "个周",
        "星期",
        "个星期",
        "个月",
    ];
    let english: Vec<String> = ENGLISH.iter().map(|unit| format!("{}[sS]?", any_case(unit))).collect();
    format!(r"^\s*{DIGITS}\s*({}|{}|年)\s*$", english.join("|"), CHINESE.join("|"))
}

fn any_case(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            ' ' => String::from(r"\s+"),
            c => format!("[{c}{}]", c.to_ascii_uppercase()),
        })
        .collect()
}

#[cfg(test)]
mod tests;
