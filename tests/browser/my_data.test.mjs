// What is stored about a shopper: seen, downloaded, allowed or not, deleted.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import {
  beKnown,
  beShopper,
  deviceOf,
  freshPage,
  garmentsOf,
  BASE,
  launch,
  newShopper,
  send,
  until,
  visit,
  who,
} from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const LIKES = 40;

// A shopper with a card, two visits and more events than one page holds.
async function comeAs(page, shopperId) {
  const ada = { ...who(shopperId), loyalty_id: `card-of-${shopperId}` };
  const items = await garmentsOf(page, {}, LIKES);
  await send(page, [
    ...visit(ada, 3, items.slice(0, LIKES - 3)),
    ...visit(ada, 1, items.slice(LIKES - 3)),
    {
      event_id: `search-${shopperId}`,
      type: "search",
      ...ada,
      query: "a coat for the rain",
      occurred_at: new Date(Date.now() - 3_600_000).toISOString(),
    },
  ]);
  await beShopper(page, shopperId);
  await beKnown(page);
  await page.goto(`${BASE}/my-data`);
  await page.getByRole("heading", { level: 1, name: "Your data" }).waitFor();
  return items;
}

async function heldOn(page, shopperId) {
  return page.request.get(`${BASE}/v1/shoppers/${shopperId}/export`);
}

test("names, why they are one, numbers and events stand there, newest first", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const shopper = newShopper("held-seen");
  const items = await comeAs(page, shopper);
  const held = await (await heldOn(page, shopper)).json();
  const names = await page.locator(".names").innerText();
  for (const words of [held.identity.person, shopper, `card-of-${shopper}`, "Loyalty card"])
    assert.ok(names.includes(words), `${words} in ${names}`);
  const why = await page.locator(".links").innerText();
  assert.match(why, /came in one event, so they are one person/);
  assert.doesNotMatch(why, /\d{4}-\d{2}-\d{2}T/);
  const figures = await page.locator(".figures").innerText();
  assert.match(figures, new RegExp(`\\b${held.style.likes}\\b`));

  const told = page.locator(".doings summary");
  assert.match(await told.first().innerText(), /You searched for “a coat for the rain”/);
  const latest = items.at(-1);
  await told
    .filter({ hasText: `You liked ${latest.title} in ${latest.colour}` })
    .first()
    .waitFor();
  assert.equal(await told.count(), 30);
  await page.getByRole("button", { name: "Show more" }).click();
  await until(async () => (await told.count()) === LIKES + 1, "all events");
  assert.equal(await page.getByRole("button", { name: "Show more" }).count(), 0);
  await told.first().click();
  assert.match(
    await page.locator(".doings details[open] pre").innerText(),
    new RegExp(`"search-${shopper}"`),
  );
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the whole goes into a file", async () => {
  const { context, page, complaints } = await freshPage(browser, { acceptDownloads: true });
  const shopper = newShopper("held-taken");
  await comeAs(page, shopper);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download everything" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "my-data.json");
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.ok(file.identity.identifiers.some(({ id }) => id === shopper));
  assert.equal(file.events.filter(({ event }) => event.type === "like").length, LIKES);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("consents are events; without one for a style there is none", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const shopper = newShopper("held-agreed");
  await comeAs(page, shopper);
  const identity = async () => (await (await heldOn(page, shopper)).json()).identity;
  const training = page.getByRole("switch", { name: "Use my data to train models" });
  assert.ok(await training.isChecked());
  await training.focus();
  await page.keyboard.press("Space");
  await until(async () => (await identity()).training === false, "the refusal");
  assert.equal((await identity()).personalisation, true);
  await page.locator(".doings summary", { hasText: "You refused training with your data" }).waitFor();
  assert.ok(!(await training.isChecked()));

  const personal = page.getByRole("switch", { name: "Keep a style profile" });
  await personal.click();
  await page.getByRole("button", { name: "Cancel" }).click();
  assert.ok(await personal.isChecked());
  assert.equal((await identity()).personalisation, true);
  await personal.click();
  await page.getByRole("button", { name: "Delete profile" }).click();
  await until(async () => (await identity()).personalisation === false, "the withdrawal");
  await until(async () => !(await personal.isChecked()), "the switch");
  assert.equal((await (await heldOn(page, shopper)).json()).style.signals, 0);
  await page.reload();
  await personal.waitFor();
  assert.ok(!(await personal.isChecked()));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("erased, nothing is held, and the page says so", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await beKnown(page);
  await page.goto(`${BASE}/my-data`);
  await page.getByRole("heading", { level: 1, name: "No data about you" }).waitFor();
  const device = await deviceOf(page);
  const items = await garmentsOf(page, {}, 3);
  await send(page, visit({ device_id: device }, 1, items));
  await page.reload();
  await page.locator(".doings summary").first().waitFor();
  await page.getByRole("button", { name: "Delete my data" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { level: 1, name: "No data about you" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.equal((await page.request.get(`${BASE}/v1/shoppers/${device}/export?kind=device`)).status(), 404);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a shop that gives it to its own staff only says where to ask, with the shopper's identifier", async () => {
  const { context, page } = await freshPage(browser);
  await page.route(/\/export\?/, (route) =>
    route.fulfill({ status: 401, contentType: "application/problem+json", body: '{"status":401}' }),
  );
  await page.goto(`${BASE}/my-data`);
  await page.getByRole("heading", { level: 1, name: "Available on request" }).waitFor();
  assert.ok((await page.locator("main").innerText()).includes(await deviceOf(page)));
  await context.close();
});
