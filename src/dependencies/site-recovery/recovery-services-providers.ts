// Recovery Services providers: the servers outside Azure (Hyper-V hosts, VMM, configuration servers, appliances) registered with a fabric.

import { armId, idKey } from "../../model/arm-id.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { RecoveryServicesProvider } from "../../model/replication.ts";
import type { StepDraft } from "../../model/step.ts";
import type { Contribution, Dependency, PlanningContext } from "../dependency.ts";
import { text } from "../properties.ts";
import { keysBelow, startKeys } from "./arrows.ts";
import { fabricOf } from "./parents.ts";
import { goesWithItsFabric, wayOfServer, type Way } from "./planned.ts";
import { proveUnlisted } from "./proofs.ts";
import { reachabilityOf } from "./reachability.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const recoveryServicesProviders: Dependency<"recovery-services-provider"> = {
  kind: "recovery-services-provider",
  rule: "SDK 5.1.0: POST remove tells the server, DELETE does not; documented: a server that was not told keeps its registration",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("providers")).map(serverFrom),
  contribute,
  prove: (step, found) => proveUnlisted(step, found, "the recovery services provider"),
};

function serverFrom(server: ArmResource): RecoveryServicesProvider {
  return {
    kind: "recovery-services-provider",
    id: armId(server.id),
    name: text(server.properties, "friendlyName") ?? server.name,
    state: text(server.properties, "connectionStatus") ?? "Unknown",
    fabric: fabricOf(server.id),
    fabricType: text(server.properties, "fabricType") ?? "Unknown",
    source: reachabilityOf(server),
  };
}

function contribute(server: RecoveryServicesProvider, context: PlanningContext): Contribution {
  if (goesWithItsFabric(server)) return { note: "a region of Azure has no server of its own: it goes with its fabric" };
  const way = wayOfServer(server, context);
  if (way === undefined) return { blockers: [unreachable(server)] };
  return {
    steps: [removeStep(server, way, context)],
    remains: [
      {
        what:
          way === "clean"
            ? "the Site Recovery software on the server"
            : "the Site Recovery software and its registration on the server, which was not told",
        subject: server.name,
      },
    ],
  };
}

const permission = "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationRecoveryServicesProviders";

function removeStep(server: RecoveryServicesProvider, way: Way, context: PlanningContext): StepDraft {
  const base = {
    action: "remove-provider",
    kind: "recovery-services-provider",
    target: server.id,
    name: server.name,
    after: [...startKeys(context, server), ...keysBelow(context, server.fabric)],
    exclusive: idKey(server.fabric),
  } as const;
  if (way === "clean")
    return {
      ...base,
      reason: "a registered server keeps its fabric alive; it is connected and is told",
      irreversible: false,
      permissions: [`${permission}/remove/action`],
      request: { write: "remove-replication-object", target: server.id },
    };
  return {
    ...base,
    reason: "a registered server keeps its fabric alive; it cannot be told, so Azure forgets it",
    irreversible: true,
    weakens: `${server.name} keeps its registration and cannot be registered elsewhere before that is removed by hand`,
    consent: "orphan-replication",
    permissions: [`${permission}/delete`],
    request: { write: "purge-replication-object", target: server.id },
  };
}

function unreachable(server: RecoveryServicesProvider): Blocker {
  return {
    code: "replication-source-unreachable",
    subject: server.id,
    reason: `the server ${server.name} (${server.fabricType}) cannot be told that it is removed: its connection reads ${server.state}`,
    fix: "bring it back and plan again; if it is gone for good: --allow orphan-replication, which leaves its registration on it",
    who: "the administrator of that server",
  };
}
