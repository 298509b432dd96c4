// Usable by keyboard, by screen reader, on a phone, by day and by night.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  beKnown,
  eventsOf,
  freshPage,
  BASE,
  PHONE,
  launch,
  openDeck,
  topCard,
  until,
  widthOf,
} from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const PAGES = ["/", "/quiz", "/swipe", "/search", "/style", "/liked", "/my-data"];

async function openPage(page, path) {
  await page.goto(BASE + path);
  await page.locator("main h1").waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
}

function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element.getAttribute("aria-label") ?? element.innerText?.trim() ?? element.tagName;
  });
}

test("the whole path by keyboard alone", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const sent = eventsOf(page);
  await page.goto(BASE);
  await page.locator(".welcome").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Start");
  await page.keyboard.press("Enter");
  await page.locator(".quiz-question").waitFor();
  for (let last = false; !last; ) {
    last = (await page.getByRole("button", { name: "Show me" }).count()) > 0;
    const question = await page.locator(".quiz-question").innerText();
    await page.waitForFunction(
      (text) => document.activeElement?.textContent?.trim() === text.trim(),
      question,
    );
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.locator(".quiz-doors [type=submit]").focus();
    await page.keyboard.press("Enter");
    if (!last)
      await page.waitForFunction(
        (old) => document.querySelector(".quiz-question")?.textContent !== old,
        question,
      );
  }
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  const first = await topCard(page);
  const told = () => sent.map(({ type }) => type).filter((type) => type !== "impression");
  const acts = { ArrowLeft: "pass", ArrowRight: "like", ArrowUp: "save", Backspace: "undo" };
  for (const [key, act] of Object.entries(acts)) {
    await page.keyboard.press(key);
    await until(() => told().at(-1) === act, `${act} by ${key}`);
    await page.locator('.swipe-card[data-depth="0"]').waitFor();
  }
  assert.deepEqual(told(), ["quiz", "pass", "like", "save", "undo"]);
  assert.notEqual(await topCard(page), first);
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const path of PAGES) {
  test(`landmarks, names and one heading on ${path}`, async () => {
    const { context, page, complaints } = await freshPage(browser);
    if (path === "/") await beKnown(page);
    await openPage(page, path);
    if (path === "/") await page.locator(".garment-card[data-item]").first().waitFor();
    assert.equal(await page.getByRole("main").count(), 1);
    assert.equal(await page.getByRole("banner").count(), 1);
    assert.equal(await page.getByRole("navigation", { name: "Shop" }).count(), 1);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
    const shop = await page.locator(".wordmark").textContent();
    await until(async () => (await page.title()).endsWith(`· ${shop}`), "the shop's name in the title");
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll("button, a[href], input:not([type=file])")]
        .filter((element) => !element.closest("[inert], [aria-hidden=true]"))
        .filter((element) => {
          const labelled =
            element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent;
          const pictured = element.querySelector?.("img[alt]:not([alt=''])");
          return !labelled?.trim() && !pictured;
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(nameless, []);
    assert.equal(await page.locator("img:not([alt])").count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("going to a page puts the focus on its heading, and back where the reader was", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await beKnown(page);
  await page.goto(BASE);
  const card = page.locator(".garment-card[data-item]").nth(9);
  await card.scrollIntoViewIfNeeded();
  await page.waitForTimeout(200);
  const place = await page.evaluate(() => window.scrollY);
  assert.ok(place > 0);
  await card.locator(".tile").click();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await page.goBack();
  await page.locator(".garment-card[data-item]").nth(9).waitFor();
  await page.waitForTimeout(300);
  assert.ok(Math.abs((await page.evaluate(() => window.scrollY)) - place) < 40);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("new cards are said aloud", async () => {
  const { context, page } = await freshPage(browser);
  await openDeck(page);
  const said = page.locator('.swipe [role="status"]');
  const before = await said.innerText();
  assert.ok(before.length > 10);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(
    (old) => document.querySelector('.swipe [role="status"]').textContent !== old,
    before,
  );
  await context.close();
});

// Ratio of text to the nearest opaque ground behind it; text that lies on photos is left out.
function lowContrast() {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { rgb: colour.startsWith("color(") ? [r * 255, g * 255, b * 255] : [r, g, b], a };
  };
  const light = ({ rgb }) => {
    const [r, g, b] = rgb.map((v) =>
      v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.classList.contains("tile")) return null;
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a > 0.85) return colour;
    }
    return { rgb: [255, 255, 255] };
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (
      !walker.currentNode.textContent.trim() ||
      element.closest(".unseen, noscript, script, [aria-hidden=true], :disabled")
    )
      continue;
    if (!element.checkVisibility({ opacityProperty: true }) || element.closest("[inert]")) continue;
    const behind = ground(element);
    if (!behind) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (ratio < (size >= 24 ? 3 : 4.5))
      poor.add(`${walker.currentNode.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return [...poor];
}

for (const colorScheme of ["light", "dark"]) {
  test(`text can be read, ${colorScheme}`, async () => {
    const { context, page } = await freshPage(browser, { colorScheme });
    await openDeck(page);
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowRight"]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
    for (const path of ["/swipe", ...PAGES.filter((p) => p !== "/swipe")]) {
      await openPage(page, path);
      assert.deepEqual(await page.evaluate(lowContrast), [], path);
    }
    await context.close();
  });
}

test("on a phone nothing is wider than the screen and targets can be hit", async () => {
  const { context, page, complaints } = await freshPage(browser, PHONE);
  for (const path of ["/", ...PAGES]) {
    await openPage(page, path);
    const wide = (await widthOf(page)) - page.viewportSize().width;
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll(".button, .control, .heart, .icon-button, .tabs a, .size > span")]
        .filter((element) => element.checkVisibility())
        .filter((element) => element.getBoundingClientRect().height < 43.5)
        .map((element) => element.outerHTML.slice(0, 90)),
    );
    assert.deepEqual(small, [], path);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a finger drags the card: far to the right is a like, a little is nothing", async () => {
  const { context, page, complaints } = await freshPage(browser, PHONE);
  const sent = eventsOf(page);
  await openDeck(page);
  const wire = await context.newCDPSession(page);
  const box = await page.locator('.swipe-card[data-depth="0"]').boundingBox();
  const y = box.y + box.height / 2;
  const drag = async (distance) => {
    const x = box.x + box.width / 2;
    await wire.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    for (let i = 1; i <= 10; i += 1) {
      await wire.send("Input.dispatchTouchEvent", {
        type: "touchMove",
        touchPoints: [{ x: x + (distance * i) / 10, y }],
      });
      await page.waitForTimeout(16);
    }
    await page.waitForTimeout(150);
    await wire.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.waitForTimeout(700);
  };
  const first = await topCard(page);
  await drag(40);
  assert.equal(await topCard(page), first);
  await drag(170);
  await until(async () => (await topCard(page)) !== first, "the next card");
  await drag(-170);
  const acts = () => sent.filter(({ type }) => type !== "impression").map(({ type }) => type);
  await until(() => acts().length === 2, "both acts");
  assert.deepEqual(acts(), ["like", "pass"]);
  assert.deepEqual(complaints, []);
  await context.close();
});
