//! Inspection (arts. 4, 9, 16, 17, 20, 21).

use crate::{
    campus::{Campus, actor, at, id},
    hold::hold,
    walk::explore_far,
};
use ducha_casework::{
    Act as _, Actor, Case as _, ClockEvent, Context, File, Found, Happening, Party, Reason, Recorded,
    Refusal, Status as _,
    inspection::{
        Act, Cause, Command, Event, Extent, Inspection, Methods, Opening, Power, Signature, Status, Team,
        Timing, Visibility, Who,
    },
};
use ducha_core::{ClauseId, InspectionId, Lang, Matter, Method};
use proptest::prelude::*;

const OPEN: Methods = Methods {
    cause: Cause::InternalInspection,
    who: Who::SuperiorUrging,
    timing: Timing::SpotCheck,
    extent: Extent::PartialInspection,
    visibility: Visibility::OpenVisit,
    tracking: false,
};
const COVERT: Methods = Methods { visibility: Visibility::CovertVisit, ..OPEN };
const OWN: Methods = Methods { who: Who::SelfInspection, ..OPEN };

fn opening(methods: Methods) -> Opening {
    Opening {
        inspection: InspectionId::new("I-7").unwrap(),
        unit: id("canteen"),
        methods,
        purpose: "食堂卫生".into(),
        source: None,
    }
}

fn clause(text: &str) -> ClauseId {
    ClauseId::new(text).unwrap()
}

fn team(lead: &str, members: &[&str]) -> Team {
    Team { lead: id(lead), members: members.iter().map(|member| id(member)).collect() }
}

fn found() -> Command {
    Command::Find { found: Box::new(Found::under(clause("CL-01"))) }
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![19 => Just(String::from("如此")), 1 => Just(String::new())];
    let teams = prop_oneof![
        9 => Just(team("inspector-1", &["inspector-2"])),
        4 => Just(team("head-canteen", &["cook"])),
        1 => Just(team("inspector-1", &["inspector-canteen"])),
        1 => Just(team("inspector-1", &[])),
    ];
    prop_oneof![
        6 => teams.prop_map(|team| Command::Appoint { team }),
        1 => (prop_oneof![1 => Just("inspector-1"), 1 => Just("inspector-2"), 6 => Just("hr")], text())
            .prop_map(|(person, why)| Command::Recuse { person: id(person), why }),
        4 => text().prop_map(|content| Command::Outline { content: vec![content], clauses: vec![] }),
        30 => Just(Command::Start {}),
        3 => (proptest::sample::select(Power::ALL), text())
            .prop_map(|(power, on)| Command::UsePower { power, on, reference: Some("D-1".into()) }),
        3 => (proptest::option::of(prop_oneof![Just(id("cook")), Just(id("porter"))]), text())
            .prop_map(|(by, how)| Command::Hindered { power: Power::Enter, how, by, evidence: vec![] }),
        2 => Just(found()),
        1 => Just(Command::Find { found: Box::new(Found::under(clause("NO-01"))) }),
        12 => Just(Command::Leave {}),
        40 => (text(), prop_oneof![4 => Just(vec![]), 1 => Just(vec![clause("CL-01")])])
            .prop_map(|(summary, not_applicable)| Command::Report { summary, not_applicable }),
        12 => Just(Command::Sign { remarks: None }),
        12 => (prop_oneof![3 => Just(id("hr")), 1 => Just(id("inspector-2"))], text())
            .prop_map(|(witness, why)| Command::RefuseToSign { witness, why }),
        16 => Just(Command::Close {}),
        1 => prop_oneof![1 => text(), 2 => Just(String::new())].prop_map(|why| Command::Cancel { why }),
    ]
}

#[test]
fn every_way_through_an_inspection_holds_what_must_hold() {
    let office = prop_oneof![Just(opening(OPEN)), Just(opening(COVERT))];
    explore_far::<Inspection>(office, Just(chief()), command(), 120);
}

fn openings() -> impl Strategy<Value = (Opening, Actor)> {
    prop_oneof![
        2 => Just((opening(OPEN), chief())),
        2 => Just((opening(COVERT), chief())),
        1 => Just((opening(OWN), head())),
    ]
}

fn acting() -> impl Strategy<Value = Actor> + Clone + 'static {
    prop_oneof![
        3 => Just(chief()),
        3 => Just(inspector()),
        1 => Just(actor("inspector-2", Party::INSPECTOR)),
        1 => Just(actor("inspector-canteen", Party::INSPECTOR)),
        2 => Just(head()),
        1 => Just(actor("cook", Party::EMPLOYEE)),
    ]
}

#[test]
fn what_an_inspection_promises_holds_at_every_stop() {
    hold::<Inspection>(openings(), command(), acting(), |stop| {
        let inspection = stop.file.case();
        let started = !matches!(inspection.status(), Status::Planned | Status::Outlined | Status::Cancelled);
        // Art. 21: none under way without an outline; art. 9: none without a team that may inspect.
        prop_assert_eq!(inspection.visit().is_some(), started);
        if let Some(visit) = inspection.visit() {
            prop_assert!(!visit.outline.content.is_empty());
            let own = inspection.opening().methods.is_self_inspection();
            for person in visit.team.people() {
                let of_unit = ["head-canteen", "cook"].contains(&person.as_str());
                prop_assert_eq!(of_unit, own, "{} inspects", person);
                prop_assert!(!inspection.recused().any(|recused| recused == person));
            }
            prop_assert!(own || visit.team.people().count() >= 2);
            prop_assert!(
                !own || (visit.uses.is_empty() && visit.noted.iter().all(|noted| noted.hindered.is_none()))
            );
        }
        if let Some(team) = inspection.team() {
            prop_assert!(!inspection.recused().any(|recused| team.has(recused)));
        }
        // A covert visit does not show to the unit before the report.
        let hidden = inspection.opening().methods.is_covert() && inspection.report().is_none();
        let context = stop.campus.context(stop.now);
        for auditee in [head(), actor("cook", Party::EMPLOYEE), actor("inspector-canteen", Party::INSPECTOR)]
        {
            prop_assert_eq!(inspection.visible_to(&auditee, &context), !hidden);
            if hidden {
                prop_assert!(stop.file.allowed(&auditee, &context).is_empty());
                prop_assert!(stop.file.due_for(&auditee, &context).is_empty());
                let refusal = stop.file.decide(&found(), &auditee, stop.now, &context).unwrap_err();
                prop_assert_eq!(refusal.reason, Reason::NoSuchCase);
                let args = serde_json::to_value(&refusal.args).unwrap();
                prop_assert_eq!(args.as_object().unwrap().keys().collect::<Vec<_>>(), ["person"]);
            }
        }
        prop_assert!(inspection.visible_to(&chief(), &context));
        // Closed only with a signature, or with a witnessed refusal by none of the team.
        if inspection.status() == Status::Closed {
            prop_assert!(inspection.signature().is_some());
        }
        if let Some(Signature::Refused { witness, .. }) = inspection.signature() {
            prop_assert!(!inspection.team().unwrap().has(witness));
        }
        // Every finding becomes one record, with its inspection, method and one of the team; so does the inspection.
        let records = inspection.records();
        let noted = inspection.visit().map_or(0, |visit| visit.noted.len());
        prop_assert_eq!(records.len(), if inspection.report().is_some() { noted + 1 } else { 0 });
        let ids: std::collections::BTreeSet<_> = records.iter().map(|record| &record.id).collect();
        prop_assert_eq!(ids.len(), records.len());
        for record in &records {
            let (number, method, inspector) = match &record.matter {
                Matter::Inspection(told) => (Some(&told.inspection), told.method, told.inspector.as_ref()),
                Matter::Finding(told) => (told.inspection.as_ref(), told.method, told.inspector.as_ref()),
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert_eq!(number, Some(&inspection.opening().inspection));
            prop_assert_eq!(method, Some(inspection.opening().methods.most_telling()));
            prop_assert!(inspector.is_some_and(|inspector| inspection.team().unwrap().has(inspector)));
        }
        Ok(())
    });
}

/// An inspection that is told step by step.
struct Told {
    campus: Campus,
    log: Vec<Recorded<Event>>,
}

impl Told {
    fn begin(methods: Methods, by: &Actor) -> Self {
        let campus = Campus::new();
        let moment = at("2026-03-02 09:00");
        let log = File::<Inspection>::open(&opening(methods), by, moment, &campus.context(moment)).unwrap();
        Self { campus, log }
    }

    fn file(&self) -> File<Inspection> {
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
        assert!(!refusal.text(Lang::Zh).contains('{'), "{refusal:?}");
        (refusal.reason, refusal.article.number())
    }

    fn under_way(methods: Methods) -> Self {
        let mut told = Self::begin(methods, &chief());
        told.act("2026-03-02 10:00", &chief(), appoint("inspector-1", &["inspector-2"])).unwrap();
        told.act("2026-03-02 10:00", &chief(), outline()).unwrap();
        told.act("2026-03-03 09:00", &inspector(), Command::Start {}).unwrap();
        told
    }
}

fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

fn inspector() -> Actor {
    actor("inspector-1", Party::INSPECTOR)
}

fn head() -> Actor {
    actor("head-canteen", Party::DEPARTMENT_HEAD)
}

fn appoint(lead: &str, members: &[&str]) -> Command {
    Command::Appoint { team: team(lead, members) }
}

fn outline() -> Command {
    Command::Outline { content: vec!["地面".into(), "留样".into()], clauses: vec![clause("CL-01")] }
}

fn report() -> Command {
    Command::Report { summary: "两处问题".into(), not_applicable: vec![] }
}

#[test]
fn a_visit_becomes_records_and_is_signed() {
    let mut told = Told::under_way(OPEN);
    let take_over =
        Command::UsePower {
            power: Power::TakeOver, on: "留样记录".into(), reference: Some("D-12".into())
        };
    told.act("2026-03-03 09:10", &inspector(), take_over).unwrap();
    let second = actor("inspector-2", Party::INSPECTOR);
    told.act("2026-03-03 09:20", &second, found()).unwrap();
    let hindered = Command::Hindered {
        power: Power::HaveOpened,
        how: "拒绝打开冷库".into(),
        by: None,
        evidence: vec![],
    };
    told.act("2026-03-03 09:30", &inspector(), hindered).unwrap();
    assert_eq!(told.refused("2026-03-03 10:00", &inspector(), report()), (Reason::StillOnSite, 14));
    told.act("2026-03-03 11:00", &inspector(), Command::Leave {}).unwrap();
    assert_eq!(told.refused("2026-03-03 12:00", &second, report()), (Reason::NotTheLead, 9));
    assert_eq!(told.file().case().records(), []);
    told.act("2026-03-05 09:00", &inspector(), report()).unwrap();
    assert_eq!(told.refused("2026-03-05 10:00", &chief(), Command::Close {}), (Reason::NotSigned, 14));
    told.act("2026-03-05 10:00", &head(), Command::Sign { remarks: Some("已知悉".into()) }).unwrap();
    let refuse = |witness: &str| Command::RefuseToSign { witness: id(witness), why: "不认可".into() };
    assert_eq!(told.refused("2026-03-05 11:00", &inspector(), refuse("hr")), (Reason::AlreadySigned, 20));
    told.act("2026-03-06 09:00", &chief(), Command::Close {}).unwrap();

    let file = told.file();
    let inspection = file.case();
    assert!(inspection.status().is_closed());
    assert_eq!(inspection.lead(), Some(&id("inspector-1")));
    let used = &inspection.visit().unwrap().uses[0];
    assert_eq!((used.power.article().number(), used.evidence().unwrap().reference.as_str()), (16, "D-12"));
    let told: Vec<_> = inspection
        .records()
        .iter()
        .map(|record| match &record.matter {
            Matter::Finding(finding) => (
                record.id.to_string(),
                record.occurred_on.to_string(),
                finding.clause.as_ref().unwrap().to_string(),
                finding.inspector.as_ref().unwrap().to_string(),
                finding.method,
            ),
            other => (
                record.id.to_string(),
                record.occurred_on.to_string(),
                String::new(),
                format!("{}", record.subject),
                match other {
                    Matter::Inspection(told) => told.method,
                    _ => None,
                },
            ),
        })
        .collect();
    let row = |id: &str, clause: &str, who: &str| {
        (
            id.to_string(),
            "2026-03-03".to_string(),
            clause.to_string(),
            who.to_string(),
            Some(Method::SpotCheck),
        )
    };
    assert_eq!(
        told,
        [
            row("I-7", "", "canteen"),
            row("I-7-F1", "CL-01", "inspector-2"),
            row("I-7-F2", "EV-14", "inspector-1")
        ]
    );
}

#[test]
fn a_clean_inspection_is_recorded_and_a_refusal_to_sign_needs_a_witness_from_outside() {
    let mut told = Told::under_way(COVERT);
    told.act("2026-03-03 11:00", &inspector(), Command::Leave {}).unwrap();
    assert_eq!(told.refused("2026-03-03 11:30", &head(), found()), (Reason::NoSuchCase, 2));
    told.act("2026-03-04 09:00", &inspector(), report()).unwrap();
    let refuse = |witness: &str| Command::RefuseToSign { witness: id(witness), why: "不认可".into() };
    assert_eq!(
        told.refused("2026-03-05 11:00", &inspector(), refuse("inspector-2")),
        (Reason::NoWitness, 20)
    );
    told.act("2026-03-05 11:00", &inspector(), refuse("hr")).unwrap();
    told.act("2026-03-05 12:00", &chief(), Command::Close {}).unwrap();
    let records = told.file().case().records();
    assert!(matches!(
        &records[..],
        [one] if matches!(&one.matter, Matter::Inspection(told) if told.method == Some(Method::CovertVisit))
    ));
}

#[test]
fn art14_a_report_that_does_not_come_is_overdue() {
    let mut told = Told::under_way(OPEN);
    told.act("2026-03-03 17:00", &inspector(), Command::Leave {}).unwrap();
    assert_eq!(told.refused("2026-03-03 18:00", &inspector(), Command::Leave {}), (Reason::AlreadyLeft, 16));
    // Tuesday 3 March and five working days: the end of Tuesday the 10th.
    let happened = told.file().tick(&told.campus.context(at("2026-03-20 08:00")));
    let when: Vec<_> = happened
        .iter()
        .map(|recorded| match &recorded.what {
            Happening::Clock(ClockEvent::BecameOverdue { accountable, .. }) => {
                (recorded.stamp.at, accountable[0].person.to_string())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(when, [(at("2026-03-11 00:00"), "gm".to_string())]);
}

#[test]
fn each_refusal_names_its_reason() {
    let campus = Campus::new();
    let moment = at("2026-03-02 09:00");
    let open = |opening: &Opening, by: &Actor| {
        let refusal = File::<Inspection>::open(opening, by, moment, &campus.context(moment)).unwrap_err();
        (refusal.reason, refusal.article.number())
    };
    let covert_self = Methods { visibility: Visibility::CovertVisit, ..OWN };
    assert_eq!(open(&opening(covert_self), &head()), (Reason::CovertSelf, 4));
    assert_eq!(open(&opening(OPEN), &head()), (Reason::NotYours, 4));
    let of_office = Opening { unit: id("office"), ..opening(COVERT) };
    assert_eq!(open(&of_office, &chief()), (Reason::OwnWork, 9));
    let long = Opening { inspection: InspectionId::new("I".repeat(120)).unwrap(), ..opening(OPEN) };
    assert_eq!(open(&long, &chief()), (Reason::LongId, 4));

    let mut told = Told::begin(OPEN, &chief());
    let monday = "2026-03-02 10:00";
    assert_eq!(
        told.refused(monday, &chief(), appoint("inspector-1", &["inspector-canteen"])),
        (Reason::OwnWork, 9)
    );
    assert_eq!(told.refused(monday, &chief(), appoint("inspector-1", &["hr"])), (Reason::NotInOffice, 9));
    // The lead counts once.
    assert_eq!(
        told.refused(monday, &chief(), appoint("inspector-1", &["inspector-1"])),
        (Reason::TooFewInspectors, 9)
    );
    // No inspection without an outline, and no outline without content.
    assert_eq!(told.refused(monday, &inspector(), Command::Start {}), (Reason::NotNow, 21));
    let empty = Command::Outline { content: vec![], clauses: vec![] };
    assert_eq!(told.refused(monday, &chief(), empty), (Reason::Empty, 21));
    told.act(monday, &chief(), outline()).unwrap();
    assert_eq!(told.refused(monday, &inspector(), Command::Start {}), (Reason::NoTeam, 9));
    told.act(monday, &chief(), appoint("inspector-1", &["inspector-2"])).unwrap();
    let recuse = |person: &str| Command::Recuse { person: id(person), why: "亲属".into() };
    assert_eq!(told.refused(monday, &inspector(), recuse("inspector-2")), (Reason::NotTheOne, 9));
    told.act(monday, &inspector(), recuse("inspector-1")).unwrap();
    assert_eq!(
        told.refused(monday, &chief(), appoint("inspector-1", &["inspector-2"])),
        (Reason::Recused, 9)
    );
    assert_eq!(told.file().case().team(), None);
    let mut told = Told::begin(OPEN, &chief());
    told.act(monday, &chief(), appoint("inspector-1", &["inspector-2"])).unwrap();
    told.act(monday, &chief(), recuse("inspector-2")).unwrap();
    assert_eq!(told.file().case().team(), None);

    let mut told = Told::under_way(OPEN);
    let tuesday = "2026-03-03 10:00";
    assert_eq!(told.refused(tuesday, &actor("cook", Party::EMPLOYEE), found()), (Reason::NotYours, 2));
    let other = actor("inspector-canteen", Party::INSPECTOR);
    assert_eq!(told.refused(tuesday, &other, found()), (Reason::NotOfTheTeam, 9));
    let of = |subject: &str| {
        let found = Found { subject: Some(id(subject)), ..Found::under(clause("CL-01")) };
        Command::Find { found: Box::new(found) }
    };
    assert_eq!(told.refused(tuesday, &inspector(), of("porter")), (Reason::NotOfUnit, 2));
    told.act(tuesday, &inspector(), of("cook")).unwrap();
    told.act(tuesday, &inspector(), Command::Leave {}).unwrap();
    let applied = Command::Report { summary: "如此".into(), not_applicable: vec![clause("CL-01")] };
    assert_eq!(told.refused(tuesday, &inspector(), applied), (Reason::FoundThere, 14));

    // Without a clause for obstruction in the rules there is no such finding.
    let mut rules = told.campus.rules.annex().clone();
    rules.inspection.as_mut().unwrap().obstruction = None;
    let context = Context { rules: &rules, ..told.campus.context(at(tuesday)) };
    let hindered =
        Command::Hindered { power: Power::Enter, how: "锁门".into(), by: None, evidence: vec![] };
    let refusal = told.file().decide(&hindered, &inspector(), at(tuesday), &context).unwrap_err();
    assert_eq!(refusal.to_string(), "the rulebook does not say [inspection] obstruction (art. 20)");
    assert_eq!(Act::Outline.article().number(), 21);
}

#[test]
fn whoever_left_the_unit_lately_does_not_inspect_it() {
    let mut campus = Campus::new();
    let mut organisation: Vec<_> = campus.directory.organisation().subjects().cloned().collect();
    let mover = organisation.iter_mut().find(|subject| subject.id == id("inspector-2")).unwrap();
    let day = |text: &str| Some(text.parse().unwrap());
    let office = mover.parent[0].clone();
    mover.parent = vec![
        ducha_core::Membership { of: id("canteen"), from: None, until: day("2026-01-10") },
        ducha_core::Membership { from: day("2026-01-10"), ..office },
    ];
    campus.move_to(organisation);
    let decide = |moment: &str| {
        let opened =
            File::<Inspection>::open(&opening(OPEN), &chief(), at(moment), &campus.context(at(moment)));
        let file = File::<Inspection>::replay(&opened.unwrap()).unwrap();
        let appoint = appoint("inspector-1", &["inspector-2"]);
        file.decide(&appoint, &chief(), at(moment), &campus.context(at(moment))).map(|_| ())
    };
    let refusal = decide("2026-07-08 09:00").unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "inspector-2 still belonged to canteen on 2026-01-09 and may inspect it only 6 months after leaving (art. 9)"
    );
    // 9 January was the last day; six months later is 9 July.
    assert_eq!(decide("2026-07-09 09:00"), Ok(()));
}

#[test]
fn who_came_to_the_unit_after_they_were_appointed_does_not_inspect_it() {
    let mut told = Told::begin(OPEN, &chief());
    told.act("2026-03-02 10:00", &chief(), appoint("inspector-1", &["inspector-2"])).unwrap();
    told.act("2026-03-02 10:00", &chief(), outline()).unwrap();
    let mut organisation: Vec<_> = told.campus.directory.organisation().subjects().cloned().collect();
    let mover = organisation.iter_mut().find(|subject| subject.id == id("inspector-2")).unwrap();
    mover.parent[0].of = id("canteen");
    told.campus.move_to(organisation);
    assert_eq!(told.refused("2026-03-03 09:00", &inspector(), Command::Start {}), (Reason::OwnWork, 9));
    let context = told.campus.context(at("2026-03-03 09:00"));
    let allowed = told.file().allowed(&inspector(), &context);
    assert!(allowed.iter().all(|allowed| allowed.act != Act::Start));
}

#[test]
fn art3_a_unit_inspects_itself() {
    let mut told = Told::begin(OWN, &head());
    let cook = actor("cook", Party::EMPLOYEE);
    assert_eq!(
        told.refused("2026-03-02 10:00", &head(), appoint("inspector-1", &[])),
        (Reason::NotOfUnit, 3)
    );
    told.act("2026-03-02 10:00", &head(), appoint("cook", &[])).unwrap();
    told.act("2026-03-02 10:00", &head(), outline()).unwrap();
    assert_eq!(told.refused("2026-03-02 10:00", &chief(), outline()), (Reason::NotYours, 21));
    told.act("2026-03-02 11:00", &cook, Command::Start {}).unwrap();
    told.act("2026-03-02 11:00", &cook, found()).unwrap();
    told.act("2026-03-02 11:00", &cook, Command::Leave {}).unwrap();
    told.act("2026-03-02 12:00", &cook, report()).unwrap();
    told.act("2026-03-02 12:00", &head(), Command::Sign { remarks: None }).unwrap();
    told.act("2026-03-02 12:00", &head(), Command::Close {}).unwrap();
    let records = told.file().case().records();
    assert!(
        matches!(&records[1].matter, Matter::Finding(told) if told.method == Some(Method::SelfInspection))
    );
}

#[test]
fn the_methods_are_one_of_each_pair() {
    let all = COVERT.all();
    assert_eq!(
        all,
        [
            Method::InternalInspection,
            Method::SuperiorUrging,
            Method::SpotCheck,
            Method::PartialInspection,
            Method::CovertVisit
        ]
    );
    assert_eq!(Methods { tracking: true, ..OPEN }.most_telling(), Method::ProcessTracking);
}
