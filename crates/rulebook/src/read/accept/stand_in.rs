//! What stands for a value that is missing or faulty, so that the rest of the file can be checked.

use crate::key::{Key, Kind, Table};
use alloc::string::String;
use serde_json::{Map, Value as Json};

/// The value behind a key.
pub(super) fn behind(key: &Key) -> Json {
    match key.name {
        // Counted in whole units: that leaves the fewest values that could occur.
        "whole" => Json::from(true),
        _ => of(&key.kind),
    }
}

/// The plainest value of a kind. Amounts are 0: every step divides it, so it adds no value that could occur.
pub(super) fn of(kind: &Kind) -> Json {
    match kind {
        Kind::Text => Json::from(""),
        Kind::Bool => Json::from(false),
        Kind::Whole | Kind::Article => Json::from(1),
        Kind::Decimal => Json::from("0"),
        Kind::Date => Json::from("2000-01-01"),
        Kind::Time => Json::from("00:00:00"),
        Kind::Limit => Json::from("1 calendar day"),
        // No rulebook calls anything so but by this stand-in.
        Kind::Id(_) => Json::from("?"),
        Kind::Choice(words) => words.first().map_or(Json::Null, |word| Json::from(word.name)),
        Kind::List(_) => Json::Array(alloc::vec::Vec::new()),
        Kind::Map(_) => Json::Object(Map::new()),
        Kind::Table(table) => Json::Object(of_table(table)),
        Kind::Tagged(tagged) => {
            let least = |table: &&Table| table.keys.iter().filter(|key| key.required).count();
            tagged.variants.iter().min_by_key(least).map_or(Json::Null, |table| {
                let mut map = of_table(table);
                map.insert(String::from(tagged.tag), Json::from(table.name));
                Json::Object(map)
            })
        }
        Kind::WordOrTable(words, tables) => match (words.first(), tables.first()) {
            (Some(word), _) => Json::from(word.name),
            (None, Some(table)) => Json::Object(of_table(table)),
            (None, None) => Json::Null,
        },
    }
}

fn of_table(table: &Table) -> Map<String, Json> {
    let required = table.keys.iter().filter(|key| key.required);
    required.map(|key| (String::from(key.name), behind(key))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Annex, key::Keyed, sample};
    use alloc::collections::BTreeMap;

    #[test]
    fn a_file_of_stand_ins_alone_becomes_an_annex() {
        let annex: Result<Annex, _> = serde_json::from_value(of(&Annex::KIND));
        assert_eq!(annex.map(|annex| annex.rulebook.version).ok(), Some(String::new()));
    }

    #[test]
    fn every_stand_in_is_accepted_in_its_place() {
        let mut kinds = BTreeMap::new();
        sample::tables(&Annex::KIND, &mut kinds);
        for (name, kind) in kinds {
            let node = crate::read::parse(&sample::source(&of(&kind))).0.unwrap();
            let accepted = super::super::accept(&node, &kind, super::super::Quoting::Quoted);
            // Lists that must have items are the one thing that a stand-in leaves empty.
            let wrong = |d: &&crate::Diagnostic| d.code != crate::Code::EmptyList;
            assert_eq!(accepted.diagnostics.iter().find(wrong), None, "{name}");
        }
    }
}
