//! What a decision may look at beside the case: the moment, the rules, the calendar, the directory.

use crate::{
    directory::Directory,
    party::Moment,
    refusal::{Reason, Refusal},
};
use ducha_calendar::WorkCalendar;
use ducha_core::{Article, LimitId, message::Args};
use ducha_rulebook::{Annex, annex::duty::Limit};

/// What a decision may look at beside the case.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// When it is recorded.
    pub now: Moment,
    /// The rules in force.
    pub rules: &'a Annex,
    /// The working days.
    pub calendar: &'a dyn WorkCalendar,
    /// Who holds which office.
    pub directory: &'a dyn Directory,
}

impl core::fmt::Debug for Context<'_> {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.debug_struct("Context").field("now", &self.now).finish_non_exhaustive()
    }
}

impl<'a> Context<'a> {
    /// The time limit of that id.
    ///
    /// # Errors
    /// A refusal by `article` where the rules have none.
    pub fn limit(&self, id: &LimitId, article: Article) -> Result<&'a Limit, Refusal> {
        let found = self.rules.limit.iter().find(|limit| limit.id == *id);
        found.ok_or_else(|| Refusal::new(Reason::NoRule, article, Args::none().with("rule", id)))
    }
}
