// A modiste of its own for a test: started, killed, started again on the same data.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const kRoot = fileURLToPath(new URL("../..", import.meta.url));
export const kModiste = process.env.MODISTE_BINARY ?? `${kRoot}/build/dev/src/apps/modiste/modiste`;

export function modiste(data, ...args) {
  const done = spawnSync(kModiste, ["--data", data, ...args], { encoding: "utf8", timeout: 120_000 });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

// A server that a failed test left would keep the whole run waiting.
const started = new Set();
after(() => started.forEach((child) => child.kill("SIGKILL")));

// config: a configuration file; absent: the defaults.
export async function serve(data, config) {
  const configured = config === undefined ? [] : ["--config", config];
  const child = spawn(kModiste, [...configured, "--data", data, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  started.add(child);
  child.once("exit", () => started.delete(child));
  let text = "";
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address in: ${text}`)), 60_000);
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const found = /http:\/\/[\d.]+:\d+/.exec(text);
      if (found) (clearTimeout(timer), resolve(found[0]));
    });
    child.once("exit", (code) => (clearTimeout(timer), reject(new Error(`ended with ${code}: ${text}`))));
  });
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, "exit");
    child.kill(signal);
    return (await gone)[0];
  };
  return { url, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

export async function call(url, method, path, body, headers = {}) {
  const answer = await fetch(url + path, {
    method,
    headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? undefined : JSON.parse(text), type: answer.headers.get("content-type") };
}

export function garment(id, words = {}) {
  return {
    id,
    title: `${id} linen shirt`,
    brand: "Testwear",
    category: "Women/Tops/Shirts",
    department: "Women",
    variants: [{ sku: `${id}-M`, size: "M", colour: "Blue", price: 40, stock: 5 }],
    ...words,
  };
}
