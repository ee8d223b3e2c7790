// The last three steps: is anything left, is the vault gone, and what became of it. Reads only.

import { AzureError } from "../model/azure-error.ts";
import { idKey } from "../model/arm-id.ts";
import type { Failure, Outcome } from "../model/event.ts";
import type { ArmResource } from "../model/ports.ts";
import type { Step } from "../model/step.ts";
import { pause, Stopped, Unproved, type Engine } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";

/** Lists lag behind deletions by minutes (field report): a vault that does not look empty is looked at again. */
const recheckDelaysSeconds: readonly number[] = [15, 30, 60, 60, 60];

/** The entry of a deleted vault appeared within 11 s of the deletion (recorded); it is waited for a little longer. */
const deletedVaultDelaysSeconds: readonly number[] = [5, 10, 20, 30];

/** Returns the evidence that nothing stands in the way; throws Unproved naming everything that does. */
export async function recheckVault(engine: Engine): Promise<string> {
  for (const delay of [...recheckDelaysSeconds, undefined]) {
    const standing = await engine.recheck();
    if (engine.signal.aborted) throw new Stopped();
    if (standing.length === 0) return "listed again in full: nothing is left that must go before the vault";
    if (delay !== undefined) {
      await pause(engine, delay);
      continue;
    }
    throw new Unproved({
      disposition: "blocked",
      code: "VaultNotEmpty",
      message: standing.map((blocker) => `${blocker.reason} (${blocker.subject})`).join("; "),
      remedy: "nothing that was not planned is deleted: run plan again to see it, then apply the new plan",
    });
  }
  return "";
}

/** Adds the time after which trying again makes sense, to a failure that only has to wait. */
export async function dated(engine: Engine, step: Step, failure: Failure): Promise<Failure> {
  const { retryAfterSeconds, ...rest } = failure;
  if (failure.disposition !== "waiting" || failure.until !== undefined) return rest;
  const purge = step.action === "delete-vault" && retryAfterSeconds === undefined ? await lastPurge(engine) : undefined;
  const soon = retryAfterSeconds === undefined ? undefined : isoAfter(engine, retryAfterSeconds);
  const until = purge ?? soon;
  return until === undefined ? rest : { ...rest, until };
}

function isoAfter(engine: Engine, seconds: number): string {
  return new Date(engine.clock.now() + seconds * 1000).toISOString();
}

/** A vault that waits for its soft-deleted items can go when the last of them is purged. */
async function lastPurge(engine: Engine): Promise<string | undefined> {
  try {
    const items = await engine.listings.fresh("protected-item");
    return items
      .flatMap((item) => item.purgeAt ?? [])
      .toSorted()
      .at(-1);
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
    if (engine.signal.aborted) throw new Stopped();
    return undefined;
  }
}

/** Returns the evidence that the vault is gone, and concludes the run with what became of it. */
export async function proveAbsence(engine: Engine): Promise<string> {
  const answer = await engine.reader.vault();
  if (answer !== undefined)
    throw new Unproved({
      disposition: "failed",
      code: "VaultStillThere",
      message: "Azure Resource Manager still answers for the vault",
      remedy: "run the same command again in some minutes",
    });
  const gone = "GET of the vault answers 404";
  const entry = await deletedVaultEntry(engine);
  const outcome = outcomeFrom(engine, gone, entry);
  engine.conclude(outcome);
  return outcome.evidence.join("; ");
}

type DeletedEntry =
  | { readonly kind: "listed"; readonly entry: ArmResource }
  | { readonly kind: "not-listed" }
  | { readonly kind: "unreadable"; readonly why: string };

/** The newest entry of a deleted vault with this id; waited for only where one is expected. */
async function deletedVaultEntry(engine: Engine): Promise<DeletedEntry> {
  const delays = engine.plan.expectedOutcome.kind === "soft-deleted" ? deletedVaultDelaysSeconds : [];
  for (const delay of [...delays, undefined]) {
    try {
      const listed = await engine.reader.deletedVaults(engine.plan.vault.location);
      const entry = newestOf(listed, engine);
      if (entry !== undefined) return { kind: "listed", entry };
    } catch (error) {
      if (!(error instanceof AzureError) || isSignedOut(error)) throw error;
      if (engine.signal.aborted) throw new Stopped();
      return { kind: "unreadable", why: `${error.code}: ${error.message}` };
    }
    if (delay !== undefined) await pause(engine, delay);
  }
  return { kind: "not-listed" };
}

/** Several deleted vaults may share one id (recorded): only one deleted since this run began is ours. */
function newestOf(listed: readonly ArmResource[], engine: Engine): ArmResource | undefined {
  const key = idKey(engine.plan.vault.id);
  const since = Date.parse(engine.startedAt) - clockSkewMilliseconds;
  return listed
    .filter((entry) => idKey(word(entry, "vaultId")) === key && Date.parse(word(entry, "vaultDeletionTime")) >= since)
    .toSorted((a, b) => Date.parse(word(b, "vaultDeletionTime")) - Date.parse(word(a, "vaultDeletionTime")))[0];
}

/** This machine's clock and the service's may differ by so much. */
const clockSkewMilliseconds = 10 * 60 * 1000;

function outcomeFrom(engine: Engine, gone: string, deleted: DeletedEntry): Outcome {
  switch (deleted.kind) {
    case "listed": {
      const until = word(deleted.entry, "purgeAt");
      const evidence = [gone, `deleted vaults of ${engine.plan.vault.location} name it, purged at ${until}`];
      return { kind: "soft-deleted", ...(until === "" ? {} : { until }), evidence };
    }
    case "not-listed": {
      const evidence = [gone, `deleted vaults of ${engine.plan.vault.location} do not name it`];
      return { kind: engine.plan.strategy === "purge" ? "purged" : "absent", evidence };
    }
    case "unreadable":
      return { kind: "absent", evidence: [gone, `deleted vaults could not be listed: ${deleted.why}`] };
    default:
      return deleted satisfies never;
  }
}

function word(resource: ArmResource, name: string): string {
  const value = resource.properties[name];
  return typeof value === "string" ? value : "";
}
