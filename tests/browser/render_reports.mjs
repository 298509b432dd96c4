// Writes each plot of docs/reports/index.html as docs/reports/NAME.svg, by Debian's Chromium.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const FOLDER = new URL("../../docs/reports/", import.meta.url);
const CHROMIUM = process.env.MODISTE_CHROMIUM ?? "/usr/bin/chromium";

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.goto(new URL("index.html", FOLDER).href);
const plots = await page.locator("figure[data-name]").evaluateAll((figures) =>
  figures.map((figure) => {
    const svg = figure.querySelector("svg");
    // As a picture it has no page around it: paper, ink and font are its own.
    svg.setAttribute("style", "background:#fff;color:#222;font:12px sans-serif");
    return { name: figure.dataset.name, text: new XMLSerializer().serializeToString(svg) };
  }),
);
for (const { name, text } of plots) {
  const file = new URL(`${name}.svg`, FOLDER);
  writeFileSync(file, `${text}\n`);
  console.log(fileURLToPath(file));
}
await browser.close();
