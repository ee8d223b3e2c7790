// Every fault with how it gets into the run of an action, and how that run has to end. It must not test anything.

import type { Fault, FaultMatch, WorldFault } from "../../src/emulator/faults/fault.ts";
import type { World } from "../../src/emulator/world.ts";
import type { Handle, RehearsalOptions } from "../rehearsal.ts";
import type { Action } from "../../src/model/step.ts";
import type { OneAction } from "./one-action-worlds.ts";

/** How a fault gets into the run of one action; undefined where the action has nothing that it could hit. */
type Hits = (action: OneAction) => Faulty | undefined;

export type Faulty = {
  readonly faults?: readonly WorldFault[];
  readonly world?: Partial<World>;
  readonly around?: RehearsalOptions;
};

export type End = {
  /** Exit code of the run with the fault. */
  readonly exit: 0 | 1 | 3 | 4 | 5;
  /** Exit code of the same command once the fault is over; absent where the run has ended well. */
  readonly again?: 0 | 4;
  /** How often the action's write was announced, and with it sent. */
  readonly writes: number;
};

export type FaultEntry = {
  readonly fault: string;
  readonly hits: Hits;
  readonly end: End;
  /** Actions that end otherwise. */
  readonly except?: Readonly<Partial<Record<Action, End>>>;
};

type Times = number | "always";

const inWrite =
  (fault: Fault, times: Times = 1): Hits =>
  ({ write, writeAt: from = 1 }) =>
    write === undefined ? undefined : { faults: [{ match: write, fault, from, times }] };

const inRead =
  (fault: Fault, times: Times = 1): Hits =>
  ({ read }) => ({ faults: [{ match: read, fault, times }] });

/** Addresses of operations, Site Recovery's jobs and their results among them. */
const questions: readonly FaultMatch[] = [
  { method: "GET", path: "*operation*" },
  { method: "GET", path: "*/replicationJobs/*" },
];

/** What makes the engine ask about the operation itself: lists that lag, and times longer than usual where there is none. */
const slow: Partial<World> = {
  listLag: 300,
  latencies: {
    deleteConnection: 400,
    deleteEndpoint: 400,
    deleteVault: 400,
    forgetVault: 600,
    deleteBackupInstance: 400,
    deleteBackupVault: 400,
  },
};

const inQuestion =
  (fault: Fault, times: Times): Hits =>
  ({ write }) =>
    write === undefined ? undefined : { faults: questions.map((match) => ({ match, fault, times })), world: slow };

const status = (code: number, more: Partial<Extract<Fault, { kind: "status" }>> = {}): Fault => ({
  kind: "status",
  status: code,
  ...more,
});

const page = "<html><body>Sign in to continue</body></html>";
const oneDay = 86_400_000;

/** Another client sends the very same write just before this one arrives. */
const overtaken: Hits = ({ write }) =>
  write === undefined ? undefined : { around: { between: (handle) => overtaking(handle, write) } };

function overtaking(handle: Handle, { method, path = "" }: FaultMatch): Handle {
  const pattern = new RegExp(`^${path.split("*").map(escaped).join(".*")}$`, "i");
  let left = 1;
  return async (request) => {
    const isIt = request.method === method && pattern.test(decodeURIComponent(new URL(request.url).pathname));
    if (isIt && left-- > 0) await handle(request.clone());
    return handle(request);
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}

const well: End = { exit: 0, writes: 1 };
const twice: End = { exit: 0, writes: 2 };
const refusedForNow: End = { exit: 5, again: 0, writes: 11 };

/** Actions whose write is a request and an answer: no operation follows. */
const withoutOperation = {
  "remove-lock": well,
  "delete-intent": well,
  "unregister-server": well,
  "restore-lock": well,
  "undelete-instance": well,
  "delete-policy": well,
};

/** Settling a job goes on waiting for its end, whatever becomes of the request to cancel it. */
const waitsInstead = { "settle-job": well };

/** The effect takes longer than an unanswered write is waited for: it is announced again, and Azure says that it runs. */
const slowEffects = {
  "disable-immutability": { exit: 0, writes: 3 },
  "disable-soft-delete": { exit: 0, writes: 3 },
  "disable-hybrid-security": { exit: 0, writes: 3 },
  "clean-test-failover": { exit: 0, writes: 3 },
  "disable-replication": { exit: 0, writes: 3 },
  "delete-migration-item": { exit: 0, writes: 3 },
  "delete-instance": twice,
  "delete-vault": twice,
} as const;

/** With a server go its items: what may have come is looked at before each attempt, which is announced anew. */
const looksAgain = { "unregister-server": twice } as const;

/** What another client has begun is refused to this one until it is done. */
const overtakenEnds = {
  "disable-immutability": { exit: 0, writes: 5 },
  "disable-soft-delete": { exit: 0, writes: 5 },
  "clean-test-failover": { exit: 0, writes: 5 },
  "disable-replication": { exit: 0, writes: 5 },
  "delete-migration-item": { exit: 0, writes: 5 },
  "undelete-item": { exit: 0, writes: 3 },
  "delete-item": { exit: 0, writes: 3 },
  "delete-recovery-plan": twice,
  "remove-container-mapping": twice,
  "delete-network-mapping": twice,
  "delete-storage-mapping": twice,
  "remove-protection-container": twice,
  "delete-vcenter": twice,
  "remove-provider": twice,
  "remove-fabric": twice,
  "delete-replication-policy": twice,
} as const;

/** These have no write. */
const reads = { recheck: { exit: 0, writes: 0 }, "prove-absence": { exit: 0, writes: 0 } } as const;

export const faultTable: readonly FaultEntry[] = [
  { fault: "429 with Retry-After", hits: inWrite(status(429, { retryAfter: 7 })), end: well, except: looksAgain },
  {
    fault: "429 with the seconds in its text",
    hits: inWrite(status(429, { text: throttledText(9) })),
    end: well,
    except: looksAgain,
  },
  {
    fault: "429 without any time",
    hits: inWrite(status(429, { text: '{"error":{"code":"TooManyRequests","message":"slow down"}}' })),
    end: well,
    except: looksAgain,
  },
  {
    fault: "429 that never ends",
    hits: inWrite(status(429, { retryAfter: 7 }), "always"),
    end: { exit: 4, again: 0, writes: 11 },
  },
  { fault: "500 before the effect", hits: inWrite(status(500)), end: twice },
  { fault: "500 after the effect", hits: inWrite(status(500, { carriedOut: true })), end: well, except: slowEffects },
  { fault: "502 before the effect", hits: inWrite(status(502)), end: twice },
  { fault: "502 after the effect", hits: inWrite(status(502, { carriedOut: true })), end: well, except: slowEffects },
  { fault: "503 before the effect", hits: inWrite(status(503)), end: twice },
  { fault: "503 after the effect", hits: inWrite(status(503, { carriedOut: true })), end: well, except: slowEffects },
  { fault: "504 before the effect", hits: inWrite(status(504)), end: twice },
  { fault: "504 after the effect", hits: inWrite(status(504, { carriedOut: true })), end: well, except: slowEffects },
  { fault: "503 that never ends", hits: inWrite(status(503), "always"), end: refusedForNow },
  { fault: "reset before the effect", hits: inWrite({ kind: "drop", when: "before" }), end: twice },
  { fault: "reset after the effect", hits: inWrite({ kind: "drop", when: "after" }), end: well, except: slowEffects },
  { fault: "no answer before the effect", hits: inWrite({ kind: "no-answer", when: "before" }), end: twice },
  { fault: "no answer after the effect", hits: inWrite({ kind: "no-answer", when: "after" }), end: well },
  { fault: "an answer that is no JSON", hits: inWrite(status(200, { text: page })), end: twice },
  { fault: "a read that fails twice", hits: inRead(status(500), 2), end: well, except: reads },
  { fault: "a read cut in the middle", hits: inRead({ kind: "truncated" }), end: well, except: reads },
  { fault: "a read that is no JSON", hits: inRead(status(200, { text: page })), end: well, except: reads },
  { fault: "a read without an answer", hits: inRead({ kind: "no-answer", when: "before" }), end: well, except: reads },
  { fault: "401 once", hits: inWrite({ kind: "expired-token" }), end: well },
  {
    fault: "401 for good",
    hits: inWrite({ kind: "expired-token" }, "always"),
    end: { exit: 1, again: 0, writes: 1 },
    except: { "restore-lock": { exit: 1, again: 0, writes: 2 } },
  },
  { fault: "403 for good", hits: inWrite(status(403), "always"), end: { exit: 3, again: 0, writes: 1 } },
  {
    fault: "operation that fails",
    hits: inWrite({ kind: "fails", code: "InternalOperationFailed", message: "failed for a test" }),
    end: { exit: 5, again: 0, writes: 1 },
    except: { ...withoutOperation, ...waitsInstead },
  },
  {
    fault: "operation that never ends",
    hits: inWrite({ kind: "never-ends" }),
    end: { exit: 4, again: 4, writes: 1 },
    except: withoutOperation,
  },
  { fault: "operation address gone", hits: inQuestion({ kind: "gone" }, "always"), end: well },
  { fault: "operation address answers 500", hits: inQuestion(status(500), 3), end: well },
  {
    fault: "operation says Success",
    hits: inQuestion({ kind: "status-word", from: "Succeeded", to: "Success" }, "always"),
    end: well,
  },
  { fault: "202 without addresses", hits: inWrite({ kind: "no-operation-headers" }), end: well },
  {
    fault: "204, and nothing happens",
    hits: inWrite({ kind: "silent-204" }),
    end: { exit: 5, again: 0, writes: 1 },
    except: waitsInstead,
  },
  {
    fault: "list that lags",
    hits: ({ write }) => (write === undefined ? undefined : { world: { listLag: 240 } }),
    end: well,
  },
  { fault: "list that is stale", hits: inRead({ kind: "stale-list" }, 3), end: well, except: reads },
  {
    fault: "conflict with another writer",
    hits: inWrite(status(409), 2),
    end: { exit: 0, writes: 3 },
    except: waitsInstead,
  },
  { fault: "conflict that never ends", hits: inWrite(status(409), "always"), end: refusedForNow, except: waitsInstead },
  { fault: "another client was faster", hits: overtaken, end: well, except: overtakenEnds },
  { fault: "clock a day behind Azure's", hits: () => ({ around: { azureAhead: oneDay } }), end: well, except: reads },
  {
    fault: "clock a day ahead of Azure's",
    hits: () => ({ around: { azureAhead: -oneDay } }),
    end: well,
    except: reads,
  },
];

function throttledText(seconds: number): string {
  const message = `Number of requests exceeded the limit. Please try again after '${seconds}' seconds.`;
  return JSON.stringify({ error: { code: "ResourceRequestsThrottled", message } });
}
