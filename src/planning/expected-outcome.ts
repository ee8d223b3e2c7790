// What will be true of the vault at the end, said before the first write: absent, soft-deleted or purged, and what that rests on.

import type { Blocker } from "../model/blocker.ts";
import type { ExpectedOutcome, Strategy } from "../model/plan.ts";
import { ofKind, type Resource } from "../model/resource.ts";
import type { Step } from "../model/step.ts";

const dayMilliseconds = 86_400_000;

export function expectOutcome(facts: {
  readonly strategy: Strategy;
  readonly resources: readonly Resource[];
  readonly steps: readonly Step[];
  readonly blockers: readonly Blocker[];
  readonly now: number;
}): ExpectedOutcome {
  if (facts.blockers.length > 0) return blocked(facts.blockers);
  if (facts.strategy === "purge")
    return {
      kind: "purged",
      assumption: "the service lets soft delete be turned off; if it refuses, nothing is touched",
    };
  const state = ofKind(facts.resources, "soft-delete-setting")[0]?.state.toLowerCase();
  if (state === "disabled")
    return {
      kind: "absent",
      assumption:
        "soft delete reads Disabled, so data is destroyed at once; a secure-by-default vault would keep it for a while",
    };
  return softDeleted(facts, state === "alwayson");
}

function blocked(blockers: readonly Blocker[]): ExpectedOutcome {
  const dates = blockers.map((blocker) => blocker.until);
  const last = dates.every((until) => until !== undefined) ? dates.toSorted().at(-1) : undefined;
  return { kind: "blocked", ...(last === undefined ? {} : { until: last }) };
}

function softDeleted(
  facts: { readonly resources: readonly Resource[]; readonly steps: readonly Step[]; readonly now: number },
  enforced: boolean,
): ExpectedOutcome {
  const until = lastPurge(facts);
  if (until === undefined)
    return {
      kind: "absent",
      assumption: "it holds nothing to recover; Azure may list it among deleted vaults for some days",
    };
  if (enforced) return { kind: "soft-deleted", until };
  return {
    kind: "soft-deleted",
    until,
    assumption: `soft delete is on but not enforced: if Azure refuses to delete the vault while it holds soft-deleted items (classic regime), the run ends waiting until ${until.slice(0, 10)}, and --strategy purge can delete it now`,
  };
}

function lastPurge(facts: {
  readonly resources: readonly Resource[];
  readonly steps: readonly Step[];
  readonly now: number;
}): string | undefined {
  const days = ofKind(facts.resources, "soft-delete-setting")[0]?.retentionDays ?? 0;
  const leavesData = facts.steps.some((step) => step.action === "delete-item" && !step.irreversible);
  const dates = ofKind(facts.resources, "protected-item").flatMap((item) => item.purgeAt ?? []);
  if (leavesData) dates.push(new Date(facts.now + days * dayMilliseconds).toISOString());
  return dates.toSorted().at(-1);
}
