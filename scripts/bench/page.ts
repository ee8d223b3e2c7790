// Measures the HTML report of a vault of ten thousand items: how long it takes to make, and in Chromium until something is seen.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { pageAssets } from "../../src/cli/page-assets.ts";
import { htmlReport } from "../../src/reporting/html/page.ts";
import type { Report } from "../../src/reporting/report.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { rehearse } from "../../test/rehearsal.ts";
import { chromiumPath, launchChromium, withoutChromium } from "../chromium.ts";
import { quantile } from "../quantile.ts";
import { runAlone } from "./run-alone.ts";
import { table, type Section, type SectionResult } from "./section.ts";

const items = 10_000;
const rounds = 5;
/** Milliseconds until the first paint, at the most. */
const bar = 1000;

type Seen = { readonly firstPaint: number; readonly loaded: number; readonly filtered: number };
type Figures = Seen & { readonly made: number; readonly megabytes: number };

async function reports(): Promise<Readonly<Record<string, Report>>> {
  const rehearsal = rehearse(`large:${items}`);
  const plan = await rehearsal.plan();
  const { events } = await rehearsal.run(plan);
  const run = runDocument("bench", plan, events);
  return { plan: { about: "plan", plan }, run: { about: "run", plan, run, events: () => events } };
}

/** Each time in a page of its own. */
async function seen(browser: Browser, address: string): Promise<Seen> {
  const context = await browser.newContext({ offline: true });
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await page.evaluate<Seen>(`(async () => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      const [navigation] = performance.getEntriesByType("navigation");
      const began = performance.now();
      document.querySelector("input[type=search]").value = "vm-app-009";
      document.querySelector("#filter").dispatchEvent(new Event("input"));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return { firstPaint: paint.startTime, loaded: navigation.loadEventEnd, filtered: performance.now() - began };
    })()`);
  } finally {
    await context.close();
  }
}

async function measured(browser: Browser, report: Report, file: string): Promise<Figures> {
  const began = performance.now();
  const text = [...htmlReport(report, pageAssets())].join("");
  const made = performance.now() - began;
  writeFileSync(file, text);
  const all: Seen[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await seen(browser, pathToFileURL(file).href));
  const median = (of: (one: Seen) => number): number => Math.round(quantile(all.map(of), 0.5));
  return {
    made: Math.round(made),
    megabytes: Math.round(Buffer.byteLength(text) / 100_000) / 10,
    firstPaint: median(({ firstPaint }) => firstPaint),
    loaded: median(({ loaded }) => loaded),
    filtered: median(({ filtered }) => filtered),
  };
}

async function measure(): Promise<SectionResult> {
  if (chromiumPath === undefined) return { lines: [`not measured: ${withoutChromium}`], figures: {}, missed: [] };
  const folder = mkdtempSync(join(tmpdir(), "vault-teardown-bench-"));
  const browser = await launchChromium();
  try {
    const figures: Record<string, Figures> = {};
    for (const [name, report] of Object.entries(await reports()))
      figures[name] = await measured(browser, report, join(folder, `${name}.html`));
    return judged(figures);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function judged(figures: Readonly<Record<string, Figures>>): SectionResult {
  const rows = Object.entries(figures).map(([name, { made, megabytes, firstPaint, loaded, filtered }]) => [
    name,
    `${made} ms`,
    `${megabytes} MB`,
    `${firstPaint} ms`,
    `${loaded} ms`,
    `${filtered} ms`,
  ]);
  const missed = Object.entries(figures).flatMap(([name, { firstPaint }]) =>
    firstPaint > bar ? [`the page of the ${name} is first painted after ${firstPaint} ms, more than ${bar}`] : [],
  );
  return {
    lines: table(["page of", "made in", "size", "first paint", "loaded", "filtered in"], rows),
    figures,
    missed,
  };
}

export const pageSection: Section = {
  name: "page",
  title: `The HTML report: ten thousand items, medians of ${rounds} pages in Chromium; first paint within ${bar} ms`,
  run: measure,
};

if (import.meta.main) await runAlone(pageSection);
