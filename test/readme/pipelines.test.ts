// The README's pipelines, tried step by step on the emulator: plan for a pull request, approval of that plan, apply of exactly
// it, and a schedule that goes on with a teardown that has to wait.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { servedWorld, writesOf, type ServedWorld } from "../cli/command-line.ts";
import { pipelinesOf } from "./azure-pipelines.ts";
import { actionsOf } from "./github-actions.ts";
import { blockBelow } from "./readme.ts";
import { toolsFor } from "./tools-on-path.ts";

/** A vault whose first deletion of an item meets the service's daily limit: the run has to wait, and later it goes on. */
function limitedWorld(): Promise<ServedWorld> {
  const match = { method: "DELETE", path: "*/protectedItems/*" };
  const code = "CloudDosAbsoluteLimitReached";
  const message = "the limit on number of operations permitted in 24 hours";
  const fault = { match, times: 3, fault: { kind: "status", status: 400, code, message } } as const;
  return servedWorld({ ...loadWorld("small"), faults: [fault] }, 3000);
}

function variablesFor(served: ServedWorld): Readonly<Record<string, string>> {
  return {
    VAULT_ID: served.vaults[0]!,
    AZURE_CLIENT_ID: "writer",
    AZURE_READER_CLIENT_ID: "reader",
    AZURE_TENANT_ID: "t",
    AZURE_SUBSCRIPTION_ID: "s",
  };
}

const planId = /--confirm ([0-9a-f]{32})/;

describe("the workflow for GitHub Actions", () => {
  it("plans on a pull request, applies what was approved, waits, goes on by its schedule, and then has nothing to do", async () => {
    const served = await limitedWorld();
    const vars = variablesFor(served);
    const actions = actionsOf(blockBelow("GitHub Actions", "yaml"), vars, toolsFor(served.url));

    const reviewed = await actions.trigger("pull_request");
    expect(reviewed["plan"]?.result, reviewed["plan"]?.log).toBe("success");
    expect(reviewed["plan"]?.summary).toMatch(planId);
    expect(reviewed["apply"]?.result).toBe("skipped");
    expect(writesOf(served.requests())).toEqual([]);

    const applied = await actions.trigger("workflow_dispatch");
    expect(applied["apply"]?.result, applied["apply"]?.log).toBe("success");
    expect(applied["apply"]?.summary).toMatch(/later|wait/);
    expect(applied["apply"]?.log).toContain("::warning ");
    expect([reviewed["plan"], applied["plan"], applied["apply"]].map((run) => run?.identities)).toEqual([
      ["reader"],
      ["writer"],
      ["writer"],
    ]);
    expect(served.world().vaults).toHaveLength(1);

    const scheduled = await actions.trigger("schedule");
    expect(scheduled["go-on"]?.result, scheduled["go-on"]?.log).toBe("success");
    expect(scheduled["plan"]?.result).toBe("skipped");
    expect(served.world().vaults).toEqual([]);
    const writes = writesOf(served.requests()).length;

    const again = await actions.trigger("schedule");
    expect(again["go-on"]?.result, again["go-on"]?.log).toBe("success");
    expect(writesOf(served.requests())).toHaveLength(writes);
  });

  it("begins anew where it is approved anew while an earlier teardown waits, and has nothing left to go on with", async () => {
    const served = await limitedWorld();
    const actions = actionsOf(blockBelow("GitHub Actions", "yaml"), variablesFor(served), toolsFor(served.url));
    expect((await actions.trigger("workflow_dispatch"))["apply"]?.summary).toMatch(/later|wait/);
    const again = await actions.trigger("workflow_dispatch");
    expect(again["apply"]?.result, again["apply"]?.log).toBe("success");
    expect(served.world().vaults).toEqual([]);
    const writes = writesOf(served.requests()).length;
    const scheduled = await actions.trigger("schedule");
    expect(scheduled["go-on"]?.result, scheduled["go-on"]?.log).toBe("success");
    expect(writesOf(served.requests())).toHaveLength(writes);
  });

  it("writes nothing by its schedule where nothing was approved", async () => {
    const served = await servedWorld("small", 3000);
    const vars = variablesFor(served);
    const actions = actionsOf(blockBelow("GitHub Actions", "yaml"), vars, toolsFor(served.url));
    const runs = await actions.trigger("schedule");
    expect(runs["go-on"]?.result, runs["go-on"]?.log).toBe("success");
    expect(writesOf(served.requests())).toEqual([]);
  });

  it("fails, with an annotation for each blocker, where a person must act", async () => {
    const served = await servedWorld("locked", 3000);
    const vars = variablesFor(served);
    const actions = actionsOf(blockBelow("GitHub Actions", "yaml"), vars, toolsFor(served.url));
    const runs = await actions.trigger("workflow_dispatch");
    expect(runs["plan"]?.result).toBe("failure");
    expect(runs["plan"]?.log).toContain("::error ");
    expect(runs["apply"]?.result).toBe("skipped");

    // To whoever reviews it is told and no failure: the identity of a pull request lacks rights by intent.
    const reviewed = await actions.trigger("pull_request");
    expect(reviewed["plan"]?.result).toBe("success");
    expect(reviewed["plan"]?.log).toContain("::error ");
    expect(reviewed["apply"]?.result).toBe("skipped");
  });

  it("asks for an approval, for no secret, and for no right it does not use", () => {
    const { workflow } = actionsOf(blockBelow("GitHub Actions", "yaml"), {}, "");
    expect(workflow.permissions).toEqual({ "id-token": "write", contents: "read" });
    expect(workflow.jobs["apply"]?.environment).toBeDefined();
    expect(JSON.stringify(workflow)).not.toMatch(/secrets\.|AZURE_CLIENT_SECRET/);
  });
});

describe("the pipeline for Azure Pipelines", () => {
  it("plans for a pull request, applies what was approved, waits, goes on by its schedule, and then has nothing to do", async () => {
    const served = await limitedWorld();
    const pipelines = pipelinesOf(
      blockBelow("Azure Pipelines", "yaml"),
      { vault: served.vaults[0]! },
      toolsFor(served.url),
    );

    const reviewed = await pipelines.trigger("PullRequest");
    expect(reviewed["plan"]?.result, reviewed["plan"]?.log).toBe("success");
    expect(reviewed["plan"]?.summary).toMatch(planId);
    expect(reviewed["apply"]?.result).toBe("skipped");
    expect(writesOf(served.requests())).toEqual([]);

    const applied = await pipelines.trigger("Manual");
    expect(applied["apply"]?.result, applied["apply"]?.log).toBe("success");
    expect(applied["apply"]?.log).toContain("##vso[task.logissue type=warning");
    expect(reviewed["plan"]?.connections).toEqual(["azure-vault-reader"]);
    expect(applied["apply"]?.connections).toEqual(["azure-vault-teardown"]);
    expect(served.world().vaults).toHaveLength(1);

    // A run in between that applies nothing does not make it forget what waits.
    await pipelines.trigger("PullRequest");

    const scheduled = await pipelines.trigger("Schedule");
    expect(scheduled["go_on"]?.result, scheduled["go_on"]?.log).toBe("success");
    expect(scheduled["go_on"]?.connections).toEqual(["azure-vault-teardown"]);
    expect(served.world().vaults).toEqual([]);
    const writes = writesOf(served.requests()).length;

    const again = await pipelines.trigger("Schedule");
    expect(again["go_on"]?.result, again["go_on"]?.log).toBe("success");
    expect(writesOf(served.requests())).toHaveLength(writes);
  });

  it("writes nothing by its schedule where nothing was approved", async () => {
    const served = await servedWorld("small", 3000);
    const text = blockBelow("Azure Pipelines", "yaml");
    const runs = await pipelinesOf(text, { vault: served.vaults[0]! }, toolsFor(served.url)).trigger("Schedule");
    expect(runs["go_on"]?.result, runs["go_on"]?.log).toBe("success");
    expect(writesOf(served.requests())).toEqual([]);
  });

  it("asks for an approval and for no secret", () => {
    const { pipeline } = pipelinesOf(blockBelow("Azure Pipelines", "yaml"), {}, "");
    const apply = pipeline.stages.find(({ stage }) => stage === "apply");
    expect(apply?.jobs[0].environment).toBeDefined();
    expect(JSON.stringify(pipeline)).not.toMatch(/secret|SERVICE_PRINCIPAL/i);
  });
});
