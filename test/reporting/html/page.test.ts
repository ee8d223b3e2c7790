// What each page says, and what none may hold: styles or handlers in attributes, addresses it would load from, a row left out.

import { expect, test } from "vitest";
import { itemRows } from "../../../src/reporting/html/item-rows.ts";
import { htmlReport } from "../../../src/reporting/html/page.ts";
import { rowsAtOnce } from "../../../src/reporting/html/items-table.ts";
import type { Report } from "../../../src/reporting/report.ts";
import { deleteItem, ended, failed, hostile, intended, planOf, started, verified, step } from "../builders.ts";
import { drift, nothingToDo, pageOf, planReport, reportOf, runReport, troubledRun, twoItems } from "./reports.ts";

const reports: readonly (readonly [string, () => Report | Promise<Report>])[] = [
  ["a plan of everything", () => planReport("kitchen-sink")],
  ["a plan that is blocked", () => planReport("immutable-locked")],
  ["a run of everything", () => runReport("kitchen-sink")],
  ["a run on a Backup vault", () => runReport("backup-vault")],
  ["a run in trouble", () => troubledRun],
  ["drift", () => drift],
  ["nothing to do", () => nothingToDo],
];

test.each(reports)("%s: the page stands alone, and its policy would let nothing else in", async (_, report) => {
  const page = pageOf(await report());
  const own = page.replaceAll(/<(script|style)[^>]*>[^]*?<\/\1>/g, "");
  expect(own).not.toMatch(/<[^>]*\s(style|on\w+|src)=/);
  expect(own.match(/\bhref="[^"]*"/g)?.filter((link) => !link.startsWith('href="#')) ?? []).toEqual([]);
  expect(page.startsWith("<!doctype html>")).toBe(true);
  expect(page.match(/<h1>/g)).toHaveLength(1);
  const ids = [...own.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

test.each(reports)(
  "%s: each section is named in the contents, in its order, unless there are few",
  async (_, report) => {
    const page = pageOf(await report());
    const sections = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => `#${id}`);
    const contents = /<nav id="contents"[^]*?<\/nav>/.exec(page)?.[0] ?? "";
    const named = [...contents.matchAll(/href="([^"]+)"/g)].map(([, id]) => id);
    expect(named).toEqual(sections.length < 4 ? [] : sections);
  },
);

test("the page of a plan says the outcome first, then how it is confirmed", async () => {
  const report = await planReport("kitchen-sink");
  const page = pageOf(report);
  expect(page.indexOf("recoverable until about")).toBeLessThan(page.indexOf("How to carry it out"));
  expect(page).toContain(`vault-teardown apply plan.json --confirm ${report.plan.id}`);
  for (const warning of report.plan.warnings) expect(page).toContain(warning.replaceAll("'", "&#39;"));
  for (const { subject } of report.plan.remains.slice(0, 1)) expect(subject).not.toBe("");
});

test("the page of a plan that is blocked says who has to do what until when, and not how to carry it out", async () => {
  const report = await planReport("immutable-locked");
  const page = pageOf(report);
  for (const { code, fix, who } of report.plan.blockers) {
    expect(page).toContain(`vault-teardown explain ${code}`);
    expect(page).toContain(fix);
    expect(page).toContain(who);
  }
  expect(page).not.toContain("--confirm");
});

test("the page of a run says how it ended, what was proved, and the command that undoes it", async () => {
  const report = await runReport("kitchen-sink");
  const page = pageOf(report);
  expect(page).toContain("is soft-deleted; Azure purges it at");
  for (const line of report.run.outcome?.evidence ?? []) expect(page).toContain(line);
  expect(page).toContain(report.run.recover?.command);
});

test("the page of a run in trouble says what failed and what to do, what is open, and that nothing can be undone", () => {
  const page = pageOf(troubledRun);
  expect(page).toContain("1 failed step");
  expect(page).toContain("run the same command again");
  expect(page).toContain("c-1");
  expect(page).toContain("the same command goes on where this run stopped");
  expect(page).toContain("not known to have soft-deleted anything");
});

test("the page of a failed run points to what explains its code, where more is known of it", () => {
  expect(pageOf(reportOf(twoItems, started, failed("delete-item-1", { code: "scopelocked" })))).toContain(
    "vault-teardown explain ScopeLocked",
  );
  expect(pageOf(troubledRun)).not.toContain("vault-teardown explain");
});

test("a run that has not ended says how it goes on", () => {
  const page = pageOf(reportOf(twoItems, started, intended("delete-item-1")));
  expect(page).toContain("has not ended; apply continues it");
});

test("what a run could not put back is said with the command that does it", () => {
  const left = "restore-lock-1: az lock create";
  const page = pageOf(reportOf(twoItems, started, verified("delete-item-1"), ended(5, { notPutBack: [left] })));
  expect(page).toContain(`not put back: ${left}`);
});

test("an answer says why nothing was carried out, what differs, and shows the plan where there is one", () => {
  expect(pageOf(drift)).toContain("no longer fits the vault");
  expect(pageOf(drift)).toContain("vm-3");
  expect(pageOf(drift)).toContain(twoItems.id);
  expect(pageOf(nothingToDo)).toContain("there is no vault rsv-test");
  expect(pageOf(nothingToDo)).not.toContain("<script");
});

test("where nothing was carried out the plan is shown, but not how to carry it out", () => {
  expect(pageOf(drift)).toContain("What goes before what");
  expect(pageOf(drift)).not.toContain("--confirm");
});

test("the page of a recovery says what comes back, what does not, and how protection goes on", () => {
  const recovery = {
    wanted: [],
    byHand: [{ what: "the policy of its items", subjects: ["daily"], todo: "make it again" }],
    remarks: ["vm-9 is purged already"],
  };
  const plan = planOf({ recovery, steps: [step("undelete-item", { id: "undelete-item-1" })] });
  const page = pageOf({ about: "plan", plan });
  for (const told of [
    "Plan of a recovery",
    "make it again",
    "vm-9 is purged already",
    "nothing is deleted or weakened",
  ])
    expect(page).toContain(told);
  const run = pageOf(reportOf(plan, started, intended("undelete-item-1")));
  for (const told of ["Run of a recovery", "recover continues it", "make it again"]) expect(run).toContain(told);
  expect(run).not.toContain("How to undo it");
});

test("a blocker that the plan has too is said once", async () => {
  const { plan } = await planReport("immutable-locked");
  const answer = { exitCode: 3, reason: "blocked: the plan's blockers must be settled first", blockers: plan.blockers };
  expect(pageOf({ about: "answer", answer, plan })).not.toContain("What stands in the way");
  expect(pageOf({ about: "answer", answer })).toContain("What stands in the way");
});

test("a page of thousands of items comes in pieces, its first rows as markup and every row as data", () => {
  const steps = Array.from({ length: 3000 }, (_, n) => deleteItem(`vm-${n}`, n));
  const report: Report = { about: "plan", plan: planOf({ steps }) };
  const pieces = [...htmlReport(report, { scripts: [], styles: [] })];
  expect(pieces.length).toBeGreaterThan(100);
  const page = pieces.join("");
  expect(page.match(/<th scope="row">/g)).toHaveLength(rowsAtOnce);
  const data = JSON.parse(/id="data">([^<]*)<\/script>/.exec(page)?.[1] ?? "") as { rows: readonly unknown[] };
  expect(data.rows).toHaveLength(itemRows(report.plan).length);
});

test("a name made to steer, hide or break out appears as the escapes of what it holds", () => {
  const name = `${hostile}</script><b>"'`;
  const page = pageOf({ about: "plan", plan: planOf({ steps: [deleteItem(name, 1)] }) });
  expect(page).not.toContain("</script><b>");
  expect(page).toContain(String.raw`\u001b[2J`);
  expect(page).toContain("&lt;/script&gt;&lt;b&gt;&quot;&#39;");
});
