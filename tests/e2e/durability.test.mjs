// What was acknowledged is there after kill -9, and everything that was learned from it.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { call, garment, modiste, serve } from "./server.mjs";

let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), "modiste-e2e-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

const kGarments = Array.from({ length: 30 }, (_, i) => garment(`G${i}`, { title: i % 2 ? `Floral dress ${i}` : `Plain shirt ${i}` }));

function files(directory) {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

test("kill -9 loses no acknowledged event, five times over", async () => {
  const data = join(folder, "killed");
  const acknowledged = [];
  let sent = 0;
  for (let round = 0; round < 5; round += 1) {
    const server = await serve(data);
    if (round === 0) assert.equal((await call(server.url, "POST", "/v1/garments", { garments: kGarments })).body.accepted, 30);
    let killed = false;
    const senders = [0, 1, 2].map(async () => {
      while (!killed) {
        const events = Array.from({ length: 4 }, () => {
          sent += 1;
          return { event_id: `e${sent}`, type: sent % 3 ? "like" : "pass", shopper_id: "ada", garment_id: `G${sent % 30}` };
        });
        const answer = await call(server.url, "POST", "/v1/events", { events }).catch(() => undefined);
        if (answer?.status === 202 && !killed) acknowledged.push(...events.map((event) => event.event_id));
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 150 + 90 * round));
    killed = true;
    await server.kill();
    await Promise.all(senders);
  }
  const server = await serve(data);
  // The export, not the style: a shopper with a thousand likes a second counts as a robot.
  const held = (await call(server.url, "GET", "/v1/shoppers/ada/export")).body.events.map((one) => one.event.event_id);
  await server.stop();
  const kept = new Set(held);
  assert.ok(acknowledged.length > 0);
  assert.deepEqual(acknowledged.filter((id) => !kept.has(id)), []);
  assert.equal(kept.size, held.length, "nothing is there twice");
  assert.ok(held.length <= sent);
});

test("what a removed garment taught stays over a restart", async () => {
  const data = join(folder, "removed");
  const style = async (server) => {
    const { aesthetics, ...rest } = (await call(server.url, "GET", "/v1/shoppers/ada/style")).body; // of what is sold now
    return rest;
  };
  let server = await serve(data);
  await call(server.url, "POST", "/v1/garments", { garments: kGarments });
  const likes = ["G1", "G3", "G5"].map((id) => ({ event_id: `like-${id}`, type: "like", shopper_id: "ada", garment_id: id }));
  assert.equal((await call(server.url, "POST", "/v1/events", { events: likes })).status, 202);
  for (const id of ["G1", "G3"]) assert.equal((await call(server.url, "DELETE", `/v1/garments/${id}`)).status, 204);
  const before = await style(server);
  assert.ok(before.affinities.some((one) => one.term === "floral" && one.score > 0.3));
  await server.kill();
  server = await serve(data);
  assert.deepEqual(await style(server), before);
  assert.equal((await call(server.url, "GET", "/v1/garments/G1")).status, 404);
  assert.equal((await call(server.url, "GET", "/v1/shop")).body.garments, 28);
  const answer = await call(server.url, "POST", "/v1/recommendations", { shopper_id: "ada", count: 100 });
  assert.equal(answer.body.items.length, 27, "all that is sold but G5, which was liked");
  assert.equal((await call(server.url, "PUT", "/v1/garments/G1", kGarments[1])).status, 201);
  assert.equal((await call(server.url, "GET", "/v1/garments/G1")).status, 200);
  await server.stop();
});

test("a restart answers as before", async () => {
  const data = join(folder, "restarted");
  const ask = { shopper_id: "ada", count: 8, seed: 5 };
  const first = await serve(data);
  await call(first.url, "POST", "/v1/garments", { garments: kGarments });
  const events = kGarments.slice(0, 12).map(({ id }, i) => ({ event_id: `e${i}`, type: i % 2 ? "like" : "pass", shopper_id: "ada", garment_id: id }));
  await call(first.url, "POST", "/v1/events", { events });
  const before = (await call(first.url, "POST", "/v1/recommendations", ask)).body.items;
  assert.equal(await first.stop(), 0);
  const second = await serve(data);
  const again = (await call(second.url, "POST", "/v1/recommendations", ask)).body.items;
  assert.deepEqual(again, before);
  await second.stop();
});

test("an erased shopper is in no file", async () => {
  const data = join(folder, "erased");
  const shopper = "planted-9f1c77-shopper";
  const server = await serve(data);
  await call(server.url, "POST", "/v1/garments", { garments: kGarments });
  const events = [{ event_id: "e1", type: "like", shopper_id: shopper, garment_id: "G1" }];
  await call(server.url, "POST", "/v1/events", { events });
  assert.equal((await call(server.url, "GET", `/v1/shoppers/${shopper}/style`)).body.signals, 1);
  assert.equal((await call(server.url, "DELETE", `/v1/shoppers/${shopper}`)).status, 204);
  assert.equal((await call(server.url, "GET", `/v1/shoppers/${shopper}/style`)).body.signals, 0);
  await server.stop();
  for (const file of files(data)) assert.ok(!readFileSync(file).includes(shopper), file);
});

test("stock and price change at once, by API and by CLI, in the running server", async () => {
  const data = join(folder, "changed");
  const server = await serve(data);
  await call(server.url, "POST", "/v1/garments", { garments: kGarments.slice(0, 2) });
  const shown = async () => (await call(server.url, "POST", "/v1/recommendations", { shopper_id: "bo", count: 5 })).body.items;
  assert.equal((await shown()).length, 2);
  assert.equal((await call(server.url, "PATCH", "/v1/variants/G0-M", { stock: 0 })).status, 200);
  assert.deepEqual((await shown()).map((item) => item.garment_id), ["G1"]);
  assert.equal(modiste(data, "catalog", "stock", "G0-M", "3").code, 0);
  assert.equal(modiste(data, "catalog", "price", "G0-M", "12.5").code, 0);
  assert.equal((await shown()).find((item) => item.garment_id === "G0").price, 12.5);
  writeFileSync(join(folder, "more.jsonl"), `${JSON.stringify(garment("NEW"))}\n{"id":"torn`);
  const imported = modiste(data, "catalog", "import", join(folder, "more.jsonl"));
  assert.equal(imported.code, 0, imported.err);
  assert.match(imported.out, /line 2/);
  assert.equal((await shown()).length, 3);
  assert.equal((await call(server.url, "DELETE", "/v1/garments/NEW")).status, 204);
  assert.equal((await shown()).length, 2);
  await server.stop();
});

test("the catalog goes out and comes in again the same", async () => {
  const data = join(folder, "exported");
  const server = await serve(data);
  await call(server.url, "POST", "/v1/garments", { garments: kGarments });
  await server.stop();
  const first = modiste(data, "catalog", "export").out;
  writeFileSync(join(folder, "round.jsonl"), first);
  const other = join(folder, "imported");
  assert.equal(modiste(other, "catalog", "import", join(folder, "round.jsonl")).code, 0);
  assert.equal(modiste(other, "catalog", "export").out, first);
  assert.match(modiste(other, "catalog", "import", join(folder, "round.jsonl")).out, / 30 garments in the shop now \(0 new\)/);
});

test("mistakes are refused by name, and the rest is served", async () => {
  const data = join(folder, "refused");
  const server = await serve(data);
  const wrong = await call(server.url, "PUT", "/v1/garments/G1", garment("G1", { colour: "red" }));
  assert.equal(wrong.status, 400);
  assert.equal(wrong.type, "application/problem+json");
  assert.match(wrong.body.detail, /colour/);
  const negative = await call(server.url, "PUT", "/v1/garments/G1", garment("G1", { variants: [{ sku: "s", price: -1 }] }));
  assert.equal(negative.body.pointer, "/variants/0/price");
  const batch = await call(server.url, "POST", "/v1/garments", { garments: [garment("OK"), { id: "BAD" }] });
  assert.equal(batch.body.accepted, 1);
  assert.equal(batch.body.refused[0].index, 1);
  const photo = await fetch(`${server.url}/v1/search/photo`, { method: "POST", headers: { "content-type": "image/jpeg" }, body: "I am a text" });
  assert.ok(photo.status >= 400 && photo.status < 500);
  const huge = await fetch(`${server.url}/v1/events`, { method: "POST", headers: { "content-type": "application/json" }, body: Buffer.alloc(100 << 20, 32) }).catch(() => ({ status: 413 }));
  assert.equal(huge.status, 413);
  const sizes = await call(server.url, "POST", "/v1/recommendations", { shopper_id: "bo", filter: { colours: ["gren"] } });
  assert.equal(sizes.body.pointer, "/filter/colours/0");
  assert.equal((await call(server.url, "GET", "/readyz")).status, 200);
  assert.equal(modiste(data, "catalog", "import", join(folder, "nothing.csv")).code, 1);
  assert.equal(modiste(join(folder, "other"), "serve", "--address", "0.0.0.0").code, 2);
  await server.stop();
});
