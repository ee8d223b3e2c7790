// Registering a container that is known to its vault again. It must not register what the vault has never held.
import type { Answer } from "./answers.ts";
import { accepted } from "./answers.ts";
import { invalidInput, notImplemented, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { containerId, containerPath, hasNoStatusUrl } from "./containers.ts";
import { conflictingChange } from "./item-changes.ts";
import { object, text } from "./json.ts";
import { keepShowing } from "./list-lag.ts";
import { sameName } from "./names.ts";
import { takes } from "./operation-times.ts";
import { signedUrl, startOperation, statusApiVersion } from "./operations.ts";
import type { ContainerState, State, VaultState } from "./state.ts";
import { containerIn } from "./state.ts";
import { vaultRoute } from "./vault-scope.ts";

/** Those of the SDK; a body without one registers (recorded). */
const operationTypes = ["Register", "Reregister"] as const;

/** Recorded: 202 with `{}` and the urls of the container (azcli2024__test_backup_wl_hana_container, `Reregister`). */
function register(call: Call, vault: VaultState): Answer {
  const name = parameter(call, "container");
  const container = containerIn(vault, name);
  if (container === undefined) return notImplemented("PUT of a container that the vault does not know", call.path);
  const refusal = unknownType(call) ?? otherVault(container) ?? conflictingChange(call.state, vault, container.name);
  if (refusal !== undefined) return refusal;
  const isStorage = text(container.properties, "backupManagementType") === "AzureStorage";
  const { id } = startOperation(call.state, {
    vaultId: vault.id,
    effect: { kind: "register-container", container: container.name },
    startsAt: call.now,
    takes: takes(call.state, isStorage ? "registerStorage" : "registerWorkload"),
  });
  const path = containerId(vault, name);
  const result = signedUrl(call, `${path}/operationResults/${id}`);
  const status = signedUrl(call, `${path}/operationsStatus/${id}`, statusApiVersion);
  return accepted(hasNoStatusUrl(call, name) ? { result } : { status, result }, {});
}

function unknownType(call: Call): Answer | undefined {
  const wanted = text(object(call.body ?? {}, "properties"), "operationType") || "Register";
  if (operationTypes.some((type) => sameName(type, wanted))) return undefined;
  return invalidInput(`The operation type '${wanted}' is not valid; use Register or Reregister.`);
}

/** Documented (rules 1.3): only what is not registered to another vault can be undeleted. Status, code and text are unverified. */
function otherVault({ name, registeredElsewhere }: ContainerState): Answer | undefined {
  if (registeredElsewhere === undefined) return undefined;
  const message = `The container '${name}' is registered to the vault '${registeredElsewhere}'. Please unregister it there, then retry.`;
  return serviceError(400, "BMSUserErrorContainerRegisteredToAnotherVault", message);
}

/** Documented (rules 1.3, 4): an undeleted container is registered again; that its items stay soft-deleted is unverified. */
export function registerContainer(state: State, vault: VaultState, name: string, at: number): void {
  const container = containerIn(vault, name);
  if (container === undefined) return;
  keepShowing(state, vault, "protectionContainers", container, at);
  container.properties = { ...container.properties, registrationStatus: "Registered" };
}

export const registrationRoutes: readonly Route[] = [vaultRoute("PUT", containerPath, register)];
