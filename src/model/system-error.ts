// Errors of the operating system, told by the code they carry: ENOENT, EACCES. It judges none of them.

type SystemError = Error & { readonly code: unknown };

/** Whether the error carries a code, as those of the system do. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error;
}

/** Whether the error carries this code. */
export function hasCode(error: unknown, code: string): error is SystemError {
  return isSystemError(error) && error.code === code;
}

/** The code of the error, to be shown; of anything else that was thrown, its text. */
export function codeOf(error: unknown): string {
  return isSystemError(error) ? String(error.code) : String(error);
}
