// A vault with n machines that are replicated between regions of Azure, each body a recorded one under another name. Up to a
// hundred machines share a pair of fabrics with everything between them. It must not hold anything that nobody recorded.

import type { Properties } from "../../src/emulator/json.ts";
import { object } from "../../src/emulator/json.ts";
import type { WorldReplication, WorldReplicationObject } from "../../src/emulator/site-recovery/world-replication.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";

const machinesPerPair = 100;
const pageSize = 1_000;
/** The names of one pair in the recording; its policy serves all pairs. */
const recordedPair = /\b(fabric|container|container-mapping|network-mapping)-A2A-([12])\b/gu;
const recordedMachine = /srsourcevm/giu;

export function siteRecoveryWorld(machines: number): World {
  const model = loadWorld("recorded-replicated-machine");
  const [vault] = model.vaults;
  if (vault?.replication === undefined) throw new Error(`the world '${model.name}' holds no replication to copy`);
  const { replication } = vault;
  const pairs = Array.from({ length: Math.ceil(machines / machinesPerPair) }, (_, index) => pair(replication, index));
  const protectedItems = Array.from({ length: machines }, (_, index) => {
    const [item] = pairs[Math.floor(index / machinesPerPair)]?.protectedItems ?? [];
    if (item === undefined) throw new Error(`the world '${model.name}' holds no replicated machine to copy`);
    return machine(item, index);
  });
  const all = (kind: keyof WorldReplication): readonly WorldReplicationObject[] =>
    pairs.flatMap((one) => one[kind] ?? []);
  return {
    ...model,
    name: `site-recovery:${machines}`,
    description: `One vault with ${machines} machines that Site Recovery replicates between regions of Azure.`,
    pageSize,
    vaults: [
      {
        ...vault,
        replication: {
          fabrics: all("fabrics"),
          policies: replication.policies ?? [],
          protectionContainers: all("protectionContainers"),
          containerMappings: all("containerMappings"),
          networkMappings: all("networkMappings"),
          protectedItems,
        },
      },
    ],
  };
}

/** The recorded objects under the names of this pair, their references to each other included. */
function pair(recorded: WorldReplication, index: number): WorldReplication {
  const name = padded(index, 3);
  const text = JSON.stringify(recorded).replaceAll(recordedPair, `$1-A2A-${name}-$2`);
  return JSON.parse(text) as WorldReplication;
}

/** What machines do not differ in, they share: ten thousand bodies would take more memory than the run. */
function machine({ path, properties }: WorldReplicationObject, index: number): WorldReplicationObject {
  const name = `vm-app-${padded(index, 6)}`;
  const details = object(properties, "providerSpecificDetails");
  const { fabricObjectId, recoveryAzureVMName, tfoAzureVMName, protectedManagedDisks } = details;
  const own = { fabricObjectId, recoveryAzureVMName, tfoAzureVMName, protectedManagedDisks } as Properties;
  const providerSpecificDetails = { ...details, ...renamed(own, name) };
  return {
    path: `${path.slice(0, path.lastIndexOf("/"))}/${name}`,
    properties: { ...properties, friendlyName: name, providerSpecificDetails },
  };
}

function renamed(recorded: Properties, name: string): Properties {
  return JSON.parse(JSON.stringify(recorded).replaceAll(recordedMachine, name)) as Properties;
}

function padded(index: number, digits: number): string {
  return String(index + 1).padStart(digits, "0");
}
