// A plan for people: what will be true at the end, what stands in the way, what is done in which order and why.

import { nameOf } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { InventoryEntry, Plan } from "../model/plan.ts";
import type { Action, Step } from "../model/step.ts";
import { clean, counted, day } from "./words.ts";

/** Lists longer than this are cut in text; the JSON form has every entry. */
const longestList = 25;
const longestSort = 8;

export function planText(plan: Plan): string {
  return [
    ...head(plan),
    ...blockersText(plan.blockers),
    "",
    "what stands in the vault",
    ...inventoryText(plan.inventory),
    ...stepsText(plan),
    ...section("remains afterwards", remainsText(plan.remains)),
    ...section("warnings", plan.warnings.map(clean)),
    ...permissionsText(plan.permissions),
    "",
  ]
    .map(clean)
    .join("\n");
}

function head(plan: Plan): readonly string[] {
  const { vault } = plan;
  const irreversible = plan.steps.filter((step) => step.irreversible).length;
  const weakening = plan.steps.filter((step) => step.weakens !== undefined).length;
  return [
    `vault     ${clean(vault.name)} in ${clean(vault.location)}`,
    `          ${clean(vault.id)}`,
    `outcome   ${outcomeText(plan)}`,
    ...(plan.expectedOutcome.assumption === undefined ? [] : [`assumed   ${plan.expectedOutcome.assumption}`]),
    `strategy  ${strategyText(plan)}`,
    `steps     ${plan.steps.length}: ${irreversible} irreversible, ${weakening} weakening a protection`,
    `plan      ${plan.id}`,
  ];
}

function outcomeText({ expectedOutcome: { kind, until }, blockers }: Plan): string {
  switch (kind) {
    case "soft-deleted":
      return until === undefined
        ? "soft-deleted: gone from Azure Resource Manager, recoverable until a time Azure does not say"
        : `soft-deleted: gone from Azure Resource Manager, recoverable until about ${day(until)}`;
    case "purged":
      return "purged: gone with all its data, for good";
    case "absent":
      return "absent: gone from Azure Resource Manager";
    case "blocked":
      return `blocked: ${counted(blockers.length, "thing")} must be settled first${until === undefined ? "" : `, not before ${day(until)}`}`;
    case "waiting":
      return `waiting: not before ${until === undefined ? "a time Azure does not say" : day(until)}`;
    default:
      return kind satisfies never;
  }
}

function strategyText(plan: Plan): string {
  return plan.strategy === "soft"
    ? "soft: weakens no protection of what is backed up, undeletes nothing"
    : "purge: turns soft delete off, undeletes and deletes again; nothing can be recovered";
}

function blockersText(blockers: readonly Blocker[]): readonly string[] {
  const lines = blockers.flatMap((blocker) => [
    `${blocker.code}: ${clean(blocker.reason)}`,
    `  about ${clean(blocker.subject)}`,
    `  to do ${clean(blocker.fix)}`,
    `  who   ${clean(blocker.who)}${blocker.until === undefined ? "" : `, not before ${day(blocker.until)}`}`,
  ]);
  return section("blocked by", lines, Number.POSITIVE_INFINITY);
}

function inventoryText(inventory: readonly InventoryEntry[]): readonly string[] {
  const lines: string[] = [];
  for (const [kind, entries] of Map.groupBy(inventory, (entry) => entry.kind)) {
    lines.push(`  ${kind} (${entries.length})`);
    lines.push(...cut(entries.map(entryText), longestList).map((line) => `    ${line}`));
  }
  return lines;
}

function entryText(entry: InventoryEntry): string {
  const softDeleted = entry.kind === "protected-item" && entry.softDeleted ? ", soft-deleted" : "";
  const until = entry.kind === "protected-item" && entry.purgeAt !== undefined ? ` until ${day(entry.purgeAt)}` : "";
  const workload = entry.kind === "protected-item" ? ` ${clean(entry.workload)}` : "";
  const note = entry.note === undefined ? "" : `: ${clean(entry.note)}`;
  return `${clean(entry.name)}${workload}, ${clean(entry.state)}${softDeleted}${until}${note}`;
}

function stepsText(plan: Plan): readonly string[] {
  if (plan.steps.length === 0) return [];
  const lines = ["", "steps, in order; independent ones run side by side"];
  for (const [action, steps] of Map.groupBy(plan.steps, (step) => step.action))
    lines.push(...actionText(action, steps));
  return lines;
}

/** One action with its reasons; steps that share a reason share its line. */
function actionText(action: Action, steps: readonly Step[]): readonly string[] {
  const lines = [`  ${action} (${steps.length})`];
  for (const [reason, same] of Map.groupBy(steps, (step) => step.reason)) {
    lines.push(`    because ${clean(reason)}`);
    lines.push(...cut(same.map(stepText), longestList).map((line) => `      ${line}`));
  }
  return lines;
}

function stepText(step: Step): string {
  const marks = [
    step.irreversible ? "IRREVERSIBLE" : undefined,
    step.weakens === undefined ? undefined : `WEAKENS: ${step.weakens}`,
    step.consent === undefined ? undefined : `allowed by --allow ${step.consent}`,
    step.guarded === undefined ? undefined : `guarded by ${clean(nameOf(step.guarded.guard))}`,
    step.undoes === undefined ? undefined : `undoes ${step.undoes}, also after a failure or a stop`,
  ].filter((mark) => mark !== undefined);
  return `${step.id}  ${clean(step.name)}${marks.length === 0 ? "" : `  [${marks.join("; ")}]`}`;
}

/** Many of one sort do not push out the others. */
function remainsText(remains: Plan["remains"]): readonly string[] {
  return [...Map.groupBy(remains, (remainder) => remainder.what).values()].flatMap((same) =>
    cut(same.map(remainderText), longestSort),
  );
}

function remainderText(remainder: Plan["remains"][number]): string {
  const until = remainder.until === undefined ? "" : ` until ${day(remainder.until)}`;
  return `${remainder.what}${until}: ${clean(remainder.subject)}`;
}

/** What is missing comes first; what was not checked is named, so that nobody takes silence for a yes. */
function permissionsText({ needed, missing, checked, byScope, grants }: Plan["permissions"]): readonly string[] {
  const lacking = byScope.flatMap((entry) => entry.missing.map((action) => `${action} at ${clean(entry.scope)}`));
  const unchecked = byScope.filter((entry) => !entry.checked).map((entry) => clean(entry.scope));
  const title = checked
    ? `permissions the steps need, on top of Reader (checked: you ${missing.length === 0 ? "have them all" : "lack some"})`
    : "permissions the steps need, on top of Reader (not checked against your account)";
  return [
    ...section("permissions you lack", lacking),
    ...section("permissions not checked at", grants.length === 0 ? [] : unchecked),
    ...section(title, needed),
  ];
}

function section(title: string, lines: readonly string[], longest: number = longestList): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...cut(lines, longest).map((line) => `  ${line}`)];
}

function cut(lines: readonly string[], longest: number): readonly string[] {
  if (lines.length <= longest) return lines;
  return [...lines.slice(0, longest), `… and ${lines.length - longest} more (plan --format json has all)`];
}
