// The Azure of one story: an emulator that faults strike and leave, and a record of every write it received. It judges nothing.

import { createEmulator, type EmulatedRequest, type Emulator } from "../../src/emulator/emulator.ts";
import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import { isObject } from "../../src/emulator/json.ts";
import type { World, WorldVault } from "../../src/emulator/world.ts";
import { vm } from "../emulator/world-builder.ts";

/** A request other than GET, and what stood in the world right before it. */
export type Write = {
  readonly method: string;
  /** Decoded, in lower case. */
  readonly path: string;
  readonly body: unknown;
  /** 0 where no answer came. */
  readonly status: number;
  readonly fault: string | undefined;
  readonly before: World;
};

export type Azure = Emulator & {
  /** From now on these faults are due, and no others. */
  readonly strike: (faults: readonly WorldFault[]) => void;
  /** No fault is due any more, and what would never have ended ends soon. */
  readonly heal: () => void;
  /** Somebody protects one more machine in the first vault, where it still stands. */
  readonly protectAnother: () => void;
};

/** The name of that machine. */
export const newcomer = "vm-newcomer";

/**
 * `now`: the time in Azure, which may not be that of this machine. `onWrite` is told of each write when it has been
 * answered; of two at the same time, one after the other.
 */
export function azureOf(world: World, now: () => number, onWrite: (write: Write) => void): Azure {
  const clock = { now };
  let emulator = createEmulator({ world, clock });
  let past: ReturnType<Emulator["requests"]> = [];
  let last: Promise<unknown> = Promise.resolve();
  const goOn = (next: World): void => {
    past = [...past, ...emulator.requests()];
    emulator = createEmulator({ world: next, clock });
  };
  const answer: Emulator["answer"] = async (request) => {
    if (request.method === "GET") return emulator.answer(request);
    const before = emulator.world();
    try {
      return await emulator.answer(request);
    } finally {
      onWrite(writeOf(request, emulator.requests().at(-1), before));
    }
  };
  return {
    answer: (request) => {
      const answered = last.then(() => answer(request));
      last = answered.catch(() => undefined);
      return answered;
    },
    handle: (request) => emulator.handle(request),
    refuse: (refusal) => emulator.refuse(refusal),
    world: () => emulator.world(),
    requests: () => [...past, ...emulator.requests()],
    strike: (faults) => goOn({ ...emulator.world(), faults }),
    heal: () => goOn(healed(emulator.world(), now())),
    protectAnother: () => goOn(withNewcomer(emulator.world())),
  };
}

function writeOf(
  request: EmulatedRequest,
  record: ReturnType<Emulator["requests"]>[number] | undefined,
  before: World,
): Write {
  const path = decodeURIComponent(new URL(request.url).pathname).toLowerCase();
  const { body, status = 0, fault } = record ?? {};
  return { method: request.method, path, body, status, fault, before };
}

/** Later than this nothing ends that ever will. */
const never = Date.parse("9999-01-01T00:00:00Z");

function healed(world: World, now: number): World {
  const soon = new Date(now + 60_000).toISOString();
  const ending = <T extends { readonly completesAt?: string }>(timed: T): T =>
    Date.parse(timed.completesAt ?? "") >= never ? { ...timed, completesAt: soon } : timed;
  const vaults = world.vaults.map((vault): WorldVault => ({
    ...vault,
    backupJobs: vault.backupJobs.map(ending),
    ...(vault.replication?.jobs === undefined
      ? {}
      : { replication: { ...vault.replication, jobs: vault.replication.jobs.map(ending) } }),
  }));
  return { ...world, faults: [], vaults, operations: (world.operations ?? []).map(ending) };
}

function withNewcomer(world: World): World {
  const { container, items } = vm(newcomer, { protectedItemType: "Microsoft.Compute/virtualMachines" });
  const vaults = world.vaults.map((vault, index) =>
    index > 0
      ? vault
      : {
          ...vault,
          protectionContainers: [...vault.protectionContainers, container],
          protectedItems: [...vault.protectedItems, ...items],
        },
  );
  return { ...world, vaults };
}

/** Member of a body, as far as it goes. */
export function memberOf(body: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), body);
}
