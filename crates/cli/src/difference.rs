//! A restatement for people: what it was and what it is, for a comparison and for a preview.

use crate::document::{Block, Column, Document, Rows};
use crate::names;
use ducha::core::{Lang, Money, Points, SubjectId};
use ducha::rulebook::annex::money::{Direction, Nature};
use ducha::scoring::Restatement;
use ducha::scoring::assessment::{Distance, EntryKind, Fired, Outcome, Step, WindowOf};
use ducha::scoring::restatement::{Change, RestatedConsequence, RestatedEntry, RestatedStanding};
use std::fmt::Display;

/// What stands where there is nothing.
const NOTHING: &str = "–";

/// What the parts of a restatement are called.
pub(crate) trait Called {
    fn subject(&self, id: &SubjectId) -> String;
    /// A rule by its kind (`tally`, `index`, `ladder`, `ranking`), version and id.
    fn rule(&self, kind: &str, version: &str, id: &str) -> String;
    fn tier(&self, version: &str, id: &str) -> String;
    fn window(&self, window: &WindowOf) -> String;
    fn fired(&self, fired: &Fired) -> String;
}

/// Adds all that differs; entries are told if `tells` says so.
pub(crate) fn add(
    restatement: &Restatement,
    called: &dyn Called,
    tells: impl Fn(&RestatedEntry) -> bool,
    lang: Lang,
    document: &mut Document,
) {
    let rows = rows(restatement, called, tells, lang);
    if !rows.is_empty() {
        let columns = [
            ("对象", "Subject"),
            ("记录或规则", "Record or rule"),
            ("时段", "Window"),
            ("原为", "Was"),
            ("现为", "Is"),
        ];
        let columns = columns.iter().map(|(zh, en)| Column::words(pick(lang, zh, en))).collect();
        document.add(Block::Rows(Rows { columns, headed: true, rows }));
    }
    let mut mark = |zh, en, what: String| {
        let colon = pick(lang, "：", ": ");
        document.add(Block::Mark(format!("{}{colon}{what}", pick(lang, zh, en))));
    };
    restatement.fired.iter().for_each(|fired| mark("新发生", "newly", called.fired(fired)));
    restatement.withdrawn.iter().for_each(|fired| mark("不再发生", "no longer", called.fired(fired)));
    restatement
        .changed
        .iter()
        .for_each(|changed| mark("有变化", "changed", consequence(changed, called, lang)));
}

fn rows(
    restatement: &Restatement,
    called: &dyn Called,
    tells: impl Fn(&RestatedEntry) -> bool,
    lang: Lang,
) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for e in restatement.entries.iter().filter(|e| tells(e)) {
        let side = |points: &Option<Points>, money: &Option<Money>| match (points, money) {
            (Some(points), Some(money)) => format!("{points} ¥{money}"),
            (points, _) => text(points.as_ref()),
        };
        let was = side(&e.points.before, &e.money.before);
        let is = side(&e.points.after, &e.money.after);
        let record = match e.kind {
            EntryKind::Deduction => e.record.to_string(),
            kind => format!("{} {}", e.record, names::entry(kind, lang)),
        };
        rows.push(vec![called.subject(&e.subject), record, String::new(), was, is]);
    }
    let value = |outcome: &Option<Outcome<Points>>| {
        outcome.as_ref().map_or_else(|| NOTHING.to_owned(), |outcome| outcome_text(outcome, lang))
    };
    for t in &restatement.tallies {
        let rule = called.rule("tally", &t.version, t.tally.as_str());
        let (was, is) = (value(&t.value.before), value(&t.value.after));
        rows.push(vec![called.subject(&t.subject), rule, called.window(&t.window), was, is]);
    }
    for i in &restatement.indexes {
        let rule = called.rule("index", &i.version, i.index.as_str());
        let (was, is) = (value(&i.value.before), value(&i.value.after));
        rows.push(vec![called.subject(&i.subject), rule, called.window(&i.window), was, is]);
    }
    for s in &restatement.standings {
        let rule = called.rule("ladder", &s.version, s.ladder.as_str());
        let was = tier(s, false, called, lang);
        let is = tier(s, true, called, lang);
        rows.push(vec![called.subject(&s.subject), rule, called.window(&s.window), was, is]);
    }
    for r in &restatement.rankings {
        let rule = called.rule("ranking", "", r.ranking.as_str());
        let (was, is) = (text(r.rank.before), text(r.rank.after));
        rows.push(vec![called.subject(&r.subject), rule, called.window(&r.window), was, is]);
    }
    rows
}

/// A tier with the way to the next graver one, else to the next milder one; and the gravest that was reached.
fn tier(s: &RestatedStanding, after: bool, called: &dyn Called, lang: Lang) -> String {
    let (tier, peak, ways) = if after {
        (&s.tier.after, &s.peak.after, &s.distance.after)
    } else {
        (&s.tier.before, &s.peak.before, &s.distance.before)
    };
    let name = |id: &ducha::core::TierId| called.tier(&s.version, id.as_str());
    match tier {
        None => NOTHING.to_owned(),
        Some(Outcome::Undetermined(need)) => undetermined(&need.text(lang), lang),
        Some(Outcome::Determined(tier)) => {
            let mut notes = Vec::new();
            if let Some(peak) = peak.as_ref().filter(|peak| peak.tier != *tier) {
                notes.push(reached(&name(&peak.tier), peak.on, lang));
            }
            let way = |ways: &Distance| ways.graver.clone().or_else(|| ways.milder.clone());
            notes.extend(ways.as_ref().and_then(way).map(|way| distance(&name(&way.tier), &way, lang)));
            match (notes.is_empty(), lang) {
                (true, _) => name(tier),
                (false, Lang::Zh) => format!("{}（{}）", name(tier), notes.join("，")),
                (false, Lang::En) => format!("{} ({})", name(tier), notes.join(", ")),
            }
        }
    }
}

fn consequence(changed: &RestatedConsequence, called: &dyn Called, lang: Lang) -> String {
    let mut parts = Vec::new();
    let mut part =
        |zh, en, was: String, is: String| parts.push(format!("{} {was} → {is}", pick(lang, zh, en)));
    if let Some(Change { before, after }) = &changed.amount {
        let money = |side: &Option<Outcome<Money>>| match side {
            None => NOTHING.to_owned(),
            Some(Outcome::Determined(money)) => money.to_string(),
            Some(Outcome::Undetermined(need)) => undetermined(&need.text(lang), lang),
        };
        part("金额", "money", money(before), money(after));
    }
    if let Some(Change { before, after }) = &changed.nature {
        let nature = |side: Option<Nature>| side.map(|nature| names::nature(nature, lang));
        part("性质", "legal nature", text(nature(*before)), text(nature(*after)));
    }
    if let Some(Change { before, after }) = &changed.direction {
        let direction = |side: Option<Direction>| side.map(|direction| names::direction(direction, lang));
        part("方向", "direction", text(direction(*before)), text(direction(*after)));
    }
    if let Some(Change { before, after }) = &changed.extent {
        part("幅度", "extent", text(*before), text(*after));
    }
    if let Some(Change { before, after }) = &changed.due {
        part("期限", "time limit", text(*before), text(*after));
    }
    let (who, what, on) = (called.subject(&changed.subject), changed.name.get(lang), changed.on);
    match lang {
        Lang::Zh => format!("{who} · {what}（{on}）：{}", parts.join("；")),
        Lang::En => format!("{who} · {what} ({on}): {}", parts.join("; ")),
    }
}

fn pick<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn text(value: Option<impl Display>) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |value| value.to_string())
}

/// A value, or that it is undetermined and why.
fn outcome_text(outcome: &Outcome<Points>, lang: Lang) -> String {
    match outcome {
        Outcome::Determined(value) => value.to_string(),
        Outcome::Undetermined(need) => undetermined(&need.text(lang), lang),
    }
}

fn undetermined(why: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("无法确定（{why}）"),
        Lang::En => format!("undetermined ({why})"),
    }
}

/// The gravest tier that was reached, and when.
pub(crate) fn reached(tier: &str, on: chrono::NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("最重曾达“{tier}”，{on}"),
        Lang::En => format!("at worst {tier}, on {on}"),
    }
}

/// How far it is to a neighbouring tier.
pub(crate) fn distance(tier: &str, way: &Step, lang: Lang) -> String {
    let points = way.points;
    match (lang, way.suffices) {
        (Lang::Zh, _) if points.is_zero() => format!("紧邻“{tier}”"),
        (Lang::Zh, true) => format!("距“{tier}”{points} 分"),
        (Lang::Zh, false) => format!("距“{tier}”超过 {points} 分"),
        (Lang::En, _) if points.is_zero() => format!("next to “{tier}”"),
        (Lang::En, true) => format!("{points} from “{tier}”"),
        (Lang::En, false) => format!("more than {points} from “{tier}”"),
    }
}
