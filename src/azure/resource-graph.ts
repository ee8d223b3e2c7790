// Azure Resource Graph, which alone lists what deleted Recovery Services vaults held. It lags by minutes: what it says is told
// to people, and proves nothing.

import { AzureError } from "../model/azure-error.ts";
import type { ArmResource } from "../model/ports.ts";
import { asResource, queryRaw } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { pagedEntries } from "./pages.ts";

const version = "2024-04-01";

/** Documented: more are not given at once. */
const rowsOfPage = 1000;

/** A hundred thousand items: a longer list leads nowhere that anybody would read. */
const mostPages = 100;

const heldItems =
  "microsoft.recoveryservices/locations/deletedvaults/backupfabrics/protectioncontainers/protecteditems";

/**
 * The items of every deleted Recovery Services vault of the subscription, or of the one of that name, over all pages, each
 * with an id below its deleted vault (recorded: azcli2025p__test_vault_soft_delete_with_items_middle). Throws AzureError,
 * also where the list does not come whole.
 */
export async function itemsOfDeletedVaults(
  clients: Clients,
  subscription: string,
  deletedVault?: string,
): Promise<readonly ArmResource[]> {
  const query = queryFor(deletedVault);
  const found = pagedEntries(asResource);
  let token: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const options = {
      resultFormat: "objectArray",
      $top: rowsOfPage,
      ...(token === undefined ? {} : { $skipToken: token }),
    };
    const path = `/providers/Microsoft.ResourceGraph/resources?api-version=${version}`;
    const answer = await queryRaw(clients, path, { subscriptions: [subscription], query, options });
    found.take(rowsIn(answer));
    const next = answer["$skipToken"];
    if (typeof next !== "string" || next === "") {
      if (answer["resultTruncated"] === "true") throw notWhole("the list is cut and cannot be continued");
      return found.all();
    }
    token = next;
  }
  throw notWhole(`the list is longer than ${mostPages * rowsOfPage} items`);
}

function queryFor(deletedVault: string | undefined): string {
  return [
    "recoveryservicesresources",
    `where type =~ '${heldItems}'`,
    ...(deletedVault === undefined ? [] : [`where tostring(id) contains ${quoted(deletedVault)}`]),
    "project id, name, properties",
  ].join(" | ");
}

/** A text of the query language: a name must not end it. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function rowsIn({ data }: Record<string, unknown>): readonly object[] {
  if (!Array.isArray(data)) throw notWhole("the answer holds no rows");
  return data.filter(
    (row: unknown) => typeof row === "object" && row !== null && "id" in row && typeof row.id === "string",
  );
}

function notWhole(message: string): AzureError {
  return new AzureError({ status: 0, code: "IncompleteList", message });
}
