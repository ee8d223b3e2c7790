// Which Node runs the command line; imports nothing that an older one lacks, so that it can say so.

/** As `engines` in package.json says it: major and minor. */
export const oldestNode = "22.12";

/** `version`: as in process.versions.node, without the v. */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
