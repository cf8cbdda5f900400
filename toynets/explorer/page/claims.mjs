// What leaves the page and comes back: claims, networks, explanations, the state; checked on entry.

import { Fault, fromNumber, isExact, isZero, parseNumber, same, text, toNumber } from "./numbers.mjs";
import { readNetwork } from "./machine.mjs";

export const STATE = "toynets-page-state/1";
const MOST_CHARACTERS = 4 * 1024 * 1024;

const plainNumber = (q) => (isExact(q) && q.d === 1n && (q.n < 0n ? -q.n : q.n) < 2n ** 53n ? Number(q.n) : text(q));

export const OWN = "PAGE"; // the lesson of questions that are in no lesson

const given = (store, answer) => answer.rows.map((k) => {
  const values = store.base.wiring.outputs.map((_, i) => plainNumber(answer.values.get(`${k},${i}`)));
  return values.length === 1 ? values[0] : values;
});

// What has been answered, by lesson: Map lesson -> [{id, answer}].
export function answered(store) {
  const found = new Map([[OWN, []]]);
  for (const answer of store.answers.values()) {
    const task = store.data.homework.find((h) => h.kind === "predict" && h.intervention === answer.intervention);
    const lesson = task?.lesson ?? OWN;
    if (!found.has(lesson)) found.set(lesson, []);
    found.get(lesson).push({ id: task?.id ?? `${OWN}.${found.get(OWN).length + 1}`, answer });
  }
  for (const task of store.data.homework) {
    if (task.kind !== "construct" || !store.edits.size) continue;
    if (!found.has(task.lesson)) found.set(task.lesson, []);
    found.get(task.lesson).push({ id: task.id, answer: null });
  }
  return found;
}

// Predictions, and edited weights where a lesson asks for some, as homework: `toynets grade` reads it.
export function claimsOf(store, lesson = OWN) {
  const labels = store.domain.labels;
  const claims = (answered(store).get(lesson) ?? []).map(({ id, answer }) => {
    if (!answer) {
      const weights = [...store.numbers].filter(([, value]) => !isZero(value)).map(([name, value]) => [name, plainNumber(value)]);
      return { id, kind: "construct", weights: Object.fromEntries(weights) };
    }
    const values = given(store, answer);
    const whole = answer.rows.length === labels.length;
    const outputs = whole ? values : Object.fromEntries(answer.rows.map((k, i) => [labels[k], values[i]]));
    return { id, kind: "predict", intervention: answer.intervention, outputs };
  });
  const name = store.original.name || "network";
  return { format: "toynets-claims/1", lesson, network: `${name}@sha256:${store.original.hash}`, claims };
}

function toml(value) {
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  if (value !== null && typeof value === "object") return `{${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)} = ${toml(v)}`).join(", ")}}`;
  return JSON.stringify(value);
}

// A question of one's own as an exercise file, with which `toynets grade --exercises` grades others.
export function exerciseOf(store, { id, answer }) {
  const { hash: _, ...network } = store.data.network;
  const machine = store.base;
  const rows = answer.rows.map((k) => store.domain.rows[k]);
  const outputs = rows.map((row) => machine.outputs(row, answer.intervention).map(plainNumber));
  const one = machine.wiring.outputs.length === 1;
  const lines = {
    id, title: `${store.original.name || "the network"} under ${answer.intervention}`, kind: "predict", points: 1,
    prompt: `Change this: ${answer.intervention}. What does the network give on each of these inputs? Commit to it before you run anything.`,
    ...(store.data.zoo ? { network: store.original.name } : { net: network }),
  };
  const top = Object.entries(lines).map(([k, v]) => `${k} = ${toml(v)}`);
  return [...top, "", "[ask]", `intervention = ${toml(answer.intervention)}`, `rows = ${toml(rows.map((r) => r.map(text)))}`,
    ...(outputs.flat().every((v) => typeof v === "number" || v.includes("/") || /^-?[0-9]+$/.test(v)) ? [] : ['tolerance = "1/1000"']),
    "", "[solution]", `outputs = ${toml(one ? outputs.map(([v]) => v) : outputs)}`, ""].join("\n");
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
