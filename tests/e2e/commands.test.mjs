// A mistyped command or option names the one that was meant.
import assert from "node:assert/strict";
import { test } from "node:test";
import { modiste } from "./server.mjs";

const wrong = [
  [["serv"], "serve"],
  [["catalog", "imprt", "x"], "import"],
  [["serve", "--prot", "8080"], "--port"],
  [["serve", "--thread=2"], "--threads"],
  [["shoper", "show", "ada"], "shopper"],
  [["catlog", "import", "x"], "catalog"],
];

for (const [args, meant] of wrong)
  test(`modiste ${args.join(" ")}: did you mean ${meant}?`, () => {
    const { code, err } = modiste("/nonexistent", ...args);
    assert.notEqual(code, 0);
    assert.ok(err.includes(`did you mean "${meant}"?`), err);
  });

test("what is near to nothing gets no guess", () => {
  const { err } = modiste("/nonexistent", "xylophone");
  assert.match(err, /unknown argument "xylophone"; --help/);
});

test("every reason of a refusal can be asked for", () => {
  const errorAbout = (reason) =>
    modiste("/nonexistent", "events", "dead-letters", "list", "--reason", reason).err;
  for (const reason of ["unparseable", "untranslatable", "invalid", "late", "future", "unknown_garment", "unknown_order"])
    assert.doesNotMatch(errorAbout(reason), /--reason/, reason);
  assert.match(errorAbout("nonsense"), /--reason/);
});

test("a price out of range is told with the limits as people write them", () => {
  const { code, err } = modiste("/nonexistent", "catalog", "price", "G0-M", "20000000000");
  assert.notEqual(code, 0);
  assert.match(err, /20000000000 is not a number from 0 to 10000000000\b/);
});
