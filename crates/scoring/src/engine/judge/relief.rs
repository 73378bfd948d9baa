//! What takes points off a balance, and what clears it: facts (semantics §7.4; shapes S34, S38).

use super::{Judge, Known, balance::Seen, count::Brought, window::Win};
use crate::{engine::dossier::Visit, versions::Version};
use alloc::collections::BTreeMap;
use chrono::NaiveDate;
use core::cell::OnceCell;
use ducha_core::{FactId, Matter, Points, record::Fact};
use ducha_rulebook::annex::{
    tally::{Clear, Redeem, Tally},
    window::{NamedWindow, Window},
};

/// The first days on which a fact of a kind refers to a record.
pub(super) type Settlements<'a> = OnceCell<BTreeMap<(&'a str, &'a str), NaiveDate>>;

impl<'a> Judge<'_, 'a> {
    /// A fact takes points off, or is the last that clears the balance.
    pub(super) fn told_of(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: u32,
        (live, day, fact): (u32, NaiveDate, &'a Fact),
        seen: &mut Seen<'a>,
    ) -> Known<()> {
        seen.facts.insert(&fact.fact, day);
        for redeem in tally.redeem.iter().filter(|redeem| redeem.fact == fact.fact) {
            self.redeem(version, tally, subject, redeem, (live, day), seen)?;
            let left = seen.lots.total();
            seen.change(day, Some(Brought::By(live)), left, Points::ZERO);
        }
        if self.clears(tally, &fact.fact, day, seen) {
            seen.lots.clear();
            seen.change(day, Some(Brought::By(live)), Points::ZERO, Points::ZERO);
            // What was asked for has been used: the next clearing asks for it anew.
            seen.reached.clear();
            seen.facts.clear();
        }
        Ok(())
    }

    fn redeem(
        &self,
        version: Version<'a>,
        tally: &Tally,
        subject: u32,
        rule: &Redeem,
        (live, day): (u32, NaiveDate),
        seen: &mut Seen<'a>,
    ) -> Known<()> {
        let balance = seen.lots.total();
        if rule.only_below.is_some_and(|limit| balance >= limit) {
            return Ok(());
        }
        let before = seen.redeemed.iter().map(|(day, ..)| *day);
        Self::all_leave(&tally.window, Win::Rolling { as_of: day }, day, before)?;
        let mut left = rule.points;
        if let Some(max) = rule.max_per_window {
            let mut used = Points::ZERO;
            for (on, by, points) in seen.redeemed.iter().rev() {
                let earlier = (*on, Visit::Alone(*by));
                if !self.same_window(version, &tally.window, subject, earlier, (day, Visit::Alone(live)))? {
                    break;
                }
                used = used.plus(*points)?;
            }
            left = max.minus(used)?.max(Points::ZERO);
        }
        let off = rule.points.min(left).min(balance);
        seen.lots.take(off)?;
        seen.redeemed.push((day, live, off));
        Ok(())
    }

    /// Whether an earlier moment lies in the same window as a later one.
    // semantics §6.4
    fn same_window(
        &self,
        version: Version<'a>,
        kind: &Window,
        subject: u32,
        (earlier, visited): (NaiveDate, Visit),
        (later, visit): (NaiveDate, Visit),
    ) -> Known<bool> {
        match kind {
            Window::Rolling(_) => {
                Ok(earlier <= later && Self::leaves(kind, earlier)?.is_none_or(|end| later < end))
            }
            Window::Named(NamedWindow::Ever) => Ok(true),
            Window::Named(NamedWindow::Inspection) => Ok(visited == visit),
            Window::Named(_) | Window::Cycle(_) => {
                let earlier = self.window_if_any(version, kind, subject, earlier, None)?;
                Ok(earlier.is_some() && earlier == self.window_if_any(version, kind, subject, later, None)?)
            }
        }
    }

    /// Whether a fact is the last of those that together clear the balance.
    fn clears(&self, tally: &Tally, just_now: &FactId, day: NaiveDate, seen: &Seen<'a>) -> bool {
        let clears = |rule: &Clear| {
            let since = rule.tier.as_ref().map(|tier| seen.reached.get(tier).copied());
            if since == Some(None) {
                return false;
            }
            let since = since.flatten();
            let told =
                |kind: &FactId| seen.facts.get(kind).is_some_and(|on| since.is_none_or(|since| since <= *on));
            let next = day.succ_opt().unwrap_or(day);
            let settled = |kind: &FactId| seen.lots.all().all(|lot| self.settled(kind, lot.brought, next));
            rule.facts.iter().all(told)
                && rule.all_settled_by.as_ref().is_none_or(settled)
                && !seen.lots.is_empty()
        };
        let asks =
            |rule: &&Clear| rule.facts.contains(just_now) || rule.all_settled_by.as_ref() == Some(just_now);
        tally.clear.iter().filter(asks).any(clears)
    }

    /// Whether a fact of this kind refers to what was brought, before the day.
    pub(super) fn settled(&self, kind: &FactId, brought: Brought<'a>, before: NaiveDate) -> bool {
        let settlements = self.settlements.get_or_init(|| {
            let mut first = BTreeMap::new();
            for one in self.dossier.live.iter().rev() {
                if let Matter::Fact(fact) = &one.record.matter
                    && let Some(record) = &fact.refers_to
                {
                    first.insert((fact.fact.as_str(), record.as_str()), one.record.occurred_on);
                }
            }
            first
        });
        let first = settlements.get(&(kind.as_str(), self.id_of(brought)));
        first.is_some_and(|first| *first < before)
    }
}
