// Whole outfits: composed, one piece swapped, locked ones kept, a look completed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { BASE, eventsOf, freshPage, garmentsOf, launch, until } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const piecesOf = (outfit) =>
  outfit
    .locator(".outfit-piece")
    .evaluateAll((all) => Object.fromEntries(all.map(({ dataset }) => [dataset.role, dataset.item])));

async function firstOutfit(page) {
  const outfit = page.locator(".outfit").first();
  await outfit.waitFor();
  return { outfit, pieces: await piecesOf(outfit) };
}

// Presses one button of an outfit until its answer is shown.
async function press(page, button) {
  const answered = page.waitForResponse((response) => response.url().endsWith("/v1/outfits"));
  await button.click();
  return (await answered).request().postDataJSON();
}

test("outfits are whole, and swapping one piece keeps what is locked", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/outfits`);
  const { outfit, pieces } = await firstOutfit(page);
  assert.ok(pieces.shoes && (pieces.one_piece || (pieces.top && pieces.bottom)), JSON.stringify(pieces));
  const kept = pieces.one_piece ? "one_piece" : "top";
  const piece = (role) => outfit.locator(`.outfit-piece[data-role="${role}"]`);
  await piece(kept).getByRole("button", { name: /^Keep/ }).click();
  assert.equal(await piece(kept).getByRole("button", { name: /^Keep/ }).getAttribute("aria-pressed"), "true");

  const asked = await press(page, piece("shoes").getByRole("button", { name: /^Swap/ }));
  assert.equal(asked.swap, "shoes");
  assert.deepEqual(
    asked.anchors.map(({ garment_id, colour }) => `${garment_id}|${colour}`),
    [pieces[kept]],
  );
  await until(async () => (await piecesOf(outfit)).shoes !== pieces.shoes, "other shoes");
  const swapped = await piecesOf(outfit);
  assert.equal(swapped[kept], pieces[kept], "what is locked stays");
  assert.deepEqual(Object.keys(swapped).sort(), Object.keys(pieces).sort(), "the shape stays");

  await press(page, outfit.getByRole("button", { name: /^Restyle/ }));
  await until(async () => (await piecesOf(outfit)).shoes !== swapped.shoes, "a new look");
  assert.equal((await piecesOf(outfit))[kept], pieces[kept]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a budget holds for the whole outfit, and one too low is said to be", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/outfits`);
  await firstOutfit(page);
  const budget = page.getByRole("textbox");
  const totals = () =>
    page
      .locator(".outfit-total")
      .evaluateAll((all) => all.map((one) => Number(one.innerText.replace(/[^\d.]/g, ""))));
  const before = await totals();
  const limit = Math.ceil(Math.min(...before) * 0.9);
  await budget.fill(String(limit));
  const asked = await press(page, page.locator("h1"));
  assert.equal(asked.budget, limit);
  await until(async () => (await totals()).every((total) => total <= limit), `totals within ${limit}`);
  await budget.fill("1");
  await press(page, page.locator("h1"));
  await page.locator(".relaxed").waitFor();
  assert.match(await page.locator(".relaxed").innerText(), /cheapest/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a garment's page completes the look, and choosing an outfit is recorded", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  const [dress] = await garmentsOf(page, { categories: ["dress"] }, 1);
  await page.goto(`${BASE}/garment/${encodeURIComponent(dress.garment_id)}`);
  await page.locator(".complete-look .outfit-piece").first().waitFor();
  assert.ok((await page.locator(".complete-look .outfit-piece").count()) >= 2);
  await page.locator(".complete-look").getByRole("link", { name: "More outfits with it" }).click();
  const { outfit, pieces } = await firstOutfit(page);
  assert.equal(pieces.one_piece.split("|")[0], dress.garment_id);
  await outfit.getByRole("button", { name: "I would wear this" }).click();
  const chosen = await until(() => sent.find(({ type }) => type === "outfit_complete"), "the choice");
  assert.ok(chosen.garment_ids.includes(dress.garment_id) && chosen.garment_ids.length >= 2);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("drawn garments are worn by a figure, which is one picture with the names of its pieces", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/outfits`);
  const { outfit, pieces } = await firstOutfit(page);
  const figure = outfit.getByRole("img", { name: /^Worn together: / });
  await figure.waitFor();
  const worn = await figure.locator("img").evaluateAll((all) => all.map((one) => one.getAttribute("src")));
  assert.equal(worn.length, Object.keys(pieces).length);
  assert.ok(
    worn.every((src) => src.endsWith(".svg#worn")),
    worn.join(),
  );
  const title = await outfit.locator('.outfit-piece[data-role="shoes"] .outfit-title').innerText();
  assert.ok((await figure.getAttribute("aria-label")).includes(title));
  assert.deepEqual(complaints, []);
  await context.close();
});
