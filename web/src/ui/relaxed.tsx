// What had to give way for an answer, in words, each sentence once; nothing where no sentence is known.
type RelaxedProps = { degraded: readonly string[]; words: Readonly<Record<string, string>> };

export function Relaxed({ degraded, words }: RelaxedProps) {
  const sentences = [...new Set(degraded.map((name) => words[name]).filter(Boolean))];
  if (sentences.length === 0) return null;
  return (
    <ul className="relaxed" role="status">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
