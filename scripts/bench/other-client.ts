// Another client of the same subscription, which uses up most of what Azure's counters let through. It must change nothing in
// the vault: it deletes what is not there, and reads.

import type { Emulator } from "../../src/emulator/emulator.ts";
import type { Rehearsal } from "../../test/rehearsal.ts";
import type { VirtualClock } from "../../test/virtual-clock.ts";
import { fullRates, type Counter, type Rate } from "./request-counters.ts";

export type OtherClient = {
  readonly stop: () => void;
  /** Told of every deletion of the run that was accepted: what it leaves counts until the last of them. */
  readonly sawDeletion: () => void;
  /** What it left of each counter, going by what it really got. */
  readonly ratesLeft: () => Readonly<Record<Counter, Rate>>;
};

/** Requests: so many at the start, and so many every second after that. */
type Load = { readonly atOnce: number; readonly perSecond: number };

/** Of the 800 deletes and 10 a second that there are. */
const deletesLoad: Load = { atOnce: 700, perSecond: 8 };
/** Of the 1,100 reads of Backup and 25 a second. */
const readsLoad: Load = { atOnce: 900, perSecond: 15 };

/** Resolves when its first requests are answered; it goes on until it is stopped. */
export async function startOtherClient({ emulator, clock, vault }: Rehearsal): Promise<OtherClient> {
  const stopping = new AbortController();
  const nothing = `${vault.id}/backupFabrics/Azure/protectionContainers/c;none/protectedItems/i;none`;
  const deletes = sender(emulator, "DELETE", nothing);
  const reads = sender(emulator, "GET", `${vault.id}/backupPolicies`);
  const began = clock.now();
  let [last, takenByThen] = [began, 0];
  await deletes.send(deletesLoad.atOnce);
  await reads.send(readsLoad.atOnce);
  void everySecond(clock, stopping.signal, async () => {
    await deletes.send(deletesLoad.perSecond);
    await reads.send(readsLoad.perSecond);
  });
  return {
    stop: () => stopping.abort(),
    sawDeletion: () => {
      last = clock.now();
      takenByThen = deletes.accepted() - deletesLoad.atOnce;
    },
    ratesLeft: () => {
      const { capacity, perSecond } = fullRates.deletes;
      const taken = takenByThen / Math.max(1, (last - began) / 1_000);
      return { ...fullRates, deletes: { capacity: capacity - deletesLoad.atOnce, perSecond: perSecond - taken } };
    },
  };
}

async function everySecond(clock: VirtualClock, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(1_000, signal);
    if (!signal.aborted) await clock.during(work);
  }
}

type Sender = { readonly send: (times: number) => Promise<void>; readonly accepted: () => number };

function sender(emulator: Emulator, method: string, path: string): Sender {
  let accepted = 0;
  const url = `https://management.azure.com${path}?api-version=2025-08-01`;
  return {
    send: async (times) => {
      for (let sent = 0; sent < times; sent += 1) {
        const { status } = await emulator.handle(new Request(url, { method }));
        if (status !== 429) accepted += 1;
      }
    },
    accepted: () => accepted,
  };
}
