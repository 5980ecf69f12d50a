//! The parts of feeds: every kind of element, attribute, declaration and entity, and of the markup inside their texts.

use super::part::Part;

/// Where a part stands: what is before it, and behind it.
type Place = (&'static str, &'static str);

/// All parts.
pub(crate) fn parts() -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |place: Place, list: &[&'static str]| {
        let (head, tail) = place;
        parts.extend(list.iter().map(|text| Part { name: text, head, text, tail }));
    };
    prolog(&mut add);
    document_type(&mut add);
    markup(&mut add);
    rss(&mut add);
    atom(&mut add);
    html(&mut add);
    xhtml(&mut add);
    parts
}

type Add<'a> = dyn FnMut(Place, &[&'static str]) + 'a;

/// A text that is put together once and stays.
fn kept(text: String) -> &'static str {
    text.leak()
}

/// A text many times, each with its number.
fn numbered(text: &str, count: usize) -> String {
    (0..count).map(|number| text.replace("{i}", &number.to_string())).collect()
}

fn prolog(add: &mut Add<'_>) {
    add(
        ("", "<rss version='2.0'/>"),
        &["<!-- a -->", "<!-- - -- -->", "<?a b?>", "<?xml?>", "\n", "\r\n", "&e;", "]", "\u{1}"],
    );
    add(("<?xml ", "?><rss/>"), &["version='1.0' ", "a", " "]);
    add(("<!--", "--><rss/>"), &["-", "- ", "--!"]);
}

fn document_type(add: &mut Add<'_>) {
    let used = "]><rss version='2.0' a='&e1;'><channel>&e1;&e2;<a/><a/></channel></rss>";
    add(
        ("<!DOCTYPE rss [", used),
        &[
            "<!ENTITY e{i} 'text'>",
            "<!ENTITY e 'text'>",
            "<!ENTITY e{i} ''>",
            "<!ENTITY e1 '&e2;'><!ENTITY e2 '&e{i};'>",
            "<!ENTITY e{i} '<b>&lt;&amp;&#60;</b>'>",
            "<!ENTITY e{i} SYSTEM 'x'>",
            "<!ENTITY e{i} PUBLIC 'x' 'y' NDATA n>",
            "<!ENTITY % p{i} 'text'>",
            "<!ENTITY % p{i} SYSTEM 'x'>",
            "<!ENTITY lt '<'>",
            "<!ENTITY e{i} '%p;'>",
            "<!NOTATION n{i} SYSTEM 'x'>",
            "<!NOTATION n PUBLIC 'x'>",
            "<!ELEMENT a{i} (b|c)*>",
            "<!ELEMENT a (#PCDATA)>",
            "<!ATTLIST a{i} b CDATA 'c'>",
            "<!ATTLIST a b CDATA 'c'>",
            "<!ATTLIST a b{i} CDATA #IMPLIED>",
            "<!ATTLIST a b{i} NMTOKENS #REQUIRED>",
            "<!ATTLIST a b{i} CDATA 'c'>",
            "<!ATTLIST a{i} xmlns:p{i} CDATA 'u' p{i}:b CDATA 'c'>",
            "<!-- a -->",
            "<?a b?>",
            "%p;",
            "%p{i};",
            "\n",
        ],
    );
    add(
        ("<!DOCTYPE rss SYSTEM 'x' [", used),
        &["<!ENTITY e{i} '&e{i};'>", "<!ATTLIST a b{i} CDATA '&c;'>", "%p;"],
    );
    add(
        ("<!DOCTYPE rss [<!ATTLIST rss ", ">]><rss version='2.0'/>"),
        &["b{i} CDATA #IMPLIED ", "b CDATA 'c' ", "b{i} ID #REQUIRED ", "b{i} (c|d) 'c' "],
    );
    add(("<!DOCTYPE rss [<!ATTLIST rss a (b", ") 'b'>]><rss version='2.0'/>"), &["|b{i}", " | b"]);
    add(("<!DOCTYPE rss [<!ELEMENT rss (", "a)>]><rss/>"), &["a{i},", "(a|b),", "a?,"]);
    add(("<!DOCTYPE rss [<!ELEMENT rss ", "a)>]><rss/>"), &["("]);
    add(
        ("<!DOCTYPE rss [<!ENTITY e '", "'>]><rss a='&e;'>&e;</rss>"),
        &["a", "&lt;", "&#38;", "&b;", "]]", "\r"],
    );
    add(("<!DOCTYPE rss [<!ATTLIST rss a CDATA '", "'>]><rss/>"), &["a", "&lt;", "&#38;", "&b;", "  "]);
    add(("<!DOCTYPE rss PUBLIC '", "' 'x'><rss/>"), &["a", " ", "\""]);
    add(("<!DOCTYPE ", "><rss/>"), &["a", " ", "[", "a:"]);
    add(
        (kept(format!("<!DOCTYPE rss [<!ATTLIST a{} ", "a".repeat(2000))), ">]><rss/>"),
        &["b{i} CDATA 'c' "],
    );
}

/// What a document type declares, and what every tag and reference makes of it.
fn declared() -> Place {
    let defaults = numbered(" d{i} CDATA '1'", 60);
    let head = format!(
        "<!DOCTYPE rss SYSTEM 'x' [<!ENTITY e ''><!ENTITY f 'text'><!ENTITY g '<b>&f;&f;</b>'><!ENTITY x SYSTEM 'x'>\
         <!ATTLIST a xmlns:p CDATA 'u' xml:lang CDATA 'nl' xml:base CDATA 'b' d NMTOKENS ' 1  2 '><!ATTLIST b{defaults}>]>\
         <rss version='2.0'><channel><title>"
    );
    (kept(head), "</title></channel></rss>")
}

/// What may stand in an element.
const CONTENT: &[&str] = &[
    "<a/>",
    "<a></a>",
    "<a>",
    "</a>",
    "</x>",
    "<a><b></a>",
    "<x{i}/>",
    "<p:a/>",
    "<p{i}:a/>",
    "<a:b:c/>",
    "<b/>",
    "<",
    "< ",
    "<a",
    "<a b='c'/>",
    "<a b{i}='c'/>",
    "<a b='c' b='c'/>",
    "<a b='&lt;&e;&x;'/>",
    "<a b=c/>",
    "<a xmlns='u{i}'/>",
    "<a xmlns='u'>",
    "<a xmlns:p='u'/>",
    "<a xmlns:p{i}='u{i}' p{i}:b='c'/>",
    "<a xmlns:p=''/>",
    "<a xml:lang='nl'/>",
    "<a xml:base='b/'/>",
    "<a xml:base='b/'>",
    "<a d=' 1  2 '/>",
    "<!-- a -->",
    "<!--a",
    "<!---->",
    "<?a b?>",
    "<![CDATA[a]]>",
    "<![CDATA[]]>",
    "<![CDATA[]]]]>",
    "]]>",
    "]",
    "<!a>",
    "<!DOCTYPE a>",
    "&amp;",
    "&#65;",
    "&#x41;",
    "&#0;",
    "&#00000000000065;",
    "&",
    "&e;",
    "&f;",
    "&g;",
    "&x;",
    "&unknown;",
    "&unknown{i};",
    "a",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{eb}",
    "\u{c3}\u{a9}",
    "\u{1}",
    "\u{fffe}",
    "\u{85}",
];

fn markup(add: &mut Add<'_>) {
    add(declared(), CONTENT);
    add(("<rss version='2.0'><channel>", "</channel></rss>"), CONTENT);
    let prefixes = numbered(" xmlns:p{i}='u{i}'", 200);
    let bound = kept(format!("<rss version='2.0'{prefixes}><channel>"));
    add(
        (bound, "</channel></rss>"),
        &["<p0:a/>", "<p199:a p0:b=''/>", "<a p0:b='' p1:b=''/>", "<a/>", "<a xmlns='u{i}'/>"],
    );
    let deep = kept(format!("<rss version='2.0'>{}", "<a>".repeat(4000)));
    add((deep, "</rss>"), &["</x>", "<a/>", "<b></b>", "<x></a></x>", "t<!---->"]);
    let long = kept(format!("<rss version='2.0'><channel><item><a{}>", "a".repeat(4000)));
    add((long, "</rss>"), &["<b/>", "<x:b/>", "t<!---->", "</a>"]);
    let far = "x".repeat(4000);
    let space = kept(format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:y='urn:{far}'><entry><content type='xhtml'>"
    ));
    add((space, "</content></entry></feed>"), &["<y:b/>", "<y:div y:a=''/>", "<y:div>"]);
    add(("<rss version='2.0' ", "/>"), &["a{i}='b' ", "a='b' ", "xmlns:p='u' ", "p:a='b' "]);
    add(("<rss version='2.0", "'/>"), &["a", "&amp;", "&#65;", " ", "\n", "<", "&"]);
    add(("<rss version='2.0' a", "='b'/>"), &["a", ":", "\u{eb}"]);
}

/// The namespaces of the extensions.
const NAMESPACES: &str = " xmlns:atom='http://www.w3.org/2005/Atom' xmlns:app='http://www.w3.org/2007/app' \
    xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
    xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' xmlns:slash='http://purl.org/rss/1.0/modules/slash/' xmlns:wfw='http://wellformedweb.org/CommentAPI/' \
    xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:fh='http://purl.org/syndication/history/1.0' xmlns:admin='http://webns.net/mvcb/' \
    xmlns:blogChannel='http://backend.userland.com/blogChannelModule' xmlns:cc='http://web.resource.org/cc/' xmlns:ev='http://purl.org/rss/1.0/modules/event/' \
    xmlns:creativeCommons='http://backend.userland.com/creativeCommonsRssModule' xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#' \
    xmlns:geourl='http://geourl.org/rss/module/' xmlns:icbm='http://postneo.com/icbm' xmlns:georss='http://www.georss.org/georss' \
    xmlns:trackback='http://madskills.com/public/xml/rss/module/trackback/' xmlns:pingback='http://madskills.com/public/xml/rss/module/pingback/' \
    xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:media='http://search.yahoo.com/mrss/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
    xmlns:podcast='https://podcastindex.org/namespace/1.0' xmlns:ex='urn:example'";

/// Elements, each with a text of its kind.
const PIECES: &[&str] = &[
    "<title>a{i}</title>",
    "<link>https://example.org/{i}</link>",
    "<description>a &lt;p&gt;b&lt;/p&gt; {i}</description>",
    "<language>nl</language>",
    "<copyright>a</copyright>",
    "<managingEditor>a@example.org (A. Visser)</managingEditor>",
    "<webMaster>a b c@d e</webMaster>",
    "<pubDate>Tue, 10 Feb 2026 11:20:00 GMT</pubDate>",
    "<lastBuildDate>10 Feb (a (b)) 26 11:20 +0100</lastBuildDate>",
    "<category domain='a'>b</category>",
    "<generator>a</generator>",
    "<docs>https://example.org/</docs>",
    "<cloud domain='a' port='80' path='/' registerProcedure='b' protocol='soap'/>",
    "<ttl>60</ttl>",
    "<image><title>a{i}</title><url>https://example.org/a.png</url><link>https://example.org/</link></image>",
    "<rating>a</rating>",
    "<textInput><title>a</title><link>b</link><description>c</description><name>d</name></textInput>",
    "<skipHours><hour>{i}</hour></skipHours>",
    "<skipDays><day>Monday</day></skipDays>",
    "<blink>a</blink>",
    "<item/>",
    "<item><title>a{i}</title><guid>https://example.org/{i}</guid></item>",
    "<item><guid isPermaLink='false'>{i}</guid><pubDate>Tue, 10 Feb 2026 11:20:00 GMT</pubDate></item>",
    "<item><guid>1</guid></item>",
    "<item>",
    "<item><itunes:author>a</itunes:author><enclosure url='https://example.org/{i}.wav' length='1' type='audio/wav'/></item>",
    "<author>a@example.org</author>",
    "<comments>https://example.org/</comments>",
    "<enclosure url='https://example.org/{i}.mp3' length='1' type='audio/mpeg'/>",
    "<enclosure/>",
    "<guid>https://example.org/{i}</guid>",
    "<guid isPermaLink='false'>{i}</guid>",
    "<source url='https://example.org/'>a</source>",
    "<channel/>",
    "<unknown/>",
    "<headline{i}>a</headline{i}>",
    "<atom:link rel='self' href='https://example.org/{i}'/>",
    "<atom:link href=''/>",
    "<atom:author><atom:name>a</atom:name></atom:author>",
    "<atom:content>a</atom:content>",
    "<atom:id>urn:uuid:{i}</atom:id>",
    "<atom:updated>2026-02-10T11:20:00Z</atom:updated>",
    "<app:control><app:draft>no</app:draft></app:control>",
    "<app:edited>2026-02-10T11:20:00Z</app:edited>",
    "<app:collection href='a'><title>b</title><app:accept>a/b</app:accept></app:collection>",
    "<dc:date>2026-02-10</dc:date>",
    "<dc:creator>a{i}</dc:creator>",
    "<dc:language>nl</dc:language>",
    "<dcterms:modified>2026</dcterms:modified>",
    "<content:encoded>&lt;p&gt;a</content:encoded>",
    "<content:items>a</content:items>",
    "<sy:updatePeriod>hourly</sy:updatePeriod>",
    "<sy:updateFrequency>1</sy:updateFrequency>",
    "<slash:comments>1</slash:comments>",
    "<slash:hit_parade>1,2,3</slash:hit_parade>",
    "<wfw:commentRSS>https://example.org/</wfw:commentRSS>",
    "<thr:in-reply-to ref='urn:a:b{i}'/>",
    "<thr:total>1</thr:total>",
    "<fh:archive/>",
    "<fh:complete/>",
    "<fh:prev>a</fh:prev>",
    "<admin:generatorAgent rdf:resource='https://example.org/'/>",
    "<blogChannel:blogRoll>a</blogChannel:blogRoll>",
    "<cc:license rdf:resource='a'/>",
    "<creativeCommons:license>a</creativeCommons:license>",
    "<ev:startdate>2026-02-10T11:20:00</ev:startdate>",
    "<geo:lat>52.1</geo:lat>",
    "<geo:Point><geo:long>4.3</geo:long></geo:Point>",
    "<geourl:latitude>x</geourl:latitude>",
    "<icbm:longitude>4</icbm:longitude>",
    "<georss:point>52 4</georss:point>",
    "<georss:polygon>1 2 3 4 5 6 1 2</georss:polygon>",
    "<georss:box>1,2 3,4</georss:box>",
    "<georss:where>a</georss:where>",
    "<trackback:ping>a</trackback:ping>",
    "<pingback:target>a</pingback:target>",
    "<itunes:author>a</itunes:author>",
    "<itunes:block>yes</itunes:block>",
    "<itunes:explicit>no</itunes:explicit>",
    "<itunes:image href='https://example.org/a.jpg'/>",
    "<itunes:keywords>a, b</itunes:keywords>",
    "<itunes:category text='Arts'><itunes:category text='Books'/></itunes:category>",
    "<itunes:category text='x'>",
    "<itunes:owner><itunes:email>a@b.nl</itunes:email></itunes:owner>",
    "<itunes:duration>1:2:3</itunes:duration>",
    "<itunes:episode>1</itunes:episode>",
    "<itunes:unknown/>",
    "<media:group><media:content url='a'/></media:group>",
    "<media:content url='https://example.org/{i}.jpg' medium='image' width='1' height='2' type='image/jpeg'/>",
    "<media:content>",
    "<media:rating scheme='urn:icra'>r (a 1 b 2)</media:rating>",
    "<media:title type='html'>&lt;b&gt;</media:title>",
    "<media:thumbnail url='a' width='x' time='1:2:3.4'/>",
    "<media:category scheme='a' label='b'>c</media:category>",
    "<media:hash algo='md5'>{i}</media:hash>",
    "<media:player url='a'/>",
    "<media:credit role='a b'>c</media:credit>",
    "<media:text start='1' end='2'>a</media:text>",
    "<media:restriction relationship='allow' type='uri'>urn:a:b c</media:restriction>",
    "<media:adult>true</media:adult>",
    "<media:price>1</media:price>",
    "<podcast:person>a</podcast:person>",
    "<ex:a/>",
    "<ex:a><b/></ex:a>",
    "<ex:a{i} b='c'>d</ex:a{i}>",
    "<title ex:a='b' dc:a='c' unknown='d'>e</title>",
    "text",
    "<body xmlns='http://www.w3.org/1999/xhtml'><p>a</p></body>",
];

fn rss(add: &mut Add<'_>) {
    let inside = |inner: &str| kept(format!("<rss version='2.0'{NAMESPACES}><channel>{inner}"));
    add((inside(""), "</channel></rss>"), PIECES);
    add((inside("<item>"), "</item></channel></rss>"), PIECES);
    add(("<rss version='2.0'>", "</rss>"), &["<channel/>", "<channel><title>a</title><item/></channel>"]);
    add(
        (inside("<skipHours>"), "</skipHours></channel></rss>"),
        &["<hour>{i}</hour>", "<hour>1</hour>", "<hour>0</hour>", "<hour/>"],
    );
    add((inside("<skipDays>"), "</skipDays></channel></rss>"), &["<day>Monday</day>", "<day>{i}</day>"]);
    add(
        (inside("<title>a</title><link>b</link><image>"), "</image></channel></rss>"),
        &["<title>{i}</title>", "<link>{i}</link>", "<url>a.bmp</url>"],
    );
    add(
        (inside("<item><media:group>"), "</media:group></item></channel></rss>"),
        &["<media:content url='{i}'/>", "<media:restriction/>"],
    );
    let value =
        |name: &str| (inside(&format!("<item><{name}>")), kept(format!("</{name}></item></channel></rss>")));
    let names = [
        "title",
        "link",
        "guid",
        "pubDate",
        "author",
        "category",
        "description",
        "dc:date",
        "dc:language",
        "atom:id",
        "atom:updated",
        "atom:name",
        "slash:hit_parade",
        "georss:line",
        "itunes:keywords",
        "itunes:duration",
        "itunes:subtitle",
        "media:hash",
        "media:rating",
        "media:restriction",
        "media:credit",
        "thr:total",
        "ev:startdate",
    ];
    for name in names {
        add(
            value(name),
            &[
                "a", "a ", "1", "1 ", "1,", "1:", "-", "a@b.nl ", "@", "(", ")", "/.", "/", "?", "#", ".",
                "%", "&amp;", "&lt;", " ", "a<!---->", " <!---->", "\u{eb}", "[", "\\",
            ],
        );
    }
}

/// Elements of Atom.
const FEED: &[&str] = &[
    "<title>a</title>",
    "<title type='html'>&lt;b&gt;{i}</title>",
    "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<b>b</b></div></title>",
    "<id>tag:example.org,2026:{i}</id>",
    "<updated>2026-02-10T11:20:00Z</updated>",
    "<published>2026-02-10T11:20:00Z</published>",
    "<author><name>a</name></author>",
    "<author><name>a</name><uri>b</uri><email>a@b.nl</email></author>",
    "<contributor/>",
    "<category term='a' scheme='b' label='c'/>",
    "<link/>",
    "<link href='{i}' hreflang='{i}'/>",
    "<link href='a'/>",
    "<link rel='self' href='a'/>",
    "<link rel='first' href='{i}'/>",
    "<link rel='enclosure' type='a' length='b' title='c' href='d'/>",
    "<generator uri='a' version='b'>c</generator>",
    "<icon>a</icon>",
    "<logo>a</logo>",
    "<rights>a</rights>",
    "<subtitle>a</subtitle>",
    "<summary>a</summary>",
    "<content>a</content>",
    "<content src='a' type='b/c'/>",
    "<content type='application/xml'><a/></content>",
    "<content type='image/png'>aaaa</content>",
    "<source><id>a</id><author/></source>",
    "<entry/>",
    "<entry>",
    "<entry><id>{i}</id><updated>2026-02-10T11:20:00Z</updated></entry>",
    "<entry><id>tag:example.org,2026:1</id><updated>2026-02-10T11:20:00Z</updated></entry>",
    "<entry><title>a</title><author><name>b</name></author></entry>",
    "<app:collection href='a'><title>b</title></app:collection>",
    "<app:collection href='a'><link/></app:collection>",
    "<unknown/>",
    "<unknown xmlns=''/>",
    "text",
    "<link xml:base='a/' href='b'/>",
    "<link thr:count='1' thr:when='a'/>",
];

fn atom(add: &mut Add<'_>) {
    let inside = |attributes: &str, inner: &str| {
        kept(format!("<feed xmlns='http://www.w3.org/2005/Atom'{NAMESPACES}{attributes}>{inner}"))
    };
    add((inside("", ""), "</feed>"), FEED);
    add((inside("", "<entry>"), "</entry></feed>"), FEED);
    add((inside("", ""), "</feed>"), PIECES);
    let base =
        format!(" xml:base='http://example.org/{}' xml:lang='nl{}'", "a/".repeat(2000), "-a".repeat(2000));
    add(
        (inside(&base, ""), "</feed>"),
        &["<link href='a'/>", "<entry xml:base='b/'><link href='c'/></entry>", "<entry/>"],
    );
    let text = [
        "a",
        " ",
        " <!---->",
        "a<!---->",
        "<b/>",
        "<b/>a",
        " <b/>",
        "&lt;",
        "<![CDATA[a]]>",
        "<div xmlns='http://www.w3.org/1999/xhtml'>a</div>",
        "<div xmlns='u{i}'/>",
    ];
    for kind in ["text", "html", "xhtml", "a/b", "a/xml", "application/xhtml+xml", "text/plain"] {
        add((inside("", &format!("<entry><content type='{kind}'>")), "</content></entry></feed>"), &text);
    }
}

/// What HTML is made of, and what breaks it.
const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<p>a</p>",
    "<b>",
    "</b>",
    "<b>a</b>",
    "</x>",
    "<x{i}>",
    "<B>",
    "<div>",
    "<li>",
    "</li>",
    "<ul><li>",
    "<dd>",
    "<td>",
    "<tr><td>",
    "<table>",
    "<table><tr><td>",
    "</table>",
    "<option>",
    "<h1>",
    "<a href='b'>",
    "<a href='javascript:b'>c</a>",
    "<hr>",
    "<br>",
    "<br/>",
    "</br>",
    "<img src='a{i}' alt=''>",
    "<form>",
    "<button>",
    "<button><p>",
    "<script>",
    "<script></script>",
    "</script>",
    "<style>a{b:c}</style>",
    "<iframe></iframe>",
    "<textarea>",
    "<plaintext>",
    "<svg>",
    "<math>",
    "<html>",
    "<p style='color:red'>",
    "<p style='x:y;z:(a'>",
    "<p style='background-x:url(a)'>",
    "<p onclick='a'>",
    "<p a{i}='b'>",
    "<p a='b' a='c'>",
    "<p a",
    "<p a=\"",
    "<p 'a'>",
    "<p/a>",
    "<",
    "< ",
    "</",
    "</ ",
    "<!",
    "<!--",
    "<!-- a -->",
    "<!-->",
    "--",
    "-->",
    "<!DOCTYPE a>",
    "<?a?>",
    "<?import ",
    "&",
    "&amp;",
    "&nbsp;",
    "&hellip;",
    "&unknown;",
    "&unknown{i};",
    "&CounterClockwiseContourIntegral;",
    "&#65;",
    "&#x41;",
    "&#0;",
    "&#",
    "&#65",
    "&#xfdd0;",
    "&a",
    "a",
    " ",
    "\n",
    "\u{eb}",
    "\u{85}",
    "]",
];

fn html(add: &mut Add<'_>) {
    let around =
        |before: &str| kept(format!("<rss version='2.0'><channel><item><description><![CDATA[{before}"));
    let tail = "]]></description></item></channel></rss>";
    add((around(""), tail), HTML);
    add(
        (around(&format!("<p><button>{}", "<b>".repeat(240))), tail),
        &["<hr>", "</x>", "<p>", "<li>", "</b>", "<b>"],
    );
    add(
        (around("<p "), ">]]></description></item></channel></rss>"),
        &["a{i}='b' ", "a ", "a='b'", "/", "=", "\" ", " ", "a=b&amp;c ", "style='a:b;' "],
    );
    add(
        (around("<p style=\""), "\">]]></description></item></channel></rss>"),
        &["a:b;", "color:red;", "a", ":", ";", "(", "'a'", "(1)", "-", "a-b", "border-x:a b c;", " "],
    );
    add(
        (around("<p title=\""), "\">]]></description></item></channel></rss>"),
        &["a", "&amp;", "&a", "&", " "],
    );
    let escaped = [
        "&lt;p&gt;",
        "&lt;/p&gt;",
        "&lt;b",
        "&amp;amp;",
        "&amp;nbsp;",
        "&amp;a;",
        "&amp;",
        "&#38;",
        "&lt;!--",
        "&#x3c;",
        "a&lt;",
    ];
    add(
        ("<rss version='2.0'><channel><item><description>", "</description></item></channel></rss>"),
        &escaped,
    );
    add(("<rss version='2.0'><channel><item><title>", "</title></item></channel></rss>"), &escaped);
    add(
        ("<rss version='0.91'><channel><item><description>", "</description></item></channel></rss>"),
        &escaped,
    );
}

/// What XHTML is made of.
const XHTML: &[&str] = &[
    "<b>a</b>",
    "<b>",
    "<p/>",
    "<p style='x:y'/>",
    "<p onclick='a' title='b'/>",
    "<a href='b' xml:base='c'/>",
    "<x{i}/>",
    "<script/>",
    "<m:mi>a</m:mi>",
    "<m:a/>",
    "<s:path d='a' b='c'/>",
    "<s:script/>",
    "<a xmlns=''/>",
    "<a xmlns='u{i}'/>",
    "<metadata xmlns='http://www.w3.org/2000/svg'><b xmlns='http://purl.org/dc/elements/1.1/'/></metadata>",
    "a",
    "&lt;",
    "a<!---->",
];

fn xhtml(add: &mut Add<'_>) {
    let spaces = "xmlns='http://www.w3.org/1999/xhtml' xmlns:m='http://www.w3.org/1998/Math/MathML' xmlns:s='http://www.w3.org/2000/svg'";
    let content =
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div {spaces}>");
    let body = format!("<rss version='2.0'><channel><item><body {spaces}>");
    for nested in [0, 3000] {
        let divs = "<div>".repeat(nested);
        let ends = "</div>".repeat(nested);
        add(
            (kept(format!("{content}{divs}")), kept(format!("{ends}</div></content></entry></feed>"))),
            XHTML,
        );
        add((kept(format!("{body}{divs}")), kept(format!("{ends}</body></item></channel></rss>"))), XHTML);
    }
}
