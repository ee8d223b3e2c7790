// Registering a container, for the first time or again. It must not protect anything in it.
import type { Answer } from "./answers.ts";
import { accepted } from "./answers.ts";
import { invalidInput, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { containerId, containerPath, hasNoStatusUrl } from "./containers.ts";
import { conflictingChange } from "./item-changes.ts";
import type { Effect } from "./effects.ts";
import type { Properties } from "./json.ts";
import { object, text } from "./json.ts";
import { keepShowing } from "./list-lag.ts";
import { lastSegment, sameName } from "./names.ts";
import { takes } from "./operation-times.ts";
import { signedUrl, startOperation, statusApiVersion } from "./operations.ts";
import type { ContainerState, State, VaultState } from "./state.ts";
import { containerFrom, containerIn } from "./state.ts";
import { vaultRoute } from "./vault-scope.ts";

type RegisterContainer = Extract<Effect, { readonly kind: "register-container" }>;

/** Those of the SDK; a body without one registers (recorded). */
const operationTypes = ["Register", "Reregister"] as const;

/** Recorded: 202 with `{}` and the urls of the container (azcli2024__test_backup_wl_hana_container, `Reregister`). */
function register(call: Call, vault: VaultState): Answer {
  const name = parameter(call, "container");
  const container = containerIn(vault, name);
  const properties = container?.properties ?? newContainer(call);
  if (properties === undefined) return invalidInput("The container type or the source resource id is missing.");
  const refusal = unknownType(call) ?? otherVault(container) ?? conflictingChange(call.state, vault, name);
  if (refusal !== undefined) return refusal;
  const isStorage = text(properties, "backupManagementType") === "AzureStorage";
  const { id } = startOperation(call.state, {
    vaultId: vault.id,
    effect: {
      kind: "register-container",
      container: container?.name ?? name,
      ...(container === undefined ? { properties } : {}),
    },
    startsAt: call.now,
    takes: takes(call.state, isStorage ? "registerStorage" : "registerWorkload"),
  });
  const path = containerId(vault, name);
  const result = signedUrl(call, `${path}/operationResults/${id}`);
  const status = signedUrl(call, `${path}/operationsStatus/${id}`, statusApiVersion);
  return accepted(hasNoStatusUrl(call, name) ? { result } : { status, result }, {});
}

/** Recorded of a storage account: azcli2024__test_afs_backup_container. Undefined where the body does not say what it is. */
function newContainer(call: Call): Properties | undefined {
  const body = object(call.body ?? {}, "properties");
  const [source, type] = [text(body, "sourceResourceId"), text(body, "containerType")];
  if (source === "" || type === "") return undefined;
  const backupManagementType = text(body, "backupManagementType");
  const isStorage = backupManagementType === "AzureStorage";
  return {
    sourceResourceId: source,
    ...(isStorage ? { protectedItemCount: 0, acquireStorageAccountLock: "Acquire" } : {}),
    friendlyName: lastSegment(source),
    backupManagementType,
    registrationStatus: "Registered",
    healthStatus: "Healthy",
    containerType: type,
    protectableObjectType: type,
  };
}

function unknownType(call: Call): Answer | undefined {
  const wanted = text(object(call.body ?? {}, "properties"), "operationType") || "Register";
  if (operationTypes.some((type) => sameName(type, wanted))) return undefined;
  return invalidInput(`The operation type '${wanted}' is not valid; use Register or Reregister.`);
}

/** Documented (rules 1.3): only what is not registered to another vault can be undeleted. Status, code and text are unverified. */
function otherVault(container: ContainerState | undefined): Answer | undefined {
  if (container?.registeredElsewhere === undefined) return undefined;
  const { name, registeredElsewhere } = container;
  const message = `The container '${name}' is registered to the vault '${registeredElsewhere}'. Please unregister it there, then retry.`;
  return serviceError(400, "BMSUserErrorContainerRegisteredToAnotherVault", message);
}

/** Documented (rules 1.3, 4): an undeleted container is registered again; that its items stay soft-deleted is unverified. */
export function registerContainer(
  state: State,
  vault: VaultState,
  { container: name, properties }: RegisterContainer,
  at: number,
): void {
  const container = containerIn(vault, name);
  if (container === undefined) {
    if (properties !== undefined) vault.protectionContainers.add(containerFrom({ name, properties }));
    return;
  }
  keepShowing(state, vault, "protectionContainers", container, at);
  container.properties = { ...container.properties, registrationStatus: "Registered" };
}

export const registrationRoutes: readonly Route[] = [vaultRoute("PUT", containerPath, register)];
