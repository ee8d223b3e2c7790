// Pictures of an HTML report, as the README may show them: of the run on one of everything the first screens, and its graph.
// `node scripts/pictures/report.ts <folder>` writes report.png and report-graph.png there. It needs a Chromium.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pageAssets } from "../../src/cli/page-assets.ts";
import { consents } from "../../src/model/step.ts";
import { htmlReport } from "../../src/reporting/html/page.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { rehearse } from "../../test/rehearsal.ts";
import { launchChromium } from "../chromium.ts";

/** In pixels of a page; pictures have twice as many of their own. */
const viewport = { width: 1200, height: 1400 };

async function page(): Promise<string> {
  const rehearsal = rehearse("kitchen-sink");
  const plan = await rehearsal.plan({ consents });
  const { events } = await rehearsal.run(plan);
  const run = runDocument("2026-11-21-rsv-everything-neu", plan, events);
  return [...htmlReport({ about: "run", plan, run, events: () => events }, pageAssets())].join("");
}

async function pictures(into: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vault-teardown-picture-"));
  const browser = await launchChromium();
  try {
    const report = join(folder, "report.html");
    writeFileSync(report, await page());
    const shown = await browser.newPage({ viewport, deviceScaleFactor: 2, colorScheme: "light", offline: true });
    await shown.goto(pathToFileURL(report).href);
    await shown.screenshot({ path: join(into, "report.png") });
    await shown.locator("#order").screenshot({ path: join(into, "report-graph.png") });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [into] = process.argv.slice(2);
if (into === undefined) throw new Error("usage: node scripts/pictures/report.ts <folder>");
await pictures(into);
