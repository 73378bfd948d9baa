//! Rectification (art. 15).

use crate::{
    campus::{Campus, actor, at, id},
    walk::explore,
};
use ducha_casework::Case as _;
use ducha_casework::{
    Act as _, Actor, ClockEvent, DutyStanding, File, Happening, Moment, Party, Reason, Recorded, Refusal,
    rectification::{Act, Command, Event, Opening, RECTIFY, Rectification, Status},
};
use ducha_core::{ClauseId, LimitId};
use proptest::prelude::*;

fn opening() -> Opening {
    Opening {
        unit: id("canteen"),
        problem: "地面油污".into(),
        finding: None,
        clause: Some(ClauseId::new("CL-01").unwrap()),
    }
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())];
    prop_oneof![
        1 => text().prop_map(|how| Command::CorrectOnTheSpot { how }),
        6 => (text(), proptest::option::of(Just(LimitId::new("one-week").unwrap())))
            .prop_map(|(requirement, limit)| Command::Notify { requirement, limit }),
        8 => (prop_oneof![Just("3 working days"), Just("9 working days")], text())
            .prop_map(|(by, why)| Command::AskExtension { by: by.parse().unwrap(), why }),
        4 => Just(Command::GrantExtension {}),
        4 => text().prop_map(|why| Command::RefuseExtension { why }),
        5 => text().prop_map(|correction| Command::ReportDone { correction, cause: None, corrective_action: None }),
        1 => Just(Command::Accept {}),
        8 => text().prop_map(|why| Command::Return { why }),
        1 => text().prop_map(|why| Command::Cancel { why }),
    ]
}

#[test]
fn every_way_through_a_rectification_holds_what_must_hold() {
    let opener =
        prop_oneof![Just(actor("chief", Party::OFFICE)), Just(actor("inspector-1", Party::INSPECTOR))];
    explore::<Rectification>(Just(opening()), opener, command());
}

/// A case that is told step by step.
struct Told {
    campus: Campus,
    log: Vec<Recorded<Event>>,
}

impl Told {
    fn begin(moment: &str) -> Self {
        let campus = Campus::new();
        let moment = at(moment);
        let log =
            File::<Rectification>::open(&opening(), &inspector(), moment, &campus.context(moment)).unwrap();
        Self { campus, log }
    }

    fn file(&self) -> File<Rectification> {
        File::replay(&self.log).unwrap()
    }

    fn act(&mut self, moment: &str, by: &Actor, command: Command) -> Result<(), Refusal> {
        self.late(moment, moment, by, command)
    }

    #[allow(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
    fn late(&mut self, moment: &str, recorded: &str, by: &Actor, command: Command) -> Result<(), Refusal> {
        let happened = self.file().decide(&command, by, at(moment), &self.campus.context(at(recorded)))?;
        self.log.extend(happened);
        Ok(())
    }

    fn tick(&mut self, moment: &str) -> Vec<(Moment, String)> {
        let happened = self.file().tick(&self.campus.context(at(moment)));
        let told = happened.iter().map(|recorded| {
            let what = match &recorded.what {
                Happening::Clock(ClockEvent::Reminded { .. }) => "reminded".to_string(),
                Happening::Clock(ClockEvent::BecameOverdue { accountable, .. }) => {
                    format!("overdue: {}", accountable[0].person)
                }
                Happening::Clock(ClockEvent::LevelReached { level, holders, .. }) => {
                    let names: Vec<_> = holders.iter().map(|holder| holder.person.as_str()).collect();
                    format!("level {level}: {}", names.join(" "))
                }
                other => format!("{other:?}"),
            };
            (recorded.stamp.at, what)
        });
        let told = told.collect();
        self.log.extend(happened);
        told
    }
}

fn inspector() -> Actor {
    actor("inspector-1", Party::INSPECTOR)
}

fn head() -> Actor {
    actor("head-canteen", Party::DEPARTMENT_HEAD)
}

fn notify() -> Command {
    Command::Notify { requirement: "清洗".into(), limit: None }
}

fn report() -> Command {
    Command::ReportDone { correction: "已清洗".into(), cause: None, corrective_action: None }
}

#[test]
fn an_overdue_problem_reaches_the_leader_and_every_level_after_an_outage_in_order() {
    // Monday 2 March 2026; the clause's own three working days end with Thursday the 5th.
    let mut told = Told::begin("2026-03-02 09:00");
    told.act("2026-03-02 10:00", &inspector(), notify()).unwrap();
    assert_eq!(
        told.tick("2026-04-10 08:00"),
        [
            (at("2026-03-04 08:00"), "reminded".to_string()),
            (at("2026-03-06 00:00"), "overdue: head-canteen".into()),
            (at("2026-03-06 00:00"), "level 0: head-canteen".into()),
            // Friday 6 March and three working days: the end of Wednesday the 11th.
            (at("2026-03-12 00:00"), "level 1: chief clerk".into()),
            // Thursday 12 March and five working days: the end of Thursday the 19th.
            (at("2026-03-20 00:00"), "level 2: deputy gm".into()),
        ]
    );
    assert_eq!(told.tick("2026-04-10 08:00"), []);
}

#[test]
fn what_was_done_in_time_and_recorded_late_is_not_held_against_anybody() {
    let mut told = Told::begin("2026-03-02 09:00");
    told.act("2026-03-02 10:00", &inspector(), notify()).unwrap();
    assert_eq!(told.tick("2026-03-13 08:00").len(), 4);
    told.late("2026-03-05 17:00", "2026-03-13 09:00", &head(), report()).unwrap();
    let file = told.file();
    let duty = file.clock().latest(RECTIFY).unwrap();
    assert_eq!((duty.overdue.as_ref(), duty.reached.len()), (None, 0));
    told.act("2026-03-13 10:00", &inspector(), Command::Accept {}).unwrap();
    assert_eq!(told.file().case().status(), Status::Accepted);
    assert_eq!(told.tick("2026-12-01 00:00"), []);
}

#[test]
fn what_was_done_late_stays_overdue_though_nobody_ticked() {
    let mut told = Told::begin("2026-03-02 09:00");
    told.act("2026-03-02 10:00", &inspector(), notify()).unwrap();
    told.act("2026-03-12 09:00", &head(), report()).unwrap();
    told.act("2026-03-13 09:00", &inspector(), Command::Accept {}).unwrap();
    let file = told.file();
    let duty = file.clock().latest(RECTIFY).unwrap();
    assert_eq!(duty.overdue.as_ref().map(|overdue| overdue.since), Some(at("2026-03-06 00:00")));
    assert_eq!(duty.reached.len(), 2);
    assert_eq!(duty.standing, DutyStanding::Done { at: at("2026-03-13 09:00") });
}

#[test]
fn while_it_waits_to_be_looked_at_again_the_units_clock_stands() {
    let mut told = Told::begin("2026-03-02 09:00");
    told.act("2026-03-02 10:00", &inspector(), notify()).unwrap();
    told.act("2026-03-04 09:00", &head(), report()).unwrap();
    // The office looks again after a week; two of the three days were used before the report.
    told.act("2026-03-11 09:00", &inspector(), Command::Return { why: "仍有油污".into() }).unwrap();
    let file = told.file();
    let ends = file.clock().latest(RECTIFY).unwrap().due.ends();
    assert_eq!(ends, Some(at("2026-03-13 00:00")));
}

#[test]
fn nobody_inspects_their_own_unit() {
    let campus = Campus::new();
    let moment = at("2026-03-02 09:00");
    let own = actor("inspector-canteen", Party::INSPECTOR);
    let refusal = File::<Rectification>::open(&opening(), &own, moment, &campus.context(moment)).unwrap_err();
    assert_eq!((refusal.reason, refusal.article.number()), (Reason::OwnWork, 9));
    assert_eq!(
        refusal.to_string(),
        "inspector-canteen belongs to canteen and cannot inspect their own unit (art. 9)"
    );
}

#[test]
fn each_refusal_names_its_reason() {
    let mut told = Told::begin("2026-03-02 09:00");
    let refused = |told: &mut Told, moment: &str, by: &Actor, command| {
        told.act(moment, by, command).unwrap_err().reason
    };
    assert_eq!(refused(&mut told, "2026-03-02 09:30", &head(), report()), Reason::NotNow);
    assert_eq!(refused(&mut told, "2026-03-02 09:30", &head(), notify()), Reason::NotYours);
    assert_eq!(refused(&mut told, "2026-03-02 08:30", &inspector(), notify()), Reason::BeforeTheLast);
    let stranger = actor("cook", Party::OFFICE);
    assert_eq!(refused(&mut told, "2026-03-02 09:30", &stranger, notify()), Reason::NotInOffice);
    told.act("2026-03-02 10:00", &inspector(), notify()).unwrap();
    let ask = |by: &str| Command::AskExtension { by: by.parse().unwrap(), why: "配件未到".into() };
    assert_eq!(
        refused(&mut told, "2026-03-03 10:00", &head(), ask("6 working days")),
        Reason::ExtensionTooLong
    );
    told.act("2026-03-03 11:00", &head(), ask("5 working days")).unwrap();
    told.act("2026-03-03 12:00", &actor("chief", Party::OFFICE), Command::GrantExtension {}).unwrap();
    let ends = told.file().clock().latest(RECTIFY).unwrap().due.ends();
    assert_eq!(ends, Some(at("2026-03-13 00:00")));
    assert_eq!(
        refused(&mut told, "2026-03-04 10:00", &head(), ask("1 working days")),
        Reason::NoExtensionLeft
    );
    let allowed: Vec<_> = told
        .file()
        .allowed(&head(), &told.campus.context(at("2026-03-04 10:00")))
        .iter()
        .map(|a| a.act)
        .collect();
    assert_eq!(allowed, [Act::AskExtension, Act::ReportDone]);
    assert_eq!(Act::Notify.article().number(), 15);
    assert_eq!(Rectification::KIND, "rectification");
}
