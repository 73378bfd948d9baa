//! The assessment as a head of office reads it: departments, persons, rankings, and what was not scored and why.

use crate::document::{Block, Column, Document, Rows};
use crate::names::{self, Names};
use crate::overview;
use crate::standing::Card;
use crate::why;
use chrono::NaiveDate;
use ducha::core::{Lang, Period, Record, RecordId, SubjectId};
use ducha::rulebook::Rulebook;
use ducha::rulebook::annex::identity::Status;
use ducha::scoring::Assessment;
use ducha::scoring::assessment::{Outcome, SubjectLine, WindowOf};
use std::collections::BTreeMap;

/// What the bulletin is about.
pub(crate) struct Matter<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) names: Names<'a>,
    pub(crate) records: BTreeMap<&'a RecordId, &'a Record>,
    pub(crate) lang: Lang,
}

impl<'a> Matter<'a> {
    pub(crate) fn new(
        assessment: &'a Assessment,
        rulebooks: &'a [Rulebook],
        records: &'a [Record],
        lang: Lang,
    ) -> Self {
        Self {
            assessment,
            names: Names::new(assessment, rulebooks, lang),
            records: records.iter().map(|record| (&record.id, record)).collect(),
            lang,
        }
    }

    pub(crate) fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A list of names.
    pub(crate) fn list(&self, items: &[String]) -> String {
        items.join(self.pick("、", ", "))
    }

    /// In brackets.
    pub(crate) fn bracketed(&self, text: &str) -> String {
        match self.lang {
            Lang::Zh => format!("（{text}）"),
            Lang::En => format!(" ({text})"),
        }
    }

    /// Facts that stand beside each other on a line.
    pub(crate) fn beside(&self, items: &[String]) -> String {
        items.join(self.pick("；", "; "))
    }

    /// Whether a day lies in the assessed period; every day does where none was asked for.
    pub(crate) fn in_period(&self, day: NaiveDate) -> bool {
        self.assessment.period.is_none_or(|period| period.contains(day))
    }

    /// A window in short.
    pub(crate) fn window(&self, window: &WindowOf) -> String {
        match window {
            WindowOf::Days { period } => period.text(),
            WindowOf::Inspection { inspection, day } => format!("{inspection}, {day}"),
            WindowOf::Rolling { as_of } => match self.lang {
                Lang::Zh => format!("滚动至 {as_of}"),
                Lang::En => format!("rolling to {as_of}"),
            },
            WindowOf::Ever { as_of } => match self.lang {
                Lang::Zh => format!("截至 {as_of}"),
                Lang::En => format!("up to {as_of}"),
            },
            other => format!("{other:?}"),
        }
    }
}

/// The bulletin of an assessment.
pub(crate) fn of(
    assessment: &Assessment,
    rulebooks: &[Rulebook],
    records: &[Record],
    explain: bool,
    lang: Lang,
) -> Document {
    let matter = Matter::new(assessment, rulebooks, records, lang);
    let mut document = Document::default();
    heading(&matter, &mut document);
    let (persons, units): (Vec<_>, Vec<_>) = in_tree_order(&assessment.subjects)
        .into_iter()
        .partition(|subject| subject.kind.as_ref().is_some_and(|kind| names::is_person(kind.as_str())));
    overview::add(&matter, &units, &mut document);
    subjects(&matter, &units, matter.pick("单位", "Departments and other units"), explain, &mut document);
    subjects(&matter, &persons, matter.pick("人员", "Persons"), explain, &mut document);
    rankings(&matter, &mut document);
    undetermined(&matter, &mut document);
    not_scored(&matter, &mut document);
    document
}

fn heading(matter: &Matter<'_>, document: &mut Document) {
    let a = matter.assessment;
    let title = a.rulebooks.last().map_or("", |book| book.title.get(matter.lang));
    let of =
        a.period.as_ref().map_or_else(|| matter.pick("全部时段", "all windows").to_owned(), Period::text);
    document.add(Block::Title(match matter.lang {
        Lang::Zh => format!("{title} · {of} 考核结果"),
        Lang::En => format!("{title}: {of}"),
    }));
    let versions: Vec<String> = a
        .rulebooks
        .iter()
        .map(|book| {
            let last = book.until.and_then(|until| until.pred_opt());
            let draft = if book.status == Status::Draft { matter.pick("，草案", ", a draft") } else { "" };
            let (version, from) = (&book.version, book.from);
            match (matter.lang, last) {
                (Lang::Zh, Some(last)) => format!("{version} 版（{from} 至 {last}{draft}）"),
                (Lang::Zh, None) => format!("{version} 版（{from} 起{draft}）"),
                (Lang::En, Some(last)) => format!("edition {version} ({from} to {last}{draft})"),
                (Lang::En, None) => format!("edition {version} (from {from}{draft})"),
            }
        })
        .collect();
    let id = a.rulebooks.last().map_or("", |book| book.id.as_str());
    let official = if a.official {
        matter.pick(
            "正式结果：所用规则均已通过（第二十六条）",
            "Official: all rules used were adopted (art. 26)",
        )
    } else if a.rulebooks.iter().any(|book| book.status == Status::Draft) {
        matter.pick(
            "非正式结果：用到未通过的草案（第二十六条）",
            "Not official: a draft was used that was not adopted (art. 26)",
        )
    } else {
        matter.pick(
            "非正式结果：没有给出组织（--org），各类对象的规则套用于所有对象",
            "Not official: without the organisation (--org), rules for one kind of subject were applied to all",
        )
    };
    let (rules, day) = (matter.list(&versions), a.as_of);
    if a.account.given == 0 && a.period.is_none() {
        // Without records or period there is no day to report on.
        document.add(Block::Line(match matter.lang {
            Lang::Zh => format!("规则：{id}，{rules}"),
            Lang::En => format!("Rules: {id}, {rules}"),
        }));
        let nothing = matter.pick(
            "文件中没有记录，也没有指定 --period：没有可考核的",
            "The file has no records, and no --period is given: there is nothing to assess",
        );
        document.add(Block::Line(nothing.to_owned()));
        return;
    }
    // Of rows none of which could be read, no day is known; one that was asked for is later than this one.
    let is_known = a.period.is_some() || day != NaiveDate::default();
    let mut lines = match matter.lang {
        Lang::Zh => vec![format!("规则：{id}，{rules}")],
        Lang::En => vec![format!("Rules: {id}, {rules}")],
    };
    lines.push(match matter.lang {
        _ if !is_known => official.to_owned(),
        Lang::Zh => format!("报告日：{day}。{official}"),
        Lang::En => format!("Report day: {day}. {official}"),
    });
    if let Some(known) = a.known_on {
        lines.push(match matter.lang {
            Lang::Zh => format!("只计 {known} 结束时已知的记录"),
            Lang::En => format!("Only what was known at the end of {known} counts"),
        });
    }
    let c = &a.account;
    let parts = [
        (c.scored, "计分", "scored"),
        (c.refused, "退回", "refused"),
        (c.revoked, "撤销", "revoked"),
        (c.superseded, "被替代", "superseded"),
        (c.duplicate, "重复", "duplicate"),
        (c.not_yet_known, "尚未知悉", "not yet known"),
        (c.out_of_scope, "不在期内", "out of scope"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, zh, en)| match matter.lang {
            Lang::Zh => format!("{zh} {count}"),
            Lang::En => format!("{count} {en}"),
        })
        .collect();
    let from = a.complete_from;
    lines.push(match matter.lang {
        Lang::Zh => format!(
            "记录 {} 行{}{}{}",
            c.given,
            if parts.is_empty() { "" } else { "：" },
            parts.join("，"),
            from.map_or_else(String::new, |from| format!("。记录自 {from} 起完整"))
        ),
        Lang::En => format!(
            "{} {}{}{}{}",
            c.given,
            if c.given == 1 { "row" } else { "rows" },
            if parts.is_empty() { "" } else { ": " },
            parts.join(", "),
            from.map_or_else(String::new, |from| format!(". The records are complete from {from}"))
        ),
    });
    lines.into_iter().for_each(|line| document.add(Block::Line(line)));
}

/// Parents before their members, siblings by id.
fn in_tree_order(subjects: &[SubjectLine]) -> Vec<&SubjectLine> {
    let mut members: BTreeMap<Option<&SubjectId>, Vec<&SubjectLine>> = BTreeMap::new();
    let known = |id: &SubjectId| subjects.iter().any(|s| s.id == *id);
    for subject in subjects {
        members.entry(subject.parent.as_ref().filter(|parent| known(parent))).or_default().push(subject);
    }
    let mut order = Vec::new();
    let mut open: Vec<&SubjectLine> = members.get(&None).into_iter().flatten().rev().copied().collect();
    while let Some(next) = open.pop() {
        order.push(next);
        open.extend(members.get(&Some(&next.id)).into_iter().flatten().rev());
    }
    order
}

fn subjects(
    matter: &Matter<'_>,
    subjects: &[&SubjectLine],
    title: &str,
    explain: bool,
    document: &mut Document,
) {
    if subjects.is_empty() {
        return;
    }
    document.add(Block::Part(title.to_owned()));
    let mut quiet: Vec<String> = Vec::new();
    for subject in subjects {
        let card = Card::of(matter, subject);
        if card.is_quiet() {
            if let Some(name) = card.quiet_name(matter) {
                quiet.push(name);
            }
            continue;
        }
        card.write(matter, document);
        if explain {
            document.add(Block::Tree(why::of(matter, &subject.id)));
        }
    }
    if !quiet.is_empty() {
        let names = matter.list(&quiet);
        document.add(Block::Subject(match matter.lang {
            Lang::Zh => format!("其余 {} 个无扣分、无后果", quiet.len()),
            Lang::En if quiet.len() == 1 => "One other: nothing deducted, nothing follows".to_owned(),
            Lang::En => format!("The other {}: nothing deducted, nothing follows", quiet.len()),
        }));
        document.add(Block::Line(names));
    }
}

fn rankings(matter: &Matter<'_>, document: &mut Document) {
    for ranking in &matter.assessment.rankings {
        let mut title =
            format!("{} {}", matter.names.ranking(ranking.ranking.as_str()), matter.window(&ranking.window));
        if ranking.provisional {
            title.push_str(matter.pick("（暂定）", " (provisional)"));
        }
        document.add(Block::Part(title));
        let rows = ranking.places.iter().map(|place| {
            vec![
                place.rank.to_string(),
                matter.names.subject(&place.subject).to_owned(),
                place.value.to_string(),
            ]
        });
        document.add(Block::Rows(Rows {
            columns: vec![
                Column::number(matter.pick("名次", "Place")),
                Column::words(matter.pick("单位", "Unit")),
                Column::number(matter.pick("得分", "Value")),
            ],
            headed: true,
            rows: rows.collect(),
        }));
        for unranked in &ranking.unranked {
            let who = matter.names.subject(&unranked.subject);
            let why = unranked.reason.text(matter.lang);
            document.add(Block::Line(match matter.lang {
                Lang::Zh => format!("未排名：{who}，{why}"),
                Lang::En => format!("Not ranked: {who}, {why}"),
            }));
        }
    }
}

/// What cannot be known, with the reason, said once for all whom it concerns.
fn undetermined(matter: &Matter<'_>, document: &mut Document) {
    let a = matter.assessment;
    let mut groups: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    let mut note = |name: &str, window: &WindowOf, need: &ducha::core::Need, subject| {
        let rule = format!("{name}{}", matter.bracketed(&matter.window(window)));
        groups.entry((rule, need.text(matter.lang))).or_default().push(matter.names.subject(subject));
    };
    for t in &a.tallies {
        if let Outcome::Undetermined(need) = &t.value {
            note(matter.names.tally(&t.version, t.tally.as_str()), &t.window, need, &t.subject);
        }
    }
    for i in &a.indexes {
        if let Outcome::Undetermined(need) = &i.value {
            note(matter.names.index(&i.version, i.index.as_str()), &i.window, need, &i.subject);
        }
    }
    for s in &a.standings {
        if let Outcome::Undetermined(need) = &s.tier {
            note(matter.names.ladder(&s.version, s.ladder.as_str()), &s.window, need, &s.subject);
        }
    }
    if groups.is_empty() {
        return;
    }
    document.add(Block::Part(
        matter.pick("无法确定的，以及所缺", "What cannot be determined, and what it lacks").to_owned(),
    ));
    for ((rule, why), who) in groups {
        let who = match who.as_slice() {
            few if few.len() <= 3 => few.join(matter.pick("、", ", ")),
            many => match matter.lang {
                Lang::Zh => format!("{} 个对象", many.len()),
                Lang::En => format!("{} subjects", many.len()),
            },
        };
        document.add(Block::Line(match matter.lang {
            Lang::Zh => format!("{rule}，{who}：{why}"),
            Lang::En => format!("{rule}, {who}: {why}"),
        }));
    }
}

fn not_scored(matter: &Matter<'_>, document: &mut Document) {
    let rows = &matter.assessment.account.rows;
    if rows.is_empty() {
        return;
    }
    document.add(Block::Part(matter.pick("未计分的行，以及原因", "Rows not scored, and why").to_owned()));
    let cells = rows.iter().map(|row| {
        vec![
            row.line.map(|line| line.to_string()).unwrap_or_default(),
            row.id.as_ref().map(ToString::to_string).unwrap_or_default(),
            names::fate(row.fate, matter.lang).to_owned(),
            row.reason.text(matter.lang),
        ]
    });
    document.add(Block::Rows(Rows {
        columns: vec![
            Column::number(matter.pick("行", "Line")),
            Column::words(matter.pick("编号", "Id")),
            Column::words(matter.pick("处理", "What became of it")),
            Column::words(matter.pick("原因", "Why")),
        ],
        headed: true,
        rows: cells.collect(),
    }));
}
