// A run whose process is killed half-way: what was recorded before is on disk, and nothing reaches Azure any more.

import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Rehearsal } from "../rehearsal.ts";

/** Thrown in place of a crash. */
class Crash extends Error {}

/** The events on disk of a run that is killed before the first event of which `isTooLate` is true. */
export async function killedBefore(
  rehearsal: Rehearsal,
  plan: Plan,
  isTooLate: (event: RunEvent, seq: number) => boolean,
): Promise<readonly RecordedEvent[]> {
  const stored: RecordedEvent[] = [];
  let dead = false;
  const dying = rehearsal.writer(plan.strategy, plan);
  const record = (event: RunEvent): void => {
    dead ||= isTooLate(event, stored.length + 1);
    if (dead) throw new Crash();
    stored.push({ seq: stored.length + 1, at: new Date(rehearsal.clock.now()).toISOString(), ...event });
  };
  const writer = {
    ...dying,
    send: async (...write: Parameters<typeof dying.send>) => {
      if (dead) throw new Crash();
      return dying.send(...write);
    },
  };
  await rehearsal.run(plan, { record, writer }).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });
  return stored;
}

/** The events on disk of a run that is killed after so many of them. */
export function killedAfter(rehearsal: Rehearsal, plan: Plan, survives: number): Promise<readonly RecordedEvent[]> {
  return killedBefore(rehearsal, plan, (_event, seq) => seq > survives);
}
