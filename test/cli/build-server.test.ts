// The build server a process runs on, and the summary beside its step: nothing that goes wrong with it ends a command.

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addToJobSummary, detectBuildServer } from "../../src/cli/build-server.ts";
import { documentText } from "../../src/reporting/document-text.ts";
import { azureCommand } from "../reporting/build-server/runners.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const markdown = documentText(["## gone\n"]);

describe("the build server", () => {
  it.each([
    [{ GITHUB_ACTIONS: "true" }, "github"],
    [{ TF_BUILD: "True" }, "azure-pipelines"],
    [{ TF_BUILD: "true" }, "azure-pipelines"],
    [{ GITHUB_ACTIONS: "false", TF_BUILD: "" }, undefined],
    [{}, undefined],
  ] as const)("of %o is %s", (env, server) => {
    expect(detectBuildServer(env)).toBe(server);
  });
});

describe("a summary for GitHub", () => {
  it("stands after what the step has there, with a line between", () => {
    const file = join(temporaryFolder(), "summary.md");
    writeFileSync(file, "earlier, without an end");
    expect(addToJobSummary("github", { GITHUB_STEP_SUMMARY: file }, markdown)).toEqual({});
    addToJobSummary("github", { GITHUB_STEP_SUMMARY: file }, markdown);
    expect(readFileSync(file, "utf8")).toBe("earlier, without an end\n## gone\n\n## gone\n");
  });

  it("is the first thing of a file that is empty, or not there", () => {
    const file = join(temporaryFolder(), "summary.md");
    addToJobSummary("github", { GITHUB_STEP_SUMMARY: file }, markdown);
    expect(readFileSync(file, "utf8")).toBe("## gone\n");
  });

  it("leaves the file as it is where GitHub would drop all of it, and says so", () => {
    const file = join(temporaryFolder(), "summary.md");
    writeFileSync(file, "x".repeat(1024 * 1024 - 4));
    const { warning } = addToJobSummary("github", { GITHUB_STEP_SUMMARY: file }, markdown);
    expect(warning).toContain("1 MiB");
    expect(statSync(file).size).toBe(1024 * 1024 - 4);
  });

  it.each([[{}], [{ GITHUB_STEP_SUMMARY: "" }], [{ GITHUB_STEP_SUMMARY: "/nowhere/at/all.md" }]])(
    "that cannot be written is one line, and no error: %o",
    (env) => {
      const { warning, command } = addToJobSummary("github", env, markdown);
      expect(warning).toMatch(/^the job summary was not written \(.+\); --report <file>\.md writes the same document$/);
      expect(command).toBeUndefined();
    },
  );
});

describe("a summary for Azure Pipelines", () => {
  it("is a file of its own that is kept, and a command that leads to it", () => {
    const folder = join(temporaryFolder(), "a b;c]d%");
    mkdirSync(folder);
    const env = { AGENT_TEMPDIRECTORY: folder };
    const commands = [1, 2].map(() => addToJobSummary("azure-pipelines", env, markdown).command!);
    const paths = commands.map((command) => azureCommand(command)!);
    expect(paths.map(({ name }) => name)).toEqual(["task.uploadsummary", "task.uploadsummary"]);
    expect(paths.map(({ text }) => readFileSync(text, "utf8"))).toEqual(["## gone\n", "## gone\n"]);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(paths.every(({ text }) => text.endsWith(".md"))).toBe(true);
  });

  it("that cannot be written is one line, and no error", () => {
    const folder = temporaryFolder();
    const gone = join(folder, "gone");
    chmodSync(folder, 0o700);
    const { warning, command } = addToJobSummary("azure-pipelines", { AGENT_TEMPDIRECTORY: gone }, markdown);
    expect(warning).toContain("ENOENT");
    expect(command).toBeUndefined();
  });
});
