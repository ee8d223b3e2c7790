// What other tools say when they fail at a vault, without a code of Azure. Data.

import type { Explanation } from "./explanation.ts";

const instead = "vault-teardown plan --vault <vault> needs neither PowerShell nor modules, and shows the codes behind";

export const clientTools: readonly Explanation[] = [
  {
    codes: [],
    phrases: ["operation failed.*clientrequestid:", "operation failed. one or more errors occurred"],
    title: "PowerShell hides what Azure said",
    meaning:
      "Remove-AzRecoveryServicesVault shows its own wrapper: the code and the names stand in the inner errors, and mostly say that the vault is not empty",
    who: "you",
    todo: ["in PowerShell: Resolve-AzError -Last shows the inner errors", instead],
    grade: "reported",
    source: "users' reports: azure-powershell 9291, azure-docs 9553",
  },
  {
    codes: [],
    phrases: ["container not found. please provide a valid container_name"],
    title: "az looked for a container by a name it cut out itself",
    meaning:
      "az backup vault delete --force knows machines of Azure alone and stops at the first container of another sort: a server with the MARS agent, DPM or MABS. The vault is left half emptied",
    who: "you",
    todo: [instead],
    grade: "reported",
    source: "users' reports: azure-cli 7619 and 14776",
  },
  {
    codes: [],
    phrases: ["could not load file or assembly 'microsoft.azure.powershell"],
    title: "two versions of PowerShell modules disagree",
    meaning: "an older AzureRM or Az module is loaded beside the new one; it has nothing to do with the vault",
    who: "whoever keeps that machine or pipeline",
    todo: ["begin a new session and load one version: Get-Module Az* -ListAvailable", instead],
    grade: "reported",
    source: "users' reports: azure-powershell 12230 and 12468",
  },
  {
    codes: [],
    phrases: ["get-azaccesstoken*securestring", "system.security.securestring"],
    title: "a script takes the access token for text, and it is a SecureString now",
    meaning:
      "newer Az modules give the token as a SecureString; scripts that put it into a header send the name of the type, and Azure answers 401",
    who: "whoever keeps that script",
    todo: [instead],
    links: ["https://github.com/Azure/azure-powershell/issues/27882"],
    grade: "reported",
    source: "users' reports: azure-powershell 27882",
  },
  {
    codes: [],
    phrases: [
      "delet*context deadline exceeded",
      "recovery*context deadline exceeded",
      "polling the deletion*timed out",
      "timeout while waiting for state to become 'deleted'",
    ],
    title: "the tool stopped waiting, Azure may go on",
    meaning:
      "old providers wait for an item to vanish that became soft-deleted instead and never will, or were throttled for too long. What Azure did meanwhile, they do not know",
    who: "you: look before you write",
    todo: ["vault-teardown plan --vault <vault> shows what stands, soft-deleted items as such", instead],
    grade: "reported",
    source: "users' reports: terraform-provider-azurerm 4276, 15438 and 15737",
  },
];
