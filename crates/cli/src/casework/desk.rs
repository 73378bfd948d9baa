//! The desk that the command line describes: its journal, its rules, who holds which office, what time it is.

use crate::args::{DeskAt, Who};
use crate::calendar::{self, speech};
use crate::input::{Paths, bytes_of};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use crate::words::Say;
use chrono::{DateTime, NaiveDateTime};
use ducha::calendar::{Offset, Start, WorkCalendar};
use ducha::casework::{Actor, Appointment, Moment, Party, Roster};
use ducha::core::Lang;
use ducha::desk::{Desk, DeskError, When};
use ducha::journal::Journal;
use ducha::rulebook::Rulebook;
use ducha_sqlite::Sqlite;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a desk is made of, read from the files that were named.
pub(crate) struct Office {
    rulebooks: Vec<Rulebook>,
    directory: Roster,
    calendar: Box<dyn WorkCalendar>,
    /// When it is recorded.
    pub(crate) now: Moment,
}

impl Office {
    pub(crate) fn read(asked: &DeskAt, lang: Lang, pen: Pen) -> Step<Self> {
        let given = Paths::of(&asked.rules, lang)?.rules(asked.org.as_deref(), lang)?;
        let rulebooks = given.read_rulebooks(lang, pen)?;
        let organisation = given.read_organisation(lang)?.unwrap_or_default();
        let appointments = match &asked.offices {
            Some(path) => appointments(path, lang)?,
            None => Vec::new(),
        };
        let calendar = calendar::asked(&asked.which, lang)?;
        let now = match &asked.now {
            Some(text) => moment(text, lang)?,
            None => clock(lang)?,
        };
        Ok(Self { rulebooks, directory: Roster::new(organisation, appointments), calendar, now })
    }

    /// The desk over a journal.
    pub(crate) fn desk<J: Journal>(&self, journal: J) -> Desk<'_, J> {
        Desk::new(journal, &self.rulebooks, &self.directory, &*self.calendar)
    }

    /// When something happened: at the moment that is given, or as it is recorded.
    pub(crate) fn when(&self, at: Option<&str>, lang: Lang) -> Step<When> {
        let at = at.map_or(Ok(self.now), |text| moment(text, lang))?;
        Ok(When { at, recorded: self.now })
    }

    pub(crate) fn calendar(&self) -> &dyn WorkCalendar {
        &*self.calendar
    }
}

/// The journal of that address: a file of SQLite, or `postgres://…`.
pub(crate) fn journal(address: &str, lang: Lang) -> Step<Box<dyn Journal>> {
    let failed = |why: &dyn std::fmt::Display| {
        Outcome::wrong_use(
            Say::NoJournal { address: &without_password(address), why: &why.to_string() }.text(lang),
        )
    };
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        #[cfg(feature = "postgres")]
        return match ducha_postgres::Postgres::connect(address) {
            Ok(journal) => Ok(Box::new(journal)),
            Err(error) => Err(failed(&error)),
        };
        #[cfg(not(feature = "postgres"))]
        return Err(failed(&Say::WithoutPostgres.text(lang)));
    }
    match Sqlite::open(address) {
        Ok(journal) => Ok(Box::new(journal)),
        Err(error) => Err(failed(&error)),
    }
}

/// An address as it may be shown.
fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => address.to_owned(),
    }
}

/// Who acts.
pub(crate) fn actor(who: &Who, lang: Lang) -> Step<Actor> {
    let Some(party) = Party::of_word(&who.capacity) else {
        let all: Vec<_> = Party::ALL.iter().map(|party| party.word()).collect();
        return Err(Outcome::wrong_use(
            Say::UnknownCapacity { name: &who.capacity, all: &all.join(", ") }.text(lang),
        ));
    };
    Ok(Actor { person: who.by.clone(), party, on_behalf_of: who.on_behalf_of.clone() })
}

/// Why the desk did not do it: what a case refuses is status 1, all else wrong use.
pub(crate) fn failed(error: &DeskError, lang: Lang) -> Outcome {
    match error {
        DeskError::Refused(refusal) => Outcome::mistakes(format!("{}\n", refusal.text(lang))),
        error => Outcome::wrong_use(error.text(lang)),
    }
}

/// Reads who holds which office: CSV with the columns person, role, unit, from, until, on_behalf_of; only the first two must be there.
fn appointments(path: &Path, lang: Lang) -> Step<Vec<Appointment>> {
    let bytes = bytes_of(path, lang)?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
    let rows = reader.deserialize::<Appointment>().collect::<Result<Vec<_>, _>>();
    rows.map_err(|error| {
        let file = path.display().to_string();
        Outcome::mistakes(format!(
            "{}\n",
            Say::NotOffices { file: &file, why: &error.to_string() }.text(lang)
        ))
    })
}

/// A moment as people write it; a day is its first moment.
fn moment(text: &str, lang: Lang) -> Step<Moment> {
    let start =
        Start::read(text, Offset::BEIJING).map_err(|error| Outcome::wrong_use(error.text(speech(lang))))?;
    match start {
        Start::Day(day) => Ok(day.and_time(chrono::NaiveTime::MIN)),
        Start::Moment(moment) => Offset::BEIJING.local(moment).ok_or_else(|| Outcome::wrong_use(text)),
    }
}

/// The clock of the machine, in civil time at +08:00, to the minute.
#[allow(clippy::disallowed_methods, reason = "the command, and it alone, may ask what time it is")]
fn clock(lang: Lang) -> Step<Moment> {
    let no_clock = || Outcome::wrong_use(Say::NoClock.text(lang));
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| no_clock())?;
    let minutes =
        i64::try_from(since.as_secs()).map_err(|_| no_clock())?.div_euclid(60).saturating_add(8 * 60);
    let moment: Option<NaiveDateTime> =
        DateTime::from_timestamp(minutes.saturating_mul(60), 0).map(|moment| moment.naive_utc());
    moment.ok_or_else(no_clock)
}
