// The commands by which a person could send what a plan sends: a shell hands to az what was meant, whatever the names are.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equivalentRequests } from "../../src/azure/equivalent-requests.ts";
import { commandsTextOf } from "../../src/cli/shown-commands.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { EquivalentRequest } from "../../src/model/equivalent-request.ts";
import type { Plan } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { azRest } from "../../src/reporting/az-rest.ts";
import { rehearse } from "../rehearsal.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { expectHarmless, hostileWorld } from "../trust/hostile-names.ts";
import { planOf, step } from "./builders.ts";

/** What `az` was called with, call by call, when bash runs the script; and whether anything else was done. */
function callsOf(script: string, shell: readonly string[] = []): readonly (readonly string[])[] {
  const folder = temporaryFolder();
  const calls = join(folder, "calls");
  const file = join(folder, "script");
  writeFileSync(calls, "");
  writeFileSync(file, script);
  const stub = `az() { printf '%s\\0' "$@" "" >> ${calls}; }; command_not_found_handle() { :; }; export PATH=/nowhere;`;
  spawnSync(
    "bash",
    ["--norc", "--noprofile", ...shell, "-c", `${stub} while IFS= read -r line; do eval "$line"; done < ${file}`],
    {
      cwd: folder,
    },
  );
  expect(existsSync(join(folder, "pwned"))).toBe(false);
  return readFileSync(calls, "utf8")
    .split("\0\0")
    .filter((call) => call !== "")
    .map((call) => call.split("\0").filter((word) => word !== ""));
}

const said = (request: EquivalentRequest): readonly string[] => [
  "rest",
  "--method",
  request.method.toLowerCase(),
  "--url",
  request.url,
];

/** The arguments as they say a request; the body as what its JSON means. */
function meantBy(words: readonly string[]): readonly [readonly string[], unknown] {
  const at = words.indexOf("--body");
  return at === -1 ? [words, undefined] : [words.slice(0, at), JSON.parse(words[at + 1] ?? "")];
}

const hostileName = 'x\'; echo > pwned; $(echo > pwned) `echo > pwned` "q" !! & | ##vso[x] ::y:: \u202E \\u0041 \n';

describe("a request as a command", () => {
  it("names method, address, body and headers as az rest takes them", () => {
    const request: EquivalentRequest = {
      part: "write",
      method: "PUT",
      url: "https://management.azure.com/x?api-version=1&$filter=a%20eq%20%27b%27",
      body: { location: "it's" },
      headers: { "x-ms-deleted-vault-id": "one two" },
    };
    expect(azRest(request)).toBe(
      String.raw`az rest --method put --url 'https://management.azure.com/x?api-version=1&$filter=a%20eq%20%27b%27' --body '{"location":"it\u0027s"}' --headers 'x-ms-deleted-vault-id=one two'`,
    );
  });

  it("says to a shell what was meant, whatever its body holds, in characters that are harmless to show", () => {
    const bodies: unknown[] = [hostileName];
    const anything = fc.sample(fc.string({ unit: "binary", maxLength: 12 }), { numRuns: 200, seed: 7 });
    const requests = [...bodies, ...anything].map((notes): EquivalentRequest => ({
      part: "write",
      method: "PUT",
      url: "https://m/x",
      body: { notes },
    }));
    const lines = requests.map(azRest);
    expectHarmless(lines.join("\n"));
    const calls = callsOf(`${lines.join("\n")}\n`).map(meantBy);
    expect(calls).toEqual(requests.map((request) => [said(request), request.body]));
  });
});

/** The plan of a world full of hostile names, and one of a name that means something to shells. */
async function hostilePlan(): Promise<Plan> {
  const plan = await rehearse(hostileWorld("kitchen-sink")).plan({ consents });
  // One whose quote would swallow the rest, and one that is two commands as it stands.
  const restoring = [hostileName, "x; echo > pwned; y"].map((name) => {
    const lock = armId(`${plan.vault.id}/providers/Microsoft.Authorization/locks/${name}`);
    const request = { write: "restore-lock", lock, level: "CanNotDelete", notes: name } as const;
    return step("restore-lock", { kind: "lock", target: lock, name, request });
  });
  return { ...plan, steps: [...plan.steps, ...restoring] };
}

describe("the commands of a plan", () => {
  it.each([
    ["a script", []],
    ["lines typed where # begins no comment", ["-i", "+O", "interactive_comments"]],
  ])("as %s call az with every request and do nothing else", async (_as, shell) => {
    const plan = await hostilePlan();
    const wanted = plan.steps.flatMap((each) =>
      equivalentRequests(each, plan).filter(({ part }) => part !== "instead"),
    );
    const text = commandsTextOf(plan);
    expectHarmless(text);
    const calls = callsOf(text, shell).map(meantBy);
    expect(calls).toEqual(wanted.map((request) => [said(request), request.body]));
  });

  it("name each step with what must be known of it, and what comes before it", () => {
    const { id } = planOf().vault;
    const removing = step("delete-vault", {
      after: ["recheck-1"],
      irreversible: true,
      request: { write: "delete-vault", vault: id },
    });
    const [first, second, third] = commandsTextOf(planOf({ steps: [removing] }))
      .split("\n\n")[1]!
      .split("\n");
    expect(first).toBe(`# ${removing.id}  delete-vault rsv-test  [IRREVERSIBLE]`);
    expect(second).toBe("# after recheck-1");
    expect(third).toMatch(
      /^az rest --method delete --url 'https:\/\/management\.azure\.com\/.*api-version=2026-07-01'$/,
    );
  });

  it.each([
    ["usgov", "https://management.usgovcloudapi.net/", "az cloud set --name AzureUSGovernment"],
    ["china", "https://management.chinacloudapi.cn/", "az cloud set --name AzureChinaCloud"],
  ])("speak to the cloud of the vault: %s", (cloud, endpoint, set) => {
    const plan = planOf();
    const text = commandsTextOf({ ...plan, vault: { ...plan.vault, cloud } });
    expect(text).toContain(set);
    expect(text.match(/--url '[^']*/g)?.every((url) => url.startsWith(`--url '${endpoint}`))).toBe(true);
  });

  it("say so where the plan is blocked, and where no address can be made of a name", () => {
    const half = step("delete-item", {
      request: { write: "delete-protected-item", item: armId("/a/protectionContainers/b/protectedItems/\uD800") },
    });
    const blocker = { code: "c", subject: "s", reason: "r", fix: "f", who: "w" };
    const text = commandsTextOf(planOf({ steps: [half], blockers: [blocker] }));
    expect(text).toContain("# BLOCKED: ");
    expect(text).toContain("# of its name no address can be made: nothing is sent for it");
  });
});
