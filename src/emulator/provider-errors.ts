// Error answers as the provider gives them that a path belongs to. It must not decide when an error is due.
import type { Answer } from "./answers.ts";
import {
  armError,
  notFoundInVault,
  resourceGroupNotFound,
  resourceNotFound,
  serviceError,
  serviceFailure,
  subscriptionNotFound,
} from "./arm-errors.ts";
import { dataProtectionError, dataProtectionNotFound, userFacingError } from "./data-protection-errors.ts";
import type { Properties } from "./json.ts";
import { belowProviders, sameName } from "./names.ts";
import { absent, errorOf, refused } from "./site-recovery/errors.ts";
import type { State } from "./state.ts";

type Provider = "resource-manager" | "recovery-services" | "site-recovery" | "data-protection";

/** The cause with which ARM gives its own errors; a service that does not answer is the service's (all recorded). */
const causes: Readonly<Record<string, "gateway" | "service">> = {
  ResourceRequestsThrottled: "gateway",
  ServerTimeout: "gateway",
  InternalServerError: "gateway",
  InternalResourceIdentityError: "gateway",
  ResourceGroupNotFound: "gateway",
  SubscriptionNotFound: "gateway",
  InvalidGatewayHost: "service",
  GatewayTimeout: "service",
  // field report: terraform-provider-azurerm 20867
  ExpiredAuthenticationToken: "gateway",
  // unverified: the cause
  AuthorizationFailed: "gateway",
};

function named(segments: readonly string[]): readonly string[] {
  return belowProviders(segments) ?? [];
}

export function namespaceOf(segments: readonly string[]): string {
  return named(segments)[0] ?? "Microsoft.Resources";
}

/** By the last namespace of the path; a provider that is not told apart answers as ARM itself does. */
export function providerOf(segments: readonly string[]): Provider {
  const [namespace = "", , , below = ""] = named(segments);
  if (sameName(namespace, "Microsoft.DataProtection")) return "data-protection";
  if (!sameName(namespace, "Microsoft.RecoveryServices")) return "resource-manager";
  return below.toLowerCase().startsWith("replication") ? "site-recovery" : "recovery-services";
}

/** Whether a path is that of a resource of ARM's own, such as a vault, and not of something a provider keeps inside. */
export function isTopLevel(segments: readonly string[]): boolean {
  return named(segments).length <= 3;
}

/** Whether a 404 there is ARM's own: of a vault, and of a vault's own operations (recorded: 29 of 66 vault deletes). */
function isOfResourceManager(segments: readonly string[]): boolean {
  const [, , , below = ""] = named(segments);
  return isTopLevel(segments) || /^operation(?:Status|Results)$/iu.test(below);
}

type ErrorGiven = { readonly status: number; readonly code: string; readonly message: string };

/** Some codes are ARM's own or a failing service's wherever they occur; all others take the form of the path's provider. */
export function providerError(state: State, segments: readonly string[], given: ErrorGiven): Answer {
  const { status, code, message } = given;
  if (code === "ResourceNotFound" && isOfResourceManager(segments)) return armError(status, code, message);
  const cause = Object.hasOwn(causes, code) ? causes[code] : undefined;
  if (cause !== undefined)
    return cause === "gateway" ? armError(status, code, message) : serviceFailure(status, code, message);
  const provider = providerOf(segments);
  switch (provider) {
    case "resource-manager":
      return armError(status, code, message);
    case "recovery-services":
      return status < 500 ? serviceError(status, code, message) : serviceFailure(status, code, message);
    case "site-recovery":
      return refused(state, status, { code, message, possibleCauses: "", recommendedAction: "" });
    case "data-protection":
      return dataProtectionError(state, given);
    default:
      return provider satisfies never;
  }
}

/** What a failed operation shows inside a 200. */
export function operationError(state: State, segments: readonly string[], code: string, message: string): Properties {
  const provider = providerOf(segments);
  switch (provider) {
    case "resource-manager":
    case "recovery-services":
      return { code, message };
    case "site-recovery":
      return errorOf(state, { code, message, possibleCauses: "", recommendedAction: "" });
    case "data-protection":
      return userFacingError(state, code, message);
    default:
      return provider satisfies never;
  }
}

/** The 404 of a path; of a vault's own operations it is about the vault. */
export function absentAt(state: State, segments: readonly string[]): Answer {
  const [namespace = "", type = "", vault = ""] = named(segments);
  if (isTopLevel(segments)) return absentResource(segments);
  const provider = providerOf(segments);
  switch (provider) {
    case "resource-manager":
      return absentResource(segments);
    case "recovery-services":
      if (!isOfResourceManager(segments)) return notFoundInVault(segments.at(-1) ?? "");
      return resourceNotFound(`${namespace}/${type}`, vault, groupOf(segments) ?? noGroup);
    case "site-recovery":
      return absent(state, segments.at(-1) ?? "");
    case "data-protection":
      return dataProtectionNotFound();
    default:
      return provider satisfies never;
  }
}

/** How ARM names the group of what has none; unverified. */
const noGroup = "<null>";

function absentResource(segments: readonly string[]): Answer {
  const [namespace, type = "", ...names] = named(segments);
  const group = groupOf(segments);
  if (namespace !== undefined) return resourceNotFound(`${namespace}/${type}`, names.join("/"), group ?? noGroup);
  return group === undefined ? subscriptionNotFound(segments[1] ?? "") : resourceGroupNotFound(group);
}

function groupOf(segments: readonly string[]): string | undefined {
  const [, , word = "", group] = segments;
  return sameName(word, "resourceGroups") ? group : undefined;
}
