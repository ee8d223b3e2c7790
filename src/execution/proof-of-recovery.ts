// The last look of a recovery: the vault stands, and everything that was to return is listed as active. Reads only.

import { registry } from "../dependencies/registry.ts";
import type { Outcome } from "../model/event.ts";
import type { Kind } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { pause, Stopped, Unproved, type Engine } from "./engine.ts";
import { judge } from "./look.ts";
import type { Listing } from "./listings.ts";

/** Lists may lag behind (field report: minutes): what looks lost is looked for again. */
const lookAgainDelaysSeconds: readonly number[] = [5, 10, 20, 30, 60];

/** Returns the evidence, and concludes the run with it. Throws Unproved naming what did not stay, and AzureError. */
export async function proveRecovery(engine: Engine): Promise<string> {
  for (const delay of [...lookAgainDelaysSeconds, undefined]) {
    const { returned, missing } = await lookAtAll(engine);
    if (engine.signal.aborted) throw new Stopped();
    if (missing.length === 0) return conclude(engine, returned);
    if (delay !== undefined) {
      await pause(engine, delay);
      continue;
    }
    throw new Unproved({
      disposition: "failed",
      code: "NotRecovered",
      message: missing.join("; "),
      remedy: "run the same command again: it looks before it writes",
    });
  }
  return "";
}

type Looked = { readonly returned: ReadonlyMap<Step["action"], number>; readonly missing: readonly string[] };

async function lookAtAll(engine: Engine): Promise<Looked> {
  const written = engine.plan.steps.filter(({ request }) => request !== undefined);
  const returned = new Map<Step["action"], number>();
  const missing: string[] = [];
  for (const [kind, steps] of Map.groupBy(written, (step) => step.kind)) {
    const listing = await listingOfKind(engine, kind, steps);
    for (const step of steps) {
      const proof = judge(engine, step, listing);
      if (proof.verdict === "proved") returned.set(step.action, (returned.get(step.action) ?? 0) + 1);
      else missing.push(`${step.kind} ${step.name}: ${proof.found}`);
    }
  }
  if ((await engine.reader.vault()) === undefined) missing.push("Azure does not answer for the vault");
  return { returned, missing };
}

/** What has a look of its own is the vault, of which there is one. */
async function listingOfKind<K extends Kind>(engine: Engine, kind: K, [first]: readonly Step[]): Promise<Listing<K>> {
  const { look } = registry[kind];
  if (look === undefined || first === undefined) return engine.listings.fresh(kind);
  const found = await look(engine.reader, first.target);
  return { all: found, withId: () => found };
}

const words: Readonly<Partial<Record<Step["action"], string>>> = {
  "undelete-vault": "vault undeleted",
  "register-container": "container(s) registered again",
  "undelete-item": "backup item(s) listed again, protection stopped and data kept",
  "undelete-instance": "backup instance(s) listed again, protection stopped and data kept",
};

function conclude(engine: Engine, returned: ReadonlyMap<Step["action"], number>): string {
  const evidence = [
    "GET of the vault answers",
    ...[...returned].map(([action, n]) => `${n} ${words[action] ?? action}`),
  ];
  const outcome: Outcome = { kind: "recovered", evidence, notShown: [] };
  engine.conclude(outcome);
  return evidence.join("; ");
}
