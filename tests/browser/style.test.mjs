// Styles over several visits: which there are, how they moved, and that cards name them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  beKnown,
  beShopper,
  eventsOf,
  freshPage,
  garmentsOf,
  BASE,
  PHONE,
  launch,
  newShopper,
  openDeck,
  send,
  swipe,
  until,
  visit,
  who,
  widthOf,
} from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const PER_VISIT = 8;

// Two kinds of garments that nobody takes for one taste.
async function twoTastes(page) {
  const { categories, departments } = await (await page.request.get(`${BASE}/v1/facets`)).json();
  const department = departments[0].value;
  const tastes = [];
  for (const { value } of categories) {
    const items = await garmentsOf(page, { categories: [value], departments: [department] }, PER_VISIT);
    const fresh = items.filter(
      ({ garment_id }) => !tastes.flat().some((item) => item.garment_id === garment_id),
    );
    if (fresh.length === PER_VISIT) tastes.push(fresh);
    if (tastes.length === 2) return tastes;
  }
  throw new Error("the shop has no two kinds of garments");
}

// Comes as a shopper of visits, given as [days ago, which taste].
async function comeAs(page, shopperId, visits) {
  const tastes = await twoTastes(page);
  for (const [daysAgo, taste] of visits) await send(page, visit(who(shopperId), daysAgo, tastes[taste]));
  await beShopper(page, shopperId);
  await beKnown(page);
  const answer = await page.request.get(`${BASE}/v1/shoppers/${shopperId}/style`);
  return answer.json();
}

async function modeNames(page) {
  const names = await page.locator(".mode h3").allInnerTexts();
  return names.map((words) => words.replaceAll("\u00a0", " "));
}

for (const [name, options] of [
  ["desktop", {}],
  ["phone", PHONE],
]) {
  test(`visits of past days become styles and points of a chart, ${name}`, async () => {
    const { context, page, complaints } = await freshPage(browser, options);
    const style = await comeAs(page, newShopper(`styles-${name}`), [
      [9, 0],
      [6, 0],
      [2, 1],
    ]);
    assert.equal(style.drift.length, 3);
    assert.ok(style.modes.length >= 1);
    await page.goto(`${BASE}/style`);
    await page.locator(".mode").first().waitFor();

    assert.deepEqual(
      await modeNames(page),
      style.modes.map((mode) => mode.name),
    );
    const shares = await page.locator(".mode .share > span:last-child").allInnerTexts();
    assert.ok(shares[0].startsWith(`${Math.round(style.modes[0].share * 100)}%`), shares[0]);
    assert.equal(
      await page.locator(".mode").first().locator(".exemplars a").count(),
      style.modes[0].exemplars.length,
    );
    assert.equal(
      await page.getByText("Not confirmed yet.").count(),
      style.modes.filter(({ tentative }) => tentative).length,
    );

    assert.equal(await page.locator(".drift-visit").count(), 3);
    const slider = page.getByRole("slider", { name: /Visit/ });
    await slider.focus();
    await page.keyboard.press("Home");
    assert.match(await page.locator(".drift figcaption").innerText(), /A new style started/);
    assert.match(await slider.getAttribute("aria-valuetext"), /A new style started/);
    await page.keyboard.press("ArrowRight");
    const second = await page.locator(".drift figcaption span").innerText();
    assert.ok((await slider.getAttribute("aria-valuetext")).includes(second));
    await page.getByText("All 3 visits as a list").click();
    const rows = await page.locator(".drift-list li").allInnerTexts();
    assert.equal(rows.length, 3);
    assert.match(rows[2], /A new style started/);
    const wide = (await widthOf(page)) - page.viewportSize().width;
    assert.ok(wide <= 0, `${wide} px too wide`);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a pointer on the chart takes the visit beneath it", async () => {
  const { context, page } = await freshPage(browser);
  await comeAs(page, newShopper("styles-pointer"), [
    [9, 0],
    [6, 0],
    [2, 1],
  ]);
  await page.goto(`${BASE}/style`);
  const plot = page.locator(".drift-paper svg");
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  for (const [share, place] of [
    [0, 0],
    [0.5, 1],
    [1, 2],
  ]) {
    await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
    assert.equal(await page.getByRole("slider", { name: /Visit/ }).inputValue(), String(place));
  }
  await context.close();
});

test("a first visit is shown while it runs, before there is a style", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await openDeck(page);
  for (let i = 0; i < 3; i += 1) await swipe(page, "ArrowRight");
  await page.getByRole("link", { name: "My style" }).click();
  await page.getByRole("heading", { name: "This visit" }).waitFor();
  assert.match(await page.locator(".mode").innerText(), /3 signals so far/);
  assert.equal(await page.locator(".mode .exemplars a").count(), 3);
  assert.equal(await page.locator(".drift").count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("every card of the feed says why", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await comeAs(page, newShopper("styles-why"), [
    [9, 0],
    [8, 1],
    [6, 0],
    [5, 1],
  ]);
  await page.goto(BASE);
  const cards = page.locator(".garment-card[data-item]");
  await cards.first().waitFor();
  const silent = await cards.evaluateAll(
    (all) => all.filter((card) => !card.querySelector(".reason, .reasons li")?.textContent.trim()).length,
  );
  assert.equal(silent, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

// The server names a style only for shoppers with several that count, and a click may already rename it, which a small
// shop cannot guarantee: both answers are fixed here.
test("a garment that matches a style says which, and links to it", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const style = await comeAs(page, newShopper("styles-named"), [[9, 0]]);
  const { name, share } = style.modes[0];
  await page.route("**/v1/recommendations", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    for (const item of answer.items)
      item.reasons = [{ code: "style_likes_terms", args: { style: name }, text: `“${name}” likes linen` }];
    await route.fulfill({ response, json: answer });
  });
  await page.route("**/v1/shoppers/*/style?*", (route) => route.fulfill({ json: style }));
  await page.goto(BASE);
  const card = page.locator(".garment-card[data-item]").nth(1);
  assert.equal(await card.locator(".reason").innerText(), `“${name}” likes linen`);
  await card.locator(".tile").click();
  await page.locator(".why-mode").waitFor();
  const words = await page.locator(".why-mode").innerText();
  assert.equal(words, `It matches your style ${name}, ${Math.round(share * 100)}% of your taste now.`);
  await page.locator(".why-mode a").click();
  await page.locator(".mode h3").first().waitFor();
  assert.deepEqual(await modeNames(page), [name]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the browser's time zone goes with events and with what is asked", async () => {
  const { context, page, complaints } = await freshPage(browser, { timezoneId: "Asia/Tokyo" });
  const sent = eventsOf(page);
  const asked = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/v1/recommendations")) asked.push(JSON.parse(request.postData()));
  });
  await openDeck(page);
  await swipe(page, "ArrowRight");
  await until(() => sent.find(({ type }) => type === "like"), "the like");
  assert.ok(sent.every((event) => event.context.time_zone === "Asia/Tokyo"));
  assert.ok(asked.length > 0);
  assert.ok(asked.every((body) => body.context.time_zone === "Asia/Tokyo"));
  assert.deepEqual(complaints, []);
  await context.close();
});
