// The order of an inventory and of what is granted: the same for everything Azure may list first.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { ScopeGrants } from "../../src/model/grant.ts";
import type { Resource } from "../../src/model/resource.ts";
import { grantsInOrder, inOrder } from "../../src/planning/inventory-order.ts";
import { respelled } from "../dependencies/arm-answers.ts";
import { softDelete, sqlServer, vault, vmItem } from "../dependencies/builders.ts";

const [one, two] = [vmItem("vm-1"), vmItem("vm-2")];
const ids = (resources: readonly Resource[]): readonly string[] => inOrder(resources).map(({ id }) => id);

describe("an inventory", () => {
  it("has its kinds in the order of the registry and each kind by id", () => {
    const wanted = [vault(), softDelete("Enabled"), one, two, sqlServer("sql-1")];
    expect(inOrder(wanted.toReversed())).toEqual(wanted);
    expect(inOrder(wanted)).toEqual(wanted);
  });

  it("goes by an id whatever its spelling", () => {
    const other = { ...one, id: armId(respelled(one.id)) };
    expect(ids([two, other])).toEqual([other.id, two.id]);
  });

  it("has two of one id in the order of what they say, whichever was listed first", () => {
    const stopped = { ...one, state: "ProtectionStopped" };
    expect(inOrder([stopped, one])).toEqual(inOrder([one, stopped]));
  });
});

describe("what is granted", () => {
  const grant = (action: string) => ({ actions: [action], notActions: [] });
  const scope = armId("/subscriptions/s");

  it("stands at each scope in the order of its words, and the scopes as they were asked for", () => {
    const refused: ScopeGrants = {
      scope: armId("/subscriptions/t"),
      refusal: { code: "AuthorizationFailed", message: "" },
    };
    expect(grantsInOrder([refused, { scope, grants: [grant("b"), grant("a")] }])).toEqual([
      refused,
      { scope, grants: [grant("a"), grant("b")] },
    ]);
  });
});
