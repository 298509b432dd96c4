// The path the product is for: six answers, twenty swipes, and a page that has changed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  beKnown,
  deviceOf,
  eventsOf,
  feedItems,
  freshPage,
  BASE,
  launch,
  openDeck,
  shownItems,
  styleOf,
  swipe,
  topCard,
  until,
} from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

async function answerQuiz(page) {
  await page.getByRole("link", { name: "Start" }).click();
  for (let step = 1; step <= 12; step += 1) {
    await page.locator(`.seam p:has-text("${step} /")`).waitFor();
    const options = page.locator(".option input");
    for (let i = 0; i < Math.min(2, await options.count()); i += 1) await options.nth(i).check();
    const last = (await page.getByRole("button", { name: "Show me" }).count()) > 0;
    await page.locator(".quiz-doors [type=submit]").click();
    if (last) return step;
  }
  throw new Error("the quiz does not end");
}

test("quiz, then twenty swipes, and the feed is another one", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  await page.goto(BASE);
  const steps = await answerQuiz(page);
  assert.ok(steps >= 5, `a quiz of ${steps} steps`);
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  assert.equal(new URL(page.url()).pathname, "/swipe");
  const quiz = sent.find(({ type }) => type === "quiz");
  assert.ok(quiz && Object.keys(quiz.quiz).length >= 4, "the answers were sent");

  const feedBefore = await feedItems(page);
  await openDeck(page);
  for (let i = 0; i < 20; i += 1) await swipe(page, i % 4 === 3 ? "ArrowLeft" : "ArrowRight");
  await page.getByRole("link", { name: "For you" }).click();
  const feedAfter = await shownItems(page);

  const acts = sent.filter(({ type }) => type === "like" || type === "pass");
  assert.equal(acts.length, 20);
  assert.ok(
    acts.every(({ request_id, garment_id, colour }) => request_id && garment_id && colour !== undefined),
  );
  assert.notDeepEqual(feedAfter.slice(0, 12), feedBefore.slice(0, 12));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("each swipe says what was learned, and My style shows it", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await openDeck(page);
  for (let i = 0; i < 4; i += 1) await swipe(page, "ArrowRight");
  await page.locator(".lessons li").first().waitFor();
  assert.match(await page.locator(".lessons").innerText(), /\+/);
  assert.match(await page.locator(".learned-count").innerText(), /4 signals/);
  await page.getByRole("link", { name: "My style" }).click();
  await page.locator(".affinity").first().waitFor();
  assert.match(await page.locator(".style .lede").innerText(), /4 likes/);
  assert.equal(await page.locator(".liked .garment-card").count(), 4);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a swipe changes the cards that follow before the next decision", async () => {
  const { context, page } = await freshPage(browser);
  await openDeck(page);
  const seen = new Set();
  for (let i = 0; i < 6; i += 1) {
    const top = await topCard(page);
    assert.ok(!seen.has(top), `${top} came twice in a row of six`);
    seen.add(top);
    await swipe(page, i % 2 ? "ArrowLeft" : "ArrowRight");
  }
  await context.close();
});

test("undo brings the card back and takes the event back", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  await openDeck(page);
  const first = await topCard(page);
  await swipe(page, "ArrowRight");
  const second = await topCard(page);
  assert.notEqual(second, first);
  await swipe(page, "z");
  assert.equal(await topCard(page), first);
  const like = sent.find(({ type }) => type === "like");
  const undo = sent.find(({ type }) => type === "undo");
  assert.equal(undo.undoes, like.event_id);
  await page.waitForFunction(() => !document.querySelector(".learned-count"));
  assert.ok(await page.getByRole("button", { name: "Undo" }).isDisabled());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what was truly seen is told, once, with its place and propensity", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await beKnown(page);
  const sent = eventsOf(page);
  const shown = await feedItems(page);
  const told = () => sent.filter(({ type }) => type === "impression").flatMap(({ items }) => items);
  await until(() => told().length > 0, "the first impressions");
  await page.waitForTimeout(2_000);
  const atFirst = told().length;
  assert.ok(atFirst < shown.length, `${atFirst} of ${shown.length} told before scrolling`);
  await page.locator(".garment-card[data-item]").nth(11).scrollIntoViewIfNeeded();
  await until(() => told().length > atFirst, "more impressions after scrolling");
  const keys = told().map(({ garment_id, colour }) => `${garment_id}|${colour}`);
  assert.equal(new Set(keys).size, keys.length, "nothing is told twice");
  for (const item of told()) {
    assert.ok(Number.isInteger(item.position) && item.position >= 0);
    assert.ok(item.propensity > 0 && item.propensity <= 1);
  }
  assert.ok(sent.filter(({ type }) => type === "impression").every(({ request_id }) => request_id));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("deleting my data erases the shopper and starts from zero", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await openDeck(page);
  const device = await deviceOf(page);
  await swipe(page, "ArrowRight");
  const other = await context.newPage();
  await other.goto(`${BASE}/style`);
  await other.getByText("Based on 1 like").waitFor();
  await page.getByRole("link", { name: "My style" }).click();
  await page.getByRole("link", { name: "Your data" }).click();
  await page.getByRole("button", { name: "Delete my data" }).click();
  const erased = page.waitForResponse((response) => response.request().method() === "DELETE");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  assert.equal((await erased).status(), 204);
  await page.getByRole("heading", { name: "No data about you" }).waitFor();
  assert.notEqual(await deviceOf(page), device);
  await other.getByText("Nothing has been learned yet").waitFor(); // another tab forgets too
  assert.notEqual(await deviceOf(other), device);
  const style = await styleOf(page, device);
  assert.ok(style.status() === 404 || (await style.json()).signals === 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
