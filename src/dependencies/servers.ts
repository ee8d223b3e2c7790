// What servers outside Azure (MARS, DPM, MABS) share: their items go with them, by unregistering. Deletes no item by itself.

import { idKey, nameOf } from "../model/arm-id.ts";
import type { BackupServer, MarsServer, ProtectedItem, Resource } from "../model/resource.ts";
import type { Step, StepDraft, StepKey } from "../model/step.ts";
import type { Blocker } from "../model/blocker.ts";
import { containerKey } from "./container-names.ts";
import type { Contribution, PlanningContext, Proof, TakenAlong } from "./dependency.ts";
import { goesWithServer } from "./item-types.ts";
import { settleJobKeys } from "./jobs.ts";
import { destroyed, softDeletedBy } from "./losses.ts";
import { isWord } from "./properties.ts";
import { gateKeys, keepsDeletedItems, recoverableUntil, softDeleteSetting } from "./soft-delete.ts";
import { goesWithVault } from "./soft-deleted-items.ts";

export type Server = MarsServer | BackupServer;

/** Soft-deleted servers are still in the lists; they are not registered any more. */
export function isRegistered(server: Server): boolean {
  return !isWord(server.state, "SoftDeleted");
}

export function registeredServers(resources: readonly Resource[]): readonly Server[] {
  return resources.filter(
    (resource): resource is Server =>
      (resource.kind === "mars-server" || resource.kind === "backup-server") && isRegistered(resource),
  );
}

/**
 * The server an item goes with. MARS items lie in their server's container, under one fabric or another (recorded: Azure
 * and ActiveDirectory); DPM and MABS items name their engine, and where one does not, the only one of its type is meant.
 */
export function serverOf(item: ProtectedItem, context: PlanningContext): Server | undefined {
  if (isWord(item.managementType, "MAB"))
    return context.lookup("mars-server", containerName)(nameOf(item.container).toLowerCase())[0];
  const engines = context.lookup("backup-server", managementType)(item.managementType.toLowerCase());
  const { engine } = item;
  if (engine !== undefined)
    return engines.find((server) => [server.identity, server.name].some((name) => isWord(name, engine)));
  return engines.length === 1 ? engines[0] : undefined;
}

function containerName(server: MarsServer): string {
  return nameOf(server.id).toLowerCase();
}

function managementType(server: BackupServer): string {
  return server.managementType.toLowerCase();
}

function itemsOf(server: Server, context: PlanningContext): readonly ProtectedItem[] {
  const candidates =
    server.kind === "mars-server"
      ? context.lookup("protected-item", machineOf)(containerName(server))
      : context.lookup("protected-item", engineType)(managementType(server));
  return candidates.filter((item) => !item.softDeleted && serverOf(item, context)?.id === server.id);
}

function machineOf(item: ProtectedItem): string | undefined {
  return isWord(item.managementType, "MAB") ? nameOf(item.container).toLowerCase() : undefined;
}

function engineType(item: ProtectedItem): string | undefined {
  return goesWithServer(item) ? item.managementType.toLowerCase() : undefined;
}

/** Whether what a server holds stays recoverable, and how that is said. */
function fate(items: number, context: PlanningContext): Pick<StepDraft, "reason" | "irreversible"> {
  const why = "a registered server keeps the vault alive";
  if (items === 0) return { reason: `${why}; no backup item goes with it`, irreversible: false };
  const go =
    items === 1 ? "1 backup item goes with it, and its data is" : `${items} backup items go with it, and their data is`;
  const setting = softDeleteSetting(context.resources);
  if (keepsDeletedItems(context) && setting !== undefined) {
    const until = recoverableUntil(context, setting).slice(0, 10);
    return { reason: `${why}; ${go} recoverable until about ${until}`, irreversible: false };
  }
  return { reason: `${why}; ${go} destroyed at once`, irreversible: true };
}

/** `left`: what stays installed on the machine. `weakened`: steps that must be done before, beside the usual gates. */
export function contributeServer(
  server: Server,
  context: PlanningContext,
  left: string,
  weakened: readonly StepKey[],
): Contribution {
  if (!isRegistered(server))
    return context.strategy === "soft"
      ? { note: "already soft-deleted: it goes with the vault" }
      : { blockers: [softDeletedServer(server)] };
  const step: StepDraft = {
    action: "unregister-server",
    kind: server.kind,
    target: server.id,
    name: server.name,
    after: [
      ...gateKeys(context),
      ...weakened,
      ...settleJobKeys(
        context,
        containerKey(nameOf(server.id)),
        server.kind === "mars-server" ? "MAB" : server.managementType,
      ),
    ],
    ...fate(itemsOf(server, context).length, context),
    permissions: ["Microsoft.RecoveryServices/Vaults/registeredIdentities/delete"],
    exclusive: idKey(server.id),
    request: { write: "unregister-server", vault: context.vault, identity: server.identity },
  };
  return { steps: [step], remains: [{ what: left, subject: server.id }] };
}

function softDeletedServer(server: Server): Blocker {
  return {
    code: "server-soft-deleted",
    subject: server.id,
    reason: `${server.name} is soft-deleted: its backup data can be purged only after the server is registered again`,
    fix: "register the server again in this vault and plan again, or use --strategy soft",
    who: "the administrator of that server",
  };
}

/** An item of MARS, DPM or MABS has no step of its own. */
export function contributeServerItem(item: ProtectedItem, context: PlanningContext): Contribution {
  if (item.softDeleted) return contributeSoftDeletedItem(item, context);
  const server = serverOf(item, context);
  if (server === undefined || !isRegistered(server)) return { blockers: [serverMissing(item)] };
  const setting = softDeleteSetting(context.resources);
  const note = `goes with its server ${server.name}`;
  if (!keepsDeletedItems(context) || setting === undefined) return { note, loss: destroyed };
  const until = recoverableUntil(context, setting);
  return {
    note,
    remains: [{ what: "soft-deleted backup data", subject: item.id, until }],
    loss: softDeletedBy(context, setting),
  };
}

function contributeSoftDeletedItem(item: ProtectedItem, context: PlanningContext): Contribution {
  if (context.strategy === "soft") return goesWithVault(item, context);
  return {
    blockers: [
      {
        code: "server-item-soft-deleted",
        subject: item.id,
        reason: `${item.name} is soft-deleted, and Azure undeletes items of servers outside Azure for nobody but their server`,
        fix: "use --strategy soft, or plan again when Azure has purged it",
        who: "you",
        ...(item.purgeAt === undefined ? {} : { until: item.purgeAt }),
      },
    ],
  };
}

function serverMissing(item: ProtectedItem): Blocker {
  const named = item.engine ?? containerKey(nameOf(item.container));
  return {
    code: "server-missing",
    subject: item.id,
    reason: `${item.name} can only go with its server, and no registered server ${named} is listed in the vault`,
    fix: "delete its backup data on the server's own console, or ask Azure support to remove the item, then plan again",
    who: "the administrator of that server",
  };
}

/** Unregistering deletes all items of the server; one that names no server may be any server's of its type. */
export function itemsOfServer({ target }: Step, planned: readonly Resource[]): TakenAlong | undefined {
  const server = registeredServers(planned).find(({ id }) => idKey(id) === idKey(target));
  if (server === undefined) return undefined;
  return {
    kinds: ["protected-item"],
    has: (item) => item.kind === "protected-item" && !item.softDeleted && mayBeOf(item, server),
  };
}

function mayBeOf(item: ProtectedItem, server: Server): boolean {
  if (server.kind === "mars-server") return machineOf(item) === containerName(server);
  if (engineType(item) !== managementType(server)) return false;
  const { engine } = item;
  return engine === undefined || [server.identity, server.name].some((name) => isWord(name, engine));
}

export function proveServerGone(step: Step, found: readonly Server[]): Proof {
  const server = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  if (server === undefined) return { verdict: "proved", evidence: "the server is no longer listed" };
  if (!isRegistered(server)) return { verdict: "proved", evidence: "the server is listed as soft-deleted" };
  return { verdict: "not-yet", found: `the server is still listed, ${server.state}` };
}
