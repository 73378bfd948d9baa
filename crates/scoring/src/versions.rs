//! Which version of the rulebook holds on a day, and how rules of one version are found in another.
//!
//! Semantics §2: the day of the act decides which version prices a record; a window is judged by the version in force on its last day.

use alloc::{format, string::String, vec::Vec};
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
}

impl<'a> Version<'a> {
    pub(crate) fn name(&self) -> &'a str {
        &self.annex.rulebook.version
    }

    pub(crate) fn clause(&self, id: &ClauseId) -> Option<&'a Clause> {
        self.annex.clause.iter().find(|c| c.id == *id)
    }

    /// The clause of this version that a clause id of any version means: the same id, or one that replaces it.
    // semantics §2
    pub(crate) fn clause_meant(&self, id: &ClauseId) -> Option<&'a Clause> {
        self.clause(id).or_else(|| self.annex.clause.iter().find(|c| c.replaces.contains(id)))
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

    pub(crate) fn calendar(&self) -> &'static dyn WorkCalendar {
        match self.annex.rulebook.calendar {
            CalendarName::China => &China,
            CalendarName::Weekends => &Weekends,
            CalendarName::EveryDay => &EveryDay,
        }
    }

    fn covers(&self, day: NaiveDate) -> bool {
        let identity = &self.annex.rulebook;
        identity.from <= day && identity.until.is_none_or(|until| day < until)
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
        let known = |book: &&Rulebook| match (known_on, book.annex().rulebook.adopted_on) {
            (Some(day), Some(adopted)) => adopted <= day,
            _ => true,
        };
        let mut books: Vec<&Rulebook> = rulebooks.iter().filter(known).collect();
        books.sort_by_key(|b| (b.annex().rulebook.from, b.annex().rulebook.version.clone()));
        let versions = books
            .into_iter()
            .enumerate()
            .map(|(number, rulebook)| Version { number, rulebook, annex: rulebook.annex() })
            .collect();
        Self { versions }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = Version<'a>> {
        self.versions.iter().copied()
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
