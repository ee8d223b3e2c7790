// Finds the first thing wrong with a vault's `replication` in a world document. It must not repair.
import type { Json, Properties } from "../json.ts";
import { object, text } from "../json.ts";
import { isTime } from "../world-times.ts";
import type { ReplicationKind } from "./kinds.ts";
import { isPathOf, kinds, replicationKinds } from "./kinds.ts";

/**
 * The problem and what to do about it, or undefined. The document's shape has been looked at before. In a saved world a job
 * may go on about what was removed together with its parent.
 */
export function replicationProblem(vault: Properties, where: string, saved: boolean): string | undefined {
  const replication = object(vault, "replication");
  const paths = new Map<string, string>();
  for (const kind of replicationKinds) {
    for (const [index, entry] of entries(replication, kind).entries()) {
      const member = `${where}.replication.${kind}[${index}]`;
      const path = text(entry, "path");
      if (!isPathOf(kind, path)) return `'${member}.path' is '${path}'; use ${kinds[kind].path}`;
      if (paths.has(path.toLowerCase())) return `'${member}.path' is '${path}', which is listed twice; remove one`;
      paths.set(path.toLowerCase(), member);
    }
  }
  for (const [path, member] of paths) {
    const missing = missingParent(path, paths);
    if (missing !== undefined) return `'${member}.path' stands in '${missing}', which is not in the world; add it`;
  }
  return jobsProblem(entries(replication, "jobs"), saved ? undefined : paths, `${where}.replication.jobs`);
}

/** Networks and storage classifications are not part of a world; fabrics and protection containers are. */
function missingParent(path: string, known: ReadonlyMap<string, string>): string | undefined {
  const segments = path.split("/");
  for (let length = 2; length < segments.length; length += 2) {
    const parent = segments.slice(0, length).join("/");
    const list = segments[length - 2] ?? "";
    const listed = list === "replicationfabrics" || list === "replicationprotectioncontainers";
    if (listed && !known.has(parent)) return parent;
  }
  return undefined;
}

function jobsProblem(
  jobs: readonly Properties[],
  known: ReadonlyMap<string, string> | undefined,
  where: string,
): string | undefined {
  for (const [index, job] of jobs.entries()) {
    const completesAt: Json | undefined = job["completesAt"];
    if (typeof completesAt === "string" && !isTime(completesAt)) {
      return `'${where}[${index}].completesAt' is '${completesAt}'; use a date or one like "now-3d"`;
    }
    const about = text(job, "about");
    const running = object(job, "properties")["state"] === "InProgress";
    if (running && about !== "" && known?.has(about.toLowerCase()) === false) {
      return `'${where}[${index}].about' is '${about}', which is not in the world; add it`;
    }
  }
  return undefined;
}

function entries(replication: Properties, kind: ReplicationKind): readonly Properties[] {
  return (replication[kind] ?? []) as readonly Properties[];
}
