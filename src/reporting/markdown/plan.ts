// A plan as sections of Markdown: for those who review it in a pull request.

import { vaultWords } from "../../model/arm-id.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { Plan } from "../../model/plan.ts";
import type { Recovery } from "../../model/recovery.ts";
import { shellPath } from "../../model/shell-word.ts";
import type { Step } from "../../model/step.ts";
import { inventoryLines } from "../inventory-text.ts";
import { lossSections } from "../losses.ts";
import { mermaidWithin } from "../mermaid.ts";
import { expectedOutcomeText, stepCountsText, stepMarks, strategyText } from "../outcome-words.ts";
import { permissionSections } from "../permissions-text.ts";
import { planNames, type PlanNames } from "../plan-names.ts";
import { afterwardsText, byHandLines, recoverWords, recoveryDatesText, recoveryWhatText } from "../recovery-text.ts";
import { remainsLines } from "../remains.ts";
import { counted, day } from "../words.ts";
import { code, commandBlock, fenced, markup, prose, type Markdown } from "./escape.ts";
import { explainItem, folding, item, items, listSection, subitem, textSection } from "./lists.ts";
import type { Section } from "./sections.ts";

/** What must not be overlooked is folded later than other lists. */
const longestMarked = 30;

/** A picture with more arrows than this says less than the list of steps. */
const mostArrows = 60;

export function planHeadline(plan: Plan): string {
  return plan.recovery === undefined
    ? `teardown of ${plan.vault.name}: ${expectedOutcomeText(plan)}`
    : `recovery of ${plan.vault.name}: ${expectedOutcomeText(plan)}`;
}

/** What the plan is about, what it comes to, and the command that carries it out. */
export function planFacts(plan: Plan): Markdown {
  return [...(plan.recovery === undefined ? teardownFacts(plan) : recoveryFacts(plan)), "", howToApply(plan)].join(
    "\n",
  ) as Markdown;
}

function teardownFacts(plan: Plan): readonly Markdown[] {
  const { expectedOutcome, consents, steps } = plan;
  return [
    ...vaultFacts(plan),
    ...(expectedOutcome.assumption === undefined ? [] : [item(markup`assumed: ${prose(expectedOutcome.assumption)}`)]),
    item(markup`strategy: ${prose(strategyText(plan))}`),
    item(markup`${prose(counted(steps.length, "step"))}: ${prose(stepCountsText(plan))}`),
    ...(consents.length === 0 ? [] : [item(markup`allowed: ${code(consents.join(", "))}`)]),
  ];
}

function recoveryFacts(plan: Plan): readonly Markdown[] {
  const { recovery, steps } = plan;
  if (recovery === undefined) return [];
  const { deletedVault } = recovery;
  return [
    ...vaultFacts(plan),
    item(markup`brings back: ${prose(recoveryWhatText(recovery))}`),
    ...(deletedVault === undefined ? [] : [item(markup`deleted vault: ${code(deletedVault.id)}`)]),
    ...recoveryDatesText(recovery).map((line) => item(prose(line))),
    item(markup`${prose(counted(steps.length, "step"))}; nothing is deleted or weakened`),
  ];
}

function vaultFacts({ vault, id, tool, createdAt }: Plan): readonly Markdown[] {
  const kind = prose(vaultWords[vault.kind]);
  return [
    item(markup`vault: ${code(vault.name)} in ${prose(vault.location)}, a ${kind}`),
    item(markup`id: ${code(vault.id)}`),
    item(markup`plan: ${code(id)}, made at ${code(createdAt)} by ${code(tool)}`),
  ];
}

function howToApply(plan: Plan): Markdown {
  if (plan.blockers.length > 0)
    return prose("Nothing can be carried out as it stands: settle what blocks it, then make a new plan.");
  if (plan.steps.length === 0) return prose("There is nothing to carry out.");
  if (plan.recovery !== undefined) {
    const command = `vault-teardown ${recoverWords(plan)} --confirm ${shellPath(plan.vault.name)}`;
    return markup`To carry it out (it is planned anew, and shown, first):\n\n${commandBlock(command)}`;
  }
  const command = `vault-teardown apply plan.json --confirm ${plan.id}`;
  return markup`To carry out exactly this plan, saved with ${code("--out plan.json")}:\n\n${commandBlock(command)}`;
}

/** In the order in which they are read; the rank says which get room first. */
export function planSections(plan: Plan): readonly Section[] {
  const names = planNames(plan);
  const { recovery } = plan;
  const warnings = [...(recovery?.remarks ?? []), ...plan.warnings];
  return [
    blockerSection(plan.blockers),
    listSection({ title: "warnings", lines: warnings }, 5),
    ...(recovery === undefined ? teardownSections(plan, names) : []),
    stepsSection(plan, names),
    pictureSection(plan),
    ...(recovery === undefined
      ? [inventorySection(plan, names)]
      : [textSection({ title: "afterwards", lines: afterwardsText(plan) }, 6), byHandSection(recovery)]),
    ...permissionParts(plan.permissions),
  ];
}

/** What is missing and what was not checked, before what is needed. */
function permissionParts(permissions: Plan["permissions"]): readonly Section[] {
  const [lacking, unchecked, needed] = permissionSections(permissions);
  return [
    ...(lacking === undefined ? [] : [listSection(lacking, 2)]),
    ...(unchecked === undefined ? [] : [listSection(unchecked, 9)]),
    ...(needed === undefined ? [] : [listSection(needed, 11, { folded: true })]),
  ];
}

function teardownSections(plan: Plan, names: PlanNames): readonly Section[] {
  return [
    markedSection(plan, names),
    ...lossSections(plan.inventory, names).map((section, at) => listSection(section, 3 + at, { count: section.count })),
    undoSection(plan),
    listSection({ title: "remains afterwards", lines: remainsLines(plan.remains, names) }, 7, {
      count: plan.remains.length,
    }),
  ];
}

/** What no API brings back, and what a person does about it. */
export function byHandSection({ byHand }: Recovery): Section {
  const lines = byHandLines(byHand);
  return listSection({ title: "not brought back", lines }, 4, { count: byHand.length });
}

/** Never folded: it is what a person must do. */
export function blockerSection(blockers: readonly Blocker[]): Section {
  const entries = blockers.map(({ code: named, reason, subject, fix, who, until }) => () => {
    const lines = [
      item(markup`**${code(named)}** ${prose(reason)}`),
      subitem(markup`about: ${code(subject)}`),
      subitem(markup`to do: ${prose(fix)}`),
      ...explainItem(named),
      subitem(markup`who: ${prose(who)}`),
      ...(until === undefined ? [] : [subitem(markup`not before: ${code(until)}`)]),
    ];
    return lines.join("\n") as Markdown;
  });
  return { title: "blocked by", entries, count: entries.length, rank: 0 };
}

/** What a reviewer must not overlook, apart from the list in which it would be overlooked. */
function markedSection({ steps }: Plan, names: PlanNames): Section {
  const marked = steps.filter(({ irreversible, weakens }) => irreversible || weakens !== undefined);
  const entries = marked.map((step) => () => item(stepLine(step, names.ofStep(step))));
  return { title: "cannot be undone, or weakens a protection", entries, rank: 1, ...folding(entries, longestMarked) };
}

function stepLine(step: Step, name: string): Markdown {
  const marks = stepMarks(step).map((mark) => markMarkdown(mark));
  const id = markup`${code(step.id)} ${code(name)}`;
  return marks.length === 0 ? id : (`${id}: ${marks.join("; ")}` as Markdown);
}

/** The word in capitals stands out. */
function markMarkdown(mark: string): Markdown {
  const [, capitals = "", rest = ""] = /^([A-Z]{2,}:?)? ?(.*)$/s.exec(mark) ?? [];
  if (capitals === "") return prose(rest);
  return rest === "" ? (`**${capitals}**` as Markdown) : (`**${capitals}** ${prose(rest)}` as Markdown);
}

function stepsSection({ steps }: Plan, names: PlanNames): Section {
  const entries = [...Map.groupBy(steps, ({ action }) => action)].flatMap(([action, same]) => [
    () => item(markup`**${prose(action)}** (${same.length})`),
    ...[...Map.groupBy(same, ({ reason }) => reason)].flatMap(([reason, alike]) => [
      () => subitem(markup`because ${prose(reason)}`),
      ...alike.map((step) => () => subitem(stepLine(step, names.ofStep(step)), 2)),
    ]),
  ]);
  return { title: "steps, by what they do", entries, count: steps.length, rank: 8, folded: true };
}

function inventorySection({ inventory }: Plan, names: PlanNames): Section {
  const standing = inventory.filter(({ kind }) => kind !== "leftover").length;
  const lines = inventoryLines(inventory, names, Infinity);
  return listSection({ title: "stands in the vault", lines }, 12, { count: standing });
}

function pictureSection(plan: Plan): Section {
  const limit = { nodes: mostArrows, edges: mostArrows };
  const entries = plan.steps.length === 0 ? [] : [() => fenced("mermaid", mermaidWithin(plan, limit).trimEnd())];
  return { title: "steps, by what must go first", entries, rank: 10, folded: true, blocks: true };
}

function undoSection({ steps, inventory, expectedOutcome }: Plan): Section {
  const irreversible = steps.filter((step) => step.irreversible).length;
  const returning = inventory.some((entry) => "loss" in entry && entry.loss?.fate === "soft-deleted");
  const { kind, until } = expectedOutcome;
  const how = markup`${code("vault-teardown recover --run <run>")}; the report of the run has the whole command`;
  const when = until === undefined ? "" : `, until about ${day(until)}`;
  const back =
    kind === "soft-deleted"
      ? markup`${prose(`the vault and what is soft-deleted in it${when}`)}: ${how}`
      : returning
        ? markup`what is soft-deleted: ${how}`
        : prose("nothing of the vault comes back");
  const locks = steps.some(({ undoes }) => undoes !== undefined)
    ? ["locks: put back by the run itself where what they protect stays, also after a failure or a stop"]
    : [];
  const gone = irreversible === 0 ? [] : [`what irreversible steps take away (${irreversible}) does not come back`];
  return { title: "how to undo", entries: [() => item(back), ...items([...locks, ...gone])], rank: 6 };
}
