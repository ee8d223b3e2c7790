// The command with which a person puts a lock back where a run could not. Text only.

import { idKey, segmentAfter } from "../model/arm-id.ts";
import type { Lock } from "../model/resource.ts";
import { shellWord } from "../model/shell-word.ts";

/** One line for a POSIX shell; every value is quoted, for notes may hold anything. */
export function putBackCommand({ name, scope, state, notes }: Lock): string {
  const words = [
    `az lock create --name ${shellWord(name)} --lock-type ${shellWord(state)}`,
    ...target(scope),
    ...(notes === undefined ? [] : [`--notes ${shellWord(notes)}`]),
  ];
  return words.join(" ");
}

function target(scope: string): readonly string[] {
  const subscription = segmentAfter(scope, "subscriptions") ?? "";
  const group = segmentAfter(scope, "resourceGroups");
  if (group === undefined) return [`--subscription ${shellWord(subscription)}`];
  const isGroup = idKey(scope) === idKey(`/subscriptions/${subscription}/resourceGroups/${group}`);
  return isGroup
    ? [`--resource-group ${shellWord(group)} --subscription ${shellWord(subscription)}`]
    : [`--resource ${shellWord(scope)}`];
}
