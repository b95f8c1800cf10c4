//! Makes a new edition out of a real text, sentence by sentence, and remembers the truth: what was
//! deleted, inserted, reworded, moved, split, merged, and which figures were changed. Every choice
//! follows from a seed.

/// What became of sentences of the old text, by their places.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Truth {
    pub status: &'static str,
    pub old: Vec<usize>,
    pub new: Vec<usize>,
}

/// A figure that was changed: the new sentence it stands in, and its value and hedge there.
#[derive(Clone, Debug)]
pub struct PlantedFigure {
    pub old: usize,
    pub new: usize,
    pub value: String,
    pub hedged: bool,
}

/// A new edition with its truth.
pub struct Planted {
    pub sentences: Vec<String>,
    pub truth: Vec<Truth>,
    pub figures: Vec<PlantedFigure>,
}

/// Numbers that look random and are the same in every run.
pub struct Draws(pub u64);

impl Draws {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * end.max(1) as u128) >> 64) as usize
    }
}

struct Piece {
    text: String,
    old: Vec<usize>,
    status: &'static str,
    figure: Option<(String, bool)>,
}

/// Makes a new edition of `old`; what is inserted, and the words for rewording, come from `other`.
pub fn plant(old: &[String], other: &[String], seed: u64) -> Planted {
    let mut draws = Draws(seed);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut truth = Vec::new();
    let mut at = 0;
    while at < old.len() {
        let sentence = &old[at];
        let piece =
            |text: String, old: Vec<usize>, status| Piece { text, old, status, figure: None };
        let words = sentence.split(' ').count();
        match draws.below(100) {
            0..10 => truth.push(Truth { status: "dropped", old: vec![at], new: vec![] }),
            10..28 if words >= 8 => {
                let text = reword(sentence, other, &mut draws);
                pieces.push(piece(text, vec![at], "reworded"));
            }
            28..46 => match change_figure(sentence, &mut draws) {
                Some((text, value, hedged)) => {
                    let figure = Some((value, hedged));
                    pieces.push(Piece { text, old: vec![at], status: "reworded", figure });
                }
                None => pieces.push(piece(sentence.clone(), vec![at], "same")),
            },
            46..53 => match split(sentence) {
                Some((first, second)) => {
                    pieces.push(piece(first, vec![at], "split"));
                    pieces.push(piece(second, vec![at], "split"));
                }
                None => pieces.push(piece(sentence.clone(), vec![at], "same")),
            },
            53..59 if words >= 4 && old.get(at + 1).is_some_and(|s| s.split(' ').count() >= 4) => {
                pieces.push(piece(merge(sentence, &old[at + 1]), vec![at, at + 1], "merged"));
                at += 1;
            }
            59..63 if words >= 6 => pieces.push(piece(sentence.clone(), vec![at], "moved")),
            63..71 if !other.is_empty() => {
                pieces.push(piece(sentence.clone(), vec![at], "same"));
                let inserted = other[draws.below(other.len())].clone();
                if inserted.split(' ').count() >= 6 && !old.contains(&inserted) {
                    pieces.push(piece(inserted, vec![], "new"));
                }
            }
            _ => pieces.push(piece(sentence.clone(), vec![at], "same")),
        }
        at += 1;
    }
    settle(shuffle_moved(pieces, &mut draws), truth)
}

/// Takes what is to be moved out, and puts it in far from where it stood, not inside a split.
fn shuffle_moved(pieces: Vec<Piece>, draws: &mut Draws) -> Vec<Piece> {
    let (count, mut kept, mut moved) = (pieces.len(), Vec::new(), Vec::new());
    for (at, piece) in pieces.into_iter().enumerate() {
        if piece.status == "moved" { moved.push((at, piece)) } else { kept.push(piece) }
    }
    for (from, mut piece) in moved {
        let far = (count / 3).max(4);
        let mut to = (from + far + draws.below(far)) % (kept.len() + 1);
        if from.abs_diff(to) < 4 {
            piece.status = "same";
            to = kept.iter().position(|other| other.old > piece.old).unwrap_or(kept.len());
        }
        while to > 0
            && kept
                .get(to)
                .is_some_and(|next| next.status == "split" && kept[to - 1].old == next.old)
        {
            to -= 1;
        }
        kept.insert(to, piece);
    }
    kept
}

fn settle(pieces: Vec<Piece>, mut truth: Vec<Truth>) -> Planted {
    let mut sentences = Vec::new();
    let mut figures = Vec::new();
    for piece in pieces {
        let new = sentences.len();
        sentences.push(piece.text);
        if let Some((value, hedged)) = piece.figure {
            figures.push(PlantedFigure { old: piece.old[0], new, value, hedged });
        }
        match truth.last_mut().filter(|t| piece.status == "split" && t.old == piece.old) {
            Some(whole) => whole.new.push(new),
            None => truth.push(Truth { status: piece.status, old: piece.old, new: vec![new] }),
        }
    }
    Planted { sentences, truth, figures }
}

/// Replaces, leaves out or puts in from a twelfth to a fifth of the words.
fn reword(sentence: &str, other: &[String], draws: &mut Draws) -> String {
    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
    let foreign = |draws: &mut Draws| -> String {
        let from = if other.is_empty() { "reportedly" } else { &other[draws.below(other.len())] };
        let words: Vec<&str> =
            from.split(' ').filter(|w| w.chars().all(char::is_alphabetic)).collect();
        words.get(draws.below(words.len())).map_or("reportedly", |word| *word).to_owned()
    };
    let before = words.join(" ").to_lowercase();
    for _ in 0..(words.len() / (5 + draws.below(8))).max(1) {
        let at = draws.below(words.len());
        match draws.below(3) {
            0 => words[at] = foreign(draws),
            1 if !words[at].contains(|c: char| c.is_ascii_digit()) => drop(words.remove(at)),
            _ => words.insert(at, foreign(draws)),
        }
    }
    if words.join(" ").to_lowercase() == before {
        words.push("again".to_owned());
    }
    words.join(" ")
}

/// Changes the last number of a sentence that is no year and no day, or hedges it.
fn change_figure(sentence: &str, draws: &mut Draws) -> Option<(String, String, bool)> {
    const SPELLED: [&str; 9] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
    if words.len() < 6 {
        return None;
    }
    let core = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let spelled = |word: &str| SPELLED.iter().position(|name| *name == word);
    let digits = |word: &str| {
        let plain = word.replace(',', "");
        let number = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
        let year = word.len() == 4 && ("1000"..="2199").contains(&word);
        (number && plain.len() < 10 && !year).then_some(plain)
    };
    let free = |at: usize| {
        let word = core(&words[at]);
        let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
        let month = before.len() > 2 && before.starts_with(|c: char| c.is_uppercase());
        let bare = words[at].trim_end_matches(['.', ',', ';', '%']) == word;
        bare && !month && (spelled(&word).is_some() || digits(&word).is_some())
    };
    let at = (0..words.len()).rev().find(|at| free(*at))?;
    let word = core(&words[at]);
    let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
    let next = words.get(at + 1).map_or(String::new(), |next| core(next));
    let scaled = matches!(next.as_str(), "hundred" | "thousand" | "million" | "billion");
    let hedges = ["than", "over", "some", "about", "least", "nearly", "almost", "around", "under"];
    let hedgeable = before.len() > 2 && !hedges.contains(&before) && !before.ends_with("ed");
    let hedged = !scaled && hedgeable && !before.ends_with("ly") && draws.below(4) == 0;
    let add = 1 + draws.below(40);
    let (written, mut value) = match (spelled(&word), digits(&word)) {
        (Some(_), _) if hedged => (word.clone(), (spelled(&word)? + 2).to_string()),
        (Some(old), _) => {
            let new = (old + 1 + draws.below(8)) % 9;
            (SPELLED[new].to_owned(), (new + 2).to_string())
        }
        (_, Some(plain)) if hedged => (word.clone(), plain),
        (_, Some(plain)) => {
            let new = (plain.parse::<usize>().ok()? + add).to_string();
            (new.clone(), new)
        }
        _ => return None,
    };
    if scaled {
        let zeros = [("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9)];
        let zeros = zeros.iter().find(|(name, _)| *name == next).map_or(0, |(_, zeros)| *zeros);
        value.push_str(&"0".repeat(zeros));
    }
    let written = words[at].replace(&word, &written);
    words[at] = if hedged { format!("more than {written}") } else { written };
    Some((words.join(" "), value, hedged))
}

fn split(sentence: &str) -> Option<(String, String)> {
    for cut in [", and ", "; ", ", but ", " after ", " while ", ", including ", " because "] {
        for (at, _) in sentence.match_indices(cut) {
            let (first, second) = (&sentence[..at], &sentence[at + cut.len()..]);
            if first.split(' ').count() >= 5 && second.split(' ').count() >= 5 {
                return Some((format!("{first}."), capital(second)));
            }
        }
    }
    None
}

fn merge(first: &str, second: &str) -> String {
    let first = first.trim_end_matches(['.', '!', '?', '”', '"']);
    let mut letters = second.chars();
    let lower = letters.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
    format!("{first}, and {lower}{}", letters.as_str())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let upper = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{upper}{}", letters.as_str())
}
