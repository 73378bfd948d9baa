//! The catalogue of diagnostics: every code with its message and its help, in Chinese and English.

use super::Severity;
use ducha_core::Lang;
use serde::{Deserialize, Serialize};

/// What a code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeText {
    /// The stable code, such as `RB001`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Message and help in Chinese.
    pub zh: (&'static str, &'static str),
    /// Message and help in English.
    pub en: (&'static str, &'static str),
}

impl CodeText {
    /// What is wrong; `{name}` places are filled from the arguments.
    #[must_use]
    pub const fn message(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh.0,
            Lang::En => self.en.0,
        }
    }

    /// How to mend it.
    #[must_use]
    pub const fn help(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh.1,
            Lang::En => self.en.1,
        }
    }
}

/// Makes the enumeration of codes and its table from one list.
macro_rules! codes {
    ($($name:ident $code:literal $severity:ident
        zh $zh:literal help $zh_help:literal
        en $en:literal help $en_help:literal;)+) => {
        /// The stable code of a diagnostic. Codes are never renumbered or given another meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $en] #[serde(rename = $code)] $name,)+
        }
        impl Code {
            /// All codes in their order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// What the code says.
            #[must_use]
            pub const fn text(self) -> &'static CodeText {
                match self {
                    $(Self::$name => &CodeText {
                        code: $code, severity: Severity::$severity,
                        zh: ($zh, $zh_help), en: ($en, $en_help),
                    },)+
                }
            }
        }
    };
}

codes! {
    // Reading: RB001–RB099.
    Syntax "RB001" Error
        zh "文件不是合法的 {format}：{detail}" help "按提示改正此处的写法"
        en "the file is not valid {format}: {detail}" help "correct the notation at this place";
    UnknownKey "RB002" Error
        zh "`{table}` 没有键 `{key}`" help "是否要写 `{suggestion}`？"
        en "`{table}` has no key `{key}`" help "did you mean `{suggestion}`?";
    // Checks: RB100 on.
    BandHole "RB101" Error
        zh "档次之间有空隙：{from} 与 {to} 之间的值（如 {witness}）不属于任何档" help "用 at_least 与 less_than 使各档首尾相接"
        en "the bands leave a hole: a value between {from} and {to} (such as {witness}) lies in no band" help "let each band begin with at_least where the one before ends with less_than";
}
