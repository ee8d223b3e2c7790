// Where a Chromium is found on this machine, and how it is started: for tests, pictures and measurements of pages.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const names: readonly string[] = ["chromium", "chromium-browser", "google-chrome"];

/** That of the environment's VAULT_TEARDOWN_CHROMIUM, or the first in the path; undefined where there is none. */
export const chromiumPath: string | undefined =
  process.env["VAULT_TEARDOWN_CHROMIUM"] ??
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

export const withoutChromium: string = `no Chromium: neither VAULT_TEARDOWN_CHROMIUM nor ${names.join(", ")} in PATH`;

/** Without a sandbox of its own, which needs rights that containers do not have: it opens pages of ours alone. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error(withoutChromium);
  return chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
}
