// Replication jobs: only those in flight count; they are waited for, cancelled with consent, or, when suspended, a person's turn.

import { describe, expect, it } from "vitest";
import { replicationJobs } from "../../../src/dependencies/site-recovery/replication-jobs.ts";
import { contextOf, only, softDelete, stepOn } from "../builders.ts";
import { jobAnswer, replicationReader } from "./arm-answers.ts";
import { replicatedItem, replicationJob } from "./builders.ts";

const listed = async (...jobs: ReturnType<typeof jobAnswer>[]) => replicationJobs.list(replicationReader({ jobs }));

describe("the list of jobs", () => {
  it.each(["InProgress", "NotStarted", "Suspended", "inprogress"])("keeps a job that is %s", async (state) => {
    expect(await listed(jobAnswer(state))).toHaveLength(1);
  });

  it.each(["Succeeded", "Failed", "Cancelled"])("leaves out a job that is %s", async (state) => {
    expect(await listed(jobAnswer(state))).toEqual([]);
  });

  it("takes a state it does not know for running, unless the job says when it ended", async () => {
    expect(await listed(jobAnswer("Other"))).toHaveLength(1);
    expect(await listed(jobAnswer("Other", { endTime: "2026-11-20T08:00:00Z" }))).toEqual([]);
  });

  it("reads whether it can be cancelled, and its object where that is an id", async () => {
    const [plain] = await listed(jobAnswer("InProgress"));
    expect(plain).toMatchObject({ name: "VM1", operation: "EnableProtection", cancellable: false });
    expect(plain?.about).toBeUndefined();
    const about = replicatedItem("east", "vm-1").id;
    const [whole] = await listed(jobAnswer("InProgress", { allowedActions: ["Cancel"], targetObjectId: about }));
    expect(whole).toMatchObject({ cancellable: true, about });
  });
});

describe("a job in flight", () => {
  it("is waited for, with nothing written", () => {
    const job = replicationJob("j", { cancellable: true });
    const step = only(replicationJobs.contribute(job, contextOf([job])).steps);
    expect(step).toMatchObject({ action: "settle-job", after: [] });
    expect(step.request).toBeUndefined();
    expect(step.consent).toBeUndefined();
  });

  it("is cancelled with consent, behind the gates, where it can be", () => {
    const job = replicationJob("j", { cancellable: true });
    const context = contextOf([job, softDelete("Enabled")], { strategy: "purge", consents: ["cancel-jobs"] });
    const step = only(replicationJobs.contribute(job, context).steps);
    expect(step).toMatchObject({ consent: "cancel-jobs", request: { write: "cancel-replication-job", job: job.id } });
    expect(step.after).toHaveLength(1);
    const fixed = replicationJob("j");
    expect(only(replicationJobs.contribute(fixed, context).steps).request).toBeUndefined();
  });

  it("blocks when it is suspended, for it would never end by itself", () => {
    const job = replicationJob("j", { state: "Suspended", cancellable: true });
    const contribution = replicationJobs.contribute(job, contextOf([job]));
    expect(contribution.steps).toBeUndefined();
    expect(only(contribution.blockers)).toMatchObject({ code: "replication-job-suspended", subject: job.id });
    expect(only(contribution.blockers).fix).toContain("--allow cancel-jobs");
    const stuck = replicationJob("j", { state: "Suspended" });
    expect(only(replicationJobs.contribute(stuck, contextOf([stuck])).blockers).fix).not.toContain("--allow");
  });

  it("is settled when it is no longer among those in flight", () => {
    const job = replicationJob("j");
    expect(replicationJobs.prove(stepOn(job, "settle-job"), [job], "soft").verdict).toBe("not-yet");
    expect(replicationJobs.prove(stepOn(job, "settle-job"), [], "soft").verdict).toBe("proved");
  });
});
