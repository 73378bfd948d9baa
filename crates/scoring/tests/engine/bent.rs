//! Random worlds whose rules are bent: windows, dates and keys that the laws' worlds don't have.

use crate::{
    generator::{Tape, Without, World, config, day, read, rulebook, worlds},
    same::same_as_the_reference,
};
use proptest::{prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};

const ROLLING: &str = "window = { rolling = \"12 months\", last_day = \"included\" }";

/// What is written in the place of what, and whether in the second version alone.
type Bend = (bool, &'static [(&'static str, &'static str)]);

const BENDS: &[Bend] = &[
    // Transitions, and tallies that are retired.
    (
        true,
        &[("\n[[consequence]]", "\n[[transition]]\ntally = \"score\"\nrule = \"close\"\n[[consequence]]")],
    ),
    (true, &[("\n[[consequence]]", "\n[[transition]]\ntally = \"year\"\nrule = \"close\"\n[[consequence]]")]),
    (
        true,
        &[("\n[[consequence]]", "\n[[transition]]\ntally = \"balance\"\nrule = \"close\"\n[[consequence]]")],
    ),
    (true, &[("id = \"short\"", "id = \"shorter\"")]),
    (true, &[("id = \"year\"\n", "id = \"years\"\n"), ("{ tally = \"year\" }", "{ tally = \"years\" }")]),
    // Clauses that are in force for a part of their version.
    (
        false,
        &[
            ("[[clause]]\nid = \"C1\"\n", "[[clause]]\nid = \"C1\"\nuntil = 2026-10-13\n"),
            ("[[clause]]\nid = \"C2\"\n", "[[clause]]\nid = \"C2\"\nfrom = 2026-10-12\n"),
        ],
    ),
    // Balances that are cleared by training alone, so that it is asked for again and again.
    (
        false,
        &[(
            "clear = [{ facts = [\"training_passed\"], ladder = \"points\", tier = \"six\", all_settled_by = \"fine_paid\" }]",
            "clear = [{ facts = [\"training_passed\"], ladder = \"points\", tier = \"six\" }]",
        )],
    ),
    // Windows of sums, indexes and rankings.
    (false, &[("window = \"month\"", "window = \"week\"")]),
    (false, &[("window = \"month\"", "window = \"term\"")]),
    (false, &[("window = \"month\"", "window = \"day\"")]),
    (false, &[("window = \"month\"", "window = \"inspection\"")]),
    (false, &[("window = \"quarter\"", "window = \"ever\"")]),
    (false, &[("window = \"quarter\"", "window = \"year\"")]),
    (false, &[("window = \"half_year\"", ROLLING)]),
    (false, &[("window = \"half_year\"", "window = { cycle = \"5 months\", anchor = \"hired\" }")]),
    (false, &[(ROLLING, "window = \"ever\"")]),
    (false, &[(ROLLING, "window = { rolling = \"30 calendar days\", last_day = \"excluded\" }")]),
    // What counts, from which day, whose.
    (false, &[("id = \"score\"\n", "id = \"score\"\ninherit = true\n")]),
    (false, &[("id = \"score\"\n", "id = \"score\"\ndated_by = \"recorded_on\"\n")]),
    (false, &[("id = \"score\"\n", "id = \"score\"\nbonuses = false\n")]),
    (
        false,
        &[(
            "id = \"short\"\n",
            "id = \"short\"\nages = [{ up_to = \"20 calendar days\", last_day = \"excluded\", weight = 0.5 }]\n",
        )],
    ),
    (false, &[("id = \"findings\"\n", "id = \"findings\"\ninherit = true\ndated_by = \"decided_on\"\n")]),
    (false, &[("id = \"notices\"\n", "id = \"notices\"\ninherit = true\n")]),
    // Balances.
    (false, &[("id = \"balance\"\n", "id = \"balance\"\nceiling = 5\n")]),
    (false, &[("id = \"balance\"\n", "id = \"balance\"\ninherit = true\n")]),
    (false, &[("id = \"balance\"\n", "id = \"balance\"\nawards = [\"A1\", \"A2\"]\n")]),
    (false, &[("id = \"balance\"\n", "id = \"balance\"\ndated_by = \"recorded_on\"\n")]),
    (false, &[("unless = \"fine_paid\" }", "unless = \"fine_paid\", only_below = 4 }")]),
    (
        false,
        &[(
            "ladder = \"points\", tier = \"six\", all_settled_by = \"fine_paid\"",
            "all_settled_by = \"fine_paid\"",
        )],
    ),
    (false, &[(", all_settled_by = \"fine_paid\"", "")]),
    // Indexes, rankings, and what ladders are about.
    (false, &[("best = \"highest\"", "best = \"lowest\"")]),
    (false, &[("min_subjects = 2", "min_subjects = 3")]),
    (false, &[("top = 1", "top = 2")]),
    (
        false,
        &[
            (
                "subjects = [\"department\", \"employee\"]\n",
                "subjects = [\"department\", \"employee\", \"group\"]\n",
            ),
            ("on = { tally = \"score\" }", "on = { index = \"rate\" }"),
        ],
    ),
    (
        false,
        &[
            ("subjects = [\"department\"]\n", "subjects = [\"department\", \"employee\", \"group\"]\n"),
            ("on = { tally = \"score\" }", "on = { index = \"people\" }"),
        ],
    ),
    (
        false,
        &[
            ("aggregate = \"weighted\"", "aggregate = \"mean\""),
            (", weight = 0.7", ""),
            (", weight = 0.3", ""),
        ],
    ),
];

fn bent(texts: &[String], bends: &[Bend]) -> Vec<String> {
    let mut texts = texts.to_vec();
    for (second, changes) in bends {
        for text in texts.iter_mut().skip(usize::from(*second)) {
            for (from, to) in *changes {
                *text = if *second { text.replacen(from, to, 1) } else { text.replace(from, to) };
            }
        }
    }
    texts
}

fn bent_worlds() -> impl Strategy<Value = World> {
    let bends = prop::collection::vec(select(BENDS), 1..4);
    let known_on = select(&[None, None, Some("2026-10-15"), Some("2026-12-31")][..]);
    (worlds(Without::default()), bends, known_on).prop_filter_map(
        "the bent rules read",
        |(world, bends, known_on)| {
            let texts = bent(&world.texts, &bends);
            let books = read(&texts).ok()?;
            Some(World { texts, books, known_on: known_on.map(day), ..world })
        },
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bent_worlds_are_assessed_alike(world in bent_worlds(), with_organisation in any::<bool>()) {
        let mut request = world.request();
        request.organisation = request.organisation.filter(|_| with_organisation);
        same_as_the_reference(&request)?;
    }
}

#[test]
fn each_way_of_bending_the_rules_is_met() {
    let mut runner = TestRunner::deterministic();
    let rules = prop::collection::vec(any::<u8>(), 60..200);
    let texts: Vec<Vec<String>> = (0..60)
        .map(|_| {
            rulebook::texts(
                &mut Tape::new(&rules.new_tree(&mut runner).unwrap().current()),
                Without::default(),
            )
        })
        .collect();
    let never: Vec<String> = BENDS
        .iter()
        .filter(|bend| {
            let reads = |texts: &Vec<String>| {
                let other = bent(texts, &[**bend]);
                other != *texts && read(&other).is_ok()
            };
            !texts.iter().any(reads)
        })
        .map(|bend| format!("{bend:?}"))
        .collect();
    assert!(never.is_empty(), "{never:#?}");
}
