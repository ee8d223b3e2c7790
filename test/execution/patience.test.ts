// How fast an Azure is, told by how soon it wants to be asked again; and how many steps of a kind may be under way.

import { expect, it } from "vitest";
import { limitOf } from "../../src/execution/limits.ts";
import { createPatience } from "../../src/execution/patience.ts";

it("an Azure that asks for no less than Azure ever did has its own pace", () => {
  const patience = createPatience();
  expect(patience.pace()).toBe(1);
  for (const seconds of [30, 60, 3600, undefined]) {
    patience.asked(seconds);
    expect(patience.pace()).toBe(1);
  }
});

it("one that asks for less is as much faster, as it last asked", () => {
  const patience = createPatience();
  patience.asked(3);
  expect(patience.pace()).toBe(0.1);
  patience.asked(undefined);
  expect(patience.pace()).toBe(0.1);
  patience.asked(15);
  expect(patience.pace()).toBe(0.5);
});

it.each([
  ["delete-item", 2_000],
  ["undelete-item", 2_000],
  ["unregister-container", 2_000],
  ["disable-replication", 2_000],
  ["delete-migration-item", 2_000],
  ["delete-intent", 200],
  ["settle-job", 200],
  ["remove-fabric", 50],
  ["delete-vault", 50],
] as const)("of %s so many are under way at most: %i", (action, limit) => {
  expect(limitOf(action)).toBe(limit);
});
