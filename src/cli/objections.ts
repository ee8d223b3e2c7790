// What stands against carrying a plan out, looked for in Azure before anything is written: as data, for a command and for the
// library alike. It prints nothing and asks nobody.

import { discover } from "../discovery/discover.ts";
import { replay } from "../execution/replay.ts";
import { isVaultDeletionUnderWay } from "../execution/vault-deletion.ts";
import type { Objection } from "../model/objection.ts";
import type { Plan } from "../model/plan.ts";
import { comparePermissions } from "../planning/permissions.ts";
import { driftFrom } from "../safety/drift.ts";
import { blockersFromGaps } from "../safety/gaps.ts";
import { driftOfRun } from "./drift-of-run.ts";
import { readGrants } from "./read-grants.ts";
import type { KnownRun } from "./stored-runs.ts";
import { readerFor } from "./vault-by-id.ts";
import type { Session } from "./wire.ts";

/** Of a plan that was made earlier: undefined where it can be carried out as it stands. Throws AzureError. */
export async function objectionTo(session: Session, plan: Plan): Promise<Objection | undefined> {
  const reader = readerFor(session, plan);
  const inventory = await discover(reader, session.clock, plan.inventory);
  if ((await reader.vault()) === undefined) return { code: "nothing-to-do" };
  if (inventory.gaps.length > 0) return { code: "incomparable", blockers: blockersFromGaps(inventory.gaps) };
  const differences = driftFrom(plan, inventory.resources);
  if (differences.length > 0) return { code: "drifted", differences };
  const { blockers } = comparePermissions(plan.steps, plan.vault, await readGrants(reader, plan));
  if (plan.blockers.length > 0) return { code: "blocked", blockers: plan.blockers };
  return blockers.length > 0 ? { code: "not-allowed", blockers } : undefined;
}

/** The same of a run that was left unfinished: what it did itself is no difference, nor is a vault that has gone. */
export async function objectionToContinuing(session: Session, unfinished: KnownRun): Promise<Objection | undefined> {
  const { plan, journal } = unfinished;
  // A vault that was sent to be deleted dies while it is looked at: only its absence says anything.
  if (isVaultDeletionUnderWay(plan, journal.events)) return undefined;
  const reader = readerFor(session, plan);
  const inventory = await discover(reader, session.clock, plan.inventory);
  if ((await reader.vault()) === undefined) return undefined;
  if (inventory.gaps.length > 0) return { code: "incomparable", blockers: blockersFromGaps(inventory.gaps) };
  const differences = driftOfRun(plan, replay(plan.steps, journal.events), inventory.resources);
  return differences.length > 0 ? { code: "drifted", differences } : undefined;
}
