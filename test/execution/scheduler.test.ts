// The schedule of a graph: nothing before what it waits for, no key held twice, no more at once than allowed, everything that can be done.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schedule, type Settled } from "../../src/execution/scheduler.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Step } from "../../src/model/step.ts";

function step(id: string, after: readonly string[] = [], exclusive?: string): Step {
  return {
    id,
    action: "delete-item",
    kind: "protected-item",
    target: armId(`/${id}`),
    name: id,
    after,
    reason: "a test",
    irreversible: false,
    permissions: [],
    ...(exclusive === undefined ? {} : { exclusive }),
  };
}

type Played = {
  readonly started: string[];
  readonly ended: string[];
  readonly skipped: Map<string, string>;
  most: number;
  clash: boolean;
};

async function play(
  steps: readonly Step[],
  settle: (step: Step) => Settled = () => "done",
  limit = 4,
  done: ReadonlySet<string> = new Set(),
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<Played> {
  const played: Played = { started: [], ended: [], skipped: new Map(), most: 0, clash: false };
  const running = new Map<string, Step>();
  await schedule({
    steps,
    done,
    limit,
    remaining: new Map(),
    run: async (current) => {
      played.clash ||= [...running.values()].some(
        (other) => other.exclusive !== undefined && other.exclusive === current.exclusive,
      );
      running.set(current.id, current);
      played.started.push(current.id);
      played.most = Math.max(played.most, running.size);
      await new Promise((resolve) => setImmediate(resolve));
      running.delete(current.id);
      played.ended.push(current.id);
      return settle(current);
    },
    skip: (skipped, because) => void played.skipped.set(skipped.id, because),
    stopped: () => played.ended.length >= stopAfter,
  });
  return played;
}

/** Graphs in which every step waits for some of those before it. */
const graphs = fc
  .array(fc.tuple(fc.array(fc.nat(), { maxLength: 4 }), fc.option(fc.constantFrom("a", "b")), fc.boolean()), {
    maxLength: 25,
  })
  .map((rows) =>
    rows.map(([before, key, fails], index) => ({
      step: step(`s${index}`, index === 0 ? [] : [...new Set(before.map((n) => `s${n % index}`))], key ?? undefined),
      fails,
    })),
  );

describe("a schedule", () => {
  it("starts every step once, after all before it, within the limit and one at a time per key", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 6 }), async (graph, limit) => {
        const steps = graph.map((entry) => entry.step);
        const played = await play(steps, () => "done", limit);
        expect(played.started.toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
        for (const { id, after } of steps)
          for (const before of after) expect(played.ended.indexOf(before)).toBeLessThan(played.started.indexOf(id));
        expect(played.most).toBeLessThanOrEqual(limit);
        expect(played.clash).toBe(false);
      }),
    );
  });

  it("skips exactly what depends on a failed step, with that step as the cause, and does all the rest", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const failing = new Set(graph.filter((entry) => entry.fails).map((entry) => entry.step.id));
        const steps = graph.map((entry) => entry.step);
        const played = await play(steps, ({ id }) => (failing.has(id) ? "failed" : "done"));
        const lost = new Set<string>();
        for (const { id, after } of steps)
          if (after.some((before) => lost.has(before) || failing.has(before))) lost.add(id);
        expect([...played.skipped.keys()].toSorted()).toEqual([...lost].toSorted());
        expect(played.started.toSorted()).toEqual(
          steps
            .map(({ id }) => id)
            .filter((id) => !lost.has(id))
            .toSorted(),
        );
        for (const because of played.skipped.values()) expect(failing.has(because) && !lost.has(because)).toBe(true);
      }),
    );
  });

  it("starts nothing that was done before, and takes it as done", async () => {
    const played = await play([step("a"), step("b", ["a"])], () => "done", 4, new Set(["a"]));
    expect(played.started).toEqual(["b"]);
  });

  it("starts nothing more once it is stopped, and leaves the rest neither done nor skipped", async () => {
    const played = await play([step("a"), step("b", ["a"]), step("c", ["b"])], () => "done", 1, new Set(), 1);
    expect(played).toMatchObject({ started: ["a"], skipped: new Map() });
  });

  it("draws no conclusion from a step that was left open", async () => {
    const played = await play([step("a"), step("b", ["a"])], () => "open");
    expect(played).toMatchObject({ started: ["a"], skipped: new Map() });
  });

  it("rejects with what was thrown, after the running steps have returned", async () => {
    const ended: string[] = [];
    const run = async ({ id }: Step): Promise<Settled> => {
      if (id === "a") throw new Error("the disk is full");
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(id);
      return "done";
    };
    const steps = [step("a"), step("b"), step("c", ["b"])];
    const running = schedule({
      steps,
      done: new Set(),
      limit: 4,
      remaining: new Map(),
      run,
      skip: () => undefined,
      stopped: () => false,
    });
    await expect(running).rejects.toThrow("the disk is full");
    expect(ended).toEqual(["b"]);
  });
});

describe("a step that undoes another", () => {
  const undoing = (after: readonly string[], undoes = "a"): Step => ({ ...step("z", after), undoes });

  it("starts when all before it have ended, failed and skipped ones too", async () => {
    const steps = [step("a"), step("b", ["a"]), step("c", ["b"]), step("d", ["a"]), undoing(["a", "b", "c", "d"])];
    const played = await play(steps, (current) => (current.id === "b" ? "failed" : "done"));
    expect(played.skipped).toEqual(new Map([["c", "b"]]));
    expect(played.started.at(-1)).toBe("z");
    expect(played.started.toSorted()).toEqual(["a", "b", "d", "z"]);
  });

  it("starts also when what it undoes failed: whoever runs it knows whether that took effect", async () => {
    const played = await play([step("a"), step("b", ["a"]), undoing(["a", "b"])], (current) =>
      current.id === "a" ? "failed" : "done",
    );
    expect(played.started).toEqual(["a", "z"]);
  });

  it("does not start while one before it is open, nor after a stop", async () => {
    const open = await play([step("a"), step("b", ["a"]), undoing(["a", "b"])], (current) =>
      current.id === "b" ? "open" : "done",
    );
    expect(open.started).toEqual(["a", "b"]);
    const stopped = await play([step("a"), undoing(["a"])], () => "done", 4, new Set(), 1);
    expect(stopped.started).toEqual(["a"]);
  });
});

describe("a step that is tried despite another", () => {
  const trying = (after: readonly string[]): Step => ({ ...step("z", after), despite: ["b"] });

  it("starts when that has failed, and not before", async () => {
    const played = await play([step("a"), step("b", ["a"]), trying(["a", "b"])], ({ id }) =>
      id === "b" ? "failed" : "done",
    );
    expect(played.started).toEqual(["a", "b", "z"]);
    expect(played.skipped).toEqual(new Map());
  });

  it("is skipped with everything else that it waits for", async () => {
    const played = await play([step("a"), step("b", ["a"]), trying(["a", "b"])], ({ id }) =>
      id === "a" ? "failed" : "done",
    );
    expect(played.started).toEqual(["a"]);
    expect(played.skipped).toEqual(
      new Map([
        ["b", "a"],
        ["z", "a"],
      ]),
    );
  });
});
