// The room for new objects: a setting of V8 that this Node knows, and that no later one is asked for untried.

import { spawnSync } from "node:child_process";
import v8 from "node:v8";
import { afterEach, describe, expect, it, vi } from "vitest";
import { keepYoungSpaceSmall } from "../../src/cli/young-space.ts";

describe("the room for new objects", () => {
  afterEach(() => void vi.restoreAllMocks());

  const settings = (version: string): readonly string[] => {
    const set = vi.spyOn(v8, "setFlagsFromString").mockImplementation(() => undefined);
    keepYoungSpaceSmall(version);
    return set.mock.calls.map(([flag]) => flag);
  };

  it("is kept small by a setting that this Node knows", () => {
    const [flag = ""] = settings(process.versions.v8);
    const node = spawnSync(process.execPath, [flag, "--eval", ""], { encoding: "utf8" });
    expect([flag.slice(0, 2), node.status, node.stderr]).toEqual(["--", 0, ""]);
  });

  it("is left to a version that the setting was not tried with", () => {
    expect(settings("99.1.2-node.3")).toEqual([]);
  });
});
