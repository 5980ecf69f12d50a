//! What the reader finds, and what it does not.
use super::*;

fn kinds(text: &str) -> Vec<Kind> {
    faults(text.as_bytes()).expect("within limits").into_iter().map(|fault| fault.kind).collect()
}

#[track_caller]
fn case(text: &str, expected: &[Kind]) {
    assert_eq!(kinds(text), expected, "{text}");
}

#[test]
fn sound_documents_have_no_fault() {
    case("<a/>", &[]);
    case(
        "\u{feff}<?xml version='1.0' encoding='utf-8' standalone='yes' ?><!-- x --><?y z?><a b='1' c=\"2\">t</a >\n",
        &[],
    );
    case("<a xmlns:p='u'><p:b p:c='&lt;&#x41;'><![CDATA[<&]]></p:b></a>", &[]);
    case(
        "<!DOCTYPE a [<!ENTITY e '<b>x</b>'><!ELEMENT a (b,(c|d)*)><!ATTLIST a xmlns:q CDATA 'u'>]><a q:r='1'>&e;</a>",
        &[],
    );
    case("<!DOCTYPE a SYSTEM 'x'><a>&whatever;</a>", &[]);
}

#[test]
fn every_fault_is_told() {
    case(
        "<a>&nbsp; & &#0; ]]> <b:c/></a>",
        &[
            Kind::UndefinedEntity,
            Kind::Ampersand,
            Kind::CharacterReference,
            Kind::CdataEnd,
            Kind::UndeclaredPrefix,
        ],
    );
    case("<a><b></a>", &[Kind::Unclosed]);
    case("<a></b></a>", &[Kind::EndTag]);
    case("<a/><b/>", &[Kind::AfterRoot]);
    case("", &[Kind::NoRoot]);
    case("<a b=1/>", &[Kind::AttributeSyntax, Kind::Unclosed]);
    case("<a b='1' b='2'/>", &[Kind::AttributeTwice]);
    case("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", &[Kind::AttributeTwice]);
    case("<a xmlns:p=''/>", &[Kind::EmptyPrefix]);
    case("<a xmlns:xml='u'/>", &[Kind::ReservedPrefix]);
    case("<a><!-- -- --></a>", &[Kind::Comment]);
    case("<a>\u{1}\u{ffff}</a>", &[Kind::Character, Kind::Character]);
    case("<a b='<'/>", &[Kind::LessThanInValue]);
    case(" <?xml version='1.0'?><a/>", &[Kind::LateDeclaration]);
    case("<?xml encoding='utf-8'?><a/>", &[Kind::Declaration]);
    case("<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", &[Kind::RecursiveEntity]);
    case("<!DOCTYPE a [<!ENTITY e '<b>'>]><a>&e;</b></a>", &[Kind::Unclosed, Kind::EndTag]);
    case("<a :b='1'/>", &[Kind::QualifiedName]);
    case("<a:b:c xmlns:a='u'/>", &[Kind::QualifiedName]);
}

#[test]
fn what_is_meant_to_kill_is_refused() {
    let laughs: String = (1..20)
        .map(|n| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(10)))
        .collect::<Vec<_>>()
        .concat();
    let bomb = format!("<!DOCTYPE a [<!ENTITY e0 'ha'>{laughs}]><a b='&e19;'>&e19;</a>");
    assert_eq!(faults(bomb.as_bytes()), Err(Limit::Expansion));
    assert_eq!(faults("<a>".repeat(1_000_000).as_bytes()), Err(Limit::Depth));
    let many: String = (0..5000).map(|n| format!(" a{n}=''")).collect::<Vec<_>>().concat();
    assert_eq!(faults(format!("<a{many}/>").as_bytes()), Err(Limit::Attributes));
}

#[test]
fn encodings_are_read_as_declared() {
    let declared = |name: &str| format!("<?xml version='1.0' encoding='{name}'?><a>ë</a>");
    let encode = |name: &str, text: &str| {
        encoding_rs::Encoding::for_label(name.as_bytes()).expect("known").encode(text).0.into_owned()
    };
    let wrong =
        |bytes: &[u8]| -> Vec<Kind> { faults(bytes).expect("small").into_iter().map(|f| f.kind).collect() };
    assert!(wrong(&encode("windows-1252", &declared("windows-1252"))).is_empty());
    assert!(wrong(&encode("windows-1252", &declared("iso-8859-1"))).is_empty());
    assert_eq!(wrong(&encode("windows-1252", &declared("utf-8"))), [Kind::Encoding]);
    assert_eq!(wrong(declared("us-ascii").as_bytes()), [Kind::Encoding]);
    assert_eq!(wrong(declared("utf-16").as_bytes()), [Kind::WrongEncoding]);
    assert_eq!(wrong(declared("klingon").as_bytes()), [Kind::UnknownEncoding]);
    assert_eq!(wrong(format!("\u{feff}{}", declared("iso-8859-1")).as_bytes()), [Kind::WrongEncoding]);
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    assert!(wrong(&wide(&format!("\u{feff}{}", declared("utf-16")))).is_empty());
    assert!(wrong(&wide(&declared("utf-16le"))).is_empty());
    assert_eq!(wrong(&wide(&declared("utf-8"))), [Kind::WrongEncoding]);
}

#[test]
fn text_and_values_come_as_xml_has_them() {
    let document =
        Document::open(b"<!DOCTYPE a [<!ENTITY e 'E'>]><a b=' x&#10;&e;\r\n'>1\r\n2&amp;&e;3<c/></a>")
            .expect("small");
    let mut reader = document.reader();
    let Ok(Some(Event::Start(_))) = reader.next() else { panic!("a root") };
    assert_eq!(reader.attributes()[0].value, " x\nE ");
    let mut text = String::new();
    while let Some(event) = reader.next().expect("small") {
        if let Event::Text(part, _) = event {
            text.push_str(&part);
        }
    }
    assert_eq!(text, "1\n2&E3");
}
