// What only the built-in emulator says: where Azure's own word is not known, or about the emulator itself. Data.

import type { Explanation } from "./explanation.ts";

const plan = "vault-teardown plan --vault <vault> shows the order in which they go";
const own = { grade: "own", source: "the emulator's own number: Azure's is not known" } as const;

export const emulatorErrors: readonly Explanation[] = [
  {
    codes: ["990001", "990006", "990007", "990008", "990009", "990010", "990011", "990012", "990013"],
    phrases: ["cannot be removed because it is in use by"],
    title: "another object of Site Recovery still needs this one",
    meaning:
      "990001 and 990011: a recovery plan; 990006 to 990009: replicated machines or mappings; 990010: an appliance; 990012: something in the fabric; 990013: a mapping of the policy. The message names them",
    who: "you, with Site Recovery Contributor on the vault",
    todo: [plan],
    links: ["https://learn.microsoft.com/azure/site-recovery/delete-vault"],
    ...own,
  },
  {
    codes: ["990002", "990003", "990014"],
    phrases: ["a test failover of '*' has not been cleaned up", "a test migration of '*' has not been cleaned up"],
    title: "a test failover or test migration has to be cleaned up first, or there is none to clean up",
    meaning: "990002: a test failover is open; 990003: a test migration; 990014: there is no test failover (any more)",
    who: "you; of a test migration, a contributor of the Azure Migrate project",
    todo: [plan],
    ...own,
  },
  {
    codes: ["990004"],
    phrases: ["cannot be removed because the server '*' is not connected"],
    title: "the server on the other side does not answer, so it cannot be told",
    meaning: "the clean way needs it; the other way leaves its registration behind",
    who: "the administrator of that server",
    todo: ["bring it back; gone for good: vault-teardown plan --vault <vault> --allow orphan-replication"],
    links: ["https://learn.microsoft.com/azure/site-recovery/site-recovery-manage-registration-and-protection"],
    ...own,
  },
  {
    codes: ["990005"],
    title: "a lock on the replicated machine stops the clean-up",
    meaning: "disabling replication removes links from the machine itself",
    who: "the lock's owner",
    todo: ["remove the lock for the time of the run, then vault-teardown apply --vault <vault> again"],
    ...own,
  },
  {
    codes: ["990015", "990016"],
    phrases: ["cannot be changed while the job '*' is running"],
    title: "a job of Site Recovery is running, or cannot be cancelled",
    meaning: "990016: it works on this very object; 990015: it has ended or is of a sort that cannot be cancelled",
    who: "nobody: wait until the job has ended",
    todo: ["vault-teardown apply --vault <vault> goes on where it stopped"],
    ...own,
  },
  {
    codes: ["990017"],
    title: "a list was asked to go on from a place that is none",
    meaning: "the token of the next page was changed on its way",
    who: "whoever made the tool that asked",
    todo: ["of a request of this tool: run again with --debug and report it"],
    ...own,
  },
  {
    codes: ["EmulatorFailure"],
    title: "the emulator itself failed",
    meaning: "a defect of the emulator, and nothing Azure would say",
    who: "whoever makes this tool",
    todo: ["report it, with the world and the request: GET /_emulator/requests of vault-teardown emulator shows them"],
    ...own,
    source: "the emulator's own word",
  },
  {
    codes: ["MisdirectedRequest", "ExpectationFailed"],
    title: "the emulator takes no such request",
    meaning: "it serves its own loopback address alone, one Host header, no page of a browser, and no Expect header",
    who: "you",
    todo: ["take the url that vault-teardown emulator prints on its first line"],
    ...own,
    source: "the emulator's own answers",
  },
];
