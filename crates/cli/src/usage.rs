//! The command line as people of the office read it: help and mistakes in their language.

use crate::args::Cli;
use crate::chinese;
use crate::lang;
use crate::visible;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error, FromArgMatches};
use ducha::core::Lang;
use std::ffi::OsString;
use std::io::Write;

/// What the command line asks for, or the text that stands in its place.
pub(crate) fn read(arguments: &[OsString]) -> Result<Cli, Wrong> {
    let lang = lang::of_arguments(arguments);
    let command = match lang {
        Lang::Zh => chinese::help(Cli::command()),
        Lang::En => Cli::command(),
    };
    let matches = command.try_get_matches_from(arguments);
    matches.and_then(|found| Cli::from_arg_matches(&found)).map_err(|error| Wrong { error, lang })
}

/// Help, the version, or a mistake on the command line.
#[derive(Debug)]
pub(crate) struct Wrong {
    error: Error,
    lang: Lang,
}

impl Wrong {
    /// Whether it was asked for: help or the version.
    pub(crate) fn is_wanted(&self) -> bool {
        matches!(self.error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
    }

    /// Prints help; in English as clap does, with colours where the terminal has them.
    pub(crate) fn print(&self) -> std::io::Result<()> {
        match self.lang {
            Lang::En => self.error.print(),
            Lang::Zh => {
                let text = chinese::usage(&self.error.render().to_string());
                let mut stdout = std::io::stdout();
                stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
            }
        }
    }

    /// What is wrong, and how the command is used.
    pub(crate) fn text(&self) -> String {
        let text = match self.lang {
            Lang::Zh => chinese::mistake(&self.error),
            Lang::En => self.error.render().to_string(),
        };
        text.lines().map(|line| format!("{}\n", visible::line(line))).collect()
    }
}

/// What an error says about one of its facts.
pub(crate) fn fact(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join("、")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
