//! Pages, and the list of streams.

use super::{Case, Open, Outcome, Wrong, due, event, events, stream};
use crate::{Event, Expected, Head, Journal, Page};

pub(super) fn cases<J: Journal>() -> Vec<Case<J>> {
    vec![
        ("pages of every size hold each event once, in order", pages),
        ("a page tells whether more follow", more),
        ("reading beyond the end finds nothing", beyond),
        ("load gathers a stream of many pages", loads),
        ("streams are listed in the order of their bytes", listed),
        ("a prefix means itself: % and _ stand for nothing else", prefixes),
        ("streams are listed page by page", listed_by_pages),
    ]
}

fn fill<J: Journal>(journal: &mut J) -> Outcome {
    for round in 1..=7 {
        journal.append(&stream("case/a")?, Expected::Any, &events(&format!("a{round}"), 2)?)?;
        journal.append(&stream("case/b")?, Expected::Any, &[event(&format!("b{round}"))?])?;
    }
    Ok(())
}

fn paged<E: std::error::Error>(
    mut read: impl FnMut(Option<&Event>) -> Result<Page, E>,
) -> Result<Vec<Event>, Wrong> {
    let mut found: Vec<Event> = Vec::new();
    loop {
        let page = read(found.last())?;
        let more = page.more;
        if more && page.events.is_empty() {
            return Err(Wrong("a page is empty and says that more follow".to_owned()));
        }
        found.extend(page.events);
        if !more {
            return Ok(found);
        }
    }
}

fn pages<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    fill(&mut journal)?;
    let case = stream("case/a")?;
    let all = journal.read_all(0, 1_000)?.events;
    let of_case: Vec<Event> = all.iter().filter(|event| event.stream == case).cloned().collect();
    due("positions", all.iter().map(|event| event.position).collect::<Vec<_>>(), (1..=21).collect())?;
    due("versions", of_case.iter().map(|event| event.version).collect::<Vec<_>>(), (1..=14).collect())?;
    for limit in 1..=22 {
        let found = paged(|last| journal.read_all(last.map_or(0, |event| event.position), limit))?;
        due(&format!("all in pages of {limit}"), &found, &all)?;
        let found = paged(|last| journal.read(&case, last.map_or(0, |event| event.version), limit))?;
        due(&format!("a stream in pages of {limit}"), &found, &of_case)?;
    }
    Ok(())
}

fn more<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let case = stream("case/a")?;
    journal.append(&case, Expected::New, &events("a", 3)?)?;
    for (after, limit, size, more) in [
        (0, 2, 2, true),
        (0, 3, 3, false),
        (1, 2, 2, false),
        (1, 1, 1, true),
        (0, 0, 0, true),
        (3, 0, 0, false),
    ] {
        let what = format!("after {after}, at most {limit}");
        let page = journal.read(&case, after, limit)?;
        due(&format!("{what}, of a stream"), (page.events.len(), page.more), (size, more))?;
        let page = journal.read_all(after, limit)?;
        due(&format!("{what}, of all"), (page.events.len(), page.more), (size, more))?;
    }
    Ok(())
}

fn beyond<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let case = stream("case/a")?;
    journal.append(&case, Expected::New, &events("a", 3)?)?;
    for after in [3, 4, 1_000, u64::MAX] {
        due("of a stream", journal.read(&case, after, 10)?, Page::default())?;
        due("of all", journal.read_all(after, 10)?, Page::default())?;
    }
    due("everything at once", journal.read_all(0, usize::MAX)?.events.len(), 3)?;
    due("everything of a stream at once", journal.read(&case, 0, usize::MAX)?.events.len(), 3)
}

fn loads<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let case = stream("case/a")?;
    journal.append(&case, Expected::New, &events("a", 4_321)?)?;
    let versions = |events: Vec<Event>| events.iter().map(|event| event.version).collect::<Vec<_>>();
    due("all versions", versions(journal.load(&case, 0)?), (1..=4_321).collect())?;
    due("from one on", versions(journal.load(&case, 4_000)?), (4_001..=4_321).collect())?;
    due("verified", journal.verify(&Head::GENESIS)?.events, 4_321)
}

fn open_streams<J: Journal>(journal: &mut J, names: &[&str]) -> Outcome {
    for (name, number) in names.iter().zip(1..) {
        journal.append(&stream(name)?, Expected::New, &[event(&format!("e{number}"))?])?;
    }
    Ok(())
}

fn names<J: Journal>(
    journal: &mut J,
    prefix: &str,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<String>, Wrong> {
    let after = after.map(stream).transpose()?;
    let found = journal.streams(prefix, after.as_ref(), limit)?;
    Ok(found.into_iter().map(|summary| summary.stream.to_string()).collect())
}

fn listed<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    open_streams(&mut journal, &["b/1", "a/b", "a/B", "a/_", "a/10", "a/9", "a-b/1", "A/1", "a/~", "a/!"])?;
    journal.append(&stream("a/9")?, Expected::Version(1), &events("more", 2)?)?;
    let sorted = ["A/1", "a-b/1", "a/!", "a/10", "a/9", "a/B", "a/_", "a/b", "a/~", "b/1"];
    due("streams", names(&mut journal, "", None, 100)?, sorted.map(str::to_owned).to_vec())?;
    let versions: Vec<u64> = journal.streams("a/", None, 3)?.iter().map(|summary| summary.version).collect();
    due("versions", versions, vec![1, 1, 3])
}

fn prefixes<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    open_streams(
        &mut journal,
        &[
            "case/a",
            "case/a%",
            "case/a%b",
            "case/a_b",
            "case/axb",
            "case/a\\b",
            "case/A",
            "cas/e",
            "case/*",
            "case/?",
        ],
    )?;
    for (prefix, found) in [
        ("case/a%", vec!["case/a%", "case/a%b"]),
        ("case/a_", vec!["case/a_b"]),
        ("case/a\\", vec!["case/a\\b"]),
        ("case/A", vec!["case/A"]),
        ("case/*", vec!["case/*"]),
        ("case/?", vec!["case/?"]),
        ("cas%", vec![]),
        ("_", vec![]),
        ("case/axb", vec!["case/axb"]),
        ("case/axbc", vec![]),
        ("督查", vec![]),
        ("~", vec![]),
        ("'", vec![]),
    ] {
        due(
            &format!("streams under {prefix:?}"),
            names(&mut journal, prefix, None, 100)?,
            found.into_iter().map(str::to_owned).collect(),
        )?;
    }
    due("streams of a kind", names(&mut journal, "case/", None, 100)?.len(), 9)
}

fn listed_by_pages<J: Journal>(open: Open<'_, J>) -> Outcome {
    let mut journal = open();
    let all: Vec<String> = (10..30).map(|number| format!("case/{number}")).collect();
    open_streams(&mut journal, &all.iter().map(String::as_str).collect::<Vec<_>>())?;
    open_streams_elsewhere(&mut journal)?;
    for limit in 1..=21 {
        let mut found: Vec<String> = Vec::new();
        loop {
            let after = found.last().cloned();
            let page = names(&mut journal, "case/", after.as_deref(), limit)?;
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        due(&format!("streams in pages of {limit}"), &found, &all)?;
    }
    due(
        "after one that does not exist",
        names(&mut journal, "case/", Some("case/195"), 1)?,
        vec!["case/20".to_owned()],
    )?;
    due(
        "after one before the prefix",
        names(&mut journal, "case/", Some("a/1"), 1)?,
        vec!["case/10".to_owned()],
    )?;
    due("after one behind the prefix", names(&mut journal, "case/", Some("z/1"), 9)?, vec![])?;
    due("none asked for", names(&mut journal, "case/", None, 0)?, vec![])
}

fn open_streams_elsewhere<J: Journal>(journal: &mut J) -> Outcome {
    for name in ["cas/1", "case-/1", "case0/1", "casf/1"] {
        journal.append(&stream(name)?, Expected::New, &[event(name)?])?;
    }
    Ok(())
}
