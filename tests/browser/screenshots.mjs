// Takes the pictures for the docs: every page, phone and desktop, light and dark.
//   MODISTE_URL=http://127.0.0.1:8080 node tests/browser/screenshots.mjs [FOLDER] [NAME-PART]
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { freshPage, BASE, DESKTOP, PHONE, launch, openDeck, swipe } from "./browser.mjs";

const folder = process.argv[2] ?? "screenshots";
const only = process.argv[3] ?? "";
mkdirSync(folder, { recursive: true });

async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
}

// Photos below the fold come when they are near: a full page is walked through first.
async function walk(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 700) {
    await page.evaluate((top) => window.scrollTo(0, top), y);
    await page.waitForTimeout(60);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
}

async function shoot(page, name, options = {}) {
  if (options.fullPage) await walk(page);
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`), ...options });
  console.log(name);
}

async function takeQuiz(page, name) {
  await page.goto(`${BASE}/quiz`);
  for (let step = 1; ; step += 1) {
    await page.locator(".quiz-question").waitFor();
    const options = page.locator(".option input");
    for (let i = 0; i < Math.min(await options.count(), 5); i += 2) await options.nth(i).check();
    await shoot(page, `${name}-quiz-${step}`);
    const last = (await page.getByRole("button", { name: "Show me" }).count()) > 0;
    await page.locator(".quiz-doors [type=submit]").click();
    if (last) return;
  }
}

async function visit(browser, name, options) {
  const { context, page } = await freshPage(browser, options);
  await page.goto(BASE);
  await page.locator(".welcome").waitFor();
  await shoot(page, `${name}-welcome`);
  await takeQuiz(page, name);
  await openDeck(page);
  for (let i = 0; i < 14; i += 1)
    await swipe(page, i % 3 === 1 ? "ArrowLeft" : i % 5 === 4 ? "ArrowUp" : "ArrowRight");
  await shoot(page, `${name}-swipe`);
  await page.goto(BASE);
  await page.locator(".garment-card[data-item]").first().waitFor();
  await shoot(page, `${name}-feed`);
  await page.locator(".garment-card[data-item] .tile").nth(1).click();
  await page.locator(".similar .garment-card[data-item]").first().waitFor();
  await shoot(page, `${name}-garment`, { fullPage: true });
  await page.goto(`${BASE}/search?q=${encodeURIComponent("warm hooded jacket for running in the rain")}`);
  await page.locator(".garment-card[data-item]").first().waitFor();
  await shoot(page, `${name}-search`);
  await page.goto(`${BASE}/style`);
  await page.locator(".style .page-head").waitFor();
  await shoot(page, `${name}-style`, { fullPage: true });
  await page.goto(`${BASE}/liked`);
  await page.locator(".garment-card[data-item]").first().waitFor();
  await shoot(page, `${name}-liked`);
  await page.goto(`${BASE}/my-data`);
  await page.locator(".doings").waitFor();
  await shoot(page, `${name}-my-data`, { fullPage: true });
  await context.close();
}

const VIEWS = {
  "desktop-light": { ...DESKTOP, colorScheme: "light" },
  "desktop-dark": { ...DESKTOP, colorScheme: "dark" },
  "phone-light": { ...PHONE, colorScheme: "light" },
  "phone-dark": { ...PHONE, colorScheme: "dark" },
};

const browser = await launch();
for (const [name, options] of Object.entries(VIEWS))
  if (name.includes(only)) await visit(browser, name, options);
await browser.close();
