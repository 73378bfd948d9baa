//! Which way columns go.

use super::{Columns, ColumnsError, ScoredColumns, Way, general, order};
use crate::engine::{compile::Scorer, question::Question};
use alloc::boxed::Box;

/// What is to be told of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tell {
    /// What each row costs, tallies and tiers, by the quickest way.
    #[default]
    Numbers,
    /// Everything that a batch tells: also indexes, rankings and consequences. Never by the tables of plain rules.
    Everything,
}

impl Scorer {
    /// Reckons findings that come as columns: what each cost, the tallies, the tiers. It takes every rulebook.
    ///
    /// The same as [`Scorer::assess`] says of the same findings without an organisation. Rows that are not scored are
    /// listed with the reason; the others are scored. What rules are plain, and columns that tell nothing more than plain
    /// rules read, pass through tables of their own ([`Way::Plain`]), some tens of times as fast; all others become
    /// records and go the way of a batch ([`Way::General`]), in memory of some hundred bytes a row. The answer says which.
    ///
    /// # Errors
    /// [`ColumnsError`].
    ///
    /// ```
    /// use ducha_core::SourceId;
    /// use ducha_rulebook::{Rulebook, Source};
    /// use ducha_scoring::engine::{Coded, Columns, Scorer, Way};
    /// let text = r#"
    /// format = 1
    /// [rulebook]
    /// id = "tiny"
    /// version = "1"
    /// title = { zh = "示例", en = "Example" }
    /// status = "draft"
    /// from = 2026-01-01
    /// point_step = 1
    /// calendar = "cn"
    /// [[source]]
    /// id = "office"
    /// name = { zh = "办公室", en = "the office" }
    /// kind = "office"
    /// [[source]]
    /// id = "city"
    /// name = { zh = "市里", en = "the city" }
    /// kind = "authority"
    /// factor = 2
    /// [[clause]]
    /// id = "C-1"
    /// name = { zh = "垃圾未清", en = "refuse not cleared" }
    /// aspect = "service_quality"
    /// price = { shape = "flat", points = 2 }
    /// [[tally]]
    /// id = "month"
    /// name = { zh = "当月得分", en = "score of the month" }
    /// kind = "sum"
    /// measure = "points"
    /// subjects = ["department"]
    /// window = "month"
    /// full_marks = 100
    /// "#;
    /// let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
    /// let scorer = Scorer::compile(&[book])?;
    /// let clause = scorer.clause("C-1").ok_or("the clause is there")?;
    /// let sources = [SourceId::new("office")?, SourceId::new("city")?];
    /// let columns = Columns {
    ///     subjects: 2,
    ///     subject: &[0, 1, 0],
    ///     clause: &[clause, clause, clause],
    ///     day: &[739_901, 739_901, 739_902], // 12 and 13 October 2026
    ///     source: Some(Coded { codes: &[1, 0, 0], names: &sources }),
    ///     ..Columns::default()
    /// };
    /// let scored = scorer.assess_columns(&columns)?;
    /// // Who found it is not asked by plain rules.
    /// assert!(matches!(scored.way, Way::General(_)));
    /// assert_eq!(scored.deduction(0).map(|cost| cost.points().to_string()).as_deref(), Some("4"));
    /// let table = scorer.table(&columns, &scored);
    /// assert_eq!(table.tallies.subject, [0, 1]);
    /// assert_eq!(table.tallies.value, [Ok(94.into()), Ok(98.into())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    // semantics §4, §5, §7, §9
    pub fn assess_columns(&self, columns: &Columns<'_>) -> Result<ScoredColumns, ColumnsError> {
        self.assess_columns_with(columns, &Question::default(), Tell::Numbers)
    }

    /// The same with all that a batch may be asked. The records of the question stand beside the columns: measurements,
    /// ratings, inspections, facts, findings with evidence; their places follow those of the rows.
    ///
    /// The same as [`Scorer::assess`] says of the rows ([`Scorer::records_of`]) and those records, with the same question.
    ///
    /// # Errors
    /// [`ColumnsError`].
    pub fn assess_columns_with(
        &self,
        columns: &Columns<'_>,
        asked: &Question<'_>,
        tell: Tell,
    ) -> Result<ScoredColumns, ColumnsError> {
        columns.checked(self.scale)?;
        let all_plain = tell == Tell::Numbers && is_plain(asked) && columns.are_plain();
        if let Some(rules) = self.plain.as_ref().ok().filter(|_| all_plain) {
            let order::Passed { points, unscored, dense } = order::pass(rules, columns)?;
            return Ok(ScoredColumns { places: self.scale, points, unscored, way: Way::Plain(dense) });
        }
        let general::Told { points, unscored, general } = general::tell(self, columns, asked)?;
        let way = Way::General(Box::new(general));
        Ok(ScoredColumns { places: self.scale, points, unscored, way })
    }
}

/// Whether nothing is asked that plain rules, as tables, do not know.
const fn is_plain(asked: &Question<'_>) -> bool {
    asked.organisation.is_none()
        && asked.records.is_empty()
        && asked.period.is_none()
        && asked.as_of.is_none()
        && asked.complete_from.is_none()
        && asked.known_on.is_none()
}
