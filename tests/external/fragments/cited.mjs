// What is cited of the pages: every passage, and some sentences and words of passages; each with the address that
// forb gives for it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const start = promisify(execFile);
// Of how many parts of passages of one page an address is asked.
const PARTS = Number(process.env.PARTS ?? 6);

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
    const parts = withParts ? await this.parts(passages) : [];
    return { text: text(blocks), cited: [...whole, ...parts] };
  }

  // Whole passages. What `--format link` prints is the address that their packets name.
  async whole(ids) {
    const cited = await this.cite(ids);
    const linked = cited.filter(({ link }) => link);
    const printed = (await this.run("cite", ...linked.map(({ id }) => id), "--format", "link")).trim().split("\n");
    linked.forEach((one, at) => { one.link = printed[at]; });
    return cited;
  }

  // Sentences of passages that have several, and words of the middle that stand in their passage once: so many
  // of them, taken evenly.
  async parts(passages) {
    const asked = passages.flatMap(({ id, text }) => [
      [id, text, ["--sentence", "1"]], [id, text, ["--sentence", "2"]], [id, text, ["--quote", middle(text)]],
    ]).filter(([, , [, value]]) => value);
    // A step that is no multiple of three takes all kinds.
    let step = Math.max(1, Math.floor(asked.length / PARTS));
    if (step % 3 === 0) step += 1;
    const chosen = asked.filter((_, at) => at % step === 0);
    const one = async ([id, text, part]) =>
      (await this.cite([id], part).catch(refused)).filter(({ quotation }) => quotation !== text);
    return (await inTurn(chosen, 2, one)).flat();
  }

  async cite(ids, part = []) {
    const { citations } = await this.json("cite", ...ids, ...part, "--packet");
    const of = ({ passage, range, quotation, link }) => ({ id: passage.id, part: part.join(" "), range, quotation, link });
    return citations.map(of);
  }
}

// Four words, or signs where words are not parted, after the first third of a text.
function middle(text) {
  const glue = text.includes(" ") ? " " : "";
  const words = text.split(glue);
  const from = Math.floor(words.length / 3);
  const middle = words.slice(from, from + 4).join(glue);
  return words.length > 6 && text.split(middle).length === 2 ? middle : null;
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
