// `runPlan` on served worlds: the gates of the command, its journal, and nothing of a command around it.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { takeLock } from "../../src/journal/vault-lock.ts";
import { vaultFolder } from "../../src/journal/state-folder.ts";
import { planTeardown, runPlan, type Plan, type RecordedEvent, type RunPlanOptions } from "../../src/library/index.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { sealPlan } from "../../src/planning/plan-document.ts";
import { commandLineHere, printedBy, servedWorld, writesOf, type ServedWorld } from "../cli/command-line.ts";
import { storedRun } from "../cli/stored-run.ts";
import { insteadOf, systemError } from "../refusing-system.ts";
import { planBack, tornDown } from "../way-back.ts";
import { temporaryFolder } from "../temporary-folder.ts";

type Prepared = {
  readonly served: ServedWorld;
  readonly plan: Plan;
  readonly stateDir: string;
  readonly run: (more?: Partial<RunPlanOptions>, plan?: Plan) => ReturnType<typeof runPlan>;
};

async function prepared(
  world: string | World,
  more: Partial<Parameters<typeof planTeardown>[0]> = {},
): Promise<Prepared> {
  const served = await servedWorld(world, 2000);
  const endpoint = served.url;
  const plan = await planTeardown({ vault: served.vaults[0]!, endpoint, ...more });
  const stateDir = temporaryFolder();
  const run: Prepared["run"] = (options = {}, of = plan) =>
    runPlan(of, { confirm: plan.id, stateDir, endpoint, ...options });
  return { served, plan, stateDir, run };
}

/** The code with which it is refused; the test fails where it is not. */
async function refusal(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "TeardownError", message: expect.stringMatching(/.{20}/) as string });
  return (error as { reason: { code: string } }).reason.code;
}

describe("runPlan", () => {
  it("tears the vault down, tells every event as it is stored, and prints, listens to and ends nothing", async () => {
    const { served, plan, stateDir, run } = await prepared("always-on");
    const before = [process.listenerCount("SIGINT"), process.listenerCount("SIGTERM"), process.exitCode];
    const during: unknown[] = [];
    const events: RecordedEvent[] = [];
    const onEvent = (event: RecordedEvent): void => {
      events.push(event);
      during.push(process.listenerCount("SIGINT"), process.listenerCount("SIGTERM"), process.exitCode);
    };
    let document: Awaited<ReturnType<typeof runPlan>> | undefined;
    const printed = await printedBy(async () => {
      document = await run({ onEvent });
    });
    expect(printed).toEqual({ stdout: "", stderr: "" });
    expect(new Set(during)).toEqual(new Set(before));
    expect(document).toMatchObject({ plan: plan.id, ended: true, exitCode: 0, outcome: { kind: "soft-deleted" } });
    expect(served.world().vaults).toEqual([]);
    const journal = join(vaultFolder(stateDir, plan.vault.id), document?.run ?? "", "journal.ndjson");
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
    const status = await commandLineHere(["status", "--state-dir", stateDir, "--format", "json"]);
    expect(JSON.parse(status.stdout)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it("takes a plan that was saved as JSON, and the vault's name for consent", async () => {
    const { plan, run } = await prepared("always-on");
    const saved = JSON.parse(JSON.stringify(plan)) as Plan;
    expect(await run({ confirm: "RSV-AlwaysOn-frc" }, saved)).toMatchObject({ exitCode: 0 });
  });

  it.each([undefined as never, "", "yes", "rsv-other"])(
    "is refused where %j confirms it: nothing is asked",
    async (confirm) => {
      const { served, run } = await prepared("small");
      const before = served.requests().length;
      expect(await refusal(run({ confirm }))).toBe("wrong-confirmation");
      expect(served.requests()).toHaveLength(before);
    },
  );

  it.each([
    { concurrency: 0 },
    { concurrency: 1.5 },
    { maxDurationSeconds: 0 },
    { maxDurationSeconds: Number.NaN },
    { onEvent: "log" as never },
  ])("is refused with limits and listeners that are none: %j", async (limits) => {
    const { run } = await prepared("small");
    expect(await refusal(run(limits))).toBe("invalid-argument");
  });

  it("is refused of what is no plan, and of one that was changed, or hashed anew with other steps", async () => {
    const { plan, run, served } = await prepared("small");
    const { id, ...rest } = plan;
    const fewer = { ...rest, steps: rest.steps.slice(1) };
    const endless = { ...plan, inventory: [] as unknown[] };
    endless.inventory.push(endless);
    for (const wrong of [null, 7, "plan", {}, [], { ...fewer, id }, sealPlan(fewer), endless])
      expect(await refusal(run({}, wrong as never)), inspect(wrong).slice(0, 40)).toBe("invalid-plan");
    expect(writesOf(served.requests())).toEqual([]);
  });

  it("is refused of the plan of a recovery", async () => {
    const done = await tornDown("classic");
    const back = await planBack(done.rehearsal, done.plan, done.events);
    expect(await refusal(runPlan(back, { confirm: back.id, endpoint: "http://127.0.0.1:1" }))).toBe("invalid-argument");
  });

  it("is refused where blockers stand, with the blockers", async () => {
    const { plan, run, served } = await prepared("immutable-locked");
    await expect(run()).rejects.toMatchObject({ reason: { code: "blocked", blockers: plan.blockers } });
    expect(writesOf(served.requests())).toEqual([]);
  });

  it("is refused where the vault has changed, with what changed", async () => {
    const first = await prepared("small");
    const world = first.served.world();
    const [vault] = world.vaults;
    const [gone, ...protectedItems] = vault!.protectedItems;
    const { run, served } = await prepared({ ...world, vaults: [{ ...vault!, protectedItems }] });
    await expect(run({ confirm: first.plan.id }, first.plan)).rejects.toMatchObject({
      reason: { code: "drifted", differences: [{ change: "gone", id: expect.stringContaining(gone!.name) as string }] },
    });
    expect(writesOf(served.requests())).toEqual([]);
  });

  it("is refused once the vault is gone", async () => {
    const { run } = await prepared("always-on");
    expect(await run()).toMatchObject({ exitCode: 0 });
    expect(await refusal(run())).toBe("nothing-to-do");
  });

  it("is refused while another process works on the vault", async () => {
    const { plan, run, stateDir, served } = await prepared("small");
    const lock = takeLock(vaultFolder(stateDir, plan.vault.id), "another-run", new Date());
    onTestFinished(() => lock.release());
    expect(await refusal(run())).toBe("held-by-another");
    expect(writesOf(served.requests())).toEqual([]);
  });

  it("is refused where runs cannot be kept", async () => {
    const { run } = await prepared("small");
    expect(await refusal(run({ stateDir: "/dev/null/runs" }))).toBe("state-unusable");
  });
});

describe("a run of the library that is stopped", () => {
  it("saves and resolves, and goes on when it is called again with the same plan", async () => {
    const { plan, run } = await prepared("always-on");
    const stop = new AbortController();
    const onEvent = ({ type }: RecordedEvent): void => {
      if (type === "step-intended") stop.abort();
    };
    const stopped = await run({ signal: stop.signal, onEvent });
    expect(stopped).toMatchObject({ exitCode: 130, resumable: true });
    const types: string[] = [];
    const done = await run({ onEvent: ({ type }) => types.push(type) });
    expect(types[0]).toBe("run-resumed");
    expect(done).toMatchObject({ run: stopped.run, plan: plan.id, exitCode: 0 });
  });

  it("is one whose time is over, too", async () => {
    const { run } = await prepared("always-on");
    expect(await run({ maxDurationSeconds: 0.000_001 })).toMatchObject({ exitCode: 4, resumable: true });
  });

  it("is one whose listener throws: it is saved, and rejects with what was thrown", async () => {
    const { run } = await prepared("always-on");
    const onEvent = vi.fn<(event: RecordedEvent) => void>(({ type }) => {
      if (type === "step-intended") throw new RangeError("not of mine");
    });
    await expect(run({ onEvent })).rejects.toThrow(new RangeError("not of mine"));
    expect(await run()).toMatchObject({ exitCode: 0 });
  });

  it("did not begin where its signal came first: nothing is asked", async () => {
    const { served, run } = await prepared("small");
    const before = served.requests().length;
    await expect(run({ signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow("too late");
    expect(served.requests()).toHaveLength(before);
  });
});

describe("a run that an earlier process has left unfinished", () => {
  const run = "20261121T080000Z-aaaaaa";
  const done = (step: string): readonly RunEvent[] => [
    { type: "step-intended", step },
    { type: "step-verified", step, evidence: "it was read back" },
  ];

  it("of the same plan is not continued where the vault contradicts it, and says in what", async () => {
    const { served, plan, stateDir, run: runAgain } = await prepared("always-on");
    storedRun({ stateDir, plan, run, azure: `endpoint:${served.url}` }, ...done("delete-item-1"));
    const id = plan.steps.find((step) => step.id === "delete-item-1")?.target;
    await expect(runAgain()).rejects.toMatchObject({
      reason: { code: "drifted", differences: [{ change: "back", id }] },
    });
    expect(writesOf(served.requests())).toEqual([]);
    expect(await runAgain({ fresh: true })).toMatchObject({ exitCode: 0 });
  });

  it("of another plan is refused where it owes something, with what puts that back; not where it owes nothing", async () => {
    const { served, plan, stateDir, run: runAgain } = await prepared("locked", { consents: ["remove-locks"] });
    const azure = `endpoint:${served.url}`;
    const removal = plan.steps.find(({ action }) => action === "remove-lock")?.id ?? "";
    const later = await planTeardown({ vault: plan.vault.id, endpoint: served.url, consents: ["remove-locks"] });
    expect(later.id).not.toBe(plan.id);
    storedRun({ stateDir, plan, run, azure }, ...done(removal));
    await expect(runAgain({ confirm: later.id }, later)).rejects.toMatchObject({
      reason: { code: "unfinished-run", run, notPutBack: [expect.stringContaining("az lock create --name")] },
    });
    expect(writesOf(served.requests())).toEqual([]);
    const elsewhere = temporaryFolder();
    storedRun({ stateDir: elsewhere, plan, run, azure });
    expect(await runAgain({ confirm: later.id, stateDir: elsewhere }, later)).toMatchObject({ exitCode: 0 });
  });

  it("as a recovery is not taken down half-way by an oversight", async () => {
    const { served, stateDir, run: runAgain } = await prepared("classic");
    const before = await tornDown("classic");
    const plan = await planBack(before.rehearsal, before.plan, before.events);
    storedRun({ stateDir, plan, run, azure: `endpoint:${served.url}` });
    await expect(runAgain()).rejects.toMatchObject({ reason: { code: "unfinished-run", run, notPutBack: [] } });
    expect(writesOf(served.requests())).toEqual([]);
  });

  it("and that cannot be read is not begun anew without being asked to", async () => {
    const { served, plan, stateDir, run: runAgain } = await prepared("small");
    const folder = storedRun({ stateDir, plan, run, azure: `endpoint:${served.url}` });
    writeFileSync(join(folder, "plan.json"), "{}");
    expect(await refusal(runAgain())).toBe("state-unusable");
    expect(writesOf(served.requests())).toEqual([]);
  });
});

it("tells what may not be put back when the run breaks in this process", async () => {
  const { run } = await prepared("locked", { consents: ["remove-locks"] });
  let isFull = false;
  insteadOf("fsyncSync", (real) => (file) => {
    if (isFull) throw systemError("ENOSPC");
    real(file);
  });
  const onEvent = (event: RecordedEvent): void => {
    isFull ||= event.type === "step-accepted" && event.step.startsWith("delete-item");
  };
  await expect(run({ onEvent })).rejects.toMatchObject({
    reason: { code: "state-unusable" },
    details: expect.arrayContaining([expect.stringMatching(/^may not be put back: .*az lock create/)]) as string[],
  });
});
