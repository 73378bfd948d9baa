//! Vetoes: what each effect needs, and what several drops do together.

use super::{
    book::{Book, at},
    keys,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        clause::{Clause, Veto, VetoEffect},
        price::Price,
        tally::TallyKind,
    },
};
use alloc::{collections::BTreeMap, vec::Vec};
use ducha_core::{Label, LadderId, LevelId, SubjectKindId, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let mut drops: BTreeMap<&LadderId, Vec<Pointer>> = BTreeMap::new();
    for (i, clause) in book.annex.clause.iter().enumerate() {
        for (j, veto) in clause.veto.iter().enumerate() {
            let table = at("clause", i).key("veto").item(j);
            one(book, clause, &at("clause", i), veto, &table, out);
            if let (VetoEffect::Down, Some(ladder)) = (veto.effect, &veto.ladder) {
                drops.entry(ladder).or_default().push(table);
            }
        }
    }
    for (id, vetoes) in drops {
        let Some((i, ladder)) = book.ladder(id) else { continue };
        if vetoes.len() > 1 && ladder.several_down.is_none() {
            let args = Args::none().with("ladder", id).with("count", vetoes.len());
            let mut diagnostic = Diagnostic::new(Code::SeveralDownOpen, at("ladder", i), args);
            for veto in vetoes {
                diagnostic = diagnostic.related(veto, Label::new("一处降档否决", "one drop-tier veto"));
            }
            out.push(diagnostic);
        }
    }
}

fn one(
    book: &Book<'_>,
    clause: &Clause,
    owner: &Pointer,
    veto: &Veto,
    table: &Pointer,
    out: &mut Vec<Diagnostic>,
) {
    let effect = alloc::format!("effect = \"{}\"", veto.effect.word());
    let on_ladder = matches!(veto.effect, VetoEffect::WorstTier | VetoEffect::Down);
    for (key, given, meant) in [
        ("ladder", veto.ladder.is_some(), on_ladder),
        ("tally", veto.tally.is_some(), veto.effect == VetoEffect::LoseAll),
        ("tiers", veto.tiers.is_some(), veto.effect == VetoEffect::Down),
    ] {
        if meant && !given {
            keys::needed(out, table, key, effect.as_str());
        } else if given && !meant {
            keys::idle(out, table, key, effect.as_str());
        }
    }
    keys::at_least_one(out, table, "tiers", veto.tiers);
    keys::not_negative(out, table, "at_least", veto.at_least);
    if veto.effect == VetoEffect::LoseItem && clause.worth.is_none() {
        keys::needed(out, owner, "worth", effect.as_str());
    }
    if veto.effect == VetoEffect::LoseAll {
        lose_all(book, veto, table, out);
    }
    if let Some(level) = veto.severity.as_ref().filter(|level| !has_level(clause, level)) {
        let args = Args::none().with("level", level).with("clause", &clause.id);
        out.push(Diagnostic::new(Code::LevelElsewhere, table.key("severity"), args));
    }
    let subjects = match (&veto.ladder, &veto.tally) {
        (Some(id), _) if on_ladder => book.ladder(id).map(|(_, ladder)| ("ladder", &ladder.subjects)),
        (_, Some(id)) if veto.effect == VetoEffect::LoseAll => {
            book.tally(id).map(|(_, tally)| ("tally", &tally.subjects))
        }
        _ => None,
    };
    if let Some((key, kinds)) = subjects.filter(|(_, kinds)| !meet(&clause.applies_to, kinds)) {
        let kinds = kinds.iter().map(SubjectKindId::as_str).collect::<Vec<_>>().join(", ");
        let args = Args::none().with("clause", &clause.id).with("kinds", kinds);
        out.push(Diagnostic::new(Code::VetoElsewhere, table.key(key), args));
    }
}

/// All can be lost where there are full marks.
fn lose_all(book: &Book<'_>, veto: &Veto, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let Some((_, tally)) = veto.tally.as_ref().and_then(|id| book.tally(id)) else { return };
    let code = match (tally.kind, tally.full_marks) {
        (TallyKind::Balance, _) => Code::LoseAllIdle,
        (TallyKind::Sum, None) => Code::LoseAllMild,
        (TallyKind::Sum, Some(_)) => return,
    };
    out.push(Diagnostic::new(code, table.key("tally"), Args::none().with("tally", &tally.id)));
}

/// Whether a clause for these kinds (all where none is named) can be found on one of those.
fn meet(clause: &[SubjectKindId], kinds: &[SubjectKindId]) -> bool {
    clause.is_empty() || kinds.is_empty() || clause.iter().any(|kind| kinds.contains(kind))
}

/// Whether the level is one of the clause's: of its price in points, or of its money.
pub(super) fn has_level(clause: &Clause, level: &LevelId) -> bool {
    use crate::annex::money::MoneyPrice;
    let of_points =
        matches!(&clause.price, Price::Severity { levels, .. } if levels.iter().any(|one| one.id == *level));
    let of_money = clause.money.as_ref().is_some_and(
        |tariff| matches!(&tariff.price, MoneyPrice::Severity { levels } if levels.iter().any(|one| one.id == *level)),
    );
    of_points || of_money
}
