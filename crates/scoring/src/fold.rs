//! From records to entries: price → once and warned → factors → caps → shares (semantics §4, §5, §16).
//!
//! Written as passes over the whole list in canonical order, each doing one thing. An entry is read off its derivation.

use crate::{
    admit::Admitted,
    assessment::{Due, Entry, EntryKind, EntryMoney, Fate, need},
    price::{moment, points_of, price_commendation, price_finding, price_measurement, price_money},
    request::Request,
    roster::Roster,
    versions::{Version, Versions},
    window::{Moment, same_window},
};
use alloc::{string::ToString, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::{Knowledge, deadline, live_until};
use ducha_core::{
    AwardId, Derivation, LineId, Matter, Money, Need, Points, Quantity, RecordId, SectionId, Step, SubjectId,
    Value,
    message::Args,
    record::{Fact, Finding, standard_fact},
};
use ducha_rulebook::annex::{
    clause::{Clause, OncePer},
    money::Nature,
    price::{CountOver, Price},
    vocabulary::{Scope, SourceKind},
    window::{NamedWindow, Window},
};

/// A record on its way to an entry: who, when, under what, and the derivation so far.
#[derive(Clone)]
pub(crate) struct Draft<'a> {
    pub(crate) kind: EntryKind,
    pub(crate) admitted: Admitted<'a>,
    /// Its place in canonical order: the record's, then that of supplementary entries.
    pub(crate) order: (usize, usize),
    pub(crate) subject: SubjectId,
    pub(crate) clause: Option<&'a Clause>,
    pub(crate) award: Option<AwardId>,
    pub(crate) finding: Option<&'a Finding>,
    pub(crate) day: NaiveDate,
    pub(crate) moment: Moment,
    pub(crate) steps: Derivation,
    /// The price before any factor: what recurrence looks at.
    pub(crate) base: Points,
    pub(crate) money: Option<(Derivation, Nature)>,
    pub(crate) loses_item: bool,
}

impl<'a> Draft<'a> {
    fn version(&self) -> Version<'a> {
        self.admitted.version
    }

    pub(crate) fn points(&self) -> Points {
        points_of(&self.steps)
    }

    fn record(&self) -> &'a RecordId {
        &self.admitted.record.id
    }

    /// A further step on what there is.
    pub(crate) fn then(&mut self, step: Step, args: Args, points: Points, cites: Vec<ducha_core::Citation>) {
        let before = core::mem::replace(&mut self.steps, Derivation::new(step, Args::none(), Value::None));
        let args = args.with("from", points_of(&before)).with("points", points);
        self.steps = Derivation::new(step, args, Value::Points(points)).citing(cites).using([before]);
    }

    /// Multiplies points and money by a factor, as one named step.
    fn multiply(
        &mut self,
        step: Step,
        args: &Args,
        factor: ducha_core::Factor,
        cites: Vec<ducha_core::Citation>,
    ) -> Result<(), Need> {
        let args = args.clone().with("factor", factor.decimal());
        let points = self.points().times(factor)?;
        if let Some((money, _)) = &mut self.money {
            let amount = money.money().unwrap_or_default().times(factor)?;
            let before = money.clone();
            *money = Derivation::new(
                step,
                args.clone().with("from", before.money().unwrap_or_default()).with("points", amount),
                Value::Money(amount),
            )
            .using([before]);
        }
        self.then(step, args, points, cites);
        Ok(())
    }
}

pub(crate) fn section_of(clause: &Clause) -> Option<&SectionId> {
    clause.section.as_ref()
}

/// The clause's service line: its own, or that of its section.
pub(crate) fn line_of<'a>(version: Version<'a>, clause: &'a Clause) -> Option<&'a LineId> {
    clause.line.as_ref().or_else(|| {
        let section = clause.section.as_ref()?;
        version.annex.section.iter().find(|s| s.id == *section)?.line.as_ref()
    })
}

/// Whether a scope of `judge` takes in a finding of this clause, priced by `pricing`.
pub(crate) fn in_scope(
    scope: &Scope,
    judge: Version<'_>,
    pricing: Version<'_>,
    clause: &Clause,
    source: Option<&ducha_core::SourceId>,
) -> bool {
    let meant = judge.clause_meant(&clause.id);
    let named =
        |ids: &[ducha_core::ClauseId]| ids.contains(&clause.id) || meant.is_some_and(|c| ids.contains(&c.id));
    (scope.clauses.is_empty() || named(&scope.clauses))
        && (scope.sections.is_empty() || section_of(clause).is_some_and(|s| scope.sections.contains(s)))
        && (scope.lines.is_empty() || line_of(pricing, clause).is_some_and(|l| scope.lines.contains(l)))
        && (scope.aspects.is_empty() || scope.aspects.contains(&clause.aspect))
        && (scope.sources.is_empty() || source.is_some_and(|s| scope.sources.contains(s)))
        && scope.criticality.is_none_or(|c| clause.criticality == Some(c))
}

/// Whether two drafts stand under the same clause, across versions.
fn same_clause(later: &Draft<'_>, earlier: &Draft<'_>) -> bool {
    let (Some(a), Some(b)) = (later.clause, earlier.clause) else { return false };
    a.id == b.id || later.version().clause_meant(&b.id).is_some_and(|c| c.id == a.id)
}

/// What the fold needs to know beside the records.
pub(crate) struct Fold<'r, 'a> {
    pub(crate) request: &'r Request<'a>,
    pub(crate) versions: &'r Versions<'a>,
    pub(crate) roster: &'r Roster<'a>,
}

/// A record that turned out to be refused while it was priced.
pub(crate) type Struck = (usize, RecordId, Fate, Need);

impl<'a> Fold<'_, 'a> {
    /// All entries of the admitted records, in canonical order, and the rows refused on the way.
    pub(crate) fn entries(&self, admitted: &[Admitted<'a>]) -> (Vec<Entry>, Vec<Struck>) {
        let mut struck = Vec::new();
        let mut drafts = self.priced(admitted, &mut struck);
        let limited = self.capped(&mut drafts, true);
        Self::strike(&mut drafts, limited, &mut struck);
        let failed = self.recurring(&mut drafts, admitted);
        Self::strike(&mut drafts, failed, &mut struck);
        let failed = self.unrectified(&mut drafts, admitted);
        Self::strike(&mut drafts, failed, &mut struck);
        drafts.sort_by_key(|d| (d.day, d.order));
        let limited = self.capped(&mut drafts, false);
        Self::strike(&mut drafts, limited, &mut struck);
        let failed = self.accountable(&mut drafts, admitted);
        struck.extend(failed);
        let failed = self.shared(&mut drafts);
        Self::strike(&mut drafts, failed, &mut struck);
        drafts.sort_by_key(|d| (d.day, d.order));
        let entries =
            drafts.into_iter().enumerate().map(|(number, draft)| Self::entry(number, draft)).collect();
        (entries, struck)
    }

    /// Takes out everything that came of refused records.
    fn strike(drafts: &mut Vec<Draft<'a>>, failed: Vec<(usize, Need)>, struck: &mut Vec<Struck>) {
        for (index, need) in failed {
            let id = drafts.iter().find(|d| d.admitted.index == index).map(|d| d.record().clone());
            drafts.retain(|d| d.admitted.index != index);
            if let Some(id) = id {
                struck.push((index, id, Fate::Refused, need));
            }
        }
    }

    /// First pass: the price of each record.
    fn priced(&self, admitted: &[Admitted<'a>], struck: &mut Vec<Struck>) -> Vec<Draft<'a>> {
        let mut drafts: Vec<Draft<'a>> = Vec::new();
        for (order, one) in admitted.iter().enumerate() {
            match self.price(*one, order, &drafts) {
                Ok(new) => drafts.extend(new),
                Err(need) => struck.push((one.index, one.record.id.clone(), Fate::Refused, need)),
            }
        }
        drafts
    }

    fn draft(kind: EntryKind, one: Admitted<'a>, order: (usize, usize), steps: Derivation) -> Draft<'a> {
        let base = points_of(&steps);
        Draft {
            kind,
            admitted: one,
            order,
            subject: one.record.subject.clone(),
            clause: None,
            award: None,
            finding: None,
            day: one.record.occurred_on,
            moment: moment(&one),
            steps,
            base,
            money: None,
            loses_item: false,
        }
    }

    fn price(&self, one: Admitted<'a>, order: usize, before: &[Draft<'a>]) -> Result<Vec<Draft<'a>>, Need> {
        match &one.record.matter {
            Matter::Finding(finding) => {
                let clause = self.applicable(one, finding.clause.as_ref())?;
                Ok(alloc::vec![self.price_of_finding(one, order, clause, finding, before)?])
            }
            Matter::Measurement(measurement) => {
                let clause = self.applicable(one, Some(&measurement.clause))?;
                let (lost, won) = price_measurement(&one, clause, measurement)?;
                let mut deduction = Self::draft(EntryKind::Deduction, one, (order, 0), lost);
                deduction.clause = Some(clause);
                let mut drafts = alloc::vec![deduction];
                if let Some(won) = won {
                    let mut award = Self::draft(EntryKind::Award, one, (order, 1), won);
                    award.clause = Some(clause);
                    drafts.push(award);
                }
                Ok(drafts)
            }
            Matter::Commendation(commendation) => {
                let steps = price_commendation(&one, commendation)?;
                let award = one.version.annex.award.iter().find(|a| a.id == commendation.award);
                if let Some(award) = award.filter(|a| !self.roster.is_of(&one.record.subject, &a.applies_to))
                {
                    return Err(need(
                        Step::RowAwardNotApplicable,
                        Args::none().with("award", &award.id).with("subject", &one.record.subject),
                    ));
                }
                let mut draft = Self::draft(EntryKind::Award, one, (order, 0), steps);
                draft.award = Some(commendation.award.clone());
                Ok(alloc::vec![draft])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The clause, if it is in force that day and about this kind of subject.
    fn applicable(&self, one: Admitted<'a>, id: Option<&ducha_core::ClauseId>) -> Result<&'a Clause, Need> {
        let clause = id.and_then(|id| one.version.clause(id));
        let clause = clause.ok_or_else(|| need(Step::RowClauseMissing, Args::none()))?;
        let day = one.record.occurred_on;
        let args =
            || Args::none().with("clause", &clause.id).with("day", day).with("subject", &one.record.subject);
        if clause.from.is_some_and(|from| day < from) || clause.until.is_some_and(|until| until <= day) {
            return Err(need(Step::RowClauseNotInForce, args()));
        }
        if !self.roster.is_of(&one.record.subject, &clause.applies_to) {
            return Err(need(Step::RowClauseNotApplicable, args()));
        }
        Ok(clause)
    }

    fn price_of_finding(
        &self,
        one: Admitted<'a>,
        order: usize,
        clause: &'a Clause,
        finding: &'a Finding,
        before: &[Draft<'a>],
    ) -> Result<Draft<'a>, Need> {
        let here = moment(&one);
        let siblings = || {
            before.iter().filter(|d| {
                d.subject == one.record.subject
                    && d.clause.is_some_and(|c| {
                        c.id == clause.id
                            || one.version.clause_meant(&c.id).is_some_and(|m| m.id == clause.id)
                    })
            })
        };
        let counted = self.counted_before(one, clause, &here, siblings())?;
        let steps = price_finding(self.request, &one, clause, finding, counted)?;
        let mut draft = Self::draft(EntryKind::Deduction, one, (order, 0), steps);
        draft.clause = Some(clause);
        draft.finding = Some(finding);
        draft.money = price_money(clause, finding)?.zip(clause.money.as_ref().map(|t| t.nature));
        draft.loses_item = loses_item(clause, finding);

        let earlier_here = |d: &&Draft<'_>| match clause.once_per {
            Some(OncePer::Inspection) => d.moment.inspection == here.inspection,
            Some(OncePer::Day) => d.day == here.day,
            None => false,
        };
        let first = siblings().find(earlier_here).map(|d| d.record().clone());
        if let Some(first) = first {
            let args = Args::none().with("record", &first).with("clause", &clause.id);
            draft.then(Step::CountedOnce, args, Points::ZERO, one.version.cite_clause(clause));
            draft.money = None;
            draft.loses_item = false;
        } else if let Some(warning) = &clause.warning {
            Self::warn_first(&mut draft, warning, siblings().collect(), clause)?;
        }
        Self::by_source(&mut draft, clause, finding)?;
        draft.base = draft.points();
        Ok(draft)
    }

    /// The quantity of the earlier findings that are counted together with this one (S7).
    fn counted_before<'d>(
        &self,
        one: Admitted<'a>,
        clause: &Clause,
        here: &Moment,
        siblings: impl Iterator<Item = &'d Draft<'a>>,
    ) -> Result<Quantity, Need>
    where
        'a: 'd,
    {
        let Price::Count { over, .. } = &clause.price else { return Ok(Quantity::ZERO) };
        let window = match over {
            CountOver::Finding => return Ok(Quantity::ZERO),
            CountOver::Inspection => NamedWindow::Inspection,
            CountOver::Day => NamedWindow::Day,
            CountOver::Month => NamedWindow::Month,
        };
        let window = Window::Named(window);
        let mut total = Quantity::ZERO;
        for d in siblings {
            if same_window(&window, one.version, self.roster, &d.subject, &d.moment, here)? {
                total = total.plus(d.finding.and_then(|f| f.quantity).unwrap_or(Quantity::ONE))?;
            }
        }
        Ok(total)
    }

    /// Shape S39: the first finding warns; one within the validity of an earlier finding or warning costs.
    fn warn_first(
        draft: &mut Draft<'a>,
        warning: &ducha_rulebook::annex::clause::Warning,
        siblings: Vec<&Draft<'a>>,
        clause: &Clause,
    ) -> Result<(), Need> {
        let day = draft.day;
        let valid = |act: NaiveDate| {
            live_until(act, warning.validity, warning.last_day)
                .map_err(|_| crate::window::off_the_calendar(act))
        };
        let mut warned = None;
        for earlier in siblings {
            if day < valid(earlier.day)? {
                warned = Some((earlier.record().clone(), earlier.day));
            }
        }
        let args = Args::none().with("clause", &clause.id).with("validity", warning.validity.to_string());
        let cites = draft.version().cite_clause(clause);
        match warned {
            Some((record, on)) => {
                let points = draft.points();
                draft.then(Step::WarnedBefore, args.with("record", &record).with("day", on), points, cites);
            }
            None => {
                draft.then(Step::WarnedFirst, args, Points::ZERO, cites);
                draft.money = None;
                draft.loses_item = false;
            }
        }
        Ok(())
    }

    /// The factor of who found it (S32), and of what a unit found and mended itself (art. 3).
    fn by_source(draft: &mut Draft<'a>, clause: &Clause, finding: &Finding) -> Result<(), Need> {
        let version = draft.version();
        let source = finding.source.as_ref().and_then(|id| version.annex.source.iter().find(|s| s.id == *id));
        let Some(source) = source else { return Ok(()) };
        // A source's own price has replaced the clause's; a factor would count the source twice.
        let replaced = matches!(clause.price, Price::BySource { .. });
        if let Some(factor) = source.factor.filter(|_| !replaced) {
            let args = Args::none().with("source", &source.name);
            draft.multiply(
                Step::SourceFactor,
                &args,
                factor,
                alloc::vec![version.cite_rule("source", &source.id)],
            )?;
        }
        let (Some(own), SourceKind::OwnUnit, Some(corrected)) =
            (&clause.self_found, source.kind, finding.corrected_on)
        else {
            return Ok(());
        };
        let in_time = match own.within {
            None => true,
            Some(limit) => deadline(draft.day, limit, ducha_calendar::Roll::Following, version.calendar())
                .is_ok_and(|d| corrected <= d.due),
        };
        if in_time {
            let args = Args::none().with("day", corrected);
            let mut cites = version.cite_clause(clause);
            cites.extend(ducha_core::Citation::article(3));
            draft.multiply(Step::SelfFound, &args, own.factor, cites)?;
        }
        Ok(())
    }

    /// Second pass: recurrence (semantics §5).
    fn recurring(&self, drafts: &mut [Draft<'a>], admitted: &[Admitted<'a>]) -> Vec<(usize, Need)> {
        let mut failed = Vec::new();
        for at in 0..drafts.len() {
            let (before, rest) = drafts.split_at_mut(at);
            let Some(draft) = rest.first_mut() else { continue };
            if let Err(need) = self.recur(draft, before, admitted) {
                failed.push((draft.admitted.index, need));
            }
        }
        failed
    }

    fn recur(
        &self,
        draft: &mut Draft<'a>,
        before: &[Draft<'a>],
        admitted: &[Admitted<'a>],
    ) -> Result<(), Need> {
        let Some(clause) = draft.clause else { return Ok(()) };
        let version = draft.version();
        let policy =
            clause.recurrence.as_ref().and_then(|id| version.annex.recurrence.iter().find(|r| r.id == *id));
        let Some(policy) = policy else { return Ok(()) };
        if draft.kind != EntryKind::Deduction || draft.finding.is_none() {
            return Ok(());
        }
        let since = self.reset_on(draft, before, policy, admitted)?;
        let mut counted: Vec<&Draft<'a>> = Vec::new();
        for earlier in before {
            let counts = self.counts_for(draft, earlier, policy)?
                && since.is_none_or(|(day, order)| (earlier.day, earlier.order.0) > (day, order));
            if counts {
                counted.push(earlier);
            }
        }
        let times = occurrences(&counted, policy.counts);
        let last = policy.factors.last().copied().unwrap_or(ducha_core::Factor::ONE);
        let factor = policy.factors.get(times).copied().unwrap_or(last);
        if times == 0 && factor == ducha_core::Factor::ONE {
            return Ok(());
        }
        let records: Vec<&str> = counted.iter().map(|d| d.record().as_str()).collect();
        let args = Args::none().with("times", times.saturating_add(1)).with("records", records.join(", "));
        let step = if times == 0 { Step::FirstTime } else { Step::Recurrence };
        draft.multiply(step, &args, factor, alloc::vec![version.cite_rule("recurrence", &policy.id)])
    }

    /// Whether an earlier draft counts for the recurrence of a later one.
    fn counts_for(
        &self,
        draft: &Draft<'a>,
        earlier: &Draft<'a>,
        policy: &ducha_rulebook::annex::policy::Recurrence,
    ) -> Result<bool, Need> {
        use ducha_rulebook::annex::policy::{Counts, KeyPart};
        let Some(finding) = earlier.finding else { return Ok(false) };
        let place = |d: &Draft<'_>| d.finding.and_then(|f| f.place.clone());
        let same = |part: &KeyPart| match part {
            KeyPart::Subject => earlier.subject == draft.subject,
            KeyPart::Clause => same_clause(draft, earlier),
            KeyPart::Section => draft.clause.and_then(section_of) == earlier.clause.and_then(section_of),
            KeyPart::Line => {
                let line = |d: &Draft<'a>| d.clause.and_then(|c| line_of(d.version(), c));
                line(draft) == line(earlier)
            }
            KeyPart::Place => place(draft).is_some() && place(draft) == place(earlier),
            KeyPart::Inspector => {
                let who = |d: &Draft<'a>| d.finding.and_then(|f| f.inspector.as_ref());
                who(draft).is_some() && who(draft) == who(earlier)
            }
        };
        if !policy.key.iter().all(same) || (earlier.base.is_zero() && !policy.count_remarks) {
            return Ok(false);
        }
        let decided = match policy.counts {
            Counts::Inspections => earlier.moment.inspection != draft.moment.inspection,
            Counts::Findings => true,
            Counts::Decided => self.decided_on(earlier, finding).is_some_and(|on| on <= draft.day),
        };
        Ok(decided
            && same_window(
                &policy.window,
                draft.version(),
                self.roster,
                &draft.subject,
                &earlier.moment,
                &draft.moment,
            )?)
    }

    /// The day on which the case of a finding was decided: its own, or that of a `decided` fact.
    fn decided_on(&self, draft: &Draft<'a>, finding: &Finding) -> Option<NaiveDate> {
        finding.decided_on.or_else(|| {
            self.request.records.iter().find_map(|r| match &r.matter {
                Matter::Fact(f)
                    if f.fact.as_str() == standard_fact::DECIDED
                        && f.refers_to.as_ref() == Some(draft.record()) =>
                {
                    Some(r.occurred_on)
                }
                _ => None,
            })
        })
    }

    /// The latest moment before the draft at which the count began anew.
    fn reset_on(
        &self,
        draft: &Draft<'a>,
        before: &[Draft<'a>],
        policy: &ducha_rulebook::annex::policy::Recurrence,
        admitted: &[Admitted<'a>],
    ) -> Result<Option<(NaiveDate, usize)>, Need> {
        let mut latest: Option<(NaiveDate, usize)> = None;
        for reset in &policy.reset {
            if let Some(kind) = &reset.fact {
                for (order, one) in admitted.iter().enumerate() {
                    let is_reset = matches!(&one.record.matter, Matter::Fact(f) if f.fact == *kind);
                    let earlier = (one.record.occurred_on, order) < (draft.day, draft.order.0);
                    if is_reset && earlier && one.record.subject == draft.subject {
                        latest = latest.max(Some((one.record.occurred_on, order)));
                    }
                }
            }
            if let (Some(ladder), Some(tier)) = (&reset.ladder, &reset.tier) {
                let reached = self.reached_before(draft, before, admitted, ladder, tier);
                latest = latest.max(reached);
            }
        }
        Ok(latest)
    }

    /// When the subject last reached a tier by the records before the draft: the evaluator asked about the past alone.
    fn reached_before(
        &self,
        draft: &Draft<'a>,
        before: &[Draft<'a>],
        admitted: &[Admitted<'a>],
        ladder: &ducha_core::LadderId,
        tier: &ducha_core::TierId,
    ) -> Option<(NaiveDate, usize)> {
        let past: Vec<Admitted<'a>> = admitted.iter().take(draft.order.0).copied().collect();
        let mut drafts = before.to_vec();
        let _ = self.unrectified(&mut drafts, &past);
        drafts.retain(|d| (d.day, d.order.0) <= (draft.day, draft.order.0));
        drafts.sort_by_key(|d| (d.day, d.order));
        let _ = self.capped(&mut drafts, false);
        let orders: Vec<(RecordId, usize)> = drafts.iter().map(|d| (d.record().clone(), d.order.0)).collect();
        let entries: Vec<Entry> = drafts.into_iter().enumerate().map(|(n, d)| Self::entry(n, d)).collect();
        let judge = crate::evaluate::Evaluation::of(self, &past, &entries, draft.day);
        let crossing = judge.crossings(ladder, &draft.subject).into_iter().rev().find(|c| c.tier == *tier)?;
        let order = crossing.record.and_then(|r| orders.iter().find(|(id, _)| *id == r).map(|(_, o)| *o));
        Some((crossing.on, order.unwrap_or(usize::MAX)))
    }

    /// Third pass: what was not rectified costs again, as a supplementary entry of the same finding.
    fn unrectified(&self, drafts: &mut Vec<Draft<'a>>, admitted: &[Admitted<'a>]) -> Vec<(usize, Need)> {
        let mut failed = Vec::new();
        let mut extra = Vec::new();
        for draft in drafts.iter().filter(|d| d.kind == EntryKind::Deduction && d.finding.is_some()) {
            let Some(clause) = draft.clause else { continue };
            let version = draft.version();
            let policy = clause
                .unrectified
                .as_ref()
                .and_then(|id| version.annex.unrectified.iter().find(|u| u.id == *id));
            let Some(policy) = policy else { continue };
            let kind = policy.fact.as_ref().map_or(standard_fact::NOT_RECTIFIED, |f| f.as_str());
            let rechecks = admitted.iter().filter_map(|one| match &one.record.matter {
                Matter::Fact(f)
                    if f.fact.as_str() == kind && f.refers_to.as_ref() == Some(draft.record()) =>
                {
                    Some((*one, f))
                }
                _ => None,
            });
            let mut before = ducha_core::Factor::ONE;
            for (k, (one, fact)) in rechecks.enumerate() {
                let Some(factor) = policy.factors.get(k).or(policy.factors.last()) else { continue };
                match Self::supplement(draft, one, fact, k, *factor, before, policy) {
                    Ok(supplement) => extra.push(supplement),
                    Err(need) => failed.push((one.index, need)),
                }
                before = *factor;
            }
        }
        drafts.extend(extra);
        failed
    }

    #[allow(clippy::too_many_arguments, reason = "each is a different fact of one supplementary entry")]
    fn supplement(
        draft: &Draft<'a>,
        one: Admitted<'a>,
        fact: &Fact,
        k: usize,
        factor: ducha_core::Factor,
        before: ducha_core::Factor,
        policy: &ducha_rulebook::annex::policy::Unrectified,
    ) -> Result<Draft<'a>, Need> {
        let mut extra = draft.clone();
        extra.kind = EntryKind::Unrectified;
        extra.order = (draft.order.0, k.saturating_add(1));
        extra.day = Self::day_after_limit(draft, one, fact);
        extra.moment.day = extra.day;
        extra.loses_item = false;
        let more = factor.minus(before)?;
        let args = Args::none()
            .with("record", &one.record.id)
            .with("whole", factor.decimal())
            .with("day", extra.day);
        extra.multiply(
            Step::Unrectified,
            &args,
            more,
            alloc::vec![draft.version().cite_rule("unrectified", &policy.id)],
        )?;
        Ok(extra)
    }

    /// The day after the time limit ran out: as the fact says, else reckoned from the clause's limit, else the fact's day.
    fn day_after_limit(draft: &Draft<'a>, one: Admitted<'a>, fact: &Fact) -> NaiveDate {
        let stated = fact.due_on;
        let reckoned = || Self::rectify_by(draft).and_then(|due| due.on);
        let last = stated.or_else(reckoned);
        last.and_then(|day| day.succ_opt())
            .filter(|day| *day <= one.record.occurred_on)
            .unwrap_or(one.record.occurred_on)
    }

    /// The last day for rectification (art. 15).
    fn rectify_by(draft: &Draft<'a>) -> Option<Due> {
        let version = draft.version();
        let limit = version.limit(draft.clause?.rectify.as_ref()?)?;
        Some(due(version, limit, draft.admitted.record.occurred_on))
    }

    /// Caps, in canonical order: before the factors or after them.
    fn capped(&self, drafts: &mut [Draft<'a>], before_factors: bool) -> Vec<(usize, Need)> {
        crate::cap::capped(self.roster, drafts, before_factors)
    }

    /// A fact such as `overdue` falls on whoever led on the day it became overdue (art. 15).
    fn accountable(&self, drafts: &mut Vec<Draft<'a>>, admitted: &[Admitted<'a>]) -> Vec<Struck> {
        crate::share::accountable(self, drafts, admitted)
    }

    /// Shares of what the caps left.
    fn shared(&self, drafts: &mut Vec<Draft<'a>>) -> Vec<(usize, Need)> {
        crate::share::shared(self, drafts)
    }

    fn entry(number: usize, draft: Draft<'a>) -> Entry {
        let record = draft.admitted.record;
        let version = draft.version();
        let points = draft.points();
        let args = Args::none()
            .with("record", &record.id)
            .with("day", draft.day)
            .with("clause", draft.clause.map_or("", |c| c.id.as_str()))
            .with("award", draft.award.as_ref().map_or("", |a| a.as_str()))
            .with("name", &draft.clause.map_or_else(ducha_core::Label::default, |c| c.name.clone()));
        let step = match draft.kind {
            EntryKind::Award => Step::EntryAward,
            EntryKind::Share => Step::EntryShare,
            EntryKind::Accountability => Step::EntryAccountability,
            EntryKind::Unrectified => Step::EntryUnrectified,
            EntryKind::Deduction => Step::EntryDeduction,
        };
        let rectify_by = if draft.kind == EntryKind::Deduction { Self::rectify_by(&draft) } else { None };
        let money = draft.money.as_ref().map(|(steps, nature)| EntryMoney {
            amount: steps.money().unwrap_or(Money::ZERO),
            nature: *nature,
        });
        let money_steps = draft.money.into_iter().map(|(steps, _)| steps);
        let derivation = crate::price::points_step(step, args, points)
            .using(core::iter::once(draft.steps))
            .using(money_steps);
        Entry {
            number,
            kind: draft.kind,
            record: record.id.clone(),
            subject: draft.subject,
            clause: draft.clause.map(|c| c.id.clone()),
            award: draft.award,
            inspection: draft.finding.and_then(|f| f.inspection.clone()),
            section: draft.clause.and_then(section_of).cloned(),
            line: draft.clause.and_then(|c| line_of(version, c)).cloned(),
            day: draft.day,
            recorded_on: record.known_on(),
            decided_on: draft.finding.and_then(|f| f.decided_on),
            version: version.name().into(),
            points,
            money,
            rectify_by,
            derivation,
        }
    }
}

/// The last day of a limit that begins on a day, with how it was reckoned.
pub(crate) fn due(version: Version<'_>, limit: &ducha_rulebook::annex::duty::Limit, start: NaiveDate) -> Due {
    let cites = || [version.cite_rule("limit", &limit.id)];
    let args = || {
        Args::none().with("limit", &limit.name).with("length", limit.length.to_string()).with("start", start)
    };
    match deadline(start, limit.length, limit.roll, version.calendar()) {
        Ok(found) => {
            let steps = found.steps.iter().map(|step| {
                let text = ducha_core::Label::new(
                    step.text(ducha_calendar::Lang::Zh),
                    step.text(ducha_calendar::Lang::En),
                );
                let cites = step.citation().map(|c| ducha_core::Citation::Law {
                    name: ducha_core::Label::new(
                        c.text(ducha_calendar::Lang::Zh),
                        c.text(ducha_calendar::Lang::En),
                    ),
                    section: alloc::string::String::new(),
                });
                Derivation::new(Step::CalendarStep, Args::none().with("text", &text), Value::None)
                    .citing(cites)
            });
            let provisional = found.knowledge == Knowledge::Provisional;
            let step = if provisional { Step::DueProvisional } else { Step::DueOn };
            Due {
                on: Some(found.due),
                provisional,
                derivation: Derivation::new(step, args().with("due", found.due), Value::None)
                    .citing(cites())
                    .using(steps),
            }
        }
        Err(error) => {
            let why = ducha_core::Label::new(
                error.text(ducha_calendar::Lang::Zh),
                error.text(ducha_calendar::Lang::En),
            );
            Due {
                on: None,
                provisional: false,
                derivation: Derivation::new(Step::DueUnknown, args().with("why", &why), Value::None)
                    .citing(cites()),
            }
        }
    }
}

/// Whether a veto of the clause makes the finding lose the whole item (S15), or a band of counts does (S7).
fn loses_item(clause: &Clause, finding: &Finding) -> bool {
    use ducha_rulebook::annex::clause::VetoEffect;
    clause.veto.iter().any(|veto| veto.effect == VetoEffect::LoseItem && veto_applies(veto, finding))
}

/// Whether a veto is about this finding.
pub(crate) fn veto_applies(veto: &ducha_rulebook::annex::clause::Veto, finding: &Finding) -> bool {
    veto.severity.as_ref().is_none_or(|level| finding.severity.as_ref() == Some(level))
        && veto.at_least.is_none_or(|least| finding.quantity.unwrap_or(Quantity::ONE) >= least)
}

/// How often it happened before: inspections each once, findings each.
fn occurrences(counted: &[&Draft<'_>], counts: ducha_rulebook::annex::policy::Counts) -> usize {
    use ducha_rulebook::annex::policy::Counts;
    match counts {
        Counts::Inspections => {
            let inspections: alloc::collections::BTreeSet<&str> =
                counted.iter().map(|d| d.moment.inspection.as_str()).collect();
            inspections.len()
        }
        Counts::Findings | Counts::Decided => counted.len(),
    }
}
