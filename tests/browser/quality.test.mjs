// The merchant's page: where photos contradict the shop's words.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { BASE, freshPage, launch } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const CONFLICT = {
  conflict: {
    id: "c1",
    garment_id: "MH01",
    colour: "Blue",
    image: "mh01.jpg",
    kind: "no_hue",
    facet: "colour",
    supplier_term: "blue",
    supplier_word: "Blue",
    photo_term: "black",
    confidence: 0.83,
    hex: "#161616",
  },
  title: "Hoodie",
  message: "MH01 in Blue: the supplier says Blue, the photo shows Black (#161616)",
};

test("lists what the server answers", async () => {
  const { page, complaints } = await freshPage(browser);
  const answered = page.waitForResponse((response) => response.url().includes("/v1/quality/conflicts"));
  await page.goto(`${BASE}/quality`);
  const { total, open } = await (await answered).json();
  await page.getByText(`${open} to decide, ${total} in all`).waitFor();
  assert.deepEqual(complaints, []);
});

test("sends the merchant's verdict, with the key that it was given", async () => {
  const { page } = await freshPage(browser);
  const sent = [];
  await page.route("**/v1/quality/conflicts**", async (route) => {
    const request = route.request();
    if (request.headers().authorization !== "Bearer mk_writer")
      return route.fulfill({ status: 401, json: { title: "Unauthorized", status: 401 } });
    if (request.method() === "PUT") {
      sent.push([new URL(request.url()).pathname, request.postDataJSON()]);
      return route.fulfill({ json: { ...CONFLICT, conflict: { ...CONFLICT.conflict, settled: "photo" } } });
    }
    const open = sent.length === 0;
    return route.fulfill({ json: { conflicts: open ? [CONFLICT] : [], total: 1, open: open ? 1 : 0 } });
  });
  await page.goto(`${BASE}/quality`);
  await page.getByLabel("API key of the shop, scope writer").fill("mk_writer");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("The words say Blue, the photo shows Black.").waitFor();
  await page.getByRole("button", { name: "The photo is right: Hoodie, Blue" }).click();
  await page.getByText("0 to decide, 1 in all").waitFor();
  assert.deepEqual(sent, [["/v1/quality/conflicts/c1", { right: "photo" }]]);
});
