// Finds a phrase in a text, whatever names stand in it. Linear in the length of the text, so that no pasted text can hang it.

/** Where something was recognised: indices into the text, the end excluded. */
export type Span = { readonly from: number; readonly to: number };

/** A name may be a resource id, or a list of some; more than this between two parts of a phrase is another message. */
const longestName = 600;

/** The first place where the parts of the phrase, which `*` separates, follow each other. `lower` is in lower case. */
export function findPhrase(lower: string, phrase: string): Span | undefined {
  const [first = "", ...others] = phrase.split("*");
  let chains: readonly Span[] = occurrences(lower, first);
  for (const part of others) {
    if (chains.length === 0) return undefined;
    chains = continued(chains, occurrences(lower, part));
  }
  return chains[0];
}

/** Places of a part, from left to right, none overlapping the one before. */
function occurrences(lower: string, part: string): readonly Span[] {
  const found: Span[] = [];
  if (part === "") return found;
  for (let at = lower.indexOf(part); at !== -1; at = lower.indexOf(part, at + part.length))
    found.push({ from: at, to: at + part.length });
  return found;
}

/** Each next place with the chain that ends last before it, where that is not too far. Both lists are walked once. */
function continued(chains: readonly Span[], next: readonly Span[]): readonly Span[] {
  const longer: Span[] = [];
  let at = 0;
  for (const place of next) {
    while (at + 1 < chains.length && (chains[at + 1]?.to ?? Infinity) <= place.from) at += 1;
    const chain = chains[at];
    if (chain !== undefined && chain.to <= place.from && place.from - chain.to <= longestName)
      longer.push({ from: chain.from, to: place.to });
  }
  return longer;
}
