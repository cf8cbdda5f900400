// Saving and loading: a download where it is allowed, the text with Copy where it is not.

import { OWN, addressOf, answered, claimsOf, exerciseOf, networkOf, readFile, stateOf } from "./claims.mjs";
import { announce, button, el, redraw } from "./dom.mjs";

export class Files {
  constructor(store, boxed, load) {
    this.store = store;
    this.boxed = boxed;
    this.load = load;
    this.out = el("div");
    this.fault = el("pre", { class: "fault", role: "alert" });
    this.pasted = el("textarea", { rows: 4, "data-key": "paste", "aria-label": "paste a network or a saved state here", spellcheck: "false" });
    const pick = el("input", { type: "file", accept: ".json,application/json", "data-key": "picker", "aria-label": "pick a file of a network or a saved state", onchange: async (event) => {
      const [file] = event.target.files;
      if (!file) return;
      if (file.size > 4 * 1024 * 1024) this.refuse("this file is too large to be a tiny network.");
      else this.read(await file.text());
      event.target.value = "";
    } });
    this.buttons = el("div", { class: "tools" });
    this.element = el("details", { class: "panel" }, el("summary", null, "Save, load, hand in"), this.buttons, this.out,
      el("div", { class: "tools" }, el("label", null, "load ", pick)),
      el("label", null, "or paste ", this.pasted), el("div", { class: "tools" }, button("Load what is pasted", () => this.read(this.pasted.value), { "data-key": "load" })), this.fault);
  }

  update() {
    const { store } = this;
    const give = (what, name, make) => button(what, () => this.give(name, make), { "data-key": `give ${name}` });
    const stem = store.original.name || "network";
    const lessons = answered(store);
    redraw(this.buttons,
      [...lessons].map(([lesson, answers]) => give(`${lesson === OWN ? "my own predictions" : `homework ${lesson}`} (${answers.length}) as claims`, `${lesson}.claims.json`, () => claimsOf(store, lesson))),
      lessons.get(OWN).slice(0, 9).map((one) => give(`question ${one.id} as an exercise`, `${one.id}.toml`, () => exerciseOf(store, one))),
      give("network", `${store.edits.size ? `${stem}-edited` : stem}.json`, () => networkOf(store)),
      store.data.said && give("explanation", `${stem}-explanation.json`, () => store.data.said.explanation),
      give("state of this page", `${stem}-state.json`, () => stateOf(store)),
      button("address", () => this.show("the address of this state", location.href.split("#")[0] + addressOf(store)), { "data-key": "address" }));
  }

  give(name, make) {
    let content;
    try {
      const made = make();
      content = typeof made === "string" ? made : `${JSON.stringify(made, null, 1)}\n`;
    } catch (fault) {
      this.refuse((fault.lines ?? [String(fault)]).join("\n"));
      return;
    }
    this.fault.textContent = "";
    if (!this.boxed) {
      const url = URL.createObjectURL(new Blob([content], { type: "application/json" }));
      const link = el("a", { href: url, download: name });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      announce(`${name} is saved`);
    }
    this.show(name, content);
  }

  show(name, content) {
    const area = el("textarea", { rows: 6, readonly: true, "aria-label": name, "data-key": "given" });
    area.value = content;
    const copied = el("span", { role: "status" });
    redraw(this.out, el("p", { class: "hint" }, name), area, el("div", { class: "tools" }, button("Copy", async () => {
      area.select();
      let done = false;
      try {
        await navigator.clipboard.writeText(content);
        done = true;
      } catch {
        done = document.execCommand("copy");
      }
      copied.textContent = done ? "copied" : "select the text and press Control+C";
    }, { "data-key": "copy" }), copied));
  }

  refuse(words) {
    this.fault.textContent = words;
  }

  read(source) {
    this.fault.textContent = "";
    try {
      this.load(readFile(this.store, source));
    } catch (fault) {
      this.refuse((fault.lines ?? [String(fault)]).join("\n"));
    }
  }
}
