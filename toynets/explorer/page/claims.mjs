// What leaves the page and comes back: claims, networks, explanations, the state; checked on entry.

import { Fault, fromNumber, isExact, parseNumber, same, text, toNumber } from "./numbers.mjs";
import { readNetwork } from "./machine.mjs";

export const STATE = "toynets-page-state/1";
const MOST_CHARACTERS = 4 * 1024 * 1024;

const plainNumber = (q) => (isExact(q) && q.d === 1n && (q.n < 0n ? -q.n : q.n) < 2n ** 53n ? Number(q.n) : text(q));

// Predictions as homework: `toynets grade` reads it.
export function claimsOf(store) {
  const { outputs } = store.base.wiring;
  const claims = [...store.answers.values()].map((answer, n) => {
    const given = answer.rows.map((k) => {
      const values = outputs.map((_, i) => plainNumber(answer.values.get(`${k},${i}`)));
      return values.length === 1 ? values[0] : values;
    });
    const whole = answer.rows.length === store.domain.rows.length;
    const claim = { id: `explorer.${n + 1}`, kind: "predict", intervention: answer.intervention };
    if (answer.intervention.includes("x'")) claim.source = store.domain.rows[answer.source].map(plainNumber);
    claim.outputs = whole ? given : Object.fromEntries(answer.rows.map((k, i) => [store.domain.labels[k], given[i]]));
    return claim;
  });
  if (store.edits.size) {
    const weights = Object.fromEntries([...store.numbers].map(([name, value]) => [name, plainNumber(value)]));
    claims.push({ id: `explorer.${claims.length + 1}`, kind: "construct", weights });
  }
  const name = store.original.name || "network";
  return { format: "toynets-claims/1", lesson: "explorer", network: `${name}@sha256:${store.original.hash}`, claims };
}

const holds = { float32: (x) => Math.fround(x), float64: (x) => x };

// The network as it is now, in the package's form; a number that no float holds is refused.
export function networkOf(store) {
  const fits = (dtype) => [...store.numbers.values()].every((q) => isExact(q) && same(fromNumber(holds[dtype](toNumber(q))), q));
  const dtype = ["float32", "float64"].slice(store.original.dtype === "float64" ? 1 : 0).find(fits);
  if (!dtype) {
    const [name, value] = [...store.numbers].find(([, q]) => !same(fromNumber(toNumber(q)), q));
    throw new Fault(`${name} = ${text(value)} is no float: a network cannot hold it.`, "only fractions with a power of two below are floats.", "write for example 21/64 in place of 1/3; or export the claims.");
  }
  const data = store.data.network;
  const layers = store.network.layers.map((layer, k) => ({
    ...data.layers[k], weight: layer.weight.map((row) => row.map(text)), bias: layer.bias?.map(text) ?? null,
  }));
  const name = store.edits.size ? `${store.original.name || "network"}-edited` : store.original.name;
  const found = { format: "toynets-network/1", name, dtype, inputs: data.inputs, layers };
  if (data.ties) found.ties = data.ties;
  return found;
}

export function stateOf(store) {
  return {
    format: STATE, network: store.original.name, hash: store.original.hash,
    edits: Object.fromEntries([...store.edits].map(([n, v]) => [n, text(v)])), ablation: store.text,
    row: store.domain.labels[store.row], source: store.domain.labels[store.source], mode: store.mode,
  };
}

// Reads what was pasted or picked: {kind: "state" | "network", value}.
export function readFile(store, source) {
  if (source.length > MOST_CHARACTERS) throw new Fault("this file is too large to be a tiny network.");
  let data;
  try {
    data = JSON.parse(source);
  } catch (error) {
    throw new Fault(`this is not JSON: ${error.message}.`, "the text is cut short, or another kind of file.");
  }
  if (data?.format === "toynets-network/1") return { kind: "network", value: readNetwork(data), data };
  if (data?.format === STATE) return { kind: "state", value: checkState(store, data) };
  const format = JSON.stringify(data?.format) ?? "no format";
  throw new Fault(`this page reads a network or a saved state, not ${format.slice(0, 70)}.`, "a claims file or an explanation goes to the package.", "toynets grade reads claims; toynets explore NAME --explanation FILE shows an explanation.");
}

export function checkState(store, data) {
  if (data.hash && store.original.hash && data.hash !== store.original.hash) {
    throw new Fault(`this state is of another network${data.network ? `, ${data.network}` : ""}.`, "", "open the page of that network first.");
  }
  const edits = new Map();
  for (const [name, value] of Object.entries(data.edits ?? {})) {
    if (!store.started.has(name)) throw new Fault(`there is no weight ${name.slice(0, 60)} here.`);
    edits.set(name, parseNumber(String(value)));
  }
  store.base.plan(String(data.ablation ?? ""));
  const at = (label, otherwise) => Math.max(0, label === undefined ? otherwise : store.domain.labels.indexOf(String(label)));
  return { edits, ablation: String(data.ablation ?? ""), row: at(data.row, store.row), source: at(data.source, 0), mode: data.mode };
}

// The state as the end of an address, readable: #do=h2 = 0&set=x1->h2 = 3/2&row=11
export function addressOf(store) {
  const parts = new URLSearchParams();
  if (store.editText) parts.set("set", store.editText);
  if (store.text) parts.set("do", store.text);
  parts.set("row", store.domain.labels[store.row]);
  if (store.source) parts.set("from", store.domain.labels[store.source]);
  return `#${parts}`;
}

export function readAddress(store, hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const edits = {};
  for (const clause of (parts.get("set") ?? "").split(",").filter((t) => t.trim())) {
    const [name, value] = clause.split("=").map((t) => t.trim());
    edits[name] = value ?? "";
  }
  return checkState(store, { edits, ablation: parts.get("do") ?? "", row: parts.get("row") ?? undefined, source: parts.get("from") ?? undefined });
}
