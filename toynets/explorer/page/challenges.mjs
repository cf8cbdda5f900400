// Puzzles that the page checks itself, each offered where the network has what it is about.

import { ZERO, absolute, add, alike, compare, greatest, isZero, pretty, subtract } from "./numbers.mjs";
import { button, el, redraw } from "./dom.mjs";
import { parametersOf } from "./machine.mjs";

const cleanOutputs = (machine, row) => machine.clean(row).act.slice(machine.firstOutput);

// How far the outputs move at most when one number is cut.
export function importance(machine, name) {
  let most = ZERO;
  for (const row of machine.domain.rows) {
    const [was, is] = [cleanOutputs(machine, row), machine.outputs(row, `${name} = 0`)];
    was.forEach((v, k) => (most = greatest(most, absolute(subtract(is[k], v)))));
  }
  return most;
}

export function deadUnits(machine) {
  return machine.wiring.hidden.filter((unit) => machine.column(unit).every(isZero));
}

// A unit without which exactly one of many rows comes out differently: {unit, row} or null.
export function rareCase(machine) {
  if (machine.domain.rows.length < 8 || machine.domain.kind === "box") return null;
  for (const unit of machine.wiring.hidden) {
    const rows = machine.domain.rows.flatMap((row, k) => {
      const [was, is] = [cleanOutputs(machine, row), machine.outputs(row, `${unit} = 0`)];
      return was.some((v, i) => !alike(v, is[i])) ? [k] : [];
    });
    if (rows.length === 1) return { unit, row: rows[0] };
  }
  return null;
}

export function totalChange(store) {
  return [...store.edits].map(([name, value]) => absolute(subtract(value, store.started.get(name)))).reduce(add, ZERO);
}

function brokenRows(store) {
  return store.domain.rows.filter((row) => store.decisions(cleanOutputs(store.base, row)).join() !== store.decisions(cleanOutputs(store.machine, row)).join()).length;
}

export class Challenges {
  constructor(store, memory) {
    this.store = store;
    this.memory = memory;
    this.found = null;
    this.place = el("div");
    this.element = el("details", { class: "panel", ontoggle: () => this.update() }, el("summary", null, "Challenges and homework"), this.place);
  }

  // Which there are: [{title, ask, check}]; check gives [done, words].
  list() {
    const { store } = this;
    const found = [];
    if (store.decisions(cleanOutputs(store.base, store.domain.rows[0])).length) {
      found.push({ id: "break", title: "The smallest change that breaks it", ask: "Change weights or biases until one decision flips. The smaller the sum of your changes, the better.", check: () => {
        const [total, broken] = [totalChange(store), brokenRows(store)];
        if (!broken) return [false, store.edits.size ? `changed by ${pretty(total)} in all: no decision flips yet` : "nothing is changed yet"];
        const best = Number(this.memory.get(`best ${store.original.name}`) ?? "Infinity");
        const size = Number(total.n) / Number(total.d);
        if (size < best) this.memory.set(`best ${store.original.name}`, String(size));
        return [true, `broken on ${broken} rows by a change of ${pretty(total)}; your best is ${Math.min(best, size)}. Can less do it?`];
      } });
    }
    if (parametersOf(store.original).size <= 80 && store.domain.rows.length <= 64) {
      found.push({ id: "small", title: "Make the smallest weight the most important", ask: "Importance here: how far cutting the weight alone moves an output at most. Zeros do not count; ties do not count.", check: () => {
        const names = store.base.wiring.edgeNames.filter((n) => !isZero(store.numbers.get(n)));
        const size = (n) => absolute(store.numbers.get(n));
        const smallest = names.reduce((a, b) => (compare(size(a), size(b)) <= 0 ? a : b));
        const unique = names.filter((n) => alike(size(n), size(smallest))).length === 1;
        const scores = names.map((n) => [n, importance(store.machine, n)]);
        const top = scores.map(([, s]) => s).reduce(greatest);
        const best = scores.filter(([, s]) => alike(s, top)).map(([n]) => n);
        const words = `smallest: ${unique ? smallest : "a tie"} (${pretty(size(smallest))}); most important: ${best.join(", ")} (moves an output by ${pretty(top)})`;
        return [unique && best.length === 1 && best[0] === smallest, words];
      } });
    }
    const rare = rareCase(store.base);
    if (rare) {
      found.push({ id: "find", title: `Find the one input of ${store.domain.rows.length}`, ask: `Without ${rare.unit} a single input comes out differently. Choose its row in the table.`, check: () => {
        const right = store.row === rare.row;
        return [right, right ? `yes: at ${store.domain.labels[rare.row]}, and nowhere else` : `at ${store.domain.labels[store.row]} nothing changes without ${rare.unit}`];
      } });
    }
    const dead = deadUnits(store.base);
    if (dead.length) {
      found.push({ id: "wake", title: `Wake the dead unit ${dead[0]}`, ask: `${dead[0]} is 0 on every input. Change numbers until it is not, and until an output notices.`, check: () => {
        const awake = store.machine.column(dead[0]).filter((v) => !isZero(v)).length;
        const felt = !isZero(store.domain.rows.map((row) => {
          const [was, is] = [cleanOutputs(store.machine, row), store.machine.outputs(row, `${dead[0]} = 0`)];
          return was.map((v, k) => absolute(subtract(is[k], v))).reduce(greatest);
        }).reduce(greatest));
        return [awake > 0 && felt, `${dead[0]} is awake on ${awake} inputs${awake ? (felt ? ", and the output notices" : ", but no output notices") : ""}`];
      } });
    }
    return found;
  }

  update() {
    const { store } = this;
    if (!this.element.open) return;
    this.found ??= this.list();
    const { homework } = store.data;
    if (!this.found.length && !homework.length) {
      redraw(this.place, el("p", { class: "hint" }, "There is no challenge for this network."));
      return;
    }
    const hidden = store.changed && !store.seen;
    const tasks = homework.length > 0 && el("div", { class: "challenge" }, el("h3", null, "Homework about this network"), homework.map((task) => el("div", { class: "tools" },
      task.kind === "predict"
        ? button(`${task.id}: ${task.title}`, () => store.setMode("predict") ?? store.intervene(task.intervention), { "data-key": `task ${task.id}` })
        : el("span", null, `${task.id}: ${task.title}: change the weights, then save the claims of ${task.lesson}.`))));
    redraw(this.place, tasks, this.found.map(({ title, ask, check }) => {
      const [done, words] = hidden ? [false, "reveal first"] : check();
      return el("div", { class: `challenge${done ? " done" : ""}` }, el("h3", null, `${done ? "✓ " : ""}${title}`), el("p", null, ask), el("p", { class: "score" }, words));
    }));
  }
}

