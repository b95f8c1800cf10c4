//! The same issue, source beside source: counts with their intervals. Nothing here knows the index;
//! what is compared is handed in, and every number leads back to the passages behind it.

mod rates;
mod table;

pub use rates::{PER_WORDS, Rate, Share, rate, share};
pub use table::{Cell, CrossTable, Observation, TextVolume, cross_table};
