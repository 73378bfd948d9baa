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
        zh "档次之间有空隙：{region}（如 {witness}）不属于任何一档（取值为{values}）" help "相邻两档应首尾相接：这一档写 less_than = {next}，下一档写 at_least = {next}"
        en "the bands leave a hole: {region}, such as {witness}, lies in no band (values are {values})" help "let the bands touch: end this one with less_than = {next} where the next one begins with at_least = {next}";
    BandOverlap "RB102" Error
        zh "两档重叠：{region}（如 {witness}）同属两档（取值为{values}）；“以上”“以下”都含本数（民法典第一千二百五十九条）" help "边界数只归一档：另一档改用 less_than（不满）或 more_than（超过）"
        en "two bands overlap: {region}, such as {witness}, lies in both (values are {values}); at_least and at_most both include their number (Civil Code 1259)" help "give the number to one band and let the other exclude it with less_than or more_than";
    TwoBounds "RB103" Error
        zh "同一侧写了两个界限：`{one}` 和 `{other}`" help "只留一个：`{one}` 含本数，`{other}` 不含"
        en "two bounds on one side: `{one}` and `{other}`" help "keep one of them: `{one}` includes its number, `{other}` does not";
    EmptyBounds "RB104" Error
        zh "没有数能同时满足 {bounds}" help "检查上下界是否写反，或边界数是否被一侧排除"
        en "no number satisfies {bounds}" help "look whether the bounds are exchanged, or one of them shuts out the number";
    BandUncovered "RB105" Error
        zh "可能出现的值 {region}（如 {witness}）不属于任何一档（取值为{values}）" help "延长最外侧的一档；或给累计设 floor、ceiling；或在 domain 中写明可能的值"
        en "values of {region}, such as {witness}, can occur and lie in no band (values are {values})" help "extend the outermost band, or give the tally a floor or ceiling, or declare in domain which values can occur";
    BandUnreachable "RB106" Warning
        zh "这一档不会出现：可能的值是 {possible} 内{values}，而这一档是 {region}" help "删去这一档，或改正界限"
        en "no value can reach this band: values are {values} with {possible}, and the band is {region}" help "leave the band out, or correct its bounds";
    TiersOutOfOrder "RB107" Error
        zh "档次顺序颠倒：{later} 列在 {earlier} 之后" help "按从轻到重（从好到差）排列：一票否决和降档按这个顺序进行"
        en "tiers out of order: {later} stands behind {earlier}" help "list the tiers from the mildest (or best) to the gravest (or worst): vetoes and drops go by this order";
    NoCatchAll "RB108" Error
        zh "不能证明总有一档成立：各档条件都不满足时没有归属" help "加一档 otherwise = true，一般是最轻的一档"
        en "nothing proves that some tier always holds: there is none where no tier's conditions do" help "add a tier with otherwise = true, usually the mildest";
    OtherwiseMisused "RB109" Error
        zh "`otherwise` 的一档不能再有界限或条件，且只能有一档" help "删去它的界限和条件，只留一档 otherwise = true"
        en "a tier with `otherwise` has no bounds or conditions, and there is only one" help "take away its bounds and conditions, and keep one tier with otherwise = true";
    KeyNeeded "RB110" Error
        zh "这里缺少 `{key}`（因为 {when}）" help "写上 `{key}`"
        en "`{key}` is needed here (because of {when})" help "write `{key}`";
    KeyIdle "RB111" Error
        zh "`{key}` 在这里不起作用（{when}）" help "删去 `{key}`，或改正与它不合的键"
        en "`{key}` has no effect here ({when})" help "leave `{key}` out, or correct the key that it does not fit";
    ExactlyOne "RB112" Error
        zh "{keys} 必须恰好写一个，现在写了 {given} 个" help "只留其中一个"
        en "exactly one of {keys} must be given; here are {given}" help "keep one of them";
    ValueBeyond "RB113" Error
        zh "`{key}` 是 {value}，应当 {bounds}" help "改正这个数"
        en "`{key}` is {value}; it must be {bounds}" help "correct the number";
    RangeReversed "RB114" Error
        zh "`{low_key}`（{low}）大于 `{high_key}`（{high}）" help "交换两者，或改正其中之一"
        en "`{low_key}` ({low}) is more than `{high_key}` ({high})" help "exchange the two, or correct one of them";
    ListedTwice "RB115" Error
        zh "`{id}` 在同一个列表中出现两次" help "只留一个"
        en "`{id}` stands twice in one list" help "keep one of them";
    TierElsewhere "RB116" Error
        zh "`{tier}` 不是 `{ladder}` 的档次" help "写该阶梯自己的档次"
        en "`{tier}` is no tier of `{ladder}`" help "name a tier of that ladder";
    SubjectsMissing "RB117" Error
        zh "{kinds} 没有这个值：它不在其 `subjects` 之列，结果将永远无法确定" help "在那里的 `subjects` 中加上，或换一个值"
        en "subjects of kind {kinds} have no such value: its `subjects` leave them out, so the result stays undetermined" help "add them to its `subjects`, or name another value";
    ScopeEmpty "RB118" Warning
        zh "范围内没有任何条款" help "检查 clauses、sections、lines、aspects、criticality 是否写错"
        en "the scope takes in no clause" help "look whether clauses, sections, lines, aspects or criticality are wrong";
    Unused "RB119" Warning
        zh "{what} `{id}` 没有被任何规则用到" help "在应当用到的地方引用它，或删去"
        en "the {what} `{id}` is used by no rule" help "refer to it where it should apply, or leave it out";
    OffStep "RB120" Error
        zh "`{key}` 是 {value}，不是 {step} 的倍数" help "改为 {step} 的倍数，或改小步长"
        en "`{key}` is {value}, which is no multiple of {step}" help "make it a multiple of {step}, or take a smaller step";
    LevelFalls "RB121" Warning
        zh "后一级 {points} 分，少于前一级的 {before} 分" help "按从轻到重排列"
        en "a later level costs {points} points, less than the {before} before it" help "list them from slight to grave";
    PartOpen "RB122" Error
        zh "写了 `per`，却没有说明不足一个单位如何计" help "写 part = \"up\"（不足一个按一个计）、\"down\"（不计）或 \"exact\"（按比例）"
        en "`per` is given, but not what a part of a unit costs" help "write part = \"up\" (a begun unit counts whole), \"down\" (only full ones) or \"exact\" (its share)";
    ShapeUndeclared "RB124" Error
        zh "形式 `{name}` 没有声明" help "加上 [[registered_shape]] name = \"{name}\""
        en "the shape `{name}` is not declared" help "add [[registered_shape]] with name = \"{name}\"";
    ShapeUnproved "RB125" Warning
        zh "形式 `{name}` 由代码实现：它的步长、上限和单调性无法验证" help "能用内置形式表达时改用内置形式"
        en "the shape `{name}` is code: its step, its bounds and that more never costs less cannot be proved" help "use a built-in shape where one fits";
    LevelElsewhere "RB126" Error
        zh "`{level}` 不是条款 `{clause}` 的严重程度" help "写该条款 price.levels 中的一级"
        en "`{level}` is no severity level of clause `{clause}`" help "name one of the clause's price.levels";
    SelfFoundDearer "RB127" Warning
        zh "自查自纠的系数是 {factor}，反而更重" help "第三条以自查为主：系数应不大于 1"
        en "what the unit found and mended itself costs {factor} times the price" help "article 3 puts self-inspection first: take a factor of at most 1";
    SectionSum "RB128" Warning
        zh "这一部分满分 {max}，各条款分值之和却是 {sum}" help "使两者相等"
        en "the section has {max} full marks, but its clauses are worth {sum} together" help "make the two equal";
    KeyWithoutSubject "RB130" Warning
        zh "重复的判定不含对象：一个单位的问题会使另一个单位加重" help "在 key 中加上 \"subject\"；若确系有意，请在 cite 中注明依据并接受此项"
        en "repetition is counted without the subject: one unit's finding makes another unit's dearer" help "add \"subject\" to the key; if it is meant so, accept the defect and say where the rules have it";
    FactorFalls "RB131" Warning
        zh "系数 {factor} 小于前一个 {before}：再犯反而更轻" help "按不减的顺序写系数"
        en "the factor {factor} is less than {before} before it: repetition would cost less" help "let the factors never fall";
    LengthUnit "RB132" Error
        zh "窗口和有效期不能以{unit}计：工作日历变动会使其长短不定" help "用自然日、周、月或年"
        en "a window or validity cannot be counted in {unit}: it must not depend on hours or on a calendar of working days" help "use calendar days, weeks, months or years";
    HoursRoll "RB133" Error
        zh "以小时计的期限不顺延" help "写 roll = \"none\"，或改用工作日"
        en "a limit in hours does not roll" help "write roll = \"none\", or count in working days";
    EscalationOrder "RB134" Warning
        zh "升级后的答复人 {upper} 不高于前一级的 {lower}" help "按由低到高排列各级（第十五条）"
        en "the level answers by {upper}, who does not stand above {lower} before" help "list the levels from the lowest up (art. 15)";
    FilingNeverDue "RB135" Error
        zh "按 `{every}` 备案没有期末，永远不会到期" help "写 month、quarter、term、year 等有期末的窗口"
        en "a filing for every `{every}` is never due: that window has no last day of its own" help "write a window with an end: month, quarter, term, year …";
    NeverRecurs "RB136" Warning
        zh "只在同一次检查之内找重复，而同一次检查不与自己重复：永远不会加重" help "写更长的 window，或 counts = \"findings\""
        en "repetition is looked for within one inspection, which never recurs with itself: no factor ever applies" help "take a longer window, or counts = \"findings\"";
    EndlessPart "RB137" Error
        zh "{each} ÷ {per} 除不尽，又不取整：不足一个单位的数量无法计出" help "写 part = \"up\" 或 \"down\"，或改用除得尽的 per，如 10 的幂"
        en "{each} ÷ {per} has no end as a decimal and is not rounded: what a part of a unit costs cannot be told" help "write part = \"up\" or \"down\", or take a `per` that divides without a rest, such as a power of ten";
    WeightsSum "RB140" Error
        zh "各权重之和是 {sum}，不是 1" help "改正权重；百分数写作小数，如 0.8"
        en "the weights add up to {sum}, not to 1" help "correct the weights; write percentages as decimals, such as 0.8";
    WindowMismatch "RB141" Error
        zh "窗口与所用的值不同，无法合在一起" help "使两者的 window 相同，或另设一个同窗口的累计"
        en "the window differs from that of the value it uses" help "give both the same window, or add a tally over this window";
    QuotientOfTwo "RB142" Error
        zh "商须有两个组成部分，现有 {count} 个" help "先写被除数，再写除数"
        en "a quotient has two components; here are {count}" help "list the dividend, then the divisor";
    NeverJudged "RB143" Error
        zh "在窗口结束时评定，但这个窗口（{window}）没有结束：永远不会评定" help "写 judged = \"each_record\"，或换一个有期末的窗口"
        en "judged at the window's end, but that window ({window}) never ends" help "write judged = \"each_record\", or take a window with an end";
    RowNeverEnds "RB144" Error
        zh "要求连续若干窗口，但 `{ladder}` 的窗口（{window}）没有结束" help "引用按月、季、学期等评定的阶梯"
        en "a row of windows is asked for, but the window of `{ladder}` ({window}) never ends" help "name a ladder that is judged by month, quarter, term …";
    DoubleLiabilityOpen "RB150" Error
        zh "双重责任不明：份额 `{one}` 与 `{other}` 可以落在同一问题上，on_double 却不同" help "两处写相同的 on_double"
        en "double liability is left open: the shares `{one}` and `{other}` can hit one finding, but say different things in on_double" help "write the same on_double in both";
    SharesDisagree "RB151" Error
        zh "份额 `{one}` 与 `{other}` 可以落在同一问题上，对本人是否仍扣分却说法不一" help "两处写相同的 subject_keeps"
        en "the shares `{one}` and `{other}` can hit one finding, but differ on whether the subject stays charged" help "write the same subject_keeps in both";
    NotALeader "RB152" Error
        zh "逾期责任由负责人承担，`{to}` 不是负责人" help "写 to = \"leader\" 或 \"upper_leader\"（第十五条）"
        en "liability for the overdue falls on a leader; `{to}` is none" help "write to = \"leader\" or \"upper_leader\" (art. 15)";
    SeveralDownOpen "RB160" Error
        zh "有 {count} 处否决使 `{ladder}` 降档，却没有说明同时发生时如何处理" help "在该阶梯写 several_down = \"largest\"（取最大）或 \"sum\"（相加）"
        en "{count} vetoes drop tiers of `{ladder}`, and it is left open what several do together" help "write several_down = \"largest\" or \"sum\" in the ladder";
    VetoElsewhere "RB161" Error
        zh "条款 `{clause}` 的对象中没有 {kinds}：否决永远不会生效" help "写适用于该条款对象的阶梯或累计"
        en "clause `{clause}` is never found on {kinds}: the veto can never take effect" help "name a ladder or tally of the clause's own subjects";
    LoseAllIdle "RB162" Error
        zh "`{tally}` 是结存（kind = \"balance\"），lose_all 对它不起作用" help "写 kind = \"sum\" 并有 full_marks 的累计，或改用 worst_tier、down"
        en "`{tally}` is a balance; lose_all does nothing to it" help "name a tally of kind = \"sum\" with full_marks, or take worst_tier or down";
    LoseAllMild "RB163" Warning
        zh "`{tally}` 由扣分相加而成，lose_all 使它归于下限：反而最轻" help "写有 full_marks 的累计，或改用 worst_tier、down"
        en "in `{tally}` deductions add up, and lose_all makes it its floor: that is the mildest value" help "name a tally with full_marks, or take worst_tier or down";
    Cycle "RB170" Error
        zh "循环依赖：{path}" help "断开其中一步：一个值不能取决于它自己"
        en "a cycle: {path}" help "break one of the steps: no value may rest on itself";
    AgesOutOfOrder "RB171" Error
        zh "年龄段没有由短到长排列" help "使每个 up_to 都比前一个长"
        en "the ages do not grow" help "let each up_to be longer than the one before";
    NeverInForce "RB180" Error
        zh "永远不会施行：自 {from} 起，至 {until} 前止" help "使 until 晚于 from"
        en "it is never in force: from {from} until before {until}" help "let until be later than from";
    NotAdopted "RB181" Error
        zh "已通过的规则缺少 `{key}`（第二十六条：经办公会议通过后生效）" help "写上 `{key}`，或写 status = \"draft\""
        en "an adopted rulebook lacks `{key}` (art. 26: in force once the office meeting adopted it)" help "write `{key}`, or status = \"draft\"";
    Retroactive "RB182" Warning
        zh "{adopted} 才通过，却从 {from} 起施行" help "推迟 from，或确认溯及既往"
        en "adopted on {adopted}, but in force from {from} already" help "move from to a later day, or make sure that it may reach back";
    TermsOverlap "RB183" Error
        zh "学期 `{later}` 自 {from} 起，此时 `{earlier}` 尚未结束" help "改正学期的起止日"
        en "term `{later}` begins on {from}, before `{earlier}` has ended" help "correct the days of the terms";
    VersionsOverlap "RB190" Error
        zh "版本 {later} 自 {from} 起施行，此时版本 {earlier} 仍在施行" help "{hint}"
        en "version {later} is in force from {from}, while version {earlier} still is" help "{hint}";
    VersionsGap "RB191" Warning
        zh "版本 {earlier} 至 {until} 止，版本 {later} 自 {from} 起：其间无规则可用" help "使后一版本紧接前一版本"
        en "version {earlier} ends on {until}, version {later} begins on {from}: no rules hold in between" help "let the later version begin where the earlier one ends";
    TallyChanged "RB192" Error
        zh "累计 `{tally}` 的 `{key}` 与前一版本不同，却没有 `[[transition]]`" help "加上 [[transition]] tally = \"{tally}\"，rule = \"close\" 或 \"carry\"；或换一个编号"
        en "tally `{tally}` has another `{key}` than in the version before, without a `[[transition]]`" help "add [[transition]] with tally = \"{tally}\" and rule = \"close\" or \"carry\"; or give it another id";
    TransitionIdle "RB193" Warning
        zh "前一版本 {earlier} 没有累计 `{tally}`：过渡不起作用" help "改正 from_tally，或删去这一项"
        en "the version before, {earlier}, has no tally `{tally}`: the transition does nothing" help "correct from_tally, or leave the transition out";
    ReplacesNothing "RB194" Warning
        zh "以前的版本中没有条款 `{id}`" help "改正 replaces 中的编号"
        en "no earlier version has a clause `{id}`" help "correct the id in replaces";
    ReplacesLiving "RB195" Error
        zh "`{id}` 在本版本中仍然存在，不能被取代" help "改正 replaces，或删去旧条款"
        en "`{id}` is still a clause of this version and cannot be replaced" help "correct replaces, or take the old clause away";
    ReplacesItself "RB196" Error
        zh "`{id}` 取代了它自己" help "从 replaces 中删去"
        en "`{id}` replaces itself" help "take it out of replaces";
    ReplacesShort "RB197" Error
        zh "`{id}` 以前取代过 `{older}`，这里却没有写 `{older}`：按 `{older}` 记录的问题不再与它相接" help "在 replaces 中加上 \"{older}\""
        en "`{id}` itself replaced `{older}`, which is not listed here: findings under `{older}` would no longer count with it" help "add \"{older}\" to replaces";
    DismissalUnprepared "RB210" Error
        zh "辞退没有写明法律要求的前提事实" help "在 requires 中写明，如规章已公示、已通知工会（劳动合同法第三十九、四十、四十三条）"
        en "dismissal names none of the facts that the law asks for before" help "list them in requires: rules made known, trade union told … (Labour Contract Law arts. 39, 40, 43)";
    OneBody "RB211" Warning
        zh "提议和决定的是同一机构：{role}" help "第十八条：办公室提议，领导小组决定"
        en "the same body proposes and decides: {role}" help "article 18: the office proposes, the leading group decides";
    PayUnguarded "RB212" Error
        zh "扣发绩效工资没有 `{key}` 限制" help "加 guards：每月扣除不超过工资的 20 %，余额不低于最低工资（工资支付暂行规定第十六条）"
        en "performance pay is withheld without a guard `{key}`" help "add guards: at most 20 % of the month's wage, and never below the minimum wage (interim provisions on wage payment, art. 16)";
    CompensationUnguarded "RB213" Warning
        zh "扣赔偿款没有 `{key}` 限制" help "从工资中扣除时加 guards：不超过当月工资的 20 %，余额不低于最低工资（工资支付暂行规定第十六条）"
        en "compensation is withheld without a guard `{key}`" help "where it is taken from wages, add guards: at most 20 % of the month's wage, never below the minimum wage (interim provisions on wage payment, art. 16)";
    GuardTooWide "RB214" Warning
        zh "扣除上限 {percent} % 超过法定的 {most} %" help "写 max_percent = {most}（工资支付暂行规定第十六条）"
        en "the guard lets {percent} % be withheld; the law allows {most} %" help "write max_percent = {most} (interim provisions on wage payment, art. 16)";
    FormulaWithoutValue "RB215" Error
        zh "公式用到阶梯的值，但这一后果也会在没有值的地方发生" help "使引发它的阶梯写明 on；由条款或升级引发的后果用 formula = \"fixed\" 或 \"percent\""
        en "the formula uses a ladder's value, but the consequence also fires where there is none" help "give `on` to the ladder that fires it; for clauses and escalation use formula = \"fixed\" or \"percent\"";
    DeadZoneJump "RB216" Warning
        zh "在 {threshold} 处公式得 {percent} %，不是 100 %：跨过界限会突变" help "使 add + threshold = 100，或确认如此"
        en "at {threshold} the formula gives {percent} %, not 100 %: it jumps at the threshold" help "let add + threshold be 100, or make sure that it is meant so";
    NotMoney "RB217" Error
        zh "`{tally}` 累计的不是金额" help "引用 measure = \"money\" 的累计"
        en "tally `{tally}` does not add up money" help "name a tally with measure = \"money\"";
    ExpectsNothing "RB220" Error
        zh "没有写预期结果" help "写 value、tier、consequences、points、rank 等"
        en "nothing is expected" help "write what must come out: value, tier, consequences, points, rank …";
    RecordTwice "RB221" Error
        zh "两条不同的记录用了同一编号 `{id}`，两条都会被拒绝" help "换一个编号；若要演示拒绝，写 record = \"{id}\" 与 refused"
        en "two different records have the id `{id}`; both would be refused" help "give one another id; to show the refusal, expect record = \"{id}\" with refused";
    RecordMissing "RB222" Error
        zh "这个例子没有记录 `{id}`" help "改正编号"
        en "the example has no record `{id}`" help "correct the id";
    PlanWithoutWindow "RB230" Error
        zh "按 `{every}` 无法安排检查：它没有自己的首尾" help "写 month、quarter、term、year 等有首尾的窗口"
        en "inspections cannot be planned for every `{every}`: it has no first and last day of its own" help "write a window with an end: month, quarter, term, year …";
}
