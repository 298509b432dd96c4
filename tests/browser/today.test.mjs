// The looks of the day: by day until 14:59, for the evening from 15:00; the bench of the last mile.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { BASE, eventsOf, freshPage, launch, until } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const ZONE = { timezoneId: "America/Los_Angeles" };

// The page at a time of the shopper's own clock; that of Los Angeles in November is eight hours behind UTC.
async function todayAt(clock) {
  const opened = await freshPage(browser, ZONE);
  await opened.page.clock.setFixedTime(new Date(`2026-11-21T${clock}:00-08:00`));
  const answered = opened.page.waitForResponse((response) => response.url().endsWith("/v1/looks"));
  await opened.page.goto(`${BASE}/today`);
  const asked = (await answered).request().postDataJSON();
  await opened.page.locator(".today-look").first().waitFor();
  return { ...opened, asked };
}

const pressed = (page) => page.locator('.today-parts button[aria-pressed="true"]').innerText();
const looksOf = (page) =>
  page
    .locator(".today-look")
    .evaluateAll((all) =>
      all.map(({ dataset }) => ({ id: dataset.look, evening: dataset.evening === "true" })),
    );

test("at 14:59 the looks are for the day, at 15:00 for the evening", async () => {
  const before = await todayAt("14:59");
  assert.equal(before.asked.context.local_time, "2026-11-21T14:59");
  assert.equal(before.asked.context.time_zone, "America/Los_Angeles");
  assert.equal(await pressed(before.page), "By day");
  const byDay = await looksOf(before.page);
  assert.equal(byDay.length, 3);
  assert.ok(byDay.every(({ evening }) => !evening));
  assert.match(await before.page.locator(".today-look h2").first().innerText(), /look for your afternoon$/);
  assert.deepEqual(before.complaints, []);
  await before.context.close();

  const then = await todayAt("15:00");
  assert.equal(await pressed(then.page), "This evening");
  const tonight = await looksOf(then.page);
  assert.ok(tonight.every(({ evening }) => evening));
  assert.match(await then.page.locator(".today-look h2").first().innerText(), /look for your evening$/);
  await then.page.getByRole("button", { name: "By day" }).click();
  await until(async () => (await looksOf(then.page)).every(({ evening }) => !evening), "looks for the day");
  assert.deepEqual(then.complaints, []);
  await then.context.close();
});

test("a liked look is recorded with its garments", async () => {
  const { context, page, complaints } = await todayAt("10:00");
  const events = eventsOf(page);
  const look = page.locator(".today-look").first();
  await look.getByRole("button", { name: "I like this look" }).click();
  await until(async () => events.some(({ type }) => type === "outfit_complete"), "a liked outfit");
  const event = events.find(({ type }) => type === "outfit_complete");
  assert.equal(event.outfit_id, await look.getAttribute("data-look"));
  assert.equal(event.garment_ids.length, await look.locator(".outfit-piece").count());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the bench shows each of the five steps, and the hour changes the first", async () => {
  const { context, page, complaints } = await freshPage(browser, ZONE);
  await page.goto(`${BASE}/last-mile`);
  await page.locator(".mile-step").first().waitFor();
  const steps = await page.locator(".mile-step").evaluateAll((all) => all.map(({ dataset }) => dataset.step));
  assert.deepEqual(steps, ["time", "veto", "liking", "traits", "ties"]);
  const first = () =>
    page.locator('.mile-step[data-step="time"] .mile-look').first().getAttribute("data-evening");
  await page.getByLabel("Local time").fill("14:59");
  await until(async () => (await first()) === "false", "a day look first");
  await page.getByLabel("Local time").fill("15:00");
  await until(async () => (await first()) === "true", "an evening look first");
  assert.match(await page.locator(".mile-source code").innerText(), /^\d{8}_\w+_\w+$/);
  assert.deepEqual(complaints, []);
  await context.close();
});
