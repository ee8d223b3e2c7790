// Plans, steps and recorded events for tests of what people get to read. It must not test anything.

import { apiVersionProfiles } from "../../src/model/api-versions.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Step } from "../../src/model/step.ts";
import { sealPlan } from "../../src/planning/plan-document.ts";
import { vaultPath } from "../dependencies/arm-answers.ts";
import { now, stepOn, vault, vmItem } from "../dependencies/builders.ts";

export function planOf(more: Partial<Plan> = {}): Plan {
  return sealPlan({
    formatVersion: 1,
    tool: "azure-vault-teardown 0.0.0",
    createdAt: new Date(now).toISOString(),
    vault: {
      id: armId(vaultPath),
      name: "rsv-test",
      kind: "recovery-services",
      location: "westeurope",
      cloud: "public",
    },
    strategy: "soft",
    options: { keepPrivateEndpoints: false },
    consents: [],
    apiVersions: apiVersionProfiles.soft,
    expectedOutcome: { kind: "soft-deleted", until: "2026-12-05T08:00:00.000Z" },
    inventory: [],
    steps: [deleteItem("vm-1", 1), deleteItem("vm-2", 2), step("delete-vault")],
    blockers: [],
    warnings: [],
    remains: [],
    permissions: permissionsOf(),
    ...more,
  });
}

export function permissionsOf(more: Partial<Plan["permissions"]> = {}): Plan["permissions"] {
  const role = {
    Name: "r",
    IsCustom: true,
    Description: "d",
    Actions: [],
    NotActions: [],
    AssignableScopes: [],
  } as const;
  return { needed: [], missing: [], checked: false, byScope: [], grants: [], role, ...more };
}

export function deleteItem(name: string, number: number): Step {
  return { ...stepOn(vmItem(name), "delete-item"), id: `delete-item-${number}` };
}

export function step(action: Step["action"], more: Partial<Step> = {}): Step {
  return { ...stepOn(vault(), action), ...more };
}

/** The steps as a plan has them, with the write that each begins with; those that only read or wait have none. */
export function writing(steps: readonly Step[]): readonly Step[] {
  const isSilent = /^(settle-job|recheck|prove-.*)$/;
  return steps.map((one) =>
    isSilent.test(one.action) ? one : { ...one, request: { write: "delete-protected-item", item: one.target } },
  );
}

/** The events as they stand in a journal: numbered from 1, one a minute. */
export function recorded(...events: readonly RunEvent[]): readonly RecordedEvent[] {
  return events.map((event, index) => ({
    seq: index + 1,
    at: new Date(now + index * 60_000).toISOString(),
    ...event,
  }));
}

export const started: RunEvent = {
  type: "run-started",
  formatVersion: 1,
  run: "r-1",
  plan: "p-1",
  vault: vaultPath,
  azure: "public",
  tool: "azure-vault-teardown 0.0.0",
  steps: 3,
};

type Ended = Extract<RunEvent, { readonly type: "run-ended" }>;

export function ended(exitCode: number, more: Partial<Ended> = {}): Ended {
  return {
    type: "run-ended",
    exitCode,
    resumable: exitCode !== 0 && exitCode !== 3,
    counts: { verified: 3, failed: 0, skipped: 0, open: 0 },
    ...more,
  };
}

export function intended(id: string): RunEvent {
  return { type: "step-intended", step: id };
}

export function accepted(id: string): RunEvent {
  return { type: "step-accepted", step: id, status: 202 };
}

export function verified(id: string): RunEvent {
  return { type: "step-verified", step: id, evidence: `${id} was read back` };
}

type Failed = Extract<RunEvent, { readonly type: "step-failed" }>;

export function failed(id: string, more: Partial<Failed> = {}): RunEvent {
  return {
    type: "step-failed",
    step: id,
    disposition: "failed",
    code: "Busy",
    message: "another operation runs",
    remedy: "run the same command again",
    ...more,
  };
}

export function skipped(id: string, because: string): RunEvent {
  return { type: "step-skipped", step: id, because };
}

/** A name that would clear a terminal, recolour it, ring, break the line and turn the direction of writing. */
export const hostile = "\u001B[2J\u001B]0;gone\u0007vm\u001B[31m-\r\nx\u202Ee\u200B\u0085\u2028y\u009B1m";

/** What may never reach a terminal from a name: anything but a line feed that is not a visible character. */
export const harmful: RegExp = /[^\P{C}\n]|[\u2028\u2029]/u;
