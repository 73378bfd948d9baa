//! One subject on the bulletin: scores, tiers, deductions, and what follows.

use crate::bulletin::Matter;
use crate::difference::{distance, reached};
use crate::document::{Block, Column, Document, Rows};
use crate::names;
use crate::zero;
use chrono::{Datelike, NaiveDate};
use ducha::core::{Id, Lang, Matter as Told, Points};
use ducha::rulebook::annex::ladder::LadderKind;
use ducha::scoring::assessment::{
    Cause, Entry, EntryKind, Fired, IndexStanding, Outcome, Standing, Step, SubjectLine, TallyStanding,
    WindowOf,
};

/// Everything that the bulletin says about one subject.
pub(crate) struct Card<'a> {
    subject: &'a SubjectLine,
    tallies: Vec<&'a TallyStanding>,
    indexes: Vec<&'a IndexStanding>,
    standings: Vec<&'a Standing>,
    entries: Vec<&'a Entry>,
    consequences: Vec<&'a Fired>,
}

impl<'a> Card<'a> {
    pub(crate) fn of(matter: &Matter<'a>, subject: &'a SubjectLine) -> Self {
        let a = matter.assessment;
        let id = &subject.id;
        Self {
            subject,
            tallies: a.tallies.iter().filter(|t| t.subject == *id).collect(),
            indexes: a.indexes.iter().filter(|i| i.subject == *id).collect(),
            standings: a.standings.iter().filter(|s| s.subject == *id).collect(),
            entries: a.entries.iter().filter(|e| e.subject == *id && matter.in_period(e.day)).collect(),
            consequences: a.consequences.iter().filter(|f| f.subject == *id).collect(),
        }
    }

    /// Whether there is nothing to tell but a score.
    pub(crate) fn is_quiet(&self) -> bool {
        self.entries.is_empty() && self.consequences.is_empty()
    }

    /// Its name among those with nothing to tell, with its score; nothing for a subject that no rule is about.
    pub(crate) fn quiet_name(&self, matter: &Matter<'a>) -> Option<String> {
        if self.tallies.is_empty() && self.indexes.is_empty() {
            return None;
        }
        let full =
            self.tallies.iter().find(|t| full_marks(matter, t).is_some() && is_main(matter, &t.window));
        let value = full.and_then(|t| t.value.value()).map(|value| format!(" {value}")).unwrap_or_default();
        Some(format!("{}{value}", matter.names.subject(&self.subject.id)))
    }

    pub(crate) fn write(&self, matter: &Matter<'a>, document: &mut Document) {
        document.add(Block::Subject(self.heading(matter)));
        let (main, long) = self.values(matter);
        if !main.is_empty() {
            document.add(Block::Line(matter.beside(&main)));
        }
        if !long.is_empty() {
            // Where no period was asked for, every window is named and none is longer than it.
            let some = matter.assessment.period.is_some();
            let also = if some { matter.pick("累计：", "Over longer windows: ") } else { "" };
            document.add(Block::Line(format!("{also}{}", matter.beside(&long))));
        }
        let tiers = self.tiers(matter);
        if !tiers.is_empty() {
            document.add(Block::Line(matter.beside(&tiers)));
        }
        if !self.entries.is_empty() {
            document.add(Block::Rows(self.deductions(matter)));
        }
        for line in self.what_follows(matter) {
            document.add(Block::Mark(line));
        }
    }

    /// What follows, a line each: a consequence that several rules bring in the same way is one line.
    ///
    /// Where one sanction comes from several rules, each line names those that it comes from.
    pub(crate) fn what_follows(&self, matter: &Matter<'a>) -> Vec<String> {
        let mut lines: Vec<(String, Vec<&Fired>)> = Vec::new();
        for fired in &self.consequences {
            let line = follows(matter, fired);
            match lines.iter_mut().find(|(known, _)| *known == line) {
                Some((_, same)) => same.push(fired),
                None => lines.push((line, vec![fired])),
            }
        }
        let told = lines.into_iter().map(|(line, same)| {
            let alone = same.iter().all(|fired| self.comes_from_one_rule(fired));
            let mut causes: Vec<String> = same.into_iter().map(|fired| cause(matter, fired)).collect();
            causes.dedup();
            match (matter.lang, alone) {
                (_, true) => line,
                (Lang::Zh, false) => format!("{line}；依据：{}", matter.list(&causes)),
                (Lang::En, false) => format!("{line}; by: {}", matter.list(&causes)),
            }
        });
        told.collect()
    }

    /// Whether no other rule brings the same sanction, or the same consequence, on the subject.
    fn comes_from_one_rule(&self, fired: &Fired) -> bool {
        let same = |other: &Fired| {
            other.consequence == fired.consequence
                || (fired.sanction.is_some() && other.sanction == fired.sanction)
        };
        self.consequences.iter().all(|other| !same(other) || rule(&other.cause) == rule(&fired.cause))
    }

    fn heading(&self, matter: &Matter<'a>) -> String {
        let name = matter.names.subject(&self.subject.id);
        let mut about = Vec::new();
        if name != self.subject.id.as_str() {
            about.push(self.subject.id.to_string());
        }
        about.extend(self.subject.parent.as_ref().map(|parent| matter.names.subject(parent).to_owned()));
        match (about.is_empty(), matter.lang) {
            (true, _) => name.to_owned(),
            (false, Lang::Zh) => format!("{name}（{}）", about.join("，")),
            (false, Lang::En) => format!("{name} ({})", about.join(", ")),
        }
    }

    /// Scores of the windows that lie within the period, and those of longer ones: full marks and composite scores first.
    fn values(&self, matter: &Matter<'a>) -> (Vec<String>, Vec<String>) {
        let (mut main, mut long) = (Vec::new(), Vec::new());
        let scores = self.tallies.iter().filter(|t| full_marks(matter, t).is_some());
        let sums = self.tallies.iter().filter(|t| full_marks(matter, t).is_none());
        for t in scores {
            let Outcome::Determined(value) = &t.value else { continue };
            if is_main(matter, &t.window) || full_marks(matter, t) != Some(*value) {
                let name = matter.names.tally(&t.version, t.tally.as_str());
                tell(matter, name, *value, &t.window, t.provisional, (&mut main, &mut long));
            }
        }
        for i in &self.indexes {
            let Outcome::Determined(value) = &i.value else { continue };
            let name = matter.names.index(&i.version, i.index.as_str());
            tell(matter, name, *value, &i.window, i.provisional, (&mut main, &mut long));
        }
        for t in sums {
            let Outcome::Determined(value) = &t.value else { continue };
            if !value.is_zero() {
                let name = matter.names.tally(&t.version, t.tally.as_str());
                tell(matter, name, *value, &t.window, t.provisional, (&mut main, &mut long));
            }
        }
        (main, long)
    }

    /// Grades, and penalties and rewards from which something follows.
    fn tiers(&self, matter: &Matter<'a>) -> Vec<String> {
        let mut tiers = Vec::new();
        for s in &self.standings {
            let Outcome::Determined(tier) = &s.tier else { continue };
            let bites = matter.names.tier_bites(&s.version, tier.as_str());
            let peak = s.peak.as_ref().filter(|peak| peak.tier != *tier);
            if s.kind != LadderKind::Grade && !bites && peak.is_none() {
                continue;
            }
            let ladder = matter.names.ladder(&s.version, s.ladder.as_str());
            let tier = matter.names.tier(&s.version, tier.as_str());
            let mut notes = Vec::new();
            if !is_main(matter, &s.window) {
                notes.push(matter.window(&s.window));
            }
            if s.provisional {
                notes.push(matter.pick("暂定", "provisional").to_owned());
            }
            if let Some(peak) = peak {
                let name = matter.names.tier(&s.version, peak.tier.as_str());
                notes.push(reached(name, peak.on, matter.lang));
            }
            let next = if bites { &s.distance.milder } else { &s.distance.graver };
            let named =
                |way: &Step| distance(matter.names.tier(&s.version, way.tier.as_str()), way, matter.lang);
            notes.extend(next.as_ref().map(named));
            tiers.push(match (matter.lang, notes.is_empty()) {
                (Lang::Zh, true) => format!("{ladder}：{tier}"),
                (Lang::Zh, false) => format!("{ladder}：{tier}（{}）", notes.join("，")),
                (Lang::En, true) => format!("{ladder}: {tier}"),
                (Lang::En, false) => format!("{ladder}: {tier} ({})", notes.join(", ")),
            });
        }
        tiers
    }

    fn deductions(&self, matter: &Matter<'a>) -> Rows {
        let rows = self.entries.iter().map(|entry| {
            let code = entry.clause.as_ref().map(Id::as_str).or(entry.award.as_ref().map(Id::as_str));
            vec![
                day(matter, entry.day),
                code.unwrap_or_default().to_owned(),
                what(matter, entry),
                points(entry),
                zero::why(matter, entry),
                place(matter, entry),
                until(matter, entry),
                entry.record.to_string(),
            ]
        });
        Rows {
            columns: vec![
                Column::words(matter.pick("日期", "Day")),
                Column::words(matter.pick("条款", "Clause")),
                Column::words(matter.pick("内容", "What")),
                Column::number(matter.pick("分", "Points")),
                Column::words(matter.pick("为何为零", "Why 0")),
                Column::words(matter.pick("地点", "Place")),
                Column::words(matter.pick("整改期限", "Rectify by")),
                Column::words(matter.pick("记录", "Record")),
            ],
            headed: false,
            rows: rows.collect(),
        }
    }
}

/// A value among those of the period, or of longer windows.
fn tell(
    matter: &Matter<'_>,
    name: &str,
    value: Points,
    window: &WindowOf,
    provisional: bool,
    (main, long): (&mut Vec<String>, &mut Vec<String>),
) {
    if is_main(matter, window) && !provisional {
        main.push(format!("{name} {value}"));
        return;
    }
    let window = matter.window(window);
    long.push(match (matter.lang, provisional) {
        (Lang::Zh, false) => format!("{name} {value}（{window}）"),
        (Lang::Zh, true) => format!("{name} {value}（{window}，暂定）"),
        (Lang::En, false) => format!("{name} {value} ({window})"),
        (Lang::En, true) => format!("{name} {value} ({window}, provisional)"),
    });
}

/// Whether a window lies within the assessed period.
pub(crate) fn is_main(matter: &Matter<'_>, window: &WindowOf) -> bool {
    match (window, matter.assessment.period) {
        (WindowOf::Days { period }, Some(asked)) => asked.from <= period.from && period.until <= asked.until,
        _ => false,
    }
}

/// The full marks at which a tally begins, if it does.
fn full_marks(matter: &Matter<'_>, standing: &TallyStanding) -> Option<Points> {
    let annex = matter.names.annex(&standing.version)?;
    annex.tally.iter().find(|tally| tally.id == standing.tally)?.full_marks
}

/// A day without its year where that is the report day's.
fn day(matter: &Matter<'_>, day: NaiveDate) -> String {
    if day.year() == matter.assessment.as_of.year() {
        format!("{:02}-{:02}", day.month(), day.day())
    } else {
        day.to_string()
    }
}

/// What was found or commended.
fn what(matter: &Matter<'_>, entry: &Entry) -> String {
    let version = entry.version.as_str();
    let clause = entry.clause.as_ref().map(|clause| matter.names.clause(version, clause.as_str()));
    let award = entry.award.as_ref().map(|award| matter.names.award(version, award.as_str()));
    let mut text = clause.or(award).unwrap_or_default().to_owned();
    let quantity = match matter.records.get(&entry.record).map(|record| &record.matter) {
        Some(Told::Finding(finding)) => finding.quantity,
        _ => None,
    };
    if let Some(quantity) = quantity.filter(|quantity| *quantity != ducha::core::Quantity::ONE) {
        text.push_str(&format!(" ×{quantity}"));
    }
    if !matches!(entry.kind, EntryKind::Deduction | EntryKind::Award) {
        let kind = names::entry(entry.kind, matter.lang);
        // Whose finding it was, where another bears it.
        let whose =
            matter.records.get(&entry.record).map(|record| &record.subject).filter(|s| **s != entry.subject);
        let whose = whose.map(|subject| matter.names.subject(subject));
        text.push_str(&match (matter.lang, whose) {
            (Lang::Zh, Some(whose)) => format!("（{kind}：{whose}）"),
            (Lang::Zh, None) => format!("（{kind}）"),
            (Lang::En, Some(whose)) => format!(" ({kind}: {whose})"),
            (Lang::En, None) => format!(" ({kind})"),
        });
    }
    text
}

/// Points with their sign: what is deducted with minus, what is awarded with plus; money of a dual tariff beside it.
fn points(entry: &Entry) -> String {
    let sign = match entry.kind {
        _ if entry.points.is_zero() => "",
        EntryKind::Award => "+",
        _ => "−",
    };
    match &entry.money {
        Some(money) => format!("{sign}{} ¥{}", entry.points, money.amount),
        None => format!("{sign}{}", entry.points),
    }
}

fn place(matter: &Matter<'_>, entry: &Entry) -> String {
    match matter.records.get(&entry.record).map(|record| &record.matter) {
        Some(Told::Finding(finding)) => finding.place.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

fn until(matter: &Matter<'_>, entry: &Entry) -> String {
    let Some(due) = &entry.rectify_by else { return String::new() };
    match (names::end(due, |on| day(matter, on)), matter.lang) {
        (Some(end), Lang::Zh) => format!("整改至 {end}"),
        (Some(end), Lang::En) => format!("mend by {end}"),
        (None, Lang::Zh) => "期限无法推算".to_owned(),
        (None, Lang::En) => "limit unknown".to_owned(),
    }
}

/// The id of the rule or record that brought a consequence.
fn rule(cause: &Cause) -> &str {
    match cause {
        Cause::Tier { ladder, .. } => ladder.as_str(),
        Cause::Finding { record, .. } => record.as_str(),
        Cause::Ranking { ranking, .. } => ranking.as_str(),
        _ => "",
    }
}

/// The name of the rule that brought a consequence.
fn cause(matter: &Matter<'_>, fired: &Fired) -> String {
    match &fired.cause {
        Cause::Tier { ladder, .. } => {
            let mut ladders = matter.names.annexes().flat_map(|annex| &annex.ladder);
            let name = ladders.find(|l| l.id == *ladder).map(|l| l.name.get(matter.lang).to_owned());
            name.unwrap_or_else(|| ladder.to_string())
        }
        Cause::Finding { record, clause } => format!("{record} {clause}"),
        Cause::Ranking { ranking, .. } => matter.names.ranking(ranking.as_str()).to_owned(),
        other => format!("{other:?}"),
    }
}

/// What follows, who decides, until when.
pub(crate) fn follows(matter: &Matter<'_>, fired: &Fired) -> String {
    let lang = matter.lang;
    let mut text = format!("{} {}", day(matter, fired.on), fired.name.get(lang));
    if let Some(extent) = &fired.extent {
        text.push_str(&format!(" {} {}", extent.amount, extent.unit.get(lang)));
    }
    if let Some(lasts) = &fired.lasts {
        let lasts = lasts.parse::<ducha::calendar::TimeLimit>().map_or_else(
            |_| lasts.clone(),
            |limit| {
                limit.to_text(match lang {
                    Lang::Zh => ducha::calendar::Lang::Zh,
                    Lang::En => ducha::calendar::Lang::En,
                })
            },
        );
        text.push_str(&match lang {
            Lang::Zh => format!("（{lasts}）"),
            Lang::En => format!(" for {lasts}"),
        });
    }
    let mut parts = Vec::new();
    if let Some(money) = &fired.money {
        let nature = names::money(money.nature, money.direction, lang);
        parts.push(match (&money.amount, lang) {
            (Outcome::Determined(amount), Lang::Zh) => format!("{nature} {amount} 元"),
            (Outcome::Determined(amount), Lang::En) => format!("{nature} {amount}"),
            (Outcome::Undetermined(need), Lang::Zh) => format!("{nature}，金额待定：{}", need.text(lang)),
            (Outcome::Undetermined(need), Lang::En) => format!("{nature}, amount open: {}", need.text(lang)),
        });
    }
    let decides = names::role(fired.decided_by, lang);
    let proposes = fired.proposed_by.map(|role| names::role(role, lang));
    let executes = fired.executed_by.map(|role| names::role(role, lang));
    parts.push(match lang {
        Lang::Zh => {
            let proposes = proposes.map(|who| format!("{who}提议，")).unwrap_or_default();
            let executes = executes.map(|who| format!("，{who}执行")).unwrap_or_default();
            format!("{proposes}{decides}决定{executes}")
        }
        Lang::En => {
            let proposes = proposes.map(|who| format!("proposed by {who}, ")).unwrap_or_default();
            let executes = executes.map(|who| format!(", carried out by {who}")).unwrap_or_default();
            format!("{proposes}decided by {decides}{executes}")
        }
    });
    if let Some(due) = &fired.due {
        let tentative = if due.provisional { matter.pick("（暂定）", " (provisional)") } else { "" };
        parts.push(match (names::end(due, |on| on.to_string()), lang) {
            (Some(end), Lang::Zh) => format!("至 {end}{tentative}"),
            (Some(end), Lang::En) => format!("until {end}{tentative}"),
            (None, Lang::Zh) => "期限无法推算".to_owned(),
            (None, Lang::En) => "time limit unknown".to_owned(),
        });
    }
    if !fired.notices.is_empty() {
        let notices: Vec<String> = fired.notices.iter().map(|notice| notice.get(lang).to_owned()).collect();
        parts.push(format!("{}{}", matter.pick("文书：", "notices: "), matter.list(&notices)));
    }
    if !fired.lacking.is_empty() {
        let lacking: Vec<String> =
            fired.lacking.iter().map(|fact| matter.names.fact(fact.as_str()).to_owned()).collect();
        let say = matter.pick("先决事实尚缺，不得决定：", "must not be decided before it is on record: ");
        parts.push(format!("{say}{}", matter.list(&lacking)));
    }
    if fired.provisional {
        parts.push(matter.pick("暂定", "provisional").to_owned());
    }
    format!("{text}{}{}", matter.pick("：", ": "), matter.beside(&parts))
}
