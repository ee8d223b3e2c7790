// The look before the vault goes, and when to come back to what only has to wait.

import { describe, expect, it } from "vitest";
import { dated, recheckVault } from "../../src/execution/closing.ts";
import { pause, Stopped, Unproved, type Engine } from "../../src/execution/engine.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { Blocker } from "../../src/model/blocker.ts";
import type { Failure } from "../../src/model/event.ts";
import { stepOn, vault, vmItem } from "../dependencies/builders.ts";
import { virtualClock } from "../virtual-clock.ts";

const blocker = (subject: string): Blocker => ({
  code: "x",
  subject,
  reason: `${subject} stands`,
  fix: "f",
  who: "you",
});

type Given = Partial<Pick<Engine, "recheck" | "signal">> & { readonly items?: () => Promise<readonly object[]> };

/** An engine that has only what these functions ask for. */
function engine({ items = async () => [], ...given }: Given): Engine {
  const listings = { fresh: async () => ({ all: await items() }) };
  return { clock: virtualClock(), signal: new AbortController().signal, listings, ...given } as unknown as Engine;
}

function aborted(): AbortSignal {
  const controller = new AbortController();
  controller.abort();
  return controller.signal;
}

describe("the recheck", () => {
  it("is content with a vault in which nothing stands", async () => {
    expect(await recheckVault(engine({ recheck: async () => [] }))).toBe(
      "listed again in full: nothing is left that must go before the vault",
    );
  });

  it("looks again at one that does not look empty, for some minutes, and no longer", async () => {
    let looks = 0;
    const at = engine({ recheck: async () => ((looks += 1), [blocker("a"), blocker("b")]) });
    const began = at.clock.now();
    const thrown: unknown = await recheckVault(at).catch((error: unknown) => error);
    expect([looks, (at.clock.now() - began) / 1000]).toEqual([6, 225]);
    expect(thrown).toBeInstanceOf(Unproved);
    expect((thrown as Unproved).failure).toEqual({
      disposition: "blocked",
      code: "VaultNotEmpty",
      message: "a stands (a); b stands (b)",
      remedy: "nothing that was not planned is deleted: run plan again to see it, then apply the new plan",
    });
  });

  it("is content once what lagged is gone", async () => {
    const answers: (readonly Blocker[])[] = [[blocker("a")], [blocker("a")], []];
    await expect(
      recheckVault(engine({ recheck: async () => answers.shift() ?? [blocker("late")] })),
    ).resolves.toContain("listed again in full");
  });

  it("proves nothing in a run that is stopped", async () => {
    await expect(recheckVault(engine({ recheck: async () => [], signal: aborted() }))).rejects.toThrow(Stopped);
  });
});

describe("a pause", () => {
  it("lasts as long as it should, and ends with the run", async () => {
    const at = engine({});
    const began = at.clock.now();
    await pause(at, 30);
    expect(at.clock.now() - began).toBe(30_000);
    await expect(pause(engine({ signal: aborted() }), 30)).rejects.toThrow(Stopped);
    const controller = new AbortController();
    const sleeping = pause(engine({ signal: controller.signal }), 30);
    controller.abort();
    await expect(sleeping).rejects.toThrow(Stopped);
  });
});

describe("a failure that only has to wait", () => {
  const waiting: Failure = { disposition: "waiting", code: "X", message: "m", remedy: "r" };
  const ofVault = stepOn(vault(), "delete-vault");
  const ofItem = stepOn(vmItem("a"), "delete-item");
  const purges = async () => [{ purgeAt: "2026-12-01T00:00:00Z" }, { purgeAt: "2026-12-09T00:00:00Z" }, {}];

  it("has the time after which Azure wants to be asked again", async () => {
    const found = await dated(engine({ items: purges }), ofItem, { ...waiting, retryAfterSeconds: 60 });
    expect(found).toStrictEqual({ ...waiting, until: "2026-11-21T08:01:00.000Z" });
  });

  it("of the vault has the last purge of what lies in it", async () => {
    expect(await dated(engine({ items: purges }), ofVault, waiting)).toStrictEqual({
      ...waiting,
      until: "2026-12-09T00:00:00Z",
    });
  });

  it("of the vault has Azure's own time where it gives one", async () => {
    const { until } = await dated(engine({ items: purges }), ofVault, { ...waiting, retryAfterSeconds: 60 });
    expect(until).toBe("2026-11-21T08:01:00.000Z");
  });

  it.each<[string, Failure, typeof ofItem]>([
    ["of which nobody knows the time", waiting, ofItem],
    ["of a vault without such items", waiting, ofVault],
    ["that is none, but a refusal", { ...waiting, disposition: "blocked" }, ofVault],
    ["that is none, but a failure", { ...waiting, disposition: "failed" }, ofVault],
    ["that has its time already", { ...waiting, until: "2027-01-01T00:00:00Z" }, ofVault],
  ])("%s is left as it is", async (_what, failure, step) => {
    const items = failure === waiting ? async () => [] : purges;
    expect(await dated(engine({ items }), step, failure)).toStrictEqual(failure);
  });

  it("has no time where the items cannot be read, and no end of its own where the run is stopped", async () => {
    const refused = () => Promise.reject(new AzureError({ status: 403, code: "X", message: "m" }));
    expect(await dated(engine({ items: refused }), ofVault, waiting)).toStrictEqual(waiting);
    await expect(dated(engine({ items: refused, signal: aborted() }), ofVault, waiting)).rejects.toThrow(Stopped);
    const defect = () => Promise.reject(new TypeError("x"));
    await expect(dated(engine({ items: defect }), ofVault, waiting)).rejects.toThrow(TypeError);
  });
});
