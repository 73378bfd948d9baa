//! From the cells of a row to a record: the one builder for CSV and JSON Lines.

use crate::cell::{Cell, Fault, Fields};
use crate::column::Column;
use crate::day::{read_date, read_time};
use crate::reason::RefusalReason;
use crate::vocabulary::{EVIDENCE_KINDS, RecordType, evidence_kind_of, method_of, nearest, words};
use crate::width::{narrow, shortened};
use chrono::{NaiveDate, NaiveTime};
use ducha_core::record::{
    Commendation, Evidence, Fact, Finding, Inspection, Matter, Measurement, Method, Rating, Record,
};
use ducha_core::{Amount, DecimalError, Id, exact};
use std::borrow::Cow;

/// Significant digits that a binary double keeps of any decimal (`DBL_DIG` of IEC 60559 binary64).
pub(crate) const DOUBLE_DIGITS: usize = 15;

/// How many characters of a value are quoted in a reason.
const QUOTED: usize = 60;

/// Makes the record, or says the first thing that is wrong.
pub(crate) fn build(mut fields: Fields<'_>) -> Result<Record, Fault> {
    let record_type = take_type(&mut fields)?;
    if let Some(column) = fields.columns().find(|column| !column.is_used_in(record_type)) {
        return Err(fault(column, RefusalReason::NotForType { record_type }));
    }
    let row = &mut fields;
    let record = Record {
        id: need(row.id("id")?, "id")?,
        subject: need(row.id("subject")?, "subject")?,
        occurred_on: need(row.date("occurred_on")?, "occurred_on")?,
        occurred_at: row.time("occurred_at")?,
        recorded_on: row.date("recorded_on")?,
        revokes: row.id("revokes")?,
        supersedes: row.id("supersedes")?,
        note: row.text("note")?,
        evidence: row.evidence()?,
        matter: matter(record_type, row)?,
    };
    if record_type == RecordType::Revocation && record.revokes.is_none() {
        return Err(missing("revokes"));
    }
    Ok(record)
}

fn take_type(fields: &mut Fields<'_>) -> Result<RecordType, Fault> {
    let Some((column, cell)) = fields.take("type") else {
        return Ok(RecordType::Finding);
    };
    let written = plain(column, &cell)?;
    if written.trim().is_empty() {
        return Ok(RecordType::Finding);
    }
    RecordType::of_name(&written).ok_or_else(|| {
        let nearest = nearest(&written, RecordType::words());
        fault(column, RefusalReason::UnknownType { text: shortened(&written, QUOTED), nearest })
    })
}

fn matter(record_type: RecordType, row: &mut Fields<'_>) -> Result<Matter, Fault> {
    Ok(match record_type {
        RecordType::Finding => Matter::Finding(finding(row)?),
        RecordType::Measurement => Matter::Measurement(measurement(row)?),
        RecordType::Rating => Matter::Rating(Rating {
            source: need(row.id("source")?, "source")?,
            score: need(row.amount("score")?, "score")?,
            section: row.id("section")?,
            line: row.id("line")?,
        }),
        RecordType::Inspection => Matter::Inspection(Inspection {
            inspection: need(row.id("inspection")?, "inspection")?,
            method: row.method("method")?,
            inspector: row.id("inspector")?,
            source: row.id("source")?,
            not_applicable: row.ids("not_applicable")?,
            weight: row.amount("weight")?,
        }),
        RecordType::Commendation => Matter::Commendation(Commendation {
            award: need(row.id("award")?, "award")?,
            level: row.id("level")?,
            quantity: row.amount("quantity")?,
            points: row.amount("points")?,
            source: row.id("source")?,
        }),
        RecordType::Fact => Matter::Fact(Fact {
            fact: need(row.id("fact")?, "fact")?,
            refers_to: row.id("refers_to")?,
            value: row.amount("value")?,
            other: row.id("other")?,
            due_on: row.date("due_on")?,
        }),
        RecordType::Revocation => Matter::Revocation,
    })
}

fn finding(row: &mut Fields<'_>) -> Result<Finding, Fault> {
    Ok(Finding {
        clause: Some(need(row.id("clause")?, "clause")?),
        quantity: row.amount("quantity")?,
        points: row.amount("points")?,
        money: row.amount("money")?,
        severity: row.id("severity")?,
        reason: row.text("reason")?,
        place: row.text("place")?,
        inspection: row.id("inspection")?,
        inspector: row.id("inspector")?,
        method: row.method("method")?,
        source: row.id("source")?,
        corrected_on: row.date("corrected_on")?,
        decided_on: row.date("decided_on")?,
    })
}

fn measurement(row: &mut Fields<'_>) -> Result<Measurement, Fault> {
    let measured = Measurement {
        clause: need(row.id("clause")?, "clause")?,
        value: row.amount("value")?,
        numerator: row.amount("numerator")?,
        denominator: row.amount("denominator")?,
        source: row.id("source")?,
    };
    match (measured.value, measured.numerator, measured.denominator) {
        (Some(_), None, None) | (None, Some(_), Some(_)) => Ok(measured),
        (None, None, None) => Err(RefusalReason::NoValue.into()),
        (None, None, Some(_)) => Err(missing("numerator")),
        (None, Some(_), None) => Err(missing("denominator")),
        (Some(_), _, _) => Err(RefusalReason::TwoValues.into()),
    }
}

fn need<T>(value: Option<T>, column: &'static str) -> Result<T, Fault> {
    value.ok_or_else(|| missing(column))
}

fn missing(column: &'static str) -> Fault {
    Fault { column: Some(column.to_owned()), reason: RefusalReason::Missing { column } }
}

fn fault(column: &Column, reason: RefusalReason) -> Fault {
    Fault { column: Some(column.key.to_owned()), reason }
}

/// The cell as text, if it is one or a whole number.
fn plain<'c>(column: &Column, cell: &'c Cell<'_>) -> Result<Cow<'c, str>, Fault> {
    match cell {
        Cell::Text(text) => Ok(Cow::Borrowed(text.as_ref())),
        Cell::Number(digits) if digits.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            Ok(Cow::Borrowed(digits))
        }
        other => Err(fault(column, RefusalReason::JsonKind { found: other.json_kind() })),
    }
}

pub(crate) fn read_id<K>(written: &str) -> Result<Id<K>, RefusalReason> {
    Id::new(narrow(written)).map_err(|error| match error {
        ducha_core::IdError::Character(text, c) => {
            RefusalReason::BadId(ducha_core::IdError::Character(shortened(&text, QUOTED), c))
        }
        other => RefusalReason::BadId(other),
    })
}

fn read_amount<U>(written: &str) -> Result<Amount<U>, RefusalReason> {
    let text = narrow(written);
    exact::parse(&text).map(Amount::new).map_err(|error| {
        let text = shortened(&text, QUOTED);
        match error {
            DecimalError::TooLong(_) => RefusalReason::NumberTooLong { text },
            _ => RefusalReason::BadNumber { text },
        }
    })
}

/// Whether a JSON number is a fraction with more digits than a double keeps: then it shows binary rounding, not what was meant.
fn is_rounded_binary(digits: &str) -> bool {
    let Some((whole, part)) = digits.split_once('.') else {
        return false;
    };
    let significant: Vec<u8> =
        whole.bytes().chain(part.trim_end_matches('0').bytes()).filter(u8::is_ascii_digit).collect();
    significant.iter().skip_while(|&&b| b == b'0').count() > DOUBLE_DIGITS
}

fn read_evidence(written: &str) -> Result<Evidence, RefusalReason> {
    let bad = || RefusalReason::BadEvidence { text: shortened(written.trim(), QUOTED) };
    let (kind, reference) = written.split_once([':', '：']).ok_or_else(bad)?;
    evidence_of(kind, reference.trim())
}

fn evidence_of(kind: &str, reference: &str) -> Result<Evidence, RefusalReason> {
    if reference.trim().is_empty() {
        return Err(RefusalReason::BadEvidence { text: shortened(kind.trim(), QUOTED) });
    }
    let kind = evidence_kind_of(kind).ok_or_else(|| RefusalReason::UnknownEvidence {
        text: shortened(kind.trim(), QUOTED),
        nearest: nearest(kind, words(&EVIDENCE_KINDS)),
    })?;
    Ok(Evidence { kind, reference: reference.to_owned() })
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；']).filter(|part| !part.trim().is_empty())
}

impl Fields<'_> {
    /// The value of a column that is read from its text; `None` where the cell is empty.
    fn read<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str) -> Result<T, RefusalReason>,
    ) -> Result<Option<T>, Fault> {
        let Some((column, cell)) = self.take(key) else {
            return Ok(None);
        };
        let written = plain(column, &cell)?;
        if written.trim().is_empty() {
            return Ok(None);
        }
        read(&written).map(Some).map_err(|reason| fault(column, reason))
    }

    fn id<K>(&mut self, key: &'static str) -> Result<Option<Id<K>>, Fault> {
        self.read(key, read_id)
    }

    fn date(&mut self, key: &'static str) -> Result<Option<NaiveDate>, Fault> {
        self.read(key, read_date)
    }

    fn time(&mut self, key: &'static str) -> Result<Option<NaiveTime>, Fault> {
        self.read(key, read_time)
    }

    fn method(&mut self, key: &'static str) -> Result<Option<Method>, Fault> {
        self.read(key, |written| {
            method_of(written).ok_or_else(|| RefusalReason::UnknownMethod {
                text: shortened(written.trim(), QUOTED),
                nearest: nearest(written, words(&Method::NAMES)),
            })
        })
    }

    fn amount<U>(&mut self, key: &'static str) -> Result<Option<Amount<U>>, Fault> {
        if let Some(&Cell::Number(digits)) = self.get(key) {
            let (column, _) = self.take(key).ok_or_else(|| missing(key))?;
            if is_rounded_binary(digits) {
                return Err(fault(column, RefusalReason::FloatNumber { text: shortened(digits, QUOTED) }));
            }
            return read_amount(digits).map(Some).map_err(|reason| fault(column, reason));
        }
        self.read(key, read_amount)
    }

    /// Free text, as it was written; JSON may also say that it is empty.
    fn text(&mut self, key: &'static str) -> Result<Option<String>, Fault> {
        let Some((column, cell)) = self.take(key) else {
            return Ok(None);
        };
        match cell {
            Cell::Text(text) => Ok(Some(text.into_owned())),
            other => plain(column, &other).map(|text| Some(text.into_owned())),
        }
    }

    fn ids<K>(&mut self, key: &'static str) -> Result<Vec<Id<K>>, Fault> {
        let Some((column, cell)) = self.take(key) else {
            return Ok(Vec::new());
        };
        let of_text = |cell: &Cell<'_>| {
            let text = plain(column, cell)?;
            parts(&text).map(|id| read_id(id).map_err(|reason| fault(column, reason))).collect()
        };
        let Cell::List(items) = &cell else {
            return of_text(&cell);
        };
        let mut ids = Vec::with_capacity(items.len());
        for item in items {
            let text = plain(column, item)?;
            ids.push(read_id(&text).map_err(|reason| fault(column, reason))?);
        }
        Ok(ids)
    }

    fn evidence(&mut self) -> Result<Vec<Evidence>, Fault> {
        let Some((column, cell)) = self.take("evidence") else {
            return Ok(Vec::new());
        };
        let items = match cell {
            Cell::List(items) => items,
            Cell::Object(_) => vec![cell],
            other => {
                let text = plain(column, &other)?;
                return parts(&text)
                    .map(|part| read_evidence(part).map_err(|reason| fault(column, reason)))
                    .collect();
            }
        };
        items
            .iter()
            .map(|item| {
                match item {
                    Cell::Object(entries) => evidence_object(entries),
                    Cell::Text(text) => read_evidence(text),
                    other => Err(RefusalReason::JsonKind { found: other.json_kind() }),
                }
                .map_err(|reason| fault(column, reason))
            })
            .collect()
    }
}

fn evidence_object(entries: &[(String, Cell<'_>)]) -> Result<Evidence, RefusalReason> {
    let (mut kind, mut reference) = (None, None);
    for (key, cell) in entries {
        let slot = match key.as_str() {
            "kind" => &mut kind,
            "reference" => &mut reference,
            other => {
                return Err(RefusalReason::UnknownColumn {
                    name: shortened(other, QUOTED),
                    nearest: nearest(other, ["kind", "reference"].into_iter()),
                });
            }
        };
        let Cell::Text(text) = cell else {
            return Err(RefusalReason::JsonKind { found: cell.json_kind() });
        };
        *slot = Some(text.as_ref());
    }
    match (kind, reference) {
        (Some(kind), Some(reference)) => evidence_of(kind, reference),
        (one, other) => {
            let text = one.or(other).map(|text| shortened(text, QUOTED)).unwrap_or_default();
            Err(RefusalReason::BadEvidence { text })
        }
    }
}
