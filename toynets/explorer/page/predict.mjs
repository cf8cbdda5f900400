// Predict before reveal: fill in what comes out, then compare with the network, product by product.

import { Fault, alike, parseNumber, pretty, text } from "./numbers.mjs";
import { changedProducts, typeset } from "./arithmetic.mjs";
import { button, el, redraw, row, scroller, table } from "./dom.mjs";

export class Predict {
  constructor(store) {
    this.store = store;
    this.place = el("div");
    this.element = el("section", { class: "predict", "aria-labelledby": "predict-title" }, el("h2", { id: "predict-title" }, "Your prediction"), this.place);
    this.shown = "";
  }

  update() {
    const { store } = this;
    const answer = store.answers.get(store.key);
    const wanted = store.mode === "predict" && store.changed && !store.seen;
    this.element.hidden = !wanted && !(answer?.committed && store.changed);
    if (this.element.hidden) {
      this.shown = "";
      return;
    }
    const state = `${store.key} ${wanted} ${store.source}`;
    if (state === this.shown) return; // half-typed answers stay
    this.shown = state;
    redraw(this.place, wanted ? this.form() : this.marked(answer));
  }

  form() {
    const { store } = this;
    if (store.results.some((r) => r.fault)) return [el("pre", { class: "fault" }, store.results.find((r) => r.fault).fault.lines.join("\n"))];
    if (store.family) {
      return [el("p", null, `${store.text} stands for ${store.results[0].count} runs of each row, so there is no one number to predict.`),
        button("Reveal", () => store.reveal(), { class: "main", "data-key": "reveal" })];
    }
    const asked = store.asked;
    const { outputs } = store.base.wiring;
    const part = asked.length < store.domain.rows.length;
    const wrong = el("p", { class: "fault", role: "alert" });
    const fields = new Map();
    const rows = asked.map((k) => {
      const before = store.results[k].before.act.slice(store.base.firstOutput);
      const cells = outputs.map((name, i) => {
        const field = el("input", {
          type: "text", class: "answer", "data-key": `answer ${k} ${i}`, autocomplete: "off", inputmode: "text",
          "aria-label": `${name} at ${store.domain.labels[k]}, your prediction`, onkeydown: (event) => event.key === "Enter" && this.commit(fields, wrong),
        });
        fields.set(`${k},${i}`, field);
        return el("td", null, field);
      });
      return row(store.domain.labels[k], [before.map((v) => pretty(v)).join(", "), ...cells]);
    });
    return [
      el("p", null, part ? `What comes out now? These ${asked.length} of ${store.domain.rows.length} inputs tell the usual wrong stories apart.` : "What comes out now, on each input?"),
      scroller("your prediction", table("", ["input", "before", ...outputs.map((n) => `${n} now`)], rows, { class: "answers" })),
      wrong,
      el("div", { class: "tools" }, button("Reveal", () => this.commit(fields, wrong), { class: "main", "data-key": "reveal" }),
        button("Show without predicting", () => store.reveal(), { "data-key": "skip" })),
    ];
  }

  commit(fields, wrong) {
    const { store } = this;
    const values = new Map();
    for (const [key, field] of fields) {
      try {
        if (!field.value.trim()) throw new Fault("an answer is still blank.", "", "fill it in, or show without predicting.");
        values.set(key, parseNumber(field.value));
      } catch (fault) {
        const label = store.domain.labels[Number(key.split(",")[0])];
        wrong.textContent = `At ${label}: ${[fault.message, fault.fix].filter(Boolean).join(" ")}`;
        field.focus();
        return;
      }
    }
    // A source is written out, so that the text says all there is to it.
    const source = `(${store.domain.rows[store.source].map(text).join(", ")})`;
    const clauses = [store.editText, store.text].filter(Boolean).join(", ").replaceAll("(x')", source);
    store.answers.set(store.key, { values, rows: store.asked, intervention: clauses, committed: true });
    store.reveal();
  }

  marked(answer) {
    const { store } = this;
    const { firstOutput, wiring } = store.base;
    let right = 0;
    const rows = answer.rows.map((k) => {
      const actual = store.results[k].lows;
      const yours = wiring.outputs.map((_, i) => answer.values.get(`${k},${i}`));
      const good = yours.every((v, i) => alike(v, actual[i]) || this.near(v, actual[i]));
      if (good) right += 1;
      const before = store.results[k].before.act.slice(firstOutput);
      const why = good ? "" : this.why(k);
      return row(store.domain.labels[k], [before.map((v) => pretty(v)).join(", "), yours.map((v) => pretty(v)).join(", "), actual.map((v) => pretty(v)).join(", "),
        el("td", { class: good ? "good" : "bad" }, good ? "✓ right" : "✗ differs"), el("td", { class: "why" }, why)], { class: good ? "" : "missed" });
    });
    const n = answer.rows.length;
    return [
      el("p", { class: "score" }, `${right} of ${n} right. ${right === n ? "Your story holds here; does it hold for the next unit?" : "Look at the first row that differs: which product did your story leave in, or leave out?"}`),
      scroller("your prediction", table("", ["input", "before", "you", "network", "verdict", "what changed"], rows, { class: "answers" })),
    ];
  }

  // A number that cannot be typed exactly counts as right to three digits.
  near(yours, actual) {
    if (text(actual).length <= 8) return false;
    const [a, b] = [Number(pretty(yours, 4).replace("−", "-").replace("≈", "")), Number(pretty(actual, 4).replace("−", "-").replace("≈", ""))];
    return Math.abs(a - b) <= 0.005 * Math.max(1, Math.abs(b));
  }

  why(k) {
    const { store } = this;
    const { before, now } = store.results[k];
    const steps = store.machine.edited(store.plan);
    const products = changedProducts(store.base, before, now, store.base.steps, steps);
    if (!products.length) return "nothing that reaches the output changed here";
    return products.map((p) => `${typeset(p.name)}: ${typeset(p.before)} became ${typeset(p.after)}`).join("; ");
  }
}
