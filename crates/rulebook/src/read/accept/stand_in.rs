//! What stands for a value that is missing or faulty, so that the rest of the file can be checked.

use crate::key::{Key, Kind, Table};
use crate::read::data::{Data, Name};
use alloc::{borrow::Cow, vec::Vec};

/// The value behind a key.
pub(super) fn behind(key: &Key) -> Data<'static> {
    match key.name {
        // Counted in whole units: that leaves the fewest values that could occur.
        "whole" => Data::Bool(true),
        _ => of(&key.kind),
    }
}

/// The plainest value of a kind. Amounts are 0: every step divides it, so it adds no value that could occur.
pub(super) fn of(kind: &Kind) -> Data<'static> {
    let text = |text: &'static str| Data::Text(Cow::Borrowed(text));
    match kind {
        Kind::Text => text(""),
        Kind::Bool => Data::Bool(false),
        Kind::Whole | Kind::Article => Data::Whole(1),
        Kind::Decimal => text("0"),
        Kind::Date => text("2000-01-01"),
        Kind::Time => text("00:00:00"),
        Kind::Limit => text("1 calendar day"),
        // No rulebook calls anything so but by this stand-in.
        Kind::Id(_) => text("?"),
        Kind::Choice(words) => words.first().map_or(Data::Null, |word| text(word.name)),
        Kind::List(_) => Data::List(Vec::new()),
        Kind::Map(_) => Data::Table(Vec::new()),
        Kind::Table(table) => Data::Table(of_table(table)),
        Kind::Tagged(tagged) => {
            let least = |table: &&'static Table| table.keys.iter().filter(|key| key.required).count();
            tagged.variants.iter().min_by_key(least).map_or(Data::Null, |table| {
                let mut entries = of_table(table);
                entries.push((Name::Free(Cow::Borrowed(tagged.tag)), text(table.name)));
                Data::Table(entries)
            })
        }
        Kind::WordOrTable(words, tables) => match (words.first(), tables.first()) {
            (Some(word), _) => text(word.name),
            (None, Some(table)) => Data::Table(of_table(table)),
            (None, None) => Data::Null,
        },
    }
}

fn of_table(table: &'static Table) -> Vec<(Name<'static>, Data<'static>)> {
    let required = table.keys.iter().filter(|key| key.required);
    required.map(|key| (Name::Known(key), behind(key))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Annex, key::Keyed, sample};
    use alloc::collections::BTreeMap;

    #[test]
    fn a_file_of_stand_ins_alone_becomes_an_annex() {
        let annex: Result<Annex, _> = of(&Annex::KIND).lower();
        assert_eq!(annex.map(|annex| annex.rulebook.version).ok().as_deref(), Some(""));
    }

    #[test]
    fn every_stand_in_is_accepted_in_its_place() {
        let mut kinds = BTreeMap::new();
        sample::tables(&Annex::KIND, &mut kinds);
        for (name, kind) in kinds {
            let source = sample::source(&sample::json(&of(&kind)));
            let node = crate::read::parse(&source).0.unwrap();
            let accepted = super::super::accept(&node, &kind, super::super::Quoting::Quoted);
            // Lists that must have items are the one thing that a stand-in leaves empty.
            let wrong = |d: &&crate::Diagnostic| d.code != crate::Code::EmptyList;
            assert_eq!(accepted.diagnostics.iter().find(wrong), None, "{name}");
        }
    }
}
