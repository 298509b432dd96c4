// Takes the README's picture: the feed of a shopper after a few swipes.
//   MODISTE_URL=http://127.0.0.1:8080 node tests/browser/app_picture.mjs FILE.png
import { freshPage, BASE, DESKTOP, launch, openDeck, swipe } from "./browser.mjs";

const browser = await launch();
const { page } = await freshPage(browser, { ...DESKTOP, colorScheme: "light" });
await openDeck(page);
for (let card = 0; card < 16; card += 1) await swipe(page, card % 3 === 1 ? "ArrowLeft" : "ArrowRight");
await page.goto(BASE);
await page.locator(".garment-card[data-item]").first().waitFor();
await page.waitForLoadState("networkidle");
await page.evaluate(() => document.fonts.ready);
await page.waitForTimeout(400);
await page.screenshot({ path: process.argv[2] });
await browser.close();
