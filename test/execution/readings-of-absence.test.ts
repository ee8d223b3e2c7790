// What the three readings of a vault's absence show, each by itself: which entry of the deleted vaults is ours, and what is waited for.

import { describe, expect, it } from "vitest";
import { Stopped, Unproved, type Engine } from "../../src/execution/engine.ts";
import { proveAbsence } from "../../src/execution/proof-of-absence.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { Outcome } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { ArmResource, VaultReader } from "../../src/model/ports.ts";
import { answer, backupVaultPath, readerOf, respelled, vaultAnswer, vaultPath } from "../dependencies/arm-answers.ts";
import { group, now, vault } from "../dependencies/builders.ts";
import { virtualClock } from "../virtual-clock.ts";

type Given = Partial<VaultReader> & {
  readonly strategy?: Plan["strategy"];
  readonly expected?: Plan["expectedOutcome"]["kind"];
  readonly signal?: AbortSignal;
};

type Reading = { readonly evidence: string; readonly outcome: Outcome | undefined; readonly seconds: number };

async function read({ strategy = "soft", expected = "absent", signal, ...answers }: Given): Promise<Reading> {
  const clock = virtualClock();
  const { id, name, location } = vault();
  let outcome: Outcome | undefined;
  const engine: Partial<Engine> = {
    clock,
    signal: signal ?? new AbortController().signal,
    reader: readerOf({ vault: async () => undefined, ...answers }),
    plan: { vault: { id, name, location }, strategy, expectedOutcome: { kind: expected } } as Plan,
    vaultDeletedSince: () => now - 10 * 60_000,
    conclude: (found) => void (outcome = found),
  };
  const evidence = await proveAbsence(engine as Engine);
  return { evidence, outcome, seconds: (clock.now() - now) / 1000 };
}

const iso = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

/** A deleted vault, deleted and purged so many minutes from the start of the run. */
function deleted(deletedAt: number, purgedAt?: number, vaultId: string = vaultPath): ArmResource {
  return answer("/deletedVaults/1", {
    vaultId,
    vaultDeletionTime: iso(deletedAt),
    ...(purgedAt === undefined ? {} : { purgeAt: iso(purgedAt) }),
  });
}

const refused = (status: number, code: string) => (): Promise<never> =>
  Promise.reject(new AzureError({ status, code, message: "no" }));

const address = "GET of the vault answers 404";
const ofGroup = `the resource list of ${group}`;

describe("a vault that is gone", () => {
  it("is shown by all three readings, and each says what it showed", async () => {
    const { evidence, outcome, seconds } = await read({});
    expect(outcome).toStrictEqual({
      kind: "absent",
      evidence: [address, `${ofGroup} no longer has it`, "deleted vaults of westeurope do not name it"],
      notShown: [],
    });
    expect(evidence).toBe(`${address}; ${ofGroup} no longer has it; deleted vaults of westeurope do not name it`);
    expect(seconds).toBe(0);
  });

  it("is purged where it was to be", async () => {
    expect((await read({ strategy: "purge" })).outcome?.kind).toBe("purged");
  });

  it("is none while its address answers", async () => {
    const thrown: unknown = await read({ vault: async () => vaultAnswer() }).catch((error: unknown) => error);
    expect((thrown as Unproved).failure).toEqual({
      disposition: "failed",
      code: "VaultStillThere",
      message: "Azure Resource Manager still answers for the vault",
      remedy: "run the same command again in some minutes",
    });
  });
});

describe("the list of its group", () => {
  const of =
    (id: string): VaultReader["resourcesOfType"] =>
    async () => [answer(`${group}/other`), answer(id)];

  it("is looked at again for some minutes, and then left to be looked at later", async () => {
    const thrown: unknown = await read({ resourcesOfType: of(respelled(vaultPath)) }).catch((error: unknown) => error);
    expect((thrown as Unproved).failure).toEqual({
      disposition: "waiting",
      code: "VaultStillListed",
      message: `GET of the vault answers 404, but ${ofGroup} still shows it`,
      remedy:
        "nothing is to be deleted any more: run the same command again, it only looks; leave the group until then",
      retryAfterSeconds: 600,
    });
  });

  it("may have others in it", async () => {
    expect((await read({ resourcesOfType: of(`${vaultPath}-2`) })).seconds).toBe(0);
  });

  it("of a group that is gone shows it too", async () => {
    const { outcome } = await read({ resourcesOfType: refused(404, "ResourceGroupNotFound") });
    expect(outcome?.evidence[1]).toBe(`its resource group ${group} is gone`);
  });

  it.each([
    [404, "SubscriptionNotFound"],
    [403, "ResourceGroupNotFound"],
    [403, "AuthorizationFailed"],
  ])("that is refused with %i %s shows nothing, and that is said", async (status, code) => {
    const { outcome, evidence } = await read({ resourcesOfType: refused(status, code) });
    expect(outcome?.notShown).toEqual([`${ofGroup}: ${code}: no`]);
    expect(evidence).toContain(`; not shown: ${ofGroup}: ${code}: no`);
  });

  it("ends where nobody is signed in, where the run is stopped, and on a defect", async () => {
    await expect(read({ resourcesOfType: refused(401, "X") })).rejects.toThrow(AzureError);
    await expect(read({ resourcesOfType: refused(403, "X"), signal: AbortSignal.abort() })).rejects.toThrow(Stopped);
    await expect(read({ resourcesOfType: () => Promise.reject(new TypeError("x")) })).rejects.toThrow(TypeError);
  });
});

describe("the deleted vaults", () => {
  const named = (...entries: readonly ArmResource[]): Given => ({ deletedVaults: async () => entries });

  it("name it with its purge date", async () => {
    const { outcome } = await read(named(deleted(1, 60)));
    expect(outcome).toMatchObject({ kind: "soft-deleted", until: iso(60) });
    expect(outcome?.evidence[2]).toBe(`deleted vaults of westeurope name it, purged at ${iso(60)}`);
  });

  it("name it without one, and then nothing says until when it is recoverable", async () => {
    const { outcome } = await read(named(deleted(1)));
    expect(outcome).toMatchObject({ kind: "soft-deleted" });
    expect(outcome).not.toHaveProperty("until");
    expect(outcome?.evidence[2]).toBe("deleted vaults of westeurope name it, without a purge date");
  });

  it.each([
    ["before it was deleted", 0],
    ["when it was deleted", 1],
  ])("name it with nothing to recover where its purge date is %s", async (_when, purgedAt) => {
    const { outcome } = await read(named(deleted(1, purgedAt)));
    expect(outcome).toMatchObject({ kind: "absent" });
    expect(outcome?.evidence[2]).toBe("deleted vaults of westeurope name it, with nothing to recover");
  });

  it("name it once for each time it was deleted: the newest is ours", async () => {
    const { outcome } = await read(named(deleted(1, 60), deleted(3, 90), deleted(2, 70)));
    expect(outcome?.until).toBe(iso(90));
  });

  it("name a Backup vault by members of their own, and only the vault of that id", async () => {
    const info = { deletionTime: iso(1), scheduledPurgeTime: iso(60) };
    const of = (path: string) =>
      answer("/deletedVaults/1", { originalBackupVaultResourcePath: path, resourceDeletionInfo: info });
    expect((await read(named(of(respelled(vaultPath))))).outcome).toMatchObject({
      kind: "soft-deleted",
      until: iso(60),
    });
    expect((await read(named(of(backupVaultPath)))).outcome?.kind).toBe("absent");
  });

  it("name others, and what was deleted before this run: neither is ours", async () => {
    const { outcome } = await read(named(deleted(1, 60, `${vaultPath}-2`), deleted(-11, 60), answer("/bare")));
    expect(outcome?.kind).toBe("absent");
    expect((await read(named(deleted(-10, 60, respelled(vaultPath))))).outcome?.kind).toBe("soft-deleted");
  });

  it("are waited for where the vault was to stay recoverable, and there alone", async () => {
    const { outcome, seconds } = await read({ expected: "soft-deleted" });
    expect(seconds).toBe(5 + 10 + 20 + 30);
    expect(outcome).toStrictEqual({
      kind: "absent",
      evidence: [address, `${ofGroup} no longer has it`],
      notShown: ["until when it is recoverable: deleted vaults of westeurope do not name it"],
    });
    let asked = 0;
    const late = await read({
      expected: "soft-deleted",
      deletedVaults: async () => ((asked += 1) < 2 ? [] : [deleted(1, 60)]),
    });
    expect([late.seconds, late.outcome?.kind]).toEqual([5, "soft-deleted"]);
  });

  it("that are refused show nothing, and that is said", async () => {
    const { outcome } = await read({ deletedVaults: refused(403, "AuthorizationFailed") });
    expect(outcome).toMatchObject({
      kind: "absent",
      notShown: ["deleted vaults of westeurope: AuthorizationFailed: no"],
    });
    const { outcome: lacking } = await read({ deletedVaults: refused(400, "NoRegisteredProviderFound") });
    expect(lacking?.notShown).toEqual([
      "deleted vaults of westeurope: the location has no such list (NoRegisteredProviderFound: no)",
    ]);
    await expect(read({ deletedVaults: refused(401, "X") })).rejects.toThrow(AzureError);
  });
});
