// Where the units of a drawing stand, and the numbers on its edges, so that none covers another.

export const RADIUS = 27;
const FONT = 15;
const MOST_PARAMETERS = 70;
const MOST_UNITS_IN_LAYER = 10;

export const labelWidth = (words) => 10.6 * words.length + 6;
const HEIGHT = FONT + 5;

function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

const boxAt = (x, y, w) => ({ x: x - w / 2, y: y - HEIGHT / 2, w, h: HEIGHT });

// Along an edge, from a third of the way outwards: where a label is looked for first.
const PLACES = [0.34, 0.28, 0.4, 0.46, 0.22, 0.52, 0.58, 0.64, 0.7, 0.76, 0.82, 0.17];

// {width, top, height, units: Map name -> {x, y}, labels: Map address -> {x, y, w}}, or null where the
// network is too large to be drawn with all its numbers.
export function layOut(layers, edges, words) {
  if (edges.length > MOST_PARAMETERS) return null;
  if (layers.some((units) => units.length > MOST_UNITS_IN_LAYER)) return null;
  // Many edges between two layers want room to be told apart.
  const fan = Math.max(...layers.slice(1).map((units, k) => units.length * layers[k].length));
  const from = fan > 20 ? 5 : fan > 12 ? 2 : 0;
  for (const [across, down] of [[150, 100], [180, 106], [220, 112], [270, 120], [330, 124], [420, 112], [480, 150], [560, 184]].slice(from)) {
    const found = attempt(layers, edges, words, across, down);
    if (found) return found;
  }
  return null;
}

function attempt(layers, edges, words, across, down) {
  const most = Math.max(...layers.map((units) => units.length));
  const bottom = 34;
  const height = most * down + bottom;
  // The numbers below the first and the last units stick out on both sides.
  const stick = (names) => Math.max(RADIUS + 6, ...names.map((n) => (words.has(`${n}.bias`) ? labelWidth(words.get(`${n}.bias`)) / 2 + 14 : 0)));
  const left = stick(layers[0]);
  const units = new Map();
  const taken = [];
  layers.forEach((names, k) => {
    names.forEach((name, i) => {
      const place = { x: left + k * across, y: bottom / 4 + (height - bottom) * ((i + 0.5) / names.length) };
      units.set(name, place);
      taken.push({ x: place.x - RADIUS - 3, y: place.y - RADIUS - 3, w: 2 * RADIUS + 6, h: 2 * RADIUS + 6 });
      const bias = `${name}.bias`;
      if (words.has(bias)) taken.push(boxAt(place.x, place.y + RADIUS + 14, labelWidth(words.get(bias)) + 20));
    });
  });
  const labels = new Map();
  for (const [source, target] of edges) {
    const [a, b] = [units.get(source), units.get(target)];
    const name = `${source}->${target}`;
    const w = labelWidth(words.get(name));
    const at = (t) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
    const t = PLACES.find((share) => {
      const box = boxAt(at(share).x, at(share).y, w);
      return !taken.some((other) => overlap(box, other));
    });
    if (t === undefined) return null;
    const place = at(t);
    taken.push(boxAt(place.x, place.y, w));
    labels.set(name, { ...place, w });
  }
  const width = left + (layers.length - 1) * across + stick(layers.at(-1));
  const ys = [...units.values()].map(({ y }) => y);
  const top = Math.min(...ys) - RADIUS - 6;
  return { width, top, height: Math.max(...ys) + RADIUS + 30 - top, units, labels };
}
