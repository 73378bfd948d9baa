//! Decimals as whole numbers at one scale: what makes the engine fast, and exact all the same.
//!
//! A scale is a number of places. Everything of one rulebook is held at the same scale, which has room for the places of
//! its prices, of quantities ([`QUANTITY_PLACES`]) and of its factors; so no product that the rules can ask for is cut.

use ducha_core::{Amount, Points};
use rust_decimal::Decimal;

/// So many places a quantity may have.
pub(super) const QUANTITY_PLACES: u32 = 4;

/// The finest scale: beyond it the head-room of 64 bits would be less than some nine million points.
pub(super) const FINEST: u32 = 12;

/// Points as a whole number of `10^-places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scaled {
    /// How many of the smallest parts.
    pub value: i64,
    /// How many places the smallest part has.
    pub places: u32,
}

impl Scaled {
    /// The same as exact points.
    ///
    /// ```
    /// use ducha_scoring::engine::Scaled;
    /// assert_eq!(Scaled { value: 1250, places: 3 }.points().to_string(), "1.25");
    /// ```
    #[must_use]
    pub fn points(self) -> Points {
        Decimal::try_new(self.value, self.places).map_or(Points::ZERO, Points::new)
    }
}

/// Ten to that power, if 64 bits hold it.
#[inline]
pub(super) const fn power(places: u32) -> Option<i64> {
    const POWERS: [i64; 13] = [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000,
        100_000_000_000,
        1_000_000_000_000,
    ];
    // INVARIANT: the place is within the list where it is read.
    #[allow(clippy::indexing_slicing, reason = "the length is compared just before")]
    if (places as usize) < POWERS.len() { Some(POWERS[places as usize]) } else { 10_i64.checked_pow(places) }
}

/// How many places a decimal truly has.
pub(super) fn places(value: Decimal) -> u32 {
    value.normalize().scale()
}

/// The amount at a scale; nothing where it has more places, or doesn't fit.
#[inline]
pub(super) fn at_scale<U>(amount: Amount<U>, scale: u32) -> Option<i64> {
    let value = amount.decimal();
    let Some(more) = scale.checked_sub(value.scale()) else {
        let value = value.normalize();
        return (value.scale() <= scale).then(|| whole(value, scale)).flatten();
    };
    match i64::try_from(value.mantissa()) {
        Ok(mantissa) => mantissa.checked_mul(power(more)?),
        Err(_) => whole(value, scale),
    }
}

/// A decimal of at most so many places as a whole number, whatever its mantissa is.
#[cold]
fn whole(value: Decimal, scale: u32) -> Option<i64> {
    let value = value.normalize();
    let more = scale.checked_sub(value.scale())?;
    i64::try_from(value.mantissa().checked_mul(i128::from(power(more)?))?).ok()
}

/// A factor that is multiplied by: a whole number, or so many parts of `10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScaledFactor {
    /// Multiply by this.
    Whole(i64),
    /// Multiply by the first, divide by the second; the scale has the room, so nothing is cut.
    Parts(i64, i64),
}

impl ScaledFactor {
    pub(super) fn of<U>(factor: Amount<U>) -> Option<Self> {
        let places = places(factor.decimal());
        let parts = at_scale(factor, places)?;
        Some(if places == 0 { Self::Whole(parts) } else { Self::Parts(parts, power(places)?) })
    }

    /// The product; nothing where it does not fit, or would have to be cut.
    #[inline]
    pub(super) fn times(self, value: i64) -> Option<i64> {
        match self {
            Self::Whole(factor) => value.checked_mul(factor),
            Self::Parts(parts, of) => {
                let product = value.checked_mul(parts)?;
                (product.checked_rem(of)? == 0).then(|| product.checked_div(of)).flatten()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ducha_core::Factor;

    fn points(text: &str) -> Points {
        text.parse().unwrap()
    }

    #[test]
    fn an_amount_goes_to_a_scale_and_back() {
        assert_eq!(at_scale(points("1.25"), 4), Some(12_500));
        assert_eq!(Scaled { value: 12_500, places: 4 }.points(), points("1.25"));
        assert_eq!(at_scale(points("1.25"), 1), None);
        assert_eq!(at_scale(points("1.20"), 1), Some(12));
        assert_eq!(at_scale(points("99999999999999999999"), 0), None);
    }

    #[test]
    fn a_factor_cuts_nothing() {
        let half = ScaledFactor::of("0.5".parse::<Factor>().unwrap()).unwrap();
        assert_eq!((half.times(30), half.times(3)), (Some(15), None));
        let double = ScaledFactor::of("2.0".parse::<Factor>().unwrap()).unwrap();
        assert_eq!((double, double.times(i64::MAX)), (ScaledFactor::Whole(2), None));
    }
}
