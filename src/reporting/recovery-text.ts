// The words of a recovery: what is brought back, what is not and what to do about that, and how protection goes on afterwards.

import { segmentAfter, vaultWords } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import type { ByHand, Recovery } from "../model/recovery.ts";
import { shellPath, shellWord } from "../model/shell-word.ts";
import { counted, indented, type Line } from "./words.ts";

/** The first lines of a recovery's plan. */
export function recoveryHead({ vault, id, steps, expectedOutcome }: Plan, recovery: Recovery): readonly string[] {
  const blocked = expectedOutcome.kind === "blocked" ? ", once what blocks it is settled" : "";
  return [
    `vault     ${vault.name} in ${vault.location}${vault.kind === "backup" ? `, a ${vaultWords.backup}` : ""}`,
    `          ${vault.id}`,
    `recovery  ${recoveryWhatText(recovery)}${blocked}`,
    ...(recovery.deletedVault === undefined ? [] : [`deleted   ${recovery.deletedVault.id}`]),
    ...recoveryDatesText(recovery).map((line) => `          ${line}`),
    `steps     ${counted(steps.length, "step")}; nothing is deleted or weakened`,
    `plan      ${id}`,
  ];
}

/** What comes back, in one line. */
export function recoveryWhatText({ run, items, deletedVault, wanted }: Recovery): string {
  const of = run === undefined ? "" : ` that run ${run} soft-deleted`;
  const only = items === undefined ? "" : ` fitting ${items.join(", ")}`;
  const things = wanted.length === 0 ? "" : counted(wanted.length, run === undefined ? "soft-deleted thing" : "thing");
  const vault = deletedVault === undefined ? "" : "the deleted vault";
  return `${[vault, things].filter((part) => part !== "").join(" and ")}${of}${only}`;
}

/** Since when and until when the deleted vault can be brought back; nothing where the vault stands. */
export function recoveryDatesText({ deletedVault }: Recovery): readonly string[] {
  if (deletedVault === undefined) return [];
  const { deletedAt = "an unknown time", purgeAt = "a time Azure does not say" } = deletedVault;
  return [`deleted at ${deletedAt}, purged at ${purgeAt}`];
}

/** The command that makes this recovery's plan again, without the options that say where. */
export function recoverWords({ vault, recovery }: Pick<Plan, "vault" | "recovery">): string {
  const what = recovery?.run === undefined ? ["--vault", vault.name] : ["--run", recovery.run];
  const items = (recovery?.items ?? []).flatMap((pattern) => ["--item", pattern]);
  const words = [...what, ...items].map((word) => (word.startsWith("--") ? word : shellPath(word)));
  return ["recover", ...words].join(" ");
}

const namesShown = 5;

/** What does not come back: two lines for each sort. */
export function byHandLines(byHand: readonly ByHand[]): readonly Line[] {
  return byHand.flatMap(({ what, subjects, todo }): readonly Line[] => {
    const more =
      subjects.length > namesShown ? ` and ${subjects.length - namesShown} more (--format json has all)` : "";
    return [
      { text: `${what}: ${subjects.slice(0, namesShown).join(", ")}${more}` },
      { text: `to do ${todo}`, inner: true },
    ];
  });
}

/** The same as text. */
export function byHandText(byHand: readonly ByHand[]): readonly string[] {
  return indented(byHandLines(byHand));
}

type Ended = { readonly vault: Plan["vault"]; readonly steps: readonly { readonly action: string }[] };

/** How what came back is backed up again: it stands without a policy, and its data is kept until somebody deletes it. */
export function afterwardsText({ vault, steps }: Ended): readonly string[] {
  if (
    !steps.some(
      ({ action }) => action === "undelete-item" || action === "undelete-instance" || action === "undelete-vault",
    )
  )
    return [];
  const where = `--vault-name ${shellWord(vault.name)} --resource-group ${shellWord(segmentAfter(vault.id, "resourceGroups") ?? "")}`;
  const command =
    vault.kind === "backup"
      ? `az dataprotection backup-instance resume-protection ${where} --backup-instance-name <instance>`
      : `az backup protection resume ${where} --container-name <container> --item-name <item> --policy-name <policy>`;
  return [
    "what comes back is stopped, its data kept and billed until somebody deletes it: no backup runs by itself",
    `resume protection of each: ${command}`,
  ];
}
