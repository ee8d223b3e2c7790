// How long Site Recovery takes, in seconds of world time, with the source of each number. It must stay data.
import type { ReplicationKind, Verb } from "./kinds.ts";

type Latency = { readonly seconds: number; readonly source: string };
type Timed = "refuse" | "cleanTestFailover" | "cancelJob";

const recorded = (seconds: number, what: string): Latency => ({
  seconds,
  source: `recorded: endTime minus startTime, ${what} (azext2024__test_siterecovery_*)`,
});
const unverified = (seconds: number, like: string): Latency => ({
  seconds,
  source: `unverified: taken to be as long as ${like}`,
});

const removals: Readonly<Record<ReplicationKind, Latency>> = {
  protectedItems: recorded(63, "4 removals, 11 to 205 s"),
  containerMappings: recorded(1, "5 deletes and 1 removal, 0 to 3 s"),
  networkMappings: recorded(2, "2 deletes, 1 and 2 s"),
  protectionContainers: recorded(2, "2 removals, 1 and 2 s"),
  policies: recorded(1, "4 deletes, 0 and 1 s"),
  recoveryPlans: recorded(1, "4 deletes, 0 to 6 s"),
  fabrics: recorded(2, "3 deletes and 1 removal, 2 to 4 s"),
  migrationItems: unverified(63, "a protected item"),
  storageClassificationMappings: unverified(2, "a network mapping"),
  vCenters: unverified(2, "a fabric"),
  recoveryServicesProviders: unverified(2, "a fabric"),
  jobs: unverified(0, "nothing: jobs are not removed"),
  appliances: unverified(0, "nothing: appliances are not removed"),
};

const purgeOfItem: Latency = { seconds: 123, source: "recorded: 1 DELETE of a protected item, 123 s until seen" };

const others: Readonly<Record<Timed, Latency>> = {
  refuse: unverified(2, "the removal of a mapping"),
  cleanTestFailover: unverified(63, "the removal of a protected item"),
  cancelJob: unverified(2, "a removal: one POST on a job is recorded, seen as done at the first poll after 30 s"),
};

export function removalTakes(kind: ReplicationKind, verb: Verb): number {
  const latency = kind === "protectedItems" && verb === "purge" ? purgeOfItem : removals[kind];
  return latency.seconds * 1_000;
}

export function takes(what: Timed): number {
  return others[what].seconds * 1_000;
}
