// Reads what the package found and says what the page finds: run under node, one JSON in and out.
import { readFileSync } from "node:fs";

const [pages, file] = process.argv.slice(2);
const load = (name) => import(`${pages}/${name}.mjs`);
const { isExact, parseNumber, same, toNumber } = await load("numbers");
const { interventionText, parse } = await load("grammar");
const { Machine, readNetwork } = await load("machine");
const { arithmeticLines } = await load("arithmetic");
const { worst } = await load("worst");
const { Wiring } = await load("wiring");

const given = JSON.parse(readFileSync(file, "utf8"));
const total = { networks: 0, cases: 0, runs: 0, numbers: 0, exact: 0, largest: 0, searched: 0, lines: 0, largestSearched: 0, wrong: [] };

function compare(where, wanted, got, searched = false) {
  total.numbers += 1;
  const exact = typeof wanted === "string" && isExact(got);
  if (exact && !searched) {
    total.exact += 1;
    if (!same(parseNumber(wanted), got)) total.wrong.push(`${where}: ${wanted} but ${toNumber(got)}`);
    return;
  }
  const value = typeof wanted === "string" ? toNumber(parseNumber(wanted)) : wanted;
  const far = Math.abs(value - toNumber(got)) / Math.max(1, Math.abs(value));
  if (searched) {
    total.searched += 1;
    total.largestSearched = Math.max(total.largestSearched, far);
    if (!(far < 0.02)) total.wrong.push(`${where}: searched ${value} but ${toNumber(got)}`);
    return;
  }
  // An exact number of the package must be exact here, too.
  if (typeof wanted === "string") total.wrong.push(`${where}: ${wanted} is exact, the page has a float`);
  total.largest = Math.max(total.largest, far);
  if (!(far < 1e-12)) total.wrong.push(`${where}: ${value} but ${toNumber(got)}`);
}

for (const { network, domain, source, cases } of given.networks ?? []) {
  total.networks += 1;
  const rows = domain.rows.map((r) => r.map(parseNumber));
  const machine = new Machine(readNetwork(network), { ...domain, rows });
  for (const { text, plain, worst: extremes, runs, lines } of cases) {
    total.cases += 1;
    const plan = machine.plan(text);
    const where = `${network.name}: ${text}`;
    if (plan.text !== plain) total.wrong.push(`${where}: written ${plan.text}, not ${plain}`);
    if (interventionText(parse(plan.text)) !== plain) total.wrong.push(`${where}: does not read back`);
    if (lines) {
      total.lines += lines.length;
      const got = arithmeticLines(machine, rows.at(-1), plan, rows[source]).map((line) => line.text);
      lines.forEach((line, k) => line !== got[k] && total.wrong.push(`${where}: "${line}" but "${got[k]}"`));
    }
    for (const [row, found] of runs) {
      total.runs += found.length;
      if (extremes) {
        const got = worst(machine, rows[row], plan);
        found.forEach((pair, k) => pair.forEach((v, side) => compare(`${where} at ${domain.rows[row]}`, v, got.outputs[k][side], !got.exact)));
        continue;
      }
      const draws = machine.draws(rows[row], plan);
      for (const [k, outputs] of found) {
        const got = machine.outputs(rows[row], plan, { source: rows[source], draws: draws[k] });
        outputs.forEach((v, i) => compare(`${where} at ${domain.rows[row]}`, v, got[i]));
      }
    }
  }
}

total.refused = (given.refused ?? []).map(({ text, network }) => {
  try {
    new Wiring(readNetwork(network)).resolve(text);
    return null;
  } catch (fault) {
    return { message: fault.message, cause: fault.why, fix: fault.fix, column: fault.column };
  }
});
process.stdout.write(JSON.stringify(total));
