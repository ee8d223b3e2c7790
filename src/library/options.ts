// What a program can ask of the library. Types only.

import type { CloudName } from "../azure/clouds.ts";
import type { TokenCredential } from "../azure/credential.ts";
import type { RecordedEvent } from "../model/event.ts";
import type { Strategy } from "../model/plan.ts";
import type { Consent } from "../model/step.ts";

export type ConnectionOptions = {
  /**
   * Signs in to Azure. Absent: the default chain of `@azure/identity`, as the commands do it. It is never asked where
   * `endpoint` is given.
   */
  readonly credential?: TokenCredential | undefined;
  /** Tenant of the vault's resource guard, where that is another than yours; the credential must be able to sign in to it. */
  readonly guardTenant?: string | undefined;
  /** The address that `vault-teardown emulator` prints, for a rehearsal. Refused where it is none of this machine. */
  readonly endpoint?: string | undefined;
};

export type PlanTeardownOptions = ConnectionOptions & {
  /** The full resource id of a Recovery Services vault or of a Backup vault. */
  readonly vault: string;
  /** Default: `public`. */
  readonly cloud?: CloudName | undefined;
  /** `soft` (default) weakens no protection; `purge` turns soft delete off and deletes for good. */
  readonly strategy?: Strategy | undefined;
  /** What the plan may do that a person must allow by name. Default: nothing. */
  readonly consents?: readonly Consent[] | undefined;
  /** Leaves the private endpoint resources. */
  readonly keepPrivateEndpoints?: boolean | undefined;
  /** Also asks for the recovery points of each item: a request or more for every one. */
  readonly deep?: boolean | undefined;
  /** Ends the looking; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
};

export type RunPlanOptions = ConnectionOptions & {
  /** The plan's id, or the name of its vault: destruction is never implicit. */
  readonly confirm: string;
  /**
   * Where the run is kept, so that it can be continued after anything. Default: as the commands, the environment variable
   * `VAULT_TEARDOWN_STATE_DIR`, else `.vault-teardown` in the working directory.
   */
  readonly stateDir?: string | undefined;
  /** Begins anew where a run of the vault is unfinished, whatever that run owes. */
  readonly fresh?: boolean | undefined;
  /** How many steps run at the same time, where Azure's counters allow more. */
  readonly concurrency?: number | undefined;
  /** Stops the run and saves after so many seconds. */
  readonly maxDurationSeconds?: number | undefined;
  /** Told of every event, which is stored already. If it throws, the run is stopped and saved, and rejects with that. */
  readonly onEvent?: ((event: RecordedEvent) => void) | undefined;
  /** Stops the run as Ctrl-C stops the command: it drains, puts back what must not stay away, saves, and resolves. */
  readonly signal?: AbortSignal | undefined;
};
