//! What a kind of case is: a closed list of statuses and acts, a pure decision, and a pure evolution.

use crate::{
    context::Context,
    draft::Draft,
    party::{Actor, Party, Stamp},
    refusal::Refusal,
};
use core::fmt::Debug;
use ducha_core::{Article, Lang, SubjectId};
use serde::{Serialize, de::DeserializeOwned};

/// Where a case stands.
pub trait Status: Copy + Ord + Debug + 'static {
    /// All of them, in the order of a case's life.
    const ALL: &'static [Self];
    /// The word that files use.
    fn word(self) -> &'static str;
    /// As people call it.
    fn text(self, lang: Lang) -> &'static str;
    /// Whether the case is over there.
    fn is_closed(self) -> bool;
}

/// What may be done in a kind of case: by whom, where it must stand, where it then stands.
#[derive(Debug, Clone, Copy)]
pub struct Rule<S: 'static> {
    /// The word that files use.
    pub word: &'static str,
    /// As people call it: Chinese, English; in English a verb, as in "grant the extension".
    pub label: (&'static str, &'static str),
    /// The article that it rests on.
    pub article: u8,
    /// Who may.
    pub by: &'static [Party],
    /// Where the case must stand; nowhere yet, where this is empty.
    pub from: &'static [S],
    /// Where the case may then stand.
    pub to: &'static [S],
}

/// An act of a kind of case.
pub trait Act: Copy + Ord + Debug + 'static {
    /// Where its cases stand.
    type Status: Status;
    /// All of them.
    const ALL: &'static [Self];
    /// Who may, and when.
    fn rule(self) -> &'static Rule<Self::Status>;

    /// The article that it rests on.
    fn article(self) -> Article {
        article(self.rule().article)
    }

    /// As people call it.
    fn text(self, lang: Lang) -> &'static str {
        let (zh, en) = self.rule().label;
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// The article of that number; the first of the regulation where it has none such, which a test excludes.
pub(crate) const fn article(number: u8) -> Article {
    match Article::new(number) {
        Some(article) => article,
        None => Article::FIRST,
    }
}

/// A kind of case as a pure state machine.
///
/// `open` and `decide` say what happens, or refuse; `begin` and `evolve` say what follows from what happened, and
/// never refuse. Neither reads a clock or a store. [`crate::File`] joins a case with its duties and runs it.
pub trait Case: Sized + Clone + PartialEq + Debug {
    /// The word for the kind, as in the names of its streams.
    const KIND: &'static str;
    /// As people call the kind: Chinese, English.
    const LABEL: (&'static str, &'static str);
    /// Where its cases stand.
    type Status: Status;
    /// What may be done.
    type Act: Act<Status = Self::Status>;
    /// What a case is opened with.
    type Opening: Serialize + DeserializeOwned + Debug + Clone;
    /// What somebody wants to do.
    type Command: Serialize + DeserializeOwned + Debug + Clone;
    /// What happened.
    type Event: Serialize + DeserializeOwned + Debug + Clone + PartialEq;

    /// The act of opening a case.
    fn opens(opening: &Self::Opening) -> Self::Act;
    /// The unit that a case would be about.
    fn concerns(opening: &Self::Opening) -> &SubjectId;
    /// The act that a command is.
    fn act(command: &Self::Command) -> Self::Act;
    /// Where the case stands.
    fn status(&self) -> Self::Status;
    /// The unit that the case is about.
    fn unit(&self) -> &SubjectId;

    /// Opens a case, or refuses.
    ///
    /// # Errors
    /// [`Refusal`].
    fn open(opening: &Self::Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal>;
    /// Does what is asked, or refuses. Who may and where the case must stand has been seen to by [`Act::rule`].
    ///
    /// # Errors
    /// [`Refusal`].
    fn decide(&self, command: &Self::Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal>;
    /// The case that an event begins, if that is one which begins a case.
    fn begin(event: &Self::Event, stamp: &Stamp) -> Option<Self>;
    /// The case after an event.
    #[must_use]
    fn evolve(self, event: &Self::Event, stamp: &Stamp) -> Self;

    /// Whether this person may do this here, beyond what the office that they hold says: recusal, separate hands,
    /// the parties of the case.
    ///
    /// # Errors
    /// [`Refusal`].
    fn guard(&self, act: Self::Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        let _ = (act, actor, draft);
        Ok(())
    }

    /// Whether this person may know of the case at all. To whom it does not show, nothing of it is told: no act, no
    /// duty, no status.
    fn visible_to(&self, actor: &Actor, context: &Context<'_>) -> bool {
        let _ = (actor, context);
        true
    }

    /// What follows in the case itself when a duty is not done in time.
    fn lapse(&self, duty: &str) -> Option<Self::Event> {
        let _ = duty;
        None
    }
}

/// Makes the enumeration of statuses from one list.
macro_rules! statuses {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $word:literal $zh:literal $en:literal;)+ } closed { $($closed:ident),* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = $en] #[serde(rename = $word)] $variant,)+ }

        impl $crate::case::Status for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
            fn text(self, lang: ducha_core::Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, ducha_core::Lang::Zh) => $zh, (Self::$variant, ducha_core::Lang::En) => $en,)+
                }
            }
            fn is_closed(self) -> bool {
                matches!(self, $(Self::$closed)|*)
            }
        }
    };
}

/// Makes the enumeration of acts, with who may and when, from one list.
macro_rules! acts {
    ($(#[$meta:meta])* $name:ident of $status:ident {
        $($variant:ident $word:literal $zh:literal $en:literal art $article:literal by [$($by:ident),*] from [$($from:ident),*] to [$($to:ident),*];)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = $en] #[serde(rename = $word)] $variant,)+ }

        impl $crate::case::Act for $name {
            type Status = $status;
            const ALL: &'static [Self] = &[$(Self::$variant,)+];
            fn rule(self) -> &'static $crate::case::Rule<$status> {
                match self {
                    $(Self::$variant => &$crate::case::Rule {
                        word: $word,
                        label: ($zh, $en),
                        article: $article,
                        by: &[$($crate::party::Party::$by),*],
                        from: &[$($status::$from),*],
                        to: &[$($status::$to),*],
                    },)+
                }
            }
        }
    };
}

pub(crate) use {acts, statuses};
