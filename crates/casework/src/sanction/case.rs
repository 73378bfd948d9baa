//! How a sanction moves.

use super::{
    ARTICLE, Act, Command, DECIDE, Decision, EXECUTE, Event, Execution, Measure, NOTIFY, Opening,
    Recommendation, Sanction, Stage, Status, appeals,
    measure::{rule, too_much, within_bounds},
};
use crate::{
    case::{Case, article},
    draft::{Draft, NewDuty},
    file::named,
    hands::{apart, concerned, only},
    party::{Actor, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::{boxed::Box, string::String, vec::Vec};
use ducha_core::{ClauseId, ConsequenceId, Label, LimitId, Money, RecordId, SubjectId, message::Args};
use ducha_rulebook::annex::vocabulary::Aspect;

type Drafting<'a> = Draft<'a, Sanction>;

impl Case for Sanction {
    const KIND: &'static str = "sanction";
    const LABEL: (&'static str, &'static str) = ("处罚", "sanction");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Recommend
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::RecordFact { .. } => Act::RecordFact,
            Command::State { .. } => Act::State,
            Command::Approve {} => Act::Approve,
            Command::Modify { .. } => Act::Modify,
            Command::Refuse { .. } => Act::Refuse,
            Command::Withdraw { .. } => Act::Withdraw,
            Command::Notify { .. } => Act::Notify,
            Command::Suspend { .. } => Act::Suspend,
            Command::Resume {} => Act::Resume,
            Command::Execute { .. } => Act::Execute,
            Command::Mend { .. } => Act::Mend,
            Command::End {} => Act::End,
            Command::ChangeOnAppeal { .. } => Act::ChangeOnAppeal,
            Command::RevokeOnAppeal { .. } => Act::RevokeOnAppeal,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Drafting<'_>) -> Result<(), Refusal> {
        let context = *draft.context();
        let measure = Measure::of(&opening.consequence, opening.money, &context)?;
        if let Some(actor) = draft.actor() {
            concerned(&opening.subject, Act::Recommend, actor)?;
            let proposed_by = rule(&opening.consequence, &context)?.proposed_by;
            proposed_by.map_or(Ok(()), |role| only(Party::Role(role), Act::Recommend, actor))?;
        }
        draft.given(&opening.reasons, ("理由", "the reason"), ARTICLE)?;
        let records = opening.rests_on.first().map_or("", RecordId::as_str);
        draft.given(records, ("所依据的记录", "the record that it rests on"), article(6))?;
        within_bounds(opening, &measure, &context)?;
        let charging = is_charging(opening.clause.as_ref(), draft)?;
        let recommended = Box::new(opening.clone());
        draft.event(Event::Recommended { opening: recommended, measure: measure.clone(), charging });
        if let Some(limit) = rules_limit(draft, Limit::Decide) {
            draft.begin(&duty(DECIDE, ("决定处罚", "decide on the sanction"), measure.decider(), limit))?;
        }
        Ok(())
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Drafting<'_>) -> Result<(), Refusal> {
        // Whoever is head of the unit and concerned may still mend what was overcharged.
        if act != Act::Mend {
            concerned(&self.opening.subject, act, actor)?;
        }
        let recommended = (Act::Recommend, Some(self.stage.recommendation().by()));
        let decided = (Act::Approve, self.stage.decision().map(|decision| &decision.by().person));
        let measure = self.stage.measure();
        match act {
            Act::Approve | Act::Modify | Act::Refuse => {
                only(measure.decider(), act, actor)?;
                apart(&[recommended], act, actor)?;
            }
            Act::Execute => {
                measure.executed_by.map_or(Ok(()), |role| only(Party::Role(role), act, actor))?;
                apart(&[recommended, decided], act, actor)?;
            }
            Act::Suspend if !appeals(draft.context(), ARTICLE)?.suspends => {
                return Err(draft.refuse(Reason::DoesNotSuspend, ARTICLE, Args::none()));
            }
            Act::ChangeOnAppeal | Act::RevokeOnAppeal => {
                only(Party::Role(appeals(draft.context(), ARTICLE)?.to), act, actor)?;
                apart(&[recommended, decided], act, actor)?;
            }
            _ => {}
        }
        if matches!(act, Act::Refuse | Act::End) && self.charging && self.remedy.is_none() {
            let args = Args::none().with("act", &named(act));
            return Err(draft.refuse(Reason::ChargeNotMended, ARTICLE, args));
        }
        match self.lasts_until() {
            Some(last) if act == Act::End && draft.at().date() <= last => {
                Err(draft.refuse(Reason::StillLasts, ARTICLE, Args::none().with("last", last)))
            }
            _ => Ok(()),
        }
    }

    fn decide(&self, command: &Command, draft: &mut Drafting<'_>) -> Result<(), Refusal> {
        let why_not = ("理由", "the reason");
        match command {
            Command::RecordFact { fact } => draft.event(Event::FactRecorded { fact: fact.clone() }),
            Command::State { view } => {
                draft.given(view, ("陈述意见", "the view"), ARTICLE)?;
                draft.event(Event::Stated { view: view.clone() });
            }
            Command::Approve {} => {
                let measure = self.stage.measure().clone();
                self.conclude(measure, None, draft)?;
            }
            Command::Modify { consequence, money, why } => {
                draft.given(why, why_not, ARTICLE)?;
                let measure = self.instead(consequence, *money, draft)?;
                self.conclude(measure, Some(why.clone()), draft)?;
            }
            Command::Refuse { why } => {
                draft.given(why, why_not, ARTICLE)?;
                draft.event(Event::Refused { why: why.clone() });
                draft.done(DECIDE);
            }
            Command::Withdraw { why } => {
                draft.given(why, why_not, ARTICLE)?;
                draft.event(Event::Withdrawn { why: why.clone() });
                draft.release_all();
            }
            Command::Notify { how } => {
                draft.given(how, ("送达方式", "how they were told"), ARTICLE)?;
                draft.event(Event::Notified { how: how.clone() });
                draft.done(NOTIFY);
                call_for_execution(self.stage.measure(), draft)?;
            }
            Command::Suspend { appeal } => {
                draft.event(Event::Suspended { appeal: appeal.clone() });
                draft.pause(EXECUTE);
            }
            Command::Resume {} => {
                draft.event(Event::Resumed);
                draft.resume(EXECUTE);
            }
            Command::Execute { how } => {
                draft.given(how, ("执行情况", "how it was carried out"), ARTICLE)?;
                draft.event(Event::Executed { how: how.clone() });
                draft.done(EXECUTE);
            }
            Command::Mend { remedy } => {
                let what = match remedy {
                    super::Remedy::Refund { to, .. } => to,
                    super::Remedy::Correction { how } => how,
                };
                draft.given(
                    what,
                    ("退还对象或更正情况", "who was refunded, or what was corrected"),
                    ARTICLE,
                )?;
                draft.event(Event::Mended { remedy: remedy.clone() });
            }
            Command::End {} => draft.event(Event::Ended),
            Command::ChangeOnAppeal { appeal, consequence, money } => {
                let measure = Measure::of(consequence, *money, draft.context())?;
                not_aggravated(&measure, self.stage.measure(), draft)?;
                measure.prepared(&self.facts, draft.context())?;
                measure.guarded(&self.facts, draft.context())?;
                draft.event(Event::ChangedOnAppeal { appeal: appeal.clone(), measure: measure.clone() });
                draft.release(EXECUTE);
                call_for_execution(&measure, draft)?;
            }
            Command::RevokeOnAppeal { appeal } => {
                draft.event(Event::RevokedOnAppeal { appeal: appeal.clone() });
                draft.release_all();
            }
        }
        Ok(())
    }

    fn begin(event: &Event, stamp: &Stamp) -> Option<Self> {
        let Event::Recommended { opening, measure, charging } = event else { return None };
        let by = stamp.by.as_ref()?.person.clone();
        Some(Self {
            status: Status::Recommended,
            opening: (**opening).clone(),
            charging: *charging,
            facts: opening.facts.clone(),
            view: None,
            remedy: None,
            notified: None,
            appeal: None,
            stage: Stage::Recommended(Recommendation::made(measure.clone(), by, stamp.at)),
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Recommended { .. } => {}
            Event::FactRecorded { fact } => self.facts.push(fact.clone()),
            Event::Stated { view } => self.view = Some(view.clone()),
            Event::Decided { measure, .. } => {
                if let (Stage::Recommended(recommendation), Some(by)) = (&self.stage, &stamp.by)
                    && let Some(decision) =
                        Decision::on(recommendation.clone(), measure.clone(), by, stamp.at)
                {
                    self.stage = Stage::Decided(decision);
                    self.status = Status::Decided;
                }
            }
            Event::Refused { .. } => self.status = Status::Refused,
            Event::Withdrawn { .. } => self.status = Status::Withdrawn,
            Event::Notified { .. } => {
                self.status = Status::Notified;
                self.notified = Some(stamp.at);
            }
            Event::Resumed => self.status = Status::Notified,
            Event::Suspended { appeal } => {
                self.status = Status::Suspended;
                self.appeal = Some(appeal.clone());
            }
            Event::Executed { .. } => {
                if let (Stage::Decided(decision), Some(by)) = (&self.stage, &stamp.by)
                    && let Some(execution) = Execution::of(decision.clone(), &by.person, stamp.at)
                {
                    self.stage = Stage::Executed(execution);
                    self.status = Status::Executed;
                }
            }
            Event::Mended { remedy } => self.remedy = Some(remedy.clone()),
            Event::Ended => self.status = Status::Ended,
            Event::ChangedOnAppeal { appeal, measure } => {
                self.appeal = Some(appeal.clone());
                self.status = Status::Notified;
                self.stage = match self.stage {
                    Stage::Recommended(_) => self.stage,
                    Stage::Decided(decision) => Stage::Decided(decision.changed(measure.clone())),
                    Stage::Executed(execution) => Stage::Decided(execution.undone().changed(measure.clone())),
                };
            }
            Event::RevokedOnAppeal { appeal } => {
                self.appeal = Some(appeal.clone());
                self.status = Status::Revoked;
            }
        }
        self
    }
}

impl Sanction {
    /// What is decided instead of what was recommended, within the bounds of the tier and of the body that decides.
    fn instead(
        &self,
        consequence: &ConsequenceId,
        money: Option<Money>,
        draft: &Drafting<'_>,
    ) -> Result<Measure, Refusal> {
        let context = draft.context();
        let measure = Measure::of(consequence, money, context)?;
        within_bounds(&self.opening, &measure, context)?;
        let recommended = self.stage.measure();
        if recommended.money.is_some() && measure.amount() > recommended.amount() {
            return Err(too_much(measure.amount(), recommended.amount()));
        }
        // What is milder, whoever decides on the graver may choose.
        if measure.decided_by != recommended.decided_by && measure.is_graver_than(recommended) {
            let party = |party: Party| crate::file::of_party(party);
            let args = Args::none()
                .with("consequence", &measure.name)
                .with("parties", &party(measure.decider()))
                .with("party", &party(recommended.decider()));
            return Err(draft.refuse(Reason::HigherBody, ARTICLE, args));
        }
        Ok(measure)
    }

    fn conclude(
        &self,
        measure: Measure,
        why: Option<String>,
        draft: &mut Drafting<'_>,
    ) -> Result<(), Refusal> {
        measure.prepared(&self.facts, draft.context())?;
        measure.guarded(&self.facts, draft.context())?;
        draft.event(Event::Decided { measure, why });
        draft.done(DECIDE);
        match rules_limit(draft, Limit::Notify) {
            Some(limit) => {
                draft.begin(&duty(NOTIFY, ("通知当事人", "notify whom it concerns"), Party::OFFICE, limit))
            }
            None => Ok(()),
        }
    }
}

/// Begins the duty to carry it out: within the time limit of the consequence, or the general one.
fn call_for_execution(measure: &Measure, draft: &mut Drafting<'_>) -> Result<(), Refusal> {
    let limit = measure.within.clone().or_else(|| rules_limit(draft, Limit::Execute).cloned());
    let owed_by = measure.executed_by.map_or(Party::OFFICE, Party::Role);
    match limit {
        Some(limit) => draft.begin(&duty(EXECUTE, ("执行处罚", "carry out the sanction"), owed_by, &limit)),
        None => Ok(()),
    }
}

/// Refuses what is graver than what was decided, unless the rules let an appeal aggravate.
pub(crate) fn not_aggravated<C: Case>(
    measure: &Measure,
    decided: &Measure,
    draft: &Draft<'_, C>,
) -> Result<(), Refusal> {
    if appeals(draft.context(), ARTICLE)?.may_aggravate || !measure.is_graver_than(decided) {
        return Ok(());
    }
    let told = |measure: &Measure| {
        let sum = measure.money.map_or_else(String::new, |sum| alloc::format!(" {}", sum.amount));
        Label::new(alloc::format!("{}{sum}", measure.name.zh), alloc::format!("{}{sum}", measure.name.en))
    };
    let args = Args::none().with("consequence", &told(measure)).with("decided", &told(decided));
    Err(draft.refuse(Reason::Aggravated, ARTICLE, args))
}

/// Whether the clause that was broken is one about prices.
fn is_charging(clause: Option<&ClauseId>, draft: &Drafting<'_>) -> Result<bool, Refusal> {
    let Some(id) = clause else { return Ok(false) };
    let clauses: &Vec<_> = &draft.context().rules.clause;
    let found = clauses.iter().find(|clause| clause.id == *id);
    let clause = found.ok_or_else(|| draft.refuse(Reason::NoRule, ARTICLE, Args::none().with("rule", id)))?;
    Ok(clause.aspect == Aspect::Price)
}

/// The three time limits of `[sanction]`.
#[derive(Clone, Copy)]
enum Limit {
    Decide,
    Notify,
    Execute,
}

fn rules_limit<'a>(draft: &Drafting<'a>, which: Limit) -> Option<&'a LimitId> {
    let rules = draft.context().rules.sanction.as_ref()?;
    match which {
        Limit::Decide => rules.decide_within.as_ref(),
        Limit::Notify => rules.notify_within.as_ref(),
        Limit::Execute => rules.execute_within.as_ref(),
    }
}

const fn duty<'a>(
    word: &'static str,
    name: (&'static str, &'static str),
    owed_by: Party,
    limit: &'a LimitId,
) -> NewDuty<'a> {
    NewDuty { duty: word, name, article: ARTICLE, owed_by, limit, chain: None, reminders: &[] }
}
