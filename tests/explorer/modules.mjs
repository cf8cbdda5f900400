// What single modules of the page say of the networks that they are given; pytest judges it.
import { readFileSync } from "node:fs";

const [pages, file] = process.argv.slice(2);
const load = (name) => import(`${pages}/${name}.mjs`);
const { Store } = await load("store");
const { text } = await load("numbers");
const { networkOf, readFile, claimsOf, addressOf, readAddress } = await load("claims");
const { flipped, rescaled, swapped, layerOf } = await load("gauge");
const { deadUnits, importance, rareCase } = await load("challenges");
const { inputSetting, linePieces, squarePieces } = await load("pieces");
const { viewOf } = await load("picture");
const { firstDifference, trials } = await load("compare");
const { derivedMachine } = await load("without");
const { fraction, parseNumber } = await load("numbers");

const refused = (work) => {
  try {
    work();
    return "";
  } catch (fault) {
    return [fault.message, fault.fix].filter(Boolean).join(" ");
  }
};

function moves(store) {
  const found = {};
  const { hidden, ties } = store.base.wiring;
  if (!hidden.length || ties.size) return found;
  const unit = hidden[0];
  const other = layerOf(store.original, unit).units[1];
  const given = {
    rescaled: rescaled(store.base, store.numbers, unit, fraction(2n)),
    flipped: flipped(store.base, store.numbers, unit),
    swapped: other ? swapped(store.base, store.numbers, unit, other) : null,
  };
  for (const [kind, values] of Object.entries(given)) {
    if (!values) continue;
    store.edit(values, kind);
    found[kind] = networkOf(store);
    store.undo();
  }
  return found;
}

function pieces(store) {
  const bounds = viewOf(store.domain, store.base.count);
  const setting = inputSetting(store.base, store.base.plan(""), bounds, [new Map(), new Map()]);
  if (store.base.count === 1) return linePieces(setting, 0)?.slice(1).map((p) => (typeof p.low === "number" ? p.low : text(p.low))) ?? null;
  if (store.base.count === 2) return squarePieces(setting, [0, 1])?.length ?? null;
  return null;
}

function questions(store) {
  const unit = store.base.wiring.hidden.at(-1);
  if (!unit || store.domain.rows.length <= 16) return null;
  store.intervene(`${unit} = 0`);
  const { asked } = store;
  const truth = store.results.map((r) => r.lows.map(text));
  const stories = store.storiesNow().map((s) => s.map((o) => o.map(text)));
  store.intervene("");
  return { unit, asked, truth, stories };
}

const found = JSON.parse(readFileSync(file, "utf8")).map((data) => {
  const store = new Store(data);
  const derived = derivedMachine(store);
  return {
    name: store.original.name,
    moves: moves(store),
    pieces: pieces(store),
    questions: questions(store),
    dead: deadUnits(store.base),
    rare: rareCase(store.base),
    importance: Object.fromEntries(store.base.wiring.edgeNames.slice(0, 3).map((n) => [n, text(importance(store.base, n))])),
    true_of_itself: derived ? firstDifference(derived, store.base, trials(store.base).slice(0, 12), store.domain.rows.slice(0, 16), () => 1e-6).row === null : null,
  };
});

const store = new Store(JSON.parse(readFileSync(file, "utf8"))[0]);
store.edit(new Map([["x1->h1", parseNumber("1/3")]]), "a third");
const third = refused(() => networkOf(store));
store.undo();
store.edit(new Map([["x1->h1", parseNumber("0.1")]]), "a tenth");
store.intervene("h1 = 0, h2.bias += 1");
const there = addressOf(store);
const back = readAddress(store, there);
const files = Object.fromEntries([
  "", "{", "[]", '{"format": "toynets-network/1"}', '{"format": "toynets-network/1", "inputs": ["x1"], "layers": [{"units": ["y"], "activation": "rely", "weight": [["1"]], "bias": null}]}',
  '{"format": "toynets-network/1", "inputs": ["x1"], "layers": [{"units": ["y"], "activation": "relu", "weight": [["1", "2"]], "bias": null}]}',
  '{"format": "toynets-network/1", "inputs": ["x1"], "layers": [{"units": ["y"], "activation": "relu", "weight": [["0,5"]], "bias": null}]}',
  '{"format": "toynets-page-state/1", "hash": "another"}', '{"format": "toynets-page-state/1", "edits": {"x9->h1": "1"}}',
  '{"format": "toynets-page-state/1", "ablation": "h9 = 0"}', '{"format": "toynets-claims/1"}',
].map((source) => [source, refused(() => readFile(store, source))]));

process.stdout.write(JSON.stringify({ found, third, there, back: [[...back.edits].map(([n, v]) => [n, text(v)]), back.ablation], files, claims: claimsOf(store).claims.length }));
