import "../styles/search.css";

import { type DragEvent, type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";

import { api } from "../api/client";
import type { Answer, Filter } from "../api/types";
import { useAnswer } from "../api/use_answer";
import { recordSearch } from "../events/record";
import { go } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { GarmentCard, GarmentGrid, GridSkeleton } from "../ui/garment_card";
import { CameraIcon, CrossIcon, SearchIcon } from "../ui/icons";
import { NotAPhotoError, smallPhoto } from "../ui/small_photo";
import { Trouble } from "../ui/trouble";
import { Filters } from "./search_filters";

const kCount = 36;
const kExamples = [
  "a warm hooded jacket for the rain",
  "something soft to lounge in",
  "black, but not plain",
];

type Photo = { blob: Blob; address: string; turn: number };

export default function SearchPage({ query }: { query: string }) {
  const [filter, setFilter] = useState<Filter>({});
  const [photo, setPhoto] = useState<Photo>();
  const [trouble, setTrouble] = useState("");
  const result = useResult(query, filter, photo);
  useEffect(() => () => (photo ? URL.revokeObjectURL(photo.address) : undefined), [photo]);
  useEffect(() => setPhoto(undefined), [query]);

  async function take(file: Blob | undefined): Promise<void> {
    if (!file) return;
    try {
      const blob = await smallPhoto(file);
      setTrouble("");
      setPhoto({ blob, address: URL.createObjectURL(blob), turn: performance.now() });
    } catch (error) {
      setTrouble(error instanceof NotAPhotoError ? error.message : "The photo could not be read.");
    }
  }
  return (
    <DropZone take={take}>
      <div className="page-head search-head">
        <h1 tabIndex={-1} className="unseen">
          Search
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
        <Results {...result} what={photo ? "photo" : query ? "words" : "browse"} />
      </div>
    </DropZone>
  );
}

function useResult(query: string, filter: Filter, photo: Photo | undefined) {
  const shopperId = useStore(shopper);
  const filterKey = JSON.stringify(filter);
  const key = photo ? `photo/${photo.turn}` : `search/${query}/${filterKey}`;
  const result = useAnswer<Answer>(key, (signal) => {
    if (photo) return api.searchPhoto(photo.blob, shopperId, kCount, signal);
    if (query) return api.search({ query, count: kCount, shopper_id: shopperId, filter }, signal);
    return api.recommend({ shopper_id: shopperId, count: kCount, filter }, signal);
  });
  const requestId = result.data?.request_id;
  const told = useRef("");
  useEffect(() => {
    if (!requestId || photo || !query || told.current === query) return;
    told.current = query;
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
        aria-label="Describe what you look for"
        placeholder="In your own words"
        enterKeyHint="search"
      />
      <button
        type="button"
        className="icon-button"
        onClick={() => file.current?.click()}
        aria-label="Search with a photo"
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
    <ul className="examples" aria-label="Try">
      {kExamples.map((words) => (
        <li key={words}>
          <button type="button" className="text-link" onClick={() => go({ page: "search", query: words })}>
            {words}
          </button>
        </li>
      ))}
    </ul>
  );
}

function PhotoChip({ photo, clear }: { photo: Photo; clear: () => void }) {
  return (
    <div className="photo-chip">
      <img src={photo.address} alt="The photo you search with" />
      <p>What looks like this</p>
      <button type="button" className="icon-button" onClick={clear} aria-label="Search without the photo">
        <CrossIcon />
      </button>
    </div>
  );
}

type ResultsProps = ReturnType<typeof useResult> & { what: "photo" | "words" | "browse" };

function Results({ data, error, loading, reload, what }: ResultsProps) {
  const said = useMemo(() => {
    if (!data) return "";
    if (data.items.length === 0) return "";
    return what === "browse" ? "" : `${data.items.length} found`;
  }, [data, what]);
  return (
    <div className="results" aria-busy={loading}>
      <p className="results-count" role="status">
        {said}
      </p>
      {error && !data && <Trouble error={error} retry={reload} />}
      {!data && !error && <GridSkeleton count={8} />}
      {data?.items.length === 0 && (
        <div className="trouble">
          <h2>Nothing like that here</h2>
          <p>Fewer filters or other words may find it.</p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <GarmentGrid label={what === "browse" ? "All garments, yours first" : "Found garments"}>
          {data.items.map((item, i) => (
            <GarmentCard
              key={`${item.garment_id}|${item.colour}`}
              item={item}
              requestId={data.request_id}
              eager={i < 6}
            />
          ))}
        </GarmentGrid>
      )}
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
          <p>Let go to search with it</p>
        </div>
      )}
    </section>
  );
}
