//! What is declared and used by nothing: most often a forgotten reference.

use super::book::{Book, at};
use crate::{Code, Diagnostic, annex::money::Formula, annex::price::Price};
use alloc::{collections::BTreeSet, vec::Vec};
use ducha_core::{FactId, Id, Label, Matter, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let annex = book.annex;
    let mut report = |table: &'static str, used: &BTreeSet<&str>, ids: Vec<&str>, what: (&str, &str)| {
        for (i, id) in ids.into_iter().enumerate().filter(|(_, id)| !used.contains(id)) {
            let args = Args::none().with("id", id).with("what", &Label::new(what.0, what.1));
            out.push(Diagnostic::new(Code::Unused, at(table, i), args));
        }
    };
    let clauses = || annex.clause.iter();
    let used = clauses().filter_map(|clause| clause.section.as_ref()).map(Id::as_str).collect();
    report("section", &used, ids(&annex.section, |section| &section.id), ("部分", "section"));

    let used = clauses().filter_map(|clause| clause.recurrence.as_ref()).map(Id::as_str).collect();
    report(
        "recurrence",
        &used,
        ids(&annex.recurrence, |policy| &policy.id),
        ("重复规则", "policy for repetition"),
    );

    let used = clauses().filter_map(|clause| clause.unrectified.as_ref()).map(Id::as_str).collect();
    let what = ("未整改规则", "policy for what was not rectified");
    report("unrectified", &used, ids(&annex.unrectified, |policy| &policy.id), what);

    let used = annex.tally.iter().flat_map(|tally| &tally.awards).map(Id::as_str).collect();
    report("award", &used, ids(&annex.award, |award| &award.id), ("奖励", "award"));

    let used = clauses().filter_map(|clause| match &clause.price {
        Price::Registered { name, .. } => Some(name.as_str()),
        _ => None,
    });
    let used = used.collect();
    let names = annex.registered_shape.iter().map(|shape| shape.name.as_str()).collect();
    report("registered_shape", &used, names, ("登记的形式", "registered shape"));

    let levels = || annex.escalation.iter().flat_map(|chain| &chain.level);
    let used = clauses()
        .filter_map(|clause| clause.rectify.as_ref())
        .chain(annex.consequence.iter().filter_map(|consequence| consequence.within.as_ref()))
        .chain(levels().map(|level| &level.within))
        .chain(annex.filing.iter().map(|filing| &filing.within))
        .chain(annex.appeal.iter().flat_map(|appeal| [&appeal.within, &appeal.decided_within]))
        .chain(super::procedure::limits(annex));
    // A limit that carries out an article of its own (complaints, art. 12) is a duty outside of scoring.
    let duties = annex.limit.iter().filter(|limit| limit.article.is_some()).map(|limit| &limit.id);
    let used = used.chain(duties).map(Id::as_str).collect();
    report("limit", &used, ids(&annex.limit, |limit| &limit.id), ("期限", "time limit"));

    let tiers = annex.ladder.iter().flat_map(|ladder| &ladder.tier).flat_map(|tier| &tier.consequences);
    let used = tiers
        .chain(clauses().flat_map(|clause| &clause.consequences))
        .chain(levels().flat_map(|level| &level.consequences))
        .chain(annex.ranking.iter().flat_map(|r| r.top_consequences.iter().chain(&r.bottom_consequences)));
    let used = used.map(Id::as_str).collect();
    report("consequence", &used, ids(&annex.consequence, |one| &one.id), ("后果", "consequence"));

    report("fact", &facts(book), ids(&annex.fact, |fact| &fact.id), ("事实种类", "kind of fact"));
}

fn ids<'a, T, K: 'a>(list: &'a [T], id: fn(&T) -> &Id<K>) -> Vec<&'a str> {
    list.iter().map(|item| id(item).as_str()).collect()
}

fn facts<'a>(book: &Book<'a>) -> BTreeSet<&'a str> {
    let annex = book.annex;
    let mut used: Vec<&'a FactId> = Vec::new();
    used.extend(
        annex.recurrence.iter().flat_map(|policy| &policy.reset).filter_map(|reset| reset.fact.as_ref()),
    );
    used.extend(annex.unrectified.iter().filter_map(|policy| policy.fact.as_ref()));
    used.extend(annex.accountability.iter().map(|rule| &rule.fact));
    used.extend(annex.rectification.iter().filter_map(|rule| rule.overdue_fact.as_ref()));
    for tally in &annex.tally {
        used.extend(tally.redeem.iter().map(|redeem| &redeem.fact));
        used.extend(tally.carry.iter().map(|carry| &carry.unless));
        used.extend(tally.clear.iter().flat_map(|clear| clear.facts.iter().chain(&clear.all_settled_by)));
    }
    for consequence in &annex.consequence {
        used.extend(&consequence.requires);
        let Some(money) = &consequence.money else { continue };
        used.extend(match &money.formula {
            Formula::Percent { of, .. } => Some(of),
            Formula::Scaled { of, .. } | Formula::Banded { of, .. } | Formula::DeadZone { of, .. } => {
                of.as_ref()
            }
            Formula::Fixed { .. } | Formula::Linear { .. } | Formula::Tally { .. } => None,
        });
        used.extend(money.guards.iter().flat_map(|guard| guard.of.iter().chain(&guard.keep_at_least)));
    }
    let recorded = annex.example.iter().flat_map(|example| &example.record);
    used.extend(recorded.filter_map(|record| match &record.matter {
        Matter::Fact(fact) => Some(&fact.fact),
        _ => None,
    }));
    used.into_iter().map(Id::as_str).collect()
}
