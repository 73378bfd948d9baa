//! Exact decimal arithmetic: a result is exact or an error, never a silently rounded one.
//!
//! `rust_decimal` rounds when a product needs more than 28 places and accepts `0.1_0`; here both are errors.

use alloc::string::{String, ToString};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Digits that a decimal may have behind the point.
pub const MAX_SCALE: u32 = 28;

/// Why arithmetic has no exact result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArithmeticError {
    /// The exact result has more digits than a decimal holds (96 bits, 28 places).
    #[error("the exact result needs more digits than a decimal holds")]
    Overflow,
    /// A division by zero, or rounding to a multiple of zero.
    #[error("division by zero")]
    DivisionByZero,
}

/// Why a text is no decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// The text is not of the form `-12.50`.
    #[error("`{0}` is no decimal number; write digits with at most one point, as in 2.5")]
    Form(String),
    /// The number has more digits than a decimal holds.
    #[error("`{0}` has more digits than a decimal holds")]
    TooLong(String),
}

/// Reads a decimal strictly: an optional sign, digits, at most one point between digits; no exponent, no separators.
///
/// # Errors
/// [`DecimalError`] for any other form, and for numbers that a decimal cannot hold exactly.
///
/// ```
/// use ducha_core::exact;
/// assert_eq!(exact::parse("0.10")?.to_string(), "0.1");
/// assert!(exact::parse("1e3").is_err());
/// assert!(exact::parse("0.1_0").is_err());
/// # Ok::<(), exact::DecimalError>(())
/// ```
pub fn parse(text: &str) -> Result<Decimal, DecimalError> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || part.is_some_and(|part| !all_digits(part)) {
        return Err(DecimalError::Form(text.to_string()));
    }
    let value = Decimal::from_str_exact(text).map_err(|_| DecimalError::TooLong(text.to_string()))?;
    Ok(value.normalize())
}

fn power_of_ten(exponent: u32) -> Result<i128, ArithmeticError> {
    10_i128.checked_pow(exponent).ok_or(ArithmeticError::Overflow)
}

fn from_parts(mut mantissa: i128, mut scale: u32) -> Result<Decimal, ArithmeticError> {
    while scale > 0 && mantissa.checked_rem(10) == Some(0) {
        mantissa = mantissa.checked_div(10).ok_or(ArithmeticError::Overflow)?;
        scale = scale.saturating_sub(1);
    }
    if scale > MAX_SCALE {
        return Err(ArithmeticError::Overflow);
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| ArithmeticError::Overflow)
}

/// Both mantissas at the larger of the two scales.
fn align(a: Decimal, b: Decimal) -> Result<(i128, i128, u32), ArithmeticError> {
    let (a, b) = (a.normalize(), b.normalize());
    let scale = a.scale().max(b.scale());
    let raise = |d: Decimal| {
        power_of_ten(scale.saturating_sub(d.scale()))?
            .checked_mul(d.mantissa())
            .ok_or(ArithmeticError::Overflow)
    };
    Ok((raise(a)?, raise(b)?, scale))
}

/// The exact sum.
///
/// # Errors
/// [`ArithmeticError::Overflow`] if a decimal cannot hold it.
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, ArithmeticError> {
    let (x, y, scale) = align(a, b)?;
    from_parts(x.checked_add(y).ok_or(ArithmeticError::Overflow)?, scale)
}

/// The exact difference.
///
/// # Errors
/// [`ArithmeticError::Overflow`] if a decimal cannot hold it.
pub fn sub(a: Decimal, b: Decimal) -> Result<Decimal, ArithmeticError> {
    let (x, y, scale) = align(a, b)?;
    from_parts(x.checked_sub(y).ok_or(ArithmeticError::Overflow)?, scale)
}

/// The exact product.
///
/// # Errors
/// [`ArithmeticError::Overflow`] if a decimal cannot hold it.
pub fn mul(a: Decimal, b: Decimal) -> Result<Decimal, ArithmeticError> {
    let (a, b) = (a.normalize(), b.normalize());
    let mantissa = a.mantissa().checked_mul(b.mantissa()).ok_or(ArithmeticError::Overflow)?;
    from_parts(mantissa, a.scale().saturating_add(b.scale()))
}

/// Whether `value` is a whole multiple of `step`.
///
/// # Errors
/// [`ArithmeticError`] if `step` is zero or the two cannot be aligned.
pub fn is_multiple(value: Decimal, step: Decimal) -> Result<bool, ArithmeticError> {
    let (x, y, _) = align(value, step)?;
    x.checked_rem(y).map(|rest| rest == 0).ok_or(ArithmeticError::DivisionByZero)
}

/// Which neighbour a rounded number takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// To the nearer; a half goes away from zero (四舍五入).
    HalfUp,
    /// To the nearer; a half goes to the even neighbour.
    HalfEven,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
}

/// A declared rounding: a mode, and the multiple that the result must be of (`0.01`, `1`, `5`).
///
/// Every division or percentage of a rulebook declares one; there is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Which neighbour is taken.
    pub mode: RoundingMode,
    /// The result is a whole multiple of this; more than 0.
    #[serde(with = "text")]
    pub to: Decimal,
}

impl Rounding {
    /// `numerator ÷ denominator`, rounded once, from the exact quotient.
    ///
    /// # Errors
    /// [`ArithmeticError`] on a zero denominator or step, or when the digits don't suffice.
    ///
    /// ```
    /// use ducha_core::exact::{Rounding, RoundingMode, parse};
    /// let cents = Rounding { mode: RoundingMode::HalfUp, to: parse("0.01")? };
    /// assert_eq!(cents.quotient(parse("2")?, parse("3")?)?, parse("0.67")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quotient(self, numerator: Decimal, denominator: Decimal) -> Result<Decimal, ArithmeticError> {
        let divisor = mul(denominator, self.to)?;
        let (x, y, _) = align(numerator, divisor)?;
        let whole = divide(x, y, self.mode)?;
        mul(from_parts(whole, 0)?, self.to)
    }

    /// The value, rounded.
    ///
    /// # Errors
    /// [`ArithmeticError`] on a zero step or when the digits don't suffice.
    pub fn apply(self, value: Decimal) -> Result<Decimal, ArithmeticError> {
        self.quotient(value, Decimal::ONE)
    }
}

fn divide(x: i128, y: i128, mode: RoundingMode) -> Result<i128, ArithmeticError> {
    let quotient = x.checked_div(y).ok_or(ArithmeticError::DivisionByZero)?;
    let rest = x.checked_rem(y).ok_or(ArithmeticError::DivisionByZero)?;
    if rest == 0 {
        return Ok(quotient);
    }
    let negative = (x < 0) != (y < 0);
    let away = if negative { -1 } else { 1 };
    let twice = rest.unsigned_abs().checked_mul(2).ok_or(ArithmeticError::Overflow)?;
    let against_half = twice.cmp(&y.unsigned_abs());
    let odd = quotient.checked_rem(2) != Some(0);
    let goes_away = match mode {
        RoundingMode::Up => true,
        RoundingMode::Down => false,
        RoundingMode::Ceiling => !negative,
        RoundingMode::Floor => negative,
        RoundingMode::HalfUp => against_half.is_ge(),
        RoundingMode::HalfEven => against_half.is_gt() || (against_half.is_eq() && odd),
    };
    if goes_away { quotient.checked_add(away).ok_or(ArithmeticError::Overflow) } else { Ok(quotient) }
}

/// Decimals as text in serde formats: `"2.5"`; whole numbers are also accepted as numbers.
pub mod text {
    use super::{Decimal, ToString, parse};
    use core::fmt;
    use serde::{Deserializer, Serializer, de};

    /// Writes the decimal as a string.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.normalize().to_string())
    }

    /// Reads a decimal from a string or a whole number.
    ///
    /// # Errors
    /// Those of the deserializer, and [`super::DecimalError`].
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_any(DecimalText)
    }

    struct DecimalText;

    impl de::Visitor<'_> for DecimalText {
        type Value = Decimal;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a decimal number as text, such as \"2.5\"")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
            parse(text).map_err(E::custom)
        }
        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Decimal, E> {
            Ok(Decimal::from(number))
        }
        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Decimal, E> {
            Ok(Decimal::from(number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        parse(text).unwrap()
    }

    #[test]
    fn products_beyond_28_places_are_errors_not_zero() {
        let tiny = d("0.0000000000000000000000000001");
        assert_eq!(mul(tiny, d("0.1")), Err(ArithmeticError::Overflow));
        assert_eq!(add(d("79228162514264337593543950335"), d("0.1")), Err(ArithmeticError::Overflow));
    }

    #[test]
    fn halves_go_where_the_mode_says() {
        let cases = [
            (RoundingMode::HalfUp, "0.5", "1"),
            (RoundingMode::HalfUp, "-0.5", "-1"),
            (RoundingMode::HalfEven, "0.5", "0"),
            (RoundingMode::HalfEven, "1.5", "2"),
            (RoundingMode::Up, "-0.1", "-1"),
            (RoundingMode::Down, "-0.9", "0"),
            (RoundingMode::Ceiling, "-0.9", "0"),
            (RoundingMode::Floor, "-0.1", "-1"),
        ];
        for (mode, value, expected) in cases {
            assert_eq!(
                Rounding { mode, to: Decimal::ONE }.apply(d(value)),
                Ok(d(expected)),
                "{mode:?} {value}"
            );
        }
        let fives = Rounding { mode: RoundingMode::HalfUp, to: d("5") };
        assert_eq!(fives.apply(d("12.5")), Ok(d("15")));
    }

    #[test]
    fn weighted_scores_of_document_d1_come_out_exactly() {
        let score = add(mul(d("89"), d("0.8")).unwrap(), mul(d("92"), d("0.2")).unwrap());
        assert_eq!(score.unwrap().to_string(), "89.6");
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_prints_back(text in ".{0,40}") {
            if let Ok(value) = parse(&text) {
                prop_assert_eq!(parse(&value.to_string()).unwrap(), value);
            }
        }

        #[test]
        fn adding_then_subtracting_returns_the_start(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000, s in 0_u32..6, t in 0_u32..6) {
            let (a, b) = (Decimal::new(a, s), Decimal::new(b, t));
            prop_assert_eq!(sub(add(a, b).unwrap(), b).unwrap(), a);
        }

        #[test]
        fn a_rounded_quotient_is_within_one_step(a in -100_000_i64..100_000, b in 1_i64..10_000, s in 0_u32..4) {
            let to = Decimal::new(1, s);
            for mode in [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Up, RoundingMode::Down, RoundingMode::Ceiling, RoundingMode::Floor] {
                let q = Rounding { mode, to }.quotient(Decimal::from(a), Decimal::from(b)).unwrap();
                let error = sub(mul(q, Decimal::from(b)).unwrap(), Decimal::from(a)).unwrap().abs();
                prop_assert!(error < mul(to, Decimal::from(b)).unwrap());
                prop_assert!(is_multiple(q, to).unwrap());
            }
        }
    }
}
