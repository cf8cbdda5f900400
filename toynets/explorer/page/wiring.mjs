// What an intervention means in a net of named units: which numbers and which values change.
// The same refusals, in the same words, as the package's `wiring` and `errors`.

import { Fault, Q, add, multiply } from "./numbers.mjs";
import { interventionText, isPatch, parse, targetText } from "./grammar.mjs";

export const edgeName = (source, target) => `${source}->${target}`;
export const biasName = (unit) => `${unit}.bias`;
const LISTED = 20;
const NEAR = 0.6;

export class Wiring {
  constructor(network) {
    this.title = network.name;
    this.inputs = network.inputs;
    this.units = network.layers.flatMap((layer) => layer.units);
    this.outputs = network.layers.at(-1).units;
    this.hidden = this.units.slice(0, this.units.length - this.outputs.length);
    this.edges = [];
    this.biased = new Set();
    this.ties = new Map(Object.entries(network.ties ?? {}));
    let parents = network.inputs;
    for (const layer of network.layers) {
      layer.units.forEach((unit, i) => {
        parents.forEach((parent, j) => {
          if (!layer.mask || layer.mask[i][j]) this.edges.push([parent, unit]);
        });
        if (layer.bias) this.biased.add(unit);
      });
      parents = layer.units;
    }
    this.edgeNames = this.edges.map(([s, t]) => edgeName(s, t));
    this.copies = new Map();
    for (const [group, members] of this.ties) for (const m of members) this.copies.set(m, group);
  }

  incoming(unit) {
    return this.edges.filter(([, t]) => t === unit).map(([s, t]) => edgeName(s, t));
  }

  outgoing(unit) {
    return this.edges.filter(([s]) => s === unit).map(([s, t]) => edgeName(s, t));
  }

  // Unit by unit, each unit's bias after its weights.
  parameters() {
    return this.units.flatMap((unit) => [
      ...this.incoming(unit),
      ...(this.biased.has(unit) ? [biasName(unit)] : []),
    ]);
  }

  has(name) {
    return this.units.includes(name) || this.inputs.includes(name);
  }

  resolve(source) {
    const clauses = typeof source === "string" ? parse(source) : source;
    return new Resolver(this, clauses, typeof source === "string" ? source : "").plan();
  }
}

export function applyEdit(edit, old) {
  if (edit.op === "=") return edit.value;
  return edit.op === "+=" ? add(old, edit.value) : multiply(old, edit.value);
}

class Resolver {
  constructor(wiring, clauses, source) {
    this.wiring = wiring;
    this.clauses = clauses;
    this.source = source || interventionText(clauses);
    this.found = { text: interventionText(clauses), clauses, edits: [], replacements: [], paths: [], notes: [] };
    this.seen = new Map();
  }

  plan() {
    this.clauses.forEach((clause, k) => {
      for (const target of clause.targets) this.add(target, clause.op, clause.value, k + 1);
    });
    const { replacements, paths } = this.found;
    const values = [...replacements, ...paths].map((r) => r.value);
    this.found.groups = [...new Set(replacements.filter((r) => r.value === "resample").map((r) => r.group))].sort((a, b) => a - b);
    this.found.worst = values.includes("worst");
    this.found.needsSource = values.some((v) => isPatch(v) && v.point === null);
    return this.found;
  }

  fail(message, target, fix = "") {
    throw new Fault(message, "", fix, target.column, this.source);
  }

  claim(quantity, target) {
    if (this.seen.has(quantity)) {
      const message = `${quantity} is changed twice, by ${this.seen.get(quantity)} and by ${targetText(target)}.`;
      this.fail(message, target, "all clauses act at once: leave one of the two out.");
    }
    this.seen.set(quantity, targetText(target));
  }

  unit(name, target, inputs = false) {
    const w = this.wiring;
    if (w.units.includes(name) || (inputs && w.inputs.includes(name))) return;
    if (w.inputs.includes(name)) {
      const what = { incoming: "incoming weight", bias: "bias" }[target.kind] ?? ".pre";
      this.fail(`${name} is an input: it has no ${what}.`, target, `replace the input itself: ${name} = 0.`);
    }
    this.fail(this.noUnit(name), target);
  }

  noUnit(name) {
    const w = this.wiring;
    let [kind, pool] = ["unit", w.hidden];
    if (/^x[0-9]+$/.test(name)) [kind, pool] = ["input", w.inputs];
    else if (name[0] === "y" || !w.hidden.length) [kind, pool] = ["output", w.outputs];
    const everything = [...w.units, ...w.inputs, ...w.ties.keys()];
    return unknown(kind, name, w.title, pool, everything.filter((n) => !pool.includes(n)));
  }

  add(target, op, value, number) {
    const w = this.wiring;
    const { kind, name } = target;
    if (kind === "name" && w.ties.has(name)) this.parameter(name, target, op, value);
    else if (kind === "name" || kind === "pre") this.value(target, op, value, number);
    else if (kind === "bias") {
      this.unit(name, target);
      if (!w.biased.has(name)) this.fail(`${name} has no bias.`, target, `replace ${name}.pre instead.`);
      this.parameter(biasName(name), target, op, value);
    } else if (kind === "edge") this.edge(target, op, value);
    else {
      this.unit(name, target, kind === "outgoing");
      const names = kind === "incoming" ? w.incoming(name) : w.outgoing(name);
      if (!names.length) this.fail(`${name} has no ${kind} weights.`, target);
      for (const one of names) this.edit(one, target, op, value);
      this.noteCopies(target, names);
    }
  }

  value(target, op, value, number) {
    const w = this.wiring;
    const { name } = target;
    const pre = target.kind === "pre";
    this.unit(name, target, !pre);
    if (target.copy) this.fail(`${name} is not tied: @ numbers the copies of a tied weight.`, target);
    if (op !== "=") {
      const shift = w.inputs.includes(name) ? "" : `write ${name}.bias += … to shift it; `;
      const message = `${op} changes weights and biases only; ${name} is a unit.`;
      this.fail(message, target, `${shift}write ${name}-> *= … to scale what it sends.`);
    }
    this.claim(pre ? `${name}.pre` : name, target);
    if (this.seen.has(pre ? name : `${name}.pre`)) {
      const message = `${name} and ${name}.pre are both replaced; the first hides the second.`;
      this.fail(message, target, "leave one of the two out.");
    }
    const filled = isPatch(value) ? this.patch(value, name, pre, target) : value;
    this.found.replacements.push({ name, pre, value: filled, group: number });
  }

  patch(value, name, pre, target) {
    const w = this.wiring;
    const unit = value.unit || name;
    let read = pre || value.pre;
    if (value.unit) {
      if (value.pre && w.inputs.includes(unit)) {
        this.fail(`${unit} is an input: it has no .pre.`, target, `write ${unit}(x').`);
      }
      this.unit(unit, target, true);
      read = value.pre;
    }
    if (value.point && value.point.length !== w.inputs.length) {
      const message = `the source has ${value.point.length} numbers; ${w.title || "the network"} has ${w.inputs.length} inputs.`;
      this.fail(message, target, `write out all of ${w.inputs.slice(0, 20).join(", ")}; 0,5 is written 0.5.`);
    }
    return { unit, pre: read, point: value.point };
  }

  edge(target, op, value) {
    const w = this.wiring;
    const name = edgeName(target.source, target.name);
    if (!w.edgeNames.includes(name)) {
      for (const part of [target.source, target.name]) if (!w.has(part)) this.fail(this.noUnit(part), target);
      this.fail(unknown("weight", name, w.title, w.edgeNames), target);
    }
    if (isPatch(value)) {
      this.claim(name, target);
      const filled = this.patch(value, target.source, false, target);
      this.found.paths.push({ source: target.source, target: target.name, value: filled });
      return;
    }
    this.parameter(name, target, op, value);
  }

  // All copies of a tied number, or the copy that @ names.
  parameter(name, target, op, value) {
    const w = this.wiring;
    const group = w.ties.has(name) ? name : (w.copies.get(name) ?? "");
    if (!group) {
      if (target.copy) {
        this.fail(`${name} is not tied: it has no copy ${target.copy}.`, target, `leave @${target.copy} out.`);
      }
      this.edit(name, target, op, value);
      return;
    }
    const members = w.ties.get(group);
    if (target.copy) {
      if (target.copy > members.length) {
        this.fail(`${group} has copies 1 to ${members.length}, not ${target.copy}.`, target);
      }
      this.edit(members[target.copy - 1], target, op, value);
      return;
    }
    this.found.notes.push(
      `${targetText(target)} is tied: all ${members.length} copies change (${members.join(", ")}); ${group}@1 is the first alone.`,
    );
    for (const member of members) this.edit(member, target, op, value);
  }

  // `->h2` names the edges of one unit, not a number: copies elsewhere stay.
  noteCopies(target, names) {
    const groups = new Set(names.filter((n) => this.wiring.copies.has(n)).map((n) => this.wiring.copies.get(n)));
    for (const group of groups) {
      if (this.wiring.ties.get(group).every((m) => names.includes(m))) continue;
      this.found.notes.push(
        `${targetText(target)} changes weights of the tied group ${group}; its copies elsewhere stay. ${group} names them all.`,
      );
    }
  }

  edit(name, target, op, value) {
    if (!(value instanceof Q)) {
      const fix = `write ${targetText(target)} = 0, or replace a unit: h2 = mean.`;
      this.fail(`${name} is a weight or a bias: it takes a number.`, target, fix);
    }
    this.claim(name, target);
    this.found.edits.push({ name, op, value });
  }
}

export function unknown(kind, name, where, names, also = []) {
  const heading = `${kind}s`;
  const few = names.length <= LISTED;
  const near = nearest(name, [...names, ...also], few ? 1 : 3).join(", ");
  const place = where ? ` in ${where}` : "";
  const given = name.length <= 60 ? name : `${name.slice(0, 59)}…`;
  let tail = `There are no ${heading}.`;
  if (names.length) {
    const some = near ? "" : `, such as ${names.slice(0, 3).join(", ")}`;
    tail = few
      ? `${heading[0].toUpperCase()}${heading.slice(1)}: ${names.join(", ")}.`
      : `There are ${names.length} ${heading}${some}.`;
  }
  return `no ${kind} ${given}${place}. ${tail}${near ? ` Nearest: ${near}.` : ""}`;
}

function apart(name) {
  return [name.replace(/[0-9]+/g, "#"), (name.match(/[0-9]+/g) ?? []).map(Number)];
}

// Names that differ in their numbers alone are ordered by how far the numbers are apart.
export function nearest(name, pool, count = 1) {
  const wanted = name.slice(0, 100).toLowerCase();
  const [pattern, numbers] = apart(wanted);
  const scored = [];
  pool.forEach((candidate, k) => {
    const lower = candidate.slice(0, 100).toLowerCase();
    const share = likeness(lower, wanted);
    const [other, others] = apart(lower);
    const close = numbers.length > 0 && other === pattern;
    const begins = wanted.length > 2 && lower.startsWith(wanted);
    if (!close && !begins && share < NEAR) return;
    const far = close ? numbers.reduce((sum, n, i) => sum + Math.abs(n - others[i]), 0) : 0;
    scored.push([close ? 0 : 1, far, begins ? 0 : 1, -share, k, candidate]);
  });
  const order = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3] || a[4] - b[4];
  return scored.sort(order).slice(0, count).map((entry) => entry[5]);
}

// The share of matching characters, block by block, longest block first.
function likeness(a, b) {
  const total = a.length + b.length;
  return total ? (2 * matching(a, b)) / total : 1;
}

function matching(a, b) {
  let [size, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let k = 0;
      while (i + k < a.length && j + k < b.length && a[i + k] === b[j + k]) k++;
      if (k > size) [size, left, right] = [k, i, j];
    }
  }
  if (!size) return 0;
  return size + matching(a.slice(0, left), b.slice(0, right)) + matching(a.slice(left + size), b.slice(right + size));
}

