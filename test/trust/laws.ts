// All laws together: what is broken in a story that was told, in words.

import type { WorldVault } from "../../src/emulator/world.ts";
import { brokenByClaims } from "./laws-of-claims.ts";
import { brokenByEndings } from "./laws-of-endings.ts";
import { brokenByOrder } from "./laws-of-order.ts";
import { brokenByWrites } from "./laws-of-writes.ts";
import { activeItems } from "./standing.ts";
import type { Told } from "./story.ts";

/** Empty when every law holds. */
export function brokenIn(told: Told): readonly string[] {
  return [
    ...brokenByWrites(told),
    ...brokenByOrder(told),
    ...brokenByClaims(told),
    ...brokenByEndings(told),
    ...brokenByTheLast(told),
  ];
}

/** Once no fault is left, the vault goes; but where a classic vault keeps the data of servers, a person is needed. */
function brokenByTheLast({ lives, plans, story }: Told): readonly string[] {
  const end = lives.at(-1)?.result;
  if (end === undefined || end.exitCode === 0) return [];
  const [vault] = story.world.vaults;
  const keepsServers = vault?.regime === "classic" && story.options.strategy === "soft" && holdsServers(vault);
  if (keepsServers && end.exitCode === 3) return [];
  const ends = lives.map(({ result }) => result?.exitCode ?? "killed").join(", ");
  const blockers = plans.at(-1)?.blockers.map(({ code, subject }) => `, ${code} ${subject}`) ?? [];
  return [`the story ends with ${end.exitCode} (${ends})${blockers.join("")}`];
}

function holdsServers(vault: WorldVault): boolean {
  return activeItems(vault).some(({ container }) =>
    /^(Windows|DPMContainer|AzureBackupServerContainer);/iu.test(container),
  );
}
