//! What a clerk really sends: each oddity as one claim.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use ducha_core::record::EvidenceKind;
use ducha_core::{Lang, Matter, Method, Record};
use ducha_intake::{Encoding, OpenError, Options, Placed, Records, Refusal};

type Row = Result<Placed<Record>, Refusal>;

fn csv(bytes: impl AsRef<[u8]>) -> Vec<Row> {
    Records::csv(bytes.as_ref(), Options::default()).unwrap().collect()
}

fn json(text: &str) -> Vec<Row> {
    Records::json_lines(text.as_bytes(), Options::default()).unwrap().collect()
}

fn heading_codes(text: impl AsRef<[u8]>) -> Vec<&'static str> {
    match Records::csv(text.as_ref(), Options::default()) {
        Err(OpenError::Heading(refusals)) => refusals.iter().map(|r| r.reason.code()).collect(),
        other => panic!("{other:?}"),
    }
}

fn outcome(rows: &[Row]) -> Vec<(u64, String)> {
    rows.iter()
        .map(|row| match row {
            Ok(placed) => (placed.line, placed.value.id.to_string()),
            Err(refusal) => (refusal.line, refusal.reason.code().to_owned()),
        })
        .collect()
}

fn lines(rows: &[(u64, &str)]) -> Vec<(u64, String)> {
    rows.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
}

const HEAD: &str = "id,subject,date,clause,note\n";

#[test]
fn chinese_and_english_headings_mean_the_same() {
    let chinese = csv(
        "编号,对象,发生日期,条款,扣分,检查方式,地点\nR-1,canteen,2026年10月3日,CT-07,２．５,不定期抽查,3号窗口\n",
    );
    let english = csv(
        "id,subject,occurred_on,clause,points,method,place\nR-1,canteen,2026-10-03,CT-07,2.5,spot_check,3号窗口\n",
    );
    assert_eq!(chinese, english);
    let Matter::Finding(finding) = &chinese[0].as_ref().unwrap().value.matter else { panic!() };
    assert_eq!(finding.method, Some(Method::SpotCheck));
    assert_eq!(finding.points.unwrap().to_string(), "2.5");
}

#[test]
fn the_same_table_in_every_encoding_and_delimiter_gives_equal_records() {
    let text = "编号,对象,日期,条款,备注\r\nR-1,canteen,2026-10-03,CT-07,一处积水\r\nR-2,canteen,2026-10-04,CT-07,\r\n";
    let plain = csv(text);
    assert_eq!(outcome(&plain), lines(&[(2, "R-1"), (3, "R-2")]));
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    assert_eq!(csv(&gb), plain);
    assert_eq!(csv(format!("\u{feff}{text}")), plain);
    assert_eq!(csv(text.replace(',', ";")), plain);
    assert_eq!(csv(text.replace(',', "\t")), plain);
    assert_eq!(csv(text.replace("\r\n", "\n")), plain);
    assert_eq!(csv(text.replace("\r\n", "\r")), plain);
    let told = Options { encoding: Encoding::Gb18030, ..Options::default() };
    assert_eq!(Records::csv(&gb[..], told).unwrap().collect::<Vec<_>>(), plain);
}

#[test]
fn undecodable_rows_are_refused_one_by_one() {
    let mut bytes = "编号,对象,日期,条款,备注\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"R-1,canteen,2026-10-03,CT-07,\xff\xfe\n");
    bytes.extend_from_slice(b"R-2,canteen,2026-10-03,CT-07,ok\n");
    let rows = csv(&bytes);
    assert_eq!(outcome(&rows), lines(&[(2, "undecodable"), (3, "R-2")]));
    let refusal = rows[0].as_ref().unwrap_err();
    assert_eq!((refusal.id.as_deref(), refusal.column.as_deref()), (Some("R-1"), Some("note")));
}

#[test]
fn blank_rows_are_counted_and_passed_over() {
    let text = format!("\n,,,,\n{HEAD}R-1,canteen,2026-10-03,CT-07,\n\n,,,,\n ,\u{3000},,,\n,,,,\n\n");
    let mut records = Records::csv(text.as_bytes(), Options::default()).unwrap();
    assert_eq!(records.next().unwrap().unwrap().line, 4);
    assert!(records.next().is_none());
    let account = records.account();
    assert_eq!((account.rows, account.read, account.refused, account.blank), (1, 1, 0, 7));
}

#[test]
fn line_numbers_are_physical_and_point_at_the_start_of_the_row() {
    let rows = csv(format!(
        "{HEAD}R-1,canteen,2026-10-03,CT-07,\"two\r\nlines, \"\"quoted\"\"\"\nR-2,canteen,x,CT-07,\n"
    ));
    assert_eq!(outcome(&rows), lines(&[(2, "R-1"), (4, "bad_date")]));
    assert_eq!(rows[0].as_ref().unwrap().value.note.as_deref(), Some("two\r\nlines, \"quoted\""));
}

#[test]
fn a_stray_quote_costs_its_own_line_only() {
    let rows = csv(format!(
        "{HEAD}R-1,canteen,2026-10-03,CT-07,\"left open\nR-2,canteen,2026-10-03,CT-07,fine\n\
         R-3,canteen,2026-10-03,CT-07,\"two\nlines\"\nR-4,canteen,2026-10-03,CT-07,fine\n"
    ));
    assert_eq!(outcome(&rows), lines(&[(2, "quote"), (3, "R-2"), (4, "R-3"), (6, "R-4")]));
    assert_eq!(rows[0].as_ref().unwrap_err().id.as_deref(), Some("R-1"));
    let at_end = csv(format!("{HEAD}R-1,canteen,2026-10-03,CT-07,\"open\nR-2,canteen,2026-10-03,CT-07,\n"));
    assert_eq!(outcome(&at_end), lines(&[(2, "quote"), (3, "R-2")]));
}

#[test]
fn rows_with_too_few_or_too_many_cells_are_refused_by_row() {
    let rows = csv(format!(
        "{HEAD}R-1,canteen,2026-10-03\nR-2,canteen,2026-10-03,CT-07,a,b\nR-3,canteen,2026-10-03,CT-07,\n"
    ));
    assert_eq!(outcome(&rows), lines(&[(2, "cell_count"), (3, "cell_count"), (4, "R-3")]));
    assert_eq!(rows[1].as_ref().unwrap_err().id.as_deref(), Some("R-2"));
}

#[test]
fn a_row_beyond_the_limit_is_refused_and_reading_goes_on() {
    let options = Options { row_limit: 80, ..Options::default() };
    let long = "x".repeat(500_000);
    let text = format!(
        "{HEAD}R-1,canteen,2026-10-03,CT-07,{long}\nR-2,canteen,2026-10-03,CT-07,\"{long}\"\nR-3,canteen,2026-10-03,CT-07,\n"
    );
    let rows: Vec<_> = Records::csv(text.as_bytes(), options).unwrap().collect();
    assert_eq!(outcome(&rows), lines(&[(2, "row_too_long"), (3, "row_too_long"), (4, "R-3")]));
    assert_eq!(rows[0].as_ref().unwrap_err().id.as_deref(), Some("R-1"));
    assert!(rows[0].as_ref().unwrap_err().raw.len() < 300);
    let text = format!("{{\"id\":\"{long}\"}}\n{{\"id\":\"R-1\"}}\n");
    let rows: Vec<_> = Records::json_lines(text.as_bytes(), options).unwrap().collect();
    assert_eq!(outcome(&rows), lines(&[(1, "row_too_long"), (2, "missing")]));
}

#[test]
fn nul_bytes_and_utf16_are_refused_politely() {
    let rows = csv(b"id,subject,date,clause\nR-1,can\0teen,2026-10-03,CT-07\n");
    assert_eq!(outcome(&rows), lines(&[(2, "nul")]));
    assert_eq!(heading_codes(b"\xff\xfei\0d\0"), ["utf16"]);
    assert_eq!(heading_codes(b"i\0d\0,\0"), ["nul"]);
}

#[test]
fn a_wrong_heading_is_told_in_full_at_once() {
    assert_eq!(
        heading_codes("编号,部们,日期,color of paint,date,条款\n"),
        ["misspelt_column", "unknown_column", "duplicate_column", "missing"]
    );
    assert_eq!(heading_codes(""), ["no_header"]);
    assert_eq!(heading_codes("\n,,\n"), ["no_header"]);
    let Err(OpenError::Heading(refusals)) = Records::csv("编号,部们,日期\n".as_bytes(), Options::default())
    else {
        panic!()
    };
    assert_eq!(refusals[0].text(Lang::Zh), "没有名为“部们”的列；是否指“部门”？");
    assert_eq!(refusals[0].line, 1);
}

#[test]
fn an_empty_heading_may_stand_over_empty_cells_only() {
    let rows =
        csv("id,subject,date,clause,,\nR-1,canteen,2026-10-03,CT-07,,\nR-2,canteen,2026-10-03,CT-07,,x\n");
    assert_eq!(outcome(&rows), lines(&[(2, "R-1"), (3, "no_heading")]));
}

#[test]
fn each_fault_of_a_row_has_its_reason_and_column() {
    let head = "id,type,subject,date,time,clause,quantity,method,evidence,value,inspection\n";
    let cases = [
        (",,s,2026-10-03,,C,,,,,", "missing", "id"),
        ("1,,,2026-10-03,,C,,,,,", "missing", "subject"),
        ("1,,s,,,C,,,,,", "missing", "occurred_on"),
        ("1,,s,2026-10-03,,,,,,,", "missing", "clause"),
        ("1,检查,s,2026-10-03,,,,,,,", "missing", "inspection"),
        ("1,撤销,s,2026-10-03,,,,,,,", "missing", "revokes"),
        ("1,处罚,s,2026-10-03,,C,,,,,", "unknown_type", "type"),
        ("1,findng,s,2026-10-03,,C,,,,,", "misspelt_type", "type"),
        ("1,检查,s,2026-10-03,,C,,,,,I", "not_for_type", "clause"),
        ("1,,s,2026-10-03,,C,,,,3,", "not_for_type", "value"),
        ("食 堂,,s,2026-10-03,,C,,,,,", "bad_id", "id"),
        ("1,,s,2026-02-30,,C,,,,,", "no_such_day", "occurred_on"),
        ("1,,s,2026-10-03 9:05,,C,,,,,", "date_with_time", "occurred_on"),
        ("1,,s,2026-10-03,25:00,C,,,,,", "bad_time", "occurred_at"),
        ("1,,s,2026-10-03,9:05+08:00,C,,,,,", "time_offset", "occurred_at"),
        ("1,,s,2026-10-03,,C,3处,,,,", "bad_number", "quantity"),
        ("1,,s,2026-10-03,,C,1e3,,,,", "bad_number", "quantity"),
        ("1,,s,2026-10-03,,C,1.00000000000000000000000000000000001,,,,", "number_too_long", "quantity"),
        ("1,,s,2026-10-03,,C,,不定期抽差,,,", "misspelt_method", "method"),
        ("1,,s,2026-10-03,,C,,看,,,", "unknown_method", "method"),
        ("1,,s,2026-10-03,,C,,,IMG_01.jpg,,", "bad_evidence", "evidence"),
        ("1,,s,2026-10-03,,C,,,photo:,,", "bad_evidence", "evidence"),
        ("1,,s,2026-10-03,,C,,,foto:IMG_01.jpg,,", "misspelt_evidence", "evidence"),
        ("1,测量,s,2026-10-03,,C,,,,,", "no_value", ""),
    ];
    for (row, code, column) in cases {
        let rows = csv(format!("{head}{row}\n"));
        let refusal = rows[0].as_ref().unwrap_err();
        assert_eq!(
            (refusal.reason.code(), refusal.column.as_deref().unwrap_or_default()),
            (code, column),
            "{row}"
        );
        for lang in [Lang::Zh, Lang::En] {
            assert!(!refusal.text(lang).contains('{'), "{}", refusal.text(lang));
        }
    }
}

#[test]
fn a_negative_quantity_is_read_and_left_to_the_scoring() {
    let rows = csv("id,subject,date,clause,quantity\nR-1,canteen,2026-10-03,CT-07,－２\n");
    let Matter::Finding(finding) = &rows[0].as_ref().unwrap().value.matter else { panic!() };
    assert!(finding.quantity.unwrap().is_negative());
}

#[test]
fn evidence_in_one_cell() {
    let rows =
        csv("id,subject,date,clause,evidence\nR-1,canteen,2026-10-03,CT-07,photo:IMG_01.jpg;证人：张三；\n");
    let evidence = &rows[0].as_ref().unwrap().value.evidence;
    let found: Vec<_> = evidence.iter().map(|e| (e.kind, e.reference.as_str())).collect();
    assert_eq!(found, [(EvidenceKind::Photo, "IMG_01.jpg"), (EvidenceKind::Witness, "张三")]);
}

#[test]
fn json_lines_take_text_whole_numbers_lists_and_objects() {
    let rows = json(
        "\u{feff}{\"id\":1,\"subject\":\"canteen\",\"occurred_on\":\"2026-10-03\",\"clause\":\"CT-07\",\"quantity\":3,\"points\":2.5,\
         \"evidence\":[{\"kind\":\"photo\",\"reference\":\"a.jpg\"},\"证人:张三\"],\"note\":null}\r\n\n\
         {\"id\":\"I-1\",\"type\":\"inspection\",\"subject\":\"canteen\",\"occurred_on\":\"2026-10-03\",\"inspection\":\"I-1\",\"not_applicable\":[\"CT-01\",\"CT-02\"]}",
    );
    assert_eq!(outcome(&rows), lines(&[(1, "1"), (3, "I-1")]));
    let Matter::Inspection(inspection) = &rows[1].as_ref().unwrap().value.matter else { panic!() };
    assert_eq!(inspection.not_applicable.len(), 2);
}

#[test]
fn each_fault_of_a_json_line_has_its_reason() {
    let cases = [
        ("{\"id\":\"1\"", "json_syntax"),
        ("id,subject", "json_syntax"),
        ("[1]", "not_an_object"),
        ("3", "not_an_object"),
        ("{\"id\":\"1\",\"id\":\"1\"}", "duplicate_column"),
        ("{\"id\":\"1\",\"编号\":\"1\"}", "duplicate_column"),
        ("{\"id\":\"1\",\"clausee\":\"1\"}", "misspelt_column"),
        ("{\"id\":\"1\",\"wibbly-wobbly\":\"1\"}", "unknown_column"),
        ("{\"id\":\"1\",\"points\":0.30000000000000004}", "float_number"),
        ("{\"id\":\"1\",\"points\":0.3000000000000000000001}", "float_number"),
        ("{\"id\":\"1\",\"points\":1e3}", "bad_number"),
        ("{\"id\":\"1\",\"points\":true}", "json_kind"),
        ("{\"id\":1.5}", "json_kind"),
        ("{\"id\":\"1\",\"evidence\":[{\"kind\":\"photo\",\"kind\":\"photo\"}]}", "duplicate_column"),
        ("{\"id\":\"1\",\"evidence\":[{\"kind\":\"photo\"}]}", "bad_evidence"),
        ("{\"id\":\"1\",\"evidence\":[{\"kind\":\"photo\",\"ref\":\"x\"}]}", "unknown_column"),
        ("{\"id\":\"\\ud800\"}", "json_syntax"),
    ];
    for (line, code) in cases {
        let filled = match line.strip_prefix("{\"id\":\"1\",") {
            Some(rest) => {
                format!("{{\"id\":\"1\",\"subject\":\"s\",\"date\":\"2026-10-03\",\"clause\":\"C\",{rest}")
            }
            None => line.to_owned(),
        };
        assert_eq!(json(&filled)[0].as_ref().unwrap_err().reason.code(), code, "{line}");
    }
    let late = json("{\"colour\":\"red\",\"id\":\"R-9\"}");
    assert_eq!(late[0].as_ref().unwrap_err().id.as_deref(), Some("R-9"));
}

#[test]
fn a_source_that_fails_is_not_taken_for_its_end() {
    struct Broken(usize);
    impl std::io::Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let text = b"{\"id\":\"R-1\"}\n";
            self.0 += 1;
            if self.0 > 20_000 {
                return Err(std::io::Error::other("the cable"));
            }
            buffer[..text.len()].copy_from_slice(text);
            Ok(text.len())
        }
    }
    let mut records = Records::json_lines(Broken(0), Options::default()).unwrap();
    let last = records.by_ref().last().unwrap().unwrap_err();
    assert_eq!(last.reason.code(), "interrupted");
    assert!(records.account().interrupted);
}

/// Each of these lines opens a quote that the next one closes and opens again: followed naively, every line would be followed
/// to the limit.
#[test]
fn stray_quotes_in_every_line_cost_each_line_and_no_more() {
    let bad = "a\",\"\"\"\n".repeat(50_000);
    let rows = csv(format!("{HEAD}{bad}\nR-1,canteen,2026-10-03,CT-07,\"fi\nne\"\n"));
    assert_eq!(rows.len(), 50_001);
    assert_eq!(outcome(&rows[..1]), lines(&[(2, "quote")]));
    assert_eq!(outcome(&rows[50_000..]), lines(&[(50_003, "R-1")]));
}
