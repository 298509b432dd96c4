// What shoppers said they dress for is learned from the log, and guessed by while the model is champion.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { call, modiste, serve } from "./server.mjs";

let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), "modiste-e2e-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

const kHeader =
  "user_id,item_id,rating,fit,rented_for,category,size,age,body_type,bust_size_num,bust_size_letter,height_in,weight_lbs,review_date";

// Rent the Runway's shape: beach weddings all year, as no prior expects of anybody's January.
function rentals(count) {
  const rows = Array.from({ length: count }, (_, i) => {
    const date = new Date(Date.UTC(2016, 11, 1) + (i % 60) * 86_400_000).toISOString().slice(0, 10);
    return `${i},${i % 20},10,fit,${i % 10 === 0 ? "party" : "vacation"},gown,8,30,,34,b,65,130,${date}`;
  });
  return [kHeader, ...rows, ""].join("\n");
}

async function guess(server) {
  const context = { time_zone: "America/New_York", local_time: "2017-02-01T10:00" };
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const metric = (name) => Number(new RegExp(`^${name} ([\\d.]+)$`, "m").exec(metrics)[1]);
  // After the metrics: a model that is swapped between the two has answered then.
  const answer = await call(server.url, "POST", "/v1/recommendations", {
    shopper_id: "rtr-7",
    count: 3,
    context,
  });
  assert.equal(answer.status, 200);
  return {
    ...answer.body.context,
    evidence: metric("modiste_occasion_model_evidence"),
    version: metric('modiste_model_version\\{model="occasions"\\}'),
  };
}

// Asks until the server has taken the version, which it does within seconds.
async function guessOf(server, version) {
  for (let tries = 0; tries < 100; ++tries) {
    const answer = await guess(server);
    if (answer.version === version) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`version ${version} was not taken`);
}

test("occasions are learned from the log, and a model that cannot be read is refused", async () => {
  const data = join(folder, "shop");
  const file = join(folder, "rentals.csv");
  writeFileSync(file, rentals(150));
  assert.equal(modiste(data, "import", "rtr", file).code, 0);
  const few = modiste(data, "train", "occasions");
  assert.notEqual(few.code, 0);
  assert.match(few.err, /150 occasions said on 60 days are too few .*at least 200/s);

  let server = await serve(data);
  const before = await guess(server);
  await server.stop();
  assert.equal(before.evidence, 0);
  assert.notEqual(before.occasion, "travel");

  writeFileSync(file, rentals(600));
  assert.equal(modiste(data, "import", "rtr", file).code, 0);
  const trained = modiste(data, "train", "occasions");
  assert.equal(trained.code, 0, trained.err);
  const loss = (of) => Number(new RegExp(`${of} +log-loss ([\\d.]+)`).exec(trained.out)[1]);
  assert.ok(loss("learned") < loss("prior table") - 1, trained.out);

  server = await serve(data);
  const after = await guess(server);
  await server.stop();
  assert.equal(after.occasion, "travel");
  assert.equal(after.known.occasion, "learned");
  assert.ok(after.occasions.travel > 0.7);
  assert.ok(after.evidence > 100);

  // A running server follows the registry: back to the table, and to the model again.
  server = await serve(data);
  assert.equal(modiste(data, "models", "promote", "occasions", "0").code, 0);
  assert.equal((await guessOf(server, 0)).occasion, before.occasion);
  assert.equal(modiste(data, "models", "promote", "occasions", "1").code, 0);
  assert.equal((await guessOf(server, 1)).occasion, "travel");

  // A damaged version cannot become champion, and a champion that is damaged later goes on serving.
  assert.match(modiste(data, "models", "promote", "occasions", "2").err, /occasions has no version 2/);
  writeFileSync(join(data, "models/occasions.1.payload"), "torn");
  assert.match(
    modiste(data, "models", "promote", "occasions", "1").err,
    /occasions version 1 has a payload of 4 bytes/,
  );
  assert.equal((await guess(server)).occasion, "travel");
  await server.stop();

  await assert.rejects(serve(data), /ended with 1/);
  const refused = modiste(data, "serve", "--port", "0");
  assert.match(refused.err, /occasions version 1/);
  assert.match(refused.err, /modiste models promote occasions/);
  assert.equal(modiste(data, "train", "occasions").code, 0, "training again repairs it");
  assert.match(modiste(data, "models", "list").out, /^occasions +2 .*champion$/m);
  server = await serve(data);
  assert.equal((await guess(server)).occasion, "travel");
  await server.stop();
});
