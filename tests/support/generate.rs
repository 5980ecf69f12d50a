//! Wire pages of any size, the same on every run.

use std::fmt::Write as _;

const CITIES: &[&str] = &[
    "KYIV",
    "SOFIA",
    "DEN HAAG",
    "MOSKOU",
    "PARIJS",
    "HONGKONG",
    "AMSTERDAM",
    "URK",
    "BRUSSEL/WASHINGTON",
    "'s-HERTOGENBOSCH",
];
const AGENCIES: &[&str] = &["ANP", "ANP/RTR", "ANP/AFP", "ANP/RTR/AFP", "ANP/DPA"];
const WORDS: &[&str] = &[
    "de",
    "het",
    "een",
    "van",
    "in",
    "is",
    "op",
    "te",
    "dat",
    "voor",
    "met",
    "zijn",
    "niet",
    "aan",
    "er",
    "om",
    "ook",
    "als",
    "maar",
    "bij",
    "nog",
    "uit",
    "naar",
    "heeft",
    "worden",
    "door",
    "over",
    "werd",
    "meer",
    "geen",
    "onder",
    "onderzoek",
    "politie",
    "gemeente",
    "regering",
    "president",
    "minister",
    "verwacht",
    "volgens",
    "zegt",
    "miljoen",
    "mensen",
    "coördinatie",
];

/// A small generator of numbers (xorshift), so that every run has the same pages.
pub(crate) struct Numbers(u64);

impl Numbers {
    /// A generator with a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn sentence(&mut self, text: &mut String) {
        for word in 0..10 + self.below(12) {
            text.push_str(if word == 0 { "Het" } else { " " });
            if word > 0 {
                text.push_str(self.pick(WORDS));
            }
        }
        text.push('.');
    }

    /// Three to five sentences.
    pub(crate) fn body(&mut self) -> String {
        let mut text = String::with_capacity(400);
        for sentence in 0..3 + self.below(3) {
            text.push_str(if sentence == 0 { "" } else { " " });
            self.sentence(&mut text);
        }
        text
    }

    /// A dateline without its dash.
    pub(crate) fn dateline(&mut self) -> String {
        format!("{} ({})", self.pick(CITIES), self.pick(AGENCIES))
    }
}

fn age(item: usize, items: usize) -> String {
    let minutes = item * 24 * 60 / items;
    if minutes < 60 {
        format!("{} minuten geleden", minutes + 1)
    } else {
        format!("{} uur geleden", minutes / 60)
    }
}

/// A page in layout A: each age glued to the next item.
pub(crate) fn text(items: usize) -> String {
    let mut numbers = Numbers::new(1);
    let mut page = String::from("Meer uit Buitenland\n");
    for item in 0..items {
        let (dateline, body) = (numbers.dateline(), numbers.body());
        _ = write!(page, "{dateline} - {body} Dit is bericht {item}.\n{}", age(item, items));
    }
    page.push('\n');
    page
}

/// The same items in the markup of a news site.
pub(crate) fn html(items: usize) -> String {
    let mut numbers = Numbers::new(1);
    let mut page = String::from(
        "<!doctype html><html lang=nl><head><title>Nieuws</title></head><body><main>\n<h2>Meer uit Buitenland</h2>\n",
    );
    for item in 0..items {
        let (dateline, body) = (numbers.dateline(), numbers.body());
        _ = write!(
            page,
            "<article class=\"item\">\n  <a href=\"/nieuws/bericht-{item}\"><h3>Kop van bericht {item}</h3></a>\n  <p>{dateline} - {body} Dit is bericht {item}.</p>\n  <span class=\"time\">{}</span>\n</article>\n",
            age(item, items)
        );
    }
    page.push_str("</main></body></html>\n");
    page
}
