//! Which version of the rulebook holds on a day, and how rules of one version are found in another.
//!
//! Semantics §2: the day of the act decides which version prices a record; a window is judged by the version in force on its last day.

use alloc::{boxed::Box, format, string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::{China, EveryDay, Weekends, WorkCalendar};
use ducha_core::{Citation, ClauseId, ConsequenceId, IndexId, LadderId, LimitId, TallyId};
use ducha_rulebook::{
    Annex, Rulebook,
    annex::{
        clause::Clause,
        consequence::Consequence,
        duty::Limit,
        identity::{CalendarName, Status},
        index::Index,
        ladder::Ladder,
        tally::Tally,
    },
};

/// One version of the rulebook, with its place in the order of versions.
#[derive(Clone, Copy)]
pub(crate) struct Version<'a> {
    pub(crate) number: usize,
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) annex: &'a Annex,
    /// All rulebooks in hand, to follow the names of a clause through the versions.
    books: &'a [Rulebook],
    known_on: Option<NaiveDate>,
}

impl<'a> Version<'a> {
    pub(crate) fn name(&self) -> &'a str {
        &self.annex.rulebook.version
    }

    pub(crate) fn clause(&self, id: &ClauseId) -> Option<&'a Clause> {
        self.rulebook.clause(id)
    }

    /// The clause of this version that a clause id of any version means: the same id, or one that replaces it, at once or
    /// through the versions between.
    // semantics §2
    pub(crate) fn clause_meant(&self, id: &ClauseId) -> Option<&'a Clause> {
        self.clause(id).or_else(|| {
            let names = self.later_names(id);
            self.annex.clause.iter().find(|c| c.replaces.iter().any(|old| old == id || names.contains(&old)))
        })
    }

    /// Whether a clause of this version is what a clause of some version means. Within one version each means itself.
    // semantics §2
    pub(crate) fn is_kin(&self, clause: &Clause, other: &Clause, of: Self) -> bool {
        clause.id == other.id
            || of.number != self.number
                && self.clause_meant(&other.id).is_some_and(|meant| meant.id == clause.id)
    }

    /// The names that versions up to this one gave to a clause: what replaces it, what replaces that, and so on.
    fn later_names(&self, id: &ClauseId) -> Vec<&'a ClauseId> {
        let earlier = self.books.iter().filter(|book| {
            is_known(book, self.known_on) && book.annex().rulebook.from <= self.annex.rulebook.from
        });
        let clauses: Vec<&'a Clause> = earlier.flat_map(|book| &book.annex().clause).collect();
        let mut names: Vec<&'a ClauseId> = Vec::new();
        // Each round adds a name, of which there are no more than clauses.
        while let Some(next) = clauses.iter().find(|c| {
            let replaces = |old: &ClauseId| old == id || names.contains(&old);
            c.id != *id && !names.contains(&&c.id) && c.replaces.iter().any(replaces)
        }) {
            names.push(&next.id);
        }
        names
    }

    pub(crate) fn tally(&self, id: &TallyId) -> Option<&'a Tally> {
        self.annex.tally.iter().find(|t| t.id == *id)
    }

    pub(crate) fn index(&self, id: &IndexId) -> Option<&'a Index> {
        self.annex.index.iter().find(|i| i.id == *id)
    }

    pub(crate) fn ladder(&self, id: &LadderId) -> Option<&'a Ladder> {
        self.annex.ladder.iter().find(|l| l.id == *id)
    }

    pub(crate) fn consequence(&self, id: &ConsequenceId) -> Option<&'a Consequence> {
        self.annex.consequence.iter().find(|c| c.id == *id)
    }

    pub(crate) fn limit(&self, id: &LimitId) -> Option<&'a Limit> {
        self.annex.limit.iter().find(|l| l.id == *id)
    }

    pub(crate) fn cite_clause(&self, clause: &Clause) -> Vec<Citation> {
        let identity = &self.annex.rulebook;
        let mut cites: Vec<_> =
            clause.article.map(|article| Citation::Article { article }).into_iter().collect();
        cites.push(Citation::Clause {
            rulebook: identity.id.clone(),
            version: identity.version.clone(),
            clause: clause.id.clone(),
        });
        cites
    }

    /// The citation of another rule, by the kind of its table and its id.
    pub(crate) fn cite_rule(&self, table: &str, id: impl core::fmt::Display) -> Citation {
        let identity = &self.annex.rulebook;
        Citation::Rule {
            rulebook: identity.id.clone(),
            version: identity.version.clone(),
            rule: format!("{table}/{id}"),
        }
    }

    /// The working-day calendar: China's by the notices that were public on the day of knowledge, if there is one.
    // semantics §14.1
    pub(crate) fn calendar(&self) -> Box<dyn WorkCalendar + Send + Sync> {
        match (self.annex.rulebook.calendar, self.known_on) {
            (CalendarName::China, Some(day)) => Box::new(China::as_noticed_on(day)),
            (CalendarName::China, None) => Box::new(China),
            (CalendarName::Weekends, _) => Box::new(Weekends),
            (CalendarName::EveryDay, _) => Box::new(EveryDay),
        }
    }

    fn covers(&self, day: NaiveDate) -> bool {
        let identity = &self.annex.rulebook;
        identity.from <= day && identity.until.is_none_or(|until| day < until)
    }
}

/// Whether a version was adopted by the day of knowledge; drafts always exist.
fn is_known(book: &Rulebook, known_on: Option<NaiveDate>) -> bool {
    match (known_on, book.annex().rulebook.adopted_on) {
        (Some(day), Some(adopted)) => adopted <= day,
        _ => true,
    }
}

/// The versions in hand, by the day from which they are in force.
pub(crate) struct Versions<'a> {
    versions: Vec<Version<'a>>,
}

impl<'a> Versions<'a> {
    /// The versions that were known on a day: adopted by then, or drafts.
    // semantics §14.1
    pub(crate) fn known(rulebooks: &'a [Rulebook], known_on: Option<NaiveDate>) -> Self {
        let known = rulebooks.iter().filter(|book| is_known(book, known_on));
        let version = |rulebook: &'a Rulebook| Version {
            number: 0,
            rulebook,
            annex: rulebook.annex(),
            books: rulebooks,
            known_on,
        };
        let mut versions: Vec<Version<'a>> = known.map(version).collect();
        versions.sort_by(|a, b| {
            let key = |v: &Version<'a>| (v.annex.rulebook.from, v.name());
            key(a).cmp(&key(b))
        });
        for (number, version) in versions.iter_mut().enumerate() {
            version.number = number;
        }
        Self { versions }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = Version<'a>> {
        self.versions.iter().copied()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.versions.len()
    }

    /// The version of a number.
    pub(crate) fn get(&self, number: usize) -> Option<Version<'a>> {
        self.versions.get(number).copied()
    }

    /// The version in force on a day: an adopted one before a draft, the later before the earlier.
    // semantics §2
    pub(crate) fn in_force(&self, day: NaiveDate) -> Option<Version<'a>> {
        let adopted = |v: &Version<'_>| v.annex.rulebook.status == Status::Adopted;
        self.iter().filter(|v| v.covers(day)).max_by_key(|v| (adopted(v), v.number))
    }

    /// The version that judges a window ending on that day: the one in force then, else the last one before.
    // semantics §2
    pub(crate) fn judging(&self, last_day: NaiveDate) -> Option<Version<'a>> {
        self.in_force(last_day).or_else(|| self.iter().rev().find(|v| v.annex.rulebook.from <= last_day))
    }

    /// The text of the versions' names, for messages.
    pub(crate) fn names(&self) -> String {
        let names: Vec<_> = self.iter().map(|v| v.name()).collect();
        names.join(", ")
    }
}
