//! A desk to try rules at: a rulebook of a few tables, some rows, and what comes out.
#![allow(dead_code, reason = "each test binary uses a part")]

use ducha_core::{Organisation, Record};
use ducha_rulebook::{Rulebook, Source, read_all};
use ducha_scoring::{Assessment, Outcome, Request, assess};
use serde_json::{Value, json};

/// The rulebook's head: version, first day, first day no longer.
pub(crate) fn head(version: &str, from: &str, until: Option<&str>) -> String {
    let until = until.map_or_else(String::new, |day| format!("until = {day}\n"));
    format!(
        "format = 1\n[rulebook]\nid = \"desk\"\nversion = \"{version}\"\ntitle = {{ zh = \"试\", en = \"Desk\" }}\nstatus = \"draft\"\nfrom = {from}\n{until}point_step = 0.5\ncalendar = \"cn\"\ncurrency = \"CNY\"\n"
    )
}

/// A named table: kind, id, and the other keys.
pub(crate) fn table(kind: &str, id: &str, keys: &str) -> String {
    format!("[[{kind}]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n{keys}\n")
}

pub(crate) fn clause(id: &str, keys: &str) -> String {
    table("clause", id, &format!("aspect = \"rules\"\n{keys}"))
}

pub(crate) fn flat(id: &str, points: &str) -> String {
    clause(id, &format!("price = {{ shape = \"flat\", points = {points} }}"))
}

/// A tally of points on all kinds that the desk has.
pub(crate) fn tally(id: &str, keys: &str) -> String {
    table(
        "tally",
        id,
        &format!("kind = \"sum\"\nmeasure = \"points\"\nsubjects = [\"unit\", \"person\"]\n{keys}"),
    )
}

/// A ladder by bands of a tally: tiers as `id: keys`.
pub(crate) fn ladder(id: &str, kind: &str, on: &str, keys: &str, tiers: &[(&str, &str)]) -> String {
    let tiers: Vec<String> = tiers
        .iter()
        .map(|(id, keys)| format!("{{ id = \"{id}\", name = {{ zh = \"{id}\", en = \"{id}\" }}, {keys} }}"))
        .collect();
    let keys = format!(
        "kind = \"{kind}\"\nsubjects = [\"unit\", \"person\"]\nselect = \"band\"\non = {{ tally = \"{on}\" }}\n{keys}\ntier = [{}]",
        tiers.join(", ")
    );
    table("ladder", id, &keys)
}

pub(crate) fn notice(id: &str) -> String {
    table("consequence", id, "kind = \"notice\"\ndecided_by = \"office\"")
}

pub(crate) struct Desk {
    pub(crate) books: Vec<Rulebook>,
    pub(crate) organisation: Organisation,
    pub(crate) records: Vec<Record>,
}

impl Desk {
    /// Units `u` and `v` with persons `p` and `q`, led by `boss` (of `u`, until 2026-10-15) and `next` (from then).
    pub(crate) fn new(texts: &[String]) -> Self {
        let sources: Vec<Source> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| Source::new(format!("{at}.toml"), text.clone()))
            .collect();
        let books = read_all(&sources).unwrap_or_else(|wrong| {
            let told: Vec<String> = wrong
                .iter()
                .map(|d| {
                    format!(
                        "{} {} {}",
                        d.code.text().code,
                        d.place.pointer.as_str(),
                        d.message(ducha_core::Lang::En)
                    )
                })
                .collect();
            panic!("{}\n{}", told.join("\n"), texts.join("\n-----\n"))
        });
        let name = json!({ "zh": "某", "en": "somebody" });
        let subjects = [
            json!({ "id": "top", "kind": "group", "name": name, "leader": [{ "person": "chief" }] }),
            json!({ "id": "u", "kind": "unit", "name": name, "parent": [{ "of": "top" }], "leader": [
                { "person": "boss", "until": "2026-10-15" }, { "person": "next", "from": "2026-10-15" },
                { "person": "acting", "acting": true, "from": "2026-11-01", "until": "2026-11-10" }] }),
            json!({ "id": "v", "kind": "unit", "name": name, "parent": [{ "of": "top" }] }),
            json!({ "id": "late", "kind": "unit", "name": name, "from": "2026-10-10", "until": "2026-12-01" }),
            json!({ "id": "p", "kind": "person", "name": name, "parent": [{ "of": "u" }], "anchor": { "hired": "2025-10-20" } }),
            json!({ "id": "q", "kind": "person", "name": name, "parent": [{ "of": "v" }] }),
            json!({ "id": "boss", "kind": "person", "name": name }),
            json!({ "id": "next", "kind": "person", "name": name }),
            json!({ "id": "acting", "kind": "person", "name": name }),
            json!({ "id": "chief", "kind": "person", "name": name }),
        ];
        let organisation =
            Organisation::new(subjects.into_iter().map(|s| serde_json::from_value(s).unwrap())).unwrap();
        Self { books, organisation, records: Vec::new() }
    }

    pub(crate) fn of(tables: &[String]) -> Self {
        Self::new(&[format!("{}{}", head("1", "2024-01-01", None), tables.concat())])
    }

    pub(crate) fn row(mut self, row: Value) -> Self {
        self.records.push(serde_json::from_value(row).unwrap());
        self
    }

    /// A finding of a clause on `u`.
    pub(crate) fn found(self, id: &str, day: &str, clause: &str) -> Self {
        self.on("u", id, day, clause)
    }

    pub(crate) fn on(self, subject: &str, id: &str, day: &str, clause: &str) -> Self {
        self.row(
            json!({ "id": id, "type": "finding", "subject": subject, "occurred_on": day, "clause": clause }),
        )
    }

    /// A fact about a record.
    pub(crate) fn fact(self, id: &str, day: &str, fact: &str, about: &str) -> Self {
        self.row(json!({ "id": id, "type": "fact", "subject": "u", "occurred_on": day, "fact": fact, "refers_to": about }))
    }

    pub(crate) fn request(&self) -> Request<'_> {
        let mut request = Request::new(&self.books, &self.records);
        request.organisation = Some(&self.organisation);
        request
    }

    pub(crate) fn as_of(&self, day: &str) -> Seen {
        let mut request = self.request();
        request.as_of = Some(day.parse().unwrap());
        // Whatever is claimed of the reference holds of the engine, too; or the engine says that 64 bits don't hold it.
        if let Err(wrong) = crate::same::same_as_the_reference(&request) {
            assert!(wrong.to_string().contains("64 bits"), "{wrong}");
        }
        Seen(assess(&request))
    }
}

/// What came out, asked in short words.
pub(crate) struct Seen(pub(crate) Assessment);

impl Seen {
    /// The value of a tally in the window of that text (or the only one, for an empty text).
    pub(crate) fn tally(&self, subject: &str, tally: &str, window: &str) -> String {
        let mut found = self.0.tallies.iter().filter(|t| {
            t.subject.as_str() == subject
                && t.tally.as_str() == tally
                && (window.is_empty() || t.window.text() == window)
        });
        let first = found.next().map(|t| match &t.value {
            Outcome::Determined(value) => value.to_string(),
            Outcome::Undetermined(need) => need.step.template().key.to_string(),
        });
        assert!(found.next().is_none(), "{subject} {tally} {window}: more than one");
        first.unwrap_or_else(|| "none".into())
    }

    pub(crate) fn tier(&self, subject: &str, ladder: &str, window: &str) -> String {
        let mut found = self.0.standings.iter().filter(|s| {
            s.subject.as_str() == subject
                && s.ladder.as_str() == ladder
                && (window.is_empty() || s.window.text() == window)
        });
        let first = found.next().map(|s| match &s.tier {
            Outcome::Determined(tier) => tier.to_string(),
            Outcome::Undetermined(need) => need.step.template().key.to_string(),
        });
        assert!(found.next().is_none(), "{subject} {ladder} {window}: more than one");
        first.unwrap_or_else(|| "none".into())
    }

    /// Points of the record's entries on a subject, in order.
    pub(crate) fn points(&self, subject: &str, record: &str) -> Vec<String> {
        let own =
            self.0.entries.iter().filter(|e| e.subject.as_str() == subject && e.record.as_str() == record);
        own.map(|e| e.points.to_string()).collect()
    }

    /// The day of each entry of the record.
    pub(crate) fn days(&self, record: &str) -> Vec<String> {
        self.0.entries.iter().filter(|e| e.record.as_str() == record).map(|e| e.day.to_string()).collect()
    }

    /// The days on which a consequence fired on a subject.
    pub(crate) fn fired(&self, subject: &str, consequence: &str) -> Vec<String> {
        let own = self
            .0
            .consequences
            .iter()
            .filter(|f| f.subject.as_str() == subject && f.consequence.as_str() == consequence);
        own.map(|f| f.on.to_string()).collect()
    }

    /// Why the rows of that id were not scored.
    pub(crate) fn reason(&self, id: &str) -> String {
        let rows = self.0.account.rows.iter().filter(|row| row.id.as_ref().is_some_and(|r| r.as_str() == id));
        let keys: Vec<&str> = rows.map(|row| row.reason.step.template().key).collect();
        keys.join(" ")
    }
}
