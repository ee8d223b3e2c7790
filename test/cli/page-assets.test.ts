// What an HTML report carries with it: browser scripts without types, the style, the zoom library with its licence; and not a word on stderr.

import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { expect, test } from "vitest";
import { pageAssets } from "../../src/cli/page-assets.ts";

const assets = pageAssets();

test("the scripts are what a browser runs: no types, no imports, nothing that would be asked for", () => {
  expect(assets.scripts).toHaveLength(4);
  for (const script of assets.scripts) {
    expect(script).not.toMatch(
      /^\s*import\b|\bimport\(|\bfetch\(|XMLHttpRequest|https?:\/\/(?!github\.com\/timmywil)/m,
    );
    expect(() => new Script(script.replace(/^export \{\};?\s*$/m, ""))).not.toThrow();
  }
});

test("the library that zooms keeps the notice of its licence", () => {
  expect(assets.scripts[0]).toMatch(/^\/\*\*[^]*Copyright Timmy Willison[^]*MIT-License[^]*?\*\//);
});

test("the style asks for nothing either", () => {
  expect(assets.styles).toHaveLength(1);
  expect(assets.styles[0]).not.toMatch(/@import|url\((?!#)/);
});

test("nothing is said on stderr while the scripts of a checkout are read, and what is warned of afterwards is", () => {
  const file = fileURLToPath(new URL("../../src/cli/page-assets.ts", import.meta.url));
  const code = `import { pageAssets } from ${JSON.stringify(file)}; pageAssets(); process.emitWarning("heard");`;
  const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    encoding: "utf8",
    cwd: tmpdir(),
  });
  expect(status).toBe(0);
  expect(stderr).toContain("heard");
  expect(stderr).not.toContain("Experimental");
});
