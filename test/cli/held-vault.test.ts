// A run that loses its vault stops at once: nothing more of it reaches Azure or the journal, and it says who holds the vault now.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { atTheConsole } from "../../src/cli/at-the-console.ts";
import { carryOut } from "../../src/cli/carry-out.ts";
import { holdVault, type Repeat } from "../../src/cli/held-vault.ts";
import { makePlan } from "../../src/cli/make-plan.ts";
import { lineFor } from "../../src/cli/user-error.ts";
import { scopeFromId } from "../../src/cli/vault-by-id.ts";
import { openSession } from "../../src/cli/wire.ts";
import { vaultFolder } from "../../src/journal/state-folder.ts";
import { takeLock } from "../../src/journal/vault-lock.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { RecordedEvent } from "../../src/model/event.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { servedWorld, writesOf } from "./command-line.ts";

/** A heart that beats when the test says so. */
function heart(): { readonly repeat: Repeat; readonly beat: () => void; readonly stopped: () => boolean } {
  let work: (() => void) | undefined;
  return {
    repeat: (given) => {
      work = given;
      return () => (work = undefined);
    },
    beat: () => work?.(),
    stopped: () => work === undefined,
  };
}

describe("a vault that is held", () => {
  it("is found lost at the next heartbeat, told once, and its heart stops", () => {
    const folder = temporaryFolder();
    const { repeat, beat, stopped } = heart();
    const held = holdVault(folder, "run-1", repeat);
    const told: string[] = [];
    held.onLost(({ error }) => told.push(error.name));
    beat();
    expect([told, held.isLost(), stopped()]).toEqual([[], false, false]);
    expect(() => held.throwIfLost()).not.toThrow();
    rmSync(join(folder, "lock.json"));
    expect(held.isLost()).toBe(false);
    beat();
    beat();
    held.lost();
    expect([told, held.isLost(), stopped()]).toEqual([["VaultLockLostError"], true, true]);
    expect(() => held.throwIfLost()).toThrow("was removed");
    held.onLost(() => told.push("late"));
    expect(told).toEqual(["VaultLockLostError", "late"]);
  });

  it("is let go of with its heart", () => {
    const folder = temporaryFolder();
    const { repeat, stopped } = heart();
    holdVault(folder, "run-1", repeat).release();
    expect([stopped(), readdirSync(folder)]).toEqual([true, []]);
  });

  it("keeps no process alive and no timer after its release", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const held = holdVault(temporaryFolder(), "run-1");
    expect(vi.getTimerCount()).toBe(1);
    held.release();
    expect(vi.getTimerCount()).toBe(0);
  });
});

type Losing = {
  readonly world: string;
  readonly name: string;
  /** What happens to the state folder when a step of which this is true was sent. */
  readonly when: (event: RecordedEvent) => boolean;
  readonly happens: (folder: string) => void;
};

/** What reached Azure and the journal before and after the loss, and what was said. */
async function runThatLoses({ world, name, when, happens }: Losing) {
  const served = await servedWorld(world, 600);
  const id = served.vaults[0]!;
  const said: string[] = [];
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  onTestFinished(() => stderr.mockRestore());
  const session = await openSession({ endpoint: served.url, cloud: "public" }, () => undefined);
  const options = { strategy: "soft", consents: ["remove-locks"], keepPrivateEndpoints: false } as const;
  const plan = await makePlan(session, scopeFromId(id), { id: armId(id), name, location: "x" }, options);
  const stateDir = temporaryFolder();
  const folder = vaultFolder(stateDir, id);
  const events: RecordedEvent[] = [];
  let before: readonly string[] = [];
  const ending = carryOut(session, plan, {
    ...atTheConsole(),
    stateDir,
    concurrency: 1,
    listener: (event) => {
      events.push(event);
      if (before.length > 0 || !when(event)) return;
      before = writesOf(served.requests());
      happens(folder);
    },
  });
  const error: unknown = await ending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const after = writesOf(served.requests()).slice(before.length);
  return { error, line: lineFor(error), after, events, folder, said: said.join("") };
}

const itemIsSent = (event: RecordedEvent): boolean =>
  event.type === "step-accepted" && event.step.startsWith("delete-item");

function takenByAnother(folder: string): void {
  rmSync(join(folder, "lock.json"));
  takeLock(folder, "the-other", new Date());
}

function journalIn(folder: string): readonly string[] {
  const run = readdirSync(folder).find((entry) => entry.startsWith("2"))!;
  return readFileSync(join(folder, run, "journal.ndjson"), "utf8")
    .trimEnd()
    .split("\n");
}

describe("a run whose vault is another's by now", () => {
  it("writes nothing more to Azure and to the journal, names the holder and what is not put back", async () => {
    const losing = { world: "locked", name: "rsv-locked-frc", when: itemIsSent, happens: takenByAnother };
    const { error, line, after, events, folder, said } = await runThatLoses(losing);
    expect(error).toMatchObject({ name: "VaultLockLostError" });
    expect(line).toMatch(
      /^the vault is now held by run the-other \(pid \d+ .*let that one end, then look with status$/,
    );
    expect(after).toEqual([]);
    expect(journalIn(folder)).toHaveLength(events.length);
    expect(events.at(-1)?.type).toBe("step-accepted");
    expect(said).toContain("this run no longer holds the vault: stopping");
    expect(said).toMatch(/not put back: restore-lock-\d+ frozen: az lock create/);
    // The other's lock stands.
    expect(readFileSync(join(folder, "lock.json"), "utf8")).toContain("the-other");
  });

  it("does not delete it, when the last moment before was late enough to see that", async () => {
    const when = (event: RecordedEvent): boolean => event.type === "step-verified" && event.step.startsWith("recheck");
    const losing = { world: "recorded-virtual-machine", name: "clitest-vault000002", when, happens: takenByAnother };
    const { line, after } = await runThatLoses(losing);
    expect(line).toContain("held by run the-other");
    expect(after).toEqual([]);
  });
});

describe("a run whose lock was removed", () => {
  it.each<[string, (folder: string) => void]>([
    ["alone", (folder) => rmSync(join(folder, "lock.json"))],
    ["with its whole folder", (folder) => renameSync(folder, `${folder}-away`)],
  ])("%s puts back what must not stay away, and writes nothing else", async (_what, happens) => {
    const losing = { world: "locked", name: "rsv-locked-frc", when: itemIsSent, happens };
    const { line, after, events, folder, said } = await runThatLoses(losing);
    expect(line).toMatch(/lock\.json was removed while run \S+ held it: the run stopped; the same command goes on/);
    expect(after.length).toBeGreaterThan(0);
    for (const write of after) expect(write).toMatch(/^PUT \S+\/locks\/[^/]+$/);
    expect(said).not.toContain("not put back");
    const kept = existsSync(folder) ? folder : `${folder}-away`;
    expect(journalIn(kept)).toHaveLength(events.length);
    expect(existsSync(join(folder, "lock.json"))).toBe(false);
  });

  it("is not gone on with either, when that happens while the vault is still looked at", async () => {
    const stateDir = temporaryFolder();
    const served = await servedWorld("small", 600);
    const id = served.vaults[0]!;
    const session = await openSession({ endpoint: served.url, cloud: "public" }, () => undefined);
    const options = { strategy: "soft", consents: [], keepPrivateEndpoints: false } as const;
    const vault = { id: armId(id), name: "rsv-backup-weu", location: "x" };
    const plan = await makePlan(session, scopeFromId(id), vault, options);
    const folder = vaultFolder(stateDir, id);
    const ending = carryOut(session, plan, {
      ...atTheConsole(),
      stateDir,
      listener: () => undefined,
      lookFirst: async () => {
        mkdirSync(folder, { recursive: true });
        rmSync(join(folder, "lock.json"));
        return undefined;
      },
    });
    await expect(ending).rejects.toThrow("was removed while run");
    expect(writesOf(served.requests())).toEqual([]);
  });
});
