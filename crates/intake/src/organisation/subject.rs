//! From the tree of the file to subjects, collecting every mistake on the way.

use super::fault::{Expected, OrganisationFault, OrganisationReason};
use super::node::{At, Entry, Lines, Node, Value};
use crate::build::read_id;
use crate::day::read_date;
use crate::reason::RefusalReason;
use crate::vocabulary::nearest;
use crate::width::shortened;
use chrono::NaiveDate;
use ducha_core::{
    AnchorId, Id, Label, Leadership, Membership, Organisation, OrganisationError, Subject, SubjectId,
};
use std::collections::{BTreeMap, BTreeSet};

const SUBJECT_KEYS: &[&str] =
    &["id", "kind", "name", "from", "until", "parent", "leader", "line", "class", "anchor"];

/// The organisation, or all faults in the order of the file.
pub(crate) fn organisation(
    text: &str,
    root: &Node<'_>,
    syntax: Vec<At>,
) -> Result<Organisation, Vec<OrganisationFault>> {
    let lines = Lines::of(text);
    let syntax_lines: BTreeSet<u64> = syntax.iter().map(|(at, _)| lines.place(*at).0).collect();
    let mut reading = Reading::default();
    let subjects = reading.subjects(root);
    let organisation = Organisation::new(subjects);
    let contradictions = organisation.as_ref().err().map(Vec::as_slice).unwrap_or_default();
    // What a broken file hides would only be missed by mistake.
    let hides = syntax.iter().any(|(_, reason)| {
        matches!(reason, OrganisationReason::Syntax { .. } | OrganisationReason::Value(RefusalReason::Quote))
    });
    for error in contradictions.iter().filter(|_| !hides) {
        reading.contradiction(error);
    }
    reading.faults.retain(|(at, reason)| {
        let is_missing = matches!(reason, OrganisationReason::MissingKey { .. });
        let is_hidden = (hides && is_missing) || syntax_lines.contains(&lines.place(*at).0);
        !is_hidden
    });
    let mut faults = syntax;
    faults.append(&mut reading.faults);
    match organisation {
        Ok(organisation) if faults.is_empty() => Ok(organisation),
        _ => {
            faults.sort_by_key(|(at, _)| *at);
            let placed = faults.into_iter().map(|(at, reason)| {
                let (line, column) = lines.place(at);
                OrganisationFault { line, column, reason }
            });
            Err(placed.collect())
        }
    }
}

#[derive(Default)]
struct Reading {
    faults: Vec<At>,
    /// Where each subject stands, also those that could not be read in full.
    subjects: BTreeMap<SubjectId, usize>,
    /// Where a subject names another.
    names: BTreeMap<(SubjectId, SubjectId), usize>,
}

impl Reading {
    fn fault(&mut self, at: usize, reason: impl Into<OrganisationReason>) {
        self.faults.push((at, reason.into()));
    }

    fn contradiction(&mut self, error: &OrganisationError) {
        let place = |id: &SubjectId| self.subjects.get(id).copied().unwrap_or_default();
        let at = match error {
            OrganisationError::Unknown { unknown, .. } if self.subjects.contains_key(unknown) => return,
            OrganisationError::Unknown { subject, unknown } => {
                let key = (subject.clone(), unknown.clone());
                self.names.get(&key).copied().unwrap_or_else(|| place(subject))
            }
            OrganisationError::Duplicate(id)
            | OrganisationError::Reversed(id)
            | OrganisationError::Overlap(id)
            | OrganisationError::Cycle(id) => place(id),
            _ => 0,
        };
        self.fault(at, OrganisationReason::Organisation(error.clone()));
    }

    fn subjects(&mut self, root: &Node<'_>) -> Vec<Subject> {
        let Some(entries) = self.table(root, &["subject"]) else {
            return Vec::new();
        };
        let Some(node) = value(entries, "subject") else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.fault(node.at, OrganisationReason::Kind { expected: Expected::Tables });
            return Vec::new();
        };
        items.iter().filter_map(|item| self.subject(item)).collect()
    }

    fn subject(&mut self, node: &Node<'_>) -> Option<Subject> {
        let entries = self.table(node, SUBJECT_KEYS)?;
        let before = self.faults.len();
        let id = self.id(node, entries, "id")?;
        if self.subjects.contains_key(&id) {
            let error = OrganisationError::Duplicate(id);
            self.fault(node.at, OrganisationReason::Organisation(error));
            return None;
        }
        self.subjects.insert(id.clone(), node.at);
        let kind = self.id(node, entries, "kind");
        let name = self.name(node, entries);
        let (from, until) = self.span(entries);
        let parent = self.parents(&id, entries);
        let leader = self.leaders(&id, entries);
        let line = self.optional_id(entries, "line");
        let class = self.optional_id(entries, "class");
        let anchor = self.anchors(entries);
        let (kind, name) = (kind?, name?);
        (self.faults.len() == before).then_some(Subject {
            id,
            kind,
            name,
            from,
            until,
            parent,
            leader,
            line,
            class,
            anchor,
        })
    }

    /// The entries of a table, after its keys were looked at.
    fn table<'n, 'a>(&mut self, node: &'n Node<'a>, keys: &[&'static str]) -> Option<&'n [Entry<'a>]> {
        let Value::Table(entries) = &node.value else {
            self.fault(node.at, OrganisationReason::Kind { expected: Expected::Table });
            return None;
        };
        for entry in entries.iter().filter(|entry| !keys.contains(&entry.key.as_ref())) {
            let nearest = nearest(&entry.key, keys.iter().copied());
            let key = shortened(&entry.key, 60);
            self.fault(entry.at, OrganisationReason::UnknownKey { key, nearest });
        }
        Some(entries)
    }

    fn text<'n>(&mut self, node: &'n Node<'_>) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text),
            _ => {
                self.fault(node.at, OrganisationReason::Kind { expected: Expected::Text });
                None
            }
        }
    }

    fn id_of<K>(&mut self, node: &Node<'_>) -> Option<Id<K>> {
        let text = self.text(node)?;
        read_id(text).map_err(|reason| self.fault(node.at, reason)).ok()
    }

    fn id<K>(&mut self, table: &Node<'_>, entries: &[Entry<'_>], key: &'static str) -> Option<Id<K>> {
        let Some(node) = value(entries, key) else {
            self.fault(table.at, OrganisationReason::MissingKey { key });
            return None;
        };
        self.id_of(node)
    }

    fn optional_id<K>(&mut self, entries: &[Entry<'_>], key: &str) -> Option<Id<K>> {
        value(entries, key).and_then(|node| self.id_of(node))
    }

    fn name(&mut self, table: &Node<'_>, entries: &[Entry<'_>]) -> Option<Label> {
        let Some(node) = value(entries, "name") else {
            self.fault(table.at, OrganisationReason::MissingKey { key: "name" });
            return None;
        };
        let entries = self.table(node, &["zh", "en"])?;
        let mut text = |key| {
            let Some(node) = value(entries, key) else {
                self.fault(node.at, OrganisationReason::MissingKey { key });
                return None;
            };
            self.text(node).map(ToOwned::to_owned)
        };
        let (zh, en) = (text("zh"), text("en"));
        Some(Label { zh: zh?, en: en? })
    }

    fn day(&mut self, entries: &[Entry<'_>], key: &str) -> Option<NaiveDate> {
        let node = value(entries, key)?;
        self.day_of(node)
    }

    fn day_of(&mut self, node: &Node<'_>) -> Option<NaiveDate> {
        match &node.value {
            Value::Day(day) => Some(*day),
            Value::Text(text) => read_date(text).map_err(|reason| self.fault(node.at, reason)).ok(),
            _ => {
                self.fault(node.at, OrganisationReason::Kind { expected: Expected::Day });
                None
            }
        }
    }

    fn span(&mut self, entries: &[Entry<'_>]) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.day(entries, "from"), self.day(entries, "until"))
    }

    /// Notes where the subject names another, for faults that show only in the whole.
    fn naming(&mut self, subject: &SubjectId, named: &SubjectId, at: usize) {
        self.names.entry((subject.clone(), named.clone())).or_insert(at);
    }

    fn spans<'n, 'a>(&mut self, node: &'n Node<'a>) -> &'n [Node<'a>] {
        match &node.value {
            Value::List(items) => items,
            Value::Table(_) => std::slice::from_ref(node),
            _ => {
                self.fault(node.at, OrganisationReason::Kind { expected: Expected::IdOrSpans });
                &[]
            }
        }
    }

    fn parents(&mut self, subject: &SubjectId, entries: &[Entry<'_>]) -> Vec<Membership> {
        let Some(node) = value(entries, "parent") else {
            return Vec::new();
        };
        if let Value::Text(_) = node.value {
            let of = self.id_of(node);
            return of
                .into_iter()
                .inspect(|of| self.naming(subject, of, node.at))
                .map(|of| Membership { of, from: None, until: None })
                .collect();
        }
        let mut parents = Vec::new();
        for item in self.spans(node) {
            let Some(entries) = self.table(item, &["of", "from", "until"]) else {
                continue;
            };
            let (from, until) = self.span(entries);
            if let Some(of) = self.id(item, entries, "of") {
                self.naming(subject, &of, value(entries, "of").map_or(item.at, |node| node.at));
                parents.push(Membership { of, from, until });
            }
        }
        parents
    }

    fn leaders(&mut self, subject: &SubjectId, entries: &[Entry<'_>]) -> Vec<Leadership> {
        let Some(node) = value(entries, "leader") else {
            return Vec::new();
        };
        if let Value::Text(_) = node.value {
            let person = self.id_of(node);
            return person
                .into_iter()
                .inspect(|person| self.naming(subject, person, node.at))
                .map(|person| Leadership { person, acting: false, from: None, until: None })
                .collect();
        }
        let mut leaders = Vec::new();
        for item in self.spans(node) {
            let Some(entries) = self.table(item, &["person", "acting", "from", "until"]) else {
                continue;
            };
            let (from, until) = self.span(entries);
            let acting = match value(entries, "acting").map(|node| (node.at, &node.value)) {
                None => false,
                Some((_, Value::Boolean(acting))) => *acting,
                Some((at, _)) => {
                    self.fault(at, OrganisationReason::Kind { expected: Expected::YesNo });
                    false
                }
            };
            if let Some(person) = self.id(item, entries, "person") {
                self.naming(subject, &person, value(entries, "person").map_or(item.at, |node| node.at));
                leaders.push(Leadership { person, acting, from, until });
            }
        }
        leaders
    }

    fn anchors(&mut self, entries: &[Entry<'_>]) -> BTreeMap<AnchorId, NaiveDate> {
        let Some(node) = value(entries, "anchor") else {
            return BTreeMap::new();
        };
        let Value::Table(entries) = &node.value else {
            self.fault(node.at, OrganisationReason::Kind { expected: Expected::Table });
            return BTreeMap::new();
        };
        let mut anchors = BTreeMap::new();
        for entry in entries {
            let day = self.day_of(&entry.node);
            let key: Result<AnchorId, RefusalReason> = read_id(&entry.key);
            match (key, day) {
                (Ok(key), Some(day)) => _ = anchors.insert(key, day),
                (Err(reason), _) => self.fault(entry.at, reason),
                (Ok(_), None) => {}
            }
        }
        anchors
    }
}

fn value<'n, 'a>(entries: &'n [Entry<'a>], key: &str) -> Option<&'n Node<'a>> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
}
