//! The units at a glance: one line each, before the details.

use crate::bulletin::Matter;
use crate::document::{Block, Column, Document, Rows};
use crate::standing::{Card, is_main};
use ducha::core::{Lang, Points};
use ducha::rulebook::annex::ladder::LadderKind;
use ducha::scoring::assessment::{EntryKind, Outcome, Standing, SubjectLine, WindowOf};

/// What stands where nothing is known.
const UNKNOWN: &str = "?";

/// One line for each unit that a rule is about; nothing for a single one.
pub(crate) fn add(matter: &Matter<'_>, units: &[&SubjectLine], document: &mut Document) {
    let rows: Vec<Vec<String>> = units.iter().filter_map(|unit| row(matter, unit)).collect();
    if rows.len() < 2 {
        return;
    }
    document.add(Block::Part(title(matter)));
    document.add(Block::Rows(Rows {
        columns: vec![
            Column::words(matter.pick("单位", "Unit")),
            Column::number(matter.pick("扣分", "Deducted")),
            Column::number(matter.pick("加分", "Awarded")),
            Column::words(matter.pick("等次", "Grade")),
            Column::words(matter.pick("处罚或奖励", "Penalty or reward")),
            Column::number(matter.pick("后果", "What follows")),
        ],
        headed: true,
        rows,
    }));
}

/// Where no period was asked for, the title tells the days that are meant.
fn title(matter: &Matter<'_>) -> String {
    let name = matter.pick("一览", "At a glance").to_owned();
    let a = matter.assessment;
    let first = a.entries.iter().map(|entry| entry.day).min();
    match (a.period, first, matter.lang) {
        (None, Some(first), Lang::Zh) => format!("{name}：{first} 至 {}", a.as_of),
        (None, Some(first), Lang::En) => format!("{name}: {first} to {}", a.as_of),
        _ => name,
    }
}

/// Whether a window is told: one of the period's, or any civil one where no period was asked for.
fn is_told(matter: &Matter<'_>, window: &WindowOf) -> bool {
    match matter.assessment.period {
        Some(_) => is_main(matter, window),
        None => matches!(window, WindowOf::Days { .. }),
    }
}

fn row(matter: &Matter<'_>, unit: &SubjectLine) -> Option<Vec<String>> {
    let a = matter.assessment;
    if !a.tallies.iter().any(|t| t.subject == unit.id) {
        return None;
    }
    let mut tallies =
        a.tallies.iter().filter(|t| t.subject == unit.id && is_told(matter, &t.window)).peekable();
    let unknown = tallies.peek().is_some() && tallies.all(|t| t.value.value().is_none());
    let sum = |award: bool| {
        if unknown {
            return UNKNOWN.to_owned();
        }
        let mine = a.entries.iter().filter(|e| e.subject == unit.id && matter.in_period(e.day));
        let points = mine.filter(|e| (e.kind == EntryKind::Award) == award).map(|e| e.points);
        Points::sum(points).map_or_else(|_| UNKNOWN.to_owned(), |sum| sum.to_string())
    };
    let standings: Vec<&Standing> =
        a.standings.iter().filter(|s| s.subject == unit.id && is_told(matter, &s.window)).collect();
    let grade = tiers(matter, standings.iter().filter(|s| s.kind == LadderKind::Grade));
    let bites = tiers(matter, standings.iter().filter(|s| s.kind != LadderKind::Grade));
    let open = standings.iter().any(|s| s.tier.value().is_none());
    let follows = match Card::of(matter, unit).what_follows(matter).len() {
        0 if open => UNKNOWN.to_owned(),
        0 => String::new(),
        lines => lines.to_string(),
    };
    Some(vec![matter.names.subject(&unit.id).to_owned(), sum(false), sum(true), grade, bites, follows])
}

/// The tiers that are grades or from which something follows, each once; with their windows where no period was asked for.
fn tiers<'s>(matter: &Matter<'_>, standings: impl Iterator<Item = &'s &'s Standing>) -> String {
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for s in standings {
        let name = match &s.tier {
            Outcome::Undetermined(_) => UNKNOWN.to_owned(),
            Outcome::Determined(tier) => {
                if s.kind != LadderKind::Grade && !matter.names.tier_bites(&s.version, tier.as_str()) {
                    continue;
                }
                matter.names.tier(&s.version, tier.as_str()).to_owned()
            }
        };
        let window = matter.window(&s.window);
        match told
            .iter_mut()
            .find(|(known, windows)| *known == name && (name == UNKNOWN || !windows.contains(&window)))
        {
            Some((_, windows)) => windows.push(window),
            None => told.push((name, vec![window])),
        }
    }
    let with_windows = |(name, mut windows): (String, Vec<String>)| {
        windows.dedup();
        match matter.assessment.period {
            Some(_) => name,
            None => format!("{name}{}", matter.bracketed(&matter.list(&windows))),
        }
    };
    matter.beside(&told.into_iter().map(with_windows).collect::<Vec<_>>())
}
