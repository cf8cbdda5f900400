// What can be done with the chosen unit, weight or bias: exact values, and every kind of ablation.

import { add, alike, fraction, fromNumber, isZero, negate, parseNumber, pretty, short, text, toNumber } from "./numbers.mjs";
import { button, el, redraw } from "./dom.mjs";
import { sliderOf } from "./store.mjs";
import { changeText } from "./tables.mjs";

const QUARTERS = { ArrowUp: fraction(1n, 4n), ArrowDown: fraction(-1n, 4n) };

export class Inspector {
  constructor(store) {
    this.store = store;
    this.place = el("div", { class: "inside" });
    this.title = el("h2", { id: "chosen-title" }, "Chosen");
    this.element = el("section", { class: "inspector", "aria-labelledby": "chosen-title" }, this.title, this.chooser(), this.place);
    this.dragging = false;
  }

  chooser() {
    const { wiring } = this.store.base;
    const option = (name) => el("option", { value: name }, name);
    const group = (label, names) => names.length > 0 && el("optgroup", { label }, names.map(option));
    this.select = el("select", { "data-key": "by name", onchange: (event) => {
      this.store.pick = event.target.value;
      this.store.tell(event.target.value ? `chosen: ${event.target.value}` : "nothing chosen");
    } }, el("option", { value: "" }, "nothing"), group("units", wiring.units), group("inputs", wiring.inputs),
    group("weights", wiring.edgeNames), group("biases", [...wiring.biased].map((u) => `${u}.bias`)));
    return el("label", { class: "tools" }, "by name ", this.select);
  }

  update() {
    const { store } = this;
    const name = store.pick;
    this.select.value = name;
    this.title.textContent = name ? `Chosen: ${name.replace("->", " → ")}` : "Chosen";
    if (this.dragging) {
      this.field.value = text(store.numbers.get(name));
      return;
    }
    if (!name) {
      redraw(this.place, el("p", { class: "hint" }, "Choose a unit, a weight or a bias: in the drawing, or by name."));
      return;
    }
    const unit = store.base.wiring.has(name);
    const own = unit ? `${name}.bias` : name;
    redraw(this.place, store.numbers.has(own) && this.number(own, unit), this.ablations(name, unit), this.meaning(name, unit));
  }

  number(name, ofUnit) {
    const { store } = this;
    const value = store.numbers.get(name);
    const started = store.started.get(name);
    const set = (next, quiet = false) => store.edit(new Map([[name, next]]), next === null ? `${name} restored` : `${name} = ${text(next)}`, { quiet });
    const wrong = el("p", { class: "fault", role: "alert" });
    this.field = el("input", {
      type: "text", inputmode: "text", value: text(value), "data-key": "field", "aria-label": `value of ${name}, a fraction or a decimal`,
      onchange: (event) => {
        try {
          set(parseNumber(event.target.value));
        } catch (fault) {
          wrong.textContent = [fault.message, fault.fix].filter(Boolean).join(" ");
        }
      },
      onkeydown: (event) => {
        if (event.key === "Home" && !event.shiftKey) set(null);
        else if (QUARTERS[event.key]) set(add(value, QUARTERS[event.key]));
        else return;
        event.preventDefault();
      },
    });
    const { low, high, step } = sliderOf(started);
    const slider = el("input", {
      type: "range", min: low, max: high, step, value: toNumber(value), "data-key": "slider", "aria-label": `slider for ${name}`,
      "aria-valuetext": pretty(value),
      oninput: (event) => {
        set(fromNumber(Number(event.target.value)), this.dragging);
        this.dragging = true;
        this.update();
      },
      onchange: () => {
        this.dragging = false;
        store.tell();
      },
      onkeydown: (event) => {
        if (event.key !== "Home") return;
        event.preventDefault();
        this.dragging = false;
        set(null);
      },
    });
    const edited = store.edits.has(name);
    return el("div", { class: "number-row" },
      el("label", null, ofUnit ? "bias " : "value ", this.field), slider,
      button("−1/4", () => set(add(value, negate(fraction(1n, 4n)))), { "aria-label": `−1/4 on ${name}`, "data-key": "less" }),
      button("+1/4", () => set(add(value, fraction(1n, 4n))), { "aria-label": `+1/4 on ${name}`, "data-key": "more" }),
      !isZero(value) && button("flip sign", () => set(negate(value)), { "data-key": "flip value" }),
      edited && button(`restore ${short(started)}`, () => set(null), { "data-key": "restore" }),
      wrong);
  }

  ablations(name, unit) {
    const { store } = this;
    const clauses = unit ? this.ofUnit(name) : [[`${name} = 0`, "cut: the number becomes 0"], [`${name} *= -1`, "flip: the sign changes"]];
    if (!unit && name.includes("->")) clauses.push([`${name} = (x')`, "this edge alone carries the value on x'"]);
    const buttons = clauses.map(([clause, words]) => button([el("code", null, clause.replace("->", "→")), el("span", null, words)], () => {
      store.ablate(clause);
    }, { class: "clause", "aria-pressed": String(store.has(clause)), "data-key": `clause ${clause}` }));
    return [el("h3", null, "Ablate it"), el("div", { class: "clauses" }, buttons)];
  }

  ofUnit(name) {
    const { base, domain } = this.store;
    const input = base.wiring.inputs.includes(name);
    const found = [[`${name} = 0`, input ? "the input becomes 0" : "the activation becomes 0"]];
    if (!input) {
      found.push([`${name}.pre = 0`, "the pre-activation becomes 0"], [`->${name} = 0`, "incoming weights 0, the bias stays"]);
      if (base.wiring.biased.has(name)) found.push([`->${name}, ${name}.bias = 0`, "incoming weights and bias 0"]);
    }
    if (base.wiring.outgoing(name).length) found.push([`${name}-> = 0`, "outgoing weights 0"]);
    if (domain.kind !== "box") found.push([`${name} = mean`, "its mean over the domain"], [`${name} = resample`, "its value on every other input in turn"]);
    found.push([`${name} = worst`, "both extremes of its range"], [`${name} = ${name}(x')`, "its value on the source x'"]);
    return found;
  }

  meaning(name, unit) {
    const { store } = this;
    const said = store.data.said?.explanation;
    if (!said) return el("p", { class: "hint" }, "Nothing is stated about this network.");
    if (!store.open) {
      return [el("h3", null, "What is said of it"), el("p", { class: "hint" }, "hidden, so that you can think first "),
        button("Open the explanation", () => store.setMode("open"), { "data-key": "open it" })];
    }
    const wiring = store.base.wiring;
    const group = wiring.copies.get(name);
    const part = unit ? said.units[name] : (said.weights[name] ?? said.weights[group]);
    if (!part) return el("p", { class: "hint" }, `The explanation says nothing of ${name}.`);
    const rows = [];
    if (unit) rows.push(["computes", part.expression], ["stands for", part.concept]);
    else rows.push(["stated value", part.value]);
    rows.push(["role", part.role || "none"], ["why", part.why]);
    const holds = Object.entries(store.data.roles?.[name] ?? {}).map(([role, why]) => `${role}: ${why}`);
    rows.push(["roles that hold", holds.join("; ") || "none"], ["without it", this.consequence(name)], ["the package", this.verdict(name, group)]);
    return [el("h3", null, "What is said of it"), el("dl", { class: "meaning" }, rows.filter(([, v]) => v).map(([k, v]) => [el("dt", null, k), el("dd", null, v)]))];
  }

  consequence(name) {
    const { base, domain } = this.store;
    const clause = `${name} = 0`;
    const changes = [];
    domain.rows.forEach((row, k) => {
      const [was, is] = [base.outputs(row, ""), base.outputs(row, clause)];
      was.forEach((v, i) => {
        if (!alike(v, is[i])) changes.push(`${base.wiring.outputs[i]} at ${domain.labels[k]}: ${pretty(v)} → ${pretty(is[i])} (${changeText(v, is[i])})`);
      });
    });
    if (!changes.length) return `${clause}: nothing changes on these inputs`;
    return `${clause}: ${changes.slice(0, 4).join("; ")}${changes.length > 4 ? `; ${changes.length - 4} more` : ""}`;
  }

  verdict(name, group) {
    const { verdict } = this.store.data;
    if (!verdict) return "";
    if (this.store.edits.size) return "not verified: weights were changed here";
    const refuted = verdict.wrong.includes(name) || verdict.wrong.includes(group);
    return refuted ? "refuted: this does not agree with the network" : `${verdict.verdict === "refuted" ? "not refuted itself" : verdict.verdict}: no case contradicts what is said of it`;
  }
}

