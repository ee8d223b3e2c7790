// The SDK clients, each loaded when it is first needed, all with the same pipeline: one retry policy, one host, one transport.

import type { RecoveryServicesClient } from "@azure/arm-recoveryservices";
import type { RecoveryServicesBackupClient } from "@azure/arm-recoveryservicesbackup";
import type { SiteRecoveryManagementClient } from "@azure/arm-recoveryservices-siterecovery";
import type { HttpClient, Pipeline, PipelinePolicy } from "@azure/core-rest-pipeline";
import type { AccessToken, TokenCredential } from "@azure/identity";
import type { ApiVersions } from "../model/api-versions.ts";
import { AzureError } from "../model/azure-error.ts";
import type { Cloud } from "./clouds.ts";
import { noRedirectPolicy, ownHostPolicy } from "./own-host.ts";
import {
  genuineAnswerPolicy,
  refusalTextPolicy,
  transportRetryPolicy,
  type TransportRetryOptions,
} from "./policies.ts";
import type { Verb } from "./request-action.ts";
import type { Turn, TurnOptions } from "./request-budget.ts";
import { restSender, type Send } from "./rest-client.ts";
import { backupSdk, core, replicationSdk, vaultSdk } from "./sdk.ts";
import { tokenRenewalPolicy } from "./token-renewal.ts";

export type ClientSettings = TransportRetryOptions & {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  /** Absent: the SDK's own HTTPS client. */
  readonly transport?: HttpClient;
  readonly apiVersions: ApiVersions;
  /** Signs in to the tenant of the vault's resource guard, where that is another one. */
  readonly guardCredential?: TokenCredential;
  /** Sent as the beginning of the user agent. */
  readonly userAgent: string;
};

export type Clients = {
  readonly cloud: Cloud;
  readonly apiVersions: ApiVersions;
  /** The vault client, on the api-version for reads or for writes. */
  readonly vaults: (subscriptionId: string, use: "reads" | "writes") => Promise<RecoveryServicesClient>;
  readonly backup: (subscriptionId: string) => Promise<RecoveryServicesBackupClient>;
  readonly replication: (subscriptionId: string) => Promise<SiteRecoveryManagementClient>;
  /** A token for the tenant of the vault's resource guard; undefined where none was named. Throws what the credential throws. */
  readonly guardToken: () => Promise<string | undefined>;
  /** One request that no SDK method covers. */
  readonly raw: Send;
  /** One request to Microsoft.DataProtection, for which there is no SDK client. */
  readonly dataProtection: Send;
  /**
   * Waits until Azure's counters let one more such write leave; the most urgent goes first. Throws AzureError once stopped,
   * and what `looking` throws.
   */
  readonly turn: (verb: Verb, subscriptionId: string, of: TurnOptions) => Promise<Turn>;
};

/** One set for a run: they share their policies, and their budget with whoever has the same. Sends nothing by itself. */
export function createClients(settings: ClientSettings): Clients {
  const { cloud, credential, apiVersions } = settings;
  const policies = [
    noRedirectPolicy(),
    transportRetryPolicy(settings),
    refusalTextPolicy(),
    genuineAnswerPolicy(),
    tokenRenewalPolicy(credential, cloud.scope, settings.signal),
  ];
  const common = commonOptions(settings, policies);
  return {
    cloud,
    apiVersions,
    vaults: remembering(async (subscriptionId: string, use: "reads" | "writes") => {
      const { RecoveryServicesClient } = vaultSdk();
      const apiVersion = use === "reads" ? apiVersions.vaultReads : apiVersions.vaultWrites;
      return withoutUnused(
        new RecoveryServicesClient(credential, subscriptionId, {
          ...common,
          apiVersion,
          credentials: { scopes: [cloud.scope] },
        }),
      );
    }),
    backup: remembering(async (subscriptionId: string) => {
      const { RecoveryServicesBackupClient } = backupSdk();
      const options = { ...common, apiVersion: apiVersions.backup, credentialScopes: cloud.scope };
      return withoutUnused(new RecoveryServicesBackupClient(credential, subscriptionId, options));
    }),
    replication: remembering(async (subscriptionId: string) => {
      const { SiteRecoveryManagementClient } = replicationSdk();
      const options = { ...common, apiVersion: apiVersions.replication, credentialScopes: cloud.scope };
      return withoutUnused(new SiteRecoveryManagementClient(credential, subscriptionId, options));
    }),
    guardToken: keepingToken(settings.guardCredential, cloud.scope),
    ...senders(settings, policies),
    turn: async (verb, subscriptionId, of) =>
      settings.budget?.turn({ verb, subscriptionId }, of, settings.signal) ?? turnWithoutBudget(of),
  };
}

/** Where no budget holds anything back. */
async function turnWithoutBudget({ looking }: TurnOptions): Promise<Turn> {
  await looking?.();
  return { use: (work) => work() };
}

/** What every SDK client is made with; its type is the SDKs' own business. */
function commonOptions(settings: ClientSettings, policies: readonly PipelinePolicy[]) {
  return {
    endpoint: settings.cloud.endpoint,
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: settings.userAgent },
    additionalPolicies: [
      { policy: ownHostPolicy(settings.cloud.endpoint), position: "perCall" as const },
      // Inside deserialization, which turns refusals into exceptions, and closest to the wire.
      ...policies.map((policy) => ({ policy, position: "perRetry" as const })),
    ],
    ...(settings.transport === undefined ? {} : { httpClient: settings.transport }),
  };
}

/**
 * Nothing here sends a form or parts, traces, or follows a redirect. To look for a form makes Node load its whole HTTP
 * client, which nothing else here needs; the others cost every request.
 */
function withoutUnused<C extends { readonly pipeline: Pick<Pipeline, "removePolicy"> }>(client: C): C {
  const unused = [core.formDataPolicyName, core.multipartPolicyName, core.tracingPolicyName, core.redirectPolicyName];
  for (const name of unused) client.pipeline.removePolicy({ name });
  return client;
}

/** A token is asked for anew when it has less than this left. */
const tokenMarginMilliseconds = 300_000;

/** The default chain may start a process for every token: one is kept while it lasts. It is shown to nobody but Azure. */
function keepingToken(credential: TokenCredential | undefined, scope: string): Clients["guardToken"] {
  let kept: { readonly token: Promise<AccessToken>; until: number } | undefined;
  return async () => {
    if (credential === undefined) return undefined;
    if (kept === undefined || kept.until < Date.now()) {
      const asked = { token: askFor(credential, scope), until: Number.POSITIVE_INFINITY };
      kept = asked;
      asked.token.then(
        ({ expiresOnTimestamp }) => (asked.until = expiresOnTimestamp - tokenMarginMilliseconds),
        () => (asked.until = 0),
      );
    }
    return (await kept.token).token;
  };
}

async function askFor(credential: TokenCredential, scope: string): Promise<AccessToken> {
  const token = await credential.getToken(scope);
  if (token !== null) return token;
  throw new AzureError({ status: 401, code: "NoCredential", message: "no token for the resource guard's tenant" });
}

/** One client per set of arguments. */
function remembering<A extends readonly string[], C>(
  make: (...parameters: A) => Promise<C>,
): (...parameters: A) => Promise<C> {
  const made = new Map<string, Promise<C>>();
  return (...parameters) => {
    const key = parameters.join(" ");
    const client = made.get(key) ?? make(...parameters);
    made.set(key, client);
    return client;
  };
}

/** Both on one pipeline. */
function senders(
  settings: ClientSettings,
  policies: readonly PipelinePolicy[],
): Pick<Clients, "raw" | "dataProtection"> {
  const { pipeline } = withoutUnused({
    pipeline: core.createPipelineFromOptions({
      retryOptions: { maxRetries: 0 },
      userAgentOptions: { userAgentPrefix: settings.userAgent },
    }),
  });
  pipeline.addPolicy(ownHostPolicy(settings.cloud.endpoint));
  for (const policy of policies) pipeline.addPolicy(policy, { afterPhase: "Sign" });
  pipeline.addPolicy(
    core.bearerTokenAuthenticationPolicy({ credential: settings.credential, scopes: settings.cloud.scope }),
  );
  const client = settings.transport ?? core.createDefaultHttpClient();
  return {
    raw: rawSender(pipeline, client),
    dataProtection: restSender(settings.cloud.endpoint, pipeline, client),
  };
}

function rawSender(pipeline: Pipeline, client: HttpClient): Send {
  return (method, url, body, headers = {}) => {
    const content =
      body === undefined
        ? { headers: core.createHttpHeaders(headers) }
        : {
            body: JSON.stringify(body),
            headers: core.createHttpHeaders({ ...headers, "content-type": "application/json" }),
          };
    return pipeline.sendRequest(client, core.createPipelineRequest({ method, url, ...content }));
  };
}
