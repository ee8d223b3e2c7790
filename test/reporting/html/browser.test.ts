// The page in a real Chromium: what a person does with it by mouse, keyboard, phone and paper, and that it asks nothing of any network.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rowsAtOnce } from "../../../src/reporting/html/items-table.ts";
import { chromiumPath, launchChromium, withoutChromium } from "../../../scripts/chromium.ts";
import { open, rowsFitting } from "./chromium.ts";
import { drift, nothingToDo, pageOf, planReport, runReport, troubledRun } from "./reports.ts";

const title = `a page in Chromium${chromiumPath === undefined ? ` (${withoutChromium})` : ""}`;

describe.skipIf(chromiumPath === undefined)(title, () => {
  let browser: Browser;
  let planPage = "";
  let runPage = "";

  beforeAll(async () => {
    browser = await launchChromium();
    planPage = pageOf(await planReport("kitchen-sink"));
    runPage = pageOf(await runReport("kitchen-sink"));
  });
  afterAll(() => browser.close());

  const pages: readonly (readonly [string, () => string])[] = [
    ["a plan", () => planPage],
    ["a run", () => runPage],
    ["a run in trouble", () => pageOf(troubledRun)],
    ["drift", () => pageOf(drift)],
    ["nothing to do", () => pageOf(nothingToDo)],
  ];

  describe.each(pages)("of %s", (_, text) => {
    test("has no error, no refusal of its policy, and asks nothing of any network", async () => {
      const { page, trouble } = await open(browser, text());
      await page.mouse.wheel(0, 20_000);
      await page.keyboard.press("End");
      expect(await page.locator("h1").count()).toBe(1);
      expect(trouble).toEqual([]);
    });

    test("is no wider than the screen of a phone, a tablet or a desk", async () => {
      const { page } = await open(browser, text());
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      }
    });

    test("shows what it says first without JavaScript", async () => {
      const { page, trouble } = await open(browser, text(), {
        javaScriptEnabled: false,
        viewport: { width: 900, height: 900 },
      });
      expect(await page.locator(".verdict").isVisible()).toBe(true);
      expect(await page.locator(".zoom:visible, #filter:visible, #items-more:visible").count()).toBe(0);
      expect(trouble).toEqual([]);
    });
  });

  test("text, kind and mark narrow the table, the number is announced, and Escape clears all of it", async () => {
    const { page, trouble } = await open(browser, runPage);
    const all = await rowsFitting(page);
    await page.getByLabel("Text").fill("vm-app-01 delete-item");
    await expectRows(page, (rows) => rows.length > 0 && rows.every((row) => row.includes("delete-item")));
    expect(await page.getByRole("status").textContent()).toMatch(/^\d+ of \d+ items$/);
    await page.getByLabel("Text").press("Escape");
    await expectCount(page, all);
    await page.getByLabel("Kind").selectOption("fabric");
    await expectRows(page, (rows) => rows.length > 0 && rows.every((row) => row.includes("fabric")));
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByLabel("Only").selectOption("mark:irreversible");
    await expectRows(page, (rows) => rows.length > 0 && rows.every((row) => row.includes("irreversible")));
    await page.getByLabel("Only").selectOption("state:failed");
    await expectCount(page, 0);
    expect(trouble).toEqual([]);
  });

  test("more rows come when they are asked for, and the keyboard goes on at the first of them", async () => {
    const { page } = await open(browser, planPage);
    expect(await page.locator("#rows tr").count()).toBe(rowsAtOnce);
    await page.getByRole("button", { name: "Show more" }).click();
    expect(await page.locator("#rows tr").count()).toBe(await rowsFitting(page));
    const focused = await page.evaluate<number>(
      "[...document.querySelectorAll('#rows tr')].indexOf(document.activeElement.closest('tr'))",
    );
    expect(focused).toBe(rowsAtOnce);
    expect(await page.getByRole("button", { name: "Show more" }).isVisible()).toBe(false);
  });

  test.each(pages.slice(0, 3))("the script draws each row of %s as it stands in the page", async (_, text) => {
    const { page } = await open(browser, text());
    const written = await rowsOf(page);
    expect(written.length).toBeGreaterThan(0);
    await page.getByLabel("Text").fill("nothing is called so");
    await expectCount(page, 0);
    await page.getByLabel("Text").fill("");
    await expect.poll(() => rowsOf(page)).toEqual(written);
  });

  test("a row opens to its id and to what is known of its steps", async () => {
    const { page } = await open(browser, runPage);
    await page.getByLabel("Text").fill("unregister-server-1");
    await expectCount(page, 1);
    await page.locator("#rows summary").press("Enter");
    expect(await page.locator("#rows .lines").innerText()).toMatch(/proved: /);
  });

  test("the keyboard chooses a node, whose steps alone stand in the table, and lets go of it", async () => {
    const { page, trouble } = await open(browser, planPage);
    const all = await rowsFitting(page);
    const node = page.getByRole("button", { name: /^delete-item; 18 / });
    await node.press("Enter");
    expect(await node.getAttribute("aria-pressed")).toBe("true");
    await expectCount(page, 18);
    expect(await page.locator(".chosen-node:visible").innerText()).toContain("after");
    await node.press("Space");
    await expectCount(page, all);
    await node.press("Space");
    await expectCount(page, 18);
    await node.press("Escape");
    await expectCount(page, all);
    expect(await page.locator(".chosen-node:visible").count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  test("a click chooses a node, a drag moves the drawing and chooses nothing", async () => {
    const { page } = await open(browser, planPage, { viewport: { width: 1280, height: 1400 } });
    const node = page.getByRole("button", { name: /^remove-fabric; 6 / });
    await node.click();
    expect(await node.getAttribute("aria-pressed")).toBe("true");
    await node.click();
    expect(await node.getAttribute("aria-pressed")).toBe("false");
    const before = (await node.boundingBox())!;
    await page.mouse.move(before.x + 20, before.y + 20);
    await page.mouse.down();
    await page.mouse.move(before.x - 60, before.y + 60, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await node.boundingBox())!.x).toBeLessThan(before.x - 40);
    expect(await node.getAttribute("aria-pressed")).toBe("false");
  });

  test("buttons, keys and the wheel with Ctrl zoom, and one key shows the whole again", async () => {
    const { page } = await open(browser, planPage, {
      viewport: { width: 1280, height: 1000 },
      reducedMotion: "reduce",
    });
    const node = page.getByRole("button", { name: /^delete-vault/ });
    await node.focus();
    const width = async (): Promise<number> => (await node.boundingBox())!.width;
    const whole = await width();
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(width).toBeGreaterThan(whole * 1.2);
    await page.getByRole("button", { name: "Zoom out" }).click();
    await expect.poll(width).toBeLessThan(whole * 1.2);
    await node.press("+");
    await node.press("+");
    await expect.poll(width).toBeGreaterThan(whole * 1.5);
    await node.press("0");
    await expect.poll(width).toBeCloseTo(whole, 0);
    const middle = async () => middleOf((await node.boundingBox())!);
    const under = await middle();
    await page.mouse.move(under.x, under.y);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await expect.poll(width).toBeGreaterThan(whole);
    const { x, y } = await middle();
    expect(Math.hypot(x - under.x, y - under.y)).toBeLessThan(3);
  });

  test("two fingers zoom", async () => {
    const { page } = await open(browser, planPage, { viewport: { width: 400, height: 800 }, hasTouch: true });
    const node = page.locator("figure.graph:visible a.node").first();
    await node.scrollIntoViewIfNeeded();
    const width = async (): Promise<number> => (await node.boundingBox())!.width;
    const [before, { y }] = [await width(), (await node.boundingBox())!];
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...xs: readonly number[]) =>
      fingers.send("Input.dispatchTouchEvent", { type, touchPoints: xs.map((x, id) => ({ x, y: y + 90, id })) });
    await touch("touchStart", 180, 220);
    for (const apart of [40, 60, 80, 100]) await touch("touchMove", 200 - apart, 200 + apart);
    await touch("touchEnd");
    await expect.poll(width).toBeGreaterThan(before * 1.3);
  });

  test("without JavaScript a node leads to what is said of it in words", async () => {
    const { page } = await open(browser, planPage, { javaScriptEnabled: false });
    const said = page.locator("#groups-n1");
    expect(await said.isVisible()).toBe(false);
    await page.locator('a[href="#groups-n1"]').click();
    await expect.poll(() => said.isVisible()).toBe(true);
  });

  test("every step can be shown instead of groups, also without JavaScript", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, trouble } = await open(browser, planPage, { javaScriptEnabled });
      expect(await page.locator("figure.graph:visible").getAttribute("data-graph")).toBe("groups");
      await page.getByRole("radio", { name: "all 79 steps" }).check();
      expect(await page.locator("figure.graph:visible").getAttribute("data-graph")).toBe("every-step");
      expect(await page.locator("figure.graph:visible a.node").count()).toBe(79);
      expect(trouble).toEqual([]);
    }
  });

  test("the Tab key meets the way past, the contents, the drawings, the filter and the rows in the order of the page", async () => {
    const { page } = await open(browser, pageOf(troubledRun));
    const met: string[] = [];
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      const what = await page.evaluate<string>(
        `document.activeElement.closest(".skip, nav, section")?.id || document.activeElement.className`,
      );
      if (met.at(-1) !== what) met.push(what);
    }
    expect(met.slice(0, 5)).toEqual(["skip", "contents", "timeline", "order", "items"]);
  });

  test("a phone begins where the drawing can be read", async () => {
    const { page } = await open(browser, runPage, { viewport: { width: 360, height: 740 }, hasTouch: true });
    const first = page.locator("figure.graph:visible a.node").first();
    await first.scrollIntoViewIfNeeded();
    const box = (await first.boundingBox())!;
    expect(box.x >= 0 && box.x + box.width <= 360).toBe(true);
    expect(box.height).toBeGreaterThan(40);
  });

  test("whatever node the keyboard comes to is brought into sight, however far the drawing is zoomed", async () => {
    const { page } = await open(browser, planPage, { viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
    const drawing = page.locator("figure.graph:visible svg");
    const nodes = page.locator("figure.graph:visible a.node");
    for (const index of [0, 9, 20, 27, 4]) {
      const node = nodes.nth(index);
      await node.press("Shift");
      await expect.poll(async () => isInside((await node.boundingBox())!, (await drawing.boundingBox())!)).toBe(true);
    }
  });

  test("in the dark the page is dark", async () => {
    const background = "getComputedStyle(document.documentElement).backgroundColor";
    const light = await open(browser, planPage, { colorScheme: "light" });
    const dark = await open(browser, planPage, { colorScheme: "dark" });
    expect(await light.page.evaluate(background)).toBe("rgb(252, 252, 251)");
    expect(await dark.page.evaluate(background)).toBe("rgb(20, 22, 25)");
  });

  test("paper has every row that fits the filter, the whole drawing, and nothing to press", async () => {
    const { page, trouble } = await open(browser, planPage);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
    expect(await page.locator("#rows tr").count()).toBe(await rowsFitting(page));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("button:visible, input:visible, select:visible").count()).toBe(0);
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    const drawing = (await page.locator("figure.graph:visible svg").boundingBox())!;
    for (const node of await page.locator("figure.graph:visible a.node").all())
      expect(isInside((await node.boundingBox())!, drawing)).toBe(true);
    expect(trouble).toEqual([]);
  });

  /** Without the space between elements, which is not seen. */
  async function rowsOf(page: Page): Promise<readonly string[]> {
    const rows = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll("#rows tr")].map((row) => row.outerHTML)`,
    );
    return rows.map((row) => row.replaceAll(/\s*(<[^>]*>)\s*/g, "$1"));
  }

  async function expectRows(page: Page, holds: (rows: readonly string[]) => boolean): Promise<void> {
    await expect.poll(async () => holds(await page.locator("#rows tr").allInnerTexts())).toBe(true);
  }

  async function expectCount(page: Page, many: number): Promise<void> {
    await expect.poll(() => rowsFitting(page)).toBe(many);
  }
});

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

function isInside(inner: Box, outer: Box): boolean {
  const across = inner.x >= outer.x - 1 && inner.x + inner.width <= outer.x + outer.width + 1;
  return across && inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
}

function middleOf({ x, y, width, height }: Box): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
