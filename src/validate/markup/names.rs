//! The elements and attributes of HTML, SVG and MathML, and those that readers keep. Lists are sorted.

/// Whether HTML has, or had, an element of this name.
pub(crate) fn is_tag(name: &str) -> bool {
    SAFE.binary_search(&name).is_ok() || RISKY.binary_search(&name).is_ok()
}

/// Whether readers keep an element of HTML.
pub(crate) fn is_safe(name: &str) -> bool {
    SAFE.binary_search(&name).is_ok()
}

/// Whether readers keep an attribute of HTML.
pub(crate) fn acceptable_attribute(name: &str) -> bool {
    ATTRIBUTES.binary_search(&name).is_ok() || name.starts_with("data-") || name.starts_with("aria-")
}

/// Whether readers keep an element of SVG.
pub(crate) fn is_svg(name: &str) -> bool {
    SVG.binary_search(&name).is_ok()
}

/// Whether readers keep an attribute of SVG.
pub(crate) fn is_svg_attribute(name: &str) -> bool {
    SVG_ATTRIBUTES.binary_search(&name).is_ok()
}

/// Whether readers keep an element of MathML.
pub(crate) fn is_math(name: &str) -> bool {
    MATH.binary_search(&name).is_ok()
}

/// Whether an element has no content and no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "basefont" | "bgsound" | "br" | "col" | "command" | "embed" | "frame" | "hr" | "img" | "input" | "keygen"
            | "link" | "meta" | "param" | "source" | "spacer" | "track" | "wbr"
    )
}

pub(super) const SAFE: &[&str] = &[
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br", "button",
    "canvas", "caption", "center", "cite", "code", "col", "colgroup", "command", "data", "datagrid", "datalist", "dd", "del", "details",
    "dfn", "dialog", "dir", "div", "dl", "dt", "em", "event-source", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "input", "ins", "kbd", "keygen", "label", "legend", "li", "m",
    "main", "map", "mark", "menu", "meter", "multicol", "nav", "nextid", "noscript", "ol", "optgroup", "option", "output", "p", "picture",
    "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "search", "section", "select", "small", "sound", "source", "spacer", "span",
    "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "tr", "track", "tt",
    "u", "ul", "var", "video", "wbr",
];

pub(super) const RISKY: &[&str] = &[
    "applet", "base", "basefont", "bgsound", "blink", "body", "embed", "frame", "frameset", "head", "html", "iframe", "isindex", "layer",
    "link", "listing", "marquee", "meta", "nobr", "noembed", "noframes", "object", "param", "plaintext", "script", "slot", "style", "svg",
    "template", "title", "xmp",
];

pub(super) const ATTRIBUTES: &[&str] = &[
    "abbr", "accept", "accept-charset", "accesskey", "action", "align", "allowfullscreen", "alt", "autocomplete", "autofocus", "autoplay",
    "axis", "background", "balance", "bgcolor", "bgproperties", "border", "bordercolor", "bordercolordark", "bordercolorlight",
    "bottompadding", "cellpadding", "cellspacing", "ch", "challenge", "char", "charoff", "charset", "checked", "choff", "cite", "class",
    "clear", "color", "cols", "colspan", "compact", "contenteditable", "controls", "coords", "crossorigin", "data", "datafld",
    "datapagesize", "datasrc", "datetime", "decoding", "default", "delay", "dir", "disabled", "download", "draggable", "dynsrc", "enctype",
    "end", "face", "fetchpriority", "for", "form", "frame", "frameborder", "galleryimg", "gutter", "headers", "height", "hidden",
    "hidefocus", "high", "href", "hreflang", "hspace", "icon", "id", "inputmode", "ismap", "keytype", "kind", "label", "lang", "leftspacing",
    "list", "loading", "longdesc", "loop", "loopcount", "loopend", "loopstart", "low", "lowsrc", "max", "maxlength", "media", "method",
    "min", "multiple", "muted", "name", "nohref", "noshade", "nowrap", "open", "optimum", "pattern", "ping", "placeholder", "playsinline",
    "point-size", "poster", "pqg", "preload", "prompt", "property", "radiogroup", "readonly", "referrerpolicy", "rel", "repeat-max",
    "repeat-min", "replace", "required", "rev", "reversed", "rightspacing", "role", "rows", "rowspan", "rules", "scope", "selected",
    "shape", "size", "sizes", "span", "src", "srclang", "srcset", "start", "step", "summary", "suppress", "tabindex", "target", "template",
    "title", "toppadding", "translate", "type", "typeof", "unselectable", "urn", "usemap", "valign", "value", "variable", "volume", "vrml",
    "vspace", "width", "wrap", "xml:base", "xml:lang", "xmlns",
];

pub(super) const SVG: &[&str] = &[
    "a", "animate", "animateColor", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc", "ellipse", "font-face",
    "font-face-name", "font-face-src", "foreignObject", "g", "glyph", "hkern", "image", "line", "linearGradient", "marker", "mask",
    "metadata", "missing-glyph", "mpath", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop", "svg",
    "switch", "symbol", "text", "textPath", "title", "tspan", "use",
];

pub(super) const SVG_ATTRIBUTES: &[&str] = &[
    "accent-height", "accumulate", "additive", "alphabetic", "arabic-form", "ascent", "attributeName", "attributeType", "baseProfile",
    "bbox", "begin", "by", "calcMode", "cap-height", "class", "clip-path", "clip-rule", "clipPathUnits", "color", "color-interpolation",
    "color-rendering", "content", "cx", "cy", "d", "descent", "display", "dominant-baseline", "dur", "dx", "dy", "end", "fill",
    "fill-opacity", "fill-rule", "font-family", "font-size", "font-stretch", "font-style", "font-variant", "font-weight", "from", "fx",
    "fy", "g1", "g2", "glyph-name", "gradientTransform", "gradientUnits", "hanging", "height", "horiz-adv-x", "horiz-origin-x", "id",
    "ideographic", "k", "keyPoints", "keySplines", "keyTimes", "lang", "letter-spacing", "marker-end", "marker-mid", "marker-start",
    "markerHeight", "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "mathematical", "max", "min", "name", "offset",
    "opacity", "orient", "origin", "overflow", "overline-position", "overline-thickness", "panose-1", "path", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits", "points", "preserveAspectRatio", "r", "refX", "refY", "repeatCount",
    "repeatDur", "requiredExtensions", "requiredFeatures", "restart", "role", "rotate", "rx", "ry", "slope", "spreadMethod", "stemh",
    "stemv", "stop-color", "stop-opacity", "strikethrough-position", "strikethrough-thickness", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "style",
    "systemLanguage", "target", "text-anchor", "to", "transform", "type", "u1", "u2", "underline-position", "underline-thickness",
    "unicode", "unicode-range", "units-per-em", "values", "version", "viewBox", "visibility", "width", "widths", "x", "x-height", "x1",
    "x2", "y", "y1", "y2", "zoomAndPan",
];

pub(super) const MATH: &[&str] = &[
    "annotation", "annotation-xml", "maction", "maligngroup", "malignmark", "math", "menclose", "merror", "mfenced", "mfrac", "mglyph",
    "mi", "mlabeledtr", "mlongdiv", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "mscarries",
    "mscarry", "msgroup", "msline", "mspace", "msqrt", "msrow", "mstack", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext",
    "mtr", "munder", "munderover", "none", "semantics",
];
