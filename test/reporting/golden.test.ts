// What every format says of one vault with one of everything, as files that people review: a change of any word shows there.
// `npx vitest run test/reporting/golden.test.ts --update` writes them anew.

import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { jsonText } from "../../src/model/json-text.ts";
import type { Plan, PlanOptions } from "../../src/model/plan.ts";
import { renderPlan, sealPlan } from "../../src/planning/plan-document.ts";
import { annotations } from "../../src/reporting/build-server/annotations.ts";
import { htmlReport } from "../../src/reporting/html/page.ts";
import { junitReport } from "../../src/reporting/junit.ts";
import { markdownReport } from "../../src/reporting/markdown/report.ts";
import { mermaidText } from "../../src/reporting/mermaid.ts";
import { planText } from "../../src/reporting/plan-text.ts";
import type { PlanReport, Report, RunReport } from "../../src/reporting/report.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { runText } from "../../src/reporting/run-text.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";
import { planBack, tornDown } from "../way-back.ts";

/** Every version of this tool makes the same files but for what it says of itself. */
const tool = "azure-vault-teardown/0.0.0";

const run = "20261121T080000Z-golden";

const consents: PlanOptions["consents"] = ["disable-immutability", "remove-locks", "cancel-jobs"];

async function planned(rehearsal: Rehearsal, options: Partial<PlanOptions> = {}): Promise<Plan> {
  const { id: _id, ...plan } = await rehearsal.plan(options);
  return sealPlan({ ...plan, tool });
}

async function carriedOut(
  world: string,
  options: Partial<PlanOptions>,
  ...faults: readonly WorldFault[]
): Promise<RunReport> {
  const rehearsal = rehearse({ ...loadWorld(world), faults });
  const plan = await planned(rehearsal, options);
  const { events } = await rehearsal.run(plan, { run });
  return { about: "run", plan, run: runDocument(run, plan, events), events: () => events };
}

async function broughtBack(): Promise<RunReport> {
  const { rehearsal, plan: torn, events: tearing } = await tornDown("small");
  const { id: _id, ...made } = await planBack(rehearsal, torn, tearing);
  const plan = sealPlan({ ...made, tool });
  const { events } = await rehearsal.run(plan, { run });
  return { about: "run", plan, run: runDocument(run, plan, events), events: () => events };
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** What a page says, a line for each of its texts: how it looks is reviewed in a browser. */
function wordsOf(page: string): string {
  const texts = page
    .replaceAll(/<head>[^]*?<\/head>|<script[^]*?<\/script>/g, "")
    .split(/<[^>]*>/)
    .map((text) => text.replaceAll(/&(\w+|#39);/g, (all, name: string) => named[name] ?? all).trim());
  return `${texts.filter((text) => text !== "").join("\n")}\n`;
}

const written = {
  txt: (report: PlanReport | RunReport) => (report.about === "plan" ? planText(report.plan) : runText(report.run)),
  json: (report: PlanReport | RunReport) =>
    report.about === "plan" ? renderPlan(report.plan) : `${jsonText(report.run, 2)}\n`,
  md: (report: Report) => markdownReport(report),
  mmd: (report: PlanReport | RunReport) => mermaidText(report.plan),
  xml: (report: Report) => junitReport(report),
  ndjson: (report: PlanReport | RunReport) =>
    report.about === "plan" ? "" : [...report.events()].map((event) => `${jsonText(event)}\n`).join(""),
  html: (report: Report) => wordsOf([...htmlReport(report, { scripts: [], styles: [] })].join("")),
  github: (report: Report) =>
    annotations(report, "github")
      .map((line) => `${line}\n`)
      .join(""),
  azure: (report: Report) =>
    annotations(report, "azure-pipelines")
      .map((line) => `${line}\n`)
      .join(""),
};

/** Somebody locks one item after the plan was made. */
const refusedByLock: WorldFault = {
  match: { method: "DELETE", path: "*/protectedItems/*vm-app-03*" },
  times: "always",
  fault: {
    kind: "status",
    status: 409,
    code: "ScopeLocked",
    message: "The scope cannot perform delete operation because following scope(s) are locked.",
  },
};

/** Azure takes the deletion of one machine's backups, and its operation fails. */
const failingDeletion: WorldFault = {
  match: { method: "DELETE", path: "*/protectedItems/*vm-web-01*" },
  times: "always",
  fault: { kind: "fails", code: "BMSUserErrorContainerObjectNotFound", message: "Item not found" },
};

/** The same of one of everything. */
const failingAmongMany: WorldFault = {
  ...failingDeletion,
  match: { method: "DELETE", path: "*/protectedItems/*vm-app-03*" },
};

/** The service's own limit of a day, from the first deletion of an item on. */
const limitedForToday: WorldFault = {
  match: { method: "DELETE", path: "*/protectedItems/*" },
  times: "always",
  fault: {
    kind: "status",
    status: 400,
    code: "CloudDosAbsoluteLimitReached",
    message: "Operation is blocked as you have reached the limit on number of operations permitted in 24 hours.",
  },
};

/** Fails where the file has other words; without it, writes it. */
async function expectGolden(name: string, report: PlanReport | RunReport, format: keyof typeof written): Promise<void> {
  const file = fileURLToPath(new URL(`../golden/${name}.${format}.golden`, import.meta.url));
  await expect(written[format](report)).toMatchFileSnapshot(file);
}

describe.each<[string, () => Promise<PlanReport | RunReport>, readonly (keyof typeof written)[]]>([
  [
    "plan-blocked",
    async () => ({ about: "plan", plan: await planned(rehearse("kitchen-sink")) }),
    ["txt", "md", "html", "mmd", "xml", "github", "azure"],
  ],
  [
    "plan",
    async () => ({ about: "plan", plan: await planned(rehearse("kitchen-sink"), { consents }) }),
    ["txt", "md", "mmd"],
  ],
  ["plan-small", async () => ({ about: "plan", plan: await planned(rehearse("small")) }), ["json", "md"]],
  ["run-finished", () => carriedOut("kitchen-sink", { consents }), ["txt", "md", "html", "xml", "ndjson"]],
  ["run-blocked", () => carriedOut("kitchen-sink", { consents }, refusedByLock), ["txt", "md", "html", "xml"]],
  [
    "run-failed-of-everything",
    () => carriedOut("kitchen-sink", { consents }, failingAmongMany),
    ["txt", "md", "html", "xml", "github", "azure"],
  ],
  [
    "run-waiting-of-everything",
    () => carriedOut("kitchen-sink", { consents }, limitedForToday),
    ["txt", "md", "html", "xml", "github", "azure"],
  ],
  [
    "run-failed",
    () => carriedOut("small", {}, failingDeletion),
    ["txt", "json", "md", "html", "xml", "github", "azure"],
  ],
  ["recovery-plan", async () => ({ about: "plan", plan: (await broughtBack()).plan }), ["txt", "md", "mmd"]],
  ["recovery-run", broughtBack, ["txt", "md", "xml"]],
  ["run-waiting", () => carriedOut("classic", {}), ["txt", "md", "html", "xml", "github"]],
])("%s", (name, make, formats) => {
  let report: PlanReport | RunReport;
  beforeAll(async () => {
    report = await make();
  });
  it.each(formats)("as %s says what was reviewed", async (format) => {
    await expectGolden(name, report, format);
  });
});

describe("an answer of drift", () => {
  it.each(["md", "xml", "github", "azure"] as const)("as %s says what was reviewed", async (format) => {
    const rehearsal = rehearse("small");
    const plan = await planned(rehearsal);
    const [lost, ...kept] = (await rehearse("small").plan()).inventory.filter(({ kind }) => kind === "protected-item");
    const [changed] = kept;
    if (lost === undefined || changed === undefined) throw new Error("world small has no items");
    const answer = {
      exitCode: 6,
      reason: `the plan ${plan.id} no longer fits the vault ${plan.vault.name}; make a new one`,
      plan: plan.id,
      differences: [
        { change: "gone", kind: lost.kind, name: lost.name, id: lost.id, was: lost.state },
        {
          change: "changed",
          kind: changed.kind,
          name: changed.name,
          id: changed.id,
          was: changed.state,
          is: "IRPending",
        },
      ],
    } as const;
    const file = fileURLToPath(new URL(`../golden/answer-drift.${format}.golden`, import.meta.url));
    await expect(written[format]({ about: "answer", answer, plan })).toMatchFileSnapshot(file);
  });
});
