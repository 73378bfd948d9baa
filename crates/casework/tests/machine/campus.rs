//! The campus on which the tests act: two units with heads, an office, inspectors, and the rules.

use ducha_calendar::China;
use ducha_casework::{Actor, Appointment, Context, Moment, Party, Roster};
use ducha_core::{Label, Leadership, Membership, Organisation, Subject, SubjectId, SubjectKindId};
use ducha_rulebook::{Rulebook, Source, annex::consequence::Role};

/// An id.
pub(crate) fn id(text: &str) -> SubjectId {
    SubjectId::new(text).unwrap()
}

/// A moment, as in `2026-03-02 09:00`.
pub(crate) fn at(text: &str) -> Moment {
    Moment::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

/// Somebody in a capacity.
pub(crate) fn actor(person: &str, party: Party) -> Actor {
    Actor::new(id(person), party)
}

/// What decisions look at on this campus.
pub(crate) struct Campus {
    /// The rules.
    pub(crate) rules: Rulebook,
    /// Who holds which office.
    pub(crate) directory: Roster,
}

fn subject(name: &str, kind: &str, above: Option<&str>, leader: Option<&str>) -> Subject {
    Subject {
        id: id(name),
        kind: SubjectKindId::new(kind).unwrap(),
        name: Label::same(name),
        from: None,
        until: None,
        parent: above
            .map(|above| Membership { of: id(above), from: None, until: None })
            .into_iter()
            .collect(),
        leader: leader
            .map(|person| Leadership { person: id(person), acting: false, from: None, until: None })
            .into_iter()
            .collect(),
        line: None,
        class: None,
        anchor: std::collections::BTreeMap::new(),
    }
}

fn hold(person: &str, role: Role) -> Appointment {
    Appointment { person: id(person), role, unit: None, from: None, until: None, on_behalf_of: None }
}

/// Who holds which office of the whole group.
fn appointments() -> Vec<Appointment> {
    vec![
        hold("gm", Role::GeneralManager),
        hold("gm", Role::LeadingGroup),
        hold("deputy", Role::LeadingGroup),
        hold("gm", Role::OfficeMeeting),
        hold("deputy", Role::OfficeMeeting),
        hold("chief", Role::Office),
        hold("clerk", Role::Office),
        hold("inspector-1", Role::Inspector),
        hold("inspector-2", Role::Inspector),
        hold("inspector-canteen", Role::Inspector),
        hold("hr", Role::Personnel),
        hold("cashier", Role::Finance),
    ]
}

impl Campus {
    /// The same offices in another organisation.
    pub(crate) fn move_to(&mut self, subjects: Vec<Subject>) {
        self.directory = Roster::new(Organisation::new(subjects).unwrap(), appointments());
    }

    /// The campus.
    pub(crate) fn new() -> Self {
        let source = Source::new("rules.toml", include_str!("rules.toml"));
        let rules = Rulebook::read(&source).unwrap_or_else(|report| {
            panic!(
                "{:#?}",
                report
                    .diagnostics
                    .iter()
                    .map(|d| (d.code, d.message(ducha_core::Lang::En)))
                    .collect::<Vec<_>>()
            )
        });
        let mut subjects = vec![
            subject("group", "group", None, Some("gm")),
            subject("canteen", "department", Some("group"), Some("head-canteen")),
            subject("dormitory", "department", Some("group"), Some("head-dormitory")),
            subject("office", "office", Some("group"), Some("chief")),
        ];
        for (person, unit) in [
            ("gm", "group"),
            ("deputy", "group"),
            ("head-canteen", "canteen"),
            ("cook", "canteen"),
            ("head-dormitory", "dormitory"),
            ("porter", "dormitory"),
            ("chief", "office"),
            ("clerk", "office"),
            ("inspector-1", "office"),
            ("inspector-2", "office"),
            ("inspector-canteen", "canteen"),
            ("hr", "office"),
            ("cashier", "office"),
        ] {
            subjects.push(subject(person, "employee", Some(unit), None));
        }
        // Heads sit in their units; the unit's own leader entry names them.
        let organisation = Organisation::new(subjects).unwrap();
        Self { rules, directory: Roster::new(organisation, appointments()) }
    }

    /// What decisions look at, as of a moment of recording.
    pub(crate) fn context(&self, now: Moment) -> Context<'_> {
        Context { now, rules: self.rules.annex(), calendar: &China, directory: &self.directory }
    }
}
