// The vault itself: the closing steps of every plan, what blocks them, and what proves that it is gone.

import { describe, expect, it } from "vitest";
import { vault as rule } from "../../src/dependencies/vault.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, readerOf, vaultAnswer, vaultPath } from "./arm-answers.ts";
import { contextOf, draftOf, only, stepOn, vault } from "./builders.ts";

describe("reading the vault", () => {
  it("gives its place and state", async () => {
    expect(await rule.list(readerOf())).toEqual([vault()]);
  });

  it("gives the state of a move", async () => {
    const reader = readerOf({ vault: async () => vaultAnswer({ moveState: "InProgress" }) });
    expect(only(await rule.list(reader)).moveState).toBe("InProgress");
  });

  it("reads what Azure leaves out as unknown", async () => {
    const reader = readerOf({ vault: async () => answer(vaultPath) });
    expect(only(await rule.list(reader))).toMatchObject({ state: "Unknown", location: "unknown" });
  });
});

describe("the vault in a plan", () => {
  it.each([
    ["soft", false],
    ["purge", true],
  ] as const)("is listed again, deleted and proved gone, in this order (%s)", (strategy, irreversible) => {
    const contribution = rule.contribute(vault(), contextOf([vault()], { strategy }));
    expect(contribution.steps?.map((draft) => draft.action)).toEqual(["recheck", "delete-vault", "prove-absence"]);
    expect(draftOf(contribution, "delete-vault")).toMatchObject({
      after: [stepKey("recheck", vaultPath)],
      irreversible,
      request: { write: "delete-vault", vault: vaultPath },
    });
    expect(draftOf(contribution, "prove-absence").after).toEqual([stepKey("delete-vault", vaultPath)]);
    expect(contribution.blockers ?? []).toEqual([]);
    expect(contribution.warnings ?? []).toEqual([]);
  });

  it("writes nothing in the steps that only look", () => {
    const contribution = rule.contribute(vault(), contextOf([vault()]));
    expect(draftOf(contribution, "recheck").request).toBeUndefined();
    expect(draftOf(contribution, "prove-absence").request).toBeUndefined();
  });

  it.each(["Deleting", "Updating", "Unknown"])("is warned about when its state is %s", (state) => {
    const contribution = rule.contribute(vault({ state }), contextOf([]));
    expect(only(contribution.warnings)).toContain(state);
    expect(contribution.steps).toHaveLength(3);
  });

  it("is not touched while it is being moved", () => {
    const contribution = rule.contribute(vault({ moveState: "InProgress" }), contextOf([]));
    expect(contribution.steps ?? []).toEqual([]);
    expect(only(contribution.blockers)).toMatchObject({ code: "vault-moving", subject: vaultPath });
  });

  it.each(["MoveSucceeded", "CommitTimedout", "Unknown"])("goes when its move has ended: %s", (moveState) => {
    expect(rule.contribute(vault({ moveState }), contextOf([])).steps).toHaveLength(3);
  });
});

describe("the proof of a deleted vault", () => {
  const step = stepOn(vault(), "delete-vault");

  it("is that Azure no longer answers for it", () => {
    expect(rule.prove(step, [], "soft")).toEqual({ verdict: "proved", evidence: "GET of the vault answers 404" });
  });

  it("is missing while Azure answers for it, and says in which state", () => {
    expect(rule.prove(step, [vault({ state: "Deleting" })], "soft")).toEqual({
      verdict: "not-yet",
      found: "Azure still answers for the vault, Deleting",
    });
  });
});
