//! How much two texts have in common, to find an edited item again.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// The same on every run: what is an edit must not depend on chance.
type Fixed = BuildHasherDefault<DefaultHasher>;

/// The pairs of neighbouring words of a text, folded and hashed: what it is compared by.
pub(super) struct Pairs(HashSet<u64, Fixed>);

impl Pairs {
    /// Of a text; punctuation and case do not count.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut pairs = HashSet::default();
        let mut last = 0;
        for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
            if !word.is_empty() {
                let mut hasher = Fixed::default().build_hasher();
                word.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
                let word = hasher.finish();
                pairs.insert(last ^ word.rotate_left(1));
                last = word;
            }
        }
        Self(pairs)
    }

    /// The part of the shorter one's pairs that the other has too, from 0 to 1: a sentence that is added or cut
    /// takes nothing away.
    pub(super) fn common(&self, other: &Self) -> f64 {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        if short.0.is_empty() {
            return 0.0;
        }
        let common = short.0.iter().filter(|pair| long.0.contains(*pair)).count();
        ratio(common, short.0.len())
    }
}

#[expect(clippy::cast_precision_loss, reason = "no text has so many words")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    #[test]
    fn an_edit_is_nearer_than_another_story() {
        let first = "De brandweer heeft een brand geblust in een loods. Niemand raakte gewond.";
        let of = |text: &'static str| Pairs::of(std::iter::once(text));
        for (text, least, most) in [
            (first, 1.0, 1.0),
            ("De brandweer heeft een brand geblust in een schuur. Niemand raakte gewond.", 0.8, 0.9),
            (
                "De brandweer heeft een brand geblust in een loods. Niemand raakte gewond. De oorzaak is onbekend.",
                1.0,
                1.0,
            ),
            ("De brandweer heeft een brand geblust in een flat. Twintig bewoners slapen elders.", 0.6, 0.7),
            ("In Rotterdam vaart de eerste veerboot op waterstof.", 0.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            let common = of(first).common(&of(text));
            assert!((least..=most).contains(&common), "{common} {text}");
        }
    }
}
