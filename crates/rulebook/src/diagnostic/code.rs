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
        zh "{table}没有键 `{key}`" help "{hint}"
        en "{table} has no key `{key}`" help "{hint}";
    MissingKey "RB003" Error
        zh "{table}缺少键 `{key}`" help "补上 `{key}`：{doc}"
        en "{table} lacks the key `{key}`" help "add `{key}`: {doc}";
    WrongKind "RB004" Error
        zh "这里应写{expected}，写的却是{found}" help "{hint}"
        en "here must stand {expected}, not {found}" help "{hint}";
    UnknownWord "RB005" Error
        zh "`{key}` 没有 `{word}` 这个选项" help "{hint}"
        en "`{word}` is no choice for `{key}`" help "{hint}";
    BadDecimal "RB006" Error
        zh "`{text}` 不是精确的十进制数" help "写作数字，最多一个小数点，至多 28 位小数，如 2.5"
        en "`{text}` is no exact decimal number" help "write digits with at most one point and at most 28 places, as in 2.5";
    BadDate "RB007" Error
        zh "`{text}` 不是一个日期" help "{hint}"
        en "`{text}` is no date" help "{hint}";
    BadId "RB008" Error
        zh "`{text}` 不能作编号" help "编号用不含空格的 ASCII 字母、数字和符号，1 至 128 个；中文写在名称里"
        en "`{text}` is no id" help "use 1 to 128 ASCII letters, digits and marks without blanks; Chinese stands in names";
    BadLimit "RB009" Error
        zh "不是期限：{detail}" help "写明数字和单位，如 \"3个工作日\""
        en "no time limit: {detail}" help "write a number and a unit, as in \"3 working days\"";
    DuplicateKey "RB010" Error
        zh "同一个键写了两次，或一个表定义了两次" help "只保留一个；若要写列表中的多项，用 [[…]]"
        en "a key stands twice, or a table is defined twice" help "keep one of them; for several items of a list write [[…]]";
    UnknownReference "RB011" Error
        zh "没有编号为 `{id}` 的{target}" help "{hint}"
        en "there is no {target} `{id}`" help "{hint}";
    DuplicateId "RB012" Error
        zh "编号 `{id}` 的{target}已有一个" help "换一个编号：每个编号只能定义一次"
        en "there is another {target} `{id}`" help "choose another id: each is defined once";
    EmptyList "RB013" Error
        zh "`{key}` 是空的列表" help "至少写一项：{doc}"
        en "the list `{key}` is empty" help "write at least one item: {doc}";
    TooDeep "RB014" Error
        zh "表和列表嵌套过深" help "嵌套至多 64 层，一个键至多 8 个点；规则手册只需 8 层"
        en "tables and lists stand too deep within one another" help "at most 64 levels and 8 dots in a key are read; a rulebook needs 8 levels";
    TooLarge "RB015" Error
        zh "文件有 {bytes} 字节，至多 {most} 字节" help "删去无关内容"
        en "the file has {bytes} bytes; at most {most} are read" help "leave out what does not belong there";
    NotWhole "RB016" Error
        zh "`{text}` 不是从 0 起的整数" help "写作 0 至 4294967295 之间的整数"
        en "`{text}` is no whole number from 0 on" help "write a whole number from 0 to 4294967295";
    NoSuchArticle "RB017" Error
        zh "办法没有第 {text} 条" help "写作 1 至 26 之间的整数"
        en "the regulation has no article {text}" help "write a whole number from 1 to 26";
    BadTime "RB018" Error
        zh "`{text}` 不是一个时刻" help "写作 08:30 或 08:30:00"
        en "`{text}` is no time of day" help "write it as 08:30 or 08:30:00";
    UnknownFormat "RB019" Error
        zh "不认识文件格式版本 {text}" help "写 format = 1"
        en "the file format version {text} is not known" help "write format = 1";
    LimitWithoutUnit "RB020" Error
        zh "期限没有明确的单位：{detail}" help "是工作日还是自然日？写作 \"3 working days\"、\"7 calendar days\"、\"12 months\" 或 \"24 hours\""
        en "a time limit without a clear unit: {detail}" help "working days or calendar days? write \"3 working days\", \"7 calendar days\", \"12 months\" or \"24 hours\"";
    CapWithoutOrder "RB021" Error
        zh "{table}没有说明封顶在加倍之前还是之后" help "写 order = \"before_factors\"（先封顶，后加倍）或 \"after_factors\"（先加倍，后封顶）；两者结果不同，没有默认值"
        en "{table} does not say whether it trims before or after the factors" help "write order = \"before_factors\" (trim, then multiply) or \"after_factors\" (multiply, then trim); they differ, and there is no default";
    RecurrenceWithoutKey "RB022" Error
        zh "{table}没有说明什么相同才算重复" help "写 key = [\"subject\", \"clause\"]，或加上 \"place\"、\"section\" 等"
        en "{table} does not say what must be the same for a finding to recur" help "write key = [\"subject\", \"clause\"], or add \"place\", \"section\" …";
    RecurrenceWithoutWindow "RB023" Error
        zh "{table}没有说明重复往回看多久" help "写 window = \"year\" 或 window = { rolling = \"12 months\", last_day = \"included\" }"
        en "{table} does not say how far back repetition is looked for" help "write window = \"year\" or window = { rolling = \"12 months\", last_day = \"included\" }";
    PeriodWithoutLastDay "RB024" Error
        zh "{table}没有说明期满对应日当天是否仍算在内" help "写 last_day = \"included\"（算）或 \"excluded\"（不算）"
        en "{table} does not say whether the corresponding last day still counts" help "write last_day = \"included\" (it counts) or \"excluded\" (it does not)";
    ShareWithoutRounding "RB025" Error
        zh "{table}没有说明连带份额如何取整" help "写 rounding = { mode = \"half_up\", to = 0.01 }"
        en "{table} does not say how the share is rounded" help "write rounding = { mode = \"half_up\", to = 0.01 }";
    ShareWithoutOnDouble "RB026" Error
        zh "{table}没有说明一人同时承担连带责任和自身责任时如何处理" help "写 on_double = \"higher\"（只取较高者）或 \"both\"（两者并罚）"
        en "{table} does not say what holds where a share and an own liability hit one person" help "write on_double = \"higher\" (the higher alone) or \"both\"";
    DivisionWithoutRounding "RB027" Error
        zh "{table}有除法或百分比，却没有说明如何取整" help "写 rounding = { mode = \"half_up\", to = 0.01 }"
        en "{table} divides or takes a percentage and does not say how it is rounded" help "write rounding = { mode = \"half_up\", to = 0.01 }";
    NotLowered "RB028" Error
        zh "文件通过了逐键检查，却不能成为规则：{detail}" help "这是程序的缺陷，请附上文件报告"
        en "the file passed key by key but did not become rules: {detail}" help "this is a defect of the program; please report it with the file";
    UnusedAcceptedDefect "RB029" Warning
        zh "没有发现所接受的缺陷：{at} 处没有 {code}" help "若规则已改正，删去这一项"
        en "the accepted defect was not found: there is no {code} at {at}" help "leave the entry out if the rules were mended";
    UnknownCode "RB030" Error
        zh "没有诊断代码 `{text}`" help "写 check 报告的代码，如 RB101"
        en "there is no diagnostic code `{text}`" help "write a code that check reports, such as RB101";
    // Checks: RB100 on.
    BandHole "RB101" Error
        zh "档次之间有空隙：{from} 与 {to} 之间的值（如 {witness}）不属于任何档" help "用 at_least 与 less_than 使各档首尾相接"
        en "the bands leave a hole: a value between {from} and {to} (such as {witness}) lies in no band" help "let each band begin with at_least where the one before ends with less_than";
}
