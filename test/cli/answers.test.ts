// What stands on stdout when nothing is carried out: a document where one was asked for, and never success for an error.

import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, commandLineHere, servedWorld } from "./command-line.ts";

describe("apply in a format for machines", () => {
  it("answers a blocked plan with its blockers", async () => {
    const { code, stdout } = await commandLineHere([
      "apply",
      "--emulator",
      "always-on",
      "--strategy",
      "purge",
      "--format",
      "json",
    ]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      exitCode: 3,
      blockers: [{ code: "soft-delete-always-on" }],
    });
  });

  it("answers that there is nothing to do as a document too", async () => {
    const { url } = await servedWorld("always-on", 3000);
    const cwd = temporaryFolder();
    const apply = ["apply", "--endpoint", url, "--confirm", "rsv-alwayson-frc", "--format", "ndjson"];
    expect((await commandLineHere(apply, { cwd })).code).toBe(0);
    const { code, stdout } = await commandLineHere(apply, { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0, reason: expect.stringMatching(/^nothing to do/) });
  });
});

describe("an error", () => {
  it("is no success because an earlier run on that name succeeded", async () => {
    const { url } = await servedWorld("always-on", 3000);
    const cwd = temporaryFolder();
    const apply = ["apply", "--endpoint", url, "--confirm", "rsv-alwayson-frc", "--vault", "rsv-alwayson-frc"];
    expect((await commandLineHere(apply, { cwd })).code).toBe(0);
    const elsewhere = await commandLineHere([...apply, "--subscription", "11111111-1111-1111-1111-111111111111"], {
      cwd,
    });
    expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringContaining("SubscriptionNotFound") });
  });
});

describe("a reader that has seen enough", () => {
  it("does not end the run when it closes its pipe", async () => {
    const { url, world } = await servedWorld("always-on", 3000);
    const cwd = temporaryFolder();
    const ended = await commandLine(
      ["apply", "--endpoint", url, "--confirm", "rsv-alwayson-frc", "--format", "ndjson"],
      {
        cwd,
        onLine: (_line, child) => void child.stdout?.destroy(),
      },
    );
    expect(ended.code, ended.stderr).toBe(0);
    expect(world().vaults).toEqual([]);
  });
});

describe("a proxy for the internet", () => {
  it("is not asked for an emulator on this machine", async () => {
    const { url } = await servedWorld("always-on");
    const env = {
      HTTPS_PROXY: "http://127.0.0.1:9",
      https_proxy: "http://127.0.0.1:9",
      HTTP_PROXY: "http://127.0.0.1:9",
    };
    expect((await commandLineHere(["plan", "--endpoint", url], { env })).code).toBe(0);
  });
});
