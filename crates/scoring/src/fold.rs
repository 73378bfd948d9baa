//! From records to entries: price → once and warned → factors → caps → shares (semantics §4, §5, §16).
//!
//! Written as passes over the whole list in canonical order, each doing one thing. An entry is read off its derivation.
use crate::{
    admit::Admitted,
    assessment::{Entry, EntryKind, EntryMoney},
    draft::{Draft, line_of, section_of},
    price::{moment, points_of, price_commendation, price_measurement},
    refusal,
    request::Request,
    roster::Roster,
    versions::Versions,
};
use alloc::{string::ToString, vec::Vec};
use ducha_core::{Derivation, Label, Matter, Money, Need, Step, message::Args};
use ducha_rulebook::annex::clause::Clause;

/// What the fold needs to know beside the records.
pub(crate) struct Fold<'r, 'a> {
    pub(crate) request: &'r Request<'a>,
    pub(crate) versions: &'r Versions<'a>,
    pub(crate) roster: &'r Roster<'a>,
}

/// A record that turned out to be refused while it was priced.
pub(crate) type Struck = (usize, Need);

impl<'a> Fold<'_, 'a> {
    /// All entries of the admitted records, in canonical order, and the rows refused on the way.
    // semantics §4.1
    pub(crate) fn entries(&self, admitted: &[Admitted<'a>]) -> (Vec<Entry>, Vec<Struck>) {
        let mut struck = Vec::new();
        let mut drafts = self.priced(admitted, &mut struck);
        let limited = self.capped(&mut drafts, true);
        Self::strike(&mut drafts, limited, &mut struck);
        let failed = self.recurring(&mut drafts, admitted);
        Self::strike(&mut drafts, failed, &mut struck);
        let failed = Self::unrectified(&mut drafts, admitted);
        Self::strike(&mut drafts, failed, &mut struck);
        drafts.sort_by_key(|d| (d.day, d.order));
        let limited = self.capped(&mut drafts, false);
        Self::strike(&mut drafts, limited, &mut struck);
        let failed = self.accountable(&mut drafts, admitted);
        struck.extend(failed);
        let failed = self.shared(&mut drafts);
        Self::strike(&mut drafts, failed, &mut struck);
        drafts.sort_by_key(|d| (d.day, d.order));
        let entries = drafts
            .into_iter()
            .enumerate()
            .map(|(number, draft)| Self::entry(number, draft, admitted))
            .collect();
        (entries, struck)
    }

    /// Takes out everything that came of refused records.
    fn strike(drafts: &mut Vec<Draft<'a>>, failed: Vec<(usize, Need)>, struck: &mut Vec<Struck>) {
        for (index, need) in failed {
            drafts.retain(|d| d.admitted.index != index);
            struck.push((index, need));
        }
    }

    /// First pass: the price of each record.
    fn priced(&self, admitted: &[Admitted<'a>], struck: &mut Vec<Struck>) -> Vec<Draft<'a>> {
        let mut drafts: Vec<Draft<'a>> = Vec::new();
        for (order, one) in admitted.iter().enumerate() {
            match self.price(*one, admitted.get(..order).unwrap_or_default(), &drafts) {
                Ok(new) => drafts.extend(new),
                Err(need) => struck.push((one.index, need)),
            }
        }
        drafts
    }

    pub(crate) fn draft(
        kind: EntryKind,
        one: Admitted<'a>,
        order: (usize, usize),
        steps: Derivation,
    ) -> Draft<'a> {
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
            share: None,
        }
    }

    fn price(
        &self,
        one: Admitted<'a>,
        past: &[Admitted<'a>],
        before: &[Draft<'a>],
    ) -> Result<Vec<Draft<'a>>, Need> {
        let order = past.len();
        match &one.record.matter {
            Matter::Finding(finding) => {
                let clause = self.applicable(one, finding.clause.as_ref())?;
                Ok(alloc::vec![self.price_of_finding(one, past, clause, finding, before)?])
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
                    return Err(refusal::Commended(&award.id).not_applicable(&one.record.subject));
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
        let clause = clause.ok_or_else(refusal::clause_missing)?;
        let day = one.record.occurred_on;
        if clause.from.is_some_and(|from| day < from) || clause.until.is_some_and(|until| until <= day) {
            return Err(refusal::Under(&clause.id).not_in_force(day, &one.record.subject));
        }
        if !self.roster.is_of(&one.record.subject, &clause.applies_to) {
            return Err(refusal::Under(&clause.id).not_applicable(day, &one.record.subject));
        }
        Ok(clause)
    }

    /// Caps, in canonical order: before the factors or after them.
    pub(crate) fn capped(&self, drafts: &mut [Draft<'a>], before_factors: bool) -> Vec<(usize, Need)> {
        crate::cap::capped(self.versions, self.roster, drafts, before_factors)
    }

    /// A fact such as `overdue` falls on whoever led on the day it became overdue (art. 15).
    fn accountable(&self, drafts: &mut Vec<Draft<'a>>, admitted: &[Admitted<'a>]) -> Vec<Struck> {
        crate::share::accountable(self, drafts, admitted)
    }

    /// Shares of what the caps left.
    fn shared(&self, drafts: &mut Vec<Draft<'a>>) -> Vec<(usize, Need)> {
        crate::share::shared(self, drafts)
    }

    pub(crate) fn entry(number: usize, draft: Draft<'a>, admitted: &[Admitted<'a>]) -> Entry {
        let record = draft.admitted.record;
        let decided_on = crate::recur::decided_on(&draft, admitted);
        let version = draft.version();
        let points = draft.points();
        let args = Args::none()
            .with("record", &record.id)
            .with("day", draft.day)
            .with("clause", draft.clause.map_or("", |c| c.id.as_str()))
            .with("award", draft.award.as_ref().map_or("", |a| a.as_str()))
            .with("what", &what(&draft));
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
            decided_on,
            version: version.name().into(),
            points,
            money,
            rectify_by,
            derivation,
        }
    }
}

/// The clause or award with its name; the id alone where it has none.
fn what(draft: &Draft<'_>) -> Label {
    let version = draft.version();
    let of_award = draft.award.as_ref().map(|id| {
        let award = version.annex.award.iter().find(|award| award.id == *id);
        (id.as_str(), award.map_or_else(Label::default, |award| award.name.clone()))
    });
    let of_clause = draft.clause.map(|clause| (clause.id.as_str(), clause.name.clone()));
    let (id, name) = of_clause.or(of_award).unwrap_or_default();
    let named = |name: &str| alloc::format!("{id} {name}").trim().to_string();
    Label::new(named(&name.zh), named(&name.en))
}
