// Who asks: the SDK's default chain for Azure, a fixed stand-in for an emulator. Tokens never leave the SDK's pipeline.

import type { TokenCredential } from "@azure/identity";
import type { Cloud } from "./clouds.ts";

/** The chain of the Azure SDK: environment, workload and managed identity, az, azd, PowerShell. Loaded when needed. */
export async function azureCredential(cloud: Cloud): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import("@azure/identity");
  return new DefaultAzureCredential({ authorityHost: cloud.authorityHost });
}

/** An emulator asks for no credential; the SDK clients do. This one opens nothing anywhere. */
export function emulatorCredential(): TokenCredential {
  const oneDay = 86_400_000;
  return { getToken: async () => ({ token: "emulator", expiresOnTimestamp: Date.now() + oneDay }) };
}
