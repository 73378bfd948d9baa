//! `ducha compare`: how two assessments of one period differ.

use crate::args::TextOrJson;
use crate::assess::json;
use crate::document::{Block, Column, Document, Rows};
use crate::input::bytes_of;
use crate::outcome::{Outcome as Run, Step};
use crate::words::Say;
use ducha::core::{Lang, Points, TierId};
use ducha::scoring::assessment::{Fired, Outcome, WindowOf};
use ducha::scoring::restatement::Change;
use ducha::scoring::{Assessment, Restatement};
use std::path::Path;

/// Compares two files.
pub(crate) fn run(before: &Path, after: &Path, format: TextOrJson, lang: Lang) -> Step<Run> {
    let (before, after) = (read(before, lang)?, read(after, lang)?);
    let restatement = Restatement::between(&before, &after);
    Ok(Run::done(match format {
        TextOrJson::Json => json(&restatement)?,
        TextOrJson::Text => text(&restatement, &before, &after, lang).text(),
    }))
}

fn read(path: &Path, lang: Lang) -> Step<Assessment> {
    let bytes = bytes_of(path, lang)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let say = Say::NotAnAssessment { file: &path.display().to_string(), why: &error.to_string() };
        Run::wrong_use(say.text(lang))
    })
}

fn text(restatement: &Restatement, before: &Assessment, after: &Assessment, lang: Lang) -> Document {
    let pick = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut document = Document::default();
    document.add(Block::Title(match lang {
        Lang::Zh => format!("重述：报告日 {} → {}", before.as_of, after.as_of),
        Lang::En => format!("Restatement: report day {} → {}", before.as_of, after.as_of),
    }));
    if restatement.is_empty() {
        document.add(Block::Line(pick("没有差别", "Nothing differs").to_owned()));
        return document;
    }
    let who = |id: &ducha::core::SubjectId| {
        let line = after.subjects.iter().chain(&before.subjects).find(|s| s.id == *id);
        line.map_or(id.as_str(), |s| s.name.get(lang)).to_owned()
    };
    for version in &restatement.rulebooks {
        document.add(Block::Line(match lang {
            Lang::Zh => format!("规则 {version} 版含义不同，或只有一方使用"),
            Lang::En => {
                format!("edition {version} of the rules means something else, or one side alone used it")
            }
        }));
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    for e in &restatement.entries {
        rows.push(vec![
            who(&e.subject),
            e.record.to_string(),
            String::new(),
            points(e.points.before),
            points(e.points.after),
        ]);
    }
    for t in &restatement.tallies {
        let (was, is) = values(&t.value, lang);
        rows.push(vec![who(&t.subject), format!("tally/{}", t.tally), window(&t.window), was, is]);
    }
    for i in &restatement.indexes {
        let (was, is) = values(&i.value, lang);
        rows.push(vec![who(&i.subject), format!("index/{}", i.index), window(&i.window), was, is]);
    }
    for s in &restatement.standings {
        let tier = |outcome: &Option<Outcome<TierId>>| {
            outcome.as_ref().map_or_else(|| "–".to_owned(), |o| tier_text(o, str::to_owned, lang))
        };
        rows.push(vec![
            who(&s.subject),
            format!("ladder/{}", s.ladder),
            window(&s.window),
            tier(&s.tier.before),
            tier(&s.tier.after),
        ]);
    }
    document.add(Block::Rows(Rows {
        columns: vec![
            Column::words(pick("对象", "Subject")),
            Column::words(pick("记录或规则", "Record or rule")),
            Column::words(pick("时段", "Window")),
            Column::words(pick("原为", "Was")),
            Column::words(pick("现为", "Is")),
        ],
        headed: true,
        rows,
    }));
    let named = |fired: &Fired| format!("{} · {} ({})", who(&fired.subject), fired.name.get(lang), fired.on);
    for fired in &restatement.fired {
        document.add(Block::Mark(format!("{}: {}", pick("新发生", "newly"), named(fired))));
    }
    for fired in &restatement.withdrawn {
        document.add(Block::Mark(format!("{}: {}", pick("不再发生", "no longer"), named(fired))));
    }
    document
}

fn points(points: Option<Points>) -> String {
    points.map_or_else(|| "–".to_owned(), |points| points.to_string())
}

fn values(change: &Change<Outcome<Points>>, lang: Lang) -> (String, String) {
    let text = |outcome: &Option<Outcome<Points>>| {
        outcome.as_ref().map_or_else(|| "–".to_owned(), |outcome| outcome_text(outcome, lang))
    };
    (text(&change.before), text(&change.after))
}

/// A value, or that it is undetermined and why.
pub(crate) fn outcome_text(outcome: &Outcome<Points>, lang: Lang) -> String {
    match outcome {
        Outcome::Determined(value) => value.to_string(),
        Outcome::Undetermined(need) => undetermined(&need.text(lang), lang),
    }
}

/// A tier by its name, or that it is undetermined and why.
pub(crate) fn tier_text(outcome: &Outcome<TierId>, name: impl Fn(&str) -> String, lang: Lang) -> String {
    match outcome {
        Outcome::Determined(tier) => name(tier.as_str()),
        Outcome::Undetermined(need) => undetermined(&need.text(lang), lang),
    }
}

fn undetermined(why: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("无法确定（{why}）"),
        Lang::En => format!("undetermined ({why})"),
    }
}

fn window(window: &WindowOf) -> String {
    match window {
        WindowOf::Days { period } => period.text(),
        WindowOf::Inspection { inspection, .. } => inspection.clone(),
        WindowOf::Rolling { as_of } | WindowOf::Ever { as_of } => format!("..{as_of}"),
        other => format!("{other:?}"),
    }
}
