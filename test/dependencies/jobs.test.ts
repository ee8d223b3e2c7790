// Backup jobs in flight: a running job holds up the items of its container; one that names no container holds up all.

import { describe, expect, it } from "vitest";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { jobs } from "../../src/dependencies/jobs.ts";
import { armId } from "../../src/model/arm-id.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, backupVaultPath, inFabric, jobAnswer, readerOf } from "./arm-answers.ts";
import {
  contextOf,
  database,
  draftOf,
  fileShare,
  job,
  only,
  softDelete,
  softDeleted,
  stepOn,
  vmItem,
} from "./builders.ts";

describe("listing jobs", () => {
  it("reads the item, the operation and the container without its type prefix", async () => {
    const given = jobAnswer({ containerName: "iaasvmcontainerv2;rg-app;vm-1" });
    expect(await jobs.list(readerOf({ jobsInProgress: async () => [given] }))).toEqual([
      {
        kind: "backup-job",
        id: given.id,
        name: "vm-1",
        state: "InProgress",
        operation: "Restore",
        cancellable: false,
        managementType: "AzureIaasVM",
        container: "iaasvmcontainerv2;rg-app;vm-1",
        startedAt: "2024-05-13T11:01:01.5322387Z",
      },
    ]);
  });

  it("names no container where the job names none, and no start that is not one", async () => {
    const given = jobAnswer({ startTime: "0001-01-01T00:00:00" });
    const found = only(await jobs.list(readerOf({ jobsInProgress: async () => [given] })));
    expect("container" in found || "startedAt" in found).toBe(false);
  });
});

describe("listing jobs of a Backup vault", () => {
  const id = `${backupVaultPath}/backupJobs/j-1`;
  const listed = async (properties: Readonly<Record<string, unknown>>) =>
    jobs.list(readerOf({ jobsInProgress: async () => [answer(id, properties)] }));

  it("reads the instance, the operation and the start", async () => {
    const properties = {
      backupInstanceId: "/instances/db",
      backupInstanceFriendlyName: "db",
      operation: "Restore",
      status: "Queued",
      startTime: "2024-05-08T10:32:16.7423761Z",
    };
    expect(await listed(properties)).toStrictEqual([
      {
        kind: "backup-job",
        id,
        name: "db",
        state: "Queued",
        operation: "Restore",
        cancellable: false,
        instance: "/instances/db",
        startedAt: "2024-05-08T10:32:16.7423761Z",
      },
    ]);
  });

  it("reads no more of one than its answer says", async () => {
    expect(await listed({ startTime: "0001-01-01T00:00:00" })).toStrictEqual([
      { kind: "backup-job", id, name: "j-1", state: "Unknown", operation: "Unknown", cancellable: false },
    ]);
  });
});

describe("a running job in a plan", () => {
  it("is waited for, and nothing is written", () => {
    const found = job("j-1", "iaasvmcontainerv2;rg-app;vm-1");
    const draft = draftOf(jobs.contribute(found, contextOf([found])), "settle-job");
    expect(draft).toMatchObject({ target: found.id, after: [], irreversible: false, name: "Backup of j-1" });
    expect(draft.request).toBeUndefined();
  });

  it.each([
    ["that can be cancelled, without the consent", true, []],
    ["that cannot be cancelled, with the consent", false, ["cancel-jobs"]],
  ] as const)("%s, is waited for", (_what, cancellable, consents) => {
    const found = { ...job("j-1"), cancellable };
    const draft = draftOf(jobs.contribute(found, contextOf([found], { consents })), "settle-job");
    expect([draft.request, draft.consent]).toEqual([undefined, undefined]);
    expect(draft.permissions).toEqual(["Microsoft.RecoveryServices/Vaults/backupJobs/read"]);
  });

  it("that can be cancelled is cancelled with the consent, which the step names, with the right it needs", () => {
    const found = { ...job("j-1"), cancellable: true };
    const draft = draftOf(jobs.contribute(found, contextOf([found], { consents: ["cancel-jobs"] })), "settle-job");
    expect(draft).toMatchObject({ consent: "cancel-jobs", request: { write: "cancel-backup-job", job: found.id } });
    expect(draft.permissions).toContain("Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action");
    expect(draft.reason).toContain("cancelled");
  });

  it("is cancelled only after the gates: a refusal there must find nothing touched", () => {
    const [found, setting] = [{ ...job("j-1"), cancellable: true }, softDelete("Enabled")];
    const context = contextOf([found, setting], { strategy: "purge", consents: ["cancel-jobs"] });
    expect(draftOf(jobs.contribute(found, context), "settle-job").after).toEqual([
      stepKey("disable-soft-delete", setting.id),
    ]);
  });

  it("holds up the item of its container, and no other", () => {
    const [busy, free] = [vmItem("vm-1"), vmItem("vm-2")];
    const context = contextOf([job("j-1", "IaasVMContainerV2;RG-App;VM-1"), busy, free]);
    expect(draftOf(backupItems.contribute(busy, context), "delete-item").after).toEqual([
      stepKey("settle-job", job("j-1").id),
    ]);
    expect(draftOf(backupItems.contribute(free, context), "delete-item").after).toEqual([]);
  });

  it("holds up a classic machine, whose job names it without the first prefix", () => {
    const classic = vmItem("old-1", {
      container: armId(inFabric("protectionContainers/IaasVMContainer;iaasvmcontainer;rg-old;old-1")),
      itemType: "Microsoft.ClassicCompute/virtualMachines",
    });
    const context = contextOf([job("j-1", "iaasvmcontainer;rg-old;old-1"), classic]);
    expect(draftOf(backupItems.contribute(classic, context), "delete-item").after).toHaveLength(1);
  });

  it("without a container holds up every item", () => {
    const items = [vmItem("vm-1"), database("sql-1", "orders"), fileShare("st1", "share")];
    const context = contextOf([job("j-1"), ...items]);
    for (const item of items)
      expect(draftOf(backupItems.contribute(item, context), "delete-item").after).toEqual([
        stepKey("settle-job", job("j-1").id),
      ]);
  });

  it("without a container holds up the items of its management type alone, where it says one (recorded: SQL, HANA, Files)", () => {
    const items = [vmItem("vm-1"), database("sql-1", "orders"), fileShare("st1", "share")];
    const context = contextOf([{ ...job("j-1"), managementType: "azureWorkload" }, ...items]);
    const held = items.map((item) => draftOf(backupItems.contribute(item, context), "delete-item").after);
    expect(held).toEqual([[], [stepKey("settle-job", job("j-1").id)], []]);
  });

  it("holds up an undeletion too, which is a change of protection", () => {
    const item = vmItem("vm-1", softDeleted);
    const running = job("j-1", "iaasvmcontainerv2;rg-app;vm-1");
    const context = contextOf([softDelete("Enabled"), running, item], { strategy: "purge" });
    expect(draftOf(backupItems.contribute(item, context), "undelete-item").after).toContain(
      stepKey("settle-job", running.id),
    );
  });
});

describe("the proof of a settled job", () => {
  const step = stepOn(job("j-1"), "settle-job");

  it("is that it is no longer among the jobs in progress", () => {
    expect(jobs.prove(step, [job("j-2")], "soft").verdict).toBe("proved");
  });

  it("is missing while it runs, and says what runs", () => {
    expect(jobs.prove(step, [job("j-1")], "soft")).toEqual({
      verdict: "not-yet",
      found: "the Backup job is InProgress",
    });
  });
});
