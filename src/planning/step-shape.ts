// The shape of a step, and of every write one can send, as a saved plan lists them.

import {
  filledText,
  flag,
  listOf,
  objectOf,
  oneOf,
  optional,
  text,
  variantsOf,
  whole,
  type Check,
  type Variants,
} from "../model/shape.ts";
import { actions, consents, type Guarded, type Step } from "../model/step.ts";
import type { GuardPass, WriteRequest } from "../model/write-request.ts";
import { kind } from "./resource-shape.ts";

const texts = listOf(text);
const guard = optional(objectOf<GuardPass>({ proxy: text, request: text }));
const target = { target: text };

const writes = {
  "delete-protected-item": { item: text, guard },
  "undelete-protected-item": { item: text, itemType: text, sourceId: optional(text), guard },
  "unregister-container": { container: text },
  "delete-protection-intent": { intent: text },
  "set-soft-delete": { vault: text, softDeleteState: text, hybridState: text, retentionDays: whole, guard },
  "set-immutability": { vault: text, state: text, guard },
  "unregister-server": { vault: text, identity: text },
  "register-container": {
    operation: oneOf(["Register", "Reregister"]),
    container: text,
    containerType: text,
    managementType: text,
    sourceId: text,
    workload: optional(text),
  },
  "cancel-backup-job": { job: text },
  "remove-lock": { lock: text },
  "restore-lock": { lock: text, level: text, notes: optional(text), owners: optional(texts) },
  "disable-replication": { item: text, provider: text },
  "clean-test-failover": { item: text },
  "remove-replication-object": { ...target, provider: optional(text) },
  "purge-replication-object": target,
  "delete-replication-object": target,
  "cancel-replication-job": { job: text },
  "delete-private-endpoint-connection": { connection: text },
  "delete-private-endpoint": { endpoint: text },
  "delete-backup-instance": { instance: text, guard },
  "undelete-backup-instance": { instance: text },
  "delete-backup-vault-policy": { policy: text },
  "set-backup-vault-security": {
    vault: text,
    softDelete: optional(objectOf<{ state: string; retentionDays: number }>({ state: text, retentionDays: whole })),
    immutability: optional(text),
    guard,
  },
  "delete-vault": { vault: text },
  "undelete-vault": { vault: text, deletedVault: text, location: text },
} satisfies Variants<WriteRequest, "write">;

export const consent: Check<Step["consent"] & string> = oneOf(consents);

export const step: Check<Step> = objectOf<Step>({
  id: filledText,
  action: oneOf(actions),
  kind,
  target: filledText,
  name: text,
  after: texts,
  despite: optional(texts),
  reason: filledText,
  irreversible: flag,
  weakens: optional(text),
  consent: optional(consent),
  permissions: texts,
  exclusive: optional(text),
  guarded: optional(objectOf<Guarded>({ guard: text, operation: text, request: text })),
  undoes: optional(text),
  holds: optional(text),
  touches: optional(texts),
  byHand: optional(text),
  request: optional(variantsOf<WriteRequest, "write">("write", writes)),
});
