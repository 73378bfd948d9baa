//! `ducha explain`: how every number of one subject came about.

use crate::args::{Explain, TextOrJson};
use crate::assess::json;
use crate::bulletin::Matter;
use crate::document::{Block, Document};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use crate::progress::Progress;
use crate::question::Question;
use crate::standing::Card;
use crate::why;
use crate::words::Say;
use ducha::core::Lang;
use ducha::scoring::Assessment;

/// Explains what the command line names.
pub(crate) fn run(asked: &Explain, lang: Lang, pen: Pen) -> Step<Outcome> {
    let progress = Progress::new();
    let question = Question::of(&asked.question, lang, pen, &progress)?;
    let mut beside = String::new();
    let mut assessment = question.answer_of(&asked.subject, lang)?.told(lang, &mut beside);
    progress.end();
    let subject = &asked.subject;
    let Some(line) = assessment.subjects.iter().find(|s| s.id == *subject).cloned() else {
        return Err(Outcome::wrong_use(Say::SubjectUnknown { subject: subject.as_str() }.text(lang)));
    };
    match asked.format {
        TextOrJson::Json => {
            keep_only(&mut assessment, subject);
            Ok(Outcome { beside, ..Outcome::done(json(&assessment)?) })
        }
        TextOrJson::Text => {
            let matter = Matter::new(&assessment, &question.rulebooks, &question.rows.records, lang);
            let mut document = Document::default();
            Card::of(&matter, &line).write(&matter, &mut document);
            document.add(Block::Part(matter.pick("由来", "How it came about").to_owned()));
            document.add(Block::Tree(why::of(&matter, subject)));
            Ok(Outcome { beside, ..Outcome::done(document.text().trim_start_matches('\n')) })
        }
    }
}

/// Leaves what is about the subject; the account of the rows stays whole.
fn keep_only(assessment: &mut Assessment, subject: &ducha::core::SubjectId) {
    assessment.subjects.retain(|s| s.id == *subject);
    assessment.entries.retain(|e| e.subject == *subject);
    assessment.tallies.retain(|t| t.subject == *subject);
    assessment.indexes.retain(|i| i.subject == *subject);
    assessment.standings.retain(|s| s.subject == *subject);
    assessment.consequences.retain(|f| f.subject == *subject);
    assessment.rankings.retain(|r| r.places.iter().any(|p| p.subject == *subject));
}
