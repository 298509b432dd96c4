import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/cards.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { watchConnection } from "./api/connection";
import { queryClient, refetchOnRecovery, refetchWhenNotBusy } from "./api/queries";
import { App } from "./app";
import { watchQueue } from "./events/send";
import { startRouter } from "./router/router";
import { followOtherTabs } from "./other_tabs";

startRouter();
watchConnection();
refetchOnRecovery();
refetchWhenNotBusy();
watchQueue();
followOtherTabs();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
