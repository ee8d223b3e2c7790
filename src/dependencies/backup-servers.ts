// DPM and Azure Backup servers: listed as backup engines, unregistered like MARS machines; all their backups go with them.

import { armId } from "../model/arm-id.ts";
import type { ArmResource } from "../model/ports.ts";
import type { BackupServer } from "../model/resource.ts";
import type { Dependency } from "./dependency.ts";
import { disableHybridSecurityKeys } from "./hybrid-security.ts";
import { isWord, text } from "./properties.ts";
import { contributeServer, itemsOfServer, proveServerGone } from "./servers.ts";

export const backupServers: Dependency<"backup-server"> = {
  kind: "backup-server",
  rule: "recorded: net2016 UnregisterDPMBackupEngineTest (DELETE registeredIdentities 204); documented: delete vault (2025-12-09)",
  list: async (reader) => (await reader.backupEngines()).filter(isBackupServer).map(serverFrom),
  contribute: (server, context) =>
    contributeServer(
      server,
      context,
      "the backup server's software and its local backups stay on the machine",
      disableHybridSecurityKeys(context),
    ),
  takesAlong: itemsOfServer,
  prove: proveServerGone,
};

/** An engine of another management type is shown as unknown, and blocks. */
export function isBackupServer(engine: ArmResource): boolean {
  const type = text(engine.properties, "backupManagementType");
  return isWord(type, "DPM") || isWord(type, "AzureBackupServer");
}

function serverFrom(engine: ArmResource): BackupServer {
  return {
    kind: "backup-server",
    id: armId(engine.id),
    name: text(engine.properties, "friendlyName") ?? engine.name,
    state: text(engine.properties, "registrationStatus") ?? "Unknown",
    managementType: text(engine.properties, "backupManagementType") ?? "Unknown",
    identity: engine.name,
  };
}
