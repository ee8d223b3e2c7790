// Where the contract suite runs: on the emulator, or on a real vault named by VAULT_LIVE (its full resource id).

import { azureCredential } from "../../src/azure/credential.ts";
import { clouds } from "../../src/azure/clouds.ts";
import { createClients } from "../../src/azure/clients.ts";
import { createVaultReader } from "../../src/azure/vault-reader.ts";
import { createVaultWriter } from "../../src/azure/vault-writer.ts";
import { realClock } from "../../src/cli/clocks.ts";
import { apiVersionProfiles } from "../../src/model/api-versions.ts";
import { armId, scopeOf } from "../../src/model/arm-id.ts";
import type { ArmId } from "../../src/model/arm-id.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Clock, VaultReader, VaultWriter } from "../../src/model/ports.ts";
import { rehearse } from "../rehearsal.ts";

export const liveVault: string | undefined = process.env["VAULT_LIVE"];

/** Writes go to a real vault only when its name is given a second time. */
export const liveWritesAllowed: boolean =
  liveVault !== undefined && process.env["VAULT_LIVE_CONFIRM"] === scopeOf(liveVault)?.name;

export type VaultUnderTest = {
  readonly id: ArmId;
  readonly location: string;
  readonly reader: VaultReader;
  readonly writer: VaultWriter;
  readonly clock: Clock;
};

export async function vaultUnderTest(): Promise<VaultUnderTest> {
  return liveVault === undefined ? emulated() : live(liveVault);
}

/** Its immutability is off and nothing locks it: the writer is to delete an item. */
async function emulated(): Promise<VaultUnderTest> {
  const rehearsal = rehearse({ ...loadWorld("kitchen-sink"), locks: [] });
  const { id, location } = rehearsal.vault;
  await rehearsal.writer().send({ write: "set-immutability", vault: id, state: "Disabled" });
  await rehearsal.clock.sleep(120_000);
  return { id, location, reader: rehearsal.reader(), writer: rehearsal.writer(), clock: rehearsal.clock };
}

async function live(id: string): Promise<VaultUnderTest> {
  const scope = scopeOf(id);
  if (scope === undefined) throw new Error(`VAULT_LIVE ${id} is not a vault's full resource id`);
  const clock = realClock();
  const clients = createClients({
    cloud: clouds.public,
    credential: await azureCredential(clouds.public),
    apiVersions: apiVersionProfiles.soft,
    userAgent: "azure-vault-teardown/contract",
    sleep: (milliseconds) => clock.sleep(milliseconds),
    onWait: () => undefined,
  });
  const reader = createVaultReader(clients, scope);
  const location = (await reader.vault())?.location ?? "";
  return { id: armId(id), location, reader, writer: createVaultWriter(clients, scope), clock };
}
