// The command that brings back what a run has soft-deleted, as its summary and `status` print it, and until when it works.

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Outcome } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Step } from "../../src/model/step.ts";
import { wayBackOf, wayBackText, type WayBack } from "../../src/reporting/way-back.ts";
import { vaultPath } from "../dependencies/arm-answers.ts";
import { deleteItem, planOf, step } from "./builders.ts";

const [first, second] = [deleteItem("vm-1", 1), deleteItem("vm-2", 2)];
const until = "2026-12-05T08:00:00.000Z";
const softDeleted: Outcome = { kind: "soft-deleted", until, evidence: [], notShown: [] };

type Told = {
  readonly plan?: Partial<Plan>;
  readonly azure?: string;
  readonly options?: readonly string[];
  readonly isVerified?: (of: Step) => boolean;
  readonly outcome?: Outcome | undefined;
};

function wayBack({
  plan,
  azure = "public",
  options = [],
  isVerified = () => true,
  outcome,
}: Told): WayBack | undefined {
  return wayBackOf({
    run: "r-1",
    plan: planOf({ steps: [first, second, step("delete-vault")], ...plan }),
    azure,
    options,
    isVerified,
    outcome,
  });
}

const remaining = (of: Step, purge: string) => ({ what: "soft-deleted backup data", subject: of.target, until: purge });

describe("the command", () => {
  it("names the run and its vault by the full id, and nothing that a shell would take apart", () => {
    expect(wayBack({ outcome: softDeleted })?.command).toBe(`vault-teardown recover --run r-1 --vault ${vaultPath}`);
  });

  it("carries what a later command needs: cloud, endpoint and the options to find the run, as words of a shell", () => {
    const vault = { ...planOf().vault, cloud: "china", id: armId(vaultPath.replace("rsv-test", "rsv'of $HOME")) };
    const options = ["--state-dir", "kept runs/it's", "--guard-tenant", "contoso.example"];
    const { command = "" } =
      wayBack({ plan: { vault }, azure: "endpoint:http://127.0.0.1:8080", options, outcome: softDeleted }) ?? {};
    const words = execFileSync("bash", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" });
    expect(words.trimEnd().split("\n")).toEqual(
      `vault-teardown recover --run r-1 --vault|${vault.id}|--cloud china --endpoint http://127.0.0.1:8080`
        .split("|")
        .flatMap((part) => (part === vault.id ? part : part.split(" ")))
        .concat(options),
    );
  });

  it("of an emulator that ended with its process is said to be a rehearsal", () => {
    const told = wayBack({ azure: "emulator:small", outcome: softDeleted });
    expect(told?.rehearsed).toBe(true);
    expect(wayBackText(told!).at(-1)).toMatch(/^ +rehearsed: this emulator ended with its process/);
  });
});

describe("there is none", () => {
  it.each<readonly [string, Told]>([
    ["after a purge", { outcome: { kind: "purged", evidence: [], notShown: [] } }],
    ["where nothing was deleted yet", { isVerified: () => false }],
    ["where all that was deleted is destroyed", { plan: { steps: [{ ...first, irreversible: true }] } }],
    ["after a recovery", { plan: { recovery: { wanted: [], byHand: [], remarks: [] } }, outcome: softDeleted }],
  ])("%s", (_when, told) => {
    expect(wayBack(told)).toBeUndefined();
  });
});

describe("the time until which it works", () => {
  it("is that of the vault's purge, and parts that go sooner are told", () => {
    const remains = [remaining(first, "2026-12-01T08:00:00.000Z"), remaining(second, until)];
    const told = wayBack({ plan: { remains }, outcome: softDeleted });
    expect(told).toMatchObject({ until, firstPurge: "2026-12-01T08:00:00.000Z" });
    expect(wayBackText(told!)[1]).toBe(`          until ${until}; parts of it are purged from 2026-12-01 on`);
  });

  it("is the last purge of what a run that ended half-way has deleted, and of nothing else", () => {
    const remains = [remaining(first, "2026-12-01T08:00:00.000Z"), remaining(second, until)];
    const told = wayBack({ plan: { remains }, isVerified: ({ id }) => id === first.id });
    expect(told).toEqual({ command: expect.stringContaining("--run r-1"), until: "2026-12-01T08:00:00.000Z" });
  });

  it("is told as unknown where Azure does not say it", () => {
    const told = wayBack({ plan: { remains: [] }, isVerified: ({ id }) => id === first.id });
    expect(wayBackText(told!)).toEqual([
      `recover   ${told?.command ?? ""}`,
      "          until a time Azure does not say",
    ]);
  });
});
