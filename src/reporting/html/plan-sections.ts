// What a page tells of a plan beside its graph and its items: outcome, blockers, losses, what remains, permissions. The words are the text form's.

import { isBackupData } from "../../model/resource.ts";
import { vaultWords } from "../../model/arm-id.ts";
import type { Plan } from "../../model/plan.ts";
import { lossesText } from "../losses.ts";
import { planNames } from "../plan-names.ts";
import { expectedOutcomeText } from "../outcome-words.ts";
import { planHead } from "../plan-text.ts";
import { afterwardsText, byHandText, recoveryHead } from "../recovery-text.ts";
import { remainsText } from "../remains.ts";
import { counted } from "../words.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import { labelled, outline } from "./outline.ts";
import {
  blockerCards,
  command,
  inTwo,
  list,
  noSection,
  section,
  verbatim,
  verdict,
  type Section,
  type Tone,
} from "./parts.ts";

export function vaultHeading({ vault }: Pick<Plan, "vault">, eyebrow: string): Html {
  return markup`<p class="eyebrow">${eyebrow}</p>
    <h1>${vault.name}</h1>
    <p class="where">${vaultWords[vault.kind]} in ${vault.location}</p>`;
}

export function planTitle({ recovery }: Plan): string {
  return recovery === undefined ? "Plan of a teardown" : "Plan of a recovery";
}

const tones: Readonly<Record<Plan["expectedOutcome"]["kind"], Tone>> = {
  absent: "calm",
  "soft-deleted": "calm",
  purged: "bad",
  recovered: "good",
  blocked: "bad",
  waiting: "wait",
};

export function planVerdict(plan: Plan): Html {
  const [word, rest] = inTwo(expectedOutcomeText(plan));
  return markup`${verdict(tones[plan.expectedOutcome.kind], word, rest)}${figures(plan)}`;
}

/** The numbers a person asks for first. */
function figures({ steps, inventory, blockers }: Plan): Html {
  const lost = inventory.filter((entry) => isBackupData(entry) && entry.loss?.fate === "destroyed").length;
  const told: readonly (readonly [number, string, string])[] = [
    [steps.length, steps.length === 1 ? "step" : "steps", ""],
    [steps.filter(({ irreversible }) => irreversible).length, "irreversible", "bad"],
    [steps.filter(({ weakens }) => weakens !== undefined).length, "weaken a protection", "wait"],
    [lost, "lost for good", "bad"],
    [blockers.length, blockers.length === 1 ? "blocker" : "blockers", "bad"],
  ];
  return markup`<ul class="figures">
    ${told.map(([n, what, tone]) => markup`<li class="${n === 0 ? "none" : tone}"><strong>${n}</strong> ${what}</li>`)}
  </ul>`;
}

export function planFacts(plan: Plan): Section {
  const head = plan.recovery === undefined ? planHead(plan) : recoveryHead(plan, plan.recovery);
  return section("plan", "The plan", markup`${labelled([...head, `made      ${plan.createdAt} by ${plan.tool}`])}`);
}

const wayBack = markup`<p>What it soft-deletes comes back with <code>vault-teardown recover --run &lt;run&gt;</code>; the report of the run names its own command, and until when it works.</p>`;

/** How a plan that can be carried out is; nothing of another. */
export function howToConfirm(plan: Plan): Section {
  if (plan.expectedOutcome.kind === "blocked" || plan.expectedOutcome.kind === "waiting") return noSection;
  if (plan.recovery !== undefined) return noSection;
  const undoing =
    plan.strategy === "soft" &&
    plan.inventory.some((entry) => isBackupData(entry) && entry.loss?.fate === "soft-deleted");
  return section(
    "confirm",
    "How to carry it out",
    markup`<p>
        With this plan saved as plan.json by <code>plan --out plan.json</code>; a file that was changed is refused:
      </p>
      ${command(`vault-teardown apply plan.json --confirm ${plan.id}`)}
      ${undoing ? wayBack : nothing}`,
  );
}

export function blockersSection({ blockers }: Pick<Plan, "blockers">): Section {
  return section("blockers", `Blocked by ${counted(blockers.length, "thing")}`, blockerCards(blockers), "urgent");
}

export function warningsSection({ warnings, recovery }: Plan): Section {
  return section("warnings", "Warnings", list([...(recovery?.remarks ?? []), ...warnings]));
}

export function lossesSection(plan: Plan): Section {
  if (plan.recovery !== undefined) return noSection;
  return section("losses", "What becomes of the backup data", outline(lossesText(plan.inventory, planNames(plan))));
}

/** What the vault leaves behind. */
export function remainsSection(plan: Plan): Section {
  if (plan.recovery !== undefined) return noSection;
  return section("remains", "What remains afterwards", outline(remainsText(plan.remains, planNames(plan))));
}

/** Of a recovery: how what comes back is protected again. */
export function afterwardsSection(plan: Plan): Section {
  return plan.recovery === undefined ? noSection : section("afterwards", "Afterwards", list(afterwardsText(plan)));
}

/** Of a recovery: what no API brings back. */
export function byHandSection({ recovery }: Pick<Plan, "recovery">): Section {
  return section("by-hand", "Not brought back", outline(byHandText(recovery?.byHand ?? [])));
}

export function permissionsSection({ permissions }: Plan): Section {
  const { needed, missing, checked, byScope, role } = permissions;
  if (needed.length === 0) return noSection;
  const state = checked
    ? missing.length === 0
      ? "checked: you have them all"
      : `checked: you lack ${missing.length}`
    : "not checked against your account";
  const scopes = byScope.map(scopeMarkup);
  return section(
    "permissions",
    "Permissions the steps need",
    markup`<p>On top of Reader; ${state}.</p>
      ${scopes.length === 0 ? list(needed) : scopes}
      <details>
        <summary>As a custom role, for az role definition create</summary>
        ${verbatim(JSON.stringify(role, undefined, 2).split("\n"))}
      </details>`,
  );
}

function scopeMarkup({ scope, needed, missing, checked }: Plan["permissions"]["byScope"][number]): Html {
  const state = checked ? (missing.length === 0 ? "all there" : `${missing.length} missing`) : "not checked";
  const lacks = (action: string): Html =>
    missing.includes(action) ? markup` <span class="mark irreversible">missing</span>` : nothing;
  return markup`<details>
    <summary><span class="id">${scope}</span>: ${needed.length} needed, ${state}</summary>
    <ul class="lines">${needed.map((action) => markup`<li><code>${action}</code>${lacks(action)}</li>`)}</ul>
  </details>`;
}
