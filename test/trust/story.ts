// Tells a story: a plan is made, carried out by processes that are cut short while Azure misbehaves, and gone on with until it ends.
// It judges nothing; what happened is in the order in which it happened.

import type { WorldFault } from "../../src/emulator/faults/fault.ts";
import type { World } from "../../src/emulator/world.ts";
import { driftOfRun } from "../../src/cli/drift-of-run.ts";
import { discover } from "../../src/discovery/discover.ts";
import { replay } from "../../src/execution/replay.ts";
import type { RunResult } from "../../src/execution/run.ts";
import { isVaultDeletionUnderWay } from "../../src/execution/vault-deletion.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { RecordedEvent } from "../../src/model/event.ts";
import type { Plan, PlanOptions } from "../../src/model/plan.ts";
import { virtualClock, type VirtualClock } from "../virtual-clock.ts";
import { azureOf, type Azure, type Write } from "./azure.ts";
import { startProcess, type Cut, type Process } from "./life.ts";

export type Story = {
  readonly world: World;
  readonly options: PlanOptions;
  /** They strike once the plan is made, and leave when the last of the cuts is over. */
  readonly faults: readonly WorldFault[];
  readonly cuts: readonly (Cut & Sequel)[];
  /** Seconds by which Azure's clock is ahead of this machine's. */
  readonly azureAhead?: number;
  /** After so many writes somebody protects a machine that no plan knows of; absent: nobody does. */
  readonly newcomerAfter?: number;
};

export type Sequel = {
  /** Seconds until the next process starts. */
  readonly pause: number;
  /** Whether it goes on with the run, at once or after a look at what has changed, or begins anew with a plan of its own. */
  readonly next: "resumed" | "looked-at" | "anew";
};

/** Of a plan, what happened while it was carried out; `world` is how the world was when a step was verified, or the run ended. */
type Moment =
  | { readonly kind: "write"; readonly life: Life; readonly write: Write }
  | { readonly kind: "event"; readonly life: Life; readonly event: RecordedEvent; readonly world?: World };

/** One process of one run. */
export type Life = {
  readonly plan: Plan;
  /** The events of earlier processes of the same run. */
  readonly past: readonly RecordedEvent[];
  readonly cut: Cut | undefined;
  readonly startedAt: number;
  endedAt: number;
  requests: number;
  /** Of these, how many met a fault. */
  faults: number;
  result: RunResult | undefined;
};

export type Told = {
  readonly story: Story;
  readonly plans: readonly Plan[];
  readonly moments: readonly Moment[];
  readonly lives: readonly Life[];
  /** What was found changed, when a run that was cut was looked at again. */
  readonly drift: readonly string[];
  readonly world: World;
};

/** Processes that may follow once nothing is cut and no fault is left: then the story is over. */
const mostToFollow = 4;

export async function tell(story: Story): Promise<Told> {
  const teller = new Teller(story);
  await teller.tell();
  return teller.told();
}

class Teller {
  readonly #story: Story;
  readonly #clock: VirtualClock = virtualClock();
  readonly #azure: Azure;
  readonly #plans: Plan[] = [];
  readonly #moments: Moment[] = [];
  readonly #lives: Life[] = [];
  readonly #drift: string[] = [];
  #life: Life | undefined;
  #writes = 0;
  #hasCome = false;

  constructor(story: Story) {
    this.#story = story;
    const now = (): number => this.#clock.now() + (story.azureAhead ?? 0) * 1000;
    this.#azure = azureOf(story.world, now, (write) => this.#received(write));
  }

  told(): Told {
    return {
      story: this.#story,
      plans: this.#plans,
      moments: this.#moments,
      lives: this.#lives,
      drift: this.#drift,
      world: this.#azure.world(),
    };
  }

  async tell(): Promise<void> {
    let plan = await this.#plan();
    if (plan === undefined || plan.blockers.length > 0) return;
    this.#azure.strike(this.#story.faults);
    let past: readonly RecordedEvent[] = [];
    const cuts = [...this.#story.cuts];
    while (this.#lives.length < this.#story.cuts.length + mostToFollow) {
      const cut = cuts.shift();
      const life = await this.#live(plan, past, cut);
      past = [
        ...past,
        ...this.#moments.flatMap((moment) => (moment.life === life && "event" in moment ? moment.event : [])),
      ];
      if (life.result?.exitCode === 0) return;
      if (cuts.length === 0) this.#azure.heal();
      await this.#pause(life, cut?.pause ?? 60);
      if (cut?.next === "looked-at") await this.#look(plan, past);
      if (life.result?.resumable !== false && (cut?.next !== "anew" || life.result !== undefined)) continue;
      const anew = await this.#planAnew();
      if (anew === undefined || anew.blockers.length > 0) return;
      [plan, past] = [anew, []];
    }
  }

  /** What only a fault blocks is planned once more when it is over. */
  async #planAnew(): Promise<Plan | undefined> {
    try {
      const plan = await this.#plan();
      if (plan === undefined || plan.blockers.length === 0) return plan;
    } catch (error) {
      if (!(error instanceof AzureError)) throw error;
    }
    this.#azure.heal();
    return this.#plan();
  }

  /** Undefined where the vault is gone. */
  async #plan(): Promise<Plan | undefined> {
    const { rehearsal } = this.#process();
    if (this.#azure.world().vaults.length === 0) return undefined;
    const plan = await rehearsal.plan(this.#story.options);
    this.#plans.push(plan);
    return plan;
  }

  /** One that carries nothing out. */
  #process(): Process {
    return startProcess(this.#story.world, { azure: this.#azure, clock: this.#clock, stored: () => undefined });
  }

  async #pause({ result }: Life, seconds: number): Promise<void> {
    // Azure's clock may be behind.
    const until = result?.resumeAfter === undefined ? 0 : Date.parse(result.resumeAfter) + 600_000;
    await this.#clock.sleep(Math.max(seconds * 1000, until - this.#clock.now()));
  }

  async #live(plan: Plan, past: readonly RecordedEvent[], cut: Cut | undefined): Promise<Life> {
    const before = this.#azure.requests().length;
    const life: Life = {
      plan,
      past,
      cut,
      startedAt: this.#clock.now(),
      endedAt: 0,
      requests: 0,
      faults: 0,
      result: undefined,
    };
    this.#life = life;
    this.#lives.push(life);
    const { rehearsal, run } = startProcess(this.#story.world, {
      azure: this.#azure,
      clock: this.#clock,
      stored: (event) => this.#moments.push({ kind: "event", life, event, ...this.#worldAt(event) }),
      cut,
    });
    try {
      const vaultIsGone = (await rehearsal.reader(plan.strategy).vault()) === undefined;
      life.result = await run(plan, past, vaultIsGone);
    } catch (error) {
      // What could not be looked at is not gone on with: the same command has to be given again.
      if (!(error instanceof AzureError)) throw error;
    }
    this.#life = undefined;
    life.endedAt = this.#clock.now();
    const requests = this.#azure.requests().slice(before);
    life.requests = requests.length;
    life.faults = requests.filter(({ fault }) => fault !== undefined).length;
    return life;
  }

  /** As the command line looks before it goes on with a run. What an earlier run is still about to change is none of its own. */
  async #look(plan: Plan, past: readonly RecordedEvent[]): Promise<void> {
    if (this.#plans.length > 1 || isVaultDeletionUnderWay(plan, past) || this.#azure.world().vaults.length === 0)
      return;
    const { rehearsal } = this.#process();
    const { resources, gaps } = await discover(rehearsal.reader(plan.strategy), this.#clock, plan.inventory);
    if (gaps.length > 0) return;
    const drift = driftOfRun(plan, replay(plan.steps, past), resources);
    this.#drift.push(...drift.map(({ change, kind, id }) => `${change} ${kind} ${id}`));
  }

  #worldAt({ type }: RecordedEvent): { readonly world?: World } {
    return type === "step-verified" || type === "run-ended" ? { world: this.#azure.world() } : {};
  }

  /** Nobody comes once the last look at the vault may be under way: while locks return, or the vault goes. */
  #received(write: Write): void {
    if (this.#life !== undefined) this.#moments.push({ kind: "write", life: this.#life, write });
    if (/\/(locks|vaults)\/[^/]+$/u.test(write.path)) return;
    this.#writes += 1;
    if (this.#hasCome || this.#writes < (this.#story.newcomerAfter ?? Infinity)) return;
    this.#hasCome = true;
    this.#azure.protectAnother();
  }
}
