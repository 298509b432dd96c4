// Where her clock stands, as a name of the IANA database; nothing where the browser does not know it.

const kName = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;
const kNowhere = "Etc/Unknown"; // what ICU says when the system tells no zone
const kLengthMax = 60; // as the event taxonomy allows

export function timeZone(): string | undefined {
  let name: string | undefined;
  try {
    name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    return undefined; // a system whose clock ICU cannot read
  }
  if (!name || name === kNowhere || name.length > kLengthMax || !kName.test(name)) return undefined;
  return name;
}
