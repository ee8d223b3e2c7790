// No kind is half done: each has a rule with a source, a fixture in the shipped world, and rules in the emulator's own book.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { kinds, registry } from "../src/dependencies/registry.ts";
import type { Plan } from "../src/model/plan.ts";
import type { Kind } from "../src/model/resource.ts";
import { rehearse } from "./rehearsal.ts";

/** A thing of an unknown kind blocks whatever a person allows: the world that is torn down cannot hold one. */
const withoutFixture: ReadonlySet<Kind> = new Set<Kind>(["unknown"]);

const spec = readFileSync(new URL("../src/emulator/SPEC.md", import.meta.url), "utf8");

/** The emulator's sections by heading, and the table that says which of them a kind's rules are in. */
const sections: ReadonlyMap<string, string> = new Map(
  spec.split(/^## /m).map((section) => [section.slice(0, section.indexOf("\n")).trim(), section]),
);
const sectionOfKind: ReadonlyMap<string, string> = new Map(
  [...(sections.get("Kinds") ?? "").matchAll(/^\| `([^`]+)`\s*\| ([^|]+?)\s*\|/gm)].map(([, kind, section]) => [
    kind ?? "",
    section ?? "",
  ]),
);

describe("every kind", () => {
  let plan: Plan;

  beforeAll(async () => {
    plan = await rehearse("kitchen-sink").plan();
  });

  it.each(kinds)("%s has a rule that names its source", (kind) => {
    expect(registry[kind].rule).toMatch(/documented|recorded|field report|issue thread|never assumed/);
  });

  it.each(kinds.filter((kind) => !withoutFixture.has(kind)))("%s stands in the world kitchen-sink", (kind) => {
    expect(plan.inventory.filter((entry) => entry.kind === kind).length).toBeGreaterThan(0);
  });

  it.each(kinds.filter((kind) => !withoutFixture.has(kind)))(
    "%s has a step, a finding or a note in its plan",
    (kind) => {
      const said =
        plan.steps.some((step) => step.kind === kind) ||
        plan.inventory.some(
          (entry) =>
            entry.kind === kind &&
            (entry.note !== undefined ||
              plan.blockers.some((blocker) => blocker.subject === entry.id) ||
              plan.remains.some((remainder) => remainder.subject === entry.id)),
        );
      expect(said).toBe(true);
    },
  );

  it.each(kinds)("%s has rules with their grades in the emulator's SPEC.md", (kind) => {
    const section = sections.get(sectionOfKind.get(kind) ?? "");
    expect(section?.match(/recorded|documented|field report|unverified/g)?.length ?? 0).toBeGreaterThan(2);
  });
});
