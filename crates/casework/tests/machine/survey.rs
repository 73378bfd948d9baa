//! Survey (arts. 4, 17).

use crate::{
    campus::{Campus, actor, at, id},
    hold::hold,
    walk::explore,
};
use ducha_casework::{
    Actor, Case as _, File, Found, Party, Reason, Recorded, Refusal,
    survey::{
        Channel, Choice, Command, Event, Hearing, Opening, Outcome, Question, RatingOf, Reach, Sheet, Status,
        Survey,
    },
};
use ducha_core::{
    ClauseId, EntryId, Label, Lang, Matter, Method, Points, Quantity, RecordId, Rounding, RoundingMode,
    exact::parse, record::EvidenceKind,
};
use proptest::prelude::*;

fn entry(text: &str) -> EntryId {
    EntryId::new(text).unwrap()
}

fn choice(name: &str, points: &str, reached: bool) -> Choice {
    Choice { id: entry(name), name: Label::same(name), points: points.parse().unwrap(), reached }
}

/// Two questions: how satisfied, of which one is the target of a clause; and a plain one.
fn opening() -> Opening {
    let rounding = Rounding { mode: RoundingMode::HalfUp, to: parse("0.01").unwrap() };
    let satisfied = Question {
        id: entry("Q1"),
        text: Label::new("您对饭菜满意吗", "are you satisfied with the meals"),
        choices: vec![choice("good", "100", true), choice("fair", "60", true), choice("bad", "0", false)],
        rating: Some(RatingOf { rounding, section: None, line: None }),
        measures: Some(ClauseId::new("RP-02").unwrap()),
    };
    let plain = Question {
        id: entry("Q2"),
        text: Label::new("常去哪个食堂", "which canteen"),
        choices: vec![choice("east", "0", false), choice("west", "0", false)],
        rating: None,
        measures: None,
    };
    Opening {
        survey: RecordId::new("Q-5").unwrap(),
        unit: id("canteen"),
        reach: Reach::General,
        channels: vec![Channel::Online],
        invited: Some(8),
        questions: vec![satisfied, plain],
    }
}

fn sheet(number: u32, answers: &[(&str, &str)]) -> Sheet {
    let answers = answers.iter().map(|(question, choice)| (entry(question), entry(choice))).collect();
    Sheet { sheet: entry(&format!("S{number}")), channel: Channel::Online, answers }
}

fn count(sheets: Vec<Sheet>) -> Command {
    Command::Count { sheets }
}

fn hear() -> Command {
    Command::Hear { hearing: Hearing::Forum, reference: "Z-1".into(), said: "汤里有油污".into() }
}

fn find(rests_on: &[&str]) -> Command {
    let found = Box::new(Found::under(ClauseId::new("CL-01").unwrap()));
    Command::Find { found, rests_on: rests_on.iter().map(ToString::to_string).collect() }
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![9 => Just(String::from("如此")), 1 => Just(String::new())];
    let sheets = proptest::collection::vec(
        (0_u32..12, prop_oneof![9 => Just("good"), 9 => Just("fair"), 9 => Just("bad"), 1 => Just("worse")])
            .prop_map(|(number, choice)| sheet(number, &[("Q1", choice)])),
        1..4,
    );
    prop_oneof![
        3 => Just(Command::Open {}),
        9 => sheets.prop_map(count),
        3 => text().prop_map(|said| Command::Hear { hearing: Hearing::Visit, reference: "Z-1".into(), said }),
        3 => prop_oneof![3 => Just(find(&["Z-1"])), 1 => Just(find(&["Z-2"])), 1 => Just(find(&[]))],
        3 => proptest::option::of(text()).prop_map(|why| Command::Close { why }),
        1 => Just(Command::Evaluate {}),
        1 => text().prop_map(|why| Command::Cancel { why }),
    ]
}

#[test]
fn every_way_through_a_survey_holds_what_must_hold() {
    explore::<Survey>(Just(opening()), Just(chief()), command());
}

#[test]
fn what_a_survey_promises_holds_at_every_stop() {
    let acting = prop_oneof![5 => Just(chief()), 1 => Just(actor("inspector-canteen", Party::INSPECTOR))];
    let evaluated = std::cell::Cell::new((0, 0));
    hold::<Survey>(Just((opening(), chief())), command(), acting, |stop| {
        let survey = stop.file.case();
        // No sheet is counted twice, none beyond those who were invited, and every answer stays counted.
        let sheets: Vec<_> = stop
            .log
            .iter()
            .filter_map(|recorded| match &recorded.what {
                ducha_casework::Happening::Case(Event::Counted { sheets }) => Some(sheets),
                _ => None,
            })
            .flatten()
            .collect();
        prop_assert_eq!(sheets.len(), survey.sheets());
        prop_assert!(survey.sheets() <= 8);
        let times = |choice: &str| {
            sheets.iter().filter(|sheet| sheet.answers.get(&entry("Q1")) == Some(&entry(choice))).count()
        };
        let (good, fair, bad) = (times("good"), times("fair"), times("bad"));
        let counted = survey.counts(&entry("Q1")).map_or(0, |counts| counts.values().sum());
        prop_assert_eq!(good + fair + bad, usize::try_from(counted).unwrap());
        // Records come with the evaluation alone.
        let records = survey.records();
        let Some(results) = survey.results() else {
            prop_assert!(records.is_empty());
            return Ok(());
        };
        let answers = good + fair + bad;
        let (few, enough) = evaluated.get();
        let rating = records.iter().find_map(|record| match &record.matter {
            Matter::Rating(rating) => Some(rating.score),
            _ => None,
        });
        let measured = records.iter().find_map(|record| match &record.matter {
            Matter::Measurement(told) => Some((told.numerator.unwrap(), told.denominator.unwrap())),
            _ => None,
        });
        if answers < 3 {
            // Fewer than the rules ask for: no result, and that is said.
            evaluated.set((few + 1, enough));
            prop_assert_eq!(&results[0].outcome, &Outcome::TooFew { fewest: 3 });
            prop_assert!(rating.is_none() && measured.is_none());
        } else {
            evaluated.set((few, enough + 1));
            // Half a cent at most lies between the rounded mean and the exact one: |200 × (score × n − sum)| ≤ n.
            let of = |number: usize| Quantity::from(u32::try_from(number).unwrap());
            let sum = Points::from(u32::try_from(good * 100 + fair * 60).unwrap());
            let off = rating.unwrap().times(of(answers)).unwrap().minus(sum).unwrap().times(of(200)).unwrap();
            let most = of(answers).cast();
            prop_assert!(off <= most && Points::ZERO.minus(off).unwrap() <= most, "{off} of {answers}");
            prop_assert_eq!(measured, Some((of(good + fair), of(answers))));
        }
        // A finding rests on a forum, a visit or a letter.
        for record in records.iter().filter(|record| matches!(record.matter, Matter::Finding(_))) {
            prop_assert!(record.evidence.iter().any(|one| one.kind == EvidenceKind::Visit));
        }
        Ok(())
    });
    let (few, enough) = evaluated.get();
    assert!(few > 0 && enough > 0, "{few} {enough}");
}

/// A survey that is told step by step.
struct Told {
    campus: Campus,
    log: Vec<Recorded<Event>>,
}

impl Told {
    fn begin() -> Self {
        let campus = Campus::new();
        let moment = at("2026-03-02 09:00");
        let log = File::<Survey>::open(&opening(), &chief(), moment, &campus.context(moment)).unwrap();
        let mut told = Self { campus, log };
        told.act("2026-03-02 10:00", &chief(), Command::Open {}).unwrap();
        told
    }

    fn file(&self) -> File<Survey> {
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

fn seven() -> Vec<Sheet> {
    let answers = ["good", "good", "good", "fair", "fair", "bad", "bad"];
    (1..).zip(answers).map(|(number, answer)| sheet(number, &[("Q1", answer), ("Q2", "east")])).collect()
}

#[test]
fn answers_become_a_rating_and_a_measurement() {
    let mut told = Told::begin();
    told.act("2026-03-03 09:00", &chief(), count(seven())).unwrap();
    told.act("2026-03-04 09:00", &chief(), hear()).unwrap();
    told.act("2026-03-04 10:00", &chief(), find(&["Z-1"])).unwrap();
    // Seven days from Monday the 2nd: the end of Monday the 9th.
    assert_eq!(told.refused("2026-03-09 17:00", &chief(), Command::Close { why: None }), (Reason::Empty, 4));
    assert_eq!(
        told.refused("2026-03-10 09:00", &chief(), count(vec![sheet(8, &[])])),
        (Reason::SurveyOver, 4)
    );
    told.act("2026-03-10 09:00", &chief(), Command::Close { why: None }).unwrap();
    assert_eq!(told.file().case().records(), []);
    told.act("2026-03-11 09:00", &chief(), Command::Evaluate {}).unwrap();
    assert_eq!(told.file().case().status(), Status::Evaluated);
    let shown: Vec<_> = told
        .file()
        .case()
        .records()
        .iter()
        .map(|record| {
            let matter = match &record.matter {
                Matter::Rating(rating) => format!("{} from {}", rating.score, rating.source),
                Matter::Measurement(told) => {
                    format!("{} {} of {}", told.clause, told.numerator.unwrap(), told.denominator.unwrap())
                }
                Matter::Finding(found) => {
                    assert_eq!(found.method, Some(Method::GeneralQuestionnaire));
                    found.clause.as_ref().unwrap().to_string()
                }
                other => panic!("{other:?}"),
            };
            let evidence = record.evidence[0].kind;
            (record.id.to_string(), record.occurred_on.to_string(), matter, evidence)
        })
        .collect();
    // (3 × 100 + 2 × 60) ÷ 7 = 60; five of seven are satisfied.
    let row = |id: &str, day: &str, matter: &str, evidence| {
        (id.to_string(), day.to_string(), matter.to_string(), evidence)
    };
    assert_eq!(
        shown,
        [
            row("Q-5-R1", "2026-03-10", "60 from users", EvidenceKind::Questionnaire),
            row("Q-5-M1", "2026-03-10", "RP-02 5 of 7", EvidenceKind::Questionnaire),
            row("Q-5-F1", "2026-03-04", "CL-01", EvidenceKind::Forum),
        ]
    );
}

#[test]
fn too_few_answers_are_no_result_and_that_is_said() {
    let mut told = Told::begin();
    told.act("2026-03-03 09:00", &chief(), count(seven().split_off(5))).unwrap();
    let why = Some("提前放假".to_string());
    told.act("2026-03-04 09:00", &chief(), Command::Close { why }).unwrap();
    told.act("2026-03-04 10:00", &chief(), Command::Evaluate {}).unwrap();
    let file = told.file();
    let first = &file.case().results().unwrap()[0];
    assert_eq!((first.answers, &first.outcome), (2, &Outcome::TooFew { fewest: 3 }));
    assert_eq!(file.case().records(), []);
}

#[test]
fn each_refusal_names_its_reason() {
    let campus = Campus::new();
    let moment = at("2026-03-02 09:00");
    let refused = |change: fn(&mut Opening)| {
        let mut opening = opening();
        change(&mut opening);
        let opened = File::<Survey>::open(&opening, &chief(), moment, &campus.context(moment));
        let refusal = opened.unwrap_err();
        assert!(!refusal.text(Lang::Zh).contains('{'), "{refusal:?}");
        (refusal.reason, refusal.article.number())
    };
    let off_scale = |opening: &mut Opening| opening.questions[0].choices[0].points = "101".parse().unwrap();
    assert_eq!(refused(off_scale), (Reason::BeyondScale, 4));
    // 100 rounded to a multiple of 30 is 90, but 60 and 100 rounded up to one of 70 are off the scale.
    let rounds_off = |opening: &mut Opening| {
        let to = Rounding { mode: RoundingMode::Up, to: parse("70").unwrap() };
        opening.questions[0].rating.as_mut().unwrap().rounding = to;
    };
    assert_eq!(refused(rounds_off), (Reason::BeyondScale, 4));
    let to_nothing = |opening: &mut Opening| {
        opening.questions[0].rating.as_mut().unwrap().rounding.to = parse("0").unwrap();
    };
    assert_eq!(refused(to_nothing), (Reason::NoRounding, 4));
    let no_target =
        |opening: &mut Opening| opening.questions[0].measures = Some(ClauseId::new("CL-01").unwrap());
    assert_eq!(refused(no_target), (Reason::NoTarget, 4));
    assert_eq!(refused(|opening| opening.questions[1].id = entry("Q1")), (Reason::NamedTwice, 4));
    assert_eq!(refused(|opening| opening.questions.clear()), (Reason::Empty, 4));
    assert_eq!(refused(|opening| opening.reach = Reach::Targeted { whom: " ".into() }), (Reason::Empty, 4));

    let mut told = Told::begin();
    let tuesday = "2026-03-03 09:00";
    let own = actor("inspector-canteen", Party::INSPECTOR);
    assert_eq!(told.refused(tuesday, &own, count(seven())), (Reason::OwnWork, 9));
    assert_eq!(
        told.refused(tuesday, &chief(), count(vec![sheet(1, &[("Q9", "good")])])),
        (Reason::NoSuchQuestion, 4)
    );
    assert_eq!(
        told.refused(tuesday, &chief(), count(vec![sheet(1, &[("Q1", "east")])])),
        (Reason::NoSuchChoice, 4)
    );
    let on_paper = Sheet { channel: Channel::Paper, ..sheet(1, &[]) };
    assert_eq!(told.refused(tuesday, &chief(), count(vec![on_paper])), (Reason::OtherChannel, 4));
    let nine = (1..10).map(|number| sheet(number, &[])).collect();
    assert_eq!(told.refused(tuesday, &chief(), count(nine)), (Reason::MoreThanInvited, 4));
    told.act(tuesday, &chief(), count(seven())).unwrap();
    assert_eq!(told.refused(tuesday, &chief(), count(vec![sheet(7, &[])])), (Reason::SheetTwice, 4));
    assert_eq!(told.refused(tuesday, &chief(), find(&[])), (Reason::Empty, 17));
    assert_eq!(told.refused(tuesday, &chief(), find(&["Z-7"])), (Reason::NoSuchEvidence, 17));
    let porter = actor("porter", Party::EMPLOYEE);
    assert_eq!(told.refused(tuesday, &porter, Command::Evaluate {}), (Reason::NotNow, 4));
    assert_eq!(Survey::KIND, "survey");
}
