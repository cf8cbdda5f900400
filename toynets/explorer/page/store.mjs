// What the page knows and what has been done to it: weights, ablations, predictions, undo.

import { add, alike, greatest, least, parseNumber, same, showDecimals, subtract, text, toNumber } from "./numbers.mjs";
import { clauseText, parse, targetText } from "./grammar.mjs";
import { Machine, decide, parametersOf, readNetwork, withParameters } from "./machine.mjs";
import { worst } from "./worst.mjs";

export const MODES = ["predict", "open", "lecture"];
const ASKED = 6;
const MOST_TO_PREDICT = 16;

export class Store {
  constructor(data) {
    this.data = data;
    this.original = readNetwork(data.network);
    this.domain = readDomain(data.domain);
    this.targets = data.targets?.map((r) => r.map(parseNumber)) ?? null;
    this.base = new Machine(this.original, this.domain);
    this.base.asShipped = true;
    this.started = parametersOf(this.original);
    this.mode = "predict";
    this.edits = new Map();
    this.text = "";
    this.fault = null;
    this.source = 0;
    this.row = this.domain.rows.length - 1;
    this.pick = "";
    this.revealed = new Set([this.key]);
    this.answers = new Map();
    this.shownRows = 0;
    this.past = [];
    this.future = [];
    this.listeners = [];
    this.refresh();
  }

  // What is being looked at: an answer belongs to it.
  get key() {
    return [...this.edits].map(([n, v]) => `${n} = ${text(v)}`).sort().join(", ") + " | " + this.text;
  }

  get editText() {
    return [...this.edits].map(([name, value]) => `${name} = ${text(value)}`).join(", ");
  }

  get changed() {
    return this.edits.size > 0 || this.text !== "";
  }

  get open() {
    return this.mode === "open" || (this.mode === "lecture" && this.shownRows >= this.domain.rows.length);
  }

  // Whether the outcome may be seen: predicted first, or asked for.
  get seen() {
    return !this.changed || this.mode !== "predict" || this.revealed.has(this.key);
  }

  // Whether a row is still covered: a lecture shows one a key press.
  covered(row) {
    return this.mode === "lecture" && row >= this.shownRows;
  }

  get family() {
    return this.plan.groups.length > 0 || this.plan.worst;
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  tell(words = "") {
    for (const listener of this.listeners) listener(words);
  }

  refresh() {
    this.network = this.edits.size ? withParameters(this.original, this.edits) : this.original;
    this.machine = this.edits.size ? new Machine(this.network, this.domain) : this.base;
    this.numbers = parametersOf(this.network);
    this.plan = this.machine.plan(this.text);
    this.found = null;
  }

  remember(label) {
    this.past.push({ edits: new Map(this.edits), text: this.text, label });
    this.future = [];
    if (this.past.length > 500) this.past.shift();
  }

  step(from, to, words) {
    const state = from.pop();
    if (!state) return;
    to.push({ edits: new Map(this.edits), text: this.text, label: state.label });
    this.edits = state.edits;
    this.text = state.text;
    this.fault = null;
    this.refresh();
    this.tell(`${words}: ${state.label}`);
  }

  undo() {
    this.step(this.past, this.future, "taken back");
  }

  redo() {
    this.step(this.future, this.past, "done again");
  }

  // Set weights and biases; a value of null restores the one that there was.
  edit(values, label, { quiet = false } = {}) {
    const next = new Map(this.edits);
    for (const [name, value] of spreadTies(this.base.wiring, values)) {
      if (value === null || same(value, this.started.get(name))) next.delete(name);
      else next.set(name, value);
    }
    if (!quiet) this.remember(label);
    this.edits = next;
    if (!quiet) this.shownRows = 0;
    this.refresh();
    this.tell(label);
  }

  intervene(source) {
    let plan;
    try {
      plan = this.machine.plan(source);
    } catch (fault) {
      this.fault = fault;
      this.tell(fault.message);
      return false;
    }
    this.fault = null;
    if (plan.text === this.text) {
      this.tell();
      return true;
    }
    this.remember(plan.text || "nothing ablated");
    this.text = plan.text;
    this.shownRows = 0;
    this.refresh();
    this.tell(plan.text ? `ablation: ${plan.text}` : "nothing is ablated");
    return true;
  }

  setMode(mode) {
    this.mode = mode;
    this.shownRows = 0;
    this.tell(`${mode} mode`);
  }

  setDark(dark) {
    this.dark = dark;
    this.tell(dark ? "dark colours" : "light colours");
  }

  setDecimals(on) {
    this.decimals = on;
    showDecimals(on);
    this.tell(on ? "decimals" : "fractions");
  }

  setSource(row) {
    this.source = row;
    this.found = null;
    this.tell(`the source is ${this.domain.labels[row]}`);
  }

  reveal() {
    this.revealed.add(this.key);
    const n = this.moved;
    this.tell(`revealed: the outputs change on ${n} of ${this.domain.rows.length} rows`);
  }

  // Show one row more, or one less, in a lecture.
  turn(by) {
    this.shownRows = Math.max(0, Math.min(this.domain.rows.length, this.shownRows + by));
    if (this.shownRows) this.row = this.shownRows - 1;
    this.tell(this.shownRows ? `row ${this.domain.labels[this.row]}` : "all rows are covered");
  }

  // Add a clause to the ablation, in place of one about the same thing.
  ablate(clause) {
    const [added] = parse(clause);
    const about = (c) => c.targets.map((t) => targetText(t).replace(/\.pre$/, "")).sort().join();
    const kept = this.plan.clauses.filter((c) => about(c) !== about(added));
    const there = this.plan.clauses.some((c) => clauseText(c) === clauseText(added));
    const all = there ? kept : [...kept, added];
    return this.intervene(all.map(clauseText).join(", "));
  }

  has(clause) {
    const [wanted] = parse(clause);
    return this.plan.clauses.some((c) => clauseText(c) === clauseText(wanted));
  }

  // Each row before and now: {before, now: {act, pre} or null, lows, highs, count, exact}.
  get results() {
    this.found ??= this.domain.rows.map((row) => this.outcome(row));
    return this.found;
  }

  outcome(row) {
    const { machine, plan } = this;
    const before = this.base.clean(row);
    const source = this.domain.rows[this.source];
    const outputs = (run) => run.act.slice(machine.firstOutput);
    try {
      if (plan.worst) {
        const all = machine.draws(row, plan).map((draws) => worst(machine, row, plan, { source, draws }));
        const lows = all.map((r) => r.outputs.map(([low]) => low)).reduce((a, b) => a.map((v, k) => least(v, b[k])));
        const highs = all.map((r) => r.outputs.map(([, high]) => high)).reduce((a, b) => a.map((v, k) => greatest(v, b[k])));
        return { before, now: null, lows, highs, count: 2 * all.length, exact: all.every((r) => r.exact) };
      }
      if (plan.groups.length) {
        const all = machine.draws(row, plan).map((draws) => outputs(machine.run(row, plan, { source, draws })));
        const lows = all.reduce((a, b) => a.map((v, k) => least(v, b[k])));
        const highs = all.reduce((a, b) => a.map((v, k) => greatest(v, b[k])));
        return { before, now: null, lows, highs, count: all.length, exact: true };
      }
      const now = machine.run(row, plan, { source });
      return { before, now, lows: outputs(now), highs: outputs(now), count: 1, exact: true };
    } catch (fault) {
      return { before, now: null, lows: null, highs: null, count: 0, exact: false, fault };
    }
  }

  decisions(outputs) {
    return decide(outputs, this.data.decision);
  }

  // How many rows have other outputs now.
  get moved() {
    return this.results.filter((r) => !r.lows || r.lows.some((v, k) => !alike(v, r.before.act[this.base.firstOutput + k]) || !alike(r.highs[k], v))).length;
  }

  // The rows that a prediction is asked for: all of few, else some on which every popular wrong
  // story fails.
  get asked() {
    const count = this.domain.rows.length;
    const task = this.edits.size ? null : this.data.homework.find((h) => h.kind === "predict" && h.intervention === this.text);
    if (task) return task.rows.map((label) => this.domain.labels.indexOf(label));
    if (count <= MOST_TO_PREDICT) return this.domain.rows.map((_, k) => k);
    const truth = this.results.map((r) => r.lows ?? []);
    const open = this.storiesNow().filter((story) => story.some((o, k) => differs(o, truth[k])));
    const chosen = [];
    while (chosen.length < ASKED && open.length) {
      const score = truth.map((t, k) => (chosen.includes(k) ? -1 : open.filter((s) => differs(s[k], t)).length));
      const best = score.indexOf(Math.max(...score));
      chosen.push(best);
      for (let i = open.length - 1; i >= 0; i--) if (differs(open[i][best], truth[best])) open.splice(i, 1);
    }
    for (let k = 0; chosen.length < ASKED; k++) {
      const spread = Math.round((k * (count - 1)) / (ASKED - 1)) % count;
      const free = chosen.includes(spread) ? truth.findIndex((_, i) => !chosen.includes(i)) : spread;
      chosen.push(free);
    }
    return chosen.sort((a, b) => a - b);
  }

  // Popular wrong stories about the present change, each as the outputs that it predicts.
  storiesNow() {
    const { machine, plan, base } = this;
    const rows = this.domain.rows;
    const first = base.firstOutput;
    const clean = rows.map((row) => base.clean(row).act.slice(first));
    const now = this.results.map((r) => r.lows ?? []);
    const found = [clean, clean.map((o) => o.map((v) => subtract(v, v)))];
    found.push(clean.map((o, k) => o.map((v, i) => add(v, subtract(v, now[k][i] ?? v)))));
    const other = (plan_) => {
      try {
        found.push(rows.map((row) => machine.outputs(row, plan_, { source: rows[this.source] })));
      } catch {
        // A story that makes no sense here is nobody's story.
      }
    };
    for (const r of plan.replacements) {
      if (r.value === "mean") other(`${r.name} = 0`);
      if (!r.pre && machine.wiring.units.includes(r.name)) other(`${r.name}.pre = 0`);
      if (machine.wiring.hidden.includes(r.name)) other(`->${r.name} = 0`);
    }
    const single = plan.clauses.flatMap((c) => c.targets.map((t) => ({ ...c, targets: [t] })));
    if (single.length > 1) {
      const each = single.map((c) => rows.map((row) => machine.outputs(row, clauseText(c), { source: rows[this.source] })));
      found.push(clean.map((o, k) => o.map((v, i) => each.reduce((sum, e) => add(sum, subtract(e[k][i], v)), v))), ...each);
    }
    for (const story of this.data.stories ?? []) {
      const stated = story.outcomes[this.text];
      if (stated) found.push(stated.map((r) => r.map(readValue)));
      const numbers = new Map(Object.entries(story.numbers).map(([n, v]) => [n, readValue(v)]));
      if (!numbers.size) continue;
      const wrong = new Machine(withParameters(this.network, numbers), this.domain);
      found.push(rows.map((row) => wrong.outputs(row, this.text, { source: rows[this.source] })));
    }
    return found;
  }
}

function differs(a, b) {
  return a.some((v, k) => b[k] === undefined || !alike(v, b[k]));
}

export const readValue = (v) => (typeof v === "string" ? parseNumber(v) : v);

function readDomain(data) {
  return {
    ...data,
    rows: data.rows.map((r) => r.map(parseNumber)),
    bounds: data.bounds?.map((pair) => pair.map(parseNumber)),
  };
}

// One tied number is one number: a copy takes the others along.
function spreadTies(wiring, values) {
  const found = new Map(values);
  for (const [name, value] of values) {
    const group = wiring.copies.get(name);
    for (const member of group ? wiring.ties.get(group) : []) if (!found.has(member)) found.set(member, value);
  }
  return found;
}

// How a slider runs: as far as three times the number, in quarters.
export function sliderOf(value) {
  const size = Math.max(2, Math.ceil(2 * Math.abs(toNumber(value))));
  return { low: -size, high: size, step: size > 20 ? 1 : 0.25 };
}

