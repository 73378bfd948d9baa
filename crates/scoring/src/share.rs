//! The two lines of liability: shares of what others were deducted, and leaders' own for what became overdue (semantics §16).

use crate::{
    admit::Admitted,
    assessment::{EntryKind, need},
    draft::{Draft, in_scope},
    fold::{Fold, Struck},
    price::points_step,
};
use alloc::{vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    Derivation, Matter, Need, Points, Quantity, Rounding, Step, SubjectId, Value, exact, message::Args,
    record::Finding,
};
use ducha_rulebook::annex::policy::{Accountability, OnDouble, Share, ShareTo, Split};

/// A fact such as `overdue` falls on whoever led on the day it became overdue, under the clause that the rule names.
// semantics §16
pub(crate) fn accountable<'a>(
    fold: &Fold<'_, 'a>,
    drafts: &mut Vec<Draft<'a>>,
    admitted: &[Admitted<'a>],
) -> Vec<Struck> {
    let mut struck = Vec::new();
    let mut extra = Vec::new();
    for (order, one) in admitted.iter().enumerate() {
        let Matter::Fact(fact) = &one.record.matter else { continue };
        let mut charged = Vec::new();
        let mut missing = None;
        for rule in one.version.annex.accountability.iter().filter(|rule| rule.fact == fact.fact) {
            let origin =
                fact.refers_to.as_ref().and_then(|id| drafts.iter().find(|d| d.admitted.record.id == *id));
            let covered = match (&rule.scope, origin.and_then(|d| d.clause.map(|c| (d, c)))) {
                // Nobody answers for what was revoked or refused.
                (None, _) => fact.refers_to.is_none() || origin.is_some(),
                (Some(scope), Some((d, clause))) => {
                    in_scope(scope, one.version, d.admitted.version, clause, d.source())
                }
                (Some(_), None) => false,
            };
            if !covered {
                continue;
            }
            let told = one.record.occurred_on;
            let overdue = fact.due_on.and_then(|due| due.succ_opt());
            let day = overdue.filter(|day| *day <= told).unwrap_or(told);
            match charge_leader(fold, *one, order, rule, origin, day) {
                Ok(draft) => charged.push(draft),
                Err(need) => missing = missing.or(Some(need)),
            }
        }
        // A row is scored whole or refused whole.
        match missing {
            Some(need) => struck.push((one.index, need)),
            None => extra.extend(charged),
        }
    }
    drafts.extend(extra);
    struck
}

fn charge_leader<'a>(
    fold: &Fold<'_, 'a>,
    one: Admitted<'a>,
    order: usize,
    rule: &'a Accountability,
    origin: Option<&Draft<'a>>,
    day: NaiveDate,
) -> Result<Draft<'a>, Need> {
    let whose: &'a SubjectId = origin.map_or(&one.record.subject, |d| &d.admitted.record.subject);
    let levels = u32::from(rule.to == ShareTo::UpperLeader);
    let leader = fold.roster.leader(whose, day, levels);
    let leader = leader
        .ok_or_else(|| need(Step::LeaderUnknown, Args::none().with("subject", whose).with("day", day)))?;
    // The day on which it became overdue decides the price.
    let version = fold.versions.in_force(day).filter(|v| v.clause(&rule.clause).is_some());
    let one = Admitted { version: version.unwrap_or(one.version), ..one };
    let clause = one.version.clause(&rule.clause);
    let clause = clause.ok_or_else(crate::refusal::clause_missing)?;
    let finding = Finding { clause: Some(clause.id.clone()), ..Finding::default() };
    let price = crate::price::price_finding(fold.request, &one, clause, &finding, Quantity::ZERO)?;
    let points = crate::price::points_of(&price);
    let args = Args::none()
        .with("leader", &leader)
        .with("subject", whose)
        .with("day", day)
        .with("record", origin.map_or(&one.record.id, |d| &d.admitted.record.id))
        .with("points", points);
    let mut cites: Vec<_> = ducha_core::Citation::article(15).into_iter().collect();
    cites.push(one.version.cite_rule("accountability", &rule.id));
    let steps = Derivation::new(Step::LeaderOnDay, args, Value::Points(points)).citing(cites).using([price]);
    Ok(Draft {
        kind: EntryKind::Accountability,
        admitted: one,
        order: (order, 0),
        subject: leader,
        clause: Some(clause),
        award: None,
        finding: None,
        day,
        moment: crate::window::Moment { day, visit: crate::window::Visit::Alone(&one.record.id) },
        steps,
        base: points,
        money: None,
        loses_item: false,
        share: None,
    })
}

/// Shares of what the caps left, onto leaders, units or members.
// semantics §16
pub(crate) fn shared<'a>(fold: &Fold<'_, 'a>, drafts: &mut Vec<Draft<'a>>) -> Vec<(usize, Need)> {
    let mut failed = Vec::new();
    let mut extra: Vec<Draft<'a>> = Vec::new();
    let mut released = Vec::new();
    let mut unplaced = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        if !matches!(draft.kind, EntryKind::Deduction | EntryKind::Unrectified) {
            continue;
        }
        let Some(clause) = draft.clause else { continue };
        let version = draft.admitted.version;
        let source = draft.source();
        for (n, rule) in version.annex.share.iter().enumerate() {
            if draft.points().is_zero() || !in_scope(&rule.scope, version, version, clause, source) {
                continue;
            }
            match bear(fold, draft, rule, n) {
                Ok(shares) => {
                    if !shares.is_empty() && !rule.subject_keeps {
                        released.push(at);
                    }
                    extra.extend(shares);
                }
                // Who is unknown stays unknown: the finding itself is scored all the same.
                Err(need) if matches!(need.step, Step::LeaderUnknown | Step::MembersUnknown) => {
                    unplaced.push((at, rule.id.clone(), need));
                }
                Err(need) => failed.push((draft.admitted.index, need)),
            }
        }
    }
    for (at, share, need) in unplaced {
        if let Some(draft) = drafts.get_mut(at) {
            let why =
                ducha_core::Label::new(need.text(ducha_core::Lang::Zh), need.text(ducha_core::Lang::En));
            let points = draft.points();
            draft.then(
                Step::ShareUnplaced,
                Args::none().with("share", &share).with("why", &why),
                points,
                Vec::new(),
            );
        }
    }
    for at in released {
        if let Some(draft) = drafts.get_mut(at) {
            draft.then(Step::ShareMoved, Args::none(), Points::ZERO, Vec::new());
        }
    }
    settle_double(drafts, &mut extra);
    drafts.extend(extra);
    failed
}

fn bear<'a>(
    fold: &Fold<'_, 'a>,
    draft: &Draft<'a>,
    rule: &'a Share,
    number: usize,
) -> Result<Vec<Draft<'a>>, Need> {
    let (subject, day) = (&draft.admitted.record.subject, draft.admitted.record.occurred_on);
    let missing = || need(Step::LeaderUnknown, Args::none().with("subject", subject).with("day", day));
    let bearers: Vec<SubjectId> = match rule.to {
        ShareTo::Leader => vec![fold.roster.leader(subject, day, 0).ok_or_else(missing)?],
        ShareTo::UpperLeader => vec![fold.roster.leader(subject, day, 1).ok_or_else(missing)?],
        ShareTo::Unit => vec![fold.roster.parent(subject, day).cloned().ok_or_else(missing)?],
        ShareTo::Members => fold.roster.members(subject, day),
    };
    if bearers.is_empty() {
        return Err(need(Step::MembersUnknown, Args::none().with("subject", subject).with("day", day)));
    }
    let hundred = ducha_core::Factor::from(100);
    let percent = draft.points().times(rule.percent)?;
    let whole = percent.over(hundred, rule.rounding)?;
    // A hundredth has two places more: where they are too many, the rounded share is all that can be told.
    let hundredth = ducha_core::Factor::new(rust_decimal::Decimal::new(1, 2));
    let exact = percent.times(hundredth).unwrap_or(whole);
    let parts = match rule.split {
        Some(Split::LargestRemainder) => divided(whole, bearers.len(), rule.rounding)?,
        _ => vec![whole; bearers.len()],
    };
    let version = draft.admitted.version;
    let bearers_in_all = bearers.len();
    let share = |(bearer, points): (SubjectId, Points)| {
        let args = Args::none()
            .with("subject", &draft.subject)
            .with("bearer", &bearer)
            .with("percent", rule.percent.decimal())
            .with("from", draft.points());
        let mut steps = points_step(Step::Shared, args, exact)
            .citing([version.cite_rule("share", &rule.id)])
            .using([draft.steps.clone()]);
        if whole != exact {
            let args = Args::none().with("from", exact).with("to", rule.rounding.to);
            steps = points_step(Step::Rounded, args, whole).using([steps]);
        }
        if points != whole || bearers_in_all > 1 && rule.split == Some(Split::LargestRemainder) {
            let args = Args::none().with("from", whole).with("count", bearers_in_all);
            steps = points_step(Step::ShareDivided, args, points).using([steps]);
        }
        let mut part = draft.clone();
        part.kind = EntryKind::Share;
        // Behind the supplementary entries of the same record, in the order of the rules.
        part.order = (draft.order.0, draft.order.1.saturating_add(1000).saturating_add(number));
        part.subject = bearer;
        part.base = points;
        part.steps = steps;
        part.money = None;
        part.loses_item = false;
        part.share = Some(rule);
        part
    };
    Ok(bearers.into_iter().zip(parts).map(share).collect())
}

/// Equal parts that add up to the whole: each rounded down, the rest given out step by step, in the order of ids.
fn divided(whole: Points, count: usize, rounding: Rounding) -> Result<Vec<Points>, Need> {
    let down = Rounding { mode: ducha_core::RoundingMode::Down, to: rounding.to };
    let n = ducha_core::Factor::from(u32::try_from(count).unwrap_or(u32::MAX));
    let each = whole.over(n, down)?;
    let mut rest = whole.minus(each.times(n)?)?;
    let step = Points::new(rounding.to);
    let mut parts = Vec::new();
    for _ in 0..count {
        if rest >= step && exact::is_multiple(rest.decimal(), rounding.to)? {
            parts.push(each.plus(step)?);
            rest = rest.minus(step)?;
        } else {
            parts.push(each);
        }
    }
    Ok(parts)
}

/// Where a share and an own liability hit one person for one finding, and the rule says so, the higher alone holds.
fn settle_double<'a>(drafts: &mut [Draft<'a>], shares: &mut [Draft<'a>]) {
    for own in drafts.iter_mut().filter(|d| d.kind == EntryKind::Accountability) {
        let Matter::Fact(fact) = &own.admitted.record.matter else { continue };
        for share in shares.iter_mut() {
            let one_person = share.subject == own.subject;
            let one_finding = fact.refers_to.as_ref() == Some(&share.admitted.record.id);
            let higher_alone = share.share.is_some_and(|rule| rule.on_double == OnDouble::Higher);
            if !one_person || !one_finding || !higher_alone {
                continue;
            }
            let higher = own.points().max(share.points());
            let lower = if own.points() >= share.points() { share } else { &mut *own };
            lower.then(Step::HigherAlone, Args::none().with("higher", higher), Points::ZERO, Vec::new());
        }
    }
}
