//! The two lines of liability: leaders' own for what became overdue, and shares of what others were deducted (semantics §16).

use super::{Draft, Fold, Halt, Live, NO_MONEY, NONE, NoHeadRoom, Reckoned, Struck, sweep::source_of};
use crate::{
    assessment::{EntryKind, need},
    draft::in_scope,
    engine::dossier::{Posting, Visit},
};
use alloc::{vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Factor, Matter, Need, Points, Quantity, Rounding, RoundingMode, Step, Subject, exact,
    message::Args,
    record::{Fact, Finding},
};
use ducha_rulebook::annex::policy::{Accountability, OnDouble, Share, ShareTo, Split};

/// A share, with the record that it is about and whether the higher alone holds beside an own liability.
struct Part {
    draft: Draft,
    higher_alone: bool,
}

impl<'a> Fold<'_, 'a> {
    /// What falls on others: on leaders for what became overdue, and shares of what the caps left.
    pub(super) fn charge_others(
        &self,
        drafts: &mut Vec<Draft>,
        struck: &mut Vec<Struck>,
    ) -> Result<(), NoHeadRoom> {
        let any = |rule: fn(&ducha_rulebook::Annex) -> bool| self.versions.iter().any(|v| rule(v.annex));
        let accountable = any(|annex| !annex.accountability.is_empty());
        let shares = any(|annex| !annex.share.is_empty());
        if !accountable && !shares {
            return Ok(());
        }
        drafts.sort_by_key(|draft| draft.posting.key());
        if accountable {
            self.accountable(drafts, struck)?;
        }
        if shares {
            self.shared(drafts, struck)?;
        }
        Ok(())
    }

    /// A fact such as `overdue` falls on whoever led on the day it became overdue (art. 15).
    // semantics §16
    fn accountable(&self, drafts: &mut Vec<Draft>, struck: &mut Vec<Struck>) -> Result<(), NoHeadRoom> {
        // The first entry of each record.
        let mut first_of: Vec<u32> = vec![NONE; self.live.len()];
        for (at, draft) in (0_u32..).zip(drafts.iter()) {
            if let Some(first) = first_of.get_mut(draft.posting.live as usize).filter(|first| **first == NONE)
            {
                *first = at;
            }
        }
        let mut extra = Vec::new();
        for (place, one) in (0_u32..).zip(self.live) {
            let Matter::Fact(fact) = &one.record.matter else { continue };
            let Some(version) = self.version(one.version) else { continue };
            let mut charged = Vec::new();
            let mut missing: Option<Need> = None;
            for rule in version.annex.accountability.iter().filter(|rule| rule.fact == fact.fact) {
                let origin = self.facts.record_of(place).and_then(|about| first_of.get(about as usize));
                let origin = origin.and_then(|at| drafts.get(*at as usize));
                if !self.covers(rule, version, fact, origin) {
                    continue;
                }
                match self.charge_leader(place, one, fact, rule, origin) {
                    Ok(draft) => charged.push(draft),
                    Err(Halt::Refused(need)) => missing = missing.or(Some(*need)),
                    Err(Halt::HeadRoom) => return Err(NoHeadRoom(one.index)),
                }
            }
            // A row is scored whole or refused whole.
            match missing {
                Some(need) => struck.push((one.index, need)),
                None => extra.append(&mut charged),
            }
        }
        drafts.append(&mut extra);
        Ok(())
    }

    /// Whether the rule is about the entry of the finding, if the fact is about one.
    fn covers(
        &self,
        rule: &Accountability,
        version: crate::versions::Version<'_>,
        fact: &Fact,
        origin: Option<&Draft>,
    ) -> bool {
        let Some(scope) = &rule.scope else {
            // Nobody answers for what was revoked or refused.
            return fact.refers_to.is_none() || origin.is_some();
        };
        let Some(origin) = origin else { return false };
        let (Some(pricing), Some(clause), Some(one)) = (
            self.version(origin.posting.version),
            self.clause(&origin.posting),
            self.live(origin.posting.live),
        ) else {
            return false;
        };
        in_scope(scope, version, pricing, clause, source_of(one))
    }

    fn charge_leader(
        &self,
        place: u32,
        one: &Live<'a>,
        fact: &Fact,
        rule: &Accountability,
        origin: Option<&Draft>,
    ) -> Reckoned<Draft> {
        let told = one.record.occurred_on;
        let overdue = fact.due_on.and_then(|due| due.succ_opt());
        let day = overdue.filter(|day| *day <= told).unwrap_or(told);
        let whose =
            origin.and_then(|draft| self.live(draft.posting.live)).map_or(one.subject, |of| of.subject);
        let leader = self.leader(whose, day, rule.to == ShareTo::UpperLeader).ok_or_else(|| {
            let args =
                self.people.id(whose).into_iter().fold(Args::none(), |args, id| args.with("subject", id));
            need(Step::LeaderUnknown, args.with("day", day))
        })?;
        // The day on which it became overdue decides the price.
        let in_force = self.versions.in_force(day).filter(|version| version.clause(&rule.clause).is_some());
        let version = in_force.map_or(Some(one.version), |version| u32::try_from(version.number).ok());
        let mut one = *one;
        one.version = version.unwrap_or(one.version);
        let clauses = self.version(one.version).map(|v| v.annex.clause.as_slice()).unwrap_or_default();
        let found = clauses.iter().position(|clause| clause.id == rule.clause);
        let clause = found.and_then(|at| u32::try_from(at).ok()).zip(found.and_then(|at| clauses.get(at)));
        let (at, clause) = clause.ok_or_else(crate::refusal::clause_missing)?;
        let Some(item) = self.tables.item(one.version, at) else { return Err(Halt::HeadRoom) };
        let finding = Finding { clause: Some(clause.id.clone()), ..Finding::default() };
        let points = self.price_finding(&one, item, clause, &finding, || Ok(Quantity::ZERO))?;
        let mut draft = self.draft(place, &one, EntryKind::Accountability, points);
        draft.posting.clause = at;
        draft.posting.subject = leader;
        draft.posting.day = day;
        draft.posting.visit = Visit::Alone(one.index);
        Ok(draft)
    }

    /// Shares of what the caps left, onto leaders, units or members.
    // semantics §16
    fn shared(&self, drafts: &mut Vec<Draft>, struck: &mut Vec<Struck>) -> Result<(), NoHeadRoom> {
        let mut parts: Vec<Part> = Vec::new();
        let mut released = Vec::new();
        let mut failed = Vec::new();
        for (at, draft) in drafts.iter().enumerate() {
            if !matches!(draft.posting.kind, EntryKind::Deduction | EntryKind::Unrectified)
                || draft.posting.points == 0
            {
                continue;
            }
            let (Some(version), Some(clause), Some(one)) = (
                self.version(draft.posting.version),
                self.clause(&draft.posting),
                self.live(draft.posting.live),
            ) else {
                continue;
            };
            for (n, rule) in (0_u32..).zip(&version.annex.share) {
                if !in_scope(&rule.scope, version, version, clause, source_of(one)) {
                    continue;
                }
                match self.bear(draft, one, rule, n) {
                    Ok(shares) => {
                        if !shares.is_empty() && !rule.subject_keeps {
                            released.push(at);
                        }
                        let higher_alone = rule.on_double == OnDouble::Higher;
                        parts.extend(shares.into_iter().map(|draft| Part { draft, higher_alone }));
                    }
                    // Who is unknown stays unknown: the finding itself is scored all the same.
                    Err(Halt::Refused(need))
                        if matches!(need.step, Step::LeaderUnknown | Step::MembersUnknown) => {}
                    Err(Halt::Refused(need)) => {
                        failed.push(draft.posting.live);
                        struck.push((one.index, *need));
                    }
                    Err(Halt::HeadRoom) => return Err(NoHeadRoom(one.index)),
                }
            }
        }
        for at in released {
            if let Some(draft) = drafts.get_mut(at) {
                draft.posting.points = 0;
            }
        }
        self.settle_double(drafts, &mut parts);
        drafts.extend(parts.into_iter().map(|part| part.draft));
        if !failed.is_empty() {
            drafts.retain(|draft| !failed.contains(&draft.posting.live));
        }
        Ok(())
    }

    fn bear(&self, draft: &Draft, one: &Live<'a>, rule: &Share, number: u32) -> Reckoned<Vec<Draft>> {
        let (subject, day) = (one.subject, one.record.occurred_on);
        let told = || Args::none().with("subject", &one.record.subject).with("day", day);
        let missing = || Halt::from(need(Step::LeaderUnknown, told()));
        let bearers: Vec<u32> = match rule.to {
            ShareTo::Leader => vec![self.leader(subject, day, false).ok_or_else(missing)?],
            ShareTo::UpperLeader => vec![self.leader(subject, day, true).ok_or_else(missing)?],
            ShareTo::Unit => vec![self.parent(subject, day).ok_or_else(missing)?],
            ShareTo::Members => self.members(subject, day),
        };
        if bearers.is_empty() {
            return Err(need(Step::MembersUnknown, told()).into());
        }
        let exact = |points: Result<Points, ducha_core::ArithmeticError>| points.map_err(Need::from);
        let percent = exact(self.points(draft.posting.points).times(rule.percent))?;
        let whole = exact(percent.over(Factor::from(100), rule.rounding))?;
        let shares = match rule.split {
            Some(Split::LargestRemainder) => divided(whole, bearers.len(), rule.rounding)?,
            _ => vec![whole; bearers.len()],
        };
        let parts = bearers.into_iter().zip(shares).map(|(bearer, points)| {
            let points = self.scaled(points)?;
            let posting = Posting {
                kind: EntryKind::Share,
                // Behind the supplementary entries of the same record, in the order of the rules.
                nth: draft.posting.nth.saturating_add(1000).saturating_add(number),
                subject: bearer,
                points,
                money: NO_MONEY,
                ..draft.posting
            };
            Ok(Draft {
                posting,
                base: points,
                capped: points,
                loses_item: false,
                of_finding: draft.of_finding,
            })
        });
        parts.collect()
    }

    /// Where a share and an own liability hit one person for one finding, and the rule says so, the higher alone holds.
    fn settle_double(&self, drafts: &mut [Draft], parts: &mut [Part]) {
        for own in drafts.iter_mut().filter(|draft| draft.posting.kind == EntryKind::Accountability) {
            let Some(about) = self.facts.record_of(own.posting.live) else { continue };
            for part in parts.iter_mut().filter(|part| part.higher_alone) {
                let share = &mut part.draft.posting;
                if share.subject != own.posting.subject || share.live != about {
                    continue;
                }
                let lower = if own.posting.points >= share.points { share } else { &mut own.posting };
                lower.points = 0;
            }
        }
    }

    fn parent(&self, subject: u32, day: NaiveDate) -> Option<u32> {
        let id = self.people.id(subject)?;
        self.people.number(self.people.organisation?.parent_on(id, day)?)
    }

    /// Who belongs to a unit on a day, in the order of ids.
    fn members(&self, subject: u32, day: NaiveDate) -> Vec<u32> {
        let (Some(organisation), Some(id)) = (self.people.organisation, self.people.id(subject)) else {
            return Vec::new();
        };
        organisation.members_on(id, day).filter_map(|member| self.people.number(&member.id)).collect()
    }

    /// Who leads the unit of the subject on that day, or the unit above it.
    fn leader(&self, subject: u32, day: NaiveDate, upper: bool) -> Option<u32> {
        let organisation = self.people.organisation?;
        let id = self.people.id(subject)?;
        let leads = |subject: &Subject| !subject.leader.is_empty();
        let mut unit = if self.people.subject(subject).is_some_and(leads) {
            id
        } else {
            organisation.parent_on(id, day)?
        };
        if upper {
            unit = organisation.parent_on(unit, day)?;
        }
        let mut leader = organisation.leader_on(unit, day)?;
        // Who leads a unit answers for it above.
        if leader.person == *id {
            leader = organisation.leader_on(organisation.parent_on(unit, day)?, day)?;
        }
        self.people.number(&leader.person)
    }
}

/// Equal parts that add up to the whole: each rounded down, the rest given out step by step.
fn divided(whole: Points, count: usize, rounding: Rounding) -> Result<Vec<Points>, Need> {
    let down = Rounding { mode: RoundingMode::Down, to: rounding.to };
    let n = Factor::from(u32::try_from(count).unwrap_or(u32::MAX));
    let each: Points = whole.over(n, down)?;
    let mut rest = whole.minus(each.times(n)?)?;
    let step = Points::new(rounding.to);
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let more = rest >= step && exact::is_multiple(rest.decimal(), rounding.to)?;
        parts.push(if more { each.plus(step)? } else { each });
        if more {
            rest = rest.minus(step)?;
        }
    }
    Ok(parts)
}
