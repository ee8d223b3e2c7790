// A plan for people: what will be true at the end, what stands in the way, what is done in which order and why.

import { explainCommands } from "../explanations/explain-command.ts";
import { vaultWords } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Plan } from "../model/plan.ts";
import type { Recovery } from "../model/recovery.ts";
import type { Action, Step } from "../model/step.ts";
import { inventoryLines } from "./inventory-text.ts";
import { lossesText } from "./losses.ts";
import { expectedOutcomeText, stepCountsText, stepMarks, strategyText } from "./outcome-words.ts";
import { permissionSections } from "./permissions-text.ts";
import { planNames, type PlanNames } from "./plan-names.ts";
import { afterwardsText, byHandText, recoveryHead } from "./recovery-text.ts";
import { remainsText } from "./remains.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";
import { cut, day, indented } from "./words.ts";

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
    ...indented(inventoryLines(plan.inventory, names, longestList)).map((line) => `  ${line}`),
    ...stepsText(plan, names),
    ...section("remains afterwards", remainsText(plan.remains, names)),
    ...permissionSections(plan.permissions).flatMap(({ title, lines }) => section(title, lines)),
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
    ...permissionSections(plan.permissions).flatMap(({ title, lines }) => section(title, lines)),
  ]);
}

/** The first lines of a teardown's plan: each a label of ten columns and what is said of it. */
export function planHead(plan: Plan): readonly string[] {
  const { vault } = plan;
  return [
    `vault     ${vault.name} in ${vault.location}${vault.kind === "backup" ? `, a ${vaultWords.backup}` : ""}`,
    `          ${vault.id}`,
    `outcome   ${expectedOutcomeText(plan)}`,
    ...(plan.expectedOutcome.assumption === undefined ? [] : [`assumed   ${plan.expectedOutcome.assumption}`]),
    `strategy  ${strategyText(plan)}`,
    `steps     ${plan.steps.length}: ${stepCountsText(plan)}`,
    `plan      ${plan.id}`,
  ];
}

function blockersText(blockers: readonly Blocker[]): readonly string[] {
  const lines = blockers.flatMap((blocker) => [
    `${blocker.code}: ${blocker.reason}`,
    `  about ${blocker.subject}`,
    `  to do ${blocker.fix}`,
    `  who   ${blocker.who}${blocker.until === undefined ? "" : `, not before ${day(blocker.until)}`}`,
  ]);
  const more = explainCommands(blockers.map(({ code }) => code)).map((command) => `explain ${command}`);
  return section("blocked by", [...lines, ...more]);
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

/** Never cut: what a person must read, or an auditor compares, is complete. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}
