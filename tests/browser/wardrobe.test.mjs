// The wardrobe: a photo is added and corrected, an outfit made with it, the piece removed; proportions told and switched off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { BASE, PHONE, deviceOf, freshPage, garmentsOf, launch, openDeck, send, until } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// A picture of a garment as a phone would send it.
async function photoOf(page, garment) {
  await page.goto(`${BASE}${garment.image}`);
  return page.screenshot({ type: "jpeg" });
}

async function addPhoto(page, buffer) {
  await page.goto(`${BASE}/wardrobe`);
  await page.getByRole("button", { name: "Add a photo" }).waitFor();
  const added = page.waitForResponse((response) => response.url().includes("/wardrobe/photos"));
  await page
    .locator('.wardrobe-add input[type="file"]')
    .setInputFiles({ name: "mine.jpg", mimeType: "image/jpeg", buffer });
  assert.equal((await added).status(), 201);
  const piece = page.locator(".wardrobe-piece").first();
  await piece.waitFor();
  return piece;
}

test("a photo enters the wardrobe, is corrected, and begins an outfit", async () => {
  const { context, page, complaints } = await freshPage(browser, PHONE);
  const [jeans] = await garmentsOf(page, { categories: ["jeans"] }, 1);
  const piece = await addPhoto(page, await photoOf(page, jeans));
  await piece.getByRole("button", { name: /^Correct/ }).click();
  await piece.getByLabel("Name").fill("Old favourites");
  await piece.getByLabel("Kind").selectOption("jeans");
  await piece.getByLabel("Colour").selectOption("navy");
  await piece.getByRole("button", { name: "Save" }).click();
  await until(async () => (await piece.getAttribute("data-category")) === "jeans", "the correction");
  assert.match(await piece.innerText(), /Old favourites/);
  await until(async () => (await piece.locator('.photo[data-state="shown"]').count()) === 1, "the photo");
  assert.match(await piece.locator("img").getAttribute("src"), /^data:image\/jpeg/, "not by an open address");

  await piece.getByRole("link", { name: "Make an outfit with this" }).click();
  const outfit = page.locator(".outfit").first();
  await outfit.waitFor();
  const mine = outfit.locator('.outfit-piece[data-role="bottom"]');
  assert.match(await mine.innerText(), /Old favourites\s*Yours/);
  const shoes = () => outfit.locator('.outfit-piece[data-role="shoes"]').getAttribute("data-item");
  const before = await shoes();
  const answered = page.waitForResponse((response) => response.url().endsWith("/v1/outfits"));
  await outfit.locator('.outfit-piece[data-role="shoes"]').getByRole("button", { name: /^Swap/ }).click();
  const asked = (await answered).request().postDataJSON();
  assert.equal(asked.anchors[0].owned, true, "what is owned stays");
  await until(async () => (await shoes()) !== before, "other shoes");
  assert.match(await mine.innerText(), /Old favourites/);
  assert.equal(await page.locator(".owned-anchors [aria-current]").count(), 1);

  await page.goto(`${BASE}/wardrobe`);
  await page.getByRole("button", { name: /^Remove/ }).click();
  await until(async () => (await page.locator(".wardrobe-piece").count()) === 0, "an empty wardrobe");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what is not a photo is refused in plain words", async () => {
  const { context, page } = await freshPage(browser);
  await page.goto(`${BASE}/wardrobe`);
  await page.getByRole("button", { name: "Add a photo" }).waitFor();
  await page
    .locator('.wardrobe-add input[type="file"]')
    .setInputFiles({ name: "mine.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo") });
  await until(async () => (await page.locator(".wardrobe-trouble").innerText()) !== "", "a word about it");
  await context.close();
});

async function inTwoColours(page) {
  for (const { garment_id } of await garmentsOf(page, { categories: ["tops"] }, 20)) {
    const { variants } = await (await page.request.get(`${BASE}/v1/garments/${garment_id}`)).json();
    const colours = [...new Set(variants.map(({ colour }) => colour))].slice(0, 2);
    if (colours.length === 2) return { garment_id, colours };
  }
  throw new Error("no top in two colours");
}

test("a garment owned in two colours is removed in both, and this is said before", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await openDeck(page);
  const device_id = await deviceOf(page);
  const { garment_id, colours } = await inTwoColours(page);
  const owns = (colour) => ({ event_id: crypto.randomUUID(), type: "own", device_id, garment_id, colour });
  await send(page, colours.map(owns));
  await page.goto(`${BASE}/wardrobe`);
  const pieces = page.locator(".wardrobe-piece");
  await until(async () => (await pieces.count()) === 2, "a piece for each colour");
  await page
    .getByRole("button", { name: /^Remove/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  const words = await dialog.innerText();
  assert.ok(words.includes("every colour") && colours.every((colour) => words.includes(colour)), words);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await pieces.count(), 2);
  await page
    .getByRole("button", { name: /^Remove/ })
    .first()
    .click();
  await dialog.getByRole("button", { name: "Remove all" }).click();
  await until(async () => (await pieces.count()) === 0, "an empty wardrobe");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("proportions are told once and can be switched off", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/outfits`);
  await page.locator(".outfit").first().waitFor();
  await page.locator(".proportions summary").click();
  const told = () =>
    page.waitForResponse(
      (response) => response.url().includes("/body") && response.request().method() === "PUT",
    );
  let answer = told();
  await page.getByLabel("Height in cm").fill("158");
  await page.locator("h1").click();
  assert.equal((await (await answer).json()).height_cm, 158);
  answer = told();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  assert.equal((await (await answer).json()).fit_wish, "close");
  answer = told();
  await page.getByRole("switch").click();
  assert.equal((await (await answer).json()).proportions, false);
  await page.reload();
  await page.getByRole("switch").waitFor();
  assert.equal(await page.getByRole("switch").isChecked(), false, "it is remembered");
  assert.deepEqual(complaints, []);
  await context.close();
});
