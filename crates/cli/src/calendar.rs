//! `ducha calendar`: a year at a glance; and the calendar that is asked, with what is laid over it.

use crate::args::{TextOrJson, WhichCalendar};
use crate::assess::json;
use crate::input::bytes_of;
use crate::outcome::{Outcome, Step};
use ducha::calendar::{
    Assuming, China, Effect, Hours, HoursError, IcsReading, Lang as Speech, Layered, Occasion, Overlay,
    OverlayFault, WorkCalendar, YearAtAGlance,
};
use ducha::core::Lang;
use std::path::Path;

/// The year, every day of it.
pub(crate) fn run(year: i32, which: &WhichCalendar, format: TextOrJson, lang: Lang) -> Step<Outcome> {
    let calendar = asked(which, lang)?;
    let glance =
        YearAtAGlance::of(year, &*calendar).map_err(|error| Outcome::wrong_use(error.text(speech(lang))))?;
    Ok(Outcome::done(match format {
        TextOrJson::Text => glance.text(speech(lang)),
        TextOrJson::Json => json(&glance)?,
    }))
}

/// China's calendar, as asked, with the overlays on top of it in the order given.
pub(crate) fn asked(which: &WhichCalendar, lang: Lang) -> Step<Box<dyn WorkCalendar>> {
    let mut layered = match which.as_noticed_on {
        Some(on) => Layered::over(China::as_noticed_on(on)),
        None => Layered::over(China),
    };
    let half_day = match &which.half_day {
        None => None,
        Some(text) => {
            let read = text.parse().map_err(|error: HoursError| Outcome::wrong_use(error.text(speech(lang))));
            Some(read?)
        }
    };
    for file in &which.calendar {
        layered = layered.with(overlay(file, half_day, lang)?);
    }
    Ok(if which.assume_weekends { Box::new(Assuming::weekends_only(layered)) } else { Box::new(layered) })
}

fn overlay(file: &Path, half_day: Option<Hours>, lang: Lang) -> Step<Overlay> {
    let name = file.display().to_string();
    let told = |why: String| {
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        Outcome::mistakes(format!("ducha: {name}{colon}{why}\n"))
    };
    let bytes = bytes_of(file, lang)?;
    let ics = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics"));
    let read = if ics {
        let stem = file.file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
        let named = Occasion { zh: stem.clone().into(), en: stem.clone().into() };
        let effect = Effect::Closure;
        Overlay::from_ics_bytes(&bytes, IcsReading { id: stem, name: named, effect, half_day, hours: None })
    } else {
        let text = String::from_utf8(bytes).map_err(|_| {
            told(if lang == Lang::Zh { "不是 UTF-8 文本".into() } else { "this is no UTF-8 text".into() })
        })?;
        Overlay::from_toml(&text)
    };
    read.map_err(|error| {
        let mut why = error.text(speech(lang));
        if ics && error.fault == OverlayFault::HalfDayWithoutHours {
            why.push_str(match lang {
                Lang::Zh => "；.ics 文件无从写明，请用 --half-day 08:00-12:00 给出",
                Lang::En => "; an .ics file cannot, so tell them with --half-day 08:00-12:00",
            });
        }
        told(why)
    })
}

/// The calendar's own word for a language.
pub(crate) fn speech(lang: Lang) -> Speech {
    match lang {
        Lang::Zh => Speech::Zh,
        Lang::En => Speech::En,
    }
}
