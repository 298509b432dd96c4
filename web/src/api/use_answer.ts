import { useCallback, useEffect, useState } from "react";

import { useStore } from "../state/store";
import { isAbort, UnreachableError } from "./client";
import { connection } from "./connection";

export interface Loaded<T> {
  data?: T;
  error?: Error;
  loading: boolean;
  reload: () => void;
}

// Loads by key, forgets what is late, and tries again by itself when the shop comes back.
// Keeps showing the old data while the same page loads anew.
export function useAnswer<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const { recoveries } = useStore(connection);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ key: string | null; data?: T; error?: Error; loading: boolean }>({
    key: null,
    loading: true,
  });

  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    setState((old) => ({ key, data: old.key === key ? old.data : undefined, loading: true }));
    load(control.signal).then(
      (data) => !control.signal.aborted && setState({ key, data, loading: false }),
      (error: unknown) => {
        if (isAbort(error) || control.signal.aborted) return;
        const told = error instanceof Error ? error : new Error(String(error));
        setState((old) => ({ ...old, error: told, loading: told instanceof UnreachableError && !old.data }));
      },
    );
    return () => control.abort();
    // `load` is named by `key`: two loads of one key are the same load.
  }, [key, turn, recoveries]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  if (state.key !== key) return { loading: key !== null, reload };
  return { data: state.data, error: state.error, loading: state.loading, reload };
}
