// A reader that writes down what it is asked, in front of another one. It must not change an answer.

import type { VaultReader } from "../../src/model/ports.ts";

export type CountingReader = { readonly reader: VaultReader; readonly asked: readonly string[] };

/** `asked` grows by `method parameter` with every question. */
export function counting(behind: VaultReader): CountingReader {
  const asked: string[] = [];
  const noted =
    <A extends readonly string[], R>(name: string, ask: (...parameters: A) => R) =>
    (...parameters: A): R => {
      asked.push([name, ...parameters].join(" "));
      return ask(...parameters);
    };
  const reader: VaultReader = {
    vault: noted("vault", behind.vault),
    vaultConfig: noted("vaultConfig", behind.vaultConfig),
    protectedItems: noted("protectedItems", behind.protectedItems),
    containers: noted("containers", behind.containers),
    softDeletedContainers: noted("softDeletedContainers", behind.softDeletedContainers),
    intents: noted("intents", behind.intents),
    jobsInProgress: noted("jobsInProgress", behind.jobsInProgress),
    policies: noted("policies", behind.policies),
    backupEngines: noted("backupEngines", behind.backupEngines),
    guardProxies: noted("guardProxies", behind.guardProxies),
    replicationUsage: noted("replicationUsage", behind.replicationUsage),
    privateEndpoint: noted("privateEndpoint", behind.privateEndpoint),
    deletedVaults: noted("deletedVaults", behind.deletedVaults),
  };
  return { reader, asked };
}
