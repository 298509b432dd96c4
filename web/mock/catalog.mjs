// A small catalog for the development mock: an Adobe Commerce sample when a folder is given, else drawn flats.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const kColours = {
  Black: "#1c1c1e",
  Gray: "#8d8f93",
  White: "#f2f1ee",
  Blue: "#2a5aa8",
  Red: "#b3272d",
  Green: "#3c7d4f",
  Orange: "#d98324",
  Purple: "#6b4a8e",
  Yellow: "#e2c044",
  Brown: "#6b4a32",
  Lavender: "#a89ac8",
};
export const colourHex = (name) => kColours[name] ?? "#9a9a98";

function parseCsv(text) {
  const rows = [];
  let row = [],
    cell = "",
    quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') ((cell += '"'), i++);
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ",") (row.push(cell), (cell = ""));
    else if (c === "\n") (row.push(cell), rows.push(row), (row = []), (cell = ""));
    else if (c !== "\r") cell += c;
  }
  const [head, ...body] = rows;
  return body
    .filter((r) => r.length === head.length)
    .map((r) => Object.fromEntries(head.map((h, i) => [h, r[i]])));
}

const plain = (html) =>
  html
    .replace(/<\/(p|li|ul)>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replace(/&[a-z#0-9]+;/g, " ")
    .replace(/\n\s+/g, "\n")
    .trim();

const kKinds = {
  Jackets: "jacket",
  "Hoodies & Sweatshirts": "hoodie",
  Tees: "t-shirt",
  Tanks: "tank-top",
  Pants: "trousers",
  Shorts: "shorts",
  "Bras & Tanks": "bra-top",
};

function fromLuma(folder) {
  const rows = parseCsv(readFileSync(join(folder, "products.csv"), "utf8"));
  const simple = new Map(rows.filter((r) => r.product_type === "simple").map((r) => [r.sku, r]));
  return rows
    .filter((r) => r.product_type === "configurable")
    .map((r) => {
      const variants = r.configurable_variations.split("|").map((part) => {
        const fields = Object.fromEntries(part.split(",").map((f) => f.split("=")));
        const own = simple.get(fields.sku);
        const price = Number(own?.special_price || own?.price || r.price);
        const stock =
          (fields.sku.length * 7 + fields.size.length * 3) % 9 === 0
            ? 0
            : fields.sku.charCodeAt(3) % 7 === 0
              ? 2
              : 40;
        return {
          sku: fields.sku,
          size: fields.size,
          colour: fields.color,
          price,
          ...(Number(own?.price) > price ? { list_price: Number(own.price) } : {}),
          stock,
        };
      });
      const images = [];
      for (const variant of variants) {
        if (images.some((i) => i.colour === variant.colour)) continue;
        const own = simple.get(variant.sku);
        for (const path of [own?.base_image, ...(own?.additional_images ?? "").split(",")].filter(Boolean)) {
          const file = path.split("/").at(-1);
          if (existsSync(join(folder, "images", file)) && !images.some((i) => i.url === file))
            images.push({ url: file, colour: variant.colour });
        }
      }
      const extra = Object.fromEntries(
        (r.additional_attributes || "")
          .split(",")
          .map((f) => f.split("="))
          .filter((f) => f[1]),
      );
      const path = r.categories.split(",").find((c) => /Men|Women/.test(c)) ?? "";
      const kind = kKinds[path.split("/").at(-1)] ?? "top";
      const department = path.includes("Women") ? "women" : "men";
      const attributes = [
        { facet: "category", term: kind, word: path.split("/").at(-1), source: "supplier", confidence: 1 },
        { facet: "department", term: department, word: department, source: "supplier", confidence: 1 },
        ...(extra.material ?? "")
          .split("|")
          .filter(Boolean)
          .slice(0, 3)
          .map((m) => ({
            facet: "fabric",
            term: m.toLowerCase().replace(/[^a-z]+/g, "-"),
            word: m,
            source: "supplier",
            confidence: 1,
          })),
        ...(extra.pattern ?? "")
          .split("|")
          .filter(Boolean)
          .slice(0, 1)
          .map((m) => ({
            facet: "pattern",
            term: m.toLowerCase().replace(/[^a-z]+/g, "-"),
            word: m,
            source: "supplier",
            confidence: 1,
          })),
        {
          facet: "aesthetic",
          term: ["sporty", "minimal", "relaxed", "outdoor"][r.sku.charCodeAt(3) % 4],
          word: "",
          source: "photo",
          confidence: 0.81,
        },
        {
          facet: "fit",
          term: ["slim", "regular", "loose"][r.sku.charCodeAt(3) % 3],
          word: "",
          source: "photo",
          confidence: 0.72,
        },
      ];
      return {
        id: r.sku,
        title: r.name,
        description: plain(r.description),
        brand: ["Luma", "Erin", "Atlas & Sons"][r.name.length % 3],
        category: path,
        department,
        currency: "USD",
        attributes,
        images,
        variants,
      };
    })
    .filter((g) => g.images.length > 0);
}

const kDrawn = ["jacket", "hoodie", "t-shirt", "tank-top", "trousers", "shorts", "dress", "skirt"];
const kFabrics = ["linen", "wool", "cotton", "silk", "denim"];
const kLooks = ["minimal", "romantic", "sporty", "classic"];

function drawn() {
  return Array.from({ length: 72 }, (_, i) => {
    const kind = kDrawn[i % kDrawn.length],
      fabric = kFabrics[(i * 3) % 5],
      look = kLooks[(i * 7) % 4];
    const colours = Object.keys(kColours).filter((_, c) => (c * 5 + i) % 4 === 0);
    const price = 28 + ((i * 37) % 160);
    const fact = (facet, term, source = "supplier") => ({
      facet,
      term,
      word: source === "photo" ? "" : term,
      source,
      confidence: 0.9,
    });
    return {
      id: `D${String(i).padStart(3, "0")}`,
      title: `${["Alma", "Noor", "Ines", "Cleo", "Tove", "Mika"][i % 6]} ${fabric} ${kind}`,
      description: `A ${look} ${kind} in ${fabric}.`,
      brand: ["Maison Sorrel", "Halden", "Osei Studio"][i % 3],
      category: kind,
      department: i % 2 ? "women" : "men",
      currency: "EUR",
      attributes: [
        fact("category", kind),
        fact("department", i % 2 ? "women" : "men"),
        fact("fabric", fabric),
        fact("aesthetic", look, "photo"),
        fact("pattern", i % 3 ? "solid" : "striped"),
      ],
      images: colours.map((colour) => ({ url: `drawn-${kind}-${colour}.svg`, colour })),
      variants: colours.flatMap((colour) =>
        ["XS", "S", "M", "L", "XL"].map((size, s) => ({
          sku: `D${i}-${colour}-${size}`,
          size,
          colour,
          price,
          stock: (i + s) % 6 === 0 ? 0 : 12,
        })),
      ),
    };
  });
}

const kShapes = {
  trousers: "M140 90h120l14 350h-62l-12-230-12 230h-62z",
  shorts: "M130 150h140l18 170h-76l-12-70-12 70h-76z",
  skirt: "M150 140h100l56 260H94z",
  dress: "M160 70q40 34 80 0l26 96-22 30 52 230H104l52-230-22-30z",
};
const kTop = "M150 90q50 40 100 0l70 40-26 84-34-12v220H140V202l-34 12-26-84z";

export function drawFlat(file) {
  const [, kind, colour] = /drawn-(.+)-([A-Za-z]+)\.svg/.exec(file) ?? [];
  const shape = kShapes[kind] ?? kTop;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500"><rect width="400" height="500" fill="#fff"/><path d="${shape}" fill="${colourHex(colour)}" stroke="#0003" stroke-width="2"/></svg>`;
}

export function loadCatalog(folder) {
  return folder ? fromLuma(folder) : drawn();
}
