// What this version finds but does not know how to remove: shown by name, and it blocks. Never silently skipped.

import { armId } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Cut, ManagementType, VaultReader } from "../model/ports.ts";
import type { Unknown } from "../model/resource.ts";
import { isBackupServer } from "./backup-servers.ts";
import { containerKind, listContainers } from "./containers.ts";
import { type Contribution, type Dependency, nothingToProve } from "./dependency.ts";
import { isKnownItem } from "./item-types.ts";
import { isMarsServer } from "./mars-servers.ts";
import { isWord, text } from "./properties.ts";

/** DPM and MABS servers are listed as backup engines: no recording shows their containers asked for. */
const containerTypes: readonly ManagementType[] = ["AzureIaasVM", "AzureWorkload", "AzureStorage", "MAB"];

export const unknown: Dependency<"unknown"> = {
  kind: "unknown",
  rule: "a thing of an unknown kind is never assumed to be harmless",
  list: async (reader) =>
    (await Promise.all([unknownItems(reader), unknownContainers(reader), engines(reader)])).flat(),
  contribute: (thing, context) =>
    context.strategy === "soft" && isWord(thing.state, "SoftDeleted")
      ? goesWithTheVault
      : { blockers: [blockerOf(thing)] },
  prove: nothingToProve,
};

const goesWithTheVault: Contribution = { note: "already soft-deleted: it goes with the vault" };

function blockerOf(thing: Unknown): Blocker {
  return {
    code: "unknown-kind",
    subject: thing.id,
    reason: `${thing.what} ${thing.name} stands in the vault, and this version does not know how to remove it`,
    fix: "remove it by hand (portal or az), then plan again",
    who: "the owner of that resource",
  };
}

async function unknownItems(reader: VaultReader): Promise<readonly Unknown[]> {
  const items = await reader.protectedItems();
  return items
    .filter((item) => !isKnownItem(item))
    .map((item) => named(item, `a backup item of type ${text(item.properties, "protectedItemType") ?? "unknown"}`));
}

async function unknownContainers(reader: VaultReader): Promise<readonly Unknown[]> {
  const lists = await Promise.all(containerTypes.map((type) => listContainers(reader, type)));
  return lists
    .flat()
    .filter((container) => containerKind(container) === undefined && !isMarsServer(container))
    .map((container) =>
      named(container, `a container of type ${text(container.properties, "containerType") ?? "unknown"}`),
    );
}

async function engines(reader: VaultReader): Promise<readonly Unknown[]> {
  const unknownEngines = (await reader.backupEngines()).filter((engine) => !isBackupServer(engine));
  return unknownEngines.map((engine) =>
    named(engine, `a backup server of type ${text(engine.properties, "backupEngineType") ?? "unknown"}`),
  );
}

function named(resource: Cut<"friendlyName" | "protectionState" | "registrationStatus">, what: string): Unknown {
  return {
    kind: "unknown",
    id: armId(resource.id),
    name: text(resource.properties, "friendlyName") ?? resource.name,
    state: text(resource.properties, "protectionState") ?? text(resource.properties, "registrationStatus") ?? "Unknown",
    what,
  };
}
