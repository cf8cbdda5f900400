// The table of the domain, and the arithmetic of one row beside it.

import { Fault, alike, isZero, parseNumber, pretty, sign, subtract } from "./numbers.mjs";
import { arithmeticLines, typeset } from "./arithmetic.mjs";
import { button, el, redraw, scroller } from "./dom.mjs";

const MOST_SHOWN = 64;
const MOST_COLUMNS = 26;

// A change in words and a sign: never by colour alone.
export function changeText(before, now) {
  if (alike(before, now)) return "same";
  const by = subtract(now, before);
  return `${sign(by) > 0 ? "▲ +" : "▼ "}${pretty(by)}`.replace("+≈", "≈+");
}

// A long input is cut, and numbered so that it stays one of a kind.
export function rowName(labels, k) {
  const label = labels[k].replaceAll("-", "−").replaceAll(",", ", ");
  return label.length <= 24 ? label : `${k + 1}: ${label.slice(0, 12)}…`;
}

export class DomainTable {
  constructor(store) {
    this.store = store;
    this.all = false;
    this.inner = false;
    this.place = scroller("table of the domain");
    this.tools = el("p", { class: "tools" });
    this.note = el("p", { class: "hint" });
    this.element = el("section", { class: "domain", "aria-labelledby": "table-title" },
      el("h2", { id: "table-title" }, "Every input"), this.note, this.place, this.tools);
  }

  update() {
    const { store } = this;
    const { wiring, firstOutput } = store.base;
    const { rows, labels } = store.domain;
    const showNow = store.changed && store.seen;
    const hidden = wiring.hidden.length * 2 + wiring.inputs.length <= MOST_COLUMNS || this.inner ? wiring.hidden : [];
    const lecture = store.mode === "lecture";
    const limit = this.all ? rows.length : Math.min(rows.length, MOST_SHOWN);
    const two = store.base.steps.filter((s) => s.unit < firstOutput && s.activation !== "identity");
    const withPre = new Set(two.map((s) => store.base.names[s.unit]));
    const outPre = store.base.steps.filter((s) => s.unit >= firstOutput && !["identity"].includes(s.activation)).map((s) => store.base.names[s.unit]);
    const head = [
      el("th", { scope: "col" }, wiring.inputs.length <= 6 ? wiring.inputs.join(" ") : "input"),
      hidden.flatMap((n) => [withPre.has(n) && el("th", { scope: "col", class: "pre" }, `${n}.pre`), el("th", { scope: "col" }, n)]),
      outPre.map((n) => el("th", { scope: "col", class: "pre" }, `${n}.pre`)),
      wiring.outputs.flatMap((n) => [
        el("th", { scope: "col", class: "out" }, showNow ? `${n} before` : n),
        showNow && el("th", { scope: "col", class: "out" }, `${n} now`),
        showNow && el("th", { scope: "col" }, "change"),
      ]),
      store.targets && wiring.outputs.map((n) => el("th", { scope: "col", class: "wanted" }, wiring.outputs.length > 1 ? `${n} wanted` : "wanted")),
      (store.decisions(wiring.outputs.map(() => rows[0][0])).length > 0) && showNow && el("th", { scope: "col", class: "wanted" }, "decision"),
    ];
    const body = [];
    for (let k = 0; k < limit; k++) {
      if (lecture && k >= store.shownRows) {
        body.push(el("tr", { class: "veiled" }, el("th", { scope: "row" }, rowName(labels, k)),
          el("td", { colspan: 99 }, k === store.shownRows ? "next: press Space, → or Page Down" : "…")));
        continue;
      }
      body.push(this.row(k, hidden, withPre, outPre, showNow));
    }
    const grid = el("table", { class: "truth" },
      el("caption", null, this.caption(showNow)), el("thead", null, el("tr", null, head)), el("tbody", null, body));
    redraw(this.place, grid);
    this.note.textContent = this.noteText(showNow);
    redraw(this.tools,
      rows.length > MOST_SHOWN && button(this.all ? `first ${MOST_SHOWN} rows` : `all ${rows.length} rows`, () => {
        this.all = !this.all;
        this.update();
      }, { "data-key": "all rows" }),
      wiring.hidden.length * 2 + wiring.inputs.length > MOST_COLUMNS && button(this.inner ? "outputs only" : "inner values, too", () => {
        this.inner = !this.inner;
        this.update();
      }, { "data-key": "inner" }));
  }

  caption(showNow) {
    const { store } = this;
    const what = [store.editText && `edited: ${store.editText}`, store.text && `ablation: ${store.text}`].filter(Boolean).join("; ");
    return showNow ? `${store.domain.text}; ${what.length > 160 ? `${what.slice(0, 159)}…` : what}` : `${store.domain.text}, the network as it was given`;
  }

  noteText(showNow) {
    const { store } = this;
    if (store.changed && !showNow) return "Predict first: what comes out is hidden until you reveal it.";
    if (!showNow) return store.domain.kind === "box" ? `The domain is a box: ${store.domain.rows.length} of its points are shown.` : "";
    if (store.covered(store.domain.rows.length - 1)) return "How the outputs change comes row by row.";
    const bad = store.results.find((r) => r.fault);
    if (bad) return bad.fault.lines.join("\n");
    const { count, exact } = store.results[0];
    const family = count > 1 ? ` Each row stands for ${count} runs: least to greatest.${exact ? "" : " Found by search, not proved."}` : "";
    const n = store.moved;
    return n === 0 ? `Nothing changed: the outputs are the same on all ${store.domain.rows.length} rows.${family}` : `The outputs change on ${n} of ${store.domain.rows.length} rows.${family}`;
  }

  row(k, hidden, withPre, outPre, showNow) {
    const { store } = this;
    const { place, wiring, firstOutput } = store.base;
    const { labels } = store.domain;
    const result = store.results[k];
    const run = showNow && result.now ? result.now : result.before;
    const mark = (name, pre) => {
      const values = pre ? run.pre : run.act;
      const was = (pre ? result.before.pre : result.before.act)[place.get(name)];
      const is = values[place.get(name)];
      const moved = showNow && !alike(was, is);
      return el("td", { class: `${pre ? "pre " : ""}${moved ? "moved" : ""}${isZero(is) ? " nil" : ""}` }, moved && el("span", { class: "was" }, `${pretty(was)} → `), pretty(is));
    };
    const before = result.before.act.slice(firstOutput);
    const cells = before.flatMap((was, i) => {
      const found = [el("td", { class: "out" }, pretty(was))];
      if (!showNow) return found;
      if (!result.lows) return [...found, el("td", null, "–"), el("td", null, "no value")];
      const [low, high] = [result.lows[i], result.highs[i]];
      const range = alike(low, high) ? pretty(low) : `${pretty(low)} … ${pretty(high)}`;
      const same = alike(low, was) && alike(high, was);
      const change = alike(low, high) ? changeText(was, low) : same ? "same" : `${changeText(was, low)} … ${changeText(was, high)}`;
      return [...found, el("td", { class: `out${same ? "" : " moved"}` }, range), el("td", { class: same ? "quiet" : "moved" }, change)];
    });
    const decided = store.decisions(before);
    let decision = null;
    if (decided.length && showNow && result.lows) {
      const [a, b] = [store.decisions(result.lows).join(" "), store.decisions(result.highs).join(" ")];
      const was = decided.join(" ");
      decision = el("td", { class: `wanted ${a === was && b === was ? "quiet" : "moved"}` }, a === was && b === was ? was : `${was} ⇒ ${a === b ? a : `${a} or ${b}`}`);
    } else if (decided.length && showNow) decision = el("td", { class: "wanted" }, "–");
    const pickRow = button(rowName(labels, k), () => {
      store.row = k;
      store.tell(`row ${labels[k]}`);
    }, { class: "rowname", "aria-pressed": String(store.row === k), "data-key": `row ${k}`, "aria-label": `row ${rowName(labels, k)}: show its arithmetic` });
    return el("tr", { class: store.row === k ? "here" : "" },
      el("th", { scope: "row" }, pickRow),
      hidden.flatMap((n) => [withPre.has(n) && mark(n, true), mark(n, false)]),
      outPre.map((n) => mark(n, true)),
      cells,
      store.targets && store.targets[k].map((v, i) => el("td", { class: "quiet wanted" }, wiring.outputs.length > i ? pretty(v) : "")),
      decision);
  }
}

export class Arithmetic {
  constructor(store) {
    this.store = store;
    this.place = el("div", { class: "sums" });
    this.title = el("h2", { id: "sums-title" }, "Arithmetic");
    this.own = null;
    const zeros = store.original.inputs.map(() => "1/2").slice(0, 8).join(", ");
    const field = el("input", { type: "text", "data-key": "own input", placeholder: zeros, autocomplete: "off", "aria-label": `another input: ${store.base.count} numbers with commas`,
      onkeydown: (event) => event.key === "Enter" && this.look(field.value) });
    this.fault = el("p", { class: "fault", role: "alert" });
    this.element = el("section", { class: "arithmetic", "aria-labelledby": "sums-title" }, this.title, this.place,
      el("div", { class: "box-row" }, el("span", null, "another input "), field, button("Look", () => this.look(field.value), { "data-key": "look" })), this.fault);
  }

  // An input that is no row of the table.
  look(source) {
    this.fault.textContent = "";
    try {
      const cells = source.split(",").filter((c) => c.trim());
      const { count } = this.store.base;
      if (cells.length !== count) throw new Fault(`an input has ${count} ${count === 1 ? "number" : "numbers"}, not ${cells.length}.`);
      this.own = cells.map(parseNumber);
      this.at = this.store.row;
    } catch (fault) {
      this.fault.textContent = [fault.message, fault.fix].filter(Boolean).join(" ");
    }
    this.update();
  }

  update() {
    const { store } = this;
    if (this.at !== store.row) this.own = null;
    const label = this.own ? `(${this.own.map((v) => pretty(v)).join(", ")})` : store.domain.labels[store.row];
    if (!this.own && store.mode === "lecture" && store.row >= store.shownRows) {
      redraw(this.place, el("p", { class: "hint" }, "The arithmetic of a row comes with the row."));
      return;
    }
    const row = this.own ?? store.domain.rows[store.row];
    const unit = store.pick.split("->").at(-1).replace(/\.bias$/, "");
    const chosen = unit && store.base.wiring.units.includes(unit) ? unit : "";
    const only = (lines) => lines.filter((line) => !chosen || line.unit === chosen).map((line) => typeset(line.text));
    const parts = [];
    const clean = store.base.plan("");
    this.title.textContent = `Arithmetic at ${label}${chosen ? `, unit ${chosen}` : ""}`;
    const before = only(arithmeticLines(store.base, row, clean));
    if (!(store.changed && store.seen) || store.family) {
      parts.push(block("", before));
      if (store.changed && store.seen && store.family) parts.push(el("p", { class: "hint" }, "The present ablation stands for several runs; above is the clean one."));
    } else {
      let now;
      try {
        now = only(arithmeticLines(store.machine, row, store.plan, store.domain.rows[store.source]));
      } catch (fault) {
        now = fault.lines ?? [String(fault)];
      }
      parts.push(block("before", before, now), block("now", now, before));
    }
    redraw(this.place, parts);
  }
}

function block(title, lines, others = lines) {
  return [
    title && el("h3", null, title),
    el("ol", { class: "lines" }, lines.map((line) => el("li", { class: others.includes(line) ? "" : "moved" }, line))),
  ];
}
