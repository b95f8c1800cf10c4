//! A server's answer as a web archive keeps it: its status, its fields, and its body with the codings
//! of the transfer undone.

use std::sync::Arc;

use super::Fields;
use crate::unpack::bounds::Budget;
use crate::unpack::compressed::Compression;

/// What a server gave.
pub(super) enum Response {
    /// A page or text: its bytes.
    Page(Vec<u8>),
    /// Nothing that could be a report; what it is, in the singular.
    Other(String),
}

/// Reads an answer.
///
/// # Errors
/// Why a page cannot be read.
pub(super) fn page(answer: &[u8], budget: &mut Budget) -> Result<Response, String> {
    let Some((head, body)) = split_head(answer) else {
        return Ok(Response::Other("response that is not HTTP".to_owned()));
    };
    let status = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut words = status.split(|byte| byte.is_ascii_whitespace());
    if !words.next().is_some_and(|word| word.starts_with(b"HTTP/")) {
        return Ok(Response::Other("response that is not HTTP".to_owned()));
    }
    let code = words.next().and_then(|code| std::str::from_utf8(code).ok()).unwrap_or("");
    let fields = Fields::of(head);
    let stated = fields.get("Content-Type").unwrap_or("");
    let kind = stated.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if code != "200" {
        let code = if code.bytes().all(|b| b.is_ascii_digit()) { code } else { "unknown" };
        return Err(format!("is no page: the server answered with status {code}"));
    }
    let may_be_page = match kind.as_str() {
        "text/html" | "application/xhtml+xml" | "application/pdf" | "text/plain" => true,
        // Servers that do not know what they send say this.
        "" | "application/octet-stream" => {
            let start = body.trim_ascii_start();
            let tags: [&[u8]; 2] = [b"<!doctype html", b"<html"];
            let is_tag = |tag: &&[u8]| {
                start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag))
            };
            body.starts_with(b"%PDF-") || tags.iter().any(is_tag)
        }
        _ => false,
    };
    if !may_be_page {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"/+-.".contains(&b);
        let shown = if kind.is_empty() || kind.len() > 60 || !kind.bytes().all(is_plain) {
            "unknown"
        } else {
            &kind
        };
        return Ok(Response::Other(format!("response of type {shown}")));
    }
    let transfer = fields.get("Transfer-Encoding").unwrap_or("").to_ascii_lowercase();
    let body = if transfer.contains("chunked") { joined(body)? } else { body.to_vec() };
    let mut body = body;
    let codings = fields.get("Content-Encoding").unwrap_or("").to_ascii_lowercase();
    for coding in codings.split(',').map(str::trim).rev() {
        body = decoded(coding, body, budget)?;
    }
    Ok(Response::Page(body))
}

/// The head of an answer and its body, parted by an empty line.
fn split_head(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    while at < answer.len() {
        let end = answer[at..].iter().position(|&byte| byte == b'\n')? + at + 1;
        if answer[at..end].trim_ascii().is_empty() {
            return Some((&answer[..at], &answer[end..]));
        }
        at = end;
    }
    None
}

/// A body sent in chunks, each after its length in hexadecimal digits. Some programs keep the body
/// joined already: then no length stands first, and it is as it is.
fn joined(body: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((length, after)) = chunk_length(rest) {
        if length == 0 {
            return Ok(out);
        }
        let chunk = after.get(..length).ok_or("is cut short within a chunk of its body")?;
        out.extend_from_slice(chunk);
        rest = &after[length..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    match rest.is_empty() {
        _ if rest.len() == body.len() => Ok(body.to_vec()),
        true => Err("is cut short: the last chunk of its body is missing".to_owned()),
        false => Err("has a body whose chunks do not fit together".to_owned()),
    }
}

fn chunk_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().take(1000).position(|&byte| byte == b'\n')?;
    let line = bytes[..end].split(|&byte| byte == b';').next()?.trim_ascii();
    let digits =
        std::str::from_utf8(line).ok().filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
    Some((usize::from_str_radix(digits?, 16).ok()?, &bytes[end + 1..]))
}

/// A body without one of its codings. Some programs keep the body decoded already: then its first
/// bytes show it.
fn decoded(coding: &str, body: Vec<u8>, budget: &mut Budget) -> Result<Vec<u8>, String> {
    let compression = match coding {
        "" | "identity" => return Ok(body),
        "gzip" | "x-gzip" => Compression::Gzip,
        "zstd" => Compression::Zstd,
        "deflate" => {
            let length = body.len() as u64;
            // The standard asks for a frame around it, and many servers leave that out.
            let framed = budget.read(flate2::read::ZlibDecoder::new(&body[..]), length);
            return framed
                .or_else(|_| budget.read(flate2::read::DeflateDecoder::new(&body[..]), length))
                .map_err(|error| format!("is packed (deflate) and {error}"));
        }
        other => {
            let shown: String =
                other.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
            return Err(format!("is packed in a way that is not read ({shown})"));
        }
    };
    if crate::unpack::compressed::of(&body) != Some(compression) {
        return Ok(body);
    }
    let packed: Arc<[u8]> = body.into();
    let opened = compression.open(&packed, budget);
    opened.map_err(|error| format!("is packed ({coding}) and {error}"))
}
