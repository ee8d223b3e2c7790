// Steps that write nothing, or were written by an earlier process: no event tells when they begin, for there is no write to
// announce. They begin when all that they wait for has ended, as a job that is waited for, or the proof at the end.

import type { Step } from "../../model/step.ts";

export class SilentSteps {
  readonly #steps: readonly Step[];
  /** By the id of a step, those that wait for it. */
  readonly #waiting = new Map<string, Step[]>();
  readonly #doubted = new Set<string>();
  /** By the id of a step, the ids of what it still waits for. */
  readonly #awaited: ReadonlyMap<string, Set<string>>;

  /** `steps`: all of a plan. */
  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.#awaited = new Map(this.#steps.map(({ id, after }) => [id, new Set(after)]));
    for (const step of this.#steps)
      for (const id of step.after) {
        const waiting = this.#waiting.get(id) ?? [];
        this.#waiting.set(id, waiting);
        waiting.push(step);
      }
  }

  /** Told how a step stands now. */
  moved({ id }: Step, { isVerified, hasEnded }: { readonly isVerified: boolean; readonly hasEnded: boolean }): void {
    for (const step of this.#waiting.get(id) ?? []) {
      const goesOn = isVerified || (hasEnded && (step.undoes !== undefined || step.despite?.includes(id) === true));
      const awaited = this.#awaited.get(step.id);
      if (goesOn) awaited?.delete(id);
      else awaited?.add(id);
    }
  }

  /** Told of a step that an earlier process wrote: it is looked at first, and no event tells of that. */
  doubt({ id }: Step): void {
    this.#doubted.add(id);
  }

  /** Those that wait for nothing any more: of all, or of those that waited for one step. */
  ready(after?: Step): readonly Step[] {
    const steps = after === undefined ? this.#steps : (this.#waiting.get(after.id) ?? []);
    const isSilent = ({ id, request }: Step): boolean => request === undefined || this.#doubted.has(id);
    return steps.filter((step) => isSilent(step) && this.#awaited.get(step.id)?.size === 0);
  }
}
