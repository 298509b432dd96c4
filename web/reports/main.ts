import "./main.css";

import { element } from "./page";
import { type Report, sectionOf } from "./reports";

const files = import.meta.glob<Report>("../../docs/reports/*.json", { eager: true, import: "default" });

function show(name: string, report: Report): void {
  const { title, lead, note, body } = sectionOf(report);
  const article = element("article");
  article.id = name;
  const leadLine = element("p", lead);
  leadLine.className = "lead";
  const noteLine = element("p");
  noteLine.append(element("small", note));
  article.append(element("h2", title), leadLine, noteLine, ...body);
  document.getElementById("reports")!.append(article);
  const link = element("a", name) as HTMLAnchorElement;
  link.href = `#${name}`;
  document.querySelector("nav")!.append(link);
}

for (const [path, report] of Object.entries(files)) show(/([^/]+)\.json$/.exec(path)![1]!, report);

document.querySelector<HTMLInputElement>("input[type=file]")!.addEventListener("change", (event) => {
  for (const file of (event.target as HTMLInputElement).files ?? [])
    void file.text().then((text) => show(file.name, JSON.parse(text) as Report));
});
