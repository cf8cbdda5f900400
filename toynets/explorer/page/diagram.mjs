// The network as a drawing in which every unit, weight and bias can be pointed at and stepped.

import { ONE, add, fraction, isZero, negate, pretty, sign, text, toNumber } from "./numbers.mjs";
import { targetText } from "./grammar.mjs";
import { button, el, redraw, svg } from "./dom.mjs";
import { RADIUS, labelWidth, layOut } from "./layout.mjs";

const STEP = fraction(1n, 4n);

// What a reader hears of a weight, a bias or a unit.
export function spoken(store, name) {
  const said = store.data.said?.explanation;
  const role = (part) => (store.open && part?.[name]?.role ? `, ${part[name].role}` : "");
  const value = store.numbers.get(name);
  const edited = store.edits.has(name) ? ", edited" : "";
  if (name.includes("->")) {
    const [source, target] = name.split("->");
    return `weight from ${source} to ${target}, value ${pretty(value)}${edited}${role(said?.weights)}`;
  }
  if (name.endsWith(".bias")) return `bias of ${name.slice(0, -5)}, value ${pretty(value)}${edited}${role(said?.weights)}`;
  const now = pretty(shownRun(store).act[store.base.place.get(name)]);
  if (store.base.wiring.inputs.includes(name)) return `input ${name}, now ${now}`;
  const kind = store.base.wiring.outputs.includes(name) ? "output" : "unit";
  return `${kind} ${name}, now ${now}${role(said?.units)}`;
}

// The run whose values the drawing shows: the present one, once it may be seen.
function shownRun(store) {
  const result = store.results[store.row];
  return (store.seen && !store.covered(store.row) && result.now) || result.before;
}

// Names of what the shown ablation takes hold of: units, edges and biases.
export function ablated(store) {
  const found = new Set();
  if (!store.seen && store.mode !== "predict") return found;
  const w = store.base.wiring;
  for (const clause of store.plan.clauses) {
    for (const t of clause.targets) {
      if (t.kind === "incoming") w.incoming(t.name).forEach((n) => found.add(n));
      else if (t.kind === "outgoing") w.outgoing(t.name).forEach((n) => found.add(n));
      else if (t.kind === "name" && w.ties.has(t.name)) w.ties.get(t.name).forEach((n) => found.add(n));
      else found.add(targetText(t).replace(/@[0-9]+/, "").replace(/\.pre$/, ""));
    }
  }
  return found;
}

export class Diagram {
  constructor(store) {
    this.store = store;
    this.place = el("div", { class: "canvas", tabindex: "0", role: "region", "aria-label": "drawing of the network, scrolls" });
    this.element = el(
      "section",
      { class: "network", "aria-labelledby": "network-title" },
      el("h2", { id: "network-title" }, "Network"),
      this.place,
      el("p", { class: "hint legend" }, legend()),
    );
  }

  words() {
    const { numbers, edits } = this.store;
    return new Map([...numbers].map(([name, value]) => [name, pretty(value, 4) + (edits.has(name) ? " ✎" : "")]));
  }

  // Whether the drawing wants the whole width of the page.
  get wide() {
    const layers = [this.store.network.inputs, ...this.store.network.layers.map((layer) => layer.units)];
    return (layOut(layers, this.store.base.wiring.edges, this.words())?.width ?? 0) > 640;
  }

  update() {
    const { store } = this;
    const layers = [store.network.inputs, ...store.network.layers.map((layer) => layer.units)];
    const found = layOut(layers, store.base.wiring.edges, this.words());
    redraw(this.place, found ? this.draw(found) : matrices(store));
    this.element.classList.toggle("as-matrix", !found);
  }

  draw({ width, top, height, units, labels }) {
    const { store } = this;
    const gone = ablated(store);
    const words = this.words();
    const title = `${store.original.name}: ${store.data.title}`;
    const picture = svg("svg", {
      viewBox: `0 ${top} ${width} ${height}`, class: "diagram", role: "group", "aria-label": `network ${title}`,
    });
    picture.style.setProperty("--wide", `${width}px`);
    const lines = [];
    const tags = [];
    for (const [source, target] of store.base.wiring.edges) {
      const name = `${source}->${target}`;
      const [a, b] = [units.get(source), units.get(target)];
      const value = store.numbers.get(name);
      const ends = { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
      const { x, y, w } = labels.get(name);
      const kinds = ["edge", isZero(value) ? "zero" : sign(value) < 0 ? "negative" : "positive"];
      if (gone.has(name)) kinds.push("gone");
      const thick = Math.min(7, 1.4 + Math.sqrt(Math.abs(toNumber(value))) * 1.6);
      const group = this.part(name, kinds,
        svg("line", { ...ends, class: "touch" }),
        svg("line", { ...ends, class: "line", "stroke-width": isZero(value) ? 1.4 : thick.toFixed(2) }));
      const tag = svg("g", { class: `${group.getAttribute("class")} tag`, "data-for": name },
        svg("rect", { x: x - w / 2, y: y - 11, width: w, height: 22, rx: 5, class: "plate" }),
        svg("text", { x, y: y + 5, class: "value" }, words.get(name)),
        gone.has(name) && cross(x, y + 1, 7));
      tag.addEventListener("click", () => this.choose(name));
      lines.push(group);
      tags.push(tag);
    }
    const run = shownRun(store);
    const nodes = [...units].flatMap(([name, { x, y }]) => {
      const value = run.act[store.base.place.get(name)];
      const live = pretty(value, 4).replace("≈", "");
      const input = store.base.wiring.inputs.includes(name);
      const kinds = ["unit", input ? "input" : "", isZero(value) ? "off" : "on", gone.has(name) ? "gone" : ""];
      // What is written stands beside the button: its spoken name says it already.
      const written = svg("g", { class: `${kinds.filter(Boolean).join(" ")} written`, "aria-hidden": "true" },
        svg("text", { x, y: y - 3, class: "name", "font-size": Math.min(16, 84 / name.length).toFixed(1) }, name),
        svg("text", { x, y: y + 14, class: "live", "font-size": Math.min(13, 78 / live.length).toFixed(1) }, live));
      const node = this.part(name, kinds, svg("circle", { cx: x, cy: y, r: RADIUS }), gone.has(name) && cross(x, y, 19));
      const bias = `${name}.bias`;
      if (!store.numbers.has(bias)) return [node, written];
      const tied = sign(store.numbers.get(bias)) < 0 ? "negative" : isZero(store.numbers.get(bias)) ? "zero" : "positive";
      const edited = store.edits.has(bias) ? " edited" : "";
      const wide = labelWidth(words.get(bias)) + 16;
      return [node, written,
        this.part(bias, ["bias", tied, gone.has(bias) ? "gone" : ""],
          svg("rect", { x: x - wide / 2, y: y + RADIUS + 2, width: wide, height: 24, rx: 5, class: "plate" }),
          gone.has(bias) && cross(x, y + RADIUS + 14, 7)),
        svg("g", { class: `bias ${tied}${edited} written`, "aria-hidden": "true" },
          svg("text", { x, y: y + RADIUS + 19, class: "value" }, `b ${words.get(bias)}`))];
    });
    picture.append(...lines, ...tags, ...nodes);
    return picture;
  }

  part(name, kinds, ...shapes) {
    const { store } = this;
    const chosen = store.pick === name;
    const group = svg("g", {
      class: [...kinds, chosen ? "chosen" : "", store.edits.has(name) ? "edited" : ""].filter(Boolean).join(" "),
      tabindex: "0", role: "button", "aria-label": spoken(store, name), "aria-pressed": String(chosen),
      "data-key": `part ${name}`, "data-name": name,
    }, ...shapes);
    group.addEventListener("click", () => this.choose(name));
    group.addEventListener("keydown", (event) => keyOnPart(store, name, event, () => this.choose(name)));
    return group;
  }

  choose(name) {
    this.store.pick = this.store.pick === name ? "" : name;
    this.store.tell(this.store.pick ? `chosen: ${spoken(this.store, name)}` : "nothing chosen");
  }
}

// Enter chooses, arrows step a number, Home restores it, Delete takes the part away.
export function keyOnPart(store, name, event, choose) {
  const value = store.numbers.get(name);
  const steps = { ArrowUp: STEP, ArrowRight: STEP, ArrowDown: negate(STEP), ArrowLeft: negate(STEP) };
  if (event.key === "Enter" || event.key === " ") choose();
  else if (value && event.key in steps) {
    const by = event.shiftKey ? (sign(steps[event.key]) > 0 ? ONE : negate(ONE)) : steps[event.key];
    const next = add(value, by);
    store.edit(new Map([[name, next]]), `${name} = ${text(next)}`);
  } else if (value && event.key === "Home") store.edit(new Map([[name, null]]), `${name} restored`);
  else if (event.key === "Delete" || event.key === "Backspace") store.ablate(`${name} = 0`);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function cross(x, y, r) {
  return svg("path", { class: "cross", d: `M${x - r},${y - r}L${x + r},${y + r}M${x - r},${y + r}L${x + r},${y - r}` });
}

function legend() {
  const key = (kind, words) => el("span", { class: "key" }, svg("svg", { width: 34, height: 10, "aria-hidden": "true" },
    svg("g", { class: `edge ${kind}` }, svg("line", { x1: 1, y1: 5, x2: 33, y2: 5, class: "line", "stroke-width": 3 }))), ` ${words} `);
  return [
    key("positive", "positive"), key("negative", "negative, dashed"), key("zero", "zero"), key("gone", "ablated"),
    el("span", { class: "key screen" }, "In a circle: the value now. Enter chooses, arrow keys step, Home restores, Delete ablates."),
  ];
}

// A large network: a matrix per layer, every number a button, row = to, column = from.
function matrices(store) {
  const gone = ablated(store);
  let parents = store.network.inputs;
  return store.network.layers.map((layer, k) => {
    const heads = layer.bias ? [...parents, "bias"] : parents;
    const cell = (name) => {
      const value = store.numbers.get(name);
      if (!value) return el("td", null, "·");
      const kind = isZero(value) ? "zero" : sign(value) < 0 ? "negative" : "positive";
      const classes = `number ${kind}${gone.has(name) ? " gone" : ""}${store.edits.has(name) ? " edited" : ""}`;
      return el("td", null, button(pretty(value) + (store.edits.has(name) ? " ✎" : ""), () => choose(name), {
        class: classes, "data-key": `part ${name}`, "data-name": name, "aria-label": spoken(store, name),
        "aria-pressed": String(store.pick === name), onkeydown: (event) => keyOnPart(store, name, event, () => choose(name)),
      }));
    };
    const choose = (name) => {
      store.pick = store.pick === name ? "" : name;
      store.tell(store.pick ? `chosen: ${spoken(store, name)}` : "nothing chosen");
    };
    const unitHead = (name) => button(name, () => choose(name), {
      class: gone.has(name) ? "gone" : "", "data-key": `part ${name}`, "data-name": name,
      "aria-label": spoken(store, name), "aria-pressed": String(store.pick === name),
    });
    const rows = layer.units.map((unit) => el("tr", null, el("th", { scope: "row" }, unitHead(unit)),
      parents.map((p) => cell(`${p}->${unit}`)), layer.bias && cell(`${unit}.bias`)));
    const first = k === 0 ? new Set(parents) : new Set();
    const grid = el("table", { class: "matrix" },
      el("caption", null, `Layer ${k + 1}, ${layer.activation}: row = to, column = from`),
      el("thead", null, el("tr", null, el("td", null), heads.map((h) => el("th", { scope: "col" }, first.has(h) ? unitHead(h) : h)))),
      el("tbody", null, rows));
    parents = layer.units;
    return grid;
  });
}
