// A plan carried out on an emulated world as `apply` does it, with a real state folder and both streams captured, on a clock
// that never waits. It must not test anything.

import { clouds } from "../../src/azure/clouds.ts";
import { executePlan } from "../../src/cli/execute-plan.ts";
import type { Session } from "../../src/cli/wire.ts";
import type { Plan } from "../../src/model/plan.ts";
import { printedBy, type Ended } from "../cli/command-line.ts";
import type { Rehearsal } from "../rehearsal.ts";

function sessionOn({ clients, clock, scope }: Rehearsal, plan: Plan): Session {
  return {
    azure: "emulator",
    cloud: clouds.public,
    clock,
    speed: 1,
    ephemeral: false,
    subscription: scope.subscriptionId,
    clients: () => clients(plan.strategy),
  };
}

/** Carries the plan out and prints its events; stores it in the state folder. */
export async function carriedOut(
  rehearsal: Rehearsal,
  plan: Plan,
  stateDir: string,
): Promise<Pick<Ended, "code" | "stdout" | "stderr">> {
  let code = -1;
  const printed = await printedBy(async () => {
    const options = {
      cloud: "public",
      fresh: false,
      dryRun: false,
      format: "ndjson",
      stateDir,
      detailedExitcode: false,
      delivery: { format: "ndjson", files: [], tellsBuildServer: false },
    } as const;
    code = await executePlan(sessionOn(rehearsal, plan), plan, options);
  });
  return { code, ...printed };
}
