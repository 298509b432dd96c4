// Pieces that all reports share: text, tables and plots with one look.
import * as Plot from "@observablehq/plot";

export const COLOURS = { main: "#a3452f", second: "#5b6b7a", third: "#c79a3b", quiet: "#a9a297" };

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

export function element(name: string, text = ""): HTMLElement {
  const out = document.createElement(name);
  out.textContent = text;
  return out;
}

export function table(columns: string[], rows: (string | number)[][]): HTMLElement {
  const line = (cells: (string | number)[], name: string): HTMLElement => {
    const row = element("tr");
    row.append(...cells.map((cell) => element(name, String(cell))));
    return row;
  };
  const out = element("table");
  out.append(line(columns, "th"), ...rows.map((row) => line(row, "td")));
  const scroll = element("div");
  scroll.className = "scroll";
  scroll.append(out);
  return scroll;
}

// `name`: the file that tools/render_reports writes the plot to, without its ending.
export function figure(name: string, label: string, options: Plot.PlotOptions): HTMLElement {
  const out = element("figure");
  out.dataset.name = name;
  out.append(Plot.plot({ width: 720, style: "font-size:12px", ariaLabel: label, ...options, figure: false }));
  return out;
}

export type Bar = { label: string; series: string; value: number };

// Shares in [0, 1] by label, one bar for each series.
export function bars(name: string, label: string, rows: Bar[]): HTMLElement {
  const series = [...new Set(rows.map((row) => row.series))];
  const labels = [...new Set(rows.map((row) => row.label))];
  const range = [COLOURS.main, COLOURS.quiet, COLOURS.second];
  return figure(name, label, {
    marginLeft: 15 + 6.6 * Math.max(...labels.map((text) => text.length)),
    marginRight: 50,
    height: 60 + labels.length * (14 * series.length + 12),
    x: { domain: [0, 100], percent: true, grid: true, label: null },
    y: { axis: null, domain: series },
    fy: { domain: labels, label: null, padding: 0.2 },
    color: { domain: series, range },
    marks: [
      Plot.barX(rows, { x: "value", y: "series", fy: "label", fill: "series" }),
      Plot.text(rows, {
        x: "value",
        y: "series",
        fy: "label",
        text: ({ value, series: of }: Bar) => `${percent(value)}${series.length > 1 ? ` ${of}` : ""}`,
        textAnchor: "start",
        dx: 4,
        fontSize: 10,
      }),
      Plot.ruleX([0]),
    ],
  });
}

export type Band = { confidence: number; accuracy: number; count: number };

// Accuracy by confidence; on the diagonal, confidence can be taken as a probability.
export function calibration(name: string, bands: Band[]): HTMLElement {
  return figure(name, "Accuracy by confidence", {
    width: 400,
    height: 400,
    grid: true,
    x: { domain: [0, 1], label: "confidence" },
    y: { domain: [0, 1], label: "accuracy" },
    r: { range: [2, 14] },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { strokeDasharray: "4 4", stroke: COLOURS.quiet },
      ),
      Plot.dot(
        bands.filter(({ count }) => count > 0),
        { x: "confidence", y: "accuracy", r: "count", fill: COLOURS.main, fillOpacity: 0.8 },
      ),
    ],
  });
}

export type Point = { x: number | string; y: number; series: string };

// Names that would overlap are pushed apart: upwards from the lowest, at least `gap` in the unit of y.
function spread(ends: Point[], gap: number): Point[] {
  let last = -Infinity;
  return ends
    .toSorted((a, b) => a.y - b.y)
    .map((end) => {
      last = Math.max(end.y, last + gap);
      return { ...end, y: last };
    });
}

// Lines with their names at their ends; `gap`: the height of a name in the unit of y.
export function lines(
  name: string,
  label: string,
  points: Point[],
  { gap = 0, ...options }: Plot.PlotOptions & { gap?: number },
): HTMLElement {
  const series = [...new Set(points.map((point) => point.series))];
  const ends = series.map((one) => points.findLast((point) => point.series === one)!);
  return figure(name, label, {
    height: 380,
    marginRight: 110,
    marginBottom: 45,
    grid: true,
    ...options,
    color: { domain: series, ...options.color },
    marks: [
      Plot.line(points, { x: "x", y: "y", z: "series", stroke: "series", strokeWidth: 2.2 }),
      Plot.text(spread(ends, gap), {
        x: "x",
        y: "y",
        text: "series",
        fill: "series",
        textAnchor: "start",
        dx: 8,
      }),
    ],
  });
}
