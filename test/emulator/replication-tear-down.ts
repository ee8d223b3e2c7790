// Removes all of Site Recovery from an emulated vault, in the right order, by nothing but requests. No test by itself.
import { expect } from "vitest";

import type { Properties } from "../../src/emulator/json.ts";
import type { World } from "../../src/emulator/world.ts";
import type { Bench } from "./world-builder.ts";
import { at, textAt } from "./world-builder.ts";

/** Appliances are removed by hand, on their own machine: no request does it. */
export function withoutAppliances(content: World): World {
  const vaults = content.vaults.map((vault) => {
    const { appliances: _, ...replication } = vault.replication ?? {};
    return vault.replication === undefined ? vault : { ...vault, replication };
  });
  return { ...content, vaults };
}

export async function removeReplication(client: Bench, vault: string): Promise<void> {
  const every = async (list: string, remove: (id: string, entry: Properties) => Promise<void>): Promise<void> => {
    for (const entry of await entriesOf(client, `${vault}/${list}`)) await remove(textAt(entry, "id"), entry);
  };
  const purge = (id: string): Promise<void> => done(client, "DELETE", id);
  const clean = (id: string): Promise<void> => done(client, "POST", `${id}/remove`);
  await every("replicationJobs", async (id, job) => {
    if (at(job, "properties.state") === "InProgress") await done(client, "POST", `${id}/cancel`);
  });
  await every("replicationProtectedItems", async (id, item) => {
    if (at(item, "properties.testFailoverState") !== "None") await done(client, "POST", `${id}/testFailoverCleanup`);
  });
  await every("replicationRecoveryPlans", purge);
  await every("replicationProtectedItems", (id) => cleanOrPurge(client, id));
  await every("replicationMigrationItems", purge);
  await every("replicationProtectionContainerMappings", clean);
  await every("replicationNetworkMappings", purge);
  await every("replicationStorageClassificationMappings", purge);
  await every("replicationProtectionContainers", clean);
  await every("replicationvCenters", purge);
  await every("replicationRecoveryServicesProviders", (id) => cleanOrPurge(client, id));
  await every("replicationFabrics", clean);
  await every("replicationPolicies", purge);
}

async function entriesOf({ send }: Bench, path: string): Promise<readonly Properties[]> {
  const { status, body } = await send("GET", path);
  expect(status, path).toBe(200);
  return (body["value"] ?? []) as readonly Properties[];
}

async function done(client: Bench, method: string, path: string): Promise<void> {
  expect(await outcome(client, method, path), `${method} ${path}`).toBe("Succeeded");
}

async function cleanOrPurge(client: Bench, id: string): Promise<void> {
  if ((await outcome(client, "POST", `${id}/remove`)) === "Succeeded") return;
  await done(client, "DELETE", id);
}

async function outcome({ send, wait, follow }: Bench, method: string, path: string): Promise<string> {
  const accepted = await send(method, path, { properties: {} });
  expect(accepted.status, `${method} ${path}`).toBe(202);
  wait(123);
  return textAt((await follow(accepted)).body, "status");
}
