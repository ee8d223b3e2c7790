// A command that carried out several plans one after the other tells of all of them, in every format.

import { expect, it } from "vitest";
import { rendered } from "../../src/cli/rendering.ts";
import { annotations } from "../../src/reporting/build-server/annotations.ts";
import { runFormats } from "../../src/reporting/formats.ts";
import type { RunReport } from "../../src/reporting/report.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { runReport } from "./any-report.ts";
import { deleteItem, ended, failed, planOf, recorded, started, step, verified } from "./builders.ts";

const first = planOf({ steps: [step("undelete-vault")] });
const events = recorded(started, verified("undelete-vault-1"), ended(0, { notPutBack: ["a lock: az lock create"] }));
const before: RunReport = { about: "run", plan: first, run: runDocument("r-0", first, events), events: () => events };
const second = planOf({ steps: [deleteItem("vm-2", 1)] });
const report: RunReport = { ...runReport(second, failed("delete-item-1"), ended(5)), before: [before] };

it.each(runFormats.filter((format) => format !== "ndjson"))("names both runs in %s", async (format) => {
  const text = [...(await rendered(report, format))].join("");
  expect(text).toContain("r-0");
  expect(text).toContain("r-1");
});

it("has the events of both, in their order", async () => {
  const lines = [...(await rendered(report, "ndjson"))].map((line) => JSON.parse(line) as { readonly type: string });
  expect(lines.map(({ type }) => type)).toEqual([
    "run-started",
    "step-verified",
    "run-ended",
    "run-started",
    "step-failed",
    "run-ended",
  ]);
});

it("marks beside the step what either of them left open", () => {
  expect(annotations(report, "github").join("\n")).toContain("az lock create");
});
