// For one input the graph, for two the exact regions: where units turn on, as lines.

import { ZERO, add, compare, divide, fraction, greatest, isZero, least, multiply, parseNumber, pretty, same, sign, subtract, toNumber } from "./numbers.mjs";
import { el, redraw, svg } from "./dom.mjs";
import { cut, formAt, inputSetting, linePieces, squarePieces, valueAt } from "./pieces.mjs";

const SIZE = 400;
const PAD = 46;
const CELLS = 40;

// The box that is drawn: the domain's own, or around its points.
export function viewOf(domain, count) {
  if (domain.bounds) return domain.bounds;
  return Array.from({ length: count }, (_, k) => {
    const values = domain.rows.map((row) => row[k]);
    const [low, high] = [values.reduce(least), values.reduce(greatest)];
    const room = same(low, high) ? fraction(1n) : divide(subtract(high, low), fraction(4n));
    return [subtract(low, room), add(high, room)];
  });
}

export class Picture {
  constructor(store) {
    this.store = store;
    this.count = store.base.count;
    this.subject = store.base.wiring.outputs[0];
    this.place = el("div");
    const { wiring } = store.base;
    const choose = el("select", { "data-key": "subject", onchange: (event) => {
      this.subject = event.target.value;
      this.update();
    } }, [...wiring.outputs, ...wiring.hidden].map((n) => el("option", { value: n }, n)));
    this.element = el("details", { class: "panel", open: true, ontoggle: () => this.update() },
      el("summary", null, this.count === 1 ? "Graph" : "Regions and joints"), el("label", { class: "tools" }, "of ", choose), this.place);
    this.element.hidden = this.count > 2;
  }

  update() {
    const { store } = this;
    if (this.count > 2 || !this.element.open) return;
    // A picture shows all rows at once: in a lecture it waits for the last one.
    const now = store.changed && store.seen && !store.family && !store.covered(store.domain.rows.length - 1);
    const machine = now ? store.machine : store.base;
    const plan = now ? store.plan : store.base.plan("");
    const bounds = viewOf(store.domain, this.count);
    try {
      const replacements = machine.replacements(plan, store.domain.rows[store.source], new Map(), []);
      const setting = inputSetting(machine, plan, bounds, replacements);
      redraw(this.place, this.count === 1 ? this.graph(setting, now) : this.regions(setting));
    } catch (fault) {
      redraw(this.place, el("pre", { class: "fault" }, (fault.lines ?? [String(fault)]).join("\n")));
    }
  }

  // Points of the graph of the subject: [x, y] at every joint, or on a grid where it is curved.
  points(setting) {
    const index = setting.machine.place.get(this.subject);
    const [low, high] = setting.bounds[0];
    const pieces = setting.variables.size ? linePieces(setting, 0) : null;
    if (pieces && pieces.every((p) => p.act[index].length <= 2)) {
      const corners = pieces.flatMap((p) => [p.low, p.high].map((t) => [t, valueAt(p.act[index], t)]));
      return { corners, joints: pieces.slice(1).map((p) => p.low), exact: true };
    }
    const corners = [];
    for (let k = 0; k <= 160; k++) {
      const t = add(low, multiply(subtract(high, low), fraction(BigInt(k), 160n)));
      const replaced = new Map(setting.replaced);
      for (const name of setting.variables.keys()) replaced.set(name, t);
      corners.push([t, setting.machine.evaluate([t], setting.steps, replaced, setting.carried).act[index]]);
    }
    return { corners, joints: pieces ? pieces.slice(1).map((p) => p.low) : [], exact: false };
  }

  graph(setting, now) {
    const { store } = this;
    const found = this.points(setting);
    const clean = inputSetting(store.base, store.base.plan(""), setting.bounds, [new Map(), new Map()]);
    const old = now ? this.points(clean) : null;
    const all = [...found.corners, ...(old?.corners ?? [])].map(([, y]) => toNumber(y));
    let [bottom, top] = [Math.min(0, ...all), Math.max(0, ...all)];
    if (top - bottom < 1e-9) [bottom, top] = [bottom - 1, top + 1];
    const [left, right] = setting.bounds[0].map(toNumber);
    const px = (x) => PAD + ((toNumber(x) - left) / (right - left)) * (SIZE - 2 * PAD);
    const py = (y) => SIZE - PAD - ((toNumber(y) - bottom) / (top - bottom)) * (SIZE - 2 * PAD);
    const line = (points, kind) => svg("path", { class: kind, d: points.map(([x, y], k) => `${k ? "L" : "M"}${px(x).toFixed(1)},${py(y).toFixed(1)}`).join("") });
    const picture = svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "plot", role: "img", "aria-label": this.describe(found, now) },
      axis(px, py, [left, right], [bottom, top]),
      old && line(old.corners, "graph old"),
      line(found.corners, "graph"),
      found.joints.map((t) => svg("line", { class: "joint", x1: px(t), x2: px(t), y1: SIZE - PAD, y2: SIZE - PAD + 8 })),
      found.joints.map((t) => svg("text", { x: px(t), y: SIZE - PAD + 22, class: "tick" }, pretty(t, 5))),
      svg("text", { x: SIZE - PAD, y: SIZE - 8, class: "tick" }, store.base.wiring.inputs[0]),
      svg("text", { x: PAD, y: PAD - 14, class: "tick" }, this.subject));
    return [picture, el("p", { class: "hint" }, this.describe(found, now))];
  }

  describe(found, now) {
    const joints = found.joints.length ? `joints at ${found.joints.map((t) => pretty(t, 5)).join(", ")}` : "no joint";
    return `${this.subject} ${now ? "now (grey: before)" : ""} over ${this.store.base.wiring.inputs[0]}: ${joints}. ${found.exact ? "Exact." : "Curved: drawn from 161 points."}`;
  }

  regions(setting) {
    const { store } = this;
    const { machine, bounds } = setting;
    const index = machine.place.get(this.subject);
    const output = index >= machine.firstOutput;
    const rule = store.data.decision;
    const at = output && rule.threshold !== undefined ? parseNumber(String(rule.threshold)) : ZERO;
    const [left, right] = bounds[0].map(toNumber);
    const [bottom, top] = bounds[1].map(toNumber);
    const px = (x) => PAD + ((toNumber(x) - left) / (right - left)) * (SIZE - 2 * PAD);
    const py = (y) => SIZE - PAD - ((toNumber(y) - bottom) / (top - bottom)) * (SIZE - 2 * PAD);
    const shape = (corners) => corners.map((c) => `${px(c[0]).toFixed(2)},${py(c[1]).toFixed(2)}`).join(" ");
    const pieces = setting.variables.size === 2 ? squarePieces(setting, [0, 1]) : null;
    const parts = [];
    let said = "";
    if (pieces) {
      const of = (piece) => piece.act[index].map((c, k) => (k ? c : subtract(c, at)));
      for (const piece of pieces) {
        cut(piece.corners, of(piece)).forEach((half, side) => {
          if (half.length < 3) return;
          const middle = half.map((c) => toNumber(formAt(of(piece), c))).reduce((a, b) => a + b, 0) / half.length;
          if (Math.abs(middle) < 1e-12) return;
          parts.push(svg("polygon", { points: shape(half), class: side ? "over" : "under" }));
        });
        parts.push(svg("polygon", { points: shape(piece.corners), class: "region" }));
      }
      for (const piece of pieces) parts.push(...segment(piece.corners, of(piece), px, py, "boundary"));
      const lines = this.joints(setting, pieces, px, py);
      parts.push(...lines.shapes);
      said = `${pieces.length} regions, exact. Solid line: ${this.subject} = ${pretty(at)}${lines.names.length ? `; dotted: where ${lines.names.join(", ")} turns on` : ""}. Shaded dark: above, light: below.`;
    } else {
      parts.push(...this.shaded(setting, index, at, px, py));
      said = `A curved unit, or a replaced input: coloured from ${CELLS} × ${CELLS} points. Dark: ${this.subject} above ${pretty(at)}, light: below.`;
    }
    const run = (row) => machine.evaluate(row, setting.steps, setting.replaced, setting.carried).act[index];
    const inside = (row) => row.every((v, k) => compare(bounds[k][0], v) <= 0 && compare(v, bounds[k][1]) <= 0);
    const dots = store.domain.kind === "box" ? [] : store.domain.rows.filter(inside).slice(0, 40).flatMap((row) => [
      svg("circle", { cx: px(row[0]), cy: py(row[1]), r: 5, class: "dot" }),
      svg("text", { x: px(row[0]) + 9, y: py(row[1]) - 8, class: "halo" }, pretty(run(row), 5)),
    ]);
    const picture = svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "plot", role: "img", "aria-label": `${this.subject} over ${store.base.wiring.inputs.join(" and ")}: ${said}` },
      parts, axis(px, py, [left, right], [bottom, top], false), dots,
      svg("text", { x: SIZE - PAD, y: SIZE - 8, class: "tick" }, store.base.wiring.inputs[0]),
      svg("text", { x: PAD - 10, y: PAD - 14, class: "tick" }, store.base.wiring.inputs[1]));
    return [picture, el("p", { class: "hint" }, said)];
  }

  joints({ machine }, pieces, px, py) {
    const shapes = [];
    const names = [];
    const { domain } = this.store;
    const taken = [[0, 0], ...(domain.kind === "box" ? [] : domain.rows.map((r) => [px(r[0]) + 8, py(r[1])]))];
    for (const step of machine.steps) {
      const name = machine.names[step.unit];
      if (step.unit >= machine.firstOutput || !["relu", "abs", "step"].includes(step.activation)) continue;
      const drawn = pieces.flatMap((p) => segment(p.corners, p.pre[step.unit], px, py, "joint"));
      if (!drawn.length) continue;
      names.push(name);
      shapes.push(...drawn);
      const longest = drawn.map((d) => ["x1", "y1", "x2", "y2"].map((k) => Number(d.getAttribute(k)))).sort((a, b) => Math.hypot(b[0] - b[2], b[1] - b[3]) - Math.hypot(a[0] - a[2], a[1] - a[3]))[0];
      // Where the label is farthest from the points of the domain and from other labels.
      const at = (share) => [longest[0] + (longest[2] - longest[0]) * share + 4, longest[1] + (longest[3] - longest[1]) * share - 5];
      const room = (p) => Math.min(...taken.map((q) => Math.hypot(p[0] - q[0], p[1] - q[1])));
      const best = [0.5, 0.2, 0.35, 0.65, 0.8].map(at).sort((p, q) => room(q) - room(p))[0];
      taken.push(best);
      shapes.push(svg("text", { x: best[0], y: best[1], class: "halo" }, name));
    }
    return { shapes, names };
  }

  shaded({ machine, steps, replaced, carried, bounds }, index, at, px, py) {
    const found = [];
    const place = (k, i) => add(bounds[k][0], multiply(subtract(bounds[k][1], bounds[k][0]), fraction(BigInt(2 * i + 1), BigInt(2 * CELLS))));
    const cell = (SIZE - 2 * PAD) / CELLS + 0.3;
    for (let i = 0; i < CELLS; i++) {
      for (let j = 0; j < CELLS; j++) {
        const row = [place(0, i), place(1, j)];
        const value = subtract(machine.evaluate(row, steps, replaced, carried).act[index], at);
        if (isZero(value)) continue;
        found.push(svg("rect", { x: px(row[0]) - cell / 2, y: py(row[1]) - cell / 2, width: cell, height: cell, class: sign(value) > 0 ? "over" : "under" }));
      }
    }
    return found;
  }
}

// Where a form is 0 on a polygon: a line between two of its border points.
function segment(corners, form, px, py, kind) {
  if (!form || form.slice(1).every(isZero)) return [];
  const values = corners.map((c) => formAt(form, c));
  const found = [];
  corners.forEach((corner, i) => {
    const next = (i + 1) % corners.length;
    if (isZero(values[i])) found.push(corner);
    else if (sign(values[i]) * sign(values[next]) < 0) {
      const share = divide(values[i], subtract(values[i], values[next]));
      found.push(corner.map((c, k) => add(c, multiply(share, subtract(corners[next][k], c)))));
    }
  });
  if (found.length < 2) return [];
  const [a, b] = found;
  return [svg("line", { class: kind, x1: px(a[0]), y1: py(a[1]), x2: px(b[0]), y2: py(b[1]) })];
}

function axis(px, py, [left, right], [bottom, top], zero = true) {
  const tick = (v) => pretty(Number(v.toPrecision(4)), 4).replace("≈", "");
  return [
    svg("rect", { x: PAD, y: PAD, width: SIZE - 2 * PAD, height: SIZE - 2 * PAD, class: "frame" }),
    zero && bottom < 0 && top > 0 && svg("line", { class: "axis", x1: px(left), x2: px(right), y1: py(0), y2: py(0) }),
    svg("text", { x: PAD, y: SIZE - PAD + 22, class: "tick" }, tick(left)),
    svg("text", { x: SIZE - PAD, y: SIZE - PAD + 22, class: "tick" }, tick(right)),
    svg("text", { x: PAD - 6, y: SIZE - PAD, class: "tick side" }, tick(bottom)),
    svg("text", { x: PAD - 6, y: PAD + 5, class: "tick side" }, tick(top)),
  ];
}
