//! In which language the command speaks.

use clap::ValueEnum;
use ducha::core::Lang;
use std::ffi::OsString;

/// The languages of `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Asked {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Asked> for Lang {
    fn from(asked: Asked) -> Self {
        match asked {
            Asked::Zh => Self::Zh,
            Asked::En => Self::En,
        }
    }
}

/// The language asked for, else that of the locale, else English.
pub(crate) fn of(asked: Option<Asked>) -> Lang {
    asked.map_or_else(|| of_locale(variable), Into::into)
}

/// The language that a command line asks for before it is read, so that its mistakes are told in it too.
pub(crate) fn of_arguments(arguments: &[OsString]) -> Lang {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let behind = texts.windows(2).find_map(|pair| match pair {
        ["--lang", value] => Some(*value),
        _ => None,
    });
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    of(behind.or(joined).and_then(|value| Asked::from_str(value, true).ok()))
}

/// The language of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty (POSIX).
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|v| !v.is_empty()));
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// A variable of the environment: the only place that reads it.
#[allow(clippy::disallowed_methods, reason = "the command, and it alone, follows the locale and NO_COLOR")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_that_is_set_decides() {
        let with = |set: &'static [(&str, &str)]| {
            of_locale(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(with(&[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(with(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]), Lang::En);
        assert_eq!(with(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW"), ("LANG", "en_GB")]), Lang::Zh);
        assert_eq!(with(&[]), Lang::En);
    }
}
