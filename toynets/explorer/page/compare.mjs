// Two networks, one explanation: of which is it true, and which input or ablation tells them apart?

import { Fault, HALF, MINUS_ONE, ONE, ZERO, alike, fraction, pretty } from "./numbers.mjs";
import { button, el, redraw, row, scroller, table } from "./dom.mjs";
import { Machine, readNetwork } from "./machine.mjs";
import { toleranceOf, within } from "./without.mjs";

const PROBES = [ZERO, HALF, ONE, fraction(2n), MINUS_ONE];
const MOST_PROBES = 700;
const MOST_LISTED = 64;

// What is tried: the clean run, each unit and pair away, each mean, each weight cut.
export function trials(machine) {
  const { hidden, edgeNames, inputs } = machine.wiring;
  const parts = hidden.length ? hidden : inputs;
  const found = ["", ...parts.map((u) => `${u} = 0`)];
  parts.forEach((a, i) => parts.slice(i + 1).forEach((b) => found.push(`${a}, ${b} = 0`)));
  if (machine.domain.kind !== "box") found.push(...parts.map((u) => `${u} = mean`));
  found.push(...edgeNames.map((e) => `${e} = 0`));
  return found.slice(0, 200);
}

// The first case on which two machines differ: {clause, row, a, b, cases} (row null: none).
export function firstDifference(a, b, clauses, rows, far = () => 0) {
  let cases = 0;
  for (const clause of clauses) {
    for (const x of rows) {
      let pair;
      try {
        pair = [a.outputs(x, clause), b.outputs(x, clause)];
      } catch {
        continue; // other names: this trial says nothing about the second network
      }
      cases += 1;
      if (pair[0].some((v, k) => !within(v, pair[1][k], far(clause)))) return { clause, row: x, a: pair[0], b: pair[1], cases };
    }
  }
  return { clause: "", row: null, cases };
}

// Inputs that are no rows of the domain: thirds of the plane are too many, corners and middles do.
export function probes(machine) {
  let found = [[]];
  for (let k = 0; k < machine.count && found.length * PROBES.length <= MOST_PROBES; k++) found = found.flatMap((p) => PROBES.map((v) => [...p, v]));
  return found.map((p) => [...p, ...new Array(machine.count - p.length).fill(HALF)]);
}

export class Compare {
  constructor(store, derived) {
    this.store = store;
    this.derived = derived;
    this.others = store.data.others.map((o) => ({ name: o.name, title: o.title, network: readNetwork(o.network) }));
    this.chosen = this.others[0]?.name ?? "";
    this.place = el("div");
    this.tools = el("div", { class: "tools" });
    this.element = el("details", { class: "panel", ontoggle: () => this.update() }, el("summary", null, "Two networks, one explanation"), this.tools, this.place);
  }

  // A network from a file, to stand beside this one.
  add(network) {
    const mine = this.store.original.inputs.join(", ");
    if (network.inputs.join(", ") !== mine || network.layers.at(-1).units.length !== this.store.base.wiring.outputs.length) {
      throw new Fault(`this network takes ${network.inputs.join(", ")}, and this page is about ${mine}.`, "", "toynets explore FILE makes a page of it.");
    }
    const name = `${network.name || "network"} (loaded)`;
    this.others = [...this.others.filter((o) => o.name !== name), { name, title: "", network }];
    this.chosen = name;
    this.element.open = true;
    this.update();
  }

  pair() {
    const { store } = this;
    if (this.chosen === "edited") return { first: store.base, second: store.machine, names: ["original", "edited"] };
    const other = this.others.find((o) => o.name === this.chosen);
    return other && { first: store.machine, second: new Machine(other.network, store.domain), names: [store.edits.size ? "this, edited" : store.original.name, other.name] };
  }

  update() {
    const { store } = this;
    if (!this.element.open) return;
    if (store.edits.size && !this.others.length) this.chosen = "edited";
    if (!store.edits.size && this.chosen === "edited") this.chosen = this.others[0]?.name ?? "";
    const names = [...(store.edits.size ? ["edited"] : []), ...this.others.map((o) => o.name)];
    if (!names.length) {
      redraw(this.tools);
      redraw(this.place, el("p", { class: "hint" }, "Change a weight to compare original and edited, or load a network with the same inputs."));
      return;
    }
    redraw(this.tools, el("label", null, "with ", el("select", { "data-key": "other", onchange: (event) => {
      this.chosen = event.target.value;
      this.update();
    } }, names.map((n) => el("option", { value: n, selected: n === this.chosen }, n === "edited" ? "original against edited" : n)))));
    const pair = this.pair();
    if (!pair) return;
    if (store.changed && !store.seen) {
      redraw(this.place, el("p", { class: "hint" }, "Reveal your prediction first."));
      return;
    }
    redraw(this.place, this.sideBySide(pair), this.findings(pair));
  }

  sideBySide({ first, second, names }) {
    const { store } = this;
    const clause = store.text;
    const out = (machine, x) => {
      try {
        return machine.outputs(x, clause, { source: store.domain.rows[store.source] });
      } catch {
        return machine.outputs(x, "");
      }
    };
    const rows = store.family ? [] : store.domain.rows.slice(0, MOST_LISTED).map((x, k) => {
      const [a, b] = [out(first, x), out(second, x)];
      const same = a.every((v, i) => alike(v, b[i]));
      return row(store.domain.labels[k], [a.map((v) => pretty(v)).join(", "), b.map((v) => pretty(v)).join(", "), el("td", { class: same ? "quiet" : "moved" }, same ? "same" : "differ")]);
    });
    const shared = [...store.started.keys()].filter((n) => second.wiring.parameters().includes(n));
    const weights = el("details", null, el("summary", null, "their weights, side by side"), scroller("weights of both", table("", ["weight", ...names], shared.map((n) => {
      const values = [first, second].map((m) => numberOf(m, n));
      return row(n, [pretty(values[0]), el("td", { class: alike(...values) ? "quiet" : "moved" }, pretty(values[1]))]);
    }))));
    return [scroller("outputs of both", table(`outputs ${clause ? `under ${clause}` : "of both"}`, ["input", ...names, "compared"], rows)), weights];
  }

  findings({ first, second, names }) {
    const { store } = this;
    const rows = store.domain.rows;
    const lines = [];
    const show = (found) => button("show", () => {
      const k = rows.findIndex((r) => r.every((v, i) => alike(v, found.row[i])));
      if (k >= 0) store.row = k;
      store.intervene(found.clause);
    }, { "data-key": `show ${found.clause}` });
    const at = (x) => `(${x.map((v) => pretty(v)).join(", ")})`;
    const both = (found) => `${names[0]} gives ${found.a.map((v) => pretty(v)).join(", ")}, ${names[1]} gives ${found.b.map((v) => pretty(v)).join(", ")}`;
    const clean = firstDifference(first, second, [""], rows);
    if (clean.row) lines.push(["Input that separates them: ", `${at(clean.row)}: ${both(clean)}.`]);
    else {
      const wide = firstDifference(first, second, [""], probes(first));
      lines.push([`On every listed input both give the same (${clean.cases} compared). `, wide.row ? `Outside them ${at(wide.row)} separates: ${both(wide)}.` : "No other input that was tried separates them."]);
    }
    const clauses = trials(first).slice(1);
    const cut = firstDifference(first, second, clauses, rows);
    if (cut.row) lines.push(["Ablation that separates them: ", `${cut.clause} at ${at(cut.row)}: ${both(cut)}. `, show(cut)]);
    else lines.push([`No ablation that was tried separates them (${cut.cases} cases).`]);
    if (this.derived) {
      [first, second].forEach((machine, k) => {
        const far = (clause) => toleranceOf(store, clause ? "ablations" : "clean");
        const found = firstDifference(this.derived, machine, trials(first), rows, far);
        lines.push(found.row
          ? [`The explanation is not true of ${names[k]}: `, `${found.clause || "nothing ablated"} at ${at(found.row)}, it says ${found.a.map((v) => pretty(v)).join(", ")}, the network gives ${found.b.map((v) => pretty(v)).join(", ")}. `]
          : [`The explanation is true of ${names[k]} in all ${found.cases} cases tried here.`]);
      });
    }
    return el("ul", { class: "findings" }, lines.map(([head, ...rest]) => el("li", null, el("b", null, head), rest)));
  }
}

function numberOf(machine, name) {
  const unit = name.split("->").at(-1).replace(/\.bias$/, "");
  const step = machine.steps.find((s) => machine.names[s.unit] === unit);
  if (!name.includes("->")) return step.bias;
  const parent = machine.place.get(name.split("->")[0]);
  return step.terms.find(([j]) => j === parent)?.[1] ?? ZERO;
}
