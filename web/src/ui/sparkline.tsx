// A small line of how one affinity moved, between -1 and 1, oldest left.

export function sparkPath(values: readonly number[], width: number, height: number, reach: number): string {
  if (values.length === 0) return "";
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const y = (value: number): number =>
    height / 2 - (Math.max(-reach, Math.min(reach, value)) / reach) * (height / 2 - 1.5);
  return values
    .map((value, i) => `${i === 0 ? "M" : "L"}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`)
    .join("");
}

type SparklineProps = { values: readonly number[]; reach: number; width?: number; height?: number };

export function Sparkline({ values, reach, width = 96, height = 34 }: SparklineProps) {
  if (values.length < 2) return <span className="spark" />;
  const last = values.at(-1)!;
  const end = sparkPath([last], width, height, reach).slice(1).split(" ");
  return (
    <svg
      className="spark"
      viewBox={`-2 0 ${width + 5} ${height}`}
      width={width + 5}
      height={height}
      aria-hidden="true"
      data-sign={last < 0 ? "less" : "more"}
    >
      <line x1="0" x2={width} y1={height / 2} y2={height / 2} className="spark-zero" />
      <path d={sparkPath(values, width, height, reach)} fill="none" />
      <circle cx={width} cy={end[1]} r="2" />
    </svg>
  );
}
