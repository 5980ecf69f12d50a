//! What a piece of HTML is told for.
use super::*;
use crate::validate::finding::{Findings, Tell};

fn found(text: &str) -> Vec<(&'static str, String)> {
    let mut told = Findings::default();
    judge(text, true, &mut Tell::plain(&mut told));
    told.list.into_iter().map(|told| (told.rule.name, told.detail)).collect()
}

#[test]
fn sound_html_is_told_for_nothing() {
    for text in [
        "",
        "plain",
        "a &amp; b &eacute; &#233; &#xe9; & c",
        "<p>a<p>b<br>c<br/>d<img src=\"https://example.org/a.png\" alt=''>",
        "<ul><li>a<li>b</ul><table><tr><td>a<td>b<tr><th>c</table>",
        "<!-- a --><b title=x>a</b>",
        "<A HREF='https://example.org/'>a</A>",
        "<div><p>a</div>",
        "<dl><dt>a<dd>b</dl>",
        "<p style=\"color: red; margin: 0 10px\">a",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn what_is_no_html_is_told() {
    for text in [
        "<a",
        "</",
        "a < b",
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "&nosuch;",
        "&copy",
        "&#x92;",
        "&#;",
        "<b/>a",
        "<b a=1a=2>a</b>",
        "<b a a>x</b>",
        "<!DOCTYPE html>",
        "<?php ?>",
        "<b \"a\">x</b>",
        "<p>a<b>b<div>c</div></b>",
        "<a href='https://example.org/?a=1&b=2'>x</a>",
        "\u{92}",
        "<h1><h2>a</h2></h1>",
        "<widget>a</widget>",
        "<tr><td>a</td></tr>",
        "<!-- a",
    ] {
        assert!(found(text).iter().any(|(name, _)| *name == "not-html"), "{text}: {:?}", found(text));
    }
}

#[test]
fn what_readers_strip_is_told() {
    for (text, rule) in [
        ("<script>a < b && c</script>", "security-risk"),
        ("<iframe src='https://example.org/'></iframe>", "security-risk"),
        ("<b onclick='a()'>x</b>", "security-risk-attr"),
        ("<a href=' JavaScript:a()'>x</a>", "security-risk-attr"),
        ("<b style='position: fixed'>x</b>", "dangerous-style-attr"),
        ("<b style='background: url(https://example.org/)'>x</b>", "dangerous-style-attr"),
        ("<a href='/a'>x</a>", "contains-rel-ref"),
        ("<img src='a.png'>", "contains-rel-ref"),
    ] {
        assert!(found(text).iter().any(|(name, _)| *name == rule), "{text}: {:?}", found(text));
    }
}

#[test]
fn marks_are_end_tags_and_entities() {
    assert_eq!(marks("a < b & c AT&T <b> </x> &x;"), Vec::<String>::new());
    assert_eq!(marks("<b>a</b> &amp; </i>"), ["</b>"]);
    assert_eq!(marks("&eacute;&#233; &omega"), ["&eacute;", "&#233;", "&omega;"]);
}

#[test]
fn lists_are_sorted() {
    for names in [
        &names::SAFE,
        &names::RISKY,
        &names::ATTRIBUTES,
        &names::SVG,
        &names::SVG_ATTRIBUTES,
        &names::MATH,
        &names::VOID,
        &tree::BLOCKS,
    ] {
        assert!(names.is_sorted(), "{names:?}");
    }
    for list in [style::PROPERTIES, style::KEYWORDS] {
        assert!(list.is_sorted(), "{list:?}");
    }
}
