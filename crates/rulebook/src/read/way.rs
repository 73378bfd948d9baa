//! The way to a value while the tree is walked. A pointer is made of it only where there is something to say.

use crate::diagnostic::Pointer;
use crate::key::{Key, Table};
use alloc::{borrow::Cow, vec::Vec};
use core::cell::Cell;

/// One step inwards.
#[derive(Debug, Clone)]
pub(super) enum Step<'t> {
    /// A key of the file.
    Key(Cow<'t, str>),
    /// An item of a list, counted from 0.
    Item(usize),
}

impl Step<'_> {
    fn is_key(&self, key: &str) -> bool {
        matches!(self, Self::Key(name) if name == key)
    }
}

/// The last step of a way, with the way so far.
#[derive(Debug)]
pub(super) struct Way<'w, 't> {
    outer: Option<&'w Way<'w, 't>>,
    /// Nothing at the root.
    step: Option<Step<'t>>,
    /// How many steps it is from the root.
    depth: usize,
    /// The entry of the key table for the key that was the last step.
    rule: Option<(&'static Table, &'static Key)>,
    /// Where the trail keeps it, if it does.
    kept: Cell<Option<usize>>,
}

impl<'t> Way<'_, 't> {
    pub(super) const fn root() -> Self {
        Self { outer: None, step: None, depth: 0, rule: None, kept: Cell::new(None) }
    }

    fn step(&self, step: Step<'t>, rule: Option<(&'static Table, &'static Key)>) -> Way<'_, 't> {
        let depth = self.depth.saturating_add(1);
        Way { outer: Some(self), step: Some(step), depth, rule, kept: Cell::new(None) }
    }

    /// The value behind a key that the key table knows.
    pub(super) fn known(&self, table: &'static Table, key: &'static Key) -> Way<'_, 't> {
        self.step(Step::Key(Cow::Borrowed(key.name)), Some((table, key)))
    }

    /// The value behind any other key.
    pub(super) fn key(&self, key: Cow<'t, str>) -> Way<'_, 't> {
        self.step(Step::Key(key), None)
    }

    pub(super) fn item(&self, index: usize) -> Way<'_, 't> {
        self.step(Step::Item(index), None)
    }

    /// From here to the root.
    fn outwards(&self) -> impl Iterator<Item = &Self> {
        core::iter::successors(Some(self), |way| way.outer)
    }

    /// Whether one of the keys on the way is so.
    pub(super) fn any_rule(&self, is_so: impl Fn(&Table, &Key) -> bool) -> bool {
        self.outwards().filter_map(|way| way.rule).any(|(table, key)| is_so(table, key))
    }

    /// Whether that step of the way, counted from 1, is that key.
    pub(super) fn has(&self, depth: usize, key: &str) -> bool {
        let step = self.outwards().find(|way| way.depth == depth).and_then(|way| way.step.as_ref());
        step.is_some_and(|step| step.is_key(key))
    }

    pub(super) fn pointer(&self) -> Pointer {
        let outer = self.outer.map_or_else(Pointer::root, Way::pointer);
        self.step.as_ref().map_or(outer.clone(), |step| stepped(&outer, step))
    }
}

fn stepped(outer: &Pointer, step: &Step<'_>) -> Pointer {
    match step {
        Step::Key(key) => outer.key(key),
        Step::Item(index) => outer.item(*index),
    }
}

/// Ways that are kept beyond the walk, each once.
#[derive(Debug, Default)]
pub(super) struct Trail<'t> {
    /// Each with the one around it.
    ways: Vec<(Option<usize>, Option<Step<'t>>)>,
}

impl<'t> Trail<'t> {
    /// Keeps a way and those around it; tells where.
    pub(super) fn keep(&mut self, way: &Way<'_, 't>) -> usize {
        if let Some(kept) = way.kept.get() {
            return kept;
        }
        let outer = way.outer.map(|outer| self.keep(outer));
        let at = self.ways.len();
        self.ways.push((outer, way.step.clone()));
        way.kept.set(Some(at));
        at
    }

    /// What is around it.
    pub(super) fn outer(&self, kept: usize) -> Option<usize> {
        self.ways.get(kept).and_then(|(outer, _)| *outer)
    }

    pub(super) fn pointer(&self, kept: usize) -> Pointer {
        match self.ways.get(kept) {
            Some((Some(outer), Some(step))) => stepped(&self.pointer(*outer), step),
            _ => Pointer::root(),
        }
    }
}
