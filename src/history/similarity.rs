//! How much two texts have in common, to find an edited item again.

/// The words of a text and the pairs of neighbours among them, folded and hashed: what it is compared by.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<u64>,
    /// Each once, in order.
    pairs: Vec<u64>,
}

/// Stands in front of the first word and behind the last one.
const EDGE: u64 = 0;

impl Words {
    /// Of a text; punctuation and case do not count.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let words: Vec<_> = words.filter(|word| !word.is_empty()).map(hashed).collect();
        let mut pairs: Vec<_> = pairs(&words).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { words, pairs }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How many pairs of neighbours are in both.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let (mut own, mut others) = (self.pairs.as_slice(), other.pairs.as_slice());
        let mut shared = 0;
        while let ([first, rest @ ..], [other, others_rest @ ..]) = (own, others) {
            shared += usize::from(first == other);
            own = if first <= other { rest } else { own };
            others = if other <= first { others_rest } else { others };
        }
        shared
    }

    /// The part of the shorter one's words that stand beside the same neighbour in the other, from 0 to 1: a
    /// sentence that is added or cut takes nothing away, a word that is corrected only itself.
    pub(super) fn common(&self, other: &Self) -> f64 {
        let (short, long) = self.by_length(other);
        short.kept_in(long)
    }

    /// The same part of the longer one's words: only what is said nearly alike has much of this in common.
    pub(super) fn alike(&self, other: &Self) -> f64 {
        let (short, long) = self.by_length(other);
        long.kept_in(short)
    }

    fn by_length<'w>(&'w self, other: &'w Self) -> (&'w Self, &'w Self) {
        if self.len() <= other.len() { (self, other) } else { (other, self) }
    }

    fn kept_in(&self, other: &Self) -> f64 {
        let shared: Vec<_> =
            pairs(&self.words).map(|pair| other.pairs.binary_search(&pair).is_ok()).collect();
        // Each word stands in two pairs: with the one before it and with the one behind it.
        let kept = shared.windows(2).filter(|beside| beside.contains(&true)).count();
        if self.len() == 0 { 0.0 } else { ratio(kept, self.len()) }
    }
}

/// FNV-1a over its small letters. The same on every run: what is an edit must not depend on chance.
fn hashed(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase).map(u64::from);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| (hash ^ letter).wrapping_mul(0x0100_0000_01b3))
}

fn pairs(words: &[u64]) -> impl Iterator<Item = u64> {
    let before = std::iter::once(EDGE).chain(words.iter().copied());
    let behind = words.iter().copied().chain(std::iter::once(EDGE));
    before.zip(behind).map(|(before, behind)| before.rotate_left(1) ^ behind)
}

#[expect(clippy::cast_precision_loss, reason = "no text has so many words")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn an_edit_is_nearer_than_another_story() {
        let first = "De brandweer heeft een brand geblust in een loods. Niemand raakte gewond.";
        let of = |text: &'static str| Words::of(std::iter::once(text));
        for (text, least, most) in [
            (first, 1.0, 1.0),
            ("De brandweer heeft een brand geblust in een schuur. Niemand raakte gewond.", 0.9, 0.95),
            ("De politie heeft een brand geblust in een schuur. Niemand raakte gewond.", 0.8, 0.9),
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
