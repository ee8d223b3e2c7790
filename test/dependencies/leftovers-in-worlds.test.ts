// Leftovers in plans and runs of whole vaults: they block nothing, and nothing asks for them twice.

import { describe, expect, it } from "vitest";
import { consents } from "../../src/model/step.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { rehearse } from "../rehearsal.ts";

describe("leftovers of world kitchen-sink", () => {
  it("that cannot be listed block no plan, and neither does a saved one lose them", async () => {
    const rehearsal = rehearse("kitchen-sink", {
      between: (handle) => async (request) =>
        /roleAssignments|\/resources\?/.test(request.url)
          ? Response.json({ error: { code: "AuthorizationFailed", message: "no" } }, { status: 403 })
          : handle(request),
    });
    const plan = await rehearsal.plan({ consents });
    expect(plan.blockers).toEqual([]);
    expect(plan.remains.filter(({ what }) => what.includes("could not be listed"))).toHaveLength(2);
    expect(openPlan(renderPlan(plan), "a test")).toEqual(plan);
  });

  it("are asked for once: neither proofs nor the recheck list them again", async () => {
    const rehearsal = rehearse("kitchen-sink");
    const plan = await rehearsal.plan({ consents });
    const before = rehearsal.emulator.requests().length;
    expect((await rehearsal.run(plan)).result.exitCode).toBe(0);
    const again = rehearsal.emulator.requests().slice(before);
    expect(again.filter(({ url }) => /roleAssignments|restorePointCollections/.test(url))).toEqual([]);
    expect(rehearsal.writes().some((write) => /AzureBackupRG|roleAssignments/.test(write))).toBe(false);
  });
});
