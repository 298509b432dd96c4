// A server that goes away: the page says so, keeps what was done, and recovers by itself.
import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { after, before, test } from "node:test";

import { deviceOf, freshPage, BASE, launch, openDeck, styleOf } from "./browser.mjs";

// A door before the server that can be shut and opened, so that the test needs not own the server's process.
class Door {
  constructor(target) {
    this.target = new URL(target);
    this.sockets = new Set();
  }

  async open(port = 0) {
    this.server = createServer((socket) => {
      const behind = connect(Number(this.target.port), this.target.hostname);
      for (const end of [socket, behind]) {
        this.sockets.add(end);
        end
          .on("error", () => undefined)
          .on("close", () => (this.sockets.delete(end), socket.destroy(), behind.destroy()));
      }
      socket.pipe(behind).pipe(socket);
    });
    await new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    return `http://127.0.0.1:${this.port}`;
  }

  async shut() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }
}

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the server goes, swipes are kept over a reload, and are sent when it is back", async () => {
  const door = new Door(BASE);
  const base = await door.open();
  const { context, page } = await freshPage(browser);
  await page.goto(`${base}/swipe`);
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  await page.waitForLoadState("networkidle");

  await door.shut();
  await page.keyboard.press("ArrowRight");
  await page.getByText("The shop can’t be reached").waitFor();
  await page.keyboard.press("ArrowLeft");
  const kept = await page.evaluate(() =>
    JSON.parse(localStorage.getItem("modiste.events")).map(({ type }) => type),
  );
  assert.deepEqual(
    kept.filter((type) => type !== "impression"),
    ["like", "pass"],
  );

  await door.open(door.port);
  await page.locator('.away[data-away="false"]').waitFor({ state: "attached", timeout: 15_000 });
  await page.waitForFunction(
    () => JSON.parse(localStorage.getItem("modiste.events")).every(({ type }) => type === "impression"),
    null,
    { timeout: 15_000 },
  );
  const style = await (await styleOf(page, await deviceOf(page))).json();
  assert.equal(style.likes, 1);
  assert.equal(style.passes, 1);
  await context.close();
  await door.shut();
});

test("events that a reload finds unsent are sent then, once", async () => {
  const { context, page } = await freshPage(browser);
  await openDeck(page);
  await page.waitForLoadState("networkidle");
  await page.route("**/v1/events", (route) => route.abort());
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(200);
  await page.unroute("**/v1/events");
  await page.reload();
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  await page.waitForFunction(() =>
    JSON.parse(localStorage.getItem("modiste.events") ?? "[]").every(({ type }) => type === "impression"),
  );
  const style = await (await styleOf(page, await deviceOf(page))).json();
  assert.equal(style.likes, 1);
  await context.close();
});

test("a page opened while the server is away fills itself when it is back", async () => {
  const door = new Door(BASE);
  const base = await door.open();
  const { context, page } = await freshPage(browser);
  await page.goto(`${base}/search`);
  await page.locator(".garment-card[data-item]").first().waitFor();
  await door.shut();
  await page.getByRole("link", { name: "For you" }).click();
  await page.locator('.away[data-away="true"]').waitFor();
  await door.open(door.port);
  await page.locator('.away[data-away="false"]').waitFor({ state: "attached", timeout: 15_000 });
  await page.locator(".welcome .photo img, .garment-card[data-item]").first().waitFor({ timeout: 15_000 });
  await context.close();
  await door.shut();
});

test("a deck that runs out while the server is away waits for it", async () => {
  const door = new Door(BASE);
  const base = await door.open();
  const { context, page } = await freshPage(browser);
  await page.goto(`${base}/swipe`);
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
  await page.waitForLoadState("networkidle");
  await door.shut();
  for (let i = 0; i < 8; i += 1) await page.keyboard.press("ArrowLeft");
  await page.locator(".deck").getByText("This page continues").waitFor();
  assert.equal(await page.getByText("You have seen everything").count(), 0);
  await door.open(door.port);
  await page.locator('.swipe-card[data-depth="0"]').waitFor({ timeout: 15_000 });
  await context.close();
  await door.shut();
});

test("a busy shop is waited for as long as it asks, and is not called unreachable", async () => {
  const { context, page } = await freshPage(browser);
  const asked = [];
  await page.route("**/v1/recommendations", (route) => {
    asked.push(Date.now());
    if (asked.length > 1) return route.continue();
    return route.fulfill({ status: 503, headers: { "retry-after": "3" }, json: { status: 503 } });
  });
  await page.goto(`${BASE}/search`);
  await page.getByText("too much to do").waitFor();
  assert.equal(await page.locator('.away[data-away="true"]').count(), 0);
  await page.locator(".garment-card[data-item]").first().waitFor({ timeout: 15_000 });
  assert.ok(asked[1] - asked[0] >= 3_000, `asked again after ${asked[1] - asked[0]} ms`);
  await context.close();
});
