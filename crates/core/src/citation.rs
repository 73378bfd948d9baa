//! Where a number comes from: an article, a clause of the annex, a law, a standard, a document.

use crate::{Article, ClauseId, Label, Lang, RulebookId};
use alloc::{
    format,
    string::{String, ToString},
};
use serde::{Deserialize, Serialize};

/// A source that a step of a derivation, a clause or a diagnostic rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Citation {
    /// An article of the regulation.
    Article {
        /// Its number.
        article: Article,
    },
    /// A clause of a rulebook, which is the annex of article 25.
    Clause {
        /// The rulebook.
        rulebook: RulebookId,
        /// Its version.
        version: String,
        /// The clause.
        clause: ClauseId,
    },
    /// Another rule of a rulebook: a policy, tally, ladder, consequence; by the place of its table.
    Rule {
        /// The rulebook.
        rulebook: RulebookId,
        /// Its version.
        version: String,
        /// The kind of table and the id, as in `ladder/department`.
        rule: String,
    },
    /// A law, standard or document, named in both languages, with the place in it.
    Law {
        /// The law, as in 民法典 / Civil Code.
        name: Label,
        /// The article or section, as in `203`.
        section: String,
    },
    /// A document or page by its free text.
    Text {
        /// The text, as it shall be shown.
        text: String,
    },
}

impl Citation {
    /// A citation of the regulation, if it has such an article.
    #[must_use]
    pub fn article(number: u8) -> Option<Self> {
        Article::new(number).map(|article| Self::Article { article })
    }

    /// The citation of an article of the Chinese Civil Code.
    #[must_use]
    pub fn civil_code(section: &str) -> Self {
        Self::Law { name: Label::new("民法典", "Civil Code"), section: section.to_string() }
    }

    /// The citation for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Article { article }, Lang::Zh) => format!("办法第{}条", article.number()),
            (Self::Article { article }, Lang::En) => format!("art. {}", article.number()),
            (Self::Clause { rulebook, version, clause }, Lang::Zh) => {
                format!("附件 {rulebook} {version} 第 {clause} 款")
            }
            (Self::Clause { rulebook, version, clause }, Lang::En) => {
                format!("annex {rulebook} {version}, clause {clause}")
            }
            (Self::Rule { rulebook, version, rule }, Lang::Zh) => {
                format!("附件 {rulebook} {version}：{rule}")
            }
            (Self::Rule { rulebook, version, rule }, Lang::En) => {
                format!("annex {rulebook} {version}: {rule}")
            }
            // A name that says the place itself, as in 民法典第203条, stands alone.
            (Self::Law { name, section }, _) if section.is_empty() => name.get(lang).to_string(),
            (Self::Law { name, section }, Lang::Zh) => format!("《{}》{section}", name.zh),
            (Self::Law { name, section }, Lang::En) => format!("{} {section}", name.en),
            (Self::Text { text }, _) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_that_names_its_place_itself_stands_alone() {
        let law = |name: Label, section: &str| Citation::Law { name, section: section.into() };
        let whole = law(Label::new("民法典第203条", "Civil Code, art. 203"), "");
        assert_eq!(whole.text(Lang::Zh), "民法典第203条");
        assert_eq!(whole.text(Lang::En), "Civil Code, art. 203");
        let parted = law(Label::new("劳动合同法", "Labour Contract Law"), "40");
        assert_eq!(parted.text(Lang::Zh), "《劳动合同法》40");
        assert_eq!(parted.text(Lang::En), "Labour Contract Law 40");
    }
}
