//! How the numbers of one subject came about, as indented text.

use crate::bulletin::Matter;
use ducha::core::{Derivation, SubjectId};
use std::collections::BTreeSet;

/// Every derivation of a subject: entries, tallies, indexes, tiers, consequences. What was shown once is named again, not shown again.
pub(crate) fn of(matter: &Matter<'_>, subject: &SubjectId) -> String {
    let a = matter.assessment;
    let mut text = Text { out: String::new(), shown: BTreeSet::new(), matter };
    let entries = a.entries.iter().filter(|e| e.subject == *subject && matter.in_period(e.day));
    for entry in entries {
        text.tree(&entry.derivation);
        if let Some(due) = &entry.rectify_by {
            text.branch(&due.derivation, 1);
        }
    }
    a.tallies.iter().filter(|t| t.subject == *subject).for_each(|t| text.tree(&t.derivation));
    a.indexes.iter().filter(|i| i.subject == *subject).for_each(|i| text.tree(&i.derivation));
    a.standings.iter().filter(|s| s.subject == *subject).for_each(|s| text.tree(&s.derivation));
    for fired in a.consequences.iter().filter(|f| f.subject == *subject) {
        text.tree(&fired.derivation);
        let money = fired.money.as_ref().map(|money| &money.derivation);
        let extent = fired.extent.as_ref().map(|extent| &extent.derivation);
        let due = fired.due.as_ref().map(|due| &due.derivation);
        money.into_iter().chain(extent).chain(due).for_each(|derivation| text.branch(derivation, 1));
    }
    text.out
}

struct Text<'a, 'm> {
    out: String,
    /// The trees that were shown, as text.
    shown: BTreeSet<String>,
    matter: &'a Matter<'m>,
}

impl Text<'_, '_> {
    fn tree(&mut self, derivation: &Derivation) {
        self.branch(derivation, 0);
    }

    fn branch(&mut self, derivation: &Derivation, depth: usize) {
        let sentence = derivation.sentence(self.matter.lang);
        // Two sums may have the same sentence and other parts, so the whole tree must have been shown.
        let known = !derivation.uses.is_empty() && !self.shown.insert(derivation.text(self.matter.lang));
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(&sentence);
        if known {
            self.out.push_str(self.matter.pick("（见上）", " (see above)"));
        }
        self.out.push('\n');
        if !known {
            for step in &derivation.uses {
                self.branch(step, depth.saturating_add(1));
            }
        }
    }
}
