// A saved plan is refused by the path of what is wrong in it, whichever member of whichever step, resource or grant that is.

import { expect, describe, it } from "vitest";
import type { Strategy } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { planShape } from "../../src/planning/plan-shape.ts";
import { rehearse } from "../rehearsal.ts";
import { lacking, mutated, pathOfEachForm } from "../trust/mutations.ts";

const plans: readonly (readonly [string, Strategy])[] = [
  ["kitchen-sink", "soft"],
  ["kitchen-sink", "purge"],
  ["guarded", "soft"],
];

async function saved(world: string, strategy: Strategy): Promise<unknown> {
  return JSON.parse(renderPlan(await rehearse(world).plan({ strategy, consents }, true))) as unknown;
}

/** What only some steps, resources and outcomes have something to say about; grants may be a refusal in their place. */
const mayLack: ReadonlySet<string> = new Set(
  [
    "about alwaysBilled assumption billing byHand consent container count currentJob dnsNames endpoint engine exclusive grants guard guarded",
    "helperOf holds lastRecoveryPoint leaves loss managementType newest nodes note notes of oldest onlyCopy policy provider purgeAt",
    "recoveredMachine recoveryContainer recoveryPoints request source sourceId startedAt targetContainer targetFabric touches undoes until",
    "weakens where why",
  ].flatMap((names) => names.split(" ")),
);

describe("a plan", () => {
  it.each(plans)(
    "is refused by the path of what is wrong, whichever member that is: %s, %s",
    async (world, strategy) => {
      const plan = await saved(world, strategy);
      expect(planShape.wrong(plan)).toBeUndefined();
      for (const path of pathOfEachForm(plan))
        for (const how of ["null", "another type", "unknown", "__proto__"]) {
          const { document, wrong } = mutated(plan, path, how);
          expect(planShape.wrong(document)?.path, `${path.join(".")} ${how}`).toBe(wrong);
        }
    },
  );

  it.each(plans)(
    "is refused by the path of what is missing, but for what only some have: %s, %s",
    async (world, strategy) => {
      const plan = await saved(world, strategy);
      for (const path of pathOfEachForm(plan)) {
        const document = lacking(plan, path);
        if (document === undefined || mayLack.has(String(path.at(-1)))) continue;
        expect(planShape.wrong(document)?.path).toBe(path.join("."));
      }
    },
  );
});
