// One row for each thing of a plan: what it is, what becomes of it, what is done with it and how that went. Text, no markup.

import { idKey } from "../../model/arm-id.ts";
import type { Loss } from "../../model/loss.ts";
import type { InventoryEntry, Plan } from "../../model/plan.ts";
import { isBackupData } from "../../model/resource.ts";
import type { Step } from "../../model/step.ts";
import { planNames, type PlanNames } from "../plan-names.ts";
import { stateOf, typeOf } from "../inventory-text.ts";
import { stepMarks } from "../outcome-words.ts";
import type { StepState } from "../step-graph.ts";
import type { StepReport } from "../step-report.ts";
import { day } from "../words.ts";
import { marksOf, type Mark } from "./states.ts";

export type ItemRow = {
  readonly name: string;
  readonly kind: string;
  /** As Azure spelled it; empty where it has none. */
  readonly id: string;
  readonly state: string;
  readonly loss: string;
  /** Its data is lost for good. */
  readonly destroyed: boolean;
  readonly note: string;
  readonly steps: readonly StepRow[];
};

export type StepRow = {
  readonly id: string;
  /** Its place in the plan. */
  readonly place: number;
  readonly marks: readonly Mark[];
  /** Of a run. */
  readonly state?: StepState;
  readonly details: readonly string[];
};

/** Everything of the inventory in its order, then the targets of steps that are not in it. Every step stands in one row. */
export function itemRows(plan: Plan, reports: readonly StepReport[] = []): readonly ItemRow[] {
  const names = planNames(plan);
  const byId = new Map(reports.map((report) => [report.id, report]));
  const placed = plan.steps.map((step, place) => ({ step, place, key: idKey(step.target) }));
  const byTarget = Map.groupBy(placed, ({ key }) => key);
  const stepsOf = (key: string): readonly StepRow[] => {
    const own = byTarget.get(key) ?? [];
    byTarget.delete(key);
    return own.map(({ step, place }) => stepRow(step, place, byId.get(step.id)));
  };
  // A leftover may carry the id of the vault, or of what leaves it behind: no step is meant for it.
  const listed = plan.inventory.map((entry) =>
    entryRow(entry, names, entry.kind === "leftover" ? [] : stepsOf(idKey(entry.id))),
  );
  const others = [...byTarget].flatMap(([key, [first]]) =>
    first === undefined ? [] : [targetRow(first.step, names, stepsOf(key))],
  );
  return [...listed, ...others];
}

function entryRow(entry: InventoryEntry, names: PlanNames, steps: readonly StepRow[]): ItemRow {
  const type = typeOf(entry);
  return {
    name: names.ofEntry(entry),
    kind: type === undefined ? entry.kind : `${entry.kind} ${type}`,
    id: entry.id,
    state: stateOf(entry),
    loss: isBackupData(entry) && entry.loss !== undefined ? lossText(entry.loss) : "",
    destroyed: isBackupData(entry) && entry.loss?.fate === "destroyed",
    note: entry.note ?? "",
    steps,
  };
}

function targetRow(step: Step, names: PlanNames, steps: readonly StepRow[]): ItemRow {
  const name = names.ofStep(step);
  return { name, kind: step.kind, id: step.target, state: "", loss: "", destroyed: false, note: "", steps };
}

function lossText({ fate, until, onlyCopy }: Loss): string {
  const only = onlyCopy === true ? ", ONLY COPY" : "";
  const kept = until === undefined ? "until a time Azure does not say" : `until ${day(until)}`;
  return fate === "destroyed" ? `lost for good${only}` : `can be brought back ${kept}${only}`;
}

function stepRow(step: Step, place: number, report: StepReport | undefined): StepRow {
  const after = step.after.length === 0 ? [] : [`after ${afterText(step.after)}`];
  return {
    id: step.id,
    place,
    marks: marksOf(step),
    ...(report === undefined ? {} : { state: report.state }),
    details: [
      `because ${step.reason}`,
      ...stepMarks(step),
      ...after,
      ...(step.byHand === undefined ? [] : [`by hand: ${step.byHand}`]),
      ...(report === undefined ? [] : reportLines(report)),
    ],
  };
}

const shown = 5;

function afterText(ids: readonly string[]): string {
  const more = ids.length > shown ? ` and ${ids.length - shown} more` : "";
  return `${ids.slice(0, shown).join(", ")}${more}`;
}

function reportLines(report: StepReport): readonly string[] {
  const { startedAt, acceptedAt, retries = [], waitedFor, evidence, code, message, remedy, correlationId } = report;
  const ended = report.state === "verified" || report.state === "failed" ? report.at : undefined;
  const times = [
    ...(startedAt === undefined ? [] : [`began ${clock(startedAt)}`]),
    ...(acceptedAt === undefined ? [] : [`accepted ${clock(acceptedAt)}`]),
    ...(ended === undefined ? [] : [`${report.state} ${clock(ended)}`]),
  ];
  return [
    ...(times.length === 0 ? [] : [times.join(", ")]),
    ...(waitedFor === undefined ? [] : [`waited longest for ${waitedFor}`]),
    ...retries.map(({ at, because }) => `tried again after ${clock(at)}: ${because}`),
    ...(evidence === undefined ? [] : [`proved: ${evidence}`]),
    ...(message === undefined ? [] : [`${code ?? "failed"}: ${message}`]),
    ...(remedy === undefined ? [] : [`to do: ${remedy}`]),
    ...(correlationId === undefined ? [] : [`correlation id ${correlationId}`]),
    ...(report.because === undefined ? [] : [`skipped: ${report.because}`]),
  ];
}

/** `2026-11-22 10:02:03 UTC` of an ISO time. */
export function clock(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
