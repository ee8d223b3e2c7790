// In any tree of Site Recovery, children go before their parents, and nothing waits for a step that nobody planned.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { registry } from "../../../src/dependencies/registry.ts";
import { idKey } from "../../../src/model/arm-id.ts";
import type { Kind, Of, Resource } from "../../../src/model/resource.ts";
import { consents, type Action, type Consent, type Step } from "../../../src/model/step.ts";
import { orderSteps } from "../../../src/planning/order.ts";
import { connection, contextOf } from "../builders.ts";
import {
  containerId,
  containerMapping,
  disconnected,
  fabric,
  failedOver,
  migrationItem,
  networkMapping,
  protectionContainer,
  recoveryPlan,
  replicatedItem,
  replicationJob,
  replicationPolicy,
  server,
  storageMapping,
  vcenter,
} from "./builders.ts";

const places = ["east", "west", "site"] as const;
type Place = (typeof places)[number];
const fabricType = (place: Place): string => (place === "site" ? "HyperVSite" : "Azure");
const other = (place: Place): Place => (place === "east" ? "west" : "east");

/** Each thing of a tree, present or not, in a state of its own. */
const inPlace = (place: Place): fc.Arbitrary<readonly Resource[]> =>
  fc
    .tuple(
      fc.subarray(standing(place)),
      fc.boolean(),
      fc.constantFrom({}, failedOver, { testFailover: "WaitingForCompletion" }),
      fc.constantFrom({}, disconnected),
    )
    .map(([some, hasItem, itemState, serverState]) => [
      ...some,
      ...(hasItem
        ? [
            replicatedItem(place, `vm-in-${place}`, {
              ...itemState,
              recoveryContainer: containerId(other(place)),
              source: "state" in serverState ? "unreachable" : "reachable",
            }),
          ]
        : []),
      ...(place === "site" ? [server("site", "host-1", serverState)] : []),
    ]);

const standing = (place: Place): Resource[] => [
  fabric(place, { fabricType: fabricType(place) }),
  protectionContainer(place, { fabricType: fabricType(place) }),
  containerMapping(place, { targetContainer: containerId(other(place)) }),
  networkMapping(place, other(place)),
  storageMapping(place, other(place)),
  migrationItem(place, `migrating-in-${place}`),
  migrationItem(place, `tested-in-${place}`, { testMigration: "TestMigrationSucceeded" }),
  vcenter(place, `vcenter-in-${place}`),
];

const vaultWide: Resource[] = [
  recoveryPlan("rp-1"),
  replicationPolicy("policy-1"),
  replicationJob("job-1"),
  replicationJob("job-2", { state: "Suspended", cancellable: true }),
];

const trees: fc.Arbitrary<readonly Resource[]> = fc
  .tuple(...places.map(inPlace), fc.subarray(vaultWide))
  .map((parts) => parts.flat());

function stepsOf(tree: readonly Resource[], allowed: readonly Consent[]): readonly Step[] {
  const context = contextOf(tree, { consents: allowed });
  const drafts = tree.flatMap((resource) => contributionOf(resource, context).steps ?? []);
  return orderSteps(drafts);
}

function contributionOf<K extends Kind>(resource: Of<K>, context: ReturnType<typeof contextOf>) {
  return registry[resource.kind as K].contribute(resource, context);
}

/** Everything that is done before the step, however many steps away. */
function before(step: Step, steps: readonly Step[]): ReadonlySet<string> {
  const byId = new Map(steps.map((one) => [one.id, one]));
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    byId.get(id)?.after.forEach(visit);
  };
  step.after.forEach(visit);
  return found;
}

const removing = (step: Step): boolean => step.action !== "settle-job";
const isBelow = (child: Step, parent: Step): boolean => idKey(child.target).startsWith(`${idKey(parent.target)}/`);

describe("a private endpoint connection", () => {
  it("stays until every source and server has been told: they may have no other way to the vault", () => {
    const tree = [connection("pe-1"), replicatedItem("site", "vm-1"), server("site", "host-1"), fabric("site")];
    const steps = stepsOf(tree, []);
    const done = steps.find(({ action }) => action === "delete-private-endpoint-connection")?.after;
    expect(done).toEqual(["disable-replication-1", "remove-provider-1"]);
  });
});

describe("the order of Site Recovery", () => {
  it("is one that can be executed, in any tree and with any consents", () => {
    fc.assert(
      fc.property(trees, fc.subarray([...consents]), (tree, allowed) => {
        const steps = stepsOf(tree, allowed);
        const seen = new Set<string>();
        for (const step of steps) {
          expect(step.after.filter((id) => !seen.has(id))).toEqual([]);
          seen.add(step.id);
        }
      }),
    );
  });

  it("takes children before their parents", () => {
    fc.assert(
      fc.property(trees, fc.subarray([...consents]), (tree, allowed) => {
        const steps = stepsOf(tree, allowed).filter(removing);
        for (const parent of steps) {
          const done = before(parent, steps);
          expect(steps.filter((child) => isBelow(child, parent) && !done.has(child.id))).toEqual([]);
        }
      }),
    );
  });

  it("takes what points at something before what it points at", () => {
    const pointers: readonly (readonly [Action, Action])[] = [
      ["clean-test-failover", "delete-recovery-plan"],
      ["delete-recovery-plan", "disable-replication"],
      ["delete-recovery-plan", "remove-fabric"],
      ["remove-container-mapping", "delete-replication-policy"],
    ];
    fc.assert(
      fc.property(trees, fc.subarray([...consents]), (tree, allowed) => {
        const steps = stepsOf(tree, allowed);
        for (const [first, then] of pointers)
          for (const step of steps.filter(({ action }) => action === then)) {
            const done = before(step, steps);
            expect(steps.filter(({ action, id }) => action === first && !done.has(id))).toEqual([]);
          }
      }),
    );
  });

  it("plans a removal or a blocker for everything, or says why neither is needed", () => {
    fc.assert(
      fc.property(trees, fc.subarray([...consents]), (tree, allowed) => {
        const context = contextOf(tree, { consents: allowed });
        for (const resource of tree) {
          const { steps = [], blockers = [], note } = contributionOf(resource, context);
          expect(steps.length + blockers.length + (note === undefined ? 0 : 1)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("never plans a step that needs a consent nobody gave", () => {
    fc.assert(
      fc.property(trees, fc.subarray([...consents]), (tree, allowed) => {
        const needed = stepsOf(tree, allowed).flatMap(({ consent }) => consent ?? []);
        expect(needed.filter((consent) => !allowed.includes(consent))).toEqual([]);
      }),
    );
  });
});
