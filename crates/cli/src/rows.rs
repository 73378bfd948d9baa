//! The rows of a file of records, and the account of them once they are scored.

use crate::outcome::{Outcome, Step};
use crate::progress::Progress;
use crate::visible;
use crate::words::Say;
use ducha::core::{Lang, Need, Record, RecordId, Step as Reason, message::Args};
use ducha::intake::{Encoding, Format, OpenError, Options, Placed, Records, Refusal};
use ducha::scoring::{
    Account,
    assessment::{Fate, UnscoredRow},
};

/// The rows of a file in their order.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The records that could be read.
    pub(crate) records: Vec<Record>,
    /// For each of them, its position among all rows and its line.
    places: Vec<(usize, u64)>,
    /// The rows that could not be read, each with its position.
    refused: Vec<(usize, Refusal)>,
    /// Whether the source failed before its end.
    pub(crate) interrupted: bool,
}

impl Rows {
    /// Reads all rows of a file.
    pub(crate) fn read(
        name: &str,
        bytes: &[u8],
        encoding: Encoding,
        lang: Lang,
        progress: &Progress,
    ) -> Step<Self> {
        let format = Format::of_file_name(name).unwrap_or(Format::Csv);
        let options = Options { encoding, ..Options::default() };
        let mut stream = Records::open(bytes, format, options).map_err(|error| match error {
            OpenError::Heading(refusals) => Outcome::mistakes(
                refusals
                    .iter()
                    .map(|r| format!("{name}:{}: {}\n", r.line, visible::line(&r.text(lang))))
                    .collect::<String>(),
            ),
            other => Outcome::wrong_use(Say::CannotRead { file: name, why: &other.to_string() }.text(lang)),
        })?;
        let mut rows = Self::default();
        let mut position = 0_usize;
        for item in &mut stream {
            match item {
                Ok(Placed { line, value }) => {
                    rows.records.push(value);
                    rows.places.push((position, line));
                }
                Err(refusal) => rows.refused.push((position, refusal)),
            }
            position = position.saturating_add(1);
            progress.now(position, || Say::Reading { file: name, rows: position }.text(lang));
        }
        rows.interrupted = stream.account().interrupted;
        Ok(rows)
    }

    /// The account of all rows: those that could not be read stand among the others, each with its line.
    pub(crate) fn complete(&self, account: &mut Account) {
        for row in &mut account.rows {
            if let Some((position, line)) = self.places.get(row.index) {
                row.index = *position;
                row.line = Some(*line);
            }
        }
        for (position, refusal) in &self.refused {
            account.given = account.given.saturating_add(1);
            account.refused = account.refused.saturating_add(1);
            account.rows.push(UnscoredRow {
                index: *position,
                id: refusal.id.as_deref().and_then(|id| id.parse::<RecordId>().ok()),
                fate: Fate::Refused,
                reason: Need {
                    step: Reason::RowUnreadable,
                    args: Args::none().with("code", refusal.reason.code()).with("text", &refusal.message()),
                },
                line: Some(refusal.line),
            });
        }
        account.rows.sort_by_key(|row| row.index);
    }
}
