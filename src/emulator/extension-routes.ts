// Routes of extension resources: `{scope}/providers/Microsoft.Authorization/…` stands under anything, however deep.
// It must not know what any of these routes answer.
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Router } from "./router.ts";
import { createRouter } from "./router.ts";

/** The path of an extension route begins here; what stands before it in a request is the parameter `scope`. */
export const authorization = "providers/Microsoft.Authorization";

/** `path` follows the scope: `providers/Microsoft.Authorization/locks/{lock}`. Tried before the other routes. */
export function withExtensions(router: Router, routes: readonly Route[]): Router {
  const extensions = createRouter(routes);
  return (method, segments) => {
    const start = extensionStart(segments);
    const match = start === undefined ? undefined : extensions(method, segments.slice(start));
    if (match === undefined || match.kind === "unknown") return router(method, segments);
    if (match.kind === "other-method") return match;
    const scope = `/${segments.slice(0, start).join("/")}`;
    return { ...match, parameters: { ...match.parameters, scope } };
  };
}

/** The last such pair: an extension may stand under an extension. */
function extensionStart(segments: readonly string[]): number | undefined {
  const [providers, provider] = authorization.toLowerCase().split("/");
  const start = segments.findLastIndex(
    (segment, index) => segment.toLowerCase() === providers && segments[index + 1]?.toLowerCase() === provider,
  );
  return start === -1 ? undefined : start;
}

/** The id of what an extension route was asked about. */
export function scopeOf(call: Call): string {
  return parameter(call, "scope");
}
