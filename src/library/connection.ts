// How the library comes to Azure, or to an emulator on this machine: by the same way as the commands.

import { clouds } from "../azure/clouds.ts";
import { openSession, type Session } from "../cli/wire.ts";
import type { ConnectionOptions } from "./options.ts";
import { TeardownError } from "./teardown-error.ts";

/** Throws UserError and TeardownError for what cannot be. */
export function openConnection(cloud: string, options: ConnectionOptions): Promise<Session> {
  if (!Object.hasOwn(clouds, cloud))
    throw new TeardownError(
      { code: "invalid-argument" },
      `cloud ${cloud} is not one of ${Object.keys(clouds).join(", ")}`,
    );
  const { endpoint, guardTenant, credential } = options;
  return openSession({ cloud, endpoint, guardTenant, credential }, () => undefined);
}
