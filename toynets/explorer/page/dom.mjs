// Elements from a few words; nothing is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, properties, children) {
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

export const el = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);
export const svg = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

export function button(words, action, properties = {}) {
  return el("button", { type: "button", onclick: action, ...properties }, words);
}

// Draw again without taking the focus away: what has it is found by its data-key.
export function redraw(place, ...children) {
  const active = document.activeElement;
  const key = place.contains(active) ? active.dataset.key : undefined;
  const caret = key && active.tagName === "INPUT" && active.type === "text" ? active.selectionStart : null;
  const scrolled = place.scrollLeft;
  place.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  place.scrollLeft = scrolled;
  if (!key) return;
  const again = [...place.querySelectorAll("[data-key]")].find((n) => n.dataset.key === key);
  again?.focus({ preventScroll: true });
  if (again && caret !== null) again.setSelectionRange(caret, caret);
}

let voice = null;

export function announcer() {
  voice = el("p", { class: "aloud", role: "status", "aria-live": "polite" });
  return voice;
}

export function announce(words) {
  if (voice) voice.textContent = words;
}

// What may be wider than its place scrolls by itself, and takes the focus to do so.
export function scroller(label, ...children) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${label}, scrolls` }, ...children);
}

export function table(caption, heads, rows, properties = {}) {
  const head = el("tr", null, heads.map((h) => el("th", { scope: "col" }, h)));
  return el(
    "table",
    properties,
    caption && el("caption", null, caption),
    el("thead", null, head),
    el("tbody", null, rows),
  );
}

export function row(head, cells, properties = {}) {
  return el("tr", properties, el("th", { scope: "row" }, head), cells.map((c) => (c instanceof Element && c.tagName === "TD" ? c : el("td", null, c))));
}
