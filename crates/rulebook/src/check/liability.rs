//! Two lines of liability (art. 15 and the annex): shares of points, and leaders' own liability for the overdue.

use super::{
    book::{Book, at},
    keys, scope,
};
use crate::{
    Code, Diagnostic,
    annex::policy::{ShareTo, Split},
};
use alloc::vec::Vec;
use ducha_core::{Label, message::Args};

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
            out.push(Diagnostic::new(Code::NotALeader, at("accountability", i).key("to"), args).article(15));
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
    for (j, later) in shares.iter().enumerate() {
        for (i, earlier) in shares.iter().enumerate().take(j) {
            let differs_on_double = earlier.on_double != later.on_double;
            let differs_in_keeping = earlier.subject_keeps != later.subject_keeps;
            let differs = differs_on_double || differs_in_keeping;
            if !differs || !scope::overlap(book, Some(&earlier.scope), Some(&later.scope)) {
                continue;
            }
            let args = Args::none().with("one", &earlier.id).with("other", &later.id);
            let what = Label::new("另一份额", "the other share");
            for (differs, key, code) in [
                (differs_on_double, "on_double", Code::DoubleLiabilityOpen),
                (differs_in_keeping, "subject_keeps", Code::SharesDisagree),
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
}
