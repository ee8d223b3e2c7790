// The locks a plan takes away and puts back: nothing else of the kind may be written while it is carried out.

import type { ArmId } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";

export function lockIds(plan: Pick<Plan, "steps">): readonly ArmId[] {
  return plan.steps.flatMap(({ request }) =>
    request?.write === "remove-lock" || request?.write === "restore-lock" ? [request.lock] : [],
  );
}
