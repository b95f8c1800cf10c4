//! Text fragments: the end of an address that leads a browser to the very words on a page
//! (`#:~:text=prefix-,start,end,-suffix`). The words are chosen so that a browser that follows the
//! draft specification finds them, and nothing before them; that is tried out with a matcher that
//! searches as the draft says: whatever the case, the accents and the form of a letter (as browsers do),
//! from word border to word border, each part within one piece of the page.

use model::TextRange;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation;

/// Up to how many bytes of a page the words themselves are written; beyond it their first and last.
const LONGEST_EXACT: usize = 240;
/// How many words begin and end a longer stretch, at most.
const MOST_WORDS: usize = 12;
/// How many words are taken from around a stretch, one number tried after the other.
const AROUND: &[usize] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 25, 30, 40];

/// The block that stands for an image or another thing without text.
pub const OBSTACLE: &str = "\u{fffc}";

/// A stretch of a page, from a place in one block to a place in the same or a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// Ordinal of the block it begins in, from 0.
    pub first_block: usize,
    /// Its first byte in that block.
    pub start: usize,
    /// Ordinal of the block it ends in.
    pub last_block: usize,
    /// One past its last byte in that block.
    pub end: usize,
}

/// A text directive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextFragment {
    /// What stands before.
    pub prefix: Option<String>,
    /// The words, or the first of them.
    pub start: String,
    /// The last words.
    pub end: Option<String>,
    /// What stands after.
    pub suffix: Option<String>,
}

/// The blocks of a page in the order of its text, made ready for searching.
pub struct Page {
    blocks: Vec<Folded>,
}

/// A block of text without case, accents and runs of white space.
struct Folded {
    source: String,
    text: String,
    /// For each character of `text`: where it starts there, and its first byte and one past its last
    /// byte in the block.
    places: Vec<(usize, usize, usize)>,
    /// The bytes of the block that are word borders, in order.
    borders: Vec<usize>,
}

/// A place in a folded page: block and byte.
type Place = (usize, usize);

impl TextFragment {
    /// The directive for a stretch of a page; `None` when the stretch is empty, does not lie on word
    /// borders of the page, or cannot be told from another place with a few words around it.
    pub fn of(page: &Page, stretch: Stretch) -> Option<Self> {
        let first = page.blocks.get(stretch.first_block)?;
        let last = page.blocks.get(stretch.last_block)?;
        first.borders.binary_search(&stretch.start).ok()?;
        last.borders.binary_search(&stretch.end).ok()?;
        let words = |folded: &Folded, range: TextRange| folded.words(range);
        let whole = stretch.first_block == stretch.last_block;
        let size = stretch.end.checked_sub(stretch.start);
        let exact = whole && size.is_some_and(|size| size <= LONGEST_EXACT);
        let opening = if whole { stretch.end } else { first.length() };
        let beginning = words(first, TextRange::new(stretch.start, opening));
        let closing = if whole { stretch.start } else { 0 };
        let ending = words(last, TextRange::new(closing, stretch.end));
        let context = page.around(stretch);
        let bare = |taken: usize| -> Option<Self> {
            if exact {
                return Some(Self { start: joined(&beginning), ..Self::default() });
            }
            let from = &beginning[..taken.min(beginning.len())];
            let to = &ending[ending.len() - taken.min(ending.len())..];
            let apart = !whole || from.len() + to.len() < beginning.len();
            apart.then(|| Self { start: joined(from), end: Some(joined(to)), ..Self::default() })
        };
        let sizes = if exact { 1..=1 } else { 3..=MOST_WORDS };
        for fragment in sizes.filter_map(bare) {
            for &around in AROUND {
                for tried in fragment.with_context(&context, around) {
                    if !tried.start.is_empty() && page.only(&tried) == Some(stretch) {
                        return Some(tried);
                    }
                }
            }
        }
        None
    }

    /// The same with so many words before, after, and on both sides.
    fn with_context(&self, context: &(Vec<String>, Vec<String>), words: usize) -> Vec<Self> {
        if words == 0 {
            return vec![self.clone()];
        }
        let (before, after) = context;
        let prefix =
            before.len().checked_sub(words).and_then(|from| before.get(from..)).map(joined);
        let suffix = after.get(..words).map(joined);
        let both = [(prefix.clone(), None), (None, suffix.clone()), (prefix, suffix)];
        let named =
            both.into_iter().filter(|(prefix, suffix)| prefix.is_some() || suffix.is_some());
        named.map(|(prefix, suffix)| Self { prefix, suffix, ..self.clone() }).collect()
    }

    /// The directive as it stands in an address: `:~:text=…`, percent-encoded.
    pub fn directive(&self) -> String {
        let mut written = ":~:text=".to_owned();
        if let Some(prefix) = &self.prefix {
            written.push_str(&format!("{}-,", encoded(prefix)));
        }
        written.push_str(&encoded(&self.start));
        if let Some(end) = &self.end {
            written.push_str(&format!(",{}", encoded(end)));
        }
        if let Some(suffix) = &self.suffix {
            written.push_str(&format!(",-{}", encoded(suffix)));
        }
        written
    }

    /// An address with this directive. A fragment that the address has already stays before it.
    pub fn address(&self, url: &str) -> String {
        let url = url.split(":~:").next().unwrap_or(url);
        let hash = if url.contains('#') { "" } else { "#" };
        format!("{url}{hash}{}", self.directive())
    }
}

impl Page {
    /// A page of these blocks, in order. A block is what a browser searches as one: a line of a paragraph,
    /// an item of a list, a cell. An obstacle is one that holds no text; none with text is read over it.
    pub fn of<'a>(blocks: impl IntoIterator<Item = &'a str>) -> Self {
        Self { blocks: blocks.into_iter().map(Folded::of).collect() }
    }

    /// Where a browser that follows the draft would scroll to; `None` for nowhere.
    pub fn find(&self, fragment: &TextFragment) -> Option<Stretch> {
        self.matches(fragment).first().copied()
    }

    /// The one stretch that fits; `None` where none does or several do.
    fn only(&self, fragment: &TextFragment) -> Option<Stretch> {
        match self.matches(fragment)[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The first two stretches that fit.
    fn matches(&self, fragment: &TextFragment) -> Vec<Stretch> {
        let [prefix, end, suffix] = [&fragment.prefix, &fragment.end, &fragment.suffix]
            .map(|part| part.as_deref().map(fold_words));
        let start = fold_words(&fragment.start);
        let mut found = Vec::new();
        for (block, folded) in self.blocks.iter().enumerate() {
            let first = prefix.as_deref().unwrap_or(&start);
            for at in crate::find::occurrences(&folded.text, first) {
                if found.len() == 2 {
                    return found;
                }
                if !folded.is_border(at) {
                    continue;
                }
                let begin = match &prefix {
                    Some(prefix) => self.skip_space((block, at + prefix.len())),
                    None => Some((block, at)),
                };
                let Some(begin) = begin.filter(|&place| self.reads(place, &start)) else {
                    continue;
                };
                let after = (begin.0, begin.1 + start.len());
                found.extend(self.ended(begin, after, end.as_deref(), suffix.as_deref()));
            }
        }
        found
    }

    /// The stretch that begins so, if its end is found too.
    fn ended(
        &self,
        begin: Place,
        after: Place,
        end: Option<&str>,
        suffix: Option<&str>,
    ) -> Option<Stretch> {
        let Some(end) = end else {
            return self.closes(after, suffix).then(|| self.stretch(begin, after)).flatten();
        };
        if !self.blocks[after.0].is_border(after.1) {
            return None;
        }
        for block in after.0..self.blocks.len() {
            let folded = &self.blocks[block];
            let from = if block == after.0 { after.1 } else { 0 };
            for at in crate::find::occurrences(&folded.text, end).filter(|&at| at >= from) {
                let close = (block, at + end.len());
                if folded.is_border(at) && self.closes(close, suffix) {
                    return self.stretch(begin, close);
                }
            }
        }
        None
    }

    /// Whether a stretch may end there: at a word's border, or directly before the suffix.
    fn closes(&self, place: Place, suffix: Option<&str>) -> bool {
        let Some(suffix) = suffix else { return self.blocks[place.0].is_border(place.1) };
        self.skip_space(place).is_some_and(|(block, at)| {
            self.reads((block, at), suffix) && self.blocks[block].is_border(at + suffix.len())
        })
    }

    fn reads(&self, (block, at): Place, words: &str) -> bool {
        let text = &self.blocks[block].text;
        text.get(at..).is_some_and(|rest| rest.starts_with(words))
    }

    /// The next place that is no white space, in this block or a later one.
    fn skip_space(&self, (block, at): Place) -> Option<Place> {
        let here = self.blocks[block].text.get(at..)?;
        let space = here.len() - here.trim_start().len();
        if space < here.len() {
            return Some((block, at + space));
        }
        let next =
            (block + 1..self.blocks.len()).find(|&next| !self.blocks[next].text.is_empty())?;
        Some((next, 0))
    }

    fn stretch(&self, begin: Place, end: Place) -> Option<Stretch> {
        let (start, _) = self.blocks[begin.0].origin(begin.1)?;
        let before = self.blocks[end.0].text.get(..end.1)?.chars().next_back()?.len_utf8();
        let (_, last) = self.blocks[end.0].origin(end.1 - before)?;
        Some(Stretch { first_block: begin.0, start, last_block: end.0, end: last })
    }

    /// The words before and after a stretch, those of the neighbouring block where its own has none.
    fn around(&self, stretch: Stretch) -> (Vec<String>, Vec<String>) {
        let words = |block: usize, range: TextRange| self.blocks[block].words(range);
        let length = self.blocks[stretch.last_block].length();
        let mut before = words(stretch.first_block, TextRange::new(0, stretch.start));
        let mut after = words(stretch.last_block, TextRange::new(stretch.end, length));
        let mut earlier = (0..stretch.first_block).rev();
        if let Some(block) =
            earlier.find(|&block| self.holds_any(block)).filter(|_| before.is_empty())
        {
            before = self.all_words(block);
        }
        let mut later = stretch.last_block + 1..self.blocks.len();
        if let Some(block) = later.find(|&block| self.holds_any(block)).filter(|_| after.is_empty())
        {
            after = self.all_words(block);
        }
        (before, after)
    }

    fn holds_any(&self, block: usize) -> bool {
        !self.blocks[block].text.is_empty()
    }

    /// The words of a block; none of an obstacle.
    fn all_words(&self, block: usize) -> Vec<String> {
        let folded = &self.blocks[block];
        match folded.source.as_str() {
            OBSTACLE => Vec::new(),
            _ => folded.words(TextRange::new(0, folded.length())),
        }
    }
}

impl Folded {
    fn of(block: &str) -> Self {
        let mut made = Self {
            source: block.to_owned(),
            text: String::with_capacity(block.len()),
            places: Vec::with_capacity(block.len()),
            borders: block.split_word_bound_indices().map(|(at, _)| at).collect(),
        };
        made.borders.push(block.len());
        for (at, c) in block.char_indices() {
            let end = at + c.len_utf8();
            let mut is_part = true;
            fold(c, |folded| {
                is_part = false;
                if folded != ' ' || !(made.text.is_empty() || made.text.ends_with(' ')) {
                    made.places.push((made.text.len(), at, end));
                    made.text.push(folded);
                }
            });
            // What a search does not see belongs to the letter before it.
            if let Some(letter) = made.places.last_mut().filter(|_| is_part) {
                letter.2 = end;
            }
        }
        made
    }

    /// The block's length in bytes.
    fn length(&self) -> usize {
        self.source.len()
    }

    /// The bytes of the block behind the character at byte `at` of the folded text.
    fn origin(&self, at: usize) -> Option<(usize, usize)> {
        let place = self.places.binary_search_by_key(&at, |&(here, ..)| here).ok()?;
        self.places.get(place).map(|&(_, start, end)| (start, end))
    }

    /// Whether byte `at` of the folded text is a word's border.
    fn is_border(&self, at: usize) -> bool {
        match self.origin(at) {
            Some((start, _)) => self.borders.binary_search(&start).is_ok(),
            None => true,
        }
    }

    /// The words in a range of the block, as they stand there.
    fn words(&self, range: TextRange) -> Vec<String> {
        range.of(&self.source).unwrap_or("").split_whitespace().map(str::to_owned).collect()
    }
}

/// What a browser's search takes a character for: without case, accents and width, in the plainest form
/// of its letter; nothing for a character that it does not see. Where browsers differ, the coarser reading
/// is taken: an address is then sooner withheld than wrong.
fn fold(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        return take(if c.is_whitespace() { ' ' } else { c.to_ascii_lowercase() });
    }
    for c in c.nfkd().filter(|c| !is_unseen(*c)).flat_map(char::to_lowercase) {
        match c {
            c if c.is_whitespace() => take(' '),
            'ß' => "ss".chars().for_each(&mut take),
            'æ' => "ae".chars().for_each(&mut take),
            'œ' => "oe".chars().for_each(&mut take),
            c if is_unseen(c) => {}
            c => take(plainest(c)),
        }
    }
}

/// Accents, and signs without width. Signs that are letters of their script (the vowels of India's) stay.
fn is_unseen(c: char) -> bool {
    let is_accent = !matches!(canonical_combining_class(c), 0 | 9);
    is_accent
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The letter or sign that a search takes to be the same.
fn plainest(c: char) -> char {
    let moved = |by: i32| u32::try_from(c as i32 + by).ok().and_then(char::from_u32).unwrap_or(c);
    match c {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        'ł' => 'l',
        'đ' => 'd',
        'ø' => 'o',
        'ħ' => 'h',
        // Katakana as Hiragana, small letters as large ones.
        'ァ'..='ヶ' => plainest(moved(-0x60)),
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' => moved(1),
        _ => c,
    }
}

fn fold_words(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for c in words.chars() {
        fold(c, |c| {
            if c != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
                folded.push(c);
            }
        });
    }
    folded
}

fn joined(words: impl AsRef<[String]>) -> String {
    words.as_ref().join(" ")
}

/// Percent-encoded as the draft demands: `-`, `,` and `&` are its own signs, and so are escaped with
/// everything that is no letter or digit of ASCII.
fn encoded(words: &str) -> String {
    let mut written = String::with_capacity(words.len());
    for byte in words.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' => {
                written.push(char::from(byte));
            }
            _ => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretch(blocks: &[&str], block: usize, words: &str) -> Stretch {
        let start = blocks[block].find(words).expect("the words");
        Stretch { first_block: block, start, last_block: block, end: start + words.len() }
    }

    fn directive(blocks: &[&str], block: usize, words: &str) -> Option<String> {
        let page = Page::of(blocks.iter().copied());
        let place = stretch(blocks, block, words);
        let fragment = TextFragment::of(&page, place)?;
        assert_eq!(page.find(&fragment), Some(place));
        Some(fragment.directive())
    }

    #[test]
    fn words_that_stand_once_need_nothing_around_them() {
        let blocks = ["The law is old.", "It applies broadly."];
        assert_eq!(
            directive(&blocks, 1, "applies broadly").as_deref(),
            Some(":~:text=applies%20broadly")
        );
    }

    #[test]
    fn the_draft_s_own_signs_are_escaped() {
        let blocks = ["Church-run schools, A&B"];
        let written = directive(&blocks, 0, "Church-run schools, A&B");
        assert_eq!(written.as_deref(), Some(":~:text=Church%2Drun%20schools%2C%20A%26B"));
    }

    #[test]
    fn a_repeated_sentence_takes_a_word_from_before_or_after() {
        let blocks = ["One. None were held.", "Two. None were held."];
        let second = directive(&blocks, 1, "None were held.");
        assert_eq!(second.as_deref(), Some(":~:text=Two.-,None%20were%20held."));
        // Case and accents do not tell two places apart.
        let blocks = ["cafe law here", "Café law there"];
        let second = directive(&blocks, 1, "Café law");
        assert_eq!(second.as_deref(), Some(":~:text=here-,Caf%C3%A9%20law"));
    }

    #[test]
    fn the_words_before_may_stand_in_the_block_before() {
        let blocks = ["Alpha", "None.", "Beta", "None."];
        assert_eq!(directive(&blocks, 3, "None.").as_deref(), Some(":~:text=Beta-,None."));
    }

    #[test]
    fn places_that_a_search_takes_to_be_the_same_are_told_apart() {
        for (other, meant) in [
            ("Łódź Ærø Groß", "Lodz Aero Gross"),
            ("“no” clerk’s", "\"no\" clerk's"),
            ("Ａ ｎｏｔｅ №", "A note No"),
            ("カギ ｶｷﾞ", "かぎ かき"),
        ] {
            let page = Page::of([other, "and", meant]);
            let place = stretch(&[other, "and", meant], 2, meant);
            let fragment = TextFragment::of(&page, place).expect(meant);
            assert_eq!(fragment.prefix.as_deref(), Some("and"), "{meant}");
            assert_eq!(
                page.find(&TextFragment { prefix: None, ..fragment }),
                Some(stretch(&[other], 0, other))
            );
        }
    }

    #[test]
    fn an_accent_at_the_end_belongs_to_the_words() {
        assert_eq!(
            directive(&["за\u{301}мок"], 0, "за\u{301}мок").map(|d| d.len()),
            Some(8 + 6 * 6)
        );
        for words in ["शब्द नी", "שָׁלוֹם", "قَالَ"] {
            let text = format!("{words} x");
            assert!(directive(&[&text], 0, words).is_some(), "{words}");
        }
        // Vowels are no accents.
        assert!(directive(&["ने", "नी"], 1, "नी").is_some_and(|made| !made.contains("-,")));
    }

    #[test]
    fn nothing_is_read_over_an_obstacle() {
        let blocks = ["None.", OBSTACLE, "None.", "", "Beta."];
        assert_eq!(directive(&blocks, 0, "None."), None);
        assert_eq!(directive(&blocks, 2, "None.").as_deref(), Some(":~:text=None.,-Beta."));
    }

    #[test]
    fn what_cannot_be_told_apart_has_no_fragment() {
        let blocks = ["None."; 5];
        assert_eq!(directive(&blocks, 2, "None."), None);
        let page = Page::of(["lawful"]);
        let inside = Stretch { first_block: 0, start: 0, last_block: 0, end: 3 };
        assert_eq!(TextFragment::of(&page, inside), None, "it ends within a word");
        let empty = Stretch { first_block: 0, start: 2, last_block: 0, end: 2 };
        assert_eq!(TextFragment::of(&page, empty), None);
        let beyond = Stretch { first_block: 7, start: 0, last_block: 7, end: 1 };
        assert_eq!(TextFragment::of(&page, beyond), None);
    }

    #[test]
    fn a_long_stretch_is_given_by_its_ends() {
        let long = format!("It began so. {}It ended thus.", "And so it went on. ".repeat(30));
        let blocks = [long.as_str()];
        let written = directive(&blocks, 0, &long).expect("a fragment");
        assert_eq!(written, ":~:text=It%20began%20so.,It%20ended%20thus.");
    }

    #[test]
    fn a_stretch_over_several_blocks_is_given_by_its_ends() {
        let page = Page::of(["Three were named:", "one group;", "another group."]);
        let place = Stretch { first_block: 0, start: 0, last_block: 2, end: 14 };
        let fragment = TextFragment::of(&page, place).expect("a fragment");
        assert_eq!(fragment.directive(), ":~:text=Three%20were%20named%3A,another%20group.");
    }

    #[test]
    fn an_address_keeps_its_own_fragment() {
        let fragment = TextFragment { start: "law".into(), ..TextFragment::default() };
        assert_eq!(fragment.address("https://example.org/a"), "https://example.org/a#:~:text=law");
        assert_eq!(
            fragment.address("https://example.org/a#b"),
            "https://example.org/a#b:~:text=law"
        );
        let again = fragment.address("https://example.org/a#b:~:text=old");
        assert_eq!(again, "https://example.org/a#b:~:text=law");
    }

    proptest! {
        #[test]
        fn a_fragment_leads_to_its_stretch_or_is_not_made(
            blocks in prop::collection::vec("[ab,-]{0,3}( [abÁé.]{1,3}){0,30}", 1..6),
            block in 0usize..6, a in 0usize..90, b in 0usize..90,
        ) {
            let page = Page::of(blocks.iter().map(String::as_str));
            let place = Stretch { first_block: block, start: a.min(b), last_block: block, end: a.max(b) };
            if let Some(fragment) = TextFragment::of(&page, place) {
                prop_assert_eq!(page.find(&fragment), Some(place));
            }
        }
    }
}
