// Reports for tests of the page that tells of them, and the page as one text. It must not test anything.

import { pageAssets } from "../../../src/cli/page-assets.ts";
import type { RunEvent } from "../../../src/model/event.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { consents } from "../../../src/model/step.ts";
import { htmlReport } from "../../../src/reporting/html/page.ts";
import type { AnswerReport, PlanReport, Report, RunReport } from "../../../src/reporting/report.ts";
import { runDocument } from "../../../src/reporting/run-document.ts";
import { rehearse } from "../../rehearsal.ts";
import {
  accepted,
  deleteItem,
  ended,
  failed,
  intended,
  planOf,
  recorded,
  skipped,
  started,
  step,
  verified,
} from "../builders.ts";

const assets = pageAssets();

export function pageOf(report: Report): string {
  return [...htmlReport(report, assets)].join("");
}

export async function planReport(world: string): Promise<PlanReport> {
  return { about: "plan", plan: await rehearse(world).plan({ consents }) };
}

/** The world torn down. */
export async function runReport(world: string): Promise<RunReport> {
  const rehearsal = rehearse(world);
  const plan = await rehearsal.plan({ consents });
  const { events } = await rehearsal.run(plan);
  return { about: "run", plan, run: runDocument("r-1", plan, events), events: () => events };
}

export function reportOf(plan: Plan, ...happened: readonly RunEvent[]): RunReport {
  const events = recorded(...happened);
  return { about: "run", plan, run: runDocument("r-1", plan, events), events: () => events };
}

export const twoItems: Plan = planOf({
  steps: [
    { ...deleteItem("vm-1", 1), irreversible: true },
    { ...deleteItem("vm-2", 2), after: ["delete-item-1"] },
    step("delete-vault", { id: "delete-vault-1", after: ["delete-item-1", "delete-item-2"] }),
  ],
});

/** Throttled, tried again, stopped, continued, and failed in the end. */
export const troubledRun: RunReport = reportOf(
  twoItems,
  started,
  intended("delete-item-1"),
  { type: "request-retried", delaySeconds: 30, because: "Azure answered 429" },
  accepted("delete-item-1"),
  { type: "run-resumed", run: "r-1", verified: 0, inDoubt: 1 },
  verified("delete-item-1"),
  intended("delete-item-2"),
  { type: "step-retried", step: "delete-item-2", attempt: 1, delaySeconds: 5, because: "another operation runs" },
  failed("delete-item-2", { correlationId: "c-1" }),
  skipped("delete-vault-1", "delete-item-2 failed"),
  ended(5, { counts: { verified: 1, failed: 1, skipped: 1, open: 0 } }),
);

export const drift: AnswerReport = {
  about: "answer",
  plan: twoItems,
  answer: {
    exitCode: 6,
    reason: `the plan ${twoItems.id} no longer fits the vault rsv-test; plan again`,
    plan: twoItems.id,
    differences: [{ change: "new", kind: "protected-item", name: "vm-3", id: twoItems.vault.id, is: "Protected" }],
  },
};

export const nothingToDo: AnswerReport = {
  about: "answer",
  answer: { exitCode: 0, reason: "nothing to do: there is no vault rsv-test" },
};
