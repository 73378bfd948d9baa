//! Questions, and what their answers are worth.

use super::Survey;
use crate::{
    draft::Draft,
    found::known_clause,
    refusal::{Reason, Refusal},
};
use alloc::{collections::BTreeSet, vec::Vec};
use ducha_core::{
    Article, ClauseId, EntryId, Label, LineId, Points, Quantity, Rounding, SectionId, message::Args,
};
use ducha_rulebook::annex::{price::Price, procedure::Surveys};
use serde::{Deserialize, Serialize};

const ARTICLE: Article = crate::case::article(4);

/// A choice that a question offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id within the question.
    pub id: EntryId,
    /// Its name.
    pub name: Label,
    /// What it is worth, on the scale of the rulebook's source.
    #[serde(default)]
    pub points: Points,
    /// Whether whoever takes it is counted as reached, where the question measures a clause.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub reached: bool,
}

/// That a question yields a rating: the mean of what its answers are worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingOf {
    /// How the exact mean is rounded.
    pub rounding: Rounding,
    /// The section that it speaks of, if not of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    /// The service line that it speaks of, if not of the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineId>,
}

/// A question of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id.
    pub id: EntryId,
    /// What is asked.
    pub text: Label,
    /// What may be answered.
    pub choices: Vec<Choice>,
    /// The rating that it yields, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingOf>,
    /// The clause whose target it measures, if it does: so many were reached out of all who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<ClauseId>,
}

impl Question {
    /// Whether its choices are on the scale and its result can be reckoned.
    pub(super) fn check(&self, rules: &Surveys, draft: &Draft<'_, Survey>) -> Result<(), Refusal> {
        if self.choices.is_empty() {
            draft.given("", ("选项", "the choices"), ARTICLE)?;
        }
        each_once(self.choices.iter().map(|choice| &choice.id), draft)?;
        if let Some(clause) = &self.measures {
            known_clause(clause, draft, ARTICLE)?;
            let clauses = &draft.context().rules.clause;
            let has_target = |price: &Price| matches!(price, Price::Rate { .. });
            if !clauses.iter().any(|known| known.id == *clause && has_target(&known.price)) {
                return Err(draft.refuse(Reason::NoTarget, ARTICLE, Args::none().with("clause", clause)));
            }
        }
        let Some(rating) = &self.rating else { return Ok(()) };
        let source = draft.context().rules.source.iter().find(|known| known.id == rules.source);
        let top = source.and_then(|source| source.full_marks);
        for choice in &self.choices {
            // What is rounded beyond the scale is off it, too: no mean lies above its greatest choice.
            let rounded = choice.points.over(Quantity::ONE, rating.rounding).map_err(|_| {
                let args = Args::none().with("question", &self.id).with("to", rating.rounding.to);
                draft.refuse(Reason::NoRounding, ARTICLE, args)
            })?;
            let most = choice.points.max(rounded);
            if choice.points.is_negative() || top.is_some_and(|top| most > top) {
                let top =
                    top.map_or_else(|| Label::new("不限", "any"), |top| Label::same(alloc::format!("{top}")));
                let args = Args::none()
                    .with("choice", &choice.id)
                    .with("points", choice.points)
                    .with("source", &rules.source)
                    .with("top", &top);
                return Err(draft.refuse(Reason::BeyondScale, ARTICLE, args));
            }
        }
        Ok(())
    }
}

/// Whether no name is there twice.
pub(super) fn each_once<'i>(
    ids: impl Iterator<Item = &'i EntryId>,
    draft: &Draft<'_, Survey>,
) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(draft.refuse(Reason::NamedTwice, ARTICLE, Args::none().with("name", id)));
        }
    }
    Ok(())
}
