// What the steps need, and where: in the vault, at its group while it does not stand, at its subscription for what is in no group.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Step } from "../../src/model/step.ts";
import { neededByScope } from "../../src/planning/needed-permissions.ts";
import { endpointPath, vaultPath } from "../dependencies/arm-answers.ts";
import { endpoint, group, stepOn, vault, vmItem } from "../dependencies/builders.ts";

const vaultId = armId(vaultPath);
const subscription = armId(group.slice(0, group.indexOf("/resourceGroups/")));
const vaultWrite = "Microsoft.RecoveryServices/Vaults/write";
const undelete = "Microsoft.RecoveryServices/locations/deletedVaults/undelete/action";
const itemWrite = "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write";

function needing(step: Step, ...permissions: readonly string[]): Step {
  return { ...step, permissions };
}

const vaultReturns = needing(stepOn(vault(), "undelete-vault"), undelete, vaultWrite);
const itemReturns = needing(stepOn(vmItem("vm-1"), "undelete-item"), itemWrite);

describe("what the steps need", () => {
  it("is needed at the vault that stands", () => {
    expect(neededByScope([itemReturns, itemReturns], vaultId)).toEqual([
      { scope: vaultId, isGuard: false, actions: [itemWrite], steps: 2 },
    ]);
  });

  it("is needed at the group of a vault that has to return first, and at its subscription for what is in no group", () => {
    expect(neededByScope([vaultReturns, itemReturns], vaultId)).toEqual([
      { scope: subscription, isGuard: false, actions: [undelete], steps: 1 },
      { scope: group, isGuard: false, actions: [itemWrite, vaultWrite], steps: 2 },
    ]);
  });

  it("is needed where it is for what lies outside of the vault that has to return", () => {
    const locked = armId("/subscriptions/s-9/providers/Microsoft.Authorization/locks/keep");
    const lock = needing({ ...stepOn(vault(), "remove-lock"), target: locked }, "Microsoft.Authorization/locks/delete");
    const outside = needing(stepOn(endpoint("pe-1"), "delete-private-endpoint"), "Microsoft.Network/x/delete");
    const scopes = neededByScope([vaultReturns, lock, outside], vaultId).map(({ scope }) => scope);
    expect(scopes).toEqual([subscription, endpointPath("pe-1"), group, "/subscriptions/s-9"]);
  });

  it("is needed in the vault where the word locations stands further behind", () => {
    const odd = needing(itemReturns, "Microsoft.RecoveryServices/Vaults/locations/read");
    expect(neededByScope([odd], vaultId).map(({ scope }) => scope)).toEqual([vaultId]);
  });

  it("is needed at the vault where no subscription is in its id", () => {
    const bare = armId("/vaults/v");
    const found = neededByScope([{ ...vaultReturns, target: bare }], bare);
    expect(found).toMatchObject([{ scope: bare, isGuard: false, actions: [vaultWrite, undelete] }]);
  });

  it("is nothing of a step that writes nothing", () => {
    expect(neededByScope([stepOn(vault(), "prove-absence")], vaultId)).toEqual([]);
  });

  it("is each action once, however it is spelled", () => {
    const twice = needing(itemReturns, itemWrite, itemWrite.toUpperCase());
    expect(neededByScope([twice], vaultId)).toMatchObject([{ actions: [itemWrite.toUpperCase()] }]);
  });
});
