//! Caps: the most that a clause or a group of clauses may cost one subject in a window (S3, S26), and items lost whole (S7, S15).
//!
//! A cap is consumed in canonical order; what comes later is trimmed. Between two entries of one window nothing is shared out.

use crate::{
    assessment::EntryKind,
    draft::{Draft, in_scope},
    price::worth,
    roster::Roster,
    versions::{Version, Versions},
    window::{Moment, same_window, window_if_any},
};
use alloc::{collections::BTreeMap, format, string::String, string::ToString, vec::Vec};
use ducha_core::{Citation, Need, Points, Step, SubjectId, message::Args};
use ducha_rulebook::annex::{
    clause::{CapOrder, Clause, ClauseCap},
    window::{NamedWindow, Window},
};

/// What a cap has let through so far: for each cap and subject the moments with their points.
type Consumed<'a> = BTreeMap<(String, SubjectId), Vec<(Moment<'a>, Points)>>;

/// One cap that an entry meets.
struct Limit<'a> {
    key: String,
    name: String,
    max: Points,
    window: &'a Window,
    version: Version<'a>,
    cites: Vec<Citation>,
}

/// Trims the drafts by the caps of one order.
pub(crate) fn capped<'a>(
    versions: &Versions<'a>,
    roster: &Roster<'_>,
    drafts: &mut [Draft<'a>],
    before_factors: bool,
) -> Vec<(usize, Need)> {
    let mut consumed = Consumed::new();
    let mut failed = Vec::new();
    let order = if before_factors { CapOrder::BeforeFactors } else { CapOrder::AfterFactors };
    for draft in drafts.iter_mut() {
        let trimmed = match draft.kind {
            EntryKind::Deduction | EntryKind::Unrectified => {
                trim(versions, roster, draft, order, &mut consumed)
            }
            EntryKind::Award if !before_factors => trim_award(roster, draft, &mut consumed),
            _ => Ok(()),
        };
        if let Err(need) = trimmed {
            failed.push((draft.admitted.index, need));
        }
    }
    failed
}

// semantics §4.5
fn trim<'a>(
    versions: &Versions<'a>,
    roster: &Roster<'_>,
    draft: &mut Draft<'a>,
    order: CapOrder,
    consumed: &mut Consumed<'a>,
) -> Result<(), Need> {
    let Some(clause) = draft.clause else { return Ok(()) };
    let version = draft.admitted.version;
    let limits = limits(versions, roster, draft, clause, order)?;
    if order == CapOrder::AfterFactors {
        lose_item(roster, draft, clause, version, consumed)?;
    }
    for limit in &limits {
        let key = (limit.key.clone(), draft.subject.clone());
        let used = used(consumed.get(&key), limit.window, limit.version, roster, draft)?;
        let left = limit.max.minus(used)?.max(Points::ZERO);
        let wanted = draft.points();
        if wanted > left {
            let args =
                Args::none().with("cap", limit.name.as_str()).with("max", limit.max).with("used", used);
            draft.then(Step::Capped, args, left, limit.cites.clone());
        }
    }
    let points = draft.points();
    let item = item_key(clause);
    if draft.loses_item && order == CapOrder::AfterFactors {
        let lost = (lost_key(clause), draft.subject.clone());
        consumed.entry(lost).or_default().push((draft.moment, Points::ZERO));
    }
    let keys = limits.into_iter().map(|l| l.key).chain((order == CapOrder::AfterFactors).then_some(item));
    for id in keys {
        consumed.entry((id, draft.subject.clone())).or_default().push((draft.moment, points));
    }
    Ok(())
}

/// An award gives at most its cap in the cap's window, whatever the windows of the tallies are.
// semantics §7.3
fn trim_award<'a>(
    roster: &Roster<'_>,
    draft: &mut Draft<'a>,
    consumed: &mut Consumed<'a>,
) -> Result<(), Need> {
    let version = draft.admitted.version;
    let award = draft.award.as_ref().and_then(|id| version.annex.award.iter().find(|a| a.id == *id));
    let Some((award, cap)) = award.and_then(|award| award.cap.as_ref().map(|cap| (award, cap))) else {
        return Ok(());
    };
    let key = (format!("award/{}", award.id), draft.subject.clone());
    let used = used(consumed.get(&key), &cap.window, version, roster, draft)?;
    let left = cap.max.minus(used)?.max(Points::ZERO);
    if draft.points() > left {
        draft.then(Step::AwardCapped, Args::none(), left, alloc::vec![version.cite_rule("award", &award.id)]);
    }
    let moment = draft.moment;
    consumed.entry(key).or_default().push((moment, draft.points()));
    Ok(())
}

fn item_key(clause: &Clause) -> String {
    let mut key = String::from("item/");
    key.push_str(clause.id.as_str());
    key
}

/// Under this key stand the moments at which the item was lost.
fn lost_key(clause: &Clause) -> String {
    format!("lost/{}", clause.id)
}

/// What a cap let through before, in the window of the draft.
fn used(
    consumed: Option<&Vec<(Moment<'_>, Points)>>,
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

/// The item's whole worth is lost: so much is added that nothing of it is left in its window. Later findings of the item in
/// that window find nothing left to lose.
// semantics §4.5
fn lose_item(
    roster: &Roster<'_>,
    draft: &mut Draft<'_>,
    clause: &Clause,
    version: Version<'_>,
    consumed: &Consumed<'_>,
) -> Result<(), Need> {
    let inspection = Window::Named(NamedWindow::Inspection);
    let window = clause.cap.as_ref().map_or(&inspection, |cap| &cap.window);
    let of = |key: String| consumed.get(&(key, draft.subject.clone()));
    let mut lost_before = false;
    for (moment, _) in of(lost_key(clause)).into_iter().flatten() {
        lost_before |= same_window(window, version, roster, &draft.subject, moment, &draft.moment)?;
    }
    if !draft.loses_item && !lost_before {
        return Ok(());
    }
    let worth = worth(clause)?;
    let used = used(of(item_key(clause)), window, version, roster, draft)?;
    let rest = worth.minus(used)?.max(Points::ZERO);
    if draft.loses_item || rest < draft.points() {
        let args = Args::none().with("clause", &clause.id).with("worth", worth).with("used", used);
        draft.then(Step::ItemLost, args, rest, version.cite_clause(clause));
    }
    Ok(())
}

/// The caps that the draft meets: the clause's own, then those over several clauses in the order of the file.
///
/// A cap is that of the version which judges its window: the one in force on the window's last day (semantics §2).
fn limits<'a>(
    versions: &Versions<'a>,
    roster: &Roster<'_>,
    draft: &Draft<'a>,
    clause: &'a Clause,
    order: CapOrder,
) -> Result<Vec<Limit<'a>>, Need> {
    let pricing = draft.admitted.version;
    let judges = |version: Version<'a>, window: &Window| -> Result<bool, Need> {
        let window = window_if_any(window, version, roster, &draft.subject, &draft.moment)?;
        let judge = window.and_then(|window| versions.judging(window.last_day()));
        Ok(judge.is_some_and(|judge| judge.number == version.number))
    };
    let mut limits = Vec::new();
    let source = draft.source();
    for version in versions.iter() {
        if let Some(clause) = version.clause_meant(&clause.id)
            && let Some(cap) = &clause.cap
            && cap.order == order
            && judges(version, &cap.window)?
        {
            limits.push(clause_limit(version, clause, cap)?);
        }
    }
    // A clause that the judging version no longer has keeps the cap that it had.
    let retired = limits.is_empty()
        && versions.iter().next_back().is_some_and(|last| last.clause_meant(&clause.id).is_none());
    if let Some(cap) = clause.cap.as_ref().filter(|cap| retired && cap.order == order) {
        limits.push(clause_limit(pricing, clause, cap)?);
    }
    for version in versions.iter() {
        for cap in version.annex.cap.iter().filter(|cap| cap.order == order) {
            if in_scope(&cap.scope, version, pricing, clause, source) && judges(version, &cap.window)? {
                limits.push(Limit {
                    key: format!("cap/{}", cap.id),
                    name: cap.id.to_string(),
                    max: cap.max,
                    window: &cap.window,
                    version,
                    cites: alloc::vec![version.cite_rule("cap", &cap.id)],
                });
            }
        }
    }
    Ok(limits)
}

fn clause_limit<'a>(version: Version<'a>, clause: &'a Clause, cap: &'a ClauseCap) -> Result<Limit<'a>, Need> {
    let max = cap.max.or(clause.worth);
    let max = max.ok_or_else(|| crate::refusal::Under(&clause.id).worth_missing())?;
    Ok(Limit {
        key: format!("clause/{}", clause.id),
        name: clause.id.to_string(),
        max,
        window: &cap.window,
        version,
        cites: version.cite_clause(clause),
    })
}
