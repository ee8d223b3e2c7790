// The caller's rights, end to end: what the plan says is needed is what Azure checks, and what is missing is known before a step.

import { describe, expect, it } from "vitest";
import { actionOf } from "../../src/emulator/access.ts";
import { pathSegments } from "../../src/emulator/router.ts";
import type { World, WorldAccess } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Plan, Strategy } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { rehearse, type Handle, type Rehearsal } from "../rehearsal.ts";

const vaults = "Microsoft.RecoveryServices/Vaults";
/** The actions of the built-in role Backup MUA Operator. */
const guardOperator = [
  "Microsoft.Authorization/*/read",
  "Microsoft.DataProtection/*/read",
  "Microsoft.DataProtection/*/action",
];
const guardActions = /^microsoft\.dataprotection\//;

function groupOf(world: World): string {
  return world.vaults[0]!.id.split("/providers/")[0]!;
}

function subscriptionOf(world: World): string {
  return world.vaults[0]!.id.split("/resourceGroups/")[0]!;
}

function granted(name: string, ...access: readonly WorldAccess[]): World {
  return { ...loadWorld(name), access };
}

/** The actions behind the writes that the emulator received. */
function written(rehearsal: Rehearsal): readonly string[] {
  const actions = rehearsal.emulator
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, url }) => actionOf(method, pathSegments(new URL(url).pathname) ?? []).toLowerCase());
  return [...new Set(actions)].toSorted();
}

/** What the plan says the steps need beyond reading. */
function neededWrites(plan: Plan): readonly string[] {
  return plan.permissions.needed
    .map((action) => action.toLowerCase())
    .filter((action) => !action.endsWith("/read") && !guardActions.test(action))
    .toSorted();
}

describe("the permissions a plan needs", () => {
  const cases: readonly (readonly [string, Strategy, readonly string[]])[] = [
    ["small", "soft", []],
    ["kitchen-sink", "soft", []],
    ["secure-by-default", "soft", []],
    // Needed only where the vault's own API does not take the setting.
    ["guarded", "purge", [`${vaults}/backupconfig/write`]],
    ["classic", "purge", [`${vaults}/backupconfig/write`]],
  ];

  it.each(cases)("are exactly those that its run used: %s, %s", async (world, strategy, spare) => {
    const rehearsal = rehearse(world);
    const plan = await rehearsal.plan({ strategy, consents });
    expect((await rehearsal.run(plan)).result.exitCode).toBe(0);
    const unused = new Set(spare.map((action) => action.toLowerCase()));
    expect(written(rehearsal)).toEqual(neededWrites(plan).filter((action) => !unused.has(action)));
  });

  it.each(["small", "secure-by-default", "kitchen-sink"])("as a role, carry the teardown of %s", async (name) => {
    const first = await rehearse(name).plan({ consents });
    const { Actions: actions, AssignableScopes: scopes } = first.permissions.role;
    const guards = (loadWorld(name).resourceGuards ?? []).map(({ id }) => ({ scope: id, actions: guardOperator }));
    const rehearsal = rehearse(granted(name, ...scopes.map((scope) => ({ scope, actions })), ...guards));
    const plan = await rehearsal.plan({ consents });
    expect(plan.permissions).toMatchObject({ checked: true, missing: [] });
    expect(plan.blockers).toEqual([]);
    expect((await rehearsal.run(plan)).result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().vaults).toEqual([]);
  });

  it("are checked in one request for the vault, and none of them is missing for who may do everything", async () => {
    const rehearsal = rehearse("classic");
    const plan = await rehearsal.plan();
    expect(plan.permissions).toMatchObject({ checked: true, missing: [] });
    const atVault = `${rehearsal.vault.id}/providers/Microsoft.Authorization/permissions?`;
    const asked = rehearsal.emulator.requests().filter(({ url }) => url.includes(atVault));
    expect(asked).toHaveLength(1);
  });
});

describe("a missing permission", () => {
  it("to delete the vault is a blocker before anything is deleted", async () => {
    const world = loadWorld("small");
    const everythingElse = { scope: groupOf(world), actions: ["*"], notActions: [`${vaults}/delete`] };
    const elsewhere = [{ scope: subscriptionOf(world), actions: ["*/read"] }];
    const network = world.privateEndpoints.map(({ id }) => ({ scope: id, actions: ["*"] }));
    const rehearsal = rehearse(granted("small", everythingElse, ...network, ...elsewhere));
    const plan = await rehearsal.plan();
    expect(plan.permissions).toMatchObject({ checked: true, missing: [`${vaults}/delete`] });
    expect(plan.blockers).toHaveLength(1);
    expect(plan.blockers[0]).toMatchObject({ code: "permission-missing", subject: world.vaults[0]!.id });
    expect(plan.expectedOutcome.kind).toBe("blocked");
    expect(rehearsal.writes()).toEqual([]);
  });

  it("is said for every scope at once", async () => {
    const world = loadWorld("small");
    const rehearsal = rehearse(
      granted("small", { scope: "/subscriptions/00000000-0000-0000-0000-000000000000", actions: ["*/read"] }),
    );
    const plan = await rehearsal.plan();
    const missing = plan.blockers.filter(({ code }) => code === "permission-missing");
    expect(missing.map(({ subject }) => subject.toLowerCase()).toSorted()).toEqual(
      [world.vaults[0]!.id, ...world.privateEndpoints.map(({ id }) => id)].map((id) => id.toLowerCase()).toSorted(),
    );
  });

  it("is not made up where nobody may say what is granted: a warning, and the plan goes on", async () => {
    const between =
      (handle: Handle): Handle =>
      async (request) =>
        request.url.includes("/permissions?")
          ? Response.json({ error: { code: "AuthorizationFailed", message: "no" } }, { status: 403 })
          : handle(request);
    const plan = await rehearse("classic", { between }).plan();
    expect(plan.blockers).toEqual([]);
    expect(plan.permissions).toMatchObject({ checked: false, missing: [] });
    expect(plan.warnings.join()).toContain("could not be checked (AuthorizationFailed: no)");
  });

  it("that is withdrawn while the plan is carried out ends it with exit 3 and Azure's own words", async () => {
    const world = loadWorld("small");
    const rehearsal = rehearse(
      granted("small", { scope: "/subscriptions/00000000-0000-0000-0000-000000000000", actions: ["*/read"] }),
    );
    const plan = { ...(await rehearse(world).plan()), blockers: [] };
    const { result, events } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(3);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      code: "AuthorizationFailed",
      message: expect.stringMatching(/does not have authorization to perform action '.*' over scope/),
    });
  });
});

describe("the protect tag", () => {
  const world = loadWorld("small");
  const tags = { "Vault-Teardown": "Deny" };

  it("on the vault blocks, whatever is consented to", async () => {
    const rehearsal = rehearse({ ...world, vaults: [{ ...world.vaults[0]!, tags }] });
    const plan = await rehearsal.plan({ consents: ["remove-locks", "disable-immutability"] });
    expect(plan.blockers.map(({ code, subject }) => [code, subject])).toEqual([
      ["protected-by-tag", world.vaults[0]!.id],
    ]);
    expect(rehearsal.writes()).toEqual([]);
  });

  it("on its resource group blocks as well", async () => {
    const rehearsal = rehearse({ ...world, resourceGroups: [{ id: groupOf(world), tags }] });
    expect((await rehearsal.plan()).blockers.map(({ code, subject }) => [code, subject])).toEqual([
      ["protected-by-tag", groupOf(world)],
    ]);
  });

  it("set while a run is under way keeps the vault", async () => {
    let tagged = false;
    const between =
      (handle: Handle): Handle =>
      async (request) => {
        const path = new URL(request.url).pathname;
        tagged ||= request.method === "DELETE" && path.includes("/protectedItems/");
        if (!tagged || request.method !== "GET" || path !== groupOf(world)) return handle(request);
        return Response.json({ id: groupOf(world), name: "rg", tags, properties: {} });
      };
    const rehearsal = rehearse(world, { between });
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(3);
    expect(rehearsal.emulator.world().vaults).toHaveLength(1);
  });
});
