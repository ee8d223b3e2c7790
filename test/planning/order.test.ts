// The order of steps: predecessors first, one result for every order of drafts, and no plan for drafts that contradict.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderSteps } from "../../src/planning/order.ts";
import { keyOf, stepKey, type Step, type StepDraft } from "../../src/model/step.ts";
import { closing, draft, graphs } from "./drafts.ts";

/** Ids of everything that must be done before this step, through others too. */
function before(steps: readonly Step[], id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const earlier of steps.find((step) => step.id === next)?.after ?? [])
      if (!found.has(earlier)) {
        found.add(earlier);
        open.push(earlier);
      }
  return found;
}

const idOf = (steps: readonly Step[], of: StepDraft): string | undefined =>
  steps.find((step) => stepKey(step.action, step.target) === keyOf(of))?.id;

describe("for all drafts without cycles", () => {
  it("every step comes after its predecessors, and none is lost or doubled", () => {
    fc.assert(
      fc.property(graphs, (drafts) => {
        const steps = orderSteps(drafts);
        const done = new Set<string>();
        for (const step of steps) {
          expect(step.after.every((id) => done.has(id))).toBe(true);
          expect(done.has(step.id)).toBe(false);
          done.add(step.id);
        }
        expect(steps.map((step) => stepKey(step.action, step.target)).toSorted()).toEqual(drafts.map(keyOf).toSorted());
      }),
    );
  });

  it("each step keeps exactly the predecessors its draft names", () => {
    fc.assert(
      fc.property(graphs, (drafts) => {
        const steps = orderSteps(drafts);
        for (const given of drafts.filter((each) => each.action !== "recheck")) {
          const wanted = new Set(
            given.after.map((key) =>
              idOf(
                steps,
                drafts.find((each) => keyOf(each) === key)!,
              ),
            ),
          );
          const step = steps.find((each) => each.id === idOf(steps, given));
          expect(new Set(step?.after)).toEqual(wanted);
        }
      }),
    );
  });

  it("the recheck waits for everything but the steps that close the plan", () => {
    fc.assert(
      fc.property(graphs, (drafts) => {
        const steps = orderSteps(drafts);
        const open = steps.filter((step) => !["recheck", "delete-vault", "prove-absence"].includes(step.action));
        expect(before(steps, "recheck-1")).toEqual(new Set(open.map((step) => step.id)));
      }),
    );
  });

  it("the vault goes last but one, and its proof last", () => {
    fc.assert(
      fc.property(graphs, (drafts) => {
        const actions = orderSteps(drafts).map((step) => step.action);
        expect(actions.slice(-3)).toEqual(["recheck", "delete-vault", "prove-absence"]);
      }),
    );
  });

  it("the same drafts in another order, with their predecessors in another order, give the same steps", () => {
    const shuffled = graphs.chain((drafts) =>
      fc.tuple(
        fc.constant(drafts),
        fc.shuffledSubarray([...drafts], { minLength: drafts.length, maxLength: drafts.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([drafts, other]) => {
        const turned = other.map((each) => ({ ...each, after: each.after.toReversed() }));
        expect(JSON.stringify(orderSteps(turned))).toBe(JSON.stringify(orderSteps(drafts)));
      }),
    );
  });

  it("ids count the steps of one action in their order", () => {
    fc.assert(
      fc.property(graphs, (drafts) => {
        for (const [action, steps] of Map.groupBy(orderSteps(drafts), (step) => step.action))
          expect(steps.map((step) => step.id)).toEqual(steps.map((_, at) => `${action}-${at + 1}`));
      }),
    );
  });
});

describe("drafts that contradict", () => {
  it("a step that waits for itself is a defect, and named", () => {
    const self = draft("delete-item", "/a", [stepKey("delete-item", "/A")]);
    expect(() => orderSteps([self])).toThrow("waits for itself");
    expect(() => orderSteps([self])).toThrow("delete-item /a");
  });

  it("so is a circle of steps, wherever it lies", () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 2, max: 5 }), (drafts, length) => {
        const circle = Array.from({ length }, (_, at) =>
          draft("undelete-item", `/circle/${at}`, [stepKey("undelete-item", `/circle/${(at + 1) % length}`)]),
        );
        expect(() => orderSteps([...drafts, ...circle])).toThrow("waits for itself");
      }),
    );
  });

  it("a step that waits for one nobody contributes is a defect, and both are named", () => {
    const waiting = draft("delete-item", "/a", [stepKey("undelete-item", "/b")]);
    expect(() => orderSteps([waiting])).toThrow("'delete-item /a' waits for 'undelete-item /b'");
  });
});

describe("small cases", () => {
  it("no drafts give no steps", () => {
    expect(orderSteps([])).toEqual([]);
  });

  it("the vault alone gives its three steps", () => {
    expect(orderSteps(closing).map((step) => [step.id, step.after])).toEqual([
      ["recheck-1", []],
      ["delete-vault-1", ["recheck-1"]],
      ["prove-absence-1", ["delete-vault-1"]],
    ]);
  });

  it("a predecessor named twice, in two spellings, stands once", () => {
    const first = draft("delete-intent", "/A");
    const second = draft("delete-item", "/b", [stepKey("delete-intent", "/a"), stepKey("delete-intent", "/A")]);
    expect(orderSteps([second, first]).at(-1)?.after).toEqual(["delete-intent-1"]);
  });

  it("a draft that comes twice gives one step, which waits for all that either waits for", () => {
    const [a, b] = [draft("delete-intent", "/a"), draft("delete-intent", "/b")];
    const twice = [draft("delete-item", "/x", [keyOf(a)]), draft("delete-item", "/X", [keyOf(b)])];
    for (const drafts of [
      [a, b, ...twice],
      [...twice.toReversed(), b, a],
    ]) {
      const steps = orderSteps(drafts).filter((step) => step.action === "delete-item");
      expect(steps.map((step) => step.after)).toEqual([["delete-intent-1", "delete-intent-2"]]);
    }
  });

  it("of a draft that comes three times with different words the same ones stand, however they come", () => {
    const [first, second, third] = ["about one", "about two", "about three"].map((reason) => ({
      ...draft("delete-item", "/x"),
      reason,
    }));
    for (const drafts of [
      [first!, second!, third!],
      [third!, second!, first!],
      [second!, third!, first!],
    ])
      expect(orderSteps(drafts).map(({ reason }) => reason)).toEqual(["about one"]);
  });

  it("steps of one action stand by their targets, in whatever spelling and order they come", () => {
    const drafts = ["/B", "/d", "/A", "/c"].map((target) => draft("delete-item", target));
    for (const given of [drafts, drafts.toReversed(), drafts.toSorted((a, b) => (a.target < b.target ? -1 : 1))])
      expect(orderSteps(given).map(({ target }) => target)).toEqual(["/A", "/B", "/c", "/d"]);
  });

  it("of steps that wait for none, the action that is named first in the vocabulary goes first", () => {
    const drafts = [
      draft("unregister-container", "/a"),
      draft("delete-item", "/b"),
      draft("disable-soft-delete", "/c"),
    ];
    expect(orderSteps(drafts).map(({ action }) => action)).toEqual([
      "disable-soft-delete",
      "delete-item",
      "unregister-container",
    ]);
  });

  it("predecessors are listed by their names", () => {
    const [a, b, c] = ["/a", "/b", "/c"].map((target) => draft("delete-intent", target));
    const last = draft("delete-item", "/x", [keyOf(c!), keyOf(a!), keyOf(b!)]);
    expect(orderSteps([last, c!, b!, a!]).at(-1)?.after).toEqual([
      "delete-intent-1",
      "delete-intent-2",
      "delete-intent-3",
    ]);
  });
});
