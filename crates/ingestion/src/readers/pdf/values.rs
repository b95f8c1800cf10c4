//! Values of a page's dictionary, wherever the file keeps them.

use lopdf::{Dictionary, Document, Object};

/// A value that a page has from itself or from the nodes above it.
pub(super) fn inherited<'a>(
    doc: &'a Document,
    page: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Ok(value) = node.get_deref(key, doc) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", doc).ok()?.as_dict().ok()?;
    }
    None
}

/// An array of so many finite numbers.
pub(super) fn numbers<const N: usize>(doc: &Document, object: &Object) -> Option<[f32; N]> {
    let list = object.as_array().ok()?;
    let mut numbers = [0.0; N];
    for (slot, item) in numbers.iter_mut().zip(list) {
        *slot = doc.dereference(item).ok()?.1.as_float().ok().filter(|n| n.is_finite())?;
    }
    (list.len() >= N).then_some(numbers)
}
