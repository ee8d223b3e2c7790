// One vault of an emulated world, with everything the engine needs around it: clients, a clock that never waits, a journal in memory.

import type { HttpClient } from "@azure/core-rest-pipeline";
import { createClients, type Clients } from "../src/azure/clients.ts";
import { clouds } from "../src/azure/clouds.ts";
import { emulatorCredential } from "../src/azure/credential.ts";
import { inProcessTransport, type HandedRequest } from "../src/azure/transport.ts";
import { createRequestBudget } from "../src/azure/request-budget.ts";
import { createVaultReader } from "../src/azure/vault-reader.ts";
import { createVaultWriter } from "../src/azure/vault-writer.ts";
import { lookAndPlan, standingInTheWay } from "../src/cli/make-plan.ts";
import { createEmulator, type Emulator } from "../src/emulator/emulator.ts";
import type { World } from "../src/emulator/world.ts";
import { loadWorld } from "../src/emulator/worlds.ts";
import type { RunPorts } from "../src/execution/engine.ts";
import { runPlan, type RunOptions, type RunResult } from "../src/execution/run.ts";
import { apiVersionProfiles } from "../src/model/api-versions.ts";
import { armId, scopeOf, type Scope } from "../src/model/arm-id.ts";
import type { RecordedEvent, RunEvent } from "../src/model/event.ts";
import type { Plan, PlanOptions, VaultSummary } from "../src/model/plan.ts";
import type { VaultReader, VaultWriter } from "../src/model/ports.ts";
import { lockIds } from "../src/planning/lock-ids.ts";
import { virtualClock, type VirtualClock } from "./virtual-clock.ts";

export type Handle = (request: Request) => Promise<Response>;

export type Rehearsal = {
  readonly emulator: Emulator;
  readonly clock: VirtualClock;
  readonly scope: Scope;
  readonly vault: VaultSummary;
  /** `signal`: aborted when the run stops, for whose requests they are. */
  readonly clients: (strategy?: Plan["strategy"], signal?: AbortSignal) => Clients;
  readonly reader: (strategy?: Plan["strategy"], signal?: AbortSignal) => VaultReader;
  /** `plan`: the locks it names may be written. */
  readonly writer: (strategy?: Plan["strategy"], plan?: Plan, signal?: AbortSignal) => VaultWriter;
  readonly plan: (options?: Partial<PlanOptions>, deep?: boolean) => Promise<Plan>;
  readonly run: (plan: Plan, options?: Partial<RunOptions> & Partial<RunPorts>) => Promise<RehearsedRun>;
  /** The writes the emulator received, as `METHOD path` without api-version. */
  readonly writes: () => readonly string[];
};

type RehearsedRun = { readonly result: RunResult; readonly events: readonly RecordedEvent[] };

export type RehearsalOptions = {
  /** Stands between the clients and the emulator: to fail, delay or watch requests. */
  readonly between?: (handle: Handle) => Handle;
  /** The same closer to the clients: where a request still has its tokens. */
  readonly onTheWire?: (inner: HttpClient) => HttpClient;
  readonly clock?: VirtualClock;
  /** By so many milliseconds the clock of the emulated Azure is ahead of this machine's. */
  readonly azureAhead?: number;
  /** The vault, where it no longer stands in the world. */
  readonly vault?: VaultSummary;
  /** The Azure in which the world stands already, where another process has been at work in it. */
  readonly emulator?: Emulator;
  /** The tenant of the resource guard, as --guard-tenant names it. */
  readonly guardTenant?: string;
};

export function rehearse(world: string | World, options: RehearsalOptions = {}): Rehearsal {
  const loaded = typeof world === "string" ? loadWorld(world) : world;
  const clock = options.clock ?? virtualClock();
  const emulator =
    options.emulator ??
    createEmulator({ world: loaded, clock: { now: () => clock.now() + (options.azureAhead ?? 0) } });
  const handle = options.between?.(emulator.handle);
  const vault = options.vault ?? summaryOf(loaded);
  const scope = scopeOf(vault.id)!;
  const budget = createRequestBudget(clock);
  const transport = inProcessTransport((request) =>
    // Only what stands between needs a `Request` and a `Response`, which cost more than the emulator.
    clock.during(async () => (handle === undefined ? emulator.answer(request) : handle(await asRequest(request)))),
  );
  const made = (strategy: Plan["strategy"], signal?: AbortSignal) =>
    createClients({
      cloud: clouds.public,
      credential: emulatorCredential(),
      ...(options.guardTenant === undefined ? {} : { guardCredential: emulatorCredential(options.guardTenant) }),
      transport: options.onTheWire?.(transport) ?? transport,
      apiVersions: apiVersionProfiles[strategy],
      userAgent: "rehearsal",
      ...(signal === undefined ? {} : { signal }),
      sleep: (milliseconds, stopped) => clock.sleep(milliseconds, stopped),
      after: clock.after,
      onWait: () => undefined,
      budget,
    });
  const lasting = new Map<Plan["strategy"], Clients>();
  /** One set for all that no signal stops, as a process has. */
  const clients = (strategy: Plan["strategy"] = "soft", signal?: AbortSignal) => {
    const set = (signal === undefined ? lasting.get(strategy) : undefined) ?? made(strategy, signal);
    if (signal === undefined) lasting.set(strategy, set);
    return set;
  };
  const reader = (strategy?: Plan["strategy"], signal?: AbortSignal) =>
    createVaultReader(clients(strategy, signal), scope);
  const writer = (strategy?: Plan["strategy"], plan?: Plan, signal?: AbortSignal) =>
    createVaultWriter(clients(strategy, signal), scope, {
      locks: plan === undefined ? [] : lockIds(plan),
      now: () => clock.now(),
    });
  return {
    emulator,
    clock,
    scope,
    vault,
    clients,
    reader,
    writer,
    plan: async (given = {}, deep = false) => {
      const wanted: PlanOptions = { strategy: "soft", consents: [], keepPrivateEndpoints: false, ...given };
      return lookAndPlan(reader(wanted.strategy), vault, wanted, clock, deep);
    },
    run: (plan, given = {}) =>
      run(plan, { clock, reader: reader(plan.strategy), writer: writer(plan.strategy, plan) }, given),
    writes: () =>
      emulator
        .requests()
        .filter((request) => request.method !== "GET")
        .map((request) => `${request.method} ${decodeURIComponent(new URL(request.url).pathname)}`),
  };
}

async function asRequest({ method, url, headers, text }: HandedRequest): Promise<Request> {
  const body = await text();
  return new Request(url, { method, headers: [...headers], ...(body === "" ? {} : { body }) });
}

async function run(
  plan: Plan,
  access: Pick<RunPorts, "clock" | "reader" | "writer">,
  given: Partial<RunOptions> & Partial<RunPorts>,
): Promise<RehearsedRun> {
  const events: RecordedEvent[] = [...(given.past ?? [])] as RecordedEvent[];
  const record = (event: RunEvent): void => {
    events.push({ seq: events.length + 1, at: new Date(access.clock.now()).toISOString(), ...event });
    given.record?.(event);
  };
  const ports: RunPorts = {
    ...access,
    recheck: () => standingInTheWay(plan, access.reader, access.clock),
    ...given,
    record,
  };
  const result = await runPlan(plan, ports, {
    run: "rehearsal",
    azure: "emulator",
    signal: new AbortController().signal,
    stopReason: () => "interrupted",
    past: [],
    ...given,
  });
  return { result, events };
}

function summaryOf(world: World): VaultSummary {
  const [first] = [...world.vaults, ...(world.backupVaults ?? [])];
  if (first === undefined) throw new Error(`world ${world.name} has no vault`);
  const id = armId(first.id);
  const { name, kind } = scopeOf(id)!;
  return { id, name, kind, location: first.location, cloud: "public" };
}
