//! The words of the reader's messages, in Chinese and English.

use super::tree::{Moment, Value};
use crate::diagnostic::Pointer;
use crate::key::{Key, Kind, Target};
use alloc::{format, string::String, vec::Vec};
use ducha_core::Label;

/// What stands there.
pub(super) fn found(value: &Value<'_>) -> Label {
    match value {
        Value::Text(_) => Label::new("文字", "a text"),
        Value::Number(_) => Label::new("数字", "a number"),
        Value::Bool(_) => Label::new("true/false", "true or false"),
        Value::Moment(_, Moment::Date) => Label::new("日期", "a date"),
        Value::Moment(_, Moment::Time) => Label::new("时刻", "a time of day"),
        Value::Moment(_, Moment::DateAndTime) => Label::new("日期加时刻", "a date with a time"),
        Value::Null => Label::new("null", "null"),
        Value::List(_) => Label::new("列表", "a list"),
        Value::Table(_) => Label::new("表", "a table"),
    }
}

/// What must stand there, and how it is written.
pub(super) fn expected(kind: &Kind, key: &str) -> (Label, Label) {
    let say =
        |zh: &str, en: &str, zh_how: &str, en_how: &str| (Label::new(zh, en), Label::new(zh_how, en_how));
    match kind {
        Kind::Text => say("文字", "a text", "写在引号内", "write it in quotation marks"),
        Kind::Bool => say(
            "true 或 false",
            "true or false",
            "写 true 或 false，不加引号",
            "write true or false without quotation marks",
        ),
        Kind::Whole => say(
            "整数",
            "a whole number",
            "写作整数，不加引号",
            "write a whole number without quotation marks",
        ),
        Kind::Article => say(
            "条文号",
            "the number of an article",
            "写作 1 至 26 之间的整数",
            "write a whole number from 1 to 26",
        ),
        Kind::Decimal => say("十进制数", "a decimal number", "写作 2.5 或 \"2.5\"", "write 2.5 or \"2.5\""),
        Kind::Date => say("日期", "a date", "写作 2026-10-01，不带时刻", "write 2026-10-01, without a time"),
        Kind::Time => say("时刻", "a time of day", "写作 08:30:00", "write 08:30:00"),
        Kind::Limit => say(
            "带单位的期限",
            "a time limit with its unit",
            "写作 \"3个工作日\"",
            "write \"3 working days\"",
        ),
        Kind::Id(_) => say("编号", "an id", "写在引号内", "write it in quotation marks"),
        Kind::Choice(words) => {
            let list = join(words.iter().map(|word| word.name));
            (
                Label::new("选项之一", "one of the choices"),
                Label::new(format!("可选：{list}"), format!("choose from {list}")),
            )
        }
        Kind::List(inner) => match inner {
            Kind::Table(_) | Kind::Tagged(_) => (
                Label::new("由表组成的列表", "a list of tables"),
                Label::new(
                    format!("写作 [[{key}]]（双方括号），或 [ {{ … }} ]"),
                    format!("write [[{key}]] with two brackets, or [ {{ … }} ]"),
                ),
            ),
            _ => say("列表", "a list", "写在方括号内：[ … ]", "write it in brackets: [ … ]"),
        },
        Kind::Table(table) if table.name == "Label" => say(
            "中英文名称",
            "a text in Chinese and English",
            "写作 { zh = \"…\", en = \"…\" }",
            "write { zh = \"…\", en = \"…\" }",
        ),
        Kind::Map(_) | Kind::Table(_) | Kind::Tagged(_) => say(
            "表",
            "a table",
            "写作 { … }，或用 [标题] 单列",
            "write { … }, or give it a [heading] of its own",
        ),
        Kind::WordOrTable(words, tables) => {
            let list = join(words.iter().map(|word| word.name));
            let keys = join(tables.iter().filter_map(|table| table.keys.first()).map(|key| key.name));
            (
                Label::new("选项之一或表", "one of the choices or a table"),
                Label::new(
                    format!("可选：{list}；或含有以下键之一的表：{keys}"),
                    format!("choose from {list}; or a table with one of the keys {keys}"),
                ),
            )
        }
    }
}

/// What to write behind a key: in English what it means, in Chinese what must stand there and how it is written.
pub(super) fn doc(key: &Key, kind: &Kind) -> Label {
    let (expected, how) = expected(kind, key.name);
    Label::new(format!("{}，{}", expected.zh, how.zh), key.doc)
}

/// Words in code marks, with commas.
pub(super) fn join<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// The suggestion of the nearest word, or all of them where there are few.
pub(super) fn hint(meant: Option<&str>, known: &[&str]) -> Label {
    const FEW: usize = 14;
    match meant {
        Some(meant) => Label::new(format!("是否要写 `{meant}`？"), format!("did you mean `{meant}`?")),
        None if known.is_empty() => Label::new("这里没有可写的名称", "none is declared"),
        None => {
            let shown = join(known.iter().take(FEW).copied());
            let more = if known.len() > FEW { " …" } else { "" };
            Label::new(format!("可用：{shown}{more}"), format!("known are {shown}{more}"))
        }
    }
}

/// The table at a pointer, as in `clause.price`.
pub(super) fn table(at: &Pointer) -> Label {
    let path: Vec<String> = at.segments().filter(|s| !s.bytes().all(|b| b.is_ascii_digit())).collect();
    if path.is_empty() {
        return Label::new("文件顶层", "the top level of the file");
    }
    let path = path.join(".");
    Label::new(format!("表 `{path}` "), format!("the table `{path}`"))
}

/// What an id of this target names, and the table that declares it.
pub(super) const fn target(target: Target) -> (&'static str, &'static str, &'static str) {
    match target {
        Target::Record => ("记录", "record", "record"),
        Target::Subject => ("对象", "subject", "subject"),
        Target::SubjectKind => ("对象类别", "kind of subject", "kind"),
        Target::Inspection => ("检查", "inspection", "inspection"),
        Target::Rulebook => ("规则手册", "rulebook", "rulebook"),
        Target::Clause => ("条款", "clause", "clause"),
        Target::Level => ("等级", "level", "levels"),
        Target::Line => ("服务线", "service line", "line"),
        Target::Section => ("部分", "section", "section"),
        Target::Class => ("类", "class", "class"),
        Target::Source => ("来源", "source", "source"),
        Target::Fact => ("事实种类", "kind of fact", "fact"),
        Target::Anchor => ("起算日", "anchor", "anchor"),
        Target::Award => ("奖励", "award", "award"),
        Target::AwardGroup => ("奖励组", "group of awards", "group"),
        Target::Recurrence => ("重复规则", "recurrence policy", "recurrence"),
        Target::Unrectified => ("未整改规则", "policy for the unrectified", "unrectified"),
        Target::Cap => ("封顶", "cap", "cap"),
        Target::Share => ("责任分担", "share", "share"),
        Target::Term => ("学期", "term", "rulebook.term"),
        Target::Tally => ("累计", "tally", "tally"),
        Target::Index => ("指数", "index", "index"),
        Target::Ladder => ("档次表", "ladder", "ladder"),
        Target::Tier => ("档次", "tier", "ladder.tier"),
        Target::Consequence => ("后果", "consequence", "consequence"),
        Target::Ranking => ("排名", "ranking", "ranking"),
        Target::Limit => ("期限", "time limit", "limit"),
        Target::Escalation => ("升级链", "escalation chain", "escalation"),
        Target::Entry => ("条目", "entry", "entry"),
    }
}
