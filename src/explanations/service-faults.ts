// What Azure says where it failed itself: mostly while an operation is polled, and mostly gone at the next poll. Data.

import type { Explanation } from "./explanation.ts";

const again =
  "vault-teardown apply --vault <vault> again: it looks what became of the operation before it writes anything";
const health = "https://learn.microsoft.com/azure/service-health/overview";
const support = "if it stays for hours: open a support request with the correlation id of the answer";

export const serviceFaults: readonly Explanation[] = [
  {
    codes: ["CloudInternalError"],
    phrases: ["microsoft azure backup encountered an internal error"],
    title: "Azure Backup failed inside",
    meaning:
      "as an answer to a poll it says nothing about the operation, which goes on: the next poll succeeds. As the error of a failed operation it is the operation's end",
    who: "nobody: ask again in some minutes; then Microsoft support",
    todo: [again, support],
    links: [health],
    grade: "recorded",
    source:
      "about ninety recorded answers, most of them to looking for restorable times, the others to polls and reads; terraform-provider-azurerm 20153",
  },
  {
    codes: ["RestApiInternalError"],
    phrases: ["the rest api call encountered an internal error"],
    title: "the front of Azure Backup failed on this one call",
    meaning: "recorded of lists, polls, PUTs and DELETEs; whether a write had its effect, only reading it back tells",
    who: "nobody: ask again in some minutes; then Microsoft support",
    todo: [again, support],
    links: [health],
    grade: "recorded",
    source: "about eighty recorded answers",
  },
  {
    codes: ["InternalServerError", "Http500"],
    phrases: ["encountered internal server error. diagnostic information"],
    title: "something in Azure failed on this request",
    meaning: "whether a write had its effect, only reading it back tells. The tracking id in it is the correlation id",
    who: "nobody: ask again in some minutes; then Microsoft support",
    todo: [again, support],
    links: [health],
    grade: "recorded",
    source: "recorded answers of 2023",
    general: true,
  },
  {
    codes: ["CloudStorageUnexpectedError"],
    title: "Azure Backup could not reach its own storage",
    meaning: "recorded once, without a message, when a job was read; the next read succeeded",
    who: "nobody: ask again in some minutes",
    todo: [again, support],
    grade: "recorded",
    source: "one recorded answer to reading a job",
  },
  {
    codes: ["InternalResourceIdentityError"],
    phrases: ["there was a problem communicating with the identity service"],
    title: "Azure could not reach its identity service",
    meaning: "a change of the vault was not made; it is taken later, unchanged",
    who: "nobody: ask again in some minutes",
    todo: [again, support],
    grade: "recorded",
    source: "recorded answers to a PATCH of a vault",
  },
  {
    codes: ["InvalidGatewayHost"],
    phrases: ["host name resolution failed for '*'; cannot fulfill the request"],
    title: "Azure Resource Manager could not find the service behind it",
    meaning: "a fault between parts of Azure; the operation that was polled goes on",
    who: "nobody: ask again in some minutes",
    todo: [again],
    links: [health],
    grade: "recorded",
    source: "seven recorded answers to polls",
  },
  {
    codes: ["BadGateway", "Http502"],
    title: "a gateway on the way got no usable answer from what stands behind it",
    meaning:
      "the front of Azure, or a proxy of your network: a page for people instead of JSON speaks for the proxy. Whether a write had its effect, only reading it back tells",
    who: "nobody: ask again in some minutes; a proxy: whoever keeps this network",
    todo: [again],
    links: [health],
    grade: "documented",
    source: "the meaning of HTTP status 502",
    general: true,
  },
  {
    codes: ["ServerTimeout", "ServiceUnavailable", "Http503"],
    phrases: ["the request timed out. diagnostic information"],
    title: "the service did not answer in time, or takes no requests now",
    meaning: "whether a write had its effect, only reading it back tells",
    who: "nobody: ask again in some minutes",
    todo: [again],
    links: [health],
    grade: "recorded",
    source: "recorded answers to polls",
  },
  {
    codes: ["GatewayTimeout", "Http504"],
    phrases: ["the gateway did not receive a response from '*' within the specified time period"],
    title: "Azure Resource Manager waited in vain for the service behind it",
    meaning:
      "the most frequent fault while polling. Also an answer to PUT and DELETE, of which it does not say whether they were taken: many were",
    who: "nobody: ask again in some minutes",
    todo: [again],
    links: [health],
    grade: "recorded",
    source: "more than ninety recorded answers",
  },
  {
    codes: ["RequestTimeout", "Http408"],
    title: "the request did not arrive as a whole in time",
    meaning: "a slow or broken connection; whether a write was taken, only reading it back tells",
    who: "you: check the network",
    todo: [again],
    grade: "documented",
    source: "the meaning of HTTP status 408",
    general: true,
  },
];
