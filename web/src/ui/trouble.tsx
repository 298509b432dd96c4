import { BusyError, ProblemError, UnreachableError } from "../api/client";
import { connection } from "../api/connection";
import { t } from "../locale";
import { useStore } from "../state/store";

// Says that the server cannot be reached and that nothing is lost; disappears by itself.
export function ConnectionBanner() {
  const { online } = useStore(connection);
  return (
    <div className="away" role="status" data-away={!online}>
      {online ? "" : t.trouble.offline}
    </div>
  );
}

// Stands where a page will be, and says so to those who do not see that it is empty.
export function Waiting() {
  return (
    <div className="page-waiting" role="status">
      <span className="unseen">{t.app.waiting}</span>
    </div>
  );
}

// whole: it stands for the page, so its title is the page's heading. asked: nothing goes on by itself, because the
// shopper had asked for more of what is there.
type TroubleProps = { error: Error; retry: () => void; whole?: boolean; asked?: boolean };

export function Trouble({ error, retry, whole = false, asked = false }: TroubleProps) {
  const { title, text, waits } = troubleWords(error, asked);
  const again = asked || !(error instanceof UnreachableError);
  return (
    <div className="trouble" role={waits ? "status" : "alert"}>
      {whole ? <h1 tabIndex={-1}>{title}</h1> : <h2>{title}</h2>}
      <p>{text}</p>
      {again && (
        <button type="button" className="button" onClick={retry}>
          {t.trouble.retry}
        </button>
      )}
    </div>
  );
}

// waits: the page goes on by itself.
type TroubleWords = { title: string; text: string; waits: boolean };

function troubleWords(error: Error, asked: boolean): TroubleWords {
  const { waitTitle, waitText, busyText, crowdedText, missing, failed, pageFailed } = t.trouble;
  const waits = error instanceof UnreachableError || error instanceof BusyError;
  if (waits && asked) return { title: waitTitle, text: error.message, waits: false };
  if (error instanceof UnreachableError) return { title: waitTitle, text: waitText, waits };
  if (error instanceof BusyError)
    return { title: waitTitle, text: error.crowded ? crowdedText : busyText, waits };
  if (!(error instanceof ProblemError)) return { title: failed, text: pageFailed, waits };
  const { status, title } = error.problem;
  return { title: status === 404 ? missing : failed, text: error.message || title, waits };
}
