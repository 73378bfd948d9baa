//! The units at a glance: one line each, before the details.

use crate::bulletin::Matter;
use crate::document::{Block, Column, Document, Rows};
use ducha::core::Points;
use ducha::rulebook::annex::ladder::LadderKind;
use ducha::scoring::assessment::{EntryKind, Outcome, Standing, SubjectLine, WindowOf};

/// One line for each unit that a rule is about; nothing for a single one.
pub(crate) fn add(matter: &Matter<'_>, units: &[&SubjectLine], document: &mut Document) {
    let rows: Vec<Vec<String>> = units.iter().filter_map(|unit| row(matter, unit)).collect();
    if rows.len() < 2 {
        return;
    }
    document.add(Block::Part(matter.pick("一览", "At a glance").to_owned()));
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

fn row(matter: &Matter<'_>, unit: &SubjectLine) -> Option<Vec<String>> {
    let a = matter.assessment;
    let of_period = |window: &WindowOf| match window {
        WindowOf::Days { period } => {
            a.period.is_none_or(|asked| asked.from <= period.from && period.until <= asked.until)
        }
        _ => false,
    };
    if !a.tallies.iter().any(|t| t.subject == unit.id) {
        return None;
    }
    let sum = |award: bool| {
        let mine = a.entries.iter().filter(|e| e.subject == unit.id && matter.in_period(e.day));
        let points = mine.filter(|e| (e.kind == EntryKind::Award) == award).map(|e| e.points);
        Points::sum(points).map_or_else(|error| error.to_string(), |sum| sum.to_string())
    };
    let tiers = |wanted: &dyn Fn(&Standing, &str) -> bool| {
        let mine = a.standings.iter().filter(|s| s.subject == unit.id && of_period(&s.window));
        let names: Vec<String> = mine
            .filter_map(|s| match &s.tier {
                Outcome::Determined(tier) if wanted(s, tier.as_str()) => {
                    Some(matter.names.tier(&s.version, tier.as_str()).to_owned())
                }
                _ => None,
            })
            .collect();
        matter.beside(&names)
    };
    let grade = tiers(&|s, _| s.kind == LadderKind::Grade);
    let bites = tiers(&|s, tier| s.kind != LadderKind::Grade && matter.names.tier_bites(&s.version, tier));
    let follows = a.consequences.iter().filter(|f| f.subject == unit.id).count();
    Some(vec![
        matter.names.subject(&unit.id).to_owned(),
        sum(false),
        sum(true),
        grade,
        bites,
        if follows == 0 { String::new() } else { follows.to_string() },
    ])
}
