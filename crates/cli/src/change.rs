//! `ducha compare`: how two assessments of one period differ.

use crate::args::TextOrJson;
use crate::assess::json;
use crate::difference::{self, Called};
use crate::document::{Block, Document};
use crate::input::bytes_of;
use crate::outcome::{Outcome as Run, Step};
use crate::words::{self, Say};
use ducha::core::{Lang, SubjectId};
use ducha::scoring::assessment::{Fired, WindowOf};
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
        let say =
            Say::NotAnAssessment { file: &path.display().to_string(), why: &words::of_json(&error, lang) };
        Run::wrong_use(say.text(lang))
    })
}

fn text(restatement: &Restatement, before: &Assessment, after: &Assessment, lang: Lang) -> Document {
    let mut document = Document::default();
    document.add(Block::Title(match lang {
        Lang::Zh => format!("重述：报告日 {} → {}", before.as_of, after.as_of),
        Lang::En => format!("Restatement: report day {} → {}", before.as_of, after.as_of),
    }));
    if restatement.is_empty() {
        let same = if lang == Lang::Zh { "没有差别" } else { "Nothing differs" };
        document.add(Block::Line(same.to_owned()));
        return document;
    }
    for version in &restatement.rulebooks {
        document.add(Block::Line(match lang {
            Lang::Zh => format!("规则 {version} 版含义不同，或只有一方使用"),
            Lang::En => {
                format!("edition {version} of the rules means something else, or one side alone used it")
            }
        }));
    }
    difference::add(restatement, &Ids { before, after, lang }, |_| true, lang, &mut document);
    document
}

/// Rules by their ids, for an assessment carries no rulebook; subjects by their names.
struct Ids<'a> {
    before: &'a Assessment,
    after: &'a Assessment,
    lang: Lang,
}

impl Called for Ids<'_> {
    fn subject(&self, id: &SubjectId) -> String {
        let line = self.after.subjects.iter().chain(&self.before.subjects).find(|s| s.id == *id);
        line.map_or(id.as_str(), |s| s.name.get(self.lang)).to_owned()
    }

    fn rule(&self, kind: &str, _version: &str, id: &str) -> String {
        format!("{kind}/{id}")
    }

    fn tier(&self, _version: &str, id: &str) -> String {
        id.to_owned()
    }

    fn window(&self, window: &WindowOf) -> String {
        match window {
            WindowOf::Days { period } => period.text(),
            WindowOf::Inspection { inspection, .. } => inspection.clone(),
            WindowOf::Rolling { as_of } | WindowOf::Ever { as_of } => format!("..{as_of}"),
            other => format!("{other:?}"),
        }
    }

    fn fired(&self, fired: &Fired) -> String {
        let (who, what, on) = (self.subject(&fired.subject), fired.name.get(self.lang), fired.on);
        match self.lang {
            Lang::Zh => format!("{who} · {what}（{on}）"),
            Lang::En => format!("{who} · {what} ({on})"),
        }
    }
}
