// Who asks: the SDK's default chain for Azure, a fixed stand-in for an emulator. Tokens never leave the SDK's pipeline.

import type { TokenCredential } from "@azure/identity";
import type { Cloud } from "./clouds.ts";
import { identitySdk } from "./sdk.ts";

export type { TokenCredential } from "@azure/identity";

/** The chain of the Azure SDK: environment, workload and managed identity, az, azd, PowerShell. Loaded when needed. */
export async function azureCredential(cloud: Cloud): Promise<TokenCredential> {
  const { DefaultAzureCredential } = identitySdk();
  return new DefaultAzureCredential({ authorityHost: cloud.authorityHost });
}

/** The same chain, signed in to one tenant: that of a resource guard, for the second token of guarded writes. */
export async function azureTenantCredential(cloud: Cloud, tenantId: string): Promise<TokenCredential> {
  const { DefaultAzureCredential } = identitySdk();
  const chain = new DefaultAzureCredential({
    authorityHost: cloud.authorityHost,
    tenantId,
    additionallyAllowedTenants: [tenantId],
  });
  return inTenant(chain, tenantId);
}

/** The same credential, asked for tokens of one tenant only: it must be able to sign in there. */
export function inTenant(credential: TokenCredential, tenantId: string): TokenCredential {
  return { getToken: (scopes, options) => credential.getToken(scopes, { ...options, tenantId }) };
}

/** An emulator asks for no credential; the SDK clients do. Its tokens open nothing anywhere. */
export function emulatorCredential(tenant?: string): TokenCredential {
  const oneDay = 86_400_000;
  let issued = 0;
  const next = (): string => (tenant === undefined ? `emulator-${++issued}` : `emulator:${tenant}`);
  return { getToken: async () => ({ token: next(), expiresOnTimestamp: Date.now() + oneDay }) };
}
