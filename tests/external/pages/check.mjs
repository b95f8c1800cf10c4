// Opens each page that is named, at two widths, and reports what axe finds, scripts that are there,
// and content that is wider than the page. Ends with 1 where there is any. With SHOTS a picture of each
// is kept in that folder.
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let wrong = 0;
for (const file of process.argv.slice(2)) {
  for (const width of [1280, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 2000 } });
    await page.goto(pathToFileURL(file).href);
    const found = await page.evaluate(() => ({
      scripts: document.scripts.length,
      loaded: performance.getEntriesByType("resource").length,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      headings: [...document.querySelectorAll("h1,h2,h3,h4")].length,
    }));
    await page.addScriptTag({ path: axe });
    const { violations, passes } = await page.evaluate(() => window.axe.run(document));
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
    if (found.scripts) said.push(`${found.scripts} scripts`);
    if (found.loaded) said.push(`${found.loaded} addresses loaded`);
    if (found.wide > 0) said.push(`${found.wide} pixels wider than the page`);
    // A page without headings, or that axe could say nothing of, was not really looked at.
    if (!found.headings || passes.length < 10) said.push("nothing was examined");
    const name = `${basename(file)} at ${width}`;
    if (process.env.SHOTS) {
      const path = join(process.env.SHOTS, `${basename(file, ".html")}-${width}.png`);
      await page.screenshot({ path, fullPage: true });
    }
    console.log(said.length ? `${name}:\n  ${said.join("\n  ")}` : `${name}: ${passes.length} rules pass`);
    wrong += said.length;
    await page.close();
  }
}
await browser.close();
process.exit(wrong ? 1 : 0);
