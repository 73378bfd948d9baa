//! Random worlds: rules of all kinds in one version or two, an organisation, records of all types; asked as of several days, as
//! known on a day, with and without the organisation.

use crate::{
    generator::{Without, config, worlds},
    same::same_as_the_reference,
};
use proptest::prelude::*;

/// Which question is asked of a world.
#[derive(Debug, Clone, Copy)]
enum Asked {
    AsItStands,
    WithoutReportDay,
    AsKnownOn(&'static str),
    WithoutOrganisation,
}

fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        5 => Just(Asked::AsItStands),
        1 => Just(Asked::WithoutReportDay),
        1 => Just(Asked::AsKnownOn("2026-10-13")),
        1 => Just(Asked::AsKnownOn("2026-11-30")),
        1 => Just(Asked::WithoutOrganisation),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_says_what_the_reference_says(world in worlds(Without::default()), asked in asked()) {
        let mut request = world.request();
        match asked {
            Asked::AsItStands => {}
            Asked::WithoutReportDay => request.as_of = None,
            Asked::AsKnownOn(day) => request.known_on = Some(day.parse().unwrap()),
            Asked::WithoutOrganisation => request.organisation = None,
        }
        same_as_the_reference(&request)?;
    }
}
