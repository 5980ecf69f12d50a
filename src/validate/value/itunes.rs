//! What podcasts say.

use super::{Given, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{extension, itunes as rules, value};

values! {
    CATEGORY "Apple's category" category;
    SUBCATEGORY "Apple's subcategory" category;
    DURATION "hours, minutes and seconds" duration;
    KEYWORDS "words with commas" keywords;
}

fn category(given: &Given<'_>, tell: &mut Tell<'_>) {
    if CATEGORIES.binary_search(&given.text).is_ok() {
        return;
    }
    let obsolete = OBSOLETE.binary_search(&given.text).is_ok();
    tell.say(
        if obsolete { &rules::OBSOLETE_ITUNES_CATEGORY } else { &rules::INVALID_ITUNES_CATEGORY },
        given.text,
    );
}

fn duration(given: &Given<'_>, tell: &mut Tell<'_>) {
    let parts: Vec<_> = given.text.trim().split(':').collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let sound = parts.len() <= 3
        && parts.iter().all(|part| digits(part))
        && parts.iter().skip(1).all(|part| part.len() <= 2 && part.parse::<u8>().is_ok_and(|part| part < 60));
    if !sound {
        tell.say(&value::INVALID_DURATION, given.text);
    }
}

fn keywords(given: &Given<'_>, tell: &mut Tell<'_>) {
    super::text::plain(given, tell, &crate::validate::rules::text::CONTAINS_HTML);
    if !given.text.contains(',') && given.text.trim().contains(' ') {
        tell.say(&extension::INVALID_KEYWORDS, given.text);
    }
}

/// Apple's categories and subcategories.
pub(super) const CATEGORIES: &[&str] = &[
    "After Shows",
    "Alternative Health",
    "Animation & Manga",
    "Arts",
    "Astronomy",
    "Automotive",
    "Aviation",
    "Baseball",
    "Basketball",
    "Books",
    "Buddhism",
    "Business",
    "Business News",
    "Careers",
    "Chemistry",
    "Christianity",
    "Comedy",
    "Comedy Fiction",
    "Comedy Interviews",
    "Courses",
    "Crafts",
    "Cricket",
    "Daily News",
    "Design",
    "Documentary",
    "Drama",
    "Earth Sciences",
    "Education",
    "Education for Kids",
    "Entertainment News",
    "Entrepreneurship",
    "Fantasy Sports",
    "Fashion & Beauty",
    "Fiction",
    "Film History",
    "Film Interviews",
    "Film Reviews",
    "Fitness",
    "Food",
    "Football",
    "Games",
    "Golf",
    "Government",
    "Health & Fitness",
    "Hinduism",
    "History",
    "Hobbies",
    "Hockey",
    "Home & Garden",
    "How To",
    "Improv",
    "Investing",
    "Islam",
    "Judaism",
    "Kids & Family",
    "Language Learning",
    "Leisure",
    "Life Sciences",
    "Management",
    "Marketing",
    "Mathematics",
    "Medicine",
    "Mental Health",
    "Music",
    "Music Commentary",
    "Music History",
    "Music Interviews",
    "Natural Sciences",
    "Nature",
    "News",
    "News Commentary",
    "Non-Profit",
    "Nutrition",
    "Parenting",
    "Performing Arts",
    "Personal Journals",
    "Pets & Animals",
    "Philosophy",
    "Physics",
    "Places & Travel",
    "Politics",
    "Relationships",
    "Religion",
    "Religion & Spirituality",
    "Rugby",
    "Running",
    "Science",
    "Science Fiction",
    "Self-Improvement",
    "Sexuality",
    "Soccer",
    "Social Sciences",
    "Society & Culture",
    "Spirituality",
    "Sports",
    "Sports News",
    "Stand-Up",
    "Stories for Kids",
    "Swimming",
    "TV & Film",
    "TV Reviews",
    "Tech News",
    "Technology",
    "Tennis",
    "True Crime",
    "Video Games",
    "Visual Arts",
    "Volleyball",
    "Wilderness",
    "Wrestling",
];

/// Those that Apple had before 2019.
pub(super) const OBSOLETE: &[&str] = &[
    "Amateur",
    "Arts & Entertainment",
    "Audio Blogs",
    "College & High School",
    "Education Technology",
    "Educational Technology",
    "Fashion",
    "Gadgets",
    "Games & Hobbies",
    "Government & Organizations",
    "Health",
    "Higher Education",
    "International",
    "K-12",
    "Kids",
    "Language Courses",
    "Literature",
    "Local",
    "Movies & Television",
    "National",
    "Other",
    "Other Games",
    "Outdoor",
    "Podcasting",
    "Professional",
    "Public Radio",
    "Regional",
    "Science & Medicine",
    "Self-Help",
    "Shopping",
    "Software How-To",
    "Sports & Recreation",
    "Talk Radio",
    "Training",
    "Transportation",
    "Travel",
];
