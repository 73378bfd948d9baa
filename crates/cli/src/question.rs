//! A question to the evaluator, put together from files and options.

use crate::args::Question as Asked;
use crate::input::{Given, gather};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use crate::progress::Progress;
use crate::rows::Rows;
use crate::words::Say;
use chrono::{Datelike, NaiveDate};
use ducha::core::{Lang, Organisation, Period, Record, SubjectId};
use ducha::intake::Encoding;
use ducha::parallel::Threads;
use ducha::rulebook::Rulebook;
use ducha::scoring::{
    Assessment, Request, assess,
    engine::{self, ExplainError, Scored, Scorer},
};

/// The files, read, and the days that were asked for.
pub(crate) struct Question {
    pub(crate) rulebooks: Vec<Rulebook>,
    pub(crate) organisation: Option<Organisation>,
    pub(crate) rows: Rows,
    pub(crate) records_file: String,
    pub(crate) days: Days,
}

/// The days that were asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Days {
    pub(crate) period: Option<Period>,
    pub(crate) history_from: Option<NaiveDate>,
    pub(crate) as_of: Option<NaiveDate>,
    pub(crate) known_on: Option<NaiveDate>,
}

impl Question {
    /// Reads what the command line names.
    pub(crate) fn of(asked: &Asked, lang: Lang, pen: Pen, progress: &Progress) -> Step<Self> {
        let Some(encoding) = Encoding::of_name(&asked.encoding) else {
            return Err(Outcome::wrong_use(Say::UnknownEncoding { name: &asked.encoding }.text(lang)));
        };
        let given = gather(&asked.files, asked.org.as_deref(), lang)?;
        let days = Days {
            period: asked.period,
            history_from: asked.history_from,
            as_of: asked.as_of,
            known_on: asked.as_known_on,
        };
        Self::read(&given, days, encoding, lang, pen, progress)
    }

    /// Reads these files.
    pub(crate) fn read(
        given: &Given,
        days: Days,
        encoding: Encoding,
        lang: Lang,
        pen: Pen,
        progress: &Progress,
    ) -> Step<Self> {
        let Some((name, bytes)) = &given.records else {
            return Err(Outcome::wrong_use(Say::NoRecords.text(lang)));
        };
        let rulebooks = given.read_rulebooks(lang, pen)?;
        let organisation = given.read_organisation(lang)?;
        let rows = Rows::read(name, bytes, encoding, lang, progress)?;
        progress.step(rows.records.len(), || Say::Scoring { rows: rows.records.len() }.text(lang));
        Ok(Self { rulebooks, organisation, rows, records_file: name.clone(), days })
    }

    /// The question as the evaluator takes it.
    pub(crate) fn request(&self) -> Request<'_> {
        let mut request = Request::new(&self.rulebooks, &self.rows.records);
        request.organisation = self.organisation.as_ref();
        request.period = self.days.period;
        request.as_of = self.days.as_of;
        request.known_on = self.days.known_on;
        request.complete_from = self.days.history_from.or_else(|| {
            let period = self.days.period.map(|period| period.from);
            period.or_else(|| month_of_earliest(&self.rulebooks, &self.rows.records))
        });
        request
    }

    /// The answer, with every row of the file in its account: the engine's numbers, each with the specification's tree.
    pub(crate) fn answer(&self) -> Step<Answer> {
        self.answered(|scored| scored.assessment().map_err(Outcome::wrong_use))
    }

    /// The answer about one subject, with its derivations.
    pub(crate) fn answer_of(&self, subject: &SubjectId, lang: Lang) -> Step<Answer> {
        self.answered(|scored| {
            scored.assessment_of(subject).map_err(|error| match error {
                ExplainError::Unknown(_) => {
                    Outcome::wrong_use(Say::SubjectUnknown { subject: subject.as_str() }.text(lang))
                }
                error => Outcome::wrong_use(error),
            })
        })
    }

    /// What 64 bits do not hold is told by the specification alone, and the answer says so.
    fn answered(&self, told: impl FnOnce(Scored<'_>) -> Step<Assessment>) -> Step<Answer> {
        let request = self.request();
        let asked = engine::Question::from(&request);
        let scorer = Scorer::compile(&self.rulebooks).map_err(|error| error.to_string());
        let scored = scorer
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|scorer| scorer.assess_with(&asked, &Threads).map_err(|error| error.to_string()));
        let (mut assessment, without_engine) = match scored {
            Ok(scored) => (told(scored)?, None),
            Err(why) => (assess(&request), Some(why)),
        };
        self.rows.complete(&mut assessment.account);
        Ok(Answer { assessment, without_engine })
    }
}

/// An assessment, and why the engine did not reckon it, if so.
pub(crate) struct Answer {
    pub(crate) assessment: Assessment,
    without_engine: Option<String>,
}

impl Answer {
    /// The assessment, with what is to be said beside it.
    pub(crate) fn told(self, lang: Lang, beside: &mut String) -> Assessment {
        if let Some(why) = &self.without_engine {
            beside.push_str(&Say::WithoutEngine { why }.text(lang));
            beside.push('\n');
        }
        self.assessment
    }
}

/// The first day of the month of the earliest record that a version in force prices.
///
/// Records of a day before every version are refused, so a mistyped year does not widen what the file claims to hold.
fn month_of_earliest(rulebooks: &[Rulebook], records: &[Record]) -> Option<NaiveDate> {
    let priced = records.iter().map(|record| record.occurred_on);
    let earliest = priced.filter(|day| rulebooks.iter().any(|book| book.is_in_force(*day))).min()?;
    earliest.with_day(1)
}
