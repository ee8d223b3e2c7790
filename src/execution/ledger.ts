// Where a run stands, kept up to date event by event: one mark for each step, and no event. It must not read or write anything.

import type { RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import { undoingLedger, type UndoingLedger } from "../model/undoing.ts";
import { openReplay, type Replay, type RunState } from "./replay.ts";
import { vaultDeletionWatch, type VaultDeletionWatch } from "./vault-deletion.ts";

/** A deletion may be dated before its answer left. */
const slownessMilliseconds = 60_000;

/** This machine's clock and Azure's may differ by so much. */
const clockSkewMilliseconds = 10 * 60_000;

export class Ledger {
  readonly #replay: Replay;
  readonly #undoing: UndoingLedger;
  readonly #deletion: VaultDeletionWatch;
  /** What was last heard of steps that others undo. */
  readonly #lastHeard = new Map<string, RunEvent["type"] | undefined>();
  #startedAt: number | undefined;

  constructor(plan: Pick<Plan, "steps">) {
    this.#replay = openReplay(plan.steps);
    this.#undoing = undoingLedger(plan.steps);
    this.#deletion = vaultDeletionWatch(plan);
    for (const { undoes } of plan.steps) if (undoes !== undefined) this.#lastHeard.set(undoes, undefined);
  }

  /** `at`: when it happened, ISO time or epoch milliseconds. */
  take(event: RunEvent, at: string | number): void {
    this.#startedAt ??= new Date(at).getTime();
    this.#replay.take(event);
    this.#undoing.take(event);
    this.#deletion.take(event);
    if ("step" in event && this.#lastHeard.has(event.step)) this.#lastHeard.set(event.step, event.type);
  }

  get state(): RunState {
    return this.#replay.state();
  }

  isVerified(id: string): boolean {
    return this.state.steps.get(id)?.state === "verified";
  }

  /**
   * Epoch milliseconds: what Azure calls deleted before then was not deleted by this run. By Azure's clock where it has told
   * when it accepted the deletion; else by this machine's, which may be a little ahead.
   */
  get vaultDeletedSince(): number {
    const accepted = this.#deletion.acceptedAt();
    if (accepted !== undefined) return Date.parse(accepted) - slownessMilliseconds;
    return (this.#startedAt ?? 0) - clockSkewMilliseconds;
  }

  /** The steps that undo others and have to be done now, in the order of the plan. */
  get due(): readonly Step[] {
    return this.#undoing.due();
  }

  get isVaultDeletionUnderWay(): boolean {
    return this.#deletion.isUnderWay();
  }

  /** Whether the step that this one undoes was sent, or was about to be, and nothing was heard of it since. */
  isUnanswered({ undoes }: Pick<Step, "undoes">): boolean {
    return undoes !== undefined && this.#lastHeard.get(undoes) === "step-intended";
  }
}
