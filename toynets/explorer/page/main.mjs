// Puts the page together, and keeps address, keyboard and lecture in step with the store.

import { addressOf, readAddress } from "./claims.mjs";
import { Challenges } from "./challenges.mjs";
import { Compare } from "./compare.mjs";
import { Controls, FirstTask, Header } from "./controls.mjs";
import { Diagram } from "./diagram.mjs";
import { announce, announcer, el } from "./dom.mjs";
import { Files } from "./files.mjs";
import { Gauge } from "./gauge.mjs";
import { Inspector } from "./inspector.mjs";
import { parametersOf } from "./machine.mjs";
import { Picture } from "./picture.mjs";
import { Predict } from "./predict.mjs";
import { MODES, Store } from "./store.mjs";
import { Arithmetic, DomainTable } from "./tables.mjs";
import { Without } from "./without.mjs";

const FORWARD = ["PageDown", "ArrowRight", " ", "Enter"];
const BACKWARD = ["PageUp", "ArrowLeft"];

// What the browser keeps, where it keeps anything.
const memory = {
  get(key) {
    try {
      return localStorage.getItem(`toynets ${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`toynets ${key}`, value);
    } catch {
      // A sandboxed frame keeps nothing; the page works without.
    }
  },
};

function start() {
  const store = new Store(JSON.parse(document.getElementById("data").textContent));
  const boxed = window.origin === "null" && location.protocol !== "file:";
  const asked = new URLSearchParams(location.search).get("mode");
  if (MODES.includes(asked)) store.mode = asked;
  store.dark = memory.get("dark") === null ? matchMedia("(prefers-color-scheme: dark)").matches : memory.get("dark") === "yes";

  const without = new Without(store);
  const compare = new Compare(store, without.derived);
  const apply = ({ edits, ablation, row, source, mode }) => {
    store.edits = new Map();
    store.edit(edits, "loaded");
    store.intervene(ablation);
    store.row = row;
    store.source = source;
    store.found = null;
    if (MODES.includes(mode)) store.mode = mode;
    store.tell("loaded");
  };
  const load = ({ kind, value }) => {
    if (kind === "state") return apply(value);
    const numbers = parametersOf(value);
    const alikeHere = value.inputs.join() === store.original.inputs.join() && numbers.size === store.started.size &&
      [...numbers.keys()].every((n) => store.started.has(n)) && value.layers.every((l, k) => l.activation === store.original.layers[k].activation);
    if (!alikeHere) return compare.add(value);
    store.edit(numbers, `weights of ${value.name || "the file"}`);
    return announce("the weights are loaded");
  };
  const views = [
    new Header(store), new FirstTask(store, memory), new Diagram(store), new Controls(store), new Inspector(store), new Predict(store),
    new DomainTable(store), new Arithmetic(store), new Picture(store), without, new Gauge(store), compare, new Challenges(store, memory),
    new Files(store, boxed, load),
  ];
  const [header, first, diagram, controls, inspector, predict, domain, sums, picture, table, gauge, other, challenges, files] = views.map((v) => v.element);
  const { wide } = views[2];
  const app = document.getElementById("app");
  app.append(
    el("a", { class: "skip", href: "#table-title", onclick: (event) => {
      event.preventDefault();
      domain.querySelector(".scroll").focus();
    } }, "skip to the table"),
    header, first,
    el("main", null,
      wide && el("div", { class: "below" }, diagram),
      el("div", { class: "centre" }, !wide && diagram, controls, inspector, gauge, challenges),
      el("div", { class: "beside" }, predict, domain, sums, picture, other, files),
      el("div", { class: "below" }, table)),
    announcer());

  let last = "";
  store.onChange((words) => {
    document.documentElement.dataset.mode = store.mode;
    document.documentElement.dataset.theme = store.dark ? "dark" : "light";
    memory.set("dark", store.dark ? "yes" : "no");
    for (const view of views) view.update();
    if (words) announce(words);
    const address = addressOf(store);
    if (address === last) return;
    last = address;
    try {
      history.replaceState(null, "", address);
    } catch {
      // A frame without an address of its own: the panel shows the state as text.
    }
  });
  document.addEventListener("keydown", (event) => keys(store, event));
  // On paper the table of ablations stands below the drawing, whatever is open here.
  const printing = (on) => () => {
    without.printing = on;
    without.element.open = on;
    without.update();
  };
  window.addEventListener("beforeprint", printing(true));
  window.addEventListener("afterprint", printing(false));
  if (location.hash.length > 1 && !boxed) {
    try {
      apply(readAddress(store, location.hash));
      store.past = [];
    } catch (fault) {
      store.fault = fault;
    }
  }
  store.tell();
}

function keys(store, event) {
  const typing = event.target.closest("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && !typing && ["z", "y"].includes(event.key.toLowerCase())) {
    event.preventDefault();
    if (event.key.toLowerCase() === "y" || event.shiftKey) store.redo();
    else store.undo();
    return;
  }
  if (store.mode !== "lecture" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  // A remote sends Page Down and Page Up; the other keys belong to a control that has the focus.
  const remote = event.key.startsWith("Page");
  if (!remote && event.target.closest("button, [role=button], a, summary, [tabindex]")) return;
  if (FORWARD.includes(event.key)) store.turn(1);
  else if (BACKWARD.includes(event.key)) store.turn(-1);
  else return;
  event.preventDefault();
}

start();
