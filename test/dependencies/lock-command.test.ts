// The command that puts a lock back by hand: one line, whatever the lock's name and notes hold.

import { expect, it } from "vitest";
import { putBackCommand } from "../../src/dependencies/lock-command.ts";
import { armId } from "../../src/model/arm-id.ts";
import { lock } from "./builders.ts";

it.each([
  ["a subscription", "/subscriptions/s-1", "--subscription 's-1'"],
  ["a resource group", "/subscriptions/s-1/resourceGroups/rg", "--resource-group 'rg' --subscription 's-1'"],
  [
    "a resource",
    "/subscriptions/s-1/resourceGroups/rg/providers/x/y/z",
    "--resource '/subscriptions/s-1/resourceGroups/rg/providers/x/y/z'",
  ],
])("names %s as az takes it", (_what, scope, target) => {
  expect(putBackCommand(lock({ scope: armId(scope) }))).toBe(
    `az lock create --name 'keep' --lock-type 'CanNotDelete' ${target}`,
  );
});

it("quotes what people wrote, so that a shell takes it as it stands", () => {
  const scope = armId("/subscriptions/s-1");
  expect(putBackCommand(lock({ scope, name: "it's", state: "ReadOnly", notes: "$(rm) 'all'" }))).toBe(
    String.raw`az lock create --name 'it'\''s' --lock-type 'ReadOnly' --subscription 's-1' --notes '$(rm) '\''all'\'''`,
  );
});
