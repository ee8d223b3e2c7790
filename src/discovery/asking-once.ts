// A reader that asks Azure each question once and hands every kind the same answer. One per pass: it never goes stale twice.

import type { VaultReader } from "../model/ports.ts";

export function askingOnce(reader: VaultReader): VaultReader {
  const answers = new Map<string, Promise<unknown>>();
  const once =
    <A extends readonly string[], R>(name: string, ask: (...parameters: A) => Promise<R>) =>
    (...parameters: A): Promise<R> => {
      const key = `${name} ${parameters.join(" ").toLowerCase()}`;
      let answer = answers.get(key) as Promise<R> | undefined;
      if (answer === undefined) {
        answer = ask(...parameters);
        answers.set(key, answer);
      }
      return answer;
    };
  return {
    vault: once("vault", reader.vault),
    vaultConfig: once("vault config", reader.vaultConfig),
    protectedItems: once("items", reader.protectedItems),
    containers: once("containers", reader.containers),
    softDeletedContainers: once("soft-deleted containers", reader.softDeletedContainers),
    intents: once("intents", reader.intents),
    jobsInProgress: once("jobs", reader.jobsInProgress),
    policies: once("policies", reader.policies),
    backupInstances: once("backup instances", reader.backupInstances),
    deletedBackupInstances: once("deleted backup instances", reader.deletedBackupInstances),
    backupEngines: once("engines", reader.backupEngines),
    guardProxies: once("guard proxies", reader.guardProxies),
    replicationUsage: once("replication usage", reader.replicationUsage),
    recoveryPoints: once("recovery points", reader.recoveryPoints),
    replication: once("replication", reader.replication),
    privateEndpoints: once("private endpoints", reader.privateEndpoints),
    resourceGroup: once("resource group", reader.resourceGroup),
    locks: once("locks", reader.locks),
    grants: once("grants", reader.grants),
    resourcesOfType: once("resources of type", reader.resourcesOfType),
    roleAssignments: once("role assignments", reader.roleAssignments),
    privateEndpoint: once("private endpoint", reader.privateEndpoint),
    deletedVaults: once("deleted vaults", reader.deletedVaults),
  };
}
