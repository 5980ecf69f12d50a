//! Extensions that have few rules of their own.

use super::Example::Item;
use super::rules;

rules! {
    INVALID_KEYWORDS "invalid-keywords" Warning [] "https://help.apple.com/itc/podcasts_connect/#/itcb54353390";
        "Keywords are parted by commas"; "Directories take the whole for one word.";
        Item("<itunes:keywords>sea harbour ship</itunes:keywords>"); Item("<itunes:keywords>sea, harbour, ship</itunes:keywords>");
}
