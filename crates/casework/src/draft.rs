//! What one act brings about, while it is being decided.

use crate::{
    case::Case,
    clock::{Clock, ClockEvent, withdrawn},
    context::Context,
    duty::{Due, Duty, DutyStanding, Level, reckon},
    party::{Actor, Moment, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::{boxed::Box, string::String, vec::Vec};
use ducha_calendar::{Pause, Terms, TimeLimit};
use ducha_core::{Article, EscalationId, Label, Lang, LimitId, SubjectId, message::Args};
use serde::{Deserialize, Serialize};

/// Something that happened in a case: to the case itself, or to its duties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening<E> {
    /// To the case itself.
    Case(E),
    /// To its duties.
    Clock(ClockEvent),
}

/// Something that happened, with when and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded<E> {
    /// When, and by whom.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What.
    pub what: Happening<E>,
}

/// A duty that begins with an act.
#[derive(Debug, Clone)]
pub struct NewDuty<'a> {
    /// What is owed: a word of the kind of case.
    pub duty: &'static str,
    /// As people call it: Chinese, English.
    pub name: (&'static str, &'static str),
    /// The article.
    pub article: Article,
    /// Who owes it.
    pub owed_by: Party,
    /// The time limit in the rules.
    pub limit: &'a LimitId,
    /// The escalation chain in the rules.
    pub chain: Option<&'a EscalationId>,
    /// Reminders so long before.
    pub reminders: &'a [TimeLimit],
}

/// What one act brings about, while it is being decided.
#[derive(Debug)]
pub struct Draft<'a, C: Case> {
    context: Context<'a>,
    actor: Option<&'a Actor>,
    at: Moment,
    unit: SubjectId,
    clock: Clock,
    happened: Vec<Recorded<C::Event>>,
}

impl<'a, C: Case> Draft<'a, C> {
    pub(crate) const fn new(
        context: Context<'a>,
        actor: Option<&'a Actor>,
        at: Moment,
        unit: SubjectId,
        clock: Clock,
    ) -> Self {
        Self { context, actor, at, unit, clock, happened: Vec::new() }
    }

    pub(crate) fn finish(self) -> Vec<Recorded<C::Event>> {
        self.happened
    }

    /// What may be looked at beside the case.
    #[must_use]
    pub const fn context(&self) -> &Context<'a> {
        &self.context
    }

    /// When the act happened.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// Who acts; nobody where time does.
    #[must_use]
    pub const fn actor(&self) -> Option<&Actor> {
        self.actor
    }

    /// The duties as they stand.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    fn stamp(&self, at: Moment, by: Option<&Actor>) -> Stamp {
        Stamp { at, recorded: self.context.now, by: by.cloned() }
    }

    /// Something happens to the case.
    pub fn event(&mut self, event: C::Event) {
        let stamp = self.stamp(self.at, self.actor);
        self.happened.push(Recorded { stamp, what: Happening::Case(event) });
    }

    fn tell(&mut self, event: ClockEvent, at: Moment, by: Option<&Actor>) {
        self.clock.note(&event, at);
        let stamp = self.stamp(at, by);
        self.happened.push(Recorded { stamp, what: Happening::Clock(event) });
    }

    fn act(&mut self, event: ClockEvent) {
        self.tell(event, self.at, self.actor);
    }

    /// A duty begins now.
    ///
    /// # Errors
    /// Where the rules lack the limit or the chain.
    pub fn begin(&mut self, new: &NewDuty<'_>) -> Result<(), Refusal> {
        let terms = self.terms(new.limit, new.article)?;
        self.begin_with(new, terms)
    }

    /// A duty begins now, with a limit of its own in place of that of the rules.
    ///
    /// # Errors
    /// Where the rules lack the chain.
    pub fn begin_with(&mut self, new: &NewDuty<'_>, terms: Terms) -> Result<(), Refusal> {
        self.begin_from(new, terms, self.at)
    }

    /// A duty whose limit runs from another moment than that of the act, such as the end of a month.
    ///
    /// # Errors
    /// Where the rules lack the chain.
    pub fn begin_from(&mut self, new: &NewDuty<'_>, terms: Terms, from: Moment) -> Result<(), Refusal> {
        let chain = match new.chain {
            Some(id) => self.chain(id, new.article)?,
            None => Vec::new(),
        };
        let due = reckon(&terms, from, self.context.calendar);
        let duty = Duty {
            duty: String::from(new.duty),
            round: self.clock.next_round(new.duty),
            name: Label::new(new.name.0, new.name.1),
            article: new.article,
            owed_by: new.owed_by,
            unit: self.unit.clone(),
            from,
            terms,
            due,
            reminders: new.reminders.to_vec(),
            chain,
            standing: DutyStanding::Open,
            reminded: Vec::new(),
            overdue: None,
            reached: Vec::new(),
        };
        self.act(ClockEvent::DutyBegan { duty: Box::new(duty) });
        Ok(())
    }

    /// The limit of that id as terms.
    ///
    /// # Errors
    /// Where the rules lack it.
    pub fn terms(&self, id: &LimitId, article: Article) -> Result<Terms, Refusal> {
        let limit = self.context.limit(id, article)?;
        Ok(Terms::of(limit.length).rolling(limit.roll))
    }

    fn chain(&self, id: &EscalationId, article: Article) -> Result<Vec<Level>, Refusal> {
        let found = self.context.rules.escalation.iter().find(|chain| chain.id == *id);
        let chain =
            found.ok_or_else(|| Refusal::new(Reason::NoRule, article, Args::none().with("rule", id)))?;
        let levels = chain.level.iter().map(|level| {
            Ok(Level {
                id: level.id.clone(),
                name: level.name.clone(),
                answers: level.answers,
                terms: self.terms(&level.within, article)?,
                consequences: level.consequences.clone(),
            })
        });
        levels.collect()
    }

    /// What was owed is done now. What time should have brought about before is told first; what it brought about
    /// although it was done by then is taken back.
    pub fn done(&mut self, duty: &str) {
        let Some(key) = self.clock.owed(duty).map(Duty::key) else { return };
        self.resume(duty);
        self.catch_up(&key);
        self.act(ClockEvent::DutyDone { duty: key });
        self.take_back(duty);
    }

    /// What was owed is owed no longer, for what it was owed for is gone.
    pub fn release(&mut self, duty: &str) {
        let Some(key) = self.clock.owed(duty).map(Duty::key) else { return };
        self.catch_up(&key);
        self.act(ClockEvent::DutyReleased { duty: key });
        self.take_back(duty);
    }

    /// Nothing of the case is owed any longer.
    pub fn release_all(&mut self) {
        let owed: Vec<String> =
            self.clock.duties().filter(|duty| duty.is_owed()).map(|duty| duty.duty.clone()).collect();
        for duty in owed {
            self.release(&duty);
        }
    }

    fn take_back(&mut self, duty: &str) {
        if let Some(event) = self.clock.latest(duty).and_then(|duty| withdrawn(duty, self.at)) {
            self.act(event);
        }
    }

    /// The clock of a duty stands from now on.
    pub fn pause(&mut self, duty: &str) {
        let open = self.clock.owed(duty).filter(|owed| owed.standing == DutyStanding::Open);
        if let Some(key) = open.map(Duty::key) {
            self.catch_up(&key);
            self.act(ClockEvent::DutyPaused { duty: key });
            self.take_back(duty);
        }
    }

    /// The clock of a duty runs again.
    pub fn resume(&mut self, duty: &str) {
        let Some(owed) = self.clock.owed(duty) else { return };
        let DutyStanding::Paused { since } = owed.standing else { return };
        let pause = Pause { from: since, until: self.at };
        let mut running = owed.clone();
        running.pause(pause);
        let due = running.reckon(self.context.calendar);
        let until = running.reckon_level(self.context.calendar);
        let key = owed.key();
        self.act(ClockEvent::DutyResumed { duty: key, pause, due, until });
    }

    /// More time is granted for a duty. Where it became overdue while the request waited, that is taken back.
    ///
    /// # Errors
    /// Where the extension is by the hour and the limit by the day, or the reverse.
    pub fn extend(&mut self, duty: &str, by: TimeLimit) -> Result<(), Refusal> {
        let Some(owed) = self.clock.owed(duty) else { return Ok(()) };
        let mut longer = owed.clone();
        longer.terms = longer.terms.extended(by);
        let due = longer.reckon(self.context.calendar);
        if due == Due::Beyond {
            let why = alloc::format!("{by}");
            return Err(Refusal::new(Reason::NoCalendar, owed.article, Args::none().with("why", why)));
        }
        let key = owed.key();
        let lifted =
            owed.overdue.as_ref().is_some_and(|overdue| due.ends().is_none_or(|ends| ends > overdue.since));
        self.act(ClockEvent::DutyExtended { duty: key.clone(), by, due });
        if lifted {
            self.act(ClockEvent::EscalationWithdrawn { duty: key, levels: 0, overdue: false });
        }
        Ok(())
    }

    /// Tells what time brought about for one duty before the act happened.
    fn catch_up(&mut self, key: &str) {
        while let Some((at, event)) = self.clock.next(self.at, Some(key), &self.context) {
            // What is done within the last moment is in time.
            if at >= self.at && !matches!(event, ClockEvent::Reminded { .. }) {
                break;
            }
            self.tell(event, at, None);
        }
    }

    /// Tells what time brought about for all duties by now.
    pub(crate) fn tick(&mut self, case: &C) {
        for event in self.clock.reckoned_anew(&self.context) {
            self.tell(event, self.at, None);
        }
        let mut lapsed: Vec<(Moment, C::Event)> = Vec::new();
        while let Some((at, event)) = self.clock.next(self.at, None, &self.context) {
            // What is done within the last moment is in time, so nothing is overdue at it.
            if at >= self.at && !matches!(event, ClockEvent::Reminded { .. }) {
                break;
            }
            let overdue = match &event {
                ClockEvent::BecameOverdue { duty, .. } => {
                    self.word_of(duty).and_then(|word| case.lapse(&word))
                }
                _ => None,
            };
            self.tell(event, at, None);
            if let Some(event) = overdue {
                lapsed.push((at, event));
            }
        }
        for (at, event) in lapsed {
            let stamp = self.stamp(at, None);
            self.happened.push(Recorded { stamp, what: Happening::Case(event) });
        }
    }

    fn word_of(&self, key: &str) -> Option<String> {
        self.clock.duties().find(|duty| duty.key() == key).map(|duty| duty.duty.clone())
    }

    /// A refusal by an article.
    #[must_use]
    pub fn refuse(&self, reason: Reason, article: Article, args: Args) -> Refusal {
        Refusal::new(reason, article, args)
    }

    /// Refuses where a text that must be given is empty.
    ///
    /// # Errors
    /// [`Reason::Empty`].
    pub fn given(&self, text: &str, field: (&str, &str), article: Article) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            let field = Label::new(field.0, field.1);
            return Err(Refusal::new(Reason::Empty, article, Args::none().with("field", &field)));
        }
        Ok(())
    }

    /// The actor's name for sentences.
    #[must_use]
    pub fn actor_name(&self) -> &str {
        self.actor.map_or("", |actor| actor.person.as_str())
    }
}

/// Names joined for a sentence.
pub(crate) fn joined<'t>(names: impl Iterator<Item = &'t str>, lang: Lang) -> String {
    let mut out = String::new();
    for name in names {
        if !out.is_empty() {
            out.push_str(match lang {
                Lang::Zh => "、",
                Lang::En => ", ",
            });
        }
        out.push_str(name);
    }
    out
}
