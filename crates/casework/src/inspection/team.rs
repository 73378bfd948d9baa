//! The team of an inspection: who may be of it (art. 9).

use super::{Inspection, Opening, rules};
use crate::{
    draft::Draft,
    party::Party,
    refusal::{Reason, Refusal},
};
use alloc::{collections::BTreeSet, string::ToString};
use chrono::NaiveDate;
use ducha_calendar::{TimeLimit, add_forward};
use ducha_core::{Article, Label, Lang, SubjectId, message::Args};
use ducha_rulebook::annex::consequence::Role;
use serde::{Deserialize, Serialize};

const ARTICLE: Article = crate::case::article(9);

/// Who inspects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Who leads.
    pub lead: SubjectId,
    /// Who else is of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub members: BTreeSet<SubjectId>,
}

impl Team {
    /// Everybody, the lead first, each once.
    pub fn people(&self) -> impl Iterator<Item = &SubjectId> {
        core::iter::once(&self.lead).chain(self.members.iter().filter(|member| **member != self.lead))
    }

    /// Whether that person is of it.
    #[must_use]
    pub fn has(&self, person: &SubjectId) -> bool {
        self.people().any(|of_it| of_it == person)
    }

    /// Whether everybody may be of it on that day, and whether they are enough.
    ///
    /// Where the office inspects: inspectors, none of the unit, none who left it lately, none who keeps away, as many
    /// as the rules ask for. Where the unit inspects itself: people of the unit.
    pub(super) fn check(
        &self,
        opening: &Opening,
        recused: &BTreeSet<SubjectId>,
        draft: &Draft<'_, Inspection>,
    ) -> Result<(), Refusal> {
        if let Some(person) = self.people().find(|person| recused.contains(*person)) {
            return Err(draft.refuse(Reason::Recused, ARTICLE, Args::none().with("person", person)));
        }
        let (unit, day) = (&opening.unit, draft.at().date());
        let directory = draft.context().directory;
        if opening.methods.is_self_inspection() {
            let stranger = self.people().find(|person| !directory.within(person, unit, day));
            return stranger.map_or(Ok(()), |subject| {
                let args = Args::none().with("day", day).with("subject", subject).with("unit", unit);
                Err(draft.refuse(Reason::NotOfUnit, crate::case::article(3), args))
            });
        }
        let rules = rules(draft)?;
        for person in self.people() {
            if directory.holding(person, Role::Inspector, unit, day).is_none() {
                let party = Party::INSPECTOR;
                let args = Args::none()
                    .with("day", day)
                    .with("person", person)
                    .with("unit", unit)
                    .with("party", &Label::new(party.text(Lang::Zh), party.text(Lang::En)));
                return Err(draft.refuse(Reason::NotInOffice, ARTICLE, args));
            }
            if directory.within(person, unit, day) {
                return Err(own(person, unit, draft));
            }
            if let Some(limit) = rules.cooling_off {
                cooled_off(person, unit, limit, day, draft)?;
            }
        }
        let named = u32::try_from(self.people().count()).unwrap_or(u32::MAX);
        if named < rules.inspectors {
            let args = Args::none().with("least", rules.inspectors).with("named", named);
            return Err(draft.refuse(Reason::TooFewInspectors, ARTICLE, args));
        }
        Ok(())
    }
}

/// Nobody inspects their own unit.
pub(super) fn own(person: &SubjectId, unit: &SubjectId, draft: &Draft<'_, Inspection>) -> Refusal {
    draft.refuse(Reason::OwnWork, ARTICLE, Args::none().with("person", person).with("unit", unit))
}

/// Whether so long has passed since the person last belonged to the unit.
fn cooled_off(
    person: &SubjectId,
    unit: &SubjectId,
    limit: TimeLimit,
    today: NaiveDate,
    draft: &Draft<'_, Inspection>,
) -> Result<(), Refusal> {
    let mut day = today;
    while let Some(before) = day.pred_opt() {
        day = before;
        let ends = add_forward(day, limit).map_err(|why| {
            let why = Label::new(why.text(ducha_calendar::Lang::Zh), why.text(ducha_calendar::Lang::En));
            draft.refuse(Reason::NoCalendar, ARTICLE, Args::none().with("why", &why))
        })?;
        if ends <= today {
            break;
        }
        if draft.context().directory.within(person, unit, day) {
            let args = Args::none()
                .with("person", person)
                .with("unit", unit)
                .with("day", day)
                .with("limit", &Label::new(limit.to_text(ducha_calendar::Lang::Zh), limit.to_string()));
            return Err(draft.refuse(Reason::CoolingOff, ARTICLE, args));
        }
    }
    Ok(())
}
