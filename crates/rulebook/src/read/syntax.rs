//! What `toml` says about notation, in Chinese as well.

use alloc::{string::String, string::ToString, vec::Vec};
use ducha_core::Label;

/// The message of `toml` in both languages; of what this table lacks, Chinese says only that it is wrong.
pub(super) fn toml_message(message: &str) -> Label {
    let mut parts = message.split(", expected ");
    let what = parts.next().unwrap_or_default();
    let mut zh = String::from(translated(what));
    let expected: Vec<&str> = parts.collect();
    if !expected.is_empty() {
        zh.push_str("，应为 ");
        let words: Vec<&str> = expected.iter().flat_map(|list| list.split(", ")).map(thing).collect();
        zh.push_str(&words.join("、"));
    }
    Label::new(zh, message.to_string())
}

fn translated(what: &str) -> &str {
    match what {
        "`_` may only go between digits" => "`_` 只能写在数字之间",
        "carriage return must be followed by newline" => "回车符之后必须是换行符",
        "extra `=`" => "多了一个 `=`",
        "extra assignment between key-value pairs" => "多了一个 `=`",
        "extra comma in array" => "列表中多了逗号",
        "extra comma in inline table" => "花括号内多了逗号",
        "invalid boolean" => "真假值的写法不对",
        "invalid comment character" => "注释中有不允许的字符",
        "invalid date" => "日期的写法不对",
        "invalid date-time" | "invalid datetime" => "日期和时间的写法不对",
        "invalid float" | "invalid integer" => "数字的写法不对",
        "invalid inline table element" => "花括号内的写法不对",
        "invalid key-value pair" => "“键 = 值”的写法不对",
        "invalid time" => "时间的写法不对",
        "invalid unquoted key" => "不加引号的键只能用 ASCII 字母、数字、`_` 和 `-`",
        "invalid value" => "值的写法不对",
        "key with no value" | "missing value" | "missing value for key" => "键之后没有值",
        "missing assignment between key-value pairs" => "键与值之间缺少 `=`",
        "missing comma between array elements" => "列表各项之间缺少逗号",
        "missing comma between key-value pairs" => "花括号内各项之间缺少逗号",
        "missing key for inline table element" => "花括号内的值缺少键",
        "missing opening quote" => "缺少开头的引号",
        "missing escaped value" => "反斜杠之后没有可用的转义字符",
        "string values must be quoted" => "文字须写在引号内",
        "unclosed array" => "列表没有以 `]` 结束",
        "unclosed array table" => "标题没有以 `]]` 结束",
        "unclosed inline table" => "花括号没有以 `}` 结束",
        "unclosed string" => "引号没有成对",
        "unclosed table" => "标题没有以 `]` 结束",
        "unexpected content" | "unexpected key or value" => "此处有多余的内容",
        "unexpected leading zero" => "数字不能以 0 开头",
        "redundant numeric sign" | "unexpected sign" => "正负号的写法不对",
        "unquoted keys cannot be empty" => "键不能为空",
        "too few unicode value digits" => "转义的十六进制位数不够",
        "cannot extend value of type array with a dotted key"
        | "cannot extend value of type inline table with a dotted key" => {
            "这里的值已写完，不能再用带点的键补充"
        }
        _ => "写法不对",
    }
}

fn thing(word: &str) -> &str {
    match word {
        "newline" => "换行",
        "nothing" => "到此为止",
        "a four-digit year (YYYY)" => "四位数的年",
        "a two-digit month (MM)" => "两位数的月",
        "a two-digit day (DD)" => "两位数的日",
        "a two-digit hour (HH)" => "两位数的时",
        "a two-digit minute (MM)" => "两位数的分",
        "month between 01 and 12" => "01 至 12 的月",
        "day between 01 and 28" => "01 至 28 的日",
        "day between 01 and 29" => "01 至 29 的日",
        "day between 01 and 30" => "01 至 30 的日",
        "day between 01 and 31" => "01 至 31 的日",
        "key" => "键",
        "value" => "值",
        "letters" => "字母",
        "numbers" | "digits" => "数字",
        "characters" | "printable characters" => "可见字符",
        "basic string" | "literal string" => "引号内的文字",
        mark if mark.starts_with('`') => mark,
        _ => "别的写法",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_slips_are_told_in_chinese() {
        let told = toml_message("unclosed array, expected `]`");
        assert_eq!(told.zh, "列表没有以 `]` 结束，应为 `]`");
        let said = |value: &str| {
            let errors = toml::de::DeTable::parse_recoverable(value).1;
            toml_message(errors.first().unwrap().message()).zh
        };
        assert_eq!(said("from = 2026-1-1"), "日期的写法不对，应为 两位数的月");
        assert_eq!(said("from = 2026-13-01"), "日期的写法不对，应为 01 至 12 的月");
        assert_eq!(said("from = 2026-02-30"), "日期的写法不对，应为 01 至 28 的日");
        assert_eq!(said("at = 08:5"), "时间的写法不对，应为 两位数的分");
        assert_eq!(said("from = 2026.10.9"), "数字的写法不对，应为 到此为止");
        let new = toml_message("something new, expected something else");
        assert_eq!(new.zh, "写法不对，应为 别的写法");
        assert_eq!(new.en, "something new, expected something else");
    }
}
