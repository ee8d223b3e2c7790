// Instances of a Backup vault: deleting one stops its protection and deletes its backups. What stays depends on vault and datasource.

import { idKey } from "../../model/arm-id.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { BackupInstance } from "../../model/resource.ts";
import { stepKey, type StepDraft, type StepKey } from "../../model/step.ts";
import { proveDataDeleted, proveDataUndeleted } from "../data-proofs.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "../dependency.ts";
import { recoverInstance } from "../recovery/instances.ts";
import { settleInstanceJobKeys } from "../jobs.ts";
import { alreadySoftDeleted, destroyed, softDeletedBy } from "../losses.ts";
import { isOff, isOn, gateKeys, keepsDeletedItems, recoverableUntil, softDeleteSetting } from "../soft-delete.ts";
import { listInstances } from "./backup-instance-answers.ts";
import { datasourceOf, isKnownDatasource, isNeverKept } from "./datasources.ts";
import { undeletion } from "./soft-deleted-instances.ts";

const provider = "Microsoft.DataProtection/backupVaults";

const words = { noun: "instance", off: "Off" } as const;

export const backupInstances: Dependency<"backup-instance"> = {
  kind: "backup-instance",
  rule: "recorded: DELETE backupInstances 202, undelete 200 (azext2024__test_dataprotection_backup_instance_softdelete); documented: secure by default (2025-11-10)",
  list: listInstances,
  contribute: (instance, context) => {
    if (isInFlight(instance)) return { blockers: [inFlight(instance)] };
    if (lacksConsent(instance, context)) return { blockers: [unknownDatasource(instance)] };
    return instance.softDeleted ? contributeSoftDeleted(instance, context) : contributeActive(instance, context);
  },
  recover: recoverInstance,
  prove: (step, found, strategy): Proof => {
    const instance = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
    if (step.action === "undelete-instance") return proveDataUndeleted(instance, words, strategy);
    return proveDataDeleted(step, instance, words, strategy);
  },
};

/** States in which Azure is at work on the instance and takes no other change (documented words; inferred: the refusal). */
const inFlightStates: ReadonlySet<string> = new Set(["configuringprotection", "updatingprotection", "softdeleting"]);

/** The step that deletes the instance, for those that wait for it; none where this plan does not delete it. */
export function instanceDeletionKeys(instance: BackupInstance, context: PlanningContext): readonly StepKey[] {
  if (isInFlight(instance) || lacksConsent(instance, context)) return [];
  const isDeleted = !instance.softDeleted || context.strategy === "purge";
  return isDeleted ? [stepKey("delete-instance", instance.id)] : [];
}

function isInFlight({ state }: BackupInstance): boolean {
  return inFlightStates.has(state.toLowerCase());
}

function inFlight(instance: BackupInstance): Blocker {
  return {
    code: "protection-in-flight",
    subject: instance.id,
    reason: `the protection of ${instance.name} is ${instance.state}: Azure is still at work on it`,
    fix: "wait until the portal shows another state, then plan again",
    who: "you",
  };
}

/** What goes with the vault by itself needs none. */
function lacksConsent(instance: BackupInstance, { strategy, consents }: PlanningContext): boolean {
  if (isKnownDatasource(instance.datasourceType) || consents.includes(consent)) return false;
  return strategy === "purge" || !instance.softDeleted;
}

/** Azure deletes the instances of every datasource by the same operation (documented); what it leaves behind differs. */
const consent = "unknown-datasources";

function unknownDatasource({ id, name, datasourceType }: BackupInstance): Blocker {
  return {
    code: "datasource-unknown",
    subject: id,
    reason: `${name} is a backup instance of datasource type ${datasourceType}, which this version does not know: what its deletion destroys or leaves behind is not known`,
    fix: `add --allow ${consent} to delete it like the others, or delete it by hand (portal or az), then plan again`,
    who: "the owner of that datasource",
  };
}

function contributeActive(instance: BackupInstance, context: PlanningContext): Contribution {
  const step = deleteStep(instance, context);
  const setting = softDeleteSetting(context.resources);
  if (step.irreversible || setting === undefined)
    return { steps: [step], remains: finalRemains(instance), loss: destroyed };
  const until = recoverableUntil(context, setting);
  return {
    steps: [step],
    remains: softDeletedRemains(instance, until),
    loss: softDeletedBy(context, setting, snapshotsOf(instance)),
  };
}

function contributeSoftDeleted(instance: BackupInstance, context: PlanningContext): Contribution {
  if (context.strategy === "purge")
    return {
      steps: [undeleteStep(instance, context), deleteStep(instance, context)],
      remains: finalRemains(instance),
      loss: destroyed,
    };
  return {
    note: "already soft-deleted: it goes with the vault",
    remains: softDeletedRemains(instance, instance.purgeAt),
    loss: alreadySoftDeleted(instance, context, snapshotsOf(instance)),
  };
}

function snapshotsOf({ datasourceType }: BackupInstance): string | undefined {
  return datasourceOf(datasourceType)?.snapshots;
}

function softDeletedRemains(instance: BackupInstance, until: string | undefined): NonNullable<Contribution["remains"]> {
  const date = until === undefined ? {} : { until };
  const kept = { what: "soft-deleted backup data", subject: instance.id, ...date };
  const snapshots = snapshotsOf(instance);
  if (snapshots === undefined) return [kept];
  const what = `${snapshots}: Azure does not clean them up once the vault itself is soft-deleted, and bills them until somebody deletes them`;
  return [kept, { what, subject: instance.snapshotGroup ?? instance.sourceId ?? instance.id, of: instance.name }];
}

/** Field report: snapshots of disks kept their resource group from being deleted. */
function finalRemains(instance: BackupInstance): NonNullable<Contribution["remains"]> {
  const snapshots = snapshotsOf(instance);
  if (snapshots === undefined || instance.snapshotGroup === undefined) return [];
  const what = `${snapshots}, where Azure has not deleted them with the backups: they keep their resource group from being deleted`;
  return [{ what, subject: instance.snapshotGroup, of: instance.name }];
}

function deleteStep(instance: BackupInstance, context: PlanningContext): StepDraft {
  return {
    action: "delete-instance",
    kind: "backup-instance",
    target: instance.id,
    name: instance.name,
    after: [
      ...gateKeys(context),
      ...settleInstanceJobKeys(context, instance.id),
      ...(instance.softDeleted ? [stepKey("undelete-instance", instance.id)] : []),
    ],
    ...fate(instance, context),
    ...consented(instance),
    permissions: [`${provider}/backupInstances/delete`],
    exclusive: idKey(instance.id),
    request: { write: "delete-backup-instance", instance: instance.id },
  };
}

function consented({ datasourceType }: BackupInstance): Pick<StepDraft, "consent"> {
  return isKnownDatasource(datasourceType) ? {} : { consent };
}

/** What deleting the instance means for its data. */
function fate(instance: BackupInstance, context: PlanningContext): Pick<StepDraft, "reason" | "irreversible"> {
  const setting = softDeleteSetting(context.resources);
  if (keepsDeletedItems(context) && setting !== undefined && !isFinal(instance))
    return {
      reason: `a backup instance keeps the vault alive; its data stays recoverable until about ${recoverableUntil(context, setting).slice(0, 10)}`,
      irreversible: false,
    };
  return {
    reason: `a backup instance keeps the vault alive; its data is destroyed at once: ${whyForGood(instance, context)}`,
    irreversible: true,
  };
}

/** Whether its data is gone at once, or nobody knows that it is not. */
function isFinal(instance: BackupInstance): boolean {
  return isNeverKept(instance) || !isKnownDatasource(instance.datasourceType);
}

function whyForGood(instance: BackupInstance, context: PlanningContext): string {
  const { datasourceType } = instance;
  if (!isKnownDatasource(datasourceType))
    return `whether soft delete covers ${datasourceType} is not known, so the worst is assumed`;
  if (isFinal(instance)) return "operational backups of blobs are not covered by soft delete";
  const state = softDeleteSetting(context.resources)?.state ?? "unreadable";
  const goesOff = context.strategy === "purge" && isOn(state);
  if (goesOff || isOff(state)) return "soft delete is off when this runs";
  if (context.strategy === "purge") return "a purge deletes only with soft delete off";
  return `soft delete reads ${state}, so the worst is assumed`;
}

function undeleteStep(instance: BackupInstance, context: PlanningContext): StepDraft {
  return {
    ...undeletion(instance),
    after: [...gateKeys(context), ...settleInstanceJobKeys(context, instance.id)],
    reason: "a soft-deleted instance is purged early only by undeleting it with soft delete off and deleting it again",
    ...consented(instance),
  };
}
