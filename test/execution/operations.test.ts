// Asking about an operation: an answer that does not come says nothing, and one that is refused leaves the target to be asked.

import { describe, expect, it } from "vitest";
import { Unproved } from "../../src/execution/engine.ts";
import { checkOnce, endless, failureOf, pollSeconds } from "../../src/execution/operations.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { OperationCheck, OperationHandle, VaultWriter } from "../../src/model/ports.ts";

const operation: OperationHandle = { address: "https://management.azure.com/operations/1" };

function writer(check: () => Promise<OperationCheck>): { readonly writer: VaultWriter } {
  return { writer: { send: () => Promise.reject(new Error("nothing is sent here")), check } };
}

const asked = (status: number, retryAfterSeconds?: number): Promise<OperationCheck> => {
  const facts = { status, code: "X", message: "m" };
  const error = new AzureError(retryAfterSeconds === undefined ? facts : { ...facts, retryAfterSeconds });
  return checkOnce(
    writer(() => Promise.reject(error)),
    operation,
  );
};

describe("one question about an operation", () => {
  it("gives what the service answers", async () => {
    const answer: OperationCheck = { state: "running", retryAfterSeconds: 30 };
    expect(
      await checkOnce(
        writer(async () => answer),
        operation,
      ),
    ).toBe(answer);
  });

  it.each([0, 429, 500, 503])("that fails on the way with %i leaves it running", async (status) => {
    expect(await asked(status)).toStrictEqual({ state: "running" });
    expect(await asked(status, 20)).toStrictEqual({ state: "running", retryAfterSeconds: 20 });
  });

  it.each([400, 403, 404, 410, 499])("that is refused with %i finds it gone, and keeps the words", async (status) => {
    expect(await asked(status)).toStrictEqual({ state: "gone", said: "X: m" });
  });

  it("ends where nobody is signed in, and on what is no answer of Azure", async () => {
    await expect(asked(401)).rejects.toThrow(AzureError);
    await expect(
      checkOnce(
        writer(() => Promise.reject(new TypeError("x"))),
        operation,
      ),
    ).rejects.toThrow(TypeError);
  });
});

describe("an operation", () => {
  it.each([
    [undefined, 15],
    [0, 1],
    [1, 1],
    [60, 60],
    [300, 300],
    [86_400, 300],
  ])("whose service asks to be asked again in %s seconds is asked in %i", (wanted, seconds) => {
    expect(pollSeconds(wanted)).toBe(seconds);
  });

  it("that failed speaks in its own code and words", () => {
    expect(failureOf({ state: "failed", code: "UserErrorX", message: "why" })).toMatchObject({
      status: 200,
      code: "UserErrorX",
      message: "why",
    });
  });

  it.each([
    ["delete-item", 3],
    ["remove-fabric", 4],
  ] as const)("of %s that has not ended in %i hours is left, and asked about by the next run", (action, hours) => {
    const left = endless(action, operation);
    expect(left).toBeInstanceOf(Unproved);
    expect(left.failure).toEqual({
      disposition: "waiting",
      code: "OperationDidNotEnd",
      retryAfterSeconds: 3600,
      message: `the operation ${operation.address} has not ended within ${hours} hours`,
      remedy: "run the same command again: it asks about this operation before it writes anything",
    });
  });
});
