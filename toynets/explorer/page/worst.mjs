// The two extremes of each output as the replaced values run over the ranges of their clean values.
// Exact where the outputs are affine in them, or piecewise affine or quadratic in one or two;
// else the best of a search, and `exact` is false.

import {
  HALF, ONE, ZERO, add, compare, divide, fraction, greatest, isExact, isZero, least, multiply, negate,
  parseNumber, same, sign, subtract,
} from "./numbers.mjs";
import { FUNCTIONS } from "./machine.mjs";
import { linePieces, squarePieces, valueAt } from "./pieces.mjs";
import { edgeName } from "./wiring.mjs";

const GRID = 64;

// The least and the greatest clean value of `h1`, `h1.pre` or an input over the domain.
export function interval(machine, name) {
  const { domain } = machine;
  if (domain.kind !== "box") return { range: machine.listedRange(name), exact: true };
  const known = machine.asShipped ? domain.ranges?.[name] : undefined;
  if (known) return { range: known.map((v) => (typeof v === "string" ? parseNumber(v) : v)), exact: true };
  const pre = name.endsWith(".pre");
  const index = machine.place.get(pre ? name.slice(0, -4) : name);
  if (index < machine.count) return { range: domain.bounds[index], exact: true };
  const pick = (run) => (pre ? run.pre : run.act)[index];
  const found = search(machine, machine.steps, new Map(), domain.bounds, new Map(machine.network.inputs.map((n, k) => [n, k])), [index], pick, domain.rows[0]);
  return { range: found.extremes[0], exact: found.exact };
}

// Every run's extremes: {outputs: [[min, max], …], exact}.
export function worst(machine, row, plan, { source = null, draws = new Map() } = {}) {
  const names = plan.replacements.filter((r) => r.value === "worst").map((r) => (r.pre ? `${r.name}.pre` : r.name));
  const ranges = names.map((name) => interval(machine, name));
  const bounds = ranges.map((r) => r.range);
  const outputs = machine.names.slice(machine.firstOutput).map((_, k) => machine.firstOutput + k);
  const at = bounds.map(([low]) => low);
  const [replaced, carried] = machine.replacements(plan, source, draws, at);
  const variables = new Map(names.map((name, k) => [name, k]));
  const found = search(machine, machine.edited(plan), replaced, bounds, variables, outputs, (run, i) => run.act[i], row, carried);
  return { outputs: found.extremes, exact: found.exact && ranges.every((r) => r.exact) };
}

function search(machine, steps, replaced, bounds, variables, wanted, pick, row, carried = new Map()) {
  const run = (point) => {
    const all = new Map(replaced);
    for (const [name, k] of variables) all.set(name, point[k]);
    return machine.evaluate(row, steps, all, carried);
  };
  const free = bounds.flatMap(([low, high], k) => (same(low, high) ? [] : [k]));
  const setting = { machine, steps, replaced, carried, variables, bounds, row, free };
  const forms = affineForms(setting);
  const extremes = [];
  let exact = true;
  for (const index of wanted) {
    const found = fromForm(setting, forms, index, pick) ?? fromPieces(setting, index, pick, run);
    if (found) extremes.push(found);
    else {
      exact = false;
      extremes.push(tried(bounds, free, (point) => pick(run(point), index)));
    }
  }
  return { extremes, exact };
}

// Each activation as constant + coefficients of the variables; null from where it is not affine.
function affineForms({ machine, steps, replaced, carried, variables, bounds, row }) {
  const n = bounds.length;
  const constant = (c) => [c, ...new Array(n).fill(ZERO)];
  const given = (name, otherwise) => {
    if (variables.has(name)) {
      const form = constant(ZERO);
      form[variables.get(name) + 1] = ONE;
      return form;
    }
    return replaced.has(name) ? constant(replaced.get(name)) : otherwise();
  };
  const act = row.map((value, k) => given(machine.names[k], () => constant(value)));
  const pre = new Array(machine.count).fill(null);
  for (const step of steps) {
    const unit = machine.names[step.unit];
    const sum = () => {
      let total = constant(step.bias);
      for (const [j, w] of step.terms) {
        const edge = edgeName(machine.names[j], unit);
        const form = carried.has(edge) ? constant(carried.get(edge)) : act[j];
        if (form === null && isZero(w)) continue;
        if (form === null) return null;
        total = total.map((c, k) => add(c, multiply(w, form[k])));
      }
      return total;
    };
    const z = given(`${unit}.pre`, sum);
    pre.push(z);
    act.push(given(unit, () => through(step.activation, z, bounds)));
  }
  if (machine.softmax) {
    const logits = pre.slice(machine.firstOutput);
    if (logits.every(Boolean)) {
      const share = divide(ONE, fraction(BigInt(logits.length)));
      const mean = logits.reduce((a, b) => a.map((c, k) => add(c, b[k]))).map((c) => multiply(share, c));
      logits.forEach((z, k) => {
        const index = machine.firstOutput + k;
        if (!replaced.has(machine.names[index])) act[index] = z.map((c, i) => subtract(c, mean[i]));
      });
    }
  }
  return { pre, act };
}

export const constantForm = (form) => form.slice(1).every(isZero);

function through(activation, z, bounds) {
  if (z === null) return null;
  if (activation === "identity" || activation === "softmax") return z;
  if (constantForm(z)) return [FUNCTIONS[activation](z[0]), ...z.slice(1)];
  if (activation !== "relu" && activation !== "abs" && activation !== "step") return null;
  const [low, high] = formRange(z, bounds);
  if (sign(low) >= 0 && activation !== "step") return z;
  if (sign(low) > 0) return z.map((_, k) => (k ? ZERO : ONE));
  if (sign(high) > 0) return null;
  return activation === "abs" ? z.map(negate) : z.map(() => ZERO);
}

function formRange(form, bounds) {
  let [low, high] = [form[0], form[0]];
  bounds.forEach(([a, b], k) => {
    const ends = [multiply(form[k + 1], a), multiply(form[k + 1], b)];
    low = add(low, least(...ends));
    high = add(high, greatest(...ends));
  });
  return [low, high];
}

function fromForm(setting, forms, index, pick) {
  const form = pick({ pre: forms.pre, act: forms.act }, index);
  if (form) return formRange(form, setting.bounds);
  const step = setting.steps.find((s) => s.unit === index);
  const z = forms.pre[index];
  if (!step || !z || step.activation === "softmax") return null;
  // One bend at the very end: the extremes of what goes into it, and 0 where it turns.
  const [low, high] = formRange(z, setting.bounds);
  const inside = ["abs", "square"].includes(step.activation) && sign(low) < 0 && sign(high) > 0;
  const ends = [low, high, ...(inside ? [ZERO] : [])].map(FUNCTIONS[step.activation]);
  return [ends.reduce(least), ends.reduce(greatest)];
}

function fromPieces(setting, index, pick, run) {
  const { free, bounds } = setting;
  if (free.length === 1) return onLine(setting, index, pick, run, bounds, free[0]);
  return free.length === 2 ? onSquare(setting, index, pick) : null;
}

function onLine(setting, index, pick, run, bounds, k) {
  const pieces = linePieces(setting, k);
  if (!pieces) return null;
  const found = [];
  const point = bounds.map(([low]) => low);
  for (const piece of pieces) {
    const p = pick(piece, index);
    for (const t of [piece.low, piece.high]) {
      found.push(valueAt(p, t), pick(run(point.with(k, t)), index));
    }
    if (p.length > 3) return null;
    if (p.length === 3 && !isZero(p[2])) {
      const turn = divide(negate(multiply(HALF, p[1])), p[2]);
      if (compare(piece.low, turn) < 0 && compare(turn, piece.high) < 0) found.push(valueAt(p, turn));
    }
  }
  return found.every(isExact) ? [found.reduce(least), found.reduce(greatest)] : null;
}

function onSquare(setting, index, pick) {
  const pieces = squarePieces(setting, setting.free);
  if (!pieces) return null;
  const found = pieces.flatMap((piece) => {
    const form = pick(piece, index);
    return piece.corners.map(([s, t]) => add(form[0], add(multiply(form[1], s), multiply(form[2], t))));
  });
  return [found.reduce(least), found.reduce(greatest)];
}

// Corners, a grid, and steps from the best of them: not a proof.
function tried(bounds, free, value) {
  const per = free.length === 1 ? GRID * 8 : free.length === 2 ? GRID : free.length === 3 ? 12 : 2;
  let points = [bounds.map(([low]) => low)];
  for (const k of free.slice(0, 12)) {
    const [low, high] = bounds[k];
    const width = subtract(high, low);
    const places = Array.from({ length: per + 1 }, (_, i) => add(low, multiply(width, fraction(BigInt(i), BigInt(per)))));
    points = points.flatMap((p) => places.map((t) => p.with(k, t))).slice(0, 20000);
  }
  const values = points.map(value);
  return [values.reduce(least), values.reduce(greatest)];
}
