// Stories nobody wrote down: a world, what is asked of it, what goes wrong and where it is cut short. As few words each as will do.

import fc from "fast-check";
import type { Json } from "../../src/emulator/json.ts";
import { worldProblem } from "../../src/emulator/world-validation.ts";
import type { World } from "../../src/emulator/world.ts";
import type { PlanOptions, Strategy } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { anyFault } from "./any-fault.ts";
import { grown, grownWorld, type Grown } from "./grown-worlds.ts";
import type { Cut } from "./life.ts";
import { partOfEverything, parts, type Part } from "./parts-of-everything.ts";
import type { Sequel, Story } from "./story.ts";

export type AnyWorld = { readonly grown: Grown } | { readonly part: Part };

export const anyWorld: fc.Arbitrary<AnyWorld> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ grown }) },
  { weight: 1, arbitrary: fc.record({ part: parts }) },
);

/** Throws for a world that the emulator would not take. */
export function worldOf(recipe: AnyWorld): World {
  const world = "grown" in recipe ? grownWorld(recipe.grown) : partOfEverything(recipe.part);
  const problem = worldProblem(world as unknown as Json);
  if (problem !== undefined) throw new Error(problem);
  return world;
}

export const anyOptions: fc.Arbitrary<PlanOptions> = fc.record({
  strategy: fc.constantFrom<Strategy>("soft", "purge"),
  consents: fc.oneof(
    { weight: 12, arbitrary: fc.constant(consents) },
    { weight: 1, arbitrary: fc.subarray([...consents]) },
  ),
  keepPrivateEndpoints: fc.boolean(),
});

export type AnyStory = Omit<Story, "world"> & { readonly world: AnyWorld };

const at = {
  at: fc.constantFrom<Cut["at"]>("stored", "sending", "carried-out"),
  nth: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 25 })),
  pause: fc.constantFrom(0, 1, 30, 3600),
};

export const killed: fc.Arbitrary<Cut & Sequel> = fc.record({
  end: fc.constant("killed"),
  next: fc.constantFrom<Sequel["next"]>("resumed", "resumed", "looked-at", "anew"),
  ...at,
});

export const stopped: fc.Arbitrary<Cut & Sequel> = fc.record({
  end: fc.constantFrom("interrupted", "out-of-time"),
  next: fc.constantFrom<Sequel["next"]>("resumed", "resumed", "looked-at"),
  ...at,
});

type Trouble = { readonly faults?: number; readonly cuts?: fc.Arbitrary<Cut & Sequel>; readonly mostCuts?: number };

/** With at least one fault, up to so many, and at least one cut, of those that are given. */
export function anyStory({ faults = 0, cuts, mostCuts = 2 }: Trouble): fc.Arbitrary<AnyStory> {
  return fc
    .record({
      world: anyWorld,
      options: anyOptions,
      faults: faults === 0 ? fc.constant([]) : fc.array(anyFault, { minLength: 1, maxLength: faults }),
      newcomerAfter: fc.oneof(
        { weight: 9, arbitrary: fc.constant(Infinity) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
      ),
      azureAhead: fc.constantFrom(0, 0, 0, 0, -300, 300),
      cuts: cuts === undefined ? fc.constant([]) : fc.array(cuts, { minLength: 1, maxLength: mostCuts }),
    })
    .map((story) => (isAlwaysOn(story.world) ? { ...story, options: { ...story.options, strategy: "soft" } } : story));
}

/** There is nothing to tell of a purge that no plan is made for. */
function isAlwaysOn(recipe: AnyWorld): boolean {
  return ("grown" in recipe ? recipe.grown : recipe.part).softDelete === "AlwaysON";
}
