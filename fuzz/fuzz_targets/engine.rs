//! The compiled engine says what the reference evaluator says, on every field: over generated rulebooks of all kinds in one
//! version or two, and over every rulebook of the repository with records in its own words.
#![no_main]

use arbitrary::Arbitrary;
use ducha_fuzz::books::{Shelf, shelves};
use ducha_fuzz::depth::Depth;
use ducha_fuzz::invent::{Bytes, Words};

use ducha_scoring::engine::{Question, Scorer};
use ducha_scoring::{Request, assess};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use worlds::{Without, World};

mod worlds;

/// A world to be generated, or records for a rulebook that there is.
#[derive(Debug, Arbitrary)]
enum Case<'a> {
    Generated { rules: &'a [u8], rows: Vec<[u8; 16]>, frame: [u8; 16] },
    Shipped(&'a [u8]),
}

/// How many rows a generated world has at most: the reference asks each question of all of them.
const MOST_ROWS: usize = 24;

static REACHED: Depth<4> = Depth::of(["generated", "entries", "tiers", "consequences"]);

fn shipped() -> &'static [(Shelf, Words, Scorer)] {
    static SHIPPED: OnceLock<Vec<(Shelf, Words, Scorer)>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let compiled = |shelf: Shelf| {
            let words = Words::of(&shelf);
            let scorer = Scorer::compile(&shelf.books).expect("a rulebook of the repository compiles");
            (shelf, words, scorer)
        };
        shelves().into_iter().map(compiled).collect()
    })
}

fuzz_target!(|case: Case<'_>| match case {
    Case::Generated { rules, mut rows, frame } => {
        rows.truncate(MOST_ROWS);
        let Some(world) = World::of(rules, &rows, &frame, Without::default()) else { return };
        let scorer = Scorer::compile(&world.books).expect("a generated rulebook compiles");
        REACHED.count([true, false, false, false]);
        same(&scorer, &world.request(), &format!("{world:?}"));
    }
    Case::Shipped(bytes) => {
        let mut bytes = Bytes::new(bytes);
        let Some((shelf, words, scorer)) = bytes.one(shipped()) else { return };
        let (period, as_of) = (words.maybe_period(&mut bytes), words.maybe_day(&mut bytes));
        let (complete_from, known_on) = (words.maybe_day(&mut bytes), words.maybe_day(&mut bytes));
        let records = words.records(&mut bytes);
        let mut request = Request::new(&shelf.books, &records);
        request.organisation = shelf.organisation.as_ref();
        (request.period, request.as_of) = (period, as_of);
        (request.complete_from, request.known_on) = (complete_from, known_on);
        same(scorer, &request, &shelf.name);
    }
});

/// Holds the numbers of the two against each other, then the trees.
fn same(scorer: &Scorer, request: &Request<'_>, of: &str) {
    // What 64 bits do not hold is no number of the engine's; it says so.
    let Ok(scored) = scorer.assess(&Question::from(request)) else { return };
    let mut said = assess(request);
    said.engine.name = "compiled".into();
    REACHED.count([
        false,
        !said.entries.is_empty(),
        !said.standings.is_empty(),
        !said.consequences.is_empty(),
    ]);
    let (ours, theirs) = (scored.numbers(), said.clone().numbers());
    assert_eq!(ours.account, theirs.account, "{of}");
    assert_eq!(ours.entries, theirs.entries, "{of}");
    assert_eq!(ours.tallies, theirs.tallies, "{of}");
    assert_eq!(ours.indexes, theirs.indexes, "{of}");
    assert_eq!(ours.standings, theirs.standings, "{of}");
    assert_eq!(ours.rankings, theirs.rankings, "{of}");
    assert_eq!(ours.consequences, theirs.consequences, "{of}");
    assert_eq!(ours, theirs, "{of}");
    match scored.assessment() {
        Ok(explained) => assert!(explained == said, "the trees differ in {of}"),
        Err(error) => panic!("{error} in {of}"),
    }
}
