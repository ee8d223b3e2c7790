// Locks that somebody has set anew while a run was away: never taken for the old ones, never made weaker.

import { expect, it } from "vitest";
import { driftOfRun } from "../../src/cli/drift-of-run.ts";
import { discover } from "../../src/discovery/discover.ts";
import { putBackAlone } from "../../src/execution/put-back.ts";
import { replay } from "../../src/execution/replay.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";

const hub = "/locks/hub-network";
const reviewed = { level: "ReadOnly", notes: "nothing here changes until the review" };

type Left = { readonly rehearsal: Rehearsal; readonly plan: Plan; readonly past: readonly RecordedEvent[] };

/** A run that was killed right after it had removed the lock; then a person has set a stricter one in its place. */
async function setAnew(properties: Readonly<Record<string, unknown>>): Promise<Left> {
  const rehearsal = rehearse("locked");
  const plan = await rehearsal.plan({ consents: ["remove-locks"] });
  const removal = plan.steps.find((step) => step.action === "remove-lock" && step.target.endsWith(hub))!;
  const events: readonly RunEvent[] = [
    {
      type: "run-started",
      formatVersion: 1,
      run: "r",
      plan: plan.id,
      vault: plan.vault.id,
      azure: "e",
      tool: "t",
      steps: plan.steps.length,
    },
    { type: "step-intended", step: removal.id },
    { type: "step-verified", step: removal.id, evidence: "the lock is no longer listed" },
  ];
  const put = new Request(`https://management.azure.com${removal.target}?api-version=2020-05-01`, {
    method: "PUT",
    body: JSON.stringify({ properties }),
  });
  await rehearsal.emulator.handle(put);
  const at = new Date(rehearsal.clock.now()).toISOString();
  return { rehearsal, plan, past: events.map((event, index) => ({ seq: index + 1, at, ...event })) };
}

async function driftIn({ rehearsal, plan, past }: Left): Promise<readonly string[]> {
  const { resources } = await discover(rehearsal.reader(), rehearsal.clock, plan.inventory);
  const drift = driftOfRun(plan, replay(plan.steps, past), resources);
  return drift.map(({ change, name, was, is }) => `${change} ${name} ${was ?? ""} ${is ?? ""}`);
}

const lockOf = ({ rehearsal }: Left): unknown =>
  rehearsal.emulator.world().locks?.find(({ id }) => id.endsWith(hub))?.properties;

it("another level is drift, also of a lock that the run has removed", async () => {
  expect(await driftIn(await setAnew(reviewed))).toEqual(["changed hub-network CanNotDelete ReadOnly"]);
});

it("the same level, put back by hand, is none", async () => {
  expect(await driftIn(await setAnew({ level: "CanNotDelete" }))).toEqual([]);
});

it("a stricter lock stays as it is when the run that took the old one pays its debts", async () => {
  const left = await setAnew(reviewed);
  const { rehearsal, plan, past } = left;
  const ports = {
    reader: rehearsal.reader(),
    writer: rehearsal.writer("soft", plan),
    clock: rehearsal.clock,
    record: () => undefined,
    recheck: async () => [],
  };
  expect(await putBackAlone(plan, ports, past)).toEqual([]);
  expect(lockOf(left)).toEqual(reviewed);
});
