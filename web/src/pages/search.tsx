import "../styles/search.css";

import { useInfiniteQuery } from "@tanstack/react-query";
import { type DragEvent, type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";

import { type SearchPhoto, searchQuery } from "../api/queries";
import type { Filter } from "../api/types";
import { recordSearch } from "../events/record";
import { t } from "../locale";
import { go } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { CameraIcon, CrossIcon, SearchIcon } from "../ui/icons";
import { NotAPhotoError, smallPhoto } from "../ui/small_photo";
import { Filters } from "./search_filters";
import { Results } from "./search_results";

export default function SearchPage({ query, literal = false }: { query: string; literal?: boolean }) {
  const [filter, setFilter] = useState<Filter>({});
  const [photo, setPhoto] = useState<SearchPhoto>();
  const [trouble, setTrouble] = useState("");
  const result = useResult(query, literal, filter, photo);
  useEffect(() => () => (photo ? URL.revokeObjectURL(photo.address) : undefined), [photo]);
  const [photoQuery, setPhotoQuery] = useState(query);
  if (photoQuery !== query) {
    setPhotoQuery(query);
    setPhoto(undefined); // other words replace the photo
  }

  async function take(file: Blob | undefined): Promise<void> {
    if (!file) return;
    try {
      const blob = await smallPhoto(file);
      setTrouble("");
      setPhoto({ blob, address: URL.createObjectURL(blob), turn: performance.now() });
    } catch (error) {
      setTrouble(error instanceof NotAPhotoError ? error.message : t.search.unreadable);
    }
  }
  return (
    <DropZone take={take}>
      <div className="page-head search-head">
        <h1 tabIndex={-1} className="unseen">
          {t.search.title}
        </h1>
        <SearchBox key={query} query={query} take={take} />
        <p className="search-trouble" role="alert">
          {trouble}
        </p>
        {photo && <PhotoChip photo={photo} clear={() => setPhoto(undefined)} />}
        {!query && !photo && <Examples />}
      </div>
      <div className="search-body" data-bare={photo ? true : undefined}>
        {!photo && <Filters filter={filter} setFilter={setFilter} />}
        <Results
          pages={result.data?.pages}
          error={result.data && !result.isFetchNextPageError ? null : result.error}
          busy={result.isFetching && !result.isFetchingNextPage}
          adding={result.isFetchingNextPage}
          again={() => void result.refetch()}
          more={result.hasNextPage ? () => void result.fetchNextPage() : undefined}
          query={query}
          what={photo ? "photo" : query ? "words" : "browse"}
        />
      </div>
    </DropZone>
  );
}

// A search is recorded once, with the first of its answers, however often its page is shown.
let recorded = "";

function useResult(query: string, literal: boolean, filter: Filter, photo: SearchPhoto | undefined) {
  const shopperId = useStore(shopper);
  const result = useInfiniteQuery(searchQuery({ query, literal, filter, photo, shopperId }));
  const requestId = result.data?.pages[0]?.request_id;
  useEffect(() => {
    if (!requestId || photo || !query || recorded === requestId) return;
    recorded = requestId;
    recordSearch(query, requestId);
  }, [requestId, photo, query]);
  return result;
}

function SearchBox({ query, take }: { query: string; take: (file: Blob | undefined) => Promise<void> }) {
  const [words, setWords] = useState(query);
  const file = useRef<HTMLInputElement>(null);
  function submit(event: FormEvent): void {
    event.preventDefault();
    go({ page: "search", query: words.trim() });
  }
  return (
    <form role="search" className="search-box" onSubmit={submit}>
      <SearchIcon size={26} />
      <input
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        maxLength={300}
        aria-label={t.search.label}
        placeholder={t.search.placeholder}
        enterKeyHint="search"
      />
      <button
        type="button"
        className="icon-button"
        onClick={() => file.current?.click()}
        aria-label={t.search.byPhoto}
      >
        <CameraIcon size={24} />
      </button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        className="unseen"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </form>
  );
}

function Examples() {
  return (
    <ul className="examples" aria-label={t.search.tryLabel}>
      {t.search.examples.map((words) => (
        <li key={words}>
          <button type="button" className="text-link" onClick={() => go({ page: "search", query: words })}>
            {words}
          </button>
        </li>
      ))}
    </ul>
  );
}

function PhotoChip({ photo, clear }: { photo: SearchPhoto; clear: () => void }) {
  return (
    <div className="photo-chip">
      <img src={photo.address} alt={t.search.photoAlt} />
      <p>{t.search.photoLabel}</p>
      <button type="button" className="icon-button" onClick={clear} aria-label={t.search.clearPhoto}>
        <CrossIcon />
      </button>
    </div>
  );
}

// Photos may be dropped anywhere on the page.
function DropZone({
  take,
  children,
}: {
  take: (file: Blob | undefined) => Promise<void>;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
  function enter(event: DragEvent): void {
    if (!carriesFile(event)) return;
    depth.current += 1;
    setOver(true);
  }
  function leave(): void {
    depth.current = Math.max(0, depth.current - 1);
    if (depth.current === 0) setOver(false);
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    void take(event.dataTransfer.files[0]);
  }
  return (
    <section
      className="search"
      data-over={over}
      onDragEnter={enter}
      onDragLeave={leave}
      onDrop={drop}
      onDragOver={(event) => carriesFile(event) && event.preventDefault()}
    >
      {children}
      {over && (
        <div className="drop-veil" aria-hidden="true">
          <p>{t.search.drop}</p>
        </div>
      )}
    </section>
  );
}
