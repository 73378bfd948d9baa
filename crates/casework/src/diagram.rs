//! The state diagram of a kind of case, read off its acts.

use crate::case::{Act, Case, Status};
use alloc::{format, string::String};
use ducha_core::Lang;

/// The state diagram of a kind of case, as Mermaid reads it: read off the acts, so that it tells what the code does.
///
/// ```
/// use ducha_casework::{diagram, rectification::Rectification};
/// use ducha_core::Lang;
/// assert!(diagram::<Rectification>(Lang::En).contains("notified --> reported : report it done (art. 15)"));
/// ```
#[must_use]
pub fn diagram<C: Case>(lang: Lang) -> String {
    let mut out = String::from("stateDiagram-v2\n");
    for status in C::Status::ALL {
        out.push_str(&format!("    {} : {}\n", status.word(), status.text(lang)));
    }
    for act in C::Act::ALL {
        let rule = act.rule();
        let text = act.text(lang);
        let by = match lang {
            Lang::Zh => format!("{text}（第{}条）", rule.article),
            Lang::En => format!("{text} (art. {})", rule.article),
        };
        if rule.from.is_empty() {
            for to in rule.to {
                out.push_str(&format!("    [*] --> {} : {by}\n", to.word()));
            }
        }
        for from in rule.from {
            // Where an act may leave a case as it is, it leads to its own status; else to each that it may reach.
            let stays = rule.to.contains(from) && rule.from.iter().all(|from| rule.to.contains(from));
            for to in rule.to.iter().filter(|to| !stays || *to == from) {
                out.push_str(&format!("    {} --> {} : {by}\n", from.word(), to.word()));
            }
        }
    }
    for status in C::Status::ALL.iter().filter(|status| status.is_closed()) {
        out.push_str(&format!("    {} --> [*]\n", status.word()));
    }
    out
}
