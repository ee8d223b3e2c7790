// Discovery: every list once and side by side; a list that fails is a gap of exactly the kinds that read it.

import { describe, expect, it } from "vitest";
import { kinds } from "../../src/dependencies/registry.ts";
import { discover } from "../../src/discovery/discover.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { VaultReader } from "../../src/model/ports.ts";
import type { Kind } from "../../src/model/resource.ts";
import { rehearse } from "../rehearsal.ts";
import { virtualClock } from "../virtual-clock.ts";
import { readerOf } from "../dependencies/arm-answers.ts";
import { counting } from "./counting-reader.ts";

const refuse = async (): Promise<never> =>
  Promise.reject(new AzureError({ status: 403, code: "AuthorizationFailed", message: "no right to read" }));

describe("discovering a vault", () => {
  it.each(["small", "kitchen-sink", "classic", "always-on", "secure-by-default"])(
    "asks every question about world %s once",
    async (world) => {
      const rehearsal = rehearse(world);
      const { reader, asked } = counting(rehearsal.reader());
      const { gaps } = await discover(reader, rehearsal.clock);
      expect(gaps).toEqual([]);
      expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
    },
  );

  it("asks for the containers of every management type that has some", async () => {
    const { reader, asked } = counting(readerOf());
    await discover(reader, virtualClock());
    expect(asked.filter((question) => question.startsWith("containers ")).toSorted()).toEqual(
      ["AzureIaasVM", "AzureStorage", "AzureWorkload", "MAB"].map((type) => `containers ${type}`),
    );
  });

  it("finds everything that the emulator holds", async () => {
    const rehearsal = rehearse("kitchen-sink");
    const [vault] = rehearsal.emulator.world().vaults;
    const { resources } = await discover(rehearsal.reader(), rehearsal.clock);
    const count = (...wanted: readonly Kind[]): number =>
      resources.filter((resource) => wanted.includes(resource.kind)).length;
    expect(count("protected-item")).toBe(vault?.protectedItems.length);
    // Containers of availability groups, DPM and MABS servers are in no list that can be asked for.
    const hidden = /^"(SQLAGWorkLoad|DPM|AzureBackupServer)Container"$/;
    const listed = vault?.protectionContainers.filter(
      (container) => !hidden.test(JSON.stringify(container.properties["containerType"])),
    );
    expect(count("workload-container", "storage-container", "virtual-machine-container", "mars-server")).toBe(
      listed?.length,
    );
    expect(count("backup-server")).toBe(vault?.backupEngines.length);
    expect(count("auto-protection-intent")).toBe(vault?.protectionIntents.length);
    expect(count("backup-policy")).toBe(vault?.backupPolicies.length);
    expect(count("backup-job")).toBe(2);
    expect(count("private-endpoint-connection")).toBe(2);
    expect(count("unknown")).toBe(0);
  });

  it("dates the inventory by the moment at which it began", async () => {
    const clock = virtualClock(Date.parse("2026-11-21T08:00:00Z"));
    const slow = readerOf({
      policies: async () => {
        await clock.sleep(60_000);
        return [];
      },
    });
    expect((await discover(slow, clock)).discoveredAt).toBe("2026-11-21T08:00:00.000Z");
  });

  it("finds nothing where there is no vault, and no gap either", async () => {
    const found = await discover(readerOf({ vault: async () => undefined }), virtualClock());
    expect(found).toMatchObject({ resources: [], gaps: [] });
  });
});

const containerKinds: readonly Kind[] = [
  "workload-container",
  "storage-container",
  "virtual-machine-container",
  "mars-server",
  "unknown",
];

describe("a list that fails", () => {
  const cases: readonly (readonly [keyof VaultReader, readonly Kind[]])[] = [
    [
      "vault",
      [
        "vault",
        "soft-delete-setting",
        "backup-vault-policy",
        "hybrid-security-setting",
        "immutability-setting",
        "private-endpoint-connection",
        "private-endpoint",
        "leftover",
        "lock",
      ],
    ],
    ["locks", ["lock"]],
    ["vaultConfig", ["soft-delete-setting", "hybrid-security-setting"]],
    ["protectedItems", ["protected-item", "leftover", "unknown"]],
    ["containers", [...containerKinds, "lock"]],
    ["softDeletedContainers", containerKinds.filter((kind) => kind !== "virtual-machine-container")],
    ["intents", ["auto-protection-intent"]],
    ["jobsInProgress", ["backup-job"]],
    ["policies", ["backup-policy"]],
    ["backupEngines", ["backup-server", "unknown"]],
    ["guardProxies", ["resource-guard"]],
    ["resourceGroup", ["vault"]],
    ["replicationUsage", []],
    // The counts say that Site Recovery is not in use.
    ["replication", []],
  ];

  it.each(cases)("is a gap of exactly the kinds that read it: %s", async (list, expected) => {
    const rehearsal = rehearse("small");
    const found = await discover({ ...rehearsal.reader(), [list]: refuse }, rehearsal.clock);
    expect(found.gaps.map((gap) => gap.kind).toSorted()).toEqual(expected.toSorted());
    expect(found.gaps.every((gap) => gap.code === "AuthorizationFailed")).toBe(true);
    expect(found.gaps.every((gap) => gap.message === "no right to read")).toBe(true);
  });

  it.each(cases)("hides nothing of the other kinds: %s", async (list, expected) => {
    const rehearsal = rehearse("small");
    const whole = await discover(rehearsal.reader(), rehearsal.clock);
    const found = await discover({ ...rehearsal.reader(), [list]: refuse }, rehearsal.clock);
    expect(found.resources).toEqual(whole.resources.filter((resource) => !expected.includes(resource.kind)));
  });

  it("can be every one of them: then every kind is a gap", async () => {
    const nothing = Object.fromEntries(Object.keys(readerOf()).map((list) => [list, refuse]));
    const found = await discover({ ...readerOf(), ...nothing }, virtualClock());
    expect(found.resources).toEqual([]);
    expect(found.gaps.map((gap) => gap.kind)).toEqual(kinds);
  });

  it("for a reason that is not Azure's is a defect, and thrown on", async () => {
    const defect = new TypeError("cannot read properties of undefined");
    const reader = readerOf({ intents: async () => Promise.reject(defect) });
    await expect(discover(reader, virtualClock())).rejects.toBe(defect);
  });
});

describe("all lists", () => {
  it("start side by side: none waits for the answer of another", async () => {
    const never = async (): Promise<never> => new Promise<never>(() => undefined);
    const stuck = Object.fromEntries(Object.keys(readerOf()).map((list) => [list, never]));
    const { reader, asked } = counting({ ...readerOf(), ...stuck });
    void discover(reader, virtualClock());
    await new Promise((resolve) => setImmediate(resolve));
    const names = new Set(asked.map((question) => question.split(" ")[0] ?? ""));
    const later = new Set([
      "recoveryPoints",
      "privateEndpoint",
      "privateEndpoints",
      "resourceGroup",
      "resourcesOfType",
      "roleAssignments",
      "locks",
      "grants",
      "deletedVaults",
    ]);
    expect([...names].toSorted()).toEqual(
      Object.keys(readerOf())
        .filter((list) => !later.has(list))
        .toSorted(),
    );
  });

  it("do not include deleted vaults, which no kind reads", async () => {
    const rehearsal = rehearse("small");
    const { reader, asked } = counting(rehearsal.reader());
    await discover(reader, rehearsal.clock);
    expect(asked.some((question) => question.startsWith("deletedVaults"))).toBe(false);
  });
});
