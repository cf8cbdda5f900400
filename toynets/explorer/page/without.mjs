// Each unit taken away: stated, derived and measured side by side.

import { alike, parseNumber, pretty, toNumber } from "./numbers.mjs";
import { el, redraw, scroller } from "./dom.mjs";
import { Machine, withParameters } from "./machine.mjs";
import { readValue } from "./store.mjs";

const MOST_ROWS = 64;
const MOST_UNITS = 9;

// The network that the explanation states: its own numbers in the same wiring; null where it
// does not state them all.
export function derivedMachine(store) {
  const { said } = store.data;
  if (!said?.derives) return null;
  const numbers = new Map(Object.entries(said.numbers).map(([n, v]) => [n, readValue(v)]));
  return new Machine(withParameters(store.original, numbers), store.domain);
}

export function toleranceOf(store, kind) {
  const said = store.data.said?.explanation.tolerance?.[kind];
  return said ? toNumber(parseNumber(said)) : 0;
}

export const within = (a, b, far) => alike(a, b) || Math.abs(toNumber(a) - toNumber(b)) <= far * (1 + 1e-9);

export class Without {
  constructor(store) {
    this.store = store;
    this.derived = derivedMachine(store);
    this.place = scroller("table of ablations");
    this.element = el("details", { class: "panel without", ontoggle: () => this.update() }, el("summary", null, "Without each unit: stated, derived, measured"), this.place);
  }

  update() {
    const { store } = this;
    if (!this.element.open) return;
    if (!store.open && !this.printing) {
      this.drawn = "";
      redraw(this.place, el("p", { class: "hint" }, "This table answers what you are asked to predict. It opens in open mode."));
      return;
    }
    const state = `${store.editText} | drawn`;
    if (this.drawn === state) return;
    this.drawn = state;
    const { wiring, firstOutput } = store.base;
    const units = (wiring.hidden.length ? wiring.hidden : wiring.inputs).slice(0, MOST_UNITS);
    const clauses = ["", ...units.map((u) => `${u} = 0`)];
    const rows = store.domain.rows.slice(0, MOST_ROWS);
    const stated = new Map((store.data.said?.outcomes ?? []).map((o) => [o.intervention, o.values]));
    const far = (clause) => toleranceOf(store, clause ? "ablations" : "clean");
    const columns = clauses.map((clause) => {
      const measured = rows.map((row) => store.machine.run(row, clause).act.slice(firstOutput));
      const derived = this.derived && rows.map((row) => this.derived.run(row, clause).act.slice(firstOutput));
      const said = stated.get(clause)?.slice(0, rows.length).map((r) => r.map(readValue)) ?? null;
      const fits = (other) => other && measured.every((m, k) => m.every((v, i) => within(v, other[k][i], far(clause))));
      return { clause, measured, derived, said, saidFits: fits(said), derivedFits: fits(derived) };
    });
    const plain = (values) => values.map((v) => pretty(v)).join(", ");
    const title = (c) => (c.clause ? `without ${c.clause.slice(0, -4)}` : "nothing removed");
    const heads = columns.flatMap((c) => [c.said && "stated", c.derived && "derived", "measured"].filter(Boolean));
    const spans = columns.map((c) => 1 + (c.said ? 1 : 0) + (c.derived ? 1 : 0));
    const grid = el("table", { class: "truth" },
      el("caption", null, `${wiring.outputs.join(", ")} with each unit replaced by 0: what the explanation states, what follows from its numbers, what the network gives`),
      el("thead", null,
        el("tr", null, el("td", null), columns.map((c, k) => el("th", { scope: "colgroup", colspan: spans[k] }, title(c)))),
        el("tr", null, el("th", { scope: "col" }, "input"), heads.map((h) => el("th", { scope: "col" }, h)))),
      el("tbody", null, rows.map((_, k) => el("tr", null, el("th", { scope: "row" }, store.domain.labels[k]), columns.flatMap((c) => {
        const moved = c.clause && !c.measured[k].every((v, i) => alike(v, columns[0].measured[k][i]));
        return [c.said && el("td", null, plain(c.said[k])), c.derived && el("td", null, plain(c.derived[k])), el("td", { class: moved ? "out moved" : "out" }, plain(c.measured[k]))];
      }))),
      el("tr", null, el("th", { scope: "row" }, "agree"), columns.flatMap((c) => [c.said && el("td", null, c.saidFits ? "✓ yes" : "✗ no"), c.derived && el("td", null, c.derivedFits ? "✓ yes" : "✗ no"), el("td", null, "")]))));
    const left = (wiring.hidden.length || wiring.inputs.length) - units.length;
    redraw(this.place, grid, left > 0 && el("p", { class: "hint" }, `${left} further units are not shown.`));
  }
}

