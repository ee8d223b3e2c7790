// What a replicated item names outside the vault, and what stays on its source: reported, never touched.

import { idKey } from "../../model/arm-id.ts";
import type { Remainder } from "../../model/plan.ts";
import type { LeftBehind, ReplicatedItem } from "../../model/replication.ts";
import { groups, text } from "../properties.ts";
import type { Way } from "./planned.ts";
import { isOneOf, withAgent } from "./provider-words.ts";

type Properties = Readonly<Record<string, unknown>>;
type Member = { readonly name: string; readonly what: string };

/** Members of `providerSpecificDetails` (recorded: A2A, InMageRcm, HyperVReplicaAzure; SDK 5.1.0 for the others). */
const members: readonly Member[] = [
  { name: "recoveryAzureResourceGroupId", what: "target resource group" },
  { name: "targetResourceGroupId", what: "target resource group" },
  { name: "recoveryAzureStorageAccount", what: "replica storage account" },
  { name: "recoveryAzureLogStorageAccountId", what: "cache storage account" },
  { name: "logStorageAccountId", what: "cache storage account" },
];

/** Members of each protected disk. */
const diskMembers: readonly Member[] = [
  { name: "recoveryReplicaDiskId", what: "replica disk (Azure may remove it)" },
  { name: "seedManagedDiskId", what: "replica disk (Azure may remove it)" },
  { name: "primaryStagingAzureStorageAccountId", what: "cache storage account" },
  { name: "logStorageAccountId", what: "cache storage account" },
];

const diskLists: readonly string[] = ["protectedManagedDisks", "protectedDisks"];

/** Each resource once, in the order in which the item names them. */
export function leftBehindBy(details: Properties): readonly LeftBehind[] {
  const disks = diskLists.flatMap((list) => groups(details, list));
  const named = [
    ...members.flatMap((member) => read(details, member)),
    ...disks.flatMap((disk) => diskMembers.flatMap((member) => read(disk, member))),
  ];
  const byResource = new Map(named.map((left) => [`${left.what} ${idKey(left.subject)}`, left]));
  return [...byResource.values()];
}

function read(properties: Properties, { name, what }: Member): readonly LeftBehind[] {
  const subject = text(properties, name);
  return subject?.startsWith("/") === true ? [{ what, subject }] : [];
}

/** What is still there when the item is gone (documented; issue thread: disabling removes the item and nothing more). */
export function remainsOf(item: ReplicatedItem, way: Way): readonly Remainder[] {
  const named = (item.leaves ?? []).map(({ what, subject }) => ({ what, subject, of: item.name }));
  const machine = item.sourceId ?? item.name;
  const agent = isOneOf(item.provider, withAgent)
    ? [{ what: "the mobility agent or replication extension on the source machine", subject: machine }]
    : [];
  const orphan =
    way === "forced"
      ? [{ what: "the replication configuration on the source, which was not told", subject: machine }]
      : [];
  return [...named, ...agent, ...orphan];
}
