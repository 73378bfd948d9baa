//! What the command says beside the regulation's own words, in Chinese and English.

use ducha::core::Lang;
use serde_json::error::Category;
use std::io::{self, ErrorKind};

/// What the operating system says of a file, in the reader's language where it is one of the usual things.
pub(crate) fn of_file(error: &io::Error, lang: Lang) -> String {
    let (zh, en) = match error.kind() {
        ErrorKind::NotFound => ("没有这个文件或目录", "there is no such file or directory"),
        ErrorKind::PermissionDenied => ("没有权限", "permission is denied"),
        ErrorKind::IsADirectory => ("这是目录，不是文件", "it is a directory, not a file"),
        ErrorKind::NotADirectory => {
            ("路径中有一段是文件，不是目录", "a part of the path is a file, not a directory")
        }
        ErrorKind::AlreadyExists => {
            ("已有同名文件，不是目录", "there is a file of that name, not a directory")
        }
        ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        _ => return error.to_string(),
    };
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// Where a JSON text goes wrong.
pub(crate) fn of_json(error: &serde_json::Error, lang: Lang) -> String {
    let (line, column) = (error.line(), error.column());
    match (lang, error.classify()) {
        (Lang::En, _) => error.to_string(),
        (Lang::Zh, Category::Data) => format!("第 {line} 行第 {column} 列与考核结果的形式不符"),
        (Lang::Zh, _) => format!("第 {line} 行第 {column} 列处不是 JSON"),
    }
}

/// A sentence of the command with its facts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Say<'a> {
    Error,
    Warning,
    Note,
    Help,
    At {
        pointer: &'a str,
    },
    Article {
        number: u8,
        matter: &'a str,
    },
    Accepted {
        reason: &'a str,
    },
    ExampleFails {
        example: &'a str,
        name: &'a str,
    },
    ExpectedGot {
        key: &'a str,
        expected: &'a str,
        actual: &'a str,
    },
    CheckSummary {
        files: usize,
        errors: usize,
        warnings: usize,
        examples: usize,
        failing: usize,
        inexpressible: usize,
    },
    CannotRead {
        file: &'a str,
        why: &'a str,
    },
    CannotWrite {
        file: &'a str,
        why: &'a str,
    },
    NotUtf8 {
        file: &'a str,
    },
    SecondRecords {
        file: &'a str,
    },
    UnknownEnding {
        file: &'a str,
    },
    UnknownOrganisationEnding {
        file: &'a str,
    },
    NoRulebook,
    NoRecords,
    RecordsHere {
        file: &'a str,
    },
    SeveralRulebooks {
        one: &'a str,
        other: &'a str,
    },
    UnknownEncoding {
        name: &'a str,
    },
    WithoutEngine {
        why: &'a str,
    },
    SubjectUnknown {
        subject: &'a str,
    },
    NoJournal {
        address: &'a str,
        why: &'a str,
    },
    #[cfg(not(feature = "postgres"))]
    WithoutPostgres,
    UnknownCapacity {
        name: &'a str,
        all: &'a str,
    },
    NotOffices {
        file: &'a str,
        why: &'a str,
    },
    NoClock,
    NotData {
        why: &'a str,
    },
    NotADraw {
        file: &'a str,
        why: &'a str,
    },
    NotAnAssessment {
        file: &'a str,
        why: &'a str,
    },
    NotARecord {
        why: &'a str,
    },
    EmptyRecord,
    Refused {
        rows: usize,
    },
    NotListed {
        rows: usize,
    },
    Interrupted {
        file: &'a str,
    },
    Written {
        file: &'a str,
    },
    Reading {
        file: &'a str,
        rows: usize,
    },
    Scoring {
        rows: usize,
    },
    NotFormatted {
        file: &'a str,
    },
    CannotFormat {
        file: &'a str,
    },
    DemoHint,
}

impl Say<'_> {
    /// The sentence in one language.
    pub(crate) fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match *self {
            Self::Error => "错误".into(),
            Self::Warning => "警告".into(),
            Self::Note => "注".into(),
            Self::Help => "改法".into(),
            Self::At { pointer } => format!("位置 {pointer}"),
            Self::Article { number, matter } => format!("办法第{number}条：{matter}"),
            Self::Accepted { reason } => format!("已声明保留此缺陷：{reason}"),
            Self::ExampleFails { example, name } => format!("示例 {example}（{name}）与结果不符"),
            Self::ExpectedGot { key, expected, actual } => format!("{key}：期望 {expected}，实得 {actual}"),
            Self::CheckSummary { files, errors, warnings, examples, failing, inexpressible } => {
                let mut text = format!("{files} 个文件：{errors} 处错误，{warnings} 处警告；{examples} 个示例，{failing} 个不符");
                if inexpressible > 0 {
                    text.push_str(&format!("，{inexpressible} 个声明无法表达"));
                }
                text
            }
            Self::CannotRead { file, why } => format!("无法读取 {file}：{why}"),
            Self::CannotWrite { file, why } => format!("无法写入 {file}：{why}"),
            Self::NotUtf8 { file } => format!("{file} 不是 UTF-8 文本；请用编辑器另存为 UTF-8"),
            Self::SecondRecords { file } => format!("只接受一个记录文件，{file} 是第二个；请合并为一个"),
            Self::UnknownEnding { file } => {
                format!("不认识 {file} 的扩展名；规则手册用 .toml 或 .json，记录用 .csv、.jsonl 或 .ndjson")
            }
            Self::UnknownOrganisationEnding { file } => format!("不认识 {file} 的扩展名；组织文件用 .toml、.json 或 .csv"),
            Self::NoRulebook => "没有给出规则手册；请给出一个 .toml 或 .json 文件".into(),
            Self::NoRecords => "没有给出记录文件；请给出一个 .csv、.jsonl 或 .ndjson 文件".into(),
            Self::RecordsHere { file } => format!("{file} 是记录文件，这里只要规则手册"),
            Self::SeveralRulebooks { one, other } => {
                format!("一次只按一部规则计分，这里有两部：{one} 和 {other}；同一部规则的各版本编号（rulebook.id）须相同")
            }
            Self::UnknownEncoding { name } => format!("不认识编码 {name}；可用 auto、utf-8、gb18030"),
            Self::WithoutEngine { why } => {
                format!("注意：64 位整数容不下这些数值，本结果由参考计算得出（较慢，结果同样准确）：{why}")
            }
            Self::NoJournal { address, why } => format!("台账 {address} 打不开：{why}"),
            #[cfg(not(feature = "postgres"))]
            Self::WithoutPostgres => "本程序编译时未包含 PostgreSQL；请以 --features postgres 编译".into(),
            Self::UnknownCapacity { name, all } => format!("不认识身份 {name}；可用 {all}"),
            Self::NotOffices { file, why } => format!("{file} 不是任职表：{why}"),
            Self::NoClock => "系统时钟不可用；请用 --now 写明时刻".into(),
            Self::NotData { why } if why.is_empty() => "--data 须为一个 JSON 对象".into(),
            Self::NotData { why } => format!("--data 须为一个 JSON 对象：{why}"),
            Self::NotADraw { file, why } => format!("{file} 不是抽取记录：{why}"),
            Self::SubjectUnknown { subject } => format!("没有编号为 {subject} 的对象；编号见组织文件或记录"),
            Self::NotAnAssessment { file, why } => {
                format!("{file} 不是考核结果（用 assess --format json 生成）：{why}")
            }
            Self::NotARecord { why } => format!("--record 不是一条记录：{why}"),
            Self::EmptyRecord => "--record 是空的；请写一个 JSON 对象，如 {\"id\": …}".into(),
            Self::Refused { rows } => format!("{rows} 行被退回，原因见结果；因 --strict 以状态 1 结束"),
            Self::NotListed { rows } => format!("{rows} 行被退回，不在此表中；加 --out 目录，原因写入 not-scored.csv"),
            Self::Interrupted { file } => format!("{file} 未能读完，其后的行可能缺失"),
            Self::Written { file } => format!("已写入 {file}"),
            Self::Reading { file, rows } => format!("正在读取 {file}：{rows} 行"),
            Self::Scoring { rows } => format!("正在计分：{rows} 行"),
            Self::NotFormatted { file } => format!("{file} 的版式不规范；运行 ducha fmt {file}"),
            Self::CannotFormat { file } => format!("{file} 重排后含义会变，未改动"),
            Self::DemoHint => "这是内置的示范月份。用自己的文件：ducha assess 规则.toml 记录.csv --org 组织.toml；帮助：ducha --help".into(),
        }
    }

    fn english(&self) -> String {
        let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        match *self {
            Self::Error => "error".into(),
            Self::Warning => "warning".into(),
            Self::Note => "note".into(),
            Self::Help => "help".into(),
            Self::At { pointer } => format!("at {pointer}"),
            Self::Article { number, matter } => format!("article {number}: {matter}"),
            Self::Accepted { reason } => format!("declared as an accepted defect: {reason}"),
            Self::ExampleFails { example, name } => format!("the worked example {example} ({name}) comes out otherwise"),
            Self::ExpectedGot { key, expected, actual } => format!("{key}: expected {expected}, got {actual}"),
            Self::CheckSummary { files, errors, warnings, examples, failing, inexpressible } => {
                let mut text = format!(
                    "{}: {}, {}; {}, {failing} failing",
                    count(files, "file", "files"),
                    count(errors, "error", "errors"),
                    count(warnings, "warning", "warnings"),
                    count(examples, "worked example", "worked examples"),
                );
                if inexpressible > 0 {
                    text.push_str(&format!(", {inexpressible} declared inexpressible"));
                }
                text
            }
            Self::CannotRead { file, why } => format!("cannot read {file}: {why}"),
            Self::CannotWrite { file, why } => format!("cannot write {file}: {why}"),
            Self::NotUtf8 { file } => format!("{file} is not UTF-8 text; save it as UTF-8 with your editor"),
            Self::SecondRecords { file } => format!("one file of records is taken, and {file} is a second one; put them together"),
            Self::UnknownEnding { file } => {
                format!("the ending of {file} is not known; rulebooks end in .toml or .json, records in .csv, .jsonl or .ndjson")
            }
            Self::UnknownOrganisationEnding { file } => {
                format!("the ending of {file} is not known; an organisation file ends in .toml, .json or .csv")
            }
            Self::NoRulebook => "no rulebook is given; name a .toml or .json file".into(),
            Self::NoRecords => "no records are given; name a .csv, .jsonl or .ndjson file".into(),
            Self::RecordsHere { file } => format!("{file} holds records; only rulebooks are taken here"),
            Self::SeveralRulebooks { one, other } => {
                format!("records are scored by one rulebook, but there are two: {one} and {other}; all versions of one carry the same rulebook.id")
            }
            Self::UnknownEncoding { name } => format!("the encoding {name} is not known; use auto, utf-8 or gb18030"),
            Self::WithoutEngine { why } => {
                format!("note: 64 bits do not hold these numbers; the reference evaluator reckoned them (slower, just as exact): {why}")
            }
            Self::NoJournal { address, why } => format!("the journal {address} cannot be opened: {why}"),
            #[cfg(not(feature = "postgres"))]
            Self::WithoutPostgres => {
                "this program was built without PostgreSQL; build it with --features postgres".into()
            }
            Self::UnknownCapacity { name, all } => format!("the capacity {name} is not known; use one of {all}"),
            Self::NotOffices { file, why } => format!("{file} does not tell who holds which office: {why}"),
            Self::NoClock => "the machine has no clock; tell the moment with --now".into(),
            Self::NotData { why } if why.is_empty() => "--data must be a JSON object".into(),
            Self::NotData { why } => format!("--data must be a JSON object: {why}"),
            Self::NotADraw { file, why } => format!("{file} holds no draws: {why}"),
            Self::SubjectUnknown { subject } => format!("there is no subject {subject}; ids stand in the organisation file or in the records"),
            Self::NotAnAssessment { file, why } => format!("{file} is no assessment (made by assess --format json): {why}"),
            Self::NotARecord { why } => format!("--record is no record: {why}"),
            Self::EmptyRecord => "--record is empty; write one JSON object, as in {\"id\": …}".into(),
            Self::Refused { rows } => {
                format!("{} refused, see the reasons in the result; status 1 because of --strict", count(rows, "row was", "rows were"))
            }
            Self::NotListed { rows } => {
                format!("{} refused; this sheet leaves them out, --out DIR writes the reasons to not-scored.csv", count(rows, "row was", "rows were"))
            }
            Self::Interrupted { file } => format!("{file} could not be read to its end; later rows may be missing"),
            Self::Written { file } => format!("wrote {file}"),
            Self::Reading { file, rows } => format!("reading {file}: {}", count(rows, "row", "rows")),
            Self::Scoring { rows } => format!("scoring {}", count(rows, "row", "rows")),
            Self::NotFormatted { file } => format!("{file} is laid out otherwise; run ducha fmt {file}"),
            Self::CannotFormat { file } => format!("{file} would mean something else when laid out anew; it was left alone"),
            Self::DemoHint => {
                "This is the demonstration month built into the command. Your own: ducha assess RULES.toml RECORDS.csv --org ORG.toml; help: ducha --help".into()
            }
        }
    }
}
