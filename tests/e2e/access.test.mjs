// A public shop over a restart: tokens stay good, the secret is the owner's, and a token of another maker's library is read.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { call, garment, modiste, serve } from "./server.mjs";

const kSecret = "the secret that the shop's backend shares";

let folder, config, key;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "modiste-e2e-"));
  config = join(folder, "modiste.toml");
  const printed = modiste(folder, "key", "new", "--scope", "writer").out;
  key = /mk_\S+/.exec(printed)[0];
  writeFileSync(
    config,
    `[embedding]
model = "none"
[server]
shoppers_without_key = true
shopper_token_secrets = ["${kSecret}"]
[[server.keys]]
name = "shop"
scope = "writer"
hash = "${/hash = "(\w+)"/.exec(printed)[1]}"
`,
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

const bearer = (token) => ({ authorization: `Bearer ${token}` });

function shopperToken(shopper, lifetimeSeconds = 600) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const claims = { sub: shopper, exp: Math.floor(Date.now() / 1_000) + lifetimeSeconds };
  const message = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${message}.${createHmac("sha256", kSecret).update(message).digest("base64url")}`;
}

test("a device keeps its profile over a restart and gives it to the shopper who signs in on it", async () => {
  const data = join(folder, "public");
  let server = await serve(data, config);
  const upserted = await call(server.url, "POST", "/v1/garments", { garments: [garment("G1"), garment("G2")] }, bearer(key));
  assert.equal(upserted.body.accepted, 2);
  const { device_id, token } = (await call(server.url, "POST", "/v1/devices")).body;
  const like = { events: [{ event_id: "e1", type: "like", garment_id: "G1" }] };
  assert.equal((await call(server.url, "POST", "/v1/events", like)).status, 401);
  assert.equal((await call(server.url, "POST", "/v1/events", like, bearer(token))).status, 202);
  assert.equal(statSync(join(data, "device-token.key")).mode & 0o777, 0o600);
  await server.stop();

  server = await serve(data, config);
  const mine = `/v1/shoppers/${device_id}/style?kind=device`;
  assert.equal((await call(server.url, "GET", mine)).status, 401);
  assert.equal((await call(server.url, "GET", mine, undefined, bearer(token))).body.likes, 1);
  const both = { ...bearer(shopperToken("ada")), "x-device-token": token };
  const identify = { events: [{ event_id: "e2", type: "identify" }] };
  assert.equal((await call(server.url, "POST", "/v1/events", identify, bearer(token))).status, 403);
  assert.equal((await call(server.url, "POST", "/v1/events", identify, both)).status, 202);
  assert.equal((await call(server.url, "GET", "/v1/shoppers/ada/style", undefined, both)).body.likes, 1);
  assert.equal((await call(server.url, "GET", "/v1/shoppers/bob/style", undefined, both)).status, 403);
  const expired = await call(server.url, "GET", "/v1/shoppers/ada/style", undefined, bearer(shopperToken("ada", -1)));
  assert.equal(expired.status, 401);
  assert.match(expired.body.detail, /expired/);
  await server.stop();
});

test("another secret makes device tokens void, and the refusal says what to do", async () => {
  const data = join(folder, "renewed");
  let server = await serve(data, config);
  const { token } = (await call(server.url, "POST", "/v1/devices")).body;
  await server.stop();
  rmSync(join(data, "device-token.key"));
  server = await serve(data, config);
  const refused = await call(server.url, "POST", "/v1/recommendations", { count: 1 }, bearer(token));
  assert.equal(refused.status, 401);
  assert.match(refused.body.expected, /POST \/v1\/devices/);
  await server.stop();
});
