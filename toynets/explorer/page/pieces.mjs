// Where units turn on and off, exactly: intervals of one variable, polygons of two. In between every
// value is a polynomial (a square may come in) of one variable, or affine in two.

import {
  HALF, ONE, ZERO, add, compare, divide, fraction, isExact, isZero, multiply, negate, sign, subtract,
} from "./numbers.mjs";
import { FUNCTIONS } from "./machine.mjs";
import { edgeName } from "./wiring.mjs";

const MOST = 4000; // pieces; beyond them a picture says nothing any more

export function valueAt(p, t) {
  return p.reduceRight((sum, c) => add(c, multiply(sum, t)), ZERO);
}

const scaled = (w, p) => p.map((c) => multiply(w, c));

function plus(p, q) {
  const length = Math.max(p.length, q.length);
  return Array.from({ length }, (_, k) => add(p[k] ?? ZERO, q[k] ?? ZERO));
}

function times(p, q) {
  const found = new Array(p.length + q.length - 1).fill(ZERO);
  p.forEach((a, i) => q.forEach((b, j) => (found[i + j] = add(found[i + j], multiply(a, b)))));
  return found;
}

function trimmed(p) {
  let n = p.length;
  while (n > 1 && isZero(p[n - 1])) n--;
  return p.slice(0, n);
}

// Where a polynomial of degree 1 or 2 changes sign inside (low, high); null for a higher degree.
function roots(p, low, high) {
  const c = trimmed(p);
  let found = [];
  if (c.length === 2) found = [negate(divide(c[0], c[1]))];
  else if (c.length === 3) {
    const half = divide(multiply(HALF, c[1]), c[2]);
    const rest = subtract(multiply(half, half), divide(c[0], c[2]));
    if (sign(rest) <= 0) return [];
    const width = root(rest);
    found = [subtract(negate(half), width), add(negate(half), width)];
  } else if (c.length > 3) return null;
  return found.filter((t) => compare(low, t) < 0 && compare(t, high) < 0);
}

function root(q) {
  if (isExact(q)) {
    const [n, d] = [whole(q.n), whole(q.d)];
    if (n * n === q.n && d * d === q.d) return fraction(n, d);
  }
  return Math.sqrt(isExact(q) ? Number(q.n) / Number(q.d) : q);
}

function whole(n) {
  let x = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (x * x > n) x--;
  while ((x + 1n) * (x + 1n) <= n) x++;
  return x;
}

// The value of each name is a polynomial of variable k; the others stand at their lower ends.
// Returns [{low, high, pre, act}], or null where a tanh, a sigmoid or a high power comes in.
export function linePieces(setting, k) {
  const { machine, steps, replaced, carried, variables, bounds, row } = setting;
  const given = (name, otherwise) => {
    if (variables.has(name)) return variables.get(name) === k ? [ZERO, ONE] : [bounds[variables.get(name)][0]];
    return replaced.has(name) ? [replaced.get(name)] : otherwise();
  };
  const start = row.map((value, i) => given(machine.names[i], () => [value]));
  const found = [];
  const walk = (at, pre, act, low, high) => {
    if (found.length > MOST) return false;
    for (let s = at; s < steps.length; s++) {
      const step = steps[s];
      const unit = machine.names[step.unit];
      const z = given(`${unit}.pre`, () => {
        let sum = [step.bias];
        for (const [j, w] of step.terms) {
          const edge = edgeName(machine.names[j], unit);
          sum = plus(sum, scaled(w, carried.has(edge) ? [carried.get(edge)] : act[j]));
        }
        return trimmed(sum);
      });
      pre = [...pre, z];
      let value = null;
      if (variables.has(unit) || replaced.has(unit)) value = given(unit, null);
      else if (step.activation === "identity" || step.activation === "softmax") value = z;
      else if (z.length === 1) value = [FUNCTIONS[step.activation](z[0])];
      else if (step.activation === "square") value = times(z, z);
      else if (["relu", "abs", "step"].includes(step.activation)) {
        const turns = roots(z, low, high);
        if (turns === null) return false;
        if (turns.length) {
          const ends = [low, ...turns, high];
          return turns.concat([null]).every((_, i) => walk(s, pre.slice(0, -1), act, ends[i], ends[i + 1]));
        }
        const on = sign(valueAt(z, multiply(HALF, add(low, high)))) > 0;
        if (step.activation === "relu") value = on ? z : [ZERO];
        else if (step.activation === "step") value = [on ? ONE : ZERO];
        else value = on ? z : z.map(negate);
      } else return false;
      act = [...act, value];
    }
    if (machine.softmax) act = centred(machine, pre, act, replaced);
    found.push({ low, high, pre, act });
    return true;
  };
  const none = new Array(machine.count).fill(null);
  return walk(0, none, start, ...bounds[k]) ? found : null;
}

function centred(machine, pre, act, replaced) {
  const logits = pre.slice(machine.firstOutput);
  const share = divide(ONE, logits.reduce((n) => add(n, ONE), ZERO));
  const mean = scaled(share, logits.reduce(plus));
  return act.map((p, k) => {
    const kept = k < machine.firstOutput || replaced.has(machine.names[k]);
    return kept ? p : plus(pre[k], scaled(negate(ONE), mean));
  });
}

export const formAt = (form, [s, t]) => add(form[0], add(multiply(form[1], s), multiply(form[2], t)));

// Both halves of a convex polygon cut by form = 0: [where it is negative, where it is positive].
export function cut(corners, form) {
  const values = corners.map((c) => formAt(form, c));
  const sides = [[], []];
  corners.forEach((corner, i) => {
    const next = (i + 1) % corners.length;
    const [here, there] = [sign(values[i]), sign(values[next])];
    if (here <= 0) sides[0].push(corner);
    if (here >= 0) sides[1].push(corner);
    if (here * there < 0) {
      const share = divide(values[i], subtract(values[i], values[next]));
      const between = corner.map((c, k) => add(c, multiply(share, subtract(corners[next][k], c))));
      sides[0].push(between);
      sides[1].push(between);
    }
  });
  return sides;
}

// Polygons of two variables in which every value is affine: [{corners, pre, act}], each value as
// [constant, coefficient, coefficient]; null where something is not piecewise affine.
export function squarePieces(setting, [a, b]) {
  const { machine, steps, replaced, carried, variables, bounds, row } = setting;
  const flat = (c) => [c, ZERO, ZERO];
  const given = (name, otherwise) => {
    if (variables.has(name)) {
      const k = variables.get(name);
      if (k === a) return [ZERO, ONE, ZERO];
      return k === b ? [ZERO, ZERO, ONE] : flat(bounds[k][0]);
    }
    return replaced.has(name) ? flat(replaced.get(name)) : otherwise();
  };
  const start = row.map((value, i) => given(machine.names[i], () => flat(value)));
  const found = [];
  const walk = (at, pre, act, corners) => {
    if (found.length > MOST) return false;
    for (let s = at; s < steps.length; s++) {
      const step = steps[s];
      const unit = machine.names[step.unit];
      const z = given(`${unit}.pre`, () => {
        let sum = flat(step.bias);
        for (const [j, w] of step.terms) {
          const edge = edgeName(machine.names[j], unit);
          sum = plus(sum, scaled(w, carried.has(edge) ? flat(carried.get(edge)) : act[j]));
        }
        return sum;
      });
      pre = [...pre, z];
      let value = null;
      const constant = isZero(z[1]) && isZero(z[2]);
      if (variables.has(unit) || replaced.has(unit)) value = given(unit, null);
      else if (step.activation === "identity" || step.activation === "softmax") value = z;
      else if (constant) value = flat(FUNCTIONS[step.activation](z[0]));
      else if (["relu", "abs", "step"].includes(step.activation)) {
        const signs = corners.map((c) => sign(formAt(z, c)));
        if (signs.some((v) => v < 0) && signs.some((v) => v > 0)) {
          return cut(corners, z).every((half) => walk(s, pre.slice(0, -1), act, half));
        }
        const on = signs.some((v) => v > 0);
        if (step.activation === "relu") value = on ? z : flat(ZERO);
        else if (step.activation === "step") value = flat(on ? ONE : ZERO);
        else value = on ? z : z.map(negate);
      } else return false;
      act = [...act, value];
    }
    if (machine.softmax) act = centred(machine, pre, act, replaced);
    found.push({ corners, pre, act });
    return true;
  };
  const [[l, r], [d, u]] = [bounds[a], bounds[b]];
  const none = new Array(machine.count).fill(null);
  return walk(0, none, start, [[l, d], [r, d], [r, u], [l, u]]) ? found : null;
}

// What a picture of the inputs needs: the setting in which all inputs are free.
export function inputSetting(machine, plan, bounds, replacements) {
  const [replaced, carried] = replacements;
  const names = machine.network.inputs.filter((n) => !replaced.has(n));
  const variables = new Map(machine.network.inputs.map((n, k) => [n, k]).filter(([n]) => names.includes(n)));
  const row = bounds.map(([low]) => low);
  return { machine, steps: machine.edited(plan), replaced, carried, variables, bounds, row };
}
