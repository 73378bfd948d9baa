//! The derivation tree: how a number came about, as data.
//!
//! Results are read off the tree, so there is no second story to disagree with.

use crate::Label;
use crate::{
    Citation, Lang, Money, Points, TierId,
    message::{Args, Template},
    step::Step,
};
use alloc::{boxed::Box, string::String, vec::Vec};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer, de::IgnoredAny, ser::SerializeStruct};

/// What a step yields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Value {
    /// Nothing but the statement itself.
    #[default]
    None,
    /// Points.
    Points(Points),
    /// Money in the rulebook's currency.
    Money(Money),
    /// A number without unit: a factor, a count.
    #[serde(with = "crate::exact::text")]
    Number(Decimal),
    /// A tier.
    Tier(TierId),
    /// What cannot be known, and what it needs.
    Undetermined(Box<Need>),
}

/// What is missing for a value to be determined. In JSON it also has its `text` in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "NeedForm")]
pub struct Need {
    /// The reason, from the message catalogue.
    pub step: Step,
    /// Its arguments.
    pub args: Args,
}

/// One step of a derivation: a message with arguments, what it yields, what it rests on, and the steps before it.
///
/// In JSON each step also has its `text` in both languages, ready to be shown; it is not read back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "DerivationForm")]
pub struct Derivation {
    /// Which step.
    pub step: Step,
    /// The facts it names.
    pub args: Args,
    /// What it yields.
    pub value: Value,
    /// What it rests on.
    pub cites: Vec<Citation>,
    /// The steps that it uses, in order.
    pub uses: Vec<Derivation>,
}

/// A need as it stands in JSON: the text is passed over, for it follows from step and arguments.
#[derive(Deserialize)]
#[serde(rename = "Need", deny_unknown_fields)]
struct NeedForm {
    step: Step,
    #[serde(default)]
    args: Args,
    #[serde(default, rename = "text")]
    _text: IgnoredAny,
}

impl From<NeedForm> for Need {
    fn from(form: NeedForm) -> Self {
        Self { step: form.step, args: form.args }
    }
}

impl Serialize for Need {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Need", 3)?;
        out.serialize_field("step", &self.step)?;
        out.serialize_field("args", &self.args)?;
        out.serialize_field("text", &Label::new(self.text(Lang::Zh), self.text(Lang::En)))?;
        out.end()
    }
}

/// A derivation as it stands in JSON.
#[derive(Deserialize)]
#[serde(rename = "Derivation", deny_unknown_fields)]
struct DerivationForm {
    step: Step,
    #[serde(default)]
    args: Args,
    #[serde(default)]
    value: Value,
    #[serde(default, rename = "text")]
    _text: IgnoredAny,
    #[serde(default)]
    cites: Vec<Citation>,
    #[serde(default)]
    uses: Vec<Derivation>,
}

impl From<DerivationForm> for Derivation {
    fn from(form: DerivationForm) -> Self {
        let DerivationForm { step, args, value, cites, uses, _text } = form;
        Self { step, args, value, cites, uses }
    }
}

impl Serialize for Derivation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Derivation", 6)?;
        out.serialize_field("step", &self.step)?;
        out.serialize_field("args", &self.args)?;
        out.serialize_field("value", &self.value)?;
        out.serialize_field("text", &Label::new(self.sentence(Lang::Zh), self.sentence(Lang::En)))?;
        match self.cites.as_slice() {
            [] => out.skip_field("cites")?,
            cites => out.serialize_field("cites", cites)?,
        }
        match self.uses.as_slice() {
            [] => out.skip_field("uses")?,
            uses => out.serialize_field("uses", uses)?,
        }
        out.end()
    }
}

impl Derivation {
    /// A step with its arguments and value.
    #[must_use]
    pub const fn new(step: Step, args: Args, value: Value) -> Self {
        Self { step, args, value, cites: Vec::new(), uses: Vec::new() }
    }

    /// With one more source.
    #[must_use]
    pub fn citing(mut self, cites: impl IntoIterator<Item = Citation>) -> Self {
        self.cites.extend(cites);
        self
    }

    /// With the steps that it uses.
    #[must_use]
    pub fn using(mut self, steps: impl IntoIterator<Item = Self>) -> Self {
        self.uses.extend(steps);
        self
    }

    /// The points it yields, if points.
    #[must_use]
    pub const fn points(&self) -> Option<Points> {
        match &self.value {
            Value::Points(points) => Some(*points),
            _ => None,
        }
    }

    /// The money it yields, if money.
    #[must_use]
    pub const fn money(&self) -> Option<Money> {
        match &self.value {
            Value::Money(money) => Some(*money),
            _ => None,
        }
    }

    /// The tree as indented lines of text.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut out = String::new();
        self.write_text(lang, 0, &mut out);
        out
    }

    fn write_text(&self, lang: Lang, depth: usize, out: &mut String) {
        for _ in 0..depth {
            out.push_str("  ");
        }
        out.push_str(&self.sentence(lang));
        out.push('\n');
        for step in &self.uses {
            step.write_text(lang, depth.saturating_add(1), out);
        }
    }

    /// This step alone, as one line: the sentence, then what it rests on in brackets.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let template: &Template = self.step.template();
        // What an inspector wrote over several lines is no further step.
        let mut line = self.args.fill(template.get(lang), lang).replace(['\r', '\n'], " ");
        if !self.cites.is_empty() {
            let (open, comma, close) = match lang {
                Lang::Zh => ("〔", "；", "〕"),
                Lang::En => (" [", "; ", "]"),
            };
            line.push_str(open);
            for (i, cite) in self.cites.iter().enumerate() {
                if i > 0 {
                    line.push_str(comma);
                }
                line.push_str(&cite.text(lang));
            }
            line.push_str(close);
        }
        line
    }

    /// All steps of the tree, this one first.
    pub fn walk(&self) -> impl Iterator<Item = &Self> {
        let mut open = alloc::vec![self];
        core::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.uses.iter().rev());
            Some(next)
        })
    }
}

impl From<crate::ArithmeticError> for Need {
    fn from(error: crate::ArithmeticError) -> Self {
        let step = match error {
            crate::ArithmeticError::Overflow => Step::Overflow,
            crate::ArithmeticError::DivisionByZero => Step::DivisionByZero,
        };
        Self { step, args: Args::none() }
    }
}

impl From<crate::ArithmeticError> for Box<Need> {
    fn from(error: crate::ArithmeticError) -> Self {
        Self::new(error.into())
    }
}

impl Need {
    /// The sentence that says what is missing.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.args.fill(self.step.template().get(lang), lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_reason_over_several_lines_is_no_further_step() {
        let args = Args::none().with("reason", "rude\n  veto (R-9): worst").with("points", Points::ONE);
        let step = Derivation::new(Step::PriceRange, args, Value::None);
        assert_eq!(step.text(Lang::En).lines().count(), 1);
    }

    #[test]
    fn each_step_says_its_text_and_reads_back_without_it() {
        let args = Args::none().with("points", Points::ONE).with("clause", "C-1");
        let need = Need { step: Step::WorthMissing, args: Args::none().with("clause", "C-1") };
        let inner = Derivation::new(Step::PriceFlat, args, Value::Undetermined(Box::new(need)));
        let tree = Derivation::new(Step::Deductions, Args::none(), Value::None).using([inner]);
        let json = serde_json::to_value(&tree).unwrap();
        assert_eq!(json["uses"][0]["text"]["zh"], "每次 1 分（C-1）");
        assert_eq!(json["uses"][0]["value"]["value"]["text"]["en"], "clause C-1 has no worth");
        let text = json.to_string();
        assert_eq!(serde_json::from_str::<Derivation>(&text).unwrap(), tree);
        let unknown = text.replace("\"cites\"", "\"sites\"").replacen("\"step\"", "\"stop\"", 1);
        assert!(serde_json::from_str::<Derivation>(&unknown).is_err(), "an unknown key is passed over");
    }
}
