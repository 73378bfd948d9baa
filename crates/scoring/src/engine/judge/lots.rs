//! Lots: what is left of each entry of a balance, so that every point that is used up, redeemed or carried has a name.

use super::{Known, count::Brought};
use alloc::{collections::VecDeque, vec::Vec};
use chrono::NaiveDate;
use ducha_core::Points;

/// Points of one entry that are still there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lot<'a> {
    pub(super) brought: Brought<'a>,
    pub(super) date: NaiveDate,
    /// The first day after its window, if that has one.
    pub(super) end: Option<NaiveDate>,
    pub(super) points: Points,
}

/// The lots of a balance, oldest first.
///
/// INVARIANT: each has more than 0 points; `total` is their sum. The later a lot, the later its end.
#[derive(Debug, Default)]
pub(super) struct Lots<'a> {
    lots: VecDeque<Lot<'a>>,
    total: Points,
}

impl<'a> Lots<'a> {
    /// The balance.
    pub(super) const fn total(&self) -> Points {
        self.total
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lots.is_empty()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Lot<'a>> {
        self.lots.iter().copied()
    }

    pub(super) fn add(&mut self, lot: Lot<'a>) -> Known<()> {
        if !lot.points.is_zero() {
            self.total = self.total.plus(lot.points)?;
            self.lots.push_back(lot);
        }
        Ok(())
    }

    pub(super) fn clear(&mut self) {
        self.lots.clear();
        self.total = Points::ZERO;
    }

    /// Takes points off, from the oldest lots first; never more than there are.
    pub(super) fn take(&mut self, mut amount: Points) -> Known<()> {
        while !amount.is_zero()
            && let Some(lot) = self.lots.front_mut()
        {
            let off = lot.points.min(amount);
            lot.points = lot.points.minus(off)?;
            amount = amount.minus(off)?;
            self.total = self.total.minus(off)?;
            if lot.points.is_zero() {
                self.lots.pop_front();
            }
        }
        Ok(())
    }

    /// Lots whose windows have ended by the beginning of a day go, if they do; whether any had ended.
    pub(super) fn leave(&mut self, day: NaiveDate, goes: impl Fn(&Lot<'a>) -> bool) -> Known<bool> {
        let mut carried = Vec::new();
        let mut ended = false;
        let over = |lot: &Lot<'a>| lot.end.is_some_and(|end| end <= day);
        while let Some(lot) = self.lots.front().copied().filter(over) {
            self.lots.pop_front();
            ended = true;
            if goes(&lot) {
                self.total = self.total.minus(lot.points)?;
            } else {
                carried.push(lot);
            }
        }
        for lot in carried.into_iter().rev() {
            self.lots.push_front(lot);
        }
        Ok(ended)
    }
}
