// What a shopper says of themselves: what they never want to see, what they liked, what they dress for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  BASE,
  deviceOf,
  eventsOf,
  feedItems,
  freshPage,
  launch,
  openDeck,
  shownItems,
  styleOf,
  swipe,
  until,
} from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("a veto of My style holds in the feed until it is taken back", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await openDeck(page);
  for (let i = 0; i < 3; i += 1) await swipe(page, "ArrowRight");
  await page.goto(`${BASE}/style`);
  await page.locator(".vetoes summary").click();
  const choice = page.locator(".veto-choice fieldset").first().locator("button").first();
  const kind = (await choice.innerText()).trim();
  await choice.click();
  await page.locator(".vetoes ul button").waitFor();
  const mine = await deviceOf(page);
  const { vetoes } = await (await styleOf(page, mine)).json();
  assert.equal(vetoes.categories.length, 1);
  const vetoed = await page.request.post(`${BASE}/v1/recommendations`, {
    data: { device_id: mine, count: 20, filter: { categories: vetoes.categories } },
  });
  assert.deepEqual((await vetoed.json()).items, [], `nothing of ${kind} is shown`);
  assert.ok((await feedItems(page)).length > 0);

  await page.goto(`${BASE}/style`);
  await page.locator(".vetoes ul button").click();
  await page.locator(".vetoes ul").waitFor({ state: "detached" });
  assert.deepEqual((await (await styleOf(page, mine)).json()).vetoes.categories, []);
  assert.deepEqual(complaints, []);
  await context.close();
});

async function toLastQuestion(page) {
  for (;;) {
    await page.locator(".quiz-question").waitFor();
    if ((await page.getByRole("button", { name: "Show me" }).count()) > 0) return;
    const question = await page.locator(".quiz-question").innerText();
    await page.locator(".quiz-doors [type=submit]").click();
    await page.waitForFunction(
      (old) => document.querySelector(".quiz-question")?.textContent !== old,
      question,
    );
  }
}

test("the shopper's own words fill in the quiz", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  await page.goto(`${BASE}/quiz`);
  await page
    .getByLabel("In your own words")
    .fill("Women's, minimal, black and navy. I love dresses, never leather. Up to 90.");
  await page.getByRole("button", { name: "Fill in the quiz" }).click();
  await page.getByText("filled in").waitFor();
  await page.getByRole("checkbox", { name: "Women", exact: true, checked: true }).waitFor();
  await toLastQuestion(page);
  await page.locator(".quiz-doors [type=submit]").click();
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  const { quiz } = sent.find(({ type }) => type === "quiz");
  assert.deepEqual(quiz.departments, ["women"]);
  assert.deepEqual(quiz.colours, ["black", "navy"]);
  assert.deepEqual(quiz.styles, ["minimal"]);
  assert.deepEqual(quiz.vetoes.fabrics, ["leather"]);
  assert.equal(quiz.budget_max, 90);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the quiz keeps what was vetoed before it, whatever is described", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  await page.goto(`${BASE}/style`);
  await page.locator(".vetoes summary").click();
  await page.locator(".veto-choice fieldset").first().locator("button").first().click();
  await page.locator(".vetoes ul button").waitFor();
  const stated = (await (await styleOf(page, await deviceOf(page))).json()).vetoes.categories;
  await page.goto(`${BASE}/quiz`);
  await page.getByLabel("In your own words").fill("Never leather.");
  await page.getByRole("button", { name: "Fill in the quiz" }).click();
  await page.getByText("filled in").waitFor();
  await toLastQuestion(page);
  await page.locator(".veto-choice").waitFor();
  await page.locator(".quiz-doors [type=submit]").click();
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  const { quiz } = sent.find(({ type }) => type === "quiz");
  assert.deepEqual(quiz.vetoes.categories, stated);
  assert.deepEqual(quiz.vetoes.fabrics, ["leather"]);
  await page.goto(`${BASE}/style`);
  await page.getByText("Based on your answers to the quiz.").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the quiz asks for vetoes and sends them", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  await page.goto(`${BASE}/quiz`);
  await toLastQuestion(page);
  const fabrics = page.locator(".veto-choice fieldset").filter({ hasText: "Fabrics" });
  await fabrics.locator("button").first().click();
  assert.equal(await fabrics.locator('button[aria-pressed="true"]').count(), 1);
  await page.locator(".quiz-doors [type=submit]").click();
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  const quiz = sent.find(({ type }) => type === "quiz");
  assert.equal(quiz.quiz.vetoes.fabrics.length, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what was liked is listed and not in the feed", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  await openDeck(page);
  for (let i = 0; i < 5; i += 1) await swipe(page, "ArrowRight");
  await page.goto(`${BASE}/liked`);
  const liked = await shownItems(page);
  const likes = sent.filter(({ type }) => type === "like");
  assert.deepEqual(liked, likes.map(({ garment_id, colour }) => `${garment_id}|${colour}`).reverse());
  assert.equal(await page.locator('.heart[aria-pressed="true"]').count(), liked.length);
  const garments = new Set(likes.map(({ garment_id }) => garment_id));
  const feed = await feedItems(page);
  assert.deepEqual(
    feed.filter((key) => garments.has(key.split("|")[0])),
    [],
  );
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the feed is for the occasion and weather that the shopper names, and says so", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await openDeck(page);
  await swipe(page, "ArrowRight");
  await page.goto(`${BASE}/`);
  await shownItems(page);
  const told = page.locator(".situation-told");
  await until(async () => (await told.innerText()).startsWith("Leaning towards"), "how the context is known");
  const asked = page.waitForRequest(
    (request) =>
      request.url().endsWith("/v1/recommendations") &&
      request.postDataJSON()?.context?.occasion === "wedding",
  );
  await page.getByRole("button", { name: "A wedding" }).click();
  await asked;
  await until(
    async () => (await told.innerText()).includes("a wedding, as you told us"),
    "the occasion as it was told",
  );
  await page.getByRole("button", { name: "Frost" }).click();
  await until(async () => (await told.innerText()).includes("Weather: frost, as you told us"), "the weather");
  await page.getByRole("button", { name: "A wedding" }).click();
  await until(
    async () => !(await told.innerText()).includes("wedding, as you told"),
    "the choice taken back",
  );
  assert.deepEqual(complaints, []);
  await context.close();
});

test("who passed everything reads what is known and no more", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await openDeck(page);
  for (let i = 0; i < 12; i += 1) await swipe(page, "ArrowLeft");
  await page.goto(`${BASE}/style`);
  await page.locator(".affinity").first().waitFor();
  const words = await page.locator("main").innerText();
  assert.match(words, /You passed 12 garments and liked none\. We know what you do not like: /);
  assert.match(words, /We don’t know yet what you like/);
  assert.match(words, /Typical price of what you like\s+not known yet/);
  await page.goto(`${BASE}/`);
  await shownItems(page);
  const feed = await page.locator("main").innerText();
  assert.doesNotMatch(feed, /you liked|lean to|close to|similar to what you like/i);
  assert.deepEqual(complaints, []);
  await context.close();
});
