// What a long-running operation will have done when it completes, as data, so that a saved world keeps it.
// It must not carry anything out.
import type { Properties } from "./json.ts";
import { text } from "./json.ts";
import type { BackupVaultChange } from "./data-protection/changes.ts";
import type { ReplicationChange } from "./site-recovery/settle-replication.ts";
import type { UndeleteVault } from "./vault-undelete.ts";

type Of<Kind extends string, Members = object> = { readonly kind: Kind } & Readonly<Members>;

export type ItemName = { readonly container: string; readonly item: string };

export type Effect =
  | Of<"none">
  /** `forgottenAfter`: milliseconds from the end of the vault to that of its operation's url. */
  | Of<"delete-vault", { forGood?: boolean; forgottenAfter?: number; location?: string }>
  | Of<"update-vault", { changes: Properties }>
  | Of<"soft-delete-item", ItemName>
  | Of<"remove-item", ItemName>
  | Of<"keep-item", ItemName>
  | Of<"undelete-item", ItemName>
  | Of<"reprotect-item", ItemName & { intent: string; properties: Properties }>
  /** `properties`: of one that the vault does not know yet. */
  | Of<"register-container", { container: string; properties?: Properties }>
  | Of<"unregister-container", { container: string }>
  | Of<"delete-connection", { connection: string }>
  | Of<"delete-endpoint", { endpoint: string }>
  | Of<"release-lock", { lock: string }>
  | UndeleteVault
  | BackupVaultChange
  | ReplicationChange;

const kinds = {
  none: true,
  "delete-vault": true,
  "update-vault": true,
  "soft-delete-item": true,
  "remove-item": true,
  "keep-item": true,
  "undelete-item": true,
  "reprotect-item": true,
  "register-container": true,
  "unregister-container": true,
  "delete-connection": true,
  "delete-endpoint": true,
  "release-lock": true,
  "undelete-vault": true,
  "change-backup-vault": true,
  "change-replication": true,
} as const satisfies Record<Effect["kind"], true>;

/** The effect of a saved operation; one of an unknown kind does nothing. */
export function effectFrom(saved: Properties): Effect {
  return Object.hasOwn(kinds, text(saved, "kind")) ? (saved as unknown as Effect) : { kind: "none" };
}

/** The name under which operations at work on the same container's items, or on the same side of the vault, are found. */
export function workOn(vaultId: string, effect: Effect): string {
  const item = itemUnderWork(effect);
  return item === undefined ? vaultWork(vaultId, effect.kind) : containerWork(vaultId, item.container);
}

/** `workOn` of the effects of this kind, which must be one that changes no protection. */
export function vaultWork(vaultId: string, kind: Effect["kind"]): string {
  return `${vaultId}#${kind}`.toLowerCase();
}

/** `workOn` of every effect that changes protection in that container. */
export function containerWork(vaultId: string, container: string): string {
  return `${vaultId}#container#${container}`.toLowerCase();
}

/** The item an operation is at work on, where it is one that changes protection. */
export function itemUnderWork(effect: Effect): ItemName | undefined {
  switch (effect.kind) {
    case "soft-delete-item":
    case "remove-item":
    case "keep-item":
    case "undelete-item":
      return effect;
    case "none":
    case "delete-vault":
    case "update-vault":
    case "reprotect-item":
    case "register-container":
    case "unregister-container":
    case "delete-connection":
    case "delete-endpoint":
    case "release-lock":
    case "undelete-vault":
    case "change-backup-vault":
    case "change-replication":
      return undefined;
    default:
      return effect satisfies never;
  }
}
