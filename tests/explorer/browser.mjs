// Drives the pages in a headless Chromium and says what was seen; pytest judges it.
// node browser.mjs CHROMIUM JOBS.json, where a job is {kind, file, out}.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, jobsFile] = process.argv.slice(2);
const jobs = JSON.parse(readFileSync(jobsFile, "utf8"));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

async function opened(job, options = {}, ending = "") {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const seen = { console: [], requests: [] };
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && seen.console.push(m.text()));
  page.on("pageerror", (e) => seen.console.push(String(e)));
  context.on("request", (r) => seen.requests.push(r.url()));
  await page.goto(`file://${job.file}${ending}`);
  return { context, page, seen };
}

// Tab until something has the focus; null where it is never reached.
async function tabTo(page, selector, most = 200) {
  for (let k = 0; k < most; k++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return k + 1;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

const texts = (page, selector) => page.$$eval(selector, (nodes) => nodes.map((n) => n.textContent.trim()));
const text = (page, selector) => page.$eval(selector, (n) => n.textContent.trim());

async function columnNow(page) {
  return page.$$eval(".domain table.truth", ([t]) => {
    const heads = [...t.querySelectorAll("thead th")].map((h) => h.textContent);
    const at = heads.findIndex((h) => h.endsWith(" now"));
    return at < 0 ? [] : [...t.querySelectorAll("tbody tr")].map((r) => r.children[at].textContent);
  });
}

async function axeFindings(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return { rules: found.passes.length, violations: found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary?.split("\n").slice(1, 2)}`).join(" | ")}`) };
  });
}

// Numbers of the drawing that cover each other or a unit they do not belong to.
function overlaps(page) {
  return page.evaluate(() => {
    const box = (n) => n.getBoundingClientRect();
    const labels = [...document.querySelectorAll(".diagram .value")].map((n) => [n.textContent, box(n)]);
    const units = [...document.querySelectorAll(".diagram .unit circle")].map((n) => [n.parentNode.dataset.name, box(n)]);
    const hit = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
    const picture = document.querySelector(".diagram")?.getBoundingClientRect();
    const found = [];
    labels.forEach(([name, b], k) => {
      for (const [other, c] of [...labels.slice(k + 1), ...units]) if (hit(b, c)) found.push(`${name} and ${other}`);
      if (b.left < picture.left - 1 || b.right > picture.right + 1) found.push(`${name} sticks out`);
    });
    return { labels: labels.length, found };
  });
}

// Every control that can be seen, whether Tab reaches it, whether its focus shows, how large it is.
async function controls(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await page.evaluate(() => {
    const all = [...document.querySelectorAll("button, input, select, textarea, summary, a[href], [tabindex='0']")];
    window.wanted = new Set(all.filter((n) => n.checkVisibility() && n.getClientRects().length));
    window.small = [...window.wanted].filter((n) => !n.closest("svg") && !n.classList.contains("skip")).filter((n) => {
      const { width, height } = n.getBoundingClientRect();
      return width < 24 || height < 24;
    }).map((n) => `${n.tagName} ${n.dataset.key ?? n.textContent.slice(0, 30)}`);
    window.total = window.wanted.size;
    window.dim = [];
    document.activeElement?.blur();
    window.scrollTo(0, 0);
  });
  const look = () => page.evaluate(() => {
    const n = document.activeElement;
    window.wanted.delete(n);
    const shape = n.querySelector?.("circle, .plate, .line") ?? n;
    const [a, b] = [getComputedStyle(n), getComputedStyle(shape)];
    if (parseFloat(a.outlineWidth) < 2 && parseFloat(b.strokeWidth) < 4) window.dim.push(n.dataset.key ?? n.tagName);
    return window.wanted.size;
  });
  const total = await page.evaluate(() => window.total);
  for (let k = 0; k < total + 20; k++) {
    await page.keyboard.press("Tab");
    if ((await look()) === 0) break;
  }
  return page.evaluate(() => ({ total: window.total, unreached: [...window.wanted].map((n) => n.dataset.key ?? n.outerHTML.slice(0, 80)), dim: window.dim, small: window.small }));
}

const kinds = {
  // One round by keyboard alone: choose, ablate, predict, reveal, edit, undo, move, save, load.
  async round(job) {
    const { context, page, seen } = await opened(job, { acceptDownloads: true });
    const said = { mode: await page.getAttribute("html", "data-mode"), verdict: await text(page, ".verdict") };
    await tabTo(page, "[data-name='h2']");
    said.name = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    await page.keyboard.press("Enter");
    await tabTo(page, "[data-key='clause h2 = 0']");
    await page.keyboard.press("Enter");
    said.hidden = await columnNow(page);
    said.explained = (await texts(page, ".meaning dd")).length;
    for (const [k, value] of ["0", "1", "1", "1"].entries()) {
      await tabTo(page, `[data-key='answer ${k} 0']`);
      await page.keyboard.type(value);
    }
    await page.keyboard.press("Enter");
    said.score = await text(page, ".predict .score");
    said.marks = await texts(page, ".predict tbody td:nth-child(5)");
    said.why = (await texts(page, ".predict .why")).at(-1);
    said.now = await columnNow(page);
    said.spoken = await text(page, ".aloud");
    said.sums = await texts(page, ".lines li");

    // A question that is in no lesson, answered rightly.
    await page.fill("#intervention", "h1 = 0");
    await page.press("#intervention", "Enter");
    for (const [k, value] of ["0", "0", "0", "-2"].entries()) await page.fill(`[data-key='answer ${k} 0']`, value);
    await page.click("[data-key='reveal']");
    said.right = await text(page, ".predict .score");
    await page.click("[data-key='undo']");

    await page.click("[data-key='mode open']");
    await tabTo(page, "[data-name='x1->h2']");
    said.openName = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    await page.keyboard.press("ArrowUp");
    said.stepped = await page.getAttribute("[data-name='x1->h2']", "aria-label");
    said.focusKept = await page.evaluate(() => document.activeElement.dataset.name);
    said.unverified = await text(page, ".verdict");
    await page.keyboard.press("Home");
    said.restored = await page.getAttribute("[data-name='x1->h2']", "aria-label");
    await page.keyboard.press("Enter");
    await page.fill("[data-key='field']", "0,5");
    await page.press("[data-key='field']", "Enter");
    said.refused = await text(page, ".inspector .fault");
    await page.fill("[data-key='field']", "3/2");
    await page.press("[data-key='field']", "Enter");
    await page.fill("#intervention", "h9 = 0");
    await page.press("#intervention", "Enter");
    said.fault = await text(page, ".controls .fault");
    await page.fill("#intervention", "h1 = 0, h2 = mean");
    await page.press("#intervention", "Enter");
    said.both = await columnNow(page);
    said.address = await page.evaluate(() => decodeURIComponent(location.hash.replaceAll("+", " ")));
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    said.undone = [await page.inputValue("#intervention"), await page.getAttribute("[data-name='x1->h2']", "aria-label")];
    await page.keyboard.press("Control+y");
    said.redone = await page.getAttribute("[data-name='x1->h2']", "aria-label");

    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    const saved = {};
    const files = page.locator("details.panel", { hasText: "Save, load, hand in" });
    for (const [key, label] of [["claims", "homework L04"], ["own", "my own predictions (1)"], ["exercise", "question PAGE.1"], ["network", "network"], ["state", "state of"], ["explanation", "explanation"]]) {
      const [download] = await Promise.all([page.waitForEvent("download"), files.locator("button", { hasText: label === "network" ? /^network$/ : label }).first().click()]);
      saved[key] = `${job.out}/${download.suggestedFilename()}`;
      await download.saveAs(saved[key]);
    }
    said.saved = saved;
    said.findings = await texts(page, ".findings li");
    const state = readFileSync(saved.state, "utf8");
    await page.click("[data-key='restore all']");
    await page.fill("[data-key='paste']", '{"format": "something else"}');
    await page.click("[data-key='load']");
    said.badFile = await page.locator("details.panel .fault").last().textContent();
    await page.fill("[data-key='paste']", state);
    await page.click("[data-key='load']");
    said.loaded = [await page.inputValue("#intervention"), await page.getAttribute("[data-name='x1->h2']", "aria-label")];
    await page.click("[data-key='restore all']");
    await page.setInputFiles("[data-key='picker']", saved.network);
    await page.waitForFunction(() => document.querySelector("[data-name='x1->h2']").getAttribute("aria-label").includes("3/2"));
    await page.click("[data-key='restore all']");

    await page.focus("[data-key='scale']");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    said.gauge = await page.locator("details.panel .score[role=status]").textContent();
    said.scaled = await page.getAttribute("[data-name='x1->h1']", "aria-label");
    await page.click("[data-key='restore all']");
    said.overlaps = await overlaps(page);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    said.printed = await page.evaluate(() => [...document.querySelectorAll("section, .panel")].filter((n) => n.checkVisibility() && n.getClientRects().length).map((n) => n.className));
    said.printedRows = await page.$$eval(".without tbody tr", (rows) => rows.map((r) => [...r.children].map((c) => c.textContent)));
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.fill("#intervention", "h2 = 0");
    await page.press("#intervention", "Enter");
    await page.click("[data-key='row 3']");
    await page.click("[data-key='mode lecture']");
    await page.evaluate(() => document.activeElement.blur());
    said.covered = [await page.getAttribute("[data-name='y']", "aria-label"), await texts(page, ".plot .dot + text")];
    said.lecture = [];
    for (const key of ["PageDown", "PageDown", " ", "PageUp"]) {
      await page.keyboard.press(key);
      said.lecture.push(await page.$$eval(".domain tbody tr:not(.veiled)", (rows) => rows.length));
    }
    said.axe = await axeFindings(page);
    await context.close();
    return { ...said, ...seen };
  },

  async axe(job) {
    const { context, page, seen } = await opened(job, { colorScheme: job.scheme ?? "light", viewport: { width: job.width ?? 1440, height: 900 } }, job.index ? "" : "?mode=open");
    if (!job.index) {
      const first = await page.$("[data-name='h1'], .unit, .matrix button");
      await first.evaluate((n) => n.dispatchEvent(new MouseEvent("click", { bubbles: true })));
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      await page.waitForTimeout(30);
    }
    const found = { ...(await axeFindings(page)), ...(job.index ? {} : { overlaps: await overlaps(page) }) };
    found.wide = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((n) => !n.closest('.scroll, .canvas, .aloud, .skip, svg') && n.getBoundingClientRect().right > innerWidth + 1).map((n) => `${n.tagName} ${n.className}`).slice(0, 5));
    await context.close();
    return { ...found, ...seen };
  },

  async keyboard(job) {
    const { context, page, seen } = await opened(job, {}, "?mode=open");
    await page.$eval("[data-name]", (n) => n.dispatchEvent(new MouseEvent("click", { bubbles: true })));
    const found = await controls(page);
    await context.close();
    return { ...found, ...seen };
  },

  // The page in a frame that may run scripts and nothing else.
  async frame(job) {
    const { context, page, seen } = await opened(job);
    const frame = page.frameLocator("iframe");
    await frame.locator("[data-name='h2']").click();
    await frame.locator("[data-key='clause h2 = 0']").click();
    await frame.locator("[data-key='skip']").click();
    const body = page.frames()[1];
    const now = await columnNow(body);
    await body.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    await body.locator("button", { hasText: "state of this page" }).click();
    const given = JSON.parse(await body.locator("[data-key='given']").inputValue());
    await context.close();
    return { now, given, ...seen };
  },

  // From the click on an ablation to the table that shows it.
  async time(job) {
    const { context, page, seen } = await opened(job, {}, "?mode=open");
    const times = await page.evaluate(async (clauses) => {
      const found = [];
      const box = document.getElementById("intervention");
      const apply = document.querySelector("[data-key='apply']");
      for (const clause of clauses) {
        box.value = clause;
        const from = performance.now();
        apply.click();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        found.push(performance.now() - from);
      }
      return found;
    }, job.clauses);
    await context.close();
    return { times, ...seen };
  },
};

const found = [];
for (const job of jobs) {
  try {
    found.push(await kinds[job.kind](job));
  } catch (error) {
    found.push({ failed: String(error.stack ?? error) });
  }
}
await browser.close();
process.stdout.write(JSON.stringify(found));
