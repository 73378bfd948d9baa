//! Bounds speak their language: 以上, 以下 include the number, 超过, 不满 exclude it (Civil Code 1259).
//!
//! One matcher for the run and for the proof: whoever asks whether a value lies in a tier, a band or a condition asks [`Interval::contains`].

use crate::annex::{
    ladder::{Condition, Domain, Tier},
    money::MoneyBand,
    price::CountBand,
};
use core::cmp::Ordering;
use core::fmt;
use ducha_core::{
    Amount,
    exact::{self, Rounding, RoundingMode},
};
use rust_decimal::Decimal;

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// The number itself belongs to the interval (`at_least`, `at_most`).
    Included(Decimal),
    /// The number itself does not (`more_than`, `less_than`).
    Excluded(Decimal),
}

impl End {
    /// The number.
    #[must_use]
    pub const fn value(self) -> Decimal {
        match self {
            Self::Included(value) | Self::Excluded(value) => value,
        }
    }

    /// Whether the number itself belongs to the interval.
    #[must_use]
    pub const fn is_included(self) -> bool {
        matches!(self, Self::Included(_))
    }

    /// Whether the value lies below what begins here.
    #[must_use]
    pub fn is_above(self, value: Decimal) -> bool {
        match self {
            Self::Included(end) => value < end,
            Self::Excluded(end) => value <= end,
        }
    }

    /// Whether the value lies above what ends here.
    #[must_use]
    pub fn is_below(self, value: Decimal) -> bool {
        match self {
            Self::Included(end) => value > end,
            Self::Excluded(end) => value >= end,
        }
    }

    /// The end of what lies on the other side.
    const fn turned(self) -> Self {
        match self {
            Self::Included(value) => Self::Excluded(value),
            Self::Excluded(value) => Self::Included(value),
        }
    }
}

/// Why bounds make no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntervalError {
    /// Both `at_least` and `more_than` are given.
    #[error("both `at_least` and `more_than` are given; write one lower bound")]
    TwoLower,
    /// Both `at_most` and `less_than` are given.
    #[error("both `at_most` and `less_than` are given; write one upper bound")]
    TwoUpper,
    /// No value lies within.
    #[error("no value lies within these bounds")]
    Empty,
}

/// A set of decimals without holes, with included or excluded ends; open to a side without an end. Never empty.
///
/// ```
/// use ducha_core::exact::parse;
/// use ducha_rulebook::bound::Interval;
/// // 80 以上, 不满 90
/// let good = Interval::new(Some(parse("80")?), None, None, Some(parse("90")?))?;
/// assert!(good.contains(parse("80")?));
/// assert!(good.contains(parse("89.9")?));
/// assert!(!good.contains(parse("90")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    lower: Option<End>,
    upper: Option<End>,
}

impl Interval {
    /// All decimals.
    pub const ALL: Self = Self { lower: None, upper: None };

    /// The interval of these bounds.
    ///
    /// # Errors
    /// [`IntervalError`] for two bounds on one side, or when no value lies within.
    pub fn new(
        at_least: Option<Decimal>,
        more_than: Option<Decimal>,
        at_most: Option<Decimal>,
        less_than: Option<Decimal>,
    ) -> Result<Self, IntervalError> {
        let one = |included: Option<Decimal>, excluded: Option<Decimal>, error| match (included, excluded) {
            (Some(_), Some(_)) => Err(error),
            (included, excluded) => Ok(included.map(End::Included).or(excluded.map(End::Excluded))),
        };
        let lower = one(at_least, more_than, IntervalError::TwoLower)?;
        let upper = one(at_most, less_than, IntervalError::TwoUpper)?;
        Self::between(lower, upper).ok_or(IntervalError::Empty)
    }

    /// The interval between these ends; nothing if no value lies within.
    #[must_use]
    pub fn between(lower: Option<End>, upper: Option<End>) -> Option<Self> {
        if let (Some(low), Some(high)) = (lower, upper) {
            let met = low.is_included() && high.is_included();
            if low.value() > high.value() || (low.value() == high.value() && !met) {
                return None;
            }
        }
        Some(Self { lower, upper })
    }

    /// The lower end; open downwards where absent.
    #[must_use]
    pub const fn lower(&self) -> Option<End> {
        self.lower
    }

    /// The upper end; open upwards where absent.
    #[must_use]
    pub const fn upper(&self) -> Option<End> {
        self.upper
    }

    /// Whether the value lies within.
    #[must_use]
    pub fn contains(&self, value: Decimal) -> bool {
        !self.lower.is_some_and(|end| end.is_above(value))
            && !self.upper.is_some_and(|end| end.is_below(value))
    }

    /// The order along the line: by where they begin, then by where they end.
    #[must_use]
    pub fn along(&self, other: &Self) -> Ordering {
        compare_lower(self.lower, other.lower).then_with(|| compare_upper(self.upper, other.upper))
    }

    /// What the two have in common; nothing if they don't meet.
    #[must_use]
    pub fn common(&self, other: &Self) -> Option<Self> {
        let lower = if compare_lower(self.lower, other.lower).is_ge() { self.lower } else { other.lower };
        let upper = if compare_upper(self.upper, other.upper).is_le() { self.upper } else { other.upper };
        Self::between(lower, upper)
    }

    /// What lies between this interval's end and the next one's beginning; nothing if they touch or overlap.
    #[must_use]
    pub fn gap_to(&self, next: &Self) -> Option<Self> {
        let (Some(end), Some(begin)) = (self.upper, next.lower) else { return None };
        Self::between(Some(end.turned()), Some(begin.turned()))
    }

    /// What lies below; nothing if it is open downwards.
    #[must_use]
    pub fn below(&self) -> Option<Self> {
        self.lower.and_then(|end| Self::between(None, Some(end.turned())))
    }

    /// What lies above; nothing if it is open upwards.
    #[must_use]
    pub fn above(&self) -> Option<Self> {
        self.upper.and_then(|end| Self::between(Some(end.turned()), None))
    }

    /// A value within that is a multiple of `step`: the least, or the greatest if it is open downwards.
    /// Without a step any decimal counts. Nothing if there is none, or if the digits don't suffice to tell.
    ///
    /// ```
    /// use ducha_core::exact::parse;
    /// use ducha_rulebook::bound::Interval;
    /// let hole = Interval::new(None, Some(parse("89")?), None, Some(parse("90")?))?;
    /// assert_eq!(hole.witness(Some(parse("0.1")?)), Some(parse("89.1")?));
    /// assert_eq!(hole.witness(Some(parse("1")?)), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn witness(&self, step: Option<Decimal>) -> Option<Decimal> {
        let value = match step {
            None => self.any()?,
            Some(step) => self.multiple(step)?,
        };
        self.contains(value).then(|| value.normalize())
    }

    fn any(&self) -> Option<Decimal> {
        match (self.lower, self.upper) {
            (None, None) => Some(Decimal::ZERO),
            (Some(End::Included(end)), _) | (None, Some(End::Included(end))) => Some(end),
            (Some(_), Some(End::Included(end))) => Some(end),
            (Some(End::Excluded(end)), None) => exact::add(end, Decimal::ONE).ok(),
            (None, Some(End::Excluded(end))) => exact::sub(end, Decimal::ONE).ok(),
            (Some(End::Excluded(low)), Some(End::Excluded(high))) => {
                exact::add(low, high).and_then(|sum| exact::mul(sum, Decimal::new(5, 1))).ok()
            }
        }
    }

    fn multiple(&self, step: Decimal) -> Option<Decimal> {
        if step <= Decimal::ZERO {
            return None;
        }
        let rounded = |mode, value| Rounding { mode, to: step }.apply(value).ok();
        match (self.lower, self.upper) {
            (Some(low), _) => {
                let least = rounded(RoundingMode::Ceiling, low.value())?;
                if self.contains(least) { Some(least) } else { exact::add(least, step).ok() }
            }
            (None, Some(high)) => {
                let greatest = rounded(RoundingMode::Floor, high.value())?;
                if self.contains(greatest) { Some(greatest) } else { exact::sub(greatest, step).ok() }
            }
            (None, None) => Some(Decimal::ZERO),
        }
    }
}

fn compare_lower(a: Option<End>, b: Option<End>) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        // An included beginning lies before an excluded one.
        (Some(a), Some(b)) => a.value().cmp(&b.value()).then(b.is_included().cmp(&a.is_included())),
    }
}

fn compare_upper(a: Option<End>, b: Option<End>) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        // An included end lies behind an excluded one.
        (Some(a), Some(b)) => a.value().cmp(&b.value()).then(a.is_included().cmp(&b.is_included())),
    }
}

/// As in mathematics: `80 ≤ v < 90`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(low) = self.lower {
            write!(f, "{} {} ", low.value().normalize(), if low.is_included() { "≤" } else { "<" })?;
        }
        f.write_str("v")?;
        if let Some(high) = self.upper {
            write!(f, " {} {}", if high.is_included() { "≤" } else { "<" }, high.value().normalize())?;
        }
        Ok(())
    }
}

/// What is bounded by `at_least`, `more_than`, `at_most` and `less_than`.
pub trait Bounded {
    /// The bounds that are given, in that order.
    fn bounds(&self) -> [Option<Decimal>; 4];

    /// The interval of its bounds; all values where it has none.
    ///
    /// # Errors
    /// [`IntervalError`] for two bounds on one side, or when no value lies within.
    fn interval(&self) -> Result<Interval, IntervalError> {
        let [at_least, more_than, at_most, less_than] = self.bounds();
        Interval::new(at_least, more_than, at_most, less_than)
    }

    /// Whether a value lies in the interval of its bounds; none does where they make no interval.
    fn holds(&self, value: Decimal) -> bool {
        let [at_least, more_than, at_most, less_than] = self.bounds();
        // Most bands lie elsewhere: one look at an end tells so.
        let beyond = at_least.is_some_and(|end| value < end)
            || at_most.is_some_and(|end| value > end)
            || more_than.is_some_and(|end| value <= end)
            || less_than.is_some_and(|end| value >= end);
        !beyond && Interval::new(at_least, more_than, at_most, less_than).is_ok_and(|all| all.contains(value))
    }

    /// Whether any bound is given.
    fn is_bounded(&self) -> bool {
        self.bounds().iter().any(Option::is_some)
    }
}

macro_rules! bounded {
    ($($name:ident)+) => { $(
        impl Bounded for $name {
            fn bounds(&self) -> [Option<Decimal>; 4] {
                [self.at_least, self.more_than, self.at_most, self.less_than].map(|end| end.map(Amount::decimal))
            }
        }
    )+ };
}
bounded! { CountBand Tier Condition MoneyBand }

impl Bounded for Domain {
    fn bounds(&self) -> [Option<Decimal>; 4] {
        [self.min.map(Amount::decimal), None, self.max.map(Amount::decimal), None]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bounds as they are given.
    struct Given([Option<Decimal>; 4]);
    impl Bounded for Given {
        fn bounds(&self) -> [Option<Decimal>; 4] {
            self.0
        }
    }

    fn d(text: &str) -> Decimal {
        exact::parse(text).unwrap()
    }
    fn of(
        at_least: &str,
        more_than: &str,
        at_most: &str,
        less_than: &str,
    ) -> Result<Interval, IntervalError> {
        let read = |text: &str| (!text.is_empty()).then(|| d(text));
        Interval::new(read(at_least), read(more_than), read(at_most), read(less_than))
    }

    #[test]
    fn two_bounds_on_a_side_and_empty_bounds_are_refused() {
        assert_eq!(of("1", "1", "", ""), Err(IntervalError::TwoLower));
        assert_eq!(of("", "", "1", "2"), Err(IntervalError::TwoUpper));
        assert_eq!(of("70", "", "", "70"), Err(IntervalError::Empty));
        assert_eq!(of("", "70", "70", ""), Err(IntervalError::Empty));
        assert_eq!(of("71", "", "70", ""), Err(IntervalError::Empty));
        assert!(of("70", "", "70", "").unwrap().contains(d("70.0")));
    }

    #[test]
    fn a_hole_is_a_hole_only_for_values_that_can_be() {
        let (good, best) = (of("80", "", "89", "").unwrap(), of("90", "", "", "").unwrap());
        let hole = good.gap_to(&best).unwrap();
        assert_eq!(std::format!("{hole}"), "89 < v < 90");
        assert_eq!(hole.witness(Some(d("0.1"))), Some(d("89.1")));
        assert_eq!(hole.witness(Some(d("1"))), None);
        assert_eq!(hole.witness(None), Some(d("89.5")));
        assert_eq!(of("80", "", "", "90").unwrap().gap_to(&best), None);
        assert_eq!(
            of("80", "", "", "90")
                .unwrap()
                .gap_to(&of("", "90", "", "").unwrap())
                .unwrap()
                .witness(Some(d("1"))),
            Some(d("90"))
        );
    }

    #[test]
    fn both_of_two_inclusive_bounds_hold_their_number() {
        let (bad, fair) = (of("", "", "70", "").unwrap(), of("70", "", "79", "").unwrap());
        assert_eq!(bad.common(&fair).unwrap().witness(None), Some(d("70")));
        assert_eq!(bad.along(&fair), Ordering::Less);
        assert_eq!(of("", "", "", "70").unwrap().common(&fair), None);
    }

    fn interval() -> impl Strategy<Value = Interval> {
        let end = || (0_u8..3, -50_i64..50);
        (end(), end()).prop_filter_map("empty", |((a, x), (b, y))| {
            let end = |kind, value: i64| match kind {
                0 => None,
                1 => Some(End::Included(Decimal::new(value, 1))),
                _ => Some(End::Excluded(Decimal::new(value, 1))),
            };
            Interval::between(end(a, x), end(b, y))
        })
    }

    proptest! {
        #[test]
        fn a_witness_lies_within_and_on_the_step(interval in interval(), step in 1_i64..30) {
            let step = Decimal::new(step, 1);
            if let Some(value) = interval.witness(Some(step)) {
                prop_assert!(interval.contains(value) && exact::is_multiple(value, step).unwrap());
            } else {
                // Then none of the multiples near the ends lies within.
                for k in -60_i64..60 {
                    prop_assert!(!interval.contains(exact::mul(step, Decimal::from(k)).unwrap()));
                }
            }
            prop_assert!(interval.witness(None).is_some_and(|value| interval.contains(value)));
        }

        #[test]
        fn a_value_holds_where_it_lies_in_the_interval(
            bounds in prop::array::uniform4(prop::option::of(-9_i64..10)),
            value in -10_i64..11,
        ) {
            let [at_least, more_than, at_most, less_than] = bounds.map(|end| end.map(Decimal::from));
            let bounded = Given([at_least, more_than, at_most, less_than]);
            let within = bounded.interval().is_ok_and(|interval| interval.contains(Decimal::from(value)));
            prop_assert_eq!(bounded.holds(Decimal::from(value)), within);
        }

        #[test]
        fn a_value_lies_in_one_of_below_within_above(interval in interval(), value in -60_i64..60) {
            let value = Decimal::new(value, 1);
            let parts = [interval.below(), Some(interval), interval.above()];
            let holding = parts.into_iter().flatten().filter(|part| part.contains(value));
            prop_assert_eq!(holding.count(), 1);
        }

        #[test]
        fn common_and_gap_agree_with_membership(a in interval(), b in interval(), value in -60_i64..60) {
            let value = Decimal::new(value, 1);
            let both = a.common(&b).is_some_and(|common| common.contains(value));
            prop_assert_eq!(both, a.contains(value) && b.contains(value));
            if a.along(&b).is_le() && a.gap_to(&b).is_some_and(|gap| gap.contains(value)) {
                prop_assert!(!a.contains(value) && !b.contains(value));
            }
        }
    }
}
