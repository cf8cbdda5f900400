// Changes of the weights that change nothing: swap two units, rescale one, turn its sign.

import { MINUS_ONE, ONE, alike, divide, fraction, multiply } from "./numbers.mjs";
import { button, el, redraw } from "./dom.mjs";

// What a factor on the incoming weights does to the outgoing ones; null: not allowed.
const BACK = {
  relu: (c) => divide(ONE, c), abs: (c) => divide(ONE, c), identity: (c) => divide(ONE, c),
  square: (c) => divide(ONE, multiply(c, c)), step: () => ONE, tanh: () => null, sigmoid: () => null,
};
const FLIP = { identity: MINUS_ONE, tanh: MINUS_ONE, abs: ONE, square: ONE };

export function layerOf(network, unit) {
  return network.layers.find((layer) => layer.units.includes(unit));
}

// The numbers after a unit's incoming weights and bias times c, and its outgoing ones times back.
export function scaledUnit(machine, numbers, unit, c, back) {
  const w = machine.wiring;
  const found = new Map();
  for (const name of w.incoming(unit)) found.set(name, multiply(numbers.get(name), c));
  if (w.biased.has(unit)) found.set(`${unit}.bias`, multiply(numbers.get(`${unit}.bias`), c));
  for (const name of w.outgoing(unit)) found.set(name, multiply(numbers.get(name), back));
  return found;
}

export function rescaled(machine, numbers, unit, c) {
  const back = BACK[layerOf(machine.network, unit).activation]?.(c) ?? null;
  return back && scaledUnit(machine, numbers, unit, c, back);
}

export function flipped(machine, numbers, unit) {
  const back = FLIP[layerOf(machine.network, unit).activation];
  return back ? scaledUnit(machine, numbers, unit, MINUS_ONE, back) : null;
}

export function swapped(machine, numbers, a, b) {
  const w = machine.wiring;
  const found = new Map();
  const turn = (name) => {
    const [source, target] = name.split("->");
    const other = (n) => (n === a ? b : n === b ? a : n);
    return target ? `${other(source)}->${other(target)}` : `${other(name.slice(0, -5))}.bias`;
  };
  for (const unit of [a, b]) {
    for (const name of [...w.incoming(unit), ...w.outgoing(unit), ...(w.biased.has(unit) ? [`${unit}.bias`] : [])]) {
      if (!numbers.has(turn(name))) return null; // a mask stands in the way
      found.set(name, numbers.get(turn(name)));
    }
  }
  return found;
}

export class Gauge {
  constructor(store) {
    this.store = store;
    this.unit = store.base.wiring.hidden[0] ?? "";
    this.power = 0;
    this.from = null;
    this.place = el("div");
    this.result = el("p", { class: "score", role: "status" });
    this.element = el("details", { class: "panel" }, el("summary", null, "Same function, other weights"), this.place, this.result);
  }

  update() {
    const { store } = this;
    const { wiring } = store.base;
    if (!this.unit) {
      redraw(this.place, el("p", { class: "hint" }, "There is no hidden unit to move."));
      return;
    }
    if (wiring.ties.size) {
      redraw(this.place, el("p", { class: "hint" }, "Tied weights would not stay tied."));
      return;
    }
    if (this.from) return; // the slider is held
    const layer = layerOf(store.network, this.unit);
    const others = layer.units.filter((u) => u !== this.unit);
    const move = (values, label) => {
      if (!values) return;
      this.power = 0;
      store.edit(values, label);
      this.check(label);
    };
    const scale = (power) => rescaled(store.base, this.from ?? store.numbers, this.unit, power < 0 ? fraction(1n, 2n ** BigInt(-power)) : fraction(2n ** BigInt(power)));
    const slider = el("input", {
      type: "range", min: -3, max: 3, step: 1, value: this.power, "data-key": "scale", "aria-label": `factor on the weights into ${this.unit}, a power of two`,
      "aria-valuetext": `two to the power ${this.power}`,
      oninput: (event) => {
        const quiet = this.from !== null;
        this.from ??= new Map(store.numbers);
        this.power = Number(event.target.value);
        const label = `into ${this.unit} times 2^${this.power}, out of it divided`;
        store.edit(scale(this.power), label, { quiet });
        this.check(label);
      },
      onchange: () => {
        this.from = null;
        this.power = 0;
        store.tell();
      },
    });
    const can = scale(1) !== null;
    redraw(this.place,
      el("p", { class: "hint" }, "Weights change, the table does not, and neither does any ablation of a whole unit."),
      el("div", { class: "tools" },
        el("label", null, "unit ", el("select", { "data-key": "gauge unit", onchange: (event) => {
          this.unit = event.target.value;
          this.update();
        } }, wiring.hidden.map((u) => el("option", { selected: u === this.unit }, u)))),
        others.map((u) => button(`swap with ${u}`, () => move(swapped(store.base, store.numbers, this.unit, u), `${this.unit} and ${u} swapped`), { "data-key": `swap ${u}` })),
        FLIP[layer.activation] && button("turn its sign", () => move(flipped(store.base, store.numbers, this.unit), `sign of ${this.unit} turned`), { "data-key": "turn" })),
      can ? el("label", { class: "tools" }, "rescale: 1/8 ", slider, " 8") : el("p", { class: "hint" }, `A ${layer.activation} unit cannot be rescaled.`));
  }

  check(label) {
    const { store } = this;
    const first = store.base.firstOutput;
    const far = store.domain.rows.filter((row) => {
      const [was, is] = [store.base.clean(row), store.machine.clean(row)].map((r) => r.act.slice(first));
      return was.some((v, k) => !alike(v, is[k]));
    }).length;
    const changed = [...store.edits.keys()].length;
    this.result.textContent = far
      ? `${label}: the outputs differ on ${far} rows (the weights had been changed before).`
      : `${label}: ${changed} numbers differ from the original, the outputs on none of the ${store.domain.rows.length} rows.`;
    store.revealed.add(store.key); // nothing to predict: nothing changed
    store.tell(this.result.textContent);
  }
}

