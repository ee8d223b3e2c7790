// Vaults behind a resource guard, end to end: unlocked before each deletion, refused with whom to ask, and nothing lost on the way.

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Plan } from "../../src/model/plan.ts";
import { armId } from "../../src/model/arm-id.ts";
import { jsonText } from "../../src/model/json-text.ts";
import { rehearse, type Handle, type Rehearsal } from "../rehearsal.ts";

const shipped = loadWorld("guarded");
const guard = shipped.resourceGuards?.[0]?.id ?? "";
const tenant = "11111111-2222-3333-4444-555555555555";
const auxiliary = "x-ms-authorization-auxiliary";

const withoutGuard: World = {
  ...shipped,
  access: [
    { scope: `/subscriptions/${shipped.subscriptions[0]!.id}`, actions: ["*"] },
    { scope: guard, actions: ["*/read"] },
  ],
};
const otherTenant: World = {
  ...shipped,
  resourceGuards: [{ ...shipped.resourceGuards![0]!, tenant }],
};

/** For each deletion of an item: whether its own unlocking came before it, and how often. */
function unlocksBefore(rehearsal: Rehearsal): readonly number[] {
  const seen: string[] = [];
  const counts: number[] = [];
  for (const { method, url, body } of rehearsal.emulator.requests()) {
    const path = decodeURIComponent(new URL(url).pathname);
    if (path.endsWith("/unlockDelete"))
      seen.push((body as { resourceToBeDeleted: string }).resourceToBeDeleted.toLowerCase());
    if (method === "DELETE" && path.includes("/protectedItems/"))
      counts.push(seen.filter((unlocked) => unlocked === path.toLowerCase()).length);
  }
  return counts;
}

const deletions = (plan: Plan): number => plan.steps.filter((step) => step.action === "delete-item").length;

describe("a guarded vault that the caller may pass", () => {
  it("is purged, each item unlocked once before it is deleted", async () => {
    const rehearsal = rehearse("guarded");
    const plan = await rehearsal.plan({ strategy: "purge" });
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(unlocksBefore(rehearsal)).toEqual(Array(deletions(plan)).fill(1));
  });

  it("names the guard's request in the body of every other guarded write", async () => {
    const rehearsal = rehearse("guarded");
    await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    const bodies = rehearsal.emulator
      .requests()
      .filter(({ method }) => method === "PATCH" || method === "PUT")
      .map(({ body }) => (body as { properties: { resourceGuardOperationRequests?: unknown } }).properties);
    expect(bodies.length).toBeGreaterThan(1);
    for (const { resourceGuardOperationRequests: named } of bodies)
      expect(named).toEqual([expect.stringMatching(/\/(disableSoftDelete|updateProtectedItem)Requests\/default$/)]);
  });

  it("sends no second token where none was named", async () => {
    const seen: (string | null)[] = [];
    const between =
      (handle: Handle): Handle =>
      (request) => (seen.push(request.headers.get(auxiliary)), handle(request));
    const rehearsal = rehearse("guarded", { between });
    await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    expect(seen.filter((value) => value !== null)).toEqual([]);
  });

  it("in soft deletes its items, and waits as any vault of the classic regime", async () => {
    const rehearsal = rehearse("guarded");
    const plan = await rehearsal.plan();
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(4);
    expect(unlocksBefore(rehearsal)).toEqual(Array(deletions(plan)).fill(1));
  });

  it("goes with the kitchen sink as well", async () => {
    const rehearsal = rehearse("kitchen-sink");
    const plan = await rehearsal.plan();
    expect(plan.steps.filter((step) => step.guarded !== undefined).map((step) => step.action)).toEqual(
      Array(deletions(plan)).fill("delete-item"),
    );
  });
});

describe("an unlocked deletion", () => {
  const item = shipped.vaults[0]!.protectedItems.find(({ name }) => name.startsWith("VM;"))!;
  const target = armId(
    `${shipped.vaults[0]!.id}/backupFabrics/Azure/protectionContainers/${item.container}/protectedItems/${item.name}`,
  );

  async function guardedDeletion(rehearsal: Rehearsal) {
    const plan = await rehearsal.plan();
    const step = plan.steps.find((candidate) => candidate.target === target);
    if (step?.request === undefined) throw new Error("the world has no such item");
    return step.request;
  }

  const unlocks = (rehearsal: Rehearsal) =>
    rehearsal.writes().filter((write) => write.endsWith("/unlockDelete")).length;

  it("is sent again within its time without another unlocking, and after it with one", async () => {
    const rehearsal = rehearse("guarded");
    const request = await guardedDeletion(rehearsal);
    const writer = rehearsal.writer();
    await writer.send(request);
    await rehearsal.clock.sleep(20 * 60_000);
    await writer.send(request);
    expect(unlocks(rehearsal)).toBe(1);
    await rehearsal.clock.sleep(9.5 * 60_000);
    await writer.send(request);
    expect(unlocks(rehearsal)).toBe(2);
    await rehearsal.clock.sleep(60 * 60_000);
    expect((await writer.send(request)).status).toBe(202);
    expect(unlocks(rehearsal)).toBe(3);
  });

  it("is unlocked again when the service says that its time is over before ours is", async () => {
    let refuse = false;
    const refused = Response.json({ error: { code: "Expired", message: "locked again" } }, { status: 403 });
    const between =
      (handle: Handle): Handle =>
      async (request) => {
        if (!refuse || request.method !== "DELETE") return handle(request);
        refuse = false;
        return refused.clone();
      };
    const rehearsal = rehearse("guarded", { between });
    const request = await guardedDeletion(rehearsal);
    const writer = rehearsal.writer();
    await writer.send(request);
    await rehearsal.clock.sleep(60_000);
    refuse = true;
    expect((await writer.send(request)).status).toBe(202);
    expect(unlocks(rehearsal)).toBe(2);
  });
});

describe("a guard that the caller may not pass", () => {
  it("blocks the plan: whom to ask for what, and nothing is written", async () => {
    const rehearsal = rehearse(withoutGuard);
    const plan = await rehearsal.plan({ strategy: "purge" });
    const blocker = plan.blockers.find(({ code }) => code === "guard-permission-missing");
    expect(blocker?.subject.toLowerCase()).toBe(guard.toLowerCase());
    expect(blocker?.fix).toContain("Backup MUA Operator");
    expect(blocker?.who).toContain("owner of the resource guard");
    expect(plan.expectedOutcome.kind).toBe("blocked");
    expect(rehearsal.writes()).toEqual([]);
  });

  it("ends a run that begins nevertheless with exit 3, that guard and that role, and no data is touched", async () => {
    const rehearsal = rehearse(withoutGuard);
    const plan = { ...(await rehearsal.plan()), blockers: [] };
    const { result, events } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(3);
    const failure = events.find((event) => event.type === "step-failed");
    expect(failure).toMatchObject({ code: "LinkedAuthorizationFailed", disposition: "blocked" });
    expect(failure).toMatchObject({ remedy: expect.stringMatching(/Backup MUA Operator on .*--guard-tenant/) });
    expect(rehearsal.writes().filter((write) => write.startsWith("DELETE"))).toEqual([]);
    expect(rehearsal.emulator.world().vaults[0]?.protectedItems).toHaveLength(shipped.vaults[0]!.protectedItems.length);
  });
});

describe("a guard of another tenant", () => {
  it("cannot be asked what it allows: the plan warns and names the option", async () => {
    const plan = await rehearse(otherTenant).plan({ strategy: "purge" });
    expect(plan.blockers).toEqual([]);
    expect(plan.permissions.checked).toBe(false);
    expect(plan.warnings.join()).toContain("--guard-tenant");
  });

  it("refuses without that tenant's token: exit 3, and the option is named", async () => {
    const rehearsal = rehearse(otherTenant);
    const { result, events } = await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    expect(result.exitCode).toBe(3);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      code: "LinkedAuthorizationFailed",
      remedy: expect.stringContaining("--guard-tenant"),
    });
    expect(rehearsal.emulator.world().vaults[0]?.protectedItems).toHaveLength(shipped.vaults[0]!.protectedItems.length);
  });

  it("lets the writes pass with it, which goes along on guarded writes alone", async () => {
    const seen: { readonly write: string; readonly token: string | null }[] = [];
    const between =
      (handle: Handle): Handle =>
      (request) => {
        const path = decodeURIComponent(new URL(request.url).pathname).toLowerCase();
        seen.push({ write: `${request.method} ${path}`, token: request.headers.get(auxiliary) });
        return handle(request);
      };
    const rehearsal = rehearse(otherTenant, { between, guardTenant: tenant });
    const { result } = await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    expect(result.exitCode).toBe(0);
    const withToken = seen.filter(({ token }) => token !== null);
    expect(new Set(withToken.map(({ token }) => token))).toEqual(new Set([`Bearer emulator:${tenant}`]));
    const isGuarded = /^(post .*\/unlockdelete|(delete|put) .*\/protecteditems\/[^/]+|patch .*)$/i;
    expect(withToken.filter(({ write }) => !isGuarded.test(write))).toEqual([]);
    expect(seen.filter(({ write, token }) => isGuarded.test(write) && token === null)).toEqual([]);
  });

  it("leaves its token in no event, plan, error or record of a request", async () => {
    const errors: unknown[] = [];
    const lost =
      (handle: Handle): Handle =>
      async (request) => {
        if (request.method === "DELETE") throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
        return handle(request);
      };
    const failing = rehearse(otherTenant, { between: lost, guardTenant: tenant });
    const failingPlan = await failing.plan();
    for (const { request } of failingPlan.steps.filter((step) => step.guarded !== undefined))
      if (request !== undefined)
        await failing
          .writer()
          .send(request)
          .catch((error: unknown) => errors.push(error));
    const rehearsal = rehearse(otherTenant, { guardTenant: tenant });
    const plan = await rehearsal.plan({ strategy: "purge" });
    const { events } = await rehearsal.run(plan);
    const wrong = rehearse(otherTenant, { guardTenant: "wrong-tenant" });
    const refusedRun = await wrong.run(await wrong.plan({ strategy: "purge" }));
    expect(errors).not.toEqual([]);
    const everything = [
      ...errors.map((error) => inspect(error, { depth: 20, showHidden: true })),
      ...[plan, events, refusedRun.events, rehearsal.emulator.requests(), wrong.emulator.requests()].map((told) =>
        jsonText(told),
      ),
      jsonText(rehearsal.emulator.world().deleteUnlocks),
    ].join("\n");
    expect(everything).not.toContain(`emulator:${tenant}`);
    expect(everything).not.toContain("emulator:wrong-tenant");
  });
});
