// Pains with servers, storage accounts, containers and Site Recovery. Data only.

import type { Pain } from "./pain.ts";

export const painsOfContents: readonly Pain[] = [
  {
    number: "24",
    pain: "a server that no longer exists cannot be unregistered",
    answer: "explained",
    shownBy: [
      {
        test: "execution/error-rules.test.ts",
        title: "about a server that hybrid security holds names the console, the PIN and the other strategy",
      },
      { test: "execution/run-servers.test.ts", title: "go in a purge, once hybrid security is off" },
    ],
  },
  {
    number: "25",
    pain: "items of such servers cannot be stopped from Azure, only unregistered",
    answer: "handled",
    shownBy: [
      {
        test: "dependencies/servers.test.ts",
        title: "counts its items and says until when their data can be recovered",
      },
      {
        test: "dependencies/servers.test.ts",
        title: "has no step of its own: it goes with its server, however the fabric of the two is spelled",
      },
    ],
  },
  {
    number: "26a",
    pain: "a tool takes names apart and no longer finds the container",
    answer: "handled",
    shownBy: [
      {
        test: "comparison/known-troubles.test.ts",
        title: "reaches Azure whole, whatever it ends in and however it is spelled: %s",
      },
    ],
  },
  {
    number: "26b",
    pain: "items of such servers cannot be listed at all",
    answer: "detected",
    shownBy: [
      { test: "discovery/discover.test.ts", title: "asks for the containers of every management type that has some" },
      {
        test: "dependencies/servers.test.ts",
        title: "reads a MARS machine, registered under its container's name without the type",
      },
    ],
  },
  {
    number: "27",
    pain: "a name ends in a dot and unregistering never ends",
    answer: "handled",
    shownBy: [
      { test: "comparison/known-troubles.test.ts", title: "of a server reaches Azure with the dot at its end" },
    ],
  },
  {
    number: "28",
    pain: "a security PIN is wanted on a machine that is lost",
    answer: "explained",
    shownBy: [
      {
        test: "dependencies/hybrid-security.test.ts",
        title: "stays in soft, with a warning that names the console and the PIN where Azure may refuse",
      },
    ],
  },
  {
    number: "29",
    pain: "a lock made by Backup stays on the storage account",
    answer: "detected",
    shownBy: [
      {
        test: "dependencies/locks.test.ts",
        title: "knows Backup's own lock by its name on a storage account, and nowhere else",
      },
    ],
  },
  {
    number: "30",
    pain: "that lock goes only a while after the deletion",
    answer: "handled",
    shownBy: [
      { test: "dependencies/locks.test.ts", title: "Backup's own lock is left to the service, with consent too" },
      { test: "emulator/locks.test.ts", title: "that Backup set lets it be unregistered, and goes a little later" },
    ],
  },
  {
    number: "31",
    pain: "locks mean something else to each tool, and people's locks get removed",
    answer: "handled",
    shownBy: [{ test: "execution/run-locks.test.ts", title: "deletes the listed locks alone" }],
  },
  {
    number: "32",
    pain: "the container of a virtual machine cannot be unregistered, without a word",
    answer: "handled",
    shownBy: [
      { test: "emulator/containers.test.ts", title: "unregistering the container of a virtual machine does nothing" },
      { test: "dependencies/virtual-machines.test.ts", title: "are listed with the machine they stand for" },
    ],
  },
  {
    number: "33",
    pain: "a container is refused although its last item is gone",
    answer: "handled",
    shownBy: [{ test: "execution/run-servers.test.ts", title: "is waited for before the container goes" }],
  },
  {
    number: "34",
    pain: "a node of an availability group is refused",
    answer: "handled",
    shownBy: [
      {
        test: "dependencies/workload-containers.test.ts",
        title: "of any node go after the databases of an availability group, whose own container is in no list",
      },
    ],
  },
  {
    number: "35",
    pain: "two machines of one name in two groups are mixed up",
    answer: "handled",
    shownBy: [
      { test: "comparison/known-troubles.test.ts", title: "that two machines in two groups share never mixes them up" },
    ],
  },
  {
    number: "36",
    pain: "204 for a wrong name looks like success",
    answer: "handled",
    shownBy: [
      {
        test: "comparison/known-troubles.test.ts",
        title:
          "of 204 for a deletion that did nothing is no proof: the step fails and the run ends 5 with the vault standing",
      },
    ],
  },
  {
    number: "37",
    pain: "something is gone already and the tool breaks",
    answer: "handled",
    shownBy: [
      { test: "comparison/known-troubles.test.ts", title: "is done: nobody has to put it back for the run to go on" },
    ],
  },
  {
    number: "38",
    pain: "the machine of a registered container no longer exists",
    answer: "handled",
    shownBy: [
      { test: "comparison/known-troubles.test.ts", title: "is never asked for: its container goes without it" },
    ],
  },
  {
    number: "39",
    pain: "containers of Site Recovery cannot go after a failback",
    answer: "handled",
    shownBy: [
      {
        test: "dependencies/site-recovery/mappings-and-containers.test.ts",
        title: "goes after the items of both its containers, whichever way they replicate",
      },
    ],
  },
  {
    number: "40",
    pain: "an appliance must be reset by hand first",
    answer: "explained",
    shownBy: [
      {
        test: "dependencies/site-recovery/servers-and-fabrics.test.ts",
        title: "blocks with instructions, whatever is allowed: no API removes it",
      },
    ],
  },
  {
    number: "41",
    pain: "Site Recovery is to be removed in the portal",
    answer: "handled",
    shownBy: [
      {
        test: "execution/run-site-recovery.test.ts",
        title: "without the appliance is taken down to the end",
      },
    ],
  },
];
