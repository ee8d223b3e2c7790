// `--show-commands`: a plan that is shown, with what each of its steps sends; the plan itself stays what it is.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandsDocument } from "../../src/cli/shown-commands.ts";
import type { Plan } from "../../src/model/plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, type Ended } from "./command-line.ts";
import { deletedVault, fileOf } from "./recoverable-worlds.ts";

type Commands = ReturnType<typeof commandsDocument>;

const json = <T>({ code, stdout, stderr }: Ended): T => {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
};

describe("--show-commands", () => {
  it("adds the commands to the text of a plan, under its id, step by step in its order", async () => {
    const plain = await commandLineHere(["plan", "--emulator", "guarded", "--strategy", "purge"]);
    const { code, stdout } = await commandLineHere([
      "plan",
      "--emulator",
      "guarded",
      "--strategy",
      "purge",
      "--show-commands",
    ]);
    expect(code).toBe(0);
    const head = plain.stdout.replace(/^plan .*\n/m, "");
    expect(stdout.replace(/^plan .*\n/m, "").startsWith(`${head}\n# the requests of plan `)).toBe(true);
    const ids = [...plain.stdout.matchAll(/^ {6}(\S+-\d+) {2}/gm)].map(([, id]) => id ?? "");
    const shown = [...stdout.matchAll(/^# '?(\S+-\d+) {2}/gm)].map(([, id]) => id ?? "");
    expect(shown.toSorted()).toEqual(ids.toSorted());
    expect(stdout).toMatch(/^az rest --method post --url '[^']+\/unlockDelete\?api-version=[\d-]+' --body '\{/m);
  });

  it("as json is a document of its own, and a saved plan has nothing of it", async () => {
    const out = join(temporaryFolder(), "plan.json");
    const shown = json<Commands>(
      await commandLineHere(["plan", "--emulator", "small", "--show-commands", "--format", "json", "--out", out]),
    );
    const saved = JSON.parse(readFileSync(out, "utf8")) as Plan;
    expect(shown).toMatchObject({ formatVersion: 1, plan: saved.id });
    expect(shown.commands.map(({ step }) => step)).toEqual(saved.steps.map(({ id }) => id));
    for (const { requests, shell } of shown.commands) expect(shell).toHaveLength(requests.length);
    expect(readFileSync(out, "utf8")).not.toContain("az rest");
    const again = json<Commands>(
      await commandLineHere(["apply", out, "--dry-run", "--show-commands", "--format", "json"]),
    );
    expect(again).toEqual(shown);
  });

  it("shows what a recovery would send", async () => {
    const world = fileOf([], { deletedVaults: [deletedVault()] });
    const recover = ["recover", "--emulator", world, "--vault", "rsv-test", "--dry-run", "--show-commands"];
    const { commands } = json<Commands>(await commandLineHere([...recover, "--format", "json"]));
    expect(commands[0]?.requests[0]).toMatchObject({ part: "write", method: "POST" });
    expect(commands[0]?.requests[0]?.url).toMatch(/\/deletedVaults\/[^/]+\/undelete\?api-version=/);
  });

  it.each([
    ["apply", "--emulator", "small"],
    ["recover", "--emulator", "small"],
  ])("is refused where nothing is shown: %s", async (...command) => {
    const { code, stdout, stderr } = await commandLineHere([...command, "--show-commands", "--confirm", "x"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe("vault-teardown: --show-commands shows a plan: use it with plan, or with --dry-run\n");
  });
});
