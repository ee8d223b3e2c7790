// What a build server keeps from one job to the next: folders of files under a name, the newest last.

import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";

export type KeptFiles = {
  /** Keeps what of these paths there is; `*` at the end of a name stands for others. */
  readonly keep: (name: string, from: string, paths: readonly string[]) => void;
  /** Lays the newest that begins with the name into the folder; false where there is none. */
  readonly restore: (name: string, to: string) => boolean;
};

export function keptFiles(): KeptFiles {
  const root = temporaryFolder();
  const names: string[] = [];
  return {
    keep: (name, from, paths) => {
      const folder = join(root, String(names.push(name)));
      mkdirSync(folder);
      for (const path of paths.flatMap((pattern) => matching(from, pattern))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        cpSync(join(from, path), join(folder, path), { recursive: true });
      }
    },
    restore: (name, to) => {
      const newest = names.findLastIndex((kept) => kept.startsWith(name));
      if (newest < 0) return false;
      cpSync(join(root, String(newest + 1)), to, { recursive: true });
      return true;
    },
  };
}

function matching(folder: string, pattern: string): readonly string[] {
  if (!pattern.endsWith("*")) return existsSync(join(folder, pattern)) ? [pattern] : [];
  return readdirSync(folder).filter((name) => name.startsWith(pattern.slice(0, -1)));
}
