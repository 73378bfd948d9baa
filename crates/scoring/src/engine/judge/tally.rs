//! Tallies: what is accumulated on a subject over a window (semantics §7).

use super::{
    Judge, Known,
    count::Counted,
    ledger::{Reach, place_of},
    window::Win,
};
use crate::{
    assessment::{Leaving, Outcome, TallyStanding},
    engine::dossier::Visit,
    versions::Version,
};
use alloc::{boxed::Box, collections::BTreeMap, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use core::cell::RefCell;
use ducha_core::{Matter, Need, Points, Quantity};
use ducha_rulebook::annex::{
    award::{Award, Stacking},
    clause::{Veto, VetoEffect},
    tally::{Measure, Tally, TallyKind},
    window::Window,
};

/// What a tally holds.
#[derive(Debug, Clone)]
pub(in crate::engine) struct TallyValue {
    pub(in crate::engine) value: Known<Points>,
    /// What was deducted (or added up) before awards, floor and ceiling.
    pub(in crate::engine) deducted: Points,
    pub(in crate::engine) awarded: Points,
    /// The finding that took the whole tally, by its place among the records that take effect.
    pub(in crate::engine) lost_all: Option<u32>,
}

impl TallyValue {
    const fn unknown(missing: Box<Need>) -> Self {
        Self { value: Err(missing), deducted: Points::ZERO, awarded: Points::ZERO, lost_all: None }
    }
}

/// A finding that takes a whole tally.
#[derive(Debug, Clone, Copy)]
pub(super) struct TakesAll {
    live: u32,
    day: NaiveDate,
    visit: Visit,
}

/// The findings that take whole tallies, by tally and subject.
pub(super) type Takers = RefCell<BTreeMap<(usize, u32), Rc<[TakesAll]>>>;

impl<'a> Judge<'_, 'a> {
    /// What a tally holds for a subject in a window, seen as of a day.
    pub(in crate::engine) fn tally(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> TallyValue {
        let lacking =
            self.unanchored(&tally.window, subject).or_else(|| self.tally_incomplete(tally, subject, window));
        let reckoned = match (lacking, tally.kind) {
            (Some(missing), _) => Err(missing),
            (None, TallyKind::Sum) => self.sum(version, tally, subject, window, as_of),
            (None, TallyKind::Balance) => self.balance_at(version, tally, subject, window, as_of),
        };
        reckoned.unwrap_or_else(TallyValue::unknown)
    }

    /// Full marks or nothing, the deductions, the period's cap, the awards, floor and ceiling, vetoes.
    // semantics §7.2
    fn sum(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<TallyValue> {
        let (deducted, awarded) = match self.summed(version, tally, subject, window, as_of)? {
            Some(sums) => sums,
            None => {
                let counted = self.counted(version, tally, subject, window, as_of)?;
                let deducted = Points::sum(counted.iter().filter(|c| !c.is_award).map(|c| c.points))?;
                (deducted, awarded(version, &counted)?)
            }
        };
        let deducted = tally.max_deduction.map_or(deducted, |max| deducted.min(max));
        let value = match tally.full_marks {
            Some(full) => full.minus(deducted)?.plus(awarded)?,
            None => deducted.minus(awarded)?,
        };
        let lost_all = self.lost_all(version, tally, subject, window, as_of)?;
        let value = match lost_all {
            Some(_) => tally.floor.unwrap_or_default(),
            None => bounded(value, tally),
        };
        Ok(TallyValue { value: Ok(value), deducted, awarded, lost_all })
    }

    /// What is deducted and awarded, by two sums and the awards between; nothing where each entry must be looked at.
    fn summed(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Option<(Points, Points)>> {
        let passes_on = tally.inherit && !self.dossier.successions.is_empty();
        let of_entries = matches!(tally.measure, Measure::Points | Measure::Money | Measure::Findings);
        if passes_on || !tally.ages.is_empty() || !of_entries {
            return Ok(None);
        }
        if let (Win::Rolling { as_of: seen }, Window::Rolling(_)) = (window, &tally.window) {
            // What dates cannot express is told by the entry.
            if Self::leaves(&tally.window, seen.min(as_of)).is_err() {
                return Ok(None);
            }
        }
        let ledger = self.ledger(version, tally, subject);
        let postings = self.dossier.postings_of(subject);
        let Reach::Run(run) = Self::reach(&tally.window, &ledger, postings, window, as_of) else {
            return Ok(None);
        };
        let deducted = self.points(ledger.deducted(&run))?;
        let awards = ledger.awards(&run, postings).map(|row| self.counts_as(&row, postings));
        let awards = awards.collect::<Known<Vec<Counted<'a>>>>()?;
        Ok(Some((deducted, awarded(version, &awards)?)))
    }

    /// A finding that takes the whole tally, if one was made in the window.
    fn lost_all(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Known<Option<u32>> {
        if self.rules(version, tally).vetoes.is_empty() {
            return Ok(None);
        }
        let takers = self.takers(version, tally, subject);
        let begin = match window {
            Win::Days { from, .. } => takers.partition_point(|taker| taker.day < from),
            _ => 0,
        };
        for taker in takers.iter().skip(begin).take_while(|taker| taker.day <= as_of) {
            if Self::within(&tally.window, window, taker.day, Some(taker.visit))? {
                return Ok(Some(taker.live));
            }
            if matches!(window, Win::Days { .. }) {
                break;
            }
        }
        Ok(None)
    }

    /// The findings of a subject that take a whole tally, in canonical order.
    fn takers(&self, version: Version<'a>, tally: &'a Tally, subject: u32) -> Rc<[TakesAll]> {
        let key = (place_of(tally), subject);
        if let Some(known) = self.takers.borrow().get(&key) {
            return Rc::clone(known);
        }
        let rules = self.rules(version, tally);
        let takes =
            |veto: &Veto| veto.effect == VetoEffect::LoseAll && veto.tally.as_ref() == Some(&tally.id);
        let places = self.dossier.of(subject).map(|of| of.live.as_slice()).unwrap_or_default();
        let takers = places.iter().filter_map(|place| {
            let live = self.dossier.live(*place)?;
            let may = rules.vetoes.get(live.version as usize)?.get(live.clause as usize)?;
            let Matter::Finding(finding) = &live.record.matter else { return None };
            let clause = self.clause_of(live).filter(|_| *may)?;
            let applies = clause.veto.iter().filter(|veto| takes(veto)).any(|veto| {
                let grave =
                    veto.severity.as_ref().is_none_or(|level| finding.severity.as_ref() == Some(level));
                let quantity = finding.quantity.unwrap_or(Quantity::ONE);
                grave && veto.at_least.is_none_or(|least| least <= quantity)
            });
            applies.then_some(TakesAll { live: *place, day: live.record.occurred_on, visit: live.visit })
        });
        let takers: Rc<[TakesAll]> = takers.collect();
        self.takers.borrow_mut().insert(key, Rc::clone(&takers));
        takers
    }

    /// Which points leave a rolling window, and when.
    // semantics §7.6
    fn leaving(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        window: Win,
        as_of: NaiveDate,
    ) -> Vec<Leaving> {
        if !matches!(window, Win::Rolling { .. }) {
            return Vec::new();
        }
        let there: Vec<_> = match tally.kind {
            TallyKind::Sum => {
                let counted = self.counted(version, tally, subject, window, as_of).unwrap_or_default();
                counted.into_iter().map(|one| (one.brought, one.date, one.points)).collect()
            }
            // Of what was used up or redeemed nothing is left to leave.
            TallyKind::Balance => self.left(version, tally, subject, as_of).unwrap_or_default(),
        };
        let leaves = there.into_iter().filter(|(_, _, points)| !points.is_zero());
        let leaves = leaves.filter_map(|(brought, date, points)| {
            let on = Self::leaves(&tally.window, date).ok().flatten()?;
            Some(Leaving { on, record: self.record_of(brought)?, points })
        });
        let mut leaving: Vec<Leaving> = leaves.collect();
        leaving.sort_by(|a, b| (a.on, &a.record).cmp(&(b.on, &b.record)));
        leaving
    }

    /// What the assessment shows of a subject's tallies, in the order of their ids and windows.
    pub(in crate::engine) fn tally_standings(&self, subject: u32) -> Vec<TallyStanding<()>> {
        let Some(id) = self.dossier.people.id(subject) else { return Vec::new() };
        let as_of = self.dossier.as_of;
        let mut standings = Vec::new();
        for version in self.dossier.versions.iter() {
            for tally in &version.annex.tally {
                if !self.dossier.people.is_of(subject, &tally.subjects) {
                    continue;
                }
                for window in self.windows(version, &tally.window, subject, false).iter().copied() {
                    if !self.concerned(subject, window)
                        || !self.judges(version, window, |v| v.tally(&tally.id).is_some())
                    {
                        continue;
                    }
                    let held = self.tally(version, tally, subject, window, as_of);
                    standings.push(TallyStanding {
                        tally: tally.id.clone(),
                        subject: id.clone(),
                        window: self.dossier.shown(window),
                        value: outcome(held.value),
                        deducted: held.deducted,
                        awarded: held.awarded,
                        provisional: window.is_open(as_of),
                        version: version.name().into(),
                        leaving: self.leaving(version, tally, subject, window, as_of),
                        derivation: (),
                    });
                }
            }
        }
        standings.sort_by(|a, b| (&a.tally, &a.window).cmp(&(&b.tally, &b.window)));
        standings
    }
}

/// A value as the assessment tells it.
pub(super) fn outcome<T>(known: Known<T>) -> Outcome<T> {
    known.map_or_else(|missing| Outcome::Undetermined(*missing), Outcome::Determined)
}

/// Awards: of a group only the highest counts, or all.
// semantics §7.3
fn awarded<'a>(version: Version<'a>, counted: &[Counted<'a>]) -> Known<Points> {
    let awards = || counted.iter().filter(|one| one.is_award);
    if awards().next().is_none() {
        return Ok(Points::ZERO);
    }
    let rule = |one: &Counted<'a>| -> Option<&'a Award> {
        version.annex.award.iter().find(|award| Some(&award.id) == one.award)
    };
    let mut groups: BTreeMap<&str, Vec<&Counted<'a>>> = BTreeMap::new();
    for one in awards() {
        let of_award =
            |award: &'a Award| award.group.as_ref().map_or(award.id.as_str(), |group| group.as_str());
        let of_clause = || one.clause.map_or("", |id| id.as_str());
        groups.entry(rule(one).map_or_else(of_clause, of_award)).or_default().push(one);
    }
    let mut total = Points::ZERO;
    for members in groups.into_values() {
        let award = members.iter().find(|one| one.award.is_some()).and_then(|one| rule(one));
        let points = members.iter().map(|one| one.points);
        let of_group = if award.is_some_and(|award| award.stacking == Stacking::Highest) {
            points.max().unwrap_or_default()
        } else {
            Points::sum(points)?
        };
        total = total.plus(of_group)?;
    }
    Ok(total)
}

/// Below the floor is the floor, whatever the ceiling.
// semantics §7.2
pub(super) fn bounded(value: Points, tally: &Tally) -> Points {
    match (tally.floor, tally.ceiling) {
        (Some(floor), _) if value < floor => floor,
        (_, Some(ceiling)) if ceiling < value => ceiling,
        _ => value,
    }
}
