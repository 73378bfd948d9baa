//! Any bytes are records and refusals: every row is one of the two, in whatever pieces the bytes arrive, and the same
//! whether it is borrowed or owned.
#![no_main]

use ducha_core::Record;
use ducha_fuzz::LANGS;
use ducha_intake::{Encoding, Format, OpenError, Options, Placed, Records};
use libfuzzer_sys::fuzz_target;
use std::io::Read;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Csv, Format::JsonLines] {
        for encoding in [Encoding::Auto, Encoding::Utf8, Encoding::Gb18030] {
            for row_limit in [64 * 1024, 40] {
                let options = Options { encoding, row_limit };
                let whole = rows(bytes, format, options, Way::Records);
                let in_pieces = rows(Pieces { rest: bytes, length: 1 }, format, options, Way::Records);
                assert_eq!(whole, in_pieces, "{format:?} {options:?}");
                let borrowed = rows(bytes, format, options, Way::Rows);
                assert_eq!(whole, borrowed, "{format:?} {options:?}, borrowed");
                let by_turns = rows(Pieces { rest: bytes, length: 1 }, format, options, Way::ByTurns);
                assert_eq!(whole, by_turns, "{format:?} {options:?}, by turns");
            }
        }
    }
});

/// How the rows are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Records,
    Rows,
    ByTurns,
}

/// What came of a file: each row's line, and the record or what was said about it.
fn rows(source: impl Read, format: Format, options: Options, way: Way) -> Vec<(u64, Result<Record, String>)> {
    let mut records = match Records::open(source, format, options) {
        Ok(records) => records,
        Err(OpenError::Heading(refusals)) => {
            assert!(!refusals.is_empty(), "a heading is refused for a reason");
            return refusals.iter().map(|r| (r.line, Err(LANGS.map(|lang| r.text(lang)).concat()))).collect();
        }
        Err(error) => panic!("a slice does not fail: {error}"),
    };
    let mut rows = Vec::new();
    let (mut read, mut refused) = (0, 0);
    loop {
        let owned = way == Way::Records || (way == Way::ByTurns && rows.len() % 2 == 1);
        let row = if owned {
            records.next()
        } else {
            records.next_row().map(|row| {
                row.map(|Placed { line, value }| {
                    let value = value.into_record().expect("a row holds identifiers");
                    Placed { line, value }
                })
            })
        };
        let Some(row) = row else { break };
        match row {
            Ok(placed) => {
                read += 1;
                rows.push((placed.line, Ok(placed.value)));
            }
            Err(refusal) => {
                refused += 1;
                rows.push((refusal.line, Err(LANGS.map(|lang| refusal.text(lang)).concat())));
            }
        }
    }
    let account = records.account();
    assert_eq!((account.read, account.refused, account.rows), (read, refused, read + refused));
    assert!(!account.interrupted);
    assert!(rows.windows(2).all(|pair| pair[0].0 <= pair[1].0), "rows come in the order of the file");
    rows
}

/// Hands out few bytes at a time, as a pipe may.
struct Pieces<'a> {
    rest: &'a [u8],
    length: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.length.min(buffer.len()).min(self.rest.len());
        let (now, later) = self.rest.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.rest = later;
        Ok(length)
    }
}
