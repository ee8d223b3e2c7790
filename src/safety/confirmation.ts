// Destruction is never implicit: whether what a person or a pipeline said fits this very plan.

import type { Plan } from "../model/plan.ts";

/** True when `given` names the plan's vault or the plan itself. Names in Azure are equal without regard to case; ids are not. */
export function confirms(plan: Pick<Plan, "id" | "vault">, given: string): boolean {
  return given === plan.id || given.toLowerCase() === plan.vault.name.toLowerCase();
}
