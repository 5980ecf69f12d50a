//! What hosts want to be told of the folder: media types, how long a copy is good, which files are not for the world.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, context};
use serde::Serialize;

use super::compress::COMPRESSIONS;

/// A host that serves the folder. A new one is a row.
#[derive(Debug, PartialEq, Eq)]
pub struct Host {
    /// As the command line calls it.
    pub name: &'static str,
    /// Its full name.
    pub title: &'static str,
    /// Path of its file in the folder.
    pub(crate) path: &'static str,
    /// It reads that file at the top of all that it serves, and nowhere else.
    pub(crate) at_top: bool,
    /// What makes that file of the [`KINDS`] of files.
    template: &'static str,
}

const HEADERS: &str = include_str!("../../templates/hosts/headers");

/// The hosts.
pub const HOSTS: &[Host] = &[
    Host { name: "github-pages", title: "GitHub Pages", path: ".nojekyll", at_top: false, template: "" },
    Host {
        name: "cloudflare-pages",
        title: "Cloudflare Pages",
        path: "_headers",
        at_top: true,
        template: HEADERS,
    },
    Host { name: "netlify", title: "Netlify", path: "_headers", at_top: true, template: HEADERS },
    Host {
        name: "nginx",
        title: "nginx",
        path: "nginx.conf",
        at_top: false,
        template: include_str!("../../templates/hosts/nginx.conf"),
    },
    Host {
        name: "caddy",
        title: "Caddy",
        path: "Caddyfile",
        at_top: false,
        template: include_str!("../../templates/hosts/Caddyfile"),
    },
    Host {
        name: "apache",
        title: "Apache httpd",
        path: ".htaccess",
        at_top: false,
        template: include_str!("../../templates/hosts/htaccess"),
    },
];

/// Files that are served alike. The first row that fits a path counts.
struct Kind {
    /// How their names end.
    ends: &'static str,
    /// They stand in this folder; empty for anywhere.
    below: &'static str,
    media_type: &'static str,
    /// For how many seconds a copy is good.
    age: u32,
}

/// Feeds are `application/xml`: under their own types browsers ignore the stylesheet, and some download them.
const KINDS: &[Kind] = &[
    Kind { ends: ".xml", below: "archief", media_type: "application/xml", age: 3_600 },
    Kind { ends: ".xml", below: "", media_type: "application/xml", age: 300 },
    Kind { ends: ".json", below: "", media_type: "application/feed+json", age: 300 },
    Kind { ends: ".html", below: "", media_type: "text/html", age: 300 },
    Kind { ends: ".css", below: "", media_type: "text/css", age: 3_600 },
    Kind { ends: ".svg", below: "", media_type: "image/svg+xml", age: 86_400 },
];

/// Sent with every file. Feeds are read by the scripts of other sites too.
const ALWAYS: &[(&str, &str)] = &[
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Access-Control-Allow-Origin", "*"),
];

/// A row of [`KINDS`] as the templates see it.
#[derive(Serialize)]
struct Row {
    ends: &'static str,
    below: &'static str,
    media_type: &'static str,
    content_type: String,
    control: String,
}

/// A compression as the templates see it.
#[derive(Serialize)]
struct Encoding {
    ends: &'static str,
    name: &'static str,
}

impl Host {
    /// The host with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        HOSTS.iter().find(|host| host.name == name)
    }

    /// The path of its file, and its content, for a folder that is served below a path.
    pub(super) fn file(&self, base: &str) -> Result<(&'static str, String), minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.add_template(self.name, self.template)?;
        let kinds: Vec<_> = KINDS.iter().map(row).collect();
        // The better one first.
        let encodings: Vec<_> =
            COMPRESSIONS.iter().rev().map(|row| Encoding { ends: row.ends, name: row.encoding }).collect();
        let context =
            context! { base, kinds => Serde(kinds), encodings => Serde(encodings), always => Serde(ALWAYS) };
        let text = environment.get_template(self.name)?.render(context)?;
        Ok((self.path, if text.is_empty() { text } else { text.trim_end().to_owned() + "\n" }))
    }
}

fn row(kind: &Kind) -> Row {
    Row {
        ends: kind.ends,
        below: kind.below,
        media_type: kind.media_type,
        content_type: format!("{}; charset=utf-8", kind.media_type),
        control: format!("public, max-age={}", kind.age),
    }
}

#[cfg(test)]
mod tests {
    use super::HOSTS;

    #[test]
    fn every_host_has_its_file() {
        for host in HOSTS {
            let (path, text) = host.file("/").expect("a template that works");
            assert!(!path.is_empty());
            assert_eq!(text.contains("application/xml"), path != ".nojekyll", "{text}");
        }
    }
}
