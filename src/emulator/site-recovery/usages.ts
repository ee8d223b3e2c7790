// What a vault counts of Site Recovery, and what of it keeps the vault from being deleted. It must not change anything.
import type { Json, Properties } from "../json.ts";
import { text } from "../json.ts";
import { sameName } from "../names.ts";
import type { VaultState } from "../state.ts";
import type { ReplicationEntry } from "./entries.ts";
import { isRunning, label, ofKind } from "./entries.ts";

/** A vault's counts; an entry only where Site Recovery is in use (unverified). */
export function usagesOf(vault: VaultState): readonly Json[] {
  if (vault.replicationUsages !== undefined) return vault.replicationUsages;
  if (vault.replication.all().length === 0) return [];
  const items = ofKind(vault, "protectedItems");
  const providers = ofKind(vault, "recoveryServicesProviders");
  const jobs = ofKind(vault, "jobs");
  const inState = (state: string): number => jobs.filter(({ properties }) => properties["state"] === state).length;
  const unhealthy = (list: readonly ReplicationEntry[], healthy: (properties: Properties) => boolean): number =>
    list.filter(({ properties }) => !healthy(properties)).length;
  return [
    {
      monitoringSummary: {
        unHealthyVmCount: unhealthy(items, (item) => sameName(text(item, "replicationHealth"), "Normal")),
        unHealthyProviderCount: unhealthy(providers, isConnected),
        eventsCount: 0,
        deprecatedProviderCount: 0,
        supportedProviderCount: providers.length,
        unsupportedProviderCount: 0,
      },
      jobsSummary: {
        failedJobs: inState("Failed"),
        suspendedJobs: inState("Suspended"),
        inProgressJobs: jobs.filter(isRunning).length,
      },
      protectedItemCount: items.length,
      recoveryPlanCount: ofKind(vault, "recoveryPlans").length,
      registeredServersCount: providers.length,
      recoveryServicesProviderAuthType: 1,
    },
  ];
}

export function isConnected(provider: Properties): boolean {
  return sameName(text(provider, "connectionStatus"), "Connected");
}

/** What keeps a vault from being deleted, by name. */
export function standingReplication(vault: VaultState): readonly string[] {
  return vault.replication
    .all()
    .filter(({ kind }) => kind !== "policies" && kind !== "jobs" && kind !== "appliances")
    .map(label);
}
