//! `ducha preview`: what one more record would do, without recording it.

use crate::args::{Preview, TextOrJson};
use crate::assess::json;
use crate::bulletin::Matter;
use crate::change::{outcome_text, tier_text};
use crate::document::{Block, Document};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use crate::progress::Progress;
use crate::question::Question;
use crate::standing::follows;
use crate::words::Say;
use ducha::core::{Lang, Record};
use ducha::intake::{Format, Options, Records};
use ducha::scoring::preview;

/// Previews what the command line names.
pub(crate) fn run(asked: &Preview, lang: Lang, pen: Pen) -> Step<Outcome> {
    let record = read(&asked.record, lang)?;
    let progress = Progress::new();
    let question = Question::of(&asked.question, lang, pen, &progress)?;
    let answer = preview(&question.request(), &record);
    progress.end();
    if asked.format == TextOrJson::Json {
        return Ok(Outcome::done(json(&answer)?));
    }
    let assessment = question.answer();
    let matter = Matter::new(&assessment, &question.rulebooks, &question.rows.records, lang);
    let mut document = Document::default();
    document.add(Block::Title(match lang {
        Lang::Zh => format!("试算 {}（未登记）", record.id),
        Lang::En => format!("Preview of {} (not recorded)", record.id),
    }));
    if let Some(row) = &answer.not_scored {
        let why = row.reason.text(lang);
        document.add(Block::Line(match lang {
            Lang::Zh => format!("不会计分：{why}"),
            Lang::En => format!("It would not be scored: {why}"),
        }));
    }
    for entry in &answer.entries {
        document.add(Block::Tree(entry.derivation.text(lang)));
    }
    for t in &answer.tallies {
        let name = matter.names.tally(&t.version, t.tally.as_str());
        let who = matter.names.subject(&t.subject);
        let value = outcome_text(&t.value, lang);
        document.add(Block::Line(format!(
            "{who} · {name}{}: {value}",
            matter.bracketed(&matter.window(&t.window))
        )));
    }
    for s in &answer.standings {
        let name = matter.names.ladder(&s.version, s.ladder.as_str());
        let who = matter.names.subject(&s.subject);
        let tier = tier_text(&s.tier, |id| matter.names.tier(&s.version, id).to_owned(), lang);
        document.add(Block::Line(format!(
            "{who} · {name}{}: {tier}",
            matter.bracketed(&matter.window(&s.window))
        )));
    }
    for fired in &answer.fires {
        let who = matter.names.subject(&fired.subject);
        document.add(Block::Mark(format!("{who} · {}", follows(&matter, fired))));
    }
    for fired in &answer.withdrawn {
        let who = matter.names.subject(&fired.subject);
        let gone = matter.pick("不再发生", "no longer");
        document.add(Block::Mark(format!("{gone}: {who} · {}", fired.name.get(lang))));
    }
    Ok(Outcome::done(document.text()))
}

/// The record, read as a line of a JSON Lines file is.
fn read(text: &str, lang: Lang) -> Step<Record> {
    let no_record = |why: String| Outcome::wrong_use(Say::NotARecord { why: &why }.text(lang));
    // A record written over several lines is one line of JSON Lines without its line breaks.
    let line = text.replace(['\r', '\n'], " ");
    let mut records = Records::open(line.as_bytes(), Format::JsonLines, Options::default())
        .map_err(|error| no_record(error.to_string()))?;
    match records.next() {
        Some(Ok(placed)) => Ok(placed.value),
        Some(Err(refusal)) => Err(no_record(refusal.text(lang))),
        None => Err(no_record(String::from("{}"))),
    }
}
