// A contact sheet of ten composed outfits, as the outfit page shows them: ten occasions and seasons, asked of a running
// shop without a shopper.
//
//   MODISTE_URL=http://127.0.0.1:8080 node bench/outfits/sheet.mjs SHEET.png
import { freshPage, launch } from "../../tests/browser/browser.mjs";

const BASE = process.env.MODISTE_URL ?? "http://127.0.0.1:8080";
const SITUATIONS = [
  ["women", "work", "autumn"],
  ["men", "work", "winter"],
  ["women", "party", "summer"],
  ["men", "party", "autumn"],
  ["women", "wedding", "spring"],
  ["men", "casual", "spring"],
  ["women", "travel", "winter"],
  ["men", "travel", "winter"],
  ["women", "date", "autumn"],
  ["men", "formal", "winter"],
];

async function compose([department, occasion, season], at) {
  const answer = await fetch(`${BASE}/v1/outfits`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      count: 1,
      seed: at + 1,
      context: { occasion, season },
      filter: { departments: [department] },
    }),
  });
  const answered = await answer.json();
  const outfit = answered.outfits?.[0];
  if (!outfit) throw new Error(`no outfit for ${department}, ${occasion}, ${season}: ${JSON.stringify(answered)}`);
  const asked = [department, occasion, season, ...answered.degraded].join(", ");
  console.log(`${asked}: ${outfit.pieces.map(({ item }) => `${item.title} (${item.colour})`).join("; ")}`);
  outfit.reasons.unshift({ code: "asked", text: asked });
  return { ...answered, outfits: [outfit] };
}

const [sheet] = process.argv.slice(2);
if (!sheet) throw new Error("name the picture to write");
const answers = await Promise.all(SITUATIONS.map(compose));
const all = { ...answers[0], degraded: [], outfits: answers.flatMap(({ outfits }) => outfits) };
const browser = await launch();
const { page } = await freshPage(browser, { viewport: { width: 2600, height: 2400 } });
await page.route("**/v1/outfits", (route) => route.fulfill({ json: all }));
await page.goto(`${BASE}/outfits`);
await page.locator(".outfit").nth(SITUATIONS.length - 1).waitFor();
await page.locator(".outfit-pieces img").evaluateAll((images) => images.forEach((image) => (image.loading = "eager")));
await page.locator(".outfit-picture > *").nth(SITUATIONS.length - 1).waitFor();
await page.waitForLoadState("networkidle");
await page.locator("header").evaluateAll((all) => all.forEach((one) => one.remove()));
await page.locator(".outfits").screenshot({ path: sheet });
await browser.close();
