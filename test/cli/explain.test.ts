// `explain` as people and pipelines call it: codes, pasted answers, pipes, and what it says of what it does not know.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue, knownCodes } from "../../src/explanations/catalogue.ts";
import { longestInput } from "../../src/explanations/readable-text.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, commandLineHere, servedWorld } from "./command-line.ts";

const message =
  "Vault cannot be deleted as there are existing resources within the vault. : SRV1.EXAMPLE.ORG\nUnregister all containers from the vault and then retry to delete vault.";

describe("explain", () => {
  it("tells of a code what it means, whose move it is, what to do, and how that is known", async () => {
    const { code, stdout, stderr } = await commandLineHere(["explain", "UserErrorOperationDeniedOnImmutableItem"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^UserErrorOperationDeniedOnImmutableItem: an immutable item, or a wrong verb/);
    for (const label of ["means", "whose", "to do", "see", "known", "found by"])
      expect(stdout).toContain(`\n  ${label.padEnd(10)}`);
    expect(stdout).toContain("reported: users' reports: azure-rest-api-specs 32688");
  });

  it("takes a number for a code, and words without quotation marks for a message", async () => {
    expect((await commandLineHere(["explain", "310024"])).stdout).toMatch(/^310024: /);
    const words = "Container not found. Please provide a valid container_name.".split(" ");
    expect((await commandLineHere(["explain", ...words])).stdout).toContain("found by  Container not found.");
  });

  it("finds the code that a message without one belongs to", async () => {
    const { code, stdout } = await commandLineHere(["explain", message]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ServiceResourceNotEmptyWithContainerDetails: /);
  });

  it("makes what it quotes safe for the terminal", async () => {
    const { stdout } = await commandLineHere(["explain", "The virtual machine name 'a\u001bc\u202eb' is unavailable."]);
    expect(stdout).toMatch(/^28061: /);
    expect(stdout).toContain(String.raw`a\u001bc\u202eb`);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("\u202e");
  });

  it("as JSON says the same in one versioned document", async () => {
    const body = JSON.stringify({ error: { code: "ServiceResourceNotEmptyWithContainerDetails", message } });
    const { code, stdout } = await commandLineHere(["explain", body, "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      found: [
        {
          codes: ["ServiceResourceNotEmptyWithContainerDetails"],
          grade: "reported",
          recognised: expect.arrayContaining(["ServiceResourceNotEmptyWithContainerDetails"]) as unknown,
        },
      ],
      unknown: [],
    });
  });

  it("lists every code with its title", async () => {
    const { code, stdout } = await commandLineHere(["explain", "--list"]);
    expect(code).toBe(0);
    for (const known of knownCodes) expect(stdout).toMatch(new RegExp(`^${known} +\\S`, "m"));
    const json = await commandLineHere(["explain", "--list", "--format", "json"]);
    const { explanations } = JSON.parse(json.stdout) as { readonly explanations: readonly unknown[] };
    expect(explanations).toHaveLength(catalogue.length);
  });
});

describe("explain through a pipe", () => {
  it("reads an answer from stdin", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "answer.json"), JSON.stringify({ error: { code: "ScopeLocked", message: "m" } }));
    const { code, stdout } = await commandLine(["explain"], { cwd: folder, shell: '"$@" < answer.json' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ScopeLocked: /);
  });

  it("reads no further than it looks, and says so", async () => {
    const { code, stdout, stderr } = await commandLine(["explain"], { shell: 'yes "ScopeLocked again" | "$@"' });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `only the first ${longestInput} characters were looked at: give the part with the error\n`,
    });
    expect(stdout).toMatch(/^ScopeLocked: /);
  });

  it("without anything in it asks for something", async () => {
    const { code, stdout, stderr } = await commandLine(["explain"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^vault-teardown: nothing to explain: give a code or a message, or pipe one in/);
  });
});

describe("explain of what is not known", () => {
  it("says so, names the nearest code and what to do, and exits 1", async () => {
    const { code, stdout, stderr } = await commandLineHere(["explain", "ScopeLoked"]);
    expect(code).toBe(1);
    expect(stdout).toContain("ScopeLoked: nothing is known of this code");
    expect(stdout).toContain("nearest   ScopeLocked");
    expect(stdout).toContain("open a support request");
    expect(stderr).toMatch(/^vault-teardown: nothing in this is known: [^\n]+\n$/);
  });

  it("tells what its beginning means", async () => {
    const { code, stdout } = await commandLineHere(["explain", "BMSUserErrorSomethingNew"]);
    expect(code).toBe(1);
    expect(stdout).toContain("family    BMSUserError… comes from");
  });

  it("keeps the correlation id, for support", async () => {
    const id = "46002cb0-8836-40e9-92dd-23f35a76f3b5";
    const { stdout } = await commandLineHere(["explain", `it broke, x-ms-correlation-request-id: ${id}`]);
    expect(stdout).toContain(`correlation id ${id}: by it Microsoft support finds the request`);
  });

  it("is a usage error with words beside --list", async () => {
    const { code, stderr } = await commandLineHere(["explain", "--list", "ScopeLocked"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^vault-teardown: --list lists everything/);
  });
});

describe("other commands", () => {
  it("point to it where Azure has refused", async () => {
    const stranger = "11111111-1111-1111-1111-111111111111";
    const { stderr } = await commandLineHere(["plan", "--emulator", "small", "-s", stranger]);
    expect(stderr).toMatch(/; more: vault-teardown explain SubscriptionNotFound\n$/);
  });

  it("point to it from the blockers of a plan, once for each code", async () => {
    const { stdout } = await commandLineHere(["plan", "--emulator", "immutable-locked"]);
    expect(stdout.match(/^ {2}explain vault-teardown explain immutability-locked$/gm)).toHaveLength(1);
  });

  it("do so where they are asked through a port, too", async () => {
    const { url } = await servedWorld("small");
    const { stderr } = await commandLineHere([
      "deleted",
      "--endpoint",
      url,
      "-s",
      "11111111-1111-1111-1111-111111111111",
    ]);
    expect(stderr).toContain("vault-teardown explain SubscriptionNotFound");
  });
});
