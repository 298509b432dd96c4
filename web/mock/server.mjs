// Development stand-in for `modiste serve`: the API in memory, so that the pages can be worked on without the binary.
//   node web/mock/server.mjs [PORT]      MODISTE_MOCK_LUMA=DIR uses the Adobe Commerce sample with its photos
// It learns just enough to look at: term affinities by EMA. Nothing of it is shipped.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { colourHex, drawFlat, loadCatalog } from "./catalog.mjs";

const port = Number(process.argv[2] ?? 8080);
const luma = process.env.MODISTE_MOCK_LUMA ?? "";
const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const garments = loadCatalog(luma);
const byId = new Map(garments.map((g) => [g.id, g]));
const items = garments.flatMap((g) =>
  [...new Set(g.variants.map((v) => v.colour))].map((colour) => ({ g, colour })),
);
const human = (t) => (t[0] ?? "").toUpperCase() + t.slice(1).replaceAll("-", " ");
const colourTerm = (c) => c.toLowerCase();
const termsOf = ({ g, colour }) => [
  ...g.attributes.map((a) => [a.facet, a.term]),
  ["colour", colourTerm(colour)],
];
const keyOf = (it) => `${it.g.id}|${it.colour}`;
const shoppers = new Map();
const kWeights = {
  like: 0.6,
  pass: -0.4,
  save: 0.8,
  unsave: -0.3,
  add_to_cart: 0.7,
  click: 0.25,
  purchase: 1,
};

function fold(events) {
  const s = {
    scores: new Map(),
    history: [],
    signals: 0,
    likes: 0,
    passes: 0,
    saves: 0,
    liked: [],
    seen: new Map(),
    quiz: null,
    brands: {},
  };
  const undone = new Set(events.filter((e) => e.type === "undo").map((e) => e.undoes));
  const learn = (facet, term, w) => {
    const key = `${facet}/${term}`;
    s.scores.set(key, 0.88 * (s.scores.get(key) ?? 0) + 0.12 * w);
  };
  for (const e of events) {
    if (undone.has(e.event_id)) continue;
    if (e.type === "quiz") {
      s.quiz = e.quiz;
      for (const [field, facet] of [
        ["categories", "category"],
        ["colours", "colour"],
        ["styles", "aesthetic"],
      ])
        for (const term of e.quiz[field] ?? []) for (let i = 0; i < 4; i++) learn(facet, term, 0.8);
    }
    const w = kWeights[e.type];
    const g = byId.get(e.garment_id);
    if (w === undefined || !g) continue;
    const it = { g, colour: e.colour };
    for (const [facet, term] of termsOf(it)) if (facet !== "department") learn(facet, term, w);
    s.brands[g.brand] = 0.9 * (s.brands[g.brand] ?? 0) + 0.1 * w;
    s.signals += 1;
    if (e.type === "like") s.likes++;
    if (e.type === "pass") s.passes++;
    if (e.type === "save") s.saves++;
    if (e.type === "like" || e.type === "save") s.liked.unshift(it);
    s.seen.set(keyOf(it), { type: e.type, n: s.signals });
    s.history.push({
      signals: s.signals,
      scores: Object.fromEntries([...s.scores].map(([k, v]) => [k.split("/")[1], v])),
    });
  }
  return s;
}

const shopperOf = (id) => {
  if (!shoppers.has(id)) shoppers.set(id, { events: [], ids: new Set(), state: fold([]) });
  return shoppers.get(id);
};

function scored(it, state, query = "") {
  const terms = termsOf(it);
  const affinities = terms.map(([f, t]) => [f, t, state.scores.get(`${f}/${t}`) ?? 0]);
  const content = 0.5 + 0.5 * Math.tanh(affinities.reduce((sum, a) => sum + a[2], 0) * 1.6);
  const words = query
    .toLowerCase()
    .split(/\W+/)
    .filter((w) => w.length > 2);
  const text = `${it.g.title} ${it.g.description} ${terms.map((t) => t[1]).join(" ")}`.toLowerCase();
  const match = words.length ? words.filter((w) => text.includes(w)).length / words.length : 0;
  const noise =
    ((keyOf(it)
      .split("")
      .reduce((h, c) => (h * 31 + c.charCodeAt(0)) >>> 0, 7) %
      1000) /
      1000) *
    0.12;
  const best = affinities
    .filter((a) => a[2] > 0.02)
    .sort((a, b) => b[2] - a[2])
    .slice(0, 2);
  const reasons = best.length
    ? [`You lean to ${best.map((b) => human(b[1]).toLowerCase()).join(" and ")}`]
    : ["New in the shop, to learn your taste"];
  if (state.liked[0] && best.length) reasons.push(`Near to the ${state.liked[0].g.title} you loved`);
  return {
    it,
    score: content * 0.6 + noise + match * 2,
    parts: [
      { name: "content", weight: 0.6, value: content },
      { name: "neighbours", weight: 0.2, value: 0.4 + noise },
      { name: "visual", weight: 0.2, value: 0.3 + noise * 2 },
    ],
    reasons,
  };
}

function admits(it, f = {}) {
  const has = (list, ok) => !list?.length || list.some(ok);
  const terms = termsOf(it).map((t) => t[1]);
  const price = Math.min(...it.g.variants.map((v) => v.price));
  return (
    has(f.departments, (d) => it.g.department === d) &&
    has(f.categories, (c) => terms.includes(c)) &&
    has(f.colours, (c) => colourTerm(it.colour) === c) &&
    has(f.brands, (b) => it.g.brand === b) &&
    has(f.sizes, (s) => it.g.variants.some((v) => v.colour === it.colour && v.size === s && v.stock > 0)) &&
    !(f.price_max < price) &&
    !f.exclude_garments?.includes(it.g.id)
  );
}

function answerItem({ it: { g, colour }, score, parts, reasons }, position) {
  const own = g.variants.filter((v) => v.colour === colour);
  const cheapest = own.reduce((a, b) => (b.price < a.price ? b : a));
  const image = g.images.find((i) => i.colour === colour)?.url ?? "";
  return {
    garment_id: g.id,
    colour,
    title: g.title,
    brand: g.brand,
    category: human(g.attributes[0].term),
    price: cheapest.price,
    ...(cheapest.list_price ? { list_price: cheapest.list_price } : {}),
    currency: g.currency,
    image: image ? `/images/${image}` : "",
    palette: [colourHex(colour), "#55534f", "#d8d4cc"],
    sizes_in_stock: own.filter((v) => v.stock > 0).map((v) => v.size),
    position,
    score,
    propensity: 0.93,
    explored: position % 9 === 5,
    parts,
    reasons,
  };
}

function answer(list, count) {
  const used = new Set();
  const kinds = new Map();
  const picked = list
    .sort((a, b) => b.score - a.score)
    .filter(({ it }) => {
      const kind = it.g.attributes[0].term;
      if (used.has(it.g.id) || (kinds.get(kind) ?? 0) >= Math.max(2, count / 4)) return false;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      return used.add(it.g.id);
    });
  return {
    request_id: crypto.randomUUID(),
    items: picked.slice(0, count).map(answerItem),
    degraded: [],
    took_ms: 1.2,
  };
}

function recommend(body) {
  const { state } = shopperOf(body.shopper_id);
  const open = items.filter((it) => {
    const seen = state.seen.get(keyOf(it));
    if (!admits(it, body.filter)) return false;
    return !body.deck || !seen || (seen.type === "pass" && state.signals - seen.n > 8);
  });
  return answer(
    open.map((it) => scored(it, state)),
    body.count ?? 20,
  );
}

function similar(id, colour, count) {
  const me = { g: byId.get(id), colour };
  const mine = new Set(termsOf(me).map((t) => t.join("/")));
  const list = items
    .filter((it) => it.g.id !== id)
    .map((it) => {
      const shared = termsOf(it).filter((t) => mine.has(t.join("/"))).length;
      return {
        it,
        score: shared,
        parts: [{ name: "visual", weight: 1, value: shared / 8 }],
        reasons: ["Looks like it"],
      };
    });
  return answer(list, count);
}

function style(id) {
  const { state: s } = shopperOf(id);
  const before = s.history.at(-11)?.scores ?? {};
  const affinities = [...s.scores]
    .map(([k, score]) => ({
      facet: k.split("/")[0],
      term: k.split("/")[1],
      label: human(k.split("/")[1]),
      score,
      change: score - (before[k.split("/")[1]] ?? 0),
    }))
    .filter((a) => Math.abs(a.score) > 0.01)
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score))
    .slice(0, 30);
  const colours = affinities.filter((a) => a.facet === "colour" && a.score > 0);
  const sum = colours.reduce((t, c) => t + c.score, 0) || 1;
  const late = s.signals >= 20;
  return {
    shopper_id: id,
    signals: s.signals,
    likes: s.likes,
    passes: s.passes,
    saves: s.saves,
    purchases: 0,
    quiz_done: s.quiz !== null,
    source_weights:
      s.signals < 5
        ? { content: 0.6, neighbours: 0.2, visual: 0.2 }
        : late
          ? { content: 0.3, neighbours: 0.5, visual: 0.2 }
          : { content: 0.4, neighbours: 0.4, visual: 0.2 },
    exploration: 0.3 / (1 + s.signals / 10),
    affinities,
    brands: s.brands,
    palette: colours.map((c) => ({ hex: colourHex(human(c.term)), term: c.term, share: c.score / sum })),
    ...(s.liked.length
      ? { price_typical: s.liked.reduce((t, l) => t + l.g.variants[0].price, 0) / s.liked.length }
      : {}),
    ...(s.quiz?.budget_max ? { budget_max: s.quiz.budget_max } : {}),
    sizes: s.quiz?.sizes ?? [],
    history: s.history.slice(-40),
    liked: s.liked
      .slice(0, 24)
      .map((it) => scored(it, s))
      .map(answerItem),
  };
}

const tally = (values) =>
  [...values.reduce((m, v) => m.set(v, (m.get(v) ?? 0) + 1), new Map())].sort((a, b) => b[1] - a[1]);
const facet = (values, hexed = false) =>
  tally(values).map(([value, count]) => ({
    value,
    label: human(value),
    hex: hexed ? colourHex(human(value)) : "",
    count,
  }));
const facets = () => ({
  departments: facet(items.map((i) => i.g.department)),
  categories: facet(items.map((i) => i.g.attributes[0].term)),
  colours: facet(
    items.map((i) => colourTerm(i.colour)),
    true,
  ),
  brands: tally(items.map((i) => i.g.brand)).map(([value, count]) => ({
    value,
    label: value,
    hex: "",
    count,
  })),
});
const option = ({ value, label, hex }, image = "") => ({ value, label, hex, image });

function quiz() {
  const f = facets();
  const imageFor = (kind) => {
    const g = garments.find((x) => x.attributes[0].term === kind);
    return g ? `/images/${g.images[0].url}` : "";
  };
  const prices = garments.flatMap((g) => g.variants.map((v) => v.price));
  const sizes = [...new Set(garments.flatMap((g) => g.variants.map((v) => v.size)))].slice(0, 14);
  return {
    price_low: Math.min(...prices),
    price_high: Math.max(...prices),
    currency: garments[0].currency,
    steps: [
      {
        field: "departments",
        question: "Who are you dressing?",
        many: true,
        options: f.departments.map((d) => option(d)),
      },
      {
        field: "categories",
        question: "What do you reach for first?",
        many: true,
        options: f.categories.map((c) => option(c, imageFor(c.value))),
      },
      {
        field: "colours",
        question: "Which colours feel like you?",
        many: true,
        options: f.colours.map((c) => option(c)),
      },
      {
        field: "brands",
        question: "Whose clothes do you trust?",
        many: true,
        options: f.brands.map((b) => option(b)),
      },
      {
        field: "styles",
        question: "How would a friend describe your style?",
        many: true,
        options: facet(garments.map((g) => g.attributes.find((a) => a.facet === "aesthetic").term)).map((s) =>
          option(s),
        ),
      },
      {
        field: "sizes",
        question: "Your sizes, and what a piece may cost",
        many: true,
        options: sizes.map((s) => ({ value: s, label: s, hex: "", image: "" })),
      },
    ],
  };
}

function ingest(events) {
  let accepted = 0,
    duplicates = 0;
  const touched = new Set();
  for (const e of events) {
    const s = shopperOf(e.shopper_id);
    if (s.ids.has(e.event_id)) {
      duplicates++;
      continue;
    }
    s.ids.add(e.event_id);
    s.events.push(e);
    touched.add(s);
    accepted++;
  }
  for (const s of touched) s.state = fold(s.events);
  return { accepted, duplicates, refused: [] };
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

const json = (response, value, status = 200) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
const problem = (response, status, detail) =>
  response
    .writeHead(status, { "content-type": "application/problem+json" })
    .end(JSON.stringify({ type: "about:blank", title: "Refused", status, detail }));

async function api(request, response, url) {
  const [, , kind, id, what] = url.pathname.split("/").map(decodeURIComponent);
  const body = ["POST", "PUT"].includes(request.method) ? await bodyOf(request) : undefined;
  const parsed = body && url.pathname !== "/v1/search/photo" ? JSON.parse(body) : undefined;
  const count = Number(url.searchParams.get("count") ?? 12);
  if (kind === "events") return json(response, ingest(parsed.events), 202);
  if (kind === "recommendations") return json(response, recommend(parsed));
  if (url.pathname === "/v1/search/photo")
    return body[0] === 0xff
      ? json(response, similar(garments[body.length % garments.length].id, "Black", count))
      : problem(response, 415, "This is not an image.");
  if (kind === "search")
    return json(
      response,
      answer(
        items
          .filter((it) => admits(it, parsed.filter))
          .map((it) => scored(it, shopperOf(parsed.shopper_id).state, parsed.query)),
        parsed.count ?? 24,
      ),
    );
  if (kind === "quiz") return json(response, quiz());
  if (kind === "facets") return json(response, facets());
  if (kind === "shop")
    return json(response, {
      name: "Modiste",
      garments: garments.length,
      items: items.length,
      embedded: items.length,
      currency: garments[0].currency,
    });
  if (kind === "shoppers" && what === "style") return json(response, style(id));
  if (kind === "shoppers" && request.method === "DELETE")
    return (shoppers.delete(id), response.writeHead(204).end());
  if (kind === "products" && !byId.has(id)) return problem(response, 404, `There is no garment ${id}.`);
  if (kind === "products" && what === "similar")
    return json(response, similar(id, url.searchParams.get("colour") ?? "", count));
  if (kind === "products") return json(response, byId.get(id));
  return problem(response, 404, "There is no such address.");
}

const kTypes = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".jpg": "image/jpeg",
};

function file(response, path) {
  response.writeHead(200, { "content-type": kTypes[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(response);
}

createServer(async (request, response) => {
  const url = new URL(request.url, "http://local");
  const path = normalize(decodeURIComponent(url.pathname));
  try {
    if (path === "/healthz" || path === "/readyz") return json(response, { ok: true });
    if (path.startsWith("/v1/")) return await api(request, response, url);
    if (path.startsWith("/images/drawn-"))
      return response.writeHead(200, { "content-type": "image/svg+xml" }).end(drawFlat(path));
    if (path.startsWith("/images/") && luma)
      return existsSync(join(luma, path)) ? file(response, join(luma, path)) : response.writeHead(404).end();
    const asset = join(dist, path);
    file(response, existsSync(asset) && statSync(asset).isFile() ? asset : join(dist, "index.html"));
  } catch (error) {
    problem(response, 400, String(error));
  }
}).listen(port, "127.0.0.1", () => console.log(`mock shop on http://127.0.0.1:${port}`));
