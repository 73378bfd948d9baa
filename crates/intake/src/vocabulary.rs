//! The closed words of records: types, methods, kinds of evidence; by code, Chinese or English.

use crate::width::heading_form;
use ducha_core::record::EvidenceKind;
use ducha_core::{Lang, Matter, Method};

/// The type of a record, as the column `type` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordType {
    /// A nonconformity found under a clause.
    Finding,
    /// A rate or level measured against a target.
    Measurement,
    /// A score from a source.
    Rating,
    /// That an inspection took place.
    Inspection,
    /// Something commended.
    Commendation,
    /// A fact that the rules ask for.
    Fact,
    /// Nothing but that it revokes another record.
    Revocation,
}

impl RecordType {
    /// All types with their codes, Chinese names (the preferred one first) and English names.
    pub const NAMES: [(Self, &'static str, &'static [&'static str], &'static str); 7] = [
        (Self::Finding, "finding", &["发现", "问题"], "finding"),
        (Self::Measurement, "measurement", &["指标", "测量"], "measurement"),
        (Self::Rating, "rating", &["评分"], "rating"),
        (Self::Inspection, "inspection", &["检查"], "inspection"),
        (Self::Commendation, "commendation", &["表扬"], "commendation"),
        (Self::Fact, "fact", &["事实"], "fact"),
        (Self::Revocation, "revocation", &["撤销"], "revocation"),
    ];

    /// The type of that code or name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let form = heading_form(name);
        Self::NAMES
            .iter()
            .find(|(_, code, zh, _)| *code == form || zh.contains(&form.as_str()))
            .map(|entry| entry.0)
    }

    /// The type of a record in hand; `None` for one that this edition does not know.
    #[must_use]
    pub const fn of(matter: &Matter) -> Option<Self> {
        match matter {
            Matter::Finding(_) => Some(Self::Finding),
            Matter::Measurement(_) => Some(Self::Measurement),
            Matter::Rating(_) => Some(Self::Rating),
            Matter::Inspection(_) => Some(Self::Inspection),
            Matter::Commendation(_) => Some(Self::Commendation),
            Matter::Fact(_) => Some(Self::Fact),
            Matter::Revocation => Some(Self::Revocation),
            _ => None,
        }
    }

    /// The code, as it stands in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Measurement => "measurement",
            Self::Rating => "rating",
            Self::Inspection => "inspection",
            Self::Commendation => "commendation",
            Self::Fact => "fact",
            Self::Revocation => "revocation",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (_, Lang::En) => self.code(),
            (Self::Finding, Lang::Zh) => "发现",
            (Self::Measurement, Lang::Zh) => "指标",
            (Self::Rating, Lang::Zh) => "评分",
            (Self::Inspection, Lang::Zh) => "检查",
            (Self::Commendation, Lang::Zh) => "表扬",
            (Self::Fact, Lang::Zh) => "事实",
            (Self::Revocation, Lang::Zh) => "撤销",
        }
    }

    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().flat_map(|(_, code, zh, _)| core::iter::once(*code).chain(zh.iter().copied()))
    }
}

/// All kinds of evidence with their codes, Chinese and English names.
pub const EVIDENCE_KINDS: [(EvidenceKind, &str, &str, &str); 11] = [
    (EvidenceKind::Photo, "photo", "照片", "photograph or film"),
    (EvidenceKind::Document, "document", "文件", "document or log"),
    (EvidenceKind::Sample, "sample", "样品", "sample or object"),
    (EvidenceKind::Reading, "reading", "检测记录", "measurement protocol"),
    (EvidenceKind::Interview, "interview", "员工陈述", "statement of an employee"),
    (EvidenceKind::Visit, "visit", "走访", "visit to a user"),
    (EvidenceKind::Forum, "forum", "座谈会", "forum of users"),
    (EvidenceKind::Letter, "letter", "征求意见函", "letter asking for opinions"),
    (EvidenceKind::Complaint, "complaint", "投诉", "complaint"),
    (EvidenceKind::Questionnaire, "questionnaire", "问卷", "questionnaire"),
    (EvidenceKind::Witness, "witness", "证人", "witness"),
];

pub(crate) fn method_of(name: &str) -> Option<Method> {
    of(&Method::NAMES, name)
}

pub(crate) fn evidence_kind_of(name: &str) -> Option<EvidenceKind> {
    of(&EVIDENCE_KINDS, name)
}

/// The codes and Chinese names of a table of words.
pub(crate) fn words<T>(
    table: &'static [(T, &'static str, &'static str, &'static str)],
) -> impl Iterator<Item = &'static str> {
    table.iter().flat_map(|(_, code, zh, _)| [*code, *zh])
}

fn of<T: Copy>(table: &[(T, &str, &str, &str)], name: &str) -> Option<T> {
    let form = heading_form(name);
    table
        .iter()
        .find(|(_, code, zh, en)| *code == form || *zh == form || heading_form(en) == form)
        .map(|entry| entry.0)
}

/// The word nearest to what was written, if one is near enough to be meant.
pub(crate) fn nearest<'a>(written: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let form = heading_form(written);
    // A cell full of prose is no misspelt word; it would only cost time.
    if form.len() > 64 {
        return None;
    }
    words
        .map(|word| (strsim::damerau_levenshtein(&form, word), word))
        .filter(|(distance, word)| {
            distance.saturating_mul(2) <= word.chars().count().max(form.chars().count()) && *distance <= 3
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_understood_in_code_chinese_and_english() {
        for (method, code, zh, en) in Method::NAMES {
            assert_eq!([code, zh, en].map(method_of), [Some(method); 3]);
        }
        for (kind, code, zh, en) in EVIDENCE_KINDS {
            assert_eq!([code, zh, en].map(evidence_kind_of), [Some(kind); 3]);
            assert_eq!(serde_json::to_value(kind).unwrap(), code);
        }
        for (record_type, code, zh, _) in RecordType::NAMES {
            assert_eq!(RecordType::of_name(code), Some(record_type));
            assert!(zh.iter().all(|name| RecordType::of_name(name) == Some(record_type)));
            assert_eq!((record_type.code(), record_type.name(Lang::Zh)), (code, zh[0]));
        }
    }

    #[test]
    fn a_slip_is_recognised_and_prose_is_not() {
        assert_eq!(nearest("扣份", ["扣分", "分值"].into_iter()), Some("扣分"));
        assert_eq!(nearest("Clasue", ["clause", "class"].into_iter()), Some("clause"));
        assert_eq!(nearest("colour", ["clause", "id"].into_iter()), None);
    }
}
