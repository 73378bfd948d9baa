//! Points, money, quantities and factors: exact decimals that cannot be mixed up.

use crate::exact::{self, ArithmeticError, DecimalError, Rounding};
use alloc::string::ToString;
use core::{cmp::Ordering, fmt, hash::Hash, hash::Hasher, marker::PhantomData, str::FromStr};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact amount of one unit. In JSON it is a string: `"2.5"`.
///
/// ```
/// use ducha_core::{Factor, Points};
/// let two: Points = "2".parse()?;
/// assert_eq!(two.times("1.5".parse::<Factor>()?)?.to_string(), "3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Amount<U> {
    value: Decimal,
    unit: PhantomData<fn() -> U>,
}

/// The units of amounts.
pub mod unit {
    /// Points of a deduction or an award.
    #[derive(Debug)]
    pub enum Point {}
    /// Money, in the rulebook's currency.
    #[derive(Debug)]
    pub enum Money {}
    /// A counted or measured quantity: places, persons, square metres, percent.
    #[derive(Debug)]
    pub enum Quantity {}
    /// A factor, weight or share without a unit.
    #[derive(Debug)]
    pub enum Factor {}
}

/// Points; deductions are positive, awards are kept apart by their kind.
pub type Points = Amount<unit::Point>;
/// Money, in the currency that the rulebook names.
pub type Money = Amount<unit::Money>;
/// A counted or measured quantity.
pub type Quantity = Amount<unit::Quantity>;
/// A factor, weight or share.
pub type Factor = Amount<unit::Factor>;

impl<U> Amount<U> {
    /// Nothing.
    pub const ZERO: Self = Self { value: Decimal::ZERO, unit: PhantomData };
    /// One.
    pub const ONE: Self = Self { value: Decimal::ONE, unit: PhantomData };

    /// The amount of this decimal.
    #[inline]
    #[must_use]
    pub fn new(value: Decimal) -> Self {
        Self { value: value.normalize(), unit: PhantomData }
    }

    /// The amount of so many units of the last of `places` decimal places; `None` beyond
    /// [`MAX_SCALE`](exact::MAX_SCALE) places.
    ///
    /// ```
    /// use ducha_core::Points;
    /// assert_eq!(Points::of_scaled(250, 2), Some("2.5".parse()?));
    /// # Ok::<(), ducha_core::DecimalError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn of_scaled(units: i64, places: u32) -> Option<Self> {
        let value = Decimal::try_new(units, places).ok()?;
        // A whole number, or one whose last digit counts, is in the normal form already.
        let is_normal = places == 0 || units.checked_rem(10) != Some(0);
        Some(if is_normal { Self { value, unit: PhantomData } } else { Self::new(value) })
    }

    /// The amount's decimal.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.value
    }

    /// Whether nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.value.is_zero()
    }

    /// Whether less than nothing.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, ArithmeticError> {
        exact::add(self.value, other.value).map(Self::new)
    }

    /// The exact difference.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`].
    pub fn minus(self, other: Self) -> Result<Self, ArithmeticError> {
        exact::sub(self.value, other.value).map(Self::new)
    }

    /// The exact product with a number of any unit; the result keeps this unit.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`].
    pub fn times<V>(self, factor: Amount<V>) -> Result<Self, ArithmeticError> {
        exact::mul(self.value, factor.value).map(Self::new)
    }

    /// This amount divided by a number of any unit, rounded as declared.
    ///
    /// # Errors
    /// [`ArithmeticError`].
    pub fn over<V>(self, divisor: Amount<V>, rounding: Rounding) -> Result<Self, ArithmeticError> {
        rounding.quotient(self.value, divisor.value).map(Self::new)
    }

    /// The exact sum of many.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`].
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, ArithmeticError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// The same number in another unit. The one place where units change: say why beside the call.
    #[must_use]
    pub fn cast<V>(self) -> Amount<V> {
        Amount::new(self.value)
    }
}

impl<U> Clone for Amount<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Amount<U> {}
impl<U> PartialEq for Amount<U> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<U> Eq for Amount<U> {}
impl<U> PartialOrd for Amount<U> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<U> Ord for Amount<U> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}
impl<U> Hash for Amount<U> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}
impl<U> Default for Amount<U> {
    fn default() -> Self {
        Self::ZERO
    }
}
impl<U> fmt::Debug for Amount<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<U> fmt::Display for Amount<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.value.normalize().to_string())
    }
}
impl<U> FromStr for Amount<U> {
    type Err = DecimalError;
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        exact::parse(text).map(Self::new)
    }
}
impl<U> From<u32> for Amount<U> {
    fn from(number: u32) -> Self {
        Self::new(Decimal::from(number))
    }
}
impl<U> Serialize for Amount<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        exact::text::serialize(&self.value, serializer)
    }
}
impl<'de, U> Deserialize<'de> for Amount<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        exact::text::deserialize(deserializer).map(Self::new)
    }
}
