//! The rows by the ids of their records, growing; and which records name an id, also one that nobody has yet.

use crate::engine::{codes::hash, dossier::NONE};
use alloc::{vec, vec::Vec};
use ducha_core::{Matter, Record, RecordId};

/// How a record names another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Revokes,
    Supersedes,
    /// A fact that is about the other.
    Tells,
}

/// That a row names an id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) from: u32,
    pub(super) how: How,
    /// The link before it, to the same id.
    next: u32,
}

/// An id: the first row that has it, and the latest link to it.
#[derive(Debug, Clone, Copy)]
struct Known {
    row: u32,
    link: u32,
}

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    known: u32,
    /// The first row that has it; [`NONE`] where it is only named.
    pub(super) row: u32,
    link: u32,
}

impl Found {
    /// Whether some record names it.
    pub(super) const fn is_named(&self) -> bool {
        self.link != NONE
    }
}

/// The ids, in an open table of at most half its places taken.
///
/// INVARIANT: a place holds part of the hash beside the number, so that a text is compared only where it is likely the same,
/// and nothing is hashed anew when the table grows.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    known: Vec<Known>,
    links: Vec<Link>,
    places: Vec<(u32, u32)>,
    mask: usize,
    /// Whether any fact is about another record.
    tells: bool,
}

/// The ids that a record names, and how.
pub(super) fn named(record: &Record) -> impl Iterator<Item = (How, &RecordId)> {
    let told = match &record.matter {
        Matter::Fact(fact) => fact.refers_to.as_ref(),
        _ => None,
    };
    let all = [
        (How::Revokes, record.revokes.as_ref()),
        (How::Supersedes, record.supersedes.as_ref()),
        (How::Tells, told),
    ];
    all.into_iter().filter_map(|(how, id)| Some((how, id?)))
}

fn tag(id: &str) -> u32 {
    // The table is smaller than 32 bits; what is cut off tells nothing more.
    u32::try_from(hash(id) & 0xFFFF_FFFF).unwrap_or(0)
}

impl Index {
    /// Room for so many ids.
    pub(super) fn with_room(ids: usize) -> Self {
        let size = ids.saturating_mul(2).saturating_add(8).next_power_of_two();
        Self {
            known: Vec::with_capacity(ids),
            links: Vec::new(),
            places: vec![(0, NONE); size],
            mask: size.saturating_sub(1),
            tells: false,
        }
    }

    /// What is known of an id.
    pub(super) fn find(&self, records: &[Record], id: &RecordId) -> Option<Found> {
        let tag = tag(id.as_str());
        let mut at = tag as usize & self.mask;
        loop {
            let (other, number) = *self.places.get(at)?;
            if number == NONE {
                return None;
            }
            if other == tag && self.text(records, number) == Some(id) {
                let known = self.known.get(number as usize)?;
                return Some(Found { known: number, row: known.row, link: known.link });
            }
            at = at.wrapping_add(1) & self.mask;
        }
    }

    /// Whether any fact is about another record.
    pub(super) const fn tells(&self) -> bool {
        self.tells
    }

    /// The first row of an id.
    pub(super) fn row(&self, records: &[Record], id: &RecordId) -> Option<u32> {
        self.find(records, id).map(|found| found.row).filter(|row| *row != NONE)
    }

    /// The links to an id, the latest first.
    pub(super) fn links(&self, found: Found) -> impl Iterator<Item = Link> {
        let link = |at: u32| self.links.get(at as usize).copied();
        core::iter::successors(link(found.link), move |one| link(one.next))
    }

    fn text<'r>(&self, records: &'r [Record], number: u32) -> Option<&'r RecordId> {
        let known = self.known.get(number as usize)?;
        if known.row != NONE {
            return records.get(known.row as usize).map(|record| &record.id);
        }
        let link = self.links.get(known.link as usize)?;
        let record = records.get(link.from as usize)?;
        named(record).find(|(how, _)| *how == link.how).map(|(_, id)| id)
    }

    /// Takes a row in, which stands in the records already: its id, and the ids that it names.
    pub(super) fn add(&mut self, records: &[Record], row: u32) {
        let Some(record) = records.get(row as usize) else { return };
        match self.find(records, &record.id) {
            Some(found) if found.row == NONE => {
                if let Some(known) = self.known.get_mut(found.known as usize) {
                    known.row = row;
                }
            }
            Some(_) => {}
            None => self.put(&record.id, Known { row, link: NONE }),
        }
        for (how, id) in named(record) {
            self.tells |= how == How::Tells;
            let at = u32::try_from(self.links.len()).unwrap_or(NONE);
            match self.find(records, id) {
                Some(found) => {
                    self.links.push(Link { from: row, how, next: found.link });
                    if let Some(known) = self.known.get_mut(found.known as usize) {
                        known.link = at;
                    }
                }
                None => {
                    self.links.push(Link { from: row, how, next: NONE });
                    self.put(id, Known { row: NONE, link: at });
                }
            }
        }
    }

    fn put(&mut self, id: &RecordId, known: Known) {
        // Twice as large when half full, so that there is always an empty place.
        if self.known.len().saturating_add(1).saturating_mul(2) > self.places.len() {
            let size = self.places.len().saturating_mul(2).max(8);
            let places = core::mem::replace(&mut self.places, vec![(0, NONE); size]);
            self.mask = size.saturating_sub(1);
            for (tag, number) in places.into_iter().filter(|(_, number)| *number != NONE) {
                self.stand(tag, number);
            }
        }
        let number = u32::try_from(self.known.len()).unwrap_or(NONE);
        self.known.push(known);
        self.stand(tag(id.as_str()), number);
    }

    fn stand(&mut self, tag: u32, number: u32) {
        let mut at = tag as usize & self.mask;
        while self.places.get(at).is_some_and(|(_, other)| *other != NONE) {
            at = at.wrapping_add(1) & self.mask;
        }
        if let Some(place) = self.places.get_mut(at) {
            *place = (tag, number);
        }
    }
}
