// What a kind states about one of its resources, with ids replaced by words: for tables of it.

import type { Contribution } from "../../src/dependencies/dependency.ts";
import { registry } from "../../src/dependencies/registry.ts";
import type { Kind, Of, Resource } from "../../src/model/resource.ts";
import type { PlanOptions } from "../../src/model/plan.ts";
import { vaultPath } from "./arm-answers.ts";
import { contextOf, group } from "./builders.ts";

function contributionOf<K extends Kind>(
  resource: Of<K>,
  others: readonly Resource[],
  options: Partial<PlanOptions>,
): Contribution {
  return registry[resource.kind as K].contribute(resource, contextOf([resource, ...others], options));
}

/** In JSON, for ids stand within texts too. Left out: what must go before a step, for other tests ask that, and what it shares with the resource. */
function inWords(contribution: Contribution, resource: Resource): Contribution {
  const steps = contribution.steps?.map(({ after: _after, ...draft }) =>
    Object.fromEntries(Object.entries(draft).filter(([member, value]) => !isOwn(resource, member, value))),
  );
  const text = JSON.stringify({ ...contribution, ...(steps === undefined ? {} : { steps }) })
    .replaceAll(resource.id, "<id>")
    .replaceAll(resource.id.toLowerCase(), "<key>")
    .replaceAll(vaultPath, "<vault>")
    .replaceAll(vaultPath.toLowerCase(), "<vault key>")
    .replaceAll(group, "<group>");
  return JSON.parse(text) as Contribution;
}

function isOwn(resource: Resource, member: string, value: unknown): boolean {
  const own: Readonly<Record<string, string>> = { kind: resource.kind, name: resource.name, target: resource.id };
  return own[member] === value;
}

/** What is stated of the resource among these others. */
export function stated(
  resource: Resource,
  others: readonly Resource[] = [],
  options: Partial<PlanOptions> = {},
): Contribution {
  return inWords(contributionOf(resource, others, options), resource);
}
