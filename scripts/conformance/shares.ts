// The shares of what was recorded that the emulator reproduces: in all, and per operation. It must not print anything.
import type { Comparison } from "./compare.ts";

export type Share = { readonly matched: number; readonly of: number };
export type Shares = { readonly statuses: Share; readonly operationHeaders: Share; readonly keyPaths: Share };
export type OperationShares = Shares & { readonly operation: string; readonly forms: readonly Comparison[] };

export function sharesOf(forms: readonly Comparison[]): Shares {
  const headers = forms.flatMap(({ operationHeaders }) => operationHeaders);
  const paths = forms.flatMap((form) => form.paths);
  return {
    statuses: { matched: forms.filter(({ answered }) => answered).length, of: forms.length },
    operationHeaders: { matched: headers.filter(({ matched }) => matched).length, of: headers.length },
    keyPaths: { matched: paths.filter(({ verdict }) => verdict === "matched").length, of: paths.length },
  };
}

/** The entries of a list count to the operation that lists them. */
export function perOperation(forms: readonly Comparison[]): readonly OperationShares[] {
  const groups = Map.groupBy(forms, ({ fact }) => fact.operation.replace(/\[\]$/u, ""));
  return [...groups]
    .toSorted(([one], [other]) => one.localeCompare(other, "en"))
    .map(([operation, of]) => ({ operation, forms: of, ...sharesOf(of) }));
}

/** 1 for nothing out of nothing. */
export function shareOf({ matched, of }: Share): number {
  return of === 0 ? 1 : matched / of;
}

export function percent(share: Share): string {
  return `${(Math.floor(shareOf(share) * 1_000) / 10).toFixed(1)} %`;
}
