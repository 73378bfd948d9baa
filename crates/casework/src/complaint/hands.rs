//! Who may do what in a complaint, and until when.

use super::{ARTICLE, Act, Channel, Complainants, Complaint};
use crate::{
    case::Act as _,
    draft::Draft,
    duty::{Due, reckon},
    party::{Actor, Party},
    refusal::{Reason, Refusal},
};
use alloc::{format, string::ToString};
use ducha_core::{Label, Lang, SubjectId, message::Args};

pub(super) fn no_party(actor: &Actor, draft: &Draft<'_, Complaint>) -> Refusal {
    let party = Label::new(actor.party.text(Lang::Zh), actor.party.text(Lang::En));
    draft.refuse(Reason::NotTheOne, ARTICLE, Args::none().with("person", &actor.person).with("party", &party))
}

/// Nobody handles a complaint about themself.
pub(super) fn not_about(
    about: Option<&SubjectId>,
    act: Act,
    actor: &Actor,
    draft: &Draft<'_, Complaint>,
) -> Result<(), Refusal> {
    if about != Some(&actor.person) {
        return Ok(());
    }
    let args = Args::none()
        .with("person", &actor.person)
        .with("act", &Label::new(act.text(Lang::Zh), act.text(Lang::En)));
    Err(draft.refuse(Reason::ConcernsYou, ARTICLE, args))
}

/// Whether those who complain are told, each once.
pub(super) fn told(complainants: &Complainants, draft: &Draft<'_, Complaint>) -> Result<(), Refusal> {
    let people = complainants.people();
    let twice =
        (1..).zip(people).any(|(next, one)| people.iter().skip(next).any(|other| other.person == one.person));
    match complainants {
        Complainants::Anonymous => Ok(()),
        Complainants::Named(people) if !people.is_empty() && !twice => Ok(()),
        _ => draft.given("", ("投诉人（每人一次）", "who complains, each once"), ARTICLE),
    }
}

impl Complaint {
    pub(super) fn hands(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        if actor.party == Party::COMPLAINANT {
            if self.complainants.find(&actor.person).is_none() {
                return Err(no_party(actor, draft));
            }
            // The contact speaks for all; each withdraws for themself.
            if act != Act::Withdraw && !self.complainants.is_contact(&actor.person) {
                let args = Args::none().with("person", &actor.person);
                return Err(draft.refuse(Reason::NotTheContact, ARTICLE, args));
            }
            return Ok(());
        }
        // Whom it is about is heard, but does not handle it.
        if act != Act::ReportBack {
            not_about(self.grievance.about.as_ref(), act, actor, draft)?;
        }
        let for_receiver = matches!(act, Act::Acknowledge | Act::Answer) && actor.party != Party::OFFICE;
        if for_receiver && self.receiver.as_ref() != Some(&actor.person) {
            let args = Args::none().with("person", &actor.person);
            return Err(draft.refuse(Reason::NotTheReceiver, ARTICLE, args));
        }
        Ok(())
    }

    /// Reopening is for the time that the rules give, and closing for after it; without a limit both are possible.
    pub(super) fn in_window(&self, act: Act, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        let Some((at, Some(terms))) = &self.answered else { return Ok(()) };
        let due = reckon(terms, *at, draft.context().calendar);
        let over = due.ends().is_some_and(|ends| draft.at() > ends);
        let args = Args::none().with("until", &until(due));
        match act {
            Act::Reopen if over => Err(draft.refuse(Reason::ReopenTooLate, ARTICLE, args)),
            // Nobody could reopen an anonymous one.
            Act::Settle if !over && !self.is_anonymous() => {
                Err(draft.refuse(Reason::MayStillReopen, ARTICLE, args))
            }
            _ => Ok(()),
        }
    }

    /// An anonymous complaint is answered by public notice, any other to the complainant.
    pub(super) fn reaches(&self, channel: Channel, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        let (voice, should, text) = if self.is_anonymous() {
            (("匿名", "an anonymous"), Channel::PublicNotice, ("以公告方式反馈", "by public notice"))
        } else {
            (("具名", "a signed"), Channel::Complainant, ("直接向投诉人反馈", "to the complainant"))
        };
        if channel == should {
            return Ok(());
        }
        let args = Args::none()
            .with("voice", &Label::new(voice.0, voice.1))
            .with("channel", &Label::new(text.0, text.1));
        Err(draft.refuse(Reason::WrongChannel, ARTICLE, args))
    }

    pub(super) fn is_another(
        &self,
        complaint: &ducha_core::RecordId,
        draft: &Draft<'_, Self>,
    ) -> Result<(), Refusal> {
        if self.grievance.complaint != *complaint {
            return Ok(());
        }
        let args = Args::none().with("complaint", complaint);
        Err(draft.refuse(Reason::IntoItself, ARTICLE, args))
    }
}

fn until(due: Due) -> Label {
    match due.ends() {
        Some(ends) => Label::same(format!("{}", ends.format("%Y-%m-%d %H:%M"))),
        None => Label::new("尚无法确定的日期".to_string(), "a day that is not known yet".to_string()),
    }
}
