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
    /// The line of each of them.
    lines: Vec<u64>,
    /// The rows that could not be read.
    refused: Vec<Refusal>,
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
        let mut read = 0_usize;
        for item in &mut stream {
            match item {
                Ok(Placed { line, value }) => {
                    rows.records.push(value);
                    rows.lines.push(line);
                }
                Err(refusal) => rows.refused.push(refusal),
            }
            read = read.saturating_add(1);
            progress.now(read, || Say::Reading { file: name, rows: read }.text(lang));
        }
        rows.interrupted = stream.account().interrupted;
        Ok(rows)
    }

    /// The account of all rows: those that could not be read stand among the others, each with its line. In the order of
    /// ids and reasons, so that nothing but the lines tells in which order the rows came.
    pub(crate) fn complete(&self, account: &mut Account) {
        for row in &mut account.rows {
            row.line = row.index.take().and_then(|index| self.lines.get(index)).copied();
        }
        account.given = account.given.saturating_add(self.refused.len());
        account.refused = account.refused.saturating_add(self.refused.len());
        account.rows.extend(self.refused.iter().map(|refusal| UnscoredRow {
            index: None,
            id: refusal.id.as_deref().and_then(|id| id.parse::<RecordId>().ok()),
            fate: Fate::Refused,
            reason: Need {
                step: Reason::RowUnreadable,
                args: Args::none().with("code", refusal.reason.code()).with("text", &refusal.message()),
            },
            line: Some(refusal.line),
        }));
        account
            .rows
            .sort_by_cached_key(|row| (row.id.clone(), row.fate, row.reason.text(Lang::En), row.line));
    }
}

/// The rows that were not scored, as they come in the file: so people find them there.
pub(crate) fn in_file_order(account: &Account) -> Vec<&UnscoredRow> {
    let mut rows: Vec<_> = account.rows.iter().collect();
    rows.sort_by_key(|row| row.line);
    rows
}
