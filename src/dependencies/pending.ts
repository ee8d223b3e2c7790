// A stand-in for a kind whose rule is being written. Removed when the last one is.

import type { Kind } from "../model/resource.ts";
import { type Dependency, nothingToProve } from "./dependency.ts";

export function pending<K extends Kind>(kind: K): Dependency<K> {
  return {
    kind,
    rule: "its rule is being written and has no source yet",
    list: async () => [],
    contribute: () => ({}),
    prove: nothingToProve,
  };
}
