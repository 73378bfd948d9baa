//! One finding to its deduction: what a form shows while somebody types.

use super::{
    compile::Scorer,
    question::Question,
    scale::{Scaled, at_scale},
    stream::is_plain,
};
use alloc::string::ToString;
use ducha_core::{IdError, Need, Step, message::Args, row::FindingRow};

/// Why a finding has no deduction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
    /// It is refused, as an assessment would refuse it.
    #[error("{}", .0.text(ducha_core::Lang::En))]
    Refused(Need),
    /// What stands for an identifier is none.
    #[error(transparent)]
    Id(#[from] IdError),
    /// 64 bits don't hold it.
    #[error("64 bits do not hold what the finding costs; the reference evaluator may still tell")]
    HeadRoom,
}

impl Scorer {
    /// What a finding costs if nothing happened before: its price in the version of its day, with every factor and cap that
    /// does not ask for earlier findings. Of plain rules in some tens of nanoseconds; of all others by a batch of one.
    ///
    /// # Errors
    /// [`PriceError`].
    // semantics §4
    pub fn price(&self, finding: &FindingRow<'_>) -> Result<Scaled, PriceError> {
        if let (Ok(plain), true) = (&self.plain, is_plain(finding) && finding.recorded_on.is_none()) {
            let day = super::span::number_of(finding.occurred_on);
            let in_force = plain.in_force.0 <= day && day < plain.in_force.1;
            let told = finding.reason.is_some_and(|reason| !reason.trim().is_empty());
            let code = self.codes.number(finding.clause);
            let chosen = code
                .and_then(|code| plain.clauses.get(code as usize))
                .is_some_and(super::clause::ClauseTable::is_chosen);
            // What is refused is refused by the batch, which says why in full.
            if in_force && (told || !chosen) {
                let quantity = finding.quantity.unwrap_or(ducha_core::Quantity::ONE);
                if let Ok(points) = self.deduction(finding.clause, quantity, finding.points) {
                    return Ok(points);
                }
            }
        }
        let records = [finding.to_record()?];
        let scored = self.assess(&Question::new(&records)).map_err(|_| PriceError::HeadRoom)?;
        if let Some(row) = scored.account().rows.first() {
            return Err(PriceError::Refused(row.reason.clone()));
        }
        let entry = scored.entries().into_iter().find(|entry| entry.record.as_str() == finding.id);
        let points = entry.map(|entry| entry.points).ok_or_else(|| {
            PriceError::Refused(Need {
                step: Step::RuleMissing,
                args: Args::none().with("id", finding.clause.to_string()),
            })
        })?;
        at_scale(points, self.scale)
            .map(|value| Scaled { value, places: self.scale })
            .ok_or(PriceError::HeadRoom)
    }
}
