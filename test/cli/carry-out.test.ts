// A run that breaks in this process, not in Azure: what it took is put back as far as it can be, and said either way.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { atTheConsole } from "../../src/cli/at-the-console.ts";
import { carryOut } from "../../src/cli/carry-out.ts";
import { makePlan } from "../../src/cli/make-plan.ts";
import { storedRuns, unfinishedRun, type KnownRun } from "../../src/cli/stored-runs.ts";
import { lineFor } from "../../src/cli/user-error.ts";
import { scopeFromId } from "../../src/cli/vault-by-id.ts";
import { openSession } from "../../src/cli/wire.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { armId } from "../../src/model/arm-id.ts";
import { runNames } from "../../src/journal/state-folder.ts";
import { rehearse } from "../rehearsal.ts";
import { insteadOf, systemError } from "../refusing-system.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { servedWorld } from "./command-line.ts";
import { storedRun } from "./stored-run.ts";

it("names the locks that may still be away when its journal cannot be gone on with", async () => {
  const said: string[] = [];
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  onTestFinished(() => stderr.mockRestore());
  const session = await openSession({ emulator: "locked", cloud: "public", speed: 100_000 }, () => undefined);
  const { id, location } = loadWorld("locked").vaults[0]!;
  const vault = { id: armId(id), name: "rsv-locked-frc", location };
  const options = { strategy: "soft", consents: ["remove-locks"], keepPrivateEndpoints: false } as const;
  const plan = await makePlan(session, scopeFromId(id), vault, options);
  let isFull = false;
  insteadOf("fsyncSync", (real) => (file) => {
    if (isFull) throw systemError("ENOSPC");
    real(file);
  });
  const broken = carryOut(session, plan, {
    ...atTheConsole(),
    stateDir: temporaryFolder(),
    concurrency: 4,
    listener: (event) => {
      isFull ||= event.type === "step-accepted" && event.step.startsWith("delete-item");
    },
  });
  await expect(broken).rejects.toThrow("(ENOSPC): free the disk");
  expect(said.join("")).toMatch(/may not be put back: restore-lock-\d+ frozen: az lock create/);
});

it("begins no run over one that another process began since it was planned", async () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => stderr.mockRestore());
  const served = await servedWorld("recorded-virtual-machine", 600);
  const session = await openSession({ endpoint: served.url, cloud: "public" }, () => undefined);
  const id = served.vaults[0]!;
  const vault = { id: armId(id), name: "clitest-vault000002", location: "x" };
  const options = { strategy: "soft", consents: [], keepPrivateEndpoints: false } as const;
  const plan = await makePlan(session, scopeFromId(id), vault, options);
  const [stateDir, listener] = [temporaryFolder(), () => undefined];
  const runsBefore = runNames(stateDir);
  const first = await carryOut(session, plan, { ...atTheConsole(), stateDir, listener, runsBefore });
  expect(first).toMatchObject({ result: { exitCode: 0 } });
  const before = served.requests().length;
  await expect(carryOut(session, plan, { ...atTheConsole(), stateDir, listener, runsBefore })).rejects.toThrow(
    /^run \S+ was begun by another process meanwhile: run the same command again$/,
  );
  expect(served.requests()).toHaveLength(before);
  const again = await carryOut(session, plan, {
    ...atTheConsole(),
    stateDir,
    listener,
    runsBefore: runNames(stateDir),
  });
  expect(again).toMatchObject({ result: { exitCode: 0 } });
});

describe("a run, when the vault is held", () => {
  const refuse = async () => 3;

  async function beforeAnything() {
    const plan = await rehearse("small").plan();
    const session = await openSession({ endpoint: "http://127.0.0.1:1", cloud: "public" }, () => undefined);
    const stateDir = temporaryFolder();
    const store = (run: string, azure = session.azure): string => storedRun({ stateDir, plan, run, azure });
    const known = () => unfinishedRun(storedRuns(stateDir, {}), session.azure);
    const carriedOut = (unfinished?: KnownRun) =>
      carryOut(session, plan, {
        ...atTheConsole(),
        stateDir,
        unfinished,
        lookFirst: refuse,
        listener: () => undefined,
      });
    return { store, known, carriedOut, names: () => [...runNames(stateDir)] };
  }

  it("is not continued where a later one took its place while it was asked for", async () => {
    const { store, known, carriedOut } = await beforeAnything();
    store("20261121T080000Z-aaaaaa");
    const unfinished = known();
    store("20261121T090000Z-aaaaaa", "public");
    expect(await carriedOut(unfinished)).toEqual({ refused: 3, notPutBack: [] });
    const later = store("20261121T100000Z-aaaaaa");
    await expect(carriedOut(unfinished)).rejects.toThrow(
      "run 20261121T100000Z-aaaaaa was begun by another process meanwhile: run the same command again",
    );
    writeFileSync(join(later, "journal.ndjson"), "damage\ndamage\n");
    await expect(carriedOut(unfinished)).rejects.toThrow("run 20261121T100000Z-aaaaaa was begun by another process");
  });

  it("is not continued where its journal can no longer be read, and that is told with what to do", async () => {
    const { store, known, carriedOut } = await beforeAnything();
    const folder = store("20261121T080000Z-aaaaaa");
    const unfinished = known();
    insteadOf("readSync", () => () => {
      throw systemError("EIO");
    });
    const error: unknown = await carriedOut(unfinished).catch((thrown: unknown) => thrown);
    expect(lineFor(error)).toBe(
      `cannot read ${join(folder, "journal.ndjson")} (EIO): make it a file that can be read, or look at the vault with plan and begin anew with apply --fresh`,
    );
  });

  it("is named after every stored one, also those of a clock that was ahead", async () => {
    const { store, carriedOut, names } = await beforeAnything();
    store("29990101T000000Z-ffffff");
    for (const second of ["01", "02"]) {
      expect(await carriedOut()).toEqual({ refused: 3, notPutBack: [] });
      expect(names().at(-1)).toMatch(new RegExp(`^29990101T0000${second}Z-`));
    }
  });
});
