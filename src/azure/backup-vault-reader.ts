// Reads of a Backup vault. What only a Recovery Services vault has is answered empty, without a request.

import { vaultId, type Scope } from "../model/arm-id.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import { asResource, dataProtectionOf, getRaw, listRaw } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { encoded } from "./encoded.ts";
import { surroundingReads } from "./surroundings-reader.ts";

/** Reads of the Backup vault at `scope`; nothing is kept between them. See VaultReader for what they throw. */
export function createBackupVaultReader(clients: Clients, scope: Scope): VaultReader {
  const { dataProtection, dataProtectionReads } = clients.apiVersions;
  const path = encoded(vaultId(scope));
  const asked = dataProtectionOf(clients);
  const list = (collection: string) => () =>
    listRaw(asked, `${path}/${collection}?api-version=${dataProtection}`, asResource);
  return {
    ...absentReads,
    vault: () => getRaw(asked, `${path}?api-version=${dataProtectionReads}`),
    backupInstances: list("backupInstances"),
    deletedBackupInstances: list("deletedBackupInstances"),
    policies: list("backupPolicies"),
    guardProxies: list("backupResourceGuardProxies"),
    recoveryPoints: (instance) =>
      listRaw(asked, `${encoded(instance)}/recoveryPoints?api-version=${dataProtection}`, asResource),
    jobsInProgress: async () => (await list("backupJobs")()).filter(isInProgress),
    ...surroundingReads(clients),
    deletedVaults: (location) =>
      listRaw(
        asked,
        `${encoded(`/subscriptions/${scope.subscriptionId}/providers/Microsoft.DataProtection/locations/${location}/deletedVaults`)}?api-version=${dataProtectionReads}`,
        asResource,
      ),
  };
}

/** The list takes no filter that a recording shows: ended jobs stand in it as well. */
function isInProgress({ properties }: ArmResource): boolean {
  const { status } = properties;
  return typeof status !== "string" || !/^(completed|completedwithwarnings|failed|cancelled|canceled)$/i.test(status);
}

const nothing = async (): Promise<readonly never[]> => [];

const absentReads = {
  vaultConfig: async () => undefined,
  protectedItems: nothing,
  containers: nothing,
  softDeletedContainers: nothing,
  intents: nothing,
  backupEngines: nothing,
  replicationUsage: async () => ({ protectedItems: 0, recoveryPlans: 0, registeredServers: 0 }),
  replication: nothing,
} satisfies Partial<VaultReader>;
