//! The catalogue of steps: every sentence that a derivation, a refusal or a need can say, in Chinese and English.
//!
//! The key is stable; the sentences may be improved. Both languages name the same arguments: a test holds that.

use crate::message::Template;
use serde::{Deserialize, Serialize};

/// Makes the enumeration of steps and its table from one list, so that no step lacks a sentence.
macro_rules! steps {
    ($($(#[$meta:meta])* $name:ident $key:literal { zh: $zh:literal, en: $en:literal })+) => {
        /// One kind of step of a derivation, or one reason.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Step {
            $($(#[$meta])* #[doc = $en] #[serde(rename = $key)] $name,)+
        }

        impl Step {
            /// All steps.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The sentence of the step in both languages.
            #[must_use]
            pub const fn template(self) -> &'static Template {
                match self {
                    $(Self::$name => &Template { key: $key, zh: $zh, en: $en },)+
                }
            }
        }
    };
}

include!("step_table.rs");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::placeholders;

    #[test]
    fn both_languages_name_the_same_facts() {
        for step in Step::ALL {
            let t = step.template();
            assert_eq!(placeholders(t.zh), placeholders(t.en), "{}", t.key);
            assert!(!t.zh.is_empty() && !t.en.is_empty(), "{}", t.key);
        }
    }

    #[test]
    fn keys_are_unique() {
        let keys: alloc::collections::BTreeSet<_> = Step::ALL.iter().map(|s| s.template().key).collect();
        assert_eq!(keys.len(), Step::ALL.len());
    }
}
