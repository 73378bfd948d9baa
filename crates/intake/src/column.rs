//! The one table of columns, for CSV headings, JSON keys, manual and schema alike.

use crate::vocabulary::RecordType::{
    self, Commendation, Fact, Finding, Inspection, Measurement, Rating, Revocation,
};
use crate::width::heading_form;
use ducha_core::Lang;

/// What stands in the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// An identifier: printable ASCII without blanks.
    Id,
    /// The type of the record.
    RecordType,
    /// A civil day.
    Date,
    /// A time of day, without offset.
    Time,
    /// An exact decimal number.
    Decimal,
    /// Free text.
    Text,
    /// A method of article 4.
    Method,
    /// Evidence: pairs of kind and reference.
    Evidence,
    /// Several identifiers.
    IdList,
}

impl Kind {
    /// The kind's name for people.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Id, Lang::Zh) => "编号",
            (Self::Id, Lang::En) => "id",
            (Self::RecordType, Lang::Zh) => "类型",
            (Self::RecordType, Lang::En) => "type",
            (Self::Date, Lang::Zh) => "日期",
            (Self::Date, Lang::En) => "date",
            (Self::Time, Lang::Zh) => "时间",
            (Self::Time, Lang::En) => "time",
            (Self::Decimal, Lang::Zh) => "数字",
            (Self::Decimal, Lang::En) => "number",
            (Self::Text, Lang::Zh) => "文字",
            (Self::Text, Lang::En) => "text",
            (Self::Method, Lang::Zh) => "检查方式",
            (Self::Method, Lang::En) => "method",
            (Self::Evidence, Lang::Zh) => "证据",
            (Self::Evidence, Lang::En) => "evidence",
            (Self::IdList, Lang::Zh) => "编号列表",
            (Self::IdList, Lang::En) => "ids",
        }
    }
}

/// One column of the files of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The key: the JSON key, the canonical CSV heading, and the name in [`ducha_core::Record`].
    pub key: &'static str,
    /// Other English headings that are understood.
    pub english: &'static [&'static str],
    /// Chinese headings, the preferred one first.
    pub chinese: &'static [&'static str],
    /// What stands in it.
    pub kind: Kind,
    /// The types of records that must have it.
    pub required: &'static [RecordType],
    /// The types of records that may have it, those that must among them.
    pub used: &'static [RecordType],
    zh: &'static str,
    en: &'static str,
}

impl Column {
    /// What the column says, in one line.
    #[must_use]
    pub const fn about(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The name by which a person of that language knows the column.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.chinese.first().copied().unwrap_or(self.key),
            Lang::En => self.key,
        }
    }

    /// All headings under which the column is understood, the key first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        core::iter::once(self.key).chain(self.english.iter().copied()).chain(self.chinese.iter().copied())
    }

    /// The column of a heading or JSON key. Case, blanks, `-` for `_` and full-width letters make no difference.
    ///
    /// ```
    /// use ducha_intake::Column;
    /// let find = |heading| Column::of_heading(heading).map(|column| column.key);
    /// assert_eq!(find("发生日期"), Some("occurred_on"));
    /// assert_eq!(find(" Occurred On"), Some("occurred_on"));
    /// assert_eq!(find("colour"), None);
    /// ```
    #[must_use]
    pub fn of_heading(heading: &str) -> Option<&'static Self> {
        if let Some(column) = COLUMNS.iter().find(|column| column.key == heading) {
            return Some(column);
        }
        let form = heading_form(heading);
        COLUMNS.iter().find(|column| column.names().any(|name| name == form))
    }

    /// Whether records of that type may have it.
    #[must_use]
    pub fn is_used_in(&self, record_type: RecordType) -> bool {
        self.used.contains(&record_type)
    }

    /// Whether records of that type must have it.
    #[must_use]
    pub fn is_required_in(&self, record_type: RecordType) -> bool {
        self.required.contains(&record_type)
    }
}

/// All columns, in the order of the manual.
#[must_use]
pub const fn columns() -> &'static [Column] {
    COLUMNS
}

const ALL: &[RecordType] = &[Finding, Measurement, Rating, Inspection, Commendation, Fact, Revocation];

const fn column(
    key: &'static str,
    kind: Kind,
    chinese: &'static [&'static str],
    english: &'static [&'static str],
    [required, used]: [&'static [RecordType]; 2],
    [zh, en]: [&'static str; 2],
) -> Column {
    Column { key, english, chinese, kind, required, used, zh, en }
}

const COLUMNS: &[Column] = &[
    column(
        "id",
        Kind::Id,
        &["编号", "记录编号", "序号"],
        &["record", "record_id", "no"],
        [ALL, ALL],
        ["记录编号，在全部输入中唯一", "the record's identifier, unique in the whole input"],
    ),
    column(
        "type",
        Kind::RecordType,
        &["类型", "记录类型"],
        &["record_type"],
        [&[], ALL],
        ["记录类型；不填即为发现", "the type of the record; a finding where empty"],
    ),
    column(
        "subject",
        Kind::Id,
        &["对象", "部门", "被检查对象", "责任部门", "责任人"],
        &["department", "subject_id"],
        [ALL, ALL],
        [
            "记录所涉的部门、场所、班组或人员的编号",
            "the id of the department, site, team or person that it concerns",
        ],
    ),
    column(
        "occurred_on",
        Kind::Date,
        &["日期", "发生日期"],
        &["date", "day"],
        [ALL, ALL],
        ["行为发生之日：决定版本、时段和再犯", "the day of the act: decides version, window and recurrence"],
    ),
    column(
        "occurred_at",
        Kind::Time,
        &["时间", "发生时间"],
        &["time"],
        [&[], ALL],
        ["行为发生的时间，本地时间", "the time of the act, local time"],
    ),
    column(
        "recorded_on",
        Kind::Date,
        &["登记日期", "记录日期"],
        &["recorded"],
        [&[], ALL],
        ["登记之日；不填即为发生之日", "the day on which it was recorded; the day of the act where empty"],
    ),
    column(
        "clause",
        Kind::Id,
        &["条款", "条款编号"],
        &["clause_id"],
        [&[Finding, Measurement], &[Finding, Measurement]],
        ["附件条款的编号", "the clause of the annex"],
    ),
    column(
        "quantity",
        Kind::Decimal,
        &["数量"],
        &["count"],
        [&[], &[Finding, Commendation]],
        ["数量（处、人、张……），不填即为一", "how many units (places, persons, beds …); one where empty"],
    ),
    column(
        "points",
        Kind::Decimal,
        &["扣分", "分值", "加分"],
        &["deduction"],
        [&[], &[Finding, Commendation]],
        ["检查人在条款幅度内选定的分值", "the points that the inspector chose within the clause's range"],
    ),
    column(
        "money",
        Kind::Decimal,
        &["金额"],
        &["amount"],
        [&[], &[Finding]],
        ["在条款幅度内选定的金额", "the money chosen within the clause's range"],
    ),
    column(
        "severity",
        Kind::Id,
        &["严重程度"],
        &[],
        [&[], &[Finding]],
        ["严重程度，用于分级条款", "the severity level, for clauses with levels"],
    ),
    column(
        "reason",
        Kind::Text,
        &["理由", "事由"],
        &["why"],
        [&[], &[Finding]],
        ["选定该分值的理由", "why the inspector chose these points"],
    ),
    column(
        "place",
        Kind::Text,
        &["地点", "位置"],
        &["location"],
        [&[], &[Finding]],
        ["发现的地点", "where it was found"],
    ),
    column(
        "inspection",
        Kind::Id,
        &["检查编号", "检查批次"],
        &["inspection_id"],
        [&[Inspection], &[Finding, Inspection]],
        ["检查的编号；发现以此指明所属检查", "the inspection; findings name it"],
    ),
    column(
        "inspector",
        Kind::Id,
        &["检查人", "检查员"],
        &["inspected_by"],
        [&[], &[Finding, Inspection]],
        ["检查人的编号", "who inspected"],
    ),
    column(
        "method",
        Kind::Method,
        &["检查方式", "方式"],
        &[],
        [&[], &[Finding, Inspection]],
        ["检查方式（第四条）", "how it was found (art. 4)"],
    ),
    column(
        "source",
        Kind::Id,
        &["来源", "发现来源"],
        &[],
        [&[Rating], &[Finding, Measurement, Rating, Inspection, Commendation]],
        [
            "来源：自查、督查办、用户、主管机关等",
            "the source: the unit itself, the office, a user, an authority …",
        ],
    ),
    column(
        "corrected_on",
        Kind::Date,
        &["整改日期", "改正日期"],
        &["corrected"],
        [&[], &[Finding]],
        ["单位自行改正之日", "the day on which the unit had mended it"],
    ),
    column(
        "decided_on",
        Kind::Date,
        &["决定日期"],
        &["decided"],
        [&[], &[Finding]],
        ["案件作出决定之日", "the day on which the case was decided"],
    ),
    column(
        "value",
        Kind::Decimal,
        &["数值", "测量值"],
        &[],
        [&[], &[Measurement, Fact]],
        [
            "测得的数值；或事实所带的数字（工资、费用……）",
            "the measured value; or a fact's number (wage, fee …)",
        ],
    ),
    column(
        "numerator",
        Kind::Decimal,
        &["分子"],
        &["reached"],
        [&[], &[Measurement]],
        ["代替数值：达到的数目", "instead of the value: how many were reached"],
    ),
    column(
        "denominator",
        Kind::Decimal,
        &["分母"],
        &["out_of"],
        [&[], &[Measurement]],
        ["代替数值：总数目", "instead of the value: out of how many"],
    ),
    column(
        "score",
        Kind::Decimal,
        &["评分", "得分"],
        &[],
        [&[Rating], &[Rating]],
        ["评分，按来源所定的分制", "the score, on the scale of its source"],
    ),
    column(
        "section",
        Kind::Id,
        &["章节", "分项"],
        &[],
        [&[], &[Rating]],
        ["所评的分项；不填即为整体", "the section it speaks of; the whole where empty"],
    ),
    column(
        "line",
        Kind::Id,
        &["服务条线", "条线"],
        &["service_line"],
        [&[], &[Rating]],
        ["所评的服务条线；不填即为整体", "the service line it speaks of; the whole where empty"],
    ),
    column(
        "not_applicable",
        Kind::IdList,
        &["不适用条款", "不适用"],
        &["na"],
        [&[], &[Inspection]],
        ["在该处不适用的条款", "clauses that did not apply at this place"],
    ),
    column(
        "weight",
        Kind::Decimal,
        &["权重"],
        &[],
        [&[], &[Inspection]],
        ["该次检查的权重，不填即为一", "how much the inspection weighs; one where empty"],
    ),
    column(
        "award",
        Kind::Id,
        &["奖项", "表扬项目"],
        &[],
        [&[Commendation], &[Commendation]],
        ["奖项的编号", "the award"],
    ),
    column(
        "level",
        Kind::Id,
        &["级别", "等级"],
        &[],
        [&[], &[Commendation]],
        ["奖项的级别（省、市、校）", "the award's level (province, city, school)"],
    ),
    column(
        "fact",
        Kind::Id,
        &["事实", "事实种类"],
        &[],
        [&[Fact], &[Fact]],
        ["事实的种类", "the kind of fact"],
    ),
    column(
        "refers_to",
        Kind::Id,
        &["关联记录", "所涉记录"],
        &["concerns"],
        [&[], &[Fact]],
        ["事实所涉的记录", "the record that the fact concerns"],
    ),
    column(
        "other",
        Kind::Id,
        &["另一对象", "承接对象"],
        &["successor"],
        [&[], &[Fact]],
        ["事实所及的另一对象，如承接者", "another subject that the fact names, such as a successor"],
    ),
    column(
        "due_on",
        Kind::Date,
        &["到期日", "截止日期"],
        &["due"],
        [&[], &[Fact]],
        ["期限届满之日", "the day on which a time limit ran out"],
    ),
    column(
        "revokes",
        Kind::Id,
        &["撤销", "撤销记录"],
        &[],
        [&[Revocation], ALL],
        ["被本记录撤销的记录", "the record that this one takes back"],
    ),
    column(
        "supersedes",
        Kind::Id,
        &["替代", "替代记录"],
        &["replaces"],
        [&[], ALL],
        ["被本记录替代的记录", "the record in whose place this one stands"],
    ),
    column(
        "evidence",
        Kind::Evidence,
        &["证据"],
        &[],
        [&[], ALL],
        ["证据：种类与出处（第十六、十七条）", "what it rests on: kind and reference (arts. 16, 17)"],
    ),
    column(
        "note",
        Kind::Text,
        &["备注"],
        &["remark", "remarks"],
        [&[], ALL],
        ["给人看的备注", "a remark for people"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_heading_names_two_columns_and_all_are_in_lookup_form() {
        let mut seen = BTreeSet::new();
        for name in columns().iter().flat_map(Column::names) {
            assert!(seen.insert(name), "{name} stands twice");
            assert_eq!(heading_form(name), name);
        }
        assert!(columns().iter().all(|c| !c.chinese.is_empty()));
    }

    #[test]
    fn what_is_required_is_used() {
        for column in columns() {
            assert!(column.required.iter().all(|t| column.used.contains(t)), "{}", column.key);
        }
    }
}
