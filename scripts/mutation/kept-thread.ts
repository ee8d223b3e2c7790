// A pool of one thread that lives on from one change to the next: most of a run would be its start and the loading of modules.
// A change of what runs at load gets a fresh thread, before and after. Test files are loaded anew each time, by vitest itself.

import { ThreadsPoolWorker, type PoolRunnerInitializer, type PoolWorker } from "vitest/node";

type Options = Parameters<PoolRunnerInitializer["createPoolWorker"]>[0];
type Listener = Parameters<PoolWorker["on"]>[1];

/** Each run leaves a listener in the thread: after so many, a fresh one takes over. */
const mostRuns = 100;

/** Milliseconds: a run that took longer may have left something at work in the thread. */
const longestRun = 4_000;

type Kept = { readonly thread: ThreadsPoolWorker; runs: number; startedAt: number };
let kept: Kept | undefined;

/** Given to vitest as its pool; it calls `start` and `stop` for each run. */
export const keptThread: PoolRunnerInitializer = { name: "kept-thread", createPoolWorker: worker };

function worker(options: Options): PoolWorker {
  const listeners: (readonly [event: string, listener: Listener])[] = [];
  const thread = (): ThreadsPoolWorker => {
    if (kept === undefined) throw new Error("the thread was used before it was started");
    return kept.thread;
  };
  return {
    name: "kept-thread",
    start: async () => {
      if (kept !== undefined && (runsAtLoad(options) || kept.runs >= mostRuns)) await end();
      kept ??= await begin(options);
      kept.runs += 1;
      kept.startedAt = Date.now();
    },
    stop: async () => {
      for (const [event, listener] of listeners) thread().off(event, listener);
      if (runsAtLoad(options) || Date.now() - (kept?.startedAt ?? 0) > longestRun) await end();
    },
    on: (event, listener) => {
      listeners.push([event, listener]);
      thread().on(event, listener);
    },
    off: (event, listener) => thread().off(event, listener),
    send: (message) => {
      if (message.type !== "stop") return thread().send(message);
      const stopped = { type: "stopped", __vitest_worker_response__: true };
      for (const [event, listener] of listeners) if (event === "message") listener(stopped);
    },
    deserialize: (data) => data,
  };
}

async function begin(options: Options): Promise<Kept> {
  const thread = new ThreadsPoolWorker(options);
  await thread.start();
  return { thread, runs: 0, startedAt: 0 };
}

async function end(): Promise<void> {
  const ended = kept;
  kept = undefined;
  await ended?.thread.stop();
}

/** What Stryker provides says how the change of this run takes effect; without one, coverage is taken, at load too. */
function runsAtLoad({ project }: Options): boolean {
  return (project.getProvidedContext() as Record<string, unknown>)["mutantActivation"] !== "runtime";
}
