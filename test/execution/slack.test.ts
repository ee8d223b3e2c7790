// How much time a step has before it holds the run up.

import { expect, it } from "vitest";
import { slackOf } from "../../src/execution/slack.ts";
import { stepOn, vmItem } from "../dependencies/builders.ts";
import { virtualClock } from "../virtual-clock.ts";

/** A machine's deletion is expected to take 12 s. */
const step = (id: string) => ({ ...stepOn(vmItem(id), "delete-item"), id });

const remaining = new Map([
  ["long", 112],
  ["short", 12],
]);

it("is what the longest way begun so far takes longer", () => {
  const slack = slackOf(virtualClock(), remaining);
  expect(slack.seconds(step("short"), 12)).toBe(0);
  slack.begun(step("long"));
  expect(slack.seconds(step("short"), 12)).toBe(100);
  expect(slack.seconds(step("long"), 12)).toBe(0);
});

it("shrinks while the effect does not show", async () => {
  const clock = virtualClock();
  const slack = slackOf(clock, remaining);
  slack.begun(step("long"));
  await clock.sleep(52_000);
  expect(slack.seconds(step("short"), 0)).toBe(60);
});

it("grows for others when the longest way takes longer than expected", async () => {
  const clock = virtualClock();
  const slack = slackOf(clock, remaining);
  slack.begun(step("long"));
  await clock.sleep(42_000);
  expect(slack.seconds(step("long"), 0)).toBe(0);
  expect(slack.seconds(step("short"), 0)).toBe(100);
});

it("goes by what is still to come after a step", () => {
  const slack = slackOf(virtualClock(), remaining);
  expect([slack.toCome(step("long")), slack.toCome(step("short"))]).toEqual([100, 0]);
});
