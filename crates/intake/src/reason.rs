//! Why a row is refused: data, not sentences.

use crate::encoding::Encoding;
use crate::reason_text::TEXTS;
use crate::vocabulary::RecordType;
use ducha_core::message::Args;
use ducha_core::{IdError, Label, Lang, MAX_ID_BYTES};
use std::fmt;

/// Why a row, or a whole file, cannot be read. Each reason has a stable [code](Self::code) and a text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalReason {
    /// The row is longer than the limit.
    RowTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// The row's bytes are no text in the file's encoding.
    Undecodable {
        /// The encoding in which the file is read.
        encoding: Encoding,
    },
    /// The row is the first that is not ASCII, and could be UTF-8 as well as GB18030.
    EncodingUnclear,
    /// The row holds a NUL byte: the file is UTF-16 without mark, or no text.
    Nul,
    /// A quoted cell is not closed, or text follows its closing quote.
    Quote,
    /// The row has too few or too many cells.
    CellCount {
        /// How many the heading has.
        expected: usize,
        /// How many the row has.
        found: usize,
    },
    /// A value stands under an empty heading.
    NoHeading {
        /// The cell, counted from 1.
        cell: usize,
    },
    /// The line is not JSON.
    JsonSyntax {
        /// The character at which reading stopped, counted from 1.
        at: usize,
    },
    /// The line is JSON, but no object.
    NotAnObject,
    /// A column or key that no record has.
    UnknownColumn {
        /// What was written.
        name: String,
        /// A column that may be meant.
        nearest: Option<&'static str>,
    },
    /// A column or key stands twice, perhaps under two of its names.
    DuplicateColumn {
        /// What was written the second time.
        name: String,
    },
    /// The file has no heading row.
    NoHeader,
    /// The heading lacks a column that every record needs, or the row lacks a value that its type needs.
    Missing {
        /// The column.
        column: &'static str,
    },
    /// The column has a value but does not belong to records of this type.
    NotForType {
        /// The record's type.
        record_type: RecordType,
    },
    /// No such type of record.
    UnknownType {
        /// What was written.
        text: String,
        /// A type that may be meant.
        nearest: Option<&'static str>,
    },
    /// No such method of article 4.
    UnknownMethod {
        /// What was written.
        text: String,
        /// A method that may be meant.
        nearest: Option<&'static str>,
    },
    /// No such kind of evidence.
    UnknownEvidence {
        /// What was written.
        text: String,
        /// A kind that may be meant.
        nearest: Option<&'static str>,
    },
    /// Evidence that is not a kind with a reference.
    BadEvidence {
        /// What was written.
        text: String,
    },
    /// Not an identifier.
    BadId(IdError),
    /// Not a decimal number.
    BadNumber {
        /// What was written.
        text: String,
    },
    /// More digits than an exact decimal holds.
    NumberTooLong {
        /// What was written.
        text: String,
    },
    /// A JSON number with the marks of binary rounding: more than 15 digits.
    FloatNumber {
        /// What was written.
        text: String,
    },
    /// Not a day in a form that is understood.
    BadDate {
        /// What was written.
        text: String,
    },
    /// A day that no calendar has.
    NoSuchDay {
        /// What was written.
        text: String,
    },
    /// A day together with a time.
    DateWithTime {
        /// What was written.
        text: String,
    },
    /// Not a time of day.
    BadTime {
        /// What was written.
        text: String,
    },
    /// A time of day with an offset.
    TimeOffset {
        /// What was written.
        text: String,
    },
    /// A JSON value of a kind that the column does not take.
    JsonKind {
        /// What was found: `list`, `object`, `boolean`, `number`, `text`.
        found: &'static str,
    },
    /// A measurement with neither a value nor numerator and denominator.
    NoValue,
    /// A measurement with a value and a numerator or denominator.
    TwoValues,
    /// The file is UTF-16.
    Utf16,
    /// The source failed while it was read; what follows is not known.
    Interrupted {
        /// What the source said.
        message: String,
    },
}

impl RefusalReason {
    /// The stable code: the same in every edition and language.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RowTooLong { .. } => "row_too_long",
            Self::Undecodable { .. } => "undecodable",
            Self::EncodingUnclear => "encoding_unclear",
            Self::Nul => "nul",
            Self::Quote => "quote",
            Self::CellCount { .. } => "cell_count",
            Self::NoHeading { .. } => "no_heading",
            Self::JsonSyntax { .. } => "json_syntax",
            Self::NotAnObject => "not_an_object",
            Self::UnknownColumn { nearest: None, .. } => "unknown_column",
            Self::UnknownColumn { .. } => "misspelt_column",
            Self::DuplicateColumn { .. } => "duplicate_column",
            Self::NoHeader => "no_header",
            Self::Missing { .. } => "missing",
            Self::NotForType { .. } => "not_for_type",
            Self::UnknownType { nearest: None, .. } => "unknown_type",
            Self::UnknownType { .. } => "misspelt_type",
            Self::UnknownMethod { nearest: None, .. } => "unknown_method",
            Self::UnknownMethod { .. } => "misspelt_method",
            Self::UnknownEvidence { nearest: None, .. } => "unknown_evidence",
            Self::UnknownEvidence { .. } => "misspelt_evidence",
            Self::BadEvidence { .. } => "bad_evidence",
            Self::BadId(IdError::Empty) => "id_empty",
            Self::BadId(IdError::TooLong(_)) => "id_too_long",
            Self::BadId(_) => "bad_id",
            Self::BadNumber { .. } => "bad_number",
            Self::NumberTooLong { .. } => "number_too_long",
            Self::FloatNumber { .. } => "float_number",
            Self::BadDate { .. } => "bad_date",
            Self::NoSuchDay { .. } => "no_such_day",
            Self::DateWithTime { .. } => "date_with_time",
            Self::BadTime { .. } => "bad_time",
            Self::TimeOffset { .. } => "time_offset",
            Self::JsonKind { .. } => "json_kind",
            Self::NoValue => "no_value",
            Self::TwoValues => "two_values",
            Self::Utf16 => "utf16",
            Self::Interrupted { .. } => "interrupted",
        }
    }

    /// The facts that stand in the text.
    #[must_use]
    pub fn args(&self) -> Args {
        let args = Args::none();
        match self {
            Self::RowTooLong { limit } => args.with("limit", *limit),
            Self::Undecodable { encoding: Encoding::Auto } => {
                args.with("encoding", &Label::new("UTF-8 或 GB18030", "UTF-8 or GB18030"))
            }
            Self::Undecodable { encoding } => args.with("encoding", encoding.name()),
            Self::CellCount { expected, found } => args.with("expected", *expected).with("found", *found),
            Self::NoHeading { cell } => args.with("cell", *cell),
            Self::JsonSyntax { at } => args.with("at", *at),
            Self::UnknownColumn { name, nearest } => {
                args.with("name", name.as_str()).with("nearest", nearest.unwrap_or_default())
            }
            Self::DuplicateColumn { name } => args.with("name", name.as_str()),
            Self::Missing { column } => args.with("column", &column_label(column)),
            Self::NotForType { record_type } => {
                args.with("type", &Label::new(record_type.name(Lang::Zh), record_type.name(Lang::En)))
            }
            Self::UnknownType { text, nearest }
            | Self::UnknownMethod { text, nearest }
            | Self::UnknownEvidence { text, nearest } => {
                args.with("text", text.as_str()).with("nearest", nearest.unwrap_or_default())
            }
            Self::BadEvidence { text }
            | Self::BadNumber { text }
            | Self::NumberTooLong { text }
            | Self::FloatNumber { text }
            | Self::BadDate { text }
            | Self::NoSuchDay { text }
            | Self::DateWithTime { text }
            | Self::BadTime { text }
            | Self::TimeOffset { text } => args.with("text", text.as_str()),
            Self::BadId(IdError::TooLong(bytes)) => args.with("bytes", *bytes).with("most", MAX_ID_BYTES),
            Self::BadId(IdError::Character(text, character)) => {
                args.with("text", text.as_str()).with("character", shown(*character))
            }
            Self::JsonKind { found } => args.with("found", &json_kind_label(found)),
            Self::Interrupted { message } => args.with("message", message.as_str()),
            _ => args,
        }
    }

    /// The reason as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let code = self.code();
        let template = TEXTS.iter().find(|template| template.key == code);
        template.map_or_else(|| code.to_owned(), |template| self.args().fill(template.get(lang), lang))
    }
}

impl fmt::Display for RefusalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for RefusalReason {}

fn column_label(key: &'static str) -> Label {
    crate::column::columns()
        .iter()
        .find(|column| column.key == key)
        .map_or_else(|| Label::same(key), |column| Label::new(column.name(Lang::Zh), column.key))
}

fn json_kind_label(kind: &'static str) -> Label {
    let zh = match kind {
        "list" => "列表",
        "object" => "对象",
        "boolean" => "真假值",
        "number" => "数字",
        "text" => "文字",
        other => other,
    };
    Label::new(zh, kind)
}

/// A character that can be shown in a message, whatever it is.
fn shown(c: char) -> String {
    if c == ' ' || c.is_control() { format!("U+{:04X}", u32::from(c)) } else { c.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn bytes_of_no_encoding_are_told_by_the_encodings_that_were_tried() {
        let told = RefusalReason::Undecodable { encoding: Encoding::Auto };
        assert_eq!(told.text(Lang::Zh), "该行不是 UTF-8 或 GB18030 编码的文字；请核对文件编码");
        assert_eq!(told.text(Lang::En), "the row is no text in UTF-8 or GB18030; check the file's encoding");
    }

    /// One reason of each code.
    fn samples() -> Vec<RefusalReason> {
        use RefusalReason as R;
        let text = || "x".to_owned();
        let both = [None, Some("near")];
        let mut all = vec![
            R::RowTooLong { limit: 1 },
            R::Undecodable { encoding: Encoding::Utf8 },
            R::EncodingUnclear,
            R::Nul,
            R::Quote,
            R::CellCount { expected: 1, found: 2 },
            R::NoHeading { cell: 1 },
            R::JsonSyntax { at: 1 },
            R::NotAnObject,
            R::DuplicateColumn { name: text() },
            R::NoHeader,
            R::Missing { column: "clause" },
            R::NotForType { record_type: RecordType::Fact },
            R::BadEvidence { text: text() },
            R::BadId(IdError::Empty),
            R::BadId(IdError::TooLong(200)),
            R::BadId(IdError::Character(text(), ' ')),
            R::BadNumber { text: text() },
            R::NumberTooLong { text: text() },
            R::FloatNumber { text: text() },
            R::BadDate { text: text() },
            R::NoSuchDay { text: text() },
            R::DateWithTime { text: text() },
            R::BadTime { text: text() },
            R::TimeOffset { text: text() },
            R::JsonKind { found: "list" },
            R::NoValue,
            R::TwoValues,
            R::Utf16,
            R::Interrupted { message: text() },
        ];
        for nearest in both {
            all.push(R::UnknownColumn { name: text(), nearest });
            all.push(R::UnknownType { text: text(), nearest });
            all.push(R::UnknownMethod { text: text(), nearest });
            all.push(R::UnknownEvidence { text: text(), nearest });
        }
        all
    }

    #[test]
    fn each_code_has_its_sentence_with_all_facts_filled_in() {
        let codes: BTreeSet<_> = samples().iter().map(RefusalReason::code).collect();
        assert_eq!(codes, TEXTS.iter().map(|text| text.key).collect());
        for reason in samples() {
            for lang in [Lang::Zh, Lang::En] {
                let sentence = reason.text(lang).replace("{\"id\": …}", "");
                assert!(!sentence.contains(['{', '}']), "{sentence}");
            }
            assert_ne!(reason.text(Lang::Zh), reason.text(Lang::En));
        }
    }
}
