// Exact numbers: fractions of BigInt in lowest terms. After a tanh or a sigmoid a number is a plain
// float, as it has no exact value; `isExact` tells which.

export class Q {
  constructor(n, d) {
    this.n = n;
    this.d = d;
  }
}

function magnitude(n) {
  return n < 0n ? -n : n;
}

function gcd(a, b) {
  let [x, y] = [magnitude(a), magnitude(b)];
  if ((y & (y - 1n)) === 0n && y > 0n) {
    // Weights are dyadic: the greatest common power of two is had at once.
    const low = x & -x;
    return x === 0n || low > y ? y : low;
  }
  while (y) [x, y] = [y, x % y];
  return x;
}

export function fraction(n, d = 1n) {
  if (d === 1n) return new Q(n, 1n);
  if (d === 0n) throw new RangeError("a division by zero");
  const sign = d < 0n ? -1n : 1n;
  const common = gcd(n, d) * sign;
  return new Q(n / common, d / common);
}

export const ZERO = new Q(0n, 1n);
export const ONE = new Q(1n, 1n);
export const MINUS_ONE = new Q(-1n, 1n);
export const HALF = new Q(1n, 2n);

export const isExact = (a) => a instanceof Q;

export function toNumber(a) {
  if (!isExact(a)) return a;
  if (a.d === 1n) return Number(a.n);
  const long = a.d.toString(16).length - 240;
  const shift = BigInt(Math.max(0, long * 4));
  return Number(a.n >> shift) / Number(a.d >> shift);
}

export function fromNumber(x) {
  if (!Number.isFinite(x)) throw new RangeError(`${x} is not a number that a network can hold`);
  let [whole, d] = [x, 1n];
  while (!Number.isInteger(whole)) {
    whole *= 2;
    d *= 2n;
  }
  return fraction(BigInt(whole), d);
}

export function add(a, b) {
  if (!isExact(a) || !isExact(b)) return toNumber(a) + toNumber(b);
  if (a.d === b.d) return fraction(a.n + b.n, a.d);
  return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
}

export const negate = (a) => (isExact(a) ? new Q(-a.n, a.d) : -a);
export const subtract = (a, b) => add(a, negate(b));

export function multiply(a, b) {
  if (!isExact(a) || !isExact(b)) return toNumber(a) * toNumber(b);
  return fraction(a.n * b.n, a.d * b.d);
}

export function divide(a, b) {
  if (!isExact(a) || !isExact(b)) return toNumber(a) / toNumber(b);
  return fraction(a.n * b.d, a.d * b.n);
}

export function sign(a) {
  if (!isExact(a)) return Math.sign(a);
  return a.n > 0n ? 1 : a.n < 0n ? -1 : 0;
}

export function compare(a, b) {
  if (!isExact(a) || !isExact(b)) return Math.sign(toNumber(a) - toNumber(b));
  const [left, right] = [a.n * b.d, b.n * a.d];
  return left < right ? -1 : left > right ? 1 : 0;
}

export const same = (a, b) => compare(a, b) === 0;
export const isZero = (a) => sign(a) === 0;
export const absolute = (a) => (sign(a) < 0 ? negate(a) : a);
export const least = (a, b) => (compare(a, b) <= 0 ? a : b);
export const greatest = (a, b) => (compare(a, b) >= 0 ? a : b);

// Floats that differ by rounding alone count as the same; exact numbers are compared exactly.
export function alike(a, b) {
  if (isExact(a) && isExact(b)) return same(a, b);
  const [x, y] = [toNumber(a), toNumber(b)];
  return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x), Math.abs(y));
}

export function text(a) {
  if (!isExact(a)) return String(a);
  return a.d === 1n ? String(a.n) : `${a.n}/${a.d}`;
}

// Python rounds a tie to the even digit, JavaScript away from 0.
function rounded(x, digits) {
  const [long, power] = x.toExponential(60).split("e");
  const end = (x < 0 ? 1 : 0) + (digits > 1 ? digits + 1 : 1);
  const kept = long.slice(0, end);
  const tie = /^\.?50*$/.test(long.slice(end)) && Number(kept.at(-1)) % 2 === 0;
  return tie ? `${kept}e${power}` : x.toExponential(digits - 1);
}

// As Python's "%.6g", so that page and package print the same digits.
export function general(x, digits = 6) {
  if (x === 0) return "0";
  const [head, tail] = rounded(x, digits).split("e");
  const power = Number(tail);
  if (power >= -4 && power < digits) {
    const fixed = Number(`${head}e${tail}`).toFixed(Math.max(0, digits - 1 - power));
    return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
  }
  const short = head.includes(".") ? head.replace(/\.?0+$/, "") : head;
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${short}e${power < 0 ? "-" : "+"}${size}`;
}

export function short(a, digits = 6) {
  if (!isExact(a)) return general(a, digits);
  const exact = text(a);
  return exact.length <= digits ? exact : general(toNumber(a), digits);
}

let decimals = false;

export function showDecimals(on) {
  decimals = on;
}

// For reading: a minus sign in place of the hyphen, and a mark where the number is not exact.
export function pretty(a, digits = 6) {
  if (decimals && isExact(a) && a.d !== 1n) {
    const near = general(toNumber(a), digits);
    const exactly = !near.includes("e") && same(parseNumber(near), a);
    return (exactly ? "" : "≈") + near.replace("-", "−");
  }
  const shown = short(a, digits).replace("-", "−");
  const cut = isExact(a) && text(a).length > digits;
  return isExact(a) && !cut ? shown : `≈${shown}`;
}

const NUMBER = /^[+-]?(?:[0-9]{1,60}\.[0-9]{1,60}|[0-9]{1,400}(?:\s*\/\s*[0-9]{1,400})?)$/;

// The same texts as the package reads, refused with the same words.
export function parseNumber(source) {
  const shorter = source.length <= 1000 ? source : "";
  const plain = shorter.trim().replaceAll("−", "-").replace(/^([+-])\s+/, "$1");
  if (NUMBER.test(plain)) {
    const [whole, part] = plain.split(".");
    if (part !== undefined) return fraction(BigInt(whole.replace("+", "") + part), 10n ** BigInt(part.length));
    const [top, bottom] = plain.replace("+", "").split("/").map((s) => BigInt(s.trim()));
    if (bottom === 0n) throw new Fault(`'${source}' divides by zero.`, "", "write another denominator.");
    return fraction(top, bottom ?? 1n);
  }
  if (/^[+-]?[0-9]{1,60},[0-9]{1,60}$/.test(plain)) {
    throw new Fault(`'${source}' is not a number here: only the point is a decimal sign.`, "", insteadOfComma(plain));
  }
  if (/^[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+$/.test(plain)) {
    throw new Fault(`'${source.slice(0, 70)}' has an exponent, which is not read.`, "", "write it out, or as a fraction.");
  }
  throw new Fault(
    `'${source.slice(0, 70)}' is not a number.`,
    "a number is digits with an optional sign, and .digits or /digits; a decimal has at most 60 " +
      "digits on each side of the point, a whole number and a fraction 400.",
    "write for example -3, 0.25 or 3/2.",
  );
}

export function insteadOfComma(given) {
  const decimal = given.replaceAll(",", ".").replaceAll(" ", "").replaceAll("−", "-");
  return `write ${decimal} or ${text(parseNumber(decimal))}.`;
}

// A fault that the reader can put right: what, the likely cause, the fix; a place in a text or 0.
export class Fault extends Error {
  constructor(message, cause = "", fix = "", column = 0, source = "") {
    super(message);
    this.why = cause;
    this.fix = fix;
    this.column = column;
    this.source = source;
  }

  get lines() {
    const found = [this.message];
    if (this.column) {
      const start = Math.max(0, this.column - 61);
      found.push(`  ${[...this.source].slice(start, start + 100).join("")}`);
      found.push(`  ${" ".repeat(this.column - 1 - start)}^ column ${this.column}`);
    }
    if (this.why) found.push(`  likely cause: ${this.why}`);
    if (this.fix) found.push(`  fix: ${this.fix}`);
    return found;
  }
}
