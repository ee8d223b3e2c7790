// The shape of a saved plan: checked before a byte of it is believed, down to the last member.

import type { ApiVersions } from "../model/api-versions.ts";
import { vaultKinds } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ByHand, DeletedVaultChoice, Recovery } from "../model/recovery.ts";
import type { Grant, ScopeGrants } from "../model/grant.ts";
import {
  outcomeKinds,
  planFormatVersion,
  strategies,
  type ExpectedOutcome,
  type Permissions,
  type Plan,
} from "../model/plan.ts";
import type { Remainder, RoleDefinition, VaultSummary } from "../model/plan.ts";
import {
  eitherBy,
  filledText,
  flag,
  listOf,
  objectOf,
  oneOf,
  optional,
  text,
  time,
  type Check,
} from "../model/shape.ts";
import { inventoryEntry } from "./resource-shape.ts";
import { consent, step } from "./step-shape.ts";

const texts = listOf(text);

const vault = objectOf<VaultSummary>({
  id: filledText,
  name: filledText,
  kind: oneOf(vaultKinds),
  location: filledText,
  cloud: filledText,
});

const apiVersions = objectOf<ApiVersions>({
  vaultReads: filledText,
  vaultWrites: filledText,
  backup: filledText,
  dataProtection: filledText,
  dataProtectionReads: filledText,
  network: filledText,
  replication: filledText,
  locks: filledText,
  authorization: filledText,
  resources: filledText,
});

const expectedOutcome = objectOf<ExpectedOutcome>({
  kind: oneOf(outcomeKinds),
  until: optional(text),
  assumption: optional(text),
});

const blocker = objectOf<Blocker>({
  code: filledText,
  subject: text,
  reason: text,
  fix: text,
  who: text,
  until: optional(text),
});

const recovery = objectOf<Recovery>({
  run: optional(filledText),
  items: optional(texts),
  deletedVault: optional(
    objectOf<DeletedVaultChoice>({ id: filledText, deletedAt: optional(text), purgeAt: optional(text) }),
  ),
  wanted: texts,
  byHand: listOf(objectOf<ByHand>({ what: text, subjects: texts, todo: text })),
  remarks: texts,
});

const remainder = objectOf<Remainder>({ what: text, subject: text, of: optional(text), until: optional(text) });

type Granted = Extract<ScopeGrants, { readonly grants: unknown }>;
type Refused = Extract<ScopeGrants, { readonly refusal: unknown }>;

const scopeGrants: Check<ScopeGrants> = eitherBy<Granted, Refused>(
  "grants",
  objectOf<Granted>({ scope: text, grants: listOf(objectOf<Grant>({ actions: texts, notActions: texts })) }),
  objectOf<Refused>({ scope: text, refusal: objectOf({ code: text, message: text }) }),
);

const permissions = objectOf<Permissions>({
  needed: texts,
  missing: texts,
  checked: flag,
  byScope: listOf(objectOf({ scope: text, needed: texts, missing: texts, checked: flag })),
  grants: listOf(scopeGrants),
  role: objectOf<RoleDefinition>({
    Name: text,
    IsCustom: oneOf([true]),
    Description: text,
    Actions: texts,
    NotActions: texts,
    AssignableScopes: texts,
  }),
});

/** What a saved plan must look like. What it says is judged elsewhere. */
export const planShape: Check<Plan> = objectOf<Plan>({
  formatVersion: oneOf([planFormatVersion]),
  id: filledText,
  tool: filledText,
  createdAt: time,
  vault,
  strategy: oneOf(strategies),
  recovery: optional(recovery),
  options: objectOf({ keepPrivateEndpoints: flag }),
  consents: listOf(consent),
  apiVersions,
  expectedOutcome,
  inventory: listOf(inventoryEntry),
  steps: listOf(step),
  blockers: listOf(blocker),
  warnings: texts,
  remains: listOf(remainder),
  permissions,
});
