// What a world says about Site Recovery in a vault. It must not hold state that changes while the emulator runs.
import type { Properties } from "../json.ts";
import type { Members, Shape } from "../world-shape.ts";
import type { ReplicationKind } from "./kinds.ts";

/** `path` is the object's own id without the vault's, e.g. `replicationFabrics/f/replicationvCenters/v`. */
export type WorldReplicationObject = { readonly path: string; readonly properties: Properties };

/** `about` is the path of the object the job works on: while the job runs, that object cannot be changed. */
export type WorldReplicationJob = WorldReplicationObject & {
  readonly completesAt?: string;
  readonly about?: string;
};

export type WorldReplication = {
  readonly [Kind in Exclude<ReplicationKind, "jobs">]?: readonly WorldReplicationObject[];
} & { readonly jobs?: readonly WorldReplicationJob[] };

const text: Shape = { kind: "text" };
const member: Members = { path: text, properties: { kind: "body" } };
const objects: Shape = { kind: "list", of: { kind: "object", required: member, optional: {} } };

export const replicationShape: Shape = {
  kind: "object",
  required: {},
  optional: {
    fabrics: objects,
    protectionContainers: objects,
    protectedItems: objects,
    migrationItems: objects,
    containerMappings: objects,
    networkMappings: objects,
    storageClassificationMappings: objects,
    vCenters: objects,
    recoveryServicesProviders: objects,
    policies: objects,
    recoveryPlans: objects,
    jobs: { kind: "list", of: { kind: "object", required: member, optional: { completesAt: text, about: text } } },
    appliances: objects,
  } satisfies Record<ReplicationKind, Shape>,
};
