//! Complaint (arts. 2, 12).

use crate::{
    campus::{Campus, actor, at, id},
    hold::hold,
    walk::explore_far,
};
use ducha_casework::Case as _;
use ducha_casework::{
    Actor, ClockEvent, DutyStanding, File, Found, Happening, Party, Reason, Recorded, Refusal, Status as _,
    complaint::{
        ASSESS, Channel, Command, Complainant, Complainants, Complaint, Event, FEEDBACK, Grievance, OPINION,
        Opening, Outcome, Status, redacted, redacted_record,
    },
};
use ducha_core::{ClauseId, Lang, Matter, Method, RecordId, record::EvidenceKind};
use proptest::prelude::*;

fn number(text: &str) -> RecordId {
    RecordId::new(text).unwrap()
}

fn named(people: &[&str]) -> Complainants {
    let one = |person: &&str| Complainant { person: id(person), reach: Some("138".into()) };
    Complainants::Named(people.iter().map(one).collect())
}

fn opening(complainants: Complainants) -> Opening {
    let grievance = Grievance {
        complaint: number("T-3"),
        unit: id("canteen"),
        about: None,
        problem: "饭菜里有异物".into(),
        happened_on: Some("2026-02-27".parse().unwrap()),
        source: None,
    };
    Opening { grievance, complainants }
}

fn about_the_head(complainants: Complainants) -> Opening {
    let opening = opening(complainants);
    let grievance = Grievance { about: Some(id("head-canteen")), ..opening.grievance };
    Opening { grievance, ..opening }
}

fn substantiated() -> Outcome {
    Outcome::Substantiated { found: vec![Found::under(ClauseId::new("CL-01").unwrap())] }
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![19 => Just(String::from("如此")), 1 => Just(String::new())];
    let outcome = prop_oneof![
        2 => Just(substantiated()),
        2 => Just(Outcome::Unsubstantiated {}),
        1 => Just(Outcome::Substantiated { found: vec![] }),
    ];
    let others = prop_oneof![
        Just(named(&["cook"])),
        Just(named(&["porter"])),
        Just(Complainants::Anonymous),
        Just(named(&[]))
    ];
    let numbers = || prop_oneof![2 => Just("T-9"), 2 => Just("T-8"), 1 => Just("T-3")].prop_map(number);
    prop_oneof![
        8 => Just(Command::Acknowledge {}),
        12 => Just(Command::Accept {}),
        5 => text().prop_map(|why| Command::Decline { why }),
        6 => text().prop_map(|question| Command::Ask { question }),
        6 => text().prop_map(|text| Command::Reply { text }),
        6 => text().prop_map(|why| Command::GoOn { why }),
        8 => (proptest::option::of(Just(id("dormitory"))), text())
            .prop_map(|(to, task)| Command::Refer { to, task }),
        3 => text().prop_map(|text| Command::ReportBack { text }),
        10 => (text(), outcome).prop_map(|(opinion, outcome)| Command::Opine { opinion, outcome }),
        20 => (text(), prop_oneof![Just(Channel::Complainant), Just(Channel::PublicNotice)])
            .prop_map(|(text, channel)| Command::Answer { text, channel }),
        3 => Just(Command::Satisfy {}),
        8 => text().prop_map(|why| Command::Reopen { why }),
        4 => Just(Command::Settle {}),
        2 => (numbers(), others).prop_map(|(complaint, complainants)| Command::TakeIn { complaint, complainants }),
        1 => numbers().prop_map(|into| Command::Merge { into }),
        2 => text().prop_map(|why| Command::Withdraw { why }),
    ]
}

#[test]
fn every_way_through_a_complaint_holds_what_must_hold() {
    let openings = prop_oneof![
        3 => Just(opening(named(&["porter", "cook"]))),
        1 => Just(opening(Complainants::Anonymous)),
        1 => Just(about_the_head(named(&["cook"]))),
    ];
    let opener = prop_oneof![Just(chief()), Just(actor("inspector-1", Party::INSPECTOR))];
    explore_far::<Complaint>(openings, opener, command(), 120);
}

#[test]
fn what_a_complaint_promises_holds_at_every_stop() {
    let openings = prop_oneof![
        2 => Just((opening(named(&["porter", "cook"])), porter())),
        1 => Just((opening(named(&["porter"])), chief())),
        1 => Just((about_the_head(Complainants::Anonymous), actor("inspector-1", Party::INSPECTOR))),
    ];
    let acting = prop_oneof![
        4 => Just(chief()),
        2 => Just(porter()),
        1 => Just(actor("cook", Party::COMPLAINANT)),
        1 => Just(actor("inspector-1", Party::INSPECTOR)),
        1 => Just(actor("head-canteen", Party::DEPARTMENT_HEAD)),
        1 => Just(actor("head-dormitory", Party::DEPARTMENT_HEAD)),
    ];
    let stages = std::cell::RefCell::new(std::collections::BTreeSet::new());
    hold::<Complaint>(openings, command(), acting, |stop| {
        let complaint = stop.file.case();
        stages.borrow_mut().insert(complaint.status());
        let context = stop.campus.context(stop.now);
        // Who complained is told to the first receiver, to the offices named, and to each complainant of themself.
        for (person, party) in [
            ("head-canteen", Party::DEPARTMENT_HEAD),
            ("clerk", Party::OFFICE),
            ("cook", Party::LEADING_GROUP),
            ("gm", Party::GENERAL_MANAGER),
        ] {
            let told = complaint.complainants_for(&actor(person, party), &context);
            prop_assert!(
                told.is_err() || complaint.receiver() == Some(&id(person)),
                "{} as {:?} is told",
                person,
                party
            );
        }
        let leading = actor("deputy", Party::LEADING_GROUP);
        let all = complaint.complainants_for(&leading, &context).unwrap();
        let nobody = complaint.is_anonymous() || complaint.status() == Status::Withdrawn;
        prop_assert_eq!(all.is_empty(), nobody);
        if let Ok(own) = complaint.complainants_for(&porter(), &context) {
            prop_assert!(own.len() == 1 && own[0].person == id("porter"));
        }
        // Neither the redacted history nor what is printed names anybody who complained; the case stands all the same.
        let redacted: Vec<_> = stop.log.iter().map(redacted_record).collect();
        let text = serde_json::to_string(&redacted).unwrap();
        let printed = format!("{:?} {:?}", stop.file, redacted);
        for person in ["porter", "cook", "138"] {
            prop_assert!(!text.contains(person), "{text}");
            prop_assert!(!printed.contains(person), "{printed}");
        }
        let replayed = File::<Complaint>::replay(&redacted).unwrap();
        prop_assert_eq!(replayed.case().status(), complaint.status());
        prop_assert_eq!(replayed.clock(), stop.file.clock());
        prop_assert_eq!(replayed.case().records(), complaint.records());
        // While the complainant must answer, the office's clock stands.
        for duty in [ASSESS, OPINION] {
            let owed = stop.file.clock().owed(duty);
            let stands = owed.is_some_and(|owed| matches!(owed.standing, DutyStanding::Paused { .. }));
            prop_assert_eq!(stands, owed.is_some() && complaint.question().is_some(), "{}", duty);
        }
        // Until it is answered, something is owed; an opinion is followed by feedback.
        let answered = complaint.status() == Status::Answered || complaint.status().is_closed();
        prop_assert_eq!(stop.file.due().is_empty(), answered);
        let opined = matches!(complaint.status(), Status::Opined | Status::Declined);
        prop_assert_eq!(stop.file.clock().owed(FEEDBACK).is_some(), opined);
        // What was yielded once stays as it is.
        let records = complaint.records();
        for until in (1..stop.log.len()).rev().take(5) {
            let before = File::<Complaint>::replay(&stop.log[..until]).unwrap().case().records();
            prop_assert!(records.starts_with(&before));
        }
        // What stands is what the last opinion found.
        let revoked: Vec<_> = records.iter().filter_map(|record| record.revokes.as_ref()).collect();
        let stands = records
            .iter()
            .filter(|record| matches!(record.matter, Matter::Finding(_)) && !revoked.contains(&&record.id));
        let found = complaint.opinions().last().map_or(0, |opinion| match &opinion.outcome {
            Outcome::Substantiated { found } => found.len(),
            Outcome::Unsubstantiated {} => 0,
        });
        prop_assert_eq!(stands.count(), found);
        Ok(())
    });
    assert!(stages.into_inner().contains(&Status::Answered));
}

/// A complaint that is told step by step.
struct Told {
    campus: Campus,
    log: Vec<Recorded<Event>>,
}

impl Told {
    fn begin(opening: &Opening, by: &Actor) -> Self {
        let campus = Campus::new();
        let moment = at("2026-03-02 09:00");
        let log = File::<Complaint>::open(opening, by, moment, &campus.context(moment)).unwrap();
        Self { campus, log }
    }

    fn file(&self) -> File<Complaint> {
        File::replay(&self.log).unwrap()
    }

    #[allow(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
    fn act(&mut self, moment: &str, by: &Actor, command: Command) -> Result<(), Refusal> {
        let happened = self.file().decide(&command, by, at(moment), &self.campus.context(at(moment)))?;
        self.log.extend(happened);
        Ok(())
    }

    fn refused(&mut self, moment: &str, by: &Actor, command: Command) -> (Reason, u8) {
        let refusal = self.act(moment, by, command).unwrap_err();
        for lang in [Lang::Zh, Lang::En] {
            assert!(!refusal.text(lang).contains('{'), "{refusal:?}");
        }
        (refusal.reason, refusal.article.number())
    }
}

fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

fn porter() -> Actor {
    actor("porter", Party::COMPLAINANT)
}

fn opine(outcome: Outcome) -> Command {
    Command::Opine { opinion: "已查".into(), outcome }
}

fn answer(channel: Channel) -> Command {
    Command::Answer { text: "答复如下".into(), channel }
}

fn reopen() -> Command {
    Command::Reopen { why: "未见改进".into() }
}

fn decline() -> Command {
    Command::Decline { why: "不属本集团".into() }
}

/// Received and accepted on Monday 2 March.
fn accepted(complainants: Complainants) -> Told {
    let mut told = Told::begin(&opening(complainants), &chief());
    told.act("2026-03-02 10:00", &chief(), Command::Acknowledge {}).unwrap();
    told.act("2026-03-02 11:00", &chief(), Command::Accept {}).unwrap();
    told
}

#[test]
fn a_substantiated_complaint_becomes_findings_and_a_second_look_replaces_them() {
    let mut told = accepted(named(&["porter"]));
    let refer = Command::Refer { to: None, task: "请查明".into() };
    told.act("2026-03-03 09:00", &chief(), refer).unwrap();
    let head = actor("head-canteen", Party::DEPARTMENT_HEAD);
    told.act("2026-03-04 09:00", &head, Command::ReportBack { text: "属实".into() }).unwrap();
    told.act("2026-03-05 09:00", &chief(), opine(substantiated())).unwrap();
    told.act("2026-03-06 09:00", &chief(), answer(Channel::Complainant)).unwrap();
    assert_eq!(told.refused("2026-03-06 10:00", &chief(), Command::Settle {}), (Reason::MayStillReopen, 12));
    told.act("2026-03-09 09:00", &porter(), reopen()).unwrap();
    told.act("2026-03-10 09:00", &chief(), opine(Outcome::Unsubstantiated {})).unwrap();
    let shown: Vec<_> = told
        .file()
        .case()
        .records()
        .iter()
        .map(|record| {
            let method = match &record.matter {
                Matter::Finding(found) => found.method,
                _ => None,
            };
            let reference = record.evidence.first().map(|one| (one.kind, one.reference.clone()));
            (record.id.to_string(), record.occurred_on.to_string(), method, reference)
        })
        .collect();
    let evidence = Some((EvidenceKind::Complaint, "T-3".to_string()));
    assert_eq!(
        shown,
        [
            ("T-3-1-F1".to_string(), "2026-02-27".to_string(), Some(Method::Complaint), evidence),
            ("T-3-1-F1-X".to_string(), "2026-03-10".to_string(), None, None),
        ]
    );
    told.act("2026-03-10 10:00", &chief(), answer(Channel::Complainant)).unwrap();
    // Seven days from Tuesday the 10th: the end of Tuesday the 17th.
    assert_eq!(told.refused("2026-03-18 09:00", &porter(), reopen()), (Reason::ReopenTooLate, 12));
    told.act("2026-03-18 09:00", &chief(), Command::Settle {}).unwrap();
    assert_eq!(told.file().case().status(), Status::Settled);
}

#[test]
fn art12_an_opinion_that_does_not_come_goes_up_the_chain() {
    let told = accepted(named(&["porter"]));
    let happened = told.file().tick(&told.campus.context(at("2026-03-20 08:00")));
    let when: Vec<_> = happened
        .iter()
        .map(|recorded| match &recorded.what {
            Happening::Clock(ClockEvent::BecameOverdue { accountable, duty }) => {
                (recorded.stamp.at, format!("{duty} {}", accountable[0].person))
            }
            Happening::Clock(ClockEvent::LevelReached { level, holders, .. }) => {
                (recorded.stamp.at, format!("level {level} {}", holders[0].person))
            }
            other => panic!("{other:?}"),
        })
        .collect();
    // Monday 2 March and five working days: the end of Monday the 9th; three more: the end of Thursday the 12th.
    assert_eq!(
        when,
        [
            (at("2026-03-10 00:00"), "opinion-1 gm".to_string()),
            (at("2026-03-10 00:00"), "level 0 head-canteen".to_string()),
            (at("2026-03-14 00:00"), "level 1 chief".to_string()),
        ]
    );
}

#[test]
fn while_the_complainant_must_answer_the_clock_stands() {
    let mut told = accepted(named(&["porter", "cook"]));
    let ask = || Command::Ask { question: "哪个窗口？".into() };
    told.act("2026-03-03 09:00", &chief(), ask()).unwrap();
    assert_eq!(told.refused("2026-03-04 09:00", &chief(), ask()), (Reason::AlreadyAsked, 12));
    let reply = || Command::Reply { text: "三号窗口".into() };
    let cook = actor("cook", Party::COMPLAINANT);
    assert_eq!(told.refused("2026-03-04 09:00", &cook, reply()), (Reason::NotTheContact, 12));
    assert_eq!(told.file().tick(&told.campus.context(at("2026-03-17 08:00"))), []);
    told.act("2026-03-17 09:00", &porter(), reply()).unwrap();
    let file = told.file();
    let owed = file.clock().owed(OPINION).unwrap();
    assert_eq!(owed.standing, DutyStanding::Open);
    assert!(owed.due.ends().unwrap() > at("2026-03-19 00:00"));
    assert_eq!(told.refused("2026-03-17 10:00", &porter(), reply()), (Reason::NothingAsked, 12));
}

#[test]
fn an_anonymous_complaint_is_answered_by_public_notice() {
    let mut told = accepted(Complainants::Anonymous);
    let ask = Command::Ask { question: "哪个窗口？".into() };
    assert_eq!(told.refused("2026-03-03 09:00", &chief(), ask), (Reason::NobodyToAsk, 12));
    assert_eq!(
        told.refused("2026-03-03 09:00", &porter(), Command::Withdraw { why: "算了".into() }).0,
        Reason::NotTheOne
    );
    told.act("2026-03-03 09:00", &chief(), opine(Outcome::Unsubstantiated {})).unwrap();
    let refusal = told.act("2026-03-03 10:00", &chief(), answer(Channel::Complainant)).unwrap_err();
    assert_eq!(refusal.to_string(), "an anonymous complaint is answered by public notice (art. 12)");
    told.act("2026-03-03 10:00", &chief(), answer(Channel::PublicNotice)).unwrap();
    told.act("2026-03-03 11:00", &chief(), Command::Settle {}).unwrap();
}

#[test]
fn a_joint_complaint_ends_with_the_last_who_withdraws() {
    let mut told = accepted(named(&["porter", "cook"]));
    let withdraw = || Command::Withdraw { why: "已解决".into() };
    told.act("2026-03-03 09:00", &porter(), withdraw()).unwrap();
    assert_eq!(told.file().case().status(), Status::Accepted);
    assert_eq!(told.refused("2026-03-03 10:00", &porter(), withdraw()), (Reason::NotTheOne, 12));
    told.act("2026-03-03 10:00", &actor("cook", Party::COMPLAINANT), withdraw()).unwrap();
    assert_eq!(told.file().case().status(), Status::Withdrawn);
    assert!(told.file().due().is_empty());
}

#[test]
fn an_anonymous_complaint_outlasts_those_that_were_taken_in() {
    let mut told = accepted(Complainants::Anonymous);
    let take_in = Command::TakeIn { complaint: number("T-9"), complainants: named(&["porter"]) };
    told.act("2026-03-03 09:00", &chief(), take_in).unwrap();
    assert!(!told.file().case().is_anonymous());
    told.act("2026-03-03 10:00", &porter(), Command::Withdraw { why: "已解决".into() }).unwrap();
    assert!(told.file().case().is_anonymous());
    assert_eq!(told.file().case().status(), Status::Accepted);
    assert!(told.file().clock().owed(OPINION).is_some());
}

#[test]
fn duplicates_are_merged_and_their_complainants_are_answered_in_the_other() {
    let mut told = accepted(named(&["porter"]));
    let take_in =
        |number_: &str| Command::TakeIn { complaint: number(number_), complainants: named(&["cook"]) };
    assert_eq!(told.refused("2026-03-03 09:00", &chief(), take_in("T-3")), (Reason::IntoItself, 12));
    told.act("2026-03-03 09:00", &chief(), take_in("T-9")).unwrap();
    assert_eq!(told.refused("2026-03-03 09:00", &chief(), take_in("T-9")), (Reason::AlreadyTakenIn, 12));
    let file = told.file();
    let context = told.campus.context(at("2026-03-03 10:00"));
    let all = file.case().complainants_for(&chief(), &context).unwrap();
    assert_eq!(all.iter().map(|one| one.person.as_str()).collect::<Vec<_>>(), ["porter", "cook"]);
    let mut other = accepted(named(&["cook"]));
    let into = |into: &str| Command::Merge { into: number(into) };
    assert_eq!(other.refused("2026-03-03 09:00", &chief(), into("T-3")), (Reason::IntoItself, 12));
    other.act("2026-03-03 09:00", &chief(), into("T-4")).unwrap();
    assert_eq!(other.file().case().merged_into(), Some(&number("T-4")));
    assert!(other.file().due().is_empty());
}

#[test]
fn each_refusal_names_its_reason() {
    let campus = Campus::new();
    let moment = at("2026-03-02 09:00");
    let open = |opening: &Opening, by: &Actor| {
        let refusal = File::<Complaint>::open(opening, by, moment, &campus.context(moment)).unwrap_err();
        (refusal.reason, refusal.article.number())
    };
    // Whoever files it without anybody's hand is the contact; nobody receives a complaint about themself.
    assert_eq!(open(&opening(named(&["cook", "porter"])), &porter()), (Reason::NotTheOne, 12));
    let head = actor("head-canteen", Party::DEPARTMENT_HEAD);
    assert_eq!(open(&about_the_head(named(&["cook"])), &head), (Reason::ConcernsYou, 12));
    assert_eq!(open(&opening(named(&["cook", "cook"])), &chief()), (Reason::Empty, 12));
    let mut late = opening(named(&["cook"]));
    late.grievance.happened_on = Some("2026-03-03".parse().unwrap());
    assert_eq!(open(&late, &chief()), (Reason::InTheFuture, 12));

    // The first receiver stays responsible; others who are not of the office are not.
    let inspector = actor("inspector-1", Party::INSPECTOR);
    let mut told = Told::begin(&opening(named(&["porter"])), &inspector);
    let other = actor("inspector-2", Party::INSPECTOR);
    assert_eq!(
        told.refused("2026-03-02 10:00", &other, Command::Acknowledge {}),
        (Reason::NotTheReceiver, 12)
    );
    told.act("2026-03-02 10:00", &inspector, Command::Acknowledge {}).unwrap();
    assert_eq!(told.file().case().receiver(), Some(&id("inspector-1")));
    let context = campus.context(at("2026-03-02 11:00"));
    assert_eq!(told.file().case().complainants_for(&inspector, &context).unwrap().len(), 1);
    let refusal = told.file().case().complainants_for(&chief(), &context).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "who complained is shown to the first receiver and to these alone: leading group (art. 12)"
    );
    // Not even an office that the rules name is told who complains about its holder.
    let about_the_deputy = Grievance { about: Some(id("deputy")), ..opening(named(&[])).grievance };
    let other =
        Told::begin(&Opening { grievance: about_the_deputy, complainants: named(&["porter"]) }, &chief());
    let told_to = |person: &str| {
        let leading = actor(person, Party::LEADING_GROUP);
        other.file().case().complainants_for(&leading, &context).map(<[_]>::len)
    };
    assert_eq!(told_to("deputy").unwrap_err().reason, Reason::IdentityWithheld);
    assert_eq!(told_to("gm"), Ok(1));
    // A declined one is answered, too.
    told.act("2026-03-02 11:00", &chief(), decline()).unwrap();
    assert!(told.file().clock().owed(FEEDBACK).is_some());
    told.act("2026-03-02 12:00", &inspector, answer(Channel::Complainant)).unwrap();
    told.act("2026-03-02 13:00", &porter(), Command::Satisfy {}).unwrap();
    assert_eq!(told.file().case().status(), Status::Satisfied);
    assert_eq!(Complaint::KIND, "complaint");

    // The event keeps everything but who complained.
    let Happening::Case(event) = &told.log[0].what else { panic!() };
    let Event::Received { complainants, .. } = redacted(event) else { panic!() };
    assert_eq!(complainants, Complainants::Withheld(1));
}
