// The states of steps and their marks: a word and a sign for each, so that no colour has to be told apart. It decides nothing.

import type { Step } from "../../model/step.ts";
import type { StepState } from "../step-graph.ts";
import { markup, type Html } from "./html-text.ts";

/** In the order in which people want to hear of them. */
export const stepStates: readonly StepState[] = ["failed", "skipped", "intended", "accepted", "pending", "verified"];

export const stateSigns: Readonly<Record<StepState, string>> = {
  failed: "✗",
  skipped: "–",
  intended: "…",
  accepted: "…",
  pending: "○",
  verified: "✓",
};

export type Mark = "irreversible" | "weakens" | "consent" | "guarded" | "undoes";

export const markWords: Readonly<Record<Mark, string>> = {
  irreversible: "irreversible",
  weakens: "weakens a protection",
  consent: "allowed by --allow",
  guarded: "guarded",
  undoes: "puts something back",
};

export function marksOf(step: Step): readonly Mark[] {
  const has: Readonly<Record<Mark, boolean>> = {
    irreversible: step.irreversible,
    weakens: step.weakens !== undefined,
    consent: step.consent !== undefined,
    guarded: step.guarded !== undefined,
    undoes: step.undoes !== undefined,
  };
  return marks.filter((mark) => has[mark]);
}

export const marks: readonly Mark[] = ["irreversible", "weakens", "consent", "guarded", "undoes"];

export function stateBadge(state: StepState): Html {
  return markup`<span class="state ${state}">${stateSigns[state]} ${state}</span>`;
}

export function markBadge(mark: Mark): Html {
  return markup`<span class="mark ${mark}">${markWords[mark]}</span>`;
}
