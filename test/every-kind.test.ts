// No kind is half done: each has a rule with a source, a fixture in a shipped world, and rules in the emulator's own book.

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
  /** One of everything, of either sort of vault. */
  const worlds = ["kitchen-sink", "backup-vault"] as const;
  let plans: readonly Plan[];

  beforeAll(async () => {
    plans = await Promise.all(worlds.map((world) => rehearse(world).plan()));
  });

  it.each(kinds)("%s has a rule that names its source", (kind) => {
    expect(registry[kind].rule).toMatch(/documented|recorded|field report|issue thread|never assumed/);
  });

  it.each(kinds.filter((kind) => !withoutFixture.has(kind)))("%s stands in a shipped world", (kind) => {
    expect(plans.flatMap(({ inventory }) => inventory).filter((entry) => entry.kind === kind)).not.toEqual([]);
  });

  it.each(kinds.filter((kind) => !withoutFixture.has(kind)))(
    "%s has a step, a finding or a note in its plan",
    (kind) => {
      const said = plans.some(
        ({ steps, inventory, blockers, remains }) =>
          steps.some((step) => step.kind === kind) ||
          inventory.some(
            (entry) =>
              entry.kind === kind &&
              (entry.note !== undefined ||
                blockers.some((blocker) => blocker.subject === entry.id) ||
                remains.some((remainder) => remainder.subject === entry.id)),
          ),
      );
      expect(said).toBe(true);
    },
  );

  it.each(kinds)("%s has rules with their grades in the emulator's SPEC.md", (kind) => {
    const section = sections.get(sectionOfKind.get(kind) ?? "");
    expect(section?.match(/recorded|documented|field report|unverified/g)?.length ?? 0).toBeGreaterThan(2);
  });
});
