//! Balances: a fold with memory over the canonical order (semantics §7; shapes S34, S37, S38).
//!
//! The balance is kept as lots, one for each entry, so that every point that is used up, redeemed or carried has a name.

use crate::{
    assessment::WindowOf,
    count::Counted,
    evaluate::Evaluation,
    price::points_step,
    tally::bounded,
    tier::tier_of_value,
    versions::Version,
    window::{Moment, Visit, leaves, same_window, window_if_any, window_of},
};
use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Derivation, FactId, Matter, Need, Points, RecordId, Step, SubjectId, message::Args, record::Fact,
};
use ducha_rulebook::annex::{
    tally::{Clear, Redeem, Tally},
    window::Window,
};

/// Points of one entry that are still there.
struct Lot {
    record: RecordId,
    date: NaiveDate,
    points: Points,
}

/// One change of a balance.
#[derive(Clone)]
pub(crate) struct Change {
    pub(crate) on: NaiveDate,
    pub(crate) record: Option<RecordId>,
    /// The balance right after an entry, before a tier used points up.
    pub(crate) reached: Points,
    /// The balance after everything that the event brought with it.
    pub(crate) left: Points,
    step: Derivation,
}

enum Event<'a> {
    /// With the place of its record among the records.
    Entry(usize, Counted),
    Fact(usize, NaiveDate, &'a RecordId, &'a Fact),
    /// A day on which lots leave: the end of a window.
    Leave(NaiveDate),
}

impl Event<'_> {
    /// Lots leave at the beginning of a day, entries and facts follow in the canonical order of their records.
    fn key(&self) -> (NaiveDate, u8, usize, usize) {
        match self {
            Self::Leave(day) => (*day, 0, 0, 0),
            Self::Entry(place, counted) => (counted.date, 1, *place, counted.order),
            Self::Fact(place, day, ..) => (*day, 1, *place, usize::MAX),
        }
    }
}

impl<'a> Evaluation<'_, 'a> {
    /// The balance as of a day.
    pub(crate) fn balance_at(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        window: &WindowOf,
        as_of: NaiveDate,
    ) -> Result<(Derivation, Points, Points), Need> {
        let last = window.last_day().min(as_of);
        let changes = self.changes(version, tally, subject, last)?;
        let value = changes.last().map_or(Points::ZERO, |c| c.left);
        let added = Points::sum(
            changes
                .iter()
                .filter(|c| match window {
                    WindowOf::Days { period } => period.contains(c.on),
                    _ => true,
                })
                .flat_map(|c| c.step.walk().filter(|step| step.step == Step::BalanceEntry))
                .filter_map(|step| step.args.get("added"))
                .filter_map(|arg| match arg {
                    ducha_core::message::Arg::Points(points) => Some(*points),
                    _ => None,
                }),
        )?;
        let args = Args::none().with("tally", &tally.name).with("window", window.text());
        let cite = [version.cite_rule("tally", &tally.id)];
        let derivation = points_step(Step::Balance, args, value)
            .citing(cite.clone())
            .using(changes.into_iter().map(|c| c.step));
        Ok((bounded(derivation, tally, &cite), added, Points::ZERO))
    }

    /// What is left of each entry at the end of a day: record, date, points.
    pub(crate) fn left(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        last: NaiveDate,
    ) -> Result<Vec<(RecordId, NaiveDate, Points)>, Need> {
        let (_, lots) = self.folded(version, tally, subject, last)?;
        Ok(lots.into_iter().map(|lot| (lot.record, lot.date, lot.points)).collect())
    }

    /// All changes of a balance up to the end of a day, in canonical order.
    pub(crate) fn changes(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        last: NaiveDate,
    ) -> Result<Vec<Change>, Need> {
        self.folded(version, tally, subject, last).map(|(changes, _)| changes)
    }

    /// The fold: every change, and what is left in the end.
    // semantics §7.4
    fn folded(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        last: NaiveDate,
    ) -> Result<(Vec<Change>, Vec<Lot>), Need> {
        let mut events = self.events(version, tally, subject, last)?;
        events.sort_by_key(Event::key);
        let mut lots: Vec<Lot> = Vec::new();
        let mut changes: Vec<Change> = Vec::new();
        let mut facts_seen: Vec<(NaiveDate, FactId)> = Vec::new();
        let mut reached_tiers: Vec<(ducha_core::TierId, NaiveDate)> = Vec::new();
        let mut redeemed: Vec<(Moment<'_>, Points)> = Vec::new();
        for event in events {
            let before = total(&lots)?;
            match event {
                Event::Leave(day) => {
                    if let Some(change) = self.leave(version, tally, subject, &mut lots, day)? {
                        changes.push(change);
                    }
                }
                Event::Entry(_, counted) => {
                    // The balance never rises above the ceiling, so that what takes points off takes them off that.
                    let room = tally.ceiling.map(|most| most.minus(before)).transpose()?;
                    let room = room.map(|room| room.max(Points::ZERO));
                    let fitting = room.map_or(counted.points, |room| counted.points.min(room));
                    let added = if counted.is_award { Points::ZERO } else { fitting };
                    if counted.is_award {
                        take(&mut lots, counted.points)?;
                    } else if !added.is_zero() {
                        lots.push(Lot { record: counted.record.clone(), date: counted.date, points: added });
                    }
                    let reached = total(&lots)?;
                    let args = Args::none()
                        .with("record", &counted.record)
                        .with("day", counted.date)
                        .with("added", added);
                    let mut step =
                        points_step(Step::BalanceEntry, args, reached).using([counted.step.clone()]);
                    for consume in &tally.consume {
                        let now = crossed(version, &consume.ladder, &consume.tier, before, reached);
                        if now {
                            reached_tiers.push((consume.tier.clone(), counted.date));
                            let amount = consume.points.unwrap_or(reached).min(reached);
                            take(&mut lots, amount)?;
                            let left = total(&lots)?;
                            let args = Args::none().with("tier", &consume.tier).with("used", amount);
                            step = points_step(Step::BalanceConsumed, args, left).using([step]);
                        }
                    }
                    for clear in &tally.clear {
                        if let (Some(ladder), Some(tier)) = (&clear.ladder, &clear.tier)
                            && crossed(version, ladder, tier, before, reached)
                        {
                            reached_tiers.push((tier.clone(), counted.date));
                        }
                    }
                    let left = total(&lots)?;
                    changes.push(Change {
                        on: counted.date,
                        record: Some(counted.record),
                        reached,
                        left,
                        step,
                    });
                }
                Event::Fact(_, day, record, fact) => {
                    facts_seen.push((day, fact.fact.clone()));
                    for redeem in tally.redeem.iter().filter(|r| r.fact == fact.fact) {
                        if let Some(step) = self.redeem(
                            version,
                            tally,
                            subject,
                            redeem,
                            &mut lots,
                            &mut redeemed,
                            day,
                            record,
                        )? {
                            let left = crate::price::points_of(&step);
                            changes.push(Change {
                                on: day,
                                record: Some(record.clone()),
                                reached: left,
                                left,
                                step,
                            });
                        }
                    }
                    if let Some(step) =
                        self.clear(tally, &mut lots, &facts_seen, &reached_tiers, &fact.fact, day)?
                    {
                        changes.push(Change {
                            on: day,
                            record: Some(record.clone()),
                            reached: Points::ZERO,
                            left: Points::ZERO,
                            step,
                        });
                        // What was asked for has been used: the next clearing asks for it anew.
                        reached_tiers.clear();
                        facts_seen.clear();
                    }
                }
            }
        }
        Ok((changes, lots))
    }

    /// Entries, facts of the subject, and the days on which something leaves.
    fn events(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        last: NaiveDate,
    ) -> Result<Vec<Event<'a>>, Need> {
        // The fold itself decides what leaves, so all entries up to the day are taken.
        let all = WindowOf::Ever { as_of: last };
        let mut counted = Vec::new();
        for one in self.counted(version, tally, subject, &all, last)? {
            if self.in_a_window(version, tally, subject, one.date)? {
                counted.push(one);
            }
        }
        let mut leave = BTreeSet::new();
        for one in &counted {
            let end = match &tally.window {
                Window::Rolling(_) => leaves(&tally.window, one.date)?,
                _ => match self.window_of_day(version, tally, subject, one.date)? {
                    WindowOf::Days { period } => Some(period.until),
                    _ => None,
                },
            };
            // What is carried leaves later: every following window's end is a day on which it may.
            let mut end = end;
            while let Some(day) = end.filter(|day| *day <= last) {
                leave.insert(day);
                end = match (&tally.carry, &tally.window) {
                    (Some(_), Window::Cycle(_) | Window::Named(_)) => {
                        match self.window_of_day(version, tally, subject, day)? {
                            WindowOf::Days { period } => Some(period.until),
                            _ => None,
                        }
                    }
                    _ => None,
                };
            }
        }
        let mut events: Vec<Event<'a>> = Vec::new();
        for (place, one) in self.admitted.iter().enumerate() {
            let Matter::Fact(fact) = &one.record.matter else { continue };
            let day = one.record.occurred_on;
            if one.record.subject == *subject
                && day <= last
                && self.in_a_window(version, tally, subject, day)?
            {
                events.push(Event::Fact(place, day, &one.record.id, fact));
            }
        }
        let places: BTreeMap<&RecordId, usize> =
            self.admitted.iter().enumerate().map(|(place, one)| (&one.record.id, place)).collect();
        events.extend(counted.into_iter().map(|counted| {
            Event::Entry(places.get(&counted.record).copied().unwrap_or(usize::MAX), counted)
        }));
        events.extend(leave.into_iter().map(Event::Leave));
        Ok(events)
    }

    /// Whether a day lies in a window of the tally's kind: what lies between terms or before the first cycle is in none.
    fn in_a_window(
        &self,
        version: Version<'a>,
        tally: &Tally,
        subject: &SubjectId,
        day: NaiveDate,
    ) -> Result<bool, Need> {
        let moment = Self::moment_of(day);
        Ok(window_if_any(&tally.window, version, self.roster, subject, &moment)?.is_some())
    }

    pub(crate) fn window_of_day(
        &self,
        version: Version<'a>,
        tally: &Tally,
        subject: &SubjectId,
        day: NaiveDate,
    ) -> Result<WindowOf, Need> {
        let moment = Self::moment_of(day);
        window_of(&tally.window, version, self.roster, subject, &moment)
    }

    /// Lots whose window has ended leave, unless they are carried over (S38).
    fn leave(
        &self,
        version: Version<'a>,
        tally: &'a Tally,
        subject: &SubjectId,
        lots: &mut Vec<Lot>,
        day: NaiveDate,
    ) -> Result<Option<Change>, Need> {
        let mut gone = Points::ZERO;
        let mut carried = Points::ZERO;
        let mut kept = Vec::new();
        let balance = total(lots)?;
        for lot in lots.drain(..) {
            let ended = match &tally.window {
                Window::Rolling(_) => leaves(&tally.window, lot.date)?.is_some_and(|end| end <= day),
                _ => match self.window_of_day(version, tally, subject, lot.date)? {
                    WindowOf::Days { period } => period.until <= day,
                    _ => false,
                },
            };
            let settled = match &tally.carry {
                // A balance that reached the limit goes over whole.
                Some(carry) if carry.only_below.is_some_and(|limit| balance >= limit) => false,
                Some(carry) => self.settled(&carry.unless, &lot.record, day),
                None => true,
            };
            if ended && settled {
                gone = gone.plus(lot.points)?;
            } else {
                if ended {
                    carried = carried.plus(lot.points)?;
                }
                kept.push(lot);
            }
        }
        *lots = kept;
        if gone.is_zero() && carried.is_zero() {
            return Ok(None);
        }
        let left = total(lots)?;
        let args = Args::none().with("day", day).with("gone", gone).with("carried", carried);
        let step = points_step(Step::BalanceLeft, args, left);
        Ok(Some(Change { on: day, record: None, reached: left, left, step }))
    }

    /// Whether a fact of this kind refers to the record, before the day.
    fn settled(&self, kind: &FactId, record: &RecordId, before: NaiveDate) -> bool {
        self.admitted.iter().any(|one| {
            one.record.occurred_on < before
                && matches!(&one.record.matter, Matter::Fact(f) if f.fact == *kind && f.refers_to.as_ref() == Some(record))
        })
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the parts of the fold's state that a redemption reads and changes"
    )]
    fn redeem(
        &self,
        version: Version<'a>,
        tally: &Tally,
        subject: &SubjectId,
        rule: &Redeem,
        lots: &mut Vec<Lot>,
        redeemed: &mut Vec<(Moment<'a>, Points)>,
        day: NaiveDate,
        record: &'a RecordId,
    ) -> Result<Option<Derivation>, Need> {
        let balance = total(lots)?;
        if rule.only_below.is_some_and(|limit| balance >= limit) {
            let args = Args::none()
                .with("record", record)
                .with("day", day)
                .with("limit", rule.only_below.unwrap_or_default());
            return Ok(Some(points_step(Step::RedeemRefused, args, balance)));
        }
        let now = Moment { day, visit: Visit::Alone(record) };
        let mut used = Points::ZERO;
        for (moment, points) in redeemed.iter() {
            if same_window(&tally.window, version, self.roster, subject, moment, &now)? {
                used = used.plus(*points)?;
            }
        }
        let left = match rule.max_per_window {
            Some(max) => max.minus(used)?.max(Points::ZERO),
            None => rule.points,
        };
        let off = rule.points.min(left).min(balance);
        take(lots, off)?;
        redeemed.push((now, off));
        let args = Args::none().with("record", record).with("day", day).with("off", off);
        Ok(Some(points_step(Step::Redeemed, args, total(lots)?)))
    }

    /// Facts that together clear the balance.
    fn clear(
        &self,
        tally: &Tally,
        lots: &mut Vec<Lot>,
        facts: &[(NaiveDate, FactId)],
        reached: &[(ducha_core::TierId, NaiveDate)],
        just_now: &FactId,
        day: NaiveDate,
    ) -> Result<Option<Derivation>, Need> {
        let asks =
            |rule: &&Clear| rule.facts.contains(just_now) || rule.all_settled_by.as_ref() == Some(just_now);
        for rule in tally.clear.iter().filter(asks) {
            let since = match &rule.tier {
                None => None,
                Some(tier) => match reached.iter().rev().find(|(id, _)| id == tier) {
                    Some((_, on)) => Some(*on),
                    None => continue,
                },
            };
            let all = rule.facts.iter().all(|kind| {
                facts.iter().any(|(on, fact)| fact == kind && since.is_none_or(|since| since <= *on))
            });
            let next = day.succ_opt().unwrap_or(day);
            let settled = rule
                .all_settled_by
                .as_ref()
                .is_none_or(|kind| lots.iter().all(|lot| self.settled(kind, &lot.record, next)));
            if all && settled && !lots.is_empty() {
                let before = total(lots)?;
                lots.clear();
                let args = Args::none().with("day", day).with("from", before);
                return Ok(Some(points_step(Step::BalanceCleared, args, Points::ZERO)));
            }
        }
        Ok(None)
    }
}

fn total(lots: &[Lot]) -> Result<Points, Need> {
    Ok(Points::sum(lots.iter().map(|lot| lot.points))?)
}

/// Takes points off, from the oldest lots first.
fn take(lots: &mut Vec<Lot>, mut amount: Points) -> Result<(), Need> {
    for lot in lots.iter_mut() {
        let off = lot.points.min(amount);
        lot.points = lot.points.minus(off)?;
        amount = amount.minus(off)?;
    }
    lots.retain(|lot| !lot.points.is_zero());
    Ok(())
}

/// Whether a value rises into a tier (or beyond) that it was not in before.
fn crossed(
    version: Version<'_>,
    ladder: &ducha_core::LadderId,
    tier: &ducha_core::TierId,
    before: Points,
    now: Points,
) -> bool {
    let Some(ladder) = version.ladder(ladder) else { return false };
    let Some(asked) = ladder.tier.iter().position(|t| t.id == *tier) else { return false };
    let at_least = |value| tier_of_value(version, ladder, value).is_ok_and(|(place, _)| place >= asked);
    at_least(now) && !at_least(before)
}
