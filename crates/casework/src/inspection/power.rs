//! The powers that inspectors have on duty (arts. 16, 17).

use ducha_core::{Article, Lang, record::EvidenceKind};
use serde::{Deserialize, Serialize};

macro_rules! powers {
    ($($name:ident $word:literal $zh:literal $en:literal art $article:literal yields $evidence:expr;)+) => {
        /// A power that inspectors have on duty (arts. 16, 17).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Power { $(#[doc = $en] #[serde(rename = $word)] $name,)+ }

        impl Power {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// As people call it.
            #[must_use]
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)+ }
            }

            /// The article that gives it.
            #[must_use]
            pub const fn article(self) -> Article {
                match self { $(Self::$name => crate::case::article($article),)+ }
            }

            /// What kind of evidence it yields, if any.
            #[must_use]
            pub const fn yields(self) -> Option<EvidenceKind> {
                match self { $(Self::$name => $evidence,)+ }
            }
        }
    };
}

powers! {
    Enter "enter" "进入现场" "enter the site" art 16 yields None;
    HaveOpened "have_opened" "要求打开场所" "have a room opened" art 16 yields None;
    Consult "consult" "查阅资料" "consult documents" art 16 yields Some(EvidenceKind::Document);
    TakeOver "take_over" "调取资料" "take over documents" art 16 yields Some(EvidenceKind::Document);
    Question "question" "询问员工" "question an employee" art 17 yields Some(EvidenceKind::Interview);
    VisitUsers "visit_users" "走访用户" "visit users" art 17 yields Some(EvidenceKind::Visit);
    HoldForum "hold_forum" "召开用户座谈会" "hold a forum of users" art 17 yields Some(EvidenceKind::Forum);
    SendLetters "send_letters" "发函征求意见" "send letters asking for opinions" art 17 yields Some(EvidenceKind::Letter);
}
