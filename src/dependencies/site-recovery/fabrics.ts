// Fabrics: regions, sites and servers. The last of Site Recovery to go; a registered modernized appliance must go first, by hand.

import { armId, idKey, isWithin, sameId } from "../../model/arm-id.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { ArmResource, VaultReader } from "../../model/ports.ts";
import type { Fabric } from "../../model/replication.ts";
import type { Kind } from "../../model/resource.ts";
import type { Step, StepDraft } from "../../model/step.ts";
import type { Contribution, Dependency, PlanningContext, TakenAlong } from "../dependency.ts";
import { group, groups, isWord, text } from "../properties.ts";
import { keysBelow, keysWithin, recoveryPlanKeys, startKeys } from "./arrows.ts";
import { wayOfFabric, type Way } from "./planned.ts";
import { proveUnlisted } from "./proofs.ts";
import { azureFabric, fabricsOfAppliances, isOneOf, knownFabrics } from "./provider-words.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const fabrics: Dependency<"fabric"> = {
  kind: "fabric",
  rule: "recorded: azext2024__test_siterecovery: removed after everything under it; documented: delete-appliance, remove infrastructure before the vault",
  unusedWhen: siteRecoveryIsUnused,
  list: listFabrics,
  listToProve: async (reader) => (await reader.replication("fabrics")).map((fabric) => fabricFrom(fabric, [])),
  contribute,
  takesAlong: everythingIn,
  prove: (step, found) => proveUnlisted(step, found, "the fabric"),
};

/** Only DELETE takes along what lies in a fabric (recorded: H2A_B2A, A2A_selfcreated_scenarios); POST remove is refused. */
function everythingIn({ target, request }: Step): TakenAlong | undefined {
  if (request?.write !== "purge-replication-object") return undefined;
  return { kinds: kindsInFabric, has: ({ id }) => isWithin(id, target) && !sameId(id, target) };
}

const kindsInFabric: readonly Kind[] = [
  "replicated-item",
  "migration-item",
  "container-mapping",
  "network-mapping",
  "storage-classification-mapping",
  "protection-container",
  "vcenter",
  "recovery-services-provider",
];

async function listFabrics(reader: VaultReader): Promise<readonly Fabric[]> {
  const [found, appliances] = await Promise.all([reader.replication("fabrics"), reader.replication("appliances")]);
  return found.map((fabric) => fabricFrom(fabric, appliances));
}

type Properties = Readonly<Record<string, unknown>>;

function fabricFrom(fabric: ArmResource, appliances: readonly ArmResource[]): Fabric {
  const details = group(fabric.properties, "customDetails") ?? {};
  const fabricType = text(details, "instanceType") ?? "Unknown";
  const isModernized = isOneOf(fabricType, fabricsOfAppliances);
  const registered = [
    ...appliances.flatMap((entry) => namesFor(fabric.id, isModernized, entry)),
    ...(isModernized ? components.flatMap((list) => groups(details, list).flatMap(nameOfAppliance)) : []),
  ];
  return {
    kind: "fabric",
    id: armId(fabric.id),
    name: text(fabric.properties, "friendlyName") ?? fabric.name,
    state: text(fabric.properties, "bcdrState") ?? "Unknown",
    fabricType,
    appliances: [...new Set(registered)].toSorted(),
  };
}

/** Parts of an appliance that a modernized fabric lists; the vault-wide list may leave them empty (recorded: V2A_RCMInMage). */
const components: readonly string[] = ["processServers", "rcmProxies", "replicationAgents", "reprotectAgents", "dras"];

/** An appliance that names no fabric may belong to any modernized one. */
function namesFor(fabric: string, isModernized: boolean, entry: ArmResource): readonly string[] {
  const listed = groups(group(entry.properties, "providerSpecificDetails") ?? {}, "appliances");
  const belongs = (itsFabric: string | undefined): boolean =>
    itsFabric === undefined ? isModernized : sameId(itsFabric, fabric);
  return listed.filter((appliance) => belongs(text(appliance, "fabricArmId"))).flatMap(nameOfAppliance);
}

function nameOfAppliance(properties: Properties): readonly string[] {
  return [text(properties, "name") ?? text(properties, "id") ?? "an appliance without a name"];
}

function contribute(fabric: Fabric, context: PlanningContext): Contribution {
  if (fabric.appliances.length > 0)
    return { blockers: [applianceBlocker(fabric)], remains: [applianceRemains(fabric)] };
  if (!isOneOf(fabric.fabricType, knownFabrics)) return { blockers: [unknownFabric(fabric)] };
  const way = wayOfFabric(fabric, context);
  if (way === undefined) return { note: "waits for the decision about its unreachable server" };
  return { steps: [removeStep(fabric, way, context)] };
}

const permission = "Microsoft.RecoveryServices/Vaults/replicationFabrics";

function removeStep(fabric: Fabric, way: Way, context: PlanningContext): StepDraft {
  const base = {
    action: "remove-fabric",
    kind: "fabric",
    target: fabric.id,
    name: fabric.name,
    after: [
      ...startKeys(context, fabric),
      // A plan names its fabrics, even one without items.
      ...recoveryPlanKeys(context),
      ...keysBelow(context, fabric.id),
      ...keysWithin(context, fabric.id),
    ],
    exclusive: idKey(fabric.id),
  } as const;
  if (way === "clean" && isWord(fabric.fabricType, azureFabric))
    return {
      ...base,
      reason: "a region keeps the vault alive",
      irreversible: false,
      permissions: [`${permission}/remove/action`],
      request: { write: "remove-replication-object", target: fabric.id },
    };
  // Its servers were told by their own steps, and only DELETE is recorded to take its container along (H2A_B2A).
  if (way === "clean")
    return {
      ...base,
      reason: `a fabric (${fabric.fabricType}) keeps the vault alive; its servers have been told before, its containers go with it`,
      irreversible: false,
      permissions: [`${permission}/delete`],
      request: { write: "purge-replication-object", target: fabric.id },
    };
  return {
    ...base,
    reason: `a fabric (${fabric.fabricType}) keeps the vault alive; its servers cannot be told, so Azure forgets it`,
    irreversible: true,
    weakens: `the servers of ${fabric.name} keep their registration`,
    consent: "orphan-replication",
    permissions: [`${permission}/delete`],
    request: { write: "purge-replication-object", target: fabric.id },
  };
}

function unknownFabric(fabric: Fabric): Blocker {
  return {
    code: "unknown-kind",
    subject: fabric.id,
    reason: `a fabric of type ${fabric.fabricType}, ${fabric.name}, stands in the vault, and this version does not know how to remove it`,
    fix: "remove it by hand in the portal (Site Recovery infrastructure), then plan again",
    who: "a site recovery contributor of the vault",
  };
}

/** No API does it (SDK 5.1.0 has no delete; documented: site-recovery/delete-appliance). */
function applianceBlocker(fabric: Fabric): Blocker {
  return {
    code: "appliance-registered",
    subject: fabric.id,
    reason: `the appliance ${fabric.appliances.join(", ")} is registered with ${fabric.name}: only its own configuration manager or the portal removes it, no API does`,
    fix: "disable replication of its machines; then reset it in its configuration manager, or delete it in the portal once all its components read critical for 30 minutes (Site Recovery infrastructure); then choose remove infrastructure there, and plan again. steps: https://learn.microsoft.com/azure/site-recovery/delete-appliance",
    who: "the administrator of the appliance, with site recovery contributor on the vault",
  };
}

function applianceRemains(fabric: Fabric): { readonly what: string; readonly subject: string } {
  return {
    what: "what the appliance used: its storage account, network interface, public address and app registrations",
    subject: fabric.appliances.join(", "),
  };
}
