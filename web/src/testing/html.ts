import { QueryClientProvider } from "@tanstack/react-query";
import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

import { queryClient } from "../api/queries";

// What a component shows with the answers that the cache holds; effects do not run.
export function html(element: ReactElement): string {
  return renderToStaticMarkup(createElement(QueryClientProvider, { client: queryClient }, element));
}
