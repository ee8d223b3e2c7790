// `demo`: the main job on a rehearsal world, as a terminal shows it. Touches nothing outside this process and a temporary folder.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planText } from "../reporting/plan-text.ts";
import { runText } from "../reporting/run-text.ts";
import { atTheConsole } from "./at-the-console.ts";
import { carryOut } from "./carry-out.ts";
import { makePlan, planOptions } from "./make-plan.ts";
import type { DemoArguments } from "./options.ts";
import { exitCodeOfPlan } from "./plan-command.ts";
import { selectVault } from "./select-vault.ts";
import { print, printLines, sayWait } from "./streams.ts";
import { openSession } from "./wire.ts";

/** Returns the exit code. Throws UserError and WorldError. */
export async function demoCommand(options: DemoArguments): Promise<number> {
  const connection = { cloud: "public", emulator: options.world, speed: options.speed, seed: options.seed };
  const session = await openSession(connection, sayWait);
  const selection = await selectVault(session, connection);
  if (selection.found !== "one") return 1;
  const plan = await makePlan(session, selection.scope, selection.vault, planOptions({ strategy: "soft" }));
  printLines(`a rehearsal on the built-in emulator (${session.azure}); no Azure is involved`, "");
  print(planText(plan));
  printLines("");
  const blocked = exitCodeOfPlan(plan, false);
  if (blocked !== 0) return blocked;
  const stateDir = mkdtempSync(join(tmpdir(), "vault-teardown-demo-"));
  try {
    const done = await carryOut(session, plan, { ...atTheConsole(), stateDir, listener: () => undefined });
    if ("refused" in done) return done.refused;
    printLines("");
    print(runText(done.document));
    return done.result.exitCode;
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}
