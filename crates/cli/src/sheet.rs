//! The assessment as sheets of rows, for a spreadsheet.

use crate::bulletin::Matter;
use crate::names::{self, Names};
use crate::outcome::{Outcome as Run, Step};
use crate::rows;
use crate::visible;
use crate::zero;
use ducha::core::{Lang, Need, SubjectId};
use ducha::rulebook::Rulebook;
use ducha::scoring::Assessment;
use ducha::scoring::assessment::{Due, Outcome, WindowOf};

/// The sheets by file name; the first is what is printed where no directory is named.
pub(crate) fn all(
    assessment: &Assessment,
    rulebooks: &[Rulebook],
    lang: Lang,
) -> Step<Vec<(&'static str, String)>> {
    let matter = Matter::new(assessment, rulebooks, &[], lang);
    Ok(vec![
        ("entries.csv", entries(&matter)?),
        ("standings.csv", standings(assessment, &matter.names, lang)?),
        ("consequences.csv", consequences(assessment, &matter.names, lang)?),
        ("not-scored.csv", not_scored(assessment, lang)?),
    ])
}

fn entries(matter: &Matter<'_>) -> Step<String> {
    let (a, names, lang) = (matter.assessment, &matter.names, matter.lang);
    let head = [
        ("日期", "day"),
        ("对象", "subject"),
        ("名称", "name"),
        ("种类", "kind"),
        ("条款或奖项", "clause_or_award"),
        ("内容", "what"),
        ("分", "points"),
        ("为何为零", "why_zero"),
        ("金额", "money"),
        ("整改至", "rectify_by"),
        ("记录", "record"),
        ("版本", "version"),
    ];
    let rows = a.entries.iter().map(|e| {
        let clause = e.clause.as_ref().map(|c| (c.to_string(), names.clause(&e.version, c.as_str())));
        let award = e.award.as_ref().map(|a| (a.to_string(), names.award(&e.version, a.as_str())));
        let (code, what) = clause.or(award).unwrap_or_default();
        vec![
            e.day.to_string(),
            e.subject.to_string(),
            names.subject(&e.subject).to_owned(),
            names::entry(e.kind, lang).to_owned(),
            code,
            what.to_owned(),
            e.points.to_string(),
            zero::why(matter, e),
            e.money.as_ref().map(|m| m.amount.to_string()).unwrap_or_default(),
            end(e.rectify_by.as_ref()),
            e.record.to_string(),
            e.version.clone(),
        ]
    });
    sheet(&head, rows, lang)
}

fn standings(a: &Assessment, names: &Names<'_>, lang: Lang) -> Step<String> {
    let head = [
        ("对象", "subject"),
        ("名称", "name"),
        ("规则", "rule"),
        ("规则名称", "rule_name"),
        ("时段", "window"),
        ("结果", "value"),
        ("暂定", "provisional"),
        ("所缺", "lacking"),
    ];
    let row = |subject: &SubjectId,
               rule: String,
               name: &str,
               window: &WindowOf,
               value: Cells,
               provisional: bool| {
        let yes = if lang == Lang::Zh { "是" } else { "yes" };
        let provisional = if provisional { yes } else { "" };
        let shown =
            a.subjects.iter().find(|s| s.id == *subject).map_or(subject.as_str(), |s| s.name.get(lang));
        let (value, lacking) = value;
        vec![
            subject.to_string(),
            shown.to_owned(),
            rule,
            name.to_owned(),
            window_text(window),
            value,
            provisional.to_owned(),
            lacking,
        ]
    };
    let tallies = a.tallies.iter().map(|t| {
        let (rule, name) = (format!("tally/{}", t.tally), names.tally(&t.version, t.tally.as_str()));
        let value = value(&t.value, ToString::to_string, lang);
        row(&t.subject, rule, name, &t.window, value, t.provisional)
    });
    let indexes = a.indexes.iter().map(|i| {
        let (rule, name) = (format!("index/{}", i.index), names.index(&i.version, i.index.as_str()));
        let value = value(&i.value, ToString::to_string, lang);
        row(&i.subject, rule, name, &i.window, value, i.provisional)
    });
    let tiers = a.standings.iter().map(|s| {
        let (rule, name) = (format!("ladder/{}", s.ladder), names.ladder(&s.version, s.ladder.as_str()));
        let value = value(&s.tier, |tier| names.tier(&s.version, tier.as_str()).to_owned(), lang);
        row(&s.subject, rule, name, &s.window, value, s.provisional)
    });
    sheet(&head, tallies.chain(indexes).chain(tiers), lang)
}

/// A value, and what is lacking for it; one of the two is empty.
type Cells = (String, String);

/// A value, and what is lacking where there is none.
fn value<T>(outcome: &Outcome<T>, text: impl Fn(&T) -> String, lang: Lang) -> Cells {
    match outcome {
        Outcome::Determined(value) => (text(value), String::new()),
        Outcome::Undetermined(need) => (String::new(), Need::text(need, lang)),
    }
}

/// When a time limit ends; nothing where there is none, or it cannot be told.
fn end(due: Option<&Due>) -> String {
    due.and_then(|due| names::end(due, |on| on.to_string())).unwrap_or_default()
}

fn window_text(window: &WindowOf) -> String {
    match window {
        WindowOf::Days { period } => period.text(),
        WindowOf::Inspection { inspection, .. } => inspection.clone(),
        WindowOf::Rolling { as_of } | WindowOf::Ever { as_of } => format!("..{as_of}"),
        other => format!("{other:?}"),
    }
}

fn consequences(a: &Assessment, names: &Names<'_>, lang: Lang) -> Step<String> {
    let head = [
        ("日期", "day"),
        ("对象", "subject"),
        ("名称", "name"),
        ("后果", "consequence"),
        ("后果名称", "consequence_name"),
        ("提议", "proposed_by"),
        ("决定", "decided_by"),
        ("执行", "executed_by"),
        ("至", "until"),
        ("金额", "money"),
        ("金额性质", "nature"),
        ("标识", "id"),
    ];
    let rows = a.consequences.iter().map(|f| {
        let role = |role| names::role(role, lang).to_owned();
        let money = f.money.as_ref();
        vec![
            f.on.to_string(),
            f.subject.to_string(),
            names.subject(&f.subject).to_owned(),
            f.consequence.to_string(),
            f.name.get(lang).to_owned(),
            f.proposed_by.map(role).unwrap_or_default(),
            role(f.decided_by),
            f.executed_by.map(role).unwrap_or_default(),
            end(f.due.as_ref()),
            money.and_then(|m| m.amount.value()).map(ToString::to_string).unwrap_or_default(),
            money.map(|m| names::money(m.nature, m.direction, lang).to_owned()).unwrap_or_default(),
            f.id.clone(),
        ]
    });
    sheet(&head, rows, lang)
}

fn not_scored(a: &Assessment, lang: Lang) -> Step<String> {
    let head = [("行", "line"), ("编号", "id"), ("处理", "fate"), ("原因", "reason")];
    let rows = rows::in_file_order(&a.account).into_iter().map(|row| {
        vec![
            row.line.map(|line| line.to_string()).unwrap_or_default(),
            row.id.as_ref().map(ToString::to_string).unwrap_or_default(),
            names::fate(row.fate, lang).to_owned(),
            row.reason.text(lang),
        ]
    });
    sheet(&head, rows, lang)
}

/// A heading row and rows. A byte-order mark tells spreadsheets that it is UTF-8.
fn sheet(head: &[(&str, &str)], rows: impl Iterator<Item = Vec<String>>, lang: Lang) -> Step<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = head.iter().map(|(zh, en)| if lang == Lang::Zh { *zh } else { *en });
    let written = writer.write_record(head).and_then(|()| {
        rows.map(|row| row.iter().map(|cell| harmless(cell)).collect::<Vec<_>>())
            .try_for_each(|row| writer.write_record(row))
    });
    written.map_err(Run::wrong_use)?;
    let bytes = writer.into_inner().map_err(|error| Run::wrong_use(error.error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

/// A cell that no spreadsheet takes for a formula and no terminal for a command; numbers stay numbers.
fn harmless(cell: &str) -> String {
    let cell = visible::line(cell);
    let suspicious = cell.starts_with(['=', '+', '-', '@', ' ']);
    let number = cell.parse::<ducha::core::Points>().is_ok();
    if suspicious && !number { format!("'{cell}") } else { cell.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("-2.5"), "-2.5");
        assert_eq!(harmless("后厨"), "后厨");
    }
}
