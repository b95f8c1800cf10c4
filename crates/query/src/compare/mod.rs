//! The same issue, source beside source: what each says, what they say alike, what a silence means;
//! counts with their intervals. What is compared is handed in, and every number leads back to the
//! passages behind it; only [`sources`] and [`cross_table`] know the index.

mod asking;
mod beside;
mod claims;
mod members;
mod origins;
mod rates;
mod read;
mod sentences;
mod source;
mod table;
#[cfg(test)]
mod tests;

pub use beside::{Compared, Comparison, Marking, compare};
pub use claims::{Claim, FiguresApart, Why};
pub use members::{Axis, Member};
pub use origins::{Independence, OriginGroup, PassageAt};
pub use rates::{PER_WORDS, Rate, Share, rate, share};
pub use read::{MOST_READ, SourcesRequest, sources};
pub use sentences::SentenceAt;
pub use source::{
    FigureGiven, OnCountry, Profile, Said, Source, SourceName, Speaking, Topic, said,
};
pub use table::{Cell, CrossTable, Heard, TableRequest, cross_table};
