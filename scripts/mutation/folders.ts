// The folders whose code is changed, and the tests that each change must get past: those of the folder, without what is slow for
// what it notices. It must not be imported by the tests.

export type MutatedFolder = {
  readonly name: string;
  /** Globs from the root of the repository. */
  readonly tests: readonly string[];
  readonly without: readonly string[];
};

export const mutatedFolders: readonly MutatedFolder[] = [
  { name: "safety", tests: ["test/safety/*.test.ts"], without: [] },
  { name: "planning", tests: ["test/planning/*.test.ts"], without: ["test/planning/growth.test.ts"] },
  {
    name: "dependencies",
    tests: ["test/dependencies/**/*.test.ts"],
    without: ["test/dependencies/*-in-worlds.test.ts"],
  },
  {
    name: "execution",
    tests: ["test/execution/*.test.ts"],
    without: [
      "kitchen-sink",
      "lagging",
      "resume",
      "locks",
      "many",
      "site-recovery",
      "permissions",
      "servers",
      "guarded",
      "throttled",
    ].map((name) => `test/execution/run-${name}.test.ts`),
  },
];
