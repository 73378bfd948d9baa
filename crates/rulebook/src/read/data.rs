//! What a file says in canonical form: exact decimals as texts, days and limits in one notation.
//!
//! The annex is built from it through serde, and the digest of meaning is taken of it. Where the file already writes a value
//! as it shall be, the text is borrowed from there.

use crate::key::Key;
use alloc::{borrow::Cow, vec::Vec};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor, value::Error, value::StrDeserializer,
};

/// A value in canonical form.
#[derive(Debug, Clone)]
pub(crate) enum Data<'a> {
    /// What nothing stands for; no kind of the key table has it.
    Null,
    Bool(bool),
    Whole(u32),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    /// Keys with their values, each key once.
    Table(Vec<(Name<'a>, Self)>),
}

/// The name of a key.
#[derive(Debug, Clone)]
pub(crate) enum Name<'a> {
    /// Of the key table.
    Known(&'static Key),
    /// Any other.
    Free(Cow<'a, str>),
}

impl Name<'_> {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Known(key) => key.name,
            Self::Free(name) => name,
        }
    }
}

impl Data<'_> {
    /// The value behind a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(entries) => {
                entries.iter().find(|(name, _)| name.text() == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// An item of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The type that is written so, or what stands in the way.
    pub(crate) fn lower<'de, T: Deserialize<'de>>(&'de self) -> Result<T, Error> {
        T::deserialize(self)
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Whole(number) => Unexpected::Unsigned(u64::from(*number)),
            Self::Text(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Table(_) => Unexpected::Map,
        }
    }
}

impl<'de> Deserializer<'de> for &'de Data<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Data::Null => visitor.visit_unit(),
            Data::Bool(value) => visitor.visit_bool(*value),
            Data::Whole(number) => visitor.visit_u32(*number),
            Data::Text(text) => visitor.visit_borrowed_str(text),
            Data::List(items) => visitor.visit_seq(Items(items.iter())),
            Data::Table(entries) => visitor.visit_map(Entries { rest: entries.iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Data::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Data::Text(word) => visitor.visit_enum(Variant { word, value: None }),
            Data::Table(entries) => match entries.as_slice() {
                [(word, value)] => visitor.visit_enum(Variant { word: word.text(), value: Some(value) }),
                _ => Err(Error::invalid_value(Unexpected::Map, &"a table with a single key")),
            },
            other => Err(Error::invalid_type(other.unexpected(), &"a word or a table")),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de, 'a>(core::slice::Iter<'de, Data<'a>>);

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'de, 'a> {
    rest: core::slice::Iter<'de, (Name<'a>, Data<'a>)>,
    value: Option<&'de Data<'a>>,
}

impl<'de> MapAccess<'de> for Entries<'de, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Text(key.text())).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(Error::custom("a value is asked for before its key")),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// A key.
struct Text<'de>(&'de str);

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Variant<'de, 'a> {
    word: &'de str,
    value: Option<&'de Data<'a>>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'de, 'a> {
    type Error = Error;
    type Variant = Inner<'de, 'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Inner<'de, 'a>), Error> {
        let word: StrDeserializer<'de, Error> = self.word.into_deserializer();
        Ok((seed.deserialize(word)?, Inner(self.value)))
    }
}

/// What stands behind the word of a variant, if anything.
struct Inner<'de, 'a>(Option<&'de Data<'a>>);

impl<'de> Inner<'de, '_> {
    fn given_to<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Some(value) => value.deserialize_any(visitor),
            None => Err(Error::invalid_type(Unexpected::UnitVariant, &visitor)),
        }
    }
}

impl<'de> VariantAccess<'de> for Inner<'de, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        self.0.map_or(Ok(()), Deserialize::deserialize)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        match self.0 {
            Some(value) => seed.deserialize(value),
            None => Err(Error::invalid_type(Unexpected::UnitVariant, &"a variant with a value")),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Error> {
        self.given_to(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.given_to(visitor)
    }
}
