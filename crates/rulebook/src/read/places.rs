//! Where everything stands in a text, without what it says: what remains of the tree once the file is read.

use super::tree::{Node, Span, Value};
use crate::diagnostic::Pointer;
use alloc::{string::String, vec::Vec};

/// The places of all values of a file.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// Each value before what lies within it.
    slots: Vec<Slot>,
    /// The keys, one after the other.
    keys: String,
}

#[derive(Debug, Clone)]
struct Slot {
    /// Where its key stands in `keys`; empty for items of lists.
    key: (u32, u32),
    span: (u32, u32),
    /// The slot behind the last of those within it.
    end: u32,
    is_list: bool,
}

impl Places {
    pub(crate) fn of(root: &Node<'_>) -> Self {
        let mut places = Self { slots: Vec::new(), keys: String::new() };
        places.add("", root);
        places
    }

    fn add(&mut self, key: &str, node: &Node<'_>) {
        let at = self.slots.len();
        let begin = self.keys.len();
        self.keys.push_str(key);
        let (start, end) = node.span;
        self.slots.push(Slot {
            key: (short(begin), short(self.keys.len())),
            span: (short(start), short(end)),
            end: 0,
            is_list: matches!(node.value, Value::List(_)),
        });
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| self.add("", item)),
            Value::Table(entries) => entries.iter().for_each(|entry| self.add(&entry.key, &entry.node)),
            _ => {}
        }
        let end = short(self.slots.len());
        if let Some(slot) = self.slots.get_mut(at) {
            slot.end = end;
        }
    }

    /// The bytes of the value at the pointer, or of the nearest thing that encloses it and has bytes.
    pub(crate) fn locate(&self, pointer: &Pointer) -> Span {
        let mut at = 0;
        let mut span = (0, 0);
        let Some(root) = self.slots.first() else { return span };
        let mut slot = root;
        span = wide(slot.span);
        for segment in pointer.segments() {
            let Some(next) = self.within(at, slot, &segment) else { break };
            let Some(inner) = self.slots.get(next) else { break };
            (at, slot) = (next, inner);
            span = wide(slot.span);
        }
        span
    }

    /// The slot behind a key, or of an item.
    fn within(&self, at: usize, slot: &Slot, segment: &str) -> Option<usize> {
        let wanted: Option<usize> = if slot.is_list { Some(segment.parse().ok()?) } else { None };
        let end = to_usize(slot.end);
        let mut next = at.saturating_add(1);
        let mut count = 0_usize;
        while next < end {
            let inner = self.slots.get(next)?;
            let key = self.keys.get(to_usize(inner.key.0)..to_usize(inner.key.1));
            if wanted.map_or(key == Some(segment), |wanted| wanted == count) {
                return Some(next);
            }
            count = count.saturating_add(1);
            next = to_usize(inner.end);
        }
        None
    }
}

/// Texts are shorter than [`super::MAX_BYTES`], so nothing is cut.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn to_usize(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

fn wide((start, end): (u32, u32)) -> Span {
    (to_usize(start), to_usize(end))
}
