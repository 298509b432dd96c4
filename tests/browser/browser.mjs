// What every browser test needs: Debian's Chromium, a page that remembers its complaints, and small steps.
import { chromium } from "playwright-core";

export const BASE = process.env.MODISTE_URL ?? "http://127.0.0.1:8080";
const CHROMIUM = process.env.MODISTE_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
export const DESKTOP = { viewport: { width: 1440, height: 900 } };

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

// A fresh shopper in a fresh window. `complaints` collects console errors, page errors and refused events.
export async function freshPage(browser, options = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...DESKTOP, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    // A new shopper has no data: that answer is a 404, which Chromium reports.
    if (message.location().url.includes("/export") && message.text().includes("404")) return;
    if (message.type() === "error" || message.text().startsWith("modiste:")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { context, page, complaints };
}

// What lies on top of the deck, as "garment|colour".
export function topCard(page) {
  return page.locator('.swipe-card[data-depth="0"]:not(.swipe-leaving)').getAttribute("data-item");
}

export async function openDeck(page) {
  await page.goto(`${BASE}/swipe`);
  await page.locator('.swipe-card[data-depth="0"]').waitFor();
}

// One decision, until the answer that knows of it has been laid.
export async function swipe(page, key) {
  const styled = page.waitForResponse((response) => response.url().includes("/style") && response.ok());
  const dealt = page.waitForResponse(
    (response) => response.url().includes("/v1/recommendations") && response.ok(),
  );
  await page.keyboard.press(key);
  await Promise.all([styled, dealt]);
  await page.waitForTimeout(30);
}

// Waits until something holds, however slow the machine; answers what made it hold.
export async function until(holds, what, limitMs = 20_000) {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

// A phone zooms out to show what is too wide: its window is as wide then.
export function widthOf(page) {
  return page.evaluate(() => Math.max(innerWidth, document.documentElement.scrollWidth));
}

export function eventsOf(page) {
  const events = [];
  page.on("request", (request) => {
    if (request.method() !== "POST" || !request.url().endsWith("/v1/events")) return;
    events.push(...(JSON.parse(request.postData() ?? "{}").events ?? []));
  });
  return events;
}

// A shopper that no earlier run has used.
export function newShopper(name) {
  return `${name}-${crypto.randomUUID().slice(0, 8)}`;
}

// As this shopper, whoever that is: on the device that `who` names.
export async function beShopper(page, shopperId) {
  const answer = await page.request.post(`${BASE}/v1/devices?id=${who(shopperId).device_id}`);
  const device = await answer.json();
  await page.addInitScript((kept) => localStorage.setItem("modiste.device", JSON.stringify(kept)), device);
}

// A shopper signed in on a device of their own.
export function who(shopperId) {
  return { shopper_id: shopperId, device_id: `device-of-${shopperId}` };
}

// The device of a page, as the server knows it.
export async function deviceOf(page) {
  return page.evaluate(() => JSON.parse(localStorage.getItem("modiste.device"))?.device_id);
}

export function styleOf(page, deviceId) {
  return page.request.get(`${BASE}/v1/shoppers/${deviceId}/style?kind=device`);
}

export async function send(page, events) {
  const answer = await page.request.post(`${BASE}/v1/events`, { data: { events } });
  const report = await answer.json();
  if (answer.status() !== 202 || report.refused.length > 0) throw new Error(JSON.stringify(report));
}

// Garments of one kind, for a visit that knows what it wants.
export async function garmentsOf(page, filter, count) {
  const answer = await page.request.post(`${BASE}/v1/recommendations`, { data: { count, filter, seed: 1 } });
  return (await answer.json()).items;
}

// The likes of a visit some days ago, half a minute apart, as a person would give them.
export function visit(shopper, daysAgo, items) {
  const begun = Date.now() - daysAgo * 86_400_000;
  return items.map(({ garment_id, colour }, i) => ({
    event_id: crypto.randomUUID(),
    type: "like",
    ...shopper,
    garment_id,
    colour,
    occurred_at: new Date(begun + i * 30_000).toISOString(),
  }));
}

export async function shownItems(page) {
  await page.locator(".garment-card[data-item]").first().waitFor();
  return page
    .locator(".garment-card[data-item]")
    .evaluateAll((cards) => cards.map((card) => card.dataset.item));
}

export async function feedItems(page) {
  await page.goto(`${BASE}/`);
  return shownItems(page);
}

// As a shopper who has been here, so that "/" is the feed.
export async function beKnown(page) {
  await page.addInitScript(() => localStorage.setItem("modiste.started", "true"));
}
