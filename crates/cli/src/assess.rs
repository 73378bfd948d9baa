//! `ducha assess`, and the demonstration month.

use crate::args::{Assess, Format};
use crate::bulletin;
use crate::demo;
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Status, Step};
use crate::progress::Progress;
use crate::question::{Days, Question};
use crate::sheet;
use crate::stats;
use crate::words::{self, Say};
use ducha::core::{Lang, Period};
use ducha::intake::Encoding;
use ducha::scoring::Assessment;
use std::path::Path;

/// Assesses what the command line names.
pub(crate) fn run(asked: &Assess, lang: Lang, pen: Pen) -> Step<Outcome> {
    if asked.stats {
        return stats::run(asked, lang, pen);
    }
    let progress = Progress::new();
    let question = Question::of(&asked.question, lang, pen, &progress)?;
    let mut outcome = Outcome::default();
    let assessment = question.answer()?.told(lang, &mut outcome.beside);
    progress.end();
    let files = render(&question, &assessment, asked.format, asked.explain, lang)?;
    match &asked.out {
        None => {
            let rows = assessment.account.refused;
            if asked.format == Format::Csv && rows > 0 {
                outcome.beside.push_str(&Say::NotListed { rows }.text(lang));
                outcome.beside.push('\n');
            }
            outcome.output = files.into_iter().next().map(|(_, text)| text).unwrap_or_default();
        }
        Some(directory) => {
            for (name, text) in files {
                let file = directory.join(name);
                write(directory, &file, &text, lang)?;
                outcome.beside.push_str(&Say::Written { file: &file.display().to_string() }.text(lang));
                outcome.beside.push('\n');
            }
        }
    }
    if question.rows.interrupted {
        outcome.beside.push_str(&Say::Interrupted { file: &question.records_file }.text(lang));
        outcome.beside.push('\n');
        outcome.status = Status::WrongUse;
    } else if asked.strict && assessment.account.refused > 0 {
        outcome.beside.push_str(&Say::Refused { rows: assessment.account.refused }.text(lang));
        outcome.beside.push('\n');
        outcome.status = Status::Mistakes;
    }
    Ok(outcome)
}

/// The demonstration month, for people.
pub(crate) fn demonstrate(lang: Lang, pen: Pen) -> Step<Outcome> {
    let progress = Progress::new();
    let days = Days {
        period: Period::parse(demo::PERIOD).ok(),
        history_from: demo::HISTORY_FROM.parse().ok(),
        ..Days::default()
    };
    let question = Question::read(&demo::given(), days, Encoding::Auto, lang, pen, &progress)?;
    let mut beside = String::new();
    let assessment = question.answer()?.told(lang, &mut beside);
    progress.end();
    let text = bulletin::of(&assessment, &question.rulebooks, &question.rows.records, false, lang).text();
    beside.push_str(&format!("\n{}\n", Say::DemoHint.text(lang)));
    Ok(Outcome { output: text, beside, status: Status::Done })
}

/// The files of a format: the first is what is printed where no directory is named.
fn render(
    question: &Question,
    assessment: &Assessment,
    format: Format,
    explain: bool,
    lang: Lang,
) -> Step<Vec<(&'static str, String)>> {
    let document = || bulletin::of(assessment, &question.rulebooks, &question.rows.records, explain, lang);
    Ok(match format {
        Format::Json => vec![("assessment.json", json(assessment)?)],
        Format::Table => {
            vec![("assessment.txt", document().text())]
        }
        Format::Markdown => {
            vec![("assessment.md", document().markdown())]
        }
        Format::Csv => sheet::all(assessment, &question.rulebooks, lang)?,
    })
}

/// Anything as JSON, for people and programs, with a line break at its end.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Step<String> {
    match serde_json::to_string_pretty(value) {
        Ok(text) => Ok(format!("{text}\n")),
        Err(error) => Err(Outcome::wrong_use(error)),
    }
}

fn write(directory: &Path, file: &Path, text: &str, lang: Lang) -> Step<()> {
    let wrote = std::fs::create_dir_all(directory).and_then(|()| std::fs::write(file, text));
    wrote.map_err(|error| {
        let say = Say::CannotWrite { file: &file.display().to_string(), why: &words::of_file(&error, lang) };
        Outcome::wrong_use(say.text(lang))
    })
}
