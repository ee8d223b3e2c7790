// Three readings that a vault is gone: its own address, the list of its group, the deleted vaults. What one cannot show is said.

import { AzureError } from "../model/azure-error.ts";
import { ancestor, idKey, vaultTypes } from "../model/arm-id.ts";
import { deletedVaultEntry, type DeletedVaultEntry } from "../dependencies/deleted-vault-entry.ts";
import { lacksDeletedVaults } from "../model/deleted.ts";
import type { Outcome } from "../model/event.ts";
import type { ArmResource } from "../model/ports.ts";
import { pause, Unproved, type Engine } from "./engine.ts";
import { refusalOf } from "./look.ts";

/** The list of the group lagged behind a deletion for minutes (field report: azure-rest-api-specs 38962). */
const groupListDelaysSeconds: readonly number[] = [5, 10, 20, 30, 60, 60, 60, 60, 120, 120];

/** When to look again at a list that still shows the vault. */
const lookAgainSeconds = 600;

/** The entry of a deleted vault appeared within 11 s of the deletion (recorded); it is waited for a little longer. */
const deletedVaultDelaysSeconds: readonly number[] = [5, 10, 20, 30];

/**
 * Returns the evidence that the vault is gone, and concludes the run with what became of it. Throws Unproved while its
 * address or the list of its group still shows it; a reading that Azure refuses proves nothing and says so.
 */
export async function proveAbsence(engine: Engine): Promise<string> {
  const gone = await readAddress(engine);
  const list = await readGroupList(engine);
  const outcome = outcomeFrom(engine, [gone, list], await readDeletedVaults(engine));
  engine.conclude(outcome);
  return [...outcome.evidence, ...outcome.notShown.map((line) => `not shown: ${line}`)].join("; ");
}

type Reading = { readonly shown: string } | { readonly notShown: string };

async function readAddress(engine: Engine): Promise<Reading> {
  if ((await engine.reader.vault()) === undefined) return { shown: "GET of the vault answers 404" };
  throw new Unproved({
    disposition: "failed",
    code: "VaultStillThere",
    message: "Azure Resource Manager still answers for the vault",
    remedy: "run the same command again in some minutes",
  });
}

/** While the list has the vault, deleting its group fails: gone is gone from there as well. */
async function readGroupList(engine: Engine): Promise<Reading> {
  const group = ancestor(engine.plan.vault.id, "resourceGroups") ?? engine.plan.vault.id;
  const what = `the resource list of ${group}`;
  for (const delay of [...groupListDelaysSeconds, undefined]) {
    try {
      const listed = await engine.reader.resourcesOfType(group, vaultTypes[engine.plan.vault.kind]);
      if (!listed.some(({ id }) => idKey(id) === idKey(engine.plan.vault.id)))
        return { shown: `${what} no longer has it` };
    } catch (error) {
      if (isGroupGone(error)) return { shown: `its resource group ${group} is gone` };
      return { notShown: `${what}: ${refusalOf(engine, error)}` };
    }
    if (delay !== undefined) await pause(engine, delay);
  }
  throw new Unproved({
    disposition: "waiting",
    code: "VaultStillListed",
    message: `GET of the vault answers 404, but ${what} still shows it`,
    remedy: "nothing is to be deleted any more: run the same command again, it only looks; leave the group until then",
    retryAfterSeconds: lookAgainSeconds,
  });
}

function isGroupGone(error: unknown): boolean {
  return error instanceof AzureError && error.status === 404 && error.code === "ResourceGroupNotFound";
}

type DeletedVaults =
  | { readonly kind: "listed"; readonly entry: DeletedVaultEntry }
  | { readonly kind: "not-listed" }
  | { readonly kind: "unreadable"; readonly why: string };

/** The newest entry of a deleted vault with this id; waited for only where one is expected. */
async function readDeletedVaults(engine: Engine): Promise<DeletedVaults> {
  const delays = engine.plan.expectedOutcome.kind === "soft-deleted" ? deletedVaultDelaysSeconds : [];
  for (const delay of [...delays, undefined]) {
    try {
      const entry = newestOf(await engine.reader.deletedVaults(engine.plan.vault.location), engine);
      if (entry !== undefined) return { kind: "listed", entry };
    } catch (error) {
      const why = refusalOf(engine, error);
      const lacks = error instanceof AzureError && lacksDeletedVaults(error);
      return { kind: "unreadable", why: lacks ? `the location has no such list (${why})` : why };
    }
    if (delay !== undefined) await pause(engine, delay);
  }
  return { kind: "not-listed" };
}

/** Several deleted vaults may share one id (recorded): only one deleted since this run began is ours. */
function newestOf(listed: readonly ArmResource[], engine: Engine): DeletedVaultEntry | undefined {
  const key = idKey(engine.plan.vault.id);
  const since = engine.vaultDeletedSince();
  const time = ({ deletedAt }: DeletedVaultEntry): number => Date.parse(deletedAt ?? "");
  return listed
    .map(deletedVaultEntry)
    .filter((entry) => idKey(entry.vaultId) === key && time(entry) >= since)
    .toSorted((a, b) => time(b) - time(a))[0];
}

function outcomeFrom(engine: Engine, readings: readonly Reading[], deleted: DeletedVaults): Outcome {
  const { strategy, vault, expectedOutcome } = engine.plan;
  const where = `deleted vaults of ${vault.location}`;
  const evidence = readings.flatMap((reading) => ("shown" in reading ? [reading.shown] : []));
  const notShown = readings.flatMap((reading) => ("notShown" in reading ? [reading.notShown] : []));
  const forGood = strategy === "purge" ? "purged" : "absent";
  switch (deleted.kind) {
    case "listed": {
      const { purgeAt: until, heldNothing } = deleted.entry;
      if (heldNothing)
        return { kind: forGood, evidence: [...evidence, `${where} name it, with nothing to recover`], notShown };
      const known = until === undefined ? {} : { until };
      const said = `${where} name it, ${until === undefined ? "without a purge date" : `purged at ${until}`}`;
      return { kind: "soft-deleted", ...known, evidence: [...evidence, said], notShown };
    }
    case "not-listed": {
      const said = `${where} do not name it`;
      if (expectedOutcome.kind !== "soft-deleted") return { kind: forGood, evidence: [...evidence, said], notShown };
      return { kind: forGood, evidence, notShown: [...notShown, `until when it is recoverable: ${said}`] };
    }
    case "unreadable":
      return { kind: "absent", evidence, notShown: [...notShown, `${where}: ${deleted.why}`] };
    default:
      return deleted satisfies never;
  }
}
