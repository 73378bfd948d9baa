//! What stands of what fired, with everything that it brings (semantics §17, §18).

use super::{
    Judge, Known,
    consequence::{Firing, Why, told_apart},
    money::{Withheld, civil_month, is_guarded},
    window::Win,
};
use crate::{
    assessment::{Due, Fired, FiredExtent, FiredMoney, Outcome},
    versions::Version,
};
use alloc::{string::ToString, vec::Vec};
use chrono::{NaiveDate, NaiveTime};
use ducha_calendar::{Knowledge, Offset, Start, Terms, Unit};
use ducha_core::{Money, Period, Points, Rounding, RoundingMode};
use ducha_rulebook::annex::{consequence::Extent, duty::Limit};

impl<'a> Judge<'_, 'a> {
    /// Everything that stands, with what it brings: that of one month in the order of days and ids, since law bounds what is
    /// withheld in a month.
    // semantics §18
    pub(super) fn consequences(&self, firings: Vec<Firing<'a>>) -> Vec<Fired<()>> {
        let period = self.dossier.asked.period;
        // What was withheld earlier in a month counts, though another part of the month is asked for.
        let concerns =
            |period: Period, on: NaiveDate| civil_month(on).is_ok_and(|month| month.overlaps(&period));
        let named = firings.into_iter().filter(|one| period.is_none_or(|period| concerns(period, one.on)));
        let mut named: Vec<_> = named
            .filter_map(|one| Some((one.id(self.dossier, self.dossier.people.id(one.subject)?), one)))
            .collect();
        named.sort_by(|(a, x), (b, y)| (x.on, x.subject, a).cmp(&(y.on, y.subject, b)));
        let mut standing = self.not_replaced(&named);
        told_apart(&mut standing);
        let mut withheld = Withheld::default();
        let mut fired = Vec::new();
        for (id, one) in standing {
            let shown = period.is_none_or(|period| period.contains(one.on));
            let rule = one.consequence.money.as_ref();
            let guarded = rule.is_some_and(is_guarded);
            let before = withheld.before(one.subject, one.on);
            let money = rule.filter(|_| shown || guarded).map(|rule| self.money(&one, rule, &before));
            if let (Some(money), true) = (&money, guarded) {
                withheld.add(one.subject, one.on, money);
            }
            if shown {
                fired.extend(self.fire(id, &one, money));
            }
        }
        fired
    }

    /// A consequence with everything that it brings.
    fn fire(
        &self,
        id: alloc::string::String,
        firing: &Firing<'a>,
        money: Option<Known<Money>>,
    ) -> Option<Fired<()>> {
        let Firing { consequence, version, subject, on, .. } = *firing;
        let limit = consequence.within.as_ref().and_then(|id| version.limit(id));
        let due = limit.map(|limit| due(version, limit, on, self.hour_of(firing)));
        let requires = consequence.requires.iter();
        let lacking = requires.filter(|kind| self.fact_of(subject, kind, on).is_none()).cloned().collect();
        let provisional =
            due.as_ref().is_some_and(|due| due.provisional) || self.leans(firing, money.as_ref());
        let money = money.zip(consequence.money.as_ref()).map(|(amount, rule)| FiredMoney {
            amount: match amount {
                Ok(amount) => Outcome::Determined(amount),
                Err(missing) => Outcome::Undetermined(*missing),
            },
            nature: rule.nature,
            direction: rule.direction,
            derivation: (),
        });
        Some(Fired {
            id,
            consequence: consequence.id.clone(),
            name: consequence.name.clone(),
            kind: consequence.kind,
            sanction: consequence.sanction,
            subject: self.dossier.people.id(subject)?.clone(),
            cause: firing.cause(self.dossier)?,
            on,
            provisional,
            proposed_by: consequence.proposed_by,
            decided_by: consequence.decided_by,
            executed_by: consequence.executed_by,
            due,
            money,
            extent: consequence.extent.as_ref().map(|extent| self.extent(extent, firing)),
            lasts: consequence.lasts.map(|lasts| lasts.to_string()),
            notices: consequence.notices.clone(),
            lacking,
            derivation: (),
        })
    }

    /// The time of day of a finding that brings something by itself; what a tier brings comes with the end of a day.
    fn hour_of(&self, firing: &Firing<'a>) -> Option<NaiveTime> {
        let Why::Finding(live, _) = firing.why else { return None };
        self.dossier.live(live)?.record.occurred_at
    }

    // semantics §18.4
    fn extent(&self, extent: &Extent, firing: &Firing<'a>) -> FiredExtent<()> {
        let ids = core::slice::from_ref(&firing.consequence.id);
        let fired = self.fired_days(ids, firing.subject);
        let fired = fired.get(..fired.partition_point(|fired| fired.on <= firing.on)).unwrap_or_default();
        let other_cycle = |window: Option<Win>| match (window, &firing.why) {
            (Some(window @ Win::Days { .. }), Why::Tier(crossing)) => {
                matches!(crossing.window, Win::Days { .. }) && window != crossing.window
            }
            _ => false,
        };
        let others = match firing.why {
            Why::Tier(_) => fired.iter().filter(|fired| other_cycle(fired.window)).count(),
            Why::Finding(..) | Why::Ranking(..) => 0,
        };
        let times = u32::try_from(fired.len().saturating_sub(others)).unwrap_or(u32::MAX).max(1);
        let further = match (extent.per, firing.value) {
            (Some(per), Some(value)) if !per.is_zero() => {
                let whole = Rounding { mode: RoundingMode::Floor, to: rust_decimal::Decimal::ONE };
                let further = value.over(per, whole).and_then(|n| n.minus(Points::ONE));
                further.unwrap_or_default().max(Points::ZERO)
            }
            _ => Points::ZERO,
        };
        let each = extent.each.unwrap_or_default();
        let more = Points::from(times.saturating_sub(1)).plus(further).and_then(|n| each.times(n));
        let amount = more.and_then(|more| extent.base.plus(more)).unwrap_or(extent.base);
        let amount = extent.max.map_or(amount, |max| amount.min(max));
        FiredExtent { amount, unit: extent.unit.clone(), derivation: () }
    }
}

/// The last day of a limit that begins on a day; the hour decides only where hours are counted.
// semantics §17
fn due(version: Version<'_>, limit: &Limit, day: NaiveDate, time: Option<NaiveTime>) -> Due<()> {
    let by_hour = matches!(limit.length.unit(), Unit::Hours | Unit::WorkingHours);
    let moment = time.filter(|_| by_hour).and_then(|time| Offset::BEIJING.moment(day.and_time(time)));
    let start = moment.map_or(Start::Day(day), Start::Moment);
    match Terms::of(limit.length).rolling(limit.roll).from(start, &*version.calendar()) {
        Ok(found) => Due {
            on: Some(found.due),
            at: found.closes,
            provisional: found.knowledge == Knowledge::Provisional,
            derivation: (),
        },
        Err(_) => Due { on: None, at: None, provisional: false, derivation: () },
    }
}
