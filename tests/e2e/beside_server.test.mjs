// Each command prints the same beside a running server as it does offline.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { call, garment, modiste, serve } from "./server.mjs";

const kFolder = mkdtempSync(join(tmpdir(), "modiste-beside-"));
const kData = join(kFolder, "shop"),
  kConfig = join(kFolder, "modiste.toml");
const kTable = join(kFolder, "orders.csv"),
  kMapping = join(kFolder, "orders.toml");
after(() => rmSync(kFolder, { recursive: true, force: true }));

const run = (...args) => modiste(kData, "--config", kConfig, ...args);
// Without the progress of opening a shop, which a command beside a server does not open.
const errorOf = (done) => /^modiste: .*$/m.exec(done.err)?.[0];
// Times and rates differ between two runs of the same command.
const settled = (text) => text.replace(/[\d.]+ (ms|s|rows a second)\b/g, "TIME $1");

before(async () => {
  // A key, so that a command without the server's token would be refused. Answers are not logged: when one reaches the
  // log would decide what the next command counts.
  writeFileSync(
    kConfig,
    `[embedding]\nmodel = "none"\n[log]\nserved = false\n[[server.keys]]\nname = "backend"\nscope = "admin"\nhash = "${"0123456789abcdef".repeat(4)}"\n`,
  );
  writeFileSync(
    kTable,
    "order,customer,sku,day\no1,ada,G1-M,2024-03-01\no2,bo,G2-M,2024-03-02\no3,bo,NONE,2024-03-02\n",
  );
  writeFileSync(
    kMapping,
    `[constants]\ntype = "purchase"\n[columns]\norder_id = "order"\nshopper_id = "customer"\ngarment_id = "sku"\noccurred_at = "day"\n`,
  );
  const feed = join(kFolder, "garments.jsonl");
  writeFileSync(
    feed,
    Array.from({ length: 12 }, (_, i) => JSON.stringify(garment(`G${i}`))).join("\n") + "\n",
  );
  const imported = run("catalog", "import", feed);
  assert.equal(imported.code, 0, imported.err);
});

const kCommands = [
  ["recommend", "ada", "--count", "4"],
  ["search", "linen shirt", "--count", "3"],
  ["log", "status"],
  ["log", "verify"],
  ["log", "seal"],
  ["features", "list"],
  ["features", "materialise", "--as-of", "2026-01-01T00:00:00Z"],
  ["features", "show", "garment_likes_7d"],
  ["features", "show", "nonsense"],
  ["log", "export", "--out", join(kFolder, "export.parquet")],
  ["log", "export", "--out", join(kFolder, "export.parquet"), "--from", "yesterday"],
  ["catalog", "show", "G3"],
  ["catalog", "show", "NONE"],
  ["shopper", "show", "nobody"],
  ["events", "dead-letters", "list"],
  ["models", "list"],
  ["simulate", "--shoppers", "2", "--swipes", "21"],
];

test("every command prints the same offline and beside a server", async () => {
  const offline = kCommands.map((command) => run(...command));
  const server = await serve(kData, kConfig);
  try {
    for (const [i, command] of kCommands.entries()) {
      const beside = run(...command);
      assert.doesNotMatch(beside.err, /in use/, command.join(" "));
      assert.equal(settled(beside.out), settled(offline[i].out), command.join(" "));
      assert.equal(beside.code, offline[i].code, `${command.join(" ")}: ${beside.err}`);
      assert.equal(errorOf(beside), errorOf(offline[i]), command.join(" "));
    }
  } finally {
    await server.stop();
  }
});

test("a backup of a served shop restores, offline and beside the server", async () => {
  const server = await serve(kData, kConfig);
  try {
    const note = join(kData, "serving.json");
    assert.equal(statSync(note).mode & 0o777, 0o600, "the token is the owner's");
    const { token } = JSON.parse(readFileSync(note, "utf8"));
    assert.equal((await call(server.url, "GET", "/v1/jobs")).status, 401, "without the token or a key");
    const bearer = { authorization: `Bearer ${token}` };
    assert.equal((await call(server.url, "GET", "/v1/jobs", undefined, bearer)).status, 200);

    const backup = join(kFolder, "backup"),
      twin = join(kFolder, "twin");
    const made = run("backup", backup);
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /^\d+ events, \d+ files, \d+ bytes in /);
    assert.equal(run("backup", backup).code, 1, "nothing is overwritten");
    assert.equal(modiste(twin, "restore", backup).code, 0);
    assert.equal(modiste(twin, "log", "verify").code, 0);
    assert.equal(modiste(twin, "catalog", "show", "G3").out, run("catalog", "show", "G3").out);
    assert.match(run("restore", backup).err, /not empty/, "a directory with a shop in it");
  } finally {
    await server.stop();
  }
  assert.equal(existsSync(join(kData, "serving.json")), false, "a clean stop removes it");
  assert.equal(existsSync(join(kData, "reading")), false, "copies for reading are gone");
});

test("a command without a configuration takes what the shop is kept with, and one with another is refused", () => {
  const other = join(kFolder, "other.toml");
  writeFileSync(other, '[shop]\ncurrency = "GBP"\n[embedding]\nmodel = "none"\n');
  const feed = join(kFolder, "garments.jsonl");
  const refused = modiste(kData, "--config", other, "catalog", "import", feed);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /the shop is kept with shop.currency = "USD", not "GBP"/);
  const bare = modiste(kData, "catalog", "import", feed);
  assert.equal(bare.code, 0, bare.err);
});

test("a history goes in beside a server", async () => {
  const twin = join(kFolder, "twin-history");
  assert.equal(
    modiste(twin, "--config", kConfig, "catalog", "import", join(kFolder, "garments.jsonl")).code,
    0,
  );
  const offline = modiste(twin, "--config", kConfig, "import", "table", kTable, "--mapping", kMapping);
  const server = await serve(kData, kConfig);
  try {
    const beside = run("import", "table", kTable, "--mapping", kMapping);
    assert.equal(beside.code, offline.code, beside.err);
    assert.equal(settled(beside.out), settled(offline.out));
    assert.match(run("shopper", "show", "ada").out, /1 purchases/);
    assert.match(
      run("import", "table", kTable, "--mapping", kMapping).out,
      / 0 events taken, 3 known already/,
    );
    assert.match(
      run("status").out,
      /is served at http:\/\/127\.0\.0\.1:\d+ by process \d+\n  events {5}\d+\n[^]*  memory {5}resident/,
    );
  } finally {
    await server.stop();
  }
  assert.match(run("status").out, /is not served/);
  assert.deepEqual(
    readdirSync(kData).filter((name) => name.startsWith("serving")),
    [],
  );
});
