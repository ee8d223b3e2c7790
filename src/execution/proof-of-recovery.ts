// The last look of a recovery: the vault stands, and everything that was to return is listed as active. Reads only.

import { registry } from "../dependencies/registry.ts";
import { sameId } from "../model/arm-id.ts";
import type { Outcome } from "../model/event.ts";
import type { Kind } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { pause, Stopped, Unproved, type Engine } from "./engine.ts";
import { judge, refusalOf } from "./look.ts";
import type { Listing } from "./listings.ts";

/** Lists may lag behind (field report: minutes): what looks lost is looked for again. */
const lookAgainDelaysSeconds: readonly number[] = [5, 10, 20, 30, 60];

/** When to look again at a list that still names what was brought back. */
const lookLaterSeconds = 600;

/**
 * Returns the evidence, and concludes the run with it. Throws Unproved naming what did not stay, or that the deleted vault
 * is still one, and AzureError.
 */
export async function proveRecovery(engine: Engine): Promise<string> {
  const everything = await proveAllListed(engine);
  const vault = await proveNoLongerDeleted(engine);
  const evidence = [...everything, ...vault.evidence];
  const outcome: Outcome = { kind: "recovered", evidence, notShown: vault.notShown };
  engine.conclude(outcome);
  return [...evidence, ...vault.notShown.map((line) => `not shown: ${line}`)].join("; ");
}

async function proveAllListed(engine: Engine): Promise<readonly string[]> {
  for (const delay of [...lookAgainDelaysSeconds, undefined]) {
    const { returned, missing } = await lookAtAll(engine);
    if (engine.signal.aborted) throw new Stopped();
    if (missing.length === 0) return evidenceOf(returned);
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
  return [];
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

function evidenceOf(returned: ReadonlyMap<Step["action"], number>): readonly string[] {
  return ["GET of the vault answers", ...[...returned].map(([action, n]) => `${n} ${words[action] ?? action}`)];
}

/**
 * A vault that stands under the name of a deleted one may be another: then Azure goes on listing the deleted one. The list
 * may also lag, for how long is not known.
 */
async function proveNoLongerDeleted(engine: Engine): Promise<Pick<Outcome, "evidence" | "notShown">> {
  const { vault, recovery } = engine.plan;
  const deleted = recovery?.deletedVault;
  if (deleted === undefined) return { evidence: [], notShown: [] };
  const where = `deleted vaults of ${vault.location}`;
  for (const delay of [...lookAgainDelaysSeconds, undefined]) {
    try {
      const listed = await engine.reader.deletedVaults(vault.location);
      if (!listed.some(({ id }) => sameId(id, deleted.id)))
        return { evidence: [`${where} no longer name it`], notShown: [] };
    } catch (error) {
      return { evidence: [], notShown: [`${where}: ${refusalOf(engine, error)}`] };
    }
    if (delay !== undefined) await pause(engine, delay);
  }
  throw new Unproved({
    disposition: "waiting",
    code: "VaultStillDeleted",
    retryAfterSeconds: lookLaterSeconds,
    message: `${where} still name ${deleted.id}, and a vault stands under its name: it may be another one`,
    remedy:
      "look whether that vault holds what was to return; if it is another, delete or move it. then run the same command again",
  });
}
