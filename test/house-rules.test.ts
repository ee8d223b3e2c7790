// The house rules are enforced by the linter: a forbidden import planted in each folder must turn it red.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Lints one planted file; true when the linter refuses its import. */
function refuses(folder: string, imported: string): boolean {
  const planted = join(temporaryFolder(), "src", folder, "planted.ts");
  mkdirSync(dirname(planted), { recursive: true });
  writeFileSync(planted, `import { thing } from "${imported}";\nexport const used: unknown = thing;\n`);
  const lint = spawnSync(join(root, "node_modules/.bin/oxlint"), ["-c", join(root, "scripts/oxlint.json"), planted], {
    encoding: "utf8",
  });
  return lint.status !== 0 && lint.stdout.includes("no-restricted-imports");
}

describe("the import directions", () => {
  it.each([
    ["model", "../dependencies/registry.ts"],
    ["model", "node:fs"],
    ["dependencies", "../azure/clients.ts"],
    ["dependencies", "../planning/order.ts"],
    ["discovery", "../planning/order.ts"],
    ["planning", "../discovery/discover.ts"],
    ["planning", "node:fs"],
    ["planning", "@azure/identity"],
    ["safety", "../dependencies/registry.ts"],
    ["execution", "../azure/clients.ts"],
    ["execution", "node:fs"],
    ["azure", "../execution/run.ts"],
    ["azure", "node:fs"],
    ["journal", "../execution/run.ts"],
    ["explanations", "../execution/run.ts"],
    ["explanations", "../reporting/words.ts"],
    ["explanations", "node:fs"],
    ["dependencies", "../explanations/find.ts"],
    ["execution", "../explanations/find.ts"],
    ["azure", "../explanations/find.ts"],
    ["emulator", "../explanations/find.ts"],
    ["reporting", "../execution/run.ts"],
    ["reporting", "node:fs"],
    ["emulator", "../model/arm-id.ts"],
    ["emulator", "@azure/identity"],
    ["library", "../cli/streams.ts"],
    ["library", "../cli/apply-command.ts"],
    ["library", "@azure/identity"],
    ["library", "node:process"],
  ])("forbid %s to import %s", (folder, imported) => {
    expect(refuses(folder, imported)).toBe(true);
  });

  it.each([
    ["dependencies", "../model/arm-id.ts"],
    ["planning", "node:crypto"],
    ["reporting", "node:crypto"],
    ["execution", "p-retry"],
    ["azure", "@azure/identity"],
    ["journal", "node:fs"],
    ["explanations", "../model/secrets.ts"],
    ["reporting", "../explanations/explain-command.ts"],
    ["emulator", "node:http"],
    ["cli", "../azure/clients.ts"],
    ["library", "../cli/carry-out.ts"],
  ])("allow %s to import %s", (folder, imported) => {
    expect(refuses(folder, imported)).toBe(false);
  });
});

describe("the runtime of the scripts", () => {
  it("is the pinned Node, whatever the host has", () => {
    expect(process.version).toBe("v24.21.0");
  });
});
