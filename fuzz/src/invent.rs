//! Records out of a fuzzer's bytes, in the words of a rulebook, so that most of them get past the door.

use crate::books::Shelf;
use chrono::{Days, NaiveDate, NaiveTime};
use ducha_core::record::{Commendation, Fact, Finding, Inspection, Measurement, Rating, standard_fact};
use ducha_core::{
    Amount, AwardId, ClauseId, FactId, Id, InspectionId, LevelId, Matter, Period, Points, Record, RecordId,
    SourceId, SubjectId, exact,
};
use ducha_rulebook::annex::price::Price;

/// Numbers worth trying: the ordinary, the forbidden, and those at the end of what a decimal holds.
const NUMBERS: [&str; 20] = [
    "1",
    "2",
    "3",
    "0.5",
    "10",
    "5",
    "80",
    "89.5",
    "90",
    "100",
    "0",
    "-1",
    "0.1",
    "12",
    "0.333",
    "6",
    "1000000",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "-79228162514264337593543950335",
];

/// The longest month of records that is invented.
const MOST_ROWS: usize = 16;

/// Numbers of things found, as inspectors write them.
const COUNTS: [&str; 6] = ["1", "2", "3", "5", "12", "0.5"];

/// A fuzzer's bytes, taken one by one; zeros when there are no more.
pub struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// All of them.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// One of these, if there are any.
    pub fn one<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        let place = usize::from(self.byte());
        of.get(place.checked_rem(of.len())?)
    }

    fn sometimes<T>(&mut self, make: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.byte() % 4 == 1 { make(self) } else { None }
    }

    /// As a price asks for it, or (in one of eight) as chance has it.
    fn mostly<T>(&mut self, asked: impl FnOnce(&mut Self) -> T, chance: impl FnOnce(&mut Self) -> T) -> T {
        if self.byte() % 8 == 7 { chance(self) } else { asked(self) }
    }

    fn amount<K>(&mut self) -> Option<Amount<K>> {
        self.number(&NUMBERS)
    }

    fn number<K>(&mut self, of: &[&str]) -> Option<Amount<K>> {
        self.one(of).and_then(|text| exact::parse(text).ok()).map(Amount::new)
    }

    fn id<K>(&mut self, of: &[Id<K>]) -> Id<K> {
        let unknown = || Id::new("unknown").expect("an id");
        if self.byte() == 255 { unknown() } else { self.one(of).cloned().unwrap_or_else(unknown) }
    }
}

/// The words that records of a shelf may use.
pub struct Words {
    first_day: NaiveDate,
    subjects: Vec<SubjectId>,
    clauses: Vec<ClauseId>,
    /// What each of them costs.
    prices: Vec<Price>,
    levels: Vec<LevelId>,
    sources: Vec<SourceId>,
    facts: Vec<FactId>,
    awards: Vec<AwardId>,
    inspections: Vec<InspectionId>,
    records: Vec<RecordId>,
}

fn ids<K>(texts: impl IntoIterator<Item = impl Into<String>>) -> Vec<Id<K>> {
    texts.into_iter().map(|text| Id::new(text).expect("an id")).collect()
}

impl Words {
    /// The words of the shelf's rulebooks and organisation.
    pub fn of(shelf: &Shelf) -> Self {
        let annexes = || shelf.books.iter().map(ducha_rulebook::Rulebook::annex);
        let levels = |price: &Price| match price {
            Price::Severity { levels, .. } => levels.iter().map(|level| level.id.clone()).collect(),
            _ => Vec::new(),
        };
        Self {
            first_day: shelf.books.iter().map(ducha_rulebook::Rulebook::from).min().unwrap_or_default(),
            subjects: match &shelf.organisation {
                Some(organisation) => organisation.subjects().map(|s| s.id.clone()).collect(),
                None => ids(["a", "b", "c"]),
            },
            clauses: annexes().flat_map(|a| a.clause.iter().map(|c| c.id.clone())).collect(),
            prices: annexes().flat_map(|a| a.clause.iter().map(|c| c.price.clone())).collect(),
            levels: annexes()
                .flat_map(|a| {
                    let of_awards =
                        a.award.iter().flat_map(|w| w.levels.iter().map(|level| level.id.clone()));
                    of_awards.chain(a.clause.iter().flat_map(|c| levels(&c.price)))
                })
                .collect(),
            sources: annexes().flat_map(|a| a.source.iter().map(|s| s.id.clone())).collect(),
            facts: annexes()
                .flat_map(|a| a.fact.iter().map(|f| f.id.clone()))
                .chain(ids(standard_fact::ALL.iter().copied()))
                .collect(),
            awards: annexes().flat_map(|a| a.award.iter().map(|w| w.id.clone())).collect(),
            inspections: ids(["I1", "I2", "I3"]),
            records: ids((0..MOST_ROWS).map(|number| format!("R{number}"))),
        }
    }

    /// Any day: mostly within three years of the rulebook's beginning, now and then at the end of time.
    pub fn day(&self, bytes: &mut Bytes<'_>) -> NaiveDate {
        let far = [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::default()];
        match bytes.byte() {
            255 => bytes.one(&far).copied().unwrap_or_default(),
            high @ 200.. => self.later(u64::from(high - 200) * 20),
            low => self.later(u64::from(low)),
        }
    }

    fn later(&self, days: u64) -> NaiveDate {
        self.first_day.checked_add_days(Days::new(days)).unwrap_or_default()
    }

    /// A day, or none.
    pub fn maybe_day(&self, bytes: &mut Bytes<'_>) -> Option<NaiveDate> {
        bytes.sometimes(|bytes| Some(self.day(bytes)))
    }

    /// A period, or none; at most ten years, which is as long as an office would ask for.
    pub fn maybe_period(&self, bytes: &mut Bytes<'_>) -> Option<Period> {
        bytes.sometimes(|bytes| {
            let from = self.day(bytes);
            let length =
                Days::new(bytes.mostly(|b| u64::from(b.byte() % 8) * 31, |b| u64::from(b.byte()) * 14) + 1);
            Period::new(from, from.checked_add_days(length)?)
        })
    }

    /// As many records as the bytes are good for; most of them of one subject, one clause and a few weeks, so that
    /// something adds up.
    pub fn records(&self, bytes: &mut Bytes<'_>) -> Vec<Record> {
        let mut records = Vec::new();
        let bent = Bent {
            subject: bytes.id(&self.subjects),
            clause: usize::from(bytes.byte()),
            day: self.day(bytes),
        };
        while !bytes.0.is_empty() && records.len() < MOST_ROWS {
            let again = if bytes.byte() == 255 { bytes.one(&records).cloned() } else { None };
            let record = again.unwrap_or_else(|| self.record(records.len(), &bent, bytes));
            records.push(record);
        }
        records
    }

    fn record(&self, number: usize, bent: &Bent, bytes: &mut Bytes<'_>) -> Record {
        let fresh = self.records.get(number).or(self.records.first()).expect("there are some").clone();
        let id = if bytes.byte() >= 250 { bytes.id(&self.records) } else { fresh };
        let matter = self.matter(bent, bytes);
        let revokes = match matter {
            Matter::Revocation => Some(bytes.id(&self.records)),
            _ => None,
        };
        Record {
            id,
            subject: bytes.mostly(|_| bent.subject.clone(), |b| b.id(&self.subjects)),
            occurred_on: bytes.mostly(
                |b| bent.day.checked_add_days(Days::new(u64::from(b.byte() % 32))).unwrap_or(bent.day),
                |b| self.day(b),
            ),
            occurred_at: bytes.sometimes(|b| NaiveTime::from_hms_opt(u32::from(b.byte() % 24), 0, 0)),
            recorded_on: self.maybe_day(bytes),
            revokes,
            supersedes: if bytes.byte() >= 240 { Some(bytes.id(&self.records)) } else { None },
            note: None,
            evidence: Vec::new(),
            matter,
        }
    }

    fn clause(&self, bent: &Bent, bytes: &mut Bytes<'_>) -> usize {
        bytes
            .mostly(|_| bent.clause, |b| usize::from(b.byte()))
            .checked_rem(self.clauses.len())
            .unwrap_or_default()
    }

    fn clause_id(&self, place: usize) -> ClauseId {
        self.clauses.get(place).cloned().unwrap_or_else(|| Id::new("unknown").expect("an id"))
    }

    fn matter(&self, bent: &Bent, bytes: &mut Bytes<'_>) -> Matter {
        match bytes.byte() % 16 {
            0..=7 => Matter::Finding(self.finding(bent, bytes)),
            8 => Matter::Measurement(Measurement {
                clause: self.clause_id(self.clause(bent, bytes)),
                value: bytes.sometimes(Bytes::amount),
                numerator: bytes.amount(),
                denominator: bytes.amount(),
                source: bytes.sometimes(|b| Some(b.id(&self.sources))),
            }),
            9 => Matter::Rating(Rating {
                source: bytes.id(&self.sources),
                score: bytes.amount().unwrap_or_default(),
                section: None,
                line: None,
            }),
            10 => Matter::Inspection(Inspection {
                inspection: bytes.id(&self.inspections),
                method: None,
                inspector: None,
                source: None,
                not_applicable: bytes.sometimes(|b| Some(vec![b.id(&self.clauses)])).unwrap_or_default(),
                weight: bytes.sometimes(Bytes::amount),
            }),
            11 => Matter::Commendation(Commendation {
                award: bytes.id(&self.awards),
                level: bytes.sometimes(|b| b.one(&self.levels).cloned()),
                quantity: bytes.sometimes(Bytes::amount),
                points: bytes.sometimes(Bytes::amount),
                source: bytes.sometimes(|b| b.one(&self.sources).cloned()),
            }),
            12..=14 => Matter::Fact(Fact {
                fact: bytes.id(&self.facts),
                refers_to: bytes.sometimes(|b| Some(b.id(&self.records))),
                value: bytes.sometimes(Bytes::amount),
                other: bytes.sometimes(|b| Some(b.id(&self.subjects))),
                due_on: self.maybe_day(bytes),
            }),
            _ => Matter::Revocation,
        }
    }

    fn finding(&self, bent: &Bent, bytes: &mut Bytes<'_>) -> Finding {
        let place = self.clause(bent, bytes);
        let asked = self.prices.get(place).map(asked_by).unwrap_or_default();
        Finding {
            clause: if bytes.byte() == 255 { None } else { Some(self.clause_id(place)) },
            quantity: bytes.mostly(
                |b| if asked.quantity { b.number(&COUNTS) } else { None },
                |b| b.sometimes(Bytes::amount),
            ),
            points: bytes.mostly(|b| b.one(&asked.points).copied(), |b| b.sometimes(Bytes::amount)),
            money: bytes.sometimes(Bytes::amount),
            severity: bytes.mostly(|b| b.one(&asked.levels).cloned(), |b| b.one(&self.levels).cloned()),
            reason: None,
            place: None,
            inspection: bytes.sometimes(|b| Some(b.id(&self.inspections))),
            inspector: None,
            method: None,
            source: bytes.mostly(|b| b.one(&asked.sources).cloned(), |b| b.one(&self.sources).cloned()),
            corrected_on: self.maybe_day(bytes),
            decided_on: self.maybe_day(bytes),
        }
    }
}

/// What most records of an input have in common.
struct Bent {
    subject: SubjectId,
    clause: usize,
    day: NaiveDate,
}

/// What a price asks of a finding.
#[derive(Default)]
struct Asked {
    quantity: bool,
    points: Vec<Points>,
    levels: Vec<LevelId>,
    sources: Vec<SourceId>,
}

fn asked_by(price: &Price) -> Asked {
    let nothing = Asked::default();
    match price {
        Price::PerUnit { .. } | Price::Count { .. } => Asked { quantity: true, ..nothing },
        Price::Range { min, max, per_quantity, .. } => {
            Asked { points: vec![*max, *min], quantity: *per_quantity, ..nothing }
        }
        Price::Severity { levels, per_quantity } => Asked {
            levels: levels.iter().rev().map(|level| level.id.clone()).collect(),
            quantity: *per_quantity,
            ..nothing
        },
        Price::BySource { prices } => {
            Asked { sources: prices.iter().map(|of| of.source.clone()).collect(), ..nothing }
        }
        _ => nothing,
    }
}
