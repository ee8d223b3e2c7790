// The lines of a picture: what they say, how many they are, and that nothing in them steers a terminal.

import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../src/model/event.ts";
import { actions, type Step } from "../../../src/model/step.ts";
import { linesFor, pictureLine, pictureLines } from "../../../src/reporting/progress/picture-text.ts";
import { accepted, deleteItem, failed, harmful, hostile, intended, skipped, step, verified } from "../builders.ts";
import { pictureOf, type Happening } from "./pictures.ts";

const items = [1, 2, 3, 4, 5].map((at) => deleteItem(`vm-${at}`, at));
const server = step("unregister-server", { name: "srv-1" });
const vault = step("delete-vault", { after: [...items, server].map(({ id }) => id) });
const proof = step("prove-absence", { after: [vault.id] });
const steps = [...items, server, vault, proof];

const retried: RunEvent = {
  type: "step-retried",
  step: server.id,
  attempt: 1,
  delaySeconds: 30,
  because: "another operation runs",
};
const throttled: RunEvent = { type: "request-retried", delaySeconds: 20, because: "Azure throttles this client" };

const busy: readonly Happening[] = [
  [0, intended("delete-item-1")],
  [0, intended("delete-item-2")],
  [1, accepted("delete-item-2")],
  [6, verified("delete-item-1")],
  [6, intended("delete-item-3")],
  [7, failed("delete-item-3")],
  [8, retried],
  [9, throttled],
];

describe("on a terminal of many rows", () => {
  it("a picture says the phases, the counts of each kind, what runs, what waits, and when it ends", () => {
    expect(pictureLines(pictureOf(steps, busy, 10), 8)).toEqual([
      "2 of 8 steps, 1 failed; about 40 s left: data, containers and servers",
      "  backup items deleted  2 of 5, 1 under way, 1 failed",
      "  servers unregistered  0 of 1, 1 under way",
      "  vault deleted         0 of 1",
      "  absence proved        0 of 1",
      "  delete-item vm-2 for 10 s",
      "  unregister-server srv-1 again in 28 s: another operation runs",
      "  requests go on again in 19 s: Azure throttles this client",
    ]);
  });

  it("it says how far and until when before a narrow terminal cuts it off", () => {
    const phases = ["remove-lock", "disable-soft-delete", "delete-item", "unregister-server", "remove-fabric"] as const;
    const all = phases.map((action) => step(action));
    const begun = all.map(({ id }): Happening => [0, intended(id)]);
    expect(pictureLines(pictureOf(all, begun, 1), 8)[0]).toBe(
      "0 of 5 steps; about 35 s left: locks off, protection off, data, containers and servers, Site Recovery",
    );
  });

  it("it says what was skipped, and until when trying again makes no sense", () => {
    const happenings: readonly Happening[] = [
      [0, failed("delete-item-1", { disposition: "waiting", until: "2026-12-05T08:00:00.000Z" })],
      [0, skipped(vault.id, "delete-item-1")],
      [0, skipped(proof.id, "delete-item-1")],
    ];
    expect(pictureLines(pictureOf(steps, happenings, 1), 8)[0]).toBe(
      "3 of 8 steps, 1 failed, 2 skipped; not to be finished before 2026-12-05 08:00 UTC; about 15 s left: data",
    );
  });

  it("it never counts below zero", () => {
    const begun: readonly Happening[] = [[0, intended(proof.id)]];
    const late = pictureLines(pictureOf([proof], begun, 3600), 8);
    expect(late).toEqual([
      "0 of 1 step; longer than usual: proof",
      "  absence proved  0 of 1, 1 under way",
      "  prove-absence rsv-test for 1 h 0 min, longer than usual",
    ]);
    const first = pictureOf(steps, [[0, intended("delete-item-1")]], 3600);
    expect(pictureLines(first, 8)[0]).toContain("; about 20 s left");
    const others = [...items.slice(1), server].map(({ id }): Happening => [1, verified(id)]);
    expect(pictureLines(pictureOf(steps, [[0, intended("delete-item-1")], ...others], 3600), 8)[0]).toContain(
      "; longer than usual, then about 10 s",
    );
  });

  it("it says when it is a rehearsal at another speed", () => {
    expect(pictureLine(pictureOf(steps, [], 0, { speed: 60 }))).toBe("0 of 8 steps; about 20 s left (at 60x): looking");
  });

  it.each([
    [5, "60 s"],
    [6, "2 min"],
    [299, "1 h 0 min"],
    [330, "1 h 6 min"],
  ])("it is as exact as an estimate is: %i steps of 12 s take about %s", (count, told) => {
    const chain = Array.from({ length: count }, (_, at): Step => ({ ...deleteItem("vm", at), exclusive: "one" }));
    expect(pictureLine(pictureOf(chain, [], 0))).toContain(`about ${told} left`);
  });
});

describe("the lines", () => {
  const everything = actions.map((action) => step(action));
  const running = everything.map(({ id }): Happening => [0, intended(id)]);

  it.each([
    [24, 8],
    [50, 8],
    [18, 6],
    [12, 4],
    [11, 1],
    [2, 1],
  ])("of a terminal of %i rows are no more than %i, whatever the plan and whatever runs", (rows, most) => {
    expect(linesFor(rows)).toBe(most);
    for (const happenings of [[], running, [...running, [1, throttled]] as const])
      expect(pictureLines(pictureOf(everything, happenings, 2), most).length).toBeLessThanOrEqual(most);
  });

  it("fold the kinds for which there is no room, those that have ended first", () => {
    const happenings: readonly Happening[] = [
      ...["undelete-vault-1", "remove-lock-1"].map((id): Happening => [0, verified(id)]),
      [1, intended("delete-item-1")],
    ];
    const lines = pictureLines(pictureOf(everything, happenings, 2), 8);
    expect(lines).toHaveLength(8);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}backup items deleted +0 of 1, 1 under way$/));
    expect(lines.at(-2)).toBe(
      `  and ${actions.length - 5} more kinds of steps: 2 ended, ${actions.length - 7} to come`,
    );
    expect(lines.join("\n")).not.toContain("locks removed");
  });

  it("name three steps under way, and count the others", () => {
    const lines = pictureLines(pictureOf(everything, running, 2), 8);
    expect(lines.at(-1)).toBe(`  remove-lock rsv-test for 2 s, and ${actions.length - 3} more`);
  });

  it("of names that would steer a terminal do not", () => {
    const named = [deleteItem(hostile, 1)];
    const waits: RunEvent = { type: "request-retried", delaySeconds: 9, because: hostile };
    const lines = pictureLines(
      pictureOf(
        named,
        [
          [0, intended("delete-item-1")],
          [0, waits],
        ],
        1,
      ),
      8,
    );
    expect(lines).toHaveLength(4);
    expect(lines.join("\n")).not.toMatch(harmful);
  });
});

it("one line says what matters most first", () => {
  expect(pictureLine(pictureOf(steps, busy, 10))).toBe(
    "2 of 8 steps, 1 failed; about 40 s left: data, containers and servers; requests go on again in 19 s: Azure throttles this client; delete-item vm-2 for 10 s, unregister-server srv-1 again in 28 s: another operation runs",
  );
});
