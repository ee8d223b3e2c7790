// A listing that failed blocks the plan: nobody may read it as "there is nothing".

import { describe, expect, it } from "vitest";
import { kinds } from "../../src/dependencies/registry.ts";
import { blockersFromGaps } from "../../src/safety/gaps.ts";
import { only } from "../dependencies/builders.ts";

describe("a gap", () => {
  it("blocks, and carries what Azure said", () => {
    const gap = { kind: "backup-job", code: "ServerTimeout", message: "the gateway did not answer" } as const;
    expect(only(blockersFromGaps([gap]))).toEqual({
      code: "listing-failed",
      subject: "backup-job",
      reason: "resources of kind backup-job could not be listed: ServerTimeout: the gateway did not answer",
      fix: expect.stringContaining("plan again"),
      who: "you",
    });
  });

  it.each(["AuthorizationFailed", "LinkedAuthorizationFailed", "Forbidden", "RequestDenied"])(
    "of %s sends to whoever can give the right to read",
    (code) => {
      const blocker = only(blockersFromGaps([{ kind: "private-endpoint", code, message: "no" }]));
      expect(blocker.fix).toContain("right to read");
      expect(blocker.who).toContain("owner");
    },
  );

  it.each(kinds)("of kind %s is a blocker of its own", (kind) => {
    const other = { kind: "vault", code: "x", message: "y" } as const;
    expect(blockersFromGaps([other, { kind, code: "x", message: "y" }]).map((blocker) => blocker.subject)).toEqual([
      "vault",
      kind,
    ]);
  });

  it("that is not there blocks nothing", () => {
    expect(blockersFromGaps([])).toEqual([]);
  });
});
