// What one kind of dependency must say about itself. One file per kind implements it; the machinery around knows no kind by name.

import { idKey, vaultKindOf, type ArmId } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Loss } from "../model/loss.ts";
import type { PlanOptions, Remainder, Strategy } from "../model/plan.ts";
import type { VaultReader } from "../model/ports.ts";
import type { Recovery } from "../model/recovery.ts";
import { ofKind, type Kind, type Of, type Resource } from "../model/resource.ts";
import type { Step, StepDraft } from "../model/step.ts";

/** What a resource adds to the plan. A resource that adds no step says why in `note`. */
export type Contribution = {
  readonly steps?: readonly StepDraft[];
  readonly blockers?: readonly Blocker[];
  readonly warnings?: readonly string[];
  readonly remains?: readonly Remainder[];
  readonly note?: string;
  /** What becomes of the backup data it holds. */
  readonly loss?: Loss;
};

/** What a fresh listing says about a step: done, not visible yet, or that it came out otherwise than planned. */
export type Proof =
  | { readonly verdict: "proved"; readonly evidence: string }
  | { readonly verdict: "not-yet"; readonly found: string }
  | { readonly verdict: "contradicted"; readonly found: string; readonly remedy: string };

export type Dependency<K extends Kind> = {
  readonly kind: K;
  /** The Azure rule behind it, with its source. */
  readonly rule: string;
  /** True: decides over no plan and blocks none, so it is not listed again before the vault is deleted. */
  readonly reportedOnly?: true;
  /** Lists every resource of this kind. Throws AzureError; never answers an empty list for a failed one. */
  readonly list: (reader: VaultReader) => Promise<readonly Of<K>[]>;
  /** Lists as much as `prove` looks at, where that takes fewer requests than `list`. Throws AzureError. */
  readonly listToProve?: (reader: VaultReader) => Promise<readonly Of<K>[]>;
  /**
   * Whether the vault surely has nothing of this kind, at the price of fewer reads than its list. Discovery then leaves
   * the list out; proofs never do. Answers false for what it could not read.
   */
  readonly unusedWhen?: (reader: VaultReader) => Promise<boolean>;
  /** Reads one target alone, for proofs, where the list no longer leads to it once it is deleted. Throws AzureError. */
  readonly look?: (reader: VaultReader, target: ArmId) => Promise<readonly Of<K>[]>;
  /** What a teardown does about it. Pure. */
  readonly contribute: (resource: Of<K>, context: PlanningContext) => Contribution;
  /** What a recovery does about it; absent for a kind that no recovery touches. Pure. */
  readonly recover?: (resource: Of<K>, context: RecoveryContext) => Contribution;
  /**
   * What goes with the target of this step by Azure's own doing, and has no step of its own; undefined when nothing does.
   * Looked at right before the write: what a plan does not know must not go. Pure.
   */
  readonly takesAlong?: (step: Step, planned: readonly Resource[]) => TakenAlong | undefined;
  /** Pure: judges a step on a resource of this kind by a listing made after the write. */
  readonly prove: (step: Step, found: readonly Of<K>[], strategy: Strategy) => Proof;
};

export type TakenAlong = {
  /** Where it is listed. */
  readonly kinds: readonly Kind[];
  readonly has: (resource: Resource) => boolean;
};

/** What a rule may look at while it plans. */
export type PlanningContext = PlanOptions & {
  readonly vault: ArmId;
  readonly resources: readonly Resource[];
  /** Epoch milliseconds at which the plan is made. */
  readonly now: number;
  /** Resources of a kind by a key of theirs; built once per plan and key function. */
  readonly lookup: <K extends Kind>(kind: K, by: (resource: Of<K>) => string | undefined) => Lookup<K>;
};

export function planningContext(
  options: PlanOptions,
  vault: ArmId,
  resources: readonly Resource[],
  now: number,
): PlanningContext {
  const lookups = new Map<Kind, Map<unknown, unknown>>();
  const lookup: PlanningContext["lookup"] = (kind, by) => {
    let ofThisKind = lookups.get(kind);
    if (ofThisKind === undefined) lookups.set(kind, (ofThisKind = new Map()));
    let known = ofThisKind.get(by) as Lookup<typeof kind> | undefined;
    if (known === undefined) ofThisKind.set(by, (known = indexed(ofKind(resources, kind), by)));
    return known;
  };
  return { ...options, vault, resources, now, lookup };
}

/** What a rule may look at while it plans a recovery. */
export type RecoveryContext = PlanningContext & {
  readonly recovery: Recovery;
  /** Whether the plan is to bring this resource back. */
  readonly isWanted: (id: ArmId) => boolean;
};

/** Nothing is weakened and nothing consented to where data only returns. */
const recoveryOptions: PlanOptions = { strategy: "soft", consents: [], keepPrivateEndpoints: true };

export function recoveryContext(
  recovery: Recovery,
  vault: ArmId,
  resources: readonly Resource[],
  now: number,
): RecoveryContext {
  const wanted = new Set(recovery.wanted.map(idKey));
  return {
    ...planningContext(recoveryOptions, vault, resources, now),
    recovery,
    isWanted: (id) => wanted.has(idKey(id)),
  };
}

type Lookup<K extends Kind> = (key: string) => readonly Of<K>[];

function indexed<K extends Kind>(resources: readonly Of<K>[], by: (resource: Of<K>) => string | undefined): Lookup<K> {
  const index = new Map<string, Of<K>[]>();
  for (const resource of resources) {
    const key = by(resource);
    if (key === undefined) continue;
    const bucket = index.get(key);
    if (bucket === undefined) index.set(key, [resource]);
    else bucket.push(resource);
  }
  const none: readonly Of<K>[] = [];
  return (key) => index.get(key) ?? none;
}

/** Whether the plan is for a Backup vault; else it is for a Recovery Services vault. */
export function isBackupVault({ vault }: Pick<PlanningContext, "vault">): boolean {
  return vaultKindOf(vault) === "backup";
}

/** The proof of a kind whose steps never write: nothing to find. */
export function nothingToProve(step: Step): Proof {
  return {
    verdict: "contradicted",
    found: `no proof is defined for ${step.action}`,
    remedy: "report this as a defect",
  };
}
