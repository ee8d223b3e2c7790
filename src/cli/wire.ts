// The composition root: from what the command line says to a cloud or an emulator, its clients, and a clock they share.

import {
  azureCredential,
  azureTenantCredential,
  emulatorCredential,
  inTenant,
  type TokenCredential,
} from "../azure/credential.ts";
import { clouds, type Cloud, type CloudName } from "../azure/clouds.ts";
import { createClients, type Clients, type ClientSettings } from "../azure/clients.ts";
import type { TransportWait } from "../azure/policies.ts";
import { createRequestBudget, type RequestBudget } from "../azure/request-budget.ts";
import { inProcessTransport, loopbackTransport } from "../azure/transport.ts";
import type { World } from "../emulator/world.ts";
import type { ApiVersions } from "../model/api-versions.ts";
import type { Clock } from "../model/ports.ts";
import { realClock, scaledAfter, scaledClock } from "./clocks.ts";
import type { ConnectionArguments } from "./options.ts";
import { UserError } from "./user-error.ts";
import { toolName } from "./version.ts";

/** The subscription of the shipped worlds. */
const emulatorSubscription = "00000000-0000-0000-0000-000000000000";

export type Session = {
  /** Which Azure: a cloud's name, or an emulator's. Runs of one are never continued on another. */
  readonly azure: string;
  readonly cloud: Cloud;
  readonly clock: Clock;
  /** How many times as fast as real time the clock runs. */
  readonly speed: number;
  /** True when this Azure ends with the process: nothing of it can be continued. */
  readonly ephemeral: boolean;
  /** Undefined when the command line and the environment name none. */
  readonly subscription: string | undefined;
  /** `during`: a run that can be stopped, and that shows waits itself. */
  readonly clients: (apiVersions: ApiVersions, during?: During) => Clients;
};

type During = { readonly signal: AbortSignal; readonly onWait: WaitListener };

type WaitListener = (wait: TransportWait) => void;

/** `credential`: absent where the SDK's default chain signs in. No emulator gets to see it. */
type SessionOptions = ConnectionArguments & { readonly credential?: TokenCredential | undefined };

/** Opens the way to Azure or to an emulator. Throws UserError and WorldError. */
export async function openSession(options: SessionOptions, onWait: WaitListener): Promise<Session> {
  const cloud = clouds[options.cloud as CloudName];
  if (options.emulator !== undefined && options.endpoint !== undefined)
    throw new UserError("--emulator and --endpoint exclude each other: name one of them");
  if (options.emulator !== undefined) return emulatedSession(options.emulator, options, cloud, onWait);
  if (options.endpoint !== undefined) return endpointSession(options.endpoint, options, cloud, onWait);
  const clock = realClock();
  const subscription = options.subscription ?? process.env["AZURE_SUBSCRIPTION_ID"];
  const tenant = validTenant(options.guardTenant);
  const access = await credentials(cloud, options.credential, tenant);
  return session({ azure: cloud.name, clock, speed: 1, cloud, subscription, ephemeral: false }, access, onWait);
}

/** One credential for the vault, and one that signs in to the tenant of its resource guard, where that is another. */
async function credentials(
  cloud: Cloud,
  given: TokenCredential | undefined,
  tenant: string | undefined,
): Promise<Pick<ClientSettings, "credential" | "guardCredential">> {
  const credential = given ?? (await azureCredential(cloud));
  if (tenant === undefined) return { credential };
  const guardCredential = given === undefined ? await azureTenantCredential(cloud, tenant) : inTenant(given, tenant);
  return { credential, guardCredential };
}

async function emulatedSession(
  world: string,
  options: ConnectionArguments,
  cloud: Cloud,
  onWait: WaitListener,
): Promise<Session> {
  const [{ createEmulator }, { namedWorld }] = await Promise.all([
    import("../emulator/emulator.ts"),
    import("./named-world.ts"),
  ]);
  const loaded = seeded(namedWorld(world), options.seed);
  const start = loaded.startsAt === undefined ? Date.now() : Date.parse(loaded.startsAt);
  const speed = validSpeed(options.speed ?? loaded.speed);
  const clock = scaledClock(start, speed);
  const emulator = createEmulator({ world: loaded, clock });
  return session(
    {
      azure: `emulator:${loaded.name}`,
      clock,
      speed,
      cloud,
      subscription: options.subscription ?? emulatorSubscription,
      ephemeral: true,
    },
    { ...standIns(options), transport: inProcessTransport(emulator.answer), after: scaledAfter(speed) },
    onWait,
  );
}

function endpointSession(endpoint: string, options: ConnectionArguments, cloud: Cloud, onWait: WaitListener): Session {
  const origin = loopbackOrigin(endpoint);
  return session(
    {
      azure: `endpoint:${origin}`,
      clock: realClock(),
      speed: 1,
      cloud,
      subscription: options.subscription ?? emulatorSubscription,
      ephemeral: false,
    },
    { ...standIns(options), transport: loopbackTransport(origin) },
    onWait,
  );
}

/** No token of a real tenant ever travels to an emulator. */
function standIns({ guardTenant }: ConnectionArguments): Pick<ClientSettings, "credential" | "guardCredential"> {
  const tenant = validTenant(guardTenant);
  const guard = tenant === undefined ? {} : { guardCredential: emulatorCredential(tenant) };
  return { credential: emulatorCredential(), ...guard };
}

function validTenant(tenant: string | undefined): string | undefined {
  if (tenant === undefined || /^[a-z0-9][a-z0-9.-]*$/i.test(tenant)) return tenant;
  throw new UserError(`--guard-tenant ${tenant} is no tenant: give its id, or one of its domains`);
}

function session(
  facts: Omit<Session, "clients">,
  access: Pick<ClientSettings, "credential" | "guardCredential" | "transport" | "after">,
  onWait: WaitListener,
): Session {
  const budget = budgetOf(facts);
  return {
    ...facts,
    clients: (apiVersions, during) =>
      createClients({
        ...access,
        cloud: facts.cloud,
        apiVersions,
        userAgent: toolName(),
        sleep: (milliseconds, signal) => facts.clock.sleep(milliseconds, signal),
        onWait,
        budget,
        ...during,
      }),
  };
}

/** By what is talked to: Azure counts the requests of a caller, however many runs of a process send them. */
const budgets = new Map<string, RequestBudget>();

/** An emulator in this process has counters, and a clock, of its own. */
function budgetOf({ azure, clock, ephemeral }: Pick<Session, "azure" | "clock" | "ephemeral">): RequestBudget {
  const budget = (ephemeral ? undefined : budgets.get(azure)) ?? createRequestBudget(clock);
  if (!ephemeral) budgets.set(azure, budget);
  return budget;
}

export function validSpeed(speed: number): number {
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw new UserError(`--speed ${speed} is not a number above 0: 1 is real time, 60 is an hour a minute`);
}

/** A world whose operations take the times this seed draws; without a seed, as the world is. */
export function seeded(world: World, seed: number | undefined): World {
  if (seed === undefined) return world;
  if (Number.isSafeInteger(seed) && seed >= 0) return { ...world, seed };
  throw new UserError(`--seed ${seed} is not a whole number of 0 or more: the same one gives the same times again`);
}

/** An emulator's address. Anything else would be sent requests meant for Azure. */
function loopbackOrigin(endpoint: string): string {
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw new UserError(`--endpoint ${endpoint} is not a URL: give one like http://127.0.0.1:8080`);
  }
  const loopback = url.hostname === "localhost" || url.hostname === "[::1]" || /^127(\.\d+){3}$/.test(url.hostname);
  if (loopback && (url.protocol === "http:" || url.protocol === "https:")) return url.origin;
  throw new UserError(
    `--endpoint ${endpoint} is not a loopback address: it points at an emulator on this machine; for Azure leave it out and use --cloud`,
  );
}
