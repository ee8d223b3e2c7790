// What identifies a step inside a plan, and the resources of one kind.

import { describe, expect, it } from "vitest";
import { AzureError } from "../../src/model/azure-error.ts";
import { ofKind } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import { database, sqlServer, vmItem } from "../dependencies/builders.ts";

describe("the key of a step", () => {
  it("is the same for two spellings of its target", () => {
    expect(stepKey("delete-item", "/Subscriptions/S/VM;A")).toBe(stepKey("delete-item", "/subscriptions/s/vm;a"));
  });

  it("differs by action and by target", () => {
    expect(stepKey("delete-item", "/a")).not.toBe(stepKey("undelete-item", "/a"));
    expect(stepKey("delete-item", "/a")).not.toBe(stepKey("delete-item", "/b"));
  });
});

describe("resources of one kind", () => {
  it("are picked in their order", () => {
    const [first, second] = [vmItem("vm-1"), database("sql-1", "orders")];
    expect(ofKind([first, sqlServer("sql-1"), second], "protected-item")).toEqual([first, second]);
    expect(ofKind([first, second], "vault")).toEqual([]);
  });
});

describe("an error of Azure", () => {
  it("carries its facts and its cause", () => {
    const cause = new Error("socket");
    const error = new AzureError({ status: 409, code: "Busy", message: "later", correlationId: "c-1", cause });
    expect(error).toMatchObject({
      name: "AzureError",
      status: 409,
      code: "Busy",
      message: "later",
      correlationId: "c-1",
    });
    expect(error.cause).toBe(cause);
    expect(error.retryAfterSeconds).toBeUndefined();
  });
});
