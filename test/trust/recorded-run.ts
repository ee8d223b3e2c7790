// A whole run on a real journal file, with what Azure was at every instant at which its process could have been killed.

import { AsyncLocalStorage } from "node:async_hooks";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RequestRecord } from "../../src/emulator/emulator.ts";
import type { World } from "../../src/emulator/world.ts";
import { openJournal } from "../../src/journal/journal-file.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Plan, Strategy } from "../../src/model/plan.ts";
import type { VaultWriter } from "../../src/model/ports.ts";
import { consents } from "../../src/model/step.ts";
import { rehearse, type Handle, type Rehearsal } from "../rehearsal.ts";

/** What Azure was, and what time it was there, with so many whole lines of the journal on disk. */
export type Instant = {
  readonly lines: number;
  /** The line after those was being written: what stands of it is torn. */
  readonly inLine: boolean;
  /** A saved world, as JSON. */
  readonly world: string;
  readonly now: number;
  /** How many requests Azure had received. */
  readonly requests: number;
};

export type RecordedRun = {
  readonly plan: Plan;
  /** With Azure as the run left it. */
  readonly rehearsal: Rehearsal;
  readonly events: readonly RecordedEvent[];
  /** The bytes of the journal. */
  readonly journal: Buffer;
  /** Every write, as `writesIn` tells it, with the steps for which it was sent. */
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>;
  readonly instants: readonly Instant[];
};

/** Tells two writes apart. */
function written({ method, url, body }: Pick<RequestRecord, "method" | "url" | "body">): string {
  return `${method} ${decodeURIComponent(new URL(url).pathname).toLowerCase()} ${JSON.stringify(body)}`;
}

/** The writes among requests, each as a text of its own. */
export function writesIn(requests: readonly RequestRecord[]): readonly string[] {
  return requests.filter(({ method }) => method !== "GET").map(written);
}

/** Thrown in place of a crash. */
class Killed extends Error {}

type Recording = {
  readonly rehearsal: Rehearsal;
  readonly owners: Map<string, Set<string>>;
  /** By which step a write is being sent. */
  readonly sending: AsyncLocalStorage<string>;
  readonly process: { isDead: boolean };
};

/**
 * Runs the plan of a world, or of a shipped one, all consents given, from its first line to its last; or to the instant at which its
 * process is killed: what it still wants to ask reaches nobody, what it wants to store is not stored.
 */
export async function recordRun(world: string | World, strategy: Strategy, killedAt?: Instant): Promise<RecordedRun> {
  const recording = openRecording(world);
  const { rehearsal, owners, process } = recording;
  const plan = await rehearsal.plan({ strategy, consents });
  const folder = mkdtempSync(join(tmpdir(), "vault-teardown-test-"));
  const path = join(folder, "journal.ndjson");
  const journal = openJournal(path, rehearsal.clock);
  const instants: Instant[] = [];
  const events: RecordedEvent[] = [];
  const reach = (instant: Instant): void => {
    instants.push(instant);
    process.isDead ||= killedAt?.lines === instant.lines && killedAt.inLine === instant.inLine;
  };
  const record = (event: RunEvent): void => {
    const instant = instantOf(rehearsal);
    const since = rehearsal.emulator.requests().slice(instants.at(-1)?.requests ?? 0);
    // Until Azure is written to it stays what it was, but for the time.
    if (events.length > 0 && writesIn(since).length > 0) reach({ ...instant, lines: events.length, inLine: true });
    if (process.isDead) throw new Killed();
    events.push(journal.append(event));
    reach({ ...instant, lines: events.length, inLine: false });
  };
  await rehearsal.run(plan, { record, writer: attributed(recording, plan) }).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
  journal.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return { plan, rehearsal, events, journal: bytes, owners, instants };
}

function openRecording(world: string | World): Recording {
  const owners = new Map<string, Set<string>>();
  const sending = new AsyncLocalStorage<string>();
  const process = { isDead: false };
  const between =
    (handle: Handle): Handle =>
    async (request) => {
      const { method, url } = request;
      const text = method === "GET" ? "" : await request.clone().text();
      if (process.isDead) throw new Killed();
      if (method !== "GET") {
        const key = written({ method, url, ...(text === "" ? {} : { body: JSON.parse(text) as unknown }) });
        owners.set(key, (owners.get(key) ?? new Set()).add(sending.getStore() ?? "none"));
      }
      return handle(request);
    };
  return { rehearsal: rehearse(world, { between }), owners, sending, process };
}

/** The writer of the run, of which it is known for which step it sends what. */
function attributed({ rehearsal, sending }: Recording, plan: Plan): VaultWriter {
  const writer = rehearsal.writer(plan.strategy, plan);
  const stepOf = new Map(plan.steps.map((step) => [step.request, step.id]));
  return {
    ...writer,
    send: (request, permit) => sending.run(stepOf.get(request) ?? "none", () => writer.send(request, permit)),
  };
}

function instantOf({ emulator, clock }: Rehearsal): Omit<Instant, "lines" | "inLine"> {
  return { world: JSON.stringify(emulator.world()), now: clock.now(), requests: emulator.requests().length };
}
