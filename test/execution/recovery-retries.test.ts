// What a recovery does before it tries again what was refused: others may have brought it back, and protected it again.

import { expect, it } from "vitest";
import { subscription, vault, vm, world } from "../emulator/world-builder.ts";
import { rehearse, type Handle } from "../rehearsal.ts";
import { planBack, tornDown } from "../way-back.ts";

const machine = "Microsoft.Compute/virtualMachines";
const sourceResourceId = `/subscriptions/${subscription}/resourceGroups/rg-test/providers/${machine}/vm1`;
const standing = world([vault({ parts: [vm("vm1", { protectedItemType: machine, sourceResourceId })] })]);

/** Somebody else's undelete goes on when the first of ours arrives, which is refused for that. `heard`: what found the item at rest. */
function somebodyElseFirst(heard: string[]): (handle: Handle) => Handle {
  return (handle) => async (request) => {
    if (request.method !== "PUT") return handle(request);
    const isFirst = heard.length === 0;
    const answer = await handle(request);
    if (answer.status !== 409) heard.push(isFirst ? "theirs" : "ours");
    const code = "BMSUserErrorConflictingProtectionOperation";
    return isFirst
      ? Response.json({ error: { code, message: "Another operation is in progress." } }, { status: 409 })
      : answer;
  };
}

it("an item that somebody else has brought back meanwhile is not written once more: that would stop its protection", async () => {
  const heard: string[] = [];
  const rehearsal = rehearse(standing, { between: somebodyElseFirst(heard) });
  const plan = await rehearsal.plan();
  const stop = new AbortController();
  const { events } = await rehearsal.run(plan, {
    signal: stop.signal,
    record: ({ type }) => {
      if (type === "step-verified") stop.abort();
    },
  });
  const back = await planBack(rehearsal, plan, events);
  const { result, events: told } = await rehearsal.run(back);
  expect(told).toContainEqual(expect.objectContaining({ type: "step-retried" }));
  expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "recovered" } });
  expect(heard).toEqual(["theirs"]);
});

it("an undelete that Azure throttles comes back to its step, which looks before it sends it again", async () => {
  const { rehearsal, plan, events } = await tornDown(standing);
  const back = await planBack(rehearsal, plan, events);
  const fault = { kind: "status", status: 429, retryAfter: 17 } as const;
  const throttled = { ...rehearsal.emulator.world(), faults: [{ match: { method: "POST" }, fault }] };
  const later = rehearse(throttled, { clock: rehearsal.clock, vault: rehearsal.vault });
  const { result, events: told } = await later.run(back);
  expect(told).toContainEqual(
    expect.objectContaining({ type: "step-retried", step: "undelete-vault-1", delaySeconds: 17 }),
  );
  expect(result.exitCode).toBe(0);
  expect(later.writes().filter((write) => write.startsWith("POST"))).toHaveLength(2);
  const asked = later.emulator.requests().map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  const [first, second] = asked.flatMap((line, index) => (line.startsWith("POST") ? [index] : []));
  expect(asked.slice(first, second)).toContainEqual(expect.stringMatching(/^GET .*\/vaults\/rsv-test$/) as string);
});
