//! `ducha due` and `ducha tick`: what is owed, and what time has brought about.

use super::desk::{Office, failed, journal};
use crate::args::{DueFormat, Owing, TextOrJson, Ticking};
use crate::assess::json;
use crate::calendar::speech;
use crate::document::{Block, Column, Document, Rows};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use ducha::calendar::{Roll, Terms, TimeLimit};
use ducha::core::{Lang, SubjectId};
use ducha::desk::Owed;

/// Lists what is owed.
pub(crate) fn due(asked: &Owing, lang: Lang, pen: Pen) -> Step<Outcome> {
    let office = Office::read(&asked.desk, lang, pen)?;
    let mut desk = office.desk(journal(&asked.desk.db, lang)?);
    let mut owed = desk.due().map_err(|error| failed(&error, lang))?;
    if let Some(within) = &asked.within {
        let limit: TimeLimit = within
            .parse()
            .map_err(|error: ducha::calendar::LimitError| Outcome::wrong_use(error.text(speech(lang))))?;
        let terms = Terms::of(limit).rolling(Roll::None);
        let start = ducha::calendar::Offset::BEIJING.moment(office.now).map(ducha::calendar::Start::Moment);
        let start = start.ok_or_else(|| Outcome::wrong_use(within))?;
        let end = terms
            .from(start, office.calendar())
            .map_err(|error| Outcome::wrong_use(error.text(speech(lang))))?;
        let end =
            end.ends_at().and_then(|end| end.naive_utc().checked_add_signed(chrono::TimeDelta::hours(8)));
        // What has no known end may lie within it, so it stays.
        owed.retain(|one| one.duty.due.ends().is_none_or(|ends| end.is_none_or(|end| ends <= end)));
    }
    match asked.format {
        DueFormat::Json => Ok(Outcome::done(json(&owed)?)),
        DueFormat::Table => Ok(Outcome::done(table(&owed, lang))),
        DueFormat::Ics => Ok(Outcome::done(calendar(&owed, lang))),
    }
}

fn table(owed: &[Owed], lang: Lang) -> String {
    let names = match lang {
        Lang::Zh => ["期限", "案件", "事项", "责任", "单位", ""],
        Lang::En => ["Due", "Case", "What", "Who", "Unit", ""],
    };
    let rows = owed.iter().map(|one| {
        let overdue = one.duty.overdue.is_some();
        let mark = match lang {
            Lang::Zh => "逾期",
            Lang::En => "overdue",
        };
        vec![
            one.until(lang),
            one.case.clone(),
            one.duty.name.get(lang).to_owned(),
            one.party().text(lang).to_owned(),
            one.duty.unit.to_string(),
            if overdue { mark.to_owned() } else { String::new() },
        ]
    });
    let mut document = Document::default();
    document.add(Block::Rows(Rows {
        columns: names.iter().map(|name| Column::words(name)).collect(),
        headed: true,
        rows: rows.collect(),
    }));
    document.text()
}

/// As iCalendar (RFC 5545): one task for each duty.
fn calendar(owed: &[Owed], lang: Lang) -> String {
    let mut out = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Ducha//casework//EN\r\n");
    for one in owed {
        let duty = &one.duty;
        let summary = format!("{} · {} · {}", duty.name.get(lang), duty.unit, one.case);
        let mut lines = vec![
            "BEGIN:VTODO".to_owned(),
            format!("UID:{}#{}@ducha", one.case, duty.key()),
            format!("DTSTAMP:{}", utc(duty.from)),
        ];
        if let Some(ends) = duty.due.ends() {
            lines.push(format!("DUE:{}", utc(ends)));
        }
        lines.push(format!("SUMMARY:{}", escaped(&summary)));
        lines.push(format!(
            "DESCRIPTION:{}",
            escaped(&format!("{}; {}", one.party().text(lang), one.until(lang)))
        ));
        lines.push("STATUS:NEEDS-ACTION".to_owned());
        lines.push("END:VTODO".to_owned());
        for line in lines {
            folded(&line, &mut out);
        }
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}

/// A moment at +08:00 as iCalendar writes it in UTC.
fn utc(moment: chrono::NaiveDateTime) -> String {
    let moment = moment.checked_sub_signed(chrono::TimeDelta::hours(8)).unwrap_or(moment);
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line, folded after 75 bytes at a character's end.
fn folded(line: &str, out: &mut String) {
    let mut length = 0_usize;
    for letter in line.chars() {
        let bytes = letter.len_utf8();
        if length.saturating_add(bytes) > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length = length.saturating_add(bytes);
    }
    out.push_str("\r\n");
}

/// Tells and writes what time has brought about.
pub(crate) fn tick(asked: &Ticking, lang: Lang, pen: Pen) -> Step<Outcome> {
    let office = Office::read(&asked.desk, lang, pen)?;
    let mut desk = office.desk(journal(&asked.desk.db, lang)?);
    let told = desk.tick(office.now).map_err(|error| failed(&error, lang))?;
    if asked.format == TextOrJson::Json {
        return Ok(Outcome::done(json(&told)?));
    }
    let mut out = String::new();
    for one in &told {
        let people: Vec<_> = one.people.iter().map(SubjectId::as_str).collect();
        let people = if people.is_empty() { String::new() } else { format!(" [{}]", people.join(", ")) };
        out.push_str(&format!(
            "{} {} {}{people}\n",
            one.at.format("%Y-%m-%d %H:%M"),
            one.case,
            one.text.get(lang)
        ));
    }
    if told.is_empty() {
        out.push_str(match lang {
            Lang::Zh => "没有新的到期事项\n",
            Lang::En => "nothing new\n",
        });
    }
    Ok(Outcome::done(out))
}
