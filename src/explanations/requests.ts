// What Azure Resource Manager says of a request that names what is not there, or is not written as it must be. Data.

import type { Explanation } from "./explanation.ts";

const armDocs = "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors";
const report = "of a request of this tool: run again with --debug and report it";

export const requests: readonly Explanation[] = [
  {
    codes: ["ResourceNotFound"],
    phrases: ["the resource '*' under resource group '*' was not found"],
    title: "Azure Resource Manager has no such resource",
    meaning:
      "after a deletion it is what one hopes for; while the deletion of a vault is polled it is its usual end, for the operation's address lies under the vault. Otherwise the name, the group or the subscription is wrong",
    who: "nobody, where it was to go; else you",
    todo: [
      "vault-teardown deleted lists vaults that were deleted and can be brought back",
      "az resource list --name <name> shows whether it lies elsewhere",
    ],
    links: ["https://aka.ms/ARMResourceNotFoundFix"],
    grade: "recorded",
    source: "more than 300 recorded answers",
  },
  {
    codes: ["NotFound", "Http404"],
    title: "not there",
    meaning:
      "what was named does not exist, or not any more. Where a more exact code stands beside it, that one says what",
    who: "nobody, where it was to go; else you",
    todo: ["vault-teardown plan --vault <vault> shows what stands in the vault now"],
    grade: "recorded",
    source: "recorded of Site Recovery; the meaning of HTTP status 404",
    general: true,
  },
  {
    codes: ["ResourceGroupNotFound"],
    phrases: ["resource group '*' could not be found"],
    title: "the resource group does not exist in this subscription",
    meaning:
      "it was deleted, or you are signed in to another subscription. A deleted vault returns only into a group that stands",
    who: "you",
    todo: [
      "check --resource-group and --subscription: az group list --output table",
      "to recover: az group create --name <group> --location <location>, then vault-teardown recover --vault <vault>",
    ],
    grade: "recorded",
    source: "a recorded answer",
  },
  {
    codes: ["SubscriptionNotFound"],
    phrases: ["the subscription '*' could not be found"],
    title: "the subscription does not exist, or the account you are signed in with does not see it",
    meaning: "mostly a wrong id, or an account of another tenant",
    who: "you",
    todo: [
      "az account list --output table shows the ones you see",
      "az login --tenant <tenant id>, or --subscription <id>",
    ],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Manager",
  },
  {
    codes: ["MissingSubscriptionRegistration"],
    phrases: ["the subscription is not registered to use namespace"],
    title: "the subscription has never used this service",
    meaning: "its resource provider is not registered there, so there is nothing of it either",
    who: "an owner or contributor of the subscription",
    todo: ["az provider register --namespace Microsoft.RecoveryServices (or the namespace that is named)"],
    links: ["https://aka.ms/rps-not-found"],
    grade: "recorded",
    source: "a recorded answer to a PUT of a vault",
  },
  {
    codes: ["NoRegisteredProviderFound"],
    phrases: ["no registered resource provider found for location"],
    title: "this location, or this api-version there, does not know that sort of resource",
    meaning: "asked for deleted vaults it means: this region has no such list (yet), so none can be listed there",
    who: "nobody: the region cannot do it yet",
    todo: ["vault-teardown deleted says which locations have no list"],
    links: [armDocs],
    grade: "reported",
    source: "a field report of a clean-up script",
  },
  {
    codes: ["MissingApiVersionParameter", "InvalidApiVersionParameter"],
    title: "the request has no api-version, or one that Azure does not know",
    meaning: "a client that is too new or too old for this cloud, or a hand-made request",
    who: "you, or whoever made the tool that asked",
    todo: ["sovereign clouds lag behind: check --cloud", report],
    links: [armDocs],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Manager",
  },
  {
    codes: ["InvalidResourceType", "MethodNotAllowed", "Http405", "NotImplemented", "Http501"],
    title: "Azure knows no such resource at this address, or not this verb for it",
    meaning:
      "a hand-made request, or a client that fits another api-version. The emulator answers so what it does not play",
    who: "whoever made the tool that asked",
    todo: [report],
    links: [armDocs],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Manager",
  },
  {
    codes: ["BadRequest", "Http400", "InvalidRequestContent"],
    title: "the request was not understood or not accepted",
    meaning: "one word for many mistakes: the message, or a code further inside, has to say which",
    who: "you, or whoever made the tool that asked",
    todo: ["vault-teardown explain with the whole answer pasted: it looks for the codes inside", report],
    links: [armDocs],
    grade: "documented",
    source: "the meaning of HTTP status 400",
    general: true,
  },
  {
    codes: ["RequestUriTooLong", "RequestContentTooLarge", "RequestHeaderFieldsTooLarge"],
    title: "the address, the body or the headers are too long for Azure Resource Manager",
    meaning: "names that are far longer than Azure allows, or a body of more than 4 MB",
    who: "whoever made the tool that asked",
    todo: [report],
    grade: "documented",
    source: "Microsoft's documentation of limits",
  },
  {
    codes: ["InvalidQuery", "ParserFailure", "InvalidSkipToken", "InvalidResultFormat", "InvalidScope"],
    title: "Azure Resource Graph did not understand the query",
    meaning: "it is only used to list what deleted vaults held; nothing that stands is touched by it",
    who: "whoever made the tool that asked",
    todo: [report],
    links: ["https://learn.microsoft.com/azure/governance/resource-graph/troubleshoot/general"],
    grade: "documented",
    source: "Microsoft's documentation of Azure Resource Graph; some codes as the emulator plays them",
  },
  {
    codes: ["LockNotFound", "InvalidResourceName"],
    title: "the management lock is gone, or its name is none that Azure takes",
    meaning: "somebody has removed it meanwhile, which leaves nothing to do; or the name has characters Azure refuses",
    who: "you",
    todo: ["az lock list --resource-group <group>", "vault-teardown plan --vault <vault>"],
    grade: "documented",
    source: "Microsoft's documentation of locks",
  },
];
