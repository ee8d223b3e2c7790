// Which permissions a plan needs, for people.

import type { Plan } from "../model/plan.ts";
import type { TitledLines } from "./words.ts";

/** What is missing comes first; what was not checked is named, so that nobody takes silence for a yes. */
export function permissionSections({
  needed,
  missing,
  checked,
  byScope,
  grants,
}: Plan["permissions"]): readonly TitledLines[] {
  const lacking = byScope.flatMap((entry) => entry.missing.map((action) => `${action} at ${entry.scope}`));
  const unchecked = byScope.filter((entry) => !entry.checked).map((entry) => entry.scope);
  const title = checked
    ? `permissions the steps need, on top of Reader (checked: you ${missing.length === 0 ? "have them all" : "lack some"})`
    : "permissions the steps need, on top of Reader (not checked against your account)";
  return [
    { title: "permissions you lack", lines: lacking },
    { title: "permissions not checked at", lines: grants.length === 0 ? [] : unchecked },
    { title, lines: needed },
  ];
}
