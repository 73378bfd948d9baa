//! The course of an inspection: who may do what, and what follows.

use super::{Act, Command, Event, Inspection, Opening, REPORT, Stage, Status, rules, team::own};
use crate::{
    case::{Act as _, Case, article},
    context::Context,
    draft::{Draft, NewDuty, joined},
    found::{Found, known_clause, room},
    party::{Actor, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::{boxed::Box, collections::BTreeSet, string::ToString};
use ducha_core::{ClauseId, Label, Lang, SubjectId, message::Args, record::Evidence};
use ducha_rulebook::annex::consequence::Role;

/// Whose hands an act asks for.
enum Hands {
    /// Whoever arranges the inspection: the office, or in a self-inspection the unit's leaders.
    Arranging,
    /// The team's: inspectors, or in a self-inspection people of the unit.
    Inspecting,
    /// The inspector's who keeps away, or the office's.
    Recusing,
    /// The unit's.
    Inspected,
}

const fn hands(act: Act) -> Hands {
    match act {
        Act::Plan | Act::Appoint | Act::Outline | Act::Close | Act::Cancel => Hands::Arranging,
        Act::Recuse => Hands::Recusing,
        Act::Sign => Hands::Inspected,
        Act::Start
        | Act::UsePower
        | Act::Hindered
        | Act::Find
        | Act::Leave
        | Act::Report
        | Act::RefuseToSign => Hands::Inspecting,
    }
}

/// Whether that party has a hand in the act, in an inspection of this sort.
fn party_fits(opening: &Opening, act: Act, party: Party) -> bool {
    let of_office = matches!(party, Party::OFFICE | Party::INSPECTOR);
    match hands(act) {
        Hands::Arranging | Hands::Inspecting => of_office != opening.methods.is_self_inspection(),
        Hands::Recusing | Hands::Inspected => true,
    }
}

fn fitting(opening: &Opening, act: Act, draft: &Draft<'_, Inspection>) -> Result<(), Refusal> {
    let Some(actor) = draft.actor() else { return Ok(()) };
    if party_fits(opening, act, actor.party) {
        return Ok(());
    }
    let fit = |lang| {
        let fit = act.rule().by.iter().filter(|party| party_fits(opening, act, **party));
        joined(fit.map(|party| party.text(lang)), lang)
    };
    let args = Args::none()
        .with("party", &Label::new(actor.party.text(Lang::Zh), actor.party.text(Lang::En)))
        .with("act", &Label::new(act.text(Lang::Zh), act.text(Lang::En)))
        .with("parties", &Label::new(fit(Lang::Zh), fit(Lang::En)));
    Err(draft.refuse(Reason::NotYours, act.article(), args))
}

/// Whether somebody is of the unit that is inspected, or leads it.
fn is_auditee(unit: &SubjectId, actor: &Actor, context: &Context<'_>) -> bool {
    let day = context.now.date();
    let leads = |role| context.directory.holding(&actor.person, role, unit, day).is_some();
    context.directory.within(&actor.person, unit, day)
        || leads(Role::DepartmentHead)
        || leads(Role::TeamLeader)
}

impl Case for Inspection {
    const KIND: &'static str = "inspection";
    const LABEL: (&'static str, &'static str) = ("检查", "inspection");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Plan
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Appoint { .. } => Act::Appoint,
            Command::Recuse { .. } => Act::Recuse,
            Command::Outline { .. } => Act::Outline,
            Command::Start {} => Act::Start,
            Command::UsePower { .. } => Act::UsePower,
            Command::Hindered { .. } => Act::Hindered,
            Command::Find { .. } => Act::Find,
            Command::Leave {} => Act::Leave,
            Command::Report { .. } => Act::Report,
            Command::Sign { .. } => Act::Sign,
            Command::RefuseToSign { .. } => Act::RefuseToSign,
            Command::Close {} => Act::Close,
            Command::Cancel { .. } => Act::Cancel,
        }
    }

    fn status(&self) -> Status {
        self.stands()
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        draft.given(&opening.purpose, ("检查目的", "what the inspection is for"), article(4))?;
        room(&opening.inspection, draft, article(4))?;
        fitting(opening, Act::Plan, draft)?;
        if let Some(source) = &opening.source
            && !draft.context().rules.source.iter().any(|known| known.id == *source)
        {
            return Err(draft.refuse(Reason::NoRule, article(4), Args::none().with("rule", source)));
        }
        if opening.methods.is_covert() {
            if opening.methods.is_self_inspection() {
                return Err(draft.refuse(Reason::CovertSelf, article(4), Args::none()));
            }
            if let Some(actor) = draft.actor()
                && is_auditee(&opening.unit, actor, draft.context())
            {
                return Err(own(&actor.person, &opening.unit, draft));
            }
        }
        draft.event(Event::Planned(opening.clone()));
        Ok(())
    }

    /// A covert visit does not show to the unit before it is reported.
    fn visible_to(&self, actor: &Actor, context: &Context<'_>) -> bool {
        let hidden = self.opening.methods.is_covert() && self.report().is_none();
        !hidden || !is_auditee(&self.opening.unit, actor, context)
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        fitting(&self.opening, act, draft)?;
        let by_inspector = matches!(hands(act), Hands::Recusing) && actor.party == Party::INSPECTOR;
        if by_inspector || matches!(hands(act), Hands::Inspecting) {
            let team = self.team().ok_or_else(|| draft.refuse(Reason::NoTeam, article(9), Args::none()))?;
            if !team.has(&actor.person) {
                let args = Args::none().with("person", &actor.person);
                return Err(draft.refuse(Reason::NotOfTheTeam, article(9), args));
            }
            match act {
                // Who could be of the team when it was appointed may no longer be so on the day.
                Act::Start => team.check(&self.opening, &self.recused, draft)?,
                Act::Report if team.lead != actor.person => {
                    let args = Args::none().with("person", &actor.person).with("lead", &team.lead);
                    return Err(draft.refuse(Reason::NotTheLead, article(9), args));
                }
                _ => {}
            }
        }
        let left = self.visit().and_then(|visit| visit.left.as_ref());
        match (act, left, self.signature()) {
            (Act::Leave, Some(left), _) => {
                let at = left.at.format("%Y-%m-%d %H:%M").to_string();
                Err(draft.refuse(Reason::AlreadyLeft, act.article(), Args::none().with("at", at)))
            }
            (Act::Report, None, _) => Err(draft.refuse(Reason::StillOnSite, act.article(), Args::none())),
            (Act::Sign | Act::RefuseToSign, _, Some(_)) => {
                Err(draft.refuse(Reason::AlreadySigned, act.article(), Args::none()))
            }
            (Act::Close, _, None) => Err(draft.refuse(Reason::NotSigned, act.article(), Args::none())),
            _ => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let event = match command {
            Command::Appoint { team } => {
                team.check(&self.opening, &self.recused, draft)?;
                Event::Appointed { team: team.clone() }
            }
            Command::Recuse { person, why } => {
                draft.given(why, ("回避理由", "the reason"), article(9))?;
                if let Some(actor) = draft.actor()
                    && actor.party == Party::INSPECTOR
                    && actor.person != *person
                {
                    let party = Label::new(actor.party.text(Lang::Zh), actor.party.text(Lang::En));
                    let args = Args::none().with("person", &actor.person).with("party", &party);
                    return Err(draft.refuse(Reason::NotTheOne, article(9), args));
                }
                Event::Recused { person: person.clone(), why: why.clone() }
            }
            Command::Outline { content, clauses } => {
                let first = content.first().map_or("", |first| first);
                draft.given(first, ("检查主要内容", "the main content"), article(21))?;
                clauses.iter().try_for_each(|clause| known_clause(clause, draft, article(21)))?;
                Event::Outlined { content: content.clone(), clauses: clauses.clone() }
            }
            Command::Start {} => Event::Started,
            Command::UsePower { power, on, reference } => {
                draft.given(on, ("对象", "on what or whom"), power.article())?;
                Event::PowerUsed { power: *power, on: on.clone(), reference: reference.clone() }
            }
            Command::Hindered { power, how, by, evidence } => {
                draft.given(how, ("阻挠情形", "how it was hindered"), article(20))?;
                let found = obstruction(how, by.as_ref(), evidence, draft)?;
                found.check(&self.opening.unit, draft, article(20))?;
                Event::Hindered { power: *power, found: Box::new(found) }
            }
            Command::Find { found } => {
                found.check(&self.opening.unit, draft, article(2))?;
                Event::Found { found: found.clone() }
            }
            Command::Leave {} => return self.leave(draft),
            Command::Report { summary, not_applicable } => {
                draft.given(summary, ("报告内容", "what the report says"), article(14))?;
                not_applicable.iter().try_for_each(|clause| self.did_not_apply(clause, draft))?;
                draft.event(Event::Reported {
                    summary: summary.clone(),
                    not_applicable: not_applicable.clone(),
                });
                draft.done(REPORT);
                return Ok(());
            }
            Command::Sign { remarks } => Event::Signed { remarks: remarks.clone() },
            Command::RefuseToSign { witness, why } => {
                draft.given(why, ("拒签理由", "the reason given"), article(20))?;
                if self.team().is_some_and(|team| team.has(witness)) {
                    let args = Args::none().with("person", witness);
                    return Err(draft.refuse(Reason::NoWitness, article(20), args));
                }
                Event::RefusedToSign { witness: witness.clone(), why: why.clone() }
            }
            Command::Close {} => Event::Closed,
            Command::Cancel { why } => {
                draft.given(why, ("理由", "the reason"), article(4))?;
                Event::Cancelled { why: why.clone() }
            }
        };
        draft.event(event);
        Ok(())
    }

    fn begin(event: &Event, _: &Stamp) -> Option<Self> {
        let Event::Planned(opening) = event else { return None };
        let stage = Stage::Planned { team: None };
        Some(Self { opening: opening.clone(), recused: BTreeSet::new(), stage })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        if let Event::Recused { person, .. } = event {
            self.recused.insert(person.clone());
        }
        Self { stage: self.stage.after(event, stamp), ..self }
    }
}

/// The finding that hindering an inspection is, under the clause that the rules name for it (art. 20).
fn obstruction(
    how: &str,
    by: Option<&SubjectId>,
    evidence: &[Evidence],
    draft: &Draft<'_, Inspection>,
) -> Result<Found, Refusal> {
    let clause = rules(draft)?.obstruction.as_ref().ok_or_else(|| {
        let args = Args::none().with("rule", "[inspection] obstruction");
        draft.refuse(Reason::NoRule, article(20), args)
    })?;
    Ok(Found {
        subject: by.cloned(),
        note: Some(how.to_string()),
        evidence: evidence.to_vec(),
        ..Found::under(clause.clone())
    })
}

impl Inspection {
    /// The work on site ends; from now on the report is owed.
    fn leave(&self, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        draft.event(Event::Left);
        let limit = draft.context().rules.inspection.as_ref().and_then(|rules| rules.report_within.as_ref());
        let Some(limit) = limit else { return Ok(()) };
        let by_unit = self.opening.methods.is_self_inspection();
        draft.begin(&NewDuty {
            duty: REPORT,
            name: ("提交检查报告", "report the inspection"),
            article: article(14),
            owed_by: if by_unit { Party::DEPARTMENT_HEAD } else { Party::INSPECTOR },
            limit,
            chain: None,
            reminders: &[],
        })
    }

    /// Whether the clause may be told not to have applied.
    fn did_not_apply(&self, clause: &ClauseId, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        known_clause(clause, draft, article(14))?;
        let mut noted = self.visit().into_iter().flat_map(|visit| &visit.noted);
        if noted.any(|noted| noted.found.clause == *clause) {
            let args = Args::none().with("clause", clause);
            return Err(draft.refuse(Reason::FoundThere, article(14), args));
        }
        Ok(())
    }
}
