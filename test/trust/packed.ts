// The package as it would be published: built and packed elsewhere, and put where `npm install` would put it, without a
// registry. It must not test anything.

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root: string = fileURLToPath(new URL("../../", import.meta.url));

export type LockEntry = {
  readonly version?: string;
  readonly name?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
};

export type PackageFile = {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly publishConfig: Readonly<Record<string, unknown>>;
};

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

export const packageFile: PackageFile = read("package.json") as PackageFile;
export const lockFile = read("package-lock.json") as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockEntry>>;
};

/** The entries of the lock file but the project's own, by their place. */
export const locked: readonly (readonly [string, LockEntry])[] = Object.entries(lockFile.packages).filter(
  ([place]) => place !== "",
);

/** `scripts` of an installed package; none where it is not installed on this system. */
export function installScripts(place: string): readonly string[] {
  try {
    const { scripts = {} } = read(join(place, "package.json")) as {
      readonly scripts?: Readonly<Record<string, string>>;
    };
    return ["preinstall", "install", "postinstall"].filter((name) => scripts[name] !== undefined);
  } catch {
    return [];
  }
}

/** Runs a program to its end. Throws Error when it does not end with 0. */
export function ran(
  program: string,
  parameters: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const { status, stdout, stderr } = spawnSync(program, parameters, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${parameters.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

type Packed = { readonly files: readonly { readonly path: string }[]; readonly filename: string };

/** What `npm pack` says of the package in a folder; without a network and without scripts. */
function npmPack(folder: string, cache: string, ...more: readonly string[]): Packed {
  const env = { ...process.env, npm_config_offline: "true", npm_config_cache: cache };
  const said = ran("npm", ["pack", "--json", "--ignore-scripts", ...more], folder, env);
  const [packed] = JSON.parse(said) as readonly Packed[];
  if (packed === undefined) throw new Error("nothing was packed");
  return packed;
}

/** The paths that would be packed from the checkout as it lies here. `folder`: one to work in. */
export function wouldPack(folder: string): readonly string[] {
  return npmPack(root, join(folder, "npm-cache"), "--dry-run").files.map(({ path }) => path);
}

/** Builds and packs in the folder; the checkout's own dist/ is left alone. The path of the tarball. */
export function packedIn(folder: string): string {
  const copy = join(folder, "package");
  mkdirSync(copy);
  for (const name of ["package.json", "README.md", "LICENSE", "CHANGELOG.md"])
    cpSync(join(root, name), join(copy, name));
  ran(process.execPath, [join(root, "scripts/build.ts"), join(copy, "dist")], folder);
  return join(copy, npmPack(copy, join(folder, "npm-cache")).filename);
}

/** Unpacks the tarball as `npm install` would, beside links to its production dependencies and to nothing else. */
export function installedIn(folder: string, tarball: string): void {
  const modules = join(folder, "node_modules");
  const place = join(modules, packageFile.name);
  mkdirSync(place, { recursive: true });
  ran("tar", ["-xzf", tarball, "-C", place, "--strip-components=1"], folder);
  const production = locked.filter(
    ([path, { dev, devOptional }]) => !dev && !devOptional && path.lastIndexOf("node_modules/") === 0,
  );
  for (const [path] of production) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path), "dir");
  }
  mkdirSync(join(modules, ".bin"));
  for (const [name, path] of Object.entries(packageFile.bin)) {
    chmodSync(join(place, path), 0o755);
    symlinkSync(join("..", packageFile.name, path), join(modules, ".bin", name));
  }
}
