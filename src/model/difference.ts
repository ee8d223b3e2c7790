// In what a vault differs from what was planned. Types only.

import type { ArmId } from "./arm-id.ts";

export type Difference = {
  /** back: removed by a run, and there again. */
  readonly change: "new" | "gone" | "changed" | "back";
  readonly kind: string;
  readonly name: string;
  readonly id: ArmId;
  /** The state before and after, where there is one. */
  readonly was?: string;
  readonly is?: string;
};
