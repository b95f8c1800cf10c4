//! Small pages beside the blocks they are to become.

use proptest::prelude::*;

use super::*;
use crate::normalise::normalise;
use crate::readers::{RawBlock, Shape};

/// Blocks written as lines: the shape, the reason it is set aside for, the text.
fn read_as(html: &str) -> Vec<String> {
    read(html).blocks.iter().map(line_for).collect()
}

fn line_for(block: &RawBlock) -> String {
    let shape = match block.shape {
        Shape::Heading(level) => format!("h{level}"),
        Shape::Paragraph => "p".to_owned(),
        Shape::Line => "line".to_owned(),
        Shape::ListItem(depth) => format!("li{depth}"),
        Shape::TableRow => "tr".to_owned(),
        Shape::Term => "dt".to_owned(),
        Shape::Caption => "caption".to_owned(),
        Shape::Footnote => "footnote".to_owned(),
    };
    match block.aside {
        None => format!("{shape} {}", block.text),
        Some(reason) => format!("{shape} ({reason}) {}", block.text),
    }
}

#[test]
fn blocks_part_and_inline_elements_join() {
    let html = "<h1>Kazakhstan</h1><p><b>foo</b>bar <i>b</i>\n c &amp; d&nbsp;e</p>loose\
                <div>one<p>two</p>three</div><blockquote>cited</blockquote>";
    let expected =
        ["h1 Kazakhstan", "p foobar b c & d e", "p loose", "p one", "p two", "p three", "p cited"];
    assert_eq!(read_as(html), expected);
}

#[test]
fn the_raised_number_of_a_footnote_does_not_run_into_the_word() {
    let html =
        "<p>on religion<sup>12</sup> and law<sup><a href=\"#n\">3</a></sup>, the 5<sup>th</sup>";
    assert_eq!(read_as(html), ["p on religion¹² and law³, the 5th"]);
}

#[test]
fn one_break_is_a_space_and_two_end_the_paragraph() {
    assert_eq!(read_as("<p>one<br>two<br/> <br>three<br></p>"), ["p one two", "p three"]);
    assert_eq!(read_as("<h2>Legal<br><br>Framework</h2>"), ["h2 Legal Framework"]);
}

#[test]
fn lists_nest_and_terms_have_their_values() {
    let html = "<ul><li>a<ol><li><p>b</p><p>c</p></li></ol>d<li>e</ul>\
                <dl><dt>Government</dt><dd>Republic</dd><dt>Type</dt><dd><ul><li>x</ul></dd></dl>";
    assert_eq!(
        read_as(html),
        [
            "li1 a",
            "li2 b",
            "li2 c",
            "li1 d",
            "li1 e",
            "dt Government",
            "p Republic",
            "dt Type",
            "li1 x"
        ]
    );
}

#[test]
fn rows_of_cells_are_blocks_and_rows_of_layout_are_not() {
    let html = "<table><caption>Figures</caption><tr><th>Rank<td>47</tr>\
                <tr><th>Christians<td><p>4,859,000</p></table>";
    assert_eq!(read_as(html), ["caption Figures", "tr Rank 47", "tr Christians 4,859,000"]);
    let html = "<table><tr><td>menu<td><h2>Overview</h2><p>one<p>two</table>";
    assert_eq!(read_as(html), ["p menu", "h2 Overview", "p one", "p two"]);
    let html = "<table><tr><td>one<br><br>two</table>";
    assert_eq!(read_as(html), ["p one", "p two"]);
}

#[test]
fn what_shows_no_text_is_passed_over() {
    let html = "<title>t</title><p>a<script>b</script><style>c</style><noscript>d</noscript>\
                <template>e</template><svg><text>f</text></svg><span hidden>g</span>\
                <img alt=h><!-- i -->j</p>";
    assert_eq!(read_as(html), ["p aj"]);
}

#[test]
fn preformatted_text_is_read_as_plain_text() {
    let html = "<pre>I. Introduction\n\nDays\nHours\n  • one\n  • two</pre>";
    let blocks = read(html).blocks;
    let shapes: Vec<Shape> = blocks.iter().map(|block| block.shape).collect();
    use Shape::{Line, ListItem, Paragraph};
    assert_eq!(shapes, [Paragraph, Line, Line, ListItem(1), ListItem(1)]);
}

#[test]
fn what_the_markup_calls_chrome_is_set_aside_and_kept() {
    let html = "<a class='skip-link' href='#c'>Skip</a><header><p>Site</p><nav>Home</nav></header>\
        <div id='cookie-notice'><p>Cookies.</p><button>Accept</button></div>\
        <div><header>By us</header><p>Report text, much longer than all the rest of the page.</p>\
        <div class='donation-appeal'>Give</div><aside>Also</aside>\
        <section role='doc-endnotes'>1 Note</section></div><footer>Foot</footer>";
    assert_eq!(
        read_as(html),
        [
            "p (skip link) Skip",
            "p (header) Site",
            "p (header) Home",
            "p (cookie notice) Cookies.",
            "p (cookie notice) Accept",
            "p (header) By us",
            "p Report text, much longer than all the rest of the page.",
            "p (donation appeal) Give",
            "p (aside) Also",
            "p 1 Note",
            "p (footer) Foot",
        ]
    );
}

#[test]
fn outside_the_main_part_is_set_aside() {
    let html = "before<div><main><header><h1>Title</h1></header><p>Text</p><nav>x</nav></main>\
                <p>after</p></div><footer>foot</footer>";
    assert_eq!(
        read_as(html),
        [
            "p (outside main) before",
            "h1 Title",
            "p Text",
            "p (nav) x",
            "p (outside main) after",
            "p (footer) foot",
        ]
    );
    let one = "<p>teaser</p><article><p>The report, longer than the teaser</p></article>";
    assert_eq!(
        read_as(one),
        ["p (outside article) teaser", "p The report, longer than the teaser"]
    );
    let two = "<article>One</article><article>Two</article><p>three</p>";
    assert_eq!(read_as(two), ["p One", "p Two", "p three"]);
}

#[test]
fn an_aside_within_a_line_does_not_part_it() {
    let html = "<p>The law <button>Share</button>forbids it.</p><p>Next</p>";
    assert_eq!(read_as(html), ["p The law forbids it.", "p (form) Share", "p Next"]);
    let row = "<table><tr><th>Rank<td>47 <label>Copy</label></table><p>text</p>";
    assert_eq!(read_as(row), ["tr Rank 47", "tr (form) Copy", "p text"]);
}

#[test]
fn the_only_title_is_kept_from_the_head_of_the_page() {
    let html = "<header><p>Site</p><h1>Kazakhstan</h1></header><p>Text</p>";
    assert_eq!(read_as(html), ["p (header) Site", "h1 Kazakhstan", "p Text"]);
}

#[test]
fn never_is_all_text_set_aside() {
    let document = read("<nav><p>The whole report.</p></nav>");
    assert_eq!(document.blocks[0].aside, None);
    assert_eq!(document.warnings.len(), 1);
    let document = read("<div class='social'><p>The whole report.</p></div><p>And</p>");
    assert!(document.blocks.iter().all(|block| block.aside.is_none()));
    assert!(document.warnings[0].contains("most of its text share links"), "{document:?}");
    let document = read("<main></main><p>The report.</p>");
    assert_eq!(document.blocks[0].aside, None);
}

#[test]
fn the_head_states_title_address_language_and_dates() {
    let html = "<html lang='en-US'><head><title> A\n title </title>\
        <link rel='canonical' href='https://example.org/a'>\
        <meta property='article:published_time' content='2022-06-02'>\
        <script type='application/ld+json'>{\"datePublished\" : \"2022-06-01\"}</script>\
        <body><svg><title>drawing</title></svg><time datetime='2021'>that year</time>";
    let markup = read(html).markup;
    assert_eq!(markup.title.as_deref(), Some("A title"));
    assert_eq!(markup.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(markup.language.as_deref(), Some("en-US"));
    let date = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = [
        date("article:published_time", "2022-06-02"),
        date("datePublished", "2022-06-01"),
        date("time", "2021"),
    ];
    assert_eq!(markup.dates, expected);
}

#[test]
fn html_is_known_by_its_content() {
    for html in ["<!DOCTYPE html>x", " <HTML>", "<p>a</p>", "\u{feff}<?xml version='1.0'?><html/>"]
    {
        assert!(looks_like_html(html), "{html}");
    }
    let fragment = "As it says: <p>one</p> <p>two</p><p>three";
    assert!(looks_like_html(fragment));
    for text in ["", "a < b > c", "<stdin> is", "the <p> element", "<?xml version='1.0'?><rss/>"] {
        assert!(!looks_like_html(text), "{text}");
    }
}

#[test]
fn a_page_nested_beyond_reason_is_read_whole() {
    let depth = 20_000;
    let html = format!("<body>{}deep{}end", "<div><b>".repeat(depth), "</b></div>".repeat(depth));
    let document = read(&html);
    let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["deep", "end"]);
    assert_eq!(document.warnings.len(), 1);
}

proptest! {
    #[test]
    fn any_mixture_of_tags_and_words_gives_whole_blocks(
        html in "(word |x|é|&amp;|<p>|</p>|<div class=share>|</div>|<b>|</b>|<table>|<tr>|<td>|</table>\
            |<li>|<ul>|</ul>|<br>|<h2>|</h2>|<nav>|</nav>|<main>|</main>|<a class=menu>|</a>|<button>\
            |</button>|<pre>|</pre>|<article>|</article>|<dl>|<dt>|<dd>|</dl>|\n|<select><option>\
            |<svg>|</svg>|<caption>|<form>|<h1>|<header>|</header>){0,60}"
    ) {
        for block in read(&html).blocks {
            prop_assert!(!block.text.is_empty());
            prop_assert_eq!(normalise(&block.text), block.text.as_str());
        }
    }

    #[test]
    fn no_word_is_lost(
        html in "(<p>|</p>|<div class=share>|</div>|<b>|</b>|<table>|<tr>|<td>|<th>|</table>|<li>|<ul>|</ul>\
            |<br>|<h2>|</h2>|<nav>|</nav>|<main>|</main>|<span class=menu>|</span>|<button>|</button>\
            |<article>|</article>|<dl>|<dt>|<dd>|</dl>|<label>|</label>|word ){0,60}"
    ) {
        let words: usize = read(&html).blocks.iter().map(|b| b.text.matches("word").count()).sum();
        prop_assert_eq!(words, html.matches("word").count());
    }

    #[test]
    fn any_text_is_read_as_html(text in any::<String>()) {
        let _ = (looks_like_html(&text), read(&text));
    }
}
