// How the tests run for a change to one folder: in one thread for all files, since a run costs little more than its start.
// The folder is named by the environment, since a configuration takes no arguments.

import { configDefaults, defineConfig, type ViteUserConfig } from "vitest/config";
import { mutatedFolders } from "./folders.ts";
import { keptThread } from "./kept-thread.ts";

const folder = mutatedFolders.find(({ name }) => name === process.env["MUTATED_FOLDER"]);

const config: ViteUserConfig = defineConfig({
  // set late: Stryker names a pool of vitest's own on the command line
  plugins: [
    {
      name: "kept-thread",
      configureVitest({ project }) {
        project.config.pool = keptThread.name;
        project.config.poolRunner = keptThread;
      },
    },
  ],
  test: {
    include: [...(folder?.tests ?? [])],
    exclude: [...configDefaults.exclude, ...(folder?.without ?? [])],
    isolate: false,
    // a change that lets a run wait for ever is noticed by this
    testTimeout: 5_000,
    hookTimeout: 5_000,
  },
});

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from there
export default config;
