// A running server trains by its schedule in a process of its own, and a training that was killed goes on.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { call, garment, kModiste, modiste, serve } from "./server.mjs";

let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), "modiste-e2e-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

// Rentals for vacations all winter, from which occasions are learned in a moment.
function rentals(count) {
  const header =
    "user_id,item_id,rating,fit,rented_for,category,size,age,body_type,bust_size_num,bust_size_letter,height_in,weight_lbs,review_date";
  const rows = Array.from({ length: count }, (_, i) => {
    const date = new Date(Date.UTC(2016, 11, 1) + (i % 60) * 86_400_000).toISOString().slice(0, 10);
    return `${i},${i % 20},10,fit,${i % 10 === 0 ? "party" : "vacation"},gown,8,30,,34,b,65,130,${date}`;
  });
  return [header, ...rows, ""].join("\n");
}

test("a server trains by its schedule and goes on answering; what was killed is trained again", async () => {
  const data = join(folder, "shop");
  const rows = join(folder, "rentals.csv");
  const config = join(folder, "modiste.toml");
  writeFileSync(rows, rentals(600));
  writeFileSync(config, '[embedding]\nmodel = "none"\n[training]\nscheduled = true\nhour = 0.0\nmodels = ["occasions"]\n');
  assert.equal(modiste(data, "import", "rtr", rows).code, 0);

  const server = await serve(data, config);
  const file = join(data, "training/schedule.json");
  const ended = () => existsSync(file) && JSON.parse(readFileSync(file, "utf8")).models[0]?.ended_at !== undefined;
  for (let tries = 0; tries < 600 && !ended(); ++tries) {
    const answer = await call(server.url, "POST", "/v1/recommendations", { shopper_id: "rtr-7", count: 3 });
    assert.equal(answer.status, 200);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const status = modiste(data, "--config", config, "status").out;
  assert.match(status, /training +occasions +full ended .*version 1 is the champion/);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /modiste_training_failures\{model="occasions"\} 0/);
  const manifest = JSON.parse(readFileSync(join(data, "models/occasions.1.json"), "utf8"));
  assert.match(manifest.data_from, /^2016-12-01/);
  assert.match(manifest.code_version, /^\d+\.\d+\.\d+/);

  assert.match(modiste(data, "--config", config, "train", "--schedule").out, /no training is due/);
  const state = JSON.parse(readFileSync(file, "utf8"));
  state.models[0].began_at = "2026-11-20T03:00:00Z"; // as a process leaves it that was killed
  writeFileSync(file, JSON.stringify(state));
  const resumed = modiste(data, "--config", config, "train", "--schedule");
  assert.equal(resumed.code, 0, resumed.err);
  assert.match(resumed.out, /full training of 2026-11-20T03:00:00Z, which was interrupted/);
  assert.equal(JSON.parse(readFileSync(file, "utf8")).models[0].began_at, undefined);
  await server.stop();
});

test("features that have moved since the ranker learned start a full training before the week is over", async (t) => {
  const data = join(folder, "drifted");
  // By what drift counts: the default, and what no feature reaches.
  const [config, never] = ["", "drift_psi = 20.0\n"].map((bound, i) => {
    const file = join(folder, `drifted-${i}.toml`);
    writeFileSync(file, `[embedding]\nmodel = "none"\n[training]\nmodels = ["ranker"]\nripe_hours = 0.0\n${bound}`);
    return file;
  });
  const server = await serve(data, config);
  t.after(() => server.stop());
  const priced = async (listed) => {
    const garments = Array.from({ length: 40 }, (_, i) =>
      garment(`G${i}`, { variants: [{ sku: `G${i}-M`, size: "M", colour: "Blue", price: 40, list_price: listed(i), stock: 5 }] }),
    );
    assert.equal((await call(server.url, "POST", "/v1/garments", { garments })).status, 200);
  };
  // Each shopper likes something, and something of what they are shown.
  const answers = async (first, last) => {
    for (let i = first; i < last; i += 1) {
      const like = (garment_id, words = {}) =>
        call(server.url, "POST", "/v1/events", {
          events: [{ event_id: `e${i}-${garment_id}`, type: "like", shopper_id: `s${i}`, garment_id, ...words }],
        });
      assert.equal((await like(`G${i % 40}`)).status, 202);
      const { status, body } = await call(server.url, "POST", "/v1/recommendations", { shopper_id: `s${i}`, count: 20 });
      assert.equal(status, 200);
      assert.equal((await like(body.items[3].garment_id, { request_id: body.request_id })).status, 202);
    }
  };
  const scheduled = (by = config) => {
    const done = modiste(data, "--config", by, "train", "--schedule");
    assert.equal(done.code, 0, done.err);
    return done.out;
  };
  const file = join(data, "training/schedule.json");
  const lookForDrift = (by) => {
    const state = JSON.parse(readFileSync(file, "utf8"));
    delete state.drift_at; // as if the hours between two looks were over
    writeFileSync(file, JSON.stringify(state));
    return scheduled(by);
  };

  await priced((i) => 40 + i);
  await answers(0, 60);
  modiste(data, "--config", config, "train", "ranker", "--answers-min", "20"); // the gate refuses it or not
  assert.ok(existsSync(join(data, "models/ranker.1.json")));
  assert.match(scheduled(), /^ranker: full training$/m, "the first of the schedule");
  assert.match(lookForDrift(config), /no training is due/, "nothing was shown since");
  await priced((i) => 200 + i); // a sale: every discount is larger than any before
  await answers(60, 110);
  const within = lookForDrift(never);
  assert.match(within, /^drift: PSI .* of discount, within 20$/m);
  assert.match(within, /no training is due/);
  assert.match(lookForDrift(config), /^drift: PSI .* of discount, above 0\.25\nranker: full training$/m);
});

test("a directory that is in use is a failure, which is tried again, and says nothing of the data", () => {
  const data = join(folder, "in-use");
  const config = join(folder, "in-use.toml");
  writeFileSync(config, '[embedding]\nmodel = "none"\n[training]\nmodels = ["occasions"]\n');
  assert.equal(modiste(data, "--config", config, "log", "verify").code, 0);
  const training = ["--config", config, "--data", data, "train", "--schedule"];
  // A process that holds the lock and does not answer, as a server that still loads.
  const refused = spawnSync("flock", [join(data, "lock"), kModiste, ...training], { encoding: "utf8" });
  assert.equal(refused.status, 1, refused.stdout + refused.stderr);
  const state = () => JSON.parse(readFileSync(join(data, "training/schedule.json"), "utf8")).models[0];
  assert.match(state().outcome, /^failed: .*in use/);
  assert.equal(state().full_at, undefined, "nothing was trained");
  assert.equal(state().failures, 1);
});
