// What is said to tell whether a step is done is what the tool itself reads to prove it.

import { describe, expect, it } from "vitest";
import { equivalentRequests } from "../../src/azure/equivalent-requests.ts";
import { standingInTheWay } from "../../src/cli/make-plan.ts";
import { loadWorld, shippedWorlds } from "../../src/emulator/worlds.ts";
import { sharedListings } from "../../src/execution/listings.ts";
import { listingFor } from "../../src/execution/look.ts";
import type { Plan } from "../../src/model/plan.ts";
import { consents, type Action, type Step } from "../../src/model/step.ts";
import { rehearse } from "../rehearsal.ts";
import { planBack } from "../way-back.ts";
import { hasVault, recorder, spelled, type Comparable } from "./sent-requests.ts";

/** Steps that look at more than their target. */
const ends: readonly Action[] = ["recheck", "prove-absence", "prove-recovery"];

const saidFor = (step: Step, plan: Plan): readonly string[] =>
  equivalentRequests(step, plan)
    .filter(({ part }) => part === "check")
    .map(({ url }) => spelled(url));

/** The addresses of what was read, further pages left out. */
function readIn(sent: readonly Comparable[]): readonly string[] {
  const urls = sent.filter(({ method }) => method === "GET").map(({ url }) => url);
  return [...new Set(urls)].filter((url) => !/skiptoken/i.test(url));
}

const stepOf = (plan: Plan, action: Action): Step => plan.steps.find((step) => step.action === action)!;

const worlds = shippedWorlds.filter((name) => hasVault(loadWorld(name)));

describe.each(worlds)("in the world %s", (world) => {
  it("each step is checked by the reads that prove it", async () => {
    const record = recorder();
    const rehearsal = rehearse(world, { onTheWire: record.onTheWire });
    const plan = await rehearsal.plan({ consents });
    const reader = rehearsal.reader();
    for (const step of plan.steps.filter(({ action }) => !ends.includes(action))) {
      const sent = await record.during(() => listingFor({ reader, listings: sharedListings(reader) }, step));
      expect(readIn(sent).toSorted(), `${step.action} ${step.name}`).toEqual(saidFor(step, plan).toSorted());
    }
  });

  it("the vault is checked before it goes by the lists that are read again, all of them", async () => {
    const record = recorder();
    const rehearsal = rehearse(world, { onTheWire: record.onTheWire });
    const plan = await rehearsal.plan({ consents });
    const said = saidFor(stepOf(plan, "recheck"), plan);
    const sent = readIn(
      await record.during(() => standingInTheWay(plan, rehearsal.reader(), { now: () => rehearsal.clock.now() })),
    );
    const ofVault = sent.filter((url) => url.toLowerCase().startsWith(said[0]!.split("?")[0]!.toLowerCase()));
    const listed = ofVault.filter((url) => !/Microsoft\.Authorization|recoveryPoints/.test(url));
    expect(listed.filter((url) => !said.includes(url))).toEqual([]);
    expect(said.filter((url) => !sent.includes(url))).toEqual([]);
  });
});

describe("the ends of a plan", () => {
  it("are checked by what the tool proves them with: the vault is gone, then it is back", async () => {
    const record = recorder();
    const rehearsal = rehearse("secure-by-default", { onTheWire: record.onTheWire });
    const plan = await rehearsal.plan({ consents });
    let events: Awaited<ReturnType<typeof rehearsal.run>>["events"] = [];
    const gone = readIn(await record.during(async () => void ({ events } = await rehearsal.run(plan))));
    expect(gone).toEqual(expect.arrayContaining([...saidFor(stepOf(plan, "prove-absence"), plan)]));
    const back = await planBack(rehearsal, plan, events);
    const said = saidFor(stepOf(back, "prove-recovery"), back);
    const returned = readIn(await record.during(() => rehearsal.run(back)));
    expect(returned).toEqual(expect.arrayContaining([...said]));
    expect(said.some((url) => url.includes("/deletedVaults?"))).toBe(true);
  });
});
