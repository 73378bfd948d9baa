//! Refusals: what may not be done, why, and by which article.

use alloc::{format, string::String, vec::Vec};
use core::fmt;
use ducha_core::{Article, Citation, Lang, message::Args};
use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($name:ident $key:literal { zh: $zh:literal, en: $en:literal })+) => {
        /// Why something is refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Reason {
            $(#[doc = $en] #[serde(rename = $key)] $name,)+
        }

        impl Reason {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable key.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }

            /// The sentence, with places for what it names.
            #[must_use]
            pub const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)+ }
            }
        }
    };
}

include!("reason_table.rs");

/// That something may not be done: why, by which article, and what else it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// What the sentence names.
    pub args: Args,
    /// The article that forbids it.
    pub article: Article,
    /// What else it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
}

impl Refusal {
    /// A refusal by an article.
    #[must_use]
    pub const fn new(reason: Reason, article: Article, args: Args) -> Self {
        Self { reason, args, article, cites: Vec::new() }
    }

    /// It rests on this, too.
    #[must_use]
    pub fn citing(mut self, citation: Citation) -> Self {
        self.cites.push(citation);
        self
    }

    /// The refusal for people, with its article.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let sentence = self.args.fill(self.reason.template(lang), lang);
        let mut rests = Citation::Article { article: self.article }.text(lang);
        for cite in &self.cites {
            rests.push_str(match lang {
                Lang::Zh => "；",
                Lang::En => "; ",
            });
            rests.push_str(&cite.text(lang));
        }
        match lang {
            Lang::Zh => format!("{sentence}（{rests}）"),
            Lang::En => format!("{sentence} ({rests})"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text(Lang::En))
    }
}

impl core::error::Error for Refusal {}
