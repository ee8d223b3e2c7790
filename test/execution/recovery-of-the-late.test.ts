// The recovery of a run of whose data a part is past its purge date: it brings back the rest, and names what it leaves out.

import { expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { softDeleted, subscription, vault, vm, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";
import { planBack, tornDown, wayBack } from "../way-back.ts";

const day = 86_400_000;
const machine = "Microsoft.Compute/virtualMachines";

function machines(properties: (name: string) => object = () => ({})) {
  const parts = ["vm1", "vm2"].map((name) =>
    vm(name, {
      protectedItemType: machine,
      sourceResourceId: `/subscriptions/${subscription}/resourceGroups/rg-test/providers/${machine}/${name}`,
      ...properties(name),
    }),
  );
  return world([vault({ parts })]);
}

function told({ steps, recovery }: Plan) {
  return { steps: steps.map(({ action, name }) => `${action} ${name}`), remarks: recovery?.remarks };
}

it("what Azure still lists in a vault that stands is told, and nothing is done where it was named", async () => {
  const { plan, events, rehearsal } = await tornDown(machines());
  const begun = events.slice(
    0,
    events.findIndex((event) => "step" in event && event.step.startsWith("recheck")),
  );
  const daysAgo = (days: number): string => new Date(rehearsal.clock.now() - days * day).toISOString();
  const listed = machines((name) => softDeleted(daysAgo(name === "vm1" ? 20 : 2)));
  // Azure, by its clock of then, goes on listing both.
  const later = rehearse(listed, { clock: rehearsal.clock, azureAhead: -19 * day });
  expect(told(await planBack(later, plan, begun))).toEqual({
    steps: ["undelete-item vm2", "prove-recovery rsv-test"],
    remarks: [
      "run rehearsal is unfinished: once this recovery has begun it is not continued",
      "vm1 is past its purge date: it is left out",
    ],
  });
  for (const items of [["vm1"], ["vm1", "vm2"]])
    expect(await wayBack(later, plan, begun, { items })).toMatchObject({
      reason: "past the purge date: vm1 in rsv-test",
    });
});

it("what was to be purged by now is told, and looked for once its vault stands again", async () => {
  const { plan, events, rehearsal } = await tornDown(machines());
  const [remains] = plan.remains.filter(({ until }) => until !== undefined);
  const expected = { ...plan, remains: [{ ...remains!, until: new Date(rehearsal.clock.now()).toISOString() }] };
  const { steps, remarks } = told(await planBack(rehearsal, expected, events));
  expect(steps).toEqual(["undelete-vault rsv-test", "undelete-item vm2", "prove-recovery rsv-test"]);
  expect(remarks).toEqual([
    "vm1 was to be purged by now: what of it is kept can be listed only once the vault stands again",
  ]);
});
