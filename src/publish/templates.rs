//! The templates: those of the program, and those of the user in their place.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use sha1::{Digest, Sha1};

use super::{Error, Site};
use crate::content::escaped;
use crate::link::Uri;

/// The templates by their names. What is in this table can be overridden.
const TEMPLATES: &[(&str, &str)] = &[
    ("index.html", include_str!("../../templates/index.html")),
    (ENTRY, include_str!("../../templates/entry.html")),
    // Where nothing is: well-formed XML as well, for hosts send it in place of a feed under the feed's type.
    (MISSING, include_str!("../../templates/404.html")),
    ("style.css", include_str!("../../templates/style.css")),
    ("feed.css", include_str!("../../templates/feed.css")),
    ("icon.svg", include_str!("../../templates/icon.svg")),
];

const ENTRY: &str = "entry.html";

/// The page for what is not there.
pub(super) const MISSING: &str = "404.html";

/// Files that are rendered once for the whole site.
const FIXED: &[&str] = &[MISSING, "style.css", "feed.css", "icon.svg"];

/// No template is longer, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// All templates, ready to be rendered.
pub(super) struct Templates {
    texts: BTreeMap<String, String>,
    environment: Environment<'static>,
}

impl Templates {
    /// The built-in ones, and over them the files of a folder: plain files in it, by their names. Nothing outside it
    /// is read, whatever a template includes.
    pub(super) fn load(folder: Option<&Path>) -> Result<Self, Error> {
        let built_in = TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let mut texts: BTreeMap<String, String> = built_in.collect();
        if let Some(folder) = folder {
            texts.extend(read(folder)?);
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
            Some((_, "html" | "svg")) => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        // The crate's own also escapes the slashes of every address.
        environment.set_formatter(|out, state, value| {
            let is_html = matches!(state.auto_escape(), AutoEscape::Html);
            let escape = if is_html && !value.is_safe() { escaped } else { minijinja::escape_formatter };
            escape(out, state, value)
        });
        for (name, text) in &texts {
            environment.add_template_owned(name.clone(), text.clone())?;
        }
        Ok(Self { texts, environment })
    }

    /// The template of an entry's content.
    pub(super) fn entry(&self) -> &str {
        self.texts.get(ENTRY).map_or("", String::as_str)
    }

    /// Renders a page.
    pub(super) fn page(&self, name: &str, context: minijinja::Value) -> Result<String, Error> {
        Ok(self.environment.get_template(name)?.render(context)?)
    }

    /// The files that are rendered once, with their names.
    pub(super) fn fixed(&self, site: &Site) -> Result<Vec<(&'static str, String)>, Error> {
        let render = |name: &&'static str| {
            let (words, lang) = (site.language.words(), site.language.tag());
            let home = Uri::from(&site.url).to_string();
            Ok((*name, self.page(name, context! { words, lang, home })?))
        };
        FIXED.iter().map(render).collect()
    }

    /// Tells these templates from others.
    pub(super) fn digest(&self) -> [u8; 20] {
        let mut hash = Sha1::new();
        for (name, text) in &self.texts {
            hash.update(format!("{name}\0{}\0", text.len()));
            hash.update(text);
        }
        hash.finalize().into()
    }
}

fn read(folder: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut texts = Vec::new();
    for file in fs::read_dir(folder).map_err(Error::at(folder))? {
        let file = file.map_err(Error::at(folder))?;
        let (path, name) = (file.path(), file.file_name().to_string_lossy().into_owned());
        let is_template = [".html", ".css", ".svg"].iter().any(|ending| name.ends_with(ending));
        if !is_template || name.starts_with('.') {
            continue;
        }
        let data = fs::symlink_metadata(&path).map_err(Error::at(&path))?;
        if !data.is_file() {
            return Err(Error::Unfit(path, "is a template, but no plain file; links are not followed"));
        }
        if data.len() > LONGEST {
            return Err(Error::Unfit(path, "is longer than any template"));
        }
        texts.push((name, fs::read_to_string(&path).map_err(Error::at(&path))?));
    }
    Ok(texts)
}
