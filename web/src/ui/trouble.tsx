import { ProblemError, UnreachableError } from "../api/client";
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

export function Trouble({ error, retry }: { error: Error; retry: () => void }) {
  if (error instanceof UnreachableError) {
    return (
      <div className="trouble">
        <h2>{t.trouble.waitTitle}</h2>
        <p>{t.trouble.waitText}</p>
      </div>
    );
  }
  const missing = error instanceof ProblemError && error.problem.status === 404;
  return (
    <div className="trouble" role="alert">
      <h2>{missing ? t.trouble.missing : t.trouble.failed}</h2>
      <p>{error instanceof ProblemError ? error.message || error.problem.title : t.trouble.pageFailed}</p>
      <button type="button" className="button" onClick={retry}>
        {t.trouble.retry}
      </button>
    </div>
  );
}
