//! Filing (arts. 5, 19).

use crate::{
    campus::{Campus, actor, at, id},
    promise::promise,
    told::Told,
    walk::explore,
};
use ducha_casework::{
    Actor, Case as _, DutyStanding, Party, Reason,
    filing::{Command, FILE, Filing, Opening, Status, called_for},
};
use ducha_core::{ClauseId, EntryId, Period, RecordId, record::Matter};
use proptest::prelude::*;

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn opening() -> Opening {
    Opening {
        unit: id("canteen"),
        filing: EntryId::new("monthly-report").unwrap(),
        period: period("2026-02"),
    }
}

fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

fn head() -> Actor {
    actor("head-canteen", Party::DEPARTMENT_HEAD)
}

fn file() -> Command {
    Command::File { document: "档案 2026-17".into() }
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())];
    prop_oneof![
        4 => text().prop_map(|document| Command::File { document }),
        1 => Just(Command::Accept {}),
        4 => text().prop_map(|why| Command::Return { why }),
        1 => text().prop_map(|why| Command::Cancel { why }),
    ]
}

#[test]
fn every_way_through_a_filing_holds_what_must_hold() {
    explore::<Filing>(Just(opening()), Just(chief()), command());
}

#[test]
fn a_period_lists_the_filings_that_it_calls_for() {
    let campus = Campus::new();
    let context = campus.context(at("2026-04-01 09:00"));
    let listed = |text: &str| -> Vec<String> {
        let calls = called_for(period(text), campus.directory.organisation(), &context).unwrap();
        let told = calls.iter().map(|call| {
            let due = call.due.ends().unwrap();
            format!("{} {} {} {due}", call.filing, call.unit, call.period.text())
        });
        told.collect()
    };
    // March ends on a Tuesday; Monday 6 April is off for Qingming, so five working days end with Wednesday the 8th.
    let monthly =
        ["canteen", "dormitory"].map(|unit| format!("monthly-report {unit} 2026-03 2026-04-09 00:00:00"));
    let quarterly = String::from("quarterly-figures office 2026-Q1 2026-04-08 00:00:00");
    assert_eq!(listed("2026-03"), [monthly.to_vec(), vec![quarterly]].concat());
    assert_eq!(listed("2026-02").len(), 2);
    // A quarter has three months for two units, and itself.
    assert_eq!(listed("2026-Q1").len(), 7);
    assert_eq!(listed("2026-03-10"), Vec::<String>::new());
}

#[test]
fn overdue_it_becomes_a_finding_of_the_day_after() {
    let mut told = Told::<Filing>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    // The limit runs from the end of February, not from the call: five working days end with Friday 6 March.
    assert_eq!(told.ends(FILE), Some(at("2026-03-07 00:00")));
    let name = RecordId::new("filing-1").unwrap();
    told.tick("2026-03-07 00:00");
    assert_eq!((told.status(), told.file().finding(name.clone())), (Status::Due, None));
    told.tick("2026-03-09 08:00");
    assert_eq!(told.status(), Status::Overdue);
    let finding = told.file().finding(name.clone()).unwrap();
    assert_eq!((finding.subject, finding.occurred_on), (id("canteen"), at("2026-03-07 00:00").date()));
    let Matter::Finding(found) = finding.matter else { panic!() };
    assert_eq!(found.clause, Some(ClauseId::new("FL-01").unwrap()));
    let accountable = told.file().clock().latest(FILE).unwrap().overdue.clone().unwrap().accountable;
    assert_eq!(accountable[0].person, id("head-canteen"));
    // Filed late, it stays found; filed in time and recorded late, it does not.
    let mut late = Told::<Filing>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    late.act("2026-03-09 09:00", &head(), file()).unwrap();
    assert!(late.file().finding(name.clone()).is_some());
    told.late("2026-03-06 17:00", "2026-03-09 09:00", &head(), file()).unwrap();
    assert_eq!((told.status(), told.file().finding(name)), (Status::Filed, None));
}

#[test]
fn what_is_returned_runs_on_with_the_time_that_was_left() {
    let mut told = Told::<Filing>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    told.act("2026-03-05 09:00", &head(), file()).unwrap();
    assert_eq!(told.refused("2026-03-05 10:00", &head(), Command::Accept {}), ("not_yours".into(), 19));
    told.act("2026-03-12 09:00", &chief(), Command::Return { why: "缺数据".into() }).unwrap();
    assert_eq!(told.ends(FILE), Some(at("2026-03-14 00:00")));
    told.act("2026-03-13 09:00", &head(), file()).unwrap();
    told.act("2026-03-16 09:00", &chief(), Command::Accept {}).unwrap();
    let file = told.file();
    let duty = file.clock().latest(FILE).unwrap();
    assert!(matches!(duty.standing, DutyStanding::Done { .. }) && duty.overdue.is_none());
    assert_eq!(file.case().documents().len(), 2);
}

#[test]
fn each_refusal_names_its_reason() {
    let opened = |opening: &Opening| {
        let refusal = Told::<Filing>::open("2026-03-02 09:00", &chief(), opening).err().unwrap();
        (refusal.reason, refusal.article.number())
    };
    assert_eq!(opened(&Opening { period: period("2026-Q1"), ..opening() }), (Reason::NotThatPeriod, 5));
    let unknown = EntryId::new("nothing").unwrap();
    assert_eq!(opened(&Opening { filing: unknown, ..opening() }), (Reason::NoRule, 5));
    let figures = Opening {
        unit: id("office"),
        filing: EntryId::new("quarterly-figures").unwrap(),
        period: period("2026-Q1"),
    };
    let mut told = Told::<Filing>::open("2026-03-02 09:00", &chief(), &figures).unwrap();
    assert_eq!(
        told.refused("2026-03-02 10:00", &actor("hr", Party::PERSONNEL), file()),
        ("not_yours".into(), 5)
    );
    told.act("2026-03-02 10:00", &chief(), file()).unwrap();
    assert_eq!(told.refused("2026-03-02 11:00", &chief(), Command::Accept {}), ("same_hands".into(), 19));
    told.act("2026-03-02 11:00", &actor("clerk", Party::OFFICE), Command::Accept {}).unwrap();
}

#[test]
fn there_is_a_finding_exactly_where_it_was_overdue() {
    promise::<Filing>(Just(opening()), &chief(), command(), |file, _| {
        let duty = file.clock().latest(FILE).unwrap();
        let finding = file.finding(RecordId::new("filing-1").unwrap());
        let is_cancelled = file.case().status() == Status::Cancelled;
        prop_assert_eq!(finding.is_some(), duty.overdue.is_some() && !is_cancelled);
        if let (Some(finding), Some(ends)) = (finding, duty.due.ends()) {
            prop_assert_eq!(finding.occurred_on, ends.date());
        }
        Ok(())
    });
}
