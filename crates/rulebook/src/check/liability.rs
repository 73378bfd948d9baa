//! Two lines of liability (art. 15 and the annex): shares of points, and leaders' own liability for the overdue.

use super::{
    book::{Book, at},
    keys, scope,
};
use crate::{
    Code, Diagnostic,
    annex::policy::{OnDouble, ShareTo, Split},
};
use alloc::{collections::BTreeMap, vec::Vec};
use ducha_core::{Label, SourceId, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    for (i, share) in book.annex.share.iter().enumerate() {
        let table = at("share", i);
        keys::percent(out, &table, "percent", share.percent);
        keys::rounding(out, &table, Some(share.rounding));
        match (share.to, share.split) {
            (ShareTo::Members, None) => keys::needed(out, &table, "split", "to = \"members\""),
            (ShareTo::Members, Some(_)) | (_, None) => {}
            (_, Some(Split::Each | Split::LargestRemainder)) => {
                keys::idle(out, &table, "split", "to ≠ \"members\"");
            }
        }
    }
    for (i, rule) in book.annex.accountability.iter().enumerate() {
        if !is_leader(rule.to) {
            let args = Args::none().with("to", rule.to.word());
            let key = at("accountability", i).key("to");
            out.push(
                Diagnostic::new(Code::NotALeader, key.clone(), args).article(15).edit(key, "\"leader\""),
            );
        }
    }
    agreement(book, out);
}

const fn is_leader(to: ShareTo) -> bool {
    matches!(to, ShareTo::Leader | ShareTo::UpperLeader)
}

/// Shares under which one finding can fall must say the same about double liability and about what the subject keeps.
fn agreement(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let shares = &book.annex.share;
    let mut apart: BTreeMap<usize, usize> = BTreeMap::new();
    for clause in &book.annex.clause {
        // Of the shares that say the same, the first stands for all.
        let mut said: BTreeMap<(OnDouble, bool, &[SourceId]), usize> = BTreeMap::new();
        let covering =
            shares.iter().enumerate().filter(|(_, share)| scope::holds(book, Some(&share.scope), clause));
        for (j, later) in covering {
            let own = (later.on_double, later.subject_keeps, later.scope.sources.as_slice());
            let differing = said.iter().find(|((on_double, keeps, sources), _)| {
                (*on_double, *keeps) != (own.0, own.1) && scope::sources_meet(sources, own.2)
            });
            if let Some((_, i)) = differing {
                apart.entry(j).or_insert(*i);
            }
            said.entry(own).or_insert(j);
        }
    }
    for (j, i) in apart {
        let (Some(earlier), Some(later)) = (shares.get(i), shares.get(j)) else { continue };
        let args = Args::none().with("one", &earlier.id).with("other", &later.id);
        let what = Label::new("另一份额", "the other share");
        for (differs, key, code) in [
            (earlier.on_double != later.on_double, "on_double", Code::DoubleLiabilityOpen),
            (earlier.subject_keeps != later.subject_keeps, "subject_keeps", Code::SharesDisagree),
        ] {
            if differs {
                out.push(
                    Diagnostic::new(code, at("share", j).key(key), args.clone())
                        .related(at("share", i).key(key), what.clone())
                        .article(15),
                );
            }
        }
    }
}
