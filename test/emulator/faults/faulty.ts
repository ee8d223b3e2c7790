// A bench over a small vault whose world scripts faults. It must not test anything.
import type { FaultMatch, Fault, WorldFault } from "../../../src/emulator/faults/fault.ts";
import type { World } from "../../../src/emulator/world.ts";
import type { Bench } from "../world-builder.ts";
import { bench, sqlServer, vault, vm, world } from "../world-builder.ts";

export function hit(match: FaultMatch, fault: Fault, more: Omit<WorldFault, "match" | "fault"> = {}): WorldFault {
  return { match, fault, ...more };
}

export function faultyWorld(...faults: readonly WorldFault[]): World {
  return world([vault({ parts: [vm("vm1"), sqlServer("sql1", { a: {} })] })], { faults });
}

export function faulty(...faults: readonly WorldFault[]): Bench {
  return bench(faultyWorld(...faults));
}

/** The answer as it came, for bodies that are no JSON. */
export async function raw(
  { emulator }: Bench,
  url: string,
  method = "GET",
): Promise<{ readonly response: Response; readonly text: string }> {
  const address = `https://management.azure.com${url}?api-version=2025-08-01`;
  const response = await emulator.handle(new Request(address, { method }));
  return { response, text: await response.text() };
}
