//! Whose hands: different people for acts that must be apart, nobody in their own case, and the one whom a case is about.

use crate::{
    case::{Act, article},
    file::{named, of_party},
    party::{Actor, Party},
    refusal::{Reason, Refusal},
};
use ducha_core::{SubjectId, message::Args};

/// Refuses an act of somebody who did an earlier one that must lie in other hands.
pub(crate) fn apart<A: Act>(
    before: &[(A, Option<&SubjectId>)],
    act: A,
    actor: &Actor,
) -> Result<(), Refusal> {
    let same = before.iter().find(|(_, person)| *person == Some(&actor.person));
    same.map_or(Ok(()), |(before, _)| {
        let args = Args::none()
            .with("person", &actor.person)
            .with("before", &named(*before))
            .with("act", &named(act));
        Err(Refusal::new(Reason::SameHands, act.article(), args))
    })
}

/// Refuses whoever is concerned, in every other capacity; and whoever is not, in that one.
pub(crate) fn concerned<A: Act>(subject: &SubjectId, act: A, actor: &Actor) -> Result<(), Refusal> {
    let is_concerned = actor.person == *subject;
    let claims = actor.party == Party::PERSON_CONCERNED;
    let args = Args::none().with("person", &actor.person);
    match (claims, is_concerned) {
        (true, false) => {
            let args = args.with("party", &of_party(actor.party));
            Err(Refusal::new(Reason::NotTheOne, act.article(), args))
        }
        (false, true) => {
            let args = args.with("act", &named(act));
            Err(Refusal::new(Reason::OwnCase, article(9), args))
        }
        _ => Ok(()),
    }
}

/// Refuses whoever acts in another capacity than the rules name for it.
pub(crate) fn only<A: Act>(party: Party, act: A, actor: &Actor) -> Result<(), Refusal> {
    if actor.party == party {
        return Ok(());
    }
    let args = Args::none()
        .with("party", &of_party(actor.party))
        .with("act", &named(act))
        .with("parties", &of_party(party));
    Err(Refusal::new(Reason::NotYours, act.article(), args))
}
