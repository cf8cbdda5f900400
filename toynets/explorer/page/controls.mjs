// The ablation as text, its clauses, undo and the history; the verdict and the modes.

import { clauseText, interventionText } from "./grammar.mjs";
import { button, el, redraw } from "./dom.mjs";
import { MODES } from "./store.mjs";

export class Header {
  constructor(store) {
    this.store = store;
    this.verdict = el("p", { class: "verdict" });
    this.modes = el("div", { class: "modes", role: "group", "aria-label": "mode" });
    this.element = el("header", null,
      el("div", { class: "title" }, el("h1", null, store.original.name || "network"), el("p", { class: "formula" }, store.data.title.replaceAll(" - ", " − "))),
      this.modes, this.verdict,
      store.data.story && el("details", { class: "story" }, el("summary", null, "the story (says what it does)"), el("p", null, store.data.story)));
  }

  update() {
    const { store } = this;
    redraw(this.modes,
      MODES.map((mode) => button(mode, () => store.setMode(mode), { "aria-pressed": String(store.mode === mode), "data-key": `mode ${mode}` })),
      button("1/2 or 0.5", () => store.setDecimals(!store.decimals), { "data-key": "decimals", "aria-pressed": String(Boolean(store.decimals)), "aria-label": "1/2 or 0.5: show decimals" }),
      button(store.dark ? "light" : "dark", () => store.setDark(!store.dark), { "data-key": "theme", "aria-label": `switch to ${store.dark ? "light" : "dark"} colours` }));
    const { verdict, said } = store.data;
    this.verdict.className = `verdict ${store.edits.size ? "open" : verdict?.verdict ?? "open"}`;
    if (!said) this.verdict.textContent = "No explanation is stated of this network.";
    else if (store.edits.size) {
      const n = store.edits.size;
      this.verdict.textContent = `Not verified: ${n} ${n === 1 ? "number was" : "numbers were"} changed here, and the package has not checked that network.`;
    } else if (verdict) {
      const cases = verdict.cases ? ` ${verdict.cases.toLocaleString("en")} cases on ${verdict.domain}.` : "";
      this.verdict.textContent = `Explanation ${verdict.verdict}: ${verdict.level}.${cases}${verdict.witness ? ` ${verdict.witness.split("\n")[0]}` : ""}`;
    }
    this.verdict.title = verdict?.meaning ?? "";
  }
}

export class Controls {
  constructor(store) {
    this.store = store;
    this.box = el("input", {
      type: "text", id: "intervention", "data-key": "box", spellcheck: "false", autocomplete: "off", autocapitalize: "none",
      placeholder: "h2 = 0", "aria-describedby": "intervention-help",
      onkeydown: (event) => event.key === "Enter" && store.intervene(this.box.value),
    });
    this.fault = el("pre", { class: "fault", role: "alert" });
    this.clauses = el("div", { class: "chips" });
    this.buttons = el("div", { class: "tools" });
    this.notes = el("div");
    this.element = el("section", { class: "controls", "aria-labelledby": "ablation-title" },
      el("h2", { id: "ablation-title" }, "Ablation"),
      el("div", { class: "box-row" }, el("label", { for: "intervention" }, "as text "), this.box,
        button("Apply", () => store.intervene(this.box.value), { class: "main", "data-key": "apply" })),
      el("p", { id: "intervention-help", class: "hint" }, "for example h1 = 0, h2 = mean, x1->h2 *= -1; several at once with commas"),
      this.fault, this.clauses, this.notes, this.buttons);
  }

  update() {
    const { store } = this;
    if (!store.fault) this.box.value = store.text;
    this.fault.textContent = store.fault ? store.fault.lines.join("\n") : "";
    this.box.setAttribute("aria-invalid", String(Boolean(store.fault)));
    const { clauses } = store.plan;
    redraw(this.clauses,
      [...store.edits].map(([name]) => button(`✎ ${store.editText.split(", ").find((t) => t.startsWith(`${name} =`))} ✕`, () => store.edit(new Map([[name, null]]), `${name} restored`), { "data-key": `edit ${name}`, "aria-label": `restore ${name}` })),
      clauses.map((clause, k) => button(`${clauseText(clause)} ✕`, () => store.intervene(interventionText(clauses.filter((_, i) => i !== k))), { "data-key": `chip ${k}`, "aria-label": `take ${clauseText(clause)} out` })));
    const rows = store.domain.labels;
    redraw(this.notes,
      store.plan.needsSource && el("label", { class: "tools" }, "the source x' is ", el("select", {
        "data-key": "source", onchange: (event) => store.setSource(Number(event.target.value)),
      }, rows.map((label, k) => el("option", { value: k, selected: k === store.source }, label)))),
      store.plan.notes.map((note) => el("p", { class: "hint" }, note)));
    redraw(this.buttons,
      button("Undo", () => store.undo(), { "data-key": "undo", "aria-disabled": String(!store.past.length), "aria-keyshortcuts": "Control+Z" }),
      button("Redo", () => store.redo(), { "data-key": "redo", "aria-disabled": String(!store.future.length), "aria-keyshortcuts": "Control+Y" }),
      store.text && button("Ablate nothing", () => store.intervene(""), { "data-key": "clear" }),
      store.edits.size > 0 && button("Restore all weights", () => store.edit(new Map([...store.edits.keys()].map((n) => [n, null])), "all weights restored"), { "data-key": "restore all" }),
      store.past.length > 0 && el("details", { class: "history" }, el("summary", null, `history, ${store.past.length} steps`),
        el("ol", null, store.past.slice(-40).map((p) => el("li", null, el("code", null, p.label))))));
  }
}

// Three clicks that show what the page is for; closed for good where the browser remembers.
export class FirstTask {
  constructor(store, memory) {
    this.store = store;
    this.memory = memory;
    this.unit = store.base.wiring.hidden.at(-1) ?? store.base.wiring.inputs[0];
    this.closed = memory.get("first task") === "closed";
    this.element = el("aside", { class: "first", "aria-label": "first task" });
  }

  update() {
    const { store } = this;
    if (this.closed || store.mode !== "predict") {
      this.element.hidden = true;
      return;
    }
    this.element.hidden = false;
    const clause = `${this.unit} = 0`;
    const done = [store.pick === this.unit || store.has(clause), store.has(clause), store.has(clause) && store.revealed.has(store.key)];
    const steps = [`choose ${this.unit}`, `press “${clause}”`, "say what comes out, and reveal"];
    redraw(this.element,
      el("b", null, done[2] ? "That is the whole game: predict, ablate, explain." : "Three clicks: "),
      el("ol", null, steps.map((s, k) => el("li", { class: done[k] ? "done" : "" }, done[k] ? `✓ ${s}` : s))),
      button("Close for good", () => {
        this.closed = true;
        this.memory.set("first task", "closed");
        this.update();
      }, { "data-key": "close first" }));
  }
}
