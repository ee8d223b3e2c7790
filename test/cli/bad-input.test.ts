// Bad input: one clear line on stderr with what, the value and what to do; the documented exit code; nothing written, no stack.

import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type CommandOptions, commandLine, commandLineHere, servedWorld, writesOf } from "./command-line.ts";

/** What a bad command prints; fails when it ends otherwise than with 1, or prints a stack. In a process of its own where it looks at its folder or environment. */
async function complaint(parameters: readonly string[], options?: CommandOptions): Promise<string> {
  const ran = options === undefined ? commandLineHere(parameters) : commandLine(parameters, options);
  const { code, stdout, stderr } = await ran;
  expect(code, stderr).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).not.toMatch(/^\s+at /m);
  return stderr.trimEnd();
}

const oneLine = /^vault-teardown: [^\n]+$/;

describe("a vault that is not meant", () => {
  it("is unknown: named, with those there are", async () => {
    const line = await complaint(["plan", "--emulator", "small", "--vault", "rsv-nowhere"]);
    expect(line).toMatch(oneLine);
    expect(line).toContain(
      "vault rsv-nowhere was not found in subscription 00000000-0000-0000-0000-000000000000: it has rsv-backup-weu",
    );
  });

  it("is ambiguous: the candidates are listed by their full ids", async () => {
    const folder = temporaryFolder();
    const world = loadWorld("always-on");
    const [vault] = world.vaults;
    const twin = { ...vault!, id: vault!.id.replace(/resourceGroups\/[^/]+/, "resourceGroups/rg-twin") };
    writeFileSync(join(folder, "twins.json"), JSON.stringify({ ...world, vaults: [vault, twin] }));
    const line = await complaint(["plan", "--emulator", "twins.json", "--vault", "rsv-alwayson-frc"], { cwd: folder });
    expect(line).toContain("2 vaults are named rsv-alwayson-frc: name one with --vault <full id> or --resource-group:");
    expect(line).toContain(twin.id);
    expect(line.split("\n")).toHaveLength(3);
  });

  it("is no vault's id", async () => {
    const line = await complaint(["plan", "--emulator", "small", "--vault", "/subscriptions/x"]);
    expect(line).toMatch(/\/subscriptions\/x is not the id of a Recovery Services vault or of a Backup vault/);
    const below = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupPolicies/p";
    expect(await complaint(["plan", "--emulator", "small", "--vault", below])).toContain(`${below} is not the id`);
  });

  it("lies in a subscription that is not there", async () => {
    const line = await complaint(["plan", "--emulator", "small", "-s", "11111111-1111-1111-1111-111111111111"]);
    expect(line).toMatch(oneLine);
    expect(line).toContain("SubscriptionNotFound");
    expect(line).toContain("check --subscription");
  });

  it("lies in no subscription that was named", async () => {
    expect(await complaint(["plan", "--vault", "v"], {})).toContain("set AZURE_SUBSCRIPTION_ID");
  });
});

describe("credentials that are missing", () => {
  it("are asked for by name", async () => {
    // The chain is narrowed to the environment, which has none: nothing outside this machine is asked.
    const env = {
      AZURE_TOKEN_CREDENTIALS: "EnvironmentCredential",
      AZURE_SUBSCRIPTION_ID: "11111111-1111-1111-1111-111111111111",
    };
    const line = await complaint(["plan", "--vault", "v"], { env });
    expect(line).toMatch(oneLine);
    expect(line).toContain("NoCredential");
    expect(line).toContain("sign in with az login");
  });
});

describe("a file that is not what it should be", () => {
  const cases: readonly (readonly [string, string, readonly string[], RegExp])[] = [
    ["a world that is no JSON", "{", ["plan", "--emulator", "./file.json"], /file\.json.*JSON/],
    ["a world that is something else", '{"hello":1}', ["plan", "--emulator", "./file.json"], /file\.json/],
    [
      "a plan that is no JSON",
      "{",
      ["apply", "file.json", "--emulator", "small"],
      /file\.json is not a plan: it is not JSON/,
    ],
    [
      "a plan that is something else",
      '{"hello":1}',
      ["apply", "file.json", "--emulator", "small"],
      /file\.json is not a plan: it has no steps/,
    ],
    [
      "a plan of another version",
      '{"formatVersion":99,"steps":[]}',
      ["apply", "file.json", "--emulator", "small"],
      /version 99, expected 1/,
    ],
  ];
  it.each(cases)("%s", async (_name, content, parameters, expected) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file.json"), content);
    const line = await complaint(parameters, { cwd: folder });
    expect(line).toMatch(oneLine);
    expect(line).toMatch(expected);
  });

  it("a world nobody ships", async () => {
    expect(await complaint(["plan", "--emulator", "smal"])).toMatch(/smal.*small/);
  });

  it("a world of no size", async () => {
    const line = await complaint(["plan", "--emulator", "large:lots"]);
    expect(line).toMatch(oneLine);
    expect(line).toContain("world 'large:lots' has no usable size; use large:<n> with a whole number from 1 to 100000");
  });

  it("a plan that is not there", async () => {
    expect(await complaint(["apply", "nowhere.json", "--emulator", "small"])).toContain(
      "cannot read the plan nowhere.json (ENOENT)",
    );
  });
});

describe("a state folder that cannot be written", () => {
  it("is named before anything is written to Azure", async () => {
    const { url, requests } = await servedWorld("small");
    const folder = temporaryFolder();
    writeFileSync(join(folder, "taken"), "");
    const { code, stdout, stderr } = await commandLineHere(
      ["apply", "--endpoint", url, "--confirm", "rsv-backup-weu", "--state-dir", "taken/state"],
      { cwd: folder },
    );
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /vault-teardown: cannot write to the state folder taken\/state\S* \(ENOTDIR\): choose another with --state-dir/,
    );
    expect(writesOf(requests())).toEqual([]);
  });
});

describe("an endpoint", () => {
  it.each(["http://management.azure.com", "https://example.com", "http://127.0.0.1.evil.example", "ftp://127.0.0.1"])(
    "that is not loopback is refused: %s",
    async (endpoint) => {
      const line = await complaint(["plan", "--endpoint", endpoint]);
      expect(line).toContain(`--endpoint ${endpoint} is not a loopback address`);
    },
  );

  it("where nobody listens is named", async () => {
    const line = await complaint(["plan", "--endpoint", "http://127.0.0.1:9"]);
    expect(line.split("\n").at(-1)).toMatch(/ECONNREFUSED|check the network and the endpoint/);
  }, 60_000);
});

describe("a torn last journal line", () => {
  it("is dropped, said, and the run goes on", async () => {
    const { url } = await servedWorld("always-on", 600);
    const cwd = temporaryFolder();
    const apply = ["apply", "--endpoint", url, "--confirm", "rsv-alwayson-frc", "--state-dir", "state"];
    await commandLine(apply, {
      cwd,
      onLine: (line, child) => void (line.includes(": accepted") && child.kill("SIGKILL")),
    });
    const vault = join(cwd, "state", readdirSync(join(cwd, "state"))[0]!);
    const run = readdirSync(vault).find((name) => name.startsWith("2"))!;
    appendFileSync(join(vault, run, "journal.ndjson"), '{"seq":99,"at":"2026');
    const { code, stderr } = await commandLineHere(apply, { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("was torn (20 bytes): it is dropped");
  });
});

describe("options", () => {
  it.each([
    [["plan", "--emulator", "small", "--endpoint", "http://127.0.0.1:1"], "exclude each other"],
    [["emulator", "small", "--world", "classic"], "both small and --world classic name a world: give one of them"],
    [["plan", "--emulator", "small", "--allow", "everything"], "--allow everything is no consent"],
    [["plan", "--emulator", "small", "--speed", "0"], "--speed 0"],
    [["plan", "--emulator", "small", "--seed", "1.5"], "--seed 1.5 is not a whole number"],
    [["demo", "--seed", "-1"], "--seed -1 is not a whole number"],
    [["emulator", "--seed", "x"], "--seed x is no number"],
    [["emulator", "--port=http"], "--port http is no number"],
    [["apply", "--emulator", "small", "--max-duration", "soon"], "--max-duration soon"],
    [["apply", "--emulator", "small", "--concurrency", "0"], "--concurrency 0"],
    [["apply", "plan.json", "--emulator", "small", "--strategy", "purge"], "a saved plan takes no planning option"],
    [["apply", "plan.json", "--emulator", "small", "--deep"], "a saved plan takes no planning option"],
    [["plan", "--emulator", "small", "--vault", "a", "--vault", "b"], "--vault is given more than once"],
    [["apply", "--emulator", "small", "--confirm", "a", "--confirm", "b"], "--confirm is given more than once"],
    [["apply", "nowhere.json", "--dry-run"], "cannot read the plan nowhere.json"],
    [["apply", "--emulator", "small", "--dry-run", "--format", "ndjson"], "--dry-run prints a plan, not events"],
    [["plan", "--emulator", "small", "--speed"], "--speed needs a value; see"],
    [["apply", "--emulator", "small", "--confirm"], "--confirm needs a value; see"],
    [["plan", "--endpoint", "--vault", "rsv"], "--endpoint needs a value; see"],
    [["plan", "--endpoint", "", "--vault", "rsv"], "--endpoint is empty: give a value"],
    [["plan", "--emulator", "", "--vault", "rsv"], "--emulator is empty"],
    [["plan", "--emulator", "small", "-g", ""], "--resource-group is empty"],
    [["apply", "--emulator", "small", "--state-dir", ""], "--state-dir is empty"],
    [["plan", "--emulator", "small", "--format"], "--format needs a value; see"],
    [["plan", "--emulator", "small", "--strategy"], "--strategy needs a value; see"],
    [["plan", "--emulator", "small", "--strategy", "hard"], '--strategy "hard" is not one of "soft", "purge"'],
    [[], "name a command"],
    [["plan", "--stratgy", "soft"], "stratgy"],
    [["plan", "--emulator", "small", "--vault.__proto__.polluted", "1"], "unknown argument: vault.__proto__.polluted"],
    [["plan", "--emulator", "small", "--__proto__.polluted", "1"], "unknown argument: "],
  ])("%j are refused in one line", async (parameters, expected) => {
    const line = await complaint(parameters);
    expect(line).toMatch(oneLine);
    expect(line).toContain(expected);
  });

  it("that name no command are refused by the program itself", async () => {
    const line = await complaint(["plann"], {});
    expect(line).toMatch(oneLine);
    expect(line).toContain("did you mean plan?");
  });

  it("--debug adds the details", async () => {
    const { stderr } = await commandLineHere(["plan", "--emulator", "small", "--vault", "nowhere", "--debug"]);
    expect(stderr).toMatch(/^\s+at /m);
  });
});

describe("a folder without runs", () => {
  it("is said to have none", async () => {
    const line = await complaint(["status"], {});
    expect(line).toMatch(oneLine);
    expect(line).toContain("no run is stored");
  });
});

describe("an interrupted folder", () => {
  it("without a journal is left alone", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, ".vault-teardown", "rsv-x-000000000000", "20260101T000000Z-000000"), { recursive: true });
    expect(await complaint(["status"], { cwd })).toContain("no run is stored");
  });
});
