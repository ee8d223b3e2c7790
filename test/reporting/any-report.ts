// Reports of every sort whose every text is given, and large ones: for laws that hold whatever a vault holds. It must not test
// anything.

import type { Answer } from "../../src/reporting/answer.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Blocker } from "../../src/model/blocker.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { InventoryEntry, Plan } from "../../src/model/plan.ts";
import type { Step } from "../../src/model/step.ts";
import type { Report } from "../../src/reporting/report.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { vmItem } from "../dependencies/builders.ts";
import {
  deleteItem,
  ended,
  failed,
  intended,
  permissionsOf,
  planOf,
  recorded,
  skipped,
  started,
  step,
  verified,
} from "./builders.ts";

const until = "2026-12-05T08:00:00.000Z";

/** A plan in which every text that can come from Azure is one of these, by turns. `size`: so many of each thing. */
export function planSaying(texts: readonly string[], size: number = texts.length, more: Partial<Plan> = {}): Plan {
  const of = (at: number): string => texts[at % texts.length] ?? "";
  const each = <T>(make: (at: number) => T): readonly T[] => Array.from({ length: size }, (_, at) => make(at));
  const steps: readonly Step[] = [
    ...each((at) => ({
      ...deleteItem(`${of(at)}`, at + 1),
      reason: of(at + 1),
      irreversible: at % 3 === 0,
      ...(at % 4 === 0 ? { weakens: of(at + 2) } : {}),
    })),
    step("delete-vault", { name: of(0), after: each((at) => `delete-item-${at + 1}`) }),
  ];
  return planOf({
    vault: { ...planOf().vault, name: of(0), location: of(1) },
    steps,
    inventory: each((at) => entrySaying(of(at), of(at + 1), at)),
    warnings: each((at) => of(at)),
    remains: each((at) => ({ what: of(at), subject: of(at + 1), of: of(at + 2) })),
    expectedOutcome: { kind: "soft-deleted", until, assumption: of(2) },
    permissions: permissionsOf({
      needed: each((at) => of(at)),
      byScope: each((at) => ({
        scope: armId(`/subscriptions/x/${at}`),
        needed: [],
        missing: [of(at)],
        checked: false,
      })),
    }),
    ...more,
  });
}

function entrySaying(name: string, why: string, at: number): InventoryEntry {
  return {
    ...vmItem(`vm-${at}`),
    name,
    note: why,
    loss: at % 2 === 0 ? { fate: "destroyed" } : { fate: "soft-deleted", until },
    source: { state: "unknown", why },
  };
}

export function blockersSaying(texts: readonly string[], size: number = texts.length): readonly Blocker[] {
  const of = (at: number): string => texts[at % texts.length] ?? "";
  return Array.from({ length: size }, (_, at) => ({
    code: of(at),
    subject: of(at + 1),
    reason: of(at + 2),
    fix: of(at + 3),
    who: of(at + 4),
    until,
  }));
}

export function runReport(plan: Plan, ...events: readonly RunEvent[]): Extract<Report, { readonly about: "run" }> {
  const all: readonly RecordedEvent[] = recorded(started, ...events);
  return { about: "run", plan, run: runDocument("r-1", plan, all), events: () => all };
}

/** A run of the plan in which a third of the steps was done, a third failed, saying these texts, and the rest was skipped. */
export function runSaying(texts: readonly string[], plan: Plan = planSaying(texts)): Report {
  const of = (at: number): string => texts[at % texts.length] ?? "";
  const dispositions = ["failed", "blocked", "waiting"] as const;
  const events = plan.steps.flatMap(({ id }, at) => {
    const disposition = dispositions[(at % 9) % 3] ?? "failed";
    if (at % 3 === 0) return [intended(id), { ...verified(id), evidence: of(at) } as RunEvent];
    const failure = {
      disposition,
      code: of(at),
      message: of(at + 1),
      remedy: of(at + 2),
      correlationId: of(at + 3),
      until,
    };
    return at % 3 === 1 ? [intended(id), failed(id, failure)] : [skipped(id, of(at))];
  });
  return runReport(plan, ...events, ended(5, { reason: of(1), resumeAfter: until, notPutBack: texts }));
}

export function answerSaying(texts: readonly string[], size: number = texts.length): Report {
  const of = (at: number): string => texts[at % texts.length] ?? "";
  const id = armId("/subscriptions/x");
  const answer: Answer = {
    exitCode: 6,
    reason: of(0),
    plan: of(1),
    blockers: blockersSaying(texts, size),
    differences: Array.from({ length: size }, (_, at) => ({
      change: "new",
      kind: of(at),
      name: of(at + 1),
      id,
      was: of(at),
      is: of(at),
    })),
  };
  return { about: "answer", answer };
}

/** The plan of a recovery, in which every text that can come from Azure is one of these. */
function recoverySaying(texts: readonly string[], size: number = texts.length): Plan {
  const of = (at: number): string => texts[at % texts.length] ?? "";
  const all = Array.from({ length: size }, (_, at) => of(at));
  const byHand = all.map((what, at) => ({ what, subjects: all.slice(0, 9), todo: of(at + 1) }));
  const deletedVault = { id: armId(`/subscriptions/x/${of(0)}`), purgeAt: of(1) };
  return planSaying(texts, size, {
    recovery: { run: of(0), items: texts, wanted: [], deletedVault, byHand, remarks: all },
    steps: all.map((name, at) => step("undelete-item", { id: `undelete-item-${at + 1}`, name, reason: of(at + 1) })),
    expectedOutcome: { kind: "recovered" },
  });
}

/** Every sort of report, saying these texts. */
export function reportsSaying(texts: readonly string[], size: number = texts.length): readonly Report[] {
  const plan = planSaying(texts, size);
  const back = recoverySaying(texts, size);
  const returned = { kind: "recovered", evidence: texts, notShown: texts } as const;
  const gone = { kind: "soft-deleted", until, evidence: texts, notShown: texts } as const;
  return [
    { about: "plan", plan },
    { about: "plan", plan: planSaying(texts, size, { blockers: blockersSaying(texts, size) }) },
    runSaying(texts, plan),
    runReport(plan, ...plan.steps.map(({ id }) => verified(id)), ended(0, { outcome: gone })),
    runReport(plan, intended("delete-item-1")),
    { about: "plan", plan: back },
    runReport(back, ...back.steps.map(({ id }) => verified(id)), ended(0, { outcome: returned })),
    answerSaying(texts, size),
  ];
}
