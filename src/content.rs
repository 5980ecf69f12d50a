//! The HTML of an entry, from `templates/entry.html`.

use std::borrow::Cow;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value};
use minijinja::{AutoEscape, Environment, Error, Output, State};

use crate::wire::item::{Item, Paragraph};
use crate::wire::sentence;

/// How much of an item's text an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Amount {
    /// All of it.
    #[default]
    Full,
    /// Its first sentence.
    Excerpt,
    /// Its headline, and the dateline.
    Title,
}

/// Name and text of the one template.
const TEMPLATE: (&str, &str) = ("entry.html", include_str!("../templates/entry.html"));

/// Renders the content of entries.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
    amount: Amount,
}

impl Renderer {
    /// Fails where the template is no template.
    pub fn new(amount: Amount) -> Result<Self, Error> {
        Self::with(amount, TEMPLATE.1)
    }

    /// With another text than that of `templates/entry.html`.
    pub fn with(amount: Amount, template: &str) -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(escaped);
        environment.add_template_owned(TEMPLATE.0, template.to_owned())?;
        Ok(Self { environment, amount })
    }

    /// The content of an item. Everything from the page is escaped.
    pub(crate) fn html(&self, item: &Item<'_>) -> Result<String, Error> {
        let dateline = item.dateline.as_ref();
        let fields = Fields([
            ("paragraphs", self.paragraphs(item).iter().map(value).collect()),
            ("kicker", dateline.and_then(|dateline| dateline.kicker).into()),
            ("dateline", dateline.map(|dateline| dateline.printed).into()),
        ]);
        self.environment.get_template(TEMPLATE.0)?.render(Value::from_object(fields))
    }

    fn paragraphs<'i>(&self, item: &'i Item<'_>) -> Cow<'i, [Paragraph<'i>]> {
        let headline = item.headline.map(|text| Paragraph { text, subhead: false });
        let Some(first) = item.paragraphs.first() else { return headline.into_iter().collect() };
        match self.amount {
            Amount::Full => Cow::Borrowed(&item.paragraphs),
            Amount::Excerpt => vec![Paragraph { text: sentence::first(first.text), subhead: false }].into(),
            Amount::Title => headline.into_iter().collect(),
        }
    }
}

fn value(paragraph: &Paragraph<'_>) -> Value {
    Value::from_object(Fields([("text", paragraph.text.into()), ("subhead", paragraph.subhead.into())]))
}

/// A few names and what they stand for, without a map: a page has a hundred thousand of them.
#[derive(Debug)]
struct Fields<const N: usize>([(&'static str, Value); N]);

impl<const N: usize> Object for Fields<N> {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.iter().map(|(name, _)| Value::from(*name)).collect())
    }
}

/// Writes a value with the five characters escaped that mean something in HTML.
pub(crate) fn escaped(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let text = value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed);
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_str(&text[written..at]).and_then(|()| out.write_str(entity)).map_err(Error::from)?;
        written = at + 1;
    }
    out.write_str(&text[written..]).map_err(Error::from)
}
