//! Caps: the most that a clause or a group of clauses may cost one subject in a window (S3, S26), and items lost whole (S7, S15).
//!
//! A cap is consumed in canonical order; what comes later is trimmed. Between two entries of one window nothing is shared out.

use crate::{
    assessment::{EntryKind, need},
    draft::{Draft, in_scope},
    price::worth,
    roster::Roster,
    versions::Version,
    window::{Moment, same_window},
};
use alloc::{collections::BTreeMap, string::String, string::ToString, vec::Vec};
use ducha_core::{Citation, Need, Points, Step, SubjectId, message::Args};
use ducha_rulebook::annex::{
    clause::{CapOrder, Clause},
    window::{NamedWindow, Window},
};

/// What a cap has let through so far: for each cap and subject the moments with their points.
type Consumed = BTreeMap<(String, SubjectId), Vec<(Moment, Points)>>;

/// One cap that an entry meets.
struct Limit<'a> {
    id: String,
    max: Points,
    window: &'a Window,
    cites: Vec<Citation>,
}

/// Trims the drafts by the caps of one order.
pub(crate) fn capped(
    roster: &Roster<'_>,
    drafts: &mut [Draft<'_>],
    before_factors: bool,
) -> Vec<(usize, Need)> {
    let mut consumed = Consumed::new();
    let mut failed = Vec::new();
    let order = if before_factors { CapOrder::BeforeFactors } else { CapOrder::AfterFactors };
    for draft in drafts.iter_mut().filter(|d| matches!(d.kind, EntryKind::Deduction | EntryKind::Unrectified))
    {
        if let Err(need) = trim(roster, draft, order, &mut consumed) {
            failed.push((draft.admitted.index, need));
        }
    }
    failed
}

fn trim(
    roster: &Roster<'_>,
    draft: &mut Draft<'_>,
    order: CapOrder,
    consumed: &mut Consumed,
) -> Result<(), Need> {
    let Some(clause) = draft.clause else { return Ok(()) };
    let version = draft.admitted.version;
    let limits = limits(version, clause, draft, order)?;
    if draft.loses_item && order == CapOrder::AfterFactors {
        lose_item(roster, draft, clause, version, consumed)?;
    }
    for limit in &limits {
        let key = (limit.id.clone(), draft.subject.clone());
        let used = used(consumed.get(&key), limit.window, version, roster, draft)?;
        let left = limit.max.minus(used)?.max(Points::ZERO);
        let wanted = draft.points();
        if wanted > left {
            let args = Args::none().with("cap", limit.id.as_str()).with("max", limit.max).with("used", used);
            draft.then(Step::Capped, args, left, limit.cites.clone());
        }
    }
    let points = draft.points();
    let item = item_key(clause);
    let keys = limits.into_iter().map(|l| l.id).chain((order == CapOrder::AfterFactors).then_some(item));
    for id in keys {
        consumed.entry((id, draft.subject.clone())).or_default().push((draft.moment.clone(), points));
    }
    Ok(())
}

fn item_key(clause: &Clause) -> String {
    let mut key = String::from("item/");
    key.push_str(clause.id.as_str());
    key
}

/// What a cap let through before, in the window of the draft.
fn used(
    consumed: Option<&Vec<(Moment, Points)>>,
    window: &Window,
    version: Version<'_>,
    roster: &Roster<'_>,
    draft: &Draft<'_>,
) -> Result<Points, Need> {
    let mut sum = Points::ZERO;
    for (moment, points) in consumed.into_iter().flatten() {
        if same_window(window, version, roster, &draft.subject, moment, &draft.moment)? {
            sum = sum.plus(*points)?;
        }
    }
    Ok(sum)
}

/// The item's whole worth is lost: so much is added that nothing of it is left in its window.
fn lose_item(
    roster: &Roster<'_>,
    draft: &mut Draft<'_>,
    clause: &Clause,
    version: Version<'_>,
    consumed: &Consumed,
) -> Result<(), Need> {
    let worth = worth(clause)?;
    let inspection = Window::Named(NamedWindow::Inspection);
    let window = clause.cap.as_ref().map_or(&inspection, |cap| &cap.window);
    let used =
        used(consumed.get(&(item_key(clause), draft.subject.clone())), window, version, roster, draft)?;
    let rest = worth.minus(used)?.max(Points::ZERO);
    let args = Args::none().with("clause", &clause.id).with("worth", worth).with("used", used);
    draft.then(Step::ItemLost, args, rest, version.cite_clause(clause));
    Ok(())
}

/// The caps that the draft meets: the clause's own, then those over several clauses in the order of the file.
fn limits<'a>(
    version: Version<'a>,
    clause: &'a Clause,
    draft: &Draft<'_>,
    order: CapOrder,
) -> Result<Vec<Limit<'a>>, Need> {
    let mut limits = Vec::new();
    if let Some(cap) = clause.cap.as_ref().filter(|cap| cap.order == order) {
        let max = cap.max.or(clause.worth);
        let max = max.ok_or_else(|| need(Step::WorthMissing, Args::none().with("clause", &clause.id)))?;
        limits.push(Limit {
            id: clause.id.to_string(),
            max,
            window: &cap.window,
            cites: version.cite_clause(clause),
        });
    }
    let source = draft.finding.and_then(|f| f.source.as_ref());
    for cap in version.annex.cap.iter().filter(|cap| cap.order == order) {
        if in_scope(&cap.scope, version, version, clause, source) {
            limits.push(Limit {
                id: cap.id.to_string(),
                max: cap.max,
                window: &cap.window,
                cites: alloc::vec![version.cite_rule("cap", &cap.id)],
            });
        }
    }
    Ok(limits)
}
