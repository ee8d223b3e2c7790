// Lists of what stays behind a vault: nothing of it is in the way, so one that is refused is told of and is no gap.

import { AzureError } from "../model/azure-error.ts";
import type { ArmId } from "../model/arm-id.ts";
import type { Leftover } from "../model/resource.ts";

/** What was listed; a refusal becomes a leftover of its own. `where`: the scope in words. Throws AzureError where nobody is signed in. */
export async function orUnreadable(
  where: string,
  scope: ArmId,
  what: string,
  list: () => Promise<readonly Leftover[]>,
): Promise<readonly Leftover[]> {
  try {
    return await list();
  } catch (error) {
    if (!(error instanceof AzureError) || error.status === 401) throw error;
    const why = `could not be listed in ${where}: ${error.code}: ${error.message}`;
    return [{ kind: "leftover", id: scope, name: what, state: "unreadable", what: `${what} ${why}` }];
  }
}
