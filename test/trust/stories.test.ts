// Stories in which a law was once broken, or nearly: told again as they were, each with what it was about.

import { describe, expect, it } from "vitest";
import { consents } from "../../src/model/step.ts";
import { grownWorld, nothing, type Grown } from "./grown-worlds.ts";
import { brokenIn } from "./laws.ts";
import { tell, type Story, type Told } from "./story.ts";

type Plot = {
  readonly world: Partial<Grown>;
  readonly strategy?: "soft" | "purge";
  readonly cut: Story["cuts"][number];
};

async function told({ world, strategy = "soft", cut }: Plot): Promise<Told> {
  const story = await tell({
    world: grownWorld({ ...nothing, ...world }),
    options: { strategy, consents, keepPrivateEndpoints: false },
    faults: [],
    cuts: [cut],
  });
  expect(brokenIn(story)).toEqual([]);
  return story;
}

const ends = ({ lives }: Told): readonly unknown[] => lives.map(({ result }) => result?.exitCode ?? "killed");

describe("a new plan, made while the write of a run that was killed is still under way,", () => {
  it.each([0, 60, 120])("counts on an undeletion that lists show only after %i s", async (listLag) => {
    const cut = { end: "killed", at: "carried-out", nth: 2, pause: 0, next: "anew" } as const;
    const story = await told({ world: { machines: ["deleted"], listLag }, strategy: "purge", cut });
    expect(story.plans[1]?.steps.map(({ action }) => action)).toContain("settle-job");
    expect(ends(story)).toEqual(["killed", 0]);
  });

  it.each([0, 60, 120])("counts on a test failover's clean-up that lists show only after %i s", async (listLag) => {
    const regions = [{ items: ["tested"], isPlanned: false, isMapped: true }] as const;
    const cut = { end: "killed", at: "carried-out", nth: 1, pause: 0, next: "anew" } as const;
    const story = await told({ world: { regions, listLag }, cut });
    expect(story.plans[1]?.steps.map(({ action }) => action)).toContain("settle-job");
    expect(ends(story)).toEqual(["killed", 0]);
  });
});

describe("a lock on what private endpoints stand in", () => {
  const locks = [{ on: "endpoints", level: "ReadOnly" }] as const;
  const cut = { end: "interrupted", at: "sending", nth: 1, pause: 30, next: "resumed" } as const;

  it("is put back by a run that is stopped, and once more by the one that goes on", async () => {
    const story = await told({ world: { locks, endpoints: [{ helpers: 1, isShared: false }] }, cut });
    expect(ends(story)).toEqual([130, 0]);
    expect(story.world.locks?.map(({ properties }) => properties)).toEqual(
      story.story.world.locks?.map(({ properties }) => properties),
    );
  });

  it("is not taken away for endpoints that lead elsewhere too, and so stay", async () => {
    const story = await told({ world: { locks, endpoints: [{ helpers: 1, isShared: true }] }, cut });
    expect(story.plans[0]?.steps.filter(({ kind }) => kind === "lock")).toEqual([]);
    expect(story.world.privateEndpoints).toHaveLength(2);
  });
});
