// Two at once: of several processes on one vault one runs and the others are refused, whoever dies in between.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { taking, type Taking } from "../../src/journal/lock-taking.ts";
import { vaultFolder } from "../../src/journal/state-folder.ts";
import { takeLock } from "../../src/journal/vault-lock.ts";
import {
  commandLine,
  commandLineHere,
  servedWorld,
  writesOf,
  type Ended,
  type ServedWorld,
} from "../cli/command-line.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { everyOrder, type Race } from "./interleavings.ts";

describe("takers of one lock", () => {
  it.each<[string, Omit<Race, "take">]>([
    ["two of a stale one, both of which may die or give it back", { takers: 2, deaths: 2, returns: 2, stale: "dead" }],
    ["three of a stale one", { takers: 3, deaths: 0, returns: 0, stale: "dead" }],
    ["three of a free one, two of which may die and one give it back", { takers: 3, deaths: 2, returns: 1 }],
  ])("never hold it two at a time, in every order of their file operations: %s", (_what, race) => {
    const found = everyOrder({ ...race, take: taking });
    expect(found.mostHolders).toBe(1);
    expect(found.endingsWithoutHolder).toBe(0);
    expect(found.leftFiles).toEqual(race.returns === race.takers ? [] : ["lock.json"]);
    expect(found.states).toBeGreaterThan(500);
  });

  it("are seen to hold it both where one removes a stale lock by its name, so that this would be found", () => {
    const found = everyOrder({ takers: 2, deaths: 0, returns: 0, stale: "dead", take: removingByName });
    expect(found.mostHolders).toBe(2);
  });

  /** What comes to mind first: between the look and the removal the lock may be another taker's. */
  function* removingByName(path: string, text: string): Taking<{ path: string } | undefined> {
    if (yield (files) => files.create(path, text)) return undefined;
    const found = yield (files) => files.read(path);
    if (typeof found !== "string" || !(yield (files) => files.isGone(path, found))) return { path };
    yield (files) => files.remove(path);
    return (yield (files) => files.create(path, text)) === true ? undefined : { path };
  }

  it("that are processes, started at the same instant, are one holder and refusals that name it", async () => {
    for (const isStale of [false, true]) {
      const folder = isStale ? await staleFolder() : temporaryFolder();
      const takers = await Promise.all(["a", "b", "c"].map((name) => lockTaker(folder, name)));
      const said = await Promise.all(takers.map((taker) => taker.take()));
      expect(
        said.filter((line) => line === "held"),
        said.join("\n"),
      ).toHaveLength(1);
      for (const line of said) expect(line).toMatch(/^held$|held by run [a-c] \(pid \d+ on \S+, since 2/);
      expect(readdirSync(folder)).toEqual(["lock.json"]);
    }
  });
});

type LockTaker = { readonly child: ChildProcess; readonly take: () => Promise<string> };

async function lockTaker(folder: string, name: string): Promise<LockTaker> {
  const script = fileURLToPath(new URL("lock-taker.ts", import.meta.url));
  const child = spawn(process.execPath, [script, folder, name], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.stdin.end());
  const lines = createInterface({ input: child.stdout });
  const next = async (): Promise<string> => String((await once(lines, "line"))[0]);
  expect(await next()).toBe("ready");
  return {
    child,
    take: () => {
      const line = next();
      child.stdin.write("go\n");
      return line;
    },
  };
}

/** A folder with a lock whose holder was killed with it in hand. */
async function staleFolder(folder = temporaryFolder()): Promise<string> {
  const { child, take } = await lockTaker(folder, "killed");
  expect(await take()).toBe("held");
  child.kill("SIGKILL");
  await once(child, "exit");
  return folder;
}

const world = "recorded-virtual-machine";
const confirmed = ["--confirm", "clitest-vault000002"];

/** The arguments of an apply on a served world, and the folder in which its runs are kept. */
async function servedApply(): Promise<{
  served: ServedWorld;
  stateDir: string;
  folder: string;
  apply: readonly string[];
}> {
  const served = await servedWorld(world, 600);
  const stateDir = join(temporaryFolder(), "state");
  const apply = ["apply", "--endpoint", served.url, "--state-dir", stateDir, ...confirmed];
  return { served, stateDir, folder: vaultFolder(stateDir, served.vaults[0]!), apply };
}

/** One of them took the vault down; all others were told who did, and what to do, and wrote nothing. */
function expectOneRan(ended: readonly Ended[], { requests, world: now }: ServedWorld): void {
  const all = ended.map(({ code, stderr }) => `${code} ${stderr}`).join("\n");
  expect(
    ended
      .map(({ code }) => String(code))
      .toSorted()
      .join(""),
    all,
  ).toBe("0".padEnd(ended.length, "1"));
  for (const { code, stderr } of ended) {
    if (code === 0) continue;
    // Held while it runs; begun meanwhile, or gone on with, where it ended before the other came to it.
    expect(stderr).toMatch(
      /held by run \S+ \(pid \d+ on \S+, since 2|run \S+ was begun by another process|run \S+ went on/,
    );
    expect(stderr).toMatch(/run the same command again$/m);
  }
  const writes = writesOf(requests());
  expect(new Set(writes).size).toBe(writes.length);
  expect(now().vaults).toEqual([]);
}

describe("applies of one vault, started together", () => {
  it("are one that runs and one that is refused, again and again, also over a stale lock", async () => {
    for (const isStale of [false, true, false]) {
      const { served, folder, apply } = await servedApply();
      if (isStale) await staleFolder(folder);
      expectOneRan(await Promise.all([commandLine(apply), commandLine(apply)]), served);
    }
  });

  it("are one that goes on with the run of a killed process and three that are refused", async () => {
    const { served, folder, apply } = await servedApply();
    const killed = await commandLine(apply, {
      onLine: (line, child) => void (line.includes(": accepted") && child.kill("SIGKILL")),
    });
    expect([killed.signal, readdirSync(folder)]).toEqual(["SIGKILL", [expect.stringMatching(/^2/), "lock.json"]]);
    expectOneRan(await Promise.all([1, 2, 3, 4].map(() => commandLine(apply))), served);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^2/)]);
  });
});

describe("while a run holds a vault", () => {
  it("it is not for another, also under --fresh, and however its name is written", async () => {
    const { served, folder, apply } = await servedApply();
    const lock = takeLock(folder, "the-other", new Date());
    for (const more of [[], ["--fresh"], ["--vault", served.vaults[0]!.toUpperCase()]]) {
      const { code, stderr } = await commandLineHere([...apply, ...more]);
      expect(code, stderr).toBe(1);
      expect(stderr).toMatch(/the vault is held by run the-other \(pid \d+ on .*: wait for it to end/);
    }
    expect(writesOf(served.requests())).toEqual([]);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("it can be planned", async () => {
    const { served, folder } = await servedApply();
    takeLock(folder, "the-other", new Date());
    const { code, stdout, stderr } = await commandLineHere(["plan", "--endpoint", served.url]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("steps, in order");
  });

  it("another vault in the same state folder is for another run", async () => {
    const { served, stateDir, apply } = await servedApply();
    takeLock(vaultFolder(stateDir, `${served.vaults[0]!}-2`), "the-other", new Date());
    expectOneRan([await commandLineHere(apply)], served);
  });
});
