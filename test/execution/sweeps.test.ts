// Which steps have taken effect: told from lists that many steps share; asked about alone is only what lags.

import { describe, expect, it } from "vitest";
import { createPatience } from "../../src/execution/patience.ts";
import { remainingSeconds } from "../../src/model/expected-times.ts";
import { listingOf } from "../../src/execution/listings.ts";
import { slackOf } from "../../src/execution/slack.ts";
import { createSweeps } from "../../src/execution/sweeps.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { OperationCheck } from "../../src/model/ports.ts";
import type { Step } from "../../src/model/step.ts";
import { stepOn, vmItem } from "../dependencies/builders.ts";
import { rehearse } from "../rehearsal.ts";

const operation = { address: "https://management.azure.com/operations/1", retryAfterSeconds: 60 };

function deletion(name: string): Step {
  return { ...stepOn(vmItem(name), "delete-item"), id: name, name };
}

type Given = {
  /** By step, the second at which its target disappears from the list. */
  readonly goneAt?: (step: Step) => number;
  readonly check?: (second: number) => OperationCheck;
  readonly refusedUntil?: number;
};

/** Sweeps over these steps, with the seconds at which lists were read and operations asked about. */
async function sweeping(steps: readonly Step[], { goneAt = () => 12, check, refusedUntil = 0 }: Given = {}) {
  const { clock, plan: planned, ...rehearsal } = rehearse("small");
  const plan = { ...(await planned()), steps };
  const begun = clock.now();
  const second = (): number => Math.round((clock.now() - begun) / 1000);
  const [lists, questions]: [number[], number[]] = [[], []];
  const stop = new AbortController();
  const fresh = async () => {
    lists.push(second());
    if (second() < refusedUntil) throw new AzureError({ status: 500, code: "Busy", message: "try later" });
    const standing = steps.filter((step) => second() < goneAt(step));
    return listingOf(standing.map(({ name }) => vmItem(name)));
  };
  const sweeps = createSweeps({
    plan,
    clock,
    reader: rehearsal.reader(),
    writer: {
      send: () => Promise.reject(new Error("nothing is written here")),
      check: async () => {
        questions.push(second());
        return check?.(second()) ?? { state: "running" };
      },
    },
    signal: stop.signal,
    listings: { fresh: fresh as never },
    patience: createPatience(),
    slack: slackOf(clock, remainingSeconds(steps)),
  });
  return { sweeps, clock, lists, questions, stop, second };
}

describe("many steps of one kind", () => {
  it("are told to be done by one list, and none is asked about alone", async () => {
    const steps = Array.from({ length: 1000 }, (_, index) => deletion(`vm-${index}`));
    const { sweeps, lists, questions } = await sweeping(steps);
    const evidence = await Promise.all(steps.map((step) => sweeps.evidenceOf({ step, operation })));
    expect(new Set(evidence)).toEqual(new Set(["the item is no longer listed"]));
    expect({ lists, questions }).toEqual({ lists: [12], questions: [] });
  });

  it("that end one after another are told by lists some time apart, not by one each", async () => {
    const steps = Array.from({ length: 300 }, (_, index) => deletion(`vm-${index}`));
    const goneAt = ({ name }: Step): number => 12 + Number(name.slice(3)) / 10;
    const { sweeps, lists, questions } = await sweeping(steps, { goneAt });
    await Promise.all(steps.map((step) => sweeps.evidenceOf({ step, operation })));
    expect(lists.length).toBeLessThanOrEqual(30);
    expect(questions).toEqual([]);
  });
});

describe("a step", () => {
  it("that is done is told so soon after", async () => {
    const { sweeps, second } = await sweeping([deletion("vm")], { goneAt: () => 100 });
    await sweeps.evidenceOf({ step: deletion("vm"), operation });
    expect(second()).toBeGreaterThanOrEqual(100);
    expect(second()).toBeLessThanOrEqual(106);
  });

  it("whose write needed no operation is looked for at once", async () => {
    const { sweeps, lists } = await sweeping([deletion("vm")], { goneAt: () => 0 });
    await sweeps.evidenceOf({ step: deletion("vm") });
    expect(lists).toEqual([0]);
  });

  it("that lags is asked about alone, no sooner than the service wants, and fails as its operation did", async () => {
    const { sweeps, questions } = await sweeping([deletion("vm")], {
      goneAt: () => Number.POSITIVE_INFINITY,
      check: () => ({ state: "failed", code: "UserErrorDeleteBackupItemOnImmutableItem", message: "immutable" }),
    });
    const evidence = sweeps.evidenceOf({ step: deletion("vm"), operation });
    await expect(evidence).rejects.toMatchObject({ code: "UserErrorDeleteBackupItemOnImmutableItem" });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toBeGreaterThanOrEqual(60);
  });

  it("is asked about only now and then while its operation goes on", async () => {
    const { sweeps, questions } = await sweeping([deletion("vm")], { goneAt: () => 3600 });
    await sweeps.evidenceOf({ step: deletion("vm"), operation });
    expect(questions.length).toBeLessThanOrEqual(12);
  });

  it("whose operation succeeded without an effect is not verified", async () => {
    const { sweeps, second } = await sweeping([deletion("vm")], {
      goneAt: () => Number.POSITIVE_INFINITY,
      check: () => ({ state: "succeeded" }),
    });
    const evidence = sweeps.evidenceOf({ step: deletion("vm"), operation });
    await expect(evidence).rejects.toMatchObject({ failure: { code: "NotVerified" } });
    expect(second()).toBeGreaterThanOrEqual(60 + 15 * 60);
  });

  it("whose operation never ends waits for another run", async () => {
    const { sweeps, second } = await sweeping([deletion("vm")], { goneAt: () => Number.POSITIVE_INFINITY });
    const evidence = sweeps.evidenceOf({ step: deletion("vm"), operation });
    await expect(evidence).rejects.toMatchObject({ failure: { code: "OperationDidNotEnd", disposition: "waiting" } });
    expect(second()).toBeGreaterThanOrEqual(3 * 3600);
  });

  it("that reads as done is not done before its operation has ended, where that is what makes it hold", async () => {
    const { sweeps, second } = await sweeping([deletion("vm")], {
      goneAt: () => 12,
      check: (at) => (at < 30 ? { state: "running", retryAfterSeconds: 1 } : { state: "succeeded" }),
    });
    await sweeps.evidenceOf({ step: deletion("vm"), operation, holdsAtEnd: true });
    expect(second()).toBeGreaterThanOrEqual(30);
    expect(second()).toBeLessThanOrEqual(33);
  });

  it("of an earlier run is looked for at once, and then asked about", async () => {
    const { sweeps, lists, questions } = await sweeping([deletion("vm")], { goneAt: () => 20 });
    await sweeps.evidenceOf({ step: deletion("vm"), operation, isOverdue: true });
    expect([lists[0], questions[0]]).toEqual([0, 0]);
  });
});

it("a list that cannot be read says nothing: it is read again", async () => {
  const { sweeps, lists, second } = await sweeping([deletion("vm")], { refusedUntil: 40 });
  await sweeps.evidenceOf({ step: deletion("vm"), operation });
  expect(lists.length).toBeGreaterThan(1);
  expect(second()).toBeGreaterThanOrEqual(40);
});

it("a run that stops ends every wait at once", async () => {
  const steps = Array.from({ length: 5 }, (_, index) => deletion(`vm-${index}`));
  const { sweeps, stop, lists } = await sweeping(steps);
  const waits = Promise.allSettled(steps.map((step) => sweeps.evidenceOf({ step, operation })));
  stop.abort();
  const ends = await waits;
  expect(ends.map((end) => (end.status === "rejected" ? String(end.reason.name) : "done"))).toEqual(
    Array(5).fill("Stopped"),
  );
  expect(lists).toEqual([]);
});
