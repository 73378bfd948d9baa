//! Why an entry has 0 points, in a few words: the step that left nothing, as the derivation tells it.

use crate::bulletin::Matter;
use ducha::core::message::Arg;
use ducha::core::{Derivation, Lang, Step};
use ducha::scoring::assessment::Entry;

/// Why the entry has 0 points; nothing where it has some.
pub(crate) fn why(matter: &Matter<'_>, entry: &Entry) -> String {
    let Some(step) = entry.zeroed_by() else { return String::new() };
    let veto = matter.assessment.is_veto(&entry.record).then(|| matter.pick("一票否决", "a veto").to_owned());
    let reasons: Vec<String> = core::iter::once(in_short(step, matter.lang)).chain(veto).collect();
    matter.beside(&reasons)
}

fn in_short(step: &Derivation, lang: Lang) -> String {
    let is_zero = |name| match step.args.get(name) {
        Some(Arg::Points(points)) => points.is_zero(),
        Some(Arg::Number(number)) => number.is_zero(),
        _ => false,
    };
    let (zh, en) = match step.step {
        Step::Capped => return capped(step, lang),
        Step::PriceRemark => ("只提示，不扣分", "a remark only"),
        Step::PriceRate => ("对照目标不扣分", "nothing due against the target"),
        Step::PricePerUnit if is_zero("units") => ("不足一个计分单位", "less than one unit"),
        Step::PriceCount | Step::PriceCountTogether if is_zero("all") => {
            ("未到起扣数量", "below the count that costs")
        }
        Step::PriceCount | Step::PriceCountTogether => ("此前已按累计扣分", "counted before"),
        Step::PriceFlat
        | Step::PricePerUnit
        | Step::PriceRange
        | Step::PriceSeverity
        | Step::PriceBySource
        | Step::PriceRegistered
        | Step::PriceAward => ("规则定为 0 分", "priced at 0"),
        Step::CountedOnce => ("只计一次，已计", "counted once already"),
        Step::WarnedFirst => ("首次只警告", "warned first"),
        Step::SelfFound => ("自查并及时整改", "self-found, mended in time"),
        Step::SourceFactor => ("此来源不计", "this source counts nothing"),
        Step::ItemLost => ("该项已扣完", "the item is used up"),
        Step::ShareMoved => ("由他人承担", "borne by others"),
        Step::HigherAlone => ("两线责任只计较高者", "the higher of two liabilities counts"),
        // Any other step says it in its own sentence.
        _ => return step.sentence(lang),
    };
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// By which cap.
fn capped(step: &Derivation, lang: Lang) -> String {
    let template = match lang {
        Lang::Zh => "已封顶（{cap} 上限 {max}）",
        Lang::En => "capped ({cap}: at most {max})",
    };
    step.args.fill(template, lang)
}
