//! Tallies, indexes and ladders form a graph without cycles: no value may rest on itself.
//!
//! What looks back at strictly earlier records (recurrence reset by a tier, points used up by one) makes no edge.

use super::book::{Book, at};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{ladder::Condition, tally::Measure},
};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use ducha_core::{Label, message::Args};

/// A value that may rest on others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Tally(usize),
    Index(usize),
    Ladder(usize),
}

/// That a value rests on another, and the key that says so.
type Edges = BTreeMap<Node, Vec<(Node, Pointer)>>;

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let edges = edges(book);
    let mut done = alloc::collections::BTreeSet::new();
    for start in edges.keys() {
        walk(book, &edges, *start, &mut done, out);
    }
}

/// Goes down from a node without recursion; an edge back onto the path closes a cycle.
fn walk(
    book: &Book<'_>,
    edges: &Edges,
    start: Node,
    done: &mut alloc::collections::BTreeSet<Node>,
    out: &mut Vec<Diagnostic>,
) {
    if done.contains(&start) {
        return;
    }
    let mut path: Vec<(Node, usize)> = alloc::vec![(start, 0)];
    let mut on_path: BTreeMap<Node, usize> = BTreeMap::from([(start, 0)]);
    while let Some((node, next)) = path.last_mut() {
        let node = *node;
        let edge = edges.get(&node).and_then(|list| list.get(*next));
        *next = next.saturating_add(1);
        let Some((to, key)) = edge else {
            done.insert(node);
            on_path.remove(&node);
            path.pop();
            continue;
        };
        if let Some(depth) = on_path.get(to) {
            out.push(cycle(book, edges, path.get(*depth..).unwrap_or_default(), *to, key));
        } else if !done.contains(to) {
            on_path.insert(*to, path.len());
            path.push((*to, 0));
        }
    }
}

fn cycle(book: &Book<'_>, edges: &Edges, path: &[(Node, usize)], back_to: Node, key: &Pointer) -> Diagnostic {
    let mut text = String::new();
    for (node, _) in path {
        text.push_str(&format!("{} → ", name(book, *node)));
    }
    text.push_str(&name(book, back_to));
    let mut diagnostic = Diagnostic::new(Code::Cycle, key.clone(), Args::none().with("path", text));
    for (node, next) in path.split_last().map_or(&[][..], |(_, before)| before) {
        let taken = next.checked_sub(1).and_then(|taken| edges.get(node)?.get(taken));
        if let Some((_, key)) = taken {
            diagnostic = diagnostic.related(key.clone(), Label::new("环中的一步", "a step of the cycle"));
        }
    }
    diagnostic
}

fn name(book: &Book<'_>, node: Node) -> String {
    let annex = book.annex;
    match node {
        Node::Tally(i) => annex.tally.get(i).map(|tally| format!("tally/{}", tally.id)),
        Node::Index(i) => annex.index.get(i).map(|index| format!("index/{}", index.id)),
        Node::Ladder(i) => annex.ladder.get(i).map(|ladder| format!("ladder/{}", ladder.id)),
    }
    .unwrap_or_default()
}

fn edges(book: &Book<'_>) -> Edges {
    let annex = book.annex;
    let mut edges = Edges::new();
    let mut fired_by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, ladder) in annex.ladder.iter().enumerate() {
        let mut ids: Vec<&str> =
            ladder.tier.iter().flat_map(|tier| &tier.consequences).map(ducha_core::Id::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            fired_by.entry(id).or_default().push(i);
        }
    }
    for (i, tally) in
        annex.tally.iter().enumerate().filter(|(_, tally)| tally.measure == Measure::Consequences)
    {
        for (j, id) in tally.consequences.iter().enumerate() {
            for ladder in fired_by.get(id.as_str()).into_iter().flatten() {
                let key = at("tally", i).key("consequences").item(j);
                edges.entry(Node::Tally(i)).or_default().push((Node::Ladder(*ladder), key));
            }
        }
    }
    for (i, index) in annex.index.iter().enumerate() {
        for (j, component) in index.of.iter().enumerate() {
            let item = at("index", i).key("of").item(j);
            let tally = component.tally.as_ref().and_then(|id| book.tally(id));
            let tally = tally.map(|(at, _)| (Node::Tally(at), item.key("tally")));
            let inner = component.index.as_ref().and_then(|id| book.index(id));
            let inner = inner.map(|(at, _)| (Node::Index(at), item.key("index")));
            edges.entry(Node::Index(i)).or_default().extend(tally.into_iter().chain(inner));
        }
    }
    for (i, ladder) in annex.ladder.iter().enumerate() {
        let on = ladder.on.as_ref().map(|on| {
            let key = at("ladder", i).key("on");
            let tally = on.tally.as_ref().and_then(|id| book.tally(id));
            let tally = tally.map(|(at, _)| (Node::Tally(at), key.key("tally")));
            tally.or_else(|| Some((Node::Index(book.index(on.index.as_ref()?)?.0), key.key("index"))))
        });
        let mut of_ladder: Vec<_> = on.flatten().into_iter().collect();
        for (j, tier) in ladder.tier.iter().enumerate() {
            for (k, condition) in tier.when.iter().enumerate() {
                let item = at("ladder", i).key("tier").item(j).key("when").item(k);
                of_ladder.extend(condition_edge(book, condition, &item));
            }
        }
        edges.entry(Node::Ladder(i)).or_default().extend(of_ladder);
    }
    edges
}

fn condition_edge(book: &Book<'_>, condition: &Condition, item: &Pointer) -> Option<(Node, Pointer)> {
    let tally = [
        ("tally", &condition.tally),
        ("largest_of", &condition.largest_of),
        ("count_of", &condition.count_of),
    ];
    let tally = tally
        .into_iter()
        .find_map(|(key, id)| Some((Node::Tally(book.tally(id.as_ref()?)?.0), item.key(key))));
    let index = || Some((Node::Index(book.index(condition.index.as_ref()?)?.0), item.key("index")));
    // The assessed window is one of the row, so a ladder's tier in it must be known before.
    let ladder = || Some((Node::Ladder(book.ladder(condition.ladder.as_ref()?)?.0), item.key("ladder")));
    tally.or_else(index).or_else(ladder)
}
