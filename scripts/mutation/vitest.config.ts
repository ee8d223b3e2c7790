// How the tests run for a change to one folder: in one thread for all files, since a run costs little more than its start.
// The folder is named by the environment, since a configuration takes no arguments.

import { configDefaults, defineConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { mutatedFolders } from "./folders.ts";
import { keptThread } from "./kept-thread.ts";

const folder = mutatedFolders.find(({ name }) => name === process.env["MUTATED_FOLDER"]);

/** Tests of whole runs come last: most changes are noticed before them, and then the others are not run. */
class RunsLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isOfRuns = ({ moduleId }: TestSpecification): number => Number(/\/run-[^/]*$/.test(moduleId));
    return (await super.sort(files)).toSorted((one, other) => isOfRuns(one) - isOfRuns(other));
  }
}

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
    sequence: { sequencer: RunsLast },
    // a change that lets a run wait for ever is noticed by this
    testTimeout: 5_000,
    hookTimeout: 5_000,
  },
});

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from there
export default config;
