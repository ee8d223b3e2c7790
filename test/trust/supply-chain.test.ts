// What is installed is what was reviewed, and what is published is what runs: the lock file is exact, nothing runs at
// installation that is not named, and the packed tarball works from an empty folder.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedWorlds } from "../../src/emulator/worlds.ts";
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

  it("are none for people who install the package", () => {
    expect(allowed.filter((name) => name in dependencies)).toEqual([]);
    const own = ["preinstall", "install", "postinstall", "prepare"].filter((name) => name in packageFile.scripts);
    expect(own).toEqual([]);
  });
});

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
    const odd = files.filter((path) => path.startsWith("dist/") && !path.endsWith(".js"));
    expect(odd.toSorted()).toEqual(
      [
        "dist/cli/help.txt",
        "dist/emulator/SPEC.md",
        "dist/emulator/world.schema.json",
        ...shippedWorlds.map((name) => `dist/emulator/worlds/${name}.json`),
      ].toSorted(),
    );
    expect(files.filter((path) => /test|\bscript|\.map$|\.ts$|(^|\/)\./.test(path))).toEqual([]);
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
