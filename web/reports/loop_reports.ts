// Reports on simulated shoppers: how a shop learns them, and how their style moves.
import { COLOURS, lines, percent, table } from "./page";
import { type Section } from "./section";

export type SimulationReport = {
  report: "simulation";
  shoppers: number;
  swipes: number;
  warmup: number;
  seed: number;
  against_random: number;
  against_popularity: number;
  policies: { name: string; like_rate_judged: number; coverage: number; like_rate: number[] }[];
};

// One card of some hundred shoppers is noisy: the mean over two cards before and after it.
function smooth(values: number[]): number[] {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - 2), i + 3);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

export function simulationSection(report: SimulationReport): Section {
  return {
    title: "Do shoppers like what they are shown, card by card?",
    lead: `From card ${report.warmup + 1} on, simulated shoppers like ${report.against_random.toFixed(2)} times as many of the recommended cards as of random ones, and ${report.against_popularity.toFixed(2)} times as many as of the most popular ones.`,
    note: `${report.shoppers} simulated shoppers × ${report.swipes} swipes, seed ${report.seed}. The oracle always shows what a shopper is likeliest to like and is the ceiling. Lines are moving means over five cards.`,
    body: [
      lines(
        "simulation",
        "Share of cards liked, by card",
        report.policies.flatMap(({ name, like_rate }) =>
          smooth(like_rate).map((y, i) => ({ x: i + 1, y, series: name })),
        ),
        {
          gap: 0.045,
          x: { label: "card" },
          y: { percent: true, domain: [0, 100], label: "cards liked, %" },
          color: { range: [COLOURS.third, COLOURS.main, COLOURS.second, COLOURS.quiet] },
        },
      ),
      table(
        ["policy", "like rate", "garments shown to anybody"],
        report.policies.map((policy) => [
          policy.name,
          percent(policy.like_rate_judged),
          percent(policy.coverage),
        ]),
      ),
    ],
  };
}

export type StyleReport = {
  report: "style";
  shoppers: number;
  seed: number;
  seeds: number;
  stories: {
    name: string;
    newcomer: number;
    properties: { name: string; mean: number; share: number }[];
    moments: { name: string; first: number; other: number }[];
  }[];
};

export function styleSection(report: StyleReport): Section {
  const modes = report.stories[0]!;
  const drawn = [modes, report.stories.at(-1)!];
  const mean = (name: string): string =>
    percent(modes.properties.find((property) => property.name === name)!.mean);
  return {
    title: "Does a profile follow lasting changes of taste, and ignore one-off sessions?",
    lead: `A gift session changes ${mean("gift")} of the top 20. Three sessions after a shift of taste, ${mean("shift")} of it is in the new taste; one session after returning, ${mean("return")} is in the first.`,
    note: `${report.shoppers} simulated shoppers × ${report.seeds} seeds from ${report.seed}. Drawn for shoppers who like and pass; “single” keeps one taste for all sessions instead of modes. A newcomer with only the other taste reaches ${percent(modes.newcomer)}.`,
    body: [
      lines(
        "style",
        "Share of the top 20 in the first and in the other taste, after each session",
        drawn.flatMap(({ name, moments }) =>
          moments.flatMap(({ name: x, first, other }) => [
            { x, y: first, series: `first, ${name.split(",")[0]}` },
            { x, y: other, series: `other, ${name.split(",")[0]}` },
          ]),
        ),
        {
          gap: 0.045,
          x: {
            type: "point",
            labelOffset: 40,
            domain: modes.moments.map(({ name }) => name),
            label: "after session",
          },
          y: { percent: true, domain: [0, 100], label: "top 20 in the taste, %" },
          color: { range: [COLOURS.main, COLOURS.second, "#d99a8a", "#a9b4be"] },
        },
      ),
      table(
        ["story", ...modes.properties.map(({ name }) => name)],
        report.stories.map(({ name, properties }) => [name, ...properties.map((one) => percent(one.mean))]),
      ),
    ],
  };
}
