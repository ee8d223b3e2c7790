// Matches a method and path to a route: segments are decoded one by one and compared without regard to case.
// It must not know what the routes do.
import type { Route } from "./call.ts";

type Match =
  | { readonly kind: "found"; readonly route: Route; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: "other-method" }
  | { readonly kind: "unknown" };

export type Router = (method: string, segments: readonly string[]) => Match;

type Compiled = { readonly route: Route; readonly segments: readonly string[] };

export function createRouter(routes: readonly Route[]): Router {
  const byLength = new Map<number, Compiled[]>();
  for (const route of routes) {
    const segments = route.path
      .split("/")
      .map((segment) => (segment.startsWith("{") ? segment : segment.toLowerCase()));
    const sameLength = byLength.get(segments.length) ?? [];
    sameLength.push({ route, segments });
    byLength.set(segments.length, sameLength);
  }
  return (method, segments) => matchRoute(byLength.get(segments.length) ?? [], method, segments);
}

function matchRoute(candidates: readonly Compiled[], method: string, segments: readonly string[]): Match {
  let pathKnown = false;
  for (const { route, segments: pattern } of candidates) {
    const parameters = matchSegments(pattern, segments);
    if (parameters === undefined) continue;
    if (route.method === method) return { kind: "found", route, parameters };
    pathKnown = true;
  }
  return { kind: pathKnown ? "other-method" : "unknown" };
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (expected.startsWith("{")) parameters[expected.slice(1, -1)] = segment;
    else if (expected !== segment.toLowerCase()) return undefined;
  }
  return parameters;
}

/** Splits first and decodes afterwards, so an encoded slash stays inside its segment; undefined when not decodable. */
export function pathSegments(pathname: string): readonly string[] | undefined {
  try {
    return pathname
      .split("/")
      .filter((segment) => segment !== "")
      .map((segment) => decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}
