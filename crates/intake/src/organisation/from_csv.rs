//! The organisation as a plain list: one subject a row.

use super::node::{At, Entry, Node, Value};
use crate::encoding::Encoding;
use crate::heading::delimiter_of;
use crate::reason::RefusalReason;
use crate::row::{Scan, scan};
use crate::vocabulary::nearest;
use crate::width::{heading_form, shortened};
use std::borrow::Cow;

/// One column of an organisation list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterColumn {
    /// The English heading: the key of the organisation file, `name_zh` and `name_en` for the name.
    pub key: &'static str,
    /// Chinese headings, the preferred one first.
    pub chinese: &'static [&'static str],
}

/// The columns of an organisation list. `id`, `kind` and `name_zh` are needed.
#[must_use]
pub const fn roster_columns() -> &'static [RosterColumn] {
    ROSTER
}

const ROSTER: &[RosterColumn] = &[
    RosterColumn { key: "id", chinese: &["编号"] },
    RosterColumn { key: "kind", chinese: &["种类", "类型"] },
    RosterColumn { key: "name_zh", chinese: &["名称", "中文名称", "姓名"] },
    RosterColumn { key: "name_en", chinese: &["英文名称"] },
    RosterColumn { key: "parent", chinese: &["上级"] },
    RosterColumn { key: "leader", chinese: &["负责人"] },
    RosterColumn { key: "from", chinese: &["起始日期"] },
    RosterColumn { key: "until", chinese: &["终止日期"] },
    RosterColumn { key: "line", chinese: &["服务条线", "条线"] },
    RosterColumn { key: "class", chinese: &["类别"] },
];

fn of_heading(heading: &str) -> Option<&'static RosterColumn> {
    let form = heading_form(heading);
    ROSTER.iter().find(|column| column.key == form || column.chinese.contains(&form.as_str()))
}

/// The rows as subjects, and what is wrong with heading and rows.
pub(crate) fn parse(text: &str) -> (Option<Node<'_>>, Vec<At>) {
    let mut faults: Vec<At> = Vec::new();
    let mut subjects = Vec::new();
    let mut columns: Option<Vec<Option<&'static RosterColumn>>> = None;
    let mut delimiter = None;
    let mut cuts = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let bytes = rest.as_bytes();
        let delimiter = *delimiter.get_or_insert_with(|| {
            delimiter_of(bytes, usize::MAX, true, Encoding::Utf8, |name| of_heading(name).is_some())
        });
        let Scan::Row { next, .. } = scan(bytes, delimiter, usize::MAX, 0, true, &mut cuts) else {
            faults.push((start, RefusalReason::Quote.into()));
            break;
        };
        let cells: Vec<(usize, Cow<'_, str>)> = cuts
            .iter()
            .map(|cut| {
                let written = rest.get(cut.range.clone()).unwrap_or_default();
                let cell = if cut.quoted && written.contains('"') {
                    Cow::Owned(written.replace("\"\"", "\""))
                } else {
                    Cow::Borrowed(written)
                };
                (start.saturating_add(cut.range.start), cell)
            })
            .collect();
        if cells.iter().any(|(_, cell)| !cell.trim().is_empty()) {
            match &columns {
                None => {
                    columns = Some(heading(start, &cells, &mut faults));
                    // As with records: under a wrong heading no row is guessed at.
                    if !faults.is_empty() {
                        break;
                    }
                }
                Some(columns) => {
                    let (expected, found) = (columns.len(), cells.len());
                    if expected != found {
                        faults.push((start, RefusalReason::CellCount { expected, found }.into()));
                    }
                    subjects.push(subject(start, columns, cells, &mut faults));
                }
            }
        }
        start = start.saturating_add(next);
    }
    if columns.is_none() {
        faults.push((0, RefusalReason::NoHeader.into()));
    }
    let list = Node { at: 0, value: Value::List(subjects) };
    let entry = Entry { key: Cow::Borrowed("subject"), at: 0, node: list };
    (Some(Node { at: 0, value: Value::Table(vec![entry]) }), faults)
}

fn heading(
    start: usize,
    cells: &[(usize, Cow<'_, str>)],
    faults: &mut Vec<At>,
) -> Vec<Option<&'static RosterColumn>> {
    let mut found: Vec<Option<&'static RosterColumn>> = Vec::with_capacity(cells.len());
    for (at, heading) in cells {
        let column = of_heading(heading);
        let name = shortened(heading.trim(), 60);
        if column.is_none() && !name.is_empty() {
            let names = ROSTER.iter().flat_map(|c| core::iter::once(c.key).chain(c.chinese.iter().copied()));
            let nearest = nearest(heading, names);
            faults.push((*at, RefusalReason::UnknownColumn { name, nearest }.into()));
        } else if column.is_some() && found.contains(&column) {
            faults.push((*at, RefusalReason::DuplicateColumn { name }.into()));
        }
        found.push(column);
    }
    for key in ["id", "kind", "name_zh"] {
        if !found.iter().flatten().any(|column| column.key == key) {
            faults.push((start, RefusalReason::Missing { column: key }.into()));
        }
    }
    found
}

fn subject<'a>(
    start: usize,
    columns: &[Option<&'static RosterColumn>],
    cells: Vec<(usize, Cow<'a, str>)>,
    faults: &mut Vec<At>,
) -> Node<'a> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut name: Vec<Entry<'a>> = Vec::new();
    for (place, ((at, cell), column)) in cells.into_iter().zip(columns).enumerate() {
        let value = cell.trim();
        if value.is_empty() {
            continue;
        }
        let Some(column) = column else {
            faults.push((at, RefusalReason::NoHeading { cell: place.saturating_add(1) }.into()));
            continue;
        };
        let (key, entries) = match column.key {
            "name_zh" => ("zh", &mut name),
            "name_en" => ("en", &mut name),
            key => (key, &mut entries),
        };
        let node = Node { at, value: Value::Text(Cow::Owned(value.to_owned())) };
        entries.push(Entry { key: Cow::Borrowed(key), at, node });
    }
    // A list by a clerk often has Chinese names alone: then the name reads the same in both languages.
    if let [Entry { key, at, node }] = name.as_slice()
        && key == "zh"
    {
        let english = Entry { key: Cow::Borrowed("en"), at: *at, node: node.clone() };
        name.push(english);
    }
    if let Some(first) = name.first() {
        let at = first.at;
        entries.push(Entry { key: Cow::Borrowed("name"), at, node: Node { at, value: Value::Table(name) } });
    }
    Node { at: start, value: Value::Table(entries) }
}
