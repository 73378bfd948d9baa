//! What an event says: JSON in one canonical text, so that its hash is the same in every store.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, de::DeserializeOwned, ser};
use serde_json::Value;
use std::{fmt, io::Write as _};

/// The longest payload, in bytes of its canonical text: 16 MiB.
pub const MAX_PAYLOAD_BYTES: usize = 16 * 1024 * 1024;
/// How deep arrays and objects may be nested, so that every reader of JSON can follow.
pub const MAX_PAYLOAD_DEPTH: usize = 100;

/// What an event says: a JSON value, kept as its canonical text.
///
/// Canonical means: keys sorted by their bytes, no blanks, whole numbers alone. A number with a fraction is refused, since no
/// two programs agree on its digits: write amounts as texts, as all of Ducha does.
///
/// ```
/// use ducha_journal::{Payload, PayloadError};
/// let payload = Payload::new(&serde_json::json!({ "points": "2.5", "clause": "CT-07" }))?;
/// assert_eq!(payload.text(), r#"{"clause":"CT-07","points":"2.5"}"#);
/// assert!(matches!(Payload::new(&serde_json::json!({ "points": 2.5 })), Err(PayloadError::Fraction { .. })));
/// # Ok::<(), PayloadError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Payload(String);

/// Why a value cannot be a payload.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PayloadError {
    /// It is no JSON, or cannot become JSON.
    #[error("the payload is no JSON: {0}")]
    NoJson(#[from] serde_json::Error),
    /// A number with a fraction or an exponent, or one beyond 64 bits.
    #[error(
        "the payload holds {number} at `{at}`; write numbers with a fraction, and those beyond 64 bits, as text"
    )]
    Fraction {
        /// Where: a JSON pointer.
        at: String,
        /// The number as it was given.
        number: String,
    },
    /// Arrays and objects are nested too deeply.
    #[error("the payload nests deeper than {MAX_PAYLOAD_DEPTH} levels")]
    TooDeep,
    /// The canonical text is too long.
    #[error("the payload is {0} bytes long; at most {MAX_PAYLOAD_BYTES} are allowed")]
    TooLong(usize),
}

impl Payload {
    /// Takes a value, of your own type or a [`Value`], in canonical form.
    ///
    /// # Errors
    /// [`PayloadError`] when the value is no JSON, holds a number with a fraction, nests too deeply or is too long.
    pub fn new<T: Serialize + ?Sized>(value: &T) -> Result<Self, PayloadError> {
        Self::of(&serde_json::to_value(value)?)
    }

    /// Reads JSON and brings it into canonical form. Of a key that is repeated, the last holds.
    ///
    /// # Errors
    /// As [`Payload::new`].
    pub fn parse(text: &str) -> Result<Self, PayloadError> {
        Self::of(&serde_json::from_str(text)?)
    }

    fn of(value: &Value) -> Result<Self, PayloadError> {
        let mut out = Vec::new();
        write(&mut out, value, &mut Vec::new())?;
        if out.len() > MAX_PAYLOAD_BYTES {
            return Err(PayloadError::TooLong(out.len()));
        }
        String::from_utf8(out).map(Self).map_err(|error| PayloadError::NoJson(ser::Error::custom(error)))
    }

    /// A text as a store kept it, unchecked: for stores alone. Whether it is what was once given is told by the hash.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The canonical text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The value.
    ///
    /// # Errors
    /// When the store's text is no JSON, which [`verify`](crate::Journal::verify) would find as well.
    pub fn value(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// The value as your own type.
    ///
    /// # Errors
    /// When the payload isn't what the type needs.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0)
    }
}

/// A step on the way to a value.
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

fn pointer(way: &[Step<'_>]) -> String {
    way.iter()
        .map(|step| match step {
            Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => format!("/{index}"),
        })
        .collect()
}

fn write<'a>(out: &mut Vec<u8>, value: &'a Value, way: &mut Vec<Step<'a>>) -> Result<(), PayloadError> {
    if way.len() > MAX_PAYLOAD_DEPTH {
        return Err(PayloadError::TooDeep);
    }
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => serde_json::to_writer(out, value)?,
        Value::Number(number) => {
            let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
            let Some(whole) = whole else {
                return Err(PayloadError::Fraction { at: pointer(way), number: number.to_string() });
            };
            write!(out, "{whole}").map_err(serde_json::Error::io)?;
        }
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                way.push(Step::Index(index));
                write(out, item, way)?;
                way.pop();
            }
            out.push(b']');
        }
        Value::Object(map) => {
            out.push(b'{');
            // Sorted here: another crate of the build may have made serde_json keep the order of insertion.
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            for (index, (key, item)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                serde_json::to_writer(&mut *out, key)?;
                out.push(b':');
                way.push(Step::Key(key));
                write(out, item, way)?;
                way.pop();
            }
            out.push(b'}');
        }
    }
    Ok(())
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A large payload would bury the rest of the message.
        let mut shown = self.0.chars();
        for c in shown.by_ref().take(200) {
            write!(f, "{c}")?;
        }
        if shown.next().is_some() { write!(f, "… ({} bytes)", self.0.len()) } else { Ok(()) }
    }
}

impl Serialize for Payload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().map_err(ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_by_bytes_and_blanks_go() {
        let payload = Payload::parse(
            r#" { "b" : [ 1 , -2 ], "a" : { "督" : null, "Z" : "\u0000\n" }, "" : 18446744073709551615 } "#,
        );
        assert_eq!(
            payload.unwrap().text(),
            r#"{"":18446744073709551615,"a":{"Z":"\u0000\n","督":null},"b":[1,-2]}"#
        );
    }

    #[test]
    fn a_fraction_is_refused_with_its_place() {
        let refused = Payload::parse(r#"{"a":[{"x/y":1.0}]}"#).unwrap_err();
        assert!(refused.to_string().contains("/a/0/x~1y"), "{refused}");
        assert!(Payload::parse("1e3").is_err() && Payload::parse("18446744073709551616").is_err());
    }

    #[test]
    fn what_no_reader_could_follow_is_refused() {
        let nested = |depth| (0..depth).fold(json!(1), |inner, _| json!([inner]));
        let deepest = Payload::new(&nested(MAX_PAYLOAD_DEPTH)).unwrap();
        assert!(deepest.value().is_ok());
        assert!(matches!(Payload::new(&nested(MAX_PAYLOAD_DEPTH + 1)), Err(PayloadError::TooDeep)));
        let long = "x".repeat(MAX_PAYLOAD_BYTES);
        assert!(matches!(Payload::new(&long), Err(PayloadError::TooLong(_))));
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_canonical_text_means_the_same_and_is_its_own_canonical_text(value in any_value()) {
            let payload = Payload::new(&value).unwrap();
            prop_assert_eq!(payload.value().unwrap(), value);
            prop_assert_eq!(&Payload::parse(payload.text()).unwrap(), &payload);
        }
    }
}
