// What this tool itself calls a failed step or request, where no code of Azure says it. Data.

import type { Explanation } from "./explanation.ts";

const again = "vault-teardown apply --vault <vault> again: it looks before it writes";
const planAgain =
  "vault-teardown plan --vault <vault>, then vault-teardown apply --vault <vault> --fresh with the new plan";
const own = { grade: "own", source: "this tool's own word" } as const;

export const ownFailures: readonly Explanation[] = [
  {
    codes: ["NotVerified"],
    title: "Azure took the change, and it cannot be seen",
    meaning:
      "the write was accepted, perhaps its operation even succeeded, but reading the thing back did not show the change in time. Accepted is not done: the step is not called done",
    who: "nobody: wait some minutes; then you",
    todo: [again],
    ...own,
  },
  {
    codes: ["OperationDidNotEnd"],
    title: "the operation at Azure outlasted the time one waits for it",
    meaning: "it may still be running, and is asked about first when the run goes on",
    who: "nobody: wait",
    todo: [again],
    ...own,
  },
  {
    codes: ["JobStillRunning"],
    title: "a job that has to end first is still running",
    meaning: "backups that copy data cannot be cancelled; the run ends as waiting, and goes on later",
    who: "nobody: wait until the job has ended",
    todo: [
      "az backup job list --vault-name <vault> --resource-group <group> --status InProgress shows what runs",
      again,
    ],
    ...own,
  },
  {
    codes: ["ContradictsPlan"],
    title: "what was found after the step is not what the plan had said",
    meaning:
      "for example something is gone for good that was to be soft-deleted: the run stops before it does more of it",
    who: "you: read what was found, and decide",
    todo: [planAgain],
    ...own,
  },
  {
    codes: ["NotPlanned"],
    title: "something stands in the vault that the plan does not know",
    meaning:
      "it came after the plan was made. Either it would have gone along with the step unseen, or it is what holds the step up: so it is named instead of touched",
    who: "you: decide what becomes of it",
    todo: [planAgain],
    ...own,
  },
  {
    codes: ["VaultNotEmpty"],
    title: "right before the vault's deletion, something stood in it",
    meaning: "everything was listed once more, and the message names what was found. The vault was not touched",
    who: "you: decide what becomes of it",
    todo: [planAgain],
    ...own,
  },
  {
    codes: ["VaultStillThere"],
    title: "the vault was deleted, and Azure still answers for it",
    meaning: "the deletion may need some more minutes, or was undone",
    who: "nobody: wait some minutes",
    todo: [again],
    ...own,
  },
  {
    codes: ["VaultStillListed"],
    title: "the vault is gone, but its resource group still lists it",
    meaning: "the list lags behind. Deleting the group fails as long as it does, so the run does not call it done",
    who: "nobody: wait some minutes, and leave the group alone until then",
    todo: [again],
    links: ["https://github.com/Azure/azure-rest-api-specs/issues/38962"],
    ...own,
  },
  {
    codes: ["VaultStillDeleted"],
    title: "a vault stands under the name, and Azure still lists the deleted one",
    meaning: "the list may lag, or the vault that stands is another with the same name",
    who: "you: look whether it holds what was to return",
    todo: ["vault-teardown deleted lists deleted vaults", "vault-teardown recover --vault <vault> again"],
    ...own,
  },
  {
    codes: ["NotRecovered"],
    title: "not everything that was to return is listed",
    meaning: "the message names what is missing; the rest is back",
    who: "nobody: wait some minutes; then you",
    todo: ["vault-teardown recover --vault <vault> again: it looks before it writes"],
    ...own,
  },
  {
    codes: ["Failed", "Canceled", "Cancelled"],
    title: "the operation at Azure ended without success and without a code",
    meaning: "its status is all it said. The job of the operation, in the portal, may say more",
    who: "you",
    todo: [
      again,
      "az backup job list --vault-name <vault> --resource-group <group> --status Failed shows the jobs behind",
    ],
    ...own,
    general: true,
  },
  {
    codes: ["NoAnswer", "NoAnswerInTime"],
    title: "no answer came",
    meaning: "whether a write reached Azure nobody can tell from here: it is looked for before it is sent again",
    who: "nobody: it is tried again; then you",
    todo: ["check the network", again],
    ...own,
  },
  {
    codes: ["UnreadableAnswer", "PARSE_ERROR"],
    title: "something answered, but not as Azure does",
    meaning:
      "a page for people instead of JSON, or a body cut off: a proxy or the sign-in page of a network stands in between. Nobody can tell whether the request reached Azure",
    who: "you, or whoever keeps this network",
    todo: ["open https://portal.azure.com in a browser on this network, or check HTTPS_PROXY", again],
    ...own,
  },
  {
    codes: ["IncompleteList", "EndlessList"],
    title: "a list of Azure could not be read to its end",
    meaning:
      "pages that bring nothing new, or that break off. A list that is not whole proves nothing, so it is not used",
    who: "nobody: try again; then Microsoft support",
    todo: [again],
    ...own,
  },
  {
    codes: ["ForeignHost", "Redirected"],
    title: "an answer points to a host that is not the cloud's",
    meaning:
      "it was not followed, and no token was sent there. Behind it is a proxy, a wrong --cloud or --endpoint, or worse",
    who: "you, or whoever keeps this network",
    todo: ["check --cloud, --endpoint and the proxy", again],
    ...own,
  },
  {
    codes: ["ForeignTarget"],
    title: "a write named something outside the vault, and was not sent",
    meaning: "a plan that was changed by hand, or an answer that lied. Nothing was touched",
    who: "you: look where that plan comes from",
    todo: [planAgain],
    ...own,
  },
  {
    codes: ["UnusableName"],
    title: "a name at Azure of which no address can be made",
    meaning: "it holds half a character; nothing was sent. Only Microsoft can remove such a thing",
    who: "Microsoft support",
    todo: ["open a support request with the id of the resource"],
    links: ["https://learn.microsoft.com/azure/azure-portal/supportability/how-to-create-azure-support-request"],
    ...own,
  },
  {
    codes: ["NotSent"],
    title: "the run was stopped before this request was sent",
    meaning: "it had no effect, and is sent when the run goes on",
    who: "you",
    todo: [again],
    ...own,
  },
];
