//! What holds for every input.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by failing"
)]

use chrono::{NaiveDate, NaiveTime};
use ducha_core::record::{
    Commendation, Evidence, EvidenceKind, Fact, Finding, Inspection, Measurement, Rating,
};
use ducha_core::{Amount, Id, Matter, Method, Record};
use ducha_intake::{
    Account, EVIDENCE_KINDS, Encoding, Format, Options, OrganisationFormat, RecordType, Records, columns,
    read_organisation,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

fn id<K: 'static>() -> BoxedStrategy<Id<K>> {
    "[!-~]{1,12}".prop_map(|text| Id::new(text).unwrap()).boxed()
}

fn amount<U: 'static>() -> BoxedStrategy<Amount<U>> {
    (any::<i64>(), 0_u32..8).prop_map(|(n, scale)| Amount::new(Decimal::new(n, scale))).boxed()
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0_i32..=9999, 1_u32..=366).prop_filter_map("a day", |(year, day)| NaiveDate::from_yo_opt(year, day))
}

fn time() -> impl Strategy<Value = NaiveTime> {
    (0_u32..86_400, 0_u32..1_000_000_000)
        .prop_map(|(s, n)| NaiveTime::from_num_seconds_from_midnight_opt(s, n).unwrap())
}

fn method() -> impl Strategy<Value = Method> {
    (0..Method::NAMES.len()).prop_map(|i| Method::NAMES[i].0)
}

fn kind() -> impl Strategy<Value = EvidenceKind> {
    (0..EVIDENCE_KINDS.len()).prop_map(|i| EVIDENCE_KINDS[i].0)
}

fn matter() -> impl Strategy<Value = Matter> {
    let sums = (of(amount()), of(amount()), of(amount()));
    let texts = (of(id()), of(any::<String>()), of(any::<String>()));
    let who = (of(id()), of(id()), of(method()), of(id()), of(date()), of(date()));
    let finding = (id(), sums, texts, who).prop_map(|(clause, sums, texts, who)| {
        Matter::Finding(Finding {
            clause: Some(clause),
            quantity: sums.0,
            points: sums.1,
            money: sums.2,
            severity: texts.0,
            reason: texts.1,
            place: texts.2,
            inspection: who.0,
            inspector: who.1,
            method: who.2,
            source: who.3,
            corrected_on: who.4,
            decided_on: who.5,
        })
    });
    let measured = prop_oneof![
        amount().prop_map(|value| (Some(value), None, None)),
        (amount(), amount()).prop_map(|(n, d)| (None, Some(n), Some(d))),
    ];
    let measurement =
        (id(), measured, of(id())).prop_map(|(clause, (value, numerator, denominator), source)| {
            Matter::Measurement(Measurement { clause, value, numerator, denominator, source })
        });
    let rating = (id(), amount(), of(id()), of(id()))
        .prop_map(|(source, score, section, line)| Matter::Rating(Rating { source, score, section, line }));
    let inspection = (id(), of(method()), of(id()), of(id()), vec(id(), 0..3), of(amount())).prop_map(
        |(inspection, method, inspector, source, not_applicable, weight)| {
            Matter::Inspection(Inspection { inspection, method, inspector, source, not_applicable, weight })
        },
    );
    let commendation = (id(), of(id()), of(amount()), of(amount()), of(id())).prop_map(
        |(award, level, quantity, points, source)| {
            Matter::Commendation(Commendation { award, level, quantity, points, source })
        },
    );
    let fact = (id(), of(id()), of(amount()), of(id()), of(date())).prop_map(
        |(fact, refers_to, value, other, due_on)| {
            Matter::Fact(Fact { fact, refers_to, value, other, due_on })
        },
    );
    prop_oneof![finding, measurement, rating, inspection, commendation, fact, Just(Matter::Revocation)]
}

fn record() -> impl Strategy<Value = Record> {
    let evidence = vec(
        (kind(), any::<String>().prop_filter("a reference", |text| !text.trim().is_empty()))
            .prop_map(|(kind, reference)| Evidence { kind, reference }),
        0..3,
    );
    let days = (date(), of(time()), of(date()));
    let links = (id(), of(id()), of(id()), of(any::<String>()));
    (id(), id(), days, links, evidence, matter()).prop_map(|(id, subject, days, links, evidence, matter)| {
        let must_revoke = matches!(matter, Matter::Revocation);
        Record {
            id,
            subject,
            occurred_on: days.0,
            occurred_at: days.1,
            recorded_on: days.2,
            revokes: if must_revoke { Some(links.0) } else { links.1 },
            supersedes: links.2,
            note: links.3,
            evidence,
            matter,
        }
    })
}

/// A CSV file with a heading of these columns and one row of texts each.
fn csv_of(rows: &[Vec<String>], heading: &[&str], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(heading).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn account(bytes: &[u8], format: Format, options: Options) -> Option<(Account, u64, u64, Vec<u64>)> {
    let mut records = Records::open(bytes, format, options).ok()?;
    let (mut read, mut refused, mut lines) = (0, 0, Vec::new());
    for row in &mut records {
        match row {
            Ok(placed) => {
                read += 1;
                lines.push(placed.line);
            }
            Err(refusal) => {
                refused += 1;
                assert!(refusal.raw.chars().count() <= 201);
                lines.push(refusal.line);
            }
        }
    }
    Some((records.account(), read, refused, lines))
}

/// Bytes that look enough like rows to come past the heading.
fn nearly_csv() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        vec(any::<u8>(), 0..6),
        "[\"\r\n,;\t]{0,4}".prop_map(String::into_bytes),
        Just(b"R-1,canteen,2026-10-03,CT-07,x\n".to_vec()),
        Just("食堂，照片:a".as_bytes().to_vec()),
    ];
    vec(part, 0..12).prop_map(|parts| {
        let mut bytes = b"id,subject,date,clause,note\n".to_vec();
        bytes.extend(parts.concat());
        bytes
    })
}

fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let keys: Vec<&str> = columns().iter().map(|c| c.key).collect();
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("[[{}],\"a:b\",{\"kind\":\"photo\",\"reference\":\"x\"}]".to_owned()),
        any::<f64>().prop_map(|n| n.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        "[ -~]{0,8}",
    ];
    vec((0..keys.len(), value), 0..8).prop_map(move |entries| {
        let entries: Vec<_> = entries.iter().map(|(i, value)| format!("\"{}\":{value}", keys[*i])).collect();
        format!("{{{}}}\n", entries.join(",")).into_bytes()
    })
}

proptest! {
    #[test]
    fn a_record_written_to_json_lines_is_read_back_equal(records in vec(record(), 1..4)) {
        let text: String = records.iter().map(|r| serde_json::to_string(r).unwrap() + "\n").collect();
        let read: Vec<_> = Records::json_lines(text.as_bytes(), Options { encoding: Encoding::Utf8, ..Options::default() })
            .unwrap()
            .map(|row| row.unwrap().value)
            .collect();
        prop_assert_eq!(read, records);
    }

    #[test]
    fn the_keys_of_a_record_are_the_columns_of_its_type(record in record()) {
        let record_type = RecordType::of(&record.matter).unwrap();
        let serde_json::Value::Object(object) = serde_json::to_value(&record).unwrap() else { panic!() };
        for key in object.keys() {
            let column = columns().iter().find(|column| column.key == key);
            prop_assert!(column.is_some_and(|column| column.is_used_in(record_type)), "{}", key);
        }
        for column in columns().iter().filter(|column| column.is_required_in(record_type)) {
            prop_assert!(object.contains_key(column.key), "{}", column.key);
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in vec(any::<u8>(), 0..400)) {
        for encoding in [Encoding::Auto, Encoding::Utf8, Encoding::Gb18030] {
            for row_limit in [0, 7, 1000] {
                let options = Options { encoding, row_limit };
                account(&bytes, Format::Csv, options);
                account(&bytes, Format::JsonLines, options);
            }
        }
        for format in [OrganisationFormat::Toml, OrganisationFormat::Json, OrganisationFormat::Csv] {
            let _ = read_organisation(&bytes, format);
        }
    }

    #[test]
    fn each_row_is_accounted_for_once_in_the_order_of_lines(csv in nearly_csv(), json in vec(nearly_json(), 0..4), row_limit in 30_usize..200) {
        for (bytes, format) in [(csv, Format::Csv), (json.concat(), Format::JsonLines)] {
            let options = Options { row_limit, ..Options::default() };
            if let Some((account, read, refused, lines)) = account(&bytes, format, options) {
                prop_assert_eq!((account.rows, account.read, account.refused), (read + refused, read, refused));
                prop_assert!(!account.interrupted);
                let distinct: BTreeSet<_> = lines.iter().copied().collect();
                prop_assert_eq!(&lines, &distinct.into_iter().collect::<Vec<_>>());
            }
        }
    }

    /// Where no cell holds a line break, every line is a row of its own: heading, blank, read or refused.
    #[test]
    fn lines_without_quotes_are_rows(rows in vec("[^\r\n\"\u{0}]{0,30}", 0..12)) {
        let text = format!("编号,subject,date,clause,note\n{}\n", rows.join("\n"));
        let (account, ..) = account(text.as_bytes(), Format::Csv, Options::default()).unwrap();
        prop_assert_eq!(account.rows + account.blank, u64::try_from(rows.len().max(1)).unwrap());
    }

    #[test]
    fn csv_in_every_encoding_and_delimiter_gives_equal_records(rows in vec(("R-[0-9]{1,4}", "[a-z]{1,6}", date(), "[\\PC;,\"\r\n]{0,20}"), 1..5), mark in any::<bool>()) {
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            // A character that GB18030 has only in its private part is written back as another.
            .filter(|(.., note)| {
                let (bytes, _, unmappable) = encoding_rs::GB18030.encode(note);
                !unmappable && encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&bytes).as_deref() == Some(note)
            })
            .map(|(id, subject, day, note)| vec![id, subject, day.to_string(), "C-1".to_owned(), note])
            .collect();
        let heading = ["编号", "对象", "日期", "条款", "备注"];
        let read = |bytes: &[u8]| -> Vec<_> { Records::csv(bytes, Options::default()).unwrap().collect() };
        let plain = csv_of(&rows, &heading, b',');
        let expected = read(&plain);
        prop_assert_eq!(expected.len(), rows.len());
        prop_assert!(expected.iter().all(Result::is_ok));
        let text = String::from_utf8(plain.clone()).unwrap();
        let (gb, ..) = encoding_rs::GB18030.encode(&text);
        prop_assert_eq!(read(&gb), expected.clone());
        prop_assert_eq!(read(&csv_of(&rows, &heading, b';')), expected.clone());
        prop_assert_eq!(read(&csv_of(&rows, &heading, b'\t')), expected.clone());
        if mark {
            prop_assert_eq!(read(format!("\u{feff}{text}").as_bytes()), expected);
        }
    }

    #[test]
    fn the_organisation_reader_survives_whatever_stands_for_a_value(value in "[ -~甲\n]{0,20}", key in 0_usize..10) {
        let keys = ["id", "kind", "name", "from", "until", "parent", "leader", "line", "class", "anchor"];
        let toml = format!("[[subject]]\nid = \"a\"\nkind = \"k\"\nname = {{ zh = \"甲\", en = \"A\" }}\n{} = {value}\n", keys[key]);
        if let Err(faults) = read_organisation(toml.as_bytes(), OrganisationFormat::Toml) {
            prop_assert!(!faults.is_empty());
            prop_assert!(faults.iter().all(|fault| fault.line >= 1 && fault.column >= 1));
        }
        let json = format!("{{\"subject\":[{{\"{}\":{value}}}]}}", keys[key]);
        let _ = read_organisation(json.as_bytes(), OrganisationFormat::Json);
    }
}
