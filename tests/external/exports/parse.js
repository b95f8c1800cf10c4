// Every work comes back from each format with its title and the number of its authors.
const fs = require("node:fs");
const assert = require("node:assert");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");
require("@citation-js/plugin-csl");

const folder = process.argv[2];
const items = new Map(JSON.parse(fs.readFileSync(`${folder}/csl-json`, "utf8")).map((item) => [item.title, item]));
for (const [format, type] of [["bibtex", "@biblatex/text"], ["ris", "@ris/file"], ["csl-json", "@csl/list+object"]]) {
  const text = fs.readFileSync(`${folder}/${format}`, "utf8");
  const read = new Cite(format === "csl-json" ? JSON.parse(text) : text, { forceType: type }).data;
  assert.equal(read.length, items.size, format);
  for (const work of read) {
    const item = items.get(work.title);
    assert.ok(item, `${format}: ${work.title}`);
    assert.equal((work.author ?? []).length, (item.author ?? []).length, `${format}: ${work.title}`);
  }
  console.log(`citation-js: ${format}: ${read.length} works`);
}
