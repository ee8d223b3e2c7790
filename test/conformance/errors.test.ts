// Recorded error bodies, provider by provider: what a world's fault answers at a path is what Azure answered there.
import { expect, test } from "vitest";

import { clientOf } from "../../scripts/conformance/client.ts";
import { compare } from "../../scripts/conformance/compare.ts";
import type { Fact } from "../../scripts/conformance/facts.ts";
import { factsFrom, readFacts } from "../../scripts/conformance/facts.ts";
import { observe } from "../../scripts/conformance/observed.ts";
import { pathsOf } from "../../scripts/conformance/shape.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
const group = `${subscription}/resourceGroups/rg-backup-uks`;
const versions = {
  "until 2019": "2016-12-01",
  "2020 to 2022": "2022-06-01",
  "2023": "2023-04-01",
  "2024 and later": "2024-04-01",
};
/** Neither is met by a teardown, and no other answer has its form. */
const alone: readonly string[] = [
  "GET subscription locations/{}/backupCrrOperationsStatus/{}", // answers of the paired region
  "PUT vaults/{}", // a subscription that never used the provider
];
const errors = readFacts().facts.filter(({ status, operation }) => status >= 400 && !alone.includes(operation));

/** An operation's name leaves its provider out where it is Recovery Services. */
function pathOf(operation: string): string {
  const [, , tail = ""] = /^(\w+) (.*)$/u.exec(operation) ?? [];
  const scope = tail.startsWith("subscription ") ? subscription : group;
  const types = tail.replace(/^subscription /u, "").replaceAll("{}", "x");
  return `${scope}/providers/${types.startsWith("Microsoft.") ? "" : "Microsoft.RecoveryServices/"}${types}`;
}

async function answered({ operation, kind, era, status }: Fact): Promise<Fact | undefined> {
  const fault = { kind: "status", status, code: kind } as const;
  const client = clientOf({ ...loadWorld("classic"), faults: [{ match: {}, fault }] }, versions[era], "an error");
  await client.send(operation.split(" ")[0] ?? "", pathOf(operation));
  return factsFrom(observe(client.exchanges)).facts[0];
}

test("errors of four providers are recorded", () => {
  expect(errors.length).toBeGreaterThan(20);
});

test.each(errors)("$status $kind of $operation ($era)", async (fact) => {
  const answer = await answered(fact);
  expect(answer?.kind).toBe(fact.kind);
  const shown = pathsOf(answer?.shape ?? {});
  const always = [...pathsOf(fact.shape)].filter(([, { always: isAlways }]) => isAlways);
  expect([...shown.keys()]).toEqual(expect.arrayContaining(always.map(([path]) => path)));
  expect(answer?.headerValues["x-ms-failure-cause"] ?? {}).toEqual(
    Object.fromEntries(Object.keys(fact.headerValues["x-ms-failure-cause"] ?? {}).map((cause) => [cause, 0])),
  );
  expect(compare([fact], answer === undefined ? [] : [answer]).every(({ answered: given }) => given)).toBe(true);
});
