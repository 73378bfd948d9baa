//! The sentences of refusals, in both languages from one table.

use ducha_core::message::Template;

/// All codes of refusals with their sentences, in the order of the manual.
#[must_use]
pub const fn refusal_texts() -> &'static [Template] {
    TEXTS
}

const fn text(key: &'static str, zh: &'static str, en: &'static str) -> Template {
    Template { key, zh, en }
}

pub(crate) const TEXTS: &[Template] = &[
    // The file.
    text("utf16", "文件是 UTF-16 编码；请另存为 UTF-8 的 CSV", "the file is UTF-16; save it as CSV in UTF-8"),
    text(
        "no_header",
        "文件没有标题行；第一行应写列名",
        "the file has no heading row; its first row names the columns",
    ),
    text(
        "unknown_column",
        "没有名为“{name}”的列；列名见记录手册",
        "no column is called `{name}`; the manual of records lists them",
    ),
    text(
        "misspelt_column",
        "没有名为“{name}”的列；是否指“{nearest}”？",
        "no column is called `{name}`; did you mean `{nearest}`?",
    ),
    text(
        "duplicate_column",
        "“{name}”一列出现两次（也可能用了同一列的两个名称）；请只留一个",
        "the column `{name}` stands twice, perhaps under two of its names; keep one",
    ),
    text(
        "interrupted",
        "读取中断：{message}；其后内容未知，请重新读取整个文件",
        "reading broke off: {message}; what follows is not known, so read the whole file again",
    ),
    // The row.
    text(
        "row_too_long",
        "该行超过 {limit} 字节；请拆分或缩短",
        "the row is longer than {limit} bytes; shorten it or split it",
    ),
    text(
        "undecodable",
        "该行不是 {encoding} 编码的文字；请核对文件编码",
        "the row is no text in {encoding}; check the file's encoding",
    ),
    text(
        "encoding_unclear",
        "该行既可能是 UTF-8，也可能是 GB18030；请指明编码",
        "the row could be UTF-8 or GB18030; say which encoding it is",
    ),
    text(
        "nul",
        "该行含有空字符（NUL）；文件可能是 UTF-16，请另存为 UTF-8",
        "the row holds a NUL byte; the file may be UTF-16, so save it as UTF-8",
    ),
    text(
        "quote",
        "引号在允许的行长内没有闭合，或闭合后还有文字；单元格内的引号应写两次",
        "a quote is not closed within the longest row allowed, or text follows where it closes; a quote within a quoted cell is written twice",
    ),
    text(
        "cell_count",
        "该行有 {found} 个单元格，标题行有 {expected} 个；含逗号的文字应加引号",
        "cells in the row: {found}, in the heading: {expected}; text with commas belongs in quotes",
    ),
    text(
        "no_heading",
        "第 {cell} 个单元格有内容，但该列没有列名",
        "cell {cell} has a value, but its column has no heading",
    ),
    text(
        "json_syntax",
        "该行不是 JSON：到第 {at} 个字符处无法继续",
        "the line is not JSON: reading stopped at character {at}",
    ),
    text(
        "not_an_object",
        "JSON Lines 每行应是一个对象，如 {\"id\": …}，而非列表或单个值",
        "each line of JSON Lines is one object, as in {\"id\": …}, not a list or a single value",
    ),
    // What the row says.
    text("missing", "缺少“{column}”", "the column `{column}` is missing or empty"),
    text(
        "not_for_type",
        "“{type}”类记录没有这一列；请清空该单元格或更改类型",
        "records of type {type} do not have this column; empty the cell or change the type",
    ),
    text(
        "unknown_type",
        "没有“{text}”这一记录类型；可用：发现、指标、评分、检查、表扬、事实、撤销",
        "`{text}` is no type of record; the types are finding, measurement, rating, inspection, commendation, fact, revocation",
    ),
    text(
        "misspelt_type",
        "没有“{text}”这一记录类型；是否指“{nearest}”？",
        "`{text}` is no type of record; did you mean `{nearest}`?",
    ),
    text(
        "unknown_method",
        "“{text}”不是第四条所列的检查方式；检查方式见记录手册",
        "`{text}` is no method of article 4; the manual of records lists them",
    ),
    text(
        "misspelt_method",
        "“{text}”不是第四条所列的检查方式；是否指“{nearest}”？",
        "`{text}` is no method of article 4; did you mean `{nearest}`?",
    ),
    text(
        "unknown_evidence",
        "没有“{text}”这一证据种类；种类见记录手册",
        "`{text}` is no kind of evidence; the manual of records lists them",
    ),
    text(
        "misspelt_evidence",
        "没有“{text}”这一证据种类；是否指“{nearest}”？",
        "`{text}` is no kind of evidence; did you mean `{nearest}`?",
    ),
    text(
        "bad_evidence",
        "证据“{text}”应写作“种类:出处”，如 照片:IMG_01.jpg，多项以分号隔开",
        "write the evidence `{text}` as kind:reference, as in photo:IMG_01.jpg, several separated by semicolons",
    ),
    text("id_empty", "编号为空", "an identifier is empty"),
    text(
        "id_too_long",
        "编号有 {bytes} 字节；最多 {most} 字节",
        "the identifier is {bytes} bytes long; at most {most} are allowed",
    ),
    text(
        "bad_id",
        "编号“{text}”含有“{character}”；编号只用 ASCII 字母、数字和符号，不含空格",
        "the identifier `{text}` holds `{character}`; use ASCII letters, digits and marks without blanks",
    ),
    text(
        "bad_number",
        "“{text}”不是数字；只写数字和至多一个小数点，如 2.5，不写单位和千位分隔",
        "`{text}` is no number; write digits with at most one point, as in 2.5, without units or thousands separators",
    ),
    text(
        "number_too_long",
        "“{text}”的位数超出精确小数所能容纳",
        "`{text}` has more digits than an exact decimal holds",
    ),
    text(
        "float_number",
        "JSON 数字 {text} 超过 15 位有效数字，带有二进制舍入的痕迹；请写成字符串，如 \"2.5\"",
        "the JSON number {text} has more than 15 digits, the mark of binary rounding; write it as text, as in \"2.5\"",
    ),
    text(
        "bad_date",
        "“{text}”不是可识别的日期；请写作 2026-10-03、2026/10/3 或 2026年10月3日",
        "`{text}` is no date that is understood; write 2026-10-03, 2026/10/3 or 2026年10月3日",
    ),
    text("no_such_day", "没有“{text}”这一天", "there is no day `{text}`"),
    text(
        "date_with_time",
        "“{text}”在日期中带有时间；时间请写在“时间”一列",
        "`{text}` is a date with a time; put the time into the column `occurred_at`",
    ),
    text(
        "bad_time",
        "“{text}”不是可识别的时间；请写作 9:05 或 09:05:30",
        "`{text}` is no time that is understood; write 9:05 or 09:05:30",
    ),
    text(
        "time_offset",
        "“{text}”带有时区；时间一律为本地时间，请去掉时区",
        "`{text}` has a time zone offset; times are local, so leave it out",
    ),
    text("json_kind", "这一列不能是{found}", "this column takes no {found}"),
    text(
        "no_value",
        "指标记录须有“数值”，或“分子”和“分母”",
        "a measurement needs `value`, or `numerator` and `denominator`",
    ),
    text(
        "two_values",
        "指标记录或写“数值”，或写“分子”和“分母”，不能并用",
        "a measurement has either `value` or `numerator` and `denominator`, not both",
    ),
];
