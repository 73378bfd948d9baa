//! A year of a campus: thousands of cases, heads on leave, late recordings, outages of the clock.
//!
//! `cargo run --release --example campus_year`
//!
//! Everything comes from one seed. In the end the year is held to what must hold: the journal is whole, nothing is owed in a closed
//! case, whatever is overdue names who is accountable, a second tick tells nothing, and the same year without an outage has the same
//! duties, the same overdue days and the same levels reached.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "an example talks to the person who runs it; its year is small and its places are drawn within bounds; it asks the clock how long it took"
)]

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use clap::Parser;
use ducha::{
    calendar::{China, WorkCalendar},
    casework::{Actor, Appointment, Directory, Party, Roster},
    core::{Label, Leadership, Membership, Organisation, Subject, SubjectId, SubjectKindId},
    desk::{CaseView, Desk, DeskError, When},
    journal::{Head, Journal, Memory},
    rulebook::{Rulebook, Source, annex::consequence::Role},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, error::Error, time::Instant};

type Failure = Box<dyn Error>;

/// A year of a campus.
#[derive(Parser, Clone, Copy)]
struct Question {
    /// How many cases.
    #[arg(long, default_value_t = 2_000)]
    cases: u32,
    /// The seed.
    #[arg(long, default_value_t = 2026)]
    seed: u64,
}

/// Numbers that look random and are the same for the same seed (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next().checked_rem(n).unwrap_or(0)
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

const DEPARTMENTS: [&str; 8] =
    ["canteens", "cleaning", "repair", "dormitories", "greening", "utilities", "transport", "shops"];

fn id(text: &str) -> Result<SubjectId, Failure> {
    Ok(SubjectId::new(text)?)
}

fn subject(name: &str, kind: &str, above: Option<&str>, leader: Vec<Leadership>) -> Result<Subject, Failure> {
    let above = above.map(|above| Ok::<_, Failure>(Membership { of: id(above)?, from: None, until: None }));
    Ok(Subject {
        id: id(name)?,
        kind: SubjectKindId::new(kind)?,
        name: Label::same(name),
        from: None,
        until: None,
        parent: above.into_iter().collect::<Result<_, _>>()?,
        leader,
        line: None,
        class: None,
        anchor: BTreeMap::new(),
    })
}

/// The departments with their heads, each of whom is on leave twice a year while a deputy acts.
fn directory(random: &mut Random) -> Result<Roster, Failure> {
    let mut subjects = vec![subject("group", "group", None, Vec::new())?];
    let new_year = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no such day")?;
    for name in DEPARTMENTS {
        let lead = |person: String, acting, from, until| {
            Ok::<_, Failure>(Leadership { person: id(&person)?, acting, from, until })
        };
        let mut leaders = vec![lead(format!("head-{name}"), false, None, None)?];
        for half in 0..2 {
            let from = new_year + Days::new(half * 180 + random.below(120));
            let until = from + Days::new(5 + random.below(20));
            leaders.push(lead(format!("deputy-{name}"), true, Some(from), Some(until))?);
        }
        subjects.push(subject(name, "department", Some("group"), leaders)?);
        for person in ["head", "deputy"] {
            subjects.push(subject(&format!("{person}-{name}"), "employee", Some(name), Vec::new())?);
        }
    }
    for person in ["gm", "chief", "clerk", "inspector-1", "inspector-2"] {
        subjects.push(subject(person, "employee", Some("group"), Vec::new())?);
    }
    let held = [
        ("gm", Role::GeneralManager),
        ("gm", Role::LeadingGroup),
        ("chief", Role::Office),
        ("clerk", Role::Office),
        ("inspector-1", Role::Inspector),
        ("inspector-2", Role::Inspector),
    ];
    let appointments = held.iter().map(|(person, role)| {
        Ok::<_, Failure>(Appointment {
            person: id(person)?,
            role: *role,
            unit: None,
            from: None,
            until: None,
            on_behalf_of: None,
        })
    });
    let organisation = Organisation::new(subjects).map_err(|errors| format!("{errors:?}"))?;
    Ok(Roster::new(organisation, appointments.collect::<Result<_, _>>()?))
}

/// What happens in a case, and when it is written down.
#[derive(Clone)]
struct Happening {
    recorded: NaiveDateTime,
    at: NaiveDateTime,
    case: String,
    by: Party,
    unit: &'static str,
    what: What,
}

#[derive(Clone)]
enum What {
    Opens(Value),
    Act(Value),
}

/// The whole year, drawn beforehand, so that it is the same whoever ticks when.
fn year(question: Question, random: &mut Random) -> Result<Vec<Happening>, Failure> {
    let begin = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let mut all = Vec::new();
    for number in 1..=question.cases {
        let morning = begin + Days::new(random.below(300));
        let minutes = 8 * 60 + random.below(9 * 60);
        let start = morning.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::try_from(minutes)?);
        let unit = DEPARTMENTS[usize::try_from(random.below(8))?];
        let story = rectification(number, unit, start, random)?;
        all.extend(story);
    }
    all.sort_by(|a, b| (a.recorded, &a.case, a.at).cmp(&(b.recorded, &b.case, b.at)));
    Ok(all)
}

/// One problem: found, corrected on the spot or under notice, reported in time, late or never, returned or accepted.
fn rectification(
    number: u32,
    unit: &'static str,
    start: NaiveDateTime,
    random: &mut Random,
) -> Result<Vec<Happening>, Failure> {
    let mut at = start;
    let mut recorded = start;
    let mut story = Vec::new();
    let case = format!("rectification/R-{number:05}");
    let mut add = |at: NaiveDateTime, recorded: NaiveDateTime, by: Party, what: What| {
        story.push(Happening { recorded, at, case: case.clone(), by, unit, what });
    };
    add(at, recorded, Party::INSPECTOR, What::Opens(json!({ "unit": unit, "problem": "检查发现的问题" })));
    if random.percent(25) {
        add(
            at,
            recorded,
            Party::INSPECTOR,
            What::Act(json!({ "act": "correct_on_the_spot", "how": "当场改正" })),
        );
        return Ok(story);
    }
    add(at, recorded, Party::INSPECTOR, What::Act(json!({ "act": "notify", "requirement": "限期改正" })));
    let mut pass = |hours: u64, random: &mut Random| {
        at = at.max(recorded.min(at))
            + TimeDelta::minutes(i64::try_from(random.below(hours * 60)).unwrap_or(0));
        // One in eight is written down days later.
        let late = if random.percent(12) { random.below(9 * 24 * 60) } else { 0 };
        recorded = recorded.max(at) + TimeDelta::minutes(i64::try_from(late).unwrap_or(0));
        (at, recorded)
    };
    if random.percent(15) {
        let (at, recorded) = pass(20, random);
        add(
            at,
            recorded,
            Party::DEPARTMENT_HEAD,
            What::Act(json!({ "act": "ask_extension", "by": "3 working days", "why": "配件未到" })),
        );
        let (at, recorded) = pass(30, random);
        let answer = if random.percent(70) {
            json!({ "act": "grant_extension" })
        } else {
            json!({ "act": "refuse_extension", "why": "无正当理由" })
        };
        add(at, recorded, Party::OFFICE, What::Act(answer));
    }
    if random.percent(6) {
        // Nobody ever mends it.
        return Ok(story);
    }
    for round in 0..3 {
        let (at, recorded) = pass(if random.percent(25) { 30 * 24 } else { 4 * 24 }, random);
        add(
            at,
            recorded,
            Party::DEPARTMENT_HEAD,
            What::Act(json!({ "act": "report_done", "correction": "已改正" })),
        );
        let (at, recorded) = pass(5 * 24, random);
        if round < 2 && random.percent(18) {
            add(at, recorded, Party::INSPECTOR, What::Act(json!({ "act": "return", "why": "仍不合格" })));
        } else {
            add(at, recorded, Party::INSPECTOR, What::Act(json!({ "act": "accept" })));
            break;
        }
    }
    Ok(story)
}

/// Days on which nobody ticks.
fn outages(random: &mut Random) -> Result<Vec<(NaiveDate, NaiveDate)>, Failure> {
    let begin = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no such day")?;
    let spans = (0..10).map(|_| {
        let from = begin + Days::new(random.below(330));
        (from, from + Days::new(3 + random.below(25)))
    });
    Ok(spans.collect())
}

#[derive(Default)]
struct Count {
    acts: usize,
    refused: BTreeMap<String, usize>,
    late: usize,
    told: usize,
}

/// Lives through the year, with a tick each morning but for the outages.
fn live(
    desk: &mut Desk<'_, Memory>,
    year: &[Happening],
    outages: &[(NaiveDate, NaiveDate)],
    directory: &Roster,
) -> Result<Count, Failure> {
    let mut count = Count::default();
    let mut today = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no such day")?;
    let end = NaiveDate::from_ymd_opt(2026, 12, 20).ok_or("no such day")?;
    let mut rest = year.iter().peekable();
    while today < end {
        let morning = today.and_hms_opt(7, 0, 0).ok_or("no such moment")?;
        if !outages.iter().any(|(from, until)| *from <= today && today < *until) {
            count.told += desk.tick(morning)?.len();
        }
        let tomorrow = today + Days::new(1);
        while let Some(happening) =
            rest.next_if(|happening| happening.recorded < tomorrow.and_time(chrono::NaiveTime::MIN))
        {
            act(desk, happening, directory, &mut count)?;
        }
        today = tomorrow;
    }
    count.told += desk.tick(end.and_time(chrono::NaiveTime::MIN))?.len();
    Ok(count)
}

fn act(
    desk: &mut Desk<'_, Memory>,
    happening: &Happening,
    directory: &Roster,
    count: &mut Count,
) -> Result<(), Failure> {
    let unit = id(happening.unit)?;
    let role = happening.by.role().ok_or("a role of the regulation")?;
    let holder = directory
        .holders(role, &unit, happening.at.date())
        .into_iter()
        .next()
        .ok_or("nobody holds the office")?;
    let actor = Actor { person: holder.person, party: happening.by, on_behalf_of: holder.on_behalf_of };
    let when = When { at: happening.at, recorded: happening.recorded };
    let done = match &happening.what {
        What::Opens(opening) => {
            let (kind, name) = happening.case.split_once('/').ok_or("kind/id")?;
            desk.open(kind, name, opening, &actor, when)
        }
        What::Act(command) => desk.act(&happening.case, command, &actor, when),
    };
    count.late += usize::from(happening.recorded > happening.at);
    match done {
        Ok(_) => count.acts += 1,
        Err(DeskError::Refused(refusal)) => {
            *count.refused.entry(refusal.reason.key().into()).or_default() += 1;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// What must hold of a year.
fn hold(desk: &mut Desk<'_, Memory>) -> Result<Vec<CaseView>, Failure> {
    let end = NaiveDate::from_ymd_opt(2026, 12, 20).ok_or("no such day")?.and_time(chrono::NaiveTime::MIN);
    let again = desk.tick(end)?;
    if !again.is_empty() {
        return Err(format!("a second tick tells {}", again.len()).into());
    }
    desk.journal().verify(&Head::GENESIS)?;
    let cases = desk.cases()?;
    for case in &cases {
        if case.closed && !case.due.is_empty() {
            return Err(format!("{} is closed, and something is owed", case.case).into());
        }
        for duty in &case.due {
            if duty.overdue.as_ref().is_some_and(|overdue| overdue.accountable.is_empty()) {
                return Err(format!("{} is overdue, and nobody is accountable", case.case).into());
            }
        }
    }
    Ok(cases)
}

fn main() -> Result<(), Failure> {
    let question = Question::parse();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/campus/rulebook-2026.toml");
    let rules = std::fs::read_to_string(root)?;
    let book = Rulebook::read(&Source::new("rulebook-2026.toml", rules))
        .map_err(|report| format!("{:?}", report.diagnostics))?;
    let books = [book];
    let mut random = Random(question.seed);
    let directory = directory(&mut random)?;
    let year = year(question, &mut random)?;
    let outages = outages(&mut random)?;
    let calendar: &dyn WorkCalendar = &China;

    let began = Instant::now();
    let mut desk = Desk::new(Memory::new(), &books, &directory, calendar);
    let count = live(&mut desk, &year, &outages, &directory)?;
    let took = began.elapsed();
    let cases = hold(&mut desk)?;

    // The same year without an outage: the same cases stand the same, whenever somebody ticked.
    let mut daily = Desk::new(Memory::new(), &books, &directory, calendar);
    live(&mut daily, &year, &[], &directory)?;
    let other = hold(&mut daily)?;
    if let Some((one, two)) = cases.iter().zip(&other).find(|(one, two)| one != two) {
        return Err(format!("an outage changes {}:\n{one:#?}\n{two:#?}", one.case).into());
    }

    let events = desk.journal().head()?.position;
    let overdue = cases.iter().flat_map(|case| &case.due).filter(|duty| duty.overdue.is_some()).count();
    let mut stand: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &cases {
        *stand.entry(case.status).or_default() += 1;
    }
    println!(
        "{} cases, {} acts ({} recorded late), {events} events in {took:.1?}",
        cases.len(),
        count.acts,
        count.late
    );
    println!("told by the clock: {}; owed and overdue at the end: {overdue}", count.told);
    for (status, number) in stand {
        println!("  {status:<10} {number:>5}");
    }
    for (reason, number) in count.refused {
        println!("  refused: {reason:<18} {number:>5}");
    }
    println!("the journal is whole; a second tick tells nothing; without outages the year ends the same");
    Ok(())
}
