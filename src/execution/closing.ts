// Before the vault is deleted: is anything left in it. And when to come back to what only has to wait. Reads only.

import { AzureError } from "../model/azure-error.ts";
import type { Failure } from "../model/event.ts";
import type { Step } from "../model/step.ts";
import { pause, Stopped, Unproved, type Engine } from "./engine.ts";
import { planAgain } from "./strangers.ts";

/** Lists lag behind deletions by minutes (field report): a vault that does not look empty is looked at again. */
const recheckDelaysSeconds: readonly number[] = [15, 30, 60, 60, 60];

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
      remedy: planAgain,
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

/** A vault that waits for its soft-deleted data can go when the last of it is purged. */
async function lastPurge({ listings, signal }: Engine): Promise<string | undefined> {
  try {
    const found = await Promise.all([listings.fresh("protected-item"), listings.fresh("backup-instance")]);
    return found
      .flatMap(({ all }): readonly { readonly purgeAt?: string }[] => all)
      .flatMap(({ purgeAt }) => purgeAt ?? [])
      .toSorted()
      .at(-1);
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
    if (signal.aborted) throw new Stopped();
    return undefined;
  }
}
