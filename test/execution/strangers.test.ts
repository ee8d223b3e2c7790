// What a plan does not know: not taken along by its steps, and blamed for a refusal only where it may be the cause.

import { describe, expect, it, vi } from "vitest";
import { registry } from "../../src/dependencies/registry.ts";
import type { Listings } from "../../src/execution/listings.ts";
import { listingOf } from "../../src/execution/listings.ts";
import { blamingStrangers, spareStrangers } from "../../src/execution/strangers.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { Blocker } from "../../src/model/blocker.ts";
import type { Failure } from "../../src/model/event.ts";
import type { Resource } from "../../src/model/resource.ts";
import { backupServer, marsServer, softDeleted, sqlServer, stepOn, vmItem } from "../dependencies/builders.ts";
import { fabric, recoveryPlan, replicatedItem, replicationJob } from "../dependencies/site-recovery/builders.ts";
import { rehearse } from "../rehearsal.ts";

const empty = await rehearse("small").plan();

function planOf(inventory: readonly Resource[]) {
  return { ...empty, inventory };
}

function listings(found: readonly Resource[]): Listings {
  return { fresh: (kind) => Promise.resolve(listingOf(found.filter((each) => each.kind === kind) as never)) };
}

const isVerified = (): boolean => false;

const mars = marsServer("mars-1");
const unregister = { ...stepOn(mars, "unregister-server"), name: "mars-1" };
const ofMars = (name: string, more: Partial<Resource> = {}): Resource =>
  ({ ...vmItem(name, { managementType: "MAB", container: mars.id }), ...more }) as Resource;

describe("a step that takes others along", () => {
  it("goes on where the plan knows them all, or they are soft-deleted or another's", async () => {
    const found = [ofMars("known"), ofMars("deleted", softDeleted), vmItem("vm-1")];
    const plan = planOf([mars, found[0]!]);
    await expect(spareStrangers({ plan, listings: listings(found), isVerified }, unregister)).resolves.toBeUndefined();
  });

  it("does not begin where one came, and names it", async () => {
    const found = [ofMars("known"), ofMars("new")];
    const plan = planOf([mars, found[0]!]);
    await expect(spareStrangers({ plan, listings: listings(found), isVerified }, unregister)).rejects.toMatchObject({
      failure: {
        disposition: "blocked",
        code: "NotPlanned",
        message: `would go along with mars-1, and the plan does not know it: protected-item new (${found[1]!.id})`,
      },
    });
  });

  it("does not begin where one was undeleted that the plan knows as soft-deleted", async () => {
    const plan = planOf([mars, ofMars("back", softDeleted)]);
    const engine = { plan, listings: listings([ofMars("back")]), isVerified };
    await expect(spareStrangers(engine, unregister)).rejects.toMatchObject({ failure: { code: "NotPlanned" } });
  });

  it("does not begin where one stands again that this run has removed", async () => {
    const item = replicatedItem("site", "vm");
    const removal = stepOn(item, "disable-replication");
    const site = fabric("site");
    const plan = { ...planOf([site, item]), steps: [removal] };
    const purge = {
      ...stepOn(site, "remove-fabric"),
      request: { write: "purge-replication-object", target: site.id } as const,
    };
    const found = listings([item]);
    await expect(spareStrangers({ plan, listings: found, isVerified }, purge)).resolves.toBeUndefined();
    const isDone = (id: string): boolean => id === removal.id;
    const engine = { plan, listings: found, isVerified: isDone };
    await expect(spareStrangers(engine, purge)).rejects.toMatchObject({ failure: { code: "NotPlanned" } });
  });

  it("lists nothing where nothing goes along", async () => {
    const fresh: Listings["fresh"] = () => Promise.reject(new Error("listed"));
    const engine = { plan: planOf([]), listings: { fresh }, isVerified };
    await expect(spareStrangers(engine, stepOn(vmItem("vm-1"), "delete-item"))).resolves.toBeUndefined();
  });

  it("of a backup server takes items that name no server, and not those of another", () => {
    const [dpm, item] = [backupServer("dpm-1"), vmItem("x", { managementType: "DPM" })];
    const along = registry["backup-server"].takesAlong?.(stepOn(dpm, "unregister-server"), [dpm]);
    const takes = (engine?: string): boolean | undefined =>
      along?.has({ ...item, ...(engine === undefined ? {} : { engine }) });
    expect([takes(), takes(dpm.name.toUpperCase()), takes("dpm-2")]).toEqual([true, true, false]);
    expect(along?.has(vmItem("x"))).toBe(false);
    expect(registry["backup-server"].takesAlong?.(stepOn(dpm, "unregister-server"), [])).toBeUndefined();
  });

  it("is a fabric's deletion, and not its clean removal, which Azure refuses", () => {
    const site = fabric("site");
    const step = stepOn(site, "remove-fabric");
    const { takesAlong } = registry.fabric;
    expect(
      takesAlong?.({ ...step, request: { write: "remove-replication-object", target: site.id } }, []),
    ).toBeUndefined();
    const along = takesAlong?.({ ...step, request: { write: "purge-replication-object", target: site.id } }, []);
    expect([along?.has(replicatedItem("site", "vm")), along?.has(replicatedItem("east", "vm"))]).toEqual([true, false]);
    expect(along?.has(site)).toBe(false);
  });
});

describe("a refusal", () => {
  const sql = sqlServer("sql-1");
  const step = stepOn(sql, "unregister-container");
  const failure: Failure = { disposition: "failed", code: "C", message: "m.", remedy: "r" };
  const standing = (...subjects: readonly string[]) => ({
    plan: planOf([sql, vmItem("known")]),
    recheck: vi.fn<() => Promise<readonly Blocker[]>>(() =>
      Promise.resolve(
        subjects.map((subject) => ({ code: "still-there", subject, reason: "x stands", fix: "", who: "" })),
      ),
    ),
  });
  const inside = `${sql.id}/protectedItems/new`;

  it("is a person's move where something came that may be its cause, and names it", async () => {
    const blamed = await blamingStrangers(standing(inside), step, { next: "again", failure });
    expect(blamed).toMatchObject({ disposition: "blocked", code: "C" });
    expect(blamed.message).toBe(`m. since the plan was made, something came: x stands (${inside})`);
  });

  it.each([
    ["what the plan knows", vmItem("known").id],
    ["what stands elsewhere", vmItem("new").id],
  ])("stays what it is beside %s", async (_what, subject) => {
    expect(await blamingStrangers(standing(subject), step, { next: "again", failure })).toBe(failure);
  });

  it("in Site Recovery may be due to what only names the target, and not to a job", async () => {
    const removal = stepOn(replicatedItem("east", "vm-1"), "disable-replication");
    const by = (subject: string) => blamingStrangers(standing(subject), removal, { next: "stop", failure });
    expect((await by(recoveryPlan("rp").id)).disposition).toBe("blocked");
    expect(await by(replicationJob("j").id)).toBe(failure);
    expect(await by(inside)).toBe(failure);
  });

  it.each([
    ["an unknown effect", step, { next: "look", failure } as const],
    ["a block with a reason", step, { next: "stop", failure: { ...failure, disposition: "blocked" } } as const],
    ["what holds nothing", stepOn(vmItem("vm-1"), "delete-item"), { next: "stop", failure } as const],
  ])("is not looked into for %s", async (_what, refused, treatment) => {
    const engine = standing(inside);
    expect(await blamingStrangers(engine, refused, treatment)).toBe(treatment.failure);
    expect(engine.recheck).not.toHaveBeenCalled();
  });

  it("stays what it is where the vault cannot be looked at; a defect is one", async () => {
    const refusing = (error: Error) => ({ ...standing(), recheck: () => Promise.reject(error) });
    const azure = new AzureError({ code: "InternalServerError", message: "", status: 500 });
    expect(await blamingStrangers(refusing(azure), step, { next: "again", failure })).toBe(failure);
    await expect(blamingStrangers(refusing(new Error("defect")), step, { next: "again", failure })).rejects.toThrow();
  });
});
