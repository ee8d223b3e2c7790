// What is known of one error or blocker: what recognises it, what it really means, whose move it is. Types only.

/**
 * Where the knowledge comes from. recorded: seen in traffic with Azure; documented: Microsoft says so; reported: users met it;
 * own: this tool (or its emulator) says it; unverified: inferred, nobody has shown it.
 */
type Grade = "recorded" | "documented" | "reported" | "own" | "unverified";

export type Explanation = {
  /** As the service, or this tool, spells them; the first is the entry's name. Empty where only the text is known. */
  readonly codes: readonly string[];
  /**
   * What the message says, in lower case, with `'` for every quotation mark and `*` for the names in it. Each alone
   * recognises the message. Where two entries share a code, they tell the two meanings apart.
   */
  readonly phrases?: readonly string[];
  /** In a few words. */
  readonly title: string;
  /** What it really means, also where that is not what it says. */
  readonly meaning: string;
  /** Whose move it is. */
  readonly who: string;
  /** What to do, in order: sentences with the commands in them. */
  readonly todo: readonly string[];
  readonly links?: readonly string[];
  readonly grade: Grade;
  /** The kind of source, in words. */
  readonly source: string;
  /** One word for many failures: whatever else is recognised says more. */
  readonly general?: true;
};
