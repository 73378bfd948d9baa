//! Numbers that look drawn and are the same everywhere: SplitMix64 (Steele, Lea and Flood, 2014).

/// A stream of numbers from a seed.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below the bound; 0 where the bound is 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let wide = (self.next() >> 32).wrapping_mul(u64::from(bound)) >> 32;
        u32::try_from(wide).unwrap_or(0)
    }
}
