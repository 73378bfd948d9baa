//! Any bytes are an organisation, or are told what is wrong with them. Who is in it can be asked for on any day.
#![no_main]

use chrono::NaiveDate;
use ducha_fuzz::LANGS;
use ducha_intake::{OrganisationFormat, read_organisation};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [OrganisationFormat::Toml, OrganisationFormat::Json, OrganisationFormat::Csv] {
        match read_organisation(bytes, format) {
            Ok(organisation) => {
                let days =
                    [NaiveDate::MIN, NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day"), NaiveDate::MAX];
                for (subject, day) in organisation.subjects().flat_map(|s| days.map(|day| (s, day))) {
                    assert!(organisation.members_on(&subject.id, day).all(|m| m.id != subject.id));
                    if let Some(leader) = organisation.leader_on(&subject.id, day) {
                        assert!(organisation.subject(&leader.person).is_some(), "a leader is in the file");
                    }
                }
            }
            Err(faults) => {
                assert!(!faults.is_empty());
                for fault in faults {
                    assert!(fault.line >= 1 && fault.column >= 1, "{fault:?}");
                    assert!(LANGS.iter().all(|lang| !fault.text(*lang).is_empty()));
                }
            }
        }
    }
});
