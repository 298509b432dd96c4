// Words, photos and limits.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { beKnown, eventsOf, freshPage, BASE, launch, until } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

async function found(page) {
  await page.locator('.results[aria-busy="false"] .garment-card[data-item]').first().waitFor();
  return page
    .locator(".results .garment-card[data-item]")
    .evaluateAll((cards) => cards.map((card) => card.dataset.item));
}

async function anyGarment(page) {
  const answer = await page.request.post(`${BASE}/v1/recommendations`, {
    data: { shopper_id: "browser-test", count: 5 },
  });
  return (await answer.json()).items.find(({ image }) => image !== "");
}

test("words find garments, and the search is told", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  const { title } = await anyGarment(page);
  await page.goto(`${BASE}/search`);
  const box = page.getByRole("searchbox", { name: "Describe what you are looking for" });
  await box.fill(title);
  await box.press("Enter");
  await page.waitForURL(/q=/);
  const keys = await found(page);
  assert.ok(keys.length > 0);
  const titles = await page.locator(".results .garment-card h3").allInnerTexts();
  assert.ok(titles.slice(0, 10).includes(title), `${title} among ${titles.slice(0, 10).join(", ")}`);
  const search = await until(() => sent.find(({ type }) => type === "search"), "the search event");
  assert.equal(search.query, title);
  await page.goBack();
  await page.waitForFunction(() => !location.search);
  assert.equal(await box.inputValue(), "");
  assert.deepEqual(complaints, []);
  await context.close();
});

// What a phone would hold of a garment: the drawn shop's pictures are vectors, and shoppers send photos.
async function asPhoto(page, image) {
  const url = await page.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 480, height: 600 });
    canvas.getContext("2d").drawImage(picture, 0, 0, 480, 600);
    return canvas.toDataURL("image/jpeg", 0.92);
  }, image);
  return Buffer.from(url.split(",")[1], "base64");
}

test("a garment's own photo finds it", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const { garment_id, image } = await anyGarment(page);
  await page.goto(`${BASE}/search`);
  const photo = await asPhoto(page, image);
  const answered = page.waitForResponse((response) => response.url().includes("/v1/search/photo"));
  await page.locator("input[type=file]").setInputFiles({
    name: "photo.jpg",
    mimeType: "image/jpeg",
    buffer: photo,
  });
  assert.equal((await answered).status(), 200);
  await page.getByRole("img", { name: "The photo you search with" }).waitFor();
  const keys = await found(page);
  assert.ok(
    keys.slice(0, 12).some((key) => key.startsWith(`${garment_id}|`)),
    `${garment_id} among ${keys.slice(0, 12)}`,
  );
  await page.getByRole("button", { name: "Search without the photo" }).click();
  await page.getByRole("checkbox").first().waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a file that is not a photo is refused with a message, and the page keeps working", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/search`);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "x.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a photo") });
  await page.getByRole("alert").filter({ hasText: "not a photo" }).waitFor();
  assert.ok((await found(page)).length > 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("limits narrow the answer and can be cleared", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/search`);
  const all = await found(page);
  const narrowed = page.waitForRequest(
    (request) => request.url().includes("/v1/") && (request.postData() ?? "").includes('"colours":["'),
  );
  await page.locator('.choice[data-look="swatches"] input').first().check();
  const colour = JSON.parse((await narrowed).postData()).filter.colours[0];
  const some = await found(page);
  assert.ok(colour);
  assert.notDeepEqual(some, all);
  await page.getByRole("button", { name: "Clear all" }).click();
  await page.waitForFunction(() => !document.querySelector(".choice input:checked"));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a price limit goes with the others when all are cleared", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/search`);
  await found(page);
  const slider = page.locator("#price-limit");
  await slider.focus();
  await page.keyboard.press("Home");
  await page.locator(".price-limit b", { hasText: "up to" }).waitFor();
  await page.getByRole("button", { name: "Clear all" }).click();
  await page.locator(".price-limit b", { hasText: "any" }).waitFor();
  await slider.focus();
  await slider.blur();
  assert.equal(await page.getByRole("button", { name: "Clear all" }).count(), 0, "no limit is set again");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a search with more than one page goes on, each garment once", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${BASE}/search?q=shirt`);
  const first = await found(page);
  assert.equal(await page.locator(".results-count").innerText(), `The best ${first.length}`);
  await page.getByRole("button", { name: "Show more" }).click();
  await page.waitForFunction(
    (count) => document.querySelectorAll(".garment-card[data-item]").length > count,
    first.length,
  );
  const all = await found(page);
  assert.deepEqual(all.slice(0, first.length), first);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a garment that is gone has a heading, the focus and a title of its own", async () => {
  const { context, page } = await freshPage(browser);
  await page.goto(`${BASE}/search`);
  await found(page);
  await page.route("**/v1/garments/*", (route) =>
    route.fulfill({ status: 404, contentType: "application/problem+json", body: '{"detail":"gone"}' }),
  );
  await page.locator(".garment-card .tile").first().click();
  await page.getByRole("heading", { level: 1, name: "No longer available" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.match(await page.title(), /^Garment · /);
  await context.close();
});

test("a garment's page shows colours, sizes, why, similar items; the bag and the dwell are told", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await beKnown(page);
  const sent = eventsOf(page);
  // Of the feed, the first that comes in sizes: a bag or a watch has none to choose.
  const answered = page.waitForResponse((response) => response.url().includes("/v1/recommendations"));
  await page.goto(BASE);
  const { items } = await (await answered).json();
  const sized = items.find(({ sizes_in_stock }) => sizes_in_stock.length > 1);
  assert.ok(sized, "a garment in sizes");
  await page.locator(`.garment-card[data-item="${sized.garment_id}|${sized.colour}"] .tile`).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("heading", { name: /Why you see it|A guess/ }).waitFor();
  await page.locator(".similar .garment-card[data-item]").first().waitFor();
  const size = page.locator(".size input:enabled").first();
  await page.getByRole("button", { name: "Add to bag" }).click();
  assert.match(await page.locator(".size-note").innerText(), /size/);
  await size.check();
  await page.getByRole("button", { name: "Add to bag" }).click();
  await page.locator('.toast[data-shown="true"]').waitFor();
  await page.waitForTimeout(400);
  await page.getByRole("link", { name: "My style" }).click();
  await page.locator(".style .page-head").waitFor();
  const cart = await until(() => sent.find(({ type }) => type === "add_to_cart"), "the cart event");
  assert.ok(cart.sku && cart.request_id && cart.price >= 0);
  const view = await until(() => sent.find(({ type }) => type === "product_view"), "the view event");
  assert.ok(view.dwell_ms >= 300 && view.request_id, JSON.stringify(view));
  assert.ok(sent.some(({ type }) => type === "click"));
  assert.deepEqual(complaints, []);
  await context.close();
});
