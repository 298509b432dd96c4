// The report on the search for near vectors.
import { COLOURS, lines, table } from "./page";
import { type Section } from "./section";

type AnnPoint = { ef: number; recall: number; qps_one_thread: number; p50_us: number; p99_us: number };
export type AnnReport = {
  report: "ann";
  dataset: string;
  metric: string;
  machine: string;
  queries: number;
  passes: number;
  curves: { name: string; note: string; build_seconds: number; resident_mb: number; points: AnnPoint[] }[];
};

export function annSection(report: AnnReport): Section {
  return {
    title: "Nearest neighbours: speed at equal recall",
    lead: `${report.dataset}; ${report.metric}.`,
    note: `${report.queries} queries, medians of ${report.passes} passes, ${report.machine}.`,
    body: [
      lines(
        "ann",
        "Queries per second by recall",
        report.curves
          .filter(({ points }) => points.length > 1)
          .flatMap(({ name, points }) =>
            points.map((point) => ({ x: point.recall, y: point.qps_one_thread, series: name })),
          ),
        {
          x: { label: "recall@10" },
          y: { type: "log", label: "queries per second, one thread" },
          color: { range: [COLOURS.main, COLOURS.second, COLOURS.third] },
        },
      ),
      table(
        ["index", "ef", "recall@10", "queries per second", "p50, µs", "p99, µs"],
        report.curves.flatMap(({ name, points }) =>
          points.map((point) => [
            name,
            point.ef,
            point.recall.toFixed(4),
            point.qps_one_thread.toFixed(0),
            point.p50_us.toFixed(0),
            point.p99_us.toFixed(0),
          ]),
        ),
      ),
    ],
  };
}
