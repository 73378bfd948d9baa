//! The tables of one annex, found by id.

use crate::{
    Annex, Pointer,
    annex::{clause::Clause, index::Index, ladder::Ladder, tally::Tally, vocabulary::Section},
};
use alloc::collections::BTreeMap;
use ducha_core::Id;

/// An annex with its ids; of two tables with one id, the first counts (the reader refuses the second).
pub(super) struct Book<'a> {
    pub(super) annex: &'a Annex,
    sections: BTreeMap<&'a str, usize>,
    clauses: BTreeMap<&'a str, usize>,
    tallies: BTreeMap<&'a str, usize>,
    indexes: BTreeMap<&'a str, usize>,
    ladders: BTreeMap<&'a str, usize>,
}

fn by_id<'a, T, K: 'a>(list: &'a [T], id: fn(&T) -> &Id<K>) -> BTreeMap<&'a str, usize> {
    list.iter().enumerate().rev().map(|(at, item)| (id(item).as_str(), at)).collect()
}

macro_rules! found {
    ($($(#[$doc:meta])* $name:ident in $map:ident of $list:ident: $type:ty;)+) => { $(
        $(#[$doc])*
        pub(super) fn $name<K>(&self, id: &Id<K>) -> Option<(usize, &'a $type)> {
            let at = *self.$map.get(id.as_str())?;
            self.annex.$list.get(at).map(|item| (at, item))
        }
    )+ };
}

impl<'a> Book<'a> {
    pub(super) fn new(annex: &'a Annex) -> Self {
        Self {
            annex,
            sections: by_id(&annex.section, |section| &section.id),
            clauses: by_id(&annex.clause, |clause| &clause.id),
            tallies: by_id(&annex.tally, |tally| &tally.id),
            indexes: by_id(&annex.index, |index| &index.id),
            ladders: by_id(&annex.ladder, |ladder| &ladder.id),
        }
    }

    found! {
        section in sections of section: Section;
        clause in clauses of clause: Clause;
        tally in tallies of tally: Tally;
        index in indexes of index: Index;
        ladder in ladders of ladder: Ladder;
    }
}

/// The pointer of an item of a top-level list, such as `/ladder/2`.
pub(super) fn at(table: &str, item: usize) -> Pointer {
    Pointer::root().key(table).item(item)
}
