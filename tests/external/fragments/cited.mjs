// What is cited of the pages: every passage, each of its sentences where it has several, and a stretch of words
// out of its middle; each with the address that `forb cite --format link` gives.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const start = promisify(execFile);

export class Library {
  constructor(forb, folder) {
    this.forb = forb;
    this.folder = folder;
  }

  async run(...more) {
    const settings = { encoding: "utf8", maxBuffer: 1 << 28 };
    return (await start(this.forb, ["--library", this.folder, "--quiet", ...more], settings)).stdout;
  }

  async json(...more) {
    return JSON.parse(await this.run(...more, "--format", "json"));
  }

  // Adds a page and says what was cited of it, with the whole text of its document: every passage and, where
  // asked for, parts of each.
  async page(file, url, withParts) {
    await this.run("add", file, "--url", url);
    const name = file.split("/").at(-1);
    const blocks = (await this.json("show", name, "--blocks")).blocks;
    const { passage, after } = await this.json("show", name);
    const passages = [passage, ...after];
    const whole = await this.whole(passages.map(({ id }) => id));
    const parts = withParts ? await inTurn(passages, 2, (passage) => this.parts(passage)) : [];
    return { text: text(blocks), cited: [...whole, ...parts.flat()] };
  }

  // Whole passages. What `--format link` prints is the address that their packets name.
  async whole(ids) {
    const cited = await this.cite(ids);
    const linked = cited.filter(({ link }) => link);
    const printed = (await this.run("cite", ...linked.map(({ id }) => id), "--format", "link")).trim().split("\n");
    linked.forEach((one, at) => { one.link = printed[at]; });
    return cited;
  }

  // Each sentence of a passage that has several, and words of its middle that stand in it once.
  async parts({ id, text }) {
    const asked = [];
    const words = text.includes(" ") ? text.split(" ") : [...text];
    const glue = text.includes(" ") ? " " : "";
    const from = Math.floor(words.length / 3);
    const middle = words.slice(from, from + 4).join(glue);
    if (words.length > 6 && text.split(middle).length === 2) asked.push(["--quote", middle]);
    const cited = [];
    for (const part of asked) cited.push(...await this.cite([id], part).catch(refused));
    for (let at = 1; ; at += 1) {
      const [sentence] = await this.cite([id], ["--sentence", `${at}`]).catch(refused);
      if (!sentence || sentence.quotation === text) return cited;
      cited.push(sentence);
    }
  }

  async cite(ids, part = []) {
    const { citations } = await this.json("cite", ...ids, ...part, "--packet");
    const of = ({ passage, range, quotation, link }) => ({ id: passage.id, part: part.join(" "), range, quotation, link });
    return citations.map(of);
  }
}

// What forb refuses by name (no such sentence, words that are not there as typed) is no citation.
function refused(error) {
  if (error.code !== 2) throw error;
  return [];
}

function text(blocks) {
  const characters = [];
  for (const { range, text } of blocks) [...text].forEach((c, at) => { characters[range[0] + at] = c; });
  return Array.from(characters, (c) => c ?? " ");
}

// The same of every item, so many at once, in the order of the items.
async function inTurn(items, workers, work) {
  const made = new Array(items.length);
  let next = 0;
  const one = async () => {
    while (next < items.length) {
      const at = next++;
      made[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: workers }, one));
  return made;
}
