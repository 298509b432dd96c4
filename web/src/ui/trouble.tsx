import { ProblemError, UnreachableError } from "../api/client";
import { connection } from "../api/connection";
import { useStore } from "../state/store";

// Says that the shop is away, and that nothing is lost; goes by itself.
export function ConnectionBanner() {
  const { online } = useStore(connection);
  return (
    <div className="away" role="status" data-away={!online}>
      {online ? "" : "The shop is out of reach. What you do is kept."}
    </div>
  );
}

export function Trouble({ error, retry }: { error: Error; retry: () => void }) {
  if (error instanceof UnreachableError) {
    return (
      <div className="trouble">
        <h2>One moment</h2>
        <p>The shop isn’t answering. This page goes on by itself as soon as it does.</p>
      </div>
    );
  }
  const missing = error instanceof ProblemError && error.problem.status === 404;
  return (
    <div className="trouble" role="alert">
      <h2>{missing ? "It isn’t here any more" : "That didn’t work"}</h2>
      <p>
        {error instanceof ProblemError
          ? error.message || error.problem.title
          : "Something went wrong on this page."}
      </p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
