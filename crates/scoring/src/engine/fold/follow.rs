//! One record more or less in a unit whose entries are known: only those are reckoned anew that can still see it.
//!
//! Entries before the change stay. Of those after it, one is reckoned anew only if a window of its rules still holds a
//! moment that changed; windows begin no earlier as days go on, so the first entry that sees none of them ends it.

use super::{Draft, Fold, Halt, Live, cap};
use crate::engine::{
    dossier::Visit,
    few::Few,
    reach::{Frame, Held, Reach},
    span::{Day, NEVER, number_of},
};
use alloc::vec::Vec;
use chrono::NaiveDate;

/// A change of a unit that has one entry for each of its records, all in order.
pub(in crate::engine) struct Edit<'e, 'a> {
    /// The entries that are known. Of those that this works on, `live` is the row.
    pub(in crate::engine) kept: &'e [Draft],
    /// Where the record comes in, or the entry that falls out.
    pub(in crate::engine) at: usize,
    /// The record that comes in; nothing where the entry falls out.
    pub(in crate::engine) comes: Option<Live<'a>>,
    /// How far the rules of the unit look back, each by its version.
    pub(in crate::engine) reaches: &'e [(Reach, u32)],
}

/// What a change makes of a unit.
pub(in crate::engine) struct Followed {
    /// The entry that came in.
    pub(in crate::engine) came: Option<Draft>,
    /// Entries that are other than before, by their place among the known ones.
    pub(in crate::engine) changed: Few<(usize, Draft)>,
    /// How many were reckoned.
    pub(in crate::engine) reckoned: usize,
}

/// Why a change cannot be followed.
pub(in crate::engine) enum Halted {
    /// A record is refused, or a window has no days: the unit must be reckoned whole.
    Whole,
    /// 64 bits don't hold it.
    HeadRoom,
}

impl From<Halt> for Halted {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Refused(_) => Self::Whole,
            Halt::HeadRoom => Self::HeadRoom,
        }
    }
}

/// The caps' use before and after the factors.
#[derive(Default)]
struct Spent {
    before: cap::Used,
    after: cap::Used,
}

/// Until when moments that changed are seen by entries after them.
struct Seen {
    /// The first day on which no window of days holds any of them.
    until: Day,
    /// Their inspections.
    visits: Few<Visit>,
    /// Whether a rule looks at inspections.
    by_visit: bool,
}

impl<'a> Fold<'_, 'a> {
    /// Follows a change through the entries after it. `record_of` tells the record that an entry is of.
    pub(in crate::engine) fn follow(
        &self,
        edit: &Edit<'_, 'a>,
        record_of: impl Fn(u32) -> Option<Live<'a>>,
    ) -> Result<Followed, Halted> {
        let (earlier, from_here) = edit.kept.split_at_checked(edit.at).ok_or(Halted::Whole)?;
        let (gone, later) = match (&edit.comes, from_here.split_first()) {
            (None, Some((gone, later))) => (Some(*gone), later),
            (None, None) => return Err(Halted::Whole),
            (Some(_), _) => (None, from_here),
        };
        let first_later = edit.at.saturating_add(usize::from(gone.is_some()));
        // The moments that changed, and what can be seen from the first of them.
        let moment = match (&edit.comes, &gone) {
            (Some(one), _) => (one.subject, one.record.occurred_on, one.visit),
            (None, Some(gone)) => (gone.posting.subject, gone.posting.day, gone.posting.visit),
            (None, None) => return Err(Halted::Whole),
        };
        let (subject, day, visit) = moment;
        let mut since = earlier.len();
        for reach in edit.reaches {
            let frame = self.frame_at(reach, subject, day, visit)?;
            let past = |draft: &Draft| frame.holds(draft.posting.day, draft.posting.visit) == Held::Past;
            let seen = earlier.iter().rev().take_while(|draft| !past(draft)).count();
            since = since.min(earlier.len().saturating_sub(seen));
        }
        let mut sequence: Vec<Draft> =
            Vec::with_capacity(earlier.len().saturating_sub(since).saturating_add(8));
        sequence.extend_from_slice(earlier.get(since..).unwrap_or_default());
        let mut spent = Spent::default();
        for draft in &sequence {
            self.note(draft, &mut spent)?;
        }
        let mut followed = Followed { came: None, changed: Few::new(), reckoned: 0 };
        if let Some(one) = &edit.comes {
            let draft = self.anew(one, &sequence, &mut spent)?;
            followed.came = Some(draft);
            followed.reckoned = 1;
            sequence.push(draft);
        }
        let mut seen = Seen { until: Day::MIN, visits: Few::new(), by_visit: false };
        self.see(edit.reaches, moment, &mut seen)?;
        for (place, known) in (first_later..).zip(later) {
            let posting = &known.posting;
            let sees = number_of(posting.day) < seen.until
                || seen.by_visit && seen.visits.iter().any(|visit| *visit == posting.visit);
            if !sees && !seen.by_visit {
                break;
            }
            if !sees {
                self.note(known, &mut spent)?;
                sequence.push(*known);
                continue;
            }
            followed.reckoned = followed.reckoned.saturating_add(1);
            let draft = self.again(known, &sequence, &mut spent, &record_of)?;
            if draft != *known {
                self.see(edit.reaches, (subject, draft.posting.day, draft.posting.visit), &mut seen)?;
                followed.changed.push((place, draft));
            }
            sequence.push(draft);
        }
        Ok(followed)
    }

    /// Notes until when a moment that changed is seen.
    // semantics §6.4
    fn see(
        &self,
        reaches: &[(Reach, u32)],
        (subject, day, visit): (u32, NaiveDate, Visit),
        seen: &mut Seen,
    ) -> Result<(), Halted> {
        for reach in reaches {
            let until = match self.frame_at(reach, subject, day, visit)? {
                Frame::Nowhere => continue,
                Frame::Ever => NEVER,
                Frame::Days(_, until) => number_of(until),
                Frame::Rolling(span, act) => span.around(act).map_or(NEVER, |bounds| bounds.until),
                Frame::Inspection(visit) => {
                    seen.by_visit = true;
                    seen.visits.push(visit);
                    continue;
                }
            };
            seen.until = seen.until.max(until);
        }
        Ok(())
    }

    /// The window of a rule that holds a moment.
    fn frame_at(
        &self,
        (reach, version): &(Reach, u32),
        subject: u32,
        day: NaiveDate,
        visit: Visit,
    ) -> Result<Frame, Halted> {
        let version = self.version(*version).ok_or(Halted::Whole)?;
        reach.frame(version, self.people, subject, day, visit).map_err(|_| Halted::Whole)
    }

    /// Notes what caps let through of an entry that stays.
    fn note(&self, draft: &Draft, spent: &mut Spent) -> Result<(), Halted> {
        let item = self.tables.item(draft.posting.version, draft.posting.clause).ok_or(Halted::Whole)?;
        if !item.before.is_empty() {
            self.note_used(draft, item, true, &mut spent.before)?;
        }
        if !item.after.is_empty() {
            self.note_used(draft, item, false, &mut spent.after)?;
        }
        Ok(())
    }

    /// What a record costs, by all that came before it.
    fn anew(&self, one: &Live<'a>, before: &[Draft], spent: &mut Spent) -> Result<Draft, Halted> {
        let made = self.first_sweep(one.index, one, before, &mut spent.before)?;
        let [Some(draft), None] = made else { return Err(Halted::Whole) };
        self.trim_last(draft, spent)
    }

    /// The same of a record whose price is known, if what was found earlier does not bear on the price.
    fn again(
        &self,
        known: &Draft,
        before: &[Draft],
        spent: &mut Spent,
        record_of: &impl Fn(u32) -> Option<Live<'a>>,
    ) -> Result<Draft, Halted> {
        let (item, clause) = self
            .tables
            .item(known.posting.version, known.posting.clause)
            .zip(self.clause(&known.posting))
            .ok_or(Halted::Whole)?;
        if item.looks_back || known.posting.money != super::NO_MONEY {
            let one = record_of(known.posting.live).ok_or(Halted::Whole)?;
            return self.anew(&one, before, spent);
        }
        let mut draft = *known;
        draft.posting.points = draft.base;
        self.trim(&mut draft, item, clause, None, true, &mut spent.before)?;
        draft.capped = draft.posting.points;
        self.recur(&mut draft, item, before)?;
        self.trim_last(draft, spent)
    }

    fn trim_last(&self, mut draft: Draft, spent: &mut Spent) -> Result<Draft, Halted> {
        let (item, clause) = self
            .tables
            .item(draft.posting.version, draft.posting.clause)
            .zip(self.clause(&draft.posting))
            .ok_or(Halted::Whole)?;
        self.trim(&mut draft, item, clause, None, false, &mut spent.after)?;
        Ok(draft)
    }
}
