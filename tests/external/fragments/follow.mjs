// Serves the pages, follows each address that forb gives for words on them in headless Chromium, and looks at what
// is highlighted there. Ends with 1 where it is anything but those words, or where too few have an address.
import fs from "node:fs";
import http from "node:http";
import { chromium } from "playwright-core";
import { Library } from "./cited.mjs";
import { marked, paint } from "./marked.mjs";
import { rectangles } from "./place.mjs";

const [forb, root, work] = process.argv.slice(2);
const LEAST = 100;
const VIEW = { width: 700, height: 1200 };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"];

const OWN = named(`${root}/tests/external/fragments/pages`);

function named(folder) {
  return fs.readdirSync(folder).sort().map((name) => [name, fs.readFileSync(`${folder}/${name}`, "utf8")]);
}

// The pages written for this, and the digests of the repository, those in plain text as pages of paragraphs.
function pages() {
  const as = ([name, text]) => [name.replace(/\.txt$/, ".html"), name.endsWith(".txt") ? ofText(text) : text];
  return new Map([...OWN, ...named(`${root}/corpus/digests`).map(as)]);
}

function ofText(text) {
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const blocks = escaped.split(/\n\s*\n/).map((block) => `<p>${block}</p>`).join("\n");
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A digest</title></head><body><main>${blocks}</main></body></html>`;
}

// What the browser is served: the page that forb read, with far more room above it than a window shows.
function served(page) {
  return page.replace("</head>", `<style>${paint}</style></head>`);
}

async function main() {
  const all = pages();
  const server = http.createServer((request, response) => {
    const page = all.get(decodeURIComponent(new URL(request.url, "http://x").pathname.slice(1)));
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(page ? served(page) : "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const library = new Library(forb, `${work}/library`);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  const tab = await (await browser.newContext({ viewport: VIEW })).newPage();
  const totals = { cited: 0, linked: 0, wrong: 0 };
  const names = [...all.keys()];
  const ask = (name) => {
    const file = `${work}/${name}`;
    fs.writeFileSync(file, all.get(name));
    const own = OWN.some(([known]) => known === name);
    return library.page(file, `http://127.0.0.1:${server.address().port}/${name}`, own);
  };
  // While the addresses of one page are followed, the next one is cited.
  let ahead = ask(names[0]);
  for (const [at, name] of names.entries()) {
    const { cited, text } = await ahead;
    if (at + 1 < names.length) ahead = ask(names[at + 1]);
    const wrong = [];
    for (const one of cited.filter(({ link }) => link)) {
      const said = await followed(tab, one, text);
      if (said) wrong.push(`  ${one.id} ${one.part} “${one.quotation}”\n    ${one.link}\n    ${said}`);
    }
    const none = cited.filter(({ link }) => !link);
    const linked = cited.length - none.length;
    console.log(`${name}: ${cited.length} cited, ${linked} with an address, ${linked - wrong.length} highlighted`);
    if (process.env.VERBOSE) none.forEach(({ id, part, quotation }) => console.log(`  none: ${id} ${part} “${quotation}”`));
    if (wrong.length) console.log(wrong.slice(0, 8).join("\n"));
    totals.cited += cited.length; totals.linked += linked; totals.wrong += wrong.length;
  }
  await browser.close();
  server.close();
  console.log(`${totals.cited} cited, ${totals.linked} with an address, ${totals.linked - totals.wrong} scrolled to and highlighted`);
  process.exit(totals.linked >= LEAST && totals.wrong === 0 ? 0 : 1);
}

// What is wrong after an address was followed; nothing where the words, and only they, are highlighted.
async function followed(tab, { link, range }, text) {
  // A fragment is looked for when a page is opened, not when it is open already.
  await tab.goto("about:blank");
  await tab.goto(link);
  const wanted = await tab.evaluate(rectangles, { text, range });
  if (wanted.wrong) return wanted.wrong;
  return marked(await tab.screenshot(), wanted.rectangles, wanted.between);
}

main();
