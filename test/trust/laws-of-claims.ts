// The laws of claims: what a run says it has done is what the world shows, at the moment it says so and when it ends.

import type { WorldBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import { text } from "../../src/emulator/json.ts";
import type { World } from "../../src/emulator/world.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Action, Step } from "../../src/model/step.ts";
import {
  backupSecurityIn,
  backupVaultIn,
  connectionsOf,
  isSoftDeleted,
  itemAt,
  keepingAlive,
  lastOf,
  locksOfPeople,
  replicationIn,
  same,
  securityIn,
  vaultIn,
} from "./standing.ts";
import type { Told } from "./story.ts";

/** What is broken, in words; empty when all hold. */
export function brokenByClaims(told: Told): readonly string[] {
  return told.moments.flatMap((moment) => {
    if (moment.kind !== "event" || moment.event.type !== "step-verified" || moment.world === undefined) return [];
    const { event, life, world } = moment;
    const step = life.plan.steps.find(({ id }) => id === event.step);
    if (step === undefined) return [`${event.step} is verified, and is no step of the plan`];
    const found = against(step, life.plan, told.story.world, world);
    return found === undefined ? [] : [`${step.id} is verified ("${event.evidence}"), but ${found}`];
  });
}

/** What in the world contradicts that the step is done; undefined when nothing does. */
export function against(step: Step, plan: Plan, first: World, world: World): string | undefined {
  if (step.kind === "lock") return againstLock(step, first, world);
  if (step.kind === "private-endpoint") return stands(world.privateEndpoints.some(({ id }) => same(id, step.target)));
  const backup = backupVaultIn(world, plan.vault.id);
  if (backup !== undefined) return againstInBackupVault(step, plan, backup, world);
  const vault = vaultIn(world, plan.vault.id);
  if (vault === undefined) return undefined;
  const below = step.target.slice(plan.vault.id.length + 1);
  const item = itemAt(vault, step.target);
  switch (step.action) {
    case "delete-item":
      return stands(item !== undefined && (plan.strategy === "purge" || !isSoftDeleted(item)));
    case "undelete-item":
      return item !== undefined && isSoftDeleted(item) ? "it is soft-deleted" : undefined;
    case "unregister-container":
    case "unregister-server": {
      const name = lastOf(step.target);
      const container = vault.protectionContainers.find((candidate) => same(candidate.name, name));
      const isLeft = container !== undefined && text(container.properties, "registrationStatus") !== "SoftDeleted";
      return stands(
        isLeft || (step.kind === "backup-server" && vault.backupEngines.some((engine) => same(engine.name, name))),
      );
    }
    case "delete-intent":
      return stands(vault.protectionIntents.some(({ name }) => same(name, lastOf(step.target))));
    case "settle-job":
      return isRunning(step, world) ? "the job runs" : undefined;
    case "disable-immutability":
      return isOn(securityIn(vault).immutability);
    case "disable-soft-delete":
      return isOn(securityIn(vault).softDelete);
    case "disable-hybrid-security":
      return isOn(securityIn(vault).hybrid);
    case "clean-test-failover": {
      const tested = replicationIn(vault).find(({ path }) => same(path, below));
      const state = text(tested?.properties ?? {}, "testFailoverState");
      return ["", "none"].includes(state.toLowerCase()) ? undefined : `it reads ${state}`;
    }
    case "delete-private-endpoint-connection":
      return stands(connectionsOf(vault).some((connection) => same(text(connection, "id"), step.target)));
    case "recheck":
      return keepingAlive(vault).map((what) => `${what} stands`)[0];
    case "delete-vault":
    case "prove-absence":
      return "the vault stands";
    case "delete-recovery-plan":
    case "disable-replication":
    case "delete-migration-item":
    case "remove-container-mapping":
    case "delete-network-mapping":
    case "delete-storage-mapping":
    case "remove-protection-container":
    case "delete-vcenter":
    case "remove-provider":
    case "remove-fabric":
    case "delete-replication-policy":
      return stands(replicationIn(vault).some(({ path }) => same(path, below)));
    // Of a Backup vault alone.
    case "undelete-instance":
    case "delete-instance":
    case "delete-policy":
    // No story of these laws is a recovery.
    case "undelete-vault":
    case "register-container":
    case "prove-recovery":
    case "remove-lock":
    case "restore-lock":
    case "delete-private-endpoint":
      return undefined;
    default:
      return step.action satisfies never;
  }
}

function againstInBackupVault(step: Step, plan: Plan, vault: WorldBackupVault, world: World): string | undefined {
  const isTarget = ({ name }: { readonly name: string }): boolean => same(name, lastOf(step.target));
  const isKept = vault.deletedBackupInstances.some(isTarget);
  const { softDelete, immutability } = backupSecurityIn(vault);
  const found: { readonly [A in Action]?: string | undefined } = {
    "delete-instance": stands(vault.backupInstances.some(isTarget) || (plan.strategy === "purge" && isKept)),
    "undelete-instance": isKept ? "it is soft-deleted" : undefined,
    "delete-policy": stands(vault.backupPolicies.some(isTarget)),
    "disable-soft-delete": softDelete === "Off" ? undefined : `it reads ${softDelete}`,
    "disable-immutability": isOn(immutability),
    "settle-job": isRunning(step, world) ? "the job runs" : undefined,
    recheck: vault.backupInstances.map(({ name }) => `instance ${name} stands`)[0],
    "delete-vault": "the vault stands",
    "prove-absence": "the vault stands",
  };
  return step.action in found ? found[step.action] : `no step ${step.action} belongs to a Backup vault`;
}

function stands(still: boolean): string | undefined {
  return still ? "it stands" : undefined;
}

function isOn(state: string): string | undefined {
  return state === "Disabled" ? undefined : `it reads ${state}`;
}

function isRunning({ target }: Step, world: World): boolean {
  const backup = (world.backupVaults ?? []).map(({ backupJobs }) => ({ backupJobs, replication: undefined }));
  return [...world.vaults, ...backup].some(
    ({ backupJobs, replication }) =>
      backupJobs.some(
        ({ name, properties }) => same(name, lastOf(target)) && text(properties, "status") === "InProgress",
      ) ||
      (replication?.jobs ?? []).some(
        ({ path, properties }) => same(lastOf(path), lastOf(target)) && text(properties, "state") === "InProgress",
      ),
  );
}

/** A lock that goes is not there; one that returns is there as it was, unless what it locked is gone. */
function againstLock(step: Step, first: World, world: World): string | undefined {
  const now = locksOfPeople(world).find(({ id }) => same(id, step.target));
  if (step.undoes === undefined) return stands(now !== undefined);
  if (isMissing(step.target, first, world)) return "the lock is missing";
  const was = locksOfPeople(first).find(({ id }) => same(id, step.target));
  return now === undefined || JSON.stringify(now.properties) === JSON.stringify(was?.properties)
    ? undefined
    : `the lock is ${JSON.stringify(now.properties)}`;
}

/** Whether a lock is not there although what it stood on is. */
export function isMissing(lock: string, first: World, world: World): boolean {
  if (locksOfPeople(world).some(({ id }) => same(id, lock))) return false;
  const left = locked(world);
  const gone = locked(first).filter((id) => !left.some((other) => same(other, id)));
  return !gone.some((id) => lock.toLowerCase().startsWith(`${id.toLowerCase()}/`));
}

/** What of a world can be locked and can go. */
function locked({ vaults, backupVaults = [], privateEndpoints }: World): readonly string[] {
  return [...vaults, ...backupVaults, ...privateEndpoints].map(({ id }) => id);
}
