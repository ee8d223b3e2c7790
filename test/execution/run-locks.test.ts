// Locks around a run: removed with consent, and there again at its end, whatever happens in between.

import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { WorldLock } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { rehearse, type Handle, type Rehearsal } from "../rehearsal.ts";
import { killedBefore } from "./killed-run.ts";

const consented = { consents: ["remove-locks"] } as const;
const before: readonly WorldLock[] = loadWorld("locked").locks ?? [];

/** Everything but Backup's own lock: that is the service's to take away. */
function ofPeople(locks: readonly WorldLock[] | undefined): readonly WorldLock[] {
  const kept = (locks ?? []).filter((lock) => !lock.id.endsWith("/AzureBackupProtectionLock"));
  return kept.toSorted((one, other) => one.id.localeCompare(other.id));
}

/** The locks people had set at the start, on all that stands now. */
function expected(emulator: Emulator): readonly WorldLock[] {
  const vaultStands = emulator.world().vaults.length > 0;
  return ofPeople(before).filter((lock) => vaultStands || !lock.id.includes("/vaults/"));
}

function expectLocksBack(rehearsal: Rehearsal, when: string): void {
  expect(ofPeople(rehearsal.emulator.world().locks), when).toEqual(expected(rehearsal.emulator));
}

/** Answers these requests itself, and passes all others on. */
function refusing(status: number, code: string, applies: (request: Request) => boolean): (handle: Handle) => Handle {
  return (handle) => async (request) =>
    applies(request) ? Response.json({ error: { code, message: `${code} for a test` } }, { status }) : handle(request);
}

function lockDeletions(rehearsal: Rehearsal): readonly string[] {
  const all = rehearsal.writes().filter((write) => write.startsWith("DELETE ") && /\/locks\/[^/]+$/.test(write));
  return all.map((write) => write.slice("DELETE ".length).toLowerCase());
}

describe("a run on a locked vault", () => {
  it("without consent is blocked by every lock at once, and by none that holds nothing up", async () => {
    const plan = await rehearse("locked").plan();
    const names = plan.blockers.map((blocker) => blocker.subject.slice(blocker.subject.lastIndexOf("/") + 1));
    expect(names).toEqual(["landing-zone", "frozen", "keep-backups", "keep-files", "hub-network"]);
    expect(new Set(plan.blockers.map((blocker) => blocker.code))).toEqual(new Set(["locked"]));
    expect(plan.expectedOutcome.kind).toBe("blocked");
  });

  it("with consent ends with the vault gone and every surviving lock there again, level, notes and owners", async () => {
    const rehearsal = rehearse("locked");
    const { result } = await rehearsal.run(await rehearsal.plan(consented));
    expect(result).toMatchObject({ exitCode: 0, counts: { failed: 0, skipped: 0, open: 0 } });
    expect(result.notPutBack).toBeUndefined();
    expect(rehearsal.emulator.world().vaults).toEqual([]);
    expectLocksBack(rehearsal, "at the end");
  });

  it("deletes the listed locks alone", async () => {
    const rehearsal = rehearse("locked");
    const plan = await rehearsal.plan(consented);
    await rehearsal.run(plan);
    const listed = plan.steps.filter((step) => step.action === "remove-lock").map((step) => step.target.toLowerCase());
    expect(lockDeletions(rehearsal).toSorted()).toEqual(listed.toSorted());
    expect(lockDeletions(rehearsal).some((id) => /azurebackupprotectionlock|\/app$/.test(id))).toBe(false);
  });

  it("never touches a lock set after the plan was made, and is blocked by it", async () => {
    const rehearsal = rehearse("locked");
    const plan = await rehearsal.plan(consented);
    const late = `${rehearsal.vault.id}/providers/Microsoft.Authorization/locks/late`;
    const put = new Request(`https://management.azure.com${late}?api-version=2020-05-01`, {
      method: "PUT",
      body: JSON.stringify({ properties: { level: "CanNotDelete" } }),
    });
    await rehearsal.emulator.handle(put);
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(3);
    expect(lockDeletions(rehearsal)).not.toContain(late.toLowerCase());
  });

  it("leaves endpoints that are kept, and the lock of their group with them", async () => {
    const rehearsal = rehearse("locked");
    const plan = await rehearsal.plan({ ...consented, keepPrivateEndpoints: true });
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(lockDeletions(rehearsal).some((id) => id.endsWith("/hub-network"))).toBe(false);
  });
});

describe("locks after a run that did not get through", () => {
  it.each([
    ["an item", /protecteditems\/vm;/i],
    ["an unregistration", /protectioncontainers\/storagecontainer;[^/]+$/i],
    ["a private endpoint", /\/privateendpoints\//i],
    ["the vault", /\/vaults\/[^/]+$/i],
    ["the removal of a lock", /\/locks\/frozen$/i],
    ["the removal of the outermost lock", /\/locks\/landing-zone$/i],
  ])("are all there again when %s is refused", async (what, path) => {
    const rehearsal = rehearse("locked", {
      between: refusing(403, "AuthorizationFailed", (request) => {
        const { pathname } = new URL(request.url);
        return request.method === "DELETE" && path.test(decodeURIComponent(pathname));
      }),
    });
    const { result } = await rehearsal.run(await rehearsal.plan(consented));
    expect(result.exitCode).toBe(3);
    expect(result.notPutBack).toBeUndefined();
    expectLocksBack(rehearsal, what);
  });

  it("are there again although the answer to their removal got lost", async () => {
    let lost = 0;
    const rehearsal = rehearse("locked", {
      between: (handle) => async (request) => {
        const answer = await handle(request);
        if (request.method !== "DELETE" || !request.url.includes("/locks/") || lost++ > 2) return answer;
        return Response.json({ error: { code: "BadGateway", message: "lost" } }, { status: 502 });
      },
    });
    const { result } = await rehearsal.run(await rehearsal.plan(consented));
    expect(result.exitCode).toBe(0);
    expectLocksBack(rehearsal, "at the end");
  });

  it("are removed and waited for where Azure has not heard of it everywhere", async () => {
    let refusals = 0;
    const lagging = refusing(409, "ScopeLocked", (request) => {
      const isItem = request.method === "DELETE" && /protecteditems\/vm;/i.test(decodeURIComponent(request.url));
      return isItem && refusals++ < 4;
    });
    const rehearsal = rehearse("locked", { between: lagging });
    const { result } = await rehearsal.run(await rehearsal.plan(consented));
    expect(result.exitCode).toBe(0);
    expect(refusals).toBeGreaterThan(4);
    expectLocksBack(rehearsal, "at the end");
  });

  it("that could not be put back are named with the command that does it", async () => {
    const rehearsal = rehearse("locked", {
      between: refusing(403, "AuthorizationFailed", (request) => request.method === "PUT"),
    });
    const { result } = await rehearsal.run(await rehearsal.plan(consented));
    expect(result).toMatchObject({ exitCode: 3, resumable: true });
    expect(
      result.notPutBack?.some((line) => line.includes("az lock create --name 'frozen' --lock-type 'ReadOnly'")),
    ).toBe(true);
    expect(result.notPutBack?.join("\n")).toContain("Kim'\\''s team");
    expect(result.notPutBack).toHaveLength(4);
  });
});

describe("locks after a run that was stopped", () => {
  it(
    "are all there again here and there where it was stopped, and the same command then ends it",
    { timeout: 120_000 },
    async () => {
      const uncut = rehearse("locked");
      const plan = await uncut.plan(consented);
      const reference = await uncut.run(plan);
      for (let at = 1; at < reference.events.length; at += 5) {
        const rehearsal = rehearse("locked");
        const stop = new AbortController();
        let seen = 0;
        const record = (): void => {
          if (++seen === at) stop.abort();
        };
        const { result, events } = await rehearsal.run(plan, { signal: stop.signal, record });
        expect(result.notPutBack, `stopped at event ${at}`).toBeUndefined();
        expectLocksBack(rehearsal, `stopped at event ${at}`);
        const again = await rehearsal.run(plan, { past: events, vaultIsGone: isGone(rehearsal) });
        expect(again.result.exitCode, `continued after event ${at}`).toBe(0);
        expectLocksBack(rehearsal, `continued after event ${at}`);
      }
    },
  );

  it("are named when nobody is signed in any more, and put back when the run is continued", async () => {
    let signedOut = false;
    const rehearsal = rehearse("locked", {
      between: refusing(401, "ExpiredAuthenticationToken", () => signedOut),
    });
    const plan = await rehearsal.plan(consented);
    const record = (event: RunEvent): void => {
      if (event.type === "step-accepted" && event.step.startsWith("delete-item")) signedOut = true;
    };
    const { result, events } = await rehearsal.run(plan, { record });
    expect(result).toMatchObject({ exitCode: 1, resumable: true });
    expect(result.notPutBack).toHaveLength(5);
    signedOut = false;
    const again = await rehearsal.run(plan, { past: events });
    expect(again.result.exitCode).toBe(0);
    expect(again.result.notPutBack).toBeUndefined();
    expectLocksBack(rehearsal, "continued");
  });

  it("put back by hand meanwhile are removed again, and put back again", async () => {
    const rehearsal = rehearse("locked");
    const plan = await rehearsal.plan(consented);
    const past = await killedBefore(
      rehearsal,
      plan,
      (event) => event.type === "step-accepted" && event.step === "delete-item-1",
    );
    for (const lock of ofPeople(before)) await putByHand(rehearsal, lock);
    const { result } = await rehearsal.run(plan, { past });
    expect(result.exitCode).toBe(0);
    expectLocksBack(rehearsal, "continued");
  });
});

function isGone(rehearsal: Rehearsal): boolean {
  return rehearsal.emulator.world().vaults.length === 0;
}

async function putByHand(rehearsal: Rehearsal, lock: WorldLock): Promise<void> {
  const url = `https://management.azure.com${lock.id}?api-version=2020-05-01`;
  await rehearsal.emulator.handle(new Request(url, { method: "PUT", body: JSON.stringify(lock) }));
}
