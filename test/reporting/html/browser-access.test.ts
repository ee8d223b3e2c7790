// The page for everybody, from any vault: without a fault that axe finds, whatever things are called, and with ten thousand items.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launchChromium, withoutChromium } from "../../../scripts/chromium.ts";
import { rowsAtOnce } from "../../../src/reporting/html/items-table.ts";
import { terminalLine } from "../../../src/reporting/terminal-text.ts";
import { deleteItem, hostile, planOf } from "../builders.ts";
import { open, rowsFitting } from "./chromium.ts";
import { drift, nothingToDo, pageOf, planReport, reportOf, runReport, troubledRun } from "./reports.ts";

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const title = `a page in Chromium${chromiumPath === undefined ? ` (${withoutChromium})` : ""}`;

describe.skipIf(chromiumPath === undefined)(title, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const texts: readonly (readonly [string, () => Promise<string>])[] = [
    ["a plan", async () => pageOf(await planReport("kitchen-sink"))],
    ["a plan that is blocked", async () => pageOf(await planReport("immutable-locked"))],
    ["a run", async () => pageOf(await runReport("small"))],
    ["a run in trouble", async () => pageOf(troubledRun)],
    ["drift", async () => pageOf(drift)],
    ["nothing to do", async () => pageOf(nothingToDo)],
  ];
  // Colours do not depend on the width: each stands for both.
  const screens = [
    ["light", 1280],
    ["dark", 360],
  ] as const;

  test.each(texts)("of %s has no fault that axe finds, in light, in the dark, and on a phone", async (_, text) => {
    const page = await text();
    for (const [colours, width] of screens) expect(await violations(page, colours, width)).toEqual([]);
  });

  async function violations(text: string, colorScheme: "light" | "dark", width: number): Promise<readonly string[]> {
    // What is tested is carried into the page: its own policy would refuse it.
    const options = { colorScheme, bypassCSP: true, viewport: { width, height: 900 } };
    const { page } = await open(browser, text, options);
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    const node = page.locator("a.node:visible").first();
    if ((await node.count()) > 0) await node.press("Enter");
    await page.evaluate(axe);
    const found = await page.evaluate<readonly Violation[]>("axe.run().then(({ violations }) => violations)");
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  }

  const attack = `</script></title><img src=x onerror=alert(1)>"'&lt;<!--`;
  const names = fc.array(fc.oneof(fc.string({ unit: "binary", minLength: 1 }), fc.constantFrom(attack, hostile)), {
    minLength: 20,
    maxLength: 20,
  });

  test("whatever things are called, the page has the elements it has for harmless names, and the names as text", async () => {
    const plan = (all: readonly string[]) => planOf({ steps: all.map((name, n) => deleteItem(name, n + 1)) });
    const shape = `[...document.querySelectorAll("body *")].map((e) => e.tagName + [...e.getAttributeNames()]).join()`;
    const harmless = await open(
      browser,
      pageOf({ about: "plan", plan: plan(Array.from({ length: 20 }, (_, n) => `vm ${n}`)) }),
    );
    const wanted = await harmless.page.evaluate<string>(shape);
    for (const some of fc.sample(names, { numRuns: 6, seed: 7 })) {
      const all = some.map((name, n) => `${name} ${n}`);
      const { page, trouble } = await open(browser, pageOf({ about: "plan", plan: plan(all) }));
      expect(await page.evaluate<string>(shape)).toBe(wanted);
      const shown = await page.evaluate<readonly string[]>(
        `[...document.querySelectorAll("#rows .name")].map((e) => e.textContent)`,
      );
      expect(shown).toEqual(all.map(terminalLine));
      expect(trouble).toEqual([]);
    }
  });

  test("of ten thousand items has few rows until more are wanted, finds one among them, and prints those that fit", async () => {
    const steps = Array.from({ length: 10_000 }, (_, n) => deleteItem(`vm-${n}`, n));
    const { page, trouble } = await open(browser, pageOf(reportOf(planOf({ steps }))));
    expect(await page.locator("#rows tr").count()).toBe(rowsAtOnce);
    expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBeLessThan(4000);
    expect(await rowsFitting(page)).toBe(10_000);
    await page.getByLabel("Text").fill("vm-9876");
    await expect.poll(() => rowsFitting(page)).toBe(1);
    expect(await page.locator("#rows tr").innerText()).toContain("vm-9876");
    await page.getByLabel("Text").fill("vm-98");
    await expect.poll(() => rowsFitting(page)).toBe(111);
    await page.pdf();
    expect(await page.locator("#rows tr").count()).toBe(111);
    expect(trouble).toEqual([]);
  });
});
