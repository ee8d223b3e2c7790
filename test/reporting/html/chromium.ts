// A page in a real Chromium, opened from disk and watched. It must not test anything.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../../temporary-folder.ts";

export type Opened = {
  readonly page: Page;
  /** Whatever went wrong: errors, refusals of the page's policy, requests to anything but the page's file. */
  readonly trouble: readonly string[];
};

/** Opens the page from a file, in a context of its own that ends with the test. */
export async function open(browser: Browser, text: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const file = join(temporaryFolder(), "report.html");
  writeFileSync(file, text);
  const address = pathToFileURL(file).href;
  const context = await browser.newContext({ offline: true, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("console", (message) => trouble.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const [asked = ""] = request.url().split("#");
    if (asked !== address) trouble.push(`request: ${asked}`);
  });
  await page.goto(address);
  return { page, trouble };
}

/** So many rows fit the filter, as the page says. */
export async function rowsFitting(page: Page): Promise<number> {
  return Number.parseInt((await page.locator("#items-count").textContent()) ?? "", 10);
}
