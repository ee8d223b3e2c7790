// A plan for people: what will be true at the end, what stands in the way, what is done in which order and why.

import { nameOf, vaultWords } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { InventoryEntry, Plan } from "../model/plan.ts";
import type { Recovery } from "../model/recovery.ts";
import type { Action, Step } from "../model/step.ts";
import { lossesText } from "./losses.ts";
import { planNames, type PlanNames } from "./plan-names.ts";
import { afterwardsText, byHandText, recoveryHead } from "./recovery-text.ts";
import { remainsText } from "./remains.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";
import { counted, cut, day } from "./words.ts";

/** Lists longer than this are cut in text. */
const longestList = 25;

export function planText(plan: Plan): TerminalText {
  const names = planNames(plan);
  if (plan.recovery !== undefined) return recoveryText(plan, plan.recovery, names);
  return terminalText([
    ...planHead(plan),
    ...blockersText(plan.blockers),
    ...section("warnings", plan.warnings),
    ...lossesText(plan.inventory, names),
    "",
    "what stands in the vault",
    ...inventoryText(plan.inventory, names),
    ...stepsText(plan, names),
    ...section("remains afterwards", remainsText(plan.remains, names)),
    ...permissionsText(plan.permissions),
  ]);
}

function recoveryText(plan: Plan, recovery: Recovery, names: PlanNames): TerminalText {
  return terminalText([
    ...recoveryHead(plan, recovery),
    ...blockersText(plan.blockers),
    ...section("warnings", [...recovery.remarks, ...plan.warnings]),
    ...stepsText(plan, names),
    ...section("afterwards", afterwardsText(plan)),
    ...section("not brought back", byHandText(recovery.byHand)),
    ...permissionsText(plan.permissions),
  ]);
}

/** The first lines of a teardown's plan: each a label of ten columns and what is said of it. */
export function planHead(plan: Plan): readonly string[] {
  const { vault } = plan;
  const irreversible = plan.steps.filter((step) => step.irreversible).length;
  const weakening = plan.steps.filter((step) => step.weakens !== undefined).length;
  return [
    `vault     ${vault.name} in ${vault.location}${vault.kind === "backup" ? `, a ${vaultWords.backup}` : ""}`,
    `          ${vault.id}`,
    `outcome   ${outcomeText(plan)}`,
    ...(plan.expectedOutcome.assumption === undefined ? [] : [`assumed   ${plan.expectedOutcome.assumption}`]),
    `strategy  ${strategyText(plan)}`,
    `steps     ${plan.steps.length}: ${irreversible} irreversible, ${weakening} weakening a protection`,
    `plan      ${plan.id}`,
  ];
}

/** What will be true of the vault at the end, in one sentence. */
export function outcomeText({ expectedOutcome: { kind, until }, blockers }: Plan): string {
  switch (kind) {
    case "soft-deleted":
      return until === undefined
        ? "soft-deleted: gone from Azure Resource Manager, recoverable until a time Azure does not say"
        : `soft-deleted: gone from Azure Resource Manager, recoverable until about ${day(until)}`;
    case "purged":
      return "purged: gone with all its data, for good";
    case "absent":
      return "absent: gone from Azure Resource Manager";
    case "recovered":
      return "recovered: it stands, with everything named below";
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
    `${blocker.code}: ${blocker.reason}`,
    `  about ${blocker.subject}`,
    `  to do ${blocker.fix}`,
    `  who   ${blocker.who}${blocker.until === undefined ? "" : `, not before ${day(blocker.until)}`}`,
  ]);
  return section("blocked by", lines);
}

/** Without leftovers: they stand outside the vault, and are told of with what remains. */
function inventoryText(inventory: readonly InventoryEntry[], names: PlanNames): readonly string[] {
  const standing = inventory.filter((entry) => entry.kind !== "leftover");
  const lines: string[] = [];
  for (const [kind, entries] of Map.groupBy(standing, (entry) => entry.kind)) {
    lines.push(`  ${kind} (${entries.length})`);
    const shown = cut(entries, longestList, (entry) => entryText(entry, names.ofEntry(entry)));
    lines.push(...shown.map((line) => `    ${line}`));
  }
  return lines;
}

function entryText(entry: InventoryEntry, name: string): string {
  const type = typeOf(entry);
  const note = entry.note === undefined ? "" : `: ${entry.note}`;
  return `${name}${type === undefined ? "" : ` ${type}`}, ${stateOf(entry)}${note}`;
}

/** Its state in Azure's word, and until when it is kept where it is soft-deleted. */
export function stateOf(entry: InventoryEntry): string {
  const softDeleted = entry.kind === "protected-item" && entry.softDeleted ? ", soft-deleted" : "";
  const until = "purgeAt" in entry && entry.purgeAt !== undefined ? ` until ${day(entry.purgeAt)}` : "";
  return `${entry.state}${softDeleted}${until}`;
}

/** What sort of backup data it is; undefined of anything else. */
export function typeOf(entry: InventoryEntry): string | undefined {
  if (entry.kind === "protected-item") return entry.workload;
  return entry.kind === "backup-instance" ? entry.datasourceType : undefined;
}

function stepsText(plan: Plan, names: PlanNames): readonly string[] {
  if (plan.steps.length === 0) return [];
  const lines = ["", "steps, in order; independent ones run side by side"];
  for (const [action, steps] of Map.groupBy(plan.steps, (step) => step.action))
    lines.push(...actionText(action, steps, names));
  return lines;
}

/** One action with its reasons; steps that share a reason share its line. */
function actionText(action: Action, steps: readonly Step[], names: PlanNames): readonly string[] {
  const lines = [`  ${action} (${steps.length})`];
  for (const [reason, same] of Map.groupBy(steps, (step) => step.reason)) {
    lines.push(`    because ${reason}`);
    const shown = cut(same, longestList, (step) => stepText(step, names.ofStep(step)));
    lines.push(...shown.map((line) => `      ${line}`));
  }
  return lines;
}

function stepText(step: Step, name: string): string {
  const marks = stepMarks(step);
  return `${step.id}  ${name}${marks.length === 0 ? "" : `  [${marks.join("; ")}]`}`;
}

/** What a person should know of a step beside what it does. */
export function stepMarks(step: Step): readonly string[] {
  return [
    step.irreversible ? "IRREVERSIBLE" : undefined,
    step.weakens === undefined ? undefined : `WEAKENS: ${step.weakens}`,
    step.consent === undefined ? undefined : `allowed by --allow ${step.consent}`,
    step.guarded === undefined ? undefined : `guarded by ${nameOf(step.guarded.guard)}`,
    step.undoes === undefined ? undefined : `undoes ${step.undoes}, also after a failure or a stop`,
  ].filter((mark) => mark !== undefined);
}

/** What is missing comes first; what was not checked is named, so that nobody takes silence for a yes. */
function permissionsText({ needed, missing, checked, byScope, grants }: Plan["permissions"]): readonly string[] {
  const lacking = byScope.flatMap((entry) => entry.missing.map((action) => `${action} at ${entry.scope}`));
  const unchecked = byScope.filter((entry) => !entry.checked).map((entry) => entry.scope);
  const title = checked
    ? `permissions the steps need, on top of Reader (checked: you ${missing.length === 0 ? "have them all" : "lack some"})`
    : "permissions the steps need, on top of Reader (not checked against your account)";
  return [
    ...section("permissions you lack", lacking),
    ...section("permissions not checked at", grants.length === 0 ? [] : unchecked),
    ...section(title, needed),
  ];
}

/** Never cut: what a person must read, or an auditor compares, is complete. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}
