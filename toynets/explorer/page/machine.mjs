// One network, evaluated exactly on any input under any intervention: clean runs, means, families.
// Numbers are fractions, and floats from the first tanh or sigmoid on.

import {
  Fault, ONE, ZERO, absolute, add, divide, fraction, greatest, least, multiply,
  parseNumber, same, sign, subtract, text, toNumber,
} from "./numbers.mjs";
import { isPatch } from "./grammar.mjs";
import { Wiring, applyEdit, biasName, edgeName } from "./wiring.mjs";

export const FUNCTIONS = {
  identity: (z) => z,
  relu: (z) => (sign(z) > 0 ? z : ZERO),
  abs: absolute,
  step: (z) => (sign(z) > 0 ? ONE : ZERO),
  square: (z) => multiply(z, z),
  tanh: (z) => Math.tanh(toNumber(z)),
  sigmoid: (z) => 1 / (1 + Math.exp(-toNumber(z))),
  softmax: (z) => z,
};

// Reads the package's JSON form; what is wrong with it is said.
export function readNetwork(data) {
  const wrong = (what) => {
    throw new Fault(`this is no network: ${what}.`, "the file is of another kind, or cut short.");
  };
  if (data?.format !== "toynets-network/1") wrong(`its format is ${JSON.stringify(data?.format) ?? "missing"}`);
  if (!Array.isArray(data.inputs) || !data.inputs.length) wrong("inputs is no list of names");
  if (!Array.isArray(data.layers) || !data.layers.length) wrong("layers is no list");
  const names = new Set();
  const named = (name) => {
    if (typeof name !== "string" || !/^([A-Za-z][A-Za-z0-9_]*|h[0-9]+\.[0-9]+)$/.test(name)) {
      wrong(`${JSON.stringify(name)} cannot be a name`);
    }
    if (names.has(name)) wrong(`the name ${name} is given twice`);
    names.add(name);
    return name;
  };
  let width = data.inputs.map(named).length;
  const layers = data.layers.map((layer, k) => {
    const where = `layer ${k + 1}`;
    if (!Array.isArray(layer?.units) || !layer.units.length) wrong(`${where} has no units`);
    const units = layer.units.map(named);
    if (!Object.hasOwn(FUNCTIONS, layer.activation)) {
      wrong(`${where} has the activation ${JSON.stringify(layer.activation)}; known are ${Object.keys(FUNCTIONS).join(", ")}`);
    }
    if (layer.activation === "softmax" && k < data.layers.length - 1) wrong("softmax stands in the last layer only");
    const row = (values, length, what) => {
      if (!Array.isArray(values) || values.length !== length) wrong(`${what} of ${where} has not ${length} numbers`);
      return values.map(readNumber);
    };
    if (!Array.isArray(layer.weight) || layer.weight.length !== units.length) wrong(`the weight of ${where} has not ${units.length} rows`);
    const weight = layer.weight.map((values) => row(values, width, "a row"));
    const bias = layer.bias === null ? null : row(layer.bias, units.length, "the bias");
    const { mask } = layer;
    if (mask && (mask.length !== units.length || mask.some((m) => m?.length !== width))) wrong(`the mask of ${where} has another shape`);
    width = units.length;
    return { units, activation: layer.activation, weight, bias, mask: mask ?? null };
  });
  return {
    name: typeof data.name === "string" ? data.name : "",
    dtype: data.dtype === "float64" ? "float64" : "float32",
    inputs: data.inputs,
    layers,
    ties: data.ties ?? {},
    hash: typeof data.hash === "string" ? data.hash : "",
  };
}

function readNumber(value) {
  if (typeof value === "string") return parseNumber(value);
  if (typeof value === "number" && Number.isFinite(value)) return parseNumber(decimal(value));
  throw new Fault(`${JSON.stringify(value)} is not a number.`, "", "write for example -3, 0.25 or 3/2.");
}

// A literal is read as it is printed: 0.1 is 1/10.
function decimal(value) {
  const printed = String(value);
  return printed.includes("e") ? value.toFixed(Math.min(60, 20 - Math.floor(Math.log10(Math.abs(value))))) : printed;
}

export function parametersOf(network) {
  const found = new Map();
  let parents = network.inputs;
  for (const layer of network.layers) {
    layer.units.forEach((unit, i) => {
      parents.forEach((parent, j) => {
        if (!layer.mask || layer.mask[i][j]) found.set(edgeName(parent, unit), layer.weight[i][j]);
      });
      if (layer.bias) found.set(biasName(unit), layer.bias[i]);
    });
    parents = layer.units;
  }
  return found;
}

// A copy with some weights and biases changed, by name.
export function withParameters(network, values) {
  let parents = network.inputs;
  const layers = network.layers.map((layer) => {
    const above = parents;
    parents = layer.units;
    return {
      ...layer,
      weight: layer.weight.map((row, i) => row.map((w, j) => values.get(edgeName(above[j], layer.units[i])) ?? w)),
      bias: layer.bias?.map((b, i) => values.get(biasName(layer.units[i])) ?? b) ?? null,
    };
  });
  return { ...network, layers };
}

export class Machine {
  constructor(network, domain) {
    this.network = network;
    this.domain = domain;
    this.wiring = new Wiring(network);
    this.names = [...network.inputs, ...this.wiring.units];
    this.place = new Map(this.names.map((name, k) => [name, k]));
    this.count = network.inputs.length;
    this.firstOutput = this.names.length - this.wiring.outputs.length;
    this.softmax = network.layers.at(-1).activation === "softmax";
    this.steps = [];
    let parents = network.inputs;
    for (const layer of network.layers) {
      layer.units.forEach((unit, i) => {
        const terms = [];
        parents.forEach((parent, j) => {
          if (!layer.mask || layer.mask[i][j]) terms.push([this.place.get(parent), layer.weight[i][j]]);
        });
        this.steps.push({ unit: this.place.get(unit), activation: layer.activation, bias: layer.bias?.[i] ?? ZERO, terms });
      });
      parents = layer.units;
    }
    this.cleanRuns = new Map();
    this.plans = new Map();
  }

  plan(intervention) {
    if (typeof intervention !== "string") return intervention;
    if (!this.plans.has(intervention)) this.plans.set(intervention, this.wiring.resolve(intervention));
    return this.plans.get(intervention);
  }

  clean(row) {
    const key = row.map(text).join(",");
    if (!this.cleanRuns.has(key)) this.cleanRuns.set(key, this.evaluate(row, this.steps, new Map(), new Map()));
    return this.cleanRuns.get(key);
  }

  // The steps with the numbers of an intervention in them.
  edited(plan) {
    if (!plan.edits.length) return this.steps;
    const edits = new Map(plan.edits.map((e) => [e.name, e]));
    const changed = (name, old) => (edits.has(name) ? applyEdit(edits.get(name), old) : old);
    return this.steps.map((step) => {
      const unit = this.names[step.unit];
      return {
        ...step,
        bias: changed(biasName(unit), step.bias),
        terms: step.terms.map(([j, w]) => [j, changed(edgeName(this.names[j], unit), w)]),
      };
    });
  }

  // What replaces values, by name ("h1" or "h1.pre"), and what edges carry, by their name. `draws`
  // gives the source of each resample clause, `at` the value of each `worst`.
  replacements(plan, source, draws, at) {
    const replaced = new Map();
    let worst = 0;
    const read = ({ unit, pre, point }) => {
      if (point === null && !source) {
        const example = this.network.inputs.map(() => "0").join(", ");
        throw new Fault(`${plan.text} reads x', but no source input is given.`, "", `choose a source x', or write the numbers of the source out, as in h2(${example}).`);
      }
      return this.valueOf(this.clean(point ?? source), unit, pre);
    };
    for (const { name, pre, value, group } of plan.replacements) {
      const full = pre ? `${name}.pre` : name;
      let given = value;
      if (isPatch(value)) given = read(value);
      else if (value === "mean") given = this.mean(full);
      else if (value === "resample") given = this.valueOf(this.clean(draws.get(group)), name, pre);
      else if (value === "worst") given = at[worst++];
      replaced.set(full, given);
    }
    const carried = new Map(plan.paths.map((p) => [edgeName(p.source, p.target), read(p.value)]));
    return [replaced, carried];
  }

  valueOf(run, name, pre) {
    const values = pre ? run.pre : run.act;
    return values[this.place.get(name)];
  }

  evaluate(row, steps, replaced, carried) {
    const act = row.map((value, k) => replaced.get(this.names[k]) ?? value);
    const pre = new Array(this.count).fill(null);
    for (const step of steps) {
      const unit = this.names[step.unit];
      let z = step.bias;
      for (const [j, weight] of step.terms) {
        const value = carried.size ? (carried.get(edgeName(this.names[j], unit)) ?? act[j]) : act[j];
        z = add(z, multiply(weight, value));
      }
      z = replaced.get(`${unit}.pre`) ?? z;
      pre.push(z);
      act.push(replaced.get(unit) ?? FUNCTIONS[step.activation](z));
    }
    if (this.softmax) {
      const logits = pre.slice(this.firstOutput);
      const mean = divide(logits.reduce(add, ZERO), fraction(BigInt(logits.length)));
      logits.forEach((z, k) => {
        const index = this.firstOutput + k;
        if (!replaced.has(this.names[index])) act[index] = subtract(z, mean);
      });
    }
    return { pre, act };
  }

  run(row, intervention = "", { source = null, draws = new Map(), at = [] } = {}) {
    const plan = this.plan(intervention);
    if (!plan.clauses.length) return this.clean(row);
    const [replaced, carried] = this.replacements(plan, source, draws, at);
    return this.evaluate(row, this.edited(plan), replaced, carried);
  }

  outputs(row, intervention, options) {
    return this.run(row, intervention, options).act.slice(this.firstOutput);
  }

  // The sources of each member of a resample family: every other input in turn, the last clause
  // fastest. Without resample: one empty draw.
  draws(row, plan) {
    if (!plan.groups.length) return [new Map()];
    const others = this.rows(plan.text, "draws from").filter((r) => !r.every((v, k) => same(v, row[k])));
    if (!others.length) {
      throw new Fault(`${plan.text} has nothing to draw from: ${this.domain.text} has no other input.`, "", "use a larger domain.");
    }
    let found = [[]];
    for (const group of plan.groups) {
      found = found.flatMap((chosen) => others.map((other) => [...chosen, [group, other]]));
      if (found.length > 20000) throw new Fault(`${plan.text} stands for more than 20000 runs.`, "", "resample fewer units at once.");
    }
    return found.map((pairs) => new Map(pairs));
  }

  rows(what, does) {
    if (this.domain.kind === "box") {
      throw new Fault(
        `${what} ${does} the inputs of the domain, but ${this.domain.text} is a box: its inputs cannot be listed.`,
        "", "use a finite domain, or h2 = worst.",
      );
    }
    return this.domain.rows;
  }

  mean(name) {
    const rows = this.rows(`${name} = mean`, "averages");
    return divide(this.column(name).reduce(add, ZERO), fraction(BigInt(rows.length)));
  }

  // The clean values of `h1`, `h1.pre` or an input on every row.
  column(name) {
    const pre = name.endsWith(".pre");
    const unit = pre ? name.slice(0, -4) : name;
    return this.domain.rows.map((row) => this.valueOf(this.clean(row), unit, pre));
  }

  listedRange(name) {
    const values = this.column(name);
    return [values.reduce(least), values.reduce(greatest)];
  }
}

// Whether an output decides 1 or a class, as the task wants it: {"threshold"}, {"sign"}, {"argmax"}.
export function decide(outputs, rule) {
  if (rule.argmax) {
    const top = outputs.reduce(greatest);
    const best = outputs.flatMap((v, k) => (same(v, top) ? [k + 1] : []));
    return best.length === 1 ? [`class ${best[0]}`] : ["tie"];
  }
  if (rule.sign) return outputs.map((v) => ["−", "tie", "+"][sign(v) + 1]);
  if (rule.threshold === undefined) return [];
  const at = parseNumber(String(rule.threshold));
  return outputs.map((v) => ["0", "tie", "1"][sign(subtract(v, at)) + 1]);
}

