//! Any records can be assessed by any rulebook of the repository: every row is accounted for, every number is the value
//! of its own derivation, and the order of the rows changes nothing.
#![no_main]

use ducha_core::Record;
use ducha_fuzz::LANGS;
use ducha_fuzz::books::{Shelf, shelves};
use ducha_fuzz::depth::Depth;
use ducha_fuzz::invent::{Bytes, Words};
use ducha_scoring::assessment::Fate;
use ducha_scoring::{Assessment, Outcome, Request, Restatement, assess, preview};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeSet;
use std::sync::OnceLock;

type Prepared = Vec<(Shelf, Words)>;

/// All shelves, and those of them whose rules lead to consequences.
fn prepared() -> &'static [Prepared; 2] {
    static PREPARED: OnceLock<[Prepared; 2]> = OnceLock::new();
    PREPARED.get_or_init(|| {
        let with_words = |shelf: Shelf| {
            let words = Words::of(&shelf);
            (shelf, words)
        };
        let leads = |shelf: &Shelf| shelf.books.iter().any(|book| !book.annex().consequence.is_empty());
        [
            shelves().into_iter().map(with_words).collect(),
            shelves().into_iter().filter(leads).map(with_words).collect(),
        ]
    })
}

static REACHED: Depth<4> = Depth::of(["entries", "determined tallies", "tiers", "consequences"]);

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Bytes::new(bytes);
    let Some((shelf, words)) = bytes.one(prepared()).and_then(|prepared| bytes.one(prepared)) else { return };
    let (period, as_of) = (words.maybe_period(&mut bytes), words.maybe_day(&mut bytes));
    let (complete_from, known_on) = (words.maybe_day(&mut bytes), words.maybe_day(&mut bytes));
    let records = words.records(&mut bytes);
    let mut request = Request::new(&shelf.books, &records);
    request.organisation = shelf.organisation.as_ref();
    (request.period, request.as_of) = (period, as_of);
    (request.complete_from, request.known_on) = (complete_from, known_on);

    let assessment = assess(&request);
    REACHED.count([
        !assessment.entries.is_empty(),
        assessment.tallies.iter().any(|tally| matches!(tally.value, Outcome::Determined(_))),
        !assessment.standings.is_empty(),
        !assessment.consequences.is_empty(),
    ]);
    accounts_for_every_row(&assessment, &records);
    is_read_off_its_derivations(&assessment);

    let reversed: Vec<Record> = records.iter().rev().cloned().collect();
    let from_behind = assess(&Request { records: &reversed, ..request.clone() });
    let difference = Restatement::between(&assessment, &from_behind);
    assert!(difference.is_empty(), "the order of the rows counts in {}: {difference:#?}", shelf.name);
    assert_eq!(assessment.consequences, from_behind.consequences, "{}", shelf.name);

    if let Some((last, before)) = records.split_last() {
        let _ = preview(&Request { records: before, ..request }, last);
    }
});

fn accounts_for_every_row(assessment: &Assessment, records: &[Record]) {
    let account = &assessment.account;
    let fates = [
        account.scored,
        account.revoked,
        account.superseded,
        account.duplicate,
        account.not_yet_known,
        account.out_of_scope,
        account.refused,
    ];
    assert_eq!(account.given, records.len());
    assert_eq!(account.given, fates.iter().sum::<usize>(), "{account:?}");
    let told: BTreeSet<usize> = account.rows.iter().filter_map(|row| row.index).collect();
    assert_eq!(told.len(), account.rows.len(), "a row has one fate: {account:?}");
    for row in &account.rows {
        assert!(row.index.is_some_and(|index| index < records.len()));
        assert!(LANGS.iter().all(|lang| !row.reason.text(*lang).is_empty()));
        let counts = assessment.entries.iter().any(|entry| Some(&entry.record) == row.id.as_ref());
        assert!(!counts || row.fate == Fate::Duplicate, "a row that is not scored costs: {row:?}");
    }
}

fn is_read_off_its_derivations(assessment: &Assessment) {
    for entry in &assessment.entries {
        assert_eq!(entry.derivation.points(), Some(entry.points), "{entry:?}");
    }
    let tallies = assessment.tallies.iter().map(|tally| (&tally.value, &tally.derivation));
    let indexes = assessment.indexes.iter().map(|index| (&index.value, &index.derivation));
    for (value, derivation) in tallies.chain(indexes) {
        if let Outcome::Determined(points) = value {
            assert_eq!(derivation.points(), Some(*points), "{derivation:?}");
        }
        let _ = LANGS.map(|lang| derivation.text(lang));
    }
    let standings = assessment.standings.iter().map(|standing| &standing.derivation);
    for derivation in standings.chain(assessment.consequences.iter().map(|fired| &fired.derivation)) {
        let _ = LANGS.map(|lang| derivation.text(lang));
    }
}
