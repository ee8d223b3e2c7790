// What this tool and Azure say where it is not clear who is asking. Data.

import type { Explanation } from "./explanation.ts";

const identity = "https://learn.microsoft.com/azure/developer/javascript/sdk/authentication/overview";

export const signIn: readonly Explanation[] = [
  {
    codes: ["NoCredential"],
    title: "nothing to sign in with was found, or signing in failed",
    meaning:
      "the environment, a workload or managed identity and the Azure CLI were asked in turn, and none gave a token; the message has the reason of each. Nothing was sent to Azure",
    who: "you",
    todo: [
      "at a terminal: az login, then the same command",
      "in a pipeline: set AZURE_CLIENT_ID, AZURE_TENANT_ID and a secret, certificate or federated token",
      "guard in another tenant: az login --tenant <tenant id> as an account that is known there",
    ],
    links: [identity],
    grade: "own",
    source: "this tool's own word",
  },
  {
    codes: ["ExpiredAuthenticationToken"],
    phrases: ["the access token expiry utc time '*' is earlier than current utc time"],
    title: "the access token has run out",
    meaning:
      "tokens live about an hour and are renewed by the tool; where that failed, or the clock of this machine is wrong, Azure answers so. What was done is in the journal",
    who: "you",
    todo: [
      "az login again; check this machine's clock",
      "vault-teardown apply --vault <vault> goes on where it stopped",
    ],
    grade: "reported",
    source: "users' reports: terraform-provider-azurerm 20867",
  },
  {
    codes: ["InvalidAuthenticationTokenTenant"],
    phrases: ["the access token is from the wrong issuer"],
    title: "the token is of another tenant than the subscription",
    meaning: "the account is signed in elsewhere, or the vault's resource guard lies in a tenant of its own",
    who: "you",
    todo: [
      "az login --tenant <tenant id of the subscription>",
      "of a guard: --guard-tenant <tenant id>, as in vault-teardown apply --vault <vault> --guard-tenant <tenant id>",
    ],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Manager; the text is the emulator's",
  },
  {
    codes: ["InvalidAuthenticationToken", "AuthenticationFailed", "InvalidAuthenticationInfo", "Http401"],
    phrases: ["the access token is invalid", "authentication failed. the 'authorization' header is"],
    title: "Azure does not accept the token",
    meaning:
      "it is of another cloud, damaged, or no token at all: a SecureString that a script put in as if it were text reads so, too",
    who: "you",
    todo: [
      "az login again",
      "sovereign clouds: --cloud usgov or --cloud china, as in vault-teardown plan --vault <vault> --cloud china",
    ],
    links: [identity],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Manager",
  },
];
