// Which address is asked about an accepted write, and that its signature stays in memory.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operationOf, tellsByStatus, withoutSignature } from "../../src/azure/operation-address.ts";
import { armId } from "../../src/model/arm-id.ts";

const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";
const arm = "https://management.azure.com";
const signature = "t=638&c=MIIH&s=abc&h=def";

describe("the address of an operation", () => {
  it("is the vault's backupOperations for items, by the id alone", () => {
    const item = armId(`${vault}/backupFabrics/Azure/protectionContainers/C;a/protectedItems/I;b`);
    const operation = operationOf(
      { write: "delete-protected-item", item },
      {
        asyncOperation: `${arm}${vault}/backupOperations/42?api-version=2024-04-01&${signature}`,
        retryAfterSeconds: 60,
      },
      arm,
      "2025-02-01",
    );
    expect(operation).toEqual({
      address: `${arm}${vault}/backupOperations/42?api-version=2025-02-01`,
      retryAfterSeconds: 60,
    });
  });

  it("is the vault's also where its resource group is called vaults", () => {
    const odd = vault.replace("/g/", "/vaults/");
    const item = armId(`${odd}/backupFabrics/Azure/protectionContainers/C;a/protectedItems/I;b`);
    const location = `${arm}${odd}/backupOperations/42?api-version=2024-04-01`;
    const operation = operationOf({ write: "undelete-protected-item", item, itemType: "x" }, { location }, arm, "x");
    expect(operation?.address).toBe(`${arm}${odd}/backupOperations/42?api-version=x`);
  });

  it("is the container's operationResults for an unregistration, whatever the answer's own addresses look like", () => {
    const container = armId(`${vault}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;g;a`);
    const operation = operationOf(
      { write: "unregister-container", container },
      {
        asyncOperation: `${arm}${vault}/backupFabrics/Azure/operationsStatus/42?api-version=2019-05-13-preview&${signature}`,
        location: `${arm}${vault}/backupOperationResults/42?fabricName=Azure%3fapi-version%3d2024-04-01&${signature}`,
      },
      arm,
      "2025-02-01",
    );
    expect(operation?.address).toBe(
      `${arm}${container.replaceAll(";", "%3B")}/operationResults/42?api-version=2025-02-01`,
    );
    expect(tellsByStatus(operation?.address ?? "")).toBe(true);
  });

  it("is the signed one for a vault, kept apart from the one that may be stored", () => {
    const given = `${arm}${vault}/operationStatus/MTAyMzs=?api-version=2026-07-01&${signature}`;
    const operation = operationOf({ write: "delete-vault", vault: armId(vault) }, { asyncOperation: given }, arm, "x");
    expect(operation?.signedAddress).toBe(given);
    expect(operation?.address).toBe(`${arm}${vault}/operationStatus/MTAyMzs=?api-version=2026-07-01`);
  });

  it("is completed when the answer gives a path alone, and none when it gives no address at all", () => {
    const request = { write: "delete-vault", vault: armId(vault) } as const;
    const operation = operationOf(request, { location: "/subscriptions/s/op/1?api-version=1" }, arm, "x");
    expect(operation?.address).toBe(`${arm}/subscriptions/s/op/1?api-version=1`);
    expect(operationOf(request, { asyncOperation: "http://[" }, arm, "x")).toBeUndefined();
  });

  it("does not exist when the answer names none", () => {
    expect(operationOf({ write: "delete-vault", vault: armId(vault) }, {}, arm, "x")).toBeUndefined();
  });
});

describe("an address without its signature", () => {
  it.each(["2025-02-01;sig=abc", "2025-02-01&sig", "a b", "x".repeat(41), "<b>", ""])(
    "has no api-version where that is none: %j",
    (version) => {
      const address = `${arm}${vault}/x/1?api-version=${encodeURIComponent(version)}`;
      expect(withoutSignature(address)).toBe(`${arm}${vault}/x/1`);
    },
  );

  it("never holds any parameter but the api-version", () => {
    const parameter = fc.tuple(
      fc.constantFrom("t", "c", "s", "h", "sig", "token"),
      fc.stringMatching(/^[0-9a-f]{8,}$/),
    );
    fc.assert(
      fc.property(fc.array(parameter), (parameters) => {
        const query = parameters.map(([name, value]) => `&${name}=${value}`).join("");
        expect(withoutSignature(`${arm}${vault}/x/1?api-version=1${query}`)).toBe(`${arm}${vault}/x/1?api-version=1`);
      }),
    );
  });
});
