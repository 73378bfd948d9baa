//! The desk: cases kept in a journal.
//!
//! The crate `casework` says what happens; a journal keeps it. A [`Desk`] joins the two: it reads a case from its stream, lets
//! it decide by the rules in force on the day of the act, and writes what happened, once, whoever else writes at the same time.
//!
//! ```
//! use ducha::{
//!     calendar::China,
//!     casework::{Actor, Appointment, Party, Roster},
//!     core::{Label, Organisation, SubjectId},
//!     desk::{Desk, When},
//!     journal::Memory,
//!     rulebook::{Rulebook, Source},
//! };
//! let rules = std::fs::read_to_string("../../examples/campus/rulebook-2026.toml")?;
//! let book = Rulebook::read(&Source::new("rulebook-2026.toml", rules)).map_err(|report| format!("{report:?}"))?;
//! let office: Appointment = serde_json::from_str(r#"{"person": "chief", "role": "office"}"#)?;
//! let directory = Roster::new(Organisation::default(), vec![office]);
//! let books = [book];
//! let mut desk = Desk::new(Memory::new(), &books, &directory, &China);
//!
//! let chief = Actor::new(SubjectId::new("chief")?, Party::OFFICE);
//! let at = "2026-10-12T09:00:00".parse().map_err(|_| "no moment")?;
//! let opening = serde_json::json!({ "unit": "canteen-1", "problem": "地面油污" });
//! let case = desk.open("rectification", "R-1", &opening, &chief, When::now(at))?;
//! assert_eq!(case.status, "found");
//! let notice = serde_json::json!({ "act": "notify", "requirement": "清洗并保持" });
//! let case = desk.act("rectification/R-1", &notice, &chief, When::now(at))?;
//! assert_eq!(case.due[0].duty, "rectify");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod stored;
mod view;

pub use error::DeskError;
pub use view::{CaseView, Offered, Owed, Told};

use crate::{
    calendar::WorkCalendar,
    casework::{Actor, Case, Context, Directory, File, KINDS, Moment, Recorded, with_kind},
    journal::{AppendError, Event, Expected, Journal, StreamId},
    rulebook::Rulebook,
};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use serde_json::Value;
use stored::{read, written};

/// How often a command is decided anew when somebody else wrote at the same time.
const TRIES: u32 = 5;
/// How many events are read at once.
const AT_ONCE: usize = 1_000;

/// When something happened, and when it is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// When it happened.
    pub at: Moment,
    /// When it is recorded.
    pub recorded: Moment,
}

impl When {
    /// It happens and is recorded now.
    #[must_use]
    pub const fn now(moment: Moment) -> Self {
        Self { at: moment, recorded: moment }
    }
}

/// Cases kept in a journal.
pub struct Desk<'a, J> {
    journal: J,
    rulebooks: &'a [Rulebook],
    directory: &'a dyn Directory,
    calendar: &'a dyn WorkCalendar,
    /// When time next brings something about in each case, as far as is known here.
    wakes: BTreeMap<StreamId, Option<Moment>>,
    /// Up to which position of the journal that is known.
    heard: u64,
}

/// What a change of a case comes to.
struct Changed<C: Case> {
    view: CaseView,
    happened: Vec<Recorded<C::Event>>,
    file: File<C>,
}

impl<J> core::fmt::Debug for Desk<'_, J> {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.debug_struct("Desk").finish_non_exhaustive()
    }
}

impl<'a, J: Journal> Desk<'a, J> {
    /// A desk over a journal, under all versions of a rulebook.
    pub const fn new(
        journal: J,
        rulebooks: &'a [Rulebook],
        directory: &'a dyn Directory,
        calendar: &'a dyn WorkCalendar,
    ) -> Self {
        Self { journal, rulebooks, directory, calendar, wakes: BTreeMap::new(), heard: 0 }
    }

    /// The journal.
    pub const fn journal(&mut self) -> &mut J {
        &mut self.journal
    }

    /// What decisions look at: the rules in force on the day of the act.
    fn context(&self, when: When) -> Result<Context<'a>, DeskError> {
        let day = when.at.date();
        let book = self.rulebooks.iter().find(|book| book.is_in_force(day));
        let rules = book.ok_or(DeskError::NoRules { day })?.annex();
        Ok(Context { now: when.recorded, rules, calendar: self.calendar, directory: self.directory })
    }

    /// Opens a case.
    ///
    /// # Errors
    /// [`DeskError`]; nothing is written then.
    pub fn open(
        &mut self,
        kind: &str,
        id: &str,
        opening: &Value,
        by: &Actor,
        when: When,
    ) -> Result<CaseView, DeskError> {
        let stream = StreamId::of(kind, id)?;
        let context = self.context(when)?;
        let opened = with_kind!(kind, C => {
            let opening = from_value::<<C as Case>::Opening>(opening)?;
            let happened = File::<C>::open(&opening, by, when.at, &context)?;
            let written = written::<C>(&stream, 0, &happened)?;
            match self.journal.append(&stream, Expected::New, &written) {
                Ok(_) => {}
                Err(AppendError::Conflict { .. } | AppendError::DifferentContent { .. }) => {
                    return Err(DeskError::Exists(stream));
                }
                Err(error) => return Err(error.into()),
            }
            seen::<C>(&stream, &happened)
        });
        opened.ok_or_else(|| DeskError::UnknownKind(kind.into()))?
    }

    /// Does what is asked in a case.
    ///
    /// Whoever else writes to the case at the same time is heard: the command is decided anew on what is there then.
    ///
    /// # Errors
    /// [`DeskError`]; nothing is written then.
    pub fn act(
        &mut self,
        case: &str,
        command: &Value,
        by: &Actor,
        when: When,
    ) -> Result<CaseView, DeskError> {
        let stream = StreamId::new(case)?;
        let context = self.context(when)?;
        let done = with_kind!(stream.kind(), C => {
            let command = from_value::<<C as Case>::Command>(command)?;
            self.change::<C>(&stream, |file| Ok(file.decide(&command, by, when.at, &context)?))
                .map(|changed| changed.view)
        });
        done.ok_or_else(|| DeskError::UnknownKind(stream.kind().into()))?
    }

    /// Reads a case, lets something happen to it, and writes that; again if somebody else was quicker.
    fn change<C: Case>(
        &mut self,
        stream: &StreamId,
        happens: impl Fn(&File<C>) -> Result<Vec<Recorded<C::Event>>, DeskError>,
    ) -> Result<Changed<C>, DeskError> {
        let mut tries = 0_u32;
        loop {
            let events = self.journal.load(stream, 0)?;
            let file = File::<C>::replay(&read::<C>(&events)?)
                .ok_or_else(|| DeskError::UnknownCase(stream.clone()))?;
            let happened = happens(&file)?;
            if !happened.is_empty() {
                let version = events.last().map_or(0, |event| event.version);
                let written = written::<C>(stream, version, &happened)?;
                match self.journal.append(stream, Expected::Version(version), &written) {
                    Ok(_) => {}
                    Err(AppendError::Conflict { .. } | AppendError::DifferentContent { .. })
                        if tries < TRIES =>
                    {
                        tries = tries.saturating_add(1);
                        continue;
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            let file = happened.iter().fold(Some(file), File::evolve);
            let file = file.ok_or_else(|| DeskError::UnknownCase(stream.clone()))?;
            return Ok(Changed { view: CaseView::of(stream, &file), happened, file });
        }
    }

    /// A case as it stands.
    ///
    /// # Errors
    /// [`DeskError`].
    pub fn case(&mut self, case: &str) -> Result<CaseView, DeskError> {
        let stream = StreamId::new(case)?;
        let events = self.journal.load(&stream, 0)?;
        view_of(&stream, &events)
    }

    /// What happened in a case, as the journal keeps it.
    ///
    /// # Errors
    /// [`DeskError`].
    pub fn history(&mut self, case: &str) -> Result<Vec<Event>, DeskError> {
        let stream = StreamId::new(case)?;
        let events = self.journal.load(&stream, 0)?;
        if events.is_empty() {
            return Err(DeskError::UnknownCase(stream));
        }
        Ok(events)
    }

    /// What a person may do in a case now: what front ends make buttons from.
    ///
    /// # Errors
    /// [`DeskError`].
    pub fn allowed(&mut self, case: &str, actor: &Actor, now: Moment) -> Result<Vec<Offered>, DeskError> {
        let stream = StreamId::new(case)?;
        let context = self.context(When::now(now))?;
        let events = self.journal.load(&stream, 0)?;
        let offered = with_kind!(stream.kind(), C => {
            let file = File::<C>::replay(&read::<C>(&events)?);
            let file = file.ok_or_else(|| DeskError::UnknownCase(stream.clone()))?;
            Ok(Offered::all(&file, actor, &context))
        });
        offered.ok_or_else(|| DeskError::UnknownKind(stream.kind().into()))?
    }

    /// All cases of the kinds that this program knows, by their names.
    ///
    /// # Errors
    /// [`DeskError`].
    pub fn cases(&mut self) -> Result<Vec<CaseView>, DeskError> {
        let streams = self.streams()?;
        streams.iter().map(|(stream, events)| view_of(stream, events)).collect()
    }

    /// The events of all cases, case by case.
    fn streams(&mut self) -> Result<BTreeMap<StreamId, Vec<Event>>, DeskError> {
        let mut streams: BTreeMap<StreamId, Vec<Event>> = BTreeMap::new();
        let mut after = 0;
        loop {
            let page = self.journal.read_all(after, AT_ONCE)?;
            let Some(last) = page.events.last() else { return Ok(streams) };
            after = last.position;
            for event in page.events.into_iter().filter(|event| KINDS.contains(&event.stream.kind())) {
                streams.entry(event.stream.clone()).or_default().push(event);
            }
            if !page.more {
                return Ok(streams);
            }
        }
    }

    /// What is owed in all cases, the earliest first; what has no known end comes last.
    ///
    /// # Errors
    /// [`DeskError`].
    pub fn due(&mut self) -> Result<Vec<Owed>, DeskError> {
        let cases = self.cases()?;
        let mut owed: Vec<Owed> = cases.iter().flat_map(Owed::of).collect();
        owed.sort_by(|a, b| a.order().cmp(&b.order()));
        Ok(owed)
    }

    /// Tells and writes what time has brought about by now in all cases: reminders, what is overdue, the levels above. A
    /// second tick of the same moment tells nothing. A desk that is kept looks only at the cases in which something is due
    /// or that somebody has acted on since its last tick.
    ///
    /// # Errors
    /// [`DeskError`]. What was told before stays told; the next tick goes on from there.
    pub fn tick(&mut self, now: Moment) -> Result<Vec<Told>, DeskError> {
        let context = self.context(When::now(now))?;
        self.listen()?;
        let awake = self.wakes.iter().filter(|(_, wakes)| wakes.is_some_and(|wakes| wakes <= now));
        let awake: Vec<StreamId> = awake.map(|(stream, _)| stream.clone()).collect();
        let mut all = Vec::new();
        for stream in awake {
            let told = with_kind!(stream.kind(), C => {
                let changed = self.change::<C>(&stream, |file| Ok(file.tick(&context)))?;
                self.wakes.insert(stream.clone(), changed.file.wakes(&context));
                Told::all(&changed.view, &changed.happened)
            });
            all.extend(told.into_iter().flatten());
        }
        all.sort_by(|a, b| (a.at, &a.case).cmp(&(b.at, &b.case)));
        Ok(all)
    }

    /// Hears what was written since the last time: cases in which something happened are looked at anew.
    fn listen(&mut self) -> Result<(), DeskError> {
        loop {
            let page = self.journal.read_all(self.heard, AT_ONCE)?;
            let Some(last) = page.events.last() else { return Ok(()) };
            self.heard = last.position;
            for event in page.events.iter().filter(|event| KINDS.contains(&event.stream.kind())) {
                self.wakes.insert(event.stream.clone(), Some(Moment::MIN));
            }
            if !page.more {
                return Ok(());
            }
        }
    }
}

fn from_value<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, DeskError> {
    serde_json::from_value(value.clone())
        .map_err(|error| DeskError::Unread { why: alloc::format!("{error}") })
}

fn seen<C: Case>(stream: &StreamId, happened: &[Recorded<C::Event>]) -> Result<CaseView, DeskError> {
    let file = File::<C>::replay(happened).ok_or_else(|| DeskError::UnknownCase(stream.clone()))?;
    Ok(CaseView::of(stream, &file))
}

fn view_of(stream: &StreamId, events: &[Event]) -> Result<CaseView, DeskError> {
    if events.is_empty() {
        return Err(DeskError::UnknownCase(stream.clone()));
    }
    let view = with_kind!(stream.kind(), C => seen::<C>(stream, &read::<C>(events)?));
    view.ok_or_else(|| DeskError::UnknownKind(String::from(stream.kind())))?
}
