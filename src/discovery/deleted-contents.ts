// What is soft-deleted in a standing vault: items and containers, or instances. A list that is refused is named; it must
// never read as empty.

import { instanceFrom } from "../dependencies/backup-vault/backup-instance-answers.ts";
import { count, date, text } from "../dependencies/properties.ts";
import { isSoftDeleted } from "../dependencies/item-types.ts";
import { purgeTime } from "../dependencies/soft-deleted-items.ts";
import { ancestor, armId, idKey, nameOf } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import {
  byNameThenNewest,
  deletionTimes,
  type DeletedContainer,
  type DeletedContents,
  type DeletedInstance,
  type DeletedItem,
  type RefusedList,
} from "../model/deleted.ts";
import type { ArmResource, ListedContainer, ListedItem, VaultReader } from "../model/ports.ts";
import { daysAfter, daysOfTimeSpan } from "../model/time.ts";

type Reads = Pick<VaultReader, "protectedItems" | "softDeletedContainers" | "deletedBackupInstances">;

/** Containers of virtual machines are never registered by hand: nothing of theirs is brought back. */
const containerTypes = ["AzureWorkload", "AzureStorage", "MAB"] as const;

/**
 * Lists them; what this sort of vault cannot have is empty without a request. `now`: epoch milliseconds. What Azure refuses
 * becomes an entry of `refused`; throws AzureError where nobody is signed in, which every list would say.
 */
export async function findDeletedContents(reader: Reads, now: number): Promise<DeletedContents> {
  const refused: RefusedList[] = [];
  const listed = async <T>(list: string, read: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof AzureError) || error.status === 401) throw error;
      refused.push({ list, status: error.status, code: error.code, message: error.message });
      return [];
    }
  };
  const [protectedItems, instances, ...containers] = await Promise.all([
    listed("backup items", () => reader.protectedItems()),
    listed("soft-deleted backup instances", () => reader.deletedBackupInstances()),
    ...containerTypes.map((type) =>
      listed(`soft-deleted containers of ${type}`, () => reader.softDeletedContainers(type)),
    ),
  ]);
  const items = protectedItems.filter(({ properties }) => isSoftDeleted(properties));
  return {
    items: byNameThenNewest(items.map((item) => deletedItem(item, now))),
    containers: byNameThenNewest(containers.flat().map((container) => deletedContainer(container, items))),
    instances: byNameThenNewest(instances.map((instance) => deletedInstance(instance, now))),
    refused,
  };
}

/** Recorded: `deferredDeleteTimeInUTC` is the moment of deletion; see `purgeTime`. Servers' items are read the same way. */
function deletedItem({ id, name, properties }: ListedItem, now: number): DeletedItem {
  const container = ancestor(id, "protectionContainers");
  const known = {
    workload: text(properties, "workloadType"),
    managementType: text(properties, "backupManagementType"),
    container: container === undefined ? undefined : nameOf(container),
    backupEngine: text(properties, "backupEngineName"),
    sourceId: text(properties, "sourceResourceId") ?? text(properties, "virtualMachineId"),
    lastRecoveryPoint: date(properties, "lastRecoveryPoint"),
    deferredDeleteSyncTimeInUTC: count(properties, "deferredDeleteSyncTimeInUTC"),
  };
  return {
    kind: "protected-item",
    name: text(properties, "friendlyName") ?? name,
    id,
    state: text(properties, "protectionState") ?? "Unknown",
    ...withoutUndefined(known),
    ...deletionTimes(
      date(properties, "deferredDeleteTimeInUTC"),
      purgeTime(properties) ?? toldPurge(properties, now),
      now,
    ),
  };
}

/** Recorded: until 2020 an item told no retention, but how long it has left; that falls from answer to answer. */
function toldPurge(properties: ListedItem["properties"], now: number): string | undefined {
  const days = daysOfTimeSpan(text(properties, "deferredDeleteTimeRemaining") ?? "");
  return days === undefined ? undefined : daysAfter(now, days);
}

/** Azure gives a container no times of its own. */
function deletedContainer({ id, name, properties }: ListedContainer, items: readonly ListedItem[]): DeletedContainer {
  const inside = items.filter((item) => containerKey(item.id) === containerKey(id));
  const sourceId = text(properties, "sourceResourceId") ?? text(properties, "virtualMachineId");
  return {
    kind: "container",
    name: text(properties, "friendlyName") ?? name,
    id,
    managementType: text(properties, "backupManagementType") ?? "Unknown",
    ...withoutUndefined({ sourceId }),
    items: inside.length,
  };
}

/** Recorded: azext2024__test_dataprotection_backup_instance_softdelete. */
function deletedInstance(answer: ArmResource, now: number): DeletedInstance {
  const { name, id, state, datasourceType, ...more } = instanceFrom(answer, armId(answer.id));
  const { billingEndsAt, policy, sourceId, deletedAt, purgeAt } = more;
  return {
    kind: "backup-instance",
    name,
    id,
    state,
    datasourceType,
    ...withoutUndefined({ billingEndsAt, policy, sourceId }),
    ...deletionTimes(deletedAt, purgeAt, now),
  };
}

function containerKey(id: string): string {
  return idKey(ancestor(id, "protectionContainers") ?? id);
}

type Known<T> = { readonly [Member in keyof T]?: Exclude<T[Member], undefined> };

function withoutUndefined<T extends object>(members: T): Known<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Known<T>;
}
