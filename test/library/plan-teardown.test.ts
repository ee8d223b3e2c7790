// `planTeardown` on served worlds: the plan is the one the command makes, and what cannot be is refused before Azure is asked.

import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { planTeardown, type TokenCredential } from "../../src/library/index.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { commandLineHere, printedBy, servedWorld, writesOf } from "../cli/command-line.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Takes every request and answers none; tells of the first. */
async function silentServer(asked: () => void): Promise<string> {
  const server = createServer(() => asked());
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("planTeardown", () => {
  it("makes the plan that the command makes, writes nothing to Azure or to disk, and says nothing", async () => {
    const served = await servedWorld("small", 600);
    const vault = served.vaults[0]!;
    const cwd = temporaryFolder();
    const spy = vi.spyOn(process, "cwd").mockReturnValue(cwd);
    onTestFinished(() => spy.mockRestore());
    let plan: unknown;
    const printed = await printedBy(async () => {
      plan = await planTeardown({ vault, endpoint: served.url });
    });
    spy.mockRestore();
    expect(printed).toEqual({ stdout: "", stderr: "" });
    expect(readdirSync(cwd)).toEqual([]);
    expect(writesOf(served.requests())).toEqual([]);
    const command = await commandLineHere(["plan", "--vault", vault, "--endpoint", served.url, "--format", "json"]);
    const { steps, expectedOutcome, strategy } = JSON.parse(command.stdout) as Record<string, unknown>;
    expect(plan).toMatchObject({ steps, strategy, expectedOutcome: { kind: Object(expectedOutcome).kind as string } });
  });

  it("plans as it is told to, and what it gives can be saved and opened again", async () => {
    const served = await servedWorld("classic", 600);
    const plan = await planTeardown({
      vault: served.vaults[0]!,
      endpoint: served.url,
      strategy: "purge",
      consents: ["cancel-jobs", "remove-locks"],
      keepPrivateEndpoints: true,
      deep: true,
    });
    expect(plan).toMatchObject({
      strategy: "purge",
      consents: ["remove-locks", "cancel-jobs"],
      options: { keepPrivateEndpoints: true },
    });
    expect(openPlan(renderPlan(plan), "it")).toEqual(JSON.parse(JSON.stringify(plan)));
    expect(plan.inventory.some((entry) => "recoveryPoints" in entry)).toBe(true);
  });

  it("gives a plan that is blocked as a plan: what blocks it is data", async () => {
    const served = await servedWorld("immutable-locked", 600);
    const { blockers } = await planTeardown({ vault: served.vaults[0]!, endpoint: served.url });
    expect(blockers.map(({ code }) => code)).not.toEqual([]);
  });

  const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";

  it.each([
    [{ vault: "rsv-1" }, /^vault rsv-1 is not the full resource id of a Recovery Services vault or of a Backup vault$/],
    [{ vault: undefined as never }, /^vault undefined is not the full resource id of/],
    [{ vault: id, strategy: "hard" as never }, "strategy hard is not one of soft, purge"],
    [{ vault: id, consents: ["all" as never] }, /^consents all is not one of disable-immutability, /],
    [{ vault: id, consents: "remove-locks" as never }, "consents remove-locks is no list"],
    [{ vault: id, keepPrivateEndpoints: "yes" as never }, "keepPrivateEndpoints yes is neither true nor false"],
    [{ vault: id, cloud: "moon" as never }, "cloud moon is not one of public, usgov, china"],
    [{ vault: id, cloud: "constructor" as never }, /^cloud constructor is not one of/],
    [{ vault: id, endpoint: "http://192.0.2.1" }, /^endpoint http:\/\/192.0.2.1 is not a loopback address/],
    [{ vault: id, guardTenant: "a b" }, /^guardTenant a b is no tenant/],
  ])("refuses what cannot be, in words of its own options: %j", async (options, message) => {
    const planned = planTeardown({ endpoint: "http://127.0.0.1:1", ...options });
    await expect(planned).rejects.toMatchObject({ name: "TeardownError", reason: { code: "invalid-argument" } });
    await expect(planned).rejects.toThrow(message);
  });

  it("says of a vault that is not there that it is not found", async () => {
    const served = await servedWorld("small", 600);
    const planned = planTeardown({ vault: `${served.vaults[0]!}-other`, endpoint: served.url });
    await expect(planned).rejects.toMatchObject({ name: "TeardownError", reason: { code: "not-found" } });
  });

  it("ends with the reason of its signal, before and while it looks", async () => {
    const served = await servedWorld("small", 600);
    const [vault, endpoint] = [served.vaults[0]!, served.url];
    const early = AbortSignal.abort(new Error("no longer wanted"));
    await expect(planTeardown({ vault, endpoint, signal: early })).rejects.toThrow("no longer wanted");
    expect(served.requests()).toEqual([]);
    const stop = new AbortController();
    const silent = await silentServer(() => stop.abort(new Error("seen enough")));
    await expect(planTeardown({ vault, endpoint: silent, signal: stop.signal })).rejects.toThrow("seen enough");
  });

  it("shows no emulator the credential it is given", async () => {
    const served = await servedWorld("small", 600);
    const getToken = vi.fn<TokenCredential["getToken"]>();
    await planTeardown({ vault: served.vaults[0]!, endpoint: served.url, credential: { getToken } });
    expect(getToken).not.toHaveBeenCalled();
  });

  it("asks the credential it is given, where it goes to Azure, and tells what Azure would not say", async () => {
    const refused = Object.assign(new Error("nobody is signed in here"), { name: "CredentialUnavailableError" });
    const getToken = vi.fn<TokenCredential["getToken"]>().mockRejectedValue(refused);
    await expect(planTeardown({ vault: id, credential: { getToken } })).rejects.toMatchObject({ name: "AzureError" });
    expect(getToken.mock.calls[0]?.[0]).toEqual(["https://management.azure.com/.default"]);
  });
});
