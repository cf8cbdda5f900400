// The arithmetic of one run, line by line with the numbers substituted, as the package writes it.

import { ZERO, absolute, add, divide, fraction, isZero, multiply, short, sign, subtract } from "./numbers.mjs";
import { isPatch } from "./grammar.mjs";
import { FUNCTIONS, parametersOf } from "./machine.mjs";
import { applyEdit, edgeName } from "./wiring.mjs";

function factor(value) {
  const shown = short(value);
  return shown.startsWith("-") ? `(${shown})` : shown;
}

function sumText(parts) {
  if (!parts.length) return "0";
  return parts.map(([term, negative], k) => (k ? (negative ? " - " : " + ") : negative ? "-" : "") + term).join("");
}

function whyText(value, inputs, name, source) {
  if (value === "mean") return "replaced by its mean";
  if (!isPatch(value)) return "replaced";
  const point = value.point ?? source ?? [];
  const where = inputs.slice(0, point.length).map((n, k) => `${n} = ${short(point[k])}`).join(", ");
  const read = value.unit + (value.pre ? ".pre" : "");
  return `replaced by ${read === name ? "its value" : read} at ${where}`;
}

// Lines of a run without families: [{unit, text}]; unit is "" for what belongs to none.
export function arithmeticLines(machine, row, plan, source = null) {
  const { wiring, names } = machine;
  const [replaced, carried] = machine.replacements(plan, source, new Map(), []);
  const steps = machine.edited(plan);
  const run = machine.evaluate(row, steps, replaced, carried);
  const why = new Map(
    plan.replacements.map((r) => {
      const name = r.pre ? `${r.name}.pre` : r.name;
      return [name, whyText(r.value, wiring.inputs, name, source)];
    }),
  );
  const lines = [];
  let unit = "";
  const write = (name, text, value) => {
    const result = short(value);
    lines.push({ unit, text: `${name} = ${text}${text === result ? "" : ` = ${result}`}` });
  };
  const swap = (name, now, old) => {
    lines.push({ unit, text: `${name} = ${short(now)} (${why.get(name)}; it was ${short(old)})` });
  };
  const clean = parametersOf(machine.network);
  for (const edit of plan.edits) {
    const old = clean.get(edit.name);
    const text = `${edit.name} = ${short(applyEdit(edit, old))} (changed; it was ${short(old)})`;
    lines.push({ unit: edit.name.split("->").at(-1).replace(/\.bias$/, ""), text });
  }
  wiring.inputs.forEach((name, k) => {
    unit = name;
    if (why.has(name)) swap(name, run.act[k], row[k]);
  });
  for (const step of steps) {
    unit = names[step.unit];
    const parts = [];
    let total = step.bias;
    for (const [j, weight] of step.terms) {
      const edge = edgeName(names[j], unit);
      let value = run.act[j];
      if (carried.has(edge)) {
        const old = value;
        value = carried.get(edge);
        const patch = plan.paths.find((p) => edgeName(p.source, p.target) === edge).value;
        const reason = whyText(patch, wiring.inputs, names[j], source);
        lines.push({ unit, text: `${edge} carries ${short(value)} (${reason}; it was ${short(old)})` });
      }
      total = add(total, multiply(weight, value));
      parts.push([`${short(absolute(weight))}*${factor(value)}`, sign(weight) < 0]);
    }
    if (!isZero(step.bias)) parts.push([short(absolute(step.bias)), sign(step.bias) < 0]);
    const pre = `${unit}.pre`;
    if (step.activation === "identity" && !why.has(unit) && !why.has(pre)) {
      write(unit, sumText(parts), total);
      continue;
    }
    const z = run.pre[step.unit];
    if (why.has(pre)) swap(pre, z, total);
    else write(pre, sumText(parts), total);
    let [value, text] = [FUNCTIONS[step.activation](z), ""];
    const softmax = step.activation === "softmax";
    if (softmax) {
      const logits = run.pre.slice(machine.firstOutput);
      const mean = divide(logits.reduce(add, ZERO), fraction(BigInt(logits.length)));
      value = subtract(z, mean);
      text = sumText([[short(absolute(z)), sign(z) < 0], [short(absolute(mean)), sign(mean) >= 0]]);
    } else text = step.activation === "identity" ? short(z) : `${step.activation}(${short(z)})`;
    if (why.has(unit)) swap(unit, run.act[step.unit], value);
    else if (softmax) lines.push({ unit, text: `${unit} = ${text} = ${short(value)} (logit minus the mean of all)` });
    else write(unit, text, value);
  }
  return lines;
}

// For reading: a real minus and a dot for times.
export const typeset = (line) => line.replaceAll("->", "→").replaceAll("*", "·").replaceAll("-", "−");

// The products into the outputs that differ between two runs: [{name, before, after, change}].
export function changedProducts(machine, before, after, beforeSteps, afterSteps) {
  const found = [];
  beforeSteps.slice(machine.firstOutput - machine.count).forEach((step, k) => {
    const now = afterSteps[machine.firstOutput - machine.count + k];
    step.terms.forEach(([j, weight], i) => {
      const [was, is] = [multiply(weight, before.act[j]), multiply(now.terms[i][1], after.act[j])];
      const change = subtract(is, was);
      if (isZero(change)) return;
      const product = (w, v) => `${short(w)}*${factor(v)}`;
      found.push({
        name: edgeName(machine.names[j], machine.names[step.unit]),
        before: product(weight, before.act[j]),
        after: product(now.terms[i][1], after.act[j]),
        change,
      });
    });
    const change = subtract(now.bias, step.bias);
    if (!isZero(change)) {
      const name = `${machine.names[step.unit]}.bias`;
      found.push({ name, before: short(step.bias), after: short(now.bias), change });
    }
  });
  return found;
}

