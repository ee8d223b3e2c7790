// `emulator`: serve a world on a loopback port until ended, for rehearsals and other clients.

import { createEmulator } from "../emulator/emulator.ts";
import { serveEmulator } from "../emulator/server.ts";
import { codeOf } from "../model/system-error.ts";
import { scaledClock } from "./clocks.ts";
import { namedWorld } from "./named-world.ts";
import type { EmulatorArguments } from "./options.ts";
import { checkSaveFile, saveWorld } from "./save-world.ts";
import { printJson } from "./streams.ts";
import { UserError } from "./user-error.ts";
import { seeded, validSpeed } from "./wire.ts";
import { keepYoungSpaceSmall } from "./young-space.ts";

/** The first line that `emulator` prints, and the only one: from then on it answers. */
export type ServedDocument = {
  /** Its address, on this machine alone. */
  readonly url: string;
  readonly world: string;
  /** Ids. */
  readonly vaults: readonly string[];
};

/** Returns the exit code, when it was ended. Throws UserError and WorldError. */
export async function emulatorCommand(options: EmulatorArguments): Promise<number> {
  if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65_535)
    throw new UserError(`--port ${options.port} is no port: give 0 for a free one, or 1 to 65535`);
  if (options.name !== undefined && options.world !== undefined)
    throw new UserError(`both ${options.name} and --world ${options.world} name a world: give one of them`);
  if (options.save !== undefined) checkSaveFile(options.save);
  keepYoungSpaceSmall();
  const world = seeded(namedWorld(options.name ?? options.world ?? "small"), options.seed);
  const speed = validSpeed(options.speed ?? world.speed);
  const start = world.startsAt === undefined ? Date.now() : Date.parse(world.startsAt);
  const emulator = createEmulator({ world, clock: scaledClock(start, speed) });
  const server = await serve(emulator, options.port, speed);
  const end = ended();
  const vaults = [...world.vaults, ...(world.backupVaults ?? [])].map((vault) => vault.id);
  printJson({ url: server.url, world: world.name, vaults } satisfies ServedDocument);
  await end;
  await server.close();
  if (options.save !== undefined) saveWorld(options.save, emulator.world());
  return 0;
}

async function serve(
  emulator: ReturnType<typeof createEmulator>,
  port: number,
  speed: number,
): ReturnType<typeof serveEmulator> {
  try {
    return await serveEmulator({ emulator, port, speed });
  } catch (error) {
    throw new UserError(
      `cannot listen on port ${port} (${codeOf(error)}): give another with --port, or 0 for a free one`,
    );
  }
}

/** Listens before the first line is printed: whoever reads it may end us at once. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
