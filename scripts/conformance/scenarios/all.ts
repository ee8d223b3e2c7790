// Every scenario that conformance is measured by. It must not judge.
import { loadWorld } from "../../../src/emulator/worlds.ts";
import { clientOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { textOf } from "../exchange.ts";
import type { Replay } from "../sequences/replay.ts";
import { replay } from "../sequences/replay.ts";
import { readSequences } from "../sequences/sequence.ts";
import { liveBackupVaults } from "./backup-vaults.ts";
import { askWhatItHeld, undeleteVault } from "./deleted-vaults.ts";
import { meetFailures } from "./failures.ts";
import { deleteItem, itemsOf } from "./items.ts";
import { readAll } from "./reading.ts";
import { tearDownRetired } from "./retired.ts";
import { removeReplication } from "./site-recovery.ts";
import { apiVersions, tearDown } from "./tear-down.ts";
import { deleteVault } from "./vault.ts";

const replicating = [
  "failed-over",
  "recorded-replicated-machine",
  "recorded-replicated-site",
  "recorded-replicated-vmware",
];

export type Driven = {
  /** Answers to what teardowns send. */
  readonly exchanges: readonly Exchange[];
  /** Failures for no reason of the vault's, each of which a world scripts. */
  readonly scripted: readonly Exchange[];
  readonly replays: readonly Replay[];
};

export async function runScenarios(): Promise<Driven> {
  const runs: (readonly Exchange[])[] = [];
  for (const apiVersion of apiVersions) {
    runs.push(await tearDown("kitchen-sink", apiVersion));
    runs.push(await tearDown("classic", apiVersion));
  }
  for (const world of replicating) runs.push(await removeAll(world));
  runs.push(await refuseDeletion());
  runs.push(await undeleteVault(), await askWhatItHeld(), await tearDownRetired(), await liveBackupVaults());
  const replays: Replay[] = [];
  for (const sequence of readSequences()) replays.push(await replay(sequence));
  return { exchanges: runs.flat(), scripted: await meetFailures(), replays };
}

async function removeAll(world: string): Promise<readonly Exchange[]> {
  const client = clientOf(loadWorld(world), "2022-08-01", world);
  const vaultId = client.emulator.world().vaults[0]?.id ?? "";
  await readAll(client, vaultId);
  await removeReplication(client, vaultId, true);
  return client.exchanges;
}

/** Classic: a vault with a soft-deleted item is refused by an old api-version. */
async function refuseDeletion(): Promise<readonly Exchange[]> {
  const client = clientOf(loadWorld("recorded-soft-deletion"), "2016-06-01", "recorded-soft-deletion");
  const vaultId = client.emulator.world().vaults[0]?.id ?? "";
  for (const { id } of await itemsOf(client, vaultId)) await deleteItem(client, vaultId, textOf(id));
  await deleteVault(client, vaultId);
  return client.exchanges;
}
