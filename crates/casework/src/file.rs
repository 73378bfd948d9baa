//! A case file: the case, its duties, and the one way in which it moves.

use crate::{
    case::{Act, Case, Status},
    clock::Clock,
    context::Context,
    draft::{Draft, Happening, Recorded, joined},
    duty::Duty,
    party::{Actor, Moment, Party},
    refusal::{Reason, Refusal},
};
use alloc::vec::Vec;
use ducha_core::{Label, Lang, SubjectId, message::Args};

/// A case with its duties.
#[derive(Debug, Clone, PartialEq)]
pub struct File<C: Case> {
    case: C,
    clock: Clock,
    /// When it was last acted on.
    last: Moment,
}

/// Something that may be done next: what front ends make buttons from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed<A> {
    /// The act.
    pub act: A,
    /// As people call it.
    pub name: Label,
    /// The article that it rests on.
    pub article: ducha_core::Article,
}

impl<C: Case> File<C> {
    /// The case.
    pub const fn case(&self) -> &C {
        &self.case
    }

    /// Its duties.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// When it was last acted on.
    pub const fn last(&self) -> Moment {
        self.last
    }

    /// Opens a case: what happened, or why it is refused.
    ///
    /// # Errors
    /// [`Refusal`], with the article that forbids it.
    pub fn open(
        opening: &C::Opening,
        actor: &Actor,
        at: Moment,
        context: &Context<'_>,
    ) -> Result<Vec<Recorded<C::Event>>, Refusal> {
        let act = C::opens(opening);
        let unit = C::concerns(opening);
        in_time(act, at, None, context)?;
        in_office(act, actor, unit, at, context)?;
        let mut draft = Draft::new(*context, Some(actor), at, unit.clone(), Clock::default());
        C::open(opening, &mut draft)?;
        Ok(draft.finish())
    }

    /// Does what is asked: what happens, or why it is refused.
    ///
    /// # Errors
    /// [`Refusal`], with the article that forbids it.
    pub fn decide(
        &self,
        command: &C::Command,
        actor: &Actor,
        at: Moment,
        context: &Context<'_>,
    ) -> Result<Vec<Recorded<C::Event>>, Refusal> {
        let act = C::act(command);
        // Before anything that would tell how the case stands.
        if !self.case.visible_to(actor, context) {
            let args = Args::none().with("person", &actor.person);
            return Err(Refusal::new(Reason::NoSuchCase, act.article(), args));
        }
        in_time(act, at, Some(self.last), context)?;
        self.stands(act)?;
        in_office(act, actor, self.case.unit(), at, context)?;
        let mut draft = self.draft(Some(actor), at, context);
        self.case.guard(act, actor, &draft)?;
        self.case.decide(command, &mut draft)?;
        Ok(draft.finish())
    }

    fn draft<'a>(&self, actor: Option<&'a Actor>, at: Moment, context: &Context<'a>) -> Draft<'a, C> {
        Draft::new(*context, actor, at, self.case.unit().clone(), self.clock.clone())
    }

    fn stands(&self, act: C::Act) -> Result<(), Refusal> {
        let status = self.case.status();
        if act.rule().from.contains(&status) {
            return Ok(());
        }
        let possible = |lang| {
            let acts = C::Act::ALL.iter().filter(|act| act.rule().from.contains(&status));
            joined(acts.map(|act| act.text(lang)), lang)
        };
        let args = Args::none()
            .with("status", &Label::new(status.text(Lang::Zh), status.text(Lang::En)))
            .with("act", &named(act))
            .with(
                "possible",
                &Label::new(or_nothing(possible(Lang::Zh), "无"), or_nothing(possible(Lang::En), "nothing")),
            );
        Err(Refusal::new(Reason::NotNow, act.article(), args))
    }

    /// What that person may do now.
    pub fn allowed(&self, actor: &Actor, context: &Context<'_>) -> Vec<Allowed<C::Act>> {
        let draft = self.draft(Some(actor), context.now, context);
        let may = |act: &&C::Act| {
            self.case.visible_to(actor, context)
                && self.stands(**act).is_ok()
                && in_office(**act, actor, self.case.unit(), context.now, context).is_ok()
                && self.case.guard(**act, actor, &draft).is_ok()
        };
        let acts = C::Act::ALL.iter().filter(may);
        acts.map(|act| Allowed { act: *act, name: named(*act), article: act.article() }).collect()
    }

    /// What is owed, the earliest first; what has no known end comes last.
    pub fn due(&self) -> Vec<&Duty> {
        let mut owed: Vec<&Duty> = self.clock.duties().filter(|duty| duty.is_owed()).collect();
        owed.sort_by_key(|duty| (duty.due.ends().is_none(), duty.due.ends(), duty.key()));
        owed
    }

    /// What is owed, as far as that person may know of the case.
    pub fn due_for(&self, actor: &Actor, context: &Context<'_>) -> Vec<&Duty> {
        if self.case.visible_to(actor, context) { self.due() } else { Vec::new() }
    }

    /// What time has brought about by now that is not yet recorded: reminders, what is overdue, the levels above.
    ///
    /// After it is recorded, the same moment brings about nothing more. However long nobody asked, everything comes
    /// in its order and with its own moment.
    pub fn tick(&self, context: &Context<'_>) -> Vec<Recorded<C::Event>> {
        let mut draft = self.draft(None, context.now, context);
        draft.tick(&self.case);
        draft.finish()
    }

    /// When time next brings something about, if nobody acts before; nothing where it never will. Where the calendar may
    /// come to know more, any tick may bring something.
    pub fn wakes(&self, context: &Context<'_>) -> Option<Moment> {
        if self.clock.duties().any(|duty| duty.is_owed() && duty.overdue.is_none() && duty.due.is_open()) {
            return Some(Moment::MIN);
        }
        self.clock.next(Moment::MAX, None, context).map(|(at, _)| at)
    }

    /// The file after something that happened; nothing where it is no beginning of a case.
    #[must_use]
    pub fn evolve(file: Option<Self>, recorded: &Recorded<C::Event>) -> Option<Self> {
        let Recorded { stamp, what } = recorded;
        match (file, what) {
            (None, Happening::Case(event)) => {
                Some(Self { case: C::begin(event, stamp)?, clock: Clock::default(), last: stamp.at })
            }
            (None, Happening::Clock(_)) => None,
            (Some(file), Happening::Case(event)) => {
                let last = if stamp.by.is_some() { file.last.max(stamp.at) } else { file.last };
                Some(Self { case: file.case.evolve(event, stamp), last, ..file })
            }
            (Some(mut file), Happening::Clock(event)) => {
                file.clock.note(event, stamp.at);
                Some(file)
            }
        }
    }

    /// The file after all that happened.
    pub fn replay<'e>(events: impl IntoIterator<Item = &'e Recorded<C::Event>>) -> Option<Self>
    where
        C::Event: 'e,
    {
        events.into_iter().fold(None, Self::evolve)
    }
}

/// An act's name for sentences.
pub(crate) fn named<A: Act>(act: A) -> Label {
    Label::new(act.text(Lang::Zh), act.text(Lang::En))
}

fn or_nothing(text: alloc::string::String, nothing: &str) -> alloc::string::String {
    if text.is_empty() { nothing.into() } else { text }
}

/// Nothing is recorded before it happens, nor before what it rests on.
fn in_time<A: Act>(act: A, at: Moment, last: Option<Moment>, context: &Context<'_>) -> Result<(), Refusal> {
    let text = |moment: Moment| alloc::format!("{}", moment.format("%Y-%m-%d %H:%M"));
    if at > context.now {
        let args = Args::none().with("at", text(at)).with("now", text(context.now));
        return Err(Refusal::new(Reason::InTheFuture, act.article(), args));
    }
    match last {
        Some(last) if at < last => {
            let args = Args::none().with("at", text(at)).with("last", text(last));
            Err(Refusal::new(Reason::BeforeTheLast, act.article(), args))
        }
        _ => Ok(()),
    }
}

/// Whether somebody holds the office that an act asks for, on the day of the act.
fn in_office<A: Act>(
    act: A,
    actor: &Actor,
    unit: &SubjectId,
    at: Moment,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let rule = act.rule();
    if !rule.by.contains(&actor.party) {
        let parties = |lang| joined(rule.by.iter().map(|party| party.text(lang)), lang);
        let args = Args::none()
            .with("party", &of_party(actor.party))
            .with("act", &named(act))
            .with("parties", &Label::new(parties(Lang::Zh), parties(Lang::En)));
        return Err(Refusal::new(Reason::NotYours, act.article(), args));
    }
    let Some(role) = actor.party.role() else { return Ok(()) };
    let day = at.date();
    let held = context.directory.holding(&actor.person, role, unit, day);
    if held.is_some_and(|held| actor.on_behalf_of.is_none() || held.on_behalf_of == actor.on_behalf_of) {
        return Ok(());
    }
    let args = Args::none()
        .with("day", day)
        .with("person", &actor.person)
        .with("party", &of_party(actor.party))
        .with("unit", unit);
    Err(Refusal::new(Reason::NotInOffice, act.article(), args))
}

/// A party's name for sentences.
pub(crate) fn of_party(party: Party) -> Label {
    Label::new(party.text(Lang::Zh), party.text(Lang::En))
}
