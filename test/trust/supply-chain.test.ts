// What is installed is what was reviewed, and what is published is what runs: the lock file is exact, nothing runs at
// installation that is not named, and the packed tarball works from an empty folder.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedWorlds } from "../../src/emulator/worlds.ts";
import { emulatorProcess } from "../cli/command-line.ts";
import { publishedSchemas } from "../schemas/published.ts";
import { installedIn, installScripts, locked, lockFile, packageFile, packedIn, ran, wouldPack } from "./packed.ts";

const { dependencies, devDependencies } = packageFile;
const direct = Object.entries({ ...dependencies, ...devDependencies });

describe("the lock file", () => {
  it("is in step with package.json, in which every version is exact", () => {
    expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    expect(lockFile.lockfileVersion).toBe(3);
    expect(lockFile.packages[""]).toMatchObject({ dependencies, devDependencies });
    const wrong = direct.filter(([name, version]) => lockFile.packages[`node_modules/${name}`]?.version !== version);
    expect(wrong).toEqual([]);
  });

  it("has a strong hash of every package, and names no place to take it from", () => {
    expect(locked.length).toBeGreaterThan(100);
    const weak = locked.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""));
    expect(weak.map(([place]) => place)).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([]);
  });

  it("has no package from a repository, an address, a folder or under another name", () => {
    const elsewhere = /^(git|https?|file|link|github|gitlab|bitbucket|npm|workspace)[:+]|^[./]|^~\/|^\w+\/\w/;
    const asked = [["", lockFile.packages[""]!] as const, ...locked].flatMap(([place, entry]) =>
      Object.entries({ ...entry.dependencies, ...entry.devDependencies }).map(([name, version]) => [
        place,
        name,
        version,
      ]),
    );
    expect(asked.filter(([, , version]) => elsewhere.test(version!))).toEqual([]);
    const odd = locked.filter(
      ([, { link, name, inBundle }]) => link === true || name !== undefined || inBundle === true,
    );
    expect(odd.map(([place]) => place)).toEqual([]);
    expect(locked.filter(([, { version }]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ""))).toEqual([]);
  });
});

describe("scripts at installation", () => {
  const allowed = Object.keys(packageFile.allowScripts);

  it("run for packages named in package.json, and for no others", () => {
    const having = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([place]) => place);
    expect(having).toEqual(allowed.map((name) => `node_modules/${name}`));
    expect(Object.values(packageFile.allowScripts)).toEqual(allowed.map(() => true));
  });

  it("are there in no installed package of which the lock file does not say so", () => {
    const having = locked.filter(([place]) => installScripts(place).length > 0).map(([place]) => place);
    expect(having).toEqual(allowed.map((name) => `node_modules/${name}`));
  });

  it("bring no browser and no diagram engine: what draws and what browses is on the machine, or small", () => {
    const names = locked.map(([place]) => place.replace(/^.*node_modules\//, ""));
    expect(names).toContain("playwright-core");
    expect(
      names.filter((name) => /^(playwright|puppeteer|mermaid|d3|cytoscape|elkjs|katex|chromium)/.test(name)),
    ).toEqual(["playwright-core"]);
  });

  it("are none for people who install the package", () => {
    expect(allowed.filter((name) => name in dependencies)).toEqual([]);
    const own = ["preinstall", "install", "postinstall", "prepare"].filter((name) => name in packageFile.scripts);
    expect(own).toEqual([]);
  });
});

/** A program that uses all that is exported, and says what must not compile. */
const strictProgram = `
import { planTeardown, runPlan, type AzureError, type Plan, type RecordedEvent, type Refusal, type RunDocument, type TeardownError, type TokenCredential } from "azure-vault-teardown";
const credential: TokenCredential = { getToken: async () => null };
const plan: Plan = await planTeardown({ vault: "id", credential, strategy: "soft", consents: ["remove-locks"] });
const run: RunDocument = await runPlan(plan, { confirm: plan.id, onEvent: (event: RecordedEvent) => void event.seq });
export const kind: "absent" | "soft-deleted" | "purged" | "recovered" | "blocked" | "waiting" | undefined = run.outcome?.kind;
export const status = (error: AzureError): number => error.status;
export function fixesOf(error: TeardownError): readonly string[] {
  const reason: Refusal = error.reason;
  return reason.code === "blocked" ? reason.blockers.map(({ fix }) => fix) : [];
}
// @ts-expect-error: destruction is never implicit
await runPlan(plan, {});
// @ts-expect-error: a plan is not changed
plan.steps.length = 0;
// @ts-expect-error: the error is known by its name, not by its class
import { TeardownError as Class } from "azure-vault-teardown"; new Class();
`;

describe("the packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "vault-teardown-test-"));
  const empty = join(folder, "empty");
  let tarball: string;
  let files: readonly string[];

  beforeAll(() => {
    tarball = packedIn(folder);
    const listed = ran("tar", ["-tzf", tarball], folder).trimEnd().split("\n");
    files = listed.map((path) => path.replace(/^package\//, ""));
    mkdirSync(empty);
    installedIn(empty, tarball);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the installed command in the empty folder, with this Node and nothing else of this machine. */
  function command(...parameters: readonly string[]): string {
    const env = { PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter), HOME: empty };
    return ran(join(empty, "node_modules/.bin/vault-teardown"), parameters, empty, env);
  }

  it("holds the program, its worlds and their description, and the texts about it", () => {
    const outside = files.filter((path) => !path.startsWith("dist/"));
    expect(outside.toSorted()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
    const odd = files.filter((path) => path.startsWith("dist/") && !/\.(js|d\.ts)$/.test(path));
    expect(odd.toSorted()).toEqual(
      [
        "dist/cli/help.txt",
        "dist/emulator/SPEC.md",
        "dist/emulator/world.schema.json",
        ...shippedWorlds.map((name) => `dist/emulator/worlds/${name}.json`),
        "dist/reporting/html/page.css",
        ...[...publishedSchemas.keys()].map((name) => `dist/schemas/${name}`),
      ].toSorted(),
    );
    expect(files.filter((path) => /test|\bscript|\.map$|(?<!\.d)\.ts$|(^|\/)\./.test(path))).toEqual([]);
  });

  it("is small: little more than half a megabyte to load, and none of it twice", () => {
    expect(statSync(tarball).size).toBeLessThan(650_000);
    expect(files.length).toBe(new Set(files.map((path) => path.toLowerCase())).size);
  });

  it("is published for everybody with a statement of where it was built, or not at all", () => {
    expect(packageFile.publishConfig).toEqual({ access: "public", provenance: true });
  });

  it("takes nothing else from a checkout, whatever lies there", () => {
    const outside = wouldPack(folder).filter((path) => !path.startsWith("dist/"));
    expect(outside.toSorted()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
  });

  it("has one module for every source file, without a trace of where it was built", () => {
    const source = fileURLToPath(new URL("../../src/", import.meta.url));
    const modules = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    const expected = modules.map((path) => join("dist", path.replace(/\.ts$/, ".js")));
    expect(files.filter((path) => path.endsWith(".js")).toSorted()).toEqual(expected.toSorted());
    const installed = join(empty, "node_modules", packageFile.name);
    const telling = files.filter((path) => {
      const text = readFileSync(join(installed, path), "utf8");
      return text.includes(source) || text.includes(folder) || text.includes("sourceMappingURL");
    });
    expect(telling).toEqual([]);
  });

  /** Runs a module of somebody's program in the empty folder. Gives what it printed. */
  function program(code: string): string {
    return ran(process.execPath, ["--input-type=module", "--eval", code], empty);
  }

  it("gives programs two functions and nothing else, its schemas, and no way to what is inside", () => {
    expect(program(`console.log(Object.keys(await import("azure-vault-teardown")).join())`)).toBe(
      "planTeardown,runPlan\n",
    );
    const schemas = [...publishedSchemas.keys()].map((name) => `azure-vault-teardown/schemas/${name}`);
    const loading = schemas.map((name) => `(await import("${name}", { with: { type: "json" } })).default.$id`);
    const ids = JSON.parse(program(`console.log(JSON.stringify([${loading.join()}]))`)) as readonly string[];
    expect(ids).toEqual([...publishedSchemas.values()].map((text) => Object(JSON.parse(text)).$id as string));
    for (const inside of ["dist/cli/main.js", "dist/library/index.js", "library/index.js", "dist", "cli/run.js"])
      expect(
        program(`await import("azure-vault-teardown/${inside}").catch(({ code }) => console.log(code))`),
        inside,
      ).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED\n");
    expect(
      program(`import { createRequire } from "node:module";
      console.log(Object.keys(createRequire(import.meta.url)("azure-vault-teardown")).join())`),
    ).toBe("planTeardown,runPlan\n");
  });

  it("has the types of its entrance and what they are made of, which any strict program can compile against", () => {
    const types = files.filter((path) => path.endsWith(".d.ts"));
    expect(
      types.filter((path) => !/^dist\/(library|model|reporting)\/|^dist\/azure\/(credential|clouds)\./.test(path)),
    ).toEqual([]);
    writeFileSync(join(empty, "program.ts"), strictProgram);
    const strict = "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --skipLibCheck false --noEmit";
    const how = `--target es2022 --lib es2022 --module nodenext --moduleResolution nodenext ${strict} program.ts`;
    writeFileSync(join(empty, "package.json"), '{ "type": "module" }');
    // The newest compiler, and the last of those before it.
    for (const place of ["typescript", "ts-json-schema-generator/node_modules/typescript"]) {
      const compiler = fileURLToPath(new URL(`../../node_modules/${place}/bin/tsc`, import.meta.url));
      expect(ran(process.execPath, [compiler, ...how.split(" ")], empty)).toBe("");
    }
    for (const name of ["program.ts", "package.json"]) rmSync(join(empty, name));
  });

  it("runs the program that its documentation shows, against a rehearsal", async () => {
    const documented = readFileSync(join(empty, "node_modules", packageFile.name, "dist/library/index.d.ts"), "utf8");
    const [, example = ""] = /```js\n([\s\S]*?) \* ```/.exec(documented) ?? [];
    const code = example.replaceAll(/^ \* ?/gm, "");
    expect(code).toMatch(/^import \{ planTeardown, runPlan \} from "azure-vault-teardown";\n/);
    const file = join(empty, "program.mjs");
    writeFileSync(file, code);
    const { first, end } = await emulatorProcess(["always-on", "--port", "0", "--speed", "2000"]);
    const [vault = ""] = first.vaults;
    const told = (name: string): string => ran(process.execPath, [file, vault, name, first.url], empty);
    expect(told("rsv-other")).toMatch(/\nwrong-confirmation confirm rsv-other names neither the vault /);
    const printed = told("rsv-alwayson-frc");
    expect(printed).toMatch(/^delete-vault-1: .+$/m);
    expect(printed).toMatch(/^\d{4}-\S+Z run-ended$/m);
    expect(printed).toMatch(/^0 soft-deleted vault-teardown recover --run /m);
    await end("SIGTERM");
    for (const left of ["program.mjs", ".vault-teardown"]) rmSync(join(empty, left), { recursive: true });
  });

  it("runs from an empty folder with its production dependencies alone: help, a plan and a rehearsal", () => {
    expect(command("--help")).toBe(readFileSync(new URL("../../src/cli/help.txt", import.meta.url), "utf8"));
    expect(command("--version").trim()).toBe(packageFile.version);
    const plan = command("plan", "--emulator", "small");
    expect(plan).toMatch(/^vault {5}rsv-backup-weu in westeurope\n/);
    expect(plan).toContain("delete-vault (1)");
    expect(command("demo", "--speed", "200")).toMatch(/\ngone: .*\n(.*\n)+run {7}\d{8}T\d{6}Z-[0-9a-f]{6}\n$/);
    expect(readdirSync(empty)).toEqual(["node_modules"]);
  });
});
