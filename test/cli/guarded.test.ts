// A guarded vault from the command line: over a port and in process, with and without the other tenant's token.

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, commandLineHere, servedWorld, writesOf } from "./command-line.ts";

const shipped = loadWorld("guarded");
const guard = shipped.resourceGuards![0]!;
const tenant = "11111111-2222-3333-4444-555555555555";
const otherTenant: World = { ...shipped, resourceGuards: [{ ...guard, tenant }] };
const [own] = shipped.subscriptions;
const withoutGuard: World = {
  ...shipped,
  access: [
    { scope: `/subscriptions/${own!.id}`, actions: ["*"] },
    { scope: guard.id, actions: ["*/read"] },
  ],
};

function worldFile(folder: string, world: World): string {
  const path = join(folder, "world.json");
  writeFileSync(path, JSON.stringify({ ...world, speed: 600 }));
  return path;
}

function textOfAll(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

const purge = ["--strategy", "purge", "--confirm", "rsv-guarded-uks"];

describe("a guard without permission", () => {
  it("ends plan and apply with exit 3, whom to ask for what, and no write", async () => {
    const folder = temporaryFolder();
    const { url, requests } = await servedWorld(worldFile(folder, withoutGuard));
    const planned = await commandLineHere(["plan", "--endpoint", url, "--strategy", "purge"]);
    expect(planned.code).toBe(3);
    expect(planned.stdout).toContain("guard-permission-missing");
    expect(planned.stdout).toContain(`Backup MUA Operator on ${guard.id.replace("resourceGroups", "resourcegroups")}`);
    expect(planned.stdout).toContain("permissions you lack");
    expect((await commandLineHere(["apply", "--endpoint", url, ...purge])).code).toBe(3);
    expect(writesOf(requests())).toEqual([]);
  });
});

describe("a guard of another tenant", () => {
  it("is passed with --guard-tenant, and the token is in nothing that is printed, stored or recorded", async () => {
    const folder = temporaryFolder();
    const state = temporaryFolder();
    const world = worldFile(folder, otherTenant);
    const { url, requests } = await servedWorld(world);
    const options = ["--endpoint", url, "--guard-tenant", tenant, "--state-dir", state, "--debug", ...purge];
    const { code, stdout, stderr } = await commandLine(["apply", ...options], {
      env: { AZURE_LOG_LEVEL: "verbose" },
    });
    expect(stderr).toMatch(/"x-ms-authorization-auxiliary": ?"REDACTED"/);
    expect(code).toBe(0);
    const told = [stdout, stderr, JSON.stringify(requests()), textOfAll(state)].join("\n");
    expect(told).not.toContain(`emulator:${tenant}`);
  });

  it("refuses without it: exit 3, and the option is named", async () => {
    const { url, world } = await servedWorld(worldFile(temporaryFolder(), otherTenant));
    const { code, stdout } = await commandLineHere(["apply", "--endpoint", url, ...purge]);
    expect(code).toBe(3);
    expect(stdout).toContain("--guard-tenant <tenant id>");
    expect(world().vaults).toHaveLength(1);
  });

  it("must be named by something that can be a tenant", async () => {
    const { code, stderr } = await commandLineHere(["plan", "--emulator", "guarded", "--guard-tenant", "a tenant"]);
    expect(code).toBe(1);
    expect(stderr).toContain("--guard-tenant a tenant is no tenant");
  });
});

describe("a saved plan whose rights were withdrawn since", () => {
  it("is not begun: exit 3, and what is missing is said", async () => {
    const folder = temporaryFolder();
    const plan = join(folder, "plan.json");
    const started = { ...shipped, startsAt: "2026-11-21T08:00:00Z" };
    const before = await servedWorld(worldFile(folder, started));
    expect((await commandLineHere(["plan", "--endpoint", before.url, "--strategy", "purge", "--out", plan])).code).toBe(
      0,
    );
    const after = await servedWorld(worldFile(temporaryFolder(), { ...withoutGuard, startsAt: started.startsAt }));
    const { code, stderr } = await commandLineHere([
      "apply",
      plan,
      "--endpoint",
      after.url,
      "--confirm",
      "rsv-guarded-uks",
    ]);
    expect(stderr).toContain("guard-permission-missing");
    expect(code).toBe(3);
    expect(writesOf(after.requests())).toEqual([]);
  });
});
