// An older Node is told which one is needed, in agreement with what the package declares.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isSupportedNode, oldestNode } from "../../src/cli/node-version.ts";

describe("the version of Node", () => {
  it.each([
    ["20.20.2", false],
    ["22.11.0", false],
    ["22.12.0", true],
    ["23.0.0", true],
    ["24.1.0", true],
  ])("%s is supported: %s", (version, supported) => {
    expect(isSupportedNode(version)).toBe(supported);
  });

  it("is the one the package declares", () => {
    const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      readonly engines: { readonly node: string };
    };
    expect(engines.node).toContain(oldestNode);
  });
});
