// Reads the package's language of interventions: the same grammar, the same messages.
//
// text   = clause {"," clause}            clause = target {"," target} op value
// target = NAME | NAME ".pre" | NAME ".bias" | NAME "->" NAME | "->" NAME | NAME "->"
// op     = "=" | "+=" | "*="              value  = NUMBER | mean | resample | worst | patch
// patch  = [NAME [".pre"]] "(" ("x'" | NUMBER {"," NUMBER}) ")"

import { Fault, Q, insteadOfComma, parseNumber, text } from "./numbers.mjs";

const TOKEN = new RegExp(
  "(?<arrow>->|→|:)|(?<op>\\+=|\\*=|=)" +
    "|(?<word>[A-Za-z][A-Za-z0-9_]*(?:\\.[0-9]+)?(?:@[0-9]+)?)" +
    "|(?<number>(?:[+−-]\\s*)?[0-9]+(?:\\.[0-9]+|\\s*/\\s*[0-9]+)?)|(?<suffix>\\.\\s*[A-Za-z]+)" +
    "|(?<prime>['’′])|(?<open>\\()|(?<close>\\))|(?<comma>,)|(?<space>\\s+)",
  "y",
);
const WORDS = ["mean", "resample", "worst"];
const RESERVED = new Set(
  ("mean resample worst pre bias and or not pi max min abs relu step square mod tanh sigmoid " +
    "sqrt sin cos").split(" "),
);
const MAX_NAME = 60;
const MAX_CHARACTERS = 64 * 1024;
const HOW = "write h2 = 0, h2 = mean, h2 = resample or h2 = worst (with your name for h2)";
const REDIRECTED =
  "the text ends in '-': your shell took the > in x1->h2 as a redirection; " +
  "quote the intervention or write x1:h2=0";
const INSTEAD = [
  [".", "a number starts and ends with a digit: write 0.5 or 1/2."],
  ["-=", "write += with the opposite sign."],
  ["/=", "write *= with the inverse, for example *= 1/2."],
  ["-", "an edge is written x1->h2, and a number -1."],
  [";", "write a comma between clauses."],
];

const quoted = (c) => (c === "\\" ? "'\\\\'" : `'${c}'`);

export function targetText(t) {
  const at = t.copy ? `@${t.copy}` : "";
  return {
    name: `${t.name}${at}`,
    pre: `${t.name}.pre`,
    bias: `${t.name}${at}.bias`,
    edge: `${t.source}->${t.name}${at}`,
    incoming: `->${t.name}`,
    outgoing: `${t.name}->`,
  }[t.kind];
}

export function valueText(v) {
  if (typeof v === "string") return v;
  if (v instanceof Q) return text(v);
  const inside = v.point === null ? "x'" : v.point.map(text).join(", ");
  return `${v.unit}${v.pre ? ".pre" : ""}(${inside})`;
}

export const clauseText = (c) => `${c.targets.map(targetText).join(", ")} ${c.op} ${valueText(c.value)}`;
export const interventionText = (clauses) => clauses.map(clauseText).join(", ");
export const isPatch = (v) => typeof v === "object" && !(v instanceof Q);

class Reader {
  constructor(source) {
    this.source = source;
    this.tokens = [];
    this.index = 0;
    let position = 0;
    while (position < source.length) {
      TOKEN.lastIndex = position;
      const match = TOKEN.exec(source);
      if (match === null) this.failCharacter(position);
      const kind = Object.keys(match.groups).find((k) => match.groups[k] !== undefined);
      const found = kind === "suffix" ? match[0].replace(/\s+/g, "") : match[0];
      if (kind !== "space") this.tokens.push([kind, found, this.place(position)]);
      position += match[0].length;
    }
  }

  place(position) {
    return [...this.source.slice(0, position)].length + 1;
  }

  fail(message, column = this.column, cause = "", fix = "") {
    throw new Fault(message, cause, fix, column, this.source);
  }

  failCharacter(position) {
    const rest = this.source.slice(position);
    const after = rest.slice(1).trimStart().slice(0, 1);
    const column = this.place(position);
    if (rest[0] === "-" && (["", ","].includes(after) || ("=+*".includes(after) && /^\s/.test(rest.slice(1))))) {
      this.fail(REDIRECTED, column);
    }
    const hint = INSTEAD.find(([sign]) => rest.startsWith(sign));
    this.fail(`${quoted([...rest][0])} does not belong in an intervention.`, column, "", hint ? hint[1] : `${HOW}.`);
  }

  get column() {
    return this.index < this.tokens.length ? this.tokens[this.index][2] : [...this.source].length + 1;
  }

  peek(ahead = 0) {
    return this.tokens[this.index + ahead]?.[0] ?? "end";
  }

  take(kind, expected) {
    if (this.peek() !== kind) {
      const got = this.tokens[this.index]?.[1] ?? "the end";
      this.fail(`expected ${expected} but got ${got}.`);
    }
    this.index += 1;
    return this.tokens[this.index - 1][1];
  }

  target() {
    const column = this.column;
    if (this.peek() === "arrow") {
      this.index += 1;
      return made("incoming", this.plainName("a unit after ->"), column);
    }
    const [name, copy] = this.name("a name");
    if (this.peek() === "suffix") {
      const suffix = this.tokens[this.index][1];
      if (suffix !== ".pre" && suffix !== ".bias") {
        const fix = `write ${name}.pre (before the activation) or ${name}.bias.`;
        this.fail(`${suffix} is no part of a unit.`, undefined, "", fix);
      }
      this.index += 1;
      if (suffix === ".pre") this.refuseCopy(copy, column);
      return made(suffix.slice(1), name, column, "", copy);
    }
    if (this.peek() === "arrow") {
      this.refuseCopy(copy, column);
      this.index += 1;
      if (this.peek() === "word") {
        const [target, number] = this.name("a unit after ->");
        return made("edge", target, column, name, number);
      }
      return made("outgoing", name, column);
    }
    return made("name", name, column, "", copy);
  }

  name(expected) {
    const column = this.column;
    const word = this.take("word", expected);
    const [name, digits] = word.split("@");
    if (word.length > MAX_NAME) this.fail(`${word.slice(0, 20)}… is too long for a name.`, column);
    if (RESERVED.has(name)) {
      this.fail(`${name} is a reserved word, not the name of a unit.`, column, "", `${HOW}.`);
    }
    if (digits !== undefined && !Number(digits)) {
      this.fail("copies count from 1: there is no copy 0.", column);
    }
    return [name, Number(digits ?? 0)];
  }

  refuseCopy(copy, column) {
    if (copy) {
      const fix = "write x1->h2@3, h2@3.bias or NAME@3, with the number at the end of the name.";
      this.fail("@ numbers the copies of a weight or a bias, not of a unit.", column, "", fix);
    }
  }

  plainName(expected) {
    const column = this.column;
    const [name, copy] = this.name(expected);
    this.refuseCopy(copy, column);
    return name;
  }

  number() {
    const column = this.column;
    const word = this.take("number", "a number");
    try {
      return parseNumber(word);
    } catch (fault) {
      return this.fail(fault.message, column, fault.why, fault.fix);
    }
  }

  value() {
    const [kind, column] = [this.peek(), this.column];
    if (kind === "number") return this.plainNumber();
    if (kind === "word" && WORDS.includes(this.tokens[this.index][1])) {
      this.index += 1;
      return this.tokens[this.index - 1][1];
    }
    let [unit, pre] = ["", false];
    if (kind === "word") {
      unit = this.plainName("a value");
      if (this.peek() === "suffix") {
        if (this.tokens[this.index][1] !== ".pre") {
          this.fail("only .pre can stand here.", undefined, "", `write ${unit}.pre(x').`);
        }
        this.index += 1;
        pre = true;
      }
    }
    if (this.peek() !== "open") {
      const fix = "a value is a number, mean, resample, worst, h2(x') or h2(1, 0).";
      this.fail(`${unit || "this"} is not a value.`, column, "", fix);
    }
    this.index += 1;
    if (this.peek() === "word" && this.tokens[this.index][1] === "x") {
      this.index += 1;
      this.take("prime", "x' (the source input, with its prime)");
      this.take("close", ")");
      return { unit, pre, point: null };
    }
    const point = [this.number()];
    while (this.peek() === "comma") {
      this.index += 1;
      point.push(this.number());
    }
    this.take("close", ")");
    return { unit, pre, point };
  }

  plainNumber() {
    const value = this.number();
    if (this.peek() === "comma" && this.peek(1) === "number") {
      const decimal = `${this.tokens[this.index - 1][1]},${this.tokens[this.index + 1][1]}`;
      const fix = /^[+−-]?[0-9]{1,60},[0-9]{1,60}$/.test(decimal)
        ? insteadOfComma(decimal)
        : "write the next clause as NAME = value.";
      this.fail("a comma stands between clauses, not inside a number.", undefined, "", fix);
    }
    if (this.peek() !== "comma" && this.peek() !== "end") {
      const after = this.tokens[this.index][1];
      const fix = /^[eE][0-9]*$/.test(after)
        ? "a number has no exponent: write it out, or as a fraction."
        : "";
      const message = `expected a comma or the end after the value ${text(value).slice(0, 70)} but got ${after.slice(0, 70)}.`;
      this.fail(message, undefined, "", fix);
    }
    return value;
  }

  clause() {
    const targets = [this.target()];
    while (this.peek() === "comma") {
      this.index += 1;
      targets.push(this.target());
    }
    if (this.peek() !== "op") {
      const last = targets.at(-1);
      if (this.peek() === "end") {
        const message = `${targetText(last)} alone does not say what becomes of it: the kind of ablation is never assumed.`;
        this.fail(message, last.column, "", `${HOW}.`);
      }
      this.take("op", `=, += or *= after ${targetText(last)}`);
    }
    const op = this.take("op", "=, += or *=");
    const column = this.column;
    if (this.peek() === "end") this.fail(`a value is missing after ${op}.`, undefined, "", `${HOW}.`);
    const value = this.value();
    for (const target of targets) this.check(target, op, value, column);
    return { targets, op, value };
  }

  check(target, op, value, column) {
    const { kind, name } = target;
    const parameter = ["bias", "edge", "incoming", "outgoing"].includes(kind);
    if (op !== "=" && !(value instanceof Q)) {
      this.fail(`${op} needs a number.`, column, "", "write = here, or a number after it.");
    }
    if (op !== "=" && kind === "pre") {
      const fix = op === "+=" ? `write ${name}.bias ${op} …` : `write ->${name}, ${name}.bias ${op} …`;
      this.fail(`${op} changes weights and biases only.`, target.column, "", fix);
    }
    if (typeof value === "string" && parameter) {
      const message = `${value} is for inputs, units and .pre, not for weights and biases.`;
      this.fail(message, target.column, "", `write ${name} = ${value}.`);
    }
    if (isPatch(value) && ["bias", "incoming", "outgoing"].includes(kind)) {
      const message = "a patch replaces a unit, an input, a .pre or what one edge carries.";
      this.fail(message, target.column, "", `write ${name} = ${name}(x').`);
    }
    if (isPatch(value) && target.copy) {
      this.fail("a patch acts on an edge, not on a copy of a number.", target.column);
    }
  }
}

function made(kind, name, column, source = "", copy = 0) {
  return { kind, name, source, copy, column };
}

export function parse(source) {
  if (source.length > MAX_CHARACTERS) {
    const message = `an intervention has at most ${MAX_CHARACTERS} characters; this one has ${source.length}.`;
    throw new Fault(message, "", "split it into several runs.");
  }
  const reader = new Reader(source);
  const clauses = [];
  while (reader.peek() !== "end") {
    if (clauses.length) reader.take("comma", "a comma between clauses");
    clauses.push(reader.clause());
  }
  return clauses;
}
