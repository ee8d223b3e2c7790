// The word by which completion scripts ask: no command of people, so help does not list it.

export const hiddenCommand = "__complete";
