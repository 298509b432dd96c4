// The time zone of the browser, as a name of the IANA database; nothing where the browser does not know it.

const NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;
const NOWHERE = "Etc/Unknown"; // what ICU says when the system has no zone
const LENGTH_MAX = 60; // as the event taxonomy allows

export function timeZone(): string | undefined {
  let name: string | undefined;
  try {
    name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    return undefined; // a system whose clock ICU cannot read
  }
  if (!name || name === NOWHERE || name.length > LENGTH_MAX || !NAME.test(name)) return undefined;
  return name;
}
