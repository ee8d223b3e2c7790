// The last look of a recovery: what it shows, what it waits for, and what it must not call recovered.

import { describe, expect, it } from "vitest";
import { Stopped, Unproved, type Engine } from "../../src/execution/engine.ts";
import { listingOf } from "../../src/execution/listings.ts";
import { proveRecovery } from "../../src/execution/proof-of-recovery.ts";
import { armId } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { Outcome } from "../../src/model/event.ts";
import type { ArmResource } from "../../src/model/ports.ts";
import type { Recovery } from "../../src/model/recovery.ts";
import type { Resource } from "../../src/model/resource.ts";
import type { Step } from "../../src/model/step.ts";
import { answer, vaultAnswer, vaultPath } from "../dependencies/arm-answers.ts";
import { instance } from "../dependencies/backup-vault/builders.ts";
import { database, softDeleted, sqlServer, stepOn, vault, vmItem } from "../dependencies/builders.ts";
import { deletedVault, wish } from "../dependencies/recovery/wishes.ts";
import { virtualClock } from "../virtual-clock.ts";

type Given = {
  readonly steps?: readonly Step[];
  readonly recovery?: Partial<Recovery>;
  readonly standing?: () => ArmResource | undefined;
  readonly lists?: () => readonly Resource[];
  readonly deleted?: () => readonly ArmResource[];
  readonly signal?: AbortSignal;
};

/** A step that wrote: only such are looked for. */
function wrote(resource: Resource, action: Step["action"]): Step {
  return { ...stepOn(resource, action), request: { write: "delete-vault", vault: armId(vaultPath) } };
}

/** An engine that has only what the last look asks for. */
function looking(given: Given) {
  const concluded: Outcome[] = [];
  const clock = virtualClock();
  const { steps = [], standing = () => vaultAnswer(), lists = () => [], deleted = () => [] } = given;
  const engine = {
    plan: {
      steps,
      strategy: "soft",
      vault: { id: armId(vaultPath), location: "weu" },
      recovery: wish([], given.recovery),
    },
    clock,
    signal: given.signal ?? new AbortController().signal,
    reader: { vault: async () => standing(), vaultConfig: async () => undefined, deletedVaults: async () => deleted() },
    listings: { fresh: async (kind: string) => listingOf(lists().filter((one) => one.kind === kind)) },
    conclude: (outcome: Outcome) => void concluded.push(outcome),
  } as unknown as Engine;
  const began = clock.now();
  return { engine, concluded, seconds: () => (clock.now() - began) / 1000 };
}

const host = sqlServer("sql-1");
const items = [vmItem("vm-1"), database("sql-1", "Sales")];
const whole = [
  wrote(vault(), "undelete-vault"),
  wrote(host, "register-container"),
  ...items.map((item) => wrote(item, "undelete-item")),
  wrote(instance("pg"), "undelete-instance"),
  stepOn(vault(), "prove-recovery"),
];
const returned = [host, ...items, instance("pg")];

describe("the last look", () => {
  it("counts what returned by its sort, and concludes with it", async () => {
    const { engine, concluded, seconds } = looking({ steps: whole, lists: () => returned });
    const evidence = [
      "GET of the vault answers",
      "1 vault undeleted",
      "1 container(s) registered again",
      "2 backup item(s) listed again, protection stopped and data kept",
      "1 backup instance(s) listed again, protection stopped and data kept",
    ];
    expect(await proveRecovery(engine)).toBe(evidence.join("; "));
    expect(concluded).toEqual([{ kind: "recovered", evidence, notShown: [] }]);
    expect(seconds()).toBe(0);
  });

  it("waits for lists that lag", async () => {
    const looks: (readonly Resource[])[] = [[], [{ ...vmItem("vm-1"), ...softDeleted }]];
    const given = { steps: [wrote(vmItem("vm-1"), "undelete-item")], lists: () => looks.shift() ?? [vmItem("vm-1")] };
    const { engine, seconds } = looking(given);
    expect(await proveRecovery(engine)).toContain("1 backup item(s) listed again");
    expect(seconds()).toBe(15);
  });

  it("names everything that did not return, after two minutes, and concludes nothing", async () => {
    const steps = [wrote(vmItem("vm-1"), "undelete-item"), wrote(host, "register-container")];
    const { engine, concluded, seconds } = looking({ steps, standing: () => undefined });
    const thrown: unknown = await proveRecovery(engine).catch((error: unknown) => error);
    expect((thrown as Unproved).failure).toEqual({
      disposition: "failed",
      code: "NotRecovered",
      message:
        "protected-item vm-1: the item is not listed: it was purged, or Azure does not show it yet; workload-container sql-1: the container is not listed; Azure does not answer for the vault",
      remedy: "run the same command again: it looks before it writes",
    });
    expect([seconds(), concluded]).toEqual([125, []]);
  });

  it("ends where the run is stopped", async () => {
    const stop = new AbortController();
    stop.abort();
    const { engine } = looking({ steps: whole, lists: () => returned, signal: stop.signal });
    await expect(proveRecovery(engine)).rejects.toThrow(Stopped);
  });
});

describe("the list of deleted vaults", () => {
  const recovery = { deletedVault };
  const named = answer(deletedVault.id);

  it("no longer names what was brought back, sooner or later", async () => {
    const lists = [[named], [named], [answer(`${deletedVault.id}-other`)]];
    const { engine, concluded, seconds } = looking({ recovery, deleted: () => lists.shift() ?? [] });
    await proveRecovery(engine);
    expect(concluded).toEqual([
      {
        kind: "recovered",
        evidence: ["GET of the vault answers", "deleted vaults of weu no longer name it"],
        notShown: [],
      },
    ]);
    expect(seconds()).toBe(15);
  });

  it("that goes on naming it means that another vault may stand there", async () => {
    const { engine, concluded, seconds } = looking({ recovery, deleted: () => [named] });
    const thrown: unknown = await proveRecovery(engine).catch((error: unknown) => error);
    expect((thrown as Unproved).failure).toEqual({
      disposition: "waiting",
      code: "VaultStillDeleted",
      retryAfterSeconds: 600,
      message: `deleted vaults of weu still name ${deletedVault.id}, and a vault stands under its name: it may be another one`,
      remedy:
        "look whether that vault holds what was to return; if it is another, delete or move it. then run the same command again",
    });
    expect([seconds(), concluded]).toEqual([125, []]);
  });

  it("that is refused shows nothing, and says so", async () => {
    const { engine, concluded } = looking({
      recovery,
      deleted: () => {
        throw new AzureError({ status: 403, code: "AuthorizationFailed", message: "no" });
      },
    });
    const words = "deleted vaults of weu: AuthorizationFailed: no";
    expect(await proveRecovery(engine)).toBe(`GET of the vault answers; not shown: ${words}`);
    expect(concluded).toEqual([{ kind: "recovered", evidence: ["GET of the vault answers"], notShown: [words] }]);
  });

  it("that nobody is signed in for ends the run", async () => {
    const signedOut = new AzureError({ status: 401, code: "ExpiredAuthenticationToken", message: "late" });
    const { engine } = looking({
      recovery,
      deleted: () => {
        throw signedOut;
      },
    });
    await expect(proveRecovery(engine)).rejects.toBe(signedOut);
  });
});
