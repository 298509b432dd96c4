// What deploy/ says about the rest of the repository is true: a container cannot be built in every test run.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { modiste } from "./server.mjs";

const kRoot = fileURLToPath(new URL("../..", import.meta.url));
const text = (path) => readFileSync(join(kRoot, path), "utf8");
const lines = text("deploy/Dockerfile").replace(/\\\n/g, " ").split("\n").filter((line) => line && !line.startsWith("#"));

test("the Dockerfile has the stages and the scripts that it names", () => {
  const words = new Set(["FROM", "RUN", "COPY", "WORKDIR", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "CMD"]);
  const stages = [];
  for (const line of lines) {
    const [word, ...rest] = line.trim().split(/\s+/);
    assert.ok(words.has(word), line);
    if (word === "FROM" && rest[1] === "AS") stages.push(rest[2]);
    for (const [, stage] of line.matchAll(/--from=(\S+)/g)) assert.ok(stages.includes(stage), line);
    for (const [, script] of line.matchAll(/\b(tools\/\w+)/g)) assert.ok(existsSync(join(kRoot, script)), script);
    if (word === "ENTRYPOINT" || word === "CMD") assert.ok(Array.isArray(JSON.parse(rest.join(" "))), line);
  }
  assert.deepEqual(stages, ["build"]);
});

test("the container's command is one that modiste has, and refuses an open address without a key", () => {
  const list = (word) => JSON.parse(lines.find((line) => line.startsWith(word)).slice(word.length));
  const [program, configFlag, , dataFlag] = list("ENTRYPOINT");
  assert.deepEqual([program, configFlag, dataFlag], ["modiste", "--config", "--data"]);
  const refused = modiste("/nonexistent-modiste-data", ...list("CMD"), "--help");
  assert.equal(refused.code, 0, refused.err);
});

test("compose.yaml is YAML whose service builds from that Dockerfile and keeps its data", () => {
  const compose = load(text("deploy/compose.yaml"));
  assert.deepEqual(Object.keys(compose).sort(), ["services", "volumes"]);
  const shop = compose.services.modiste;
  assert.ok(existsSync(join(kRoot, "deploy", shop.build.context, shop.build.dockerfile)));
  for (const port of shop.ports) assert.match(port, /^127\.0\.0\.1:\d+:8080$/, "a proxy stands before it");
  const targets = shop.volumes.map((volume) => volume.split(":")[1]);
  assert.ok(targets.includes(lines.find((line) => line.startsWith("VOLUME")).split(" ")[1]));
  for (const volume of shop.volumes)
    if (!volume.startsWith(".")) assert.ok(volume.split(":")[0] in compose.volumes, volume);
  assert.equal(shop.read_only, true);
  assert.equal(shop.healthcheck.test[0], "CMD");
  assert.match(shop.healthcheck.test[3], /HTTP\/1\.0\r\n\r\n' >&3/);
});

test("the shop's configuration, with its secrets, is neither committed nor copied into the image", () => {
  const config = load(text("deploy/compose.yaml")).services.modiste.volumes.find((volume) => volume.startsWith("."));
  const path = join("deploy", config.split(":")[0]);
  assert.ok(text(".gitignore").split("\n").includes(`/${path}`));
  assert.ok(text("deploy/Dockerfile.dockerignore").split("\n").includes(path));
});

test("the unit lets a training have a lower priority than the server", () => {
  const filters = text("packaging/modiste.service").split("\n").filter((line) => line.startsWith("SystemCallFilter="));
  assert.ok(filters.indexOf("SystemCallFilter=setpriority") > filters.findIndex((line) => line.includes("~")), "the later one counts");
});

test("a container's user has the same number in every image, and signals reach the server while it loads", () => {
  const user = lines.findIndex((line) => line.includes("useradd"));
  assert.match(lines[user], /groupadd --system --gid (\d+) modiste .*--uid \1 --gid \1/);
  const stage = lines.findLastIndex((line) => line.startsWith("FROM"));
  const apt = lines.findIndex((line, i) => i > stage && line.includes("apt-get install"));
  assert.ok(user > stage && user < apt, "before packages that add users");
  assert.equal(load(text("deploy/compose.yaml")).services.modiste.init, true);
});

test("the package brings authorities for https, and the unit room for every connection", () => {
  assert.match(text("cmake/Install.cmake"), /SERVE_PACKAGE_DEPENDS ca-certificates/);
  const unit = text("packaging/modiste.service").split("\n");
  const limit = unit.find((line) => line.startsWith("LimitNOFILE=")).split("=")[1];
  assert.ok(Number(limit) > 2 * 4_096, limit);
  assert.ok(unit.includes("RestartPreventExitStatus=2"), "a wrong configuration stays wrong");
  assert.ok(unit.includes("EnvironmentFile=-/etc/modiste/environment"));
});
