//! Messages as data: a key with typed arguments, rendered in Chinese or English from one table.

use crate::{Label, Lang, Money, Points};
use alloc::{
    borrow::{Cow, ToOwned},
    collections::BTreeMap,
    string::String,
    string::ToString,
    vec::Vec,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

/// A value that stands in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Arg {
    /// An id, code or quoted text: the same in both languages.
    Text(String),
    /// A name in both languages.
    Label(Label),
    /// Points.
    Points(Points),
    /// Money.
    Money(Money),
    /// A number without unit.
    #[serde(with = "crate::exact::text")]
    Number(Decimal),
    /// A civil day.
    Date(NaiveDate),
}

impl Arg {
    /// The argument as it stands in a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Label(label) => label.get(lang).to_owned(),
            Self::Points(points) => points.to_string(),
            Self::Money(money) => money.to_string(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Date(day) => day.to_string(),
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&Label> for Arg {
    fn from(label: &Label) -> Self {
        Self::Label(label.clone())
    }
}
impl From<Points> for Arg {
    fn from(points: Points) -> Self {
        Self::Points(points)
    }
}
impl From<Money> for Arg {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}
impl From<Decimal> for Arg {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Number(Decimal::from(count))
    }
}
impl From<u32> for Arg {
    fn from(count: u32) -> Self {
        Self::Number(Decimal::from(count))
    }
}
impl From<NaiveDate> for Arg {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}
impl<K> From<&crate::Id<K>> for Arg {
    fn from(id: &crate::Id<K>) -> Self {
        Self::Text(id.as_str().to_owned())
    }
}

/// The named arguments of a message, in the order of their names.
///
/// INVARIANT: sorted by name, each once. They are few, so that a list is smaller and quicker than a map.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Arg>")]
pub struct Args(Vec<(Cow<'static, str>, Arg)>);

impl From<BTreeMap<String, Arg>> for Args {
    fn from(args: BTreeMap<String, Arg>) -> Self {
        Self(args.into_iter().map(|(name, arg)| (Cow::Owned(name), arg)).collect())
    }
}

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, arg)| (name, arg)))
    }
}

impl Args {
    /// No arguments.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// With one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        let arg = value.into();
        match self.place(name) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = arg;
                }
            }
            Err(at) => self.0.insert(at, (Cow::Borrowed(name), arg)),
        }
        self
    }

    /// The argument of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arg> {
        self.0.get(self.place(name).ok()?).map(|(_, arg)| arg)
    }

    /// Where the argument of a name is, or would be.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (**known).cmp(name))
    }

    /// Puts the arguments into a template's places; a name without argument stays as it is.
    ///
    /// `{name}` is the argument. `{name:one|many}` is the argument and a word by its number: `{points:point|points}` is
    /// "1 point" and "2 points".
    ///
    /// ```
    /// use ducha_core::{Lang, Points, message::Args};
    /// let of = |points| Args::none().with("points", points).fill("{points:point|points} off", Lang::En);
    /// assert_eq!(of(Points::ONE), "1 point off");
    /// assert_eq!(of(Points::ZERO), "0 points off");
    /// ```
    #[must_use]
    pub fn fill(&self, template: &str, lang: Lang) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((place, tail)) = after.split_once('}') else {
                out.push('{');
                out.push_str(after);
                return out;
            };
            let (name, words) = place.split_once(':').unwrap_or((place, ""));
            match self.get(name) {
                Some(arg) => {
                    let text = arg.text(lang);
                    out.push_str(&text);
                    if let Some((one, many)) = words.split_once('|') {
                        out.push(' ');
                        out.push_str(if text == "1" { one } else { many });
                    }
                }
                None => {
                    out.push('{');
                    out.push_str(place);
                    out.push('}');
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

/// The names in the places of a template, sorted, each once.
#[must_use]
pub fn placeholders(template: &str) -> alloc::collections::BTreeSet<&str> {
    let places = template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(place, _)| place));
    places.map(|place| place.split_once(':').map_or(place, |(name, _)| name)).collect()
}

/// A sentence that exists in both languages with the same facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// The stable key.
    pub key: &'static str,
    /// Chinese, with `{name}` places.
    pub zh: &'static str,
    /// English, with the same places.
    pub en: &'static str,
}

impl Template {
    /// The template in one language.
    #[must_use]
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

#[cfg(test)]
mod args {
    use super::*;

    #[test]
    fn arguments_stand_in_the_order_of_their_names_each_once() {
        let args = Args::none().with("to", 2_u32).with("from", 1_u32).with("by", "x").with("to", 3_u32);
        let again = Args::none().with("by", "x").with("from", 1_u32).with("to", 3_u32);
        assert_eq!(args, again);
        let json = serde_json::to_string(&args).unwrap();
        let places = ["by", "from", "to"].map(|name| json.find(&alloc::format!("\"{name}\":")).unwrap());
        assert!(places.is_sorted(), "{json}");
        assert_eq!(serde_json::from_str::<Args>(&json).unwrap(), args);
        assert_eq!((args.get("to"), args.get("t")), (Some(&Arg::from(3_u32)), None));
    }
}
