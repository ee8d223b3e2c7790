// What Azure says where too much was asked in too short a time. Data.

import type { Explanation } from "./explanation.ts";

const limits = "https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling";
const again = "vault-teardown apply --vault <vault> waits as long as Azure says, and goes on where it stopped";

export const throttlingAndLimits: readonly Explanation[] = [
  {
    codes: ["ResourceRequestsThrottled"],
    phrases: ["number of requests for action '*' exceeded the limit of '*' for time interval"],
    title: "too many requests of one kind within the hour",
    meaning:
      "the limit counts for the action that is named (150 an hour for reading jobs, as recorded) and for everybody who asks in that subscription. The seconds to wait stand in the message",
    who: "nobody: wait as long as it says",
    todo: [
      again,
      "fewer at a time: vault-teardown apply --vault <vault> --concurrency 4; stop other tools that poll this vault",
    ],
    links: [limits],
    grade: "recorded",
    source: "16 recorded answers to polls of backup jobs",
  },
  {
    codes: ["SubscriptionRequestsThrottled"],
    phrases: ["requests for subscription '*' actor '*' exceeded. please try again after"],
    title: "you have used up your requests for this subscription, for now",
    meaning:
      "Azure Resource Manager refills reads, writes and deletes each second, for each caller; Retry-After says how long to wait",
    who: "nobody: wait as long as it says",
    todo: [again],
    links: [limits, "https://aka.ms/arm-throttling"],
    grade: "reported",
    source: "users' reports: velero 9171; documented limits",
  },
  {
    codes: ["RateLimiting"],
    title: "too many queries of Azure Resource Graph",
    meaning: "each caller has some queries every few seconds; it is only used to list what deleted vaults held",
    who: "nobody: wait some seconds",
    todo: ["vault-teardown deleted again in a minute"],
    links: ["https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests"],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Graph",
  },
  {
    codes: ["TooManyRequests", "Http429"],
    phrases: ["request is temporarily throttled because resource"],
    title: "throttled: ask again later",
    meaning:
      "Azure has refused this kind of request for now. This tool also says so by itself, of requests that it holds back until Azure's time is over",
    who: "nobody: wait",
    todo: [again],
    links: [limits],
    grade: "documented",
    source: "the meaning of HTTP status 429; this tool's own word for what it did not send",
    general: true,
  },
  {
    codes: ["FailedIdentityOperation"],
    phrases: ["identity operation for resource '*' failed with error"],
    title: "the vault's managed identity could not be changed; the reason stands inside the message",
    meaning:
      "Azure Resource Manager passes on what the identity service said. Recorded is 429 inside it: throttled, and gone some minutes later",
    who: "nobody: wait some minutes",
    todo: [again],
    links: [limits],
    grade: "recorded",
    source: "recorded answers to a PUT of a Backup vault",
  },
  {
    codes: ["CloudDosAbsoluteLimitReached"],
    phrases: ["reached the limit on number of operations permitted in 24 hours"],
    title: "this kind of operation is used up for 24 hours",
    meaning: "a protection of the service against floods, counted per vault or subscription; repeating does not help",
    who: "nobody: wait 24 hours. Microsoft support can raise it",
    todo: ["vault-teardown apply --vault <vault> tomorrow: it goes on where it stopped"],
    links: ["https://learn.microsoft.com/azure/azure-portal/supportability/how-to-create-azure-support-request"],
    grade: "recorded",
    source: "recorded answers to a PUT of a vault",
  },
  {
    codes: ["CloudDosTimeboudLimitReached"],
    phrases: [
      "operation is blocked for some time as it has been attempted beyond a limit",
      "operation is blocked, as a security precaution, since multiple attempts were made beyond an internal limit",
    ],
    title: "too many attempts of the same operation: blocked for some hours",
    meaning:
      "the misspelling is the service's. It calls itself not retryable, which means: not now. How high the limit is, nobody says",
    who: "nobody: wait some hours",
    todo: ["vault-teardown apply --vault <vault> tomorrow: it goes on where it stopped"],
    grade: "reported",
    source: "users' reports: azure-cli 32441, terraform-provider-azurerm 12617",
  },
];
