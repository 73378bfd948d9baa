//! `ducha case`: open, act, show, list, history.

use super::desk::{Office, actor, failed, journal};
use crate::args::{CaseAct, CaseHistory, CaseList, CaseOpen, CaseShow, TextOrJson};
use crate::assess::json;
use crate::document::{Block, Column, Document, Rows};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use crate::words::Say;
use ducha::core::Lang;
use ducha::desk::{CaseView, Offered};
use ducha::journal::Event;
use serde_json::{Map, Value};

/// Opens a case.
pub(crate) fn open(asked: &CaseOpen, lang: Lang, pen: Pen) -> Step<Outcome> {
    let office = Office::read(&asked.desk, lang, pen)?;
    let opening = Value::Object(data(asked.data.as_deref(), lang)?);
    let actor = actor(&asked.who, lang)?;
    let when = office.when(asked.at.as_deref(), lang)?;
    let mut desk = office.desk(journal(&asked.desk.db, lang)?);
    let view = desk.open(&asked.kind, &asked.id, &opening, &actor, when);
    let view = view.map_err(|error| failed(&error, lang))?;
    shown(&view, &[], asked.format, lang)
}

/// Acts in a case.
pub(crate) fn act(asked: &CaseAct, lang: Lang, pen: Pen) -> Step<Outcome> {
    let office = Office::read(&asked.desk, lang, pen)?;
    let mut command = data(asked.data.as_deref(), lang)?;
    command.insert("act".into(), Value::String(asked.act.clone()));
    let actor = actor(&asked.who, lang)?;
    let when = office.when(asked.at.as_deref(), lang)?;
    let mut desk = office.desk(journal(&asked.desk.db, lang)?);
    let view = desk.act(&asked.case, &Value::Object(command), &actor, when);
    let view = view.map_err(|error| failed(&error, lang))?;
    shown(&view, &[], asked.format, lang)
}

/// Shows a case, and what somebody may do in it now.
pub(crate) fn show(asked: &CaseShow, lang: Lang, pen: Pen) -> Step<Outcome> {
    let office = Office::read(&asked.desk, lang, pen)?;
    let mut desk = office.desk(journal(&asked.desk.db, lang)?);
    let view = desk.case(&asked.case).map_err(|error| failed(&error, lang))?;
    let offered = match asked.who.as_ref() {
        Some(who) => {
            let actor = actor(who, lang)?;
            desk.allowed(&asked.case, &actor, office.now).map_err(|error| failed(&error, lang))?
        }
        None => Vec::new(),
    };
    shown(&view, &offered, asked.format, lang)
}

/// Lists the cases.
pub(crate) fn list(asked: &CaseList, lang: Lang, pen: Pen) -> Step<Outcome> {
    let office = Office::read(&asked.desk, lang, pen)?;
    let mut desk = office.desk(journal(&asked.desk.db, lang)?);
    let mut cases = desk.cases().map_err(|error| failed(&error, lang))?;
    let of_kind = |case: &CaseView| {
        asked.kind.as_ref().is_none_or(|kind| case.case.split('/').next() == Some(kind.as_str()))
    };
    cases.retain(|case| of_kind(case) && (!asked.open || !case.closed));
    if asked.format == TextOrJson::Json {
        return Ok(Outcome::done(json(&cases)?));
    }
    let names = match lang {
        Lang::Zh => ["案件", "单位", "状态", "最早期限"],
        Lang::En => ["Case", "Unit", "Status", "Earliest due"],
    };
    let rows = cases.iter().map(|case| {
        let due = case.due.first().and_then(|duty| duty.due.ends());
        vec![
            case.case.clone(),
            case.unit.to_string(),
            case.status_name.get(lang).to_owned(),
            due.map_or_else(String::new, |ends| ends.format("%Y-%m-%d %H:%M").to_string()),
        ]
    });
    let mut document = Document::default();
    document.add(Block::Rows(Rows {
        columns: names.iter().map(|name| Column::words(name)).collect(),
        headed: true,
        rows: rows.collect(),
    }));
    Ok(Outcome::done(document.text()))
}

/// Tells what happened in a case.
pub(crate) fn history(asked: &CaseHistory, lang: Lang, pen: Pen) -> Step<Outcome> {
    let office = Office::read(&asked.desk, lang, pen)?;
    let mut desk = office.desk(journal(&asked.desk.db, lang)?);
    let events = desk.history(&asked.case).map_err(|error| failed(&error, lang))?;
    if asked.format == TextOrJson::Json {
        return Ok(Outcome::done(json(&events)?));
    }
    let names = match lang {
        Lang::Zh => ["序", "发生于", "登记于", "办理人", "事件"],
        Lang::En => ["No", "Happened", "Recorded", "By", "What"],
    };
    let row = |event: &Event| {
        let minute = |moment: chrono::NaiveDateTime| moment.format("%Y-%m-%d %H:%M").to_string();
        vec![
            event.version.to_string(),
            minute(event.occurred_at),
            if event.recorded_at == event.occurred_at { String::new() } else { minute(event.recorded_at) },
            event.actor.as_ref().map_or_else(String::new, ToString::to_string),
            event.kind.to_string(),
        ]
    };
    let mut document = Document::default();
    document.add(Block::Rows(Rows {
        columns: names.iter().map(|name| Column::words(name)).collect(),
        headed: true,
        rows: events.iter().map(row).collect(),
    }));
    Ok(Outcome::done(document.text()))
}

fn data(text: Option<&str>, lang: Lang) -> Step<Map<String, Value>> {
    let Some(text) = text else { return Ok(Map::new()) };
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Outcome::wrong_use(Say::NotData { why: "" }.text(lang))),
        Err(error) => {
            let why = crate::words::of_json(&error, lang);
            Err(Outcome::wrong_use(Say::NotData { why: &why }.text(lang)))
        }
    }
}

fn shown(view: &CaseView, offered: &[Offered], format: TextOrJson, lang: Lang) -> Step<Outcome> {
    if format == TextOrJson::Json {
        let mut value = serde_json::to_value(view).map_err(Outcome::wrong_use)?;
        if let (Some(object), Ok(offered)) = (value.as_object_mut(), serde_json::to_value(offered)) {
            object.insert("allowed".into(), offered);
        }
        return Ok(Outcome::done(json(&value)?));
    }
    let mut document = Document::default();
    document.add(Block::Title(format!("{} · {}", view.case, view.kind_name.get(lang))));
    let (status, unit, last) = (view.status_name.get(lang), &view.unit, view.last.format("%Y-%m-%d %H:%M"));
    document.add(Block::Line(match lang {
        Lang::Zh => format!("{unit}：{status}（{last}）"),
        Lang::En => format!("{unit}: {status} ({last})"),
    }));
    for duty in &view.due {
        let ends = duty.due.ends().map(|ends| ends.format("%Y-%m-%d %H:%M").to_string());
        let (name, who) = (duty.name.get(lang), duty.owed_by.text(lang));
        let overdue = duty.overdue.is_some();
        let when = match (ends, lang) {
            (Some(ends), Lang::Zh) => format!("{ends} 止"),
            (Some(ends), Lang::En) => format!("until {ends}"),
            (None, Lang::Zh) => "期限未知".to_owned(),
            (None, Lang::En) => "until an unknown day".to_owned(),
        };
        document.add(Block::Mark(match lang {
            Lang::Zh => format!("{name}（{who}）：{when}{}", if overdue { "，已逾期" } else { "" }),
            Lang::En => format!("{name} ({who}): {when}{}", if overdue { ", overdue" } else { "" }),
        }));
    }
    if !offered.is_empty() {
        document.add(Block::Part(match lang {
            Lang::Zh => "现在可以".to_owned(),
            Lang::En => "What may be done now".to_owned(),
        }));
        for one in offered {
            let (name, article) = (one.name.get(lang), one.article.number());
            document.add(Block::Line(match lang {
                Lang::Zh => format!("{}：{name}（第{article}条）", one.act),
                Lang::En => format!("{}: {name} (art. {article})", one.act),
            }));
        }
    }
    Ok(Outcome::done(document.text()))
}
