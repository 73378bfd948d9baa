//! The key table: which keys a rulebook may hold, what stands behind each, and what it means.
//!
//! It is written once, beside the types that it fills: the macros `table!`, `tagged!` and `choice!` make a type, its serde form and its entry of this table from one list. The reader
//! accepts by this table, and the JSON Schema is printed from it, so the two cannot differ.

mod effect;
mod outside;

pub use effect::{WITHOUT_EFFECT, has_effect};

use alloc::{string::String, vec::Vec};

/// What stands behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text for people or a name outside the rulebook.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number from 0 on.
    Whole,
    /// The number of an article, 1 to 26.
    Article,
    /// An exact decimal: a number, or a text of digits.
    Decimal,
    /// A civil day.
    Date,
    /// A time of day.
    Time,
    /// A time limit with its unit, such as `3 working days`.
    Limit,
    /// An identifier; a key called `id` defines it, any other refers to one (if the target is defined in rulebooks).
    Id(Target),
    /// One of the listed words.
    Choice(&'static [Word]),
    /// A list.
    List(&'static Kind),
    /// A table from free ids to values.
    Map(&'static Kind),
    /// A table with the listed keys.
    Table(&'static Table),
    /// A table whose tag decides which keys it has.
    Tagged(&'static Tagged),
    /// A word, or one of several tables told apart by their first key.
    WordOrTable(&'static [Word], &'static [Table]),
}

/// What an identifier names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the kind of thing that it is called")]
pub enum Target {
    Record,
    Subject,
    SubjectKind,
    Inspection,
    Rulebook,
    Clause,
    Level,
    Line,
    Section,
    Class,
    Source,
    Fact,
    Anchor,
    Award,
    AwardGroup,
    Recurrence,
    Unrectified,
    Cap,
    Share,
    Term,
    Tally,
    Index,
    Ladder,
    Tier,
    Consequence,
    Ranking,
    Limit,
    Escalation,
    Entry,
}

/// A word that may be chosen.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// As it is written.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// One key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// What stands behind it.
    pub kind: Kind,
}

impl Key {
    /// Whether the key is a list that must have items. An example may show what holds without any record.
    #[must_use]
    pub fn needs_items(&self, table: &Table) -> bool {
        self.required && matches!(self.kind, Kind::List(_)) && table.name != "Example"
    }
}

/// A table of keys.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The type's name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its keys, in the order in which they are written.
    pub keys: &'static [Key],
}

/// A table whose tag decides which keys it has.
#[derive(Debug, Clone, Copy)]
pub struct Tagged {
    /// The type's name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The key that holds the tag.
    pub tag: &'static str,
    /// The variants: `name` is the tag's word.
    pub variants: &'static [Table],
}

/// What has an entry in the key table.
pub trait Keyed {
    /// What stands behind a key of this type.
    const KIND: Kind;
}

impl<T: Keyed> Keyed for Option<T> {
    const KIND: Kind = T::KIND;
}
impl<T: Keyed> Keyed for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
}
impl Keyed for String {
    const KIND: Kind = Kind::Text;
}
impl Keyed for bool {
    const KIND: Kind = Kind::Bool;
}
impl Keyed for u32 {
    const KIND: Kind = Kind::Whole;
}

/// A struct whose fields are the keys of a table; what is optional is absent as `None`, empty or `false`.
macro_rules! table {
    ($doc:literal $name:ident
        required { $($field:ident : $type:ty = $field_doc:literal;)* }
        optional { $($may:ident : $may_type:ty = $may_doc:literal;)* }) => {
        #[doc = $doc]
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(#[doc = $field_doc] pub $field: $type,)*
            $(#[doc = $may_doc] #[serde(default)] pub $may: $may_type,)*
        }
        impl $crate::key::Keyed for $name {
            const KIND: $crate::key::Kind = $crate::key::Kind::Table(&$name::TABLE);
        }
        impl $name {
            /// The entry of the key table.
            pub const TABLE: $crate::key::Table = $crate::key::Table {
                name: stringify!($name),
                doc: $doc,
                keys: &[
                    $($crate::key::Key {
                        name: stringify!($field), doc: $field_doc, required: true,
                        kind: <$type as $crate::key::Keyed>::KIND,
                    },)*
                    $($crate::key::Key {
                        name: stringify!($may), doc: $may_doc, required: false,
                        kind: <$may_type as $crate::key::Keyed>::KIND,
                    },)*
                ],
            };
        }
    };
}

/// An enumeration of tables: the tag's word decides which keys a table has.
macro_rules! tagged {
    ($doc:literal $name:ident by $tag:literal
        $($variant_doc:literal $variant:ident $word:literal
            { $($field:ident : $type:ty = $field_doc:literal;)* }
            optional { $($may:ident : $may_type:ty = $may_doc:literal;)* })*) => {
        #[doc = $doc]
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = $tag, deny_unknown_fields)]
        pub enum $name {
            $(#[doc = $variant_doc] #[serde(rename = $word)] $variant {
                $(#[doc = $field_doc] $field: $type,)*
                $(#[doc = $may_doc] #[serde(default)] $may: $may_type,)*
            },)*
        }
        impl $crate::key::Keyed for $name {
            const KIND: $crate::key::Kind = $crate::key::Kind::Tagged(&$crate::key::Tagged {
                name: stringify!($name),
                doc: $doc,
                tag: $tag,
                variants: &[$($crate::key::Table {
                    name: $word,
                    doc: $variant_doc,
                    keys: &[
                        $($crate::key::Key {
                            name: stringify!($field), doc: $field_doc, required: true,
                            kind: <$type as $crate::key::Keyed>::KIND,
                        },)*
                        $($crate::key::Key {
                            name: stringify!($may), doc: $may_doc, required: false,
                            kind: <$may_type as $crate::key::Keyed>::KIND,
                        },)*
                    ],
                },)*],
            });
        }
    };
}

/// An enumeration of words.
macro_rules! choice {
    ($doc:literal $name:ident { $($variant:ident $word:literal = $variant_doc:literal;)+ }) => {
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = $variant_doc] #[serde(rename = $word)] $variant,)+
        }
        impl $name {
            /// The words that may be chosen.
            pub const WORDS: &'static [$crate::key::Word] =
                &[$($crate::key::Word { name: $word, doc: $variant_doc },)+];

            /// As it is written.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
        impl $crate::key::Keyed for $name {
            const KIND: $crate::key::Kind = $crate::key::Kind::Choice(Self::WORDS);
        }
    };
}

pub(crate) use {choice, table, tagged};
