//! `ducha preview`: what one more record would do, without recording it.

use crate::args::{Preview, TextOrJson};
use crate::assess::json;
use crate::bulletin::Matter;
use crate::difference::{self, Called};
use crate::document::{Block, Document};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use crate::progress::Progress;
use crate::question::Question;
use crate::standing::follows;
use crate::words::Say;
use ducha::core::{Lang, Record, SubjectId};
use ducha::intake::{Format, Options, Records};
use ducha::scoring::assessment::{Fired, WindowOf};
use ducha::scoring::preview;
use ducha::scoring::restatement::RestatedEntry;

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
    let mut beside = String::new();
    let assessment = question.answer()?.told(lang, &mut beside);
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
    // What the record itself costs stands above.
    let others = |entry: &RestatedEntry| entry.record != record.id;
    difference::add(&answer.changes, &ByName(&matter), others, lang, &mut document);
    Ok(Outcome { beside, ..Outcome::done(document.text()) })
}

/// Rules and tiers by the rulebook's names.
struct ByName<'m, 'a>(&'m Matter<'a>);

impl Called for ByName<'_, '_> {
    fn subject(&self, id: &SubjectId) -> String {
        self.0.names.subject(id).to_owned()
    }

    fn rule(&self, kind: &str, version: &str, id: &str) -> String {
        let names = &self.0.names;
        let name = match kind {
            "tally" => names.tally(version, id),
            "index" => names.index(version, id),
            "ladder" => names.ladder(version, id),
            _ => names.ranking(id),
        };
        name.to_owned()
    }

    fn tier(&self, version: &str, id: &str) -> String {
        self.0.names.tier(version, id).to_owned()
    }

    fn window(&self, window: &WindowOf) -> String {
        self.0.window(window)
    }

    fn fired(&self, fired: &Fired) -> String {
        format!("{} · {}", self.0.names.subject(&fired.subject), follows(self.0, fired))
    }
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
        None => Err(Outcome::wrong_use(Say::EmptyRecord.text(lang))),
    }
}
