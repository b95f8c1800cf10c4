// Runs in the page: where on it a range of the document's text stands. The text that forb read and the page's own,
// both without white space and in one form, have to be the same; so a place in the one is a place in the other.
export function rectangles({ text, range }) {
  const plain = (words) => words.normalize("NFKC").replace(/[\s\u{feff}]/gu, "");
  const unread = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });
  let read = "";
  // For each unit of what is read: its node, and where its cluster begins and ends there.
  const places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (unread.has(node.parentElement.tagName) || node.parentElement.closest("[hidden]")) continue;
    for (const { segment, index } of clusters.segment(node.data)) {
      const words = plain(segment);
      for (let unit = 0; unit < words.length; unit += 1) places.push([node, index, index + segment.length]);
      read += words;
    }
  }
  const held = plain(text.join(""));
  if (held !== read) {
    const at = [...held].findIndex((c, at) => c !== [...read][at]);
    return { wrong: `the page reads otherwise than its document: “${read.substr(at, 40)}”, “${held.substr(at, 40)}”` };
  }
  const from = plain(text.slice(0, range[0]).join("")).length;
  const to = plain(text.slice(0, range[1]).join("")).length;
  const found = [];
  let at = from;
  while (at < to) {
    let last = at;
    while (last + 1 < to && places[last + 1][0] === places[at][0]) last += 1;
    const part = document.createRange();
    part.setStart(places[at][0], places[at][1]);
    part.setEnd(places[last][0], places[last][2]);
    for (const { left, top, right, bottom } of part.getClientRects()) found.push([left, top, right, bottom]);
    at = last + 1;
  }
  // What is no text and stands between the words may be painted with them.
  const all = document.createRange();
  all.setStart(places[from][0], places[from][1]);
  all.setEnd(places[to - 1][0], places[to - 1][2]);
  const things = [...document.querySelectorAll("img, svg, button, input")].filter((one) => all.intersectsNode(one));
  const between = things.map((one) => one.getBoundingClientRect()).map(({ left, top, right, bottom }) => [left, top, right, bottom]);
  return { rectangles: found, between };
}
