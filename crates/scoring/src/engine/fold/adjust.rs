//! What a price becomes before factors of repetition: counted once, warned first, by whom it was found (semantics §4.3, §4.4).

use super::{Draft, Fold, Halt, Live, NO_MONEY, Reckoned};
use crate::{
    adjust::veto_applies,
    assessment::EntryKind,
    due::is_by_hour,
    engine::{
        dossier::Visit,
        reach::{Held, Reach},
        scale::{Scaled, ScaledFactor},
        tables::Item,
    },
    window::off_the_calendar,
};
use chrono::NaiveDate;
use ducha_calendar::{Knowledge, Offset, Roll, Start, Terms, TimeLimit, live_until};
use ducha_core::{
    Factor, Matter, Quantity,
    record::{Finding, standard_fact},
};
use ducha_rulebook::annex::{
    clause::{Clause, OncePer, VetoEffect, Warning},
    price::{CountOver, Price},
    vocabulary::SourceKind,
    window::{NamedWindow, Window},
};

/// The last day of a time limit as the calendar tells it; nothing where it does not know.
#[derive(Debug, Clone, Copy)]
pub(super) struct LastDay {
    pub(super) on: Option<NaiveDate>,
    /// Whether it ends within the day.
    pub(super) by_hour: bool,
    pub(super) provisional: bool,
}

impl<'a> Fold<'_, 'a> {
    // semantics §4.3
    pub(super) fn price_of_finding(
        &self,
        place: u32,
        one: &Live<'a>,
        item: &Item,
        clause: &Clause,
        finding: &Finding,
        before: &[Draft],
    ) -> Reckoned<Draft> {
        let counted = || self.counted_before(one, item, clause, before);
        let points = self.price_finding(one, item, clause, finding, counted)?;
        let mut draft = self.draft(place, one, EntryKind::Deduction, points);
        draft.posting.money = self.price_money(clause, finding)?;
        draft.loses_item =
            clause.veto.iter().any(|veto| veto.effect == VetoEffect::LoseItem && veto_applies(veto, finding));
        if self.counted_already(&draft, item, clause, before) {
            draft.free();
        } else if let Some(warning) = &clause.warning
            && !self.warned_before(&draft, item, warning, before)?
        {
            draft.free();
        }
        if let Some(source) = &finding.source {
            self.by_source(&mut draft, one, clause, finding, source)?;
        }
        draft.base = draft.posting.points;
        Ok(draft)
    }

    /// The earlier entries of the same subject under the same clause, the latest first.
    fn siblings<'d>(
        &self,
        subject: u32,
        item: &'d Item,
        before: &'d [Draft],
    ) -> impl Iterator<Item = &'d Draft> {
        before.iter().rev().filter(move |draft| {
            draft.posting.subject == subject
                && self.code_of(draft).is_some_and(|code| item.kin.contains(&code))
        })
    }

    /// The number of the code of an entry's clause.
    pub(super) fn code_of(&self, draft: &Draft) -> Option<u32> {
        self.tables.item(draft.posting.version, draft.posting.clause).map(|item| item.code)
    }

    /// Whether the clause counts once, and did already.
    fn counted_already(&self, draft: &Draft, item: &Item, clause: &Clause, before: &[Draft]) -> bool {
        let Some(once) = clause.once_per else { return false };
        let mut siblings = self.siblings(draft.posting.subject, item, before);
        match once {
            OncePer::Inspection => siblings.any(|sibling| sibling.posting.visit == draft.posting.visit),
            OncePer::Day => siblings.next().is_some_and(|sibling| sibling.posting.day == draft.posting.day),
        }
    }

    /// The quantity of the earlier findings that are counted together with this one (S7).
    fn counted_before(
        &self,
        one: &Live<'a>,
        item: &Item,
        clause: &Clause,
        before: &[Draft],
    ) -> Reckoned<Quantity> {
        let Price::Count { over, .. } = &clause.price else { return Ok(Quantity::ZERO) };
        let window = match over {
            CountOver::Finding => return Ok(Quantity::ZERO),
            CountOver::Inspection => NamedWindow::Inspection,
            CountOver::Day => NamedWindow::Day,
            CountOver::Month => NamedWindow::Month,
        };
        let mut siblings = self.siblings(one.subject, item, before).peekable();
        let (Some(_), Some(version)) = (siblings.peek(), self.version(one.version)) else {
            return Ok(Quantity::ZERO);
        };
        let reach = Reach::of(&Window::Named(window));
        let frame = reach.frame(version, self.people, one.subject, one.record.occurred_on, one.visit)?;
        let mut total = Quantity::ZERO;
        for sibling in siblings {
            match frame.holds(sibling.posting.day, sibling.posting.visit) {
                Held::Yes => {
                    let finding = self.live(sibling.posting.live).and_then(|one| match &one.record.matter {
                        Matter::Finding(finding) => finding.quantity,
                        _ => None,
                    });
                    total = total.plus(finding.unwrap_or(Quantity::ONE)).map_err(ducha_core::Need::from)?;
                }
                Held::No => {}
                Held::Past => break,
            }
        }
        Ok(total)
    }

    /// Whether an earlier finding or a warning that was served is still valid (S39).
    // semantics §4.3
    fn warned_before(
        &self,
        draft: &Draft,
        item: &Item,
        warning: &Warning,
        before: &[Draft],
    ) -> Reckoned<bool> {
        let valid = |act: NaiveDate| -> Reckoned<bool> {
            let until = live_until(act, warning.validity, warning.last_day);
            Ok(draft.posting.day < until.map_err(|_| off_the_calendar(act))?)
        };
        // The later an act, the longer it is valid: the latest sibling decides.
        let latest = self.siblings(draft.posting.subject, item, before).next();
        let mut warned = latest.map(|sibling| valid(sibling.posting.day)).transpose()?.unwrap_or(false);
        for place in
            self.facts.of_subject(draft.posting.subject).take_while(|place| *place < draft.posting.live)
        {
            let Some(one) = self.live(place) else { continue };
            let Matter::Fact(fact) = &one.record.matter else { continue };
            if fact.fact.as_str() != standard_fact::WARNING_SERVED {
                continue;
            }
            let concerns = fact.refers_to.as_ref().is_none_or(|id| {
                let mut siblings = self.siblings(draft.posting.subject, item, before);
                siblings.any(|sibling| self.live(sibling.posting.live).is_some_and(|of| of.record.id == *id))
            });
            warned |= concerns && valid(one.record.occurred_on)?;
        }
        Ok(warned)
    }

    /// The factor of who found it (S32), and of what a unit found and mended itself (art. 3).
    // semantics §4.4
    fn by_source(
        &self,
        draft: &mut Draft,
        one: &Live<'a>,
        clause: &Clause,
        finding: &Finding,
        source: &ducha_core::SourceId,
    ) -> Reckoned<()> {
        let Some(version) = self.version(one.version) else { return Ok(()) };
        let Some(source) = version.annex.source.iter().find(|known| known.id == *source) else {
            return Ok(());
        };
        let replaced = matches!(clause.price, Price::BySource { .. });
        if let Some(factor) = source.factor.filter(|_| !replaced) {
            draft.multiply(factor)?;
        }
        let (Some(own), SourceKind::OwnUnit, Some(corrected)) =
            (&clause.self_found, source.kind, finding.corrected_on)
        else {
            return Ok(());
        };
        let asked = own.within.filter(|limit| draft.posting.day < corrected || is_by_hour(*limit));
        let limit = asked.map(|limit| self.last_day(one, limit, Roll::Following, draft.posting.day));
        let last = limit.map(|last| last.on.filter(|on| !last.by_hour || *on != corrected));
        match last {
            // What no calendar tells is not taken for granted.
            Some(None) => {}
            Some(Some(last)) if last < corrected => return Ok(()),
            _ => draft.multiply(own.factor)?,
        }
        draft.posting.leans |= limit.is_some_and(|last| last.provisional);
        Ok(())
    }

    /// The last day of a limit that runs from a record's act.
    // semantics §17
    pub(super) fn last_day(&self, one: &Live<'a>, limit: TimeLimit, roll: Roll, from: NaiveDate) -> LastDay {
        let unknown = LastDay { on: None, by_hour: false, provisional: false };
        let Some(version) = self.version(one.version) else { return unknown };
        let calendar = version.calendar();
        let time = one.record.occurred_at.filter(|_| is_by_hour(limit));
        let moment = time.and_then(|time| Offset::BEIJING.moment(from.and_time(time)));
        let start = moment.map_or(Start::Day(from), Start::Moment);
        match Terms::of(limit).rolling(roll).from(start, &*calendar) {
            Ok(found) => LastDay {
                on: Some(found.due),
                by_hour: found.closes.is_some(),
                provisional: found.knowledge == Knowledge::Provisional,
            },
            Err(_) => unknown,
        }
    }
}

impl Draft {
    /// It costs nothing, and loses no item.
    fn free(&mut self) {
        self.posting.points = 0;
        self.posting.money = NO_MONEY;
        self.loses_item = false;
    }

    /// Multiplies points and money.
    fn multiply(&mut self, factor: Factor) -> Reckoned<()> {
        self.times(ScaledFactor::of(factor).ok_or(Halt::HeadRoom)?)
    }

    /// Multiplies points and money.
    pub(super) fn times(&mut self, factor: ScaledFactor) -> Reckoned<()> {
        self.posting.points = Scaled::product(self.posting.points, factor)?;
        if self.posting.money != NO_MONEY {
            self.posting.money = Scaled::product(self.posting.money, factor)?;
        }
        Ok(())
    }

    pub(super) const fn visit(&self) -> Visit {
        self.posting.visit
    }
}
