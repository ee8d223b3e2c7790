// What a caller may do in the emulated Azure: the action behind a request, the grants, and ARM's refusal.
import { expect, test } from "vitest";

import { actionOf } from "../../src/emulator/access.ts";
import type { WorldAccess } from "../../src/emulator/world.ts";
import { at, bench, subscription, textAt, vault, vaultId, vm, vmItem, world } from "./world-builder.ts";

const group = vaultId.split("/providers/")[0] ?? "";
const grants = (...access: readonly WorldAccess[]) => world([vault({ parts: [vm("vm1")] })], { access });
const own = (path: string) => `${path}/providers/Microsoft.Authorization/permissions`;

test.each([
  ["GET", "/subscriptions/s/resourceGroups/g/providers/A.B/vaults/v", "A.B/vaults/read"],
  ["GET", "/subscriptions/s/resourceGroups/g/providers/A.B/vaults/v/items", "A.B/vaults/items/read"],
  ["DELETE", "/subscriptions/s/resourceGroups/g/providers/A.B/vaults/v/items/i", "A.B/vaults/items/delete"],
  ["PATCH", "/subscriptions/s/resourceGroups/g/providers/A.B/vaults/v/config/c", "A.B/vaults/config/write"],
  ["PUT", "/subscriptions/s/resourceGroups/g/providers/A.B/vaults/v", "A.B/vaults/write"],
  ["POST", "/subscriptions/s/resourceGroups/g/providers/A.B/vaults/v/jobs/j/cancel", "A.B/vaults/jobs/cancel/action"],
  ["GET", "/subscriptions/s/resourceGroups/g", "Microsoft.Resources/subscriptions/resourceGroups/read"],
  ["GET", "/subscriptions/s", "Microsoft.Resources/subscriptions/read"],
  [
    "DELETE",
    "/subscriptions/s/providers/A.B/vaults/v/providers/Microsoft.Authorization/locks/l",
    "Microsoft.Authorization/locks/delete",
  ],
])("%s %s is %s", (method, path, action) => {
  expect(
    actionOf(
      method,
      path.split("/").filter((part) => part !== ""),
    ),
  ).toBe(action);
});

test("without grants in the world, everything is allowed everywhere", async () => {
  const { send } = bench(world([vault()]));
  expect((await send("GET", own("~"))).body["value"]).toEqual([
    { actions: ["*"], notActions: [], dataActions: [], notDataActions: [] },
  ]);
  expect((await send("GET", "~")).status).toBe(200);
});

test("the permissions at a scope are those granted at it and above it, at any depth", async () => {
  const { send } = bench(
    grants(
      { scope: group, actions: ["a/read"] },
      { scope: vaultId.toUpperCase(), actions: ["b/*"], notActions: ["b/c"] },
    ),
  );
  const actions = async (path: string) => ((await send("GET", own(path))).body["value"] as readonly object[]).length;
  expect(await actions(`/subscriptions/${subscription}`)).toBe(0);
  expect(await actions(group)).toBe(1);
  expect(await actions("~")).toBe(2);
  expect(await actions(vmItem("vm1"))).toBe(2);
  expect(await actions(`${vaultId}2`)).toBe(1);
});

test("what is not granted is refused in ARM's words, and changes nothing", async () => {
  const { send } = bench(grants({ scope: group, actions: ["*"], notActions: ["Microsoft.RecoveryServices/*/delete"] }));
  const { status, body } = await send("DELETE", vmItem("vm1"));
  expect([status, at(body, "error.code")]).toEqual([403, "AuthorizationFailed"]);
  expect(textAt(body, "error.message")).toMatch(
    /^The client '.*' with object id '.*' does not have authorization to perform action 'Microsoft\.RecoveryServices\/vaults\/backupFabrics\/protectionContainers\/protectedItems\/delete' over scope '\/subscriptions.*' or the scope is invalid\. If access was recently granted, please refresh your credentials\.$/,
  );
  expect((await send("GET", "~/backupProtectedItems")).body["value"]).toHaveLength(1);
});

test("a grant below does not reach up, and one beside does not reach over", async () => {
  const { send } = bench(
    grants({ scope: `${vaultId}-other`, actions: ["*"] }, { scope: `${vaultId}/backupPolicies`, actions: ["*"] }),
  );
  expect((await send("GET", "~")).status).toBe(403);
  expect((await send("GET", "~/backupPolicies")).status).toBe(200);
});

test("a resource group answers its tags and place", async () => {
  const tagged = { id: group.toUpperCase(), location: "uksouth", tags: { owner: "platform" } };
  const { send } = bench(world([vault()], { resourceGroups: [tagged] }));
  expect((await send("GET", group)).body).toMatchObject({ location: "uksouth", tags: { owner: "platform" } });
  expect((await send("GET", `${group}-none`)).status).toBe(404);
});
