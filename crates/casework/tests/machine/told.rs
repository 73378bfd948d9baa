//! A case that is told step by step.

use crate::campus::{Campus, at};
use ducha_casework::{Actor, Case, File, Moment, Recorded, Refusal};

/// A case that is told step by step.
pub(crate) struct Told<C: Case> {
    /// Where.
    pub(crate) campus: Campus,
    /// What happened.
    pub(crate) log: Vec<Recorded<C::Event>>,
}

impl<C: Case> Told<C> {
    /// Opens a case.
    pub(crate) fn open(moment: &str, by: &Actor, opening: &C::Opening) -> Result<Self, Refusal> {
        let campus = Campus::new();
        let last = at(moment);
        let log = File::<C>::open(opening, by, last, &campus.context(last))?;
        Ok(Self { campus, log })
    }

    /// The file as it stands.
    pub(crate) fn file(&self) -> File<C> {
        File::replay(&self.log).unwrap()
    }

    /// Somebody does something at a moment.
    #[allow(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
    pub(crate) fn act(&mut self, moment: &str, by: &Actor, command: C::Command) -> Result<(), Refusal> {
        self.late(moment, moment, by, command)
    }

    /// Somebody does something at a moment, which is recorded at another.
    #[allow(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
    pub(crate) fn late(
        &mut self,
        moment: &str,
        recorded: &str,
        by: &Actor,
        command: C::Command,
    ) -> Result<(), Refusal> {
        let context = self.campus.context(at(recorded));
        let happened = self.file().decide(&command, by, at(moment), &context)?;
        self.log.extend(happened);
        Ok(())
    }

    /// Why it is refused, in a word with the article.
    pub(crate) fn refused(&mut self, moment: &str, by: &Actor, command: C::Command) -> (String, u8) {
        let refusal = self.act(moment, by, command).unwrap_err();
        (refusal.reason.key().into(), refusal.article.number())
    }

    /// Time is looked at.
    pub(crate) fn tick(&mut self, moment: &str) {
        let happened = self.file().tick(&self.campus.context(at(moment)));
        self.log.extend(happened);
    }

    /// Where it stands.
    pub(crate) fn status(&self) -> C::Status {
        self.file().case().status()
    }

    /// What that person may do.
    pub(crate) fn allowed(&self, moment: &str, by: &Actor) -> Vec<C::Act> {
        let allowed = self.file().allowed(by, &self.campus.context(at(moment)));
        allowed.iter().map(|allowed| allowed.act).collect()
    }

    /// Until when something is owed.
    pub(crate) fn ends(&self, duty: &str) -> Option<Moment> {
        self.file().clock().latest(duty)?.due.ends()
    }
}
