//! "Did you mean": the known word that is nearest to an unknown one.

use alloc::vec::Vec;

/// The nearest of the known words, if one is near enough to be meant: a letter wrong, missing, too many or swapped in
/// each three. Only the first few thousand words are compared.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 200;
    const MOST: usize = 4000;
    let letters = word.chars().count();
    if letters > LONGEST {
        return None;
    }
    let most = letters.checked_div(3).unwrap_or(0).clamp(1, 4);
    known
        .into_iter()
        .take(MOST)
        .map(|candidate| (distance(word, candidate, most), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters must be changed, added, dropped or swapped with a neighbour; more than `most` if that is certain.
fn distance(a: &str, b: &str, most: usize) -> usize {
    let fold =
        |text: &str| text.chars().map(|c| if c == '-' { '_' } else { c.to_ascii_lowercase() }).collect();
    let (a, b): (Vec<char>, Vec<char>) = (fold(a), fold(b));
    let too_many = most.saturating_add(1);
    if a.len().abs_diff(b.len()) > most {
        return too_many;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = alloc::vec![i.saturating_add(1)];
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(too_many);
            let next = j.saturating_add(1);
            let mut cost = at(&above, j).saturating_add(usize::from(x != y));
            cost = cost.min(at(&above, next).saturating_add(1)).min(at(&row, j).saturating_add(1));
            let swapped = i > 0
                && j > 0
                && a.get(i.saturating_sub(1)) == Some(&y)
                && b.get(j.saturating_sub(1)) == Some(&x);
            if swapped {
                cost = cost.min(at(&before, j.saturating_sub(1)).saturating_add(1));
            }
            row.push(cost);
        }
        before = core::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(too_many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_recognised_and_other_words_are_not() {
        let known = ["order", "window", "max", "at_least", "recurrence"];
        for (slip, meant) in [
            ("ordre", Some("order")),
            ("Window", Some("window")),
            ("at-least", Some("at_least")),
            ("atleast", Some("at_least")),
            ("recurence", Some("recurrence")),
            ("mx", Some("max")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(slip, known), meant, "{slip}");
        }
    }

    #[test]
    fn distances_count_each_slip_once() {
        assert_eq!(distance("abcd", "abdc", 9), 1);
        assert_eq!(distance("", "abc", 9), 3);
        assert_eq!(distance("kitten", "sitting", 9), 3);
    }
}
