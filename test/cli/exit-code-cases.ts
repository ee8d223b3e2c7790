// Each command with each exit code it can end with, in a world that makes it end so, and what is printed with it. It must not
// test anything but that what comes before has worked.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, commandLineHere, emulatorProcess, servedWorld, type Ended } from "./command-line.ts";
import { deletedVault, fileOf, standingVault, worldOf } from "./recoverable-worlds.ts";

/** What each code means, in the order of the contract. */
export const contract: Readonly<Record<number, string>> = {
  0: "done, or there was nothing to do",
  1: "usage, authentication or unexpected error; declined",
  2: "the plan has steps and could be applied",
  3: "blocked: a human must act",
  4: "waiting: cannot finish now, can later",
  5: "some steps failed, the rest was done",
  6: "the saved plan no longer fits the vault",
  130: "interrupted, with the journal saved",
};

type Case = {
  readonly command: string;
  readonly code: number;
  readonly when: string;
  readonly end: () => Promise<Ended>;
  /** Where a result is printed, and on which stream. */
  readonly says: readonly ["stdout" | "stderr", RegExp];
};

const fast = ["--speed", "100000"];

/** The words, run in this process, in a folder of their own where none is given. */
function here(line: string, folder: string = temporaryFolder()): Promise<Ended> {
  return commandLineHere(line.split(" "), { cwd: folder });
}

/** A shipped world in a file, with more in it. */
function fileWith(name: string, more: Partial<World>): string {
  const path = join(temporaryFolder(), "world.json");
  writeFileSync(path, JSON.stringify({ ...loadWorld(name), ...more }));
  return path;
}

function refusing(method: string, path: string, code = "UserErrorUnknown"): { readonly faults: readonly WorldFault[] } {
  return {
    faults: [{ match: { method, path }, times: "always", fault: { kind: "status", status: 400, code, message: "no" } }],
  };
}

const deleting = refusing("DELETE", "*/protectedItems/*");
const applySmall = "apply --confirm rsv-backup-weu --speed 100000 --emulator";
const recoverDeleted = (): string =>
  `recover --vault rsv-test --confirm rsv-test --speed 6000 --emulator ${fileOf([], { deletedVaults: [deletedVault()] })}`;

/** A plan made of one world, applied to the next. */
async function applied(before: string, after: string): Promise<Ended> {
  const folder = temporaryFolder();
  const planned = await here(`plan --emulator ${before} --out plan.json`, folder);
  expect(planned.code, planned.stderr).toBe(0);
  return here(`apply plan.json --emulator ${after} --confirm rsv-backup-weu ${fast.join(" ")}`, folder);
}

function withoutIntents(): string {
  const [vault] = loadWorld("small").vaults;
  return fileWith("small", { vaults: [{ ...vault!, protectionIntents: [] }] });
}

/** Ends the process when it prints such a line. */
async function interrupted(world: string | World, words: readonly string[], at: RegExp, speed: number): Promise<Ended> {
  const { url } = await servedWorld(world, speed);
  return commandLine([...words, "--endpoint", url], {
    onLine: (line, child) => void (at.test(line) && child.kill("SIGINT")),
  });
}

/** A teardown that may take no longer than a second. */
async function outOfTime(): Promise<Ended> {
  const { url } = await servedWorld("small", 60);
  return commandLineHere(["apply", "--endpoint", url, "--confirm", "rsv-backup-weu", "--max-duration", "1s"]);
}

async function statusAfter(line: string): Promise<Ended> {
  const folder = temporaryFolder();
  await here(line, folder);
  return here("status", folder);
}

async function served(signal: "SIGINT" | "SIGTERM"): Promise<Ended> {
  const { first, end } = await emulatorProcess(["small"]);
  return { code: Number(await end(signal)), signal: null, stdout: JSON.stringify(first), stderr: "" };
}

export const cases: readonly Case[] = [
  {
    command: "plan",
    code: 0,
    when: "it is made",
    end: () => here("plan --emulator small"),
    says: ["stdout", /^outcome {3}soft-deleted/m],
  },
  {
    command: "plan",
    code: 1,
    when: "no such vault is there",
    end: () => here("plan --emulator small --vault rsv-x"),
    says: ["stderr", /vault rsv-x was not found/],
  },
  {
    command: "plan",
    code: 2,
    when: "it has steps, and the code is to tell",
    end: () => here("plan --emulator small --detailed-exitcode"),
    says: ["stdout", /^steps {5}\d+:/m],
  },
  {
    command: "plan",
    code: 3,
    when: "soft delete cannot be turned off",
    end: () => here("plan --emulator always-on --strategy purge"),
    says: ["stdout", /^blocked by\n/m],
  },
  {
    command: "apply",
    code: 0,
    when: "the vault is gone",
    end: () => here(`${applySmall} small`),
    says: ["stdout", /^gone: rsv-backup-weu is soft-deleted/],
  },
  {
    command: "apply",
    code: 1,
    when: "nobody confirms",
    end: () => here("apply --emulator small"),
    says: ["stderr", /--confirm/],
  },
  {
    command: "apply",
    code: 2,
    when: "it only shows the plan, and the code is to tell",
    end: () => here("apply --emulator small --dry-run --detailed-exitcode"),
    says: ["stdout", /^steps {5}\d+:/m],
  },
  {
    command: "apply",
    code: 3,
    when: "the plan is blocked",
    end: () => here("apply --emulator always-on --strategy purge --confirm rsv-alwayson-frc"),
    says: ["stderr", /^blocked by\n/m],
  },
  {
    command: "apply",
    code: 4,
    when: "the vault waits for what is soft-deleted in it",
    end: () => here(`apply --emulator classic --confirm rsv-classic-uks ${fast.join(" ")}`),
    says: ["stdout", /^waiting/m],
  },
  { command: "apply", code: 4, when: "its time is over", end: outOfTime, says: ["stdout", /the same command goes on/] },
  {
    command: "apply",
    code: 5,
    when: "Azure refuses a step for good",
    end: () => here(`${applySmall} ${fileWith("small", deleting)}`),
    says: ["stdout", /UserErrorUnknown/],
  },
  {
    command: "apply",
    code: 6,
    when: "the vault is no longer what was planned",
    end: () => applied("small", withoutIntents()),
    says: ["stderr", /gone: auto-protection-intent MSSQLSERVER/],
  },
  {
    command: "apply",
    code: 130,
    when: "it is interrupted",
    end: () => interrupted("small", ["apply", "--confirm", "rsv-backup-weu"], /vm-web-01: accepted/, 60),
    says: ["stdout", /the same command goes on where this run stopped/],
  },
  {
    command: "recover",
    code: 0,
    when: "the vault is back",
    end: () => here(recoverDeleted()),
    says: ["stdout", /^back: rsv-test stands/m],
  },
  {
    command: "recover",
    code: 1,
    when: "nobody confirms",
    end: () => here(recoverDeleted().replace("--confirm rsv-test ", "")),
    says: ["stderr", /--confirm/],
  },
  {
    command: "recover",
    code: 2,
    when: "it only shows the plan, and the code is to tell",
    end: () => here(`${recoverDeleted()} --dry-run --detailed-exitcode`),
    says: ["stdout", /^recovery {2}/m],
  },
  {
    command: "recover",
    code: 3,
    when: "nothing is soft-deleted",
    end: () => here("recover --emulator small --vault rsv-backup-weu"),
    says: ["stderr", /^nothing to recover/],
  },
  {
    command: "recover",
    code: 4,
    when: "its time is over",
    end: async () => {
      const { url } = await servedWorld(worldOf([standingVault()]), 1);
      return commandLineHere([
        "recover",
        "--vault",
        "rsv-test",
        "--confirm",
        "rsv-test",
        "--max-duration",
        "1s",
        "--endpoint",
        url,
      ]);
    },
    says: ["stdout", /the same command goes on/],
  },
  {
    command: "recover",
    code: 5,
    when: "Azure refuses to give an item back",
    end: () =>
      here(
        `recover --vault rsv-test --confirm rsv-test --speed 6000 --emulator ${fileOf([standingVault()], refusing("PUT", "*/protectedItems/*vm-web-1"))}`,
      ),
    says: ["stdout", /UserErrorUnknown/],
  },
  {
    command: "recover",
    code: 130,
    when: "it is interrupted",
    end: () =>
      interrupted(
        worldOf([standingVault()]),
        ["recover", "--vault", "rsv-test", "--confirm", "rsv-test"],
        /: accepted/,
        5,
      ),
    says: ["stdout", /the same command goes on where this run stopped/],
  },
  {
    command: "status",
    code: 0,
    when: "a run is stored, however it ended",
    end: () => statusAfter(`${applySmall} ${fileWith("small", deleting)}`),
    says: ["stdout", /UserErrorUnknown/],
  },
  {
    command: "status",
    code: 1,
    when: "no run is stored",
    end: () => here("status"),
    says: ["stderr", /no run is stored/],
  },
  {
    command: "deleted",
    code: 0,
    when: "all is listed",
    end: () => here("deleted --emulator recorded-deleted-vault"),
    says: ["stdout", /soft-deleted vault/],
  },
  {
    command: "deleted",
    code: 1,
    when: "a location refuses, after the rest is listed",
    end: () =>
      here(
        `deleted --emulator ${fileOf([], { deletedVaults: [deletedVault()], locations: ["westeurope", "uksouth"], ...refusing("GET", "*/locations/uksouth/deletedVaults", "Nope") })}`,
      ),
    says: ["stderr", /^location uksouth was refused/m],
  },
  {
    command: "emulator",
    code: 0,
    when: "it is ended",
    end: () => served("SIGTERM"),
    says: ["stdout", /"url":"http:\/\/127\.0\.0\.1:/],
  },
  {
    command: "emulator",
    code: 1,
    when: "no such port is there",
    end: () => here("emulator --port 70000"),
    says: ["stderr", /--port 70000 is no port/],
  },
  {
    command: "demo",
    code: 0,
    when: "the vault is gone",
    end: () => here("demo --speed 100000"),
    says: ["stdout", /^gone: /m],
  },
  {
    command: "demo",
    code: 1,
    when: "there is no such world",
    end: () => here("demo --world nowhere"),
    says: ["stderr", /no world 'nowhere'/],
  },
  {
    command: "demo",
    code: 3,
    when: "the world's vault is blocked",
    end: () => here("demo --world immutable-locked"),
    says: ["stdout", /^blocked by\n/m],
  },
  {
    command: "demo",
    code: 4,
    when: "the vault waits for what is soft-deleted in it",
    end: () => here("demo --world classic --speed 100000"),
    says: ["stdout", /^waiting/m],
  },
  {
    command: "demo",
    code: 5,
    when: "the world refuses a step for good",
    end: () => here(`demo --speed 100000 --world ${fileWith("small", deleting)}`),
    says: ["stdout", /UserErrorUnknown/],
  },
  {
    command: "show",
    code: 0,
    when: "the plan can be read, whatever it is blocked by",
    end: async () => {
      const folder = temporaryFolder();
      expect((await here("plan --emulator locked --out plan.json", folder)).code).toBe(3);
      return here("show plan.json", folder);
    },
    says: ["stdout", /^outcome {3}blocked/m],
  },
  {
    command: "show",
    code: 1,
    when: "there is no such file",
    end: () => here("show nowhere.json"),
    says: ["stderr", /cannot read the plan nowhere\.json/],
  },
  {
    command: "explain",
    code: 0,
    when: "something of it is known",
    end: () => here("explain ScopeLocked"),
    says: ["stdout", /^ScopeLocked: /m],
  },
  {
    command: "explain",
    code: 1,
    when: "nothing of it is known",
    end: () => here("explain qwertz"),
    says: ["stderr", /nothing in this is known/],
  },
  {
    command: "completion",
    code: 0,
    when: "the script is printed",
    end: () => here("completion bash"),
    says: ["stdout", /^complete -F /m],
  },
  {
    command: "completion",
    code: 1,
    when: "there is none for that shell",
    end: () => here("completion tcsh"),
    says: ["stderr", /"tcsh" is not one of/],
  },
];
