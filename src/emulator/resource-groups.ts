// Resource groups themselves: where they are and what they are tagged with. It must not list what stands in them.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import { resourceGroupNotFound } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { lastSegment, sameName } from "./names.ts";

const groupPath = "subscriptions/{subscription}/resourceGroups/{group}";

function getGroup(call: Call): Answer {
  const group = call.state.resourceGroups.find(({ id }) => sameName(id, call.path));
  if (group === undefined) return resourceGroupNotFound(parameter(call, "group"));
  return found({
    id: group.id,
    name: lastSegment(group.id),
    type: "Microsoft.Resources/resourceGroups",
    location: group.location ?? "westeurope",
    tags: group.tags ?? {},
    properties: { provisioningState: "Succeeded" },
  });
}

export const resourceGroupRoutes: readonly Route[] = [{ method: "GET", path: groupPath, answer: getGroup }];
