// Writes with which others go by Azure's own doing, and that have to wait for their turn: what came meanwhile is not taken along.

import { expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { World } from "../../src/emulator/world.ts";
import { consents } from "../../src/model/step.ts";
import { rehearse } from "../rehearsal.ts";
import { virtualClock } from "../virtual-clock.ts";
import { oneMachine, parts, withPart, type Part } from "./vault-parts.ts";

const newcomer: Part = { kind: "protected-item", name: "D:\\", piece: ["protectedItems", "FileFolder;mars-01;d"] };
const unregistration = "/registeredidentities/mars-01";

/** A machine and a server, and no lock whose removal would be the first to hear from Azure's counter. */
const world: World = {
  ...withPart(
    oneMachine,
    parts.find(({ kind }) => kind === "mars-server")!,
  ),
  locks: [],
};

/**
 * Tears the vault down, whose first deletion with `refused` in its path is answered 429 for so many `seconds`; `after` so
 * many of them, a backup of the server is made. Resolves with how often the server's unregistration was sent.
 */
async function throttled(refused: string, seconds: number, after: number) {
  const clock = virtualClock();
  let changed: ReturnType<typeof createEmulator> | undefined;
  let isRefused = false;
  let sent = 0;
  const rehearsal = rehearse(world, {
    clock,
    between: (handle) => async (request) => {
      const path = decodeURIComponent(new URL(request.url).pathname).toLowerCase();
      if (path.includes(unregistration)) sent += 1;
      if (isRefused || request.method !== "DELETE" || !path.includes(refused))
        return (changed ?? { handle }).handle(request);
      isRefused = true;
      void clock.sleep(after * 1000).then(() => {
        changed = createEmulator({ world: withPart(rehearsal.emulator.world(), newcomer), clock });
      });
      return new Response("{}", { status: 429, headers: { "retry-after": String(seconds) } });
    },
  });
  const { result, events } = await rehearsal.run(await rehearsal.plan({ consents }));
  const failures = events.flatMap((event) => (event.type === "step-failed" ? [event] : []));
  return { sent, result, failures, stands: JSON.stringify(changed?.world()) };
}

it.each([
  ["refused with 429 itself", unregistration, 1],
  ["held back, since another deletion was refused with 429", "/protecteditems/", 0],
])("an unregistration is not sent when a backup of its server came while it was %s", async (_what, refused, times) => {
  const { sent, result, failures, stands } = await throttled(refused, 200, 100);
  expect(sent).toBe(times);
  expect(result.exitCode).toBe(3);
  expect(failures).toContainEqual(
    expect.objectContaining({ code: "NotPlanned", message: expect.stringContaining(newcomer.name) }),
  );
  expect(stands).toContain("FileFolder;mars-01;d");
});
