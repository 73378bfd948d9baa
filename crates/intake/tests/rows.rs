//! Rows with borrowed texts and the records of the iterator are one reading: for every input, row by row.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by failing"
)]

use ducha_core::{FindingRow, Record, Row};
use ducha_intake::{Account, Encoding, Format, Options, Placed, Records, Refusal};
use proptest::collection::vec;
use proptest::prelude::*;
use std::io::Read;

type Item = Result<Placed<Record>, Refusal>;

/// What came of a file.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    items: Vec<Item>,
    account: Account,
    encoding: Encoding,
    bytes: u64,
}

fn told(records: &Records<impl Read>, items: Vec<Item>) -> Told {
    Told { items, account: records.account(), encoding: records.encoding(), bytes: records.bytes_read() }
}

fn by_records(source: impl Read, format: Format, options: Options) -> Option<Told> {
    let mut records = Records::open(source, format, options).ok()?;
    let items = records.by_ref().collect();
    Some(told(&records, items))
}

/// The same through rows, and how many of them were borrowed. Of each group of rows, `every` long, the last goes through
/// the iterator.
fn by_rows(source: impl Read, format: Format, options: Options, every: usize) -> Option<(Told, usize)> {
    let mut records = Records::open(source, format, options).ok()?;
    let (mut items, mut borrowed) = (Vec::new(), 0);
    loop {
        if (items.len() + 1) % every == 0 {
            let Some(item) = records.next() else { break };
            items.push(item);
            continue;
        }
        let Some(item) = records.next_row() else { break };
        items.push(match item {
            Ok(Placed { line, value }) => {
                borrowed += usize::from(matches!(value, Row::Finding(_)));
                Ok(Placed { line, value: value.into_record().unwrap() })
            }
            Err(refusal) => Err(refusal),
        });
    }
    assert!(records.next_row().is_none(), "an end is an end");
    Some((told(&records, items), borrowed))
}

/// Hands out one byte at a time, as a pipe may.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
        buffer[0] = *first;
        self.0 = rest;
        Ok(1)
    }
}

/// Both ways tell the same, in every encoding, with long rows and short ones, from a whole file or drop by drop.
fn assert_same(bytes: &[u8], format: Format) {
    let long = 64 * 1024;
    for (encoding, row_limit) in
        [(Encoding::Auto, long), (Encoding::Auto, 60), (Encoding::Utf8, long), (Encoding::Gb18030, long)]
    {
        let options = Options { encoding, row_limit };
        let expected = by_records(bytes, format, options);
        if let Some(told) = &expected {
            assert_eq!(told.bytes, u64::try_from(bytes.len()).unwrap());
        }
        let shown = String::from_utf8_lossy(bytes);
        for every in [usize::MAX, 2] {
            let rows = by_rows(bytes, format, options, every).map(|(told, _)| told);
            assert_eq!(rows, expected, "{options:?} {shown}");
        }
        let drops = by_rows(Drops(bytes), format, options, usize::MAX).map(|(told, _)| told);
        assert_eq!(drops, expected, "{options:?} drop by drop: {shown}");
    }
}

const MONTH: &[u8] = include_bytes!("../../../examples/campus/findings-2026-10.csv");

const FULL: &str = "id,type,subject,date,time,recorded,clause,count,points,money,severity,reason,place,inspection_id,\
    inspector,method,source,corrected,decided,revokes,supersedes,note,value\n\
    R-1,finding,canteen-1,2026-10-03,9:05,2026/10/4,CT-07,2,2.50,+30,grave,\"twice, in a week\", 3号窗口 ,I-1,insp-02,自查,\
    office,2026.10.5,2026-10-06,R-0,R-00,\"备注\",\n\
    R-2,,canteen-1,2026-10-03,,,CT-07,,,,,,,,,spot_check,,,,,,,\r\n\
    \"R-3\",\"\",\"canteen-1\",\"2026-10-03\",\"09:05:30\",,CT-07,\"-3\",,,,\"  \",\u{3000}x,,,,,,,,,é,";

const LINES: &str = r#"{"id":"R-1","subject":"canteen-1","occurred_on":"2026-10-03","occurred_at":"09:05:00","clause":"CT-07","quantity":2,"method":"spot_check","note":""}
{ "id" : "R-2", "type": "finding", "subject":"dorm-b" ,"occurred_on":"2026-10-03","recorded_on":"2026-10-04","clause":"DM-11","points":"2.5","money":-12.5,"reason":" 地面 ","place":"3号","source":null,"severity":"" }
{"id":"R-3","type":"fact","subject":"canteen-1","occurred_on":"2026-10-20","fact":"rectified","refers_to":"R-1"}
"#;

#[test]
fn plain_rows_are_borrowed_and_mean_what_they_say() {
    let (told, borrowed) = by_rows(FULL.as_bytes(), Format::Csv, Options::default(), usize::MAX).unwrap();
    // The first row beyond ASCII settles the encoding, so it is not borrowed yet.
    assert_eq!((told.items.len(), borrowed), (3, 2));
    let utf8 = Options { encoding: Encoding::Utf8, ..Options::default() };
    let mut records = Records::csv(FULL.as_bytes(), utf8).unwrap();
    let Row::Finding(row) = records.next_row().unwrap().unwrap().value else { panic!("not borrowed") };
    assert_eq!((row.id, row.subject, row.clause), ("R-1", "canteen-1", "CT-07"));
    assert_eq!((row.reason, row.place, row.note), (Some("twice, in a week"), Some("3号窗口"), Some("备注")));
    assert_eq!(row.points.unwrap().to_string(), "2.5");
    let owned = by_records(FULL.as_bytes(), Format::Csv, utf8).unwrap();
    let record = &owned.items[0].as_ref().unwrap().value;
    assert_eq!(FindingRow::of(record).unwrap().to_record().unwrap(), *record);
    assert_same(FULL.as_bytes(), Format::Csv);
}

#[test]
fn plain_lines_are_borrowed_and_mean_what_they_say() {
    let options = Options { encoding: Encoding::Utf8, ..Options::default() };
    let (told, borrowed) = by_rows(LINES.as_bytes(), Format::JsonLines, options, usize::MAX).unwrap();
    assert_eq!((told.items.len(), told.account.read, borrowed), (3, 3, 2));
    assert_same(LINES.as_bytes(), Format::JsonLines);
}

#[test]
fn the_examples_are_read_alike() {
    assert_same(MONTH, Format::Csv);
    let text = String::from_utf8(MONTH.to_vec()).unwrap();
    let (gb, ..) = encoding_rs::GB18030.encode(&text);
    assert_same(&gb, Format::Csv);
    assert_same(text.replace('\n', "\r\n").as_bytes(), Format::Csv);
    assert_same(text.replace('\n', "\r").as_bytes(), Format::Csv);
    assert_same(format!("\u{feff}{text}").as_bytes(), Format::Csv);
}

/// Rows that lie across the end of what is held at a time, between texts that are no UTF-8.
#[test]
fn a_file_larger_than_the_window_is_read_alike() {
    let mut bytes = b"id,subject,date,clause,note\n".to_vec();
    for row in 0_u32..12_000 {
        let note = match row % 1_000 {
            0 => b"\xff".as_slice(),
            1 => b"\"two\nlines\"",
            _ => "备注".as_bytes(),
        };
        bytes.extend_from_slice(format!("R-{row},canteen,2026-10-{:02},CT-07,", row % 28 + 1).as_bytes());
        bytes.extend_from_slice(note);
        bytes.push(b'\n');
    }
    let options = Options::default();
    let expected = by_records(&bytes[..], Format::Csv, options).unwrap();
    let (told, borrowed) = by_rows(&bytes[..], Format::Csv, options, usize::MAX).unwrap();
    assert_eq!(told, expected);
    assert_eq!((told.account.read, told.account.refused), (11_988, 12));
    // Behind a byte that is no UTF-8, what is held already is read the long way.
    assert!((1_000..12_000).contains(&borrowed), "{borrowed}");
}

/// What clerks' keyboards and programs make of a good file, one slip at a place.
fn slip() -> impl Strategy<Value = Vec<u8>> {
    let text = prop::sample::select(vec![
        "",
        " ",
        "\u{3000}",
        "\t",
        ",",
        ";",
        "\"",
        "\"\"",
        "\n",
        "\r",
        "\r\n",
        "\\",
        "\0",
        "\u{7f}",
        "２",
        "：",
        "é",
        "一",
        "-",
        "0",
        "00",
        ".",
        "+",
        "e3",
        "{",
        "}",
        "null",
        "true",
        ",,",
        "2026-02-30",
        "20261003",
        "2026年10月3日",
        "食堂",
        "\u{feff}",
        "finding",
        "检查",
        "24:00",
        "照片:a",
        "\"clause\":\"X\",",
        "\\u0041",
        "123456789012345678901234567890",
    ]);
    prop_oneof![
        6 => text.prop_map(|text| text.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..3),
        1 => (100_usize..140).prop_map(|length| vec![b'x'; length]),
    ]
}

/// A good file in which some bytes are replaced by slips.
fn spoilt(good: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    vec((any::<prop::sample::Index>(), 0_usize..4, slip()), 0..4).prop_map(move |slips| {
        let mut bytes = good.clone();
        for (place, length, slip) in slips {
            let from = place.index(bytes.len());
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, slip);
        }
        bytes
    })
}

fn heading_and_rows(delimiter: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let id = "[!-~&&[^,;\"]]{1,9}";
    let day = prop_oneof!["2026-1[0-2]-[0-3][0-9]", "2026[-/.][1-9][-/.][1-9]"];
    let number = prop_oneof!["", "[0-9]{1,3}", "-?[0-9]{1,2}\\.[0-9]{1,3}", "[0-9]{17,20}"];
    let text = prop_oneof!["", "[ -~&&[^,;\"]]{0,12}", "\"[ -~&&[^\"]]{0,12}\"", "[ 地面é]{0,6}"];
    let time = prop_oneof!["", "[0-9]{1,2}:[0-5][0-9]", "09:05:[0-6][0-9]"];
    vec((id, id, day, id, number, text, time), 1..6).prop_map(move |rows| {
        let rows: Vec<_> =
            rows.into_iter().map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g].join(delimiter)).collect();
        let heading = ["编号", "对象", "日期", "条款", "扣分", "备注", "时间"].join(delimiter);
        format!("{heading}\n{}\n", rows.join("\n")).into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn spoilt_examples_are_read_alike(bytes in spoilt(FULL.into()), month in spoilt(MONTH[..2_000].to_vec())) {
        assert_same(&bytes, Format::Csv);
        assert_same(&month, Format::Csv);
    }

    #[test]
    fn spoilt_lines_are_read_alike(bytes in spoilt(LINES.into())) {
        assert_same(&bytes, Format::JsonLines);
    }

    #[test]
    fn rows_under_a_heading_are_read_alike(bytes in prop::sample::select(&[",", ";", "\t"][..]).prop_flat_map(heading_and_rows).prop_flat_map(spoilt)) {
        assert_same(&bytes, Format::Csv);
    }

    #[test]
    fn any_bytes_under_a_heading_are_read_alike(bytes in vec(any::<u8>(), 0..200)) {
        assert_same(&[b"id,subject,date,clause,note\n", &bytes[..]].concat(), Format::Csv);
        assert_same(&bytes, Format::JsonLines);
    }
}
