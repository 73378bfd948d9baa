//! Random worlds: rules of all kinds in one version or two, an organisation, records of all types.

use crate::{
    generator::{Without, config, worlds},
    same::same_as_the_reference,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_says_what_the_reference_says(world in worlds(Without::default())) {
        same_as_the_reference(&world.request())?;
    }
}
