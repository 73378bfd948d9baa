//! Any text is an overlay or is refused with a reason, as TOML and as iCalendar; an overlay answers for every day.
#![no_main]

use chrono::{Days, NaiveDate};
use ducha_calendar::{
    China, Effect, IcsReading, Lang, Layered, Occasion, Overlay, OverlayError, Roll, WorkCalendar, deadline,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((way, text)) = bytes.split_first() else { return };
    let read = if way % 2 == 0 {
        Overlay::from_toml(&String::from_utf8_lossy(text))
    } else {
        let effect = Effect::ALL[usize::from(way / 2) % Effect::ALL.len()];
        let name = Occasion { zh: "校历".into(), en: "campus calendar".into() };
        let half_day = "08:00-12:00".parse().ok();
        Overlay::from_ics_bytes(text, IcsReading { id: "ics".into(), name, effect, half_day, hours: None })
    };
    match read {
        Ok(overlay) => holds(overlay),
        Err(error) => told(&error),
    }
});

fn told(error: &OverlayError) {
    assert!([Lang::Zh, Lang::En].iter().all(|lang| !error.text(*lang).is_empty()));
    if let Some(place) = error.place {
        assert!(place.line > 0 && place.column > 0);
    }
}

fn holds(overlay: Overlay) {
    for pair in overlay.entries().windows(2) {
        assert!(pair[0].last < pair[1].first, "entries lie in order and apart");
    }
    let spoken: Vec<NaiveDate> =
        overlay.entries().iter().flat_map(|entry| [entry.first, entry.last]).take(64).collect();
    for entry in overlay.entries().iter().take(64) {
        assert!(entry.first <= entry.last);
        assert_eq!(overlay.day(entry.first).kind(), Some(entry.effect.kind()));
        assert_eq!(overlay.day(entry.last).kind(), Some(entry.effect.kind()));
    }
    let calendar = Layered::over(China).with(overlay);
    let limit = "5 working days".parse();
    for date in spoken {
        let Ok(limit) = limit else { return };
        let before = date.checked_sub_days(Days::new(3)).unwrap_or(date);
        if let Ok(found) = deadline(before, limit, Roll::Following, &calendar) {
            assert!(found.due > before && !found.explain(Lang::Zh).is_empty());
        }
    }
}
